"""Pictures of the main pages, at the least size and at a roomy one.

Where one differs, the report that pytest names shows old and new side by side. When the new one is
right: `make test ARGS='tests/pictures --snapshot-update -n0'`, and look at what changed.
"""

import shutil
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from bt_assess.store.settings import Settings
from bt_assess.tui import desk
from bt_assess.tui.app import AssessApp
from tests.tui.person import Person, choose

SMALL, ROOMY = (80, 24), (120, 36)

# A step of Home, then keys; words after ? are waited for, those after ! typed.
ASSESS = ["Assess", "?Your name or role", "!Me", "enter", "?1 of 117"]
RESULTS = ["Results", "?Where to begin"]
COMPARE = ["Compare", "?Before and after"]
OVER_TIME = [*COMPARE, "2", "w", "?3 chosen"]

PAGES: dict[str, list[str]] = {
    "home": [],
    "due": ["Due"],
    "new": ["Assess", "?Your name or role"],
    "assess": [*ASSESS, "3", "?2 of 117", "?✓ saved", "left", "?1 of 117", "h"],
    "review": [*ASSESS, "3", "?2 of 117", "?✓ saved", "r", "?Review before you finish"],
    "rounds": ["Round", "?newest first"],
    "results": RESULTS,
    "results-theme": [*RESULTS, "up", "up"],
    "theme": [*RESULTS, "up", "up", "enter"],
    "compare": COMPARE,
    "compare-trend": OVER_TIME,
    "compare-theme": [*OVER_TIME, "down", "enter"],
    "compare-side": [*OVER_TIME, "3"],
    "compare-moved": [*COMPARE, "4"],
    "compare-promised": [*COMPARE, "5"],
    "compare-targets": [*COMPARE, "t", "right", "right"],
    "compare-choose": [*COMPARE, "c", "end", "space"],
    "sessions": ["Sessions", "?newest first", "space"],
    "grid": ["The grid"],
    "help": ["question_mark"],
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


def at(steps: Sequence[str], *loaded: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Somebody who takes these steps once Home has read the folder, and waits for each to be done."""

    async def walk(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app, AssessApp)
        person = Person(pilot.app, pilot)
        await person.sees(*loaded)
        await person.settles()
        for step in steps:
            if step[0].isupper():
                await choose(person, step)
            elif step.startswith("?"):
                await person.reads(step[1:])
            elif step.startswith("!"):
                await person.types(step[1:])
            else:
                await person.press(step)
        await person.settles()

    return walk


LOADED = ("9 of 9 answered", "5 sessions kept")


@pytest.mark.parametrize("size", [SMALL, ROOMY], ids=["small", "roomy"])
@pytest.mark.parametrize("page", PAGES)
def test_page(app: Callable[..., AssessApp], snap_compare: Any, page: str, size: Any) -> None:
    assert snap_compare(app(), run_before=at(PAGES[page], *LOADED), terminal_size=size)


@pytest.mark.parametrize("size", [SMALL, ROOMY], ids=["small", "roomy"])
def test_first_visit(app: Callable[..., AssessApp], snap_compare: Any, size: Any) -> None:
    assert snap_compare(app("none"), run_before=at([], "Round"), terminal_size=size)


def test_light(app: Callable[..., AssessApp], snap_compare: Any) -> None:
    walk = at(PAGES["results-theme"], *LOADED)
    assert snap_compare(app(dark=False), run_before=walk, terminal_size=ROOMY)
