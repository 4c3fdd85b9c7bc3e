"""Change of a team's place between two rounds, told from noise, and what became of its promises.

Where both rounds have names, the same people are compared with themselves. Else, and where too few
of them are the same, the two teams are compared as they are. Everything rests on what `disclosure`
shows of each round and on nothing else: whoever has both rounds' figures could work it out, so a
comparison tells nobody more. The rule is in docs/scoring.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from bt_assess.core.comparison import Verdict, theme_change, verdict
from bt_assess.core.disclosure import Person, Shown, Why
from bt_assess.core.round import Action, ActionState, Round
from bt_assess.core.rubric import RubricTheme
from bt_assess.core.scoring import Answers, Status, mean
from bt_assess.core.team import median

LEAST_TEAM_DIFFERENCE = 0.15
"""Smallest difference of a team's place that counts as change, in stages."""
LEAST_SPREAD = 0.1
"""A team is never taken to be more of one mind than this (standard deviation, in stages)."""
OF_A_MEDIAN = 1.2533
"""How much less sure a median is than a mean: sqrt(pi / 2)."""


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


def team_delta(
    theme: RubricTheme, before: Shown, after: Shown, absent: Collection[str] = ()
) -> TeamDelta | None:
    """The change of a theme between two rounds; None where one of them shows no place.

    `absent` are statements that were not asked both times, as one version did not have them.
    """
    first, second = before.theme(theme.id), after.theme(theme.id)
    if first.centre is None or second.centre is None:
        return None
    pairs = [
        found
        for one, other in same_people(before.people, after.people)
        if (found := _moved(theme, one.answers, other.answers, absent))
    ]
    # Half of the larger team: of fewer, nobody could say that they stand for it.
    if pairs and 2 * len(pairs) >= max(first.n or 0, second.n or 0):
        return _matched(pairs)
    delta = round(second.centre - first.centre, 9)
    if first.positions is None or second.positions is None:
        hidden = first if first.positions is None else second
        return TeamDelta(delta, None, None, why_not=hidden.withheld or Why.TOO_FEW_FOR_PLACES)
    se = OF_A_MEDIAN * sqrt(
        sum(max(LEAST_SPREAD, spread(p)) ** 2 / len(p) for p in (first.positions, second.positions))
    )
    return TeamDelta(delta, se, verdict(delta, se, LEAST_TEAM_DIFFERENCE))


def same_people(before: Sequence[Person], after: Sequence[Person]) -> list[tuple[Person, Person]]:
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


def _moved(
    theme: RubricTheme, first: Answers, second: Answers, absent: Collection[str]
) -> tuple[float, float] | None:
    """How far one person has moved, and how sure that is; None without a place both times."""
    found = theme_change(theme, first, second, absent)
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
