"""Makes the pictures of reports for docs/reports.md: `python -m docs.make_report_pictures`.

Of the demonstration, on a fixed day. It needs programs that the project does without otherwise:
Chromium for HTML, pdftoppm (poppler-utils) for PDF, LibreOffice for workbooks.
"""

import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from bt_assess.core.compared import of_session
from bt_assess.core.disclosure import disclose, publication
from bt_assess.core.round import Step
from bt_assess.report.making import OfComparison, OfRound, Subject, made
from bt_assess.store.folder import SessionFolder
from bt_assess.store.opening import people
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.sealing import unlock
from docs.make_round import PASSPHRASE

PICTURES = Path(__file__).parent / "reports"
EXAMPLES = Path(__file__).parents[1] / "sessions" / "examples"
TODAY = date(2026, 11, 21)
RUBRIC = load_rubric()
_CHROMIUM = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
    "--no-first-run", "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as room:
        place = Path(room)
        shutil.copytree(EXAMPLES, place / "sessions")
        folder = SessionFolder(place / "sessions")
        first, middle, last = (
            folder.resolve(name).session
            for name in ("areamanager2025", "areamanagermay2026", "areamanager2026")
        )
        over_time = OfComparison(
            tuple(of_session(RUBRIC, session) for session in (first, middle, last)),
            "A year of work",
            {"leadership": 2.5, "priorities": 2.0},
        )
        team = _round(place / "sessions")
        _html(place, "session", last, (1000, 1150))
        _html(place, "session-phone", last, (390, 900))
        _html(place, "session-dark", last, (1000, 900), dark=True)
        _html(place, "round", team, (1000, 1250))
        _html(place, "comparison", over_time, (1000, 1350))
        _pdf(place, "pdf", over_time, page=2)
        _xlsx(place, "workbook", over_time)


def _round(sessions: Path) -> Subject:
    rounds = RoundsFolder(sessions)
    stored = rounds.hold(rounds.resolve("latest"))
    stored = rounds.save(stored, stored.round.at_step(Step.DISCUSSING))
    opened = rounds.open_all(stored, unlock(stored.keys, PASSPHRASE), RUBRIC)
    stored = rounds.save(stored, publication(stored.round, opened.names))
    shown = disclose(RUBRIC, stored.round, people(opened))
    rounds.release(stored)
    return OfRound(stored.round, shown, opened.head_count(stored.round.expected))


def _html(
    place: Path, name: str, subject: Subject, size: tuple[int, int], *, dark: bool = False
) -> None:
    page = place / f"{name}.html"
    page.write_text(str(made("html", RUBRIC, subject, TODAY)), encoding="utf-8")
    how = ["--blink-settings=preferredColorScheme=0"] if dark else []
    # Headless windows are no narrower than 500 pixels, so a phone's is shown in a frame.
    target = page
    if size[0] < 500:
        target = place / f"{name}-frame.html"
        target.write_text(
            f"<style>body{{margin:0}}iframe{{border:0}}</style><iframe src='{page.name}'"
            f" width={size[0]} height={size[1]}></iframe>"
        )
    _run(
        *_CHROMIUM, *how, f"--user-data-dir={place / 'chromium'}",
        f"--window-size={max(500, size[0])},{size[1]}",
        f"--screenshot={PICTURES / name}.png", target.as_uri(),
    )  # fmt: skip


def _pdf(place: Path, name: str, subject: Subject, page: int) -> None:
    file = place / f"{name}.pdf"
    file.write_bytes(bytes(made("pdf", RUBRIC, subject, TODAY)))  # type: ignore[arg-type]
    _page(file, name, page)


def _xlsx(place: Path, name: str, subject: Subject) -> None:
    file = place / f"{name}.xlsx"
    file.write_bytes(bytes(made("xlsx", RUBRIC, subject, TODAY)))  # type: ignore[arg-type]
    _run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(place), str(file))
    _page(file.with_suffix(".pdf"), name, 1)


def _page(file: Path, name: str, page: int) -> None:
    number = str(page)
    _run("pdftoppm", "-r", "70", "-png", "-f", number, "-l", number, "-singlefile", str(file),
         str(PICTURES / name))  # fmt: skip


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603


if __name__ == "__main__":
    main()
