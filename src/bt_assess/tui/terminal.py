"""What kind of terminal this is: whether its background is dark, asked without waiting."""

import os
import re
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_REPLY = re.compile(rb"\x1b\]11;rgb:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")
_LAST_REPLY = re.compile(rb"\x1b\[\?[0-9;]*c")


class BackgroundQuestion:
    """The answer to 'how bright are you?', read when it has had time to arrive."""

    def __init__(self) -> None:
        self.dark: bool | None = None


@contextmanager
def asking_for_background(patience: float = 0.15) -> Iterator[BackgroundQuestion]:
    """Ask the terminal for its background on entry; on exit read the answer.

    What is imported in between gives the terminal time to reply. Every terminal answers the second
    question (what are you?), so its reply means that no more is coming; without one, at most
    `patience` seconds after asking are waited, and replies that come later are left to the key gate.
    """
    question = BackgroundQuestion()
    try:
        import termios
        import tty

        descriptor = sys.__stdin__.fileno() if sys.__stdin__ else -1
        before = termios.tcgetattr(descriptor)
    except (ImportError, OSError, ValueError):
        yield question
        return
    except Exception as error:  # termios.error is no OSError
        if type(error).__name__ != "error":
            raise
        yield question
        return
    try:
        tty.setcbreak(descriptor, termios.TCSANOW)
        os.write(descriptor, b"\x1b]11;?\x1b\\\x1b[c")
        asked = time.monotonic()
        yield question
        found = b""
        while not _LAST_REPLY.search(found):
            left = asked + patience - time.monotonic()
            if not select.select([descriptor], [], [], max(0.0, left))[0]:
                break
            chunk = os.read(descriptor, 4096)
            if not chunk:
                break
            found += chunk
        question.dark = _is_dark(found)
    finally:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)


def terminal_is_gone() -> bool:
    """Whether the terminal has been closed under the program."""
    try:
        import termios

        termios.tcgetattr(sys.__stdin__.fileno())  # type: ignore[union-attr]
    except ImportError:
        return False
    except Exception:
        return True
    return False


def _is_dark(reply: bytes) -> bool | None:
    match = _REPLY.search(reply)
    if match is None:
        return None
    red, green, blue = (int(part, 16) / float(16 ** len(part) - 1) for part in match.groups())
    return bool(0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5)


def dark_by_environment(colours: str | None) -> bool | None:
    """What COLORFGBG says ('15;0' is light on black); None where it says nothing."""
    last = (colours or "").rpartition(";")[2]
    return int(last) in (0, 1, 2, 3, 4, 5, 6, 8) if last.isdecimal() else None
