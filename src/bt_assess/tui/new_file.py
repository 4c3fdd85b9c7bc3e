"""The name of a file to write, as somebody typed it."""

import os
from contextlib import suppress
from pathlib import Path

from bt_assess.store.files import reason
from bt_assess.store.where import at_home

IS_TAKEN = "There is a file of that name already. Choose another name."
NO_FOLDER = "There is no such folder."


def new_file(typed: str, folder: Path | None = None) -> Path:
    """The file of this name, in `folder` where it names no other; `~` is somebody's home."""
    path = at_home(typed)
    if folder is not None:
        return folder / path
    with suppress(OSError):
        # The folder that the app was started in may be gone.
        path = path.absolute()
    return path


def why_not_new(path: Path) -> str:
    """Why no new file can be made here, in a sentence; empty where one can, as far as is seen."""
    if os.path.lexists(path):
        return IS_TAKEN
    try:
        return "" if path.parent.is_dir() else NO_FOLDER
    except OSError as error:
        # Its name is too long, or the folder around it may not be looked into.
        return f"That folder cannot be used: {reason(error)}."
