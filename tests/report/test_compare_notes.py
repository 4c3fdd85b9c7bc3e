"""What is said quietly below a comparison."""

from dataclasses import replace
from datetime import date

import pytest

from bt_assess.core.compared import Change, Compared, Gap, Standing, changes, of_session
from bt_assess.report.compare_notes import (
    gone_words,
    missing_words,
    people_words,
    rounded_changes,
    rounded_words,
    same_days_words,
    span_words,
    times_of_change,
    unlike_words,
    versions_words,
)
from bt_assess.report.omitted import left_out
from tests.core import builders
from tests.core.rounds import SMALL, compared


def taken(version: str = "1.0", *, learning: bool = False) -> Compared:
    given = builders.answers("333 000 000")
    more = builders.answers("333 000 000", "learning") if learning else {}
    ref = {"id": SMALL.id, "version": version}
    session = builders.session({**given, **more}, rubric=ref)
    return of_session(SMALL, session.finish(session.started))


class TestVersions:
    """The version in use is 1.0."""

    @pytest.mark.parametrize(
        ("answered", "words"),
        [
            (("1.0", "1.0"), ""),
            (("0.9", "0.9"), "Version 0.9 of the grid was answered, and 1.0 is in use:"),
            (("0.9", "1.0"), "Versions 0.9 and 1.0 of the grid were answered:"),
            (("0.8", "0.9"), "Versions 0.8 and 0.9 of the grid were answered, and 1.0 is in use:"),
        ],
    )
    def test_what_was_answered_and_what_is_in_use(
        self, answered: tuple[str, str], words: str
    ) -> None:
        found = versions_words(SMALL, map(taken, answered))
        assert found.startswith(words)
        assert bool(found) is bool(words)


def test_themes_that_are_gone_are_named_with_all_their_statements() -> None:
    before, after = taken("0.9", learning=True), taken()
    assert "learning" in gone_words(SMALL, (before, after))
    assert "(9 statements answered)" in gone_words(SMALL, (before, after))
    found = left_out(SMALL, changes(SMALL, before, after), before, after)
    assert [len(each.ids) for each in found] == [9]
    assert gone_words(SMALL, (after, after)) == ""
    assert left_out(SMALL, changes(SMALL, after, after), after, after) == ()


def test_without_names_no_place_is_said_to_rest_on_all_that_was_answered() -> None:
    """Its own place does not count what the grid in use has dropped."""
    nowhere = Standing(theme_id="leadership", gap=Gap.OTHER_STATEMENTS)
    change = Change(
        theme_id="leadership", before=nowhere, after=nowhere, why_not=Gap.OTHER_STATEMENTS
    )
    words = unlike_words(SMALL, [change])
    assert words.startswith("Leadership: the statements were changed between the two grids, so")
    assert "never worked out again on fewer statements for a comparison" in words
    assert "it answered" not in words
    assert unlike_words(SMALL, [replace(change, why_not=None)]) == ""


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ((1.24, 1.66, 0.42), True),  # 1.2 -> 1.7, +0.4
        ((1.66, 1.24, -0.42), True),
        ((1.74, 1.95, 0.21), False),
        ((1.66, 1.94, 0.28), True),  # 1.7, 1.9: apart by 0.3
        ((1.2, 1.7, 0.5), False),
        ((1.2, 2.2, 0.4), False),  # not by rounding
        ((None, 1.2, 0.4), False),
        ((1.2, 1.7, None), False),
    ],
)
def test_rounding_is_told_of_where_it_shows(
    row: tuple[float | None, float | None, float | None], told: bool
) -> None:
    assert bool(rounded_words([row])) is told


def test_the_middle_of_peoples_own_changes_is_not_rounded() -> None:
    """Matched, a change need not be the difference of the two middles at all."""
    rows = ["333 111 000", "322 211 000", "323 110 000", "333 222 000", "111 333 111"]
    names = ("Ada", "Ben", "Cy", "Dee", "Eve")
    before = compared(rows, names)
    after = compared(rows[1:] + rows[:1], names, id="later222", created=date(2026, 9, 1))
    [change] = changes(SMALL, before, after)
    assert change.matched == 5
    assert rounded_changes([change]) == ""


def test_rounds_of_one_day() -> None:
    one, other = compared(["333 000 000"] * 5), compared(["333 000 000"] * 5, id="other222")
    assert "(2 Mar 2026)" in same_days_words((one, other))
    later = compared(["333 000 000"] * 5, id="later222", created=date(2026, 9, 1))
    assert same_days_words((one, later)) == ""


def test_one_person_and_one_day() -> None:
    assert people_words(1) == "1 person, with themselves"
    assert people_words(2) == "2 people, each with themselves"
    day, later = date(2026, 3, 3), date(2026, 3, 4)
    assert span_words(day, day) == "3 Mar 2026"
    assert span_words(day, later) == "3 Mar 2026 to 4 Mar 2026"
    one, other = taken(), taken()
    assert times_of_change((one, other), day, day).endswith("between two times on 3 Mar 2026.")
    assert times_of_change((one, other), day, later).endswith("from 3 Mar 2026 to 4 Mar 2026.")


def test_what_is_there_and_not_finished_is_not_called_lost() -> None:
    assert missing_words(0, 1) == "1 thing that it compares is not finished"
    assert missing_words(2, 0) == "2 things that it compares cannot be found any more"
    assert missing_words(1, 2).endswith(", and 2 things that it compares are not finished")
