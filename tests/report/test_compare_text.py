"""Comparisons as text: whatever is compared fits, and says what it must."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bt_assess.core.compared import Compared, changes, of_session
from bt_assess.core.round import Action
from bt_assess.core.rubric import Rubric, Stage
from bt_assess.core.rubric_diff import rubric_diff
from bt_assess.report.change_words import alarm_words, change_words, progress_words
from bt_assess.report.compare_text import compare_text
from bt_assess.report.rubric_diff_text import diff_text
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


def test_a_mixed_picture_is_never_drawn_as_a_change() -> None:
    mixed = of_session(SMALL, builders.session(builders.answers("333 000 333")))
    placed = of_session(SMALL, builders.session(builders.answers("323 101 000")))
    text = compare_text(SMALL, (placed, mixed), 80)
    assert "- mixed picture -" in text
    assert "mixed now" in text
    assert "*" not in text.split("o before")[0]


def test_change_that_is_chance_is_warned_of() -> None:
    assert "24 of 100" in alarm_words(6)
    assert alarm_words(1) == ""


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
