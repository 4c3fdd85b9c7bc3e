"""What is laid side by side: sessions and rounds, where each stood, and what has changed.

Of a session everything is known. Of a round there is what `disclosure` shows and no more: a person's
answers are never here, unless the round has names.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeAlias

from bt_assess.core.asked import profile_of
from bt_assess.core.comparison import NotComparable, Verdict, session_change
from bt_assess.core.disclosure import Shown, ShownTheme, Why
from bt_assess.core.left_out import NOTHING, LeftOut, as_people_count, of_rounds, of_sessions
from bt_assess.core.round import Round
from bt_assess.core.rubric import Rubric, RubricTheme, Stage
from bt_assess.core.scoring import Confidence, Status, ThemeScore
from bt_assess.core.session import Answer, RubricRef, Session
from bt_assess.core.team_change import team_change

WITHIN_NOISE = 0.9545
"""How often a theme that has not changed stays within two standard errors."""

NEAR = 0.05
"""A target nearer than this to where one began, in stages, is no way to go."""


class Kind(StrEnum):
    SESSION = "session"
    ROUND = "round"


class Gap(StrEnum):
    """Why there is no one place, or no change, besides what scoring and disclosure say."""

    TWO_CAMPS = "two camps"
    """A team that stands at both ends."""
    LITTLE_IN_COMMON = "little in common"
    """A place both times, and too few statements that were rated both times."""
    OTHER_STATEMENTS = "other statements"
    """A place both times, on statements that only one team was asked, in a round without names."""
    RATED_ONCE = "rated once"
    """A place both times, on statements that only one team rated, in a round without names."""
    NOT_APPLICABLE = "not applicable"
    """All of the theme was said not to apply."""
    NOT_ALIKE = "not alike"
    """A person and a team: they can be looked at together, but neither has changed into the other."""


WhyNot: TypeAlias = Status | Why | Gap

OF_TWO: tuple[WhyNot, ...] = (Gap.LITTLE_IN_COMMON, Gap.OTHER_STATEMENTS, Gap.RATED_ONCE)
"""Where each of two times has a place by itself, and the two have none on the same statements."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where somebody or a team stood in a theme.

    `position`, `low` and `high` are 1..3. Without a `position`, and only then, `gap` says why: a
    mixed picture is a gap too. `n` people have a place: one of a session that has.
    """

    theme_id: str
    position: float | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    stage: Stage | None = None
    confidence: Confidence | None = None
    n: int = 0
    gap: WhyNot | None = None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A session or a round, ready to be laid beside others.

    `name` is the person's or the round's title. One of `session` and `round` is there; `shown` goes
    with `round`.
    """

    kind: Kind
    id: str
    name: str
    team: str
    when: date
    rubric: RubricRef
    standings: tuple[Standing, ...]
    tags: tuple[str, ...] = ()
    session: Session | None = field(default=None, repr=False)
    round: Round | None = field(default=None, repr=False)
    shown: Shown | None = field(default=None, repr=False)

    def standing(self, theme_id: str) -> Standing:
        return next(s for s in self.standings if s.theme_id == theme_id)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A theme before and after.

    `before` and `after` are on the same statements, and so are all other figures: those that are not
    left out. So they may differ from the own standings of the two times. `delta` (after - before) and
    `se` are in stages. Where they, or the verdict, are None, `why_not` says why. `matched` people were
    compared with themselves, and then both standings are theirs.
    """

    theme_id: str
    before: Standing
    after: Standing
    delta: float | None = None
    se: float | None = None
    verdict: Verdict | None = None
    left_out: LeftOut = NOTHING
    matched: int | None = None
    why_not: WhyNot | None = None

    @property
    def stands_out(self) -> bool:
        """Whether it is more than noise."""
        return self.verdict in (Verdict.CHANGE, Verdict.CLEAR_CHANGE)


ChangeOf: TypeAlias = Callable[[Rubric, RubricTheme, Compared, Compared], Change]
"""Gives the change of a theme between two."""


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A theme over time. `points` are in order of their dates; a standing without a position is a gap.

    `whole` is the change from the first to the last that have a place, `latest` that from the one
    before the last; None where there are not two. `ends` are who is compared in `whole`, and `steps`
    in `latest`.
    """

    theme_id: str
    points: tuple[tuple[Compared, Standing], ...]
    whole: Change | None = None
    ends: tuple[Compared, Compared] | None = None
    latest: Change | None = None
    steps: tuple[Compared, Compared] | None = None


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A person beside a team in a theme; `difference` (person - team) is in stages, never a change."""

    theme_id: str
    person: Standing
    team: Standing
    difference: float | None = None


def of_session(rubric: Rubric, session: Session) -> Compared:
    """A session to compare, on the rubric in use. Raises NotComparable.

    What another version of the rubric did not ask does not count as missing.
    """
    _same_grid(rubric, session.rubric, f"session {session.id}")
    profile = profile_of(rubric, session)
    return Compared(
        kind=Kind.SESSION, id=session.id, name=session.respondent, team=session.team,
        tags=session.tags, when=local_date(session.finished or session.started),
        rubric=session.rubric, session=session,
        standings=tuple(_of_session(theme, session, profile.theme(theme.id)) for theme in rubric.themes),
    )  # fmt: skip


def of_round(rubric: Rubric, round_: Round, shown: Shown) -> Compared:
    """A round to compare, as far as it may be shown. Raises NotComparable."""
    _same_grid(rubric, round_.rubric, f"round {round_.id}")
    if shown.people and not round_.named:
        raise ValueError("a round without names shows nobody")
    return Compared(
        kind=Kind.ROUND, id=round_.id, name=round_.title, team=round_.team, when=round_.created,
        rubric=round_.rubric, round=round_, shown=shown,
        standings=tuple(_of_team(theme, shown) for theme in rubric.themes),
    )  # fmt: skip


def changes(rubric: Rubric, before: Compared, after: Compared) -> tuple[Change, ...]:
    """Each theme before and after, in the rubric's order: two sessions, or two rounds.

    A session and a round have no change between them: `why_not` is `Gap.NOT_ALIKE`; see `beside`.
    """
    return tuple(change_of(rubric, theme, before, after) for theme in rubric.themes)


def by_date(items: Iterable[Compared]) -> tuple[Compared, ...]:
    """In order of time; what has only a date comes first in its day.

    A round has no time of day: one that followed another of its day comes after that, and else they
    stay in the order in which they come.
    """
    found = tuple(items)
    return tuple(
        sorted(
            found,
            key=lambda each: (
                each.when, _moment(each), len(followed(each, found)), each.id if each.session else ""
            ),
        )
    )  # fmt: skip


def followed(item: Compared, among: Sequence[Compared]) -> tuple[str, ...]:
    """The rounds of its day, of these, that a round came after: the last one, the one before that."""
    rounds = {each.id: each.round for each in among if each.round and each.when == item.when}
    found: list[str] = []
    at = item.round
    while at and at.after in rounds and at.after not in (item.id, *found):
        found.append(at.after)
        at = rounds[at.after]
    return tuple(found)


def trends(
    rubric: Rubric, items: Sequence[Compared], told: ChangeOf | None = None
) -> tuple[Trend, ...]:
    """Each theme over time, in the rubric's order. `told` gives the changes that are known already."""
    ordered = by_date(items)
    return tuple(_trend(rubric, theme, ordered, told or change_of) for theme in rubric.themes)


def beside(rubric: Rubric, person: Compared, team: Compared) -> tuple[Beside, ...]:
    """A person's session beside a team's round, theme by theme."""
    found = []
    for theme in rubric.themes:
        one, other = person.standing(theme.id), team.standing(theme.id)
        apart = one.position is not None and other.position is not None
        difference = (one.position or 0.0) - (other.position or 0.0) if apart else None
        found.append(Beside(theme_id=theme.id, person=one, team=other, difference=difference))
    return tuple(found)


def progress(base: float | None, now: float | None, target: float | None) -> float | None:
    """How much of the way from `base` to `target` is done; None where there is no way to go.

    Targets are set to a tenth of a stage: nearer than half of that, one is there already. Below 0
    is further away than at first, above 1 beyond the target.
    """
    if base is None or now is None or target is None or round(abs(target - base) - NEAR, 9) < 0:
        return None
    return (now - base) / (target - base)


def false_alarms(themes: int) -> int:
    """How many comparisons in a hundred show a change in some theme though nothing has changed."""
    return round(100 * (1 - WITHIN_NOISE**themes))


def gone(rubric: Rubric, items: Iterable[Compared]) -> tuple[str, ...]:
    """The ids that there are answers to, of themes that the rubric in use does not have.

    Of its own themes, `LeftOut` has those that it does not have any more.
    """
    themes = {theme.id for theme in rubric.themes}
    answered: set[str] = set()
    for item in items:
        answered |= set(item.session.answers if item.session else ())
        answered |= set(item.shown.elsewhere if item.shown else ())
    return as_people_count(i for i in answered if i.split(".")[0] not in themes)


def _same_grid(rubric: Rubric, ref: RubricRef, what: str) -> None:
    if ref.id != rubric.id:
        raise NotComparable(f"{what} answers the rubric {ref.id!r}, not {rubric.id!r}")


def _of_score(found: ThemeScore) -> Standing:
    if found.status is not Status.PLACED:
        return Standing(theme_id=found.theme_id, gap=found.status)
    return Standing(
        theme_id=found.theme_id, position=found.position, se=found.se, low=found.low,
        high=found.high, stage=found.stage, confidence=found.confidence, n=1,
    )  # fmt: skip


def _of_session(theme: RubricTheme, session: Session, found: ThemeScore) -> Standing:
    """Where a session stood by itself."""
    said = [session.answers.get(statement.id) for statement in theme.statements]
    if found.status is Status.NOT_ENOUGH and not found.applicable and Answer.NOT_APPLICABLE in said:
        return Standing(theme_id=theme.id, gap=Gap.NOT_APPLICABLE)
    return _of_score(found)


def _of_team(theme: RubricTheme, shown: Shown) -> Standing:
    """Where a team stood by itself."""
    found = _of_shown(shown.theme(theme.id))
    said = [shown.statement(statement.id) for statement in theme.statements]
    never = any(each.not_applicable for each in said)
    if found.gap is Why.NOBODY and never and not any(each.rated or each.unknown for each in said):
        return Standing(theme_id=theme.id, gap=Gap.NOT_APPLICABLE)
    return found


def _of_shown(found: ShownTheme) -> Standing:
    people = found.n or 0
    if found.centre is None:
        return Standing(theme_id=found.theme_id, n=people, gap=found.withheld or Why.NOBODY)
    if found.two_camps:
        return Standing(theme_id=found.theme_id, n=people, gap=Gap.TWO_CAMPS)
    # Of fewer than five there is a range, which is no interval and must not be drawn as one.
    interval = bool(found.interval)
    return Standing(
        theme_id=found.theme_id, position=found.centre, n=people, stage=found.stage,
        low=found.low if interval else None, high=found.high if interval else None,
        confidence=found.confidence,
    )  # fmt: skip


def change_of(rubric: Rubric, theme: RubricTheme, before: Compared, after: Compared) -> Change:
    """A theme before and after; see `changes`."""
    if before.session and after.session:
        return _session_change(rubric, theme, before, after)
    first, second = before.standing(theme.id), after.standing(theme.id)
    if not (before.round and before.shown and after.round and after.shown):
        return Change(theme_id=theme.id, before=first, after=second, why_not=Gap.NOT_ALIKE)
    sides = (before.round, before.shown), (after.round, after.shown)
    left_out = of_rounds(rubric, theme, *sides)
    own = Change(
        theme_id=theme.id, before=first, after=second, left_out=left_out,
        why_not=first.gap or second.gap,
    )  # fmt: skip
    found = team_change(rubric, theme, *sides, left_out)
    if found.unlike:
        asked = set(found.unlike) & set(left_out.one_version)
        gap = Gap.OTHER_STATEMENTS if asked else Gap.RATED_ONCE
        return own if own.why_not else _without_places(own, gap)
    first, second = _of_shown(found.before), _of_shown(found.after)
    if any(each.n == 0 and each.not_enough for each in (found.before, found.after)):
        # Too little was rated by both: what each team lacks by itself is told.
        return own if own.why_not else _without_places(own, Gap.LITTLE_IN_COMMON)
    told = found.delta
    if told is None:
        return replace(own, before=first, after=second, why_not=first.gap or second.gap)
    return replace(
        own, before=first, after=second, delta=told.delta, se=told.se, verdict=told.verdict,
        matched=told.matched, why_not=told.why_not,
    )  # fmt: skip


def _without_places(change: Change, gap: Gap) -> Change:
    """Where the two places do not rest on the same statements, none of them is told of the two."""
    nowhere = Standing(theme_id=change.theme_id, gap=gap)
    return replace(change, before=nowhere, after=nowhere, why_not=gap)


def _session_change(
    rubric: Rubric, theme: RubricTheme, before: Compared, after: Compared
) -> Change:
    one, other = before.session, after.session
    assert one is not None and other is not None  # noqa: S101, PT018  they are two sessions
    found = session_change(theme, one, other)
    left_out = of_sessions(rubric, theme, one, other)
    first, second = _of_score(found.before), _of_score(found.after)
    if Status.NOT_ENOUGH in (first.gap, second.gap):
        # Too little was rated both times: what each time lacks by itself is told.
        first, second = before.standing(theme.id), after.standing(theme.id)
        own = Change(theme_id=theme.id, before=first, after=second, left_out=left_out)
        gap = first.gap or second.gap
        return replace(own, why_not=gap) if gap else _without_places(own, Gap.LITTLE_IN_COMMON)
    gap = first.gap or second.gap
    return Change(
        theme_id=theme.id, before=first, after=second, why_not=gap, left_out=left_out,
        delta=None if gap else found.delta, se=None if gap else found.se,
        verdict=None if gap else found.verdict,
    )  # fmt: skip


def _trend(
    rubric: Rubric, theme: RubricTheme, ordered: Sequence[Compared], told: ChangeOf
) -> Trend:
    points = tuple((each, each.standing(theme.id)) for each in ordered)
    placed = [each for each, standing in points if standing.position is not None]
    if len(placed) < 2:
        return Trend(theme_id=theme.id, points=points)
    ends, steps = (placed[0], placed[-1]), (placed[-2], placed[-1])
    return Trend(
        theme_id=theme.id, points=points, ends=ends, steps=steps,
        whole=told(rubric, theme, *ends), latest=told(rubric, theme, *steps),
    )  # fmt: skip


def _moment(item: Compared) -> datetime:
    session = item.session
    return (session.finished or session.started) if session else datetime.min.replace(tzinfo=UTC)


def local_date(moment: datetime) -> date:
    """The day of a moment here."""
    try:
        return moment.astimezone().date()
    except (OverflowError, OSError):
        # The first and the last day of the calendar have no local time everywhere.
        return moment.date()
