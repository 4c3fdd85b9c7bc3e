"""Side by side, what moved, and what was promised: text to read on."""

from collections.abc import Collection, Mapping, Sequence

from textual.content import Content

from bt_assess.core.compared import Compared, Standing, beside
from bt_assess.core.courses import are_one
from bt_assess.core.moved import StatementMove, StrandMove, statement_moves, strand_moves
from bt_assess.core.round import ActionState
from bt_assess.core.rubric import RubricTheme, Stage
from bt_assess.core.saved_comparison import View
from bt_assess.core.team_change import Promise, promises
from bt_assess.report.change_words import NO_WINNER, answers_words, apart_words
from bt_assess.report.same_statements import asked_apart_words
from bt_assess.report.scale import column
from bt_assess.report.summary import number, plural
from bt_assess.report.words import date_words
from bt_assess.tui.screens.comparing import before_after, trend_view
from bt_assess.tui.screens.comparing.subject import (
    LETTERS,
    Key,
    Subject,
    key_of,
    names_beside,
    told_apart,
)
from bt_assess.tui.screens.comparing.words import gap_mark, gaps_legend, legend, padded
from bt_assess.tui.widgets.flow import item
from bt_assess.tui.widgets.theme_tracks import NAME
from bt_assess.tui.widgets.track import STAGE_MARKS, axis, joined, scale

FIGURE = 7
"""Width of 'a 1.9' beside a track, in cells."""
FEW = 4
"""Up to so many have their figures beside the track; more, in a table below."""
TAG = 7
"""Width of a theme's column in that table, in cells."""
ENDS = ("○", "●")
"""Before and after."""
MOST_STRANDS = 6
MOST_IN_ONE = 4
LONG = 24
"""A name of more characters does not stand before every note."""

MOMENT = (
    "One moment: it takes some seconds to find out what has changed among so many people."
    " The other ways of looking are there meanwhile."
)
NOT_MOVED = "What moved is told of one person, or of one team, at two times: choose such with c."
NO_PROMISE = (
    "It takes two rounds of one team to tell: what the earlier one promised stands here then, and"
    " what has become of it. c chooses others to compare."
)
NOTHING_PROMISED = "No actions were agreed in the earlier rounds, so nothing was promised."


def text(subject: Subject, view: View | None, width: int) -> Content:
    """A view that is words; of one that is pictures, why there are none. None is not found yet."""
    match view:
        case None:
            return Content.styled(MOMENT, "$quiet")
        case View.CHANGE:
            return Content(before_after.no_change(subject))
        case View.TREND:
            return Content(trend_view.NO_TREND)
        case View.BESIDE:
            return side_by_side(subject, width)
        case View.MOVED:
            return moved(subject, width)
        case View.PROMISED:
            return promised(subject, width)


# Side by side


def side_by_side(subject: Subject, width: int) -> Content:
    """A track for each theme with a letter for each of them; where each stands, behind or below."""
    items = subject.side_by_side
    drawn = items[: len(LETTERS)]
    names = names_beside(subject)
    few = len(drawn) <= FEW and width - NAME - FIGURE * len(drawn) - _apart(drawn) >= 24
    room = max(12, width - NAME - (FIGURE * len(drawn) + _apart(drawn) if few else 1))
    lines = [Content.assemble(" " * NAME, axis(room))]
    for theme in subject.rubric.themes:
        lines += _theme_beside(subject, theme, drawn, room, few=few)
    parts = [Content("\n").join(lines)]
    pairs = [(letter, each) for letter, each in zip(LETTERS, drawn, strict=False)]
    if few:
        who = [
            item(Content.styled(f"{letter} ", "bold"), Content(names[key_of(each)]), width)
            for letter, each in pairs
        ]
        parts.append(Content("\n").join(who))
    else:
        parts.append(_table(subject, pairs, names, width))
    marks = {m for theme in subject.rubric.themes for m in _marks(theme, drawn, room).values()}
    said = [words] if (words := _meeting_words(marks)) else []
    said += [] if are_one(items) else [NO_WINNER]
    said += [words] if (words := asked_apart_words(subject.rubric, drawn)) else []
    if gaps := gaps_legend(each.standing(t.id) for each in drawn for t in subject.rubric.themes):
        said.append(gaps)
    if len(items) > len(drawn):
        said.append(f"And {len(items) - len(drawn)} more, not drawn.")
    if said:
        parts.append(Content.styled("\n".join(said), "$quiet"))
    return Content("\n\n").join(parts)


def _apart(items: Sequence[Compared]) -> int:
    """Cells for how far two of them are from each other, where that can be asked."""
    return 14 if _are_two(items) else 0


def _are_two(items: Sequence[Compared]) -> bool:
    return len(items) == 2 and not are_one(items)


def _theme_beside(
    subject: Subject,
    theme: RubricTheme,
    items: Sequence[Compared],
    room: int,
    *,
    few: bool,
) -> list[Content]:
    standings = [each.standing(theme.id) for each in items]
    cells = scale(room)
    for place, mark in _marks(theme, items, room).items():
        cells[place] = (mark, "bold $primary")
    name = padded(Content.styled(theme.short, "bold"), NAME)
    track = joined(cells)
    figures = [_figure(*pair) for pair in zip(LETTERS, standings, strict=False)]
    if few:
        behind = [padded(figure, FIGURE - 2) for figure in figures]
        parts = [name, track, Content("  "), Content("  ").join(behind)]
        if _are_two(items):
            [found] = [b for b in beside(subject.rubric, *items) if b.theme_id == theme.id]
            parts.append(Content.styled(f"  {apart_words(found.difference)}", "$quiet"))
        return [Content.assemble(*parts)]
    return [Content.assemble(name, track)]


def _marks(theme: RubricTheme, items: Sequence[Compared], room: int) -> dict[int, str]:
    """What stands in which cell of a theme's track: a letter, or how many meet there."""
    here: dict[int, list[str]] = {}
    for letter, each in zip(LETTERS, items, strict=False):
        if (position := each.standing(theme.id).position) is not None:
            here.setdefault(column(position, room), []).append(letter)
    return {
        place: letters[0] if len(letters) == 1 else str(len(letters)) if len(letters) < 10 else "+"
        for place, letters in here.items()
    }


def _meeting_words(marks: Collection[str]) -> str:
    """'2: two stand here', for the digits among these marks; empty where nobody meets."""
    digits = sorted(mark for mark in marks if mark.isdigit())
    said = []
    if digits:
        many = number(int(digits[0])) if len(digits) == 1 else "that many"
        said.append(f"{', '.join(digits)}: {many} stand here")
    if "+" in marks:
        said.append("+: ten or more stand here")
    return "   ".join(said)


def _table(
    subject: Subject, pairs: Sequence[tuple[str, Compared]], names: Mapping[Key, str], width: int
) -> Content:
    """A line for each: its letter, where it stands in every theme, and who it is."""
    themes = subject.rubric.themes
    head = "".join(theme.tag.ljust(TAG) for theme in themes)
    lines = [Content.styled(f"  {head}", "$quiet")]
    for letter, each in pairs:
        figures = []
        for theme in themes:
            standing = each.standing(theme.id)
            place = standing.position
            words = gap_mark(standing.gap) if place is None else f"{place:.1f}"
            figures.append(words.ljust(TAG))
        mark = Content.assemble((f"{letter} ", "bold"), "".join(figures))
        lines.append(item(mark, Content(names[key_of(each)]), width))
    return Content("\n").join(lines)


def _figure(letter: str, standing: Standing) -> Content:
    if standing.position is None:
        return Content.styled(f"{letter} {gap_mark(standing.gap)}", "$quiet")
    return Content.assemble((f"{letter} ", "bold"), f"{standing.position:.1f}")


# What moved


def moved(subject: Subject, width: int) -> Content:
    """The strands and the statements that moved, the largest change first."""
    if why := subject.why_no_change:
        return Content(why if subject.is_one else f"{why} {NOT_MOVED}")
    before, after = subject.before, subject.after
    moves = statement_moves(subject.rubric, before, after)
    strands = strand_moves(subject.rubric, before, after)
    names = told_apart((before, after))
    first, second = names[key_of(before)], names[key_of(after)]
    parts = [legend(ENDS, (first, second), width)]
    if not moves and not strands:
        return Content("\n\n").join([*parts, Content(_nothing_moved(subject))])
    if strands:
        lines = [_strand(subject, strand, width) for strand in strands[:MOST_STRANDS]]
        parts.append(Content.styled("Subjects, by how true each stage is, in %", "bold"))
        parts.append(Content("\n").join(lines))
    if moves:
        parts.append(Content.styled("Statements, the largest change first", "bold"))
        short = max(len(first), len(second)) <= LONG
        ends = (first, second) if short else ENDS
        parts += [_statement(move, ends, width) for move in moves]
    return Content("\n\n").join(parts)


def moved_in(
    subject: Subject, moves: Sequence[StatementMove], theme_id: str, width: int
) -> Content:
    """The statements of one theme that moved most; nothing where none did."""
    theirs = [m for m in moves if subject.rubric.theme_of(m.statement.id).id == theme_id]
    if not theirs:
        return Content("")
    name = subject.rubric.theme(theme_id).short
    parts = [Content.styled(f"{name}: what moved most", "bold")]
    parts += [_statement(move, ENDS, width) for move in theirs[:MOST_IN_ONE]]
    return Content("\n\n").join(parts)


def _nothing_moved(subject: Subject) -> str:
    if subject.before.round:
        return "Nothing to show: no answers changed, or too few people answered to show how."
    return "No answer changed."


def _strand(subject: Subject, move: StrandMove, width: int) -> Content:
    theme = subject.rubric.theme(move.theme_id)
    body = Content.assemble(
        theme.strand(move.strand_id).name, (f"  {theme.short}", "$quiet"), "\n",
        *_shares(move.before, move.after),
    )  # fmt: skip
    lines = body.split("\n", allow_blank=True)
    return Content("\n").join([item("", lines[0], width), item("  ", lines[1], width)])


def _shares(
    before: Mapping[Stage, float | None], after: Mapping[Stage, float | None]
) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    for stage in Stage:
        first, second = before[stage], after[stage]
        if first is None or second is None:
            continue
        parts.append((f"{STAGE_MARKS[stage]} {stage.value} ", f"${stage.value}"))
        parts.append((f"{round(100 * first)} → {round(100 * second)}   ", ""))
    return parts


def _statement(move: StatementMove, names: tuple[str, str], width: int) -> Content:
    first, second = answers_words(move)
    lines = [
        item("", Content(move.statement.text), width),
        item("  ", Content.assemble((first, "$quiet"), " → ", (second, "bold")), width),
    ]
    for name, notes in zip(names, (move.notes_before, move.notes_after), strict=True):
        for note in notes:
            colon = "" if name in ENDS else ":"
            words = Content.styled(f"{name}{colon} {' '.join(note.split())}", "$quiet")
            lines.append(item("  ✎ ", words, width))
    return Content("\n").join(lines)


# What was promised

_STATES = {
    ActionState.OPEN: ("○ still open", "$alert"),
    ActionState.DONE: ("✓ done", "$good"),
    ActionState.DROPPED: ("✗ dropped", "$quiet"),
}


def promised(subject: Subject, width: int) -> Content:
    """The actions of a team's each round but its last: how they stand, whose they are, by when."""
    teams = [course for course in subject.courses if course[0].round]
    if not teams:
        return Content(NO_PROMISE)
    names = told_apart([each for team in teams for each in team])
    parts: list[Content] = []
    for team in teams:
        seen: set[str] = set()
        rounds = [(each, each.round) for each in team if each.round]
        for at, (each, round_) in enumerate(rounds[:-1]):
            later = [other for _, other in rounds[at + 1 :]]
            found = [p for p in promises(round_, *later) if p.then.id not in seen]
            seen |= {p.then.id for p in found}
            if found:
                parts.append(_promises_head(each, names[key_of(each)], found, width))
                parts += [_promise(promise, width) for promise in found]
    return Content("\n\n").join(parts) if parts else Content(NOTHING_PROMISED)


def _promises_head(each: Compared, name: str, found: Sequence[Promise], width: int) -> Content:
    when = date_words(each.when)
    head = name if when in name else f"{name}, {when}"
    kept = sum(p.state is ActionState.DONE for p in found)
    count = f"   {kept} of {plural(len(found), 'action')} done"
    return item("", Content.assemble((head, "bold"), (count, "$quiet")), width)


def _promise(promise: Promise, width: int) -> Content:
    then, now = promise.then, promise.now
    word, style = _STATES[promise.state]
    lines = [
        item(
            padded(Content.styled(word, style), 14),
            Content(" ".join(then.what.split())), width,
        )
    ]  # fmt: skip
    due = now.due or then.due
    behind = [now.owner or then.owner or "nobody's name to it"]
    behind.append(f"by {date_words(due)}" if due else "no date")
    if not promise.told:
        behind.append("no later round says more")
    lines.append(item(" " * 14, Content.styled(" · ".join(behind), "$quiet"), width))
    if now.remark:
        remark = Content.styled(" ".join(now.remark.split()), "$quiet")
        lines.append(item(" " * 12 + "✎ ", remark, width))
    return Content("\n").join(lines)


def named_team(subject: Subject) -> Compared | None:
    """The latest round here that has names, so that one of its people can stand beside it."""
    named = [each for each in subject.items if each.round and each.round.named]
    return named[-1] if named else None
