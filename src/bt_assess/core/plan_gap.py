"""The gap between reality and where a plan wants to be: worked out per theme, never kept."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bt_assess.core.compared import Compared, Gap, Kind, WhyNot, by_date, progress
from bt_assess.core.courses import identity, led_on
from bt_assess.core.disclosure import Why
from bt_assess.core.plan import Plan
from bt_assess.core.plan_history import EventKind, NoPlace, PlanEvent, StageKind
from bt_assess.core.round import ActionState
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.scoring import Status, mean
from bt_assess.core.session import Session

_NEAR = 1e-9
ANOTHER_CLOCK = timedelta(days=2)
"""How far apart two parts of the world can date one moment: 26 hours lie between their clocks."""


class WhyNone(StrEnum):
    """Why there is no progress to tell of."""

    NO_BASE = "no base"
    """Nobody measured where the theme was when the plan began."""
    NO_AIM = "no aim"
    """The stage aims at no place in the theme."""
    NO_WAY = "no way"
    """The aim is where the theme was already, or lies behind it."""
    TOO_NEAR = "too near"
    """The aim is ahead of where the theme was, by less than half of a tenth of a stage."""
    NOTHING_NEW = "nothing new"
    """Nothing has been measured since the plan began."""
    MIXED = "mixed picture"
    """The newest assessment shows a mixed picture of the theme."""
    NOT_ENOUGH = "not enough"
    """The newest assessment has not enough answers, or nothing there applies."""
    NO_PLACE = "no place"
    """The newest assessment shows no one place, for another reason or for one that was not kept."""


class StageState(StrEnum):
    """How far a stage is: what people said, then what was measured, then the calendar."""

    EMPTY = "empty"
    AHEAD = "ahead"
    UNDER_WAY = "under way"
    LATE = "late"
    REACHED = "reached"
    """Every place aimed at is measured; nobody has said yet that the stage is done."""
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class StageGap:
    """A theme on the way to a stage. `aim` is 1..3, `left` (aim - now) in stages.

    `progress` is 0..1, where further back than at first is 0 and beyond the aim is 1; where there
    is none `why_not` says why. `reached` is None where it cannot be told.
    """

    kind: StageKind
    aim: float | None = None
    left: float | None = None
    reached: bool | None = None
    progress: float | None = None
    why_not: WhyNone | None = None


@dataclass(frozen=True, kw_only=True)
class ThemeGap:
    """A theme: its place (1..3) when the plan began, its place now, and the way to each stage.

    `now` is of the newest assessment, and without anything newer it is the base. Where the newest
    one shows no place there is none: `was` is the last one known, and `why_not` the reason. `when`
    and `ref` say what `now` or `was` was read from.
    """

    theme_id: str
    base: float | None
    now: float | None
    was: float | None
    why_not: WhyNone | None
    when: date | None
    ref: Ref | None
    stages: tuple[StageGap, StageGap, StageGap]

    @property
    def moved(self) -> float | None:
        """now - base, in stages; None where either is not known."""
        return None if self.base is None or self.now is None else self.now - self.base


@dataclass(frozen=True, kw_only=True)
class StageView:
    """A stage as it stands. `progress` (0..1) is the mean of the `counted` themes that have one.

    `actions_done` of `actions` are those of the capabilities that the stage needs, without dropped
    ones.
    """

    kind: StageKind
    state: StageState
    progress: float | None
    counted: int
    why_not: WhyNone | None
    reached: int
    aims: int
    actions_done: int
    actions: int


def gap(plan: Plan, theme_ids: Iterable[str] = ()) -> tuple[ThemeGap, ...]:
    """Each theme from where it was, to where it is, to where each stage wants it.

    `theme_ids` (the rubric's) come first and in their order; then those only the plan knows.
    """
    named = {theme: None for stage in plan.stages for theme in stage.positions}
    known = dict.fromkeys([*theme_ids, *plan.reality.positions, *named])
    return tuple(_theme(plan, theme_id) for theme_id in known)


def stage_views(plan: Plan, today: date) -> tuple[StageView, ...]:
    """The three stages as they stand today; of those not reached, the first is under way.

    See `stage_now` for the one that a plan is at.
    """
    gaps = gap(plan)
    views: list[StageView] = []
    begun = False
    for stage in plan.stages:
        found = [theme.stages[stage.kind.number - 1] for theme in gaps]
        aimed = [each for each in found if each.aim is not None]
        shares = [each.progress for each in aimed if each.progress is not None]
        reached = sum(each.reached is True for each in aimed)
        actions = [
            planned.state.state for planned in plan.actions()
            if stage.kind in planned.capability.serves
            and planned.state.state is not ActionState.DROPPED
        ]  # fmt: skip
        if stage.done:
            state = StageState.DONE
        elif (
            aimed and reached == len(aimed) and any(e.why_not is not WhyNone.NO_WAY for e in aimed)
        ):
            state = StageState.REACHED
        elif stage.by and stage.by < today:
            state = StageState.LATE
        elif not (stage.results or stage.measure or stage.positions or stage.by):
            state = StageState.EMPTY
        else:
            state = StageState.AHEAD if begun else StageState.UNDER_WAY
        begun = begun or state in (StageState.UNDER_WAY, StageState.LATE)
        views.append(
            StageView(
                kind=stage.kind, state=state, progress=mean(shares) if shares else None,
                counted=len(shares), why_not=None if shares else _why_none(aimed), reached=reached,
                aims=len(aimed),
                actions_done=sum(each is ActionState.DONE for each in actions), actions=len(actions),
            )
        )  # fmt: skip
    return tuple(views)


def stage_now(views: Sequence[StageView]) -> StageView | None:
    """The stage that a plan is at; None once all are done."""
    left = [view for view in views if view.state is not StageState.DONE]
    written = (view for view in left if view.state is not StageState.EMPTY)
    return next(written, left[0] if left else None)


def last_measured(plan: Plan) -> date | None:
    """When the plan's people were measured last, whatever it showed."""
    since = [event.on for event in _since(plan)]
    return since[-1] if since else plan.reality.measured


def positions_of(item: Compared) -> dict[str, float]:
    """The places (1..3) that a session or round shows; a theme without one place is left out."""
    return {s.theme_id: s.position for s in item.standings if s.position is not None}


def unplaced_of(item: Compared) -> dict[str, NoPlace]:
    """The themes of which a session or round shows no one place, and why."""
    return {
        s.theme_id: _NO_PLACE.get(s.gap, NoPlace.OTHER) if s.gap else NoPlace.OTHER
        for s in item.standings
        if s.position is None
    }


def ref_of(item: Compared) -> Ref:
    return Ref(kind=item.kind, id=item.id)


def based_on(plan: Plan, items: Iterable[Compared], today: date) -> Plan:
    """The plan with these as evidence; where several speak of a theme, the newest counts."""
    ordered = by_date(items)
    positions = {theme: p for item in ordered for theme, p in positions_of(item).items()}
    if not ordered:
        return plan
    refs = [ref_of(item) for item in reversed(ordered)]
    return plan.based_on(refs, positions, ordered[-1].when, today)


def same_people(plan: Plan, items: Iterable[Compared]) -> tuple[Compared, ...]:
    """Those of `items` that are later ones of a person or team that the plan's evidence is of.

    A person is known by name and team, a team by its name or by the round that its round follows.
    What has no name is never taken for somebody's. Evidence itself is not among them, nor a copy
    of it. In order of time: of one day, the later one comes last.
    """
    everything = tuple(items)
    evidence = set(plan.reality.evidence)
    mine = [item for item in everything if ref_of(item) in evidence]
    owners = {_owner(item) for item in mine} - {None}
    begun = plan.reality.measured
    here = max((item.when for item in mine), default=None)
    if begun and here and timedelta(0) < begun - here <= ANOTHER_CLOCK:
        begun = here
    later = by_date(sorted(everything, key=lambda item: item.id))
    chain = led_on({item.id for item in mine if item.kind is Kind.ROUND}, later)
    return tuple(
        item for item in later
        if ref_of(item) not in evidence
        and (begun is None or item.when >= begun)
        and all(_is_after(item, base) for base in mine)
        and (_owner(item) in owners or (item.kind is Kind.ROUND and item.id in chain))
    )  # fmt: skip


def _is_after(item: Compared, base: Compared) -> bool:
    """Whether it is later in the day, too, as far as that can be told."""
    if item.session and base.session:
        # A copy begins and ends at the same moments.
        return (item.when, *_ended(item.session)) > (base.when, *_ended(base.session))
    return not (base.round and item.kind is Kind.ROUND and base.round.after == item.id)


def _ended(session: Session) -> tuple[datetime, datetime]:
    return session.finished or session.started, session.started


def measured(plan: Plan, items: Iterable[Compared], *, aside: Collection[str] = ()) -> Plan:
    """The plan with what its people's new sessions and rounds show; itself when nothing is new.

    A session that is not finished does not count yet. Give all that are known, evidence included:
    by it they are told to be the same person's or team's. A round that was opened for the plan once
    may come without its figures. What was put `aside` (ids) does not count, or as evidence only.
    """
    known = {e.ref: e for e in plan.history if e.kind is EventKind.MEASURED}
    order = []
    day = plan.reality.measured or date.min
    for item in same_people(plan, items):
        ref, places, unplaced = ref_of(item), positions_of(item), unplaced_of(item)
        is_told = _says_something(item)
        if item.kind is Kind.ROUND and not item.standings and ref in known:
            places, unplaced, is_told = known[ref].positions, known[ref].unplaced or {}, True
        if is_told and item.id not in aside and (item.session is None or item.session.finished):
            # A later one has no earlier day, though it be read in another part of the world.
            plan = plan.with_measurement(ref, places, max(item.when, day), unplaced)
            day = max([day, *(e.on for e in plan.measurements if e.ref == ref)])
            order.append(ref)
    return plan.measured_in_order(order)


_NO_PLACE: dict[WhyNot, NoPlace] = {
    Status.MIXED: NoPlace.MIXED,
    Gap.TWO_CAMPS: NoPlace.MIXED,
    Status.NOT_ENOUGH: NoPlace.NOT_ENOUGH,
    Gap.NOT_APPLICABLE: NoPlace.NOT_ENOUGH,
    Why.TOO_FEW: NoPlace.NOT_ENOUGH,
    Why.TOO_FEW_FOR_PLACES: NoPlace.NOT_ENOUGH,
}
_WHY_NONE = {
    NoPlace.MIXED: WhyNone.MIXED,
    NoPlace.NOT_ENOUGH: WhyNone.NOT_ENOUGH,
    NoPlace.OTHER: WhyNone.NO_PLACE,
}


def _says_something(item: Compared) -> bool:
    """Whether it has a place, or a picture without one: hardly answered, or hidden, it has neither."""
    return any(
        s.gap not in (Status.NOT_ENOUGH, Gap.NOT_APPLICABLE) and not isinstance(s.gap, Why)
        for s in item.standings
    )


def _since(plan: Plan) -> tuple[PlanEvent, ...]:
    """What was measured from the plan's beginning on, oldest first."""
    begun = plan.reality.measured
    return tuple(event for event in plan.measurements if begun is None or event.on >= begun)


def _owner(item: Compared) -> tuple[str, ...] | None:
    """Whose it is; None of what has no name."""
    return identity(item) if (item.team if item.kind is Kind.ROUND else item.name) else None


def _theme(plan: Plan, theme_id: str) -> ThemeGap:
    base = plan.reality.positions.get(theme_id)
    last, when, ref = base, plan.reality.measured if base is not None else None, None
    since = _since(plan)
    for event in since:
        if theme_id in event.positions:
            last, when, ref = event.positions[theme_id], event.on, event.ref
    why = None
    if since and theme_id not in since[-1].positions:
        why = _WHY_NONE[(since[-1].unplaced or {}).get(theme_id, NoPlace.OTHER)]
    now, was = (None, last) if why else (last, None)
    aims = [stage.positions.get(theme_id) for stage in plan.stages]
    none = why if since else WhyNone.NOTHING_NEW
    one, two, three = (
        _stage_gap(kind, base, now, aim, none) for kind, aim in zip(StageKind, aims, strict=True)
    )
    return ThemeGap(
        theme_id=theme_id, base=base, now=now, was=was, why_not=why, when=when, ref=ref,
        stages=(one, two, three),
    )  # fmt: skip


def _stage_gap(
    kind: StageKind, base: float | None, now: float | None, aim: float | None, none: WhyNone | None
) -> StageGap:
    """`none` says why there is no newer place, where there is none."""
    if aim is None:
        return StageGap(kind=kind, why_not=WhyNone.NO_AIM)
    left = None if now is None else aim - now
    reached = None if now is None else now >= aim - _NEAR
    done, why = None, None
    if base is None:
        why = WhyNone.NO_BASE
    elif aim <= base + _NEAR:
        why = WhyNone.NO_WAY
    elif progress(base, base, aim) is None:
        why = WhyNone.TOO_NEAR
    elif none or (way := progress(base, now, aim)) is None:
        why = none
    else:
        done = min(max(way, 0.0), 1.0)
    return StageGap(kind=kind, aim=aim, left=left, reached=reached, progress=done, why_not=why)


def _why_none(aimed: list[StageGap]) -> WhyNone:
    """One reason for a stage: the one that most can be done about."""
    for why in (
        WhyNone.NOTHING_NEW, WhyNone.MIXED, WhyNone.NOT_ENOUGH, WhyNone.NO_PLACE, WhyNone.NO_BASE,
        WhyNone.TOO_NEAR, WhyNone.NO_WAY,
    ):  # fmt: skip
        if any(each.why_not is why for each in aimed):
            return why
    return WhyNone.NO_AIM
