"""Which statements two times of somebody cannot be compared on: all of them, by id."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bt_assess.core.asked import not_asked
from bt_assess.core.disclosure import Shown
from bt_assess.core.round import Round
from bt_assess.core.rubric import Rubric, RubricTheme, Statement, is_newer
from bt_assess.core.session import Session

Side: TypeAlias = tuple[Round, Shown]
"""A round, and what may be shown of it."""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """The statements of a theme on which two could not be compared, by id.

    `one_version` are not in all of the versions of the rubric that were answered or are in use, by
    what the one in use says of itself; `not_rated` were not rated both times: by a team, if nobody in
    it rated them.
    """

    one_version: tuple[str, ...] = ()
    not_rated: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return (*self.one_version, *self.not_rated)


NOTHING = LeftOut()


def of_sessions(rubric: Rubric, theme: RubricTheme, before: Session, after: Session) -> LeftOut:
    """What two sessions cannot be compared on."""
    one: list[str] = []
    not_rated: list[str] = []
    absent = not_asked(theme.statements, before) | not_asked(theme.statements, after)
    for statement in theme.statements:
        answers = [session.answers.get(statement.id) for session in (before, after)]
        if all(answer is not None and answer.rating is not None for answer in answers):
            continue
        (one if statement.id in absent else not_rated).append(statement.id)
    given = (i for session in (before, after) for i in session.answers)
    return _left_out(rubric, theme, one, not_rated, given)


def of_rounds(rubric: Rubric, theme: RubricTheme, before: Side, after: Side) -> LeftOut:
    """What two teams cannot be compared on: what one was not asked, and what nobody in one rated."""
    one: list[str] = []
    not_rated: list[str] = []
    for statement in theme.statements:
        silent = [side for side in (before, after) if side[1].statement(statement.id).rated == 0]
        if any(_was_not_asked(statement, side) for side in silent):
            one.append(statement.id)
        elif silent:
            not_rated.append(statement.id)
    given = (i for _, shown in (before, after) for i in shown.elsewhere)
    return _left_out(rubric, theme, one, not_rated, given)


def dropped(
    rubric: Rubric, theme: RubricTheme, before: Side, after: Side
) -> tuple[set[str], set[str]]:
    """Of each of two teams, what it answered in the theme that was asked of it and not of the other.

    It is what the rubric in use does not have any more: that two rounds of one version both lack it
    now makes them no less alike.
    """
    if before[0].rubric.version == after[0].rubric.version:
        return set(), set()
    first, second = (set(_gone(rubric, theme, shown.elsewhere)) for _, shown in (before, after))
    return first - second, second - first


def as_people_count(ids: Iterable[str]) -> tuple[str, ...]:
    """Ids in order, 9 before 10."""
    return tuple(sorted(set(ids), key=_counting))


def _left_out(
    rubric: Rubric,
    theme: RubricTheme,
    one: list[str],
    not_rated: list[str],
    given: Iterable[str],
) -> LeftOut:
    """With the answers to statements of the theme that the rubric in use does not have any more."""
    gone = _gone(rubric, theme, given)
    return LeftOut(one_version=(*one, *gone), not_rated=tuple(not_rated))


def _gone(rubric: Rubric, theme: RubricTheme, given: Iterable[str]) -> tuple[str, ...]:
    """Of what was answered, the theme's statements that the rubric in use does not have any more."""
    return as_people_count(
        i for i in given if i not in rubric.statements and i.split(".")[0] == theme.id
    )


def _was_not_asked(statement: Statement, side: Side) -> bool:
    """Whether a statement is newer than what a team answered; nobody in it says anything of it then.

    That nobody rated it does not make it new: it may have been skipped by all.
    """
    round_, shown = side
    said = shown.statement(statement.id)
    if said.rated or said.unknown or said.not_applicable or not statement.since:
        return False
    return is_newer(statement.since, round_.rubric.version)


def _counting(id_: str) -> list[str | int]:
    parts = re.split(r"(\d+)", id_)
    return [int(part) if part.isdecimal() else part for part in parts]
