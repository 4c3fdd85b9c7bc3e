"""What commands share: the folder, the rubric, finding sessions, printing, refusing."""

import json
import shutil
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import misfits
from bt_assess.core.text import UNSAFE
from bt_assess.store.files import UnreadableFile, reason, write_atomic
from bt_assess.store.folder import NotFound, SessionFolder
from bt_assess.store.rubric_file import FaultyRubric, load_rubric
from bt_assess.store.session_file import ChangedFile, StoredSession


class Refusal(Exception):
    """The input is wrong: lines for people, exit code 1."""

    def __init__(self, *lines: str) -> None:
        super().__init__(lines[0])
        self.lines = lines


def rubric_of(arguments: Namespace) -> Rubric:
    """The rubric in use. Raises Refusal, with every fault of a faulty one."""
    path = Path(arguments.rubric).expanduser() if arguments.rubric else None
    try:
        return load_rubric(path)
    except FaultyRubric as error:
        raise Refusal(*(f"{error.path}: {fault}" for fault in error.faults)) from None
    except UnreadableFile as error:
        raise Refusal(f"{error.path}: {error.why}") from None


def folder_of(arguments: Namespace) -> SessionFolder:
    return SessionFolder(arguments.where.path)


def session_of(arguments: Namespace, word: str, rubric: Rubric) -> StoredSession:
    """The session that goes by `word`. Raises Refusal when there is none that `rubric` can read."""
    try:
        stored = folder_of(arguments).resolve(word)
    except NotFound as error:
        raise Refusal(str(error)) from None
    except ChangedFile as error:
        raise Refusal(
            f"{error.path.name}: {error.why}; 'bt-assess reseal {error.path.name}' shows what differs"
        ) from None
    except UnreadableFile as error:
        raise Refusal(f"{error.path.name}: {error.why}") from None
    except OSError as error:
        raise Refusal(f"{word}: {reason(error)}") from None
    if strange := misfits(stored.session, rubric):
        raise Refusal(f"{stored.path.name}: {strange[0]}")
    return stored


def width() -> int:
    """How wide text may be, in characters: the terminal's width within reason, else 80."""
    return max(40, min(100, shutil.get_terminal_size((80, 24)).columns))


def say(text: str, end: str = "\n") -> None:
    """Text for people: what could act on a terminal is shown as a mark."""
    lines = (UNSAFE.sub("\ufffd", line) for line in text.split("\n"))
    print("\n".join(lines), end=end)


def say_json(data: dict[str, Any]) -> None:
    # Not ASCII only: people's names are for people too. C1 and such are escaped by hand.
    text = json.dumps(data, indent=2, ensure_ascii=False)
    print(UNSAFE.sub(lambda m: m[0] if m[0] == "\n" else f"\\u{ord(m[0]):04x}", text))


def tell(text: str) -> None:
    """A message for people, which is no data."""
    print(UNSAFE.sub("\ufffd", text), file=sys.stderr)


def put(text: str, target: str | None, *, force: bool = False) -> None:
    """Data to stdout, or to a file, which is written whole or not at all. Raises Refusal."""
    if target is None:
        # As it is: the line ends of a CSV are its own.
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    path = Path(target).expanduser()
    if path.exists() and not force:
        raise Refusal(f"{path}: is there already; --force replaces it")
    try:
        write_atomic(path, text.encode())
    except OSError as error:
        raise Refusal(f"{path}: {reason(error)}") from None
    tell(f"written to {path}")
