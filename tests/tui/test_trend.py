"""The trend's picture: higher is further on, time runs to the right, what is missing is a gap."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.comparison import LEAST_DIFFERENCE
from bt_assess.core.scoring import CUTS, nearest_stage
from bt_assess.core.team_change import LEAST_TEAM_DIFFERENCE
from bt_assess.tui.widgets.track import STAGE_MARKS
from bt_assess.tui.widgets.trend import Point, connect, dates_line, trend_lines

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


def filled(lines: list[str], column: int) -> int:
    """How high a column is filled, in eighths of a line; nothing is filled above what is open."""
    found = [" ▁▂▃▄▅▆▇█".find(line[column]) for line in reversed(lines)]
    assert -1 not in found, "a mark is in this column"
    full = [*found, 0].index(next((each for each in found if each < 8), 0))
    assert not any(found[full + 1 :])
    return sum(found)


def test_time_runs_to_the_right_and_further_on_is_higher() -> None:
    lines = drawn(Point(FIRST, 1.0), Point(date(2026, 5, 2), 2.0), Point(LAST, 3.0))
    (left, bottom), (middle, half), (right, top) = spots(lines)
    assert (left, right) == (2, 61)
    assert abs(middle - 31) <= 1
    assert (top, bottom) == (0, 11)
    assert half in (5, 6)


HEIGHTS = range(3, 17)


@pytest.mark.parametrize("height", HEIGHTS)
def test_a_place_stands_beside_its_stages_mark_and_never_beside_anothers(height: int) -> None:
    """From 1.00 to 3.00, and close to the borders on either side; a border is the lower stage's."""
    near = [cut + by for cut in CUTS for by in (-1e-6, 0.0, 1e-6)]
    for place in (*(n / 100 for n in range(100, 301)), *near):
        lines = drawn(Point(FIRST, place), height=height)
        [(_, row)] = spots(lines)
        assert lines[row][0] == STAGE_MARKS[nearest_stage(place)], place


@pytest.mark.parametrize("height", HEIGHTS)
@pytest.mark.parametrize("way", [LEAST_DIFFERENCE, LEAST_TEAM_DIFFERENCE])
def test_what_is_called_a_change_is_seen(height: int, way: float) -> None:
    for n in range(100, round(300 - 100 * way) + 1):
        lines = drawn(Point(FIRST, n / 100), Point(LAST, n / 100 + way), height=height)
        assert filled(lines, 3) < filled(lines, 60), n


def test_a_rise_from_starting_to_developing_is_no_flat_line_where_there_are_few_lines() -> None:
    """1.4, 1.7 and 2.0 are a clear change, whatever the screen."""
    middle = date(2026, 5, 2)
    for height in (3, 4, 5):
        lines = drawn(Point(FIRST, 1.43), Point(middle, 1.70), Point(LAST, 1.99), height=height)
        rows = [row for _, row in spots(lines)]
        assert rows[0] > rows[1] >= rows[2]
        heights = [filled(lines, column) for column in (3, 25, 40, 60)]
        assert heights == sorted(set(heights))


@pytest.mark.parametrize("height", [3, 5, 8, 12])
def test_what_has_no_place_leaves_it_open(height: int) -> None:
    places = (Point(FIRST, 2.0), Point(LAST, 2.0))
    through = drawn(*places, height=height)
    broken = drawn(*places, Point(date(2026, 5, 2), None, gap="?"), height=height)
    [(column, row)] = spots(broken, "?")
    assert abs(column - 31) <= 1
    assert row == height // 2
    level = {filled(through, column) for column in range(3, 61)}
    assert len(level) == 1
    assert 4 * height - 8 <= level.pop() <= 4 * height + 8
    assert not any(filled(broken, column) for column in range(3, 61) if column != 31)


@given(
    st.lists(st.tuples(st.dates(FIRST, LAST), st.floats(1, 3)), min_size=2, max_size=40),
    st.integers(12, 90),
    st.integers(3, 20),
)
def test_a_course_is_filled_without_a_hole_however_dense(
    places: list[tuple[date, float]], width: int, height: int
) -> None:
    lines = drawn(*(Point(*place) for place in places), width=width, height=height)
    marks = [column for column, _ in spots(lines)]
    for column in range(min(marks), max(marks) + 1):
        assert column in marks or filled(lines, column)


def pieces(rows: list[list[tuple[str, str]]]) -> int:
    """Of how many pieces a line is drawn: cells that touch at an edge are of one piece."""
    left = {(r, c) for r, row in enumerate(rows) for c, (x, _) in enumerate(row) if x != " "}
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
    st.lists(st.tuples(st.integers(0, 59), st.integers(0, 9)), min_size=2, max_size=40, unique=True)
)
def test_a_line_through_places_is_drawn_in_one_piece(places: list[tuple[int, int]]) -> None:
    """As a project's picture has it."""
    rows = [[(" ", "")] * 60 for _ in range(10)]
    ordered = sorted(places)
    for (left, top), (right, bottom) in pairwise(ordered):
        connect(rows, (left, right), (top, bottom))
    for column, row in ordered:
        rows[row][column] = ("●", "")
    assert pieces(rows) == 1


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


@pytest.mark.parametrize("height", HEIGHTS)
def test_each_line_has_its_stages_mark(height: int) -> None:
    marks = "".join(line[0] for line in drawn(Point(FIRST, 2.0), height=height))
    ends = marks.count("▇")
    assert marks == "▇" * ends + "▄" * (height - 2 * ends) + "▁" * ends
    assert 1 <= ends <= height - 2 * ends <= 4 * ends


def test_a_day_by_itself_has_its_year() -> None:
    day = date(2026, 2, 15)
    assert "15 Feb 2026" in dates_line(day, day, 40).plain
    assert "Q1 2026" in dates_line(day, day, 40, alone="Q1 2026").plain
