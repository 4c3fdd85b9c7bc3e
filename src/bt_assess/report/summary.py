"""A result and a moment in a few words."""

from collections import Counter
from datetime import datetime

from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import Profile, Status

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def in_brief(profile: Profile) -> str:
    """'two themes developing, four starting': furthest stage first."""
    stages = Counter(t.stage for t in profile.themes if t.stage)
    statuses = Counter(t.status for t in profile.themes if t.stage is None)
    words = {
        Status.MIXED: "mixed",
        Status.NOT_RECOGNISED: "not recognised",
        Status.NOT_ENOUGH: "without enough answers",
    }
    counts = [(stages[stage], stage.value) for stage in reversed(Stage)]
    counts += [(statuses[status], text) for status, text in words.items()]
    parts = [f"{number(count)} {text}" for count, text in counts if count]
    if not parts:
        return ""
    if len(parts) > 2:
        return ", ".join(parts)
    first, _, rest = parts[0].partition(" ")
    noun = "theme" if first == "one" else "themes"
    return ", ".join([f"{first} {noun} {rest}", *parts[1:]])


def number(count: int) -> str:
    """A count in words up to nine."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def ago(then: datetime, now: datetime) -> str:
    """'today', 'yesterday', '12 Nov', or with the year when it is not this one; local time."""
    try:
        day, today = then.astimezone().date(), now.astimezone().date()
    except OverflowError:
        # The first and the last day of the calendar have no local time everywhere.
        day, today = then.date(), now.date()
    match (today - day).days:
        case 0:
            return "today"
        case 1:
            return "yesterday"
    short = f"{day.day} {day:%b}"
    return short if day.year == today.year else f"{short} {day.year}"


def plural(count: int, noun: str) -> str:
    """'1 session', '3 sessions'."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
