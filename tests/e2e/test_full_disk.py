"""A disk that fills up in the middle: the person is told, goes on, and nothing is lost."""

import os
import signal
import sys
from pathlib import Path

import pytest

from bt_assess.store import catalogue_file
from tests.e2e.console import Console
from tests.e2e.folders import answers, keys_given, only_session

resource = pytest.importorskip("resource")
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux limits a process that runs already"
)


def fill_the_disk(console: Console) -> None:
    """From now on the app can write no file, as the system refuses every byte."""
    resource.prlimit(console.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def make_room(console: Console) -> None:
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(console.process.pid, resource.RLIMIT_FSIZE, unlimited)


def answer_into_the_void(console: Console) -> None:
    """Six answers from the third statement on, none of which can be saved."""
    fill_the_disk(console)
    console.press("4")
    console.wait("4 of 117")
    console.wait("! not saved")
    for place in (4, 5, 6, 7, 8):
        console.wait(f"{place} of 117")
        console.press("1")
    console.wait("9 of 117")
    console.wait("! not saved")


def test_answers_given_on_a_full_disk_are_saved_once_there_is_room(
    console: Console, tmp_path: Path
) -> None:
    answer_into_the_void(console)
    assert answers(tmp_path) == 2, "the old file is whole"
    make_room(console)
    console.wait("✓ saved")
    assert keys_given(only_session(tmp_path)) == "33411111"
    left = [p.name for p in tmp_path.iterdir() if p.suffix not in (".toml", ".lock")]
    assert all(name.startswith(catalogue_file.NAME) for name in left), left
    console.press("\x11")
    assert console.exit_code() == 0


def test_quitting_asks_first_and_goes_on_when_told_to(console: Console, tmp_path: Path) -> None:
    answer_into_the_void(console)
    console.press("\x11")
    console.wait("Quit without the last answers?")
    console.press("\x1b")
    console.wait("9 of 117")
    make_room(console)
    console.wait("✓ saved")
    console.press("\x11")
    assert console.exit_code() == 0
    assert answers(tmp_path) == 8


@pytest.mark.parametrize("room", [False, True])
def test_a_signal_says_what_became_of_the_last_answers(
    console: Console, tmp_path: Path, room: bool
) -> None:
    answer_into_the_void(console)
    if room:
        make_room(console)
    os.kill(console.process.pid, signal.SIGTERM)
    assert console.exit_code() == 143
    words = console.printed.rpartition(b"\x1b[?1049l")[2]
    assert (b"All is saved in" in words) is room
    assert (b"The last answers were not saved." in words) is not room
    assert answers(tmp_path) == (8 if room else 2)
