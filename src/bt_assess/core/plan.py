"""A plan: where to, where from, in which stages, and what the organisation must be able to do.

The four parts of Rosenblum's Breakthrough Model. Every change returns a new plan; the gap between
reality and destination is worked out (`core/plan_gap.py`) and never kept.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NamedTuple, Self

from pydantic import AfterValidator, Field, model_validator

from bt_assess.core.fields import (
    Brief,
    Day,
    Line,
    Passage,
    Refused,
    each_once,
    replaced,
    within_calendar,
)
from bt_assess.core.plan_history import (
    MOST_EVENTS,
    EventKind,
    NoPlace,
    PlanEvent,
    Positions,
    StageKind,
    aims_line,
    moved,
    noted,
)
from bt_assess.core.round import ActionState, Title
from bt_assess.core.rubric import BreakthroughPoint, Frozen, PointId
from bt_assess.core.saved_comparison import AnId, Ref
from bt_assess.core.session import Name

MOST_CAPABILITIES = 24
MOST_EVIDENCE = 50


class Side(StrEnum):
    """The five sides from which a capability is built."""

    PEOPLE = "people"
    PROCESS = "process"
    KNOWLEDGE = "knowledge"
    MEASUREMENT = "measurement"
    ENVIRONMENT = "environment"


class Destination(Frozen):
    """What will be true by the end of a set time, and why people should want to get there."""

    by: Day | None = None
    marketplace: Passage = ""
    organisation: Passage = ""
    why_it_matters: Passage = ""
    how_to_contribute: Passage = ""


class Reality(Frozen):
    """Where the organisation is, and why. `positions` are its places (1..3) when the plan began."""

    where: Passage = ""
    why: Passage = ""
    why_change: Passage = ""
    inside: Passage = ""
    outside: Passage = ""
    evidence: Annotated[tuple[Ref, ...], Field(max_length=MOST_EVIDENCE)] = ()
    positions: Positions = {}
    measured: Day | None = None

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.evidence)) < len(self.evidence):
            raise ValueError("a session or round is evidence once")
        return self


class StagedObjective(Frozen):
    """One step of the way. `positions` are the places (1..3) aimed at; `done` is when it was said."""

    kind: StageKind
    results: Passage = ""
    measure: Passage = ""
    by: Day | None = None
    positions: Positions = {}
    done: Day | None = None


class SideState(Frozen):
    """One side of a capability: today, what is needed, and who does what about it by when."""

    today: Brief = ""
    needed: Brief = ""
    action: Brief = ""
    owner: Name = ""
    due: Day | None = None
    state: ActionState = ActionState.OPEN
    remark: Brief = ""

    @property
    def empty(self) -> bool:
        """Whether nothing has been said of this side."""
        return not (self.today or self.needed or self.action or self.owner or self.remark)


def _in_order(kinds: Iterable[StageKind]) -> tuple[StageKind, ...]:
    return tuple(sorted(set(kinds), key=lambda kind: kind.number))


def _without_empty(sides: Mapping[Side, SideState]) -> dict[Side, SideState]:
    return {side: sides[side] for side in Side if side in sides and sides[side] != SideState()}


class Capability(Frozen):
    """What the organisation must be able to do together, and the stages that need it."""

    id: AnId
    name: Annotated[Line, Field(min_length=1)]
    point: PointId | None = None
    serves: Annotated[tuple[StageKind, ...], AfterValidator(_in_order)] = ()
    sides: Annotated[dict[Side, SideState], AfterValidator(_without_empty)] = {}

    def side(self, side: Side) -> SideState:
        return self.sides.get(side, SideState())

    def with_side(self, side: Side, state: SideState) -> Self:
        """With this side changed; an empty one is taken away."""
        return self.changed(sides={**self.sides, side: state})

    def changed(self, **changes: Any) -> Self:
        """With another name, point, serves or sides. Raises ValidationError."""
        return type(self).model_validate({**dict(self), **changes})


class PlannedAction(NamedTuple):
    """An action and the side of the capability that it belongs to."""

    capability: Capability
    side: Side
    state: SideState


def _three(stages: tuple[StagedObjective, ...]) -> tuple[StagedObjective, ...]:
    if [stage.kind for stage in stages] != list(StageKind):
        raise ValueError("a plan has three stages, in order")
    return stages


class Plan(Frozen):
    """A plan, frozen and replaced whole. `revision` counts changes, undoing included."""

    id: AnId
    title: Title
    organisation: Name = ""
    created: Day
    revision: int = Field(default=0, ge=0, strict=True)
    destination: Destination = Destination()
    reality: Reality = Reality()
    stages: Annotated[tuple[StagedObjective, ...], AfterValidator(_three)] = tuple(
        StagedObjective(kind=kind) for kind in StageKind
    )
    capabilities: Annotated[tuple[Capability, ...], Field(max_length=MOST_CAPABILITIES)] = ()
    history: Annotated[tuple[PlanEvent, ...], Field(max_length=MOST_EVENTS)] = ()

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        if len({c.id for c in self.capabilities}) < len(self.capabilities):
            raise ValueError("a capability is there twice")
        return self

    def stage(self, kind: StageKind) -> StagedObjective:
        return self.stages[kind.number - 1]

    def capability(self, capability_id: str) -> Capability | None:
        return next((c for c in self.capabilities if c.id == capability_id), None)

    def serving(self, kind: StageKind) -> tuple[Capability, ...]:
        """The capabilities that a stage needs."""
        return tuple(c for c in self.capabilities if kind in c.serves)

    @property
    def measurements(self) -> tuple[PlanEvent, ...]:
        """What was measured since today's reality was chosen, oldest first.

        Another base begins anew: who was measured before it is not who is measured from it.
        """
        begun = max((n for n, e in enumerate(self.history) if e.kind is EventKind.BASED), default=0)
        found = (event for event in self.history[begun:] if event.kind is EventKind.MEASURED)
        return tuple(sorted(found, key=lambda event: event.on))

    @property
    def arrived(self) -> bool:
        """Whether all three stages are done."""
        return all(stage.done for stage in self.stages)

    def actions(self) -> Iterator[PlannedAction]:
        """Every side that has an action, whatever has become of it."""
        for capability in self.capabilities:
            for side, state in capability.sides.items():
                if state.action:
                    yield PlannedAction(capability, side, state)

    def people(self) -> tuple[str, ...]:
        """The names used as owners, each once."""
        sides = (state for each in self.capabilities for state in each.sides.values())
        return each_once(tuple(state.owner for state in sides))

    def renamed(self, title: str | None = None, organisation: str | None = None) -> Self:
        """With another title or organisation; an empty title is refused. Raises ValidationError."""
        return self._with(
            title=self.title if title is None else title,
            organisation=self.organisation if organisation is None else organisation,
        )

    def with_destination(self, destination: Destination, today: date) -> Self:
        """With another destination; the history tells of a date that was moved."""
        event = moved(EventKind.DESTINATION_DATE, self.destination.by, destination.by, today)
        return self._with([event], destination=destination)

    def with_reality(self, reality: Reality) -> Self:
        """With other words for where things stand; see `based_on` for what it is measured by."""
        return self._with(reality=reality)

    def based_on(
        self, evidence: Iterable[Ref], positions: Mapping[str, float], measured: date, today: date
    ) -> Self:
        """With these sessions or rounds as evidence, and their positions as what gaps start from."""
        first = tuple(dict.fromkeys(evidence))[:MOST_EVIDENCE]
        reality = Reality.model_validate(
            {**dict(self.reality), "evidence": first, "positions": _rounded(positions),
             "measured": within_calendar(measured)}
        )  # fmt: skip
        if reality == self.reality:
            return self
        event = PlanEvent(
            on=within_calendar(today), kind=EventKind.BASED, ref=first[0] if first else None,
            positions=reality.positions,
        )  # fmt: skip
        return self._with([event], reality=reality)

    def with_measurement(
        self,
        ref: Ref,
        positions: Mapping[str, float],
        when: date,
        unplaced: Mapping[str, NoPlace] | None = None,
    ) -> Self:
        """With what a later session or round shows; of the same one, the newest figures count.

        With the same places it keeps its day: one moment has two dates in two parts of the world.
        What was measured before there was another base counts again from here on.
        """
        told = [e for e in self.history if e.kind is EventKind.MEASURED and e.ref == ref]
        before = next((e for e in self.measurements if e.ref == ref), None)
        places = _rounded(positions)
        day = next((e.on for e in told if e.positions == places), None)
        event = PlanEvent(
            on=day or within_calendar(when),
            kind=EventKind.MEASURED,
            ref=ref,
            positions=places,
            unplaced=dict(unplaced) if unplaced else None,
        )
        if before == event:
            return self
        if before:
            return self._with(history=replaced(self.history, before, event))
        rest = tuple(e for e in self.history if e not in told)
        return self._with([event], history=rest)

    def measured_in_order(self, refs: Sequence[Ref]) -> Self:
        """With the measurements of one day in the order of `refs`; others stay where they are."""
        history = list(self.history)
        for day in {event.on for event in self.measurements}:
            places = [
                n for n, e in enumerate(self.history)
                if e.kind is EventKind.MEASURED and e.on == day and e.ref in refs
            ]  # fmt: skip
            events = [self.history[n] for n in places]
            events.sort(key=lambda e: refs.index(e.ref) if e.ref else 0)
            for n, event in zip(places, events, strict=True):
                history[n] = event
        return self if tuple(history) == self.history else self._with(history=tuple(history))

    def with_stage(self, stage: StagedObjective, today: date) -> Self:
        """With another objective of its kind; the history tells of goalposts that were moved."""
        old = self.stage(stage.kind)
        events = [
            moved(EventKind.STAGE_DATE, old.by, stage.by, today, stage.kind),
            moved(EventKind.STAGE_MEASURE, old.measure, stage.measure, today, stage.kind),
            moved(
                EventKind.STAGE_AIMS,
                aims_line(old.positions),
                aims_line(stage.positions),
                today,
                stage.kind,
            ),
        ]
        if bool(old.done) != bool(stage.done):
            kind = EventKind.STAGE_DONE if stage.done else EventKind.STAGE_REOPENED
            events.append(PlanEvent(on=within_calendar(today), kind=kind, stage=stage.kind))
        return self._with(events, stages=replaced(self.stages, old, stage))

    def stage_done(self, kind: StageKind, done: date | None, today: date) -> Self:
        """With a stage marked as done on a day, or, with None, as not done."""
        stage = StagedObjective.model_validate({**dict(self.stage(kind)), "done": done})
        return self.with_stage(stage, today)

    def with_capability(self, capability: Capability) -> Self:
        """With a capability, new or changed. Raises Refused when there are too many."""
        before = self.capability(capability.id)
        if before is None and len(self.capabilities) >= MOST_CAPABILITIES:
            raise Refused(f"a plan has at most {MOST_CAPABILITIES} capabilities")
        return self._with(capabilities=replaced(self.capabilities, before, capability))

    def with_side(self, capability_id: str, side: Side, state: SideState) -> Self:
        """With a side of a capability changed. Raises Refused when there is no such capability."""
        return self.with_capability(self._known(capability_id).with_side(side, state))

    def serving_stages(self, capability_id: str, kinds: Iterable[StageKind]) -> Self:
        """With a capability needed by these stages and no others. Raises Refused."""
        return self.with_capability(self._known(capability_id).changed(serves=tuple(kinds)))

    def without_capability(self, capability_id: str) -> Self:
        kept = tuple(c for c in self.capabilities if c.id != capability_id)
        return self if len(kept) == len(self.capabilities) else self._with(capabilities=kept)

    def moved_capability(self, capability_id: str, places: int) -> Self:
        """With a capability further up (negative) or down, as far as there is room."""
        rest = [c for c in self.capabilities if c.id != capability_id]
        this = self._known(capability_id)
        place = self.capabilities.index(this) + places
        rest.insert(min(max(place, 0), len(rest)), this)
        return self if tuple(rest) == self.capabilities else self._with(capabilities=tuple(rest))

    def back_to(self, old: "Plan") -> Self:
        """As it was before, for undo and redo: another change, so the revision goes on counting."""
        same = {**dict(old), "id": self.id, "revision": self.revision}
        if same == dict(self):
            return self
        return type(self).model_validate({**same, "revision": self.revision + 1})

    def _known(self, capability_id: str) -> Capability:
        found = self.capability(capability_id)
        if found is None:
            raise Refused("that capability is not in the plan any more")
        return found

    def _with(self, events: Iterable[PlanEvent | None] = (), **changes: Any) -> Self:
        history = changes.pop("history", self.history)
        for event in events:
            if event:
                history = noted(history, event, self.created)
        changes = {**changes, "history": history, "revision": self.revision + 1}
        new = type(self).model_validate({**dict(self), **changes})
        # What is the same after cleaning is no change.
        return self if {**dict(new), "revision": self.revision} == dict(self) else new


def new_plan(plan_id: str, title: str, today: date, organisation: str = "") -> Plan:
    """An empty plan that begins today. Raises ValidationError for a title with nothing in it."""
    return Plan(
        id=plan_id, title=title, organisation=organisation, created=within_calendar(today),
        history=(PlanEvent(on=within_calendar(today), kind=EventKind.STARTED),),
    )  # fmt: skip


def capability_of(capability_id: str, point: BreakthroughPoint) -> Capability:
    """A capability to start with from a breakthrough point; its words are there to be changed."""
    return Capability(id=capability_id, name=point.text, point=point.id)


def _rounded(positions: Mapping[str, float]) -> dict[str, float]:
    return {theme: round(float(place), 4) for theme, place in positions.items()}
