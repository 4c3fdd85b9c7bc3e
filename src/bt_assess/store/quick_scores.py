"""Scoring very many sessions: the rule of core/scoring.py, from sums that are kept.

A stage of a theme has half a dozen statements, and the same answers to them come again and again:
what they add up to is worked out once. Tests hold the results against `core.scoring.score`.
"""

from collections.abc import Callable
from math import fsum, sqrt
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:  # the processes that read an archive are to start at once
    from bt_assess.core.rubric import Rubric

Place: TypeAlias = tuple[
    str, int | None, int | None, int | None, int | None, str | None, str | None
]
"""A theme's status, position, se, low, high, stage and confidence; figures in millionths."""
NONE = "-"
"""In place of a letter, where there is no answer."""

_RATINGS = {"n": 0.0, "p": 1 / 3, "m": 2 / 3, "f": 1.0}
_NOT_APPLICABLE = "x"
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
            _stages(theme["stages"], set(theme["lasting"])) for theme in recipe["themes"]
        ]
        self._since: dict[int, str] = {int(place): v for place, v in recipe["since"].items()}
        self._later: dict[str, frozenset[int]] = {}

    def score(self, ids: tuple[str, ...], letters: str, version: str) -> list[Place]:
        """Where answers place somebody, a theme each; those to other statements do not count.

        `letters` are the answers as store/canonical.py has them, `version` is the rubric's that was
        answered: what came into it later was not asked, as core/asked.py has it.
        """
        if ids != self.ids:
            given = dict(zip(ids, letters, strict=True))
            letters = "".join([given.get(statement_id, NONE) for statement_id in self.ids])
            if later := self._came_after(version):
                letters = "".join(
                    [_NOT_APPLICABLE if place in later and letter == NONE else letter
                     for place, letter in enumerate(letters)]
                )  # fmt: skip
        return [
            _place(first[of_first(letters)], middle[of_middle(letters)], last[of_last(letters)])
            for first, of_first, middle, of_middle, last, of_last in self._themes
        ]

    def _came_after(self, version: str) -> frozenset[int]:
        """The places of the statements that are newer than this version."""
        if not self._since:
            return frozenset()
        if version not in self._later:
            than = _numbers(version)
            self._later[version] = frozenset(
                place for place, since in self._since.items() if _numbers(since) > than
            )
        return self._later[version]

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
        "since": {place[i]: s.since for i, s in rubric.statements.items() if s.since},
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


def _numbers(version: str) -> tuple[int, ...]:
    """As core/rubric.py compares versions; 1.0 and 1 are the same."""
    parts = [int(part) for part in version.split(".")]
    return (*parts, *(0,) * (3 - len(parts)))


Chooser: TypeAlias = Callable[[str], str]


class _Stage(dict[str, _Sums]):
    """What the answers to a stage's statements add up to, by their letters; worked out once."""

    def __init__(self, places: list[int], lasting: set[int]) -> None:
        super().__init__()
        self._lasting = [place in lasting for place in places]

    def __missing__(self, letters: str) -> _Sums:
        if len(self) > _MOST_KEPT:
            self.clear()
        found = self[letters] = self._add_up(letters)
        return found

    def _add_up(self, letters: str) -> _Sums:
        plain: list[float] = []
        lasting: list[float] = []
        for letter, is_lasting in zip(letters, self._lasting, strict=True):
            if letter in _RATINGS:
                (lasting if is_lasting else plain).append(_RATINGS[letter])
        rated = len(plain) + len(lasting)
        return _Sums(
            rated,
            len(letters) - letters.count(_NOT_APPLICABLE),
            fsum(plain + lasting) / rated if rated else 0.0,
            fsum(plain),
            fsum(lasting),
            fsum(a * a for a in plain),
            fsum(a * a for a in lasting),
        )


def _stages(
    stages: list[list[int]], lasting: set[int]
) -> tuple[_Stage, Chooser, _Stage, Chooser, _Stage, Chooser]:
    first, middle, last = stages
    return (
        _Stage(first, lasting), _chooser(first),
        _Stage(middle, lasting), _chooser(middle),
        _Stage(last, lasting), _chooser(last),
    )  # fmt: skip


def _chooser(places: list[int]) -> Chooser:
    """What picks a stage's letters: mostly they are beside each other."""
    if places and places == list(range(places[0], places[-1] + 1)):
        return itemgetter(slice(places[0], places[-1] + 1))
    return lambda letters: "".join([letters[place] for place in places])


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
    if se < 0.05:
        se = 0.05
    low, high = p - 2 * se, p + 2 * se
    shown = (
        int(p * 1e6 + 0.5), int(se * 1e6 + 0.5), int(low * 1e6 + 0.5) if low > 1 else 1_000_000,
        int(high * 1e6 + 0.5) if high < 3 else 3_000_000,
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
