"""The quick reader of session files says what read_session says, or leaves the file to it."""

import tomllib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Answer, Session
from bt_assess.store.canonical import LARGEST, WORDS, read_canonical
from bt_assess.store.files import UnreadableFile
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.seal import digest
from bt_assess.store.session_file import read_session, session_text
from tests.conftest import Sweep
from tests.core import builders
from tests.store.helpers import RUBRIC, finished, half_done

SHIPPED = load_rubric()
TEXT = st.text(max_size=90)
TRICKY = st.sampled_from(
    [
        "", '"', "\\", '"""', "\\n", "[seal]", "\n[notes]\n", '\n[seal]\nanswers = 1\n"', "a\nb",
        "\N{WINKING FACE}", "e\N{COMBINING ACUTE ACCENT}", "\u202e", "\x00", "\x7f", "\r\n", "\t", "#",
        "%s", "%(x)s", "{}", "\u2028", " x ", "=1+1", "x" * 80, "\N{LATIN SMALL LETTER DOTLESS I}",
    ]
)  # fmt: skip
OFFSETS = st.integers(-1439, 1439).map(lambda m: timezone(timedelta(minutes=m)))
MOMENTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 28), timezones=OFFSETS)  # noqa: DTZ001


@st.composite
def sessions(draw: st.DrawFn, rubric: Rubric = RUBRIC) -> Session:
    ids = st.sampled_from(list(rubric.statements))
    notes = st.one_of(TEXT, TRICKY, st.text(alphabet='"\\\n[]=ab ', max_size=60))
    values: dict[str, Any] = {
        "id": draw(st.from_regex(r"[a-z0-9]{8,32}", fullmatch=True)),
        "respondent": draw(TEXT | TRICKY),
        "team": draw(TEXT | TRICKY),
        "started": draw(MOMENTS),
        "finished": draw(st.none() | MOMENTS),
        "revision": draw(st.integers(0, 10**6)),
        "at": draw(st.none() | ids),
        "rubric": {"id": rubric.id, "version": draw(st.sampled_from(["1", "1.0", "2.10.3"]))},
        "answers": draw(st.dictionaries(ids, st.sampled_from(Answer))),
        "notes": draw(st.dictionaries(ids, notes, max_size=4)),
    }
    if "tags" in Session.model_fields:
        values["tags"] = tuple(draw(st.lists(TEXT | TRICKY, max_size=4, unique=True)))
    return Session.model_validate(values)


def same_or_none(path: Path, data: bytes) -> bool:
    """Check that both read the same; whether the quick one read anything."""
    found = read_canonical(data)
    if found is None:
        return False
    path.write_bytes(data)
    try:
        session = read_session(path).session
    except UnreadableFile as fault:
        raise AssertionError(f"read what is damaged: {fault.why}") from None
    assert found.id == session.id
    assert (found.respondent, found.team) == (session.respondent, session.team)
    assert found.tags == tuple(getattr(session, "tags", ()))
    assert (found.started, found.finished) == (session.started, session.finished)
    assert found.started.isoformat() == session.started.isoformat()
    assert (found.rubric_id, found.rubric_version) == tuple(dict(session.rubric).values())
    assert found.answers == {i: a.value for i, a in session.answers.items()}
    return True


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("canonical") / "a.toml"


def test_the_words_are_those_of_the_answers() -> None:
    assert [answer.value for answer in Answer] == list(WORDS)
    assert len(set(WORDS.values())) == len(WORDS), "a letter each"


def test_what_the_program_writes_is_read_quickly(path: Path) -> None:
    """Else all of this would be true and of no use."""
    full = dict.fromkeys(SHIPPED.statements, Answer.MOSTLY)
    ref = {"id": SHIPPED.id, "version": SHIPPED.version}
    done = builders.session(full, rubric=ref).finish(builders.NOON)
    for text in (
        session_text(half_done(), RUBRIC),
        session_text(finished(), RUBRIC),
        session_text(builders.session({}), RUBRIC),
        session_text(builders.session({"leadership.starting.1": Answer.NOT}), RUBRIC),
        session_text(done, SHIPPED),
    ):
        assert same_or_none(path, text.encode())


@given(session=sessions())
def test_any_session(path: Path, session: Session) -> None:
    same_or_none(path, session_text(session, RUBRIC).encode())


@given(names=st.tuples(TEXT, TRICKY), note=st.text(min_size=1) | TRICKY)
def test_whatever_people_write_it_is_read_quickly(
    path: Path, names: tuple[str, str], note: str
) -> None:
    session = builders.session({}, respondent=names[0], team=names[1])
    session = session.noted("leadership.starting.1", note)
    assert same_or_none(path, session_text(session, RUBRIC).encode())


@given(session=sessions(), data=st.data())
def test_any_session_with_anything_done_to_it(
    path: Path, session: Session, data: st.DataObject
) -> None:
    text = session_text(session, RUBRIC).encode()
    lines = text.splitlines(keepends=True)
    at = st.integers(0, len(text) - 1)
    line = st.integers(0, len(lines) - 1)
    match data.draw(
        st.sampled_from(["flip", "cut", "insert", "delete", "double", "drop", "swap", "move"])
    ):
        case "flip":
            place, bit = data.draw(at), data.draw(st.integers(0, 7))
            changed = bytearray(text)
            changed[place] ^= 1 << bit
            text = bytes(changed)
        case "cut":
            text = text[: data.draw(at)]
        case "insert":
            place = data.draw(at)
            text = text[:place] + data.draw(st.binary(min_size=1, max_size=4)) + text[place:]
        case "delete":
            place = data.draw(at)
            text = text[:place] + text[place + data.draw(st.integers(1, 5)) :]
        case "double":
            lines.insert(data.draw(line), lines[data.draw(line)])
            text = b"".join(lines)
        case "drop":
            del lines[data.draw(line)]
            text = b"".join(lines)
        case "swap":
            a, b = data.draw(line), data.draw(line)
            lines[a], lines[b] = lines[b], lines[a]
            text = b"".join(lines)
        case "move":
            lines.insert(data.draw(line), lines.pop(data.draw(line)))
            text = b"".join(lines)
    same_or_none(path, text)


def test_every_byte_changed_and_every_cut(path: Path, sweep: Sweep[int]) -> None:
    text = session_text(finished(), RUBRIC).encode()
    for place in sweep(range(len(text)), 300):
        for other in b"\x00\t\n\r \"#'0=[\\]ae\x7f\xff":
            same_or_none(path, text[:place] + bytes([other]) + text[place + 1 :])
        assert not same_or_none(path, text[:place])


# What the seal does not cover, as it is another way of writing the same, and what looks like it.
VARIANTS = [
    ('id = "small-grid"', "id = 'small-grid'"),
    ("revision = 1", "revision = 0_1"),
    ("revision = 1", "revision = 01"),
    ("revision = 1", "revision = +1"),
    ("revision = 1", "revision = true"),
    ("revision = 1", "revision = 1.0"),
    ("revision = 1", 'revision = "1"'),
    ("revision = 1\n", 'revision = 1\nextra = "x"\n'),
    ("revision = 1\n", "revision = 1\nrevision = 1\n"),
    ('team = "North"', 'team = "Nort\\u0068"'),
    ('team = "North"', 'team = """North"""'),
    ('team = "North"', 'team = " North"'),
    ('team = "North"', 'team = "No\trth"'),
    ("format = 1", "format = 2"),
    ("format = 1", "format = true"),
    ("12:00:00+00:00", "12:00:00Z"),
    ("12:00:00+00:00", "12:00:00-00:00"),
    ("12:00:00+00:00", "12:00:00.000+00:00"),
    ("12:00:00+00:00", "13:00:00+01:00"),
    ("12:00:00+00:00", "12:00:00+24:00"),
    ("12:00:00+00:00", "24:00:00+00:00"),
    ("12:00:00+00:00", "12:00:60+00:00"),
    ("12:00:00+00:00", "12:00:00"),
    ("2026-03-02 12", "2026-03-02T12"),
    ("2026-03-02 12", "2026-02-30 12"),
    ("\n[notes]", "\n# a comment\n[notes]"),
    ("[notes]", "[ notes ]"),
    ('"partly"\n', '"partly" \n'),
    ('"partly"', '"Partly"'),
    ("position = 2.0", "position = 2.00"),
    ("position = 2.0", "position = 2"),
    ("position = 2.0", "position = 2e0"),
    ("\n", "\r\n"),
    ("answers = 17", "answers = 18"),
    ("answers = 17", "answers = 017"),
    ("# A bt", "\N{ZERO WIDTH NO-BREAK SPACE}# A bt"),
]


@pytest.mark.parametrize(("old", "new"), VARIANTS)
def test_other_ways_of_writing(path: Path, old: str, new: str) -> None:
    text = session_text(finished(), RUBRIC)
    assert old in text
    same_or_none(path, text.replace(old, new).encode())
    same_or_none(path, text.replace(old, new, 1).encode())
    same_or_none(path, resealed(text.replace(old, new, 1)))


@pytest.mark.parametrize("name", [" North", "No  \u202e", "e\u0301", "n" * 81, "\x7f", "North"])
def test_names_that_the_program_would_have_cleaned(path: Path, name: str) -> None:
    text = session_text(half_done(), RUBRIC).replace('team = "North"', f'team = "{name}"')
    assert same_or_none(path, resealed(text)) == (name == "North")


def test_a_note_that_is_too_long(path: Path) -> None:
    text = session_text(half_done(), RUBRIC).replace("And again", "And again" + "n" * 4000)
    assert not same_or_none(path, resealed(text))


def test_every_line_doubled(path: Path) -> None:
    lines = session_text(finished(), RUBRIC).splitlines(keepends=True)
    for place, line in enumerate(lines):
        text = "".join([*lines[:place], line, *lines[place:]])
        assert not same_or_none(path, text.encode()) or line == "\n"


def resealed(text: str) -> bytes:
    """The text with a seal that fits, as by somebody who can make one; as it is if it is no TOML."""
    try:
        tables = tomllib.loads(text)
        rest = {key: value for key, value in tables.items() if key != "seal"}
        seal = digest(rest)
    except (ValueError, TypeError):
        return text.encode()
    head, _, _ = text.rpartition("sha256 = ")
    return f'{head}sha256 = "{seal}"\n'.encode()


def test_scores_of_every_figure(path: Path) -> None:
    """JSON and TOML write small and round figures each in their own way."""
    for figure in (0.0, 0.0001, 0.001, 0.1, 0.9999, 1.0, 2.5, 2.0001, 9.9):
        text = session_text(finished(), RUBRIC).replace("position = 2.0", f"position = {figure}")
        assert same_or_none(path, resealed(text)) or "e" in str(figure)


def test_too_large_is_left_to_the_other() -> None:
    text = session_text(half_done(), RUBRIC)
    assert read_canonical((text + "#" * LARGEST).encode()) is None


def test_a_time_long_ago_with_an_offset(path: Path) -> None:
    early = datetime(1, 1, 1, tzinfo=UTC)
    assert same_or_none(path, session_text(builders.session({}, started=early), RUBRIC).encode())
