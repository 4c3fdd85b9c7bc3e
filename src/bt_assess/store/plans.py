"""Plans: a sealed TOML file each, in `plans/` in the sessions folder."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TypeAlias

from bt_assess.core.compared import Compared
from bt_assess.core.plan import Plan, capability_of, new_plan
from bt_assess.core.plan_gap import based_on
from bt_assess.core.rubric import BreakthroughPoint
from bt_assess.store.folder import new_id
from bt_assess.store.kept import KeptFolder, Sort, Stored, kept_text
from bt_assess.store.where import PLANS

StoredPlan: TypeAlias = Stored[Plan]

_SORT = Sort(
    make=Plan.model_validate,
    word="plan",
    folder=PLANS,
    head="""\
# A bt-assess plan: destination, reality, staged objectives, and what we must be able to do.
# bt-assess writes it. What is changed by hand counts once it is accepted in the app.
""",
)


class PlansFolder(KeptFolder[Plan]):
    """The plans of a sessions folder."""

    def __init__(self, sessions_folder: Path) -> None:
        super().__init__(sessions_folder, _SORT)

    def new(
        self,
        title: str,
        today: date,
        *,
        organisation: str = "",
        evidence: Iterable[Compared] = (),
        points: Iterable[BreakthroughPoint] = (),
    ) -> StoredPlan:
        """A plan on disk, with sessions or rounds as its reality and points as first capabilities.

        Raises ValidationError for a title with nothing in it, Refused, or OSError.
        """
        plan = based_on(new_plan(new_id(), title, today, organisation), evidence, today)
        for point in points:
            plan = plan.with_capability(capability_of(new_id(), point))
        return self.create(plan)


def plan_text(plan: Plan) -> str:
    """The whole file of a plan."""
    return kept_text(plan, _SORT)
