"""An attacker who has every table that was ever shown of a round, and all the time in the world.

They know how the program works, who came when, and how many were there at each look. Each attack is
also made on a careless publisher, who forgets what was shown before: there it has to succeed.
"""

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import combinations, combinations_with_replacement, product
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.disclosure import Person, Shown, Why, disclose, disclose_revote, publication
from bt_assess.core.round import Round, Step
from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import Status, score_theme
from bt_assess.core.session import Answer
from bt_assess.core.team import team_profile
from tests.core import builders

RUBRIC = builders.rubric(builders.theme_data("11 11 11"))
THEME = RUBRIC.themes[0]
FIRST, SECOND = (statement.id for statement in THEME.statements[:2])
ROWS = ("33 00 00", "23 10 00", "01 33 10", "00 11 33", "33 00 33", "kk kk kk")
"""All that anybody may have answered, as the attacker knows: three stages, mixed, and don't know."""
SOURCES = Path(__file__).parents[2] / "src" / "bt_assess"

Rows: TypeAlias = tuple[str, ...]
Look: TypeAlias = Callable[[Round, Sequence[Person]], tuple[Round, Shown]]


def opened(**more: Any) -> Round:
    values: dict[str, Any] = {
        "id": "q7w8e9r2", "title": "Spring", "expected": 12, "created": date(2026, 3, 2),
        "rubric": {"id": RUBRIC.id, "version": RUBRIC.version}, "begun": True,
        "step": Step.DISCUSSING, **more,
    }  # fmt: skip
    return Round.model_validate(values)


def name(number: int) -> str:
    return f"{number:016}"


def people_of(rows: Iterable[str]) -> list[Person]:
    return [Person(name(n), builders.answers(row), {}) for n, row in enumerate(rows)]


def careful(round_: Round, people: Sequence[Person]) -> tuple[Round, Shown]:
    """What the program does at each look: write down who is shown, then show."""
    round_ = publication(round_, [person.sealed_name for person in people])
    return round_, disclose(RUBRIC, round_, people)


def careless(round_: Round, people: Sequence[Person]) -> tuple[Round, Shown]:
    """Shows five people or more each time, and forgets it."""
    return round_, careful(round_, people)[1]


def looks(look: Look, groups: Sequence[Rows]) -> list[Shown]:
    """What shows each time another group has come."""
    round_, seen, rows = opened(), [], list[str]()
    for group in groups:
        rows += group
        round_, shown = look(round_, people_of(rows))
        seen.append(shown)
    return seen


def worlds(look: Look, groups: Sequence[Rows]) -> list[tuple[Rows, ...]]:
    """Everything that the groups may have answered, for all that was shown each time."""
    seen = looks(look, groups)
    found: list[tuple[Rows, ...]] = [()]
    for number, group in enumerate(groups):
        found = [
            (*world, guess)
            for world in found
            for guess in combinations_with_replacement(ROWS, len(group))
            if looks(look, (*world, guess))[-1] == seen[number]
        ]
    return found


def may_have_said(found: Sequence[tuple[Rows, ...]], group: int, statement_id: str) -> set[Answer]:
    """What one of a group may have answered."""
    return {builders.answers(row)[statement_id] for world in found for row in world[group]}


FIVE = (ROWS[0], ROWS[0], ROWS[1], ROWS[2], ROWS[3])
FIVE_MORE = (ROWS[3], ROWS[1], ROWS[2], ROWS[0], ROWS[1])


class TestWhoCameWhen:
    """The attacker tries every answer that the people who came at each time may have given."""

    @pytest.mark.parametrize("newcomer", ROWS)
    def test_of_one_who_came_late_everything_stays_possible(self, newcomer: str) -> None:
        found = worlds(careful, [FIVE, (newcomer,)])
        assert {world[1] for world in found} == {(row,) for row in ROWS}

    @pytest.mark.parametrize("newcomer", ROWS[:4])
    def test_the_careless_give_the_newcomer_away(self, newcomer: str) -> None:
        found = worlds(careless, [FIVE, (newcomer,)])
        assert {world[1] for world in found} == {(newcomer,)}

    @pytest.mark.parametrize("late", [(ROWS[4],) * 2, (ROWS[1], ROWS[2], ROWS[5])])
    def test_of_a_few_who_came_late_everything_stays_possible(self, late: Rows) -> None:
        found = worlds(careful, [FIVE, late])
        guesses = set(combinations_with_replacement(ROWS, len(late)))
        assert {world[1] for world in found} == guesses

    def test_of_those_counted_together_nobody_can_be_told_from_the_others(self) -> None:
        """One, and four more: what each of the ten answered stays open, and so for any few of them."""
        found = worlds(careful, [FIVE, FIVE_MORE[:1], FIVE_MORE[1:]])
        assert found
        for statement in THEME.statements:
            for group, truth in ((0, FIVE), (1, FIVE_MORE), (2, FIVE_MORE)):
                said = {builders.answers(row)[statement.id] for row in truth}
                assert len(said) > 1
                assert may_have_said(found, group, statement.id) >= said

    def test_the_careless_give_the_one_and_the_four_away(self) -> None:
        found = worlds(careless, [FIVE, FIVE_MORE[:1], FIVE_MORE[1:]])
        assert {world[1] for world in found} == {FIVE_MORE[:1]}
        assert {Counter(world[2]) == Counter(FIVE_MORE[1:]) for world in found} == {True}

    def test_where_all_are_of_one_mind_everybody_knows(self) -> None:
        """It cannot be helped, and people are told."""
        found = worlds(careful, [(ROWS[0],) * 5])
        assert may_have_said(found, 0, FIRST) == {Answer.FULLY}


RATED = (Answer.NOT, Answer.MOSTLY, Answer.FULLY)
Pair: TypeAlias = tuple[Answer, Answer]
DONT = Answer.UNKNOWN


def of_pairs(pairs: Iterable[Pair]) -> list[Person]:
    return [
        Person(name(n), dict(zip((FIRST, SECOND), pair, strict=True)), {})
        for n, pair in enumerate(pairs)
    ]


def guesses(rated: tuple[bool, bool], count: int) -> Iterator[tuple[Pair, ...]]:
    """What so many may have answered to two statements, of which one knows what they rated."""
    first, second = (RATED if each else (DONT,) for each in rated)
    return combinations_with_replacement(list(product(first, second)), count)


class TestWhoDidNotRate:
    """The attacker also knows who said 'don't know', for people say so aloud."""

    ALL = ((Answer.NOT, Answer.NOT), (Answer.MOSTLY, Answer.FULLY), (Answer.FULLY, Answer.NOT),
           (Answer.NOT, Answer.MOSTLY), (Answer.FULLY, Answer.FULLY))  # fmt: skip

    def possible(self, table: Callable[[list[Person]], object], leaver: Answer) -> set[Answer]:
        """What the one may have said to the first statement who did not know the second."""
        truth = table(of_pairs([(leaver, DONT), *self.ALL]))
        return {
            one[0][0]
            for one in guesses((True, False), 1)
            if any(table(of_pairs([*one, *rest])) == truth for rest in guesses((True, True), 5))
        }

    @pytest.mark.parametrize("leaver", RATED)
    def test_what_they_said_elsewhere_stays_open(self, leaver: Answer) -> None:
        possible = self.possible(lambda people: careful(opened(), people)[1], leaver)
        assert possible == set(RATED)

    @pytest.mark.parametrize("leaver", RATED)
    def test_a_mean_over_people_beside_the_counts_gives_it_away(self, leaver: Answer) -> None:
        def table(people: list[Person]) -> object:
            profile = team_profile(RUBRIC, [person.answers for person in people])
            counts = [statement.counts for statement in profile.statements]
            return counts, round(profile.themes[0].strands["a"][Stage.STARTING][0], 9)  # type: ignore[index]

        assert self.possible(table, leaver) == {leaver}

    @staticmethod
    def of_three(look: Look) -> set[tuple[Pair, ...]]:
        """What the three of five latecomers may have said who rated the first statement."""
        before: list[Pair] = [(a, DONT) for a in (*RATED, *RATED, Answer.NOT, Answer.FULLY)]

        def tables(late: Iterable[Pair]) -> list[Shown]:
            round_, first = look(opened(), of_pairs(before))
            everybody = of_pairs([*before, *late, (DONT, DONT), (DONT, DONT)])
            return [first, look(round_, everybody)[1]]

        truth = tables([(Answer.NOT, DONT), (Answer.MOSTLY, DONT), (Answer.MOSTLY, DONT)])
        return {late for late in guesses((True, False), 3) if tables(late) == truth}

    def test_three_raters_among_five_who_came_late_stay_open(self) -> None:
        assert self.of_three(careful) == set(guesses((True, False), 3))

    def test_the_careless_give_the_three_away(self) -> None:
        [late] = self.of_three(careless)
        assert Counter(answer for answer, _ in late) == {Answer.NOT: 1, Answer.MOSTLY: 2}


class TestPlaces:
    """The dots of five people are what is left when those of eight are taken from thirteen."""

    EIGHT = (*ROWS[:4], *ROWS[:4])

    @staticmethod
    def left(look: Look, late: Rows) -> list[float]:
        first, second = (
            shown.themes[0].positions for shown in looks(look, [TestPlaces.EIGHT, late])
        )
        assert first is not None
        return sorted((Counter(second or ()) - Counter(first)).elements())

    def test_the_places_of_five_latecomers_are_not_left_over(self) -> None:
        assert self.left(careful, FIVE_MORE) == []

    def test_the_careless_leave_them_over(self) -> None:
        assert len(self.left(careless, FIVE_MORE)) == 5


def table_groups(shown: Shown, people: dict[str, Person], arrived: Sequence[str]) -> dict[str, Any]:
    """Of each figure in a table, the people that it is of, by the id of its theme or statement."""
    found: dict[str, Any] = {}
    for theme in shown.themes:
        of = arrived[: theme.people]
        rubric_theme = RUBRIC.theme(theme.theme_id)
        placed = {
            each
            for each in of
            if score_theme(rubric_theme, people[each].answers).status is Status.PLACED
        }
        if theme.mixed is not None:
            found[f"all {theme.theme_id}"] = set(of)
        if theme.centre is not None or theme.counts is not None:
            found[f"figure {theme.theme_id}"] = placed
        if theme.positions is not None or theme.low is not None:
            found[f"places {theme.theme_id}"] = placed
    for statement in shown.statements:
        of = arrived[: statement.people]
        if statement.unknown is not None:
            found[f"all {statement.id}"] = set(of)
        if statement.counts is not None or statement.median is not None:
            rated = {
                each for each in of if people[each].answers.get(statement.id) in list(Answer)[:4]
            }
            found[f"figure {statement.id}"] = rated
    return found


ANY_ROW = st.one_of(st.sampled_from(ROWS), st.text("0123k-", min_size=6, max_size=6))


@given(
    rows=st.lists(ANY_ROW, min_size=5, max_size=24),
    present=st.lists(st.lists(st.integers(0, 23), max_size=24), min_size=1, max_size=8),
    least=st.sampled_from([5, 6, 7]),
)
def test_no_two_tables_differ_by_fewer_people_than_a_figure_needs(
    rows: list[str], present: list[list[int]], least: int
) -> None:
    """Whoever comes, is taken away and is put back between any two looks."""
    spaced = [row if " " in row else " ".join((row[:2], row[2:4], row[4:])) for row in rows]
    people = {person.sealed_name: person for person in people_of(spaced)}
    round_ = opened(figures_from=least, pictures_from=8)
    tables: list[dict[str, set[str]]] = []
    arrived: list[str] = []
    everybody = list(people)
    for missing in [*present, []]:
        away = {name(number) for number in missing}
        here = [people[each] for each in everybody if each not in away]
        round_, shown = careful(round_, here)
        arrived = [each for batch in round_.published for each in batch]
        if shown.shown:
            assert set(shown.counted) == set(arrived)
            tables.append(table_groups(shown, people, arrived))
    for table in tables:
        for figure, group in table.items():
            assert len(group) >= (8 if figure.startswith("places") else least), figure
    for one, other in combinations(tables, 2):
        for figure in one.keys() & other.keys():
            rest = len(one[figure] ^ other[figure])
            assert rest == 0 or rest >= (8 if figure.startswith("places") else least), figure


def test_the_careless_show_tables_that_differ_by_one() -> None:
    people = {person.sealed_name: person for person in people_of([*FIVE, ROWS[0]])}
    arrived = list(people)
    one, other = (
        table_groups(careless(opened(), list(people.values())[:n])[1], people, arrived)
        for n in (5, 6)
    )
    assert {len(one[figure] ^ other[figure]) for figure in one.keys() & other.keys()} == {1}


def test_a_second_vote_cannot_be_watched_while_it_grows() -> None:
    round_, first = careful(opened(), people_of(ROWS[:4] * 3))
    round_ = round_.voting_again(THEME.id)
    sizes = []
    for number in range(16):
        voted = people_of((ROWS[:4] * 4)[: number + 1])
        round_ = round_.given(voted[-1].sealed_name, "7K4Q-M2XD", THEME.id)
        if disclose_revote(RUBRIC, round_, THEME.id, voted, first).shown:
            sizes.append(number + 1)
    assert sizes == [12]


def test_what_shows_holds_no_answers_of_anybody() -> None:
    """A caller can print all of it: ids, counts, figures and words, nobody's own answers."""
    people = [Person(p.sealed_name, p.answers, {FIRST: f"note {n}"}, "Ada")
              for n, p in enumerate(people_of(ROWS[:4] * 3))]  # fmt: skip
    _, shown = careful(opened(), people)
    assert shown.people == ()
    parts = list(walked(shown))
    assert {type(each) for each in parts} <= {str, int, float, bool, Stage, Answer, Why} | {
        type(t.agreement) for t in shown.themes
    } | {type(t.confidence) for t in shown.themes}
    assert "Ada" not in parts
    floats = [p for p in shown.themes[0].positions or () if round(p * 20, 6) % 1]
    assert floats == []


def walked(thing: object) -> Iterator[object]:
    """Everything that is in there, however deep; None left out."""
    if is_dataclass(thing) and not isinstance(thing, type):
        for each in fields(thing):
            yield from walked(getattr(thing, each.name))
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from walked(key)
            yield from walked(value)
    elif isinstance(thing, tuple):
        for part in thing:
            yield from walked(part)
    elif thing is not None:
        yield thing


def test_nobody_but_disclosure_reads_a_team_profile() -> None:
    """Screens, commands and exports get what may be shown; only its words and a median are shared."""
    readers = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "bt_assess.core.team":
                taken = {alias.name for alias in node.names} - {"Closeness", "median"}
                readers |= {path.name} if taken else set()
            elif isinstance(node, ast.ImportFrom) and node.module == "bt_assess.core":
                readers |= {path.name for alias in node.names if alias.name == "team"}
            elif isinstance(node, ast.Import):
                readers |= {path.name for a in node.names if a.name == "bt_assess.core.team"}
    assert readers == {"disclosure.py"}
