"""A team's profile: where its people stand together, and where they see things differently.

The rule is explained in docs/scoring.md. What of this may be shown is for `disclosure` to say: no
screen, command or export reads a team profile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import comb
from typing import Any

from bt_assess.core.rubric import Rubric, RubricTheme, Stage, Statement, is_newer
from bt_assess.core.scoring import (
    CUTS,
    Answers,
    Confidence,
    Status,
    mean,
    nearest_stage,
    score_theme,
    strand_endorsement,
)
from bt_assess.core.session import Answer

CODES = {Answer.NOT: 0, Answer.PARTLY: 1, Answer.MOSTLY: 2, Answer.FULLY: 3}
"""The four ratings as whole numbers, 0..3, for medians and distances."""
DISPUTED = 2 / 3
"""Average distance from the median, in answers, above which a statement is disputed."""
_CLOSE, _SPREAD = 0.20, 0.40
_ENOUGH = 5
"""From how many people an interval says something; below, the range of all is told."""


class Closeness(StrEnum):
    """How near to one another a team's people stand (Burke & Dunlap's cut-off)."""

    CLOSE = "close"
    SOME_SPREAD = "some spread"
    APART = "apart"


@dataclass(frozen=True, kw_only=True)
class TeamTheme:
    """One theme of a team.

    `n` people have a place; `positions` are theirs in order, 1..3, as are `centre`, `low` and
    `high`; `interval` says whether those two are an interval or, below five people, the range. `ad`
    is in stages, 0..1; `a` is -1..1. The rest are counts of people without a place.
    """

    theme_id: str
    people: int
    n: int
    positions: tuple[float, ...] = ()
    centre: float | None = None
    low: float | None = None
    high: float | None = None
    interval: bool = False
    ad: float | None = None
    agreement: Closeness | None = None
    a: float | None = None
    counts: Mapping[Stage, int]
    two_camps: bool = False
    stage: Stage | None = None
    confidence: Confidence | None = None
    mixed: int = 0
    not_recognised: int = 0
    not_enough: int = 0
    strands: Mapping[str, Mapping[Stage, tuple[float, int] | None]]
    """By strand and stage: how true it is together (0..1), and to how many people."""


@dataclass(frozen=True, kw_only=True)
class TeamStatement:
    """How a team answered a statement. `median` is 0..3, `ad` 0..1.5, `a` -1..1; None unrated."""

    statement: Statement
    people: int
    counts: Mapping[Answer, int]
    rated: int
    median: float | None = None
    ad: float | None = None
    a: float | None = None
    disputed: bool = False


@dataclass(frozen=True)
class TeamProfile:
    """What scoring makes of a round: themes and statements in the rubric's order."""

    people: int
    themes: tuple[TeamTheme, ...]
    statements: tuple[TeamStatement, ...]


def team_profile(rubric: Rubric, people: Sequence[Answers]) -> TeamProfile:
    """The profile of a team; in which order its people come makes no difference."""
    return TeamProfile(
        len(people),
        tuple(team_theme(theme, people) for theme in rubric.themes),
        tuple(team_statement(statement, people) for statement in rubric.statements.values()),
    )


def as_asked(theme: RubricTheme, version: str, people: Sequence[Answers]) -> RubricTheme:
    """The theme as people were asked it who answered this version of the rubric.

    What is newer, and nobody answered, is not missing.
    """
    known = {i for answers in people for i in answers}
    statements = tuple(
        s for s in theme.statements
        if s.id in known or not s.since or not is_newer(s.since, version)
    )  # fmt: skip
    return theme.model_copy(update={"statements": statements})


def team_theme(theme: RubricTheme, people: Sequence[Answers]) -> TeamTheme:
    """One theme over everybody whose own score has a place."""
    scores = [score_theme(theme, answers) for answers in people]
    placed = sorted(
        s.position for s in scores if s.status is Status.PLACED and s.position is not None
    )
    counts = {stage: sum(s.stage is stage for s in scores) for stage in Stage}

    def having(status: Status) -> int:
        return sum(s.status is status for s in scores)

    return TeamTheme(
        theme_id=theme.id, people=len(people), counts=counts,
        mixed=having(Status.MIXED), not_recognised=having(Status.NOT_RECOGNISED),
        not_enough=having(Status.NOT_ENOUGH),
        strands={strand.id: _together(theme, strand.id, people) for strand in theme.strands},
        **_figures(placed, counts),
    )  # fmt: skip


def _figures(placed: Sequence[float], counts: Mapping[Stage, int]) -> dict[str, Any]:
    if not placed:
        return {"n": 0}
    n = len(placed)
    centre = median(placed)
    k = interval_rank(n)
    low, high = placed[k - 1], placed[n - k]
    ad = mean(abs(p - centre) for p in placed)
    a = agreement_a(tuple(counts.values()))
    two_camps = n >= _ENOUGH and round(a, 9) < 0
    open_between = any(round(low - cut, 9) <= 0 < round(high - cut, 9) for cut in CUTS)
    return {
        "n": n, "positions": tuple(placed), "centre": centre, "low": low, "high": high,
        "interval": n >= _ENOUGH, "ad": ad, "agreement": closeness(ad), "a": a,
        "two_camps": two_camps,
        "stage": None if two_camps else nearest_stage(centre),
        "confidence": None if two_camps
        else Confidence.TENTATIVE if open_between else Confidence.FIRM,
    }  # fmt: skip


def team_statement(statement: Statement, people: Sequence[Answers]) -> TeamStatement:
    """How everybody answered one statement."""
    given = [answers.get(statement.id) for answers in people]
    counts = {answer: sum(g is answer for g in given) for answer in Answer}
    codes = sorted(CODES[g] for g in given if g in CODES)
    if not codes:
        return TeamStatement(statement=statement, people=len(people), counts=counts, rated=0)
    middle = median(codes)
    ad = mean(abs(code - middle) for code in codes)
    return TeamStatement(
        statement=statement, people=len(people), counts=counts, rated=len(codes), median=middle, ad=ad,
        a=agreement_a([codes.count(code) for code in CODES.values()]),
        disputed=round(ad - DISPUTED, 9) > 0,
    )  # fmt: skip


def is_placed(theme: RubricTheme, answers: Answers) -> bool:
    """Whether these answers have a place in a theme, and so count in a team's figures."""
    return score_theme(theme, answers).status is Status.PLACED


def is_rated(statement: Statement, answers: Answers) -> bool:
    """Whether these answers rate a statement, and so count in its figures."""
    return answers.get(statement.id) in CODES


def most_divided(statements: Sequence[TeamStatement]) -> tuple[TeamStatement, ...]:
    """The rated statements, the most divided first: AD down, then A up, then the grid's order."""
    rated = [s for s in statements if s.ad is not None and s.a is not None]
    return tuple(sorted(rated, key=lambda s: (-round(s.ad or 0.0, 9), round(s.a or 0.0, 9))))


def median(values: Sequence[float]) -> float:
    """The middle one of one value or more, or the mean of the middle two."""
    found = sorted(values)
    half = len(found) // 2
    return float(found[half]) if len(found) % 2 else (found[half - 1] + found[half]) / 2


def interval_rank(n: int) -> int:
    """Which value from either end bounds the median's interval of at least 90 %.

    The largest k with 1 - 2 Bin(k - 1; n, 1/2) >= 0.9 from five people on, else 1.
    """
    k = 1
    if n >= _ENOUGH:
        while 1 - 2 * sum(comb(n, i) for i in range(k + 1)) / 2**n >= 0.9:
            k += 1
    return k


def closeness(ad: float) -> Closeness:
    """What an average distance from the centre (in stages) amounts to."""
    if round(ad - _CLOSE, 9) <= 0:
        return Closeness.CLOSE
    return Closeness.SOME_SPREAD if round(ad - _SPREAD, 9) <= 0 else Closeness.APART


def agreement_a(counts: Sequence[int]) -> float:
    """Van der Eijk's A of counts over ordered categories: 1 all in one, 0 even, -1 at both ends.

    Counts are taken apart in layers of equal height; each layer's pattern has its own A, and they
    are weighed by the people in them (Van der Eijk, Measuring agreement in ordered rating scales,
    Quality & Quantity 35, 2001). Raises ValueError where nobody is counted.
    """
    left, people = list(counts), sum(counts)
    if people <= 0:
        raise ValueError("nobody is counted")
    total = 0.0
    while any(left):
        height = min(count for count in left if count)
        pattern = [bool(count) for count in left]
        total += height * sum(pattern) / people * _pattern_a(pattern)
        left = [count - height if count else 0 for count in left]
    return total


def _pattern_a(pattern: Sequence[bool]) -> float:
    categories, filled = len(pattern), sum(pattern)
    if filled == 1:
        return 1.0
    one_top = two_tops = 0
    for first, middle, last in combinations(pattern, 3):
        one_top += (first, middle, last) in ((True, True, False), (False, True, True))
        two_tops += (first, middle, last) == (True, False, True)
    if not one_top + two_tops:
        return 0.0
    unimodal = ((categories - 2) * one_top - (categories - 1) * two_tops) / (
        (categories - 2) * (one_top + two_tops)
    )
    return unimodal * (1 - (filled - 1) / (categories - 1))


def _together(
    theme: RubricTheme, strand_id: str, people: Sequence[Answers]
) -> Mapping[Stage, tuple[float, int] | None]:
    """A strand's endorsement by stage: the mean of what each person's own is."""
    own = [strand_endorsement(theme, strand_id, answers) for answers in people]
    found: dict[Stage, tuple[float, int] | None] = {}
    for stage in Stage:
        values = [v for each in own if (v := each[stage]) is not None]
        found[stage] = (mean(values), len(values)) if values else None
    return found
