"""Sessions and rounds laid side by side, as a workbook."""

from collections.abc import Mapping, Sequence
from datetime import date

from bt_assess.core.compared import OF_TWO, Change, Compared, Standing
from bt_assess.core.rubric import Rubric, Stage
from bt_assess.core.scoring import Status
from bt_assess.core.session import Answer
from bt_assess.report import compared_story as tell
from bt_assess.report.change_words import (
    AIMS_ARE_OF_ONE,
    NO_WINNER,
    TOO_FEW,
    alarm_words,
    whose,
)
from bt_assess.report.compare_notes import same_days_words, unlike_words
from bt_assess.report.compared_beside import apart_or_why, short_names
from bt_assess.report.compared_story import CourseStory, Story
from bt_assess.report.compared_words import change_words, gap_words
from bt_assess.report.whole_teams import whole_teams_words
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
_WHOSE = (Column("Who", 26), Column("From", 13, As.DAY), Column("To", 13, As.DAY))
_PLAIN = ("before", "after")
MOST_BARS = 3
"""So many stand beside each other in a chart."""


def xlsx_of_compared(
    rubric: Rubric,
    items: Sequence[Compared],
    *,
    made: date,
    name: str = "",
    targets: Mapping[str, float] | None = None,
    pair: tuple[Compared, Compared] | None = None,
    missing: int = 0,
) -> bytes:
    """Sheets Comparison, Side by side, Over time, Statements, Notes, Strands, Promises and Left out, where
    there is something for them. See `compared_story.story`.
    """
    told = tell.story(rubric, items, targets, pair, missing)
    book = Book(name or told.title, made)
    above = _above(told, name, made)
    changed = [each for each in told.courses if each.changes]
    if told.courses and (changed or not told.beside):
        _change(book, rubric, told, above)
    if told.beside:
        _beside(book, rubric, told, above)
    if len(told.items) > 2:
        _over_time(book, rubric, told)
    if changed:
        _moves(book, rubric, told)
        _strands(book, rubric, told)
    _promises(book, told)
    _left_out(book, rubric, changed)
    return book.finished()


def _above(told: Story, name: str, made: date) -> list[str]:
    lines = [name or told.title]
    lead = [f"{who}{behind}" for who, behind in tell.lead(told)]
    lines += [", ".join(lead)] if told.is_long else lead
    lines += [words for words in (told.caution, told.missing) if words]
    lines += [each.chosen for each in told.courses if each.chosen]
    lines += [each.times_of_aims for each in told.courses if each.times_of_aims]
    lines += [each.why_not for each in told.courses if each.why_not]
    return [*lines, made_words(made)]


def _change(book: Book, rubric: Rubric, told: Story, above: list[str]) -> None:
    """A row for each theme of each person or team that was there twice."""
    whose_ = () if told.is_one else _WHOSE
    columns = (
        Column("Theme", 26), *whose_, Column("Before", 18), Column("After", 18),
        Column("Place before", 10, As.PLACE), Column("Place after", 10, As.PLACE),
        Column("Change", 10, As.CHANGE), Column("Standard error", 10, As.PLACE),
        Column("In words", 32), Column("Same people", 10, As.COUNT),
        Column("Statements left out", 12, As.COUNT), Column("Aim", 8, As.PLACE),
        Column("Way done", 10, As.SHARE), Column("Way in words", 26),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for each in told.courses:
        aims = {way.theme_id: way for way in each.aims}
        whose_times = () if told.is_one else (each.name, each.ends[0].when, each.ends[1].when)
        for change in each.changes:
            way = aims.get(change.theme_id)
            rows.append(
                (
                    rubric.theme(change.theme_id).name, *whose_times,
                    stage_or_why(change.before), stage_or_why(change.after),
                    change.before.position, change.after.position, change.delta, change.se,
                    _in_words(change),
                    change.matched, len(change.left_out.ids),
                    way.target if way else None, way.done if way else None,
                    way.words if way else None,
                )
            )  # fmt: skip
    every = [change for each in told.courses for change in each.changes]
    alarms = [words] if (words := alarm_words(len(rubric.themes), every)) else []
    alarms += [
        words if told.is_one else f"{each.name}: {words}"
        for each in told.courses
        if (words := whole_teams_words(each.changes, *each.ends))
    ]
    alarms += [
        words if told.is_one else f"{each.name}: {words}"
        for each in told.courses
        if (words := unlike_words(rubric, each.changes))
    ]
    alarms += [words for each in told.courses if (words := same_days_words(each.times))]
    lines = [*above[:-1], *alarms, *([told.versions] if told.versions else []), above[-1]]
    kept = len(columns) if told.with_targets else -3
    place = book.sheet("Comparison", columns[:kept], [row[:kept] for row in rows], above=lines)
    if told.is_one and rows:
        [only] = told.courses
        spoken = "; ".join(
            f"{rubric.theme(change.theme_id).name}: {change_words(change)}"
            for change in only.changes
        )
        _bars(book, place, [("before", 3), ("after", 4)], "Before and after", spoken, len(rows))


def _beside(book: Book, rubric: Rubric, told: Story, above: list[str]) -> None:
    """A row a theme; of each that stands there the stage and the place."""
    names = short_names(told.beside)
    columns = [Column("Theme", 26), Column("Apart by", 10, As.PLACE), Column("In words", 24)]
    for name in names:
        columns += [Column(name, 18), Column(f"Place: {name}", 12, As.PLACE)]
    rows: list[Sequence[Cell]] = []
    for each in told.abreast:
        row: list[Cell] = [each.theme.name, each.apart, apart_or_why(each)]
        for _, standing in each.places:
            row += [stage_or_why(standing), standing.position]
        rows.append(row)
    aims = [AIMS_ARE_OF_ONE] if told.with_targets and not told.courses else []
    chosen = [f"These two were chosen out of {len(told.items)}."] if told.chosen_beside else []
    apart = [told.asked_apart] if told.asked_apart else []
    lines = [*above[:-1], *chosen, NO_WINNER, *apart, *aims, above[-1]]
    place = book.sheet("Side by side", columns, rows, above=lines)
    if len(names) <= MOST_BARS:
        spoken = "; ".join(f"{each.theme.name}: {apart_or_why(each)}" for each in told.abreast)
        bars = [(name, 4 + 2 * at) for at, name in enumerate(names)]
        _bars(book, place, bars, "Side by side", spoken, len(rows) * len(names) // 2)


def _bars(
    book: Book, place: Place, names: Sequence[tuple[str, int]], title: str, spoken: str, rows: int
) -> None:
    """Some places a theme, each by its name and its column."""
    chart = book.chart("bar")
    inks = (ink("faint"), ink("team")) if len(names) == 2 else LINES[3:]
    for (name, column), colour in zip(names, inks, strict=False):
        chart.add_series(
            {
                # Plain words, or the heading, where no text is taken for a formula.
                "name": name if name in _PLAIN else [place.sheet.get_name(), place.first - 1, column],
                "categories": place.column(0), "values": place.column(column),
                "gap": 60, "overlap": 0, "fill": {"color": colour},
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


def _over_time(book: Book, rubric: Rubric, told: Story) -> None:
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
        for item in told.items
    ]  # fmt: skip
    about = _about_trends(told)
    above = ["Over time", *about] if about else []
    place = book.sheet("Over time", columns, rows, above=above)
    if not told.is_one:
        # One line through several people would show a way that nobody went.
        return
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
    [only] = told.courses
    spoken = "; ".join(
        f"{rubric.theme(change.theme_id).name}: {change_words(change)}" for change in only.changes
    )
    put_chart(place, chart, (place.last + 2, 0), spoken, 8)


def _about_trends(told: Story) -> list[str]:
    """Why the places here may tell something else than a change, for each person or team."""
    return [
        each.about_trends if told.is_one else f"{each.name}: {each.about_trends}"
        for each in told.courses
        if each.about_trends
    ]


def _moves(book: Book, rubric: Rubric, told: Story) -> None:
    """Statements that moved, of each person or team the largest first, and the notes on them."""
    courses = [each for each in told.courses if each.changes]
    rated = [answer for answer in Answer if answer.rating is not None]
    answers: list[Column] = []
    if any(not each.is_of_rounds for each in courses):
        answers += [Column("Before", 20), Column("After", 20)]
    if with_counts := any(each.is_of_rounds for each in courses):
        answers += [
            Column(f"{when}: {answer.value}", 10, As.COUNT)
            for when in ("Before", "After")
            for answer in rated
        ]
    alone = len(told.courses) == 1
    of = () if alone else (Column("Who", 24),)
    columns = (
        Column("Theme", 24), *of, Column("Stage", 14), Column("Statement", 70),
        *answers, Column("Change of rating, -1 to 1", 14, As.CHANGE), Column("Id", 28),
    )  # fmt: skip
    with_answers = len(answers) != 2 * len(rated)
    rows: list[Sequence[Cell]] = []
    notes: list[Sequence[Cell]] = []
    for each in courses:
        name = () if alone else (each.name,)
        for move in each.moves:
            theme, statement = rubric.theme_of(move.statement.id), move.statement
            given: list[Cell] = []
            if with_answers:
                given += [answer.label if answer else None for answer in (move.before, move.after)]
            if with_counts:
                for counts in (move.counts_before, move.counts_after):
                    given += [None if counts is None else counts.get(a, 0) for a in rated]
            rows.append(
                (theme.name, *name, statement.stage, statement.text, *given, move.change,
                 statement.id)
            )  # fmt: skip
            for end, texts in zip(each.ends, (move.notes_before, move.notes_after), strict=True):
                notes += [(theme.name, *name, statement.text, end.when, text) for text in texts]
    book.sheet("Statements", columns, rows)
    book.sheet(
        "Notes",
        (Column("Theme", 24), *of, Column("Statement", 50),
         Column("When", 13, As.DAY), Column("Note", 80)),
        notes,
    )  # fmt: skip


def _strands(book: Book, rubric: Rubric, told: Story) -> None:
    """Strands that moved, of each person or team the largest first: how true each stage is."""
    alone = len(told.courses) == 1
    columns = (
        Column("Theme", 24), Column("Strand", 34), *(() if alone else (Column("Who", 24),)),
        *(
            Column(f"{when}: {stage.value}", 12, As.SHARE)
            for when in ("Before", "After")
            for stage in Stage
        ),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for each in told.courses:
        for move in each.strands:
            theme = rubric.theme(move.theme_id)
            shares = [found[stage] for found in (move.before, move.after) for stage in Stage]
            name = () if alone else (each.name,)
            rows.append((theme.name, theme.strand(move.strand_id).name, *name, *shares))
    if rows:
        book.sheet("Strands", columns, rows)


def _promises(book: Book, told: Story) -> None:
    courses = [each for each in told.courses if each.is_of_rounds]
    if not courses:
        return
    columns = (
        Column("Promised", 70), Column("Team", 24), Column("On", 13, As.DAY), Column("Owner", 24),
        Column("By when", 14, As.DAY), Column("State now", 12), Column("Told of later", 12),
        Column("Remark", 50),
    )  # fmt: skip
    book.sheet(
        "Promises", columns,
        [
            (
                found.then.what, each.name, on, found.then.owner or None, found.then.due,
                found.state.value, found.told, found.now.remark or None,
            )
            for each in courses
            for on, found in each.promises
        ],
    )  # fmt: skip


def _left_out(book: Book, rubric: Rubric, courses: Sequence[CourseStory]) -> None:
    """Every statement that did not count in a change, and why."""
    known = rubric.statements
    rows: list[Sequence[Cell]] = [
        (
            rubric.theme_of(i).name if i in known else None, each.name,
            known[i].text if i in known else None, found.why, i,
        )
        for each in courses
        for found in each.omitted
        for i in found.ids
    ]  # fmt: skip
    if rows:
        columns = (
            Column("Theme", 24), Column("Who", 24), Column("Statement", 70), Column("Why", 40),
            Column("Id", 28),
        )  # fmt: skip
        book.sheet("Left out", columns, rows)


def _in_words(change: Change) -> str:
    """What came of a change, without its figure: that stands beside it."""
    if change.verdict:
        return change.verdict.value
    return change_words(change) if change.delta is None else TOO_FEW


def stage_or_why(standing: Standing) -> Stage | str:
    """A stage, or in words why there is none."""
    if standing.gap in OF_TWO:
        return "–"
    if standing.position is None or standing.stage is None:
        return gap_words(standing.gap or Status.NOT_ENOUGH)
    return standing.stage
