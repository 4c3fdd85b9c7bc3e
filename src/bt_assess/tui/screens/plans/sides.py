"""One side of a capability: what there is, what is needed, and who does what about it."""

from collections.abc import Mapping

from bt_assess.core.plan import Plan, Side, SideState
from bt_assess.core.round import ActionState
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.screens.asking import Ask, Kind, asks_of
from bt_assess.tui.screens.plans.form import PlanForm
from bt_assess.tui.screens.plans.once import on_top
from bt_assess.tui.screens.plans.words import ACTION_WORDS, SIDE_WORDS

_ASKED: Mapping[Side, tuple[str, str]] = {
    Side.PEOPLE: (
        "Who can do it today, and who learns it from whom?",
        "How many should be able to, and who teaches them?",
    ),
    Side.PROCESS: (
        "Which steps does it take today, and who decides?",
        "Which steps, and whose decision, should it take?",
    ),
    Side.KNOWLEDGE: (
        "What does one have to know, and where is it today?",
        "What should be known, and where does it belong?",
    ),
    Side.MEASUREMENT: (
        "How do we see today whether we can do it?",
        "How shall we see it, and how often?",
    ),
    Side.ENVIRONMENT: (
        "What around it helps or hinders: rooms, tools, rules, the top?",
        "What should be around it?",
    ),
}
_SIDES: Mapping[Side, tuple[str, str, str]] = {
    Side.PEOPLE: (
        "Two of nine know the whole procedure, and one of them is leaving.",
        "Everybody at the desk can take a case from beginning to end.",
        "Pair each newcomer with somebody for four weeks.",
    ),
    Side.PROCESS: (
        "Every office has a form of its own; a case is typed in three times.",
        "One form, filled in once, seen by all who work on the case.",
        "Draw the way of one case with those who handle it, and cut two steps.",
    ),
    Side.KNOWLEDGE: (
        "Which flats are free is in the heads of two people.",
        "Anybody can look up what is free, what it costs and who to call.",
        "Put the landlords' list where all can see it, and date every line.",
    ),
    Side.MEASUREMENT: (
        "We count the cases opened in a year.",
        "Days from first visit to first offer, on the wall every Monday.",
        "Note both days on the form; one person adds them up on Fridays.",
    ),
    Side.ENVIRONMENT: (
        "An exception needs three signatures, and the desk has no quiet room.",
        "The desk may decide up to a limit, and somebody stands behind it.",
        "Agree on the limit with finance, and say so to everybody in writing.",
    ),
}


class EditSide(PlanForm):
    """One side of a capability: today, needed, and who does what about it by when."""

    ABOUT = (
        "Say what there is and what is needed; the difference is what has to be done. One person has"
        " it, by a day before the stage that needs it. ↓ in the owner's line lists the names used"
        " before."
    )

    def __init__(self, work: OpenPlan, capability_id: str, side: Side, field: str = "") -> None:
        self._capability_id = capability_id
        super().__init__(work, SIDE_WORDS[side], _asks(capability_id, side), begin=field)

    @property
    def subject(self) -> str:
        capability = self.work.plan.capability(self._capability_id)
        return capability.name if capability else ""

    def action_undo(self) -> None:
        super().action_undo()
        if self.work.plan.capability(self._capability_id) is None and on_top(self):
            self.dismiss()


def _asks(capability_id: str, side: Side) -> tuple[Ask[Plan], ...]:
    def state(plan: Plan) -> SideState:
        capability = plan.capability(capability_id)
        return capability.side(side) if capability else SideState()

    ask = asks_of(state, lambda plan, new: plan.with_side(capability_id, side, new))
    today, needed, action = _SIDES[side]
    is_there, should_be = _ASKED[side]
    states = tuple((state, ACTION_WORDS[state]) for state in ActionState)
    return (
        ask("today", is_there, Kind.BRIEF, "", today),
        ask("needed", should_be, Kind.BRIEF, "", needed),
        ask("action", "What will be done about it?", Kind.BRIEF, "", action),
        ask("owner", "Who has it?", Kind.NAME, "One person; ↓ lists the names used before."),
        ask("due", "By when?", Kind.DAY, "", "2027-03-31, or '6 weeks'"),
        ask("state", "What has become of it?", Kind.CHOICE, options=states),
        ask("remark", "Anything to add?", Kind.BRIEF, "", "Waits for the new head of finance."),
    )
