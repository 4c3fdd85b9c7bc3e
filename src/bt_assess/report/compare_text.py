"""Comparisons as plain text for a terminal or a mail."""

from collections.abc import Mapping, Sequence

from bt_assess.core.compared import (
    Beside,
    Change,
    Compared,
    Standing,
    Trend,
    beside,
    by_date,
    changes,
    progress,
    trends,
)
from bt_assess.core.moved import StatementMove, statement_moves, strand_moves
from bt_assess.core.round import ActionState
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import Status
from bt_assess.core.team_change import Promise, promises
from bt_assess.report.change_words import (
    alarm_words,
    answers_words,
    change_words,
    figure,
    gap_words,
    matched_words,
    place_words,
    progress_words,
    stage_shares,
    title,
    too_few_words,
)
from bt_assess.report.profile_text import fill, room, scale, tracks, wrapped
from bt_assess.report.scale import axis, column
from bt_assess.report.words import date_words

MOST_MOVES, MOST_STRANDS = 8, 5
MOST_IDS = 12
"""How many statements that were left out are named on the screen; JSON names all."""


def compare_text(
    rubric: Rubric,
    items: Sequence[Compared],
    width: int,
    targets: Mapping[str, float] | None = None,
) -> str:
    """Two or more sessions and rounds. `width` in characters, `targets` are places by theme.

    Two of a kind are before and after, as they come; a session and a round stand side by side; more
    are a trend over time.
    """
    if len(items) > 2:
        items = by_date(items)
        lines = _trend(rubric, items, width)
    elif items[0].kind is items[1].kind:
        lines = _before_and_after(rubric, items[0], items[1], width)
    else:
        lines = _side_by_side(rubric, items, width)
    lines += _aims(rubric, items, targets or {}, width)
    first, last = items[0], items[-1]
    if first.kind is last.kind:
        lines += _moved(rubric, first, last, width)
    lines += _promised(items, width)
    return "\n".join(lines) + "\n"


def _before_and_after(rubric: Rubric, before: Compared, after: Compared, width: int) -> list[str]:
    found = changes(rubric, before, after)
    across = room(width)
    rows = [
        (rubric.theme(c.theme_id).short, _change_track(c, across), change_words(c)) for c in found
    ]
    return [
        *wrapped(title(before), width, "before  "),
        *wrapped(title(after), width, "after   "),
        "",
        *tracks(rows, width),
        "",
        "o before   * after",
        *_notes_below(rubric, found, width),
    ]


def _notes_below(rubric: Rubric, found: Sequence[Change], width: int) -> list[str]:
    """What keeps people from reading too much into a change."""
    lines = []
    for words in (alarm_words(len(rubric.themes)), too_few_words(found), matched_words(found)):
        lines += wrapped(words, width) if words else []
    not_rated = sum(len(change.left_out.not_rated) for change in found)
    total = len(rubric.statements)
    if not_rated:
        lines += wrapped(
            f"{not_rated} of {total} statements left out: not rated both times.", width
        )
    ids = [i for change in found for i in change.left_out.one_version]
    if ids:
        more = f" and {len(ids) - MOST_IDS} more" if len(ids) > MOST_IDS else ""
        lines += wrapped(
            f"Left out, as only one of the two versions of the grid has them:"
            f" {', '.join(ids[:MOST_IDS])}{more}.",
            width,
        )
    return lines


def _trend(rubric: Rubric, items: Sequence[Compared], width: int) -> list[str]:
    found = trends(rubric, items)
    lines = []
    for number, item in enumerate(items, start=1):
        lines += wrapped(title(item), width, f"{number:>3}  ")
    across = max(20, min(60, width - 20))
    for trend in found:
        names = "".join(text for text, _ in axis(across)).rstrip()
        lines += ["", *wrapped(rubric.theme(trend.theme_id).name, width), " " * 5 + names]
        for number, (_, standing) in enumerate(trend.points, start=1):
            behind = "" if standing.position is None else f"  {place_words(standing)}"
            lines.append(f"{number:>3}  {_place_track(standing, across)}{behind}")
        lines += _courses(trend, width)
    told = [c for trend in found for c in (trend.whole, trend.latest) if c]
    lines += [""]
    for words in (alarm_words(len(rubric.themes)), too_few_words(told), matched_words(told)):
        lines += wrapped(words, width) if words else []
    return lines


def _courses(trend: Trend, width: int) -> list[str]:
    lines = []
    for change, ends in ((trend.whole, trend.ends), (trend.latest, trend.steps)):
        if change is None or ends is None or (change is trend.latest and ends == trend.ends):
            continue
        dates = f"{date_words(ends[0].when)} to {date_words(ends[1].when)}"
        lines += wrapped(f"{dates}: {change_words(change)}", width, "     ")
    return lines


def _side_by_side(rubric: Rubric, items: Sequence[Compared], width: int) -> list[str]:
    person, team = sorted(items, key=lambda item: item.session is None)
    across = room(width)
    rows = []
    for found in beside(rubric, person, team):
        words = "–" if found.difference is None else f"{figure(found.difference)}  from the team"
        rows.append((rubric.theme(found.theme_id).short, _beside_track(found, across), words))
    return [
        *wrapped(title(person), width, "o  "),
        *wrapped(title(team), width, "*  "),
        "",
        *tracks(rows, width),
        "",
        *wrapped("o the person   * the middle of the team; a difference, not a change", width),
    ]


def _aims(
    rubric: Rubric, items: Sequence[Compared], targets: Mapping[str, float], width: int
) -> list[str]:
    """How far it is to each target, from the first of all to the last."""
    lines = []
    for theme in rubric.themes:
        if (target := targets.get(theme.id)) is None:
            continue
        first, last = items[0].standing(theme.id), items[-1].standing(theme.id)
        done = progress_words(progress(first.position, last.position, target))
        way = f"aim {target:.1f}, from {place_words(first)} to {place_words(last)}: {done}"
        lines += wrapped(f"{theme.short}: {way}", width, "  ")
    return ["", "On the way to the aims", *lines] if lines else []


def _moved(rubric: Rubric, before: Compared, after: Compared, width: int) -> list[str]:
    moves = statement_moves(rubric, before, after)[:MOST_MOVES]
    lines = ["", "What moved most"] if moves else []
    for move in moves:
        lines += wrapped(move.statement.text, width, "  - ")
        lines += _move(move, width)
    strands = strand_moves(rubric, before, after)[:MOST_STRANDS]
    if strands:
        lines += ["", *wrapped("Subjects that moved most (how true each stage is)", width)]
    for strand in strands:
        theme = rubric.theme(strand.theme_id)
        name = f"{theme.short}, {theme.strand(strand.strand_id).name}"
        lines += wrapped(name, width, "  - ")
        sides = stage_shares(dict(strand.before)), stage_shares(dict(strand.after))
        lines += wrapped(f"{sides[0]} -> {sides[1]}", width, "      ")
    return lines


def _move(move: StatementMove, width: int) -> list[str]:
    first, second = answers_words(move)
    lines = wrapped(f"{first} -> {second}", width, "      ")
    for when, notes in (("before", move.notes_before), ("now", move.notes_after)):
        for note in notes:
            lines += wrapped(f"{when}: {' '.join(note.split())}", width, "      ")
    return lines


_STATES = {ActionState.OPEN: "[ ]", ActionState.DONE: "[x]", ActionState.DROPPED: "[-]"}


def _promised(items: Sequence[Compared], width: int) -> list[str]:
    """The actions of every round but the last, and what later ones say of them."""
    rounds = [item.round for item in items if item.round]
    lines: list[str] = []
    seen: set[str] = set()
    for number, round_ in enumerate(rounds[:-1]):
        for promise in promises(round_, *rounds[number + 1 :]):
            if promise.then.id not in seen:
                lines += _promise(promise, width)
                seen.add(promise.then.id)
    if not lines:
        return []
    return ["", "What was promised", *lines, "  [x] done  [ ] open  [-] dropped"]


def _promise(promise: Promise, width: int) -> list[str]:
    then, now = promise.then, promise.now
    parts = [then.owner, f"by {date_words(then.due)}" if then.due else ""]
    behind = ", ".join(part for part in parts if part)
    untold = "" if promise.told else " (no later round here says more)"
    lead = f"  {_STATES[promise.state]} "
    words = " ".join(f"{then.what}{f' · {behind}' if behind else ''}{untold}".split())
    lines = wrapped(words, width, lead)
    return lines + (wrapped(" ".join(now.remark.split()), width, "      ") if now.remark else [])


def _change_track(change: Change, across: int) -> str:
    before, after = change.before, change.after
    if before.position is None or after.position is None:
        gaps = {before.gap, after.gap} - {None}
        mixed = Status.MIXED in gaps
        one = next(iter(gaps)) if len(gaps) == 1 else None
        words = "mixed picture" if mixed else gap_words(one) if one else "no position"
        if one in (Status.NOT_ENOUGH, Status.NOT_RECOGNISED):
            words = "no position"
        return f" {words} ".center(across, "-")
    return _two(before.position, after.position, across)


def _beside_track(found: Beside, across: int) -> str:
    if found.person.position is None or found.team.position is None:
        gaps = [
            f"{name}: {gap_words(side.gap)}"
            for name, side in (("o", found.person), ("*", found.team))
            if side.gap
        ]
        words = f" {', '.join(gaps)} "
        return (
            words.center(across, "-") if len(words) <= across else " no place ".center(across, "-")
        )
    return _two(found.person.position, found.team.position, across)


def _two(one: float, other: float, across: int) -> str:
    cells = scale(across)
    first, last = column(one, across), column(other, across)
    fill(cells, min(first, last), max(first, last))
    cells[first] = "o"
    cells[last] = "*"
    return "".join(cells)


def _place_track(standing: Standing, across: int) -> str:
    if standing.position is None:
        words = gap_words(standing.gap) if standing.gap else "no place"
        return f" {words} ".center(across, "-")
    cells = scale(across)
    if standing.low is not None and standing.high is not None:
        fill(cells, column(standing.low, across), column(standing.high, across))
    cells[column(standing.position, across)] = "O"
    return "".join(cells)
