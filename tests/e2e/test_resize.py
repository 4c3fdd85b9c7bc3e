"""A window dragged to any size and back: nothing ends, nothing is lost, keys do what they say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bt_assess.store.session_file import read_session
from tests.e2e.console import Console
from tests.e2e.folders import keep

SIZES = [(20, 5), (1, 1), (3, 200), (200, 3), (500, 150), (1, 40), (80, 1)]
ENTER, ESCAPE = "\r", "\x1b"
SCREENS = {
    "home": ("", "Where do we stand, and what next?"),
    "assess": ("Me, 5 of 117", "6 of 117"),
    "results": ("Results  ", "Where to begin"),
    "compare": ("Compare  ", "Before and after"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, answered, days in (("Me", 117, 0), ("Me", 117, 2), ("Me", 5, 3)):
        keep(tmp_path, name, answered, days)
    return tmp_path


@pytest.fixture
def console(folder: Path) -> Iterator[Console]:
    # As some shells and test runners export them; the window itself knows better.
    opened = Console(folder, {"COLUMNS": "80", "LINES": "24"})
    opened.wait("Me, 5 of 117")
    # The cycle shows where one is once Home knows all that its menu leads to.
    opened.wait("● ")
    yield opened
    opened.close()


def drag(console: Console, columns: int, rows: int) -> None:
    """Another size, until the app has drawn something for it."""
    count = len(console.printed)
    console.resize(columns, rows)
    console.until(lambda: len(console.printed) > count, f"a picture of {columns}x{rows}")


def drag_and_look(console: Console, columns: int, rows: int) -> None:
    """Another size, until all of it is drawn: a late line would stay when the next one is shown."""
    drag(console, columns, rows)
    console.settle()


@pytest.mark.parametrize("screen", SCREENS)
def test_back_at_the_old_size_it_looks_as_before(console: Console, screen: str) -> None:
    row, words = SCREENS[screen]
    if row:
        console.mark(row)
        console.press(ENTER)
    console.wait(words)
    console.settle()
    before = console.text
    for size in SIZES:
        drag_and_look(console, *size)
        drag(console, 80, 24)
        console.until(lambda: console.text == before, f"the old picture after {size}")
    for size in SIZES:  # and from one to the next
        drag(console, *size)
    console.settle()
    drag(console, 80, 24)
    console.until(lambda: console.text == before, "the old picture")
    console.press("\x11")
    assert console.exit_code() == 0


@pytest.mark.parametrize("size", [(20, 5), (1, 1)])
def test_a_key_counts_at_any_size(console: Console, folder: Path, size: tuple[int, int]) -> None:
    console.mark("Me, 5 of 117")
    console.press(ENTER)
    console.wait("6 of 117")
    drag_and_look(console, *size)
    console.press("4")
    console.settle()
    console.press("n")
    console.settle()
    console.press("Seen")
    console.settle()
    console.press(ESCAPE)
    console.settle()
    drag(console, 80, 24)
    console.wait("7 of 117")
    console.wait("Seen")
    console.wait("✓ saved")
    console.press("\x11")
    assert console.exit_code() == 0
    sessions = [read_session(path).session for path in folder.glob("*.toml")]
    [session] = [session for session in sessions if session.finished is None]
    assert len(session.answers) == 6
    assert [*session.notes.values()] == ["Seen"]
