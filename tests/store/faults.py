"""Steps of writing at which a test lets the disk fill up or the process die."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch


@contextmanager
def at_step(number: int, fault: Callable[[], None]) -> Iterator[list[str]]:
    """Call `fault` before the step of this number, from 0; the list names the steps so far."""
    steps: list[str] = []

    def counted(name: str, real: Any) -> Any:
        def step(*arguments: Any, **options: Any) -> Any:
            # Locks are let go of by the system when a process dies; they are no step of writing.
            if ".lock" not in str(arguments[0]):
                steps.append(f"{name} {arguments[0]}")
                if len(steps) == number + 1:
                    fault()
            return real(*arguments, **options)

        return step

    with (
        patch.object(os, "fsync", counted("fsync", os.fsync)),
        patch.object(os, "utime", counted("utime", os.utime)),
        patch.object(Path, "replace", counted("replace", Path.replace)),
        patch.object(Path, "unlink", counted("unlink", Path.unlink)),
    ):
        yield steps


def disk_full() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def die() -> None:
    """As `kill -9` does: nothing is tidied up."""
    import signal

    os.kill(os.getpid(), signal.SIGKILL)
