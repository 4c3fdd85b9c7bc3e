"""A crash writes nothing of what people answered to disk."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.helpers import CHECKOUT, HANG

pytest.importorskip("resource")

_CRASH = """
import os, resource, signal
try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
except (ValueError, OSError):
    pass
from bt_assess.store.no_core import no_core_files
no_core_files()
print(*resource.getrlimit(resource.RLIMIT_CORE), flush=True)
if os.path.exists("/proc/self/status"):
    import ctypes
    print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
os.kill(os.getpid(), signal.SIGABRT)
"""
_APP = """
from types import SimpleNamespace
from bt_assess.tui import round_flow
round_flow.RoundsFolder = lambda path: None
round_flow.RoundFlow(None, SimpleNamespace(where=SimpleNamespace(path=None)), None)
"""
_COMMANDS = """
from pathlib import Path
from types import SimpleNamespace
from bt_assess.commands import rounds
rounds._rounds(SimpleNamespace(where=SimpleNamespace(path=Path("nowhere"))))
"""
_LIMITS = "import resource; print(*resource.getrlimit(resource.RLIMIT_CORE))"


def test_a_crash_leaves_no_core_file(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CRASH], cwd=tmp_path, capture_output=True, text=True,
        timeout=HANG, check=False,
    )  # fmt: skip
    assert done.returncode == -6, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "0 0"
    if sys.platform == "linux":
        assert lines[1] == "0", "the kernel dumps nothing, whatever the limit and the handler"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "script",
    [_APP, _COMMANDS],
    ids=["the app", "the commands"],
)
def test_whoever_deals_with_a_round_sees_to_it_first(script: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\n{_LIMITS}"], cwd=CHECKOUT, capture_output=True,
        text=True, timeout=HANG, check=False,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("0 0", "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a program say so")
def test_the_process_that_works_out_keys_leaves_none_either() -> None:
    from bt_assess.store.sealing import _ASIDE

    head = _ASIDE.partition("from pyrage")[0]
    told = f"{head}\nimport ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n{_LIMITS}"
    done = subprocess.run(
        [sys.executable, "-I", "-c", told], capture_output=True, text=True, timeout=HANG,
        check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["0", "0", "0"]
