"""What the editors of a plan have in common."""

from collections.abc import Sequence

from textual.content import Content

from bt_assess.core.plan import Plan
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.screens.asking import Ask
from bt_assess.tui.screens.form import Form
from bt_assess.tui.screens.plans.words import saving_words
from bt_assess.tui.widgets.rows import RowList


class PlanForm(Form[Plan]):
    """An editor of a part of the plan that is open."""

    work: OpenPlan

    @property
    def thing(self) -> Plan:
        return self.work.plan

    @property
    def subject(self) -> str:
        return self.thing.title

    @property
    def part(self) -> str:
        """What is edited, to say what was taken back."""
        return self._heading

    @property
    def names(self) -> Sequence[str]:
        return tuple(dict.fromkeys([*self.thing.people(), *self.work.names]))

    @property
    def why_fixed(self) -> str:
        return self.work.read_only or ""

    def saving_words(self) -> Content:
        return saving_words(self.work)

    def take(self, new: Plan, ask: Ask[Plan]) -> None:
        words = f"{self.part}: {ask.words.rstrip('?').lower()}"
        self.work.change(new, words, typed=(id(self), ask.key))


class PlanRows(RowList):
    """A list among questions: pages and ends belong to the form."""

    MARKS_WITHOUT_FOCUS = False

    def __init__(self, lines: int, why: str, *, id: str, enter: str) -> None:
        """`why` says what can be done with it, while it has the keys."""
        super().__init__(id=id, pages=False, enter=enter)
        self.why = why
        self.styles.height = lines
