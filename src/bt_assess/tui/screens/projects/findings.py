"""The check of a project: what makes a breakthrough less likely, and the way to each."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.content import Content

from bt_assess.core.plan_check import Finding
from bt_assess.core.project_check import check_project
from bt_assess.tui.screens.plans.words import MARKS
from bt_assess.tui.screens.projects.listed import ListPage
from bt_assess.tui.widgets.rows import Row

if TYPE_CHECKING:
    from bt_assess.tui.screens.projects.page import ProjectPage

LEAST_PLACE = 6
"""Cells that the name of a project's part keeps in the narrowest terminal."""


class Findings(ListPage):
    """Advice in the order of the project's parts; nothing here stops anybody."""

    HEADING = "Check"
    INTRO = (
        "Advice, and never a gate: ○ something is missing, ! two things clash, ? worth a thought."
    )
    ABOUT = (
        "What the method asks for and this project does not say yet. Enter goes where it belongs."
    )
    BINDINGS: ClassVar = [
        Binding("n", "new", "New", show=False),
        Binding("d", "delete", "Delete", show=False),
    ]

    def __init__(self, page: "ProjectPage") -> None:
        super().__init__(page.work)
        self._page = page

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in ("new", "delete")

    def rows(self) -> list[Row]:
        work = self.work
        findings = check_project(work.project, work.today, before=work.before)
        if not findings:
            return [Row(lambda w: Content.styled("  Nothing to look at again.", "$good"))]
        longest = max(len(finding.place) for finding in findings)
        return [_row(finding, longest) for finding in findings]

    def about(self, value: Any) -> Content | str:
        if not isinstance(value, Finding):
            return ""
        what = f"{value.said[:1].upper()}{value.said[1:]}"
        return Content.assemble(what, "\n", (value.why, "$quiet"))

    def open(self, value: Finding) -> None:
        part, begin = where(value.where)
        self._page.action_part(part, begin)


def where(place: str) -> tuple[str, str]:
    """The part of the project's page and the question in it that a finding is about."""
    names = place.split(".")[1:]
    match names:
        case ["goal_check", question]:
            return "goal", question
        case ["wanted", key]:
            return "choose", "from_" if key == "from" else key
        case ["report", key]:
            return "report", key
        case ["core_group" | "data_needed", *_]:
            return "prepare", ""
        case ["launch", *_]:
            return "launch", ""
        case ["readings" | "check_ins", *_]:
            return "week", ""
        case ["obstacle" | "obstacles", *_]:
            return "obstacles", ""
        case ["mid_point", *_]:
            return "mid_point", ""
        case [key]:
            return "choose", key
    return "choose", ""


def _row(finding: Finding, longest: int) -> Row:
    """A line of the list; its words begin where those of the others do."""
    mark, style, _ = MARKS[finding.kind]

    def draw(width: int) -> Content:
        # Where there is little room the part gives way: what is wrong with it says more.
        room = min(longest, max(LEAST_PLACE, width // 3))
        place = Content.styled(finding.place, "bold").truncate(room, ellipsis=True, pad=True)
        return Content.assemble((f"{mark} ", style), place, "  ", finding.what)

    return Row(draw, finding)
