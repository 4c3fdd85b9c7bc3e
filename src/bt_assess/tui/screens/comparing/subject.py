"""What a comparison's page looks at, and what its parts are called so that nobody takes two for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from functools import cached_property
from itertools import count
from typing import TypeAlias

from bt_assess.core.compared import Change, Compared, Kind, by_date, of_session
from bt_assess.core.courses import Course, are_one, identity, laid
from bt_assess.core.disclosure import Person
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.core.standing import people_by_name
from bt_assess.core.text import NAME_LENGTH
from bt_assess.report.change_words import Pair, title, whose, why_no_change
from bt_assess.report.summary import number
from bt_assess.report.way_words import Way, way
from bt_assess.report.words import date_words
from bt_assess.store.reading import folded
from bt_assess.tui.screens.comparing.found import Found

Key: TypeAlias = tuple[Kind, str]
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What marks those that stand side by side."""
NO_NAME = "No name given"
MANY = 24
"""From so many people on, all rounds together, a page does not wait until their changes are found."""


def key_of(item: Compared) -> Key:
    return item.kind, item.id


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is compared: `items` by date, of which `before` and `after` are two.

    `guests` are people of a named round who stand beside their team. `course` is which of several
    people or teams the change and the trend are of. What was `found` goes with it, however it
    is looked at.
    """

    rubric: Rubric
    items: tuple[Compared, ...]
    before: Compared
    after: Compared
    targets: Mapping[str, float] = field(default_factory=dict)
    guests: tuple[Compared, ...] = ()
    course: int = 0
    found: Found = field(default_factory=Found, compare=False, repr=False)

    def changes(self, before: Compared, after: Compared) -> tuple[Change, ...]:
        """Each theme before and after, in the rubric's order."""
        themes = self.rubric.themes
        return tuple(self.found.change(self.rubric, theme, before, after) for theme in themes)

    @property
    def takes_long(self) -> bool:
        """Whether its changes are of many people, whose names are known, and not found yet."""
        many = sum(len(each.shown.people) for each in self.items if each.shown) >= MANY
        course = self.now_course
        pairs = [(self.before, self.after), *([(course[0], course[-1])] if course else [])]
        return many and not all(
            self.found.knows(theme, *pair) for theme in self.rubric.themes for pair in pairs
        )

    @property
    def is_one(self) -> bool:
        """Whether before and after are one person, or one team, at two times."""
        return are_one((self.before, self.after))

    @property
    def why_no_change(self) -> str:
        """Why before and after have no change between them; empty where there can be one."""
        return why_no_change(self.before, self.after, self._which_two)

    @property
    def _which_two(self) -> str:
        """'Ada and Bo, the first and the last of these six,'."""
        names = told_apart((self.before, self.after))
        first, last = names[key_of(self.before)], names[key_of(self.after)]
        of = len(self.items)
        more = f", the first and the last of these {number(of)}," if of > 2 else ""
        return f"{first} and {last}{more}"

    @property
    def is_turned(self) -> bool:
        """Whether before is the later of the two."""
        return by_date((self.before, self.after)) != (self.before, self.after)

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """Each person and each team that is there twice or more, those there most often first."""
        return laid(by_date(self.items)).courses

    @property
    def now_course(self) -> Course:
        """The one that the trend is of; empty where nobody is there twice."""
        found = self.courses
        return found[self.course % len(found)] if found else ()

    @property
    def side_by_side(self) -> Course:
        """Each person and each team as they are now; one alone, at each of its times."""
        return (*(laid(by_date(self.items)).beside or self.items), *self.guests)

    @property
    def chosen(self) -> Pair | None:
        """Before and after, where somebody has chosen other ones than the first and the last."""
        if not self.is_one or (
            self.course == 0 and (self.before, self.after) == _ends(self.courses)
        ):
            return None
        return self.before, self.after

    @property
    def shown(self) -> tuple[Course, Pair | None]:
        """What is on the screen, and which two of it were chosen; guests too, who are kept nowhere.

        By date, also where before and after are turned round: who reads a report of it cannot see
        that, and targets are ahead in time.
        """
        pair = by_date((self.before, self.after))
        if len(self.items) > 2 or self.guests:
            chosen = replace(self, before=pair[0], after=pair[1]).chosen
            return (*self.items, *self.guests), chosen
        return pair, None

    def way(self, theme_id: str) -> Way | None:
        """How far a theme has come towards its target, from the first time to the last.

        That is so too where before and after are turned round, and does not fit beside such a change.
        """
        return self._ways.get(theme_id)

    @property
    def is_of_way(self) -> bool:
        """Whether before and after are the two times that targets are measured between."""
        course = self._aimed
        return bool(course) and self.before is course[0] and self.after is course[-1]

    @property
    def _aimed(self) -> Course:
        """The times that targets are measured over; empty where they are of different ones."""
        course = by_date((self.before, self.after)) if len(self.items) == 2 else self.now_course
        return course if course and are_one(course) else ()

    @cached_property
    def _ways(self) -> Mapping[str, Way]:
        if not (self.targets and self._aimed):
            return {}
        return {
            change.theme_id: way(change, self.targets[change.theme_id])
            for change in self.changes(self._aimed[0], self._aimed[-1])
            if change.theme_id in self.targets
        }

    def with_pair(self, before: Compared, after: Compared) -> "Subject":
        """With other ones as before and after; the trend is of whose they are."""
        whose_ = identity(after)
        at = (n for n, course in enumerate(self.courses) if identity(course[0]) == whose_)
        return replace(self, before=before, after=after, course=next(at, self.course))

    def next_course(self) -> "Subject":
        """Of the next person or team, from their first time to their last."""
        course = self.courses[(self.course + 1) % len(self.courses)]
        return self.with_pair(course[0], course[-1])


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
    courses = laid(ordered).courses
    if in_order and are_one((items[0], items[-1])):
        before, after = items[0], items[-1]
    elif courses:
        before, after = courses[0][0], courses[0][-1]
    found = Subject(
        rubric=rubric, items=ordered, before=before, after=after, targets=dict(targets or {})
    )
    return found.with_pair(before, after)


def _ends(courses: Sequence[Course]) -> Pair | None:
    return (courses[0][0], courses[0][-1]) if courses else None


def told_apart(items: Sequence[Compared]) -> dict[Key, str]:
    """A name for each, as short as tells them all apart: of one person or team, the dates alone."""
    ways = [_name, whose, title, _to_the_minute]
    if len({identity(item) for item in items}) == 1:
        ways.insert(0, _date)
    for told in ways:
        names = {key_of(item): told(item) for item in items}
        if len(set(names.values())) == len(names):
            return names
    return {key_of(item): f"{title(item)} ({n})" for n, item in enumerate(items, start=1)}


def names_beside(subject: Subject) -> dict[Key, str]:
    """A name for each of those side by side. Where guests stand beside the times of one team, these
    have their team as well as their dates."""
    if not subject.guests:
        return told_apart(subject.side_by_side)
    hosts = [each for each in subject.side_by_side if each not in subject.guests]
    names = {key_of(each): title(each) for each in hosts} if are_one(hosts) else told_apart(hosts)
    names |= {key_of(guest): _name(guest) for guest in subject.guests}
    if len(set(names.values())) < len(names):
        return told_apart(subject.side_by_side)
    return names


def people_of(team: Compared) -> list[tuple[str, Person]]:
    """The people of a named round by name, '(2)' behind the second of one name, as reports have it."""
    shown = team.shown
    if team.round is None or not team.round.named or shown is None:
        return []
    found: list[tuple[str, Person]] = []
    taken: set[str] = set()
    for person in people_by_name(shown):
        name = told = person.name or NO_NAME
        more = count(2)
        # However they are spelt: two people must not be taken for two times of one.
        while folded(told) in taken:
            told = f"{name[: NAME_LENGTH - 6]} ({next(more)})"
        taken.add(folded(told))
        found.append((told, person))
    return found


def guest_of(rubric: Rubric, team: Compared, name: str, person: Person) -> Compared | None:
    """Somebody of a round with names, by the name that `people_of` gives them, to stand beside their
    team; never written anywhere."""
    round_ = team.round
    if round_ is None or not round_.named:
        return None
    day = datetime.combine(round_.created, time(12), UTC)
    session = Session(
        id=person.sealed_name, respondent=name, team=round_.team, started=day,
        rubric=round_.rubric, answers=dict(person.answers),
    )  # fmt: skip
    return replace(of_session(rubric, session), when=team.when)


def _name(item: Compared) -> str:
    return item.name or NO_NAME


def _date(item: Compared) -> str:
    return date_words(item.when)


def _to_the_minute(item: Compared) -> str:
    if item.session is None:
        return title(item)
    moment = item.session.finished or item.session.started
    return f"{title(item)}, {moment:%H:%M}"
