"""Any file given by name: refused in a line that says why, in little room, nothing written.

Each in a process of its own, as its memory is what is measured; one that goes on and on is ended.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

import bt_assess
from bt_assess.core.text import UNSAFE
from bt_assess.store.answer_sheet import FaultySheet, empty_sheet, read_sheet
from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rubric_file import FaultyRubric, load_rubric, shipped_rubric
from bt_assess.store.session_file import read_session
from tests.cli.conftest import Run
from tests.cli.odd_files import CONTENTS, PLACES, THEME
from tests.conftest import Sweep
from tests.store.helpers import HANG, RUBRIC, contents

unix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and wait4 of Unix")

MOST_MEGABYTES = 200.0
MOST_LINES = 201

# A process this small in between, as a child's peak counts what its parent had when it was started.
_MEASURE = """
import json, os, signal, sys
child = os.posix_spawn(sys.executable, [sys.executable, "-m", "bt_assess", *sys.argv[2:]], os.environ)
signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
signal.alarm(int(sys.argv[1]))
_, status, used = os.wait4(child, 0)
peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
figures = [os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, peak / 1e6]
os.write(2, b"\\0" + json.dumps(figures).encode())
"""


@dataclass(frozen=True)
class Ran:
    """What a run came to, the seconds of processor time and the megabytes that it took."""

    code: int
    seconds: float
    megabytes: float
    out: str
    err: str


def run(words: Sequence[str | Path], here: Path) -> Ran:
    """`bt-assess` with these words, from the folder `here`; killed where it hangs."""
    source = str(Path(bt_assess.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-S", "-c", _MEASURE, str(HANG), *map(str, words)],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=2 * HANG, cwd=here,
        env={**os.environ, "PYTHONPATH": source, "COLUMNS": "80"},
    )  # fmt: skip
    err, _, figures = done.stderr.rpartition(b"\0")
    code, seconds, megabytes = json.loads(figures)
    assert code != -signal.SIGKILL, "it hung"
    return Ran(code, seconds, megabytes, done.stdout.decode(), err.decode())


COMMANDS: dict[str, tuple[str, list[str]]] = {
    "import": ("odd.csv", ["import", "FILE", "--respondent", "Ada"]),
    "rubric check": ("odd.toml", ["rubric", "check", "FILE"]),
    "--rubric": ("odd.toml", ["--rubric", "FILE", "list"]),
    "show": ("odd.toml", ["show", "FILE"]),
    "reseal": ("odd.toml", ["reseal", "FILE", "--yes"]),
    "export": ("odd.toml", ["export", "FILE"]),
    "compare": ("odd.toml", ["compare", "second", "FILE"]),
}


def everything(*folders: Path) -> dict[Path, tuple[int, ...]]:
    """All that is there, folders too: one in which a file came and went has another time."""
    found: dict[Path, tuple[int, ...]] = {}
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            seen = path.lstat()
            found[path] = (seen.st_mode, seen.st_size, seen.st_mtime_ns, seen.st_ino)
    return found


@unix
@pytest.mark.sweep
@pytest.mark.parametrize("command", COMMANDS)
def test_an_odd_file_is_refused(
    command: str,
    sweep: Sweep[str],
    there: list[str],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    name, words = COMMANDS[command]
    here = tmp_path / "here"
    here.mkdir()
    kinds = [*CONTENTS, *PLACES]
    # Other files for each command, where it is not all of them.
    turn = 2 * list(COMMANDS).index(command)
    seconds = megabytes = 0.0
    for kind in sweep(kinds[turn:] + kinds[:turn], 4):
        if kind == "nobody's to read" and os.geteuid() == 0:
            continue
        odd = tmp_path / kind.replace(" ", "-") / name
        odd.parent.mkdir()
        if kind in CONTENTS:
            make, as_sheet, as_toml = CONTENTS[kind]
            odd.write_bytes(make())
            why = as_sheet if command == "import" else as_toml
        else:
            place, why = PLACES[kind]
            place(odd)
        before = everything(tmp_path, Path.home())
        ran = run([*there, *(odd if word == "FILE" else word for word in words)], here)
        assert everything(tmp_path, Path.home()) == before, kind
        refused(ran, name, why, f"{command}, {kind}: {ran}")
        seconds, megabytes = max(seconds, ran.seconds), max(megabytes, ran.megabytes)
    # Time is told and not judged: a busy machine is no fault.
    record_property("most", ("odd files, seconds of processor time", seconds))
    record_property("most", ("odd files, megabytes", megabytes))


def refused(ran: Ran, name: str, why: str, told: str) -> None:
    """In words for people, and not at anybody's cost."""
    told = told[:3000]
    assert (ran.code, ran.out) == (1, ""), told
    lines = ran.err.split("\n")
    assert lines.pop() == ""
    assert 0 < len(lines) <= MOST_LINES + 1, told
    for line in lines:
        assert name in line or "more like these" in line, told
        assert line.isprintable(), told
        assert len(line) < 700, told
    assert lines[-1].startswith("bt-assess: "), told
    assert "a fault of its own" not in ran.err, told
    assert re.search(why, ran.err), told
    assert ran.megabytes <= MOST_MEGABYTES, told


def _answered() -> str:
    return empty_sheet(RUBRIC).replace(",,\r\n", ",4,=1+1\r\n")


# Files as people's programs leave them, which are fine.
FINE: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda text: text.encode(),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "LF": lambda text: text.replace("\r\n", "\n").encode(),
    "CRLF": lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n").encode(),
    "no end to the last line": lambda text: text.rstrip().encode(),
}


@unix
@pytest.mark.sweep
@pytest.mark.parametrize("command", ["import", "rubric check", "show", "export"])
def test_a_good_file_is_taken_however_it_was_saved(
    command: str, sweep: Sweep[str], there: list[str], grid: Path, folder: SessionFolder,
    tmp_path: Path,
) -> None:  # fmt: skip
    name, words = COMMANDS[command]
    good = {
        "import": _answered(),
        "rubric check": grid.read_text(encoding="utf-8"),
    }.get(command) or folder.files()[0].read_text(encoding="utf-8")
    here = tmp_path / "here"
    here.mkdir()
    for kind in sweep([*FINE, "a link"], 2):
        path = tmp_path / kind.replace(" ", "-") / name
        path.parent.mkdir()
        if kind == "a link":
            (path.parent / "next").write_bytes(good.encode())
            path.symlink_to("next")
        else:
            path.write_bytes(FINE[kind](good))
        before = everything(path.parent, here, Path.home())
        ran = run([*there, *(path if word == "FILE" else word for word in words)], here)
        assert ran.code == 0, (kind, ran)
        assert ran.out
        assert everything(path.parent, here, Path.home()) == before


@pytest.mark.parametrize("size", [61, 300, 100_000])
@pytest.mark.parametrize(
    "words",
    [
        ["show", "WORD"], ["show", "./WORD"], ["show", "WORD.toml"], ["export", "WORD"],
        ["compare", "latest", "WORD"], ["reseal", "WORD"], ["rubric", "check", "WORD"],
        ["--rubric", "WORD", "list"], ["import", "WORD", "--respondent", "Ada"],
    ],
)  # fmt: skip
def test_a_long_name_of_nothing_is_not_repeated_whole(
    bt: Run, there: list[str], words: list[str], size: int
) -> None:
    done = bt(*there, *(word.replace("WORD", "é" * size) for word in words))
    assert (done.code, done.out) == (1, "")
    (line,) = done.complaints
    assert "é" * 50 in line
    assert len(line) < 400


def test_a_file_of_faults_is_shown_in_part_and_counted(bt: Run, tmp_path: Path) -> None:
    grid = tmp_path / "grid.toml"
    grid.write_text(f"themes = [{THEME * 21}]")
    done = bt("rubric", "check", grid)
    assert (done.code, done.out) == (1, "")
    assert len(done.complaints) == 202
    assert done.complaints[-2:] == [
        f"{grid}: and 800 more like these",
        f"bt-assess: {grid}: at least 1,000 faults",
    ]


@unix
def test_a_link_that_cannot_be_resealed_goes_by_its_own_name(
    bt: Run, there: list[str], tmp_path: Path
) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to("secret-place")
    done = bt(*there, "reseal", link, "--yes")
    assert (done.code, done.complaints) == (1, ["bt-assess: link.toml: there is no such file"])


@pytest.mark.parametrize("place", ["", "archive"])
@pytest.mark.parametrize("words", [["show"], ["export"], ["reseal"]])
def test_a_file_is_found_without_the_ending_of_its_name(
    bt: Run, there: list[str], folder: SessionFolder, words: list[str], place: str
) -> None:
    path = folder.path / "2026-03-02-first234.toml"
    renamed = folder.path / place / "my own.name.toml"
    renamed.parent.mkdir(exist_ok=True)
    path.rename(renamed)
    done = bt(*there, *words, "my own.name")
    assert done.code == 0
    assert done == bt(*there, *words, renamed)
    assert done == bt(*there, *words, renamed.with_suffix(""))


def test_an_export_of_one_session_can_be_imported(
    bt: Run, there: list[str], folder: SessionFolder, tmp_path: Path
) -> None:
    sheet = tmp_path / "one.csv"
    assert bt(*there, "export", "first", "-o", sheet).code == 0
    done = bt(*there, "import", sheet, "--respondent", "Eve")
    assert done.code == 0
    made = folder.resolve(done.out.strip()).session
    first = folder.resolve("first").session
    assert (made.respondent, made.answers, made.notes) == ("Eve", first.answers, first.notes)
    bt(*there, "export", "-o", sheet, "--force")
    before = contents(folder.path)
    done = bt(*there, "import", sheet, "--respondent", "Eve")
    assert (done.code, done.out) == (1, "")
    assert done.complaints == [
        "bt-assess: one.csv: holds 4 sessions; import them one by one, a file for each"
    ]
    assert contents(folder.path) == before


# Pieces that mean something to one of the readers.
PIECES = [
    b"[", b"[[", b"]", b"{", b'"', b'"""', b"'", b"'''", b"=", b".", b",", b";", b"\t", b"#", b"\\",
    b"\r", b"\n", b"\0", b"\x1b]0;x\x07", b"\xff", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\xed\xa0\x80",
    b"\\ud800", b"\\u001b", b"1e999", b"-0", b"inf", b"9" * 400, b"1979-99-99", b"[themes]\n",
    b"[[themes]]\n", b"[[themes.statements]]\n", b"format = 2\n", b"id = 3\n", b"statement,answer\n",
    b"a.b.c.d.e.f.g.h.i.j.k.l.m = 1\n", b"[seal]\n", b"x" * 5000, b"[" * 300,
]  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with some slices gone, doubled, moved or put in the place of others."""
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + int(10 ** chance.uniform(0, 3.5)))
        start = chance.randrange(len(data) + 1)
        new = chance.choice([
            b"",
            chance.choice(PIECES) * chance.choice([1, 1, 1, 2, 50]),
            chance.randbytes(chance.randint(1, 30)),
            data[start : start + int(10 ** chance.uniform(0, 3))],
        ])  # fmt: skip
        data = data[:at] + new + data[at if chance.random() < 0.5 else end :]
    return data


READERS: dict[str, Callable[[Path], object]] = {
    "sheet": lambda path: read_sheet(path, RUBRIC),
    "rubric": load_rubric,
    "session": read_session,
}


@pytest.mark.sweep
@pytest.mark.parametrize("reader", READERS)
def test_whatever_becomes_of_a_good_file_it_is_read_or_refused(
    reader: str, sweep: Sweep[int], folder: SessionFolder, tmp_path: Path
) -> None:
    good = {
        "sheet": _answered().encode(),
        "rubric": shipped_rubric().read_bytes(),
        "session": folder.files()[0].read_bytes(),
    }[reader]
    path = tmp_path / "odd"
    refusals = 0
    for seed in sweep(range(300), 20):
        path.write_bytes(mutated(good, random.Random(seed)))
        try:
            READERS[reader](path)
        except (FaultyRubric, FaultySheet) as error:
            said = [str(error), *error.faults]
        except UnreadableFile as error:
            said = [str(error)]
        else:
            continue
        refusals += 1
        for line in said:
            assert not UNSAFE.search(line), (seed, line)
            assert len(line) < 700, (seed, line)
    assert refusals
