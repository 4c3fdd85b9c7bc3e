"""The part that is marked, in full: beside the picture where there is room."""

from collections.abc import Mapping, Sequence
from typing import Any

from textual.content import Content

from bt_assess.core.plan import Plan
from bt_assess.core.plan_check import Finding
from bt_assess.core.plan_gap import StageView
from bt_assess.core.plan_history import EventKind, PlanEvent, StageKind
from bt_assess.core.rubric import Rubric
from bt_assess.report.words import date_words
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.screens.plans.gaps import gap_lines
from bt_assess.tui.screens.plans.history import shown_by, was_and_is
from bt_assess.tui.screens.plans.picture import CAPABILITIES, CHECK, DESTINATION, REALITY
from bt_assess.tui.screens.plans.words import MARKS, STAGE_WORDS, by, far, side_line
from bt_assess.tui.widgets.flow import item

FEW = 6


def in_full(
    work: OpenPlan, part: Any, views: Sequence[StageView], findings: Sequence[Finding],
    rubric: Rubric, width: int,
) -> Content:  # fmt: skip
    """Everything said of a part."""
    plan = work.plan
    if part == DESTINATION:
        return _destination(plan)
    if part == REALITY:
        return _reality(work, rubric, width)
    if part == CAPABILITIES:
        return _capabilities(plan, width)
    if part == CHECK:
        return _check(findings, width)
    if isinstance(part, StageKind):
        return _stage(plan, views[part.number - 1], rubric, width)
    return Content("")


def _joined(*parts: Content) -> Content:
    return Content("\n\n").join(part for part in parts if part)


def _answer(question: str, text: str) -> Content:
    """A question and what was said to it, or that nothing was."""
    words = (text, "") if text else ("–", "$quiet")
    return Content.assemble((question, "bold $quiet"), "\n", words)


def _title(words: str, right: str) -> Content:
    return Content.assemble((words, "bold"), (f"  {right}", "$quiet"))


def _destination(plan: Plan) -> Content:
    here = plan.destination
    return _joined(
        _title("Destination", by(here.by)),
        _answer("Those we serve will see", here.marketplace),
        _answer("We will see as an organisation", here.organisation),
        _answer("Why it matters to those who go there", here.why_it_matters),
        _answer("What each can do for it", here.how_to_contribute),
        _moved(plan, (EventKind.DESTINATION_DATE,), None),
    )


def _reality(work: OpenPlan, rubric: Rubric, width: int) -> Content:
    plan = work.plan
    here = plan.reality
    shown = "" if here.evidence else "no assessment shows it: b chooses one"
    return _joined(
        _title("Current reality", shown),
        Content.styled(shown_by(work), "$quiet"),
        _answer("Where we are", here.where),
        _answer("Why it is so", here.why),
        _answer("Why it cannot stay so", here.why_change),
        _answer("At work inside", here.inside),
        _answer("At work outside", here.outside),
        gap_lines(plan, rubric, width),
    )


def _stage(plan: Plan, view: StageView, rubric: Rubric, width: int) -> Content:
    stage = plan.stage(view.kind)
    serving = [item("· ", Content(c.name), width) for c in plan.serving(view.kind)]
    needs = Content("\n").join(serving) if serving else Content.styled("–", "$quiet")
    return _joined(
        _title(f"{view.kind.number} {STAGE_WORDS[view.kind]} objective", by(stage.by)),
        Content("\n").join([far(view, 12, width), *_some(view)]),
        _answer("Results", stage.results),
        _answer("Seen by", stage.measure),
        Content.assemble(("It takes that we can", "bold $quiet"), "\n", needs),
        gap_lines(plan, rubric, width, view.kind) if stage.positions else Content(""),
        _moved(plan, _OF_STAGES, view.kind, {theme.id: theme.short for theme in rubric.themes}),
    )


def _some(view: StageView) -> list[Content]:
    """Of which aims the share is told, where it is not of all."""
    if view.progress is None or view.counted == view.aims:
        return []
    words = f"The share is of {view.counted} of {view.aims} aims; g says why."
    return [Content.styled(words, "$quiet")]


def _capabilities(plan: Plan, width: int) -> Content:
    parts = [_title("What we must be able to do", str(len(plan.capabilities) or ""))]
    for each in plan.capabilities:
        numbers = ", ".join(str(kind.number) for kind in each.serves)
        for_ = f"stage {numbers}" if numbers else "no stage needs it"
        lines = [item("· ", Content.assemble((each.name, "bold"), (f"  {for_}", "$quiet")), width)]
        lines += [
            Content.assemble("  ", side_line(state, width - 2)).truncate(width, ellipsis=True)
            for state in each.sides.values()
            if state.action
        ]
        parts.append(Content("\n").join(lines))
    if not plan.capabilities:
        parts.append(Content("Enter names the first one."))
    return _joined(*parts)


def _check(findings: Sequence[Finding], width: int) -> Content:
    parts = [_title("Check", "advice, and never a gate")]
    for each in findings[:FEW]:
        mark, style, _ = MARKS[each.kind]
        words = Content(f"{each.place}: {each.said}")
        parts.append(item(Content.styled(f"{mark} ", style), words, width))
    if len(findings) > FEW:
        parts.append(Content.styled(f"and {len(findings) - FEW} more: Enter lists them", "$quiet"))
    return _joined(*parts)


_OF_STAGES = (EventKind.STAGE_DATE, EventKind.STAGE_MEASURE, EventKind.STAGE_AIMS)
_MOVES = {
    EventKind.DESTINATION_DATE: "date",
    EventKind.STAGE_DATE: "date",
    EventKind.STAGE_MEASURE: "measure",
    EventKind.STAGE_AIMS: "aims",
}


def _moved(
    plan: Plan,
    kinds: tuple[EventKind, ...],
    stage: StageKind | None,
    names: Mapping[str, str] | None = None,
) -> Content:
    """The goalposts that were moved, the last ones first."""
    events = [e for e in plan.history if e.kind in kinds and e.stage == stage][::-1][:FEW]
    if not events:
        return Content("")
    lines = [_event(each, names or {}) for each in events]
    return Content("\n").join([Content.styled("Moved since", "bold $quiet"), *lines])


def _event(event: PlanEvent, names: Mapping[str, str]) -> Content:
    was, now = was_and_is(event, names)
    return Content.assemble(
        (f"{date_words(event.on)}  ", "$quiet"),
        f"{_MOVES[event.kind]}: {was or 'nothing'} → {now or 'nothing'}",
    )
