"""Results and comparisons as text, whatever the answers are and however wide the screen."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.compared import of_session
from bt_assess.core.comparison import compare
from bt_assess.core.rubric import Rubric, Stage
from bt_assess.core.session import Answer, Session
from bt_assess.report.compare_text import compare_text
from bt_assess.report.exports import sessions_csv, sessions_json
from bt_assess.report.pair_json import compare_object
from bt_assess.report.profile_json import show_object
from bt_assess.report.profile_text import grid_text, show_text
from bt_assess.report.scale import axis, column, cut_columns
from tests.core import builders

RUBRIC = builders.rubric(
    builders.theme_data("111 111 111", points=("a", "a", "a"), lasting="... L.. ..."),
    builders.theme_data("1111 1111 1111", theme_id="learning", strands="aabb aabb aabb"),
)
WIDTHS = st.integers(40, 100)


@st.composite
def sessions(draw: st.DrawFn, rubric: Rubric = RUBRIC) -> Session:
    """Any answers, with any stage more or less true, so that every outcome comes up."""
    answers = {}
    for statement_id in rubric.statements:
        answer = draw(st.none() | st.sampled_from(Answer))
        if answer is not None:
            answers[statement_id] = answer
    names = st.text("Aé李 ", max_size=80)
    return builders.session(answers, respondent=draw(names), team=draw(names))


@given(sessions(), WIDTHS)
def test_any_result_fits(session: Session, width: int) -> None:
    text = show_text(RUBRIC, session, width)
    assert text.endswith("\n")
    assert max(map(len, text.splitlines())) <= width
    assert "None" not in text


@given(sessions(), sessions(), WIDTHS)
def test_any_comparison_fits(before: Session, after: Session, width: int) -> None:
    comparison = compare(RUBRIC, before, after)
    text = compare_text(RUBRIC, (of_session(RUBRIC, before), of_session(RUBRIC, after)), width)
    assert max(map(len, text.splitlines())) <= width
    json.dumps(compare_object(RUBRIC, comparison, (None, None)), allow_nan=False)


@given(sessions())
def test_any_result_is_json(session: Session) -> None:
    shown = show_object(RUBRIC, session)
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown


@given(st.lists(sessions(), max_size=3))
def test_any_sessions_can_be_exported(found: list[Session]) -> None:
    assert len(json.loads(sessions_json(RUBRIC, found))["sessions"]) == len(found)
    assert sessions_csv(RUBRIC, found).count("\r\n") == 1 + len(found) * len(RUBRIC.statements)


@given(WIDTHS)
def test_the_grid_fits(width: int) -> None:
    assert max(map(len, grid_text(RUBRIC, width).splitlines())) <= width


class TestTracks:
    """A track is read by eye: where the marker is, and whether the bar reaches over a cut."""

    def track(self, row: str, width: int = 80) -> str:
        session = builders.session(builders.answers(row))
        line = next(x for x in show_text(RUBRIC, session, width).splitlines() if "O" in x[15:])
        return re.split(r"  +", line)[1]

    @pytest.mark.parametrize(
        ("row", "place"), [("333 000 000", 0), ("000 030 000", 20), ("000 000 333", 39)]
    )
    def test_the_marker(self, row: str, place: int) -> None:
        assert self.track(row).index("O") == place

    def test_the_cuts_stay_to_be_seen(self) -> None:
        track = self.track("332 221 000")
        assert len(track) == 40
        assert track[10] in "|O"
        assert track[29] == "|"
        assert "=|" in track or "|=" in track

    def test_tracks_stand_under_one_another(self) -> None:
        answers = builders.answers("333 000 000") | builders.answers("0000 0000 3333", "learning")
        lines = show_text(RUBRIC, builders.session(answers), 80).splitlines()
        first, second = (line for line in lines if "O" in line)
        assert first.index("|", 30) == second.index("|", 30)


class TestScale:
    @given(st.integers(20, 200))
    def test_positions_and_cuts_have_their_columns(self, width: int) -> None:
        assert column(1, width) == 0
        assert column(3, width) == width - 1
        assert column(0.5, width) == 0
        assert column(9, width) == width - 1
        first, second = cut_columns(width)
        assert 0 < first < second < width - 1

    @given(st.integers(20, 200))
    def test_the_axis_is_as_wide_as_the_scale(self, width: int) -> None:
        text = "".join(piece for piece, _ in axis(width))
        assert len(text) == width
        names = text.split()
        assert len(names) == 3
        assert all(stage.value.startswith(name) for stage, name in zip(Stage, names, strict=True))

    @given(st.integers(45, 200))
    def test_the_second_name_stands_in_the_middle(self, width: int) -> None:
        text = "".join(piece for piece, _ in axis(width))
        centre = text.index("developing") + len("developing") / 2
        assert abs(centre - width / 2) <= 1


def test_a_rubric_of_one_theme_has_no_chances_of_a_false_alarm() -> None:
    one = builders.rubric(builders.theme_data("111 111 111"))
    pair = [builders.session(builders.answers(row)) for row in ("333 000 000", "332 000 000")]
    assert "false alarm" not in compare_text(one, [of_session(one, s) for s in pair], 80)
    text = compare_text(RUBRIC, [of_session(RUBRIC, s) for s in pair], 80)
    assert "Two themes are two chances of a false alarm" in text
