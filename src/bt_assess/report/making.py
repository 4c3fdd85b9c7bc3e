"""A report of a session, a round, a comparison, a plan or a project, in each of its formats.

What only one format needs is loaded for that format alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeAlias

from bt_assess.core.compared import Compared
from bt_assess.core.disclosure import Shown
from bt_assess.core.plan import Plan
from bt_assess.core.project import Project
from bt_assess.core.round import Round
from bt_assess.core.rubric import Rubric
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.session import Session
from bt_assess.report.paper import Paper

ENDINGS = {
    ".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".xlsx": "xlsx",
    ".csv": "csv", ".json": "json", ".pdf": "pdf",
}  # fmt: skip
BINARY = ("xlsx", "pdf")

if TYPE_CHECKING:
    from bt_assess.report.compare_json import Files


class CannotBe(Exception):
    """There is no such report of this; str(error) says why, in a line for people."""


@dataclass(frozen=True)
class OfRound:
    """A round, what may be shown of it, and the head-count's lines."""

    round: Round
    shown: Shown
    head: list[str]


@dataclass(frozen=True)
class OfComparison:
    """Two or more: times of one person or team, or different ones side by side.

    `files` are the sessions' own, where they are known. `pair` are a before and an
    after that somebody chose among many: the change is between these two, and it is said so.
    `missing` are those of a kept comparison that are not here, and it is said so too.
    """

    items: tuple[Compared, ...]
    name: str = ""
    targets: Mapping[str, float] = field(default_factory=dict)
    files: "Files" = field(default_factory=dict)
    pair: tuple[Compared, Compared] | None = None
    missing: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class OfPlan:
    """A plan, with what was measured since it was saved."""

    plan: Plan


@dataclass(frozen=True)
class OfProject:
    """A breakthrough project."""

    project: Project


@dataclass(frozen=True)
class OfReportBack(OfProject):
    """What a project reports back, on one page; as a table of figures it is the project's."""


Subject: TypeAlias = Session | OfRound | OfComparison | OfPlan | OfProject


def kind_of_file(name: str) -> str | None:
    """The format that a file's ending says."""
    return ENDINGS.get(PurePath(name).suffix.casefold())


def made(kind: str, rubric: Rubric, subject: Subject, day: date) -> str | bytes:
    """The report; `kind` is one of ENDINGS' values. Raises CannotBe."""
    match kind:
        case "html":
            return _html(rubric, subject, day)
        case "md":
            from bt_assess.report.markdown import markdown

            return markdown(_paper(rubric, subject, day))
        case "pdf":
            return _pdf(_paper(rubric, subject, day))
        case "xlsx":
            return _xlsx(rubric, subject, day)
        case "csv":
            return _csv(rubric, subject, day)
        case "json":
            return json.dumps(_data(rubric, subject, day), indent=2, ensure_ascii=False) + "\n"
    raise ValueError(kind)


def _html(rubric: Rubric, subject: Subject, day: date) -> str:
    from bt_assess.report import html

    match subject:
        case Session():
            return html.html_of_session(rubric, subject, made=day)
        case OfComparison(items, name, targets):
            return html.html_of_compared(
                rubric, items, made=day, name=name, targets=targets, pair=subject.pair,
                missing=len(subject.missing),
            )  # fmt: skip
        case OfPlan(plan):
            from bt_assess.report.html_plan import html_of_plan

            return html_of_plan(rubric, plan, made=day)
        case OfReportBack(project):
            from bt_assess.report.report_back import html_of_report_back

            return html_of_report_back(rubric, project, made=day)
        case OfProject(project):
            from bt_assess.report.html_project import html_of_project

            return html_of_project(rubric, project, made=day)
    return html.html_of_round(rubric, subject.round, subject.shown, made=day)


def _paper(rubric: Rubric, subject: Subject, day: date) -> Paper:
    match subject:
        case Session():
            from bt_assess.report.paper_session import paper_of_session

            return paper_of_session(rubric, subject, made=day)
        case OfComparison(items, name, targets):
            from bt_assess.report.paper_compared import paper_of_compared

            return paper_of_compared(
                rubric, items, made=day, name=name, targets=targets, pair=subject.pair,
                missing=len(subject.missing),
            )  # fmt: skip
        case OfPlan(plan):
            from bt_assess.report.plan_paper import paper_of_plan

            return paper_of_plan(rubric, plan, made=day)
        case OfReportBack(project):
            from bt_assess.report.report_back import paper_of_report_back

            return paper_of_report_back(project, made=day)
        case OfProject(project):
            from bt_assess.report.project_paper import paper_of_project

            return paper_of_project(project, made=day)
    from bt_assess.report.paper_round import paper_of_round

    return paper_of_round(rubric, subject.round, subject.shown, made=day)


def _pdf(paper: Paper) -> bytes:
    from bt_assess.report.pdf import NoTypst, pdf

    try:
        return pdf(paper)
    except NoTypst:
        raise CannotBe(
            "PDF needs typst, which is an extra: pip install 'bt-assess[pdf]'; HTML prints well too"
        ) from None


def _xlsx(rubric: Rubric, subject: Subject, day: date) -> bytes:
    match subject:
        case Session():
            from bt_assess.report.xlsx import xlsx_of_session

            return xlsx_of_session(rubric, subject, made=day)
        case OfComparison(items, name, targets):
            from bt_assess.report.xlsx_compared import xlsx_of_compared

            return xlsx_of_compared(
                rubric, items, made=day, name=name, targets=targets, pair=subject.pair,
                missing=len(subject.missing),
            )  # fmt: skip
        case OfPlan(plan):
            from bt_assess.report.xlsx_plan import xlsx_of_plan

            return xlsx_of_plan(rubric, plan, made=day)
        case OfProject(project):
            from bt_assess.report.xlsx_plan import xlsx_of_project

            return xlsx_of_project(project, made=day)
    from bt_assess.report.xlsx import xlsx_of_round

    return xlsx_of_round(rubric, subject.round, subject.shown, made=day)


def _csv(rubric: Rubric, subject: Subject, day: date) -> str:
    from bt_assess.report import exports
    from bt_assess.report.round_report import round_csv

    match subject:
        case Session():
            return exports.sessions_csv(rubric, [subject])
        case OfComparison():
            return exports.compared_csv(
                rubric, subject.items, subject.targets, subject.pair, len(subject.missing)
            )
        case OfPlan(plan):
            from bt_assess.report.plan_csv import plan_csv

            return plan_csv(plan)
        case OfProject(project):
            from bt_assess.report.plan_csv import project_csv

            return project_csv(project, day)
    if not subject.shown.shown:
        raise CannotBe("nothing of this round may be shown as CSV: see 'bt-assess round show'")
    return round_csv(rubric, subject.shown)


def _data(rubric: Rubric, subject: Subject, day: date) -> dict[str, Any]:
    from bt_assess.report import exports
    from bt_assess.report.compare_json import compared_data
    from bt_assess.report.round_report import round_json

    match subject:
        case Session():
            return exports.sessions_object(rubric, [subject])
        case OfComparison(items, _, targets, files):
            return compared_data(rubric, items, targets, files, subject.pair, subject.missing)
        case OfPlan(plan):
            from bt_assess.report.plan_json import plan_object

            return plan_object(rubric, plan, day)
        case OfProject(project):
            from bt_assess.report.plan_json import project_object

            return project_object(project, day)
    return round_json(rubric, subject.round, subject.shown, subject.head)
