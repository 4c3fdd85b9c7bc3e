"""A project's report back on one page: the result, how it came about, what was learned, what next."""

from datetime import date

from bt_assess.core.forecast import line, live_readings, so_far
from bt_assess.core.project import Project
from bt_assess.core.rubric import Rubric
from bt_assess.report.html_kit import drawn, page
from bt_assess.report.html_project import (
    far_words,
    readings_picture,
    report_parts,
    report_state,
)
from bt_assess.report.paper import Block, Paper, Picture, Point, Points, Table, Words
from bt_assess.report.pictures import PHONE, WIDE
from bt_assess.report.plan_paper import said
from bt_assess.report.plan_words import goal_words, with_unit
from bt_assess.report.summary import plural
from bt_assess.report.words import date_words

_SIZES = ((1000, "full"), (1900, "less"))
"""Up to so many characters, so large: see report.css."""
KICKER = "Report back of a breakthrough project"


def html_of_report_back(rubric: Rubric, project: Project, *, made: date) -> str:
    """The report back alone: an HTML page that prints on one sheet, A4 or Letter.

    Long answers are printed smaller, down to 8.5 pt; beyond some 350 characters each it runs on.
    """
    project = so_far(project, made)
    wide, narrow = (
        readings_picture(project, made, name=f"readings-{kind}", width=width, flat=True)
        for kind, width in (("wide", WIDE), ("narrow", PHONE))
    )
    return page(
        "report_back.html.j2",
        made=made,
        rubric=rubric,
        project=project,
        kicker=KICKER,
        goal=goal_words(project.wanted),
        facts=_facts(project),
        chart=drawn(wide, narrow),
        drawable=_drawable(project),
        caption=_caption(project),
        report=report_parts(project),
        report_state=report_state(project),
        size=_size(project),
    )


def paper_of_report_back(project: Project, *, made: date) -> Paper:
    """The same to read from top to bottom, on one sheet of A4 where it fits in 8.5 pt."""
    project = so_far(project, made)
    blocks: list[Block] = [Words(report_state(project))] if report_state(project) else []
    blocks.append(Points(tuple(Point(text, head=f"{head}:") for head, text in _facts(project))))
    if _drawable(project):
        unit = project.wanted.unit
        rows = tuple((date_words(r.on), with_unit(r.value, unit)) for r in live_readings(project))
        table = Table("Readings", ("Day", "Reading"), rows, wide=0, figures=frozenset({1}))
        picture = readings_picture(project, made, name="readings", flat=True)
        blocks.append(Picture(picture, _caption(project), table))
    blocks += said(report_parts(project))
    lead = f"{goal_words(project.wanted)}."
    return Paper(
        kicker=KICKER, title=project.title, lead=lead, made=made, blocks=tuple(blocks), sheet=True
    )


def _size(project: Project) -> str:
    """How large the HTML page is printed: by how much there is to read, as paper cannot ask."""
    written = sum(len(text) + text.count("\n") * 50 for _, text in report_parts(project))
    return next((name for most, name in _SIZES if written <= most), "least")


def _drawable(project: Project) -> bool:
    return bool(live_readings(project) or line(project))


def _caption(project: Project) -> str:
    """The last reading, and how far that is."""
    readings = live_readings(project)
    if not readings:
        return "The measure was not read."
    last = readings[-1]
    value = with_unit(last.value, project.wanted.unit)
    return f"{value} on {date_words(last.on)}: {far_words(project)}".removesuffix(": ") + "."


def _facts(project: Project) -> list[tuple[str, str]]:
    """Who it was, when, and how much was asked and done on the way."""
    launch, obstacles = project.launch, project.obstacles
    done = sum(1 for action in launch.actions if action.state.value == "done")
    answered = len(obstacles) - len(project.unanswered())
    rows = [
        ("For", project.organisation),
        ("Leader", project.leader),
        ("Team", ", ".join(project.team)),
        ("Weeks", f"{project.weeks}, from {date_words(project.starts)}" if project.starts else ""),
        ("Actions", f"{done} of {len(launch.actions)} done" if launch.actions else ""),
        ("Obstacles",
         f"{plural(len(obstacles), 'obstacle')}, {answered} answered" if obstacles else ""),
    ]  # fmt: skip
    return [(head, text) for head, text in rows if text]
