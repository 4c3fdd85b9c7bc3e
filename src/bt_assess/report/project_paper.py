"""A breakthrough project as a report to read from top to bottom."""

from collections.abc import Iterator
from datetime import date

from bt_assess.core.forecast import line, live_readings, so_far
from bt_assess.core.project import Project
from bt_assess.core.project_check import check_project
from bt_assess.report.html_project import (
    answer_words,
    block_name,
    choice_parts,
    far_words,
    mid_point_parts,
    outlook,
    people_of,
    questions_of,
    reading_rows,
    readings_picture,
    report_parts,
    report_state,
    sayings,
)
from bt_assess.report.paper import (
    Block,
    Heading,
    Paper,
    Picture,
    Point,
    Points,
    Table,
    Words,
    Written,
)
from bt_assess.report.plan_paper import looked_at, owned, said
from bt_assess.report.plan_words import goal_words, phase_words, weeks_words
from bt_assess.report.words import date_words


def paper_of_project(project: Project, *, made: date) -> Paper:
    """The report of one project, from where it is to how it was chosen."""
    findings, project = check_project(project, made), so_far(project, made)
    return Paper(
        kicker="A breakthrough project",
        title=project.title,
        lead=f"{goal_words(project.wanted)}.",
        made=made,
        blocks=(*_blocks(project, made), *looked_at(findings)),
    )


def _blocks(project: Project, today: date) -> Iterator[Block]:
    far = far_words(project)
    yield Heading("Where it is", said="; ".join(p for p in (phase_words(project, today), far) if p))
    people = people_of(project)
    if project.organisation:
        people.append(("For", project.organisation))
    yield Points(tuple(Point(names, head=f"{head}:") for head, names in people))
    if project.stopped_why:
        yield Written("Why it was stopped", (project.stopped_why,))
    yield from _readings(project, today)
    yield Heading("Obstacles")
    if project.obstacles:
        yield Points(tuple(
            Point(each.what, more=tuple(part for part in (
                f"Raised by {each.raised_by}; {answer_words(each)}." if each.raised_by
                else f"{answer_words(each)[:1].upper()}{answer_words(each)[1:]}.",
                each.decision,
            ) if part))
            for each in project.obstacles
        ), numbered=True)  # fmt: skip
    else:
        yield Words("Nobody has raised one.")
    yield Heading("Action plan")
    if project.launch.actions:
        yield Points(tuple(
            Point(each.what, more=tuple(part for part in (
                owned(each.owner, each.due, each.state.value), each.remark
            ) if part))
            for each in project.launch.actions
        ), numbered=True)  # fmt: skip
    else:
        yield Words("There is none yet: it is what the launch ends with.")
    state, report = report_state(project), report_parts(project)
    if state or report:
        yield Heading("Report back")
        if state:
            yield Words(state)
        yield from said(report)
    yield from _choice(project)
    yield from _on_the_way(project)


def _readings(project: Project, today: date) -> Iterator[Block]:
    rows = reading_rows(project)
    table = Table(
        "Readings", ("Day", "Week", "Reading", "The line asks", "Against the line", "Note"),
        tuple(
            (date_words(each.on), week, value, asked, words, each.note or "–")
            for each, week, value, asked, words in rows
        ),
        wide=5, figures=frozenset({1, 2, 3}),
    )  # fmt: skip
    if live_readings(project) or line(project):
        yield Picture(readings_picture(project, today, name="readings"), outlook(project, today), table,
                      both=bool(rows))  # fmt: skip
    elif rows:
        yield table
    if missed := project.missed_weeks(today):
        yield Words(f"No reading was taken in week {', '.join(map(str, missed))}.", quiet=True)


def _choice(project: Project) -> Iterator[Block]:
    yield Heading("What was chosen, and why")
    yield from said(choice_parts(project))
    if project.refocused:
        yield Words("The goal was changed on the way.")
        yield Points(tuple(
            Point(f"before: {goal_words(each.before)}", head=f"{date_words(each.on)}:",
                  more=(each.why,) if each.why else ())
            for each in project.refocused
        ))  # fmt: skip
    if project.moved:
        yield Words("The weeks were moved on the way.")
        yield Points(tuple(
            Point(f"before: {weeks_words(each)}", head=f"{date_words(each.on)}:")
            for each in project.moved
        ))  # fmt: skip
    yield Table(
        "The goal check", ("Is it …", "Answer", "Remark"),
        tuple((name, answer, remark or "–") for name, answer, remark in questions_of(project)),
        wide=2,
    )  # fmt: skip
    if project.data_needed:
        yield Heading("To have at the launch", 3)
        yield Points(tuple(
            Point(each.what, more=(
                ", ".join(p for p in (each.who, "ready" if each.ready else "not ready") if p),
            ))
            for each in project.data_needed
        ))  # fmt: skip


def _on_the_way(project: Project) -> Iterator[Block]:
    if project.mid_point:
        yield Heading("Mid-point", said=date_words(project.mid_point.on))
        yield from said(mid_point_parts(project))
    if project.check_ins:
        yield Heading("Week by week")
        for when, parts in sayings(project):
            yield Heading(when, 3)
            yield from said(parts)
    noted = [(block_name(block), block.notes) for block in project.launch.blocks if block.notes]
    if noted or project.launch.notes:
        held = project.launch.held
        yield Heading("Launch", said=date_words(held) if held else "")
        yield from said(noted)
        if project.launch.notes:
            yield Written("Notes", (project.launch.notes,))
