"""Plans and projects as workbooks."""

from collections.abc import Sequence
from datetime import date

from bt_assess.core.forecast import (
    Forecast,
    against_line,
    line,
    line_asks,
    live_readings,
    rounded,
    so_far,
)
from bt_assess.core.plan import Plan, Side
from bt_assess.core.plan_check import Finding, check
from bt_assess.core.plan_gap import stage_views
from bt_assess.core.project import Project
from bt_assess.core.project_check import check_project
from bt_assess.core.rubric import Rubric
from bt_assess.report.html_plan import destination_parts, gaps_of, reality_parts
from bt_assess.report.html_project import (
    answer_words,
    choice_parts,
    far_words,
    mid_point_parts,
    outlook,
    people_of,
    questions_of,
    report_parts,
    sayings,
    told_of,
)
from bt_assess.report.plan_words import (
    SIDES,
    STAGES,
    WHY_NO_PROGRESS,
    event_words,
    goal_words,
    phase_words,
    stage_words,
    theme_names,
    week_words,
    weeks_words,
)
from bt_assess.report.words import date_words
from bt_assess.report.xlsx_kit import Book, Cell, Column, Kind, Place, ink, made_words, put_chart


def xlsx_of_plan(rubric: Rubric, plan: Plan, *, made: date) -> bytes:
    """Sheets Plan, Stages, Gap, Capabilities, History and Check."""
    book = Book(plan.title, made)
    names = theme_names(rubric, plan)
    rows: list[Sequence[Cell]] = []
    by = plan.destination.by
    rows.append(("Destination", "By when", date_words(by) if by else None))
    rows += [("Destination", head, text or None) for head, text in destination_parts(plan)]
    measured = plan.reality.measured
    rows += [("Where we are", head, text or None) for head, text in reality_parts(plan)]
    rows.append(("Where we are", "Measured", date_words(measured) if measured else None))
    book.sheet(
        "Plan", (Column("Part", 18), Column("Question", 34), Column("Words", 90)), rows,
        above=[plan.title, *([plan.organisation] if plan.organisation else []), made_words(made)],
    )  # fmt: skip
    book.sheet(
        "Stages",
        (
            Column("Stage", 18), Column("By when", 14, Kind.DAY), Column("Results", 60),
            Column("Measure", 40), Column("Way done", 10, Kind.SHARE), Column("How it stands", 30),
            Column("Places reached", 10, Kind.COUNT), Column("Places aimed at", 10, Kind.COUNT),
            Column("Actions done", 10, Kind.COUNT), Column("Actions", 10, Kind.COUNT),
        ),
        [
            (
                STAGES[stage.kind], stage.by, stage.results or None, stage.measure or None,
                view.progress, stage_words(view, stage.done), view.reached, view.aims,
                view.actions_done, view.actions,
            )
            for stage, view in zip(plan.stages, stage_views(plan, made), strict=True)
        ],
    )  # fmt: skip
    book.sheet(
        "Gap",
        (
            Column("Theme", 26), Column("At first", 10, Kind.PLACE), Column("Now", 10, Kind.PLACE),
            Column("Was", 10, Kind.PLACE), Column("Measured", 14, Kind.DAY),
            *(Column(f"{name}: aim", 14, Kind.PLACE) for name in STAGES.values()),
            *(Column(f"{name}: way done", 14, Kind.SHARE) for name in STAGES.values()),
            Column("Why no place now", 44),
            *(Column(f"{name}: why no share", 44) for name in STAGES.values()),
        ),
        [
            (
                names[each.theme_id], each.base, each.now, each.was, each.when,
                *(stage.aim for stage in each.stages), *(stage.progress for stage in each.stages),
                WHY_NO_PROGRESS[each.why_not] if each.why_not else None,
                *(WHY_NO_PROGRESS[s.why_not] if s.why_not else None for s in each.stages),
            )
            for each in gaps_of(rubric, plan)
        ],
    )  # fmt: skip
    book.sheet(
        "Capabilities",
        (
            Column("Capability", 40), Column("Needed by", 24), Column("Side", 14),
            Column("Today", 40), Column("Needed", 40), Column("Action", 40), Column("Owner", 20),
            Column("By when", 14, Kind.DAY), Column("State", 10), Column("Remark", 30),
        ),
        [
            (
                capability.name, ", ".join(STAGES[kind] for kind in capability.serves) or None,
                SIDES[side], state.today or None, state.needed or None, state.action or None,
                state.owner or None, state.due, state.state.value, state.remark or None,
            )
            for capability in plan.capabilities
            for side in Side
            for state in [capability.side(side)]
        ],
    )  # fmt: skip
    book.sheet(
        "History", (Column("Day", 14, Kind.DAY), Column("What happened", 90)),
        [(event.on, event_words(event)) for event in plan.history],
    )  # fmt: skip
    _check(book, check(plan, made, names=names))
    return book.finished()


def xlsx_of_project(project: Project, *, made: date) -> bytes:
    """Sheets Project, Readings with a chart, Obstacles, Actions, Week by week and Check."""
    findings, project = check_project(project, made), so_far(project, made)
    book = Book(project.title, made)
    rows: list[Sequence[Cell]] = [
        ("Where it is", "Now", phase_words(project, made)),
        ("Where it is", "Way", far_words(project) or None),
        ("Where it is", "Forecast", outlook(project, made)),
        *(("People", head, names) for head, names in people_of(project)),
        *(("Choice", head, text or None) for head, text in choice_parts(project)),
        *(
            ("Before", date_words(e.on), " ".join((f"{goal_words(e.before)}.", e.why)).strip())
            for e in project.refocused
        ),
        *(("Before", date_words(e.on), f"{weeks_words(e)}.") for e in project.moved),
        *(
            ("Goal check", name, f"{answer}. {remark}" if remark else answer)
            for name, answer, remark in questions_of(project)
        ),
        *(("Mid-point", head, text) for head, text in mid_point_parts(project)),
        *(("Report back", head, text) for head, text in report_parts(project)),
    ]
    book.sheet(
        "Project", (Column("Part", 18), Column("Question", 34), Column("Words", 90)), rows,
        above=[project.title, goal_words(project.wanted), made_words(made)],
    )  # fmt: skip
    _readings(book, project, made)
    book.sheet(
        "Obstacles",
        (
            Column("Obstacle", 60), Column("Raised", 14, Kind.DAY), Column("By", 20),
            Column("Answer", 34), Column("Decision", 50), Column("To be done by", 14, Kind.DAY),
            Column("Seen to", 10),
        ),
        [
            (each.what, each.raised, each.raised_by or None, answer_words(each),
             each.decision or None, each.due, each.kept)
            for each in project.obstacles
        ],
    )  # fmt: skip
    book.sheet(
        "Actions",
        (
            Column("What", 60), Column("Owner", 24), Column("By when", 14, Kind.DAY),
            Column("State", 12), Column("Remark", 50),
        ),
        [
            (each.what, each.owner or None, each.due, each.state.value, each.remark or None)
            for each in project.launch.actions
        ],
    )  # fmt: skip
    book.sheet(
        "Week by week", (Column("Day", 14), Column("What", 14), Column("Words", 90)),
        [(when, head, text) for when, parts in sayings(project) for head, text in parts],
    )  # fmt: skip
    _check(book, findings)
    return book.finished()


def _readings(book: Book, project: Project, today: date) -> None:
    straight = line(project)
    live = live_readings(project)
    columns = (
        Column("Day", 14, Kind.DAY), Column("Week", 8, Kind.COUNT), Column("Reading", 14, Kind.FIGURE),
        Column("Line to the goal", 14, Kind.FIGURE), Column("Ahead of the line", 12, Kind.SHARE),
        Column("What", 22), Column("Note", 50),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = [
        (
            each.on, project.week(each.on), each.value, _asked(project, each.on),
            against_line(project, each), _reading_words(project, each.on), each.note or None,
        )
        for each in live
    ]  # fmt: skip
    found = told_of(project, today)
    if straight is not None:
        # The goal stands beside the readings, so that the line reaches it in the chart.
        rows.append((straight.ends, None, None, straight.last, None, "goal", None))
    if isinstance(found, Forecast):
        value, low, high = (rounded(each, found) for each in (found.value, found.low, found.high))
        span = f"{low:,.10g} to {high:,.10g}, four times in five"
        rows.append((found.day, None, value, None, None, "forecast", span))
    place = book.sheet("Readings", columns, rows)
    if live and straight is not None:
        _chart(
            book,
            Place(place.sheet, place.first, place.first + len(live)),
            place.last,
            project,
            today,
        )


def _reading_words(project: Project, day: date) -> str:
    # A column of numbers has no room for the words.
    if project.starts is None or project.week(day):
        return "reading"
    return "reading {} week {}".format(*week_words(project, day).split())


def _asked(project: Project, day: date) -> float | None:
    asked = line_asks(project, day)
    return None if asked is None else _short(asked)


def _short(value: float) -> float:
    """What was worked out, to as many digits as a cell has room for."""
    return float(f"{value:.6g}")


def _chart(book: Book, place: Place, below: int, project: Project, today: date) -> None:
    """Readings and the line to the goal, at their dates."""
    chart = book.chart("line")
    for at, name, colour, dash in (
        (2, "reading", "team", "solid"),
        (3, "line to the goal", "quiet", "dash"),
    ):
        chart.add_series(
            {
                "name": name, "categories": place.column(0), "values": place.column(at),
                "line": {"color": ink(colour), "width": 1.75, "dash_type": dash},
                "marker": {"type": "circle" if at == 2 else "none", "size": 6,
                           "fill": {"color": ink(colour)}, "border": {"color": ink(colour)}},
            }
        )  # fmt: skip
    chart.show_blanks_as("gap")
    chart.set_title(
        {"name": "Against the line to the goal", "name_font": {"size": 12}, "overlay": False}
    )
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis(
        {"date_axis": True, "num_format": "d mmm", "label_position": "low",
         "major_unit": 7 * max(1, project.weeks // 9), "major_unit_type": "days"}
    )  # fmt: skip
    chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": ink("faint")}}})
    put_chart(place, chart, (below + 2, 0), outlook(project, today), 6)


def _check(book: Book, findings: Sequence[Finding]) -> None:
    book.sheet(
        "Check",
        (Column("Where", 28), Column("Kind", 14), Column("What", 60), Column("Why it matters", 70)),
        [(each.place, each.kind.value, each.what, each.why) for each in findings],
    )
