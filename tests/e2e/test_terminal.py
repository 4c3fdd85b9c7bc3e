"""What a real terminal sends to a program: late replies, pastes, odd bytes, two windows at once."""

import os
import time
from pathlib import Path

import pytest

from tests.e2e.console import Console
from tests.e2e.folders import answers, keys_given, only_session

ENTER = "\r"


REPLIES = [
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]10;rgb:d4d4/d4d4/d4d4\x07", "\x1b[?62;1;2;4;22c",
    "\x1b[12;34R", "\x1b[?2026;2$y", "\x1bP>|XTerm(380)\x1b\\", "\x1b]52;c;MTIzNGR4\x07",
    "\x1b[?1u", "\x1bP1$r0m\x1b\\", "\x1b[8;24;80t", "\x1b[48;24;80;480;640t",
    "\x1b]4;1;rgb:cdcd/3131/3131\x07", "\x1b[>41;380;0c", "\x1b[O\x1b[I", "\x1b[97;1:3u",
    "\x1b[999999999999u",
]  # fmt: skip
PASTES = [
    "not 1 but 2 budgets", "1234dx\r", "\x1b[200~1\r2\r\x1b[201~", "\x1b[200~1234dx\x1b[201~",
]  # fmt: skip


@pytest.mark.parametrize("kinds", [REPLIES, PASTES], ids=["late replies", "pastes"])
def test_a_terminals_late_reply_or_a_paste_answers_nothing(
    console: Console, tmp_path: Path, kinds: list[str]
) -> None:
    for place, reply in enumerate(kinds, 3):
        console.press(reply)
        # A key of a real person afterwards still counts, once the burst is over.
        console.settle()
        assert f"{place} of 117" in console.text, repr(reply)
        console.press("4")
        console.wait(f"{place + 1} of 117")
        console.wait("✓ saved")
        assert answers(tmp_path) == place, repr(reply)


@pytest.mark.sweep
def test_of_forty_keys_at_twenty_five_a_second_none_goes_silently(
    console: Console, tmp_path: Path
) -> None:
    """On a busy machine keys come in bursts and are refused; test_key_gate.py has all 40 count."""
    for n in range(40):
        console.press("1234"[n % 4])
        end = time.monotonic() + 0.04
        while (left := end - time.monotonic()) > 0:
            console.pump(left)
    console.settle()
    console.wait("✓ saved")
    given = keys_given(only_session(tmp_path))
    count = len(given) - 2
    print(f"{count} of 40 keys at 25 a second counted")  # noqa: T201
    assert count > 0
    if count == 40:
        assert given == "33" + "1234" * 10
    else:
        assert b"keys came at once" in console.printed


def test_a_paste_into_a_note_arrives_whole(console: Console, tmp_path: Path) -> None:
    console.press("n")
    console.wait("What is the evidence?")
    pasted = (
        "Two budgets, 1 of them secret\r\rZoë 李 e\u0301 👩‍👩‍👧 [/] [@click=app.quit]x[/]\r"
        "\tq 1234dx \x07bell \u202egnp.exe \x9b2J = end"
    )
    console.press(f"\x1b[200~{pasted}\x1b[201~")
    console.wait("= end")
    console.press("\x1b")
    console.wait("3 of 117")
    console.wait("✓ saved")
    session = only_session(tmp_path)
    expected = (
        "Two budgets, 1 of them secret\n\nZoë 李 é 👩‍👩‍👧 [/] [@click=app.quit]x[/]\n"
        "    q 1234dx �bell �gnp.exe �2J = end"
    )
    assert [*session.notes.values()] == [expected]
    assert len(session.answers) == 2


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
        console.wait("4 of 117")
        console.wait("✓ saved")
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
