"""A breakthrough project: edits in any order, its phases, the launch, obstacles, the report."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bt_assess.core.fields import Refused
from bt_assess.core.launch import STOPS, Length, agenda, stop, timetable
from bt_assess.core.plan_check import FindingKind
from bt_assess.core.project import MOST_OBSTACLES, Project, new_project
from bt_assess.core.project_check import check_project
from bt_assess.core.project_parts import (
    MOST_REFOCUSED,
    Block,
    CheckIn,
    Goal,
    GoalAnswer,
    GoalQuestion,
    Launch,
    MidPoint,
    Needed,
    Obstacle,
    ObstacleAnswer,
    Origin,
    Phase,
    Reading,
    Report,
    Wanted,
)
from bt_assess.core.round import Action, ActionState
from bt_assess.core.text import UNSAFE
from tests.core.plan_edits import TODAY, ProjectEdit, project_edits, projects

ACTION = Action(id="aaaaaaaa", what="Try it", owner="Bo", due=TODAY)
GOAL = Wanted(measure="Open complaints", unit="a week", from_=40, to=10)


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def chosen(**more: Any) -> Project:
    settings = {
        "function": "Complaints", "leader": "Ann", "team": ("Bo", "Cy"), "wanted": GOAL, **more,
    }  # fmt: skip
    return new_project("projproj", "Fewer complaints", TODAY, **settings)


def prepared() -> Project:
    project = chosen(core_group=("Bo",))
    return project.with_needed(Needed(id="aaaaaaaa", what="Last year's figures", ready=True))


def running(**more: Any) -> Project:
    return chosen(**more).with_action(ACTION).launched(TODAY)


def obstacle(**more: Any) -> Obstacle:
    return Obstacle.model_validate(
        {"id": "aaaaaaaa", "what": "No access", "raised": days(7), **more}
    )


class TestEdits:
    """Whatever is typed, in whatever order."""

    @given(projects(), project_edits())
    def test_no_order_of_edits_makes_an_invalid_project(
        self, project: Project, edit: ProjectEdit
    ) -> None:
        after = edit(project)
        dumped = after.model_dump(mode="python", exclude_none=True, by_alias=True)
        assert Project.model_validate(dumped) == after
        assert Project.model_validate(dumped).model_dump() == after.model_dump()
        if {**dict(after), "revision": project.revision} == dict(project):
            assert after is project
        else:
            assert after.revision > project.revision
        assert after.phase(TODAY) in Phase
        assert not (after.launch.held and not after.launch.actions)
        assert not (after.report.on and not after.report.result)
        for text in (after.title, after.function, *after.team, *(r.note for r in after.readings)):
            assert not UNSAFE.search(text)

    @given(projects(), st.lists(project_edits(), min_size=1, max_size=5))
    def test_undo_brings_all_back_but_the_revision(
        self, project: Project, edits: list[ProjectEdit]
    ) -> None:
        after = project
        for edit in edits:
            after = edit(after)
        back = after.back_to(project)
        assert {**dict(back), "revision": 0} == {**dict(project), "revision": 0}
        assert back is after or back.revision == after.revision + 1

    @given(projects(), st.dates())
    def test_it_can_be_looked_at_on_any_day(self, project: Project, today: date) -> None:
        assert project.phase(today) in Phase
        assert all(1 <= week <= project.weeks for week in project.missed_weeks(today))
        week = project.week(today)
        assert week is None or 1 <= week <= project.weeks
        check_project(project, today)

    def test_what_is_no_setting_is_refused(self) -> None:
        for name in ("readings", "launch", "id", "report", "nonsense"):
            with pytest.raises(Refused, match="not a setting"):
                chosen().changed(**{name: ()})

    def test_what_is_the_same_once_it_is_clean_is_no_change(self) -> None:
        project = running().with_obstacle(obstacle())
        assert project.changed(title=" Fewer\ncomplaints ", team=("Bo", "Bo", "Cy ")) is project
        assert project.with_obstacle(obstacle()) is project
        assert project.without_obstacle("zzzzzzzz") is project

    def test_names_are_there_once(self) -> None:
        assert chosen(team=("Bo", "", " Bo ", "Cy")).team == ("Bo", "Cy")

    def test_too_many_are_refused_in_words(self) -> None:
        project = running()
        for number in range(MOST_OBSTACLES):
            project = project.with_obstacle(obstacle(id=f"aaaaaa{number:02}"))
        with pytest.raises(Refused, match="at most 60 obstacles"):
            project.with_obstacle(obstacle(id="zzzzzzzz"))
        assert project.with_obstacle(obstacle(id="aaaaaa00", what="Other")) != project

    @pytest.mark.parametrize("figure", [float("nan"), float("inf"), 1e13, "7", True])
    def test_a_figure_is_a_number(self, figure: Any) -> None:
        with pytest.raises(ValidationError):
            Reading(on=TODAY, value=figure)

    def test_the_goal_check(self) -> None:
        project = chosen().goal_answered(GoalQuestion.SHORT, GoalAnswer.YES)
        project = project.goal_answered(GoalQuestion.IMPORTANT, GoalAnswer.PARTLY, "For us")
        assert list(project.goal_check) == [GoalQuestion.IMPORTANT, GoalQuestion.SHORT]
        assert project.goal_check[GoalQuestion.IMPORTANT] == Goal(
            answer=GoalAnswer.PARTLY, remark="For us"
        )
        assert project.goal_answered(GoalQuestion.SHORT, None).goal_check.keys() == {
            GoalQuestion.IMPORTANT
        }
        assert len(GoalQuestion) == 7

    def test_where_it_came_from(self) -> None:
        assert Origin(point="leadership.point.1").theme_id == "leadership"
        assert Origin(plan="aaaaaaaa", capability="bbbbbbbb").theme_id is None

    def test_its_people(self) -> None:
        project = running(helper="Di").with_obstacle(obstacle(raised_by="Ed"))
        assert project.people() == ("Ann", "Di", "Bo", "Cy", "Ed")


class TestPhases:
    """From choosing to the report back."""

    def test_before_it_runs_it_is_what_is_there(self) -> None:
        bare = new_project("projproj", "P", TODAY)
        assert bare.phase(TODAY) is Phase.CHOOSE
        for lacking in ({"function": ""}, {"leader": ""}, {"team": ()},
                        {"wanted": GOAL.changed(to=None)}):  # fmt: skip
            assert chosen(**lacking).phase(TODAY) is Phase.CHOOSE
        assert chosen().phase(TODAY) is Phase.PREPARE
        assert prepared().phase(TODAY) is Phase.LAUNCH
        waiting = prepared().with_needed(Needed(id="bbbbbbbb", what="Costs"))
        assert waiting.phase(TODAY) is Phase.PREPARE

    def test_on_the_day_of_the_launch(self) -> None:
        project = chosen().launch_set(day=days(7))
        assert project.phase(days(6)) is Phase.PREPARE
        assert project.phase(days(7)) is Phase.LAUNCH
        assert project.launch_day_open().phase(days(7)) is Phase.PREPARE

    def test_once_it_runs_it_is_the_calendar(self) -> None:
        project = running()
        found = [project.phase(days(n)) for n in (0, 30, 31, 55, 56, 57, 63, 90)]
        assert found == [
            Phase.RUN, Phase.RUN, Phase.MID_POINT, Phase.MID_POINT, Phase.MID_POINT,
            Phase.REPORT_BACK, Phase.REPORT_BACK, Phase.REPORT_BACK,
        ]  # fmt: skip
        looked = project.with_mid_point(MidPoint(on=days(31)))
        assert [looked.phase(days(n)) for n in (31, 56, 57)] == [
            Phase.RUN, Phase.RUN, Phase.REPORT_BACK,
        ]  # fmt: skip

    def test_it_ends_with_the_report_or_before(self) -> None:
        project = running()
        draft = project.with_report(Report(result="Ten a week"))
        assert draft.phase(days(60)) is Phase.REPORT_BACK
        given_ = draft.with_report(Report(on=days(63), result="Ten a week"))
        assert given_.phase(days(63)) is Phase.DONE
        stopped = project.stop(days(20), "Merged")
        assert (stopped.phase(days(20)), stopped.running) == (Phase.DONE, False)
        assert stopped.stop(None).phase(days(20)) is Phase.RUN

    def test_a_report_begins_with_the_result(self) -> None:
        with pytest.raises(Refused, match="result"):
            running().with_report(Report(on=days(63), was_new="All"))

    def test_weeks_and_days(self) -> None:
        project = running()
        assert (project.report_due, project.mid_due) == (days(63), days(31))
        assert [project.week(days(n)) for n in (-1, 0, 6, 7, 62)] == [None, 1, 1, 2, 9]
        # The report back is after the last week, not in another one.
        assert [project.week(days(n)) for n in (63, 69, 400)] == [None, None, None]
        assert [project.weeks_begun(days(n)) for n in (-9, -1, 0, 62, 63)] == [0, 0, 1, 9, 10]
        assert [project.days_left(days(n)) for n in (0, 63, 70)] == [63, 0, -7]
        shorter = project.changed(weeks=8)
        assert shorter.report_due == days(56)
        assert chosen().report_due is None

    def test_weeks_without_a_reading(self) -> None:
        project = running().with_reading(Reading(on=days(9), value=38))
        assert project.missed_weeks(days(13)) == (1,)
        assert project.missed_weeks(days(21)) == (1, 3)
        assert project.missed_weeks(days(500)) == (1, 3, 4, 5, 6, 7, 8, 9)
        assert chosen().missed_weeks(days(500)) == ()


class TestLaunch:
    """The session that ends with an action plan."""

    @pytest.mark.parametrize("length", Length)
    def test_minutes_add_up(self, length: Length) -> None:
        blocks = agenda(length)
        assert sum(minutes for _, minutes in blocks) == length.minutes
        assert (blocks[0][0].id, blocks[-2][0].id, blocks[-1][0].id) == ("why", "plan", "close")
        launch = Launch().of_length(length)
        assert launch.minutes == length.minutes
        times = timetable((b.id, b.minutes) for b in launch.blocks)
        assert times[0].begins == 0
        assert times[-1].ends == length.minutes
        assert all(a.ends == b.begins for a, b in pairwise(times))

    @pytest.mark.parametrize("length", Length)
    def test_it_has_what_a_launch_needs(self, length: Length) -> None:
        names = {s.id for s, _ in agenda(length)}
        assert names >= {"why", "goal", "facts", "ideas", "choose", "obstacles", "plan", "close"}
        for each, _ in agenda(length):
            assert each.purpose
            assert each.prompts or each.id.startswith(("break", "lunch"))
        assert any("break" in name for name in names)

    def test_a_stop_by_its_id(self) -> None:
        assert stop("plan") in STOPS
        assert stop("own") is None

    def test_notes_go_along_to_another_length(self) -> None:
        blocks = [*Launch().blocks, Block(id="own", minutes=5, title="Ours", notes="Sing")]
        blocks[0] = Block(id="why", minutes=20, notes="Said")
        project = chosen().with_blocks(blocks).launch_of(Length.DAY)
        found = {block.id: block.notes for block in project.launch.blocks}
        assert (found["why"], found["own"]) == ("Said", "Sing")
        assert project.launch_of(Length.DAY) is project

    def test_the_action_plan_must_not_be_empty(self) -> None:
        with pytest.raises(Refused, match="action plan is empty"):
            prepared().launched(TODAY)
        dropped = Action(id="aaaaaaaa", what="No", owner="Bo", due=TODAY, state=ActionState.DROPPED)
        with pytest.raises(Refused, match="action plan is empty"):
            prepared().with_action(dropped).launched(TODAY)
        with pytest.raises(ValidationError, match="action plan"):
            Launch(held=TODAY)

    @pytest.mark.parametrize(
        ("lacking", "word"), [({"owner": ""}, "who"), ({"due": None}, "by when")]
    )
    def test_each_action_says_who_and_when(self, lacking: dict[str, Any], word: str) -> None:
        action = Action.model_validate({**dict(ACTION), **lacking})
        with pytest.raises(Refused, match=f"does not say {word}: Try it"):
            prepared().with_action(action).launched(TODAY)

    def test_the_weeks_begin(self) -> None:
        project = running()
        assert (project.starts, project.launch.day, project.launch.held) == (TODAY, TODAY, TODAY)
        later = chosen(starts=days(3)).with_action(ACTION).launched(TODAY)
        assert later.starts == days(3)
        assert not project.not_launched().running

    def test_a_launched_project_keeps_an_action(self) -> None:
        with pytest.raises(Refused, match="at least one action"):
            running().without_action("aaaaaaaa")
        assert prepared().with_action(ACTION).without_action("aaaaaaaa").launch.actions == ()


class TestRun:
    """Readings, check-ins, obstacles."""

    def test_one_reading_a_day_in_order(self) -> None:
        project = running().with_reading(Reading(on=days(7), value=30))
        project = project.with_reading(Reading(on=TODAY, value=40))
        project = project.with_reading(Reading(on=days(7), value=35, note="Counted again"))
        assert [(r.on, r.value) for r in project.readings] == [(TODAY, 40), (days(7), 35)]
        assert project.without_reading(TODAY).readings == project.readings[1:]
        with pytest.raises(ValidationError, match="one a day"):
            Project.model_validate({**dict(project), "readings": project.readings[::-1]})

    def test_a_day_has_one_reading_and_one_check_in(self) -> None:
        project = running()
        for kind, first, second in (
            ("readings", Reading(on=days(3), value=9), Reading(on=days(3), value=8)),
            ("check_ins", CheckIn(on=days(3), done="A"), CheckIn(on=days(3), done="B")),
        ):
            assert Project.model_validate({**dict(project), kind: (first,)}) != project
            with pytest.raises(ValidationError, match="one a day"):
                Project.model_validate({**dict(project), kind: (first, second)})

    def test_one_check_in_a_day_in_order(self) -> None:
        project = running().with_check_in(CheckIn(on=days(7), done="Half"))
        project = project.with_check_in(CheckIn(on=TODAY)).with_check_in(CheckIn(on=days(7)))
        assert project.check_ins == (CheckIn(on=TODAY), CheckIn(on=days(7)))
        assert project.without_check_in(TODAY).check_ins == (CheckIn(on=days(7)),)

    def test_an_obstacle_waits_for_its_answer(self) -> None:
        project = running().with_obstacle(obstacle())
        assert project.unanswered() == (obstacle(),)
        after = project.answered("aaaaaaaa", ObstacleAnswer.REMOVED, days(9), "Key given", days(12))
        assert after.unanswered() == ()
        assert after.obstacle("aaaaaaaa") == obstacle(
            answer="removed", answered=days(9), decision="Key given", due=days(12)
        )
        kept = after.answer_kept("aaaaaaaa", True)
        assert kept.obstacles[0].kept
        assert kept.answered("aaaaaaaa", None, days(10)).obstacles == (obstacle(),)
        assert after.without_obstacle("aaaaaaaa").obstacles == ()

    def test_what_cannot_be_answered(self) -> None:
        project = running().with_obstacle(obstacle())
        with pytest.raises(Refused, match="not there any more"):
            project.answered("zzzzzzzz", ObstacleAnswer.REMOVED, days(9))
        with pytest.raises(Refused, match="refocus"):
            project.answered("aaaaaaaa", ObstacleAnswer.REMOVED, days(9), wanted=GOAL)
        with pytest.raises(Refused, match="no answer"):
            project.answer_kept("aaaaaaaa", True)
        with pytest.raises(ValidationError, match="an answer has a day"):
            obstacle(answer="removed")

    def test_the_leader_refocuses_the_goal(self) -> None:
        project = running().with_obstacle(obstacle())
        nearer = GOAL.changed(to=20)
        after = project.answered(
            "aaaaaaaa", ObstacleAnswer.REFOCUSED, days(9), "Half of it", wanted=nearer
        )
        assert after.wanted == nearer
        [note] = after.refocused
        assert (note.before, note.why, note.obstacle, note.on) == (
            GOAL, "Half of it", "aaaaaaaa", days(9),
        )  # fmt: skip
        assert after.refocus(nearer, days(9)) is after
        for number in range(MOST_REFOCUSED - 1):
            after = after.refocus(GOAL.changed(to=number), days(10))
        with pytest.raises(Refused, match="at most 20 times"):
            after.refocus(GOAL.changed(to=5.5), days(10))


class TestCheck:
    """Advice, never a gate."""

    def where(self, project: Project, today: date = TODAY, before: int = 0) -> dict[str, str]:
        return {f.where: f.what for f in check_project(project, today, before=before)}

    def whole(self) -> Project:
        project = prepared().changed(
            shown_by="Figures", why_now="We tried", leader_gives="An hour a week", helper="Di"
        )
        for question in GoalQuestion:
            project = project.goal_answered(question, GoalAnswer.YES)
        return project

    def test_a_good_one_has_nothing(self) -> None:
        assert self.where(self.whole()) == {}
        assert self.where(self.whole().with_action(ACTION).launched(TODAY)) == {}

    @pytest.mark.parametrize("weeks", [1, 7, 8, 9, 10, 11, 52])
    def test_eight_to_ten_weeks(self, weeks: int) -> None:
        found = self.where(self.whole().changed(weeks=weeks))
        assert ("project.weeks" in found) == (not 8 <= weeks <= 10)

    @pytest.mark.parametrize(
        ("where", "change"),
        [
            ("project.function", {"function": ""}),
            ("project.shown_by", {"shown_by": ""}),
            ("project.why_now", {"why_now": ""}),
            ("project.leader", {"leader": ""}),
            ("project.leader_gives", {"leader_gives": ""}),
            ("project.team", {"team": ("ann",)}),
            ("project.core_group", {"core_group": ()}),
            ("project.wanted.measure", {"wanted": GOAL.changed(measure="")}),
            ("project.wanted.from", {"wanted": GOAL.changed(from_=None)}),
            ("project.wanted.to", {"wanted": GOAL.changed(to=None)}),
            ("project.wanted.to", {"wanted": GOAL.changed(to=40)}),
            ("project.wanted.by", {"starts": TODAY, "wanted": GOAL.changed(by=TODAY)}),
            ("project.wanted.by", {"starts": TODAY, "wanted": GOAL.changed(by=days(64))}),
        ],
    )
    def test_what_is_missing_or_contradicts(self, where: str, change: dict[str, Any]) -> None:
        assert list(self.where(self.whole().changed(**change))) == [where]

    def test_help_for_the_first_two(self) -> None:
        alone = self.whole().changed(helper="")
        assert list(self.where(alone, before=1)) == ["project.helper"]
        assert self.where(alone, before=2) == {}

    def test_the_goal_check_counts(self) -> None:
        no = self.whole().goal_answered(GoalQuestion.ROOM, GoalAnswer.NO)
        assert list(self.where(no)) == ["project.goal_check.room"]
        partly = self.whole().goal_answered(GoalQuestion.ROOM, GoalAnswer.PARTLY)
        assert list(self.where(partly)) == ["project.goal_check.room"]
        why = partly.goal_answered(GoalQuestion.ROOM, GoalAnswer.PARTLY, "On Fridays")
        assert self.where(why) == {}
        asked = self.whole().goal_answered(GoalQuestion.ROOM, None)
        assert list(self.where(asked)) == ["project.goal_check.room"]

    def test_near_the_launch_data_must_be_there(self) -> None:
        waiting = self.whole().with_needed(Needed(id="bbbbbbbb", what="Costs"))
        waiting = waiting.launch_set(day=days(10))
        assert self.where(waiting) == {}
        assert "Costs" in self.where(waiting, days(3))["project.data_needed"]

    def test_blocks_that_run_over(self) -> None:
        blocks = [*Launch().blocks, Block(id="own", minutes=5)]
        found = self.where(self.whole().with_blocks(blocks))
        assert "5 minutes longer" in found["project.launch.blocks"]

    def test_while_it_runs(self) -> None:
        project = self.whole().with_action(ACTION).launched(TODAY).with_obstacle(obstacle())
        assert "project.obstacle.aaaaaaaa" not in self.where(project, days(14))
        assert "8 days" in self.where(project, days(15))["project.obstacle.aaaaaaaa"]
        assert "2 weeks have" in self.where(project, days(15))["project.readings"]
        silent = project.answered("aaaaaaaa", ObstacleAnswer.REMOVED, days(8))
        assert "without a word" in self.where(silent, days(8))["project.obstacle.aaaaaaaa"]

    def test_the_goal_out_of_reach(self) -> None:
        project = self.whole().with_action(ACTION).launched(TODAY)
        for week, value in enumerate((40, 41, 40, 41, 40)):
            project = project.with_reading(Reading(on=days(7 * week), value=value))
        assert "is not reached" in self.where(project, days(30))["project.readings"]

    def test_the_report(self) -> None:
        project = self.whole().with_action(ACTION).launched(TODAY)
        assert "project.report.on" not in self.where(project, days(63))
        assert "project.report.on" in self.where(project, days(64))
        done = project.with_report(Report(on=days(63), result="Ten", make_it_last="A rule"))
        assert set(self.where(done, days(64))) == {
            f"project.report.{name}"
            for name in ("was_new", "team_learned", "leader_learned", "morale", "what_next")
        }
        assert self.where(project.stop(days(20)), days(64)) == {}

    def test_every_finding_says_why(self) -> None:
        found = check_project(new_project("projproj", "P", TODAY), TODAY)
        assert {f.kind for f in found} == {FindingKind.MISSING, FindingKind.DOUBT}
        for finding in found:
            assert finding.why.endswith((".", "?"))
            assert not finding.what.endswith(".")
