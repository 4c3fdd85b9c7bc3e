"""A breakthrough project as an HTML report: where it is, where it leads, and who does what next."""

from datetime import date

from bt_assess.core.forecast import (
    Forecast,
    WhyAside,
    WhyNone,
    against_line,
    forecast,
    how_far,
    line,
    live_readings,
    so_far,
    why_aside,
)
from bt_assess.core.launch import stop
from bt_assess.core.project import Project
from bt_assess.core.project_check import check_project
from bt_assess.core.project_parts import Block, Goal, GoalQuestion, Obstacle, Reading
from bt_assess.core.rubric import Rubric
from bt_assess.report import pictures_of_plan
from bt_assess.report.html_kit import drawn, page
from bt_assess.report.pictures import PHONE, WIDE
from bt_assess.report.pictures_of_plan import ahead_words
from bt_assess.report.plan_words import (
    ANSWERS,
    QUESTIONS,
    WHY_ASIDE,
    WHY_NO_FORECAST,
    about_words,
    forecast_words,
    goal_words,
    phase_words,
    share_words,
    week_words,
    weeks_words,
    with_unit,
)
from bt_assess.report.words import date_words

PICTURE = "The readings, against the line to the goal"


def html_of_project(rubric: Rubric, project: Project, *, made: date) -> str:
    """The report of one project: a whole HTML page."""
    findings, project = check_project(project, made), so_far(project, made)
    wide, narrow = (
        readings_picture(project, made, name=f"readings-{kind}", width=width)
        for kind, width in (("wide", WIDE), ("narrow", PHONE))
    )
    return page(
        "project.html.j2",
        made=made,
        rubric=rubric,
        project=project,
        goal=goal_words(project.wanted),
        phase=phase_words(project, made),
        far=far_words(project),
        chart=drawn(wide, narrow),
        drawable=bool(live_readings(project) or line(project)),
        readings=reading_rows(project),
        forecast=outlook(project, made),
        missed=project.missed_weeks(made),
        people=people_of(project),
        questions=questions_of(project),
        obstacles=[(each, answer_words(each)) for each in project.obstacles],
        blocks=[
            (block_name(block), block.notes) for block in project.launch.blocks if block.notes
        ],
        mid_point=mid_point_parts(project),
        report=report_parts(project),
        report_state=report_state(project),
        check_ins=sayings(project),
        refocused=[
            (date_words(each.on), goal_words(each.before), each.why) for each in project.refocused
        ],
        moved=[(date_words(each.on), weeks_words(each)) for each in project.moved],
        choice=[(head, text) for head, text in choice_parts(project) if text],
        findings=findings,
    )  # fmt: skip


def told_of(project: Project, today: date) -> Forecast | WhyNone:
    """The forecast, or why there is none; of a day that is over nothing is foretold."""
    found = forecast(so_far(project, today))
    if isinstance(found, Forecast) and found.day < today:
        return WhyNone.TOO_LATE
    return found


def readings_picture(
    project: Project, today: date, *, name: str, width: float = WIDE, flat: bool = False
) -> str:
    found = told_of(project, today)
    return pictures_of_plan.readings(
        [(each.on, each.value) for each in live_readings(project)], line(project),
        found if isinstance(found, Forecast) else None, today,
        name=name, title=PICTURE, unit=project.wanted.unit, width=width, flat=flat,
    )  # fmt: skip


def far_words(project: Project) -> str:
    """How much of the way is done, in a few words."""
    far = how_far(project)
    if far.progress is None or far.way is None:
        return ""
    if far.way < 0:
        return "further from the goal than at first"
    return f"{share_words(far.progress)} of the way to the goal"


def outlook(project: Project, today: date) -> str:
    """The forecast in words, or why there is none."""
    found = told_of(project, today)
    if isinstance(found, Forecast):
        last = live_readings(so_far(project, today))[-1].value
        return forecast_words(found, project.wanted, last)
    return f"No forecast: {WHY_NO_FORECAST[found]}."


def reading_rows(project: Project) -> list[tuple[Reading, str, str, str, str]]:
    """Each reading with its week, its figure, what the line asked, and how it lies to it.

    What the line asked is by the goal that held on that day.
    """
    rows = []
    for each in project.readings:
        aside = why_aside(project, each)
        asked, words = "–", "–"
        if aside is not None:
            words = WHY_ASIDE[aside]
        elif straight := line(project, each.on):
            asked = about_words(straight.at(each.on), straight.last - straight.first)
            words = ahead_words(against_line(project, each))
        value = with_unit(
            each.value, "" if aside is WhyAside.OTHER_MEASURE else project.wanted.unit
        )
        rows.append((each, week_words(project, each.on), value, asked, words))
    return rows


def people_of(project: Project) -> list[tuple[str, str]]:
    """Who is in it, by what they do."""
    rows = [
        ("Leader", project.leader or "nobody yet"),
        ("Team", ", ".join(project.team) or "nobody yet"),
        ("Facilitator", project.facilitator),
        ("Stands by", project.helper),
        ("Core group", ", ".join(project.core_group)),
    ]
    return [(head, names) for head, names in rows if names]


def choice_parts(project: Project) -> list[tuple[str, str]]:
    return [
        ("For", project.function),
        ("What shows that results are missing", project.shown_by),
        ("Why now, and why more of the same will not do", project.why_now),
        ("What the leader gives", project.leader_gives),
    ]


def questions_of(project: Project) -> list[tuple[str, str, str]]:
    """The goal check: each question with its answer and what was remarked."""
    found = [(QUESTIONS[q], project.goal_check.get(q, Goal())) for q in GoalQuestion]
    return [
        (name, goal.answer.value if goal.answer else "open", goal.remark) for name, goal in found
    ]


def answer_words(obstacle: Obstacle) -> str:
    """What the leader did about an obstacle, or since when it waits."""
    if obstacle.answer is None or obstacle.answered is None:
        return f"waits for an answer since {date_words(obstacle.raised)}"
    words = f"{ANSWERS[obstacle.answer]} on {date_words(obstacle.answered)}"
    if obstacle.kept:
        return f"{words}, and seen to"
    return f"{words}, to be seen to by {date_words(obstacle.due)}" if obstacle.due else words


def block_name(block: Block) -> str:
    known = stop(block.id)
    return block.title or (known.title if known else block.id)


def mid_point_parts(project: Project) -> list[tuple[str, str]]:
    found = project.mid_point
    if found is None:
        return []
    parts = [
        ("The goal", found.goal), ("The plan", found.plan), ("Obstacles", found.obstacles),
        ("Decided", found.decision),
    ]  # fmt: skip
    return [(head, text) for head, text in parts if text]


def report_parts(project: Project) -> list[tuple[str, str]]:
    found = project.report
    parts = [
        ("The result", found.result),
        ("What was new in how we worked", found.was_new),
        ("What the team learned", found.team_learned),
        ("What the leader learned", found.leader_learned),
        ("How people feel", found.morale),
        ("What will make it last", found.make_it_last),
        ("What comes next", found.what_next),
    ]
    return [(head, text) for head, text in parts if text]


def report_state(project: Project) -> str:
    """Whether the report back was given, is a draft, or when it is due."""
    if project.report.on:
        return f"Given on {date_words(project.report.on)}."
    due = f"It is due on {date_words(project.report_due)}." if project.report_due else ""
    return f"A draft so far. {due}".strip() if report_parts(project) else due


def sayings(project: Project) -> list[tuple[str, list[tuple[str, str]]]]:
    """The weekly check-ins, the latest first: the day, and what was said."""
    return [
        (date_words(each.on), [
            (head, text) for head, text in (
                ("Done", each.done), ("Next", each.next), ("In the way", each.in_the_way),
            ) if text
        ])
        for each in reversed(project.check_ins)
    ]  # fmt: skip
