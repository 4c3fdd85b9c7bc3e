"""What a comparison's page looks at, and what its parts are called so that nobody takes two for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from typing import TypeAlias

from bt_assess.core.compared import Compared, Kind, by_date, of_session
from bt_assess.core.courses import are_one, courses, identity
from bt_assess.core.disclosure import Person
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.report.change_words import title, whose
from bt_assess.report.words import date_words

Key: TypeAlias = tuple[Kind, str]
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What marks those that stand side by side."""


def key_of(item: Compared) -> Key:
    return item.kind, item.id


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is compared: `items` by date, of which `before` and `after` are two.

    `guests` are people of a named round who stand beside their team. `course` is which of several
    people or teams the trend is of.
    """

    rubric: Rubric
    items: tuple[Compared, ...]
    before: Compared
    after: Compared
    targets: Mapping[str, float] = field(default_factory=dict)
    guests: tuple[Compared, ...] = ()
    course: int = 0

    @property
    def are_alike(self) -> bool:
        """Whether before and after are two sessions or two rounds."""
        return self.before.kind is self.after.kind

    @property
    def is_one(self) -> bool:
        """Whether before and after are one person, or one team, at two times."""
        return are_one((self.before, self.after))

    @property
    def courses(self) -> tuple[tuple[Compared, ...], ...]:
        """Each person and each team that is there twice or more, those there most often first."""
        found = [each for each in courses(self.items) if len(each) > 1]
        return tuple(sorted(found, key=lambda each: -len(each)))

    @property
    def now_course(self) -> tuple[Compared, ...]:
        """The one that the trend is of; empty where nobody is there twice."""
        found = self.courses
        return found[self.course % len(found)] if found else ()

    @property
    def side_by_side(self) -> tuple[Compared, ...]:
        """Each person and each team as they are now; one alone, at each of its times."""
        each = courses(self.items)
        if len(each) > 1:
            return (*by_date(them[-1] for them in each), *self.guests)
        return (*self.items, *self.guests)

    def with_pair(self, before: Compared, after: Compared) -> "Subject":
        return replace(self, before=before, after=after)


def subject_of(
    rubric: Rubric,
    items: Sequence[Compared],
    targets: Mapping[str, float] | None = None,
    *,
    in_order: bool = False,
) -> Subject:
    """What two or more sessions and rounds are compared as.

    Before and after are the first and the last, `in_order` as they come; of several people or teams,
    of the one that is there most often.
    """
    ordered = by_date(items)
    before, after = ordered[0], ordered[-1]
    if in_order:
        before, after = items[0], items[-1]
    else:
        of_one = [each for each in courses(ordered) if len(each) > 1]
        alike = [[i for i in ordered if i.kind is kind] for kind in (Kind.ROUND, Kind.SESSION)]
        of_kind = [tuple(each) for each in alike if len(each) > 1]
        for found in (of_one, of_kind):
            if found:
                most = max(found, key=len)
                before, after = most[0], most[-1]
                break
    return Subject(
        rubric=rubric, items=ordered, before=before, after=after, targets=dict(targets or {})
    )


def told_apart(items: Sequence[Compared]) -> dict[Key, str]:
    """A name for each, as short as tells them all apart: of one person or team, the dates alone."""
    ways = [_name, whose, title, _to_the_minute]
    if len({identity(item) for item in items}) == 1:
        ways.insert(0, _date)
    for way in ways:
        names = {key_of(item): way(item) for item in items}
        if len(set(names.values())) == len(names):
            return names
    return {key_of(item): f"{title(item)} ({n})" for n, item in enumerate(items, start=1)}


def guest_of(rubric: Rubric, team: Compared, person: Person) -> Compared | None:
    """Somebody of a round with names, to stand beside their team; never written anywhere."""
    round_ = team.round
    if round_ is None or not round_.named:
        return None
    day = datetime.combine(round_.created, time(12), UTC)
    session = Session(
        id=person.sealed_name, respondent=person.name, team=round_.team, started=day,
        rubric=round_.rubric, answers=dict(person.answers),
    )  # fmt: skip
    return replace(of_session(rubric, session), when=team.when)


def _name(item: Compared) -> str:
    return item.name or "No name given"


def _date(item: Compared) -> str:
    return date_words(item.when)


def _to_the_minute(item: Compared) -> str:
    if item.session is None:
        return title(item)
    moment = item.session.finished or item.session.started
    return f"{title(item)}, {moment:%H:%M}"
