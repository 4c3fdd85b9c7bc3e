"""No picture of this process's memory on disk: a crash would write down what people answered."""

import sys
from contextlib import suppress

_DUMPABLE = 4
"""PR_SET_DUMPABLE of Linux: whether others may read this process's memory, and whether it is dumped."""


def no_core_files() -> None:
    """From now on a crash leaves no core file, as far as the system lets a program say so.

    The limit holds for the processes that this one starts as well. On Linux nobody but the
    superuser can look into the memory either, and a crash handler gets nothing of it.
    """
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with suppress(Exception):
            import ctypes

            ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)
