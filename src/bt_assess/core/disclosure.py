"""What may be shown of a group: the one place that decides, for every screen, command and export.

With names, everybody agreed beforehand to be seen, so everything shows. Without names:

- Nothing before the round is opened, and nothing of people who are not written down in the round
  (`publication`) first: what was shown before decides what may be shown next.
- A figure is of five people or more, a single person's place among eight or more; a facilitator may
  ask for more of both, and never for fewer.
- A table has two floors. How many rated a statement, did not know, or have a place in a theme, is
  counted over everybody. What the raters said, or where the placed stand, is counted over them
  alone, and they must be enough.
- No two publications of the same figure differ by fewer people than that: whoever subtracts one from
  the other would have those people's answers. Where too few of those who came late rated a statement,
  its figures stay as they were shown before.

Within a table nobody can be told from anybody else. Where all say the same, everybody knows it.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import accumulate

from bt_assess.core.asked import elsewhere
from bt_assess.core.round import Round, Step
from bt_assess.core.rubric import Rubric, RubricTheme, Stage
from bt_assess.core.scoring import Answers, ByStage, Confidence, mean, mean_rating
from bt_assess.core.session import Answer
from bt_assess.core.team import (
    Closeness,
    TeamStatement,
    TeamTheme,
    as_asked,
    is_placed,
    is_rated,
    team_statement,
    team_theme,
)

GRAIN = 0.05
"""Places are shown to the nearest twentieth: all its digits would tell a person's answers apart."""
_OPEN = (Step.DISCUSSING, Step.ACTING, Step.DONE)


class Why(StrEnum):
    """Why something is not shown."""

    NOT_OPEN = "not open"
    """The round has not been opened yet."""
    TOO_FEW = "too few"
    """Fewer people than figures need."""
    TOO_FEW_FOR_PLACES = "too few for places"
    """Enough for a figure, too few for single places."""
    A_REST = "a rest"
    """It would leave one to four people over, against what was shown before."""
    NOBODY = "nobody"
    """There is nothing to show."""


@dataclass(frozen=True)
class Person:
    """What one person gave in; `name` only where the round has names."""

    sealed_name: str
    answers: Answers
    notes: Mapping[str, str]
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownTheme:
    """Of a theme, what may be shown: as `TeamTheme`, None for the rest, and why.

    `people` is how many it is of: fewer than were counted where it stays as it was shown before.
    """

    theme_id: str
    people: int | None = None
    n: int | None = None
    centre: float | None = None
    low: float | None = None
    high: float | None = None
    interval: bool | None = None
    ad: float | None = None
    agreement: Closeness | None = None
    a: float | None = None
    counts: Mapping[Stage, int] | None = None
    two_camps: bool | None = None
    stage: Stage | None = None
    confidence: Confidence | None = None
    mixed: int | None = None
    not_recognised: int | None = None
    not_enough: int | None = None
    positions: tuple[float, ...] | None = None
    strands: Mapping[str, ByStage] | None = None
    withheld: Why | None = None


@dataclass(frozen=True, kw_only=True)
class ShownStatement:
    """Of a statement, what may be shown; `notes` in no order that says anything.

    `people` is how many it is of, and `rated`, `unknown`, `not_applicable` are counts of them, told
    also where too few rated it for `counts`.
    """

    id: str
    people: int | None = None
    rated: int | None = None
    unknown: int | None = None
    not_applicable: int | None = None
    counts: Mapping[Answer, int] | None = None
    median: float | None = None
    ad: float | None = None
    a: float | None = None
    disputed: bool | None = None
    notes: tuple[str, ...] = ()
    withheld: Why | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """All that may be shown of a vote. `counted` are the sealed files that the figures are of.

    `late` came too late to be counted until they are enough; `people` is for rounds with names.
    `elsewhere` are statements that were answered and are not in the rubric in use, by id.
    """

    respondents: int
    shown: bool
    why_not: Why | None
    themes: tuple[ShownTheme, ...]
    statements: tuple[ShownStatement, ...]
    counted: tuple[str, ...] = ()
    late: int = 0
    people: tuple[Person, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def theme(self, theme_id: str) -> ShownTheme:
        return next(theme for theme in self.themes if theme.theme_id == theme_id)

    def statement(self, statement_id: str) -> ShownStatement:
        return next(s for s in self.statements if s.id == statement_id)


def may_be_counted(round_: Round, names: Sequence[str]) -> tuple[tuple[str, ...], Why | None]:
    """Of the sealed files that can be read, those that the figures may be of, or why none may.

    The first publication takes everybody who is there. Later ones take the same people, and those
    who came late as soon as they are as many as figures need. Where some of those published before
    are gone, nothing shows: the difference would be theirs.
    """
    here = set(names)
    if round_.named:
        return tuple(sorted(here)), None if here else Why.NOBODY
    before = {name for batch in round_.published for name in batch}
    if before - here or any(len(batch) < round_.figures_from for batch in round_.published):
        return (), Why.A_REST
    late = here - before
    counted = here if len(late) >= round_.figures_from else before
    if not counted:
        return (), Why.TOO_FEW
    return tuple(sorted(counted)), None


def publication(round_: Round, names: Sequence[str]) -> Round:
    """The round with everybody written down whom the next figures may be of.

    Save it before you `disclose`: a batch that was shown and forgotten could be shown again with one
    person more. The same round comes back where there is nobody new, or it is not open.
    """
    if round_.step not in _OPEN:
        return round_
    return round_.shown(may_be_counted(round_, names)[0])


def disclose(rubric: Rubric, round_: Round, people: Sequence[Person]) -> Shown:
    """What may be shown of a round to anybody, the facilitator included.

    Of the people who were written down by `publication`, and nobody else; before that, nothing.
    """
    if round_.step not in _OPEN:
        return _nothing(rubric, round_.given_in, Why.NOT_OPEN)
    if why := may_be_counted(round_, [person.sealed_name for person in people])[1]:
        return _nothing(rubric, len(people), why)
    if round_.named:
        return _shown(rubric, rubric.themes, round_, people, [len(people)], late=0)
    if not round_.published:
        return _nothing(rubric, len(people), Why.NOT_OPEN)
    by_name = {person.sealed_name: person for person in people}
    counted = [by_name[name] for batch in round_.published for name in batch]
    ends = list(accumulate(len(batch) for batch in round_.published))
    return _shown(rubric, rubric.themes, round_, counted, ends, late=len(people) - len(counted))


def disclose_revote(
    rubric: Rubric, round_: Round, theme_id: str, people: Sequence[Person], first: Shown
) -> Shown:
    """What may be shown of a second vote on a theme, beside the first.

    Without names it shows when everybody has voted who was counted in the first vote, neither one
    fewer nor one more, and every file is there: a vote watched while it grows gives newcomers away.
    """
    names = {person.sealed_name for person in people}
    revote = round_.revote(theme_id)
    why = None
    if round_.step not in _OPEN:
        why = Why.NOT_OPEN
    elif not names:
        why = Why.NOBODY
    elif not round_.named:
        if len(names) < round_.figures_from:
            why = Why.TOO_FEW
        elif revote is None or names != set(revote.sealed) or len(names) != len(first.counted):
            why = Why.A_REST
    if why is not None:
        return _nothing(rubric, len(people), why)
    # Which of them had voted when fewer were counted is not known, so all of them must have rated.
    whole = not round_.named and len(round_.published) > 1
    ends = [len(people)]
    return _shown(rubric, [rubric.theme(theme_id)], round_, people, ends, late=0, whole=whole)


def _shown(
    rubric: Rubric,
    themes: Iterable[RubricTheme],
    round_: Round,
    counted: Sequence[Person],
    ends: Sequence[int],
    *,
    late: int,
    whole: bool = False,
) -> Shown:
    """What shows of people, of whom so many had been counted at the end of each publication.

    With `whole`, a figure shows only where nobody is missing from it.
    """
    answers = [person.answers for person in counted]

    def sizes(belongs: Callable[[Answers], bool]) -> Sequence[int]:
        so_far = list(accumulate(belongs(each) for each in answers))
        return [so_far[end - 1] for end in ends]

    found_themes: list[ShownTheme] = []
    found_statements: list[ShownStatement] = []
    for theme in themes:
        statements = []
        for each in theme.statements:
            at = _last_told(sizes(partial(is_rated, each)), round_)
            found = team_statement(each, answers[: ends[at]])
            shown = _statement(found, round_, whole, waits=at < len(ends) - 1)
            statements.append(replace(shown, notes=_shuffled(each.id, counted, round_)))
        if round_.rubric.version != rubric.version:
            # By the first who were shown, so that nobody who comes late changes their figures.
            theme = as_asked(theme, round_.rubric.version, answers[: ends[0]])
        placed = sizes(partial(is_placed, theme)) if len(ends) > 1 else [0]
        at = _last_told(placed, round_)
        together = team_theme(theme, answers[: ends[at]])
        drawn = _may_draw_places(placed if len(ends) > 1 else [together.n], round_)
        shown_theme = _theme(together, round_, whole, drawn, waits=at < len(ends) - 1)
        strands = _own_strands(together) if round_.named else _strands(theme, statements)
        found_themes.append(replace(shown_theme, strands=strands))
        found_statements += statements
    return Shown(
        respondents=len(counted), shown=True, why_not=None, late=late,
        themes=tuple(found_themes), statements=tuple(found_statements),
        counted=tuple(sorted(person.sealed_name for person in counted)),
        people=tuple(counted) if round_.named else (),
        elsewhere=elsewhere(rubric, answers[: ends[0]], 1 if round_.named else round_.figures_from),
    )  # fmt: skip


def _last_told(sizes: Sequence[int], round_: Round) -> int:
    """Which publication a figure is of that was of so many people at each.

    It moves on when that adds nobody, or as many people as figures need.
    """
    at = told = 0
    for number, size in enumerate(sizes):
        if round_.named or not told or size == told or size - told >= round_.figures_from:
            at = number
            told = size if size >= round_.figures_from else 0
    return at


def _may_draw_places(sizes: Sequence[int], round_: Round) -> bool:
    """Whether single places show, of a figure that was told of so many people at each publication.

    Places drawn before can be taken away from those drawn now, so that what is left counts too.
    """
    drawn, may = 0, False
    for number in range(len(sizes)):
        size = sizes[_last_told(sizes[: number + 1], round_)]
        rest = size - drawn
        may = size >= round_.pictures_from and (rest == 0 or rest >= round_.pictures_from)
        drawn = size if may else drawn
    return may or round_.named


def _theme(last: TeamTheme, round_: Round, whole: bool, drawn: bool, *, waits: bool) -> ShownTheme:
    common = ShownTheme(
        theme_id=last.theme_id, people=last.people, n=last.n, mixed=last.mixed,
        not_recognised=last.not_recognised, not_enough=last.not_enough,
        withheld=Why.A_REST if waits else None,
    )  # fmt: skip
    if why := _no_figure(last.n, last.people, round_, whole):
        return replace(common, withheld=why)
    grained = _exact if round_.named else _grained
    figures = replace(
        common, centre=grained(last.centre), ad=grained(last.ad), agreement=last.agreement,
        a=_exact(last.a), counts=last.counts, two_camps=last.two_camps, stage=last.stage,
        confidence=last.confidence,
    )  # fmt: skip
    if not drawn:
        why = Why.TOO_FEW_FOR_PLACES if last.n < round_.pictures_from else Why.A_REST
        return replace(figures, withheld=common.withheld or why)
    return replace(
        figures, low=grained(last.low), high=grained(last.high), interval=last.interval,
        positions=tuple(grained(p) or p for p in last.positions),
    )  # fmt: skip


def _statement(last: TeamStatement, round_: Round, whole: bool, *, waits: bool) -> ShownStatement:
    common = ShownStatement(
        id=last.statement.id, people=last.people, rated=last.rated,
        unknown=last.counts[Answer.UNKNOWN], not_applicable=last.counts[Answer.NOT_APPLICABLE],
        withheld=Why.A_REST if waits else None,
    )  # fmt: skip
    if why := _no_figure(last.rated, last.people, round_, whole):
        return replace(common, withheld=why)
    return replace(
        common, counts=last.counts, median=last.median, ad=_exact(last.ad), a=_exact(last.a),
        disputed=last.disputed,
    )  # fmt: skip


def _no_figure(size: int, people: int, round_: Round, whole: bool) -> Why | None:
    """Why there is no figure of so many of the people."""
    if size == 0:
        return Why.NOBODY
    if not round_.named and size < round_.figures_from:
        return Why.TOO_FEW
    return Why.A_REST if whole and size < people else None


def _shuffled(statement_id: str, people: Sequence[Person], round_: Round) -> tuple[str, ...]:
    """The notes on a statement; in another order at each one, so that no two can be joined."""
    found = [(p.notes[statement_id], p.name) for p in people if statement_id in p.notes]
    if round_.named:
        return tuple(f"{name}: {note}" if name else note for note, name in found)

    def lot(note: str) -> str:  # From the words themselves, so that it tells nothing else.
        return hashlib.sha256(f"{round_.id} {statement_id} {note}".encode()).hexdigest()

    return tuple(sorted((note for note, _ in found), key=lot))


def _nothing(rubric: Rubric, respondents: int, why: Why) -> Shown:
    return Shown(
        respondents=respondents, shown=False, why_not=why,
        themes=tuple(ShownTheme(theme_id=theme.id, withheld=why) for theme in rubric.themes),
        statements=tuple(ShownStatement(id=each, withheld=why) for each in rubric.statements),
    )  # fmt: skip


def _own_strands(theme: TeamTheme) -> Mapping[str, ByStage]:
    """How true each stage is of a strand: the mean of what it is to each person."""
    return {
        strand: {stage: _exact(found[0]) if found else None for stage, found in stages.items()}
        for strand, stages in theme.strands.items()
    }


def _strands(
    theme: RubricTheme, statements: Sequence[ShownStatement]
) -> Mapping[str, Mapping[Stage, float | None]]:
    """How true each stage is of a strand, from counts that show: it says nothing that they do not.

    The mean over people would say how somebody who left one statement out rated the others.
    """
    shown = {statement.id: statement for statement in statements}

    def told(strand: str, stage: Stage) -> float | None:
        of_stage = [shown[s.id] for s in theme.of_strand(strand) if s.stage is stage]
        rated = [each for each in of_stage if each.withheld is not Why.NOBODY]
        ratings = [r for each in rated if (r := mean_rating(each.counts or {})) is not None]
        return _exact(mean(ratings)) if ratings and len(ratings) == len(rated) else None

    return {strand.id: {s: told(strand.id, s) for s in Stage} for strand in theme.strands}


def _grained(value: float | None) -> float | None:
    return None if value is None else round(round(value / GRAIN) * GRAIN, 2)


def _exact(value: float | None) -> float | None:
    """A figure that counts which are shown already tell: only the noise of a float is cut off."""
    return None if value is None else round(value, 9)
