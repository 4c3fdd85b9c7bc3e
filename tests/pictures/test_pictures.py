"""Pictures of the main pages, at the least size and at a roomy one.

Where one differs, the report that pytest names shows old and new side by side. When the new one is
right: `make test ARGS='tests/pictures --snapshot-update -n0'`, and look at what changed.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bt_assess.store.settings import Settings
from bt_assess.tui import desk
from bt_assess.tui.app import AssessApp

SMALL, ROOMY = (80, 24), (120, 36)
READY = "wait:900"
STEPS = "wait:250"

# On Home the next step comes first, then the menu.
NEW = ["down", "enter", STEPS]
RESULTS = ["down", "down", "down", "enter", STEPS]
COMPARE = ["down", "down", "down", "down", "enter", STEPS]

PAGES: dict[str, list[str]] = {
    "home": [],
    "due": [*["down"] * 7, "enter", STEPS],
    "new": NEW,
    "assess": [*NEW, "M", "e", "enter", STEPS, "3", STEPS, "left", STEPS, "h", STEPS],
    "review": [*NEW, "M", "e", "enter", STEPS, "3", STEPS, "r", STEPS],
    "rounds": ["down", "down", "enter", STEPS],
    "results": RESULTS,
    "results-theme": [*RESULTS, "up", "up", STEPS],
    "theme": [*RESULTS, "up", "up", "enter", STEPS],
    "compare": COMPARE,
    "compare-trend": [*COMPARE, "2", "w", READY],
    "compare-theme": [*COMPARE, "2", "w", READY, "down", "enter", STEPS],
    "compare-side": [*COMPARE, "2", "w", READY, "3", STEPS],
    "compare-moved": [*COMPARE, "4", STEPS],
    "compare-promised": [*COMPARE, "5", STEPS],
    "compare-targets": [*COMPARE, "t", STEPS, "right", "right", STEPS],
    "compare-choose": [*COMPARE, "c", STEPS, "end", "space", STEPS],
    "sessions": ["end", "up", "up", "up", "enter", STEPS, "space", STEPS],
    "grid": ["end", "up", "up", "enter", STEPS],
    "help": ["question_mark", STEPS],
}


@pytest.fixture
def app(
    tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., AssessApp]]:
    """The app on the demonstration organisation, on a fixed day, in a folder called sessions."""
    shutil.copytree(checkout / "sessions" / "examples", tmp_path / "sessions")
    (tmp_path / "none").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_now", lambda: datetime(2026, 11, 21, 10, 0, tzinfo=UTC))
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield lambda folder="sessions", dark=True: AssessApp(
        Path(folder), "for a picture", settings=Settings("dark" if dark else "light")
    )
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("size", [SMALL, ROOMY], ids=["small", "roomy"])
@pytest.mark.parametrize("page", PAGES)
def test_page(app: Callable[..., AssessApp], snap_compare: Any, page: str, size: Any) -> None:
    assert snap_compare(app(), press=[READY, *PAGES[page]], terminal_size=size)


@pytest.mark.parametrize("size", [SMALL, ROOMY], ids=["small", "roomy"])
def test_first_visit(app: Callable[..., AssessApp], snap_compare: Any, size: Any) -> None:
    assert snap_compare(app("none"), press=[READY], terminal_size=size)


def test_light(app: Callable[..., AssessApp], snap_compare: Any) -> None:
    assert snap_compare(
        app(dark=False), press=[READY, *PAGES["results-theme"]], terminal_size=ROOMY
    )
