"""One respondent's position per theme. The rule is explained in docs/scoring.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt
from typing import TypeAlias

from bt_assess.core.rubric import Rubric, RubricTheme, Stage, Statement
from bt_assess.core.session import Answer

SCORING_VERSION = 1
CUTS = (1.5, 2.5)
"""Positions at which one stage ends and the next begins; a tie goes to the lower stage."""

Answers: TypeAlias = Mapping[str, Answer]
ByStage: TypeAlias = Mapping[Stage, float | None]


class Status(StrEnum):
    PLACED = "placed"
    MIXED = "mixed"
    NOT_RECOGNISED = "not_recognised"
    NOT_ENOUGH = "not_enough"


class Pattern(StrEnum):
    """The two shapes of a mixed picture."""

    SPLIT = "split"
    FLAT = "flat"


class Confidence(StrEnum):
    FIRM = "firm"
    TENTATIVE = "tentative"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, kw_only=True)
class ThemeScore:
    """What one theme's answers come to.

    `position`, `low`, `high` are 1..3; `se` is in stages; `coherence`, `coverage`, `raw` and
    `effective` (endorsement by stage) are 0..1. What does not exist is None: without enough
    answers, or where nothing is recognised, there is no position; a mixed picture has no stage.
    """

    theme_id: str
    status: Status
    rated: int
    applicable: int
    coverage: float
    raw: ByStage
    effective: ByStage
    pattern: Pattern | None = None
    position: float | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    coherence: float | None = None
    stage: Stage | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True)
class Profile:
    """What scoring makes of a session: a score per theme, in the rubric's order."""

    themes: tuple[ThemeScore, ...]

    def theme(self, theme_id: str) -> ThemeScore:
        return next(score for score in self.themes if score.theme_id == theme_id)


def mean(values: Iterable[float]) -> float:
    """The mean of one value or more, summed exactly, so that their order does not matter."""
    found = tuple(values)
    return fsum(found) / len(found)


def mean_rating(counts: Mapping[Answer, int]) -> float | None:
    """The mean rating (0..1) behind counts of answers; None where nobody rated."""
    ratings = [
        r for answer, n in counts.items() if (r := answer.rating) is not None for _ in range(n)
    ]
    return mean(ratings) if ratings else None


def score(rubric: Rubric, answers: Answers) -> Profile:
    """The profile of a session's answers; answers to other rubrics' statements are ignored."""
    return Profile(tuple(score_theme(theme, answers) for theme in rubric.themes))


def score_theme(theme: RubricTheme, answers: Answers) -> ThemeScore:
    """The score of one theme, by the eight steps of docs/scoring.md."""
    rated = {stage: _rated(theme.statements, stage, answers) for stage in Stage}
    raw: dict[Stage, float | None] = {
        stage: mean(a for _, a in found) if found else None for stage, found in rated.items()
    }
    count = sum(map(len, rated.values()))
    applicable = sum(answers.get(s.id) is not Answer.NOT_APPLICABLE for s in theme.statements)
    coverage = count / applicable if applicable else 0.0

    if coverage < 0.5 or any(len(found) < 2 for found in rated.values()):
        return ThemeScore(
            theme_id=theme.id, status=Status.NOT_ENOUGH, rated=count, applicable=applicable,
            coverage=coverage, raw=raw, effective=dict.fromkeys(Stage),
        )  # fmt: skip

    adjusted = {stage: _adjusted(stage, found, raw) for stage, found in rated.items()}
    e = {stage: mean(values) for stage, values in adjusted.items()}
    effective: dict[Stage, float | None] = {**e}
    if _below(max(e.values()), 1 / 3):
        return ThemeScore(
            theme_id=theme.id, status=Status.NOT_RECOGNISED, rated=count, applicable=applicable,
            coverage=coverage, raw=raw, effective=effective,
        )  # fmt: skip

    total = sum(e[s] ** 2 for s in Stage)
    p = min(3.0, max(1.0, sum(s.number * e[s] ** 2 for s in Stage) / total))
    se = _standard_error(e, adjusted, p, total)
    coherence = 1 - sqrt(sum(e[s] ** 2 * (s.number - p) ** 2 for s in Stage) / total)
    first, middle, last = (e[s] for s in Stage)
    ends = min(first, last)
    split = _below(middle, ends) and not _below(ends, 1 / 3)
    mixed = split or _below(coherence, 0.25)
    thin = coverage < 0.75 or any(len(found) < 3 for found in rated.values())
    return ThemeScore(
        theme_id=theme.id,
        status=Status.MIXED if mixed else Status.PLACED,
        rated=count,
        applicable=applicable,
        coverage=coverage,
        raw=raw,
        effective=effective,
        pattern=(Pattern.SPLIT if split else Pattern.FLAT) if mixed else None,
        position=p,
        se=se,
        low=max(1.0, p - 2 * se),
        high=min(3.0, p + 2 * se),
        coherence=coherence,
        stage=None if mixed else nearest_stage(p),
        confidence=None if mixed else _confidence(p, se, thin),
    )


def nearest_stage(position: float) -> Stage:
    """The stage that a position (1..3) falls in; a tie goes to the lower one."""
    p = round(position, 9)
    if p <= CUTS[0]:
        return Stage.STARTING
    return Stage.DEVELOPING if p <= CUTS[1] else Stage.CONSOLIDATING


def strand_endorsement(theme: RubricTheme, strand_id: str, answers: Answers) -> ByStage:
    """How true each stage is of one strand (0..1), None where nothing was rated. Never a stage."""
    found: dict[Stage, float | None] = {}
    for stage in Stage:
        ratings = [a for _, a in _rated(theme.of_strand(strand_id), stage, answers)]
        found[stage] = mean(ratings) if ratings else None
    return found


def _rated(
    statements: Iterable[Statement], stage: Stage, answers: Answers
) -> list[tuple[Statement, float]]:
    """The rated statements of a stage with their ratings, 0..1."""
    return [
        (statement, rating)
        for statement in statements
        if statement.stage is stage
        and (answer := answers.get(statement.id)) is not None
        and (rating := answer.rating) is not None
    ]


def _adjusted(stage: Stage, found: list[tuple[Statement, float]], raw: ByStage) -> list[float]:
    """Ratings of a stage, with lasting statements weighed down by how true later stages are."""
    later = max((raw[s] or 0.0 for s in Stage if s.number > stage.number), default=0.0)
    return [a * (1 - later) if statement.lasting else a for statement, a in found]


def _standard_error(
    e: Mapping[Stage, float], adjusted: Mapping[Stage, list[float]], p: float, total: float
) -> float:
    """The position's standard error in stages (delta method, variances shrunk towards 1/8)."""
    variance = 0.0
    for stage, values in adjusted.items():
        slope = 2 * e[stage] * (stage.number - p) / total
        spread = (sum((a - e[stage]) ** 2 for a in values) + 1 / 8) / (len(values) + 1)
        variance += slope**2 * spread / len(values)
    return max(0.05, sqrt(variance))


def _below(value: float, limit: float) -> bool:
    """Less than, where a difference in the last digits of a float is none."""
    return round(value - limit, 9) < 0


def _confidence(p: float, se: float, thin: bool) -> Confidence:
    if thin:
        return Confidence.PROVISIONAL
    open_between = any(not _below(cut, p - 2 * se) and _below(cut, p + 2 * se) for cut in CUTS)
    return Confidence.TENTATIVE if open_between else Confidence.FIRM
