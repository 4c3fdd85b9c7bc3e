"""Results, comparisons and the grid as plain text for a terminal or a mail."""

import textwrap
from collections.abc import Iterable

from bt_assess.core.advice import suggestions
from bt_assess.core.comparison import Comparison, ThemeChange
from bt_assess.core.rubric import Rubric, Stage, Statement
from bt_assess.core.scoring import Answers, ThemeScore, score
from bt_assess.core.session import Session
from bt_assess.report.scale import axis, column, cut_columns
from bt_assess.report.words import change_sentence, day, status_sentence, status_words, who

_NAME = 17
_BEHIND = 23


def show_text(rubric: Rubric, session: Session, width: int) -> str:
    """A session's result: six tracks, then each theme in a few lines. `width` in characters."""
    profile = score(rubric, session.answers)
    room = _room(width)
    lines = [
        f"{who(session)}   {day(session.started)}",
        f"{len(session.answers)} of {len(rubric.statements)} answered"
        + ("" if session.finished else ", not finished yet"),
        "",
        " " * _NAME + _axis(room),
    ]
    for theme in rubric.themes:
        found = profile.theme(theme.id)
        figure = "–" if found.stage is None or found.position is None else f"{found.position:.1f}"
        lines.append(
            f"{theme.short:{_NAME}}{_track(found, room)}  {figure:<4} {status_words(found)}"
        )
    lines += ["", "? the answers leave it open between two stages, or there are few of them"]
    for theme in rubric.themes:
        found = profile.theme(theme.id)
        lines += ["", f"{theme.name}: {status_words(found)}"]
        lines += _wrapped(status_sentence(found, theme), width, "  ")
        for suggestion in suggestions(theme, found, session.answers)[:2]:
            lines += _wrapped(suggestion.point.text, width, "  > ")
            lines += _because(suggestion.statements[:2], session.answers, width)
    return "\n".join(lines) + "\n"


def compare_text(rubric: Rubric, comparison: Comparison, width: int) -> str:
    """Before and after: a row a theme, and what was left out. `width` in characters."""
    before, after = comparison.before, comparison.after
    room = _room(width)
    lines = [
        f"before  {who(before)}   {day(before.started)}",
        f"after   {who(after)}   {day(after.started)}",
        "",
        " " * _NAME + _axis(room),
    ]
    for change in comparison.themes:
        name = rubric.theme(change.theme_id).short
        lines.append(f"{name:{_NAME}}{_change_track(change, room)}  {change_sentence(change)}")
    lines += ["", "o before   * after"]
    lines += _wrapped(
        "Six themes are six chances of a false alarm: a single 'change' is a reason to look closer.",
        width,
        "",
    )
    if left_out := sum(change.left_out for change in comparison.themes):
        total = len(rubric.statements)
        lines.append(f"{left_out} of {total} statements left out: not rated both times.")
    if comparison.moves:
        lines += ["", "What moved most"]
        for move in comparison.moves[:8]:
            lines += _wrapped(move.statement.text, width, "  - ")
            lines.append(f"      {move.before.label} -> {move.after.label}")
    return "\n".join(lines) + "\n"


def grid_text(rubric: Rubric, width: int) -> str:
    """The whole rubric to read."""
    lines = [f"{rubric.title} ({rubric.id} {rubric.version})"]
    for theme in rubric.themes:
        lines += ["", "", f"{theme.name}  '{theme.complaint}'"]
        for stage in Stage:
            lines += ["", f"  {stage.value.upper()}"]
            lines += _wrapped(theme.summaries.of(stage), width, "  ")
            for statement in theme.statements:
                if statement.stage is stage:
                    lines += _wrapped(statement.text, width, "  - ")
        lines += ["", f"  BREAKTHROUGH POINTS: {theme.call}"]
        for point in theme.points:
            lines += _wrapped(point.text, width, "  > ")
    return "\n".join(lines) + "\n"


def _because(statements: Iterable[Statement], answers: Answers, width: int) -> list[str]:
    lines = []
    for statement in statements:
        label = answers[statement.id].label.casefold()
        lines += _wrapped(f"{statement.text} ({label})", width, "      - ")
    return lines


def _wrapped(text: str, width: int, lead: str) -> list[str]:
    indent = " " * len(lead)
    return textwrap.wrap(text, max(30, width), initial_indent=lead, subsequent_indent=indent)


def _room(width: int) -> int:
    return max(20, min(60, width - _NAME - _BEHIND))


def _axis(room: int) -> str:
    return "".join(text for text, _ in axis(room))


def _scale(room: int) -> list[str]:
    cells = ["."] * room
    for cut in cut_columns(room):
        cells[cut] = "|"
    return cells


def _track(found: ThemeScore, room: int) -> str:
    if found.stage is None or found.position is None or found.low is None or found.high is None:
        return f" {status_words(found)} ".center(room, "-")
    cells = _scale(room)
    left, right = column(found.low, room), column(found.high, room)
    for place in range(left, right + 1):
        cells[place] = "="
    cells[column(found.position, room)] = "O"
    return "".join(cells)


def _change_track(change: ThemeChange, room: int) -> str:
    before, after = change.before.position, change.after.position
    if change.delta is None or before is None or after is None:
        return " no position ".center(room, "-")
    cells = _scale(room)
    first, last = column(before, room), column(after, room)
    for place in range(min(first, last), max(first, last) + 1):
        cells[place] = "="
    cells[first] = "o"
    cells[last] = "*"
    return "".join(cells)
