"""Comparisons as plain text for a terminal or a mail."""

from collections.abc import Mapping, Sequence

from bt_assess.core.compared import (
    OF_TWO,
    Change,
    Compared,
    Standing,
    Trend,
    by_date,
    changes,
    trends,
)
from bt_assess.core.courses import Course, Laid, is_same_session, laid
from bt_assess.core.moved import StatementMove, statement_moves, strand_moves
from bt_assess.core.round import ActionState
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import Status
from bt_assess.core.team_change import Promise, promises
from bt_assess.report.beside_text import beside_lines, two_marks
from bt_assess.report.change_words import (
    AIMS_ARE_OF_ONE,
    alarm_words,
    answers_words,
    change_words,
    copies_words,
    gap_at,
    gap_words,
    laid_title,
    matched_words,
    named,
    nameless_words,
    place_words,
    stage_shares,
    times_words,
    title,
    too_few_words,
    whose_course,
    why_no_change,
)
from bt_assess.report.compare_notes import (
    gone_words,
    rounded_trends,
    same_days_words,
    span_words,
    unlike_words,
    versions_words,
)
from bt_assess.report.omitted import left_out, omitted
from bt_assess.report.profile_text import fill, room, scale, tracks, wrapped
from bt_assess.report.same_statements import same_statements_words
from bt_assess.report.scale import axis, column
from bt_assess.report.summary import plural
from bt_assess.report.way_words import way
from bt_assess.report.whole_teams import whole_teams_words
from bt_assess.report.words import date_words

MOST_MOVES, MOST_STRANDS = 8, 5
MOST_AT_THE_TOP = 6
"""So many times are listed before the first figure; more, in a table at the end."""
_FOR_DATES = 44
"""From this width on, a track has its date before it; else its number."""


def compare_text(
    rubric: Rubric,
    items: Sequence[Compared],
    width: int,
    targets: Mapping[str, float] | None = None,
) -> str:
    """Two or more sessions and rounds. `width` in characters, `targets` are places by theme.

    Two times of one person or team are before and after, and more a trend. Different
    ones stand side by side; whoever is there several times has their own change or trend besides.
    """
    found, aims = laid(items), targets or {}
    # Before the first verdict: whoever reads no further has read it.
    caution = nameless_words(found)
    lines = [*wrapped(caution, width), ""] if caution else []
    if found.is_one:
        [course] = found.courses
        if len(course) > MOST_AT_THE_TOP:
            lines += wrapped(named(found), width)
        lines += _course(rubric, course, aims, width)
    else:
        lines += [*wrapped(f"{laid_title(found)}: {named(found)}", width), ""]
        lines += beside_lines(rubric, found.beside, width)
        for course in found.courses:
            name = f"{whose_course(course)}: {times_words(course)}"
            lines += ["", "", *wrapped(name, width)]
            lines += [""] if len(course) <= MOST_AT_THE_TOP else []
            lines += _course(rubric, course, aims, width)
        if aims and not found.courses:
            lines += ["", *wrapped(AIMS_ARE_OF_ONE, width)]
    if copies := copies_words(found):
        lines += ["", *wrapped(copies, width)]
    lines += _promised(found, width)
    lines += _left_out(rubric, found, width)
    for course in found.courses:
        if len(course) > MOST_AT_THE_TOP:
            lines += ["", *wrapped(f"All times of {whose_course(course)}", width)]
            lines += _numbered(course, width)
    return "\n".join(lines) + "\n"


def _course(rubric: Rubric, course: Course, targets: Mapping[str, float], width: int) -> list[str]:
    """What changed for one person or team, from the first to the last of their times."""
    if len(course) == 2:
        if why := why_no_change(*course):
            titles = [
                *wrapped(title(course[0]), width, "-  "),
                *wrapped(title(course[1]), width, "-  "),
            ]
            return [*titles, "", *wrapped(why, width)]
        lines = _before_and_after(rubric, course[0], course[1], width)
    else:
        lines = _trend(rubric, course, width)
    lines += wrapped(words, width) if (words := same_days_words(course)) else []
    return [
        *lines, *_aims(rubric, course, targets, width), *_moved(rubric, course[0], course[-1], width)
    ]  # fmt: skip


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
        *_notes_below(rubric, found, (before, after), (), width),
    ]


def _notes_below(
    rubric: Rubric,
    found: Sequence[Change],
    ends: tuple[Compared, Compared],
    others: Sequence[Change],
    width: int,
) -> list[str]:
    """What keeps people from reading too much into a change; `others` are told of besides."""
    every = (*found, *others)
    lines = []
    for words in (
        alarm_words(len(rubric.themes), every),
        too_few_words(every),
        matched_words(every),
        whole_teams_words(found, *ends),
        unlike_words(rubric, every),
    ):
        lines += wrapped(words, width) if words else []
    total = len(rubric.statements)
    omitted_ = omitted(found, *ends)
    for each in omitted_:
        in_use = all(i in rubric.statements for i in each.ids)
        what = (
            f"{len(each.ids)} of {total} statements"
            if in_use
            else plural(len(each.ids), "statement")
        )
        lines += wrapped(f"{what} left out: {each.why}.", width)
    if gone := gone_words(rubric, ends):
        lines += wrapped(gone, width)
    if omitted_ or gone:
        lines += wrapped("The end of this names them all.", width)
    return lines


def _left_out(rubric: Rubric, found: Laid, width: int) -> list[str]:
    """Every statement that did not count in a change, by id, with why."""
    lines: list[str] = []
    for course in found.courses:
        first, last = course[0], course[-1]
        said = [
            line
            for each in left_out(rubric, changes(rubric, first, last), first, last)
            for line in (
                *wrapped(f"{each.why}:", width, "  "), *wrapped(", ".join(each.ids), width, "    ")
            )
        ]  # fmt: skip
        if said and not is_same_session(first, last):
            whose_ = "" if found.is_one else f", {whose_course(course)}"
            lines += ["", *wrapped(f"Left out of the change{whose_}", width), *said]
    words = versions_words(rubric, found.items)
    return [*lines, *(["", *wrapped(words, width)] if words else [])]


def _numbered(course: Course, width: int) -> list[str]:
    lines = []
    for number, item in enumerate(course, start=1):
        lines += wrapped(title(item), width, f"{number:>3}  ")
    return lines


def _trend(rubric: Rubric, course: Course, width: int) -> list[str]:
    lines = _numbered(course, width) if len(course) <= MOST_AT_THE_TOP else []
    found = changes(rubric, course[0], course[-1])
    every = trends(rubric, course)
    labels = [f"{date_words(each.when):>11}  " for each in course]
    if width < _FOR_DATES:
        labels = [f"{number:>3}  " for number in range(1, len(course) + 1)]
    indent = " " * len(labels[0])
    across = max(20, min(60, width - len(indent) - 5))
    for trend, change in zip(every, found, strict=True):
        names = "".join(text for text, _ in axis(across)).rstrip()
        lines += ["", *wrapped(rubric.theme(trend.theme_id).name, width), indent + names]
        for label, (_, standing) in zip(labels, trend.points, strict=True):
            behind = "" if standing.position is None else f"  {place_words(standing)}"
            lines.append(f"{label}{_place_track(standing, across)}{behind}")
        lines += _told(course, trend, change, width)
    told = [c for trend in every for c in (trend.whole, trend.latest) if c]
    notes = _notes_below(rubric, found, (course[0], course[-1]), told, width)
    for words in (rounded_trends(every), same_statements_words(rubric, every)):
        notes += wrapped(words, width) if words else []
    return [*lines, "", *notes]


def _told(course: Course, trend: Trend, change: Change, width: int) -> list[str]:
    """The change from the first to the last time; and between others, with their dates."""
    first, last = course[0], course[-1]
    why = gap_at(change, first, last)
    words = [
        f"{_dates(first, last)}: {f'no change to tell ({why})' if why else change_words(change)}"
    ]
    if trend.whole and trend.ends and trend.ends != (first, last):
        words.append(f"{_dates(*trend.ends)}: {change_words(trend.whole)}")
    if trend.latest and trend.steps and trend.steps != trend.ends:
        words.append(f"{_dates(*trend.steps)}: {change_words(trend.latest)}")
    return [line for each in words for line in wrapped(each, width, "     ")]


def _dates(first: Compared, last: Compared) -> str:
    return span_words(first.when, last.when)


def _aims(rubric: Rubric, course: Course, targets: Mapping[str, float], width: int) -> list[str]:
    """How far it is to each target, from the first time to the last."""
    lines = []
    for change in changes(rubric, course[0], course[-1]) if targets else ():
        theme = rubric.theme(change.theme_id)
        if (target := targets.get(theme.id)) is None:
            continue
        found = way(change, target)
        places = f"from {place_words(found.base)} to {place_words(found.now)}"
        if found.base.gap or found.now.gap:
            words = f"aim {target:.1f}, {found.words}"
        else:
            words = f"aim {target:.1f}, {places}: {found.words}"
        lines += wrapped(f"{theme.short}: {words}", width, "  ")
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


def _promised(found: Laid, width: int) -> list[str]:
    """The actions of a team's every round but its last, and what its later ones say of them."""
    lines: list[str] = []
    seen: set[str] = set()
    for course in found.courses:
        rounds = [item.round for item in by_date(course) if item.round]
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
        if change.why_not in OF_TWO:
            return f" {change_words(change)} ".center(across, "-")
        gaps = {before.gap, after.gap} - {None}
        mixed = Status.MIXED in gaps
        one = next(iter(gaps)) if len(gaps) == 1 else None
        words = "mixed picture" if mixed else gap_words(one) if one else "no position"
        if one in (Status.NOT_ENOUGH, Status.NOT_RECOGNISED):
            words = "no position"
        return f" {words} ".center(across, "-")
    return two_marks(before.position, after.position, across)


def _place_track(standing: Standing, across: int) -> str:
    if standing.position is None:
        words = gap_words(standing.gap) if standing.gap else "no place"
        return f" {words} ".center(across, "-")
    cells = scale(across)
    if standing.low is not None and standing.high is not None:
        fill(cells, column(standing.low, across), column(standing.high, across))
    cells[column(standing.position, across)] = "O"
    return "".join(cells)
