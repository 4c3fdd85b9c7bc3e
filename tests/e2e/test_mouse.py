"""With the mouse off, the terminal is left to select text; on again, a click opens a row."""

from pathlib import Path

from tests.e2e.console import Console

FOLLOW, LEAVE = b"\x1b[?1000h", b"\x1b[?1000l"


def test_the_mouse_is_left_to_the_terminal_until_it_is_wanted_again(tmp_path: Path) -> None:
    first = Console(tmp_path)
    try:
        first.wait("Settings")
        assert FOLLOW in first.printed
        first.press("\x1b[F", "\x1b[A", "\r")
        first.wait("hidden while answering")
        assert LEAVE not in first.printed
        first.press("\x1b[B", "\r")
        first.wait("off, to select text")
        assert LEAVE in first.printed
        first.press("\x1b", "\x11")
        assert first.exit_code() == 0
    finally:
        first.close()

    again = Console(tmp_path)
    try:
        again.wait("Settings")
        assert FOLLOW not in again.printed
        again.press("\x1b[F", "\x1b[A", "\r")
        again.wait("off, to select text")
        again.press("\x1b[B", "\r")
        again.wait("Mouse       on")
        assert FOLLOW in again.printed
        again.press("\x1b")
        again.wait("The grid")
        row = next(n for n, line in enumerate(again.text.splitlines(), 1) if "The grid" in line)
        again.press(f"\x1b[<0;8;{row}M", f"\x1b[<0;8;{row}m")
        again.wait("esc back")
        again.wait("Leadership")
    finally:
        again.close()
