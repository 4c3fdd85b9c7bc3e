"""What a person has chosen once and should not have to choose again."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from platformdirs import user_config_path

from bt_assess.store.files import UnreadableFile, read_text, write_atomic

Look = Literal["auto", "dark", "light"]


@dataclass(frozen=True)
class Settings:
    """`look` of the screen, whether stages are shown while answering, whether the mouse is used."""

    look: Look = "auto"
    show_stages: bool = False
    mouse: bool = True


def settings_file() -> Path:
    return user_config_path("bt-assess", appauthor=False) / "settings.json"


def load_settings(path: Path) -> Settings:
    """The settings in `path`; defaults for what is missing or makes no sense."""
    try:
        found = json.loads(read_text(path))
    except (UnreadableFile, ValueError, RecursionError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    look = found.get("look")
    return Settings(
        look=look if look in ("dark", "light") else "auto",
        show_stages=found.get("show_stages") is True,
        mouse=found.get("mouse") is not False,
    )


def save_settings(path: Path, settings: Settings) -> None:
    """Keep the settings; where that is not possible, they hold until the app ends."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(path, json.dumps(asdict(settings), indent=2).encode())
