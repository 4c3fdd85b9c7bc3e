"""Anything may lie in the folder: it is told of in one line and left as it is."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bt_assess.store import catalogue_file
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.files import DEEPEST_KEY, UnreadableFile, parse_toml
from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import StoredSession, read_session, session_text
from tests.store.helpers import CHECKOUT, HANG, RUBRIC, contents, half_done, saved

GOOD = session_text(half_done(), RUBRIC)
HEAD = GOOD[: GOOD.index("[answers]")]

CONTENTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is not a session of bt-assess, or its beginning is damaged"),
    "newer": (
        GOOD.replace("format = 1", "format = 2", 1).encode(),
        "was written by a newer bt-assess (format 2); this one reads format 1",
    ),
    "format as text": (GOOD.replace("format = 1", 'format = "1"', 1).encode(), "not a session"),
    "another TOML": (b'[project]\nname = "x"\n', "is not a session of bt-assess"),
    "no TOML": (b"Dear all,\nplease find attached", "line 1: is not valid TOML"),
    "not UTF-8": (GOOD.replace("Ada", "Zoë").encode("cp1252"), "line 8: is not UTF-8 text"),
    "UTF-16": (GOOD.encode("utf-16"), "line 1: is not UTF-8 text"),
    "binary": (bytes(range(256)) * 40, "line 2: is not UTF-8 text"),
    "zeros": (b"\0" * 4096, "is not valid TOML"),
    "large": (GOOD.encode() + b"# more\n" * 500_000, "is too large: more than 2 MB"),
    "a long key": (b"format = 1\n" + b".".join([b"a"] * 50_000) + b" = 1\n", "more than 12 parts"),
    "a long key in an inline table": (
        b'format = 1\nx = {y = """a"""", ' + b".".join([b"a"] * 50_000) + b" = 1}\n",
        "line 2: a key has more than 12 parts",
    ),
    "a long header": (
        b'format = 1\n[x' + b' . "a b"' * 20_000 + b"]\n", "more than 12 parts"
    ),
    "one long word": (b"a" * 1_900_000, "a name or a number has more than 10000 characters"),
    "a string that never ends": (b'format = 1\nx = """' + b'\\"""' * 400_000, "not valid TOML"),
    "deep arrays": (b"format = 1\nx = " + b"[" * 100_000, "is nested too deeply"),
    "deep tables": (b"format = 1\nx = " + b"{a=" * 100_000, "is nested too deeply"),
    "a number without end": (b"format = 0x" + b"f" * 9000, "a number that is too large"),
    "a number without end in the scores": (
        f"{HEAD}[answers]\n[scores]\nx = 0x{'f' * 9000}\n[seal]\nanswers = 0\n".encode(),
        "a number that is too large",
    ),
    "an unknown answer": (
        GOOD.replace('"partly"', '"perhaps"', 1).encode(),
        "answers.leadership.starting.1: is not an answer",
    ),
    "an unknown statement": (
        GOOD.replace('"leadership.starting.1"', '"leadership.begun.1"', 1).encode(), "leadership"
    ),
    "an unknown table": (GOOD.encode() + b"[thoughts]\n", "'thoughts' is not part of a session"),
    "an unknown key": (
        GOOD.replace("[rubric]", 'mood = "good"\n[rubric]', 1).encode(),
        "mood: is not part of a session",
    ),
    "answers in the wrong place": (
        GOOD.replace("[rubric]", "answers = 3\n[rubric]", 1).encode(),
        "session.answers: is not part of a session",
    ),
    "no start": (
        "".join(x for x in GOOD.splitlines(keepends=True) if "started" not in x).encode(),
        "started: is missing",
    ),
    "a time without a zone": (GOOD.replace("+00:00", "", 1).encode(), "started: is not what"),
    "a name that is a number": (GOOD.replace('"Ada"', "3", 1).encode(), "respondent: is not what"),
    "a key that writes to the terminal": (
        f'{HEAD}[answers]\n"a\\n\\u001b]0;x\\u0007" = "fully"\n'.encode(),
        "answers.a \ufffd]0;x\ufffd",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CONTENTS)
def test_contents(tmp_path: Path, kind: str) -> None:
    data, why = CONTENTS[kind]
    path = tmp_path / "2026-01-01-damaged2.toml"
    path.write_bytes(data)
    refused(path, why)
    listed_and_left(tmp_path, path, why)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_link_to_a_session(path: Path) -> None:
    elsewhere = path.parent.parent / "elsewhere.toml"
    elsewhere.write_text(GOOD)
    path.symlink_to(elsewhere)


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere.toml")


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are Unix things")
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (a_folder, "is a folder, not a file"),
        (a_pipe, "is not an ordinary file"),
        (a_link_to_a_session, "is a link to somewhere else, so it is not opened"),
        (a_link_to_nothing, "is a link to somewhere else, so it is not opened"),
        (a_link_to_itself, "is a link to somewhere else, so it is not opened"),
        (a_device, "is a link to somewhere else, so it is not opened"),
    ],
)
def test_what_is_no_file(tmp_path: Path, make: Callable[[Path], None], why: str) -> None:
    folder = tmp_path / "sessions"
    folder.mkdir()
    path = folder / "2026-01-01-damaged2.toml"
    make(path)
    refused(path, why)
    listed_and_left(folder, path, why)


@pytest.mark.parametrize(
    "make", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")],
    ids=["byte order mark", "CRLF"],
)  # fmt: skip
def test_what_editors_leave_is_no_damage(tmp_path: Path, make: Callable[[str], str]) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(make(GOOD).encode())
    assert read_session(path).session == half_done()


def test_a_file_name_is_shown_on_one_line(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\nb\x1b[2J\xff.toml"))
    path.write_text("")
    with pytest.raises(UnreadableFile) as caught:
        read_session(path)
    assert str(caught.value).startswith("a b\ufffd[2J\ufffd.toml: ")
    str(caught.value).encode()


def test_what_disappears_while_it_is_listed(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    keep = saved(folder, half_done())
    gone = saved(folder, half_done(id="zzzzzzzz"), "2026-03-01-zzzzzzzz.toml")
    found = folder.read_all()
    assert next(found) == keep
    gone.path.unlink()
    (fault,) = found
    assert isinstance(fault, UnreadableFile)
    assert fault.why == "there is no such file"


@pytest.mark.parametrize("quote", ['"', "'", '"""', "'''"])
@pytest.mark.parametrize("parts", [DEEPEST_KEY, DEEPEST_KEY + 1])
def test_only_keys_are_counted(quote: str, parts: int) -> None:
    """Text may have any number of dots, whatever quotes it is in; so may comments."""
    dots = ".".join("a" * parts)
    text = f'a = {quote}{dots} # {dots}{quote} # "{dots}\nb = [{quote}{dots}{quote}, "{dots}"]\n'
    found = parse_toml(Path("x"), text)
    assert found["b"] == [dots, dots]


@pytest.mark.parametrize(
    "line", ["{} = 1", "[{}]", "[[{}]]", "x = {{{} = 1}}", "x = {{z = 1, {} = 1}}"]
)
@pytest.mark.parametrize("part", ["a", '"a"', "'a'", '"a\\"b"', '"a.b"', "'a#b'", "1", "-"])
@pytest.mark.parametrize("dot", [".", " . ", "\t."])
def test_a_key_in_any_shape_is_counted(line: str, part: str, dot: str) -> None:
    deep, fine = (line.format(dot.join([part] * n)) for n in (DEEPEST_KEY + 1, DEEPEST_KEY))
    parse_toml(Path("x"), fine)
    with pytest.raises(UnreadableFile, match="line 2: a key has more than 12 parts"):
        parse_toml(Path("x"), f"# a comment\n{deep}\n")


def refused(path: Path, why: str) -> None:
    """One clear line, in a process of its own, as a hang would show up as the limit."""
    code = (
        "import sys; from pathlib import Path\n"
        "from bt_assess.store.session_file import UnreadableFile, read_session\n"
        "try: read_session(Path(sys.argv[1]))\n"
        "except UnreadableFile as fault: print(ascii(str(fault)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True, text=True, timeout=HANG, cwd=CHECKOUT,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.startswith(f"'{path.name}: ") or done.stdout.startswith(f'"{path.name}: ')
    assert "\\n" not in done.stdout
    assert len(done.stdout) < 200
    assert ascii(why)[1:-1] in done.stdout


def listed_and_left(folder: Path, path: Path, why: str) -> None:
    """Listed beside the sessions, in both ways of listing, and not touched."""
    good = saved(SessionFolder(folder), half_done())
    before = contents(folder)
    names = sorted(folder.iterdir())
    found = list(SessionFolder(folder).read_all())
    sessions = [entry for entry in found if isinstance(entry, StoredSession)]
    damaged = [entry for entry in found if isinstance(entry, UnreadableFile)]
    assert sessions == [good]
    assert [(fault.path, why in fault.why) for fault in damaged] == [(path, True)]
    catalogue = Catalogue(SessionFolder(folder), RUBRIC)
    list(catalogue.refresh())
    assert [listed.path for listed in catalogue.page(0, 10)] == [good.path]
    assert [(fault.path, fault.why) for fault in catalogue.damaged()] == [(path, damaged[0].why)]
    catalogue.close()
    catalogue_file.remove(folder / catalogue_file.NAME)
    assert contents(folder) == before
    assert sorted(folder.iterdir()) == names
