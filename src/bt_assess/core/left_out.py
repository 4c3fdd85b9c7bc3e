"""Which statements two times of somebody cannot be compared on: all of them, by id."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bt_assess.core.asked import not_asked
from bt_assess.core.disclosure import Shown
from bt_assess.core.round import Round
from bt_assess.core.rubric import Rubric, RubricTheme
from bt_assess.core.session import Session

Side: TypeAlias = tuple[Round, Shown]
"""A round, and what may be shown of it."""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """The statements of a theme on which two could not be compared, by id.

    `one_version` are not in all of the versions of the rubric that were answered or are in use;
    `not_rated` are, and were not rated both times: by a team, if nobody in it rated them.
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
        silent = [
            (round_, found)
            for round_, shown in (before, after)
            if (found := shown.statement(statement.id)).rated == 0
        ]
        if any(
            round_.rubric.version != rubric.version and not (found.unknown or found.not_applicable)
            for round_, found in silent
        ):
            one.append(statement.id)
        elif silent:
            not_rated.append(statement.id)
    given = (i for _, shown in (before, after) for i in shown.elsewhere)
    return _left_out(rubric, theme, one, not_rated, given)


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
    gone = as_people_count(
        i for i in given if i not in rubric.statements and i.split(".")[0] == theme.id
    )
    return LeftOut(one_version=(*one, *gone), not_rated=tuple(not_rated))


def _counting(id_: str) -> list[str | int]:
    parts = re.split(r"(\d+)", id_)
    return [int(part) if part.isdecimal() else part for part in parts]
