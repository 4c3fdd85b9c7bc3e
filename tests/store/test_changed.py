"""A file that somebody changed: what differs is shown, and accepted only when somebody says so."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bt_assess.core.session import Session
from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import SessionFolder
from bt_assess.store.reseal import NotResealable, reseal
from bt_assess.store.session_file import ChangedFile, read_session
from tests.core import builders
from tests.store.helpers import ANSWERS, RUBRIC, contents, finished, half_done, other_process, saved


def changed(folder: SessionFolder, session: Session, *edits: tuple[str, str]) -> ChangedFile:
    """What the folder says of a session's file after these edits of its text."""
    path = saved(folder, session).path
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ChangedFile) as caught:
        read_session(path)
    return caught.value


FULLY = ('"leadership.consolidating.1" = "not"', '"leadership.consolidating.1" = "fully"')
ONE_LESS = ('"leadership.starting.1" = "partly"\n', "")
ALL_NOT = [(f'"learning.starting.{n}" = "{a}"', f'"learning.starting.{n}" = "not"')
           for n, a in [(1, "fully"), (2, "fully"), (3, "mostly")]]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    return SessionFolder(tmp_path)


class TestDifferences:
    """In words, so that a person can say whether that was what they did."""

    def test_an_answer_of_a_finished_session(self, folder: SessionFolder) -> None:
        # E = 1/6, 8/9, 1/6 is at 2, and with 2/3 for the last at (1/36 + 128/81 + 4/3) / 1.2623.
        assert changed(folder, finished(), FULLY).differences(RUBRIC) == [
            "Answers: 17, as many as when it was saved",
            "Leadership: 2.00, developing, when it was saved; 2.33, developing, now",
        ]

    def test_answers_that_are_gone(self, folder: SessionFolder) -> None:
        assert changed(folder, half_done(), ONE_LESS).differences(RUBRIC) == [
            "Answers: 17 when it was saved; 16 now"
        ]

    def test_a_theme_that_loses_its_place(self, folder: SessionFolder) -> None:
        lines = changed(folder, finished(), ONE_LESS).differences(RUBRIC)
        assert lines[1] == (
            "Leadership: 2.00, developing, when it was saved; not enough answers, now"
        )

    def test_a_theme_in_which_nothing_is_left(self, folder: SessionFolder) -> None:
        middle = ('"learning.developing.1" = "partly"', '"learning.developing.1" = "not"')
        lines = changed(folder, finished(), *ALL_NOT, middle).differences(RUBRIC)
        assert lines[1] == "Learning: 1.12, starting, when it was saved; not recognised, now"

    def test_a_mixed_picture(self, folder: SessionFolder) -> None:
        row = builders.answers("333 333 333")
        session = half_done(answers={**ANSWERS, **row}).finish(builders.NOON)
        lines = changed(
            folder, session, ('developing.1" = "fully"', 'developing.1" = "mostly"')
        ).differences(RUBRIC)
        assert lines[1] == "Leadership: mixed picture, as before, but with other figures"

    def test_a_note_only(self, folder: SessionFolder) -> None:
        lines = changed(folder, finished(), ("again in May", "again in June")).differences(RUBRIC)
        assert lines == ["Answers: 17, as many as when it was saved"]

    @pytest.mark.parametrize(
        "edit",
        [
            lambda text: text[: text.index("[seal]")],
            lambda text: text[: text.index("sha256")].replace("answers = 17", ""),
            lambda text: text.replace("answers = 17", 'answers = "17"'),
            lambda text: "seal = 17\n" + text[: text.index("[seal]")],
        ],
        ids=["gone", "empty", "text", "no table"],
    )
    def test_a_seal_that_says_nothing(
        self, folder: SessionFolder, edit: Callable[[str], str]
    ) -> None:
        path = saved(folder, finished()).path
        path.write_text(edit(path.read_text()))
        with pytest.raises(ChangedFile) as caught:
            read_session(path)
        assert caught.value.differences(RUBRIC) == [
            "Answers: 17 now; nothing says how many there were"
        ]

    def test_a_changed_seal(self, folder: SessionFolder) -> None:
        fault = changed(folder, half_done(), ("answers = 17", "answers = 18"))
        assert fault.differences(RUBRIC) == ["Answers: 18 when it was saved; 17 now"]
        assert fault.session == half_done()

    @pytest.mark.parametrize(
        ("edit", "then"),
        [
            (('status = "placed"', "status = 3"), "no score"),
            (('status = "placed"', 'status = "[red]\\u001b"'), "no score"),
            (("position = 2.0", 'position = "2"'), "no score"),
            (('stage = "developing"', 'stage = "\\u001b[31mred"'), "2.00, \ufffd[31mred"),
        ],
    )
    def test_scores_that_somebody_made_up(
        self, folder: SessionFolder, edit: tuple[str, str], then: str
    ) -> None:
        lines = changed(folder, finished(), edit).differences(RUBRIC)
        assert lines[1] == f"Leadership: {then}, when it was saved; 2.00, developing, now"

    @pytest.mark.parametrize("scores", ["3", "[]", "{leadership = 3}", "{leadership = []}"])
    def test_scores_that_are_none(self, folder: SessionFolder, scores: str) -> None:
        fault = changed(folder, half_done(), ("format = 1", f"format = 1\nscores = {scores}"))
        lines = fault.differences(RUBRIC)
        assert lines[0].startswith("Answers: 17")
        assert all("no score" in line for line in lines[1:])


def resealed(session: Session) -> Session:
    """As it was, under a revision of its own."""
    return Session.model_validate({**dict(session), "revision": session.revision + 1})


class TestReseal:
    """Accepting a changed file."""

    def test_the_file_counts_again_as_it_is_now(self, folder: SessionFolder) -> None:
        fault = changed(folder, finished(), FULLY)
        stored = reseal(folder, fault, RUBRIC)
        assert stored.session == resealed(fault.session)
        assert read_session(fault.path) == stored
        assert "2.33" in fault.path.read_text(), "scores are worked out again"

    def test_text_that_is_too_long_is_refused_and_not_cut(self, folder: SessionFolder) -> None:
        path = saved(folder, half_done()).path
        text = path.read_text()
        path.write_text(text.replace('respondent = "', 'respondent = "' + "x" * 100))
        with pytest.raises(UnreadableFile, match="is too long: at most 80 characters"):
            read_session(path)

    def test_a_file_without_its_end(self, folder: SessionFolder) -> None:
        path = saved(folder, half_done()).path
        path.write_text(path.read_text().split("[seal]")[0])
        with pytest.raises(ChangedFile) as caught:
            read_session(path)
        assert read_session(reseal(folder, caught.value, RUBRIC).path).session == resealed(
            half_done()
        )

    def test_another_rubrics_statements_are_refused(self, folder: SessionFolder) -> None:
        strange = ('"leadership.starting.1" =', '"leadership.starting.9" =')
        fault = changed(folder, half_done(), strange)
        before = contents(folder.path)
        with pytest.raises(NotResealable, match=r"starting\.9 is not a statement of small-grid"):
            reseal(folder, fault, RUBRIC)
        assert contents(folder.path) == before

    def test_another_rubric_is_refused(self, folder: SessionFolder) -> None:
        fault = changed(folder, half_done(), ('"small-grid"', '"large-grid"'))
        with pytest.raises(NotResealable, match="it answers the rubric 'large-grid'"):
            reseal(folder, fault, RUBRIC)

    @pytest.mark.parametrize("again", ["other", "sealed", "broken", "gone"])
    def test_only_what_was_shown_is_accepted(self, folder: SessionFolder, again: str) -> None:
        fault = changed(folder, half_done(), FULLY)
        match again:
            case "other":
                fault.path.write_text(fault.path.read_text().replace('"Ada"', '"Eve"'))
            case "sealed":
                saved(folder, half_done())
            case "broken":
                fault.path.write_text("nothing")
            case "gone":
                fault.path.unlink()
        before = contents(folder.path)
        with pytest.raises(NotResealable, match="has changed again; look at it once more"):
            reseal(folder, fault, RUBRIC)
        assert contents(folder.path) == before

    def test_not_while_another_window_has_it_open(self, folder: SessionFolder) -> None:
        fault = changed(folder, half_done(), FULLY)
        before = contents(folder.path)
        with other_process(fault.path) as (_, state):
            assert state == "held"
            with pytest.raises(NotResealable, match="is open in another window"):
                reseal(folder, fault, RUBRIC)
        assert contents(folder.path) == before
        reseal(folder, fault, RUBRIC)
        assert read_session(fault.path).session == resealed(fault.session)

    def test_a_disk_that_is_full(
        self, folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fault = changed(folder, half_done(), FULLY)
        before = contents(folder.path)

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(NotResealable, match="no space left on device"):
            reseal(folder, fault, RUBRIC)
        assert contents(folder.path) == before

    def test_a_file_in_the_archive(self, folder: SessionFolder) -> None:
        fault = changed(folder, half_done(), FULLY)
        archived = folder.move(fault.path, to_archive=True)
        with pytest.raises(ChangedFile) as caught:
            read_session(archived)
        assert reseal(folder, caught.value, RUBRIC).path == archived
        assert read_session(archived).session == resealed(fault.session)

    def test_a_file_from_elsewhere_makes_no_folder(self, tmp_path: Path) -> None:
        fault = changed(SessionFolder(tmp_path / "here"), half_done(), FULLY)
        reseal(SessionFolder(tmp_path / "there"), fault, RUBRIC)
        assert not (tmp_path / "there").exists()
