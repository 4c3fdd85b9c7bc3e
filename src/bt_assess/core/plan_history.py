"""What a plan's history is made of: what happened on which day, and which goalposts were moved."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bt_assess.core.fields import LINE_LENGTH, Day, Line, Position, within_calendar
from bt_assess.core.rubric import Frozen, Slug
from bt_assess.core.saved_comparison import Ref

MOST_EVENTS = 200
MOST_THEMES = 20

Positions = Annotated[dict[Slug, Position], Field(max_length=MOST_THEMES)]


class StageKind(StrEnum):
    """How large a change a staged objective is, smallest and soonest first."""

    INCREMENTAL = "incremental"
    SUBSTANTIAL = "substantial"
    TRANSFORMATIONAL = "transformational"

    @property
    def number(self) -> int:
        """1, 2 or 3."""
        return list(StageKind).index(self) + 1


class EventKind(StrEnum):
    """What a plan's history tells of."""

    STARTED = "started"
    BASED = "based"
    """Another session or round became today's reality."""
    MEASURED = "measured"
    DESTINATION_DATE = "destination-date"
    STAGE_DATE = "stage-date"
    STAGE_MEASURE = "stage-measure"
    STAGE_AIMS = "stage-aims"
    STAGE_DONE = "stage-done"
    STAGE_REOPENED = "stage-reopened"


class NoPlace(StrEnum):
    """Why a session or round shows no one place of a theme."""

    MIXED = "mixed"
    """The answers point to more than one stage."""
    NOT_ENOUGH = "not-enough"
    """Too few answers that count, or nothing that applies."""
    OTHER = "other"


Unplaced = Annotated[dict[Slug, NoPlace], Field(max_length=MOST_THEMES)]


class PlanEvent(Frozen):
    """What happened to the plan on a day. `positions` (1..3) are those of a session or round.

    `unplaced` are the themes of which it shows no one place; files from before know of none.
    """

    on: Day
    kind: EventKind
    stage: StageKind | None = None
    ref: Ref | None = None
    positions: Positions = {}
    unplaced: Unplaced | None = None
    before: Line = ""
    after: Line = ""


def aims_line(positions: Mapping[str, float]) -> str:
    return ", ".join(f"{theme} {place:g}" for theme, place in sorted(positions.items()))


def moved(
    kind: EventKind, before: object, after: object, today: date, stage: StageKind | None = None
) -> PlanEvent | None:
    """What the history may tell of a change: `noted` knows what stood there in the morning."""
    if before == after:
        return None
    return PlanEvent(
        on=within_calendar(today), kind=kind, stage=stage, before=str(before or ""),
        after=str(after or ""),
    )  # fmt: skip


_MOVES = (
    EventKind.DESTINATION_DATE, EventKind.STAGE_DATE, EventKind.STAGE_MEASURE, EventKind.STAGE_AIMS,
)  # fmt: skip
_FLIPS = (EventKind.STAGE_DONE, EventKind.STAGE_REOPENED)


def noted(history: tuple[PlanEvent, ...], event: PlanEvent, created: date) -> tuple[PlanEvent, ...]:
    """The history with an event more: what happens to one thing on one day is one event."""
    if event.kind in _MOVES and event.on <= created:
        return history  # The first day is for drafting.
    family = _FLIPS if event.kind in _FLIPS else (event.kind,)
    same = [
        e for e in history
        if e.kind in family and e.on == event.on and e.stage == event.stage
        and event.kind is not EventKind.MEASURED
    ]  # fmt: skip
    rest = tuple(e for e in history if all(e is not other for other in same))
    if event.kind in _MOVES and same:
        event = PlanEvent.model_validate({**dict(event), "before": same[0].before})
    # Of a long measure the end may differ, which these lines have no room for.
    is_back = event.before == event.after and len(event.after) < LINE_LENGTH - 1
    if event.kind in _MOVES and (not event.before or is_back):
        return rest  # Filling in what was empty moves nothing, nor does what is taken back.
    if event.kind in _FLIPS and same:
        return rest  # Done and not done on one day: nothing has happened.
    return _shortened((*rest, event))


def _shortened(history: tuple[PlanEvent, ...]) -> tuple[PlanEvent, ...]:
    """At most MOST_EVENTS: the oldest give way; measurements, and from where, last of all."""
    while len(history) > MOST_EVENTS:
        lasting = (EventKind.STARTED, EventKind.MEASURED)
        base = next((e for e in reversed(history) if e.kind is EventKind.BASED), None)
        spare = [e for e in history if e.kind not in lasting and e is not base] or [
            e for e in history if e.kind is EventKind.MEASURED
        ]
        history = tuple(e for e in history if e is not spare[0])
    return history
