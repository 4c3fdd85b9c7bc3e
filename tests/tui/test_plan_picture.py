"""The picture of a plan, drawn for any width: nothing that counts is cut off."""

from datetime import date

import pytest
from textual.content import Content

from bt_assess.core.compared import Kind
from bt_assess.core.plan import Plan, StagedObjective
from bt_assess.core.plan_check import check
from bt_assess.core.plan_gap import StageState, StageView, WhyNone, gap, stage_views
from bt_assess.core.plan_history import NoPlace, StageKind
from bt_assess.core.saved_comparison import Ref
from bt_assess.store.rubric_file import load_rubric
from bt_assess.tui.screens.plans import gaps, picture
from bt_assess.tui.screens.plans.parts import _aim_row
from bt_assess.tui.screens.plans.words import far, how_far
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


def not_placed() -> Plan:
    """In the newest assessment the first theme is mixed and the second has too few answers."""
    one, two, three = (theme.id for theme in RUBRIC.themes[:3])
    plan = PLAN.based_on([REF], {one: 1.2, two: 1.4, three: 1.3}, date(2025, 5, 19), TODAY)
    plan = plan.with_measurement(NEWER, {one: 1.2, two: 1.9, three: 1.5}, date(2026, 5, 19))
    newest = Ref(kind=Kind.SESSION, id="cccccccc")
    why = {one: NoPlace.MIXED, two: NoPlace.NOT_ENOUGH}
    return plan.with_measurement(newest, {three: 1.7}, TODAY, why)


@pytest.mark.parametrize("width", [NARROWEST, 76, 110])
def test_what_the_newest_assessment_does_not_place_is_not_told_as_now(width: int) -> None:
    one, two, three = RUBRIC.themes[:3]
    parts = gaps.in_full(not_placed(), RUBRIC, width).plain.split("\n\n")
    mixed, few, placed = (
        next(part for part in parts if part.startswith(theme.short[:8]))
        for theme in (one, two, three)
    )
    assert mixed.splitlines()[0].endswith("was 1.2")
    assert few.splitlines()[0].endswith("was 1.9")
    assert "●" not in mixed + few
    assert "◌" in few
    assert placed.splitlines()[0].endswith("1.7 +0.4")
    assert "●" in placed
    assert "mixed picture since" in mixed
    assert "not enough answers since" in few
    assert "since" not in placed
    assert not any("%" in part for part in (mixed, few))
    assert gaps.WAS in parts[-1]
    beside = gaps.gap_lines(not_placed(), RUBRIC, width).plain
    assert [line.count("was") for line in beside.splitlines()[1:4]] == [1, 1, 0]
    assert max(map(len, beside.splitlines())) <= width


def test_where_no_stage_aims_the_reason_is_told_all_the_same() -> None:
    plan = not_placed()
    for stage in plan.stages:
        bare = StagedObjective.model_validate({**dict(stage), "positions": {}})
        plan = plan.with_stage(bare, TODAY)
    words = gaps.in_full(plan, RUBRIC, 76).plain
    assert words.count("mixed picture since") == words.count("not enough answers since") == 1


def test_all_is_now_until_something_newer_shows_no_place() -> None:
    plan = PLAN.based_on([REF], {RUBRIC.themes[0].id: 1.2}, date(2025, 5, 19), TODAY)
    words = gaps.in_full(plan, RUBRIC, 76).plain
    assert "was 1.2" not in words
    assert gaps.WAS not in words


@pytest.mark.parametrize("width", [NARROWEST, 76])
def test_the_row_of_an_aim_says_where_it_was(width: int) -> None:
    found = {each.theme_id: each for each in gap(not_placed())}
    two, three = RUBRIC.themes[1:3]
    was = _aim_row(two, found[two.id], 2.4).draw(width).plain
    now = _aim_row(three, found[three.id], 2.4).draw(width).plain
    assert "●" not in was
    assert "●" in now
    if width > NARROWEST:
        assert "  was 1.9  " in was
        assert "  now 1.7  " in now
        assert len(was) == len(now) <= width


def test_wherever_a_share_stands_it_says_of_how_many_aims_it_is() -> None:
    plan = not_placed()
    views = stage_views(plan, TODAY)
    assert (views[0].counted, views[0].aims) == (1, 4)
    assert how_far(plan, views).endswith(" % in 1 of 4 aims")
    every = plan.with_stage(
        StagedObjective(kind=StageKind.INCREMENTAL, positions={RUBRIC.themes[2].id: 2.4}), TODAY
    )
    assert how_far(every, stage_views(every, TODAY)).endswith(" %")
