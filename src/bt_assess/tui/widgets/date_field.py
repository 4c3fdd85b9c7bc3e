"""A line for a day: typed in the ways people write days, moved a week with Shift+↑ and Shift+↓."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import ClassVar

from textual.binding import Binding

from bt_assess.core.fields import EARLIEST, LATEST
from bt_assess.tui.widgets.field import Field

NOT_A_DAY = "A day as in 2026-12-31 or 31 Dec 2026, '6 weeks' from today, or nothing."
_WRITTEN = ("%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y")
_FROM_NOW = re.compile(r"(?:in )?(\d{1,4}) ?(d|w|m|y)(?:ay|eek|onth|ear)?s?", re.ASCII)
_DAYS = {"d": 1, "w": 7}


def parse_day(text: str, today: date) -> date | None:
    """The day that is meant; None for nothing. Raises ValueError with a sentence for people."""
    words = " ".join(text.casefold().split())
    if not words:
        return None
    found = _from_now(words, today) or _written(words)
    if found is None or not EARLIEST <= found <= LATEST:
        raise ValueError(NOT_A_DAY)
    return found


def _written(words: str) -> date | None:
    for form in _WRITTEN:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _from_now(words: str, today: date) -> date | None:
    match = _FROM_NOW.fullmatch(words)
    if words == "today":
        return today
    if match is None:
        return None
    number, unit = int(match[1]), match[2]
    try:
        if unit in _DAYS:
            return today + timedelta(days=number * _DAYS[unit])
        months = today.month - 1 + number * (12 if unit == "y" else 1)
        year, month = today.year + months // 12, months % 12 + 1
        # A month without such a day ends before it.
        return date(year, month, min(today.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return None


class DateField(Field):
    """`day()` is the day meant; what is left as typed says nothing until it can be read."""

    BINDINGS: ClassVar = [
        # Not the arrows alone: whoever only looks around with them must not move a date.
        Binding(
            "shift+down,ctrl+down", "week(1)", "A week", key_display="shift+↑ ↓",
            tooltip="A week earlier or later",
        ),
        Binding(
            "shift+up,ctrl+up", "week(-1)", "Earlier", show=False,
            tooltip="A week earlier or later",
        ),
    ]  # fmt: skip

    def __init__(
        self, day: date | None, today: date, *, enter: str = "Next", id: str | None = None
    ) -> None:
        super().__init__(
            day.isoformat() if day else "", enter=enter, id=id, max_length=20,
            placeholder="a day, as 2026-12-31, or '6 weeks'",
        )  # fmt: skip
        self._today = today

    def day(self) -> date | None:
        """The day; None where the line is empty. Raises ValueError, in a sentence for people."""
        return parse_day(self.value, self._today)

    def tidy(self) -> None:
        """Show the day that was understood, in one way of writing."""
        try:
            day = self.day()
        except ValueError:
            return
        text = day.isoformat() if day else ""
        if text != self.value:
            self.value = text

    def action_week(self, step: int) -> None:
        """A week from the day there is; from an empty line, today."""
        try:
            day = self.day()
        except ValueError:
            return
        found = self._today if day is None else _a_week(day, step)
        self.value = found.isoformat()
        self.cursor_position = len(self.value)


def _a_week(day: date, step: int) -> date:
    return min(max(day + timedelta(days=7 * step), EARLIEST), LATEST)
