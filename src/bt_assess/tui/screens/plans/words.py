"""What is said of a plan and its parts, on all of its screens."""

from datetime import date

from textual.content import Content

from bt_assess.core.plan import Plan, Side, SideState
from bt_assess.core.plan_gap import StageState, StageView, WhyNone
from bt_assess.core.plan_history import StageKind
from bt_assess.core.round import ActionState
from bt_assess.report.summary import plural
from bt_assess.report.words import date_words
from bt_assess.tui.planning import OpenPlan

STAGE_WORDS = {
    StageKind.INCREMENTAL: "Incremental",
    StageKind.SUBSTANTIAL: "Substantial",
    StageKind.TRANSFORMATIONAL: "Transformational",
}
SIDE_WORDS = {
    Side.PEOPLE: "People",
    Side.PROCESS: "Process",
    Side.KNOWLEDGE: "Knowledge",
    Side.MEASUREMENT: "Measurement",
    Side.ENVIRONMENT: "Environment",
}
STATE_WORDS = {
    StageState.EMPTY: ("·", "not thought of yet", "$quiet"),
    StageState.AHEAD: ("○", "ahead", "$quiet"),
    StageState.UNDER_WAY: ("◐", "under way", "$primary"),
    StageState.LATE: ("!", "late", "$alert"),
    StageState.REACHED: ("◉", "reached, to be marked as done", "$good"),
    StageState.DONE: ("✓", "done", "$good"),
}
WHY_NONE = {
    WhyNone.NO_BASE: "no assessment says where it began",
    WhyNone.NO_AIM: "no aim",
    WhyNone.NO_WAY: "was there from the beginning",
    WhyNone.NOTHING_NEW: "nothing measured since",
}
ACTION_WORDS = {
    ActionState.OPEN: "open",
    ActionState.DONE: "done",
    ActionState.DROPPED: "dropped",
}


def by(day: date | None) -> str:
    """'by 31 Dec 2027', or that there is no date."""
    return f"by {date_words(day)}" if day else "no date yet"


def bar(share: float, width: int) -> Content:
    """A share (0..1) as a bar; it is full only when all is done."""
    full = int(share * width) if share < 1 else width
    full = max(full, 1) if share > 0 else 0
    return Content.assemble(("■" * full, "$primary"), ("·" * (width - full), "$faint"))


def percent(share: float) -> str:
    """A share in whole per cents; 100 only when all is done, 0 only when nothing is."""
    if 0 < share < 1:
        return f"{min(99, max(1, round(share * 100)))} %"
    return f"{round(share * 100)} %"


def far(view: StageView, width: int) -> Content:
    """How far a stage is: a bar with what was measured, or why there is none; and its actions."""
    if view.progress is not None:
        reached = f", {view.reached} of {plural(view.aims, 'aim')} reached"
        picture = Content.assemble(bar(view.progress, width), f" {percent(view.progress)}", reached)
    else:
        why = WHY_NONE[view.why_not] if view.why_not else ""
        picture = Content.styled("no aims yet" if view.why_not is WhyNone.NO_AIM else why, "$quiet")
    if view.actions:
        done = f" · {view.actions_done} of {plural(view.actions, 'action')} done"
        picture = Content.assemble(picture, (done, "$quiet"))
    return picture


def side_line(state: SideState) -> Content:
    """A side in a line: what is done about it, by whom, by when."""
    if state.empty:
        return Content.styled("nothing said yet", "$quiet")
    if not state.action:
        return Content.assemble(first_line(state.needed or state.today), ("  no action", "$alert"))
    owner = state.owner or "nobody yet"
    when = date_words(state.due) if state.due else "no date"
    mark = {ActionState.OPEN: "○", ActionState.DONE: "✓", ActionState.DROPPED: "–"}[state.state]
    return Content.assemble(f"{mark} ", first_line(state.action), (f"  {owner}, {when}", "$quiet"))


def first_line(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def how_far(plan: Plan, views: tuple[StageView, ...]) -> str:
    """Where a plan stands, in a few words."""
    if plan.stages[-1].done:
        return "arrived"
    here = next((v for v in views if v.state not in (StageState.DONE, StageState.EMPTY)), None)
    if here is None:
        return "being drawn up"
    words = f"stage {here.kind.number} of 3 {STATE_WORDS[here.state][1].split(',')[0]}"
    return f"{words}, {percent(here.progress)}" if here.progress is not None else words


def saving_words(work: OpenPlan) -> Content:
    """Whether the last edit is on disk."""
    if work.read_only:
        return Content.styled("read only", "bold $alert")
    state = work.saving
    if state is not None and state.trouble:
        return Content.styled(f"! not saved: {state.trouble}; trying again", "bold $error")
    if state is None or state.is_saved:
        return Content.styled("✓ saved", "$good")
    return Content.styled("… saving", "$quiet")
