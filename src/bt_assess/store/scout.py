"""A process that looks at a folder of very many sessions while the app is still being loaded.

It says one thing, and only when it is so: the folder is as its catalogue has it. Whatever else it
finds, and whenever it cannot tell, the catalogue looks for itself.
"""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from bt_assess.store.glance import NAME

LARGE = 5_000_000
"""From how many bytes of catalogue on: of fewer files there is no time to be gained."""
_sent: "dict[Path, subprocess.Popen[bytes]]" = {}


class AsItWas(NamedTuple):
    """Which catalogue has every file of its folder as it is, and how many they are."""

    device: int
    inode: int
    files: int


def send(folder: Path) -> None:
    """Let a process look at the folder, where it is large and there is a core to spare."""
    try:
        if (folder / NAME).lstat().st_size < LARGE or (os.cpu_count() or 1) < 2:
            return
        _sent[folder] = subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-P", "-m", "bt_assess.store.scout", str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # What is typed at the terminal, Ctrl+C too, is for the program and not for this.
            start_new_session=True,
        )
    except (OSError, ValueError):
        return


def report(folder: Path) -> AsItWas | None:
    """What the process found, once; None when none was sent or something is not as it was."""
    if (sent := _sent.pop(folder, None)) is None:
        return None
    with sent:
        found = sent.communicate()[0].split()
    try:
        return AsItWas(*map(int, found))
    except (TypeError, ValueError):
        return None


def call_back(folder: Path) -> None:
    """Nobody waits for it any more."""
    if (sent := _sent.pop(folder, None)) is not None:
        with sent:
            sent.kill()


def _look(folder: Path) -> AsItWas | None:
    import sqlite3

    from bt_assess.store.catalogue_file import identity, is_ours
    from bt_assess.store.differences import differences

    path = folder / NAME
    before = identity(path)
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=0.05)) as db:
        if before is None or not is_ours(db):
            return None
        # Which rubric is in use is not known here: the catalogue sees to that.
        found = differences(db, folder, ("", ""))
    if found.to_read or found.gone or identity(path) != before:
        return None
    return AsItWas(*before, found.files)


def main() -> None:
    # Nothing here is garbage before the end.
    import gc

    gc.disable()
    try:
        found = _look(Path(sys.argv[1]))
    except Exception:
        # The catalogue looks for itself then, and says what is wrong.
        return
    if found:
        sys.stdout.write(f"{found.device} {found.inode} {found.files}\n")


if __name__ == "__main__":
    main()
