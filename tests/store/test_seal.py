"""A file that is not what was saved is never taken for another session."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bt_assess.core.session import Session
from bt_assess.store.files import UnreadableFile
from bt_assess.store.session_file import ChangedFile, read_session, session_text
from tests.core import builders
from tests.store.helpers import RUBRIC, finished, half_done

EMPTY = builders.session()
SMALL = builders.session(
    {**builders.answers("12k --- ---")}, respondent="Zoë", notes={"leadership.starting.1": "Eh?"}
)


def truncations(data: bytes) -> Iterator[bytes]:
    yield from (data[:length] for length in range(len(data)))


def flipped_bits(data: bytes) -> Iterator[bytes]:
    """One bit of every byte, another one each time."""
    for place, byte in enumerate(data):
        yield data[:place] + bytes([byte ^ 1 << place % 8]) + data[place + 1 :]


def without_lines(data: bytes) -> Iterator[bytes]:
    lines = data.splitlines(keepends=True)
    yield from (b"".join(lines[:n] + lines[n + 1 :]) for n in range(len(lines)))


def with_lines_twice(data: bytes) -> Iterator[bytes]:
    lines = data.splitlines(keepends=True)
    yield from (b"".join(lines[: n + 1] + lines[n:]) for n in range(len(lines)))


def with_lines_swapped(data: bytes) -> Iterator[bytes]:
    lines = data.splitlines(keepends=True)
    for n in range(len(lines) - 1):
        yield b"".join([*lines[:n], lines[n + 1], lines[n], *lines[n + 2 :]])


def nul_tails(data: bytes) -> Iterator[bytes]:
    """What some file systems leave after a power cut: the length is right, the end is not."""
    yield from (data[:place] + b"\0" * (len(data) - place) for place in range(0, len(data), 7))
    yield data + b"\0"
    yield data + b"\0" * 4096


DAMAGES = [
    truncations, flipped_bits, without_lines, with_lines_twice, with_lines_swapped, nul_tails
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(
    "session", [EMPTY, SMALL, finished()], ids=["empty", "small", "with scores"]
)
def test_the_same_session_or_a_refusal(
    tmp_path: Path, session: Session, damage: Callable[[bytes], Iterator[bytes]]
) -> None:
    path = tmp_path / "2026-03-02-abcdefgh.toml"
    data = session_text(session, RUBRIC).encode()
    said = []
    for damaged in damage(data):
        path.write_bytes(damaged)
        try:
            found = read_session(path).session
        except UnreadableFile as fault:
            said.append(str(fault))
        else:
            assert found == session
    assert said, "this damage has not been tried at all"
    assert [line for line in said if "\n" in line or not line.startswith(f"{path.name}: ")] == []


def test_two_sessions_run_together_are_refused(tmp_path: Path) -> None:
    """Half of one file and half of another, as a bad disk or a bad merge leaves them."""
    first = session_text(half_done(), RUBRIC).splitlines(keepends=True)
    second = session_text(finished(team="South", notes={}), RUBRIC).splitlines(keepends=True)
    path = tmp_path / "x.toml"
    for n in range(1, len(first)):
        for m in range(1, len(second)):
            path.write_text("".join(first[:n] + second[m:]))
            try:
                found = read_session(path).session
            except UnreadableFile:
                continue
            assert found in (half_done(), finished(team="South", notes={}))


class TestWords:
    """What a person is told."""

    def test_cut_short(self, tmp_path: Path) -> None:
        path = tmp_path / "x.toml"
        path.write_text(session_text(half_done(), RUBRIC).split("[seal]")[0])
        with pytest.raises(ChangedFile, match="the end is missing: it was cut short"):
            read_session(path)

    def test_another_answer(self, tmp_path: Path) -> None:
        path = tmp_path / "x.toml"
        text = session_text(half_done(), RUBRIC)
        path.write_text(text.replace('1" = "not"', '1" = "fully"', 1))
        assert path.read_text() != text
        with pytest.raises(ChangedFile, match="not as it was saved: changed by hand, or damaged"):
            read_session(path)

    def test_a_note_is_sealed_too(self, tmp_path: Path) -> None:
        path = tmp_path / "x.toml"
        text = session_text(half_done(), RUBRIC)
        path.write_text(text.replace("again in May", "again in June"))
        assert path.read_text() != text
        with pytest.raises(ChangedFile):
            read_session(path)

    def test_comments_and_order_are_free(self, tmp_path: Path) -> None:
        """The seal is of what a file says, not of how it is laid out."""
        path = tmp_path / "x.toml"
        text = session_text(half_done(), RUBRIC)
        path.write_text("# Mine.\n" + text.replace("\n[", "\n\n# Here.\n  [").replace("\n", "\r\n"))
        assert read_session(path).session == half_done()
