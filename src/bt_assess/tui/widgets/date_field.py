"""A line for a day: typed in the ways people write days, moved a week with Shift+↑ and Shift+↓."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import ClassVar

from textual.binding import Binding

from bt_assess.core.fields import EARLIEST, LATEST
from bt_assess.tui.widgets.field import Field

NOT_A_DAY = "A day as in 2026-12-31 or 31 Dec, '6 weeks' from today, tomorrow, or nothing."
WHICH_IS_IT = "A day as in 2026-12-31 or 31 Dec 2026: with / nobody knows which is the month."
_WRITTEN = ("%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y")
_WITHOUT_YEAR = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y")
_BY_NAME = {"yesterday": -1, "today": 0, "tomorrow": 1}
_FROM_NOW = re.compile(r"(?:in )?(\d{1,4}) ?(d|w|m|y)(?:ay|eek|onth|ear)?s?", re.ASCII)
_DAYS = {"d": 1, "w": 7}
_LEAP = 8
"""Years, at most, from one 29 February to the next."""


def parse_day(text: str, today: date, *, is_past: bool = False) -> date | None:
    """The day that is meant; None for nothing. Raises ValueError with a sentence for people.

    Without a year it is the next such day, today at the earliest; where a day that has been is
    asked for (`is_past`), the last one, today at the latest.
    """
    words = " ".join(text.casefold().split())
    if not words:
        return None
    found = _from_now(words, today) or _written(words) or _of_any_year(words, today, is_past)
    if found is None or not EARLIEST <= found <= LATEST:
        raise ValueError(WHICH_IS_IT if "/" in words else NOT_A_DAY)
    return found


def _written(words: str, forms: tuple[str, ...] = _WRITTEN) -> date | None:
    for form in forms:
        try:
            return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _of_any_year(words: str, today: date, is_past: bool) -> date | None:
    for years in range(_LEAP + 1):
        year = today.year - years if is_past else today.year + years
        found = _written(f"{words} {year:04d}", _WITHOUT_YEAR)
        if found is not None and (found <= today if is_past else found >= today):
            return found
    return None


def _from_now(words: str, today: date) -> date | None:
    match = _FROM_NOW.fullmatch(words)
    try:
        if words in _BY_NAME:
            return today + timedelta(days=_BY_NAME[words])
        if match is None:
            return None
        number, unit = int(match[1]), match[2]
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
        self,
        day: date | None,
        today: date,
        *,
        is_past: bool = False,
        enter: str = "Next",
        id: str | None = None,
    ) -> None:
        """`is_past` is whether a day that has been is asked for."""
        super().__init__(
            day.isoformat() if day else "", enter=enter, id=id, max_length=20,
            placeholder=f"a day, as 2026-12-31, or '{'31 Dec' if is_past else '6 weeks'}'",
        )  # fmt: skip
        self._today = today
        self._is_past = is_past

    def day(self) -> date | None:
        """The day; None where the line is empty. Raises ValueError, in a sentence for people."""
        return parse_day(self.value, self._today, is_past=self._is_past)

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
