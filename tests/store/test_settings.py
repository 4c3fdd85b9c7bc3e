"""What was chosen once is remembered; what makes no sense is as if it were not there."""

import stat
from pathlib import Path

import pytest

from bt_assess.store.settings import Settings, load_settings, save_settings, settings_file


@pytest.mark.parametrize(
    "settings", [Settings(), Settings("dark", show_stages=True), Settings("light")], ids=str
)
def test_saved_and_read_back(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "new" / "settings.json"
    save_settings(path, settings)
    assert load_settings(path) == settings
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_defaults_for_who_has_chosen_nothing(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == Settings("auto", show_stages=False)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '"dark"', "\0", "{}", '{"look": "pink"}', '{"look": ["dark"]}',
        '{"look": {}}', '{"show_stages": "yes"}', '{"show_stages": 1}', "[" * 100_000,
        '{"look": ' + "1" * 9000 + "}", "\ud800",
    ],
)  # fmt: skip
def test_defaults_for_what_makes_no_sense(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(text.encode(errors="surrogatepass"))
    assert load_settings(path) == Settings()


def test_what_makes_sense_is_kept_beside_what_does_not(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"look": "dark", "show_stages": "yes", "new in a later version": 3}')
    assert load_settings(path) == Settings("dark")


def test_a_place_that_cannot_be_written_to_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "settings.json"
    save_settings(path, Settings("dark"))
    assert load_settings(path) == Settings()


def test_they_are_in_the_users_own_folder() -> None:
    assert settings_file().name == "settings.json"
    assert Path.home() in settings_file().parents
