"""Reading what may be anything, and writing so that the old file or the new one is there."""

import errno
import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from bt_assess.core.text import clean_line

LARGEST = 2_000_000
"""The largest file that is read, in bytes; a session has about 10 kB."""
DEEPEST_KEY = 12
"""How many parts a dotted key may have; tomllib needs time in the square of it."""
LONGEST_PATH = 4096
"""No system opens a longer one, in characters."""
DEEPEST = 100
"""How many brackets may stand in one another; a rubric has five."""
MOST_PARTS = 60_000
"""How many names, values and brackets a TOML file may have; the largest rubric has about 40,000."""
LONGEST_WORD = 10_000
"""How long a bare name or a number may be; tomllib needs 130 times as much memory for one."""

# Strings and comments are passed over whole, as what people write may hold any number of dots.
# Nothing is gone back over (`++`, `*+`), and what is not closed is taken to its end, so that the
# time this takes grows with the length of the text and no faster.
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]++|\\[^\n])*+"?|'[^'\n]*+'?)"""
_PIECE = re.compile(
    rf"""
      \"{{3}} (?: [^"\\]++ | \\[\s\S] | "(?!"") )*+ (?: "{{3,5}} | \\?\Z )
    | '{{3}} (?: [^']++ | '(?!'') )*+ (?: '{{3,5}} | \Z )
    | (?P<comment> \#[^\n]*+ )
    | (?P<long> [A-Za-z0-9_-]{{{LONGEST_WORD + 1}}} )
    | (?P<deep> {_PART} (?: [ \t]*+ \. [ \t]*+ {_PART} ){{{DEEPEST_KEY}}} )
    | {_PART}
    | (?P<open> [\[{{] )
    | (?P<close> [\]}}] )
    """,
    re.VERBOSE,
)


class UnreadableFile(ValueError):
    """A file that cannot be used: where and why, in one line."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{shown_name(path)}: {why}")
        self.path = path
        self.why = why


class NotUtf8(UnreadableFile):
    """A file in another encoding, or no text at all."""


def shown_name(path: Path) -> str:
    """A file's name on one line: names may hold line breaks, and bytes that are no text."""
    return shortened(path.name, 255)


def shortened(word: str, longest: int = 60) -> str:
    """What somebody typed, to be told that there is no such thing: no file has a name that long."""
    line = clean_line(word, longest + 1)
    return line if len(line) <= longest else f"{line[:60]}..."


def read_bytes(path: Path, *, follow_links: bool = True, largest: int = LARGEST) -> bytes:
    """The contents of a regular file of at most `largest` bytes. Raises UnreadableFile."""
    # Non-blocking, so that opening a pipe that nobody writes to does not wait for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not follow_links:
        flags |= getattr(os, "O_NOFOLLOW", 0)
        # Not pathlib, which raises where the name is longer than any file's.
        if os.path.islink(path):  # noqa: PTH114
            raise UnreadableFile(path, "is a link to somewhere else, so it is not opened")
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise UnreadableFile(path, reason(error)) from None
    try:
        # Before it becomes a file of Python's, which a folder cannot.
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableFile(path, "is a folder, not a file")
        if not stat.S_ISREG(mode):
            raise UnreadableFile(path, "is not an ordinary file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise UnreadableFile(path, reason(error)) from None
    finally:
        os.close(descriptor)
    if len(data) > largest:
        raise UnreadableFile(path, f"is too large: more than {largest / 1e6:g} MB")
    return data


def read_text(path: Path, *, follow_links: bool = True) -> str:
    """The text of a UTF-8 file, with or without a byte order mark. Raises UnreadableFile."""
    data = read_bytes(path, follow_links=follow_links)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise NotUtf8(path, f"line {line}: is not UTF-8 text") from None


def parse_toml(path: Path, text: str) -> dict[str, Any]:
    """What the TOML text of `path` holds. Raises UnreadableFile."""
    import tomllib  # the first screen does without

    if costly := _too_costly(text):
        raise UnreadableFile(path, costly)
    try:
        found = tomllib.loads(text)
        too_large = _has_too_large_a_number(found)
    except RecursionError:
        raise UnreadableFile(path, "is nested too deeply") from None
    except ValueError as error:
        place = re.search(r"at line (\d+)", str(error))
        where = f"line {place[1]}: " if place else ""
        raise UnreadableFile(path, f"{where}is not valid TOML") from None
    if too_large:
        raise UnreadableFile(path, "holds a number that is too large")
    return found


def _too_costly(text: str) -> str | None:
    """What would keep tomllib busy for long; a file that somebody wrote has nothing of the kind."""
    parts = depth = 0
    for piece in _PIECE.finditer(text):
        match piece.lastgroup:
            case "comment":
                continue
            case "close":
                depth -= 1
                continue
            case "open" if depth == DEEPEST:
                why = "is nested too deeply"
            case "deep":
                why = f"a key has more than {DEEPEST_KEY} parts"
            case "long":
                why = f"a name or a number has more than {LONGEST_WORD} characters"
            case _ if parts == MOST_PARTS:
                why = f"holds more than {MOST_PARTS} names and values up to here"
            case kind:
                depth += kind == "open"
                parts += 1
                continue
        return f"line {text.count(chr(10), 0, piece.start()) + 1}: {why}"
    return None


def _has_too_large_a_number(value: Any) -> bool:
    """TOML promises 64 bits; Python takes more, and then fails when it has to write them out."""
    match value:
        case dict():
            return any(map(_has_too_large_a_number, value.values()))
        case list():
            return any(map(_has_too_large_a_number, value))
        case int():
            return not -(2**63) <= value < 2**63
        case _:
            return False


def write_atomic(path: Path, data: bytes, *, moment: int | None = None) -> None:
    """Replace `path` by `data` durably: on return it is on disk.

    `moment`, in nanoseconds, is when it says it was written; without one, now.

    After an OSError the old file is there, whole, or, where only the last step failed, the new one.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if moment is not None:
            os.utime(temporary, ns=(moment, moment))
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable; Windows has no way to ask and does not need one."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network folders cannot be asked either; the file itself is on disk all the same.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def reason(error: Exception) -> str:
    """Why the system refused, in words."""
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case PermissionError():
            return "may not be opened (no permission)"
        case OSError(strerror=str(text)):
            return text.lower()
        case _:
            return "the name cannot be a file's"
