"""The trend: for each theme a small picture over real dates, and a theme's large one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from textual.content import Content

from bt_assess.core.compared import Change, Trend, trends
from bt_assess.core.saved_comparison import View
from bt_assess.report.change_words import gap_at, whose_course
from bt_assess.report.same_statements import same_statements_in_short, same_statements_words
from bt_assess.report.whole_teams import whole_teams_words
from bt_assess.report.words import date_words
from bt_assess.tui.screens.comparing.subject import Subject, told_apart
from bt_assess.tui.screens.comparing.words import (
    TARGET,
    caution,
    change_style,
    gap_mark,
    gaps_legend,
    padded,
    spaced_change,
    standing_words,
    target_brief,
)
from bt_assess.tui.widgets.blocks import Block
from bt_assess.tui.widgets.flow import item
from bt_assess.tui.widgets.theme_tracks import NAME
from bt_assess.tui.widgets.trend import Point, dates_line, trend_lines

LEAST = 3
"""Lines of a picture at least."""
MOST = 12
"""And at most: more says no more."""
WORDS = 26
"""Width of the figures beside a picture, in cells."""
ROOMY = 72
"""From this width on, names and figures stand beside a picture; else above it."""
NO_TREND = (
    "A trend needs one person, or one team, at two dates or more. Nobody here is there twice:"
    " c chooses others."
)


@dataclass(frozen=True)
class Over:
    """A theme over the times of one person or team, and the change from the first to the last."""

    trend: Trend
    change: Change

    @property
    def theme_id(self) -> str:
        return self.trend.theme_id


def found_trends(subject: Subject) -> tuple[Over, ...]:
    """Nothing where nobody is there twice."""
    course = subject.now_course
    if not course:
        return ()
    told = subject.changes(course[0], course[-1])
    return tuple(map(Over, trends(subject.rubric, course, subject.found.change), told))


def heading(subject: Subject) -> Content:
    """Whose trend it is, of how many, and from when to when."""
    course = subject.now_course
    parts: list[str | tuple[str, str]] = [(whose_course(course), "bold")]
    parts.append((f"   {len(course)} times", "$quiet"))
    if len(subject.courses) > 1:
        at = subject.course % len(subject.courses) + 1
        parts.append((f"   {at} of {len(subject.courses)}: o shows the next", "$quiet"))
    return Content.assemble(*parts)


def span(subject: Subject) -> tuple[date, date]:
    course = subject.now_course
    return course[0].when, course[-1].when


def points(trend: Trend) -> list[Point]:
    return [
        Point(each.when, s.position, s.low, s.high, gap=gap_mark(s.gap)) for each, s in trend.points
    ]


def is_beside(width: int, columns: int) -> bool:
    """Whether the figures stand beside a picture of this width."""
    return columns == 1 and width >= ROOMY


def lines_for(width: int, height: int, themes: int, columns: int) -> int:
    """How many lines each block gets, so that all fit where that is possible."""
    rows = -(-themes // columns)
    around = 0 if is_beside(width, columns) else 3
    return max(LEAST + around, min(MOST + around, height // rows))


def blocks(
    subject: Subject, found: Sequence[Over], width: int, lines: int, columns: int
) -> list[Block]:
    draw = _beside if is_beside(width, columns) else _below
    return [Block(partial(draw, subject, each, lines), each.theme_id) for each in found]


def dates(subject: Subject, width: int, columns: int) -> Content:
    """The dates under the pictures of one column."""
    first, last = span(subject)
    if is_beside(width, columns):
        return Content.assemble(" " * (NAME + 2), dates_line(first, last, width - 2 - NAME - WORDS))
    across = (width - 3 * (columns - 1)) // columns
    one = Content.assemble("  ", padded(dates_line(first, last, across - 2), across - 2), "   ")
    return Content.assemble(*[one] * columns)


def legend(subject: Subject, found: Sequence[Over]) -> Content:
    """What the marks in the pictures mean."""
    parts = ["● where it stood"]
    if gaps := gaps_legend(s for each in found for _, s in each.trend.points):
        parts.append(gaps)
    if subject.targets:
        parts.append(f"{TARGET} target")
    return Content.styled("   ".join(parts), "$quiet")


def about_places(subject: Subject, found: Sequence[Over]) -> str:
    """Why places and changes may differ, where the times rest on other statements; else empty."""
    return same_statements_in_short(subject.rubric, [each.trend for each in found])


def _figures(subject: Subject, over: Over) -> list[Content]:
    """Where it stands, what has changed since the first, and how far the target is."""
    found = [standing_words(over.trend.points[-1][1])]
    found.append(Content.styled(spaced_change(over.change), change_style(over.change)))
    if (aim := subject.way(over.theme_id)) is not None:
        found.append(Content.styled(f"{TARGET} {aim.target:.1f}  {target_brief(aim)}", "$accent"))
    return found


def _beside(subject: Subject, over: Over, lines: int, width: int) -> list[Content]:
    theme = subject.rubric.theme(over.theme_id)
    room = width - NAME - WORDS
    height = max(LEAST, lines - (1 if lines > LEAST + 1 else 0))
    picture = trend_lines(
        points(over.trend), *span(subject), room, height, target=subject.targets.get(theme.id)
    )
    figures = _figures(subject, over)
    found = []
    for number in range(lines):
        if number >= len(picture):
            found.append(Content(""))
            continue
        name = padded(Content.styled(theme.short if number == 0 else "", "bold"), NAME)
        words = figures[number] if number < len(figures) else Content("")
        found.append(Content.assemble(name, picture[number], "  ", padded(words, WORDS - 2)))
    return found


def _below(subject: Subject, over: Over, lines: int, width: int) -> list[Content]:
    """Two lines of words, the picture, and an empty line."""
    theme = subject.rubric.theme(over.theme_id)
    stands, *others = _figures(subject, over)
    picture = trend_lines(
        points(over.trend), *span(subject), width, lines - 3, target=subject.targets.get(theme.id)
    )
    return [
        Content.assemble((f"{theme.short}  ", "bold"), stands),
        Content("   ").join(others),
        *picture,
        Content(""),
    ]


# One theme, large


def large(subject: Subject, over: Over, width: int, height: int) -> Content:
    """A theme's picture with its intervals, its dates, and a line for each time."""
    first, last = span(subject)
    target = subject.targets.get(over.theme_id)
    lines = trend_lines(
        points(over.trend), first, last, width, max(LEAST, height), target=target, intervals=True
    )
    parts = [Content("\n").join([*lines, dates_line(first, last, width)])]
    if words := caution(subject, View.TREND, width):
        parts.insert(0, Content.styled(words, "$alert"))
    parts.append(_what_changed(subject, over))
    if about := same_statements_words(subject.rubric, [over.trend]):
        parts.append(Content.styled(about, "$quiet"))
    parts.append(_times(over.trend, width))
    return Content("\n\n").join(parts)


def _what_changed(subject: Subject, over: Over) -> Content:
    """From the first to the last; between the times that have a place, where those are others."""
    trend, ends = over.trend, (subject.now_course[0], subject.now_course[-1])
    why = gap_at(over.change, *ends)
    told = [(over.change, ends, f"no change to tell: {why}" if why else "")]
    if why and trend.whole and trend.ends and trend.ends != ends:
        told.append((trend.whole, trend.ends, ""))
    if trend.latest and trend.steps and trend.steps != trend.ends:
        told.append((trend.latest, trend.steps, ""))
    lines = []
    for change, (first, last), words in told:
        dates_ = f"{date_words(first.when)} → {date_words(last.when)}  "
        said = Content.styled(words or spaced_change(change).strip(), change_style(change))
        lines.append(Content.assemble((dates_, "$quiet"), said))
    if whole := whole_teams_words([over.change], *ends):
        lines.append(Content.styled(whole, "$quiet"))
    if (aim := subject.way(over.theme_id)) is not None:
        lines.append(
            Content.assemble((f"{TARGET} target {aim.target:.1f}: ", "$accent"), aim.words)
        )
    return Content("\n").join(lines)


def _times(trend: Trend, width: int) -> Content:
    """The latest first: the date, the place with its interval, and whose it is."""
    names = told_apart([each for each, _ in trend.points])
    lines = []
    for each, standing in reversed(trend.points):
        around = ""
        if standing.low is not None and standing.high is not None:
            around = f"between {standing.low:.1f} and {standing.high:.1f}"
        people = f"{standing.n} people" if each.round and standing.n else ""
        name = names[each.kind, each.id]
        name = "" if name == date_words(each.when) else name
        behind = "   ".join(part for part in (around, people, name) if part)
        body = Content.assemble(padded(standing_words(standing), 24), (behind, "$quiet"))
        lines.append(item(Content.styled(f"{date_words(each.when):<13}", "$quiet"), body, width))
    return Content("\n").join(lines)
