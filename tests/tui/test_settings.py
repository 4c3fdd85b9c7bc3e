"""Settings: what is changed takes effect at once and is still so the next time."""

from pathlib import Path

from bt_assess.store.settings import load_settings, settings_file
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.settings import SettingsDialog
from tests.tui.person import at_the_app, begin, choose


async def test_every_setting_goes_round_its_values_with_the_keyboard(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await choose(person, "Settings")
        await person.on(SettingsDialog)
        await person.sees("as the terminal has them", "hidden while answering")
        assert person.app.theme == "bt-dark"
        await person.press("enter", "enter")
        await person.sees("Colours     light")
        assert person.app.theme == "bt-light"
        await person.press("down", "enter")
        await person.sees("off, to select text")
        await person.reads("Off leaves the mouse to the terminal")
        await person.press("down", "enter")
        await person.sees("shown while answering")
        await person.press("escape")
        await person.on(Home)
    kept = load_settings(settings_file())
    assert (kept.look, kept.mouse, kept.show_stages) == ("light", False, True)
    async with at_the_app(tmp_path, settings=kept) as person:
        assert person.app.theme == "bt-light"
        await choose(person, "Settings")
        await person.press("down", "enter", "down", "enter")
        await person.sees("Mouse       on", "hidden while answering")
    assert load_settings(settings_file()).mouse


async def test_the_palette_changes_a_page_that_is_open(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        assert "starting" not in person.text
        await person.press("ctrl+p")
        await person.sees("Search for commands")
        await person.press(*"show stages")
        await person.reads("A group reading the grid together may show them")
        await person.press("enter")
        await person.sees("▁ starting")


async def test_settings_that_make_no_sense_are_the_usual_ones(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"look": 3, "mouse": "perhaps", "show_stages": 1}')
    found = load_settings(path)
    assert (found.look, found.mouse, found.show_stages) == ("auto", True, False)
