"""Who is compared with whom: one person or team at several times, or several beside each other.

Only between times of one person, or of one team, can something have changed. Two people, two teams,
or a person and a team stand side by side: they differ, and nobody has moved or won.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from bt_assess.core.asked import asked
from bt_assess.core.compared import Compared, Kind, by_date, followed
from bt_assess.core.rubric import Rubric
from bt_assess.core.saved_comparison import View
from bt_assess.core.session import Session

Course: TypeAlias = tuple[Compared, ...]
"""One person's or one team's times, by date."""


def identity(item: Compared) -> tuple[str, ...]:
    """Who it is of: a person with their team, or a team; however it is spelt."""
    names = (item.team,) if item.kind is Kind.ROUND else (item.name, item.team)
    return (item.kind.value, *(" ".join(name.casefold().split()) for name in names))


def courses(items: Iterable[Compared]) -> tuple[Course, ...]:
    """The times of each person and each team, in the order of their first ones."""
    found: dict[tuple[str, ...], list[Compared]] = {}
    for item in by_date(items):
        found.setdefault(identity(item), []).append(item)
    return tuple(tuple(each) for each in found.values())


def why_unfinished(rubric: Rubric, session: Session) -> str:
    """Why a session cannot be compared yet; empty where it can.

    Its answers so far may be of one kind, and a change that they show gone when it is finished.
    """
    if session.finished is not None:
        return ""
    given = len(session.answers.keys() & rubric.statements.keys())
    return (
        f"it is not finished ({given} of {asked(rubric, session)} answered), and only finished"
        " sessions can be compared"
    )


def led_on(ids: Iterable[str], ordered: Iterable[Compared]) -> frozenset[str]:
    """These rounds and the ones that followed, each after the one before it: a team that is renamed
    stays the same. Give all in order of time; only ids of rounds."""
    found = set(ids)
    for item in ordered:
        if item.round and item.round.after in found:
            found.add(item.id)
    return frozenset(found)


def are_one(items: Iterable[Compared]) -> bool:
    """Whether all are one person, or one team, at different times."""
    return len({identity(item) for item in items}) == 1


def same_days(times: Course) -> tuple[date, ...]:
    """The days of which there are rounds here, and nothing says which of them came first."""
    found = (
        one.when
        for one, other in pairwise(by_date(times))
        if one.round and other.round and one.when == other.when
        and not {one.id, other.id} & {*followed(one, times), *followed(other, times)}
    )  # fmt: skip
    return tuple(dict.fromkeys(found))


def is_same_session(one: Compared, other: Compared) -> bool:
    """Whether two are one session with the same answers: it, and a copy or it on a newer version.

    Going to a newer version of the rubric, a session keeps who answered and when, and its answers to
    all that both versions have.
    """
    first, second = one.session, other.session
    if first is None or second is None:
        return False
    heads = [
        (item.name, item.team, session.started, session.finished)
        for item, session in ((one, first), (other, second))
    ]
    both = first.answers.keys() & second.answers.keys()
    return (
        heads[0] == heads[1]
        and bool(both)
        and all(first.answers[i] is second.answers[i] for i in both)
    )


@dataclass(frozen=True, kw_only=True)
class Laid:
    """How some sessions and rounds are laid beside each other, in every output alike.

    `courses` are the people and teams that are there twice or more, each from its first to its last
    time, those there most often first: what changed is told of each of them. `beside` are all people
    and teams as they are now, by date, where there are two or more of them; between these nothing
    has changed. A copy of a session, or it on an older version, is no time of its own: `copies` are
    those that are left out.
    """

    items: Course
    courses: tuple[Course, ...]
    beside: Course
    copies: Course = ()

    @property
    def is_one(self) -> bool:
        """Whether all are times of one person or team."""
        return not self.beside


def laid(items: Sequence[Compared]) -> Laid:
    """All by date: before is earlier than after, in whatever order they come.

    Of two rounds of one day it may not be known which is earlier: see `same_days`.
    """
    times, copies = _times(by_date(items))
    if len(times) < 2 <= len(items):
        # Nothing but copies of one session: two of them are there to look at, and are told to be one.
        times, copies = by_date(items)[:2], by_date(items)[2:]
    found = courses(times)
    several = sorted((each for each in found if len(each) > 1), key=len, reverse=True)
    now = by_date(each[-1] for each in found) if len(found) > 1 else ()
    return Laid(items=by_date(times), courses=tuple(several), beside=now, copies=by_date(copies))


def _times(items: Course) -> tuple[Course, Course]:
    """Of copies of one session, the one that was changed last; and the others."""
    times: list[Compared] = []
    twice: list[Compared] = []
    for item in items:
        at = next((n for n, other in enumerate(times) if is_same_session(other, item)), None)
        if at is None:
            times.append(item)
        elif _revision(item) > _revision(times[at]):
            twice.append(times[at])
            times[at] = item
        else:
            twice.append(item)
    return tuple(times), tuple(twice)


def _revision(item: Compared) -> int:
    return item.session.revision if item.session else 0


def first_view(items: Sequence[Compared]) -> View:
    """How to look at them first: two times of one, a trend of more, and else side by side."""
    found = laid(items)
    if not found.courses:
        return View.BESIDE
    return View.CHANGE if len(found.items) == 2 else View.TREND
