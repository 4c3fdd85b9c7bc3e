"""What archives of 1,000, 10,000 and 100,000 sessions cost, with a catalogue.

    python bench/archive.py              # the three of them; 100,000 are made once, in build/
    python bench/archive.py --quick      # without the largest

Each as a ratio to what the system itself needs for the same files in the same run: reading their
bytes, or looking at them (scandir and stat).
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bt_assess.core.session import Answer, RubricRef, Session
from bt_assess.store import catalogue_file
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.files import parse_toml
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.seal import digest
from bt_assess.store.session_file import session_text

BUILD = Path(__file__).parents[1] / "build" / "archives"
BEGIN = datetime(2021, 1, 1, 9, 0, tzinfo=UTC)
KINDS = 1000
TEAMS, PEOPLE = 60, 3000


def make(count: int) -> Path:
    """An archive of so many sessions of an organisation, made anew unless it is whole."""
    folder = BUILD / str(count)
    if folder.is_dir() and sum(1 for _ in folder.glob("*.toml")) == count:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kinds = [_kind(number) for number in range(min(count, KINDS))]
    for number in range(count):
        name, text = _with_head(*kinds[number % len(kinds)], number)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _kind(number: int) -> tuple[str, dict[str, object]]:
    """One person's answers at random, leaning to true or not, and three notes."""
    chance = random.Random(number)
    rubric = load_rubric()
    lean = chance.random()
    weights = [1.2 - lean, 1, 1, lean + 0.1, 0.1, 0.05]
    answers = {s.id: chance.choices(list(Answer), weights)[0] for s in rubric.asked}
    notes = dict.fromkeys(chance.sample(list(answers), 3), "As we said in March, on page 4.")
    session = Session(
        id="aaaaaaaa", respondent="WHO", team="WHERE", started=BEGIN, finished=BEGIN,
        revision=120, answers=answers, notes=notes,
        rubric=RubricRef(id=rubric.id, version=rubric.version),
    )  # fmt: skip
    text = session_text(session, rubric)
    return text, parse_toml(Path("kind"), text)


def _with_head(text: str, tables: dict[str, object], number: int) -> tuple[str, str]:
    """The same answers by somebody else, sealed: forty times as fast as a session of its own."""
    started = BEGIN + timedelta(minutes=25 * number)
    head = {
        "id": f"bench{number:06}",
        "respondent": f"Person {number % PEOPLE}",
        "team": f"Team {number % TEAMS}",
        "started": started,
        "finished": started + timedelta(minutes=9),
        "revision": 120,
    }
    rest = {**{k: v for k, v in tables.items() if k != "seal"}, "session": head}
    lines = "".join(
        f'{key} = "{value}"\n' if isinstance(value, str) else f"{key} = {value}\n"
        for key, value in head.items()
    )
    begin, end = text.index("id = "), text.index("\n[rubric]")
    seal = text.index("sha256 = ")
    whole = f'{text[:begin]}{lines}{text[end:seal]}sha256 = "{digest(rest)}"\n'
    return f"{started:%Y-%m-%d}-{head['id']}.toml", whole


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def read_bytes(folder: Path) -> None:
    for entry in os.scandir(folder):
        descriptor = os.open(entry.path, os.O_RDONLY)
        os.read(descriptor, 1_000_000)
        os.close(descriptor)


def look(folder: Path) -> None:
    for entry in os.scandir(folder):
        entry.stat(follow_symlinks=False)


def aside(what: str, folder: Path) -> dict[str, float]:
    """What a process of its own found: its memory is not anybody else's."""
    command = [sys.executable, __file__, what, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure(what: str, folder: Path) -> dict[str, float]:
    """In that process: build the catalogue, or bring it up to date and ask it things."""
    if what == "look":
        return {"look": seconds(lambda: look(folder))}
    catalogue = Catalogue(SessionFolder(folder), load_rubric())
    before = _memory()
    try:
        found = {}
        if what == "build":
            catalogue_file.remove(folder / catalogue_file.NAME)
        else:
            found["page"] = seconds(lambda: (catalogue.count(), catalogue.page(0, 50)))
        found["refresh"], found["reading"] = _refresh(catalogue)
        found["page again"] = seconds(lambda: catalogue.page(0, 50))
        found["search"] = seconds(lambda: catalogue.count(_wanted()))
        found["trend"] = seconds(catalogue.trend)
        found["trends"] = seconds(catalogue.trends)
    finally:
        catalogue.close()
    return {**found, "memory": _memory() - before}


def _refresh(catalogue: Catalogue) -> tuple[float, float]:
    """How long it takes in all, and from when it is known which files changed."""
    began = known = time.perf_counter()
    for number, _ in enumerate(catalogue.refresh()):
        if number == 0:
            known = time.perf_counter()
    end = time.perf_counter()
    return end - began, end - known


def _memory() -> float:
    """The most memory this process has had, in MiB (Linux)."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _wanted() -> object:
    from bt_assess.store.catalogue_queries import Wanted

    return Wanted(words="person 77")


def change(folder: Path, count: int) -> None:
    """Write the first sessions again with another team, or with their own, as they were."""
    for path in sorted(folder.glob("*.toml"))[:count]:
        text = path.read_text(encoding="utf-8")
        tables = parse_toml(path, text)
        tables.pop("seal")
        team = tables["session"]["team"]
        tables["session"]["team"] = new = team[:-1] if team.endswith("x") else f"{team}x"
        text = text[: text.index("sha256 = ")].replace(f'team = "{team}"', f'team = "{new}"')
        path.write_text(f'{text}sha256 = "{digest(tables)}"\n', encoding="utf-8")


def report(line: Callable[..., None], sizes: tuple[int, ...] = (1_000, 10_000, 100_000)) -> None:
    """Print what archives cost with `line(name, value, aim, note)`."""
    first_pages = {}
    for size in sizes:
        folder = make(size)
        runs = 1 if size > 10_000 else 3
        floors, builds, scans, unchanged, pages, found = [], [], [], [], [], {}
        for _ in range(runs):
            floors.append(seconds(lambda: read_bytes(folder)))  # noqa: B023
            found = aside("build", folder)
            builds.append(found["refresh"])
            floors.append(seconds(lambda: read_bytes(folder)))  # noqa: B023
        built = found
        # Files that were written just now are read twice: not a matter of this run.
        time.sleep(2.5)
        aside("refresh", folder)
        for _ in range(5):
            scans.append(aside("look", folder)["look"])
            found = aside("refresh", folder)
            unchanged.append(found["refresh"])
            pages.append(found["page"])
        floor, build = min(floors), statistics.median(builds)
        scan, quiet = statistics.median(scans), statistics.median(unchanged)
        first_pages[size] = statistics.median(pages)
        many = f"{size:,}"
        # The least of them: the first reading may come from the disk, which the build did not wait for.
        line(
            f"{many}: first build / reading the bytes",
            build / floor,
            "12" if size == 100_000 else "-",
            f"{build:.1f} s",
        )
        line(f"{many}: nothing changed / scandir and stat", quiet / scan, "2", f"{quiet:.3f} s")
        changed = []
        for _ in range(5):
            change(folder, 100)
            # Without the look at all the others, which varies by more than this is.
            changed.append(aside("refresh", folder)["reading"])
        each = statistics.median(changed) * 10
        line(f"{many}: each of 100 changed, ms", each, "0.2")
        note = f"{first_pages[size] * 1000:.1f} ms"
        line(
            f"{many}: first page / of 1,000", first_pages[size] / first_pages[sizes[0]], "1.2", note
        )
        line(f"{many}: trends of all {TEAMS} teams, ms", found["trends"] * 1000, "100")
        line(f"{many}: the organisation's trend, ms", found["trend"] * 1000, "100")
        line(f"{many}: counting what a search finds, ms", found["search"] * 1000, "-")
        line(f"{many}: memory for a build, MiB", built["memory"], "-")
        line(f"{many}: memory for a look, nothing changed, MiB", found["memory"], "-")
        size_of_file = (folder / catalogue_file.NAME).stat().st_size
        line(f"{many}: the catalogue's file, bytes a session", size_of_file / size, "-")


def main() -> None:
    if len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
        return

    def line(name: str, value: float, aim: str, note: str = "") -> None:
        print(f"{name:<52}{value:>8.2f}   {aim:<8} {note}", flush=True)

    report(line, (1_000, 10_000) if "--quick" in sys.argv else (1_000, 10_000, 100_000))


if __name__ == "__main__":
    main()
