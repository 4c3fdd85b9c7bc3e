"""Results, comparisons and the grid as plain text for a terminal or a mail."""

import textwrap
from collections.abc import Iterable

from bt_assess.core.advice import suggestions
from bt_assess.core.asked import asked, profile_of
from bt_assess.core.rubric import Rubric, RubricTheme, Stage, Statement
from bt_assess.core.scoring import Answers, Status, ThemeScore
from bt_assess.core.session import Session, answered
from bt_assess.report.scale import axis, column, cut_columns
from bt_assess.report.words import day, status_sentence, status_words, who

_NAME = 17
_BEHIND = 23
_NARROW = 64
"""Below this width a theme's words go above its track, not before and behind it."""


def show_text(rubric: Rubric, session: Session, width: int) -> str:
    """A session's result: a track a theme, then each theme in a few lines. `width` in characters."""
    profile = profile_of(rubric, session)
    rows = []
    for theme in rubric.themes:
        found = profile.theme(theme.id)
        figure = "–" if found.stage is None or found.position is None else f"{found.position:.1f}"
        behind = figure if found.stage is None else f"{figure}  {status_words(found)}"
        rows.append((theme.short, _track(found, room(width)), behind))
    lines = [
        *wrapped(f"{who(session)}, {day(session.finished or session.started)}", width),
        f"{answered(session, rubric)} of {asked(rubric, session)} answered"
        + ("" if session.finished else ", not finished yet"),
        "",
        *tracks(rows, width),
    ]
    if any("?" in status_words(found) for found in profile.themes):
        meaning = "? the answers leave it open between two stages, or there are few of them"
        lines += ["", *wrapped(meaning, width)]
    for theme in rubric.themes:
        lines += ["", *_theme(theme, profile.theme(theme.id), session.answers, width)]
    return "\n".join(lines) + "\n"


def _theme(theme: RubricTheme, found: ThemeScore, answers: Answers, width: int) -> list[str]:
    """Where a theme stands, what that means and what comes next."""
    rated = f"{found.rated} of {found.applicable} rated"
    lines = wrapped(f"{theme.name}: {status_words(found)} ({rated})", width)
    lines += wrapped(status_sentence(found, theme), width, "  ")
    if found.position is None:
        return lines
    points = [s for s in suggestions(theme, found, answers) if s.statements][:2]
    before = _before_points(found) if points else "Nothing here asks for more. Keep it up."
    lines += wrapped(before, width, "  ")
    for suggestion in points:
        lines += wrapped(suggestion.point.text, width, "  > ")
        lines += _because(suggestion.statements[:2], answers, width)
    return lines


def _before_points(found: ThemeScore) -> str:
    if found.status is Status.MIXED:
        return "When you have talked it through, you might:"
    return "A good place to begin:" if found.stage is Stage.STARTING else "What could come next:"


def grid_text(rubric: Rubric, width: int) -> str:
    """The whole rubric to read."""
    lines = wrapped(f"{rubric.title} ({rubric.id} {rubric.version})", width)
    for theme in rubric.themes:
        lines += ["", "", *wrapped(f"{theme.name}  '{theme.complaint}'", width)]
        for stage in Stage:
            lines += ["", f"  {stage.value.upper()}"]
            lines += wrapped(theme.summaries.of(stage), width, "  ")
            for statement in theme.statements:
                if statement.stage is stage:
                    lines += wrapped(statement.text, width, "  - ")
        lines += ["", *wrapped(f"BREAKTHROUGH POINTS: {theme.call}", width, "  ")]
        for point in theme.points:
            lines += wrapped(point.text, width, "  > ")
    return "\n".join(lines) + "\n"


def _because(statements: Iterable[Statement], answers: Answers, width: int) -> list[str]:
    lines = []
    for statement in statements:
        label = answers[statement.id].label.casefold()
        lines += wrapped(f"{statement.text} ({label})", width, "      - ")
    return lines


def wrapped(text: str, width: int, lead: str = "") -> list[str]:
    indent = " " * len(lead)
    return textwrap.wrap(text, max(30, width), initial_indent=lead, subsequent_indent=indent)


def tracks(rows: Iterable[tuple[str, str, str]], width: int) -> list[str]:
    """Rows of a name, a track and what is said of it, under one axis."""
    across = room(width)
    names = "".join(text for text, _ in axis(across)).rstrip()
    if width < _NARROW:
        above = ((f"{name}: {behind}", track) for name, track, behind in rows)
        return [names, *(line for pair in above for line in pair)]
    return [
        " " * _NAME + names,
        *(f"{name:{_NAME}}{track}  {behind}" for name, track, behind in rows),
    ]


def room(width: int) -> int:
    """How many columns a track has."""
    if width < _NARROW:
        return max(20, min(60, width))
    return min(60, width - _NAME - _BEHIND)


def scale(room: int) -> list[str]:
    cells = ["."] * room
    for cut in cut_columns(room):
        cells[cut] = "|"
    return cells


def fill(cells: list[str], left: int, right: int) -> None:
    """A bar on a scale; the cuts stay to be seen, as it matters whether a bar reaches over one."""
    for place in range(left, right + 1):
        if cells[place] == ".":
            cells[place] = "="


def _track(found: ThemeScore, room: int) -> str:
    if found.stage is None or found.position is None or found.low is None or found.high is None:
        return f" {status_words(found)} ".center(room, "-")
    cells = scale(room)
    left, right = column(found.low, room), column(found.high, room)
    fill(cells, left, right)
    cells[column(found.position, room)] = "O"
    return "".join(cells)
