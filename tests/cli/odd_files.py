"""Files that nobody meant to give to bt-assess, and what it is to say of each."""

import io
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from bt_assess.store.files import LARGEST


def fill(unit: str | bytes, start: str = "", end: str = "") -> bytes:
    """As many of `unit` as go into the largest file that is read at all."""
    head, body, tail = (
        start.encode(),
        unit.encode() if isinstance(unit, str) else unit,
        end.encode(),
    )
    return head + body * ((LARGEST - len(head) - len(tail)) // len(body)) + tail


def numbered(unit: str, times: int, start: str = "") -> bytes:
    return (start + "".join(unit.replace("#", str(n)) for n in range(times))).encode()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>" * 1000)
    return out.getvalue()


def noise(length: int) -> bytes:
    return random.Random(9).randbytes(length)


HEADER = "statement,text,answer,note\r\n"
SHEET = f"{HEADER}learning.starting.1,Text,4,Zoë\r\n"
THEME = f"{{statements = [{'{},' * 101}], strands = [{'{},' * 21}], points = [{'{},' * 51}]}},"
STRANGE = "is not valid TOML"
CSV = "is not valid CSV"
CELL = "line \\d+: a cell has more than 131072 characters"
LARGE = "is too large: more than 2 MB"
MANY = "holds more than 60000 names and values up to here"
WORD = "line \\d+: a name or a number has more than 10000 characters"
COLUMN = "there is no column 'statement'"
SHAPE = "line \\d+: is too large for an answer sheet"
NO_UTF8 = "line 1: is not UTF-8 text"
OTHER = "(id: is missing|is not a session of bt-assess)"
"""It is TOML, and it is neither a rubric nor a session."""

# What is in the file; why it is no answer sheet; why it is neither a rubric nor a session.
CONTENTS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "nothing": (bytes, "is empty", OTHER),
    "one byte too many": (lambda: b"a" * (LARGEST + 1), LARGE, LARGE),
    "commas": (lambda: fill(","), "is empty", STRANGE),
    "semicolons": (lambda: fill(";"), "is empty", STRANGE),
    "quotes": (lambda: fill('"'), CELL, MANY),
    "apostrophes": (lambda: fill("'"), CELL, MANY),
    "line ends": (lambda: fill("\n"), "is empty", OTHER),
    "CRLF": (lambda: fill("\r\n"), "is empty", OTHER),
    "CR": (lambda: fill("\r"), "is empty", STRANGE),
    "spaces": (lambda: fill(" "), CELL, OTHER),
    "one long line": (lambda: fill("x"), CELL, WORD),
    "comments": (lambda: fill("#\n"), SHAPE, OTHER),
    "tables of a list": (lambda: fill("[[a]]\n"), SHAPE, f"line 20001: {MANY}"),
    "one key again and again": (lambda: fill("a=1\n"), SHAPE, f"line 30001: {MANY}"),
    "50,000 keys twice": (lambda: numbered("k#=1\n", 50_000) * 2, SHAPE, MANY),
    "a key twice": (lambda: numbered("k#=1\n", 1000) + b"k7=1\n", COLUMN, STRANGE),
    "200,000 tables": (lambda: numbered("[t#]\n", 200_000), SHAPE, MANY),
    "29,000 tables": (lambda: numbered("[t#]\n", 29_000), SHAPE, "(29000 keys|not a session)"),
    "deep tables": (lambda: numbered("[t#.b.c.d.e.f.g.h.i.j]\n", 5400), SHAPE, "(5400 keys|not a s)"),
    "200,000 deep tables": (lambda: numbered("[t#.b.c.d]\n", 100_000), SHAPE, MANY),
    "29,000 keys in a theme": (
        lambda: numbered("k#=1\n", 29_000, "[[themes]]\n"), SHAPE, "(29000 keys|not a session)"
    ),
    "98 keys in each of 200 themes": (
        lambda: numbered("k#=1\n", 98, "[[themes]]\n") * 200, SHAPE, OTHER
    ),
    "a theme of empty tables": (lambda: fill(THEME, "themes=[", "]"), SHAPE, MANY),
    "21 themes of empty tables": (lambda: f"themes = [{THEME * 21}]".encode(), SHAPE, OTHER),
    "open arrays": (lambda: fill("[", "a="), CELL, "line 1: is nested too deeply"),
    "arrays 99 deep": (lambda: b"a=[" + (b"[" * 99 + b"]" * 99 + b",") * 500 + b"]", SHAPE, OTHER),
    "arrays 101 deep": (lambda: b"a=" + b"[" * 101 + b"]" * 101, COLUMN, "nested too deeply"),
    "short arrays": (lambda: fill("[],", "a=[", "]"), SHAPE, MANY),
    "open inline tables": (lambda: fill("{a=", "a="), CELL, "line 1: is nested too deeply"),
    "inline tables": (lambda: fill("{b=1},", "a=[", "]"), SHAPE, MANY),
    "100 KB of dotted key": (lambda: b".".join([b"a"] * 50_000) + b"=1", COLUMN, "more than 12 parts"),
    "keys of 12 parts": (lambda: fill("a.b.c.d.e.f.g.h.i.j.k.l=1\n"), SHAPE, MANY),
    "keys in quotes": (lambda: fill('"a b"."c"=1\n'), CSV, MANY),
    "integers": (lambda: fill("1,", "a=[", "]"), SHAPE, MANY),
    "floats": (lambda: fill("1.5,", "a=[", "]"), SHAPE, MANY),
    "dates": (lambda: fill("1979-05-27T00:32:00.999999-07:00,", "a=[", "]"), SHAPE, MANY),
    "dates that are none": (lambda: fill("1979-99-99\n", "a="), SHAPE, f"({MANY}|{STRANGE})"),
    "a huge integer": (lambda: fill("1", "a="), CELL, WORD),
    "a huge hexadecimal": (lambda: fill("f", "a=0x"), CELL, WORD),
    "an integer of 9000": (lambda: b"a=0x" + b"f" * 9000, COLUMN, "a number that is too large"),
    "underscores": (lambda: fill("1_", "a=", "1"), CELL, WORD),
    "a huge float": (lambda: fill("1", "a=1."), CELL, WORD),
    "infinity": (lambda: b"format = inf\nid = nan\n", COLUMN, "(should be|not a session)"),
    "a string that never ends": (lambda: fill("x", 'a="'), CELL, STRANGE),
    "lines that never end": (lambda: fill("x\n", 'a="""'), SHAPE, STRANGE),
    "quotes in lines": (lambda: fill('\\"', 'a="""', '"""'), CELL, OTHER),
    "one string": (lambda: fill("x", 'a="', '"'), CELL, OTHER),
    "escapes": (lambda: fill("\\u0041", 'a="', '"'), CELL, OTHER),
    "surrogates": (lambda: b'a = "\\ud800"\n', COLUMN, STRANGE),
    "surrogates in bytes": (lambda: b"a = '\xed\xa0\x80'\n", NO_UTF8, NO_UTF8),
    "empty strings": (lambda: fill('"",', "a=[", "]"), SHAPE, MANY),
    "marks above letters": (
        lambda: fill("a\u0301\u0323", "id='", "'"), CELL, "(licence: is missing|not a session)"
    ),
    "controls that turn text": (lambda: fill("\u202e", "'", "' = 1"), CELL, "(unknown key|not a s)"),
    "a terminal's commands": (
        lambda: b'"\\u001b]0;x\\u0007" = 1\nformat = "\x9b2J"\n', NO_UTF8.replace("1", "2"), "line 2: is"
    ),
    "NULs": (lambda: bytes(LARGEST), "is not a text file", STRANGE),
    "noise": (lambda: noise(LARGEST), NO_UTF8, NO_UTF8),
    "UTF-16 LE": (lambda: b"\xff\xfe" + SHEET.encode("utf-16-le"), NO_UTF8, NO_UTF8),
    "UTF-16 BE": (lambda: b"\xfe\xff" + SHEET.encode("utf-16-be"), NO_UTF8, NO_UTF8),
    "UTF-16 without a mark": (lambda: "a=1".encode("utf-16-le"), "is not a text file", STRANGE),
    "Latin-1": (lambda: SHEET.encode("latin-1"), "line 2: is not UTF-8 .* 'CSV UTF-8'", "line 2: is"),
    "cp1252": (
        lambda: SHEET.replace(",", ";").encode("cp1252"), "line 2: .* 'CSV UTF-8'", "line 2: is not"
    ),
    "a byte order mark": (lambda: b"\xef\xbb\xbf", "is empty", OTHER),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + noise(9000), NO_UTF8, NO_UTF8),
    "a workbook": (zipped, "(is not a text file|is not UTF-8 text)", "(is not UTF-8 text|TOML)"),
    "columns": (lambda: fill("a,", HEADER), SHAPE, MANY),
    "a million columns": (lambda: b"," * 1_000_000 + b"a", SHAPE, STRANGE),
    "rows": (lambda: fill("a,b\n", "statement,answer\n"), SHAPE, MANY),
    "wide rows": (lambda: fill("a,b" + "," * 97 + "\n", HEADER), SHAPE, STRANGE),
    "rows that are all wrong": (
        lambda: HEADER.encode() + b"a,b,c,d\n" * 4900, "and 4700 more like these", STRANGE
    ),
    "rows that are all empty": (lambda: fill(",,\n", HEADER), "no statement has an answer", STRANGE),
    "a cell of 5 MB": (lambda: HEADER.encode() + b"x" * 5_000_000, LARGE, LARGE),
    "a cell of 2 MB": (lambda: fill("x", HEADER), CELL, WORD),
    "quotes that never end": (lambda: fill("\n", HEADER + '"'), CELL, STRANGE),
    "quotes within quotes": (lambda: fill('""', HEADER + 'a,"', '"'), CELL, MANY),
    "a NUL in a cell": (lambda: SHEET.replace("Text", "\0").encode(), "is not a text file", STRANGE),
    "formulas": (
        lambda: b'statement,answer\n=cmd|"/c calc"!A1,@SUM(1)\n', "is not a statement", STRANGE
    ),
    "the columns of a register": (lambda: b"name,salary\nAda,1\n", COLUMN, STRANGE),
}  # fmt: skip


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3_000_000_000)


def _link_to_a_link(path: Path) -> None:
    path.symlink_to(path.parent / "next")
    (path.parent / "next").symlink_to(path)


NOT_ORDINARY = "is not an ordinary file"
# What is no file with contents, or not one that can be opened; why, whatever it is wanted for.
PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "3 GB of nothing": (_sparse, LARGE),
    "not there": (lambda path: None, "there is no such file"),
    "a link to nothing": (lambda path: path.symlink_to("nowhere"), "there is no such file"),
    "a link to itself": (lambda path: path.symlink_to(path), "(levels of symbolic|leads nowhere)"),
    "a link to a link to it": (_link_to_a_link, "(levels of symbolic|leads nowhere)"),
    "a link to zeros": (lambda path: path.symlink_to("/dev/zero"), NOT_ORDINARY),
    "a link to a terminal": (lambda path: path.symlink_to("/dev/tty"), "."),
    "a link to a folder": (lambda path: path.symlink_to(path.parent), "is a folder, not a file"),
    "a link to nought": (lambda path: path.symlink_to("/dev/null"), NOT_ORDINARY),
    "a pipe that nobody writes to": (lambda path: os.mkfifo(path), NOT_ORDINARY),
    "a folder": (lambda path: path.mkdir(), "is a folder, not a file"),
    "nobody's to read": (lambda path: path.touch(mode=0), "no permission"),
}
