"""The name of a file to write: whatever is typed is answered by a sentence, and nothing breaks."""

from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Input

from bt_assess.tui.new_file import IS_TAKEN, NO_FOLDER, new_file, why_not_new
from bt_assess.tui.screens.export import ExportTo
from bt_assess.tui.screens.rounds.sheet import SaveSheet
from tests.tui.person import at_the_app

LONG = "n" * 300


def test_a_name_is_looked_for_where_it_says(tmp_path: Path) -> None:
    (tmp_path / "taken.csv").write_text("mine")
    (tmp_path / "nowhere.csv").symlink_to("gone")
    assert new_file("a.csv", tmp_path) == tmp_path / "a.csv"
    assert new_file("~/a.csv", tmp_path) == Path.home() / "a.csv" == new_file("~/a.csv")
    assert new_file("a.csv") == Path.cwd() / "a.csv"
    assert why_not_new(tmp_path / "a.csv") == ""
    assert why_not_new(tmp_path / "taken.csv") == IS_TAKEN
    # A link that leads nowhere would be written through.
    assert why_not_new(tmp_path / "nowhere.csv") == IS_TAKEN
    assert why_not_new(tmp_path / "none" / "a.csv") == NO_FOLDER
    assert why_not_new(tmp_path / "taken.csv" / "a.csv") == NO_FOLDER
    assert why_not_new(new_file("~nosuchuser/a.csv", tmp_path)) == NO_FOLDER
    assert why_not_new(tmp_path / LONG / "a.csv").startswith("That folder cannot be used: ")


def test_a_folder_that_nobody_may_enter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    assert why_not_new(tmp_path / "a.csv") == (
        "That folder cannot be used: may not be opened (no permission)."
    )


@pytest.mark.parametrize("typed", ["~nosuchuser/a.csv", f"{LONG}/a.csv"])
@pytest.mark.parametrize("which", ["export", "sheet"])
async def test_the_dialogs_say_what_is_wrong(tmp_path: Path, which: str, typed: str) -> None:
    dialog: Screen[Any] = ExportTo(2, "a.csv")
    if which == "sheet":
        dialog = SaveSheet(tmp_path / "a.txt")
    async with at_the_app(tmp_path) as person:
        person.app.push_screen(dialog)
        await person.on(type(dialog))
        person.app.screen.query_one(Input).value = typed
        await person.press("enter")
        await person.reads(NO_FOLDER if typed.startswith("~") else "That folder cannot be used")
        assert person.app.screen is dialog
