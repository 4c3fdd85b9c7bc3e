"""Signals, Ctrl+C, Ctrl+Z and a closed terminal: it ends or stops in order and leaves no trace."""

import os
import shlex
import signal
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.console import Console, command
from tests.e2e.folders import answers, keep, only_session

RESTORED = [
    b"\x1b[?1049l",
    b"\x1b[?25h",
    b"\x1b[?1000l",
    b"\x1b[?1004l",
    b"\x1b[?2004l",
    b"\x1b[<u",
]
CTRL_C, CTRL_Q, CTRL_Z = "\x03", "\x11", "\x1a"


def nothing_is_left(console: Console) -> None:
    """Every process that the app may have started shares its process group."""
    with pytest.raises(ProcessLookupError):
        os.killpg(console.process.pid, 0)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_it_in_order(
    console: Console, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    os.kill(console.process.pid, number)
    assert console.exit_code() == code
    assert answers(tmp_path) == 2
    for restored in RESTORED:
        assert restored in console.printed
    assert b"All is saved in" in console.printed.rpartition(b"\x1b[?1049l")[2]
    nothing_is_left(console)


def test_a_signal_keeps_the_note_being_written(console: Console, tmp_path: Path) -> None:
    console.press("n")
    console.wait("What is the evidence?")
    console.press("Half a thou")
    console.wait("Half a thou")
    os.kill(console.process.pid, signal.SIGTERM)
    os.kill(console.process.pid, signal.SIGTERM)
    assert console.exit_code() == 143
    assert [*only_session(tmp_path).notes.values()] == ["Half a thou"]


@pytest.mark.parametrize("end", [CTRL_Q, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_terminal_is_as_it_was_before(tmp_path: Path, end: str | signal.Signals) -> None:
    opened = Console(tmp_path)
    try:
        before = termios.tcgetattr(opened.process.fd)
        opened.wait("about 15 minutes")
        assert termios.tcgetattr(opened.process.fd) != before
        if isinstance(end, str):
            opened.press(end)
        else:
            os.kill(opened.process.pid, end)
        opened.wait_for_the_end_of_raw_mode(before)
        opened.exit_code()
    finally:
        opened.close()


def test_a_closed_terminal_ends_it_with_all_saved(console: Console, tmp_path: Path) -> None:
    assert console.code_after_closing() == 129
    assert answers(tmp_path) == 2
    nothing_is_left(console)


def test_ctrl_c_says_how_to_quit_and_does_not(console: Console, tmp_path: Path) -> None:
    console.press(CTRL_C)
    console.wait("Ctrl+Q quits; all is saved.")
    console.press("4")
    console.wait("4 of 117")
    console.press(CTRL_Q)
    assert console.exit_code() == 0
    assert answers(tmp_path) == 3
    nothing_is_left(console)


def test_without_a_shell_ctrl_z_stops_nothing(console: Console) -> None:
    """As in a window of its own, where nobody could wake the app."""
    before = console.text
    count = len(console.printed)
    console.press(CTRL_Z)
    console.until(lambda: b"\x1b[?1049h" in console.printed[count:], "the app again")
    console.until(lambda: console.text == before, "the same screen")
    console.press("4")
    console.wait("4 of 117")


def test_stopped_from_outside_it_comes_back_whole(tmp_path: Path) -> None:
    opened = Console(tmp_path)
    try:
        modes = termios.tcgetattr(opened.process.fd)
        opened.wait("about 15 minutes")
        os.kill(opened.process.pid, signal.SIGSTOP)
        count = len(opened.printed)
        os.kill(opened.process.pid, signal.SIGCONT)
        opened.until(lambda: b"\x1b[?1049h" in opened.printed[count:], "the app again")
        opened.wait("about 15 minutes")
        opened.press("\r")
        opened.wait("Your name or role")
        opened.press("\x1b")
        opened.wait("about 15 minutes")
        opened.press(CTRL_Q)
        opened.wait_for_the_end_of_raw_mode(modes)
        assert opened.exit_code() == 0
    finally:
        opened.close()


class Shell(Console):
    """bt-assess started from an interactive shell that looks after its jobs."""

    PROMPT = "shell> "

    def __init__(self, folder: Path, home: Path, line: str) -> None:
        environment = {"PS1": self.PROMPT, "HOME": str(home), "LC_ALL": "C.UTF-8"}
        super().__init__(folder, environment, words=["sh", "-i"])
        self.type(line.replace("$bt", shlex.join(command(folder))))

    def type(self, line: str) -> None:
        """A line for the shell, once it asks for one."""
        self.until(lambda: self.text.rstrip("\n").endswith(self.PROMPT.rstrip()), "the prompt")
        self.press(line + "\r")

    @property
    def modes(self) -> list[Any]:
        return termios.tcgetattr(self.process.fd)

    @property
    def is_cooked(self) -> bool:
        return bool(self.modes[3] & termios.ISIG)

    def stop(self) -> bytes:
        """Press Ctrl+Z; what the terminal got until the shell had it."""
        count = len(self.printed)
        self.press(CTRL_Z)
        self.wait("Stopped")
        self.until(lambda: self.is_cooked, "the shell's own modes")
        return self.printed[count:]


@pytest.fixture(params=["$bt", "sh -c '$bt; exit $?'"], ids=["alone", "within another"])
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shell]:
    """At the third statement, within a shell; at times within another program, as in `make run`."""
    folder = tmp_path / "sessions"
    keep(folder, "Me", 2)
    opened = Shell(folder, tmp_path, request.param)
    try:
        opened.wait("Me, 2 of 117")
        opened.press("\r")
        opened.wait("3 of 117")
        opened.settle()
        yield opened
    finally:
        opened.close()


def ends_in_order(shell: Shell, folder: Path, expected: int) -> None:
    shell.press(CTRL_Q)
    shell.wait("All is saved in")
    shell.type("echo over $?")
    shell.wait("over 0")
    assert shell.is_cooked
    assert answers(folder) == expected
    shell.type("jobs; exit 7")
    assert shell.exit_code() == 7
    assert "Stopped" not in shell.text
    assert "Running" not in shell.text


def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again(
    shell: Shell, tmp_path: Path
) -> None:
    shell.press("4")
    shell.wait("4 of 117")
    shell.wait("✓ saved")
    before = shell.text
    for _ in range(2):
        sent = shell.stop()
        for restored in RESTORED:
            assert restored in sent
        assert answers(tmp_path / "sessions") == 3
        shell.type("fg")
        shell.until(lambda: shell.text == before, "the screen as it was")
        assert not shell.is_cooked
    shell.press("1")
    shell.wait("5 of 117")
    shell.wait("✓ saved")
    ends_in_order(shell, tmp_path / "sessions", 4)


def test_in_the_background_it_waits_without_touching_the_terminal(
    shell: Shell, tmp_path: Path
) -> None:
    before = shell.text
    shell.stop()
    count = len(shell.printed)
    shell.type("bg")
    shell.type("echo still $((6 * 7))")
    shell.wait("still 42")
    assert b"\x1b[?1049h" not in shell.printed[count:]
    shell.type("fg")
    shell.until(lambda: shell.text == before, "the screen as it was")
    shell.press("4")
    shell.wait("4 of 117")
    shell.wait("✓ saved")
    ends_in_order(shell, tmp_path / "sessions", 3)


def test_a_terminal_closed_while_it_is_stopped_loses_nothing(shell: Shell, tmp_path: Path) -> None:
    shell.press("4")
    shell.wait("4 of 117")
    shell.press(CTRL_Z)
    shell.wait("Stopped")
    shell.code_after_closing()
    again = Console(tmp_path / "sessions")
    try:
        again.wait("Me, 3 of 117")
        again.press("\r")
        again.wait("4 of 117")
        again.settle()
        assert "read only" not in again.text, "something was left running"
    finally:
        again.close()
