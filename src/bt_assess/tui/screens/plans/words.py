"""What is said of a plan and its parts, on all of its screens."""

from datetime import date

from textual.content import Content

from bt_assess.core.plan import Plan, Side, SideState
from bt_assess.core.plan_check import FindingKind
from bt_assess.core.plan_gap import StageState, StageView, ThemeGap, WhyNone, stage_now
from bt_assess.core.plan_history import StageKind
from bt_assess.core.round import ActionState
from bt_assess.report.summary import plural
from bt_assess.report.words import date_words
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.widgets.rows import kept_end

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
    StageState.EMPTY: ("·", "nothing yet", "$quiet"),
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
    WhyNone.TOO_NEAR: "was nearly there at first",
    WhyNone.NOTHING_NEW: "nothing measured since",
    WhyNone.MIXED: "mixed picture since",
    WhyNone.NOT_ENOUGH: "not enough answers since",
    WhyNone.NO_PLACE: "no one place since",
}
MARKS = {
    FindingKind.MISSING: ("○", "$quiet", "missing"),
    FindingKind.CONTRADICTION: ("!", "bold $alert", "does not go together"),
    FindingKind.DOUBT: ("?", "$primary", "look again"),
}
ACTION_WORDS = {
    ActionState.OPEN: "open",
    ActionState.DONE: "done",
    ActionState.DROPPED: "dropped",
}


def stands(found: ThemeGap | None) -> str:
    """'1.6'; 'was 1.6' where the newest assessment shows no place; a dash where none is known."""
    if found is not None and found.now is not None:
        return f"{found.now:.1f}"
    return "–" if found is None or found.was is None else f"was {found.was:.1f}"


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


def far(view: StageView, width: int, room: int) -> Content:
    """How far a stage is: a bar with what was measured, or why there is none; and its actions.

    The bar is `width` cells, or fewer where `room` is short; after it words give way.
    """
    if view.progress is not None and view.counted < view.aims:
        # A share of some of the aims says so before anything else.
        fewest = f" in {view.counted} of {view.aims}"
        short = f"{fewest} aims"
        aims = f"{short}, {view.reached} reached"
    elif view.progress is not None:
        aims = f", {view.reached} of {plural(view.aims, 'aim')} reached"
        fewest = short = f", {view.reached} of {view.aims}"
    else:
        why = WHY_NONE[view.why_not] if view.why_not else ""
        aims = short = fewest = "no aims yet" if view.why_not is WhyNone.NO_AIM else why
    actions = done = ""
    if view.actions:
        actions = f" · {view.actions_done} of {plural(view.actions, 'action')} done"
        done = f" · {view.actions_done} of {plural(view.actions, 'action')}"
    ways = ((aims, actions), (aims, done), (short, done), (aims, ""), (short, ""), (fewest, ""))
    least = 0 if view.progress is None else 11
    words, end = next((way for way in ways if least + len("".join(way)) <= room), ways[-1])
    if view.progress is None:
        return Content.assemble((words, "$quiet"), (end, "$quiet"))
    left = room - len(words + end) - 6
    picture = bar(view.progress, max(5, min(width, left)))
    return Content.assemble(picture, f" {percent(view.progress)}", words, (end, "$quiet"))


def side_line(state: SideState, width: int) -> Content:
    """A side in a line of `width` cells: what is done about it, by whom, by when."""
    if state.empty:
        return Content.styled("nothing said yet", "$quiet")
    if not state.action:
        said = Content(first_line(state.needed or state.today))
        return kept_end(said, Content.styled("  no action", "$alert"), width)
    owner = state.owner or "nobody yet"
    when = date_words(state.due) if state.due else "no date"
    mark = {ActionState.OPEN: "○", ActionState.DONE: "✓", ActionState.DROPPED: "–"}[state.state]
    what = Content(f"{mark} {first_line(state.action)}")
    return kept_end(what, Content.styled(f"  {owner}, {when}", "$quiet"), width)


def first_line(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def how_far(plan: Plan, views: tuple[StageView, ...]) -> str:
    """Where a plan stands, in a few words."""
    here = stage_now(views)
    if here is None:
        return "arrived"
    if here.state is StageState.EMPTY and here.kind is StageKind.INCREMENTAL:
        return "being drawn up"
    words = f"stage {here.kind.number} of 3 {STATE_WORDS[here.state][1].split(',')[0]}"
    if here.progress is None:
        return words
    some = f" in {here.counted} of {here.aims} aims" if here.counted < here.aims else ""
    return f"{words}, {percent(here.progress)}{some}"


def saving_words(work: OpenPlan) -> Content:
    """Whether the last edit is on disk."""
    if work.read_only:
        return Content.styled("read only", "bold $alert")
    state = work.saving
    if work.has_clash:
        return Content.styled("! not saved: changed elsewhere", "bold $error")
    if state is not None and state.trouble:
        return Content.styled(f"! not saved: {state.trouble}; trying again", "bold $error")
    if state is None or state.is_saved:
        return Content.styled("✓ saved", "$good")
    return Content.styled("… saving", "$quiet")
