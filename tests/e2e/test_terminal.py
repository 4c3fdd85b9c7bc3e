"""What a real terminal does to a program: signals, closing, late replies, odd bytes, two at once."""

import os
import signal
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from bt_assess.store.session_file import read_session
from tests.e2e.console import Console

ENTER = "\r"


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """At the third statement, with two answers given and saved."""
    opened = Console(tmp_path)
    opened.wait("about 15 minutes")
    opened.press(ENTER)
    opened.wait("Your name or role")
    opened.press("Me" + ENTER)
    for place in (1, 2):
        opened.wait(f"{place} of 117")
        opened.press("3")
    opened.wait("3 of 117")
    opened.wait("✓ saved")
    yield opened
    opened.close()


def answers(folder: Path) -> int:
    [path] = folder.glob("*.toml")
    return len(read_session(path).session.answers)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_it_in_order(
    console: Console, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    os.kill(console.process.pid, number)
    assert console.exit_code() == code
    assert answers(tmp_path) == 2
    for restored in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l"):
        assert restored in console.printed
    assert b"All is saved in" in console.printed


def test_the_terminal_is_as_it_was_before(tmp_path: Path) -> None:
    opened = Console(tmp_path)
    before = termios.tcgetattr(opened.process.fd)
    opened.wait("about 15 minutes")
    assert termios.tcgetattr(opened.process.fd) != before
    opened.press("\x11")
    opened.wait_for_the_end_of_raw_mode(before)
    opened.exit_code()
    opened.close()


def test_a_closed_terminal_ends_it_with_all_saved(console: Console, tmp_path: Path) -> None:
    os.close(console.process.fd)
    assert console.code_after_closing() == 129
    assert answers(tmp_path) == 2


@pytest.mark.parametrize(
    "reply",
    [
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]10;rgb:d4d4/d4d4/d4d4\x07", "\x1b[?62;1;2;4;22c",
        "\x1b[12;34R", "\x1b[?2026;2$y", "\x1bP>|XTerm(380)\x1b\\", "\x1b]52;c;MTIzNGR4\x07",
        "\x1b[?1u", "\x1bP1$r0m\x1b\\", "\x1b[8;24;80t", "not 1 but 2 budgets",
        "\x1b[200~1234dx\x1b[201~",
    ],
)  # fmt: skip
def test_a_terminals_late_reply_or_a_paste_answers_nothing(
    console: Console, tmp_path: Path, reply: str
) -> None:
    console.press(reply)
    # A key of a real person afterwards still counts, once the burst is over.
    console.settle()
    console.wait("3 of 117")
    console.press("4")
    console.wait("4 of 117")
    console.wait("✓ saved")
    assert answers(tmp_path) == 3


def test_a_byte_that_is_no_text_does_no_harm(console: Console, tmp_path: Path) -> None:
    os.write(console.process.fd, b"\xff\xfe")
    console.settle()
    console.press("4")
    console.wait("4 of 117")


def test_a_second_window_reads_but_does_not_answer(console: Console, tmp_path: Path) -> None:
    other = Console(tmp_path)
    try:
        other.wait("Me, 2 of 117")
        other.press(ENTER)
        other.wait("read only")
        other.press("4")
        other.settle()
        assert answers(tmp_path) == 2
        console.press("4")
        console.wait("✓ saved")
        console.wait("4 of 117")
        assert answers(tmp_path) == 3
    finally:
        other.close()


@pytest.mark.parametrize(
    "environment", [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_it_opens_in_a_plain_locale(tmp_path: Path, environment: dict[str, str]) -> None:
    opened = Console(tmp_path, environment)
    opened.wait("about 15 minutes")
    opened.press("\x11")
    assert opened.exit_code() == 0
    opened.close()


@pytest.mark.parametrize(
    ("background", "expected"), [("ffff/ffff/ffff", "fbfaf7"), ("0000/0000/0000", "14181d")]
)
def test_it_follows_the_terminals_own_background(
    tmp_path: Path, background: str, expected: str
) -> None:
    opened = Console(tmp_path, background=background)
    opened.wait("about 15 minutes")
    assert opened.background_at(2, 2) == expected
    opened.press("\x11")
    assert opened.exit_code() == 0
    opened.close()
