"""A project written down to read and pass on: all of it, or the report back on one page."""

from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.screen import Screen

from bt_assess.report.making import OfProject, OfReportBack
from bt_assess.tui.reporting import ask_and_report
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.widgets.rows import Row

if TYPE_CHECKING:
    from bt_assess.tui.project_flow import OpenProject


def ask(page: Screen[Any], work: "OpenProject") -> None:
    """Where there is a report back, ask which of the two; then where to."""
    if work.project.report.result:

        def go(write: Any) -> None:
            if write is not None:
                write(page, work)

        rows = [
            _row("The report back", "on one page, to show around", report_back),
            _row("The whole project", "from the choice to the report", whole),
        ]
        page.app.push_screen(Pick("What is to be written down?", rows), go)
    else:
        whole(page, work)


def whole(page: Screen[Any], work: "OpenProject") -> None:
    subject, what = OfProject(work.project), f"The project {work.project.title}"
    ask_and_report(page, work.desk.rubric, subject, what, work.today, work.today)


def report_back(page: Screen[Any], work: "OpenProject") -> None:
    subject, what = OfReportBack(work.project), f"The report back of {work.project.title}"
    day = work.project.report.on or work.today
    ask_and_report(page, work.desk.rubric, subject, what, day, work.today)


def _row(name: str, about: str, write: Any) -> Row:
    return Row(lambda width: Content.assemble((name.ljust(19), "bold"), (about, "$quiet")), write)
