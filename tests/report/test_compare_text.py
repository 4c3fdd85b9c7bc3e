"""Comparisons as text: whatever is compared fits, and says what it must."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bt_assess.core.compared import Change, Compared, Standing, by_date, changes, of_session
from bt_assess.core.comparison import Verdict
from bt_assess.core.courses import identity
from bt_assess.core.round import Action
from bt_assess.core.rubric import Rubric, Stage
from bt_assess.core.rubric_diff import rubric_diff
from bt_assess.core.session import Session
from bt_assess.report.beside_text import LETTERS
from bt_assess.report.change_words import (
    MOST_NAMED,
    alarm_words,
    change_words,
    gap_at,
)
from bt_assess.report.compare_json import comparison_object
from bt_assess.report.compare_notes import span_words
from bt_assess.report.compare_text import compare_text
from bt_assess.report.rubric_diff_text import diff_text
from bt_assess.report.way_words import progress_words
from tests.core import builders
from tests.core.rounds import SMALL, compared

ROW = st.text("0123kn-", min_size=9, max_size=9).map(lambda r: f"{r[:3]} {r[3:6]} {r[6:]}")
NAME = st.sampled_from(["", "Ada", "A" * 80, "Zoë " * 20, "山" * 40])
WIDTH = st.integers(40, 100)


@st.composite
def people(draw: st.DrawFn) -> Compared:
    note = draw(st.sampled_from(["", "Short.", "Long and longer. " * 30, "x" * 300]))
    session = builders.session(
        builders.answers(draw(ROW)),
        respondent=draw(NAME),
        team=draw(NAME),
        notes={"leadership.starting.1": note} if note else {},
    )
    return of_session(
        SMALL, session.finish(builders.NOON + timedelta(days=draw(st.integers(0, 999))))
    )


@st.composite
def teams(draw: st.DrawFn) -> Compared:
    number = draw(st.integers(0, 9))
    action = Action(id="action22", what=draw(NAME) or "Talk", owner=draw(NAME))
    rows = draw(st.lists(ROW, min_size=1, max_size=9))
    return compared(
        rows, id=f"round22{number}", title=draw(NAME) or "Spring", actions=(action,),
        last_actions=(action,),
    )  # fmt: skip


@settings(max_examples=60)
@given(st.lists(people() | teams(), min_size=2, max_size=4), WIDTH, st.floats(1, 3) | st.none())
def test_whatever_is_compared_fits(items: list[Compared], width: int, aim: float | None) -> None:
    text = compare_text(SMALL, items, width, {"leadership": aim} if aim else {})
    assert text.endswith("\n")
    assert max(map(len, text.splitlines())) <= width
    assert "None" not in text


@given(people(), people())
def test_the_words_of_a_change_leave_room_for_the_track(before: Compared, after: Compared) -> None:
    assert all(len(change_words(change)) <= 21 for change in changes(SMALL, before, after))


@settings(max_examples=60)
@given(st.lists(people() | teams(), min_size=2, max_size=5, unique_by=identity), WIDTH)
def test_nobody_changes_into_somebody_else(items: list[Compared], width: int) -> None:
    """Whoever is there once only: no before, no verdict, no way to a target, in any output."""
    text = compare_text(SMALL, items, width, {"leadership": 2.0})
    assert "Aims are measured for one person or one team over time." in " ".join(text.split())
    for words in ("o before", "within noise", "clear change", "of the way", "What moved", "What was",
                  "+0", "+1", "−"):  # fmt: skip
        assert words not in text, words
    data = comparison_object(SMALL, items, {"leadership": 2.0})
    for key in ("courses", "changes", "trends", "moves", "strands", "promises", "targets"):
        assert data[key] == [], key
    assert len(data["beside"][0]["each"]) == len(items)


@settings(max_examples=60)
@given(st.lists(people(), min_size=3, max_size=6), st.sampled_from(["Ada", "Bo"]))
def test_the_change_of_one_is_from_the_first_time_to_the_last(
    items: list[Compared], name: str
) -> None:
    mine = [of_session(SMALL, _of(item, name, n)) for n, item in enumerate(items)]
    first, *_, last = by_date(mine)
    [change] = changes(SMALL, first, last)
    text = compare_text(SMALL, mine, 100)
    dates = span_words(first.when, last.when)
    said = f"no change to tell ({gap_at(change, first, last)})"
    if change.delta is not None:
        said = change_words(change)
    assert " ".join(f"{dates}: {said}".split()) in " ".join(text.split())


def _of(item: Compared, name: str, number: int) -> Session:
    """Somebody's session, on a day of its own."""
    session = item.session
    assert session is not None
    assert session.finished is not None
    finished = session.finished + timedelta(seconds=number)
    return session.model_copy(
        update={"respondent": name, "team": "", "finished": finished, "id": f"abcdefg{number + 2}"}
    )


def test_more_than_fits_is_named_and_listed_once() -> None:
    items = [
        of_session(SMALL, builders.session(builders.answers("333 000 000"), respondent=name,
                                           started=builders.NOON + timedelta(days=n)))
        for n, name in enumerate(f"Person {n}" for n in range(60))
    ]  # fmt: skip
    text = compare_text(SMALL, items, 80)
    first = " ".join(text.split("\n\n")[0].split())
    assert first.startswith("Side by side: Person 0, Person 1, ")
    assert first.endswith(f", and {60 - MOST_NAMED} more")
    # In the table each has a line; 52 have a letter.
    assert text.count("Person 59") == 1
    assert sum(line[:1] in LETTERS and " Person " in line for line in text.splitlines()) >= 52


def test_whose_many_times_they_are_is_said_once() -> None:
    def times(name: str, count: int) -> list[Compared]:
        return [
            of_session(SMALL, builders.session(builders.answers("333 000 000"), respondent=name,
                                               started=builders.NOON + timedelta(days=n)))
            for n in range(count)
        ]  # fmt: skip

    for items in (times("Ada", 30), [*times("Ada", 30), *times("Bo", 2)]):
        lines = compare_text(SMALL, items, 80).splitlines()
        assert sum(line.startswith("Ada: 30 times, ") for line in lines) == 1


def test_a_mixed_picture_is_never_drawn_as_a_change() -> None:
    mixed = of_session(SMALL, builders.session(builders.answers("333 000 333")))
    placed = of_session(SMALL, builders.session(builders.answers("323 101 000")))
    text = compare_text(SMALL, (placed, mixed), 80)
    assert "- mixed picture -" in text
    assert "mixed now" in text
    assert "*" not in text.split("o before")[0]


def test_change_that_is_chance_is_warned_of() -> None:
    place = Standing(theme_id="leadership")
    told = Change(theme_id="leadership", before=place, after=place, verdict=Verdict.WITHIN_NOISE)
    untold = replace(told, verdict=None)
    assert "24 of 100" in alarm_words(6, [untold, told])
    assert alarm_words(1, [told]) == ""
    # Where nothing can be told there is no false alarm either.
    assert alarm_words(6, [untold] * 6) == ""


def test_progress_in_words() -> None:
    words = [progress_words(done) for done in (-0.2, 0.0, 0.5, 0.997, 1.0, 1.4, None)]
    assert words == ["further away than at first", "0 % of the way", "50 % of the way",
                     "99 % of the way", "reached", "reached", "there is no way to measure"]  # fmt: skip


@given(WIDTH, st.booleans())
def test_differences_fit(width: int, turned: bool) -> None:
    data = builders.theme_data("11 11 11", strands="ab ab ab", points=("ab", "b"))
    data["statements"][0] |= {"text": "A long line. " * 18, "strand": "b", "lasting": True}
    data["statements"][3] |= {"id": f"leadership.{Stage.CONSOLIDATING.value}.9"}
    more = builders.theme_data("11 11 11", theme_id="learning")
    one = builders.rubric(builders.theme_data("11 11 11", strands="ab ab ab", points=("a", "b")))
    other = Rubric.model_validate({**builders.rubric_data(data, more), "version": "2"})
    pair = (other, one) if turned else (one, other)
    text = diff_text(*pair, rubric_diff(*pair), width)
    assert max(map(len, text.splitlines())) <= width


def test_where_the_figures_of_a_trend_do_not_add_up_it_is_said_why() -> None:
    """2.57 and 2.72 show as 2.6 and 2.7, and 0.15 between them as 0.2."""
    grid = builders.rubric(builders.theme_data("1111 1111 1111"))

    def told(*rows: str) -> str:
        found = []
        for number, row in enumerate(rows):
            session = builders.session(builders.answers(row), id=f"abcdefg{number + 2}")
            found.append(of_session(grid, session.finish(builders.NOON + timedelta(days=number))))
        return compare_text(grid, found, 100)

    said = "Each figure is rounded by itself"
    assert said in told("1101 2112 1332", "3333 0000 0000", "1100 0000 0221")
    assert said not in told("3333 0000 0000", "0000 3333 0000", "0000 0000 3333")
