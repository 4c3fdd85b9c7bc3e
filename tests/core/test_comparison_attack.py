"""An attacker who has every comparison that was ever made, of rounds that grow and that overlap.

They know every table that was shown of each round as well. So a comparison gives nobody away as long
as it says the same of any answers that those tables leave possible: that is tried here, answer by
answer. A careless comparison, which looks at the people behind the tables, has to fail the same test.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import combinations_with_replacement
from typing import Any, TypeAlias

import pytest

from bt_assess.core.compared import Compared, changes, of_round, of_session, trends
from bt_assess.core.disclosure import Person, disclose, publication
from bt_assess.core.moved import statement_moves, strand_moves
from bt_assess.core.round import Round
from bt_assess.core.rubric import Rubric
from bt_assess.core.team import team_theme
from bt_assess.core.team_change import spread
from bt_assess.report.compare_json import comparison_object
from bt_assess.report.compare_text import compare_text
from tests.core import builders
from tests.core.rounds import compared, people_of, round_of

RUBRIC = builders.rubric(builders.theme_data("11 11 11"))
ROWS = ("33 00 00", "23 10 00", "01 33 10", "00 11 33", "33 00 33", "kk kk kk")
"""All that anybody may have answered, as the attacker knows."""
FIVE = (ROWS[0], ROWS[0], ROWS[1], ROWS[2], ROWS[3])
Rows: TypeAlias = tuple[str, ...]
Output: TypeAlias = Callable[[Compared, Compared, Sequence[str]], object]


def round_two(rows: Sequence[str]) -> Compared:
    return compared(rows, rubric=RUBRIC, id="autumn22", created=date(2026, 9, 1))


def all_that_is_said(before: Compared, after: Compared, _: Sequence[str] = ()) -> object:
    """Everything that any screen, text or file can say of a comparison."""
    pair = (before, after)
    return (
        changes(RUBRIC, *pair), statement_moves(RUBRIC, *pair), strand_moves(RUBRIC, *pair),
        [(t.whole, t.latest) for t in trends(RUBRIC, pair)],
        json.dumps(comparison_object(RUBRIC, pair, {"leadership": 2.5})),
        compare_text(RUBRIC, pair, 80, {"leadership": 2.5}),
    )  # fmt: skip


def careless(before: Compared, after: Compared, rows: Sequence[str]) -> object:
    """Works the standard error out from people whose places do not show."""
    people = [builders.answers(row) for row in rows]
    return round(spread(team_theme(RUBRIC.themes[0], people).positions), 6)


def told_apart(output: Output, before: Compared, worlds: Iterable[Rows]) -> int:
    """Of how many tables the comparison says more than they do."""
    said: dict[str, set[str]] = defaultdict(set)
    behind: dict[str, int] = defaultdict(int)
    for rows in worlds:
        after = round_two(rows)
        table = repr(after.shown)
        said[table].add(repr(output(before, after, rows)))
        behind[table] += 1
    assert max(behind.values()) > 1, "no two worlds look alike, so nothing is tried"
    return sum(len(each) > 1 for each in said.values())


@pytest.mark.parametrize("count", [5, 6])
def test_beside_an_earlier_round_a_later_one_stays_as_closed_as_it_was(count: int) -> None:
    """The earlier five are in the later round again, and one more: who overlaps makes no difference."""
    before = compared(FIVE, rubric=RUBRIC)
    worlds = list(combinations_with_replacement(ROWS, count))
    assert told_apart(all_that_is_said, before, worlds) == 0
    assert told_apart(careless, before, worlds) > 0


def test_of_eight_whose_places_show_to_the_grain() -> None:
    """Their spread is worked out from places as they are shown, never from places as they are."""
    before = compared(FIVE + FIVE[:3], rubric=RUBRIC)
    # Who gave which of these answers together with which is not shown, and moves places by less
    # than a grain: 1.027 beside 1.000, or 1.000 beside 1.038.
    alike = ("33 01 00", "33 00 00", "32 01 00", "32 00 00")
    worlds = list(combinations_with_replacement(alike, 8))
    assert told_apart(all_that_is_said, before, worlds) == 0
    assert told_apart(careless, before, worlds) > 0


Look: TypeAlias = Callable[[Round, Sequence[Person]], tuple[Round, Compared]]


def careful(round_: Round, people: Sequence[Person]) -> tuple[Round, Compared]:
    round_ = publication(round_, [person.sealed_name for person in people])
    return round_, of_round(RUBRIC, round_, disclose(RUBRIC, round_, people))


def forgetful(round_: Round, people: Sequence[Person]) -> tuple[Round, Compared]:
    """Does not write down who was shown."""
    return round_, careful(round_, people)[1]


def comparisons(look: Look, groups: Sequence[Rows], beside: Compared) -> list[object]:
    """All that is said each time another group has come, of the round beside another one."""
    round_, rows, said = round_of(RUBRIC), list[str](), list[object]()
    for group in groups:
        rows += group
        round_, grown = look(round_, people_of(rows))
        said += [all_that_is_said(grown, beside), all_that_is_said(beside, grown)]
    return said


@pytest.mark.parametrize("late", [(ROWS[0],), (ROWS[4],), (ROWS[2], ROWS[5])])
def test_who_came_late_is_not_found_in_comparisons_before_and_after(late: Rows) -> None:
    beside = round_two(FIVE)
    truth = comparisons(careful, [FIVE, late], beside)
    guesses = set(combinations_with_replacement(ROWS, len(late)))
    assert {g for g in guesses if comparisons(careful, [FIVE, g], beside) == truth} == guesses


def test_the_forgetful_give_the_newcomer_away() -> None:
    beside = round_two(FIVE)
    truth = comparisons(forgetful, [FIVE, (ROWS[3],)], beside)
    guesses = [(row,) for row in ROWS]
    assert [g for g in guesses if comparisons(forgetful, [FIVE, g], beside) == truth] == [
        (ROWS[3],)
    ]


def test_a_person_beside_their_team_learns_nothing_but_the_table() -> None:
    """They know their own answers; the text says nothing that the table and those do not."""
    own = of_session(RUBRIC, builders.session(builders.answers(ROWS[0])))
    said: dict[str, set[str]] = defaultdict(set)
    for rest in combinations_with_replacement(ROWS, 4):
        team = round_two((ROWS[0], *rest))
        said[repr(team.shown)].add(compare_text(RUBRIC, (own, team), 80))
    assert {len(texts) for texts in said.values()} == {1}


def test_of_a_round_without_names_no_person_is_in_there() -> None:
    people = [Person(p.sealed_name, p.answers, {}, f"Ada {n}") for n, p in
              enumerate(people_of(FIVE * 2))]  # fmt: skip
    _, item = careful(round_of(RUBRIC), people)
    parts = list(walked(item))
    assert not [part for part in parts if isinstance(part, Person)]
    assert not [part for part in parts if isinstance(part, str) and part.startswith("Ada")]


def test_of_a_round_with_names_people_are_in_there() -> None:
    """So that the test before this one looks where they would be."""
    item = compared(FIVE, ["Ada", "Ben", "Cy", "Dee", "Eve"], rubric=RUBRIC)
    assert "Ada" in list(walked(item))


def walked(thing: Any) -> Iterator[Any]:
    """Everything that is in there, however deep."""
    yield thing
    if isinstance(thing, Rubric):
        return
    if is_dataclass(thing) and not isinstance(thing, type):
        for each in fields(thing):
            yield from walked(getattr(thing, each.name))
    elif hasattr(thing, "model_dump"):
        yield from walked(thing.model_dump())
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from walked(key)
            yield from walked(value)
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from walked(part)
