"""The line at the top of a comparison: whose it is, and from when to when."""

from textual.content import Content

from bt_assess.core.courses import are_one
from bt_assess.core.saved_comparison import View
from bt_assess.report.change_words import whose, whose_course
from bt_assess.report.words import date_words
from bt_assess.tui.screens.comparing.subject import Subject, told_apart
from bt_assess.tui.screens.comparing.words import heading

OF_ONE = (View.CHANGE, View.TREND, View.MOVED)
"""These tell of one person or team at a time."""
_BETWEEN = 3
"""Cells that the bar keeps free between its two parts, and for what says that one was cut."""


def bar(subject: Subject, view: View, kept: str, width: int) -> tuple[Content, Content]:
    """Both parts; `kept` is the name under which the comparison was kept, if it was.

    Whose times they are comes before all else: where a name leaves no room, the dates give way,
    which stand on the page below too.
    """
    right = Content.styled(_dates(subject, view), "$quiet")
    if view in OF_ONE and subject.now_course and subject.is_one and (kept or _is_more(subject)):
        name, at = Content.styled(whose_course(subject.now_course), "bold"), ""
        if len(subject.courses) > 1:
            at = f", {subject.course + 1} of {len(subject.courses)}"
        if name.cell_length + len(at) > width - right.cell_length - _BETWEEN:
            right = Content("")
        room = max(8, width - right.cell_length - _BETWEEN - len(at))
        more = f"   {kept}" if kept else f"   {len(subject.items)} chosen"
        more = f": o next{more}" if at else more
        name = name.truncate(room, ellipsis=True)
        return Content.assemble(name, (at, "bold"), (more, "$quiet")), right
    if kept:
        return Content.styled(kept, "bold"), right
    if _is_more(subject):
        more = f"  {len(subject.items)} chosen"
        return Content.assemble(("Compare", "bold"), (more, "$quiet")), right
    people = [whose(subject.after)]
    if not subject.is_one:
        people = list(told_apart((subject.before, subject.after)).values())
    return Content.assemble(
        (f"{heading(subject)}  ", "bold"), (" · ".join(people), "$quiet")
    ), right


def _is_more(subject: Subject) -> bool:
    return len(subject.items) > 2


def _dates(subject: Subject, view: View) -> str:
    pair = subject.before, subject.after
    if are_one(pair if view in OF_ONE else subject.items):
        first, last = pair
        if view is View.TREND and subject.now_course:
            first, last = subject.now_course[0], subject.now_course[-1]
        return f"{date_words(first.when)} → {date_words(last.when)}"
    # Nothing leads from the one to the other.
    days = sorted({each.when for each in subject.side_by_side})
    return " – ".join(map(date_words, (days[0], days[-1]) if len(days) > 1 else days))
