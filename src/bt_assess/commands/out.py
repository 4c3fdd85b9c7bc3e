"""What commands say: data to stdout or a file, messages to stderr, refusals. Imports little."""

import json
import os
import shutil
import sys
from contextlib import suppress
from typing import Any

from bt_assess.core.text import UNSAFE
from bt_assess.store.files import reason, write_atomic
from bt_assess.store.where import at_home

# For screens that cannot show them; a '?' in the place of a minus would turn a result round.
_PLAIN = str.maketrans(
    {"·": "-", "–": "-", "—": "-", "−": "-", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"'}
)


class Refusal(Exception):
    """The input is wrong: lines for people, exit code 1."""

    def __init__(self, *lines: str) -> None:
        super().__init__(lines[0])
        self.lines = lines


def width() -> int:
    """How wide text may be, in characters: the terminal's width, 40 to 100; 80 without one."""
    return max(40, min(100, shutil.get_terminal_size((80, 24)).columns))


def say(text: str, end: str = "\n") -> None:
    """Text for people: what could act on a terminal is shown as a mark. Raises Refusal."""
    safe = "\n".join(UNSAFE.sub("\ufffd", line) for line in text.split("\n")) + end
    _write(safe if _can_be_shown(safe) else safe.translate(_PLAIN))


def say_json(data: dict[str, Any]) -> None:
    """Data for programs: the same data whatever the encoding. Raises Refusal."""
    # Not ASCII only where it need not be: people's names are for people too.
    plain = not (getattr(sys.stdout, "encoding", None) or "").casefold().startswith("utf")
    text = json.dumps(data, indent=2, ensure_ascii=plain)
    _write(UNSAFE.sub(lambda m: m[0] if m[0] == "\n" else f"\\u{ord(m[0]):04x}", text) + "\n")


def tell(text: str, end: str = "\n") -> None:
    """A message for people, which is no data."""
    if sys.stderr is None:
        return
    # Nobody is left to tell where even this fails.
    with suppress(OSError, ValueError):
        print(UNSAFE.sub("\ufffd", text), end=end, file=sys.stderr, flush=True)


def put(text: str | bytes, target: str | None, *, force: bool = False) -> None:
    """Data to stdout, or to a file, which is written whole or not at all. Raises Refusal."""
    # As bytes: the line ends of a CSV are its own, and it is UTF-8 whatever the terminal is.
    data = text if isinstance(text, bytes) else text.encode()
    if target is None or target == "-":
        _write(data)
        return
    path = at_home(target)
    if path.suffix.casefold() == ".toml":
        # Among sessions it would count as a damaged one, or take the place of a good one.
        raise Refusal(f"{path}: .toml is the ending of sessions and rubrics; choose another")
    # lexists: True or False for any name, where Path.exists() raises for those too long.
    if os.path.lexists(path):
        # Replacing a device or a link by a file would break what others rely on.
        if path.is_symlink() or not path.is_file():
            raise Refusal(f"{path}: is not an ordinary file, so it is not replaced")
        if not force:
            raise Refusal(f"{path}: is there already; --force replaces it")
    try:
        write_atomic(path, data)
    except (OSError, ValueError) as error:
        raise Refusal(f"{path}: {_why_not_written(error)}") from None
    tell(f"written to {path}")


def abandon_stdout() -> None:
    """Whoever read is gone: nothing may be flushed into the broken pipe at exit."""
    with suppress(OSError, ValueError):
        broken = sys.stdout.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), broken)


def not_written(error: OSError) -> Refusal:
    """What to raise where the output takes no more: a full disk, as a rule."""
    abandon_stdout()
    return Refusal(f"the output cannot be written: {reason(error)}")


def _can_be_shown(text: str) -> bool:
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _write(text: str | bytes) -> None:
    if sys.stdout is None:
        raise Refusal("there is nowhere to write to: the output is closed")
    try:
        if isinstance(text, bytes):
            sys.stdout.buffer.write(text)
        else:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise not_written(error) from None


def _why_not_written(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such folder to write to"
    if isinstance(error, PermissionError):
        return "may not be written (no permission)"
    return reason(error)
