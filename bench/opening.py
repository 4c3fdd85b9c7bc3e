"""What a large archive does to the app: opening it, its list, and keys while it is read."""

import statistics
from collections.abc import Callable
from pathlib import Path

from bench import archive
from bench.program import APP, MINIMAL, Program, percentile, turn_about
from bt_assess.store import catalogue_file
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rubric_file import load_rubric

SESSIONS_UP = 3
"""How often Up leads from the last row on Home (Help) to Sessions."""


def report(
    line: Callable[[str, float, str, str], None], runs: int, home: Path, largest: int
) -> None:
    """Print the lines of the archives of 1,000 and of `largest` sessions."""
    small, large = archive.make(1_000), archive.make(largest)
    for folder in (small, large):
        catalogue = Catalogue(SessionFolder(folder), load_rubric())
        for _ in catalogue.refresh():
            pass
        catalogue.close()
    times = turn_about(
        runs,
        {
            "minimal": lambda: _first(MINIMAL, home, b"ready 0"),
            "known": lambda: _first(_app(large), home, b"when last looked at"),
            "checked": lambda: _first(_app(large), home, b"kept:"),
            "small list": lambda: _list(small, home),
            "large list": lambda: _list(large, home),
        },
    )
    base, known, checked, short, long = (statistics.median(found) for found in times.values())
    line(f"Home from the catalogue of {largest:,} / minimal app", known / base, "1.2", "")
    line(
        f"Home with {largest:,} looked at / minimal app",
        checked / base,
        "1.8+",
        "and the scan, which make bench gives above",
    )
    line(f"Sessions of {largest:,} / Sessions of 1,000", long / short, "1.2", "")
    quiet, busy = _keys(MINIMAL, home, b"ready 0"), _keys_while_reading(large, home)
    line(
        "Key to screen while it is read, 99th / minimal's",
        percentile(busy, 0.99) / percentile(quiet, 0.99),
        "4",
        f"median {statistics.median(busy) / statistics.median(quiet):.1f}, {len(busy)} keys",
    )


def _app(folder: Path) -> list[str]:
    return [*APP, "--sessions", str(folder)]


def _first(command: list[str], home: Path, wanted: bytes) -> float:
    program = Program(command, home)
    try:
        return program.until(wanted) - program.started
    finally:
        program.end()


def _list(folder: Path, home: Path) -> float:
    """From Enter on Home's row to the list."""
    program = Program(_app(folder), home)
    try:
        program.until(b"kept:")
        program.quiet(0.5)
        program.press(b"\x1b[F")
        program.quiet(0.05)
        for _ in range(SESSIONS_UP):
            program.press(b"\x1b[A")
            program.quiet(0.05)
        sent = program.press(b"\r")
        return program.until(b"newest first") - sent
    finally:
        program.end()


def _keys(command: list[str], home: Path, wanted: bytes, count: int = 115) -> list[float]:
    program = Program(command, home)
    try:
        program.until(wanted)
        program.quiet(0.8)
        found = []
        for number in range(1, count + 1):
            sent = program.press(b"x")
            found.append(program.until(str(number).encode()) - sent)
            program.quiet(0.03)
        return found
    finally:
        program.end()


def _keys_while_reading(folder: Path, home: Path, count: int = 115) -> list[float]:
    """The mark goes up and down on Home while the catalogue is made anew."""
    catalogue_file.remove(folder / catalogue_file.NAME)
    program = Program(_app(folder), home)
    try:
        program.until(b"Reading sessions")
        found = []
        for number in range(count):
            sent = program.press(b"\x1b[A" if number % 2 else b"\x1b[B")
            found.append(program.until("▸".encode()) - sent)
            program.quiet(0.02)
            if b"kept:" in program.output:
                break
        return found
    finally:
        program.end()
