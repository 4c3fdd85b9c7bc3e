"""An edit of a project as it counts on its day: nothing of a day to come, and no goal moved unseen."""

from collections.abc import Iterable
from datetime import date

from bt_assess.core.fields import Refused
from bt_assess.core.goal_moves import told, told_in_answer, told_of_weeks
from bt_assess.core.project import Project
from bt_assess.core.project_parts import MOST_REFOCUSED, ObstacleAnswer


def edited(
    new: Project, today: date, *, last: Project, first: Project, because: str | None = None
) -> Project:
    """`new` as it is taken in the place of `last`; `first` is how it was before one typed there.

    A goal that is changed once the project is launched is told as a change of that day; `because` is
    the obstacle that it answers, if it does. So are its weeks, when they are moved. Raises Refused for
    a launch, a reading, a check-in, a mid-point or a report of a day to come, for a report or an
    obstacle from before it all began, and for a first week that puts a reading aside.
    """
    _not_ahead("a reading", (r.on for r in new.readings), (r.on for r in last.readings), today)
    _not_ahead("a check-in", (c.on for c in new.check_ins), (c.on for c in last.check_ins), today)
    if new.launch.held:
        _not_ahead("a launch", (new.launch.held,), (last.launch.held,), today)
    if new.mid_point:
        known = (last.mid_point.on,) if last.mid_point else ()
        _not_ahead("a mid-point", (new.mid_point.on,), known, today)
    if new.report.on and new.report.on != last.report.on and new.report.on > today:
        raise Refused("that day is still to come: a report back is given today or before")
    _not_before_it_began(new, last, today)
    new = _weeks_moved(new, today, last)
    if _is_refocused_again(new, last, first):
        # Only passed over on the way round the answers.
        return new.changed(wanted=first.wanted).with_refocused(first.refocused)
    if new.wanted == last.wanted or new.refocused != last.refocused:
        return new
    if because is not None:
        read = next((r.value for r in new.readings if r.on == today), None)
        notes = told_in_answer(new.refocused, last.wanted, new.wanted, today, because, read)
    else:
        is_new = bool(first.launch.held)
        notes = told(first.refocused, first.wanted, new.wanted, today, is_new=is_new)
    if len(notes) > MOST_REFOCUSED:
        raise Refused(f"a goal is changed at most {MOST_REFOCUSED} times")
    return new.with_refocused(notes)


def _weeks_moved(new: Project, today: date, last: Project) -> Project:
    """With a note where the weeks of a launched project were moved, and no reading put aside."""
    now = (new.starts, new.weeks)
    if now == (last.starts, last.weeks) or new.moved != last.moved or not last.launch.held:
        return new
    # What has come to count by a move of this very day may be put aside again with it.
    is_moved_today = last.moved and last.moved[-1].on >= today
    begins = last.moved[-1].starts if is_moved_today else last.starts or date.min
    if new.starts and (lost := [r.on for r in new.readings if begins <= r.on < new.starts]):
        there = "a reading" if len(lost) == 1 else f"{len(lost)} readings"
        since = f"of {lost[0]}" if len(lost) == 1 else f"from {lost[0]} to {lost[-1]}"
        raise Refused(f"{there} {since} would not count any more: begin on {lost[0]} or before")
    notes = told_of_weeks(last.moved, (last.starts, last.weeks), now, today)
    if len(notes) > MOST_REFOCUSED:
        raise Refused(f"the weeks are moved at most {MOST_REFOCUSED} times")
    return new if notes == new.moved else new.changed(moved=notes)


def _is_refocused_again(new: Project, last: Project, first: Project) -> bool:
    """Whether an answer is to refocus as it was at first, and was another one in between."""
    now, between, before = (
        {each.id for each in project.obstacles if each.answer is ObstacleAnswer.REFOCUSED}
        for project in (new, last, first)
    )
    return bool(now & before - between)


def _not_before_it_began(new: Project, last: Project, today: date) -> None:
    # It may be written down here only after its launch, or on a laptop whose clock is behind.
    held = new.launch.held
    on, begun = new.report.on, min(held or new.created, today)
    if on and on != last.report.on and on < begun:
        what = "launched" if held else "begun"
        raise Refused(f"{on} is before the project was {what}: write the year with the day")
    begun = min(held or new.created, new.created, today)
    known = {(each.id, each.raised) for each in last.obstacles}
    for each in new.obstacles:
        if each.raised < begun and (each.id, each.raised) not in known:
            raise Refused(f"{each.raised} is before the project was begun: write the year with it")


def _not_ahead(what: str, days: Iterable[date], known: Iterable[date | None], today: date) -> None:
    if any(day > today for day in set(days) - set(known)):
        raise Refused(f"that day is still to come: {what} is of today or before")
