"""The trend's picture: higher is further on, time runs to the right, what is missing is a gap."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.tui.widgets.trend import Point, dates_line, trend_lines

FIRST, LAST = date(2025, 11, 1), date(2026, 11, 1)


def drawn(*points: Point, width: int = 62, height: int = 12, **more: float) -> list[str]:
    lines = [
        line.plain
        for line in trend_lines(points, FIRST, LAST, width, height, target=more.get("target"))
    ]
    assert len(lines) == height
    assert {len(line) for line in lines} == {width}
    return lines


def spots(lines: list[str], mark: str = "●") -> list[tuple[int, int]]:
    """Column and row of each mark, from left to right."""
    return sorted((c, r) for r, line in enumerate(lines) for c, x in enumerate(line) if x == mark)


def test_time_runs_to_the_right_and_further_on_is_higher() -> None:
    lines = drawn(Point(FIRST, 1.0), Point(date(2026, 5, 2), 2.0), Point(LAST, 3.0))
    (left, bottom), (middle, half), (right, top) = spots(lines)
    assert (left, right) == (2, 61)
    assert abs(middle - 31) <= 1
    assert (top, bottom) == (0, 11)
    assert half in (5, 6)


@pytest.mark.parametrize("height", [3, 5, 8, 12])
def test_what_has_no_place_breaks_the_line(height: int) -> None:
    places = (Point(FIRST, 2.0), Point(LAST, 2.0))
    through = drawn(*places, height=height)
    broken = drawn(*places, Point(date(2026, 5, 2), None, gap="?"), height=height)
    [(column, row)] = spots(broken, "?")
    assert abs(column - 31) <= 1
    assert row == height // 2
    level = spots(through)[0][1]
    assert set(through[level][3:61]) == {"─"}
    assert "─" not in "".join(broken)


def test_a_line_goes_up_in_steps_that_hang_together() -> None:
    lines = drawn(Point(FIRST, 1.0), Point(LAST, 3.0), height=5)
    columns = [{r for r, line in enumerate(lines) if line[c] in "─╭╯│"} for c in range(3, 61)]
    assert all(columns), "a column without a line"
    assert min(columns[-1]) == 0
    for one, other in pairwise(columns):
        assert min(other) <= min(one) <= max(other) + 1
    assert sum(line.count("╭") for line in lines) == sum(line.count("╯") for line in lines) == 4


def pieces(lines: list[str]) -> int:
    """Of how many pieces a course is drawn: cells that touch at an edge are of one piece."""
    left = {
        (r, c) for r, line in enumerate(lines) for c, x in enumerate(line[2:]) if x in "●─│╭╮╰╯"
    }
    found = 0
    while left:
        found, edge = found + 1, [left.pop()]
        while edge:
            r, c = edge.pop()
            near = left & {(r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)}
            left -= near
            edge += near
    return found


@given(
    st.lists(st.tuples(st.dates(FIRST, LAST), st.floats(1, 3)), min_size=2, max_size=40),
    st.integers(12, 90),
    st.integers(3, 20),
)
def test_a_course_is_drawn_in_one_piece_however_dense(
    places: list[tuple[date, float]], width: int, height: int
) -> None:
    lines = drawn(*(Point(*place) for place in places), width=width, height=height)
    assert pieces(lines) == 1


def test_thirty_times_in_a_narrow_room_hang_together() -> None:
    """Up and down from column to column: a place right beside another is joined to it too."""
    every = [date.fromordinal(FIRST.toordinal() + 12 * n) for n in range(30)]
    lines = drawn(*(Point(day, 1.0 + 2 * (n % 2)) for n, day in enumerate(every)), width=36)
    assert len(spots(lines)) == 30
    assert pieces(lines) == 1
    # A gap in the middle leaves two.
    with_gap = [Point(day, 2.0 if n != 15 else None) for n, day in enumerate(every)]
    assert pieces(drawn(*with_gap, width=62)) == 2


def test_how_far_it_is_open_is_drawn_below_the_line() -> None:
    points = [Point(FIRST, 2.0, 1.0, 3.0), Point(LAST, 2.0, 1.0, 3.0)]
    lines = [x.plain for x in trend_lines(points, FIRST, LAST, 62, 5, intervals=True)]
    assert [line[2] for line in lines] == ["┊", "┊", "●", "┊", "┊"]


def test_a_target_stands_at_the_end() -> None:
    [(column, row)] = spots(drawn(Point(FIRST, 1.0), target=3.0), "◇")
    assert (column, row) == (61, 0)


@given(
    st.lists(
        st.builds(
            Point,
            st.dates(FIRST, LAST),
            st.none() | st.floats(1, 3),
            st.none() | st.floats(1, 3),
            st.none() | st.floats(1, 3),
        ),
        max_size=12,
    ),
    st.integers(12, 90),
    st.integers(3, 20),
)
def test_any_points_can_be_drawn(points: list[Point], width: int, height: int) -> None:
    lines = trend_lines(points, FIRST, LAST, width, height, target=2.2, intervals=True)
    assert {len(line.plain) for line in lines} == {width}


@given(
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.integers(14, 120),
)
def test_dates_never_run_into_one_another(one: date, other: date, width: int) -> None:
    first, last = sorted((one, other))
    line = dates_line(first, last, width).plain
    assert len(line) == width
    assert line.strip()


@pytest.mark.parametrize("height", [3, 5, 12])
def test_the_stages_marks_stand_at_their_places(height: int) -> None:
    lines = drawn(Point(FIRST, 2.0), height=height)
    marks = {line[0]: row for row, line in enumerate(lines) if line[0] != " "}
    assert marks["▇"] == 0
    assert marks["▄"] in ((height - 1) // 2, height // 2)
    assert marks["▁"] == height - 1
