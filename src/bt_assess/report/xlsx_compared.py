"""Sessions and rounds laid side by side, as a workbook."""

from collections.abc import Mapping, Sequence
from datetime import date

from bt_assess.core.compared import (
    Compared,
    Kind,
    Standing,
    beside,
    by_date,
    changes,
    false_alarms,
    progress,
    trends,
)
from bt_assess.core.moved import statement_moves
from bt_assess.core.rubric import Rubric, Stage
from bt_assess.core.scoring import Status
from bt_assess.core.session import Answer
from bt_assess.core.team_change import promises
from bt_assess.report.html_compared import change_words, gap_words, whose
from bt_assess.report.paper_compared import apart, heading, overall
from bt_assess.report.summary import number
from bt_assess.report.words import date_words
from bt_assess.report.xlsx_kit import (
    Book,
    Cell,
    Column,
    Place,
    ink,
    made_words,
    put_chart,
)
from bt_assess.report.xlsx_kit import (
    Kind as As,
)

LINES = ("#0072B2", "#B36B00", "#00765A", "#7A3E9D", "#8C2D04", "#3D4C63")
"""Colours of themes in a trend; each has a mark of its own too."""
MARKS = ("circle", "square", "diamond", "triangle", "x", "star")


def xlsx_of_compared(
    rubric: Rubric,
    items: Sequence[Compared],
    *,
    made: date,
    name: str = "",
    targets: Mapping[str, float] | None = None,
) -> bytes:
    """Sheets Comparison, Over time, Statements, Notes and Promises, where there is something for them.

    Two are before and after in the order given; more are in order of time.
    """
    items = tuple(items) if len(items) == 2 else by_date(items)
    book = Book(name or heading(items), made)
    above = _above(items, name, made)
    if apart(items):
        _beside(book, rubric, items, above)
        return book.finished()
    _change(book, rubric, items, above, targets or {})
    if len(items) > 2:
        _over_time(book, rubric, items)
    _moves(book, rubric, items[0], items[-1])
    _promises(book, items)
    return book.finished()


def _above(items: Sequence[Compared], name: str, made: date) -> list[str]:
    lines = [name or heading(items)]
    if len(items) == 2:
        first, last = ("", "") if apart(items) else ("Before: ", "After: ")
        lines += [f"{first}{_who(items[0])}", f"{last}{_who(items[1])}"]
    else:
        lines.append(f"{len(items)} in order of time: {_who(items[0])} to {_who(items[-1])}")
    return [*lines, made_words(made)]


def _who(item: Compared) -> str:
    return f"{whose(item)}, {date_words(item.when)}"


def _change(
    book: Book, rubric: Rubric, items: Sequence[Compared], above: list[str],
    targets: Mapping[str, float],
) -> None:  # fmt: skip
    columns = (
        Column("Theme", 26), Column("Before", 18), Column("After", 18),
        Column("Place before", 10, As.PLACE), Column("Place after", 10, As.PLACE),
        Column("Change", 10, As.CHANGE), Column("Standard error", 10, As.PLACE),
        Column("In words", 32), Column("Same people", 10, As.COUNT),
        Column("Statements left out", 12, As.COUNT), Column("Aim", 8, As.PLACE),
        Column("Way done", 10, As.SHARE),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = []
    courses = trends(rubric, items)
    for theme, change, course in zip(rubric.themes, overall(rubric, items), courses, strict=True):
        aim = targets.get(theme.id)
        first, last = course.ends or (items[0], items[-1])
        base, now = first.standing(theme.id).position, last.standing(theme.id).position
        rows.append(
            (
                theme.name, stage_or_why(change.before), stage_or_why(change.after),
                change.before.position, change.after.position, change.delta, change.se,
                change.verdict.value if change.verdict else change_words(change),
                change.matched, len(change.left_out.ids), aim, progress(base, now, aim),
            )
        )  # fmt: skip
    alarms = []
    if (count := len(rubric.themes)) > 1:
        alarms = [
            (
                f"{number(count).capitalize()} themes are {number(count)} chances of a false alarm:"
                f" about {false_alarms(count)} comparisons in a hundred show a change though there"
                " is none."
            )
        ]
    place = book.sheet("Comparison", columns, rows, above=[*above[:-1], *alarms, above[-1]])
    spoken = "; ".join(
        f"{rubric.theme(change.theme_id).name}: {change_words(change)}"
        for change in changes(rubric, items[0], items[-1])
    )
    _two_bars(book, place, ("before", "after"), "Before and after", spoken, len(rubric.themes))


def _beside(book: Book, rubric: Rubric, items: Sequence[Compared], above: list[str]) -> None:
    person, team = items if items[0].kind is Kind.SESSION else reversed(items)
    columns = (
        Column("Theme", 26), Column("Team", 18), Column("Person", 18),
        Column("Middle of the team", 10, As.PLACE), Column("Place of the person", 10, As.PLACE),
        Column("Difference", 10, As.CHANGE),
    )  # fmt: skip
    found = beside(rubric, person, team)
    rows: list[Sequence[Cell]] = [
        (
            rubric.theme(each.theme_id).name, stage_or_why(each.team), stage_or_why(each.person),
            each.team.position, each.person.position, each.difference,
        )
        for each in found
    ]  # fmt: skip
    place = book.sheet("Comparison", columns, rows, above=above)
    spoken = "; ".join(
        f"{rubric.theme(each.theme_id).name}: "
        + ("no difference to tell" if each.difference is None else f"{each.difference:+.1f}")
        for each in found
    )
    _two_bars(book, place, ("team", "person"), "A person beside the team", spoken, len(found))


def _two_bars(
    book: Book, place: Place, names: tuple[str, str], title: str, spoken: str, rows: int
) -> None:
    """Two places a theme, which stand in the fourth and fifth columns."""
    chart = book.chart("bar")
    for name, column, colour in ((names[0], 3, "faint"), (names[1], 4, "team")):
        chart.add_series(
            {
                "name": name, "categories": place.column(0), "values": place.column(column),
                "gap": 60, "overlap": 0, "fill": {"color": ink(colour)},
                "border": {"color": ink("quiet"), "width": 0.5},
            }
        )  # fmt: skip
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis(
        {"min": 1, "max": 3, "major_unit": 0.5, "num_format": "0.0",
         "name": "1 starting · 2 developing · 3 consolidating",
         "name_font": {"bold": False, "size": 9},
         "major_gridlines": {"visible": True, "line": {"color": ink("faint")}}}
    )  # fmt: skip
    chart.set_y_axis({"reverse": True, "crossing": "max", "line": {"color": ink("quiet")}})
    put_chart(place, chart, (place.last + 2, 0), spoken, rows)


def _over_time(book: Book, rubric: Rubric, items: Sequence[Compared]) -> None:
    """A row for each, a column a theme; a place that there is not is an empty cell, and a gap."""
    columns = (
        Column("When", 13, As.DAY), Column("Who", 34), Column("What", 10),
        *(Column(theme.name, 14, As.PLACE) for theme in rubric.themes),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = [
        (
            item.when, whose(item), item.kind.value,
            *(item.standing(theme.id).position for theme in rubric.themes),
        )
        for item in items
    ]  # fmt: skip
    place = book.sheet("Over time", columns, rows)
    chart = book.chart("line")
    for at in range(len(rubric.themes)):
        colour, mark = LINES[at % len(LINES)], MARKS[at % len(MARKS)]
        chart.add_series(
            {
                # The theme's name is in the heading, where no text is taken for a formula.
                "name": [place.sheet.get_name(), place.first - 1, 3 + at],
                "categories": place.column(0),
                "values": place.column(3 + at),
                "line": {"color": colour, "width": 1.75},
                "marker": {"type": mark, "size": 6, "fill": {"color": colour},
                           "border": {"color": colour}},
            }
        )  # fmt: skip
    chart.show_blanks_as("gap")
    chart.set_title({"name": "Each theme over time", "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"position": "right"})
    chart.set_x_axis({"date_axis": True, "num_format": "mmm yyyy", "label_position": "low"})
    chart.set_y_axis(
        {"min": 1, "max": 3, "major_unit": 0.5, "num_format": "0.0",
         "major_gridlines": {"visible": True, "line": {"color": ink("faint")}}}
    )  # fmt: skip
    spoken = "; ".join(
        f"{rubric.theme(course.theme_id).name}: "
        + ("too few places" if course.whole is None else change_words(course.whole))
        for course in trends(rubric, items)
    )
    put_chart(place, chart, (place.last + 2, 0), spoken, 8)


def _moves(book: Book, rubric: Rubric, first: Compared, last: Compared) -> None:
    """Statements that moved, the largest first, and the notes on them."""
    rounds = first.kind is Kind.ROUND
    rated = [answer for answer in Answer if answer.rating is not None]
    answers = (
        tuple(
            Column(f"{when}: {answer.value}", 10, As.COUNT)
            for when in ("Before", "After")
            for answer in rated
        )
        if rounds
        else (Column("Before", 20), Column("After", 20))
    )
    columns = (
        Column("Theme", 24), Column("Stage", 14), Column("Statement", 70), *answers,
        Column("Change of rating, -1 to 1", 14, As.CHANGE), Column("Id", 28),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = []
    notes: list[Sequence[Cell]] = []
    for move in statement_moves(rubric, first, last):
        theme, statement = rubric.theme_of(move.statement.id), move.statement
        given: list[Cell] = []
        if rounds:
            for counts in (move.counts_before, move.counts_after):
                given += [None if counts is None else counts.get(answer, 0) for answer in rated]
        else:
            given = [answer.label if answer else None for answer in (move.before, move.after)]
        rows.append(
            (theme.name, statement.stage, statement.text, *given, move.change, statement.id)
        )
        for when, texts in (("before", move.notes_before), ("after", move.notes_after)):
            notes += [(theme.name, statement.text, when, text) for text in texts]
    book.sheet("Statements", columns, rows)
    book.sheet(
        "Notes",
        (Column("Theme", 24), Column("Statement", 50), Column("When", 10), Column("Note", 80)),
        notes,
    )


def _promises(book: Book, items: Sequence[Compared]) -> None:
    rounds = [each.round for each in items if each.round]
    if len(rounds) < 2:
        return
    columns = (
        Column("Promised", 70), Column("Owner", 24), Column("By when", 14, As.DAY),
        Column("State now", 12), Column("Told of later", 12), Column("Remark", 50),
    )  # fmt: skip
    book.sheet(
        "Promises", columns,
        [
            (
                each.then.what, each.then.owner or None, each.then.due, each.state.value, each.told,
                each.now.remark or None,
            )
            for each in promises(*rounds)
        ],
    )  # fmt: skip


def stage_or_why(standing: Standing) -> Stage | str:
    """A stage, or in words why there is none."""
    if standing.position is None or standing.stage is None:
        return gap_words(standing.gap or Status.NOT_ENOUGH)
    return standing.stage
