"""What next, and why: breakthrough points ranked by the answers."""

from collections.abc import Iterable
from dataclasses import dataclass

from bt_assess.core.rubric import BreakthroughPoint, Rubric, RubricTheme, Statement
from bt_assess.core.scoring import Answers, Profile, ThemeScore, mean, nearest_stage


@dataclass(frozen=True)
class Suggestion:
    """A breakthrough point with its need (0..1) and the statements that raised it, most first."""

    theme_id: str
    point: BreakthroughPoint
    need: float
    statements: tuple[Statement, ...]


def suggestions(theme: RubricTheme, score: ThemeScore, answers: Answers) -> tuple[Suggestion, ...]:
    """All points of a theme, most needed first; none where there is no position."""
    if score.position is None:
        return ()
    aim = min(nearest_stage(score.position).number + 1, 3)
    fallback = _wants(theme.statements, aim, answers)
    found = []
    for point in theme.points:
        of_strands = (s for s in theme.statements if s.strand in point.strands)
        wants = _wants(of_strands, aim, answers) or fallback
        raised = sorted(
            (pair for pair in wants if pair[1] > 0), key=lambda pair: -round(pair[1], 9)
        )
        need = mean(want for _, want in wants) if wants else 0.0
        found.append(Suggestion(theme.id, point, need, tuple(s for s, _ in raised)))
    return tuple(sorted(found, key=lambda suggestion: -round(suggestion.need, 9)))


def first_steps(
    rubric: Rubric, profile: Profile, answers: Answers, most: int = 5, per_theme: int = 2
) -> tuple[Suggestion, ...]:
    """The most needed points across themes, at most `per_theme` of each.

    Ranked by need x (3 - position) / 2, so that what lies further back comes first.
    """
    ranked: list[tuple[float, Suggestion]] = []
    for theme in rubric.themes:
        score = profile.theme(theme.id)
        if score.position is not None:
            room = (3 - score.position) / 2
            best = [s for s in suggestions(theme, score, answers) if s.statements][:per_theme]
            ranked += [(-round(s.need * room, 9), s) for s in best]
    return tuple(s for _, s in sorted(ranked, key=lambda pair: pair[0])[:most])


def _wants(
    statements: Iterable[Statement], aim: int, answers: Answers
) -> list[tuple[Statement, float]]:
    """How much each rated statement asks for action (0..1) on the way to stage `aim`.

    What should stop being true (earlier, not lasting) asks by being true; what should be true (the
    stage aimed at, and what lasts from before) asks by not being true.
    """
    wants = []
    for statement in statements:
        answer = answers.get(statement.id)
        rating = None if answer is None else answer.rating
        number = statement.stage.number
        if rating is None or number > aim:
            continue
        stays = number == aim or statement.lasting
        wants.append((statement, 1 - rating if stays else rating))
    return wants
