"""What is due as a calendar file: days without a time, which no invitation goes out for."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from bt_assess.core.due import Due, DueKind, Of
from bt_assess.report.drawing import safe
from bt_assess.report.plan_words import due_words

_OF = {Of.PLAN: "Plan", Of.PROJECT: "Project", Of.ROUND: "Round"}


def calendar(found: Iterable[Due], *, made: date) -> bytes:
    """An iCalendar file (RFC 5545). The same thing has the same id each time, so that a calendar
    moves it instead of showing it twice.

    An obstacle without an answer has no day by which it is due, so it is not among them.
    """
    # A tenth of a second, which only this needs.
    from icalendar import Calendar, Event

    book = Calendar()
    book.add("prodid", "-//bt-assess//due//EN")
    book.add("version", "2.0")
    stamp = datetime.combine(made, time(), UTC)
    for each in found:
        if each.kind is DueKind.OBSTACLE:
            continue
        event = Event()
        event.add(
            "uid", f"{each.kind.value}.{each.where.part or 'whole'}.{each.where.id}@bt-assess"
        )
        event.add("dtstamp", stamp)
        event.add("dtstart", each.when)
        event.add("dtend", each.when + timedelta(days=1))
        event.add("summary", safe(due_words(each)))
        event.add("description", safe(_described(each), lines=True))
        event.add("transp", "TRANSPARENT")
        book.add_component(event)
    return bytes(book.to_ical())


def _described(each: Due) -> str:
    lines = [f"{_OF[each.where.of]}: {each.where.title}"]
    if each.owner:
        lines.append(f"Owner: {each.owner}")
    return "\n".join(lines)
