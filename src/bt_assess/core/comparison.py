"""Change between two sessions, told from noise."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from bt_assess.core.asked import not_asked
from bt_assess.core.rubric import Rubric, RubricTheme, Statement
from bt_assess.core.scoring import Answers, Status, ThemeScore, score_theme
from bt_assess.core.session import Answer, Session

LEAST_DIFFERENCE = 0.25
"""Smallest difference of two respondents' positions that counts as change, in stages."""


class Verdict(StrEnum):
    WITHIN_NOISE = "within noise"
    CHANGE = "change"
    CLEAR_CHANGE = "clear change"


@dataclass(frozen=True)
class ThemeChange:
    """One theme before and after, on the statements rated both times.

    `delta` (after - before) and `se` are in stages; None when one of the two has no place, and a
    mixed picture has none.
    `left_out` counts the theme's statements that were not rated both times.
    """

    theme_id: str
    before: ThemeScore
    after: ThemeScore
    delta: float | None
    se: float | None
    verdict: Verdict | None
    left_out: int

    @property
    def is_mixed(self) -> bool:
        """Whether one of the two is a mixed picture: by the rule it has a position, but no stage."""
        return Status.MIXED in (self.before.status, self.after.status)


@dataclass(frozen=True)
class Move:
    """A statement whose rating changed; `change` is -1..1."""

    statement: Statement
    before: Answer
    after: Answer
    change: float


@dataclass(frozen=True)
class Comparison:
    """Two sessions theme by theme, and the statements that moved most, largest first."""

    before: Session
    after: Session
    themes: tuple[ThemeChange, ...]
    moves: tuple[Move, ...]


class NotComparable(ValueError):
    """Two sessions that do not answer the same rubric."""


def compare(rubric: Rubric, before: Session, after: Session) -> Comparison:
    """Compare two sessions of `rubric`. Raises NotComparable when one answers another rubric."""
    for session in (before, after):
        if session.rubric.id != rubric.id:
            raise NotComparable(
                f"session {session.id} answers the rubric {session.rubric.id!r}, not {rubric.id!r}"
            )
    return Comparison(
        before,
        after,
        tuple(session_change(theme, before, after) for theme in rubric.themes),
        _moves(rubric, before.answers, after.answers),
    )


def verdict(delta: float, se: float, least: float = LEAST_DIFFERENCE) -> Verdict:
    """Whether a difference is more than noise; between two respondents' positions unless told."""
    size = round(abs(delta), 9)
    if size < least or size < round(2 * se, 9):
        return Verdict.WITHIN_NOISE
    return Verdict.CHANGE if size < round(3 * se, 9) else Verdict.CLEAR_CHANGE


def session_change(theme: RubricTheme, before: Session, after: Session) -> ThemeChange:
    """One theme of two sessions; what one of their versions did not ask does not count as missing."""
    absent = not_asked(theme.statements, before) | not_asked(theme.statements, after)
    return theme_change(theme, before.answers, after.answers, absent)


def theme_change(
    theme: RubricTheme, first: Answers, second: Answers, absent: Collection[str] = ()
) -> ThemeChange:
    """One theme of two times, on the statements that were rated both times.

    `absent` are statements that could not be answered both times: they are no part of the coverage.
    """
    before, after = (score_theme(theme, each) for each in on_both(theme, first, second, absent))
    delta = se = change = None
    placed = before.status is after.status is Status.PLACED
    if (
        placed and before.position is not None and before.se is not None
        and after.position is not None and after.se is not None
    ):  # fmt: skip
        delta = after.position - before.position
        se = sqrt(before.se**2 + after.se**2)
        change = verdict(delta, se)
    left_out = len(theme.statements) - before.rated
    return ThemeChange(theme.id, before, after, delta, se, change, left_out)


def on_both(
    theme: RubricTheme, first: Answers, second: Answers, absent: Collection[str] = ()
) -> tuple[Answers, Answers]:
    """The answers of two times to what was rated both times; what did not apply counts for neither."""
    both = {
        s.id
        for s in theme.statements
        if _rating(first, s) is not None and _rating(second, s) is not None
    }
    never = {
        i for answers in (first, second) for i, a in answers.items() if a is Answer.NOT_APPLICABLE
    } | set(absent)
    one, other = (
        {i: answers[i] for i in both} | dict.fromkeys(never, Answer.NOT_APPLICABLE)
        for answers in (first, second)
    )
    return one, other


def _moves(rubric: Rubric, first: Answers, second: Answers) -> tuple[Move, ...]:
    moves = []
    for statement in rubric.asked:
        a, b = _rating(first, statement), _rating(second, statement)
        if a is not None and b is not None and a != b:
            moves.append(Move(statement, first[statement.id], second[statement.id], b - a))
    return tuple(sorted(moves, key=lambda move: -round(abs(move.change), 9)))


def _rating(answers: Answers, statement: Statement) -> float | None:
    answer = answers.get(statement.id)
    return None if answer is None else answer.rating
