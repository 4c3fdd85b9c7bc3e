"""A session: replaced whole, counted, and closed for good when finished."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from bt_assess.core.session import Answer, FinishedError, Session, answer_from, misfits
from tests.core import builders

FIRST = "leadership.starting.1"
SECOND = "leadership.starting.2"


class TestChanging:
    def test_an_answer_makes_a_new_session_and_leaves_the_old(self) -> None:
        before = builders.session()
        after = before.answered(FIRST, Answer.MOSTLY)
        assert before.answers == {}
        assert after.answers == {FIRST: Answer.MOSTLY}
        assert after.answered(FIRST, Answer.NOT).answers == {FIRST: Answer.NOT}

    def test_an_answer_can_be_taken_back(self) -> None:
        session = builders.session({FIRST: Answer.FULLY, SECOND: Answer.UNKNOWN})
        assert session.answered(FIRST, None).answers == {SECOND: Answer.UNKNOWN}

    def test_a_note_can_be_left_and_removed(self) -> None:
        noted = builders.session().noted(FIRST, "  Board minutes, May.\r\nPage 2. ")
        assert noted.notes == {FIRST: "Board minutes, May.\nPage 2."}
        assert noted.noted(FIRST, " \n ").notes == {}

    def test_the_place_to_resume_at(self) -> None:
        session = builders.session().moved_to(SECOND)
        assert session.at == SECOND
        assert session.moved_to(None).at is None

    def test_each_change_is_counted_once(self) -> None:
        session = builders.session()
        assert session.revision == 0
        session = session.answered(FIRST, Answer.NOT).noted(FIRST, "why").moved_to(SECOND)
        assert session.revision == 3
        assert session.moved_to(SECOND).revision == 3  # nothing has changed
        assert session.finish(builders.NOON).revision == 4

    def test_no_part_can_be_changed_in_place(self) -> None:
        session = builders.session()
        with pytest.raises(ValidationError):
            session.respondent = "Somebody else"  # type: ignore[misc]
        with pytest.raises(ValidationError):
            session.answers = {FIRST: Answer.FULLY}  # type: ignore[misc]

    def test_a_change_is_checked(self) -> None:
        with pytest.raises(ValidationError):
            builders.session().answered("no statement", Answer.FULLY)
        with pytest.raises(ValidationError):
            builders.session().moved_to("no statement")


class TestFinishing:
    def test_nothing_changes_any_more(self) -> None:
        later = builders.NOON + timedelta(minutes=15)
        done = builders.session({FIRST: Answer.NOT}).moved_to(FIRST).finish(later)
        assert done.finished == later
        assert done.at is None
        with pytest.raises(FinishedError):
            done.answered(FIRST, Answer.FULLY)
        with pytest.raises(FinishedError):
            done.answered(FIRST, None)
        with pytest.raises(FinishedError):
            done.noted(FIRST, "one more thing")
        with pytest.raises(FinishedError):
            done.moved_to(SECOND)
        with pytest.raises(FinishedError):
            done.finish(later)

    def test_needs_a_time_with_a_zone(self) -> None:
        with pytest.raises(ValidationError):
            builders.session().finish(datetime(2026, 3, 2, 12, 0))  # noqa: DTZ001  the point of it


class TestCleaning:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("  Ana\tLee \n", "Ana Lee"),
            ("[/]", "[/]"),  # markup is text, shown as it was typed
            ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
            ("a\x1b]0;title\x07b", "a\ufffd]0;title\ufffdb"),
            ("a\x7f\x85b", "a\ufffd\ufffdb"),
            ("\u202eevil\u2066", "\ufffdevil\ufffd"),
            ("zero\u200bwidth\ufeff", "zero\ufffdwidth\ufffd"),
            ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),  # emoji need joiners
            ("lone \ud800 half", "lone \ufffd half"),
            ("Zoe\u0308", "Zo\u00eb"),
            ("x" * 200, "x" * 80),
        ],
    )
    def test_names(self, typed: str, kept: str) -> None:
        session = builders.session(respondent=typed, team=typed)
        assert session.respondent == session.team == kept

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("a\tb", "a    b"),
            ("[bold]not bold[/bold]", "[bold]not bold[/bold]"),
            ("a\x1b[2Jb", "a\ufffd[2Jb"),
            ("\u2067hidden\u2028", "\ufffdhidden\ufffd"),
            ("lone \udfff half", "lone \ufffd half"),
            ("cafe\u0301", "caf\u00e9"),
            ("y" * 5000, "y" * 4000),
        ],
    )
    def test_notes(self, typed: str, kept: str) -> None:
        assert builders.session().noted(FIRST, typed).notes == {FIRST: kept}
        assert builders.session(notes={FIRST: typed}).notes == {FIRST: kept}


class TestLoading:
    def test_answers_are_known_by_their_words(self) -> None:
        words = {FIRST: "not-applicable", SECOND: "mostly"}
        session = builders.session(answers=words)
        assert session.answers == {FIRST: Answer.NOT_APPLICABLE, SECOND: Answer.MOSTLY}

    @pytest.mark.parametrize(
        "more",
        [
            {"surprise": "a secret"},
            {"answers": {FIRST: "a secret"}},
            {"answers": {FIRST: 3}},
            {"answers": {"leadership.middle.1": "mostly"}},
            {"notes": {FIRST: 5}},
            {"started": datetime(2026, 3, 2)},  # noqa: DTZ001  no zone, so no time
            {"revision": -1},
            {"revision": "1"},
            {"id": "../../a secret"},
            {"at": "a secret"},
            {"rubric": {"id": "A secret!", "version": "1.0"}},
        ],
    )
    def test_what_makes_no_sense_is_refused_without_repeating_it(
        self, more: dict[str, Any]
    ) -> None:
        with pytest.raises(ValidationError) as caught:
            builders.session(**more)
        assert "secret" not in str(caught.value)

    def test_sessions_survive_the_round_trip(self) -> None:
        session = builders.session({FIRST: Answer.PARTLY}, respondent="Ana").noted(FIRST, "why")
        assert Session.model_validate(session.model_dump()) == session


class TestAnswerWords:
    @pytest.mark.parametrize("answer", list(Answer))
    def test_word_key_and_label_mean_the_same(self, answer: Answer) -> None:
        for word in (answer.value, answer.key, answer.label, f" {answer.label.upper()} "):
            assert answer_from(word) is answer

    def test_a_spreadsheets_apostrophe_is_one_too(self) -> None:
        assert answer_from("Don\u2019t know") is Answer.UNKNOWN

    @pytest.mark.parametrize("word", ["", "5", "yes", "true", "mostly fully"])
    def test_anything_else_is_no_answer(self, word: str) -> None:
        assert answer_from(word) is None

    def test_ratings(self) -> None:
        assert [answer.rating for answer in Answer] == [0, 1 / 3, 2 / 3, 1, None, None]


class TestMisfits:
    grid = builders.rubric(builders.theme_data("333 000 000"))

    def test_a_session_of_the_rubric_fits(self) -> None:
        session = builders.session({FIRST: Answer.NOT}).noted(SECOND, "why")
        assert misfits(session, self.grid) == []

    def test_another_rubric(self) -> None:
        session = builders.session(rubric={"id": "other-grid", "version": "1.0"})
        (why,) = misfits(session, self.grid)
        assert "other-grid" in why

    def test_statements_that_the_rubric_does_not_have(self) -> None:
        session = builders.session({"leadership.starting.9": Answer.NOT})
        session = session.noted("people.starting.1", "why")
        first, second = misfits(session, self.grid)
        assert "leadership.starting.9" in first
        assert "people.starting.1" in second
