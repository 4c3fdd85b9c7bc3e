"""What a search is for: days as lists write them, and words wherever they are."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.report.words import date_words
from bt_assess.store.finding import clause, is_found, terms

DAYS = st.dates(date(2025, 12, 1), date(2027, 2, 1))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", []),
        ("2 Oct 2026", ["2 oct 2026"]),
        ("  02   OCT ", ["2 oct"]),
        ("Oct 2026", ["oct 2026"]),
        ("north 2 Oct 2026 ada", ["2 oct 2026", "north", "ada"]),
        ("31 Oct 1 Nov", ["31 oct", "1 nov"]),
        ("2026-10", ["2026-10"]),
        # However the month is written, and with a comma or without.
        ("2 October 2026", ["2 oct 2026"]),
        ("Sept 2026", ["sep 2026"]),
        ("3 september", ["3 sep"]),
        ("2 Oct, 2026", ["2 oct 2026"]),
        ("north March, 2026", ["mar 2026", "north"]),
        ("31 Oct, 1 Nov", ["31 oct", "1 nov"]),
        # No days: words, wherever they are.
        ("oct", ["oct"]),
        ("may ada", ["may", "ada"]),
        ("2026 oct", ["2026", "oct"]),
        ("october", ["october"]),
        ("2 octo 2026", ["2", "octo", "2026"]),
        ("2 Sept.", ["2", "sept."]),
        ("0 oct", ["0", "oct"]),
        ("oct 202", ["oct", "202"]),
    ],
)
def test_days_and_months_are_one_thing_to_find(words: str, found: list[str]) -> None:
    assert terms(words) == found


def written(day: date) -> str:
    """A day as a session and a round have it to be found by."""
    return f"{day.isoformat()}\n{date_words(day)}"


@given(DAYS, DAYS)
def test_a_day_is_found_by_itself_and_by_no_other(day: date, other: date) -> None:
    for words, is_same in (
        (date_words(day), day == other),
        (day.isoformat(), day == other),
        (f"{day:%b %Y}", (day.year, day.month) == (other.year, other.month)),
        (f"{day:%Y-%m}", (day.year, day.month) == (other.year, other.month)),
        (f"{day.day} {day:%b}", (day.day, day.month) == (other.day, other.month)),
        (f"{day.day} {day:%B}, {day.year}", day == other),
        (f"{day:%B %Y}", (day.year, day.month) == (other.year, other.month)),
    ):
        assert is_found(terms(words), "Ada 2", "team 31", written(other)) is is_same, words


def in_sql(words: str, searched: str) -> bool:
    with closing(sqlite3.connect(":memory:")) as db:
        asked = [clause(term) for term in terms(words)]
        where = " AND ".join(sql for sql, _ in asked) or "1"
        values = [value for _, bound in asked for value in bound]
        [[found]] = db.execute(f"SELECT {where} FROM (SELECT ? AS words)", [*values, searched])
    return bool(found)


TYPED = st.lists(
    st.sampled_from(["1", "31", "2", "may", "mar", "march", "sept", "2026", "2026,", "ada", "[a-z]*", "ö",
                     "2026-03", "?"]),
    max_size=5,
).map(" ".join)  # fmt: skip


@given(TYPED, TYPED, TYPED, DAYS)
def test_the_catalogue_finds_what_is_found_of_rounds(
    words: str, name: str, team: str, day: date
) -> None:
    texts = (name, team, written(day))
    assert in_sql(words, "\n".join(texts).casefold()) is is_found(terms(words), *texts)


def test_a_name_that_has_a_day_in_it_is_found_by_it() -> None:
    next_day = written(date(2026, 3, 1) + timedelta(days=40))
    assert is_found(terms("mar 2026"), "Review Mar 2026", next_day)
    assert not is_found(terms("1 mar"), "Review 31 Mar", next_day)


@pytest.mark.parametrize("name", ["Review Sep 2026", "Review Sept 2026", "Review September 2026"])
@pytest.mark.parametrize("typed", ["sep 2026", "Sept 2026", "september, 2026", "review sep 2026"])
def test_a_month_in_a_name_is_found_however_either_is_written(name: str, typed: str) -> None:
    for searched in (name, f"1 {name}"):
        assert is_found(terms(typed), searched)
        assert in_sql(typed, searched.casefold())
    assert not is_found(terms(typed), name.replace("2026", "2025"))
    assert not in_sql("1 sept 2026", f"31 {name}".casefold())
    assert not in_sql(f"{typed} ada", name.casefold())
