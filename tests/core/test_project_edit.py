"""An edit on its day: nothing is of a day to come, and no goal is moved in silence."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bt_assess.core.fields import Refused
from bt_assess.core.forecast import (
    against_line,
    goal_on,
    line,
    line_asks,
    live_readings,
    measured_since,
)
from bt_assess.core.goal_moves import taken_back, told
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_edit import edited
from bt_assess.core.project_parts import (
    LONGEST_WEEKS,
    MOST_REFOCUSED,
    CheckIn,
    MidPoint,
    Moved,
    Obstacle,
    ObstacleAnswer,
    Reading,
    Refocus,
    Report,
    Wanted,
)
from bt_assess.core.round import Action
from tests.core.plan_edits import TODAY

GOAL = Wanted(measure="Open complaints", unit="a week", from_=40, to=10)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def running(**more: Any) -> Project:
    made = new_project("projproj", "Fewer", TODAY, leader="Ann", wanted=GOAL.changed(**more))
    made = made.with_action(Action(id="aaaaaaaa", what="Try", owner="Bo", due=day(7)))
    made = made.launched(TODAY)
    for week, value in enumerate((40, 36, 31)):
        made = made.with_reading(Reading(on=day(7 * week), value=value))
    return made


def typed(project: Project, on: date, *goals: dict[str, Any]) -> Project:
    """Each of `goals` is what one field says after a letter more."""
    first = project
    for changes in goals:
        new = project.changed(wanted=project.wanted.changed(**changes))
        project = edited(new, on, last=project, first=first)
    return project


class TestGoal:
    """A goal that is moved on the way."""

    @pytest.mark.parametrize(
        "change",
        [{"to": 20.0}, {"from_": 50.0}, {"by": day(40)}, {"by": None}, {"unit": "a day"}, {"measure": "Calls"},
         {"to": None}],
    )  # fmt: skip
    def test_it_is_told_as_a_change_of_that_day(self, change: dict[str, Any]) -> None:
        before = running(by=day(50))
        after = typed(before, day(20), change)
        assert after.refocused == (Refocus(on=day(20), before=GOAL.changed(by=day(50))),)
        assert after.revision > before.revision

    def test_past_readings_are_held_against_the_goal_of_their_day(self) -> None:
        before = running()
        was = [against_line(before, each) for each in before.readings]
        after = typed(before, day(20), {"to": 30.0})
        assert [against_line(after, each) for each in after.readings] == was
        assert (goal_on(after, day(19)).to, goal_on(after, day(20)).to) == (10, 30)
        assert line_asks(after, day(21)) != line_asks(before, day(21))

    def test_what_is_typed_letter_by_letter_is_one_change(self) -> None:
        after = typed(running(), day(20), {"to": None}, {"to": 2.0}, {"to": 25.0})
        assert after.refocused == (Refocus(on=day(20), before=GOAL),)
        again = typed(after, day(20), {"by": day(50)})
        assert again.refocused == after.refocused
        later = typed(again, day(27), {"to": 30.0})
        assert [each.on for each in later.refocused] == [day(20), day(27)]
        assert later.refocused[1].before == again.wanted

    def test_one_that_ends_where_it_began_is_none(self) -> None:
        assert typed(running(), day(20), {"to": None}, {"to": 10.0}).refocused == ()

    @pytest.mark.parametrize(
        ("open_", "goals"),
        [
            ({"by": None}, [{"by": day(40)}]),
            ({"unit": ""}, [{"unit": "a"}, {"unit": "a week"}]),
            ({"to": None}, [{"to": 1.0}, {"to": 10.0}]),
            ({"to": None}, [{"by": day(40)}]),
        ],
    )
    def test_what_was_open_is_only_filled_in(
        self, open_: dict[str, Any], goals: list[dict[str, Any]]
    ) -> None:
        assert typed(running(**open_), day(20), *goals).refocused == ()

    def test_before_the_launch_a_goal_is_being_chosen(self) -> None:
        chosen = running().not_launched()
        assert typed(chosen, day(20), {"to": 20.0}).refocused == ()

    def test_other_words_for_the_same_measure_keep_its_readings(self) -> None:
        renamed = typed(running(), day(20), {"measure": "Complaints that are open"})
        assert len(live_readings(renamed)) == 3

    @pytest.mark.parametrize(
        ("open_", "goals"),
        [
            ({}, [{"measure": "Complaints that are open"}, {"to": 12.0}]),
            ({}, [{"to": 12.0}, {"unit": "per week"}, {"from_": 41.0}]),
            ({"unit": ""}, [{"to": 12.0}, {"unit": "a week"}]),
        ],
    )
    def test_no_reading_is_lost_by_words_and_figures_of_one_day(
        self, open_: dict[str, Any], goals: list[dict[str, Any]]
    ) -> None:
        project = running(**open_)
        for changes in goals:
            project = typed(project, day(20), changes)
            assert len(live_readings(project)) == 3

    def test_a_refocus_is_told_once_with_its_reason(self) -> None:
        before = running()
        new = before.refocus(GOAL.changed(to=20), day(20), "No staff", "bbbbbbbb")
        after = edited(new, day(20), last=before, first=before)
        assert after is new
        [change] = typed(after, day(20), {"by": day(50)}).refocused
        assert (change.why, change.before) == ("No staff", GOAL.changed(by=day(50)))

    def test_there_is_an_end_to_it(self) -> None:
        project = running()
        for number in range(MOST_REFOCUSED):
            project = typed(project, day(number), {"to": float(number)})
        with pytest.raises(Refused, match="at most 20 times"):
            typed(project, day(30), {"to": 30.0})

    def test_an_edit_of_something_else_is_left_alone(self) -> None:
        before = running()
        new = before.changed(leader="Di")
        assert edited(new, day(20), last=before, first=before) is new


class TestTakenBack:
    """A refocus that is taken back takes with it what it had changed."""

    def refocused(self, **more: Any) -> Project:
        obstacle = Obstacle(id="bbbbbbbb", what="No staff", raised=day(7))
        return running().with_obstacle(obstacle).answered(
            "bbbbbbbb", ObstacleAnswer.REFOCUSED, day(20), "Half of it",
            wanted=GOAL.changed(**{"to": 20, **more}),
        )  # fmt: skip

    @pytest.mark.parametrize("answer", [None, ObstacleAnswer.REMOVED])
    def test_the_goal_is_as_it_was(self, answer: ObstacleAnswer | None) -> None:
        before = self.refocused()
        back = before.answered("bbbbbbbb", answer, day(21), "Di helps")
        assert (back.wanted, back.refocused) == (GOAL, ())
        assert edited(back, day(21), last=before, first=before) is back

    def test_another_word_to_it_leaves_it(self) -> None:
        before = self.refocused()
        after = before.answered("bbbbbbbb", ObstacleAnswer.REFOCUSED, day(21), "A third of it")
        assert (after.wanted, after.refocused) == (before.wanted, before.refocused)

    def test_what_was_changed_since_stays(self) -> None:
        later = typed(self.refocused(from_=50), day(30), {"by": day(60), "to": 25.0})
        back = later.answered("bbbbbbbb", None, day(31))
        assert back.wanted == GOAL.changed(to=25, by=day(60))
        assert back.refocused == (Refocus(on=day(30), before=GOAL),)

    @pytest.mark.parametrize("on", [20, 21])
    def test_what_was_changed_outside_it_stays_also_on_the_same_day(self, on: int) -> None:
        before = self.refocused()
        later = typed(before, day(on), {"from_": 4.0}, {"from_": 42.0})
        assert [each.obstacle for each in later.refocused] == ["bbbbbbbb", None]
        assert later.refocused[1].before == before.wanted
        back = later.answered("bbbbbbbb", None, day(31))
        assert back.wanted == GOAL.changed(from_=42)
        assert back.refocused == (Refocus(on=day(on), before=GOAL),)

    @pytest.mark.parametrize("goals", [[{"by": day(60)}], [{"unit": "a"}, {"unit": "a week"}]])
    def test_what_was_open_and_is_filled_in_since_stays(self, goals: list[dict[str, Any]]) -> None:
        goal = GOAL.changed(unit="")
        project = self.refocused().changed(wanted=goal.changed(to=20))
        project = project.with_refocused(
            (Refocus(on=day(20), before=goal, why="Half of it", obstacle="bbbbbbbb"),)
        )
        later = typed(project, day(22), *goals)
        assert len(later.refocused) == 1
        back = later.answered("bbbbbbbb", None, day(31))
        assert (back.wanted, back.refocused) == (goal.changed(**goals[-1]), ())

    @pytest.mark.parametrize(
        "change", [{"measure": "Complaints that are open"}, {"unit": "per week"}]
    )
    def test_other_words_on_its_day_keep_the_readings(self, change: dict[str, Any]) -> None:
        later = typed(self.refocused(), day(20), change)
        assert later.refocused[-1].obstacle is None
        assert len(live_readings(later)) == 3

    def test_what_stood_around_it_on_its_day_is_one_change_again(self) -> None:
        obstacle = Obstacle(id="bbbbbbbb", what="No staff", raised=day(7))
        before = typed(running().with_obstacle(obstacle), day(20), {"to": 5.0})
        answered = before.answered(
            "bbbbbbbb", ObstacleAnswer.REFOCUSED, day(20), wanted=before.wanted.changed(to=20)
        )
        for to, left in ((12.0, (Refocus(on=day(20), before=GOAL),)), (10.0, ())):
            later = typed(answered, day(20), {"to": to})
            assert [each.obstacle for each in later.refocused] == [None, "bbbbbbbb", None]
            back = later.answered("bbbbbbbb", None, day(20))
            assert (back.wanted.to, back.refocused) == (to, left)

    def test_what_is_typed_further_in_the_answer_belongs_to_it(self) -> None:
        before = self.refocused(to=2)
        new = before.changed(wanted=before.wanted.changed(to=25))
        after = edited(new, day(20), last=before, first=running(), because="bbbbbbbb")
        assert after.refocused == before.refocused
        back = after.changed(wanted=GOAL)
        found = edited(back, day(20), last=after, first=running(), because="bbbbbbbb")
        assert found.refocused == ()

    def test_a_later_change_to_the_same_is_none_any_more(self) -> None:
        later = typed(self.refocused(), day(30), {"to": 10.0})
        back = later.answered("bbbbbbbb", None, day(31))
        assert (back.wanted, back.refocused) == (GOAL, ())

    def test_passed_over_on_the_way_round_the_answers_it_stays(self) -> None:
        first = last = self.refocused()
        for answer in (None, ObstacleAnswer.REMOVED, ObstacleAnswer.REFOCUSED):
            new = last.answered("bbbbbbbb", answer, day(21), "Half of it")
            last = edited(new, day(21), last=last, first=first)
        assert (last.wanted, last.refocused) == (first.wanted, first.refocused)

    @pytest.mark.parametrize(
        ("around", "left"),
        [
            ([(20, None), (20, None)], 1),
            ([(20, None), (21, None)], 2),
            ([(20, None), (20, "cccccccc")], 2),
            ([(20, "cccccccc"), (20, "cccccccc")], 2),
        ],
    )
    def test_only_what_was_changed_outside_answers_on_one_day_becomes_one(
        self, around: list[tuple[int, str | None]], left: int
    ) -> None:
        (on, because), (later, other) = around
        notes = (
            Refocus(on=day(on), before=GOAL, obstacle=because),
            Refocus(on=day(on), before=GOAL.changed(to=5), obstacle="bbbbbbbb"),
            Refocus(on=day(later), before=GOAL.changed(to=5, by=day(60)), obstacle=other),
        )
        wanted = GOAL.changed(to=20, by=day(60))
        found, after = taken_back(notes, wanted, "bbbbbbbb")
        assert after == GOAL.changed(to=20)
        assert [(each.on, each.obstacle) for each in found] == [
            (day(number), who) for number, who in around[:left]
        ]
        assert [each.before for each in found] == [GOAL, GOAL.changed(to=5)][:left]

    def test_what_is_filled_in_goes_no_further_back_than_a_change_outside_an_answer(self) -> None:
        open_ = GOAL.changed(unit="")
        goals = [open_, open_.changed(to=20), open_.changed(to=15), open_.changed(to=12)]
        who = ("aaaaaaaa", None, "bbbbbbbb")
        notes = tuple(
            Refocus(on=day(20 + number), before=goal, obstacle=obstacle)
            for number, (goal, obstacle) in enumerate(zip(goals, who, strict=False))
        )
        after = told(notes, goals[3], goals[3].changed(unit="a week"), day(30), is_new=True)
        assert [each.before.unit for each in after] == ["", "", "a week"]

    @given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3)), max_size=6))
    def test_nothing_of_it_is_left(self, changes: list[tuple[str, int]]) -> None:
        notes: tuple[Refocus, ...] = ()
        goal = GOAL
        for number, (who, to) in enumerate(changes):
            if to != goal.to:
                note = Refocus(on=day(number), before=goal, obstacle=who * 8)
                notes, goal = (*notes, note), goal.changed(to=to)
        left, after = taken_back(notes, goal, "a" * 8)
        assert {note.obstacle for note in left} <= {"b" * 8}
        goals = [*(note.before for note in left), after]
        assert goals[0] == GOAL
        assert all(one != other for one, other in pairwise(goals))
        if not left:
            assert after == GOAL
        if notes and notes[-1].obstacle == "b" * 8:
            assert after == goal


class TestOtherMeasure:
    """The reading of the day on which a measure is given up for another one."""

    def test_the_one_that_was_there_is_of_the_old_measure(self) -> None:
        before = running().with_obstacle(Obstacle(id="bbbbbbbb", what="No staff", raised=day(7)))
        there = before.with_reading(Reading(on=day(20), value=31))
        for project in (there, before):
            first = project.answered(
                "bbbbbbbb", ObstacleAnswer.REFOCUSED, day(20), wanted=GOAL.changed(to=20)
            )
            # The form asks for the measure after the figure: it is another one only from here on.
            new = first.changed(wanted=first.wanted.changed(measure="M"))
            after = edited(new, day(20), last=first, first=project, because="bbbbbbbb")
            assert live_readings(after) == ()
            later = after.with_reading(Reading(on=day(20), value=15))
            more = later.changed(wanted=later.wanted.changed(measure="Minutes"))
            found = edited(more, day(20), last=later, first=later, because="bbbbbbbb")
            assert [each.value for each in live_readings(found)] == [15]
            back = found.answered("bbbbbbbb", None, day(20))
            # The reading of the day is of minutes by now, and stays so.
            assert (back.wanted, len(back.refocused)) == (GOAL, 2)
            assert [each.value for each in live_readings(back)] == [40, 36, 31]
        back = edited(new, day(20), last=first, first=project, because="bbbbbbbb").answered(
            "bbbbbbbb", None, day(20)
        )
        assert (back.wanted, back.refocused) == (GOAL, ())
        assert len(live_readings(back)) == 3

    def test_one_taken_between_the_figure_and_the_measure_is_of_the_old_one(self) -> None:
        before = running().with_obstacle(Obstacle(id="bbbbbbbb", what="No staff", raised=day(7)))
        first = before.answered(
            "bbbbbbbb", ObstacleAnswer.REFOCUSED, day(20), wanted=GOAL.changed(to=20)
        )
        there = first.with_reading(Reading(on=day(20), value=30))
        new = there.changed(wanted=there.wanted.changed(measure="Minutes"))
        after = edited(new, day(20), last=there, first=there, because="bbbbbbbb")
        assert after.refocused[-1].read == 30
        assert live_readings(after) == ()
        # The same measure after all: the reading is one of it again.
        back = after.changed(wanted=there.wanted)
        found = edited(back, day(20), last=after, first=there, because="bbbbbbbb")
        assert len(live_readings(found)) == 4


class TestWayBack:
    """An answer that named another measure, taken back once something was read of that."""

    OTHER = Wanted(measure="Minutes", unit="min", from_=30, to=20)

    def there(self, *readings: tuple[int, float], on: int = 20) -> Project:
        made = running().with_obstacle(Obstacle(id="bbbbbbbb", what="No staff", raised=day(7)))
        made = made.with_obstacle(Obstacle(id="cccccccc", what="No key", raised=day(7)))
        return self.read(self.refocused(made, on), *readings)

    def refocused(
        self, project: Project, on: int, who: str = "bbbbbbbb", wanted: Wanted = OTHER
    ) -> Project:
        return project.answered(who, ObstacleAnswer.REFOCUSED, day(on), "Why", wanted=wanted)

    def read(self, project: Project, *readings: tuple[int, float]) -> Project:
        for number, value in readings:
            project = project.with_reading(Reading(on=day(number), value=value))
        return project

    def counted(self, project: Project) -> list[float]:
        return [each.value for each in live_readings(project)]

    @pytest.mark.parametrize("answer", [None, ObstacleAnswer.REMOVED])
    def test_no_reading_of_it_counts_and_the_ones_before_count_again(
        self, answer: ObstacleAnswer | None
    ) -> None:
        before = self.there((20, 30), (24, 27), (27, 25))
        back = before.answered("bbbbbbbb", answer, day(27))
        assert edited(back, day(27), last=before, first=before) is back
        assert back.wanted == GOAL
        told_ = [(each.on, each.before.measure, each.why) for each in back.refocused]
        assert told_ == [
            (day(20), GOAL.measure, "Why"),
            (day(27), "Minutes", "The answer was taken back."),
        ]
        assert self.counted(back) == [40, 36, 31]
        assert line(back) == line(running())
        for was, now in zip(before.readings, back.readings, strict=True):
            assert against_line(back, now) == against_line(before, was)
        assert measured_since(back) == day(27)
        assert self.counted(self.read(back, (27, 29), (34, 28))) == [40, 36, 31, 29, 28]
        assert Project.model_validate(back.model_dump()) == back

    def test_all_on_one_day(self) -> None:
        made = self.read(running(), (20, 60)).with_obstacle(
            Obstacle(id="bbbbbbbb", what="No staff", raised=day(7))
        )
        there = self.refocused(made, 20)
        assert there.answered("bbbbbbbb", None, day(20)).refocused == ()
        back = self.read(there, (20, 29)).answered("bbbbbbbb", None, day(20))
        assert self.counted(back) == [40, 36, 31]
        assert self.counted(self.read(back, (20, 55))) == [40, 36, 31, 55]

    def test_where_nothing_was_read_it_is_as_if_it_had_never_been(self) -> None:
        back = self.there().answered("bbbbbbbb", None, day(27))
        assert (back.wanted, back.refocused) == (GOAL, ())
        back = self.refocused(self.there((24, 27)).without_reading(day(24)), 25)
        assert back.answered("bbbbbbbb", None, day(27)).refocused == ()

    def test_once_more_it_changes_nothing(self) -> None:
        back = self.there((24, 27)).answered("bbbbbbbb", None, day(27))
        for answer in (ObstacleAnswer.REMOVED, None, ObstacleAnswer.REFOCUSED, None):
            again = back.answered("bbbbbbbb", answer, day(28))
            assert (again.wanted, again.refocused) == (back.wanted, back.refocused)

    def test_answered_and_taken_back_again(self) -> None:
        back = self.there((24, 27)).answered("bbbbbbbb", None, day(27))
        again = self.refocused(self.read(back, (28, 29)), 30)
        assert self.counted(again) == []
        unread_ = again.answered("bbbbbbbb", None, day(31))
        assert (unread_.wanted, unread_.refocused) == (GOAL, back.refocused)
        once_more = self.read(again, (31, 26)).answered("bbbbbbbb", None, day(32))
        assert len(once_more.refocused) == 4
        assert self.counted(once_more) == [40, 36, 31, 29]

    def test_two_answers_taken_back_the_one_after_the_other(self) -> None:
        third = Wanted(measure="Letters", unit="a day", from_=9, to=3)
        both = self.read(self.refocused(self.there((21, 27)), 24, "cccccccc", third), (25, 8))
        one = both.answered("cccccccc", None, day(26))
        assert (one.wanted, self.counted(one)) == (self.OTHER, [27])
        none = one.answered("bbbbbbbb", None, day(27))
        assert (none.wanted, self.counted(none)) == (GOAL, [40, 36, 31])
        # Nothing was read of the first one, but the way to the other and back begins and ends there.
        both = self.read(self.refocused(self.there(), 24, "cccccccc", third), (25, 8))
        none = both.answered("cccccccc", None, day(26)).answered("bbbbbbbb", None, day(27))
        assert (none.wanted, self.counted(none)) == (GOAL, [40, 36, 31])
        measures = [each.before.measure for each in none.refocused]
        assert measures == [GOAL.measure, "Minutes", "Letters", "Minutes"]

    def test_one_whose_measure_was_renamed_since_stays(self) -> None:
        before = typed(self.there((24, 27)), day(25), {"measure": "Minutes on the telephone"})
        back = before.answered("bbbbbbbb", None, day(27))
        assert back.wanted == GOAL.changed(measure="Minutes on the telephone")
        assert self.counted(back) == [27]

    def test_a_change_elsewhere_of_that_day_stands_beside_it(self) -> None:
        back = self.there((24, 27)).answered("bbbbbbbb", None, day(27))
        later = typed(back, day(27), {"to": 12.0})
        assert [each.before.to for each in later.refocused] == [10, 20, 10]
        assert measured_since(typed(back, day(30), {"to": 12.0})) == day(27)
        assert self.counted(later) == [40, 36, 31]

    def test_a_unit_filled_in_after_it_is_not_of_what_was_given_up(self) -> None:
        made = running(unit="").with_obstacle(Obstacle(id="bbbbbbbb", what="No", raised=day(7)))
        there = self.refocused(made, 20, wanted=self.OTHER.changed(unit=""))
        back = self.read(there, (24, 27)).answered("bbbbbbbb", None, day(27))
        later = typed(back, day(28), {"unit": "a week"})
        assert [each.before.unit for each in later.refocused] == ["", ""]

    def test_passed_over_on_the_way_round_the_answers_it_leaves_no_trace(self) -> None:
        first = last = self.there((24, 27))
        for answer in (None, ObstacleAnswer.REMOVED, ObstacleAnswer.REFOCUSED):
            new = last.answered("bbbbbbbb", answer, day(27), "Why")
            last = edited(new, day(27), last=last, first=first)
        assert (last.wanted, last.refocused) == (first.wanted, first.refocused)

    def test_there_is_an_end_to_it(self) -> None:
        before = self.there((24, 27))
        notes = (*before.refocused, *before.refocused[:1] * (MOST_REFOCUSED - 1))
        with pytest.raises(Refused, match="at most 20 times"):
            before.with_refocused(notes).answered("bbbbbbbb", None, day(27))

    def test_a_clock_that_has_gone_back_keeps_the_order(self) -> None:
        back = self.there((24, 27)).answered("bbbbbbbb", None, day(3))
        assert [each.on for each in back.refocused] == [day(20), day(20)]


class TestWeeks:
    """The weeks of a project that runs do not move in silence."""

    def moved(self, project: Project, on: date, *steps: dict[str, Any]) -> Project:
        first = project
        for changes in steps:
            project = edited(project.changed(**changes), on, last=project, first=first)
        return project

    @pytest.mark.parametrize(
        "change", [{"weeks": 10}, {"starts": day(-7)}, {"starts": day(-1), "weeks": 4}]
    )
    def test_it_is_told_as_a_move_of_that_day(self, change: dict[str, Any]) -> None:
        before = running()
        after = self.moved(before, day(20), change)
        assert after.moved == (Moved(on=day(20), starts=TODAY, weeks=9),)
        assert (after.refocused, after.wanted) == ((), GOAL)
        was = [against_line(before, each) for each in before.readings]
        assert [against_line(after, each) for each in after.readings] == was
        assert line_asks(after, day(21)) != line_asks(before, day(21))

    def test_all_of_one_day_is_one_move(self) -> None:
        after = self.moved(running(), day(20), {"weeks": 1}, {"weeks": 10})
        again = self.moved(after, day(20), {"starts": day(-7)})
        assert again.moved == after.moved == (Moved(on=day(20), starts=TODAY, weeks=9),)
        later = self.moved(again, day(27), {"weeks": 8})
        assert later.moved[1:] == (Moved(on=day(27), starts=day(-7), weeks=10),)
        assert self.moved(again, day(20), {"starts": TODAY, "weeks": 9}).moved == ()

    def test_one_that_ends_where_it_began_is_none(self) -> None:
        assert self.moved(running(), day(20), {"weeks": 1}, {"weeks": 9}).moved == ()

    def test_before_the_launch_they_are_free(self) -> None:
        chosen = running().not_launched()
        after = self.moved(chosen, day(20), {"weeks": 10}, {"starts": day(30)})
        assert (after.moved, after.starts) == ((), day(30))
        open_ = after.changed(starts=None)
        launched = edited(open_.launched(day(20)), day(20), last=open_, first=open_)
        assert (launched.moved, launched.starts) == ((), day(20))

    @pytest.mark.parametrize(
        ("starts", "words"),
        [
            (day(1), f"a reading of {TODAY} would not count any more: begin on {TODAY} or before"),
            (day(8), f"2 readings from {TODAY} to {day(7)} would not count any more"),
        ],
    )
    def test_no_reading_is_put_aside(self, starts: date, words: str) -> None:
        before = running()
        with pytest.raises(Refused, match=words):
            self.moved(before, day(20), {"starts": starts})

    def test_one_from_before_the_first_week_does_not_stand_in_the_way(self) -> None:
        before = running().with_reading(Reading(on=day(-3), value=41))
        for number in range(3):
            before = before.without_reading(day(7 * number))
        later = self.moved(before, day(20), {"starts": day(10)})
        assert later.moved
        assert self.moved(later, day(21), {"starts": day(-3)}).starts == day(-3)

    def test_a_slip_of_the_same_day_can_be_put_right(self) -> None:
        made = running().with_reading(Reading(on=day(-3), value=41))
        slipped = self.moved(made, day(20), {"starts": day(-7)})
        back = self.moved(slipped, day(20), {"starts": TODAY})
        assert (back.starts, back.moved) == (TODAY, ())
        assert self.moved(slipped, day(20), {"starts": day(-1)}).starts == day(-1)
        with pytest.raises(Refused, match=f"a reading of {TODAY} would not count"):
            self.moved(slipped, day(20), {"starts": day(1)})
        # The day after, it has counted.
        with pytest.raises(Refused, match=f"a reading of {day(-3)} would not count"):
            self.moved(slipped, day(21), {"starts": TODAY})

    def test_a_clock_that_has_gone_back_keeps_their_order(self) -> None:
        later = self.moved(running(), day(20), {"weeks": 10})
        again = self.moved(later, day(15), {"weeks": 11})
        assert (again.weeks, again.moved) == (11, later.moved)

    def test_a_file_changed_by_hand_has_them_in_order_and_within_a_year(self) -> None:
        with pytest.raises(ValidationError, match="less than or equal to 52"):
            Moved(on=TODAY, starts=TODAY, weeks=LONGEST_WEEKS + 1)
        notes = [Moved(on=day(number), starts=TODAY, weeks=9) for number in (3, 2)]
        with pytest.raises(ValidationError, match="in order"):
            running().changed(moved=tuple(notes))

    def test_there_is_an_end_to_it(self) -> None:
        project = running()
        for number in range(MOST_REFOCUSED):
            project = self.moved(project, day(number), {"weeks": number + 10})
        with pytest.raises(Refused, match="at most 20 times"):
            self.moved(project, day(30), {"weeks": 50})

    def test_undone_it_leaves_nothing(self) -> None:
        before = running()
        after = self.moved(before, day(20), {"weeks": 10})
        assert after.back_to(before).moved == ()


class TestDays:
    """What has not been yet cannot be told."""

    def test_no_reading_of_a_day_to_come(self) -> None:
        before = running()
        for on, is_known in ((day(20), True), (day(21), False)):
            new = before.with_reading(Reading(on=on, value=30))
            if is_known:
                assert edited(new, day(20), last=before, first=before) is new
            else:
                with pytest.raises(Refused, match="still to come"):
                    edited(new, day(20), last=before, first=before)

    def test_no_check_in(self) -> None:
        before = running()
        new = before.with_check_in(CheckIn(on=day(21), done="Rang"))
        with pytest.raises(Refused, match="still to come"):
            edited(new, day(20), last=before, first=before)

    def test_no_report(self) -> None:
        before = running()
        draft = before.with_report(Report(result="Twelve"))
        assert edited(draft, day(20), last=before, first=before) is draft
        given_ = before.with_report(Report(on=day(21), result="Twelve"))
        with pytest.raises(Refused, match="still to come"):
            edited(given_, day(20), last=before, first=before)
        assert edited(given_, day(21), last=before, first=before) is given_

    def test_no_launch_and_no_mid_point(self) -> None:
        before = running().not_launched()
        held = before.launched(day(21))
        with pytest.raises(Refused, match="a launch is of today"):
            edited(held, day(20), last=before, first=before)
        assert edited(held, day(21), last=before, first=before) is held
        halfway = held.with_mid_point(MidPoint(on=day(30), goal="Yes"))
        with pytest.raises(Refused, match="a mid-point is of today"):
            edited(halfway, day(29), last=held, first=held)
        assert edited(halfway, day(30), last=held, first=held) is halfway
        more = halfway.with_mid_point(MidPoint(on=day(30), goal="Yes, and no"))
        assert edited(more, day(20), last=halfway, first=halfway) is more

    def test_no_report_before_it_began(self) -> None:
        """'24 Dec', read as last year's."""
        launched = running().not_launched().launched(day(7))
        begun = launched.not_launched()
        for before, first_day, words in ((launched, 7, "launched"), (begun, 0, "begun")):
            early = before.with_report(Report(on=day(first_day - 1), result="Twelve"))
            with pytest.raises(Refused, match=f"before the project was {words}: write the year"):
                edited(early, day(20), last=before, first=before)
            on_it = before.with_report(Report(on=day(first_day), result="Twelve"))
            assert edited(on_it, day(20), last=before, first=before) is on_it
            more = early.changed(leader="Di")
            assert edited(more, day(20), last=early, first=early) is more

    def test_no_obstacle_before_it_began(self) -> None:
        before = running()
        first = Obstacle(id="oooooooo", what="No key", raised=TODAY)
        there = before.with_obstacle(first)
        assert edited(there, day(20), last=before, first=before) is there
        early = there.with_obstacle(Obstacle(id="oooooooo", what="No key", raised=day(-1)))
        for last in (before, there):
            with pytest.raises(Refused, match="before the project was begun"):
                edited(early, day(20), last=last, first=last)
        more = early.with_obstacle(Obstacle(id="oooooooo", what="No key yet", raised=day(-1)))
        assert edited(more, day(20), last=early, first=early) is more

    def test_one_that_was_launched_before_it_was_written_down(self) -> None:
        before = running().not_launched().launched(day(-30))
        early = Obstacle(id="oooooooo", what="No key", raised=day(-20))
        new = before.with_obstacle(early)
        assert edited(new, day(20), last=before, first=before) is new
        new = before.with_report(Report(on=day(-1), result="Twelve"))
        assert edited(new, day(20), last=before, first=before) is new

    def test_where_the_clock_is_behind_an_obstacle_of_today_is_taken(self) -> None:
        before = running().not_launched()
        new = before.with_obstacle(Obstacle(id="oooooooo", what="No key", raised=day(-9)))
        assert edited(new, day(-9), last=before, first=before) is new

    def test_a_file_that_has_them_can_be_mended(self) -> None:
        """One that was changed by hand."""
        before = running().with_report(Report(on=day(70), result="Twelve"))
        new = before.changed(leader="Di")
        assert edited(new, day(3), last=before, first=before) is new
        new = before.without_reading(day(14))
        assert edited(new, day(3), last=before, first=before) is new


def test_without_a_first_day_the_first_week_begins_with_the_launch() -> None:
    project = running().changed(starts=day(7))
    assert project.changed(starts=None).starts == TODAY
    assert project.not_launched().changed(starts=None).starts is None
