"""A project is worked on in a real terminal and the app is killed: what showed as saved is there."""

import re
from datetime import date
from pathlib import Path
from random import Random

import pytest

from bt_assess.core.project import Project
from bt_assess.store.projects import ProjectsFolder
from tests.conftest import Sweep
from tests.e2e.console import Console

TODAY = date(2026, 11, 21)
LETTERS = "abcdefghijklmnop"
_SAVED = re.compile(r"Choose\b.*✓ saved")


def on_disk(folder: Path) -> Project:
    """The one project, whole."""
    found, damaged = ProjectsFolder(folder).all()
    assert not damaged
    [stored] = found
    return stored.thing


def at_choose(console: Console) -> None:
    """From Home to the first question about the project."""
    console.wait("Assess")
    console.press("\x10")
    console.wait("Search for")
    console.press("Projects")
    console.wait("One result, one team")
    console.press("\r")
    console.wait("the archive")
    console.wait("▸ Two days")
    console.press("\r")
    console.wait("Report back")
    console.press("c")
    console.wait("Which part of the work?")


@pytest.mark.sweep
def test_what_showed_as_saved_survives_a_kill(tmp_path: Path, sweep: Sweep[int]) -> None:
    shown_in_all = 0
    for case in sweep(range(12), 2):
        chance = Random(case)
        folder = tmp_path / str(case)
        folder.mkdir()
        ProjectsFolder(folder).new("Two days", TODAY)
        shown = typed = 0
        console = Console(folder)
        try:
            at_choose(console)
            for letter in LETTERS[: chance.randint(2, len(LETTERS))]:
                console.press(letter)
                typed += 1
                console.wait(LETTERS[:typed])
                console.pump(chance.uniform(0, 0.03))
                if _SAVED.search(console.text.split("\n", 1)[0]):
                    shown = typed - 1
            console.process.kill()
            assert console.exit_code() == 137
        finally:
            console.close()
        shown_in_all += shown
        kept = on_disk(folder).function
        assert LETTERS.startswith(kept)
        assert len(kept) >= shown
        # Nobody holds it any more, so that the next one can work on.
        again = Console(folder)
        try:
            at_choose(again)
            again.wait("✓ saved")
            assert "read only" not in again.text
            again.press("\x11")
            assert again.exit_code() == 0
        finally:
            again.close()
    assert shown_in_all
