"""Scoring very many sessions: the rule of core/scoring.py, from sums that are kept.

A stage of a theme has half a dozen statements, and the same answers to them come again and again:
what they add up to is worked out once. Tests hold the results against `core.scoring.score`.
"""

from collections.abc import Callable, Sequence
from math import fsum, sqrt
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:  # the processes that read an archive are to start at once
    from bt_assess.core.rubric import Rubric

Place: TypeAlias = tuple[
    str, float | None, float | None, float | None, float | None, str | None, str | None
]
"""A theme's status, position, se, low, high, stage and confidence, six digits; None for none."""

_RATINGS = {"not": 0.0, "partly": 1 / 3, "mostly": 2 / 3, "fully": 1.0}
_STAGES = ("starting", "developing", "consolidating")
_CUTS = (1.5, 2.5)
_HAIR = 5e-10
"""A difference in the last digits of a float is none."""
_THIRD = 1 / 3 - _HAIR
_MOST_KEPT = 50_000
_NOT_ENOUGH: Place = ("not_enough", None, None, None, None, None, None)
_NOT_RECOGNISED: Place = ("not_recognised", None, None, None, None, None, None)


class _Sums(NamedTuple):
    """What the answers to a stage's statements add up to; `lasting` ones apart, and squares too."""

    rated: int
    applicable: int
    raw: float
    plain: float
    lasting: float
    plain_squares: float
    lasting_squares: float


class Scorer:
    """Scores answers by one rubric, given as plain data by `recipe`."""

    def __init__(self, recipe: dict[str, Any]) -> None:
        self.rubric_id: str = recipe["id"]
        self.ids: tuple[str, ...] = tuple(recipe["ids"])
        self.themes: tuple[str, ...] = tuple(theme["id"] for theme in recipe["themes"])
        self._themes = [
            [_Stage(places, set(theme["lasting"])) for places in theme["stages"]]
            for theme in recipe["themes"]
        ]

    def score(self, ids: tuple[str, ...], words: Sequence[str | None]) -> list[Place]:
        """Where answers place somebody, a theme each; those to other statements do not count."""
        if ids != self.ids:
            given = dict(zip(ids, words, strict=True))
            words = [given.get(statement_id) for statement_id in self.ids]
        return [_place(*(stage.sums(words) for stage in stages)) for stages in self._themes]

    def answered(self, ids: tuple[str, ...]) -> int:
        """How many of the rubric's statements have an answer."""
        return len(ids) if ids == self.ids else len(set(ids).intersection(self.ids))


def recipe(rubric: "Rubric") -> dict[str, Any]:
    """What a Scorer needs of a rubric, as JSON can hold it."""
    ids = list(rubric.statements)
    place = {statement_id: number for number, statement_id in enumerate(ids)}
    return {
        "id": rubric.id,
        "ids": ids,
        "themes": [
            {
                "id": theme.id,
                "lasting": [place[s.id] for s in theme.statements if s.lasting],
                "stages": [
                    [place[s.id] for s in theme.statements if s.stage.value == stage]
                    for stage in _STAGES
                ],
            }
            for theme in rubric.themes
        ],
    }


class _Stage:
    def __init__(self, places: list[int], lasting: set[int]) -> None:
        self._lasting = [place in lasting for place in places]
        self._chosen = _chooser(places)
        self._kept: dict[tuple[str | None, ...], _Sums] = {}

    def sums(self, words: Sequence[str | None]) -> _Sums:
        chosen = self._chosen(words)
        found = self._kept.get(chosen)
        if found is None:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            found = self._kept[chosen] = self._add_up(chosen)
        return found

    def _add_up(self, words: tuple[str | None, ...]) -> _Sums:
        plain: list[float] = []
        lasting: list[float] = []
        for word, is_lasting in zip(words, self._lasting, strict=True):
            if word in _RATINGS:
                (lasting if is_lasting else plain).append(_RATINGS[word])
        rated = len(plain) + len(lasting)
        return _Sums(
            rated,
            sum(word != "not-applicable" for word in words),
            fsum(plain + lasting) / rated if rated else 0.0,
            fsum(plain),
            fsum(lasting),
            fsum(a * a for a in plain),
            fsum(a * a for a in lasting),
        )


def _chooser(places: list[int]) -> Callable[[Sequence[str | None]], tuple[str | None, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda words: tuple(words[place] for place in places)


def _place(first: _Sums, middle: _Sums, last: _Sums) -> Place:
    # Taken apart and written out stage by stage, which saves a fifth of the time.
    n1, applicable1, _, plain1, lasting1, squares1, lasting_squares1 = first
    n2, applicable2, raw2, plain2, lasting2, squares2, lasting_squares2 = middle
    n3, applicable3, raw3, plain3, lasting3, squares3, lasting_squares3 = last
    if n1 < 2 or n2 < 2 or n3 < 2:
        return _NOT_ENOUGH
    coverage = (n1 + n2 + n3) / (applicable1 + applicable2 + applicable3)
    if coverage < 0.5:
        return _NOT_ENOUGH

    # A lasting statement counts for less, the more true the later stages are.
    w1, w2 = 1 - max(raw2, raw3), 1 - raw3
    e1 = (plain1 + w1 * lasting1) / n1
    e2 = (plain2 + w2 * lasting2) / n2
    e3 = (plain3 + lasting3) / n3
    if e1 < _THIRD and e2 < _THIRD and e3 < _THIRD:
        return _NOT_RECOGNISED

    q1, q2, q3 = e1 * e1, e2 * e2, e3 * e3
    total = q1 + q2 + q3
    p = (q1 + 2 * q2 + 3 * q3) / total
    p = 1.0 if p < 1 else (3.0 if p > 3 else p)
    # Each stage's share of the distance from the position, squared.
    c1, c2, c3 = q1 * (1 - p) ** 2, q2 * (2 - p) ** 2, q3 * (3 - p) ** 2
    # The variances of the stages' means, shrunk towards 1/8; sums of squares are never below 0.
    v1 = squares1 + w1 * w1 * lasting_squares1 - n1 * q1
    v2 = squares2 + w2 * w2 * lasting_squares2 - n2 * q2
    v3 = squares3 + lasting_squares3 - n3 * q3
    variance = (
        c1 * ((v1 if v1 > 0 else 0.0) + 0.125) / (n1 * (n1 + 1))
        + c2 * ((v2 if v2 > 0 else 0.0) + 0.125) / (n2 * (n2 + 1))
        + c3 * ((v3 if v3 > 0 else 0.0) + 0.125) / (n3 * (n3 + 1))
    )
    se = 2 * sqrt(variance) / total
    se = max(0.05, se)
    low, high = p - 2 * se, p + 2 * se
    shown = (
        round(p, 6), round(se, 6), round(low, 6) if low > 1 else 1.0,
        round(high, 6) if high < 3 else 3.0,
    )  # fmt: skip
    ends = min(e1, e3)
    is_split = e2 < ends - _HAIR and ends >= _THIRD
    if is_split or 1 - sqrt((c1 + c2 + c3) / total) < 0.25 - _HAIR:
        return ("mixed", *shown, None, None)
    stage = _STAGES[(p > _CUTS[0] + _HAIR) + (p > _CUTS[1] + _HAIR)]
    if n1 < 3 or n2 < 3 or n3 < 3 or coverage < 0.75:
        return ("placed", *shown, stage, "provisional")
    from_, to = low - _HAIR, high - _HAIR
    is_open = from_ < _CUTS[0] < to or from_ < _CUTS[1] < to
    return ("placed", *shown, stage, "tentative" if is_open else "firm")
