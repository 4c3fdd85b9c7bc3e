"""Real dates on an axis: where each stands, and which are named."""

from collections.abc import Iterator
from datetime import date, timedelta

_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def along(when: date, first: date, last: date) -> float:
    """Where a date stands between two others, 0..1; in the middle where they are one day."""
    days = (last - first).days
    return (when - first).days / days if days else 0.5


def ticks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """At most `most` dates (1 or more) between two, evenly spread over the calendar, with words.

    They are beginnings of years, of months, or days, whichever are the finest that fit; the ends
    themselves where nothing else lies between.
    """
    for words, found in _scales(first, last):
        inside = [when for when in found if first <= when <= last]
        if 2 <= len(inside) <= most:
            return [(when, _in_words(when, words)) for when in inside]
    ends = [first, last] if most > 1 and first != last else [first]
    return [(when, _in_words(when, "day" if _same_year(first, last) else "month")) for when in ends]


def _scales(first: date, last: date) -> Iterator[tuple[str, list[date]]]:
    """From days to years: what could be named, the finest first."""
    days = (last - first).days
    if days <= 70:
        for step in (1, 7, 14):
            yield "day", [first + timedelta(days=i) for i in range(0, days + 1, step)]
    if days <= 366 * 12:
        for months in _MONTHS:
            yield "month", list(_beginnings(first, last, months))
    for years in _YEARS:
        found = range(first.year - first.year % years, last.year + 1, years)
        yield "year", [date(year, 1, 1) for year in found if year >= 1]


def _beginnings(first: date, last: date, months: int) -> Iterator[date]:
    month = first.year * 12 + (first.month - 1) // months * months
    while month // 12 <= min(last.year, 9999):
        yield date(month // 12, month % 12 + 1, 1)
        month += months


def _in_words(when: date, words: str) -> str:
    match words:
        case "day":
            return f"{when.day} {when:%b}"
        case "month":
            return f"{when:%b} {when.year}"
    return str(when.year)


def _same_year(first: date, last: date) -> bool:
    return first.year == last.year
