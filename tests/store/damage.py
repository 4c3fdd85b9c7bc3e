"""The ways in which a disk, a cable or a careless hand can damage a file, case by case."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Damage:
    """One way to damage a file: at which places it can strike, and what it leaves behind."""

    name: str
    places: Callable[[bytes], range]
    at: Callable[[bytes, int], bytes]


def _cut(data: bytes, place: int) -> bytes:
    return data[:place]


def _flip(data: bytes, place: int) -> bytes:
    """One bit of every byte, another one each time."""
    return data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :]


def _delete(data: bytes, line: int) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(lines[:line] + lines[line + 1 :])


def _double(data: bytes, line: int) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(lines[: line + 1] + lines[line:])


def _swap(data: bytes, line: int) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join([*lines[:line], lines[line + 1], lines[line], *lines[line + 2 :]])


def _nuls(data: bytes, place: int) -> bytes:
    """What some file systems leave after a power cut: the length is right, the end is not."""
    if place < len(data):
        return data[:place] + b"\0" * (len(data) - place)
    tail: bytes = b"\0" * 4 ** (place - len(data))
    return data + tail


def _bytes(data: bytes) -> range:
    return range(len(data))


def _lines(data: bytes) -> range:
    return range(len(data.splitlines()))


DAMAGES = [
    Damage("cut", _bytes, _cut),
    Damage("bit flipped", _bytes, _flip),
    Damage("line deleted", _lines, _delete),
    Damage("line doubled", _lines, _double),
    Damage("lines swapped", lambda data: range(len(data.splitlines()) - 1), _swap),
    # In place of the end, from every place on; and then the whole file with 1, 4, 16 ... 4096 NULs behind it.
    Damage("NUL tail", lambda data: range(len(data) + 7), _nuls),
]
