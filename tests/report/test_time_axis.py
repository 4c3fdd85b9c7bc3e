"""Dates on an axis: in order, inside it, no more than there is room for."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bt_assess.report.time_axis import along, ticks

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(DAYS, DAYS, st.integers(1, 30))
def test_ticks_are_in_order_inside_and_few_enough(one: date, other: date, most: int) -> None:
    first, last = sorted((one, other))
    found = ticks(first, last, most)
    days = [when for when, _ in found]
    assert 1 <= len(found) <= most
    assert days == sorted(set(days))
    assert all(first <= when <= last for when in days)
    assert len({words for _, words in found}) == len(found)
    assert [along(when, first, last) for when in days] == sorted(
        along(when, first, last) for when in days
    )


def test_a_year_is_told_by_months_and_a_decade_by_years() -> None:
    year = [words for _, words in ticks(date(2025, 11, 12), date(2026, 11, 12), 5)]
    assert year == ["Jan 2026", "Apr 2026", "Jul 2026", "Oct 2026"]
    decade = [words for _, words in ticks(date(2016, 3, 1), date(2026, 3, 1), 6)]
    assert decade == ["2018", "2020", "2022", "2024", "2026"]


def test_one_day_stands_in_the_middle() -> None:
    day = date(2026, 3, 2)
    assert along(day, day, day) == 0.5
    assert ticks(day, day, 4) == [(day, "2 Mar")]
