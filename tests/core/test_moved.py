"""What moved most: statements and strands."""

import pytest

from bt_assess.core.compared import of_session
from bt_assess.core.moved import statement_moves, strand_moves
from bt_assess.core.rubric import Stage
from bt_assess.core.session import Answer
from tests.core import builders
from tests.core.rounds import SMALL, compared

STRANDS = builders.rubric(builders.theme_data("111 111 111", strands="aab aab aab"))


def taken(row: str, notes: dict[str, str] | None = None) -> object:
    return of_session(STRANDS, builders.session(builders.answers(row), notes=notes or {}))


def test_statements_with_both_answers_and_both_notes() -> None:
    first, second = "leadership.starting.1", "leadership.developing.1"
    before = taken("323 101 000", {first: "All the time.", second: "Never."})
    after = taken("0k2 201 000", {first: "Not since May."})
    moves = statement_moves(STRANDS, before, after)  # type: ignore[arg-type]
    assert [m.statement.id for m in moves] == [first, second, "leadership.starting.3"]
    assert (moves[0].before, moves[0].after, moves[0].change) == (Answer.FULLY, Answer.NOT, -1)
    assert (moves[0].notes_before, moves[0].notes_after) == (
        ("All the time.",),
        ("Not since May.",),
    )
    assert (moves[1].notes_before, moves[1].notes_after) == (("Never.",), ())
    assert moves[0].counts_before is None


def test_strands_by_what_was_rated_both_times() -> None:
    before, after = taken("323 101 000"), taken("0k3 101 330")
    [move] = strand_moves(STRANDS, before, after)  # type: ignore[arg-type]
    assert (move.strand_id, move.before[Stage.STARTING], move.after[Stage.STARTING]) == ("a", 1, 0)
    assert move.after[Stage.CONSOLIDATING] == 1
    assert move.size == pytest.approx(2 / 3)


def test_of_rounds_the_counts_that_show() -> None:
    before, after = compared(["323 101 000"] * 5), compared(["023 101 000"] * 5)
    [move] = statement_moves(SMALL, before, after)
    assert (move.change, move.before, move.after) == (-1, None, None)
    assert move.counts_before is not None
    assert move.counts_before[Answer.FULLY] == 5
    [strand] = strand_moves(SMALL, before, after)
    assert strand.size == pytest.approx(1 / 9)


def test_what_too_few_rated_is_not_said_to_have_moved() -> None:
    before = compared(["323 101 000"] * 8)
    after = compared(["023 101 000"] * 4 + ["k23 101 000"] * 4)
    assert statement_moves(SMALL, before, after) == ()


def test_a_person_and_a_team_have_no_moves() -> None:
    person = of_session(SMALL, builders.session(builders.answers("323 101 000")))
    team = compared(["000 101 333"] * 5)
    assert statement_moves(SMALL, person, team) == ()
    assert strand_moves(SMALL, person, team) == ()
