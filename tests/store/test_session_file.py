"""What is saved comes back as it was, in a file that people can read."""

import stat
import tomllib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.session import Answer, Session, misfits
from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import read_for, read_session, session_text
from tests.core import builders
from tests.store.helpers import ANSWERS, RUBRIC, finished, half_done, saved

# The text that is hard on TOML: quotes, backslashes, line ends, what looks like a table or a key.
awkward = st.lists(
    st.sampled_from(
        [
            '"',
            '"""',
            "'''",
            "\\",
            "\\u0041",
            "\n",
            "\r\n",
            "\t",
            " ",
            "#",
            "[seal]",
            "a.b",
            ".",
            "=",
        ]
    )
    | st.characters(exclude_categories=()),
    max_size=30,
).map("".join)
statement_ids = st.sampled_from(list(RUBRIC.statements))
times = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001  hypothesis adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Any session that the app could have."""
    return builders.session(
        draw(st.dictionaries(statement_ids, st.sampled_from(Answer))),
        id=draw(st.from_regex(r"[a-z0-9]{8,32}", fullmatch=True)),
        respondent=draw(awkward),
        team=draw(awkward),
        started=draw(times),
        finished=draw(st.none() | times),
        revision=draw(st.integers(0, 10**6)),
        at=draw(st.none() | statement_ids),
        notes=draw(st.dictionaries(statement_ids, awkward)),
    )


@given(sessions())
def test_what_is_loaded_is_what_was_saved(
    tmp_path_factory: pytest.TempPathFactory, session: Session
) -> None:
    folder = SessionFolder(tmp_path_factory.mktemp("sessions"))
    stored = saved(folder, session)
    assert read_session(stored.path) == stored
    stored.path.read_bytes().decode()


@given(note=st.text("ab.\"'[]= \n", max_size=80))
def test_dots_in_a_note_are_no_deep_key(
    tmp_path_factory: pytest.TempPathFactory, note: str
) -> None:
    """A note of many dotted parts once made its file unreadable."""
    folder = SessionFolder(tmp_path_factory.mktemp("sessions"))
    session = half_done(notes={"learning.starting.1": f"{note}{'.'.join('abcdefghijklmnop')}"})
    assert read_session(saved(folder, session).path).session == session


class TestReading:
    """A file, from its top to its end."""

    def test_tables_come_in_the_order_in_which_people_read(self) -> None:
        lines = session_text(finished(), RUBRIC).splitlines()
        heads = [line for line in lines if line.startswith("[") and "." not in line]
        assert heads == ["[session]", "[rubric]", "[answers]", "[notes]", "[scores]", "[seal]"]
        assert lines[0].startswith("# A bt-assess session")

    def test_scores_only_when_finished(self) -> None:
        assert "scores" not in tomllib.loads(session_text(half_done(), RUBRIC))
        scores = tomllib.loads(session_text(finished(), RUBRIC))["scores"]
        assert scores["leadership"]["stage"] == "developing"
        assert scores["learning"]["stage"] == "starting"

    def test_answers_and_notes_are_in_the_rubrics_order(self) -> None:
        backwards = half_done(notes={"learning.starting.1": "b", "leadership.starting.1": "a"})
        backwards = backwards.model_copy(
            update={"answers": dict(reversed(backwards.answers.items()))}
        )
        tables = tomllib.loads(session_text(backwards, RUBRIC))
        assert list(tables["answers"]) == [i for i in RUBRIC.statements if i in ANSWERS]
        assert list(tables["notes"]) == ["leadership.starting.1", "learning.starting.1"]

    def test_a_note_keeps_its_lines(self) -> None:
        text = session_text(half_done(notes={"learning.starting.1": "One line.\nAnother."}), RUBRIC)
        assert "\nOne line.\nAnother." in text

    def test_the_seal_counts_the_answers(self) -> None:
        seal = tomllib.loads(session_text(half_done(), RUBRIC))["seal"]
        assert seal["answers"] == len(ANSWERS)

    def test_only_the_owner_can_read_it(self, tmp_path: Path) -> None:
        folder = SessionFolder(tmp_path / "new" / "sessions")
        path = saved(folder, half_done()).path
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    def test_saving_again_changes_nothing(self, tmp_path: Path) -> None:
        folder = SessionFolder(tmp_path)
        path = saved(folder, finished()).path
        before = path.read_bytes()
        folder.save(path, read_session(path).session, RUBRIC)
        assert path.read_bytes() == before

    def test_answers_to_statements_that_are_gone_are_kept(self, tmp_path: Path) -> None:
        """A file of an older version of the grid loses nothing by being saved."""
        session = half_done(notes={"learning.consolidating.9": "Gone since 1.1."})
        path = saved(SessionFolder(tmp_path), session).path
        assert read_session(path).session == session


class TestAnotherRubric:
    def test_it_is_refused_with_its_name(self, tmp_path: Path) -> None:
        session = half_done(rubric={"id": "another", "version": "1.0"})
        path = saved(SessionFolder(tmp_path), session).path
        with pytest.raises(UnreadableFile, match="answers the rubric 'another', not 'small-grid'"):
            read_for(RUBRIC, path)

    def test_its_own_is_taken(self, tmp_path: Path) -> None:
        stored = saved(SessionFolder(tmp_path), half_done())
        assert read_for(RUBRIC, stored.path) == stored
        assert not misfits(stored.session, RUBRIC)


def test_a_new_session_is_named_by_date_and_id_never_by_a_person(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path / "sessions")
    now = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
    stored = folder.new(RUBRIC, now, respondent="../../Ada", team="North")
    assert stored.path == folder.path / f"2026-03-02-{stored.session.id}.toml"
    assert not folder.path.exists(), "nothing is written before it is saved"
    saved(folder, stored.session, stored.path.name)
    assert read_session(stored.path) == stored


def test_tags_come_back_and_are_left_out_where_there_are_none(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    tagged = finished().tagged(["north", 'a "quoted" one', "\\ [seal]"])
    stored = saved(folder, tagged)
    assert read_session(stored.path).session == tagged
    assert "tags" not in session_text(finished(), RUBRIC)
    plain = saved(folder, tagged.tagged([]))
    assert read_session(plain.path).session.tags == ()
    assert "tags" not in plain.path.read_text(encoding="utf-8")


def test_tags_that_are_too_long_or_too_many_are_told_of(tmp_path: Path) -> None:
    text = session_text(finished().tagged(["north"]), RUBRIC)
    for odd in ("x" * 81, '", "'.join(map(str, range(21)))):
        path = tmp_path / "odd.toml"
        path.write_text(text.replace("north", odd), encoding="utf-8")
        with pytest.raises(UnreadableFile, match="tags"):
            read_session(path)
