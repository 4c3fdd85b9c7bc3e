"""The check of a plan: what is missing, contradictory or doubtful. Advice, and never a gate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from bt_assess.core.plan import Capability, Plan, Side, StagedObjective
from bt_assess.core.plan_gap import gap
from bt_assess.core.plan_history import StageKind
from bt_assess.core.round import ActionState

FEW_WORDS, FEW_CHARACTERS = 8, 40
"""Fewer than these are a slogan: nobody can picture a place from it."""


class FindingKind(StrEnum):
    MISSING = "missing"
    CONTRADICTION = "contradiction"
    DOUBT = "doubt"


@dataclass(frozen=True)
class Finding:
    """Something to look at. `where` names the field: 'stage.incremental.measure'.

    `place` is what people call it, `what` is wrong there, and `why` it matters in the model.
    """

    where: str
    place: str
    kind: FindingKind
    what: str
    why: str

    @property
    def said(self) -> str:
        """What is wrong, with its full stop; a question or a quotation cut short has its own end."""
        return self.what if self.what.endswith(("…", "?", "!", ".")) else f"{self.what}."


_MISSING, _CONTRADICTION, _DOUBT = FindingKind
_BOTH_CLEAR = (
    "Unless both ends are clear, where you are and where you want to be, nobody can see the gap that"
    " the plan has to close."
)
_STRETCH = (
    "People follow you somewhere far off only when they see that you know how things really stand"
    " and have thought about why they must change."
)
_ABLE = (
    "Plans say a lot about what will be done and what it will bring, and little about what we must be"
    " able to do for any of it to happen."
)
_GREATER = "Each stage is a greater change than the one before it."
_BUILDS = "Each stage builds on the one before it."
_SIDE_NAMES = {
    Side.PEOPLE: "people", Side.PROCESS: "process", Side.KNOWLEDGE: "knowledge",
    Side.MEASUREMENT: "measurement", Side.ENVIRONMENT: "environment",
}  # fmt: skip


def check(
    plan: Plan,
    today: date,
    *,
    now: Mapping[str, float] | None = None,
    names: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """What to look at again, from destination and reality to stages and capabilities.

    `now` are the places (1..3) of today by theme, the plan's own measurements unless given;
    `names` are what the themes are called.
    """
    found = now if now is not None else {g.theme_id: g.now for g in gap(plan) if g.now is not None}
    return (
        *_destination(plan, today),
        *_reality(plan),
        *_stages(plan, today, found, names or {}),
        *_between_stages(plan, names or {}),
        *_capabilities(plan, today),
    )


def _destination(plan: Plan, today: date) -> Iterator[Finding]:
    here = plan.destination
    place = "Destination"
    if here.by is None:
        yield Finding("destination.by", place, _MISSING, "it has no date",
                      "A destination is where you will be by the end of a set time.")  # fmt: skip
    elif here.by < today and not plan.stage(StageKind.TRANSFORMATIONAL).done:
        yield Finding("destination.by", place, _CONTRADICTION, "its date has passed",
                      "Say that you have arrived, or say when you will.")  # fmt: skip
    results = (
        ("marketplace", here.marketplace, "it says nothing of results for those you serve"),
        ("organisation", here.organisation, "it says nothing of results as an organisation"),
    )
    for name, text, what in results:
        if not text:
            yield Finding(f"destination.{name}", place, _MISSING, what,
                          "A destination has results of both kinds: out there, with those you serve,"
                          " and in here, in what you are as an organisation.")  # fmt: skip
        elif _few(text):
            yield Finding(f"destination.{name}", place, _DOUBT,
                          "so few words are hard to picture: what would one see there?",
                          "It takes clarity and detail before people can find themselves in"
                          " it.")  # fmt: skip
    if not here.why_it_matters:
        yield Finding("destination.why_it_matters", place, _MISSING,
                      "it does not say why it matters to the people who are asked to get there",
                      "It is easy to see nothing but the results. Whoever is to carry them needs a"
                      " convincing reason why it has to be reached.")  # fmt: skip
    if not here.how_to_contribute:
        yield Finding("destination.how_to_contribute", place, _MISSING,
                      "it does not say what people can add to it in their own jobs",
                      "People take part in what they can see their own share of.")  # fmt: skip


def _reality(plan: Plan) -> Iterator[Finding]:
    here = plan.reality
    place = "Current reality"
    if not here.where:
        yield Finding(
            "reality.where", place, _MISSING, "it does not say where you are", _BOTH_CLEAR
        )
    elif _few(here.where):
        yield Finding("reality.where", place, _DOUBT,
                      "so few words say little about where you are",
                      _BOTH_CLEAR)  # fmt: skip
    if not here.why:
        yield Finding("reality.why", place, _MISSING,
                      "it is described without why it is so",
                      "Those who look only ahead change what they see and leave what causes"
                      " it.")  # fmt: skip
    if not here.why_change:
        yield Finding("reality.why_change", place, _MISSING,
                      "it does not say why it cannot stay like this", _STRETCH)  # fmt: skip
    for name, text in (("inside", here.inside), ("outside", here.outside)):
        if not text:
            yield Finding(f"reality.{name}", place, _MISSING,
                          f"it says nothing of what is at work {name} the organisation",
                          "From one job in one part of it people do not see the whole: show them"
                          " what pushes and pulls, inside and outside.")  # fmt: skip
    if not here.evidence:
        yield Finding("reality.evidence", place, _MISSING,
                      "no assessment shows it", "What is only said can be doubted; an assessment"
                      " can be looked into, and done again to see what has moved.")  # fmt: skip


def _stages(
    plan: Plan, today: date, now: Mapping[str, float], names: Mapping[str, str]
) -> Iterator[Finding]:
    for stage in plan.stages:
        where, place = f"stage.{stage.kind.value}", _stage_place(stage.kind)
        if not stage.results:
            yield Finding(f"{where}.results", place, _MISSING, "it has no results",
                          "The way is a row of results, each a larger change than the one before;"
                          " without this one there is a leap.")  # fmt: skip
        if not stage.measure:
            yield Finding(f"{where}.measure", place, _MISSING, "it has no measure",
                          "Without a measure nobody can say that this step is done.")  # fmt: skip
        if stage.by is None:
            yield Finding(f"{where}.by", place, _MISSING, "it has no date",
                          "How large a change is says how long it takes: quick, a middle while, or"
                          " long.")  # fmt: skip
        elif stage.by < today and not stage.done:
            yield Finding(f"{where}.by", place, _CONTRADICTION,
                          "its date has passed and it is not done",
                          "Stages are there to notice early; see what has come together and what has"
                          " not, and set a new date.")  # fmt: skip
        if stage.done and stage.done > today:
            yield Finding(f"{where}.done", place, _CONTRADICTION,
                          "it is marked as done on a day that is still to come",
                          "A step is done when its results are there.")  # fmt: skip
        elif stage.done and stage.done < plan.created:
            yield Finding(f"{where}.done", place, _CONTRADICTION,
                          "it is marked as done on a day before the plan began",
                          "What was there already is where you are, and no step from"
                          " there.")  # fmt: skip
        if not stage.done:
            yield from _aims(stage, plan.reality.positions, now, names)
        if not plan.serving(stage.kind):
            yield Finding(f"{where}.capabilities", place, _MISSING,
                          "no capability serves it", _ABLE)  # fmt: skip


def _aims(
    stage: StagedObjective, begun: Mapping[str, float], now: Mapping[str, float],
    names: Mapping[str, str],
) -> Iterator[Finding]:  # fmt: skip
    for theme_id, aim in stage.positions.items():
        # What was above where the plan began and is below today has been reached on the way.
        is_reached = theme_id in begun and _tenths(begun[theme_id]) < _tenths(aim)
        if theme_id in now and _tenths(aim) < _tenths(now[theme_id]) and not is_reached:
            yield Finding(
                f"stage.{stage.kind.value}.positions.{theme_id}", _stage_place(stage.kind),
                _CONTRADICTION,
                f"{names.get(theme_id, theme_id)}: it aims at {aim:.1f}, and you are at"
                f" {now[theme_id]:.1f} today",
                "An objective closes the gap between what is and what is wanted; this one would"
                " widen it.",
            )  # fmt: skip


def _between_stages(plan: Plan, names: Mapping[str, str]) -> Iterator[Finding]:
    dated = [(stage.kind, stage.by) for stage in plan.stages if stage.by]
    for (first, earlier), (second, later) in pairwise(dated):
        if later <= earlier:
            yield Finding(f"stage.{second.value}.by", _stage_place(second), _CONTRADICTION,
                          f"its date is not after that of the {first.value} objective",
                          "The easiest and most obvious comes first and soonest, then what takes"
                          " time, then the great leap: dates rise with the stage.")  # fmt: skip
    last = plan.stage(StageKind.TRANSFORMATIONAL)
    for stage in plan.stages:
        is_open = stage is not last and not stage.done and last.by is None
        if is_open and plan.destination.by and stage.by and stage.by > plan.destination.by:
            yield Finding(f"stage.{stage.kind.value}.by", _stage_place(stage.kind), _CONTRADICTION,
                          "its date is after the destination's",
                          "The destination is where the last of the three stages ends; each of them"
                          " comes before it.")  # fmt: skip
    if plan.destination.by and last.by and last.by != plan.destination.by:
        side = "after" if last.by > plan.destination.by else "before"
        kind = _CONTRADICTION if side == "after" else _DOUBT
        yield Finding("stage.transformational.by", _stage_place(last.kind), kind,
                      f"its date is {side} the destination's",
                      "When the transformational objectives are reached, you are at the destination:"
                      " the two are one day.")  # fmt: skip
    yield from _order_of_done(plan)
    yield from _same_results(plan)
    for theme_id in dict.fromkeys(t for stage in plan.stages for t in stage.positions):
        aims = [(s.kind, s.positions[theme_id]) for s in plan.stages if theme_id in s.positions]
        for (first, lower), (second, higher) in pairwise(aims):
            if _tenths(higher) < _tenths(lower):
                yield Finding(
                    f"stage.{second.value}.positions.{theme_id}", _stage_place(second),
                    _CONTRADICTION,
                    f"{names.get(theme_id, theme_id)}: it aims at {higher:.1f}, less than the"
                    f" {first.value} objective's {lower:.1f}",
                    _GREATER,
                )  # fmt: skip
        same = {_tenths(aim) for _, aim in aims}
        began = plan.reality.positions.get(theme_id)
        if len(aims) == len(plan.stages) and len(same) == 1 and same != {began and _tenths(began)}:
            yield Finding(
                f"stage.{last.kind.value}.positions.{theme_id}", _stage_place(last.kind), _DOUBT,
                f"{names.get(theme_id, theme_id)}: all three stages aim at {aims[0][1]:.1f}", _GREATER,
            )  # fmt: skip


def _order_of_done(plan: Plan) -> Iterator[Finding]:
    """A stage that is done before one that it builds on."""
    for number, stage in enumerate(plan.stages):
        before = plan.stages[:number]
        where = f"stage.{stage.kind.value}.done"
        sooner = next((s for s in before if stage.done and s.done and s.done > stage.done), None)
        if stage.done and any(not each.done for each in before):
            yield Finding(where, _stage_place(stage.kind), _CONTRADICTION,
                          "it is done, and an earlier stage is not", _BUILDS)  # fmt: skip
        elif sooner:
            yield Finding(where, _stage_place(stage.kind), _CONTRADICTION,
                          f"it was done before the {sooner.kind.value} objective",
                          _BUILDS)  # fmt: skip


def _same_results(plan: Plan) -> Iterator[Finding]:
    seen: dict[str, StageKind] = {}
    for stage in plan.stages:
        words = " ".join(stage.results.casefold().split())
        first = seen.setdefault(words, stage.kind)
        if words and first is not stage.kind:
            yield Finding(f"stage.{stage.kind.value}.results", _stage_place(stage.kind), _DOUBT,
                          f"it has the same results as the {first.value} objective",
                          _GREATER)  # fmt: skip


def _capabilities(plan: Plan, today: date) -> Iterator[Finding]:
    if not plan.capabilities:
        yield Finding("capabilities", "Capabilities", _MISSING,
                      "nothing says what you must be able to do", _ABLE)  # fmt: skip
    seen: dict[str, Capability] = {}
    for each in plan.capabilities:
        where, place = f"capability.{each.id}", f"Capability: {each.name}"
        if not each.serves:
            yield Finding(f"{where}.serves", place, _CONTRADICTION, "no objective needs it",
                          "A capability is wanted for what it makes possible. Name the stage that"
                          " needs it, or let it go.")  # fmt: skip
        if seen.setdefault(each.name.casefold(), each) is not each:
            yield Finding(f"{where}.name", place, _DOUBT, "another one has the same name",
                          "One ability, said once, can be owned.")  # fmt: skip
        filled = [side for side in Side if not each.side(side).empty]
        if set(filled) in ({Side.PEOPLE}, {Side.KNOWLEDGE}, {Side.PEOPLE, Side.KNOWLEDGE}):
            yield Finding(f"{where}.sides", place, _DOUBT,
                          "it is all about what single people know and can do",
                          "A skill belongs to a person in a role. A capability is what the organisation"
                          " can do together, whoever is on duty.")  # fmt: skip
        else:
            missing = [side for side in Side if side not in filled]
            if missing:
                yield Finding(
                    f"{where}.{missing[0].value}", place, _MISSING,
                    f"nothing is said of {_listed([_SIDE_NAMES[side] for side in missing])}",
                    "An ability is built from five sides: people, process, knowledge, measurement and"
                    " environment. Say so where one needs nothing.",
                )  # fmt: skip
        yield from _sides(plan, each, today)


def _sides(plan: Plan, capability: Capability, today: date) -> Iterator[Finding]:
    needed_by = [s.by for s in plan.stages if s.kind in capability.serves and s.by and not s.done]
    for side, state in capability.sides.items():
        where = f"capability.{capability.id}.{side.value}"
        place = f"Capability: {capability.name}, {_SIDE_NAMES[side]}"
        if state.needed and not state.today:
            yield Finding(f"{where}.today", place, _MISSING, "it says what is needed and not what is",
                          _BOTH_CLEAR)  # fmt: skip
        if state.needed and not state.action:
            yield Finding(f"{where}.action", place, _MISSING,
                          "something is needed and nobody does anything about it",
                          "Building the ability is part of the plan, or it does not"
                          " happen.")  # fmt: skip
        if state.needed and state.action and state.state is ActionState.DROPPED:
            yield Finding(f"{where}.action", place, _MISSING,
                          "something is needed, and the only action for it was dropped",
                          "Building the ability is part of the plan, or it does not"
                          " happen.")  # fmt: skip
        if state.action and not state.needed:
            yield Finding(f"{where}.needed", place, _MISSING,
                          "there is something to do and no word of what it is for", _ABLE)  # fmt: skip
        if state.state is not ActionState.OPEN or not state.action:
            continue
        if not state.owner:
            yield Finding(f"{where}.owner", place, _MISSING, "the action has no owner",
                          "What everybody should do, nobody does.")  # fmt: skip
        if state.due is None:
            yield Finding(f"{where}.due", place, _MISSING, "the action has no date",
                          "A plan comes together when each part of it is there in time.")  # fmt: skip
        elif state.due < today:
            yield Finding(f"{where}.due", place, _CONTRADICTION,
                          "the action's date has passed and it is open",
                          "A strategy is worth what is carried out of it.")  # fmt: skip
        elif needed_by and state.due > min(needed_by):
            yield Finding(f"{where}.due", place, _CONTRADICTION,
                          "the action ends after the stage that needs it",
                          "First you must be able to, then you can.")  # fmt: skip


def _tenths(place: float) -> float:
    """A place as it is shown: what looks the same is no contradiction."""
    return round(place, 1)


def _stage_place(kind: StageKind) -> str:
    return f"{kind.value.capitalize()} objective"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _few(text: str) -> bool:
    # In characters too: some scripts put no space between words.
    return len(text.split()) < FEW_WORDS and len(text) < FEW_CHARACTERS
