"""An edit of a project as it counts on its day: nothing of a day to come, and no goal moved unseen."""

from collections.abc import Iterable
from datetime import date

from bt_assess.core.fields import Refused
from bt_assess.core.goal_moves import told
from bt_assess.core.project import MOST_REFOCUSED, Project
from bt_assess.core.project_parts import ObstacleAnswer


def edited(new: Project, today: date, *, last: Project, first: Project) -> Project:
    """`new` as it is taken in the place of `last`; `first` is how it was before one typed there.

    A goal that is changed once the project is launched is told as a change of that day. Raises
    Refused for a reading, a check-in or a report of a day to come.
    """
    _not_ahead("a reading", (r.on for r in new.readings), (r.on for r in last.readings), today)
    _not_ahead("a check-in", (c.on for c in new.check_ins), (c.on for c in last.check_ins), today)
    if new.report.on and new.report.on != last.report.on and new.report.on > today:
        raise Refused("that day is still to come: a report back is given today or before")
    if _is_refocused_again(new, last, first):
        # Only passed over on the way round the answers.
        return new.changed(wanted=first.wanted).with_refocused(first.refocused)
    if new.wanted == last.wanted:
        return new
    is_silent = bool(first.launch.held) and new.refocused == last.refocused
    notes = told(new.refocused, first.wanted, new.wanted, today, is_new=is_silent)
    if len(notes) > MOST_REFOCUSED:
        raise Refused(f"a goal is changed at most {MOST_REFOCUSED} times")
    return new.with_refocused(notes)


def _is_refocused_again(new: Project, last: Project, first: Project) -> bool:
    """Whether an answer is to refocus as it was at first, and was another one in between."""
    now, between, before = (
        {each.id for each in project.obstacles if each.answer is ObstacleAnswer.REFOCUSED}
        for project in (new, last, first)
    )
    return bool(now & before - between)


def _not_ahead(what: str, days: Iterable[date], known: Iterable[date], today: date) -> None:
    if any(day > today for day in set(days) - set(known)):
        raise Refused(f"that day is still to come: {what} is of today or before")
