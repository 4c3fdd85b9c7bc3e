"""What a team could do next: breakthrough points, ranked by no other figures than those that show."""

from collections.abc import Iterable
from dataclasses import dataclass

from bt_assess.core.disclosure import Shown, ShownTheme
from bt_assess.core.rubric import BreakthroughPoint, Rubric, RubricTheme, Stage, Statement
from bt_assess.core.scoring import mean, mean_rating, nearest_stage


@dataclass(frozen=True)
class TeamSuggestion:
    """A breakthrough point with its need (0..1) and the statements that raised it, most first."""

    theme_id: str
    point: BreakthroughPoint
    need: float
    statements: tuple[Statement, ...]


def talk_first(theme: ShownTheme) -> bool:
    """Whether talking comes before doing: two camps, far apart, or more mixed than placed."""
    apart = theme.agreement is not None and theme.agreement.value == "apart"
    return bool(theme.two_camps or apart or (theme.mixed or 0) > (theme.n or 0))


def team_suggestions(
    theme: RubricTheme, shown: Shown, agreed: Stage | None
) -> tuple[TeamSuggestion, ...]:
    """All points of a theme, most needed first: as for one person, with the team's mean ratings.

    The stage aimed at is the one after what the team agreed on, else after its stage, or the one
    nearest to its centre in two camps; none where there is nothing of this.
    """
    found = shown.theme(theme.id)
    here = agreed or found.stage
    if here is None and found.centre is not None:
        here = nearest_stage(found.centre)
    if here is None:
        return ()
    aim = min(here.number + 1, 3)
    ratings = {s.id: r for s in theme.statements if (r := _rating(shown, s.id)) is not None}
    fallback = _wants(theme.statements, aim, ratings)
    ranked = []
    for point in theme.points:
        wants = _wants((s for s in theme.statements if s.strand in point.strands), aim, ratings)
        wants = wants or fallback
        raised = sorted((w for w in wants if w[1] > 0), key=lambda w: -round(w[1], 9))
        need = mean(want for _, want in wants) if wants else 0.0
        ranked.append(TeamSuggestion(theme.id, point, need, tuple(s for s, _ in raised)))
    return tuple(sorted(ranked, key=lambda s: -round(s.need, 9)))


def first_team_steps(
    rubric: Rubric, shown: Shown, most: int = 6, per_theme: int = 2
) -> tuple[TeamSuggestion, ...]:
    """The most needed points across themes, what lies further back first."""
    ranked: list[tuple[float, TeamSuggestion]] = []
    for theme in rubric.themes:
        centre = shown.theme(theme.id).centre
        if centre is not None:
            room = (3 - centre) / 2
            best = team_suggestions(theme, shown, None)[:per_theme]
            ranked += [(-round(s.need * room, 9), s) for s in best]
    return tuple(s for _, s in sorted(ranked, key=lambda pair: pair[0])[:most])


def _rating(shown: Shown, statement_id: str) -> float | None:
    """The mean rating (0..1) of a statement, from counts that may be shown."""
    counts = shown.statement(statement_id).counts
    return None if counts is None else mean_rating(counts)


def _wants(
    statements: Iterable[Statement], aim: int, ratings: dict[str, float]
) -> list[tuple[Statement, float]]:
    wants = []
    for statement in statements:
        rating, number = ratings.get(statement.id), statement.stage.number
        if rating is None or number > aim:
            continue
        stays = number == aim or statement.lasting
        wants.append((statement, 1 - rating if stays else rating))
    return wants
