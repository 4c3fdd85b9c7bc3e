"""Which editor a place in a plan belongs to, and which of its fields to begin with."""

from bt_assess.core.plan import Side
from bt_assess.core.plan_history import StageKind
from bt_assess.core.rubric import Rubric
from bt_assess.tui.page import Page
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.screens.plans.capabilities import Capabilities, EditCapability
from bt_assess.tui.screens.plans.parts import EditDestination, EditReality, EditStage
from bt_assess.tui.screens.plans.sides import EditSide


def editor_for(where: str, work: OpenPlan, rubric: Rubric) -> Page | None:
    """The page for 'stage.incremental.measure' and the like; None where it is no field."""
    part, _, rest = where.partition(".")
    name, _, field = rest.partition(".")
    match part:
        case "destination":
            return EditDestination(work, name)
        case "reality":
            return EditReality(work, name)
        case "stage" if field == "capabilities":
            return Capabilities(work, rubric)
        case "stage":
            return EditStage(work, rubric, StageKind(name), field)
        case "capability" if field.partition(".")[0] in list(Side):
            side, _, field = field.partition(".")
            return EditSide(work, name, Side(side), field)
        case "capability":
            return EditCapability(work, name, field)
        case "capabilities":
            return Capabilities(work, rubric)
    return None
