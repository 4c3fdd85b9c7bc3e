"""What the pages of comparing say, besides what reports say too."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from bt_assess.core.compared import OF_TWO, Change, Gap, Standing, WhyNot, false_alarms, gone
from bt_assess.core.comparison import Verdict
from bt_assess.core.courses import laid
from bt_assess.core.disclosure import Why
from bt_assess.core.saved_comparison import View
from bt_assess.core.scoring import Confidence, Status
from bt_assess.report.change_words import (
    change_words,
    gap_words,
    has_verdict,
    is_nameless,
    laid_title,
)
from bt_assess.report.summary import number
from bt_assess.report.way_words import Way
from bt_assess.tui.screens.comparing.subject import Subject
from bt_assess.tui.widgets.flow import item
from bt_assess.tui.widgets.track import STAGE_MARKS

TARGET = "◇"


def gap_mark(gap: WhyNot | None) -> str:
    """What stands in a picture where there is no place."""
    match gap:
        case Status.MIXED:
            return "~"
        case Status.NOT_RECOGNISED:
            return "?"
        case Gap.TWO_CAMPS:
            return "↕"
        case Why():
            return "×"
    return "…"


def gaps_legend(standings: Iterable[Standing]) -> str:
    """'~ mixed picture   … not enough answers': the marks among these, and why."""
    gaps: dict[str, set[str]] = {}
    for standing in standings:
        if standing.gap is not None:
            gaps.setdefault(gap_mark(standing.gap), set()).add(gap_words(standing.gap))
    return "   ".join(
        f"{mark} {' or '.join(sorted(words))}" for mark, words in sorted(gaps.items())
    )


def padded(text: Content | str, width: int) -> Content:
    """Exactly so many cells, whatever characters it is of; what is too long ends in …"""
    content = Content(text) if isinstance(text, str) else text
    short = content.truncate(width, ellipsis=True)
    return Content.assemble(short, " " * (width - short.cell_length))


def change_style(change: Change) -> str:
    """The colour of a change; its words say the same."""
    if change.verdict is Verdict.CHANGE:
        return "$primary"
    if change.verdict is Verdict.CLEAR_CHANGE and change.delta is not None:
        return "$good" if change.delta > 0 else "$alert"
    return "$quiet"


def spaced_change(change: Change) -> str:
    """The change in words, its figure in the column of the others."""
    words = change_words(change)
    return f" {words}" if words.startswith("0.0") else words


def standing_words(standing: Standing) -> Content:
    """'1.9 ▄ developing ?', or why there is no place."""
    if standing.position is None:
        mark = gap_mark(standing.gap)
        return Content.styled(
            f"–   {mark} {gap_words(standing.gap) if standing.gap else ''}", "$quiet"
        )
    if standing.stage is None:
        return Content(f"{standing.position:.1f}")
    doubt = "" if standing.confidence in (Confidence.FIRM, None) else " ?"
    stage = f"{STAGE_MARKS[standing.stage]} {standing.stage.value}{doubt}"
    return Content.assemble(f"{standing.position:.1f} ", (stage, f"${standing.stage.value}"))


def one_line_on_alarms(found: Sequence[Change]) -> str:
    """That the more themes there are, the more often one of them seems to change; empty where none
    has a verdict."""
    if (themes := len(found)) < 2 or not has_verdict(found):
        return ""
    words = number(themes)
    return (
        f"{words.capitalize()} themes, {words} chances: luck shows a change in"
        f" {false_alarms(themes)} of 100 comparisons."
    )


def target_brief(found: Way) -> str:
    """How far it is to a target, in 17 cells."""
    if found.done is None:
        if found.gap in OF_TWO:
            return "no way to measure"
        if found.base.gap or found.now.gap:
            return "no place at first" if found.base.gap else "no place now"
        return "was and is there" if found.is_there else "there at first"
    return "further away" if found.words.startswith("further") else found.words


def target_short(found: Way) -> str:
    """'40 %', 'reached', 'away', or a dash: the same in a narrow column."""
    if found.done is None:
        return "–"
    share = round(100 * found.done)
    return (
        "away" if share < 0 else "reached" if round(found.done, 9) >= 1 else f"{min(99, share)} %"
    )


def legend(marks: Sequence[str], names: Sequence[str], width: int) -> Content:
    """'○ 12 Nov 2025   ● 12 Nov 2026' in one line where it fits, else a line each, never cut."""
    pairs = [f"{mark} {name}" for mark, name in zip(marks, names, strict=True)]
    in_one = Content.styled("   ".join(pairs), "$quiet")
    if in_one.cell_length <= width:
        return in_one
    return Content("\n").join(
        item(f"{mark} ", Content.styled(name, "$quiet"), width)
        for mark, name in zip(marks, names, strict=True)
    )


def left_out_of(subject: Subject, changes: Iterable[Change]) -> int:
    """How many statements did not count in the change; those of themes that are gone too."""
    count = sum(len(change.left_out.ids) for change in changes)
    return count + len(gone(subject.rubric, (subject.before, subject.after)))


FOR_CAUTION = 80
"""Below this width a caution is a few words, so that the themes have their lines."""


def caution(subject: Subject, view: View, width: int) -> str:
    """What stands above any verdict where nobody knows whose times these are; empty where it is known."""
    if view is View.TREND:
        times = subject.now_course
    elif view in (View.CHANGE, View.MOVED) and subject.is_one:
        times = (subject.before, subject.after)
    else:
        return ""
    if not is_nameless(times):
        return ""
    who, them = ("team", "teams") if times[0].round else ("name", "people")
    if width < FOR_CAUTION:
        return f"No {who} given: perhaps different {them}."
    return f"No {who} was given: if these are different {them}, nothing here is a change."


def heading(subject: Subject) -> str:
    """What the page is of, in a word or two."""
    return laid_title(laid(subject.items))
