"""Why a theme got its score: the statements that carried it and those that spoke against it."""

from dataclasses import dataclass

from bt_assess.core.rubric import RubricTheme, Statement
from bt_assess.core.scoring import Answers, ThemeScore, nearest_stage

_TRUE = 2 / 3


@dataclass(frozen=True)
class Evidence:
    """Statements of one theme, truest first, sorted by what they do to its position.

    `carried`: of the stage itself, mostly or fully true. `missing`: of the stage itself, not true.
    `lower` and `higher`: of earlier and later stages, mostly or fully true; a lasting statement of
    an earlier stage holds nobody back, so it is not in `lower`.
    """

    carried: tuple[Statement, ...]
    missing: tuple[Statement, ...]
    lower: tuple[Statement, ...]
    higher: tuple[Statement, ...]


def evidence(theme: RubricTheme, score: ThemeScore, answers: Answers) -> Evidence | None:
    """The evidence for and against a position; None where there is no position."""
    if score.position is None:
        return None
    here = nearest_stage(score.position).number
    carried, missing, lower, higher = [], [], [], []
    for statement in theme.walk():
        answer = answers.get(statement.id)
        rating = None if answer is None else answer.rating
        if rating is None:
            continue
        number = statement.stage.number
        if number == here and rating == 0:
            missing.append((rating, statement))
        elif rating >= _TRUE:
            if number == here:
                carried.append((rating, statement))
            elif number > here:
                higher.append((rating, statement))
            elif not statement.lasting:
                lower.append((rating, statement))
    return Evidence(*(_truest_first(found) for found in (carried, missing, lower, higher)))


def _truest_first(found: list[tuple[float, Statement]]) -> tuple[Statement, ...]:
    return tuple(statement for _, statement in sorted(found, key=lambda pair: -pair[0]))
