"""The picture of a plan, drawn for any width: nothing that counts is cut off."""

from datetime import date

import pytest
from textual.content import Content

from bt_assess.core.compared import Kind
from bt_assess.core.plan_check import check
from bt_assess.core.plan_gap import StageState, StageView, WhyNone, stage_views
from bt_assess.core.plan_history import StageKind
from bt_assess.core.saved_comparison import Ref
from bt_assess.store.rubric_file import load_rubric
from bt_assess.tui.screens.plans import picture
from bt_assess.tui.screens.plans.words import far
from tests.report.plans import a_plan

RUBRIC = load_rubric()
TODAY = date(2026, 11, 21)
PLAN = a_plan(RUBRIC)
REF, NEWER = (Ref(kind=Kind.SESSION, id=name) for name in ("aaaaaaaa", "bbbbbbbb"))
NARROWEST = 42
"""What a list has on a terminal of 44 columns."""


def drawn(width: int, height: int) -> list[str]:
    """The lines as the list shows them: rows that can be marked have two cells less."""
    views = stage_views(PLAN, TODAY)
    rows = picture.rows(PLAN, views, check(PLAN, TODAY), RUBRIC, width, height)
    return [row.draw(width - 2 if row.is_choice else width).plain for row in rows]


@pytest.mark.parametrize("height", [0, 18, 32])
@pytest.mark.parametrize("width", [*range(NARROWEST, 66, 2), 76, 80, 110, 130])
def test_every_theme_and_every_date_is_there(width: int, height: int) -> None:
    lines = drawn(width, height)
    text = "\n".join(lines)
    assert max(map(len, lines)) <= width
    for theme in RUBRIC.themes:
        assert f"{theme.tag} " in text
    places = [line for line in lines if any(f"{t.tag} " in line for t in RUBRIC.themes)]
    assert not any("…" in line for line in places)
    for name in (
        "Destination",
        "Transformational",
        "Substantial",
        "Incremental",
        "Current reality",
    ):
        assert name in text
    # Each stage's head ends with its date, and so does the destination's.
    for year in ("2027", "2028", "2029"):
        assert any(line.rstrip().endswith(year) for line in lines)


def test_with_room_the_words_are_whole_and_without_it_the_steps_still_are() -> None:
    low, high = drawn(60, 0), drawn(60, 60)
    assert len(high) > len(low)
    assert sum("…" in line for line in high) == 0
    assert any("…" in line for line in low)
    for height in range(19, 40):
        assert len(drawn(60, height)) <= max(height, len(low))


@pytest.mark.parametrize("width", [NARROWEST, 60, 76, 110])
def test_a_place_that_is_older_than_the_newest_assessment_is_where_it_was(width: int) -> None:
    one, two, *_ = RUBRIC.themes
    plan = PLAN.based_on([REF], {one.id: 1.2, two.id: 1.4}, date(2025, 5, 19), TODAY)
    fresh = picture.places(plan, RUBRIC, width).plain
    assert "was" not in fresh
    newer = plan.with_measurement(NEWER, {two.id: 1.9}, TODAY)
    words = picture.places(newer, RUBRIC, width).plain
    assert f"{one.tag} was " in words
    assert words.count("was") == 1
    assert max(map(len, words.splitlines())) <= width - 5


def test_a_share_of_some_aims_says_so_where_there_is_little_room() -> None:
    view = StageView(
        kind=StageKind.SUBSTANTIAL, state=StageState.UNDER_WAY, progress=0.53, counted=3,
        why_not=None, reached=1, aims=4, actions_done=1, actions=24,
    )  # fmt: skip
    for room in range(21, 90):
        line = far(view, 14, room)
        assert " 53 % in 3 of 4" in line.plain
        assert line.cell_length <= room
    # What the page has at 80 by 24.
    assert far(view, 14, 60).plain.endswith(
        " 53 % in 3 of 4 aims, 1 reached · 1 of 24 actions done"
    )


@pytest.mark.parametrize("actions", [0, 7, 24])
@pytest.mark.parametrize("share", [None, 0.0, 0.004, 0.53, 1.0])
def test_how_far_fits_into_its_room(share: float | None, actions: int) -> None:
    view = StageView(
        kind=StageKind.SUBSTANTIAL, state=StageState.UNDER_WAY, progress=share,
        counted=0 if share is None else 12,
        why_not=WhyNone.NO_BASE if share is None else None, reached=3, aims=12,
        actions_done=min(actions, 2), actions=actions,
    )  # fmt: skip
    for room in range(20, 90):
        line: Content = far(view, 14, room)
        if share is None:
            assert line.plain.startswith("no assessment says where it began")
        else:
            assert line.cell_length <= room
            assert " %, 3 of 12" in line.plain
        if room >= 66 and actions:
            assert line.plain.endswith(f"2 of {actions} actions done")
