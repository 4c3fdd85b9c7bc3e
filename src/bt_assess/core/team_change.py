"""Change of a team's place between two rounds, told from noise, and what became of its promises.

Both places and the change rest on the same statements: those that both teams were asked and somebody
in each of them rated. Where both rounds have names, the same people are compared with themselves, on
what each of them rated both times. Else, and where too few of them are the same, the two teams are
compared as they are.

Without names no place is worked out again for a comparison. Beside the place that the round shows, one
on a part of it would single out whoever did not rate the rest: theirs is the place that stays where it
is. So everything rests on what `disclosure` shows of each round and on nothing else: whoever has both rounds'
figures could work it out, and a comparison tells nobody more. The rule is in docs/scoring.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import fsum, sqrt
from typing import TypeAlias

from bt_assess.core.comparison import Verdict, on_both, theme_change, verdict
from bt_assess.core.disclosure import Person, Shown, ShownTheme, Why, disclose
from bt_assess.core.left_out import LeftOut, Side, dropped
from bt_assess.core.round import Action, ActionState, Round
from bt_assess.core.rubric import Rubric, RubricTheme
from bt_assess.core.scoring import Answers, Status, mean
from bt_assess.core.session import Answer
from bt_assess.core.team import median

LEAST_TEAM_DIFFERENCE = 0.15
"""Smallest difference of a team's place that counts as change, in stages."""
LEAST_SPREAD = 0.1
"""A team is never taken to be more of one mind than this (standard deviation, in stages)."""
OF_A_MEDIAN = 1.2533
"""How much less sure a median is than a mean: sqrt(pi / 2)."""


Pair: TypeAlias = tuple[Person, Person]
"""A person of the earlier round and the same one in the later."""
Given: TypeAlias = Sequence[tuple[Person, Answers]]
"""People of a round with names, and what counts of their answers."""


@dataclass(frozen=True)
class TeamDelta:
    """How far a team has moved in a theme.

    `se` and `verdict` are None where they would tell of single places; `why_not` says so. `matched`
    people were compared with themselves; None where the teams were compared as they are.
    """

    delta: float
    se: float | None
    verdict: Verdict | None
    matched: int | None = None
    why_not: Why | None = None


@dataclass(frozen=True, kw_only=True)
class TeamChange:
    """A theme of two rounds on the same statements. Without `delta` one of the two has no place.

    `unlike` are statements that only one of the two rated, or was asked, in a round without names: its
    place cannot be worked out again, and then nothing else is told.
    """

    before: ShownTheme
    after: ShownTheme
    delta: TeamDelta | None = None
    unlike: tuple[str, ...] = ()


def team_change(
    rubric: Rubric, theme: RubricTheme, before: Side, after: Side, left_out: LeftOut
) -> TeamChange:
    """A theme before and after, on what is not left out."""
    sides = (before, after)
    first, second = (shown.theme(theme.id) for _, shown in sides)
    besides = [_rated(theme, shown, left_out.ids) for _, shown in sides]
    lost = dropped(rubric, theme, before, after)
    unlike = {
        i for (round_, _), rated, more in zip(sides, besides, lost, strict=True)
        if not round_.named for i in (*rated, *more)
    }  # fmt: skip
    if unlike:
        return TeamChange(
            before=first, after=second, unlike=tuple(i for i in left_out.ids if i in unlike)
        )
    never = {*left_out.one_version, *_does_not_apply(before, after, left_out.not_rated)}
    if besides[0]:
        first = _shown_again(rubric, theme, before[0], _without(before[1], left_out, never))
    if besides[1]:
        second = _shown_again(rubric, theme, after[0], _without(after[1], left_out, never))
    if first.centre is None or second.centre is None or first.two_camps or second.two_camps:
        return TeamChange(before=first, after=second)
    moved = [
        (pair, each)
        for pair in same_people(before[1].people, after[1].people)
        if (each := _moved(theme, pair, left_out.one_version))
    ]
    # Half of the larger team: of fewer, nobody could say that they stand for it.
    if not moved or 2 * len(moved) < max(first.n or 0, second.n or 0):
        return TeamChange(before=first, after=second, delta=_of_whole_teams(first, second))
    theirs = _of_the_same(theme, [pair for pair, _ in moved], left_out.one_version)
    first, second = (
        _shown_again(rubric, theme, round_, given)
        for (round_, _), given in zip(sides, theirs, strict=True)
    )
    found = TeamChange(before=first, after=second)
    if first.two_camps or second.two_camps:
        return found
    return replace(found, delta=_matched([each for _, each in moved]))


def same_people(before: Sequence[Person], after: Sequence[Person]) -> list[Pair]:
    """Who gave a name both times; a name that two people share stands for neither of them."""
    first, second = _by_name(before), _by_name(after)
    return [(person, second[name]) for name, person in first.items() if name in second]


def spread(positions: Sequence[float]) -> float:
    """The standard deviation (n - 1) of places; 0 of a single one."""
    if len(positions) < 2:
        return 0.0
    middle = mean(positions)
    return sqrt(fsum((p - middle) ** 2 for p in positions) / (len(positions) - 1))


def _by_name(people: Sequence[Person]) -> dict[str, Person]:
    found: dict[str, list[Person]] = {}
    for person in people:
        if key := " ".join(person.name.casefold().split()):
            found.setdefault(key, []).append(person)
    return {key: them[0] for key, them in sorted(found.items()) if len(them) == 1}


def _rated(theme: RubricTheme, shown: Shown, ids: Collection[str]) -> list[str]:
    """Of these statements, those that somebody rated, so that they are in the team's place."""
    return [s.id for s in theme.statements if s.id in ids and shown.statement(s.id).rated]


def _does_not_apply(before: Side, after: Side, ids: Collection[str]) -> set[str]:
    """Of statements that nobody in one of the teams rated, those that it said do not apply."""
    found = ((i, shown.statement(i)) for i in ids for _, shown in (before, after))
    return {i for i, said in found if said.rated == 0 and said.not_applicable}


def _without(shown: Shown, left_out: LeftOut, never: Collection[str]) -> Given:
    """Of a round with names, all but what is left out; of that, `never` is no gap either."""
    return [
        (person, {i: a for i, a in person.answers.items() if i not in left_out.ids}
         | dict.fromkeys(never, Answer.NOT_APPLICABLE))
        for person in shown.people
    ]  # fmt: skip


def _of_the_same(
    theme: RubricTheme, pairs: Sequence[Pair], absent: Collection[str]
) -> tuple[Given, Given]:
    """Of the same people both times, what each rated both times."""
    both = [on_both(theme, one.answers, other.answers, absent) for one, other in pairs]
    first, second = (
        [(pair[time], answers[time]) for pair, answers in zip(pairs, both, strict=True)]
        for time in (0, 1)
    )
    return first, second


def _shown_again(rubric: Rubric, theme: RubricTheme, round_: Round, people: Given) -> ShownTheme:
    """A theme of a round with names, of other answers than all of them; its strands are not told."""
    if not round_.named:
        raise ValueError("of a round without names, nothing but the whole is shown")
    given = [Person(person.sealed_name, answers, {}, person.name) for person, answers in people]
    # Its strands would take as long as its place, for every person of a large round.
    only = rubric.model_copy(update={"themes": (theme.model_copy(update={"strands": ()}),)})
    return disclose(only, round_, given).theme(theme.id)


def _of_whole_teams(first: ShownTheme, second: ShownTheme) -> TeamDelta | None:
    """The change of two teams as they are; None where one of them shows no place."""
    if first.centre is None or second.centre is None:
        return None
    delta = round(second.centre - first.centre, 9)
    if first.positions is None or second.positions is None:
        hidden = first if first.positions is None else second
        return TeamDelta(delta, None, None, why_not=hidden.withheld or Why.TOO_FEW_FOR_PLACES)
    se = OF_A_MEDIAN * sqrt(
        sum(max(LEAST_SPREAD, spread(p)) ** 2 / len(p) for p in (first.positions, second.positions))
    )
    return TeamDelta(delta, se, verdict(delta, se, LEAST_TEAM_DIFFERENCE))


def _moved(theme: RubricTheme, pair: Pair, absent: Collection[str]) -> tuple[float, float] | None:
    """How far one person has moved, and how sure that is; None without a place both times."""
    found = theme_change(theme, pair[0].answers, pair[1].answers, absent)
    placed = found.before.status is found.after.status is Status.PLACED
    return (found.delta, found.se) if placed and found.delta is not None and found.se else None


def _matched(pairs: Sequence[tuple[float, float]]) -> TeamDelta:
    deltas = [delta for delta, _ in pairs]
    n = len(pairs)
    of_answers = sqrt(fsum(se**2 for _, se in pairs)) / n
    se = max(of_answers, spread(deltas) / sqrt(n))
    delta = median(deltas)
    return TeamDelta(delta, se, verdict(delta, se, LEAST_TEAM_DIFFERENCE), n)


@dataclass(frozen=True)
class Promise:
    """An action of an earlier round, and what has become of it.

    `told` is whether a later round says so; without it, `now` is how its own round left it.
    """

    then: Action
    now: Action
    told: bool

    @property
    def state(self) -> ActionState:
        return self.now.state


def promises(before: Round, *later: Round) -> tuple[Promise, ...]:
    """What was promised in a round, and where later ones (the latest last) say it stands."""
    found = []
    for action in before.actions:
        now = None
        for round_ in later:
            now = next((a for a in round_.last_actions if a.id == action.id), now)
        found.append(Promise(action, now or action, now is not None))
    return tuple(found)
