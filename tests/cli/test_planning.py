"""`bt-assess plan`, `project` and `due`, and reports of plans and projects by their names."""

import json
from datetime import date
from pathlib import Path

import pytest

from bt_assess.commands import planning
from bt_assess.core.compared import Kind
from bt_assess.core.plan import Plan, StagedObjective
from bt_assess.core.plan_history import StageKind
from bt_assess.core.project_parts import Obstacle, Reading
from bt_assess.core.round import Action, ActionState, Round
from bt_assess.core.rubric import Rubric
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.text import UNSAFE
from bt_assess.report.making import OfProject, made
from bt_assess.store.folder import SessionFolder
from bt_assess.store.plans import PlansFolder, StoredPlan
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.rubric_file import load_rubric
from tests.cli.conftest import HOSTILE, Run
from tests.report.plans import BEGAN, a_plan, a_project
from tests.store.keys import made as made_round

TODAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "_today", lambda: TODAY)


@pytest.fixture
def rubric(grid: Path) -> Rubric:
    return load_rubric(grid)


@pytest.fixture
def kept(there: list[str], folder: SessionFolder, rubric: Rubric) -> list[str]:
    """The options that point at a folder with a plan and a project in it."""
    PlansFolder(folder.path).create(a_plan(rubric))
    ProjectsFolder(folder.path).create(a_project())
    return there


FIRST, SECOND, THIRD = StageKind


def measured_plan(folder: SessionFolder) -> StoredPlan:
    """A plan whose first aim is reached by a session that came after it was saved."""
    plans = PlansFolder(folder.path)
    stored = plans.new("Ours", BEGAN)
    based = stored.thing.based_on(
        [Ref(kind=Kind.SESSION, id="first234")], {"leadership": 1.1}, date(2026, 3, 2), BEGAN
    )
    stage = StagedObjective(kind=FIRST, positions={"leadership": 1.2})
    return plans.save(stored, based.with_stage(stage, BEGAN))


class TestLists:
    def test_what_there_is(self, bt: Run, kept: list[str]) -> None:
        plans = bt(*kept, "plan", "list")
        assert plans.code == 0
        assert plans.out.startswith(
            "planplan   7 Sep 2026  Repairs done once  (incremental objective: "
        )
        found = bt(*kept, "project", "list")
        assert (
            "projproj   7 Sep 2026  No second visit in Ward 4  (running, week 7 of 9" in found.out
        )
        assert "1 obstacle without an answer" in found.out

    def test_for_programs(self, bt: Run, kept: list[str]) -> None:
        [plan] = json.loads(bt(*kept, "plan", "list", "--json").out)["plans"]
        assert (plan["id"], plan["file"]) == ("planplan", "2026-09-07-planplan.toml")
        assert [stage["kind"] for stage in plan["stages"]] == [
            "incremental",
            "substantial",
            "transformational",
        ]
        [project] = json.loads(bt(*kept, "project", "list", "--json").out)["projects"]
        assert (project["phase"], project["week"], project["unanswered"]) == ("run", 7, 1)
        assert project["stopped"] is None

    def test_programs_are_told_which_project_was_stopped(
        self, bt: Run, kept: list[str], folder: SessionFolder
    ) -> None:
        projects = ProjectsFolder(folder.path)
        stored = projects.resolve("projproj")
        projects.save(stored, stored.thing.stop(TODAY, "The depot closed."))
        [project] = json.loads(bt(*kept, "project", "list", "--json").out)["projects"]
        assert (project["phase"], project["stopped"]) == ("done", TODAY.isoformat())

    @pytest.mark.parametrize("name", ["plan", "project"])
    def test_nothing_yet_and_what_is_damaged(
        self, bt: Run, there: list[str], folder: SessionFolder, name: str
    ) -> None:
        done = bt(*there, name, "list")
        assert (done.code, done.out) == (0, "")
        assert "no " + name in done.err
        broken = folder.path / f"{name}s" / "2026-09-07-brokenone.toml"
        broken.parent.mkdir()
        broken.write_text("format = 1\n")
        done = bt(*there, name, "list")
        assert (done.code, done.out) == (0, "")
        assert "brokenone" in done.err
        told = json.loads(bt(*there, name, "list", "--json").out)
        assert [each["file"] for each in told["damaged"]] == ["2026-09-07-brokenone.toml"]
        shown = bt(*there, name, "show", "brokenone")
        assert (shown.code, shown.out, len(shown.complaints)) == (1, "", 1)


class TestShow:
    @pytest.mark.parametrize("word", ["latest", "planplan", "plan", "repairs done once"])
    def test_a_plan(self, bt: Run, kept: list[str], word: str) -> None:
        done = bt(*kept, "plan", "show", word)
        assert done.code == 0, done.err
        assert "Repairs done once\n" in done.out
        assert "A tenant reports a fault once" in done.out
        assert max(len(line) for line in done.out.splitlines()) <= 80

    def test_a_project(self, bt: Run, kept: list[str]) -> None:
        done = bt(*kept, "project", "show", "latest")
        assert done.code == 0, done.err
        assert "If it goes on like this: about 20.9 in a hundred on 9 Nov 2026" in done.out
        assert max(len(line) for line in done.out.splitlines()) <= 80

    def test_json_is_what_the_report_writes(self, bt: Run, kept: list[str]) -> None:
        for name in ("plan", "project"):
            shown = json.loads(bt(*kept, name, "show", "latest", "--json").out)
            told = json.loads(bt(*kept, "report", f"{name}:latest", "--json").out)
            assert told[name] == shown[name]
            assert list(told) == list(shown)

    def test_nothing_goes_by_that_name(self, bt: Run, kept: list[str]) -> None:
        for name in ("plan", "project"):
            done = bt(*kept, name, "show", "nobody")
            assert (done.code, done.out, len(done.complaints)) == (1, "", 1)
            assert f"no {name} here goes by 'nobody'" in done.err

    def test_changed_by_hand_is_told_and_not_shown(
        self, bt: Run, kept: list[str], folder: SessionFolder
    ) -> None:
        path = folder.path / "plans" / "2026-09-07-planplan.toml"
        path.write_text(path.read_text().replace("Repairs done once", "Repairs done twice"))
        done = bt(*kept, "plan", "show", "planplan")
        assert (done.code, done.out, len(done.complaints)) == (1, "", 1)
        assert "changed by hand" in done.err

    def test_what_was_measured_since_is_taken_up_and_not_saved(
        self, bt: Run, there: list[str], folder: SessionFolder, rubric: Rubric
    ) -> None:
        plans = PlansFolder(folder.path)
        stored = plans.new("Ours", BEGAN)
        based = stored.thing.based_on(
            [Ref(kind=Kind.SESSION, id="first234")], {"leadership": 1.1}, date(2026, 3, 2), BEGAN
        )
        plans.save(stored, based)
        before = stored.path.read_bytes()
        told = json.loads(bt(*there, "plan", "show", "latest", "--json").out)
        [leadership] = [each for each in told["gap"] if each["theme"] == "leadership"]
        # The second session is the same person's, a year later; the third is not finished.
        assert leadership["ref"] == {"kind": "session", "id": "second23"}
        assert leadership["now"] > leadership["base"] == 1.1
        assert stored.path.read_bytes() == before

    def test_the_list_takes_it_up_as_well(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        stored = measured_plan(folder)
        before = stored.path.read_bytes()
        assert "(incremental objective: measured as reached, 100\xa0% of" in bt(
            *there, "plan", "list"
        ).out  # fmt: skip
        [plan] = json.loads(bt(*there, "plan", "list", "--json").out)["plans"]
        assert (plan["stages"][0]["state"], plan["stages"][0]["progress"]) == ("reached", 1.0)
        assert stored.path.read_bytes() == before

    def test_what_was_put_aside_shows_nothing_new(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        measured_plan(folder)
        aside = folder.path / "archive"
        aside.mkdir()
        later = folder.path / "2027-03-02-second23.toml"
        later.rename(aside / later.name)
        assert "nothing measured since the plan began" in bt(*there, "plan", "list").out
        told = json.loads(bt(*there, "plan", "show", "latest", "--json").out)
        assert told["stages"][0]["why_not"] == "nothing new"
        # What it began with counts wherever it is.
        (aside / later.name).rename(later)
        first = folder.path / "2026-03-02-first234.toml"
        first.rename(aside / first.name)
        assert "100\xa0% of the way" in bt(*there, "plan", "list").out

    def test_a_last_stage_that_is_done_alone_is_not_all_of_them(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        plans = PlansFolder(folder.path)
        stored = plans.new("Ours", BEGAN)
        plan = stored.thing.with_stage(StagedObjective(kind=SECOND, results="r"), BEGAN)
        plan = plan.stage_done(THIRD, BEGAN, BEGAN)
        stored = plans.save(stored, plan)
        assert "(substantial objective: under way" in bt(*there, "plan", "list").out
        for kind in StageKind:
            plan = plan.stage_done(kind, BEGAN, BEGAN)
        plans.save(stored, plan)
        assert "(all stages done)" in bt(*there, "plan", "list").out

    def test_a_reading_of_a_day_to_come_is_left_out_and_named(
        self, bt: Run, there: list[str], folder: SessionFolder, rubric: Rubric
    ) -> None:
        """One that was written by hand."""
        hasty = a_project().with_reading(Reading(on=date(2026, 11, 5), value=15.5))
        ProjectsFolder(folder.path).create(hasty)
        told = json.loads(bt(*there, "project", "show", "latest", "--json").out)
        assert len(told["readings"]) == len(hasty.readings) - 1
        assert told["progress"] < 0.9
        assert "project.readings" in [each["where"] for each in told["findings"]]
        assert len(told["project"]["readings"]) == len(hasty.readings)
        rows = made("csv", rubric, OfProject(hasty), TODAY)
        assert str(rows).count("\r\n") == len(hasty.readings)
        listed = json.loads(bt(*there, "project", "list", "--json").out)["projects"][0]
        assert listed["progress"] == told["progress"]
        for words in (["project", "show", "latest"], ["project", "list"]):
            shown = bt(*there, *words).out
            assert "of the way" in shown
            assert "98" not in shown
        assert "15.5" not in bt(*there, "project", "show", "latest").out


class TestCheck:
    def test_what_is_missing_and_why(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        PlansFolder(folder.path).new("Empty", BEGAN)
        done = bt(*there, "plan", "check", "latest")
        assert done.code == 0
        assert "Destination: it does not say why it matters to the people who are asked" in done.out
        told = json.loads(bt(*there, "plan", "check", "latest", "--json").out)
        assert told["plan"] == PlansFolder(folder.path).resolve("latest").thing.id
        assert "destination.why_it_matters" in [each["where"] for each in told["findings"]]
        assert {each["kind"] for each in told["findings"]} <= {"missing", "contradiction", "doubt"}

    def test_the_latest_unless_told(self, bt: Run, folder: SessionFolder, kept: list[str]) -> None:
        for command in (("plan", "check"), ("plan", "show"), ("project", "show")):
            assert bt(*kept, *command).out == bt(*kept, *command, "latest").out != ""

    def test_none_yet(self, bt: Run, folder: SessionFolder) -> None:
        done = bt("--sessions", str(folder.path), "plan", "check")
        assert (done.code, done.err) == (1, "bt-assess: there are no plans here yet\n")


class TestDue:
    def test_late_before_what_comes(self, bt: Run, kept: list[str]) -> None:
        done = bt(*kept, "due")
        assert done.code == 0, done.err
        late, coming = done.out.split("Coming up:\n")
        assert "2 Oct 2026  Action: Put the ten commonest parts on every van" in late
        assert "Obstacle without an answer: Stores close at four" in late
        assert "1 Nov 2026  Action: Ride along for a week each  (Repairs done once; Ruth)" in coming
        assert "Report back" not in done.out

    def test_for_programs(self, bt: Run, kept: list[str]) -> None:
        told = json.loads(bt(*kept, "due", "--json").out)
        assert told["today"] == "2026-10-20"
        [action] = [e for e in told["due"] if e["where"]["part"] == "actionone"]
        assert action == {
            "kind": "action", "what": "Put the ten commonest parts on every van", "owner": "Ruth",
            "when": "2026-10-02", "late": True,
            "where": {"of": "project", "id": "projproj", "title": "No second visit in Ward 4",
                      "part": "actionone"},
        }  # fmt: skip

    def test_a_rounds_actions_need_no_passphrase(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        rounds, stored = made_round(folder.path, title="Spring")
        action = Action(id="actionone", what="Talk on Mondays", owner="Ada", due=date(2026, 10, 1))
        later = Round.model_validate({**dict(stored.round), "last_actions": (action,)})
        rounds.save(stored, later)
        assert "Action: Talk on Mondays  (Spring; Ada)" in bt(*there, "due").out

    def test_nothing(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "due")
        assert (done.code, done.out) == (0, "")
        assert "nothing is late" in done.err

    def test_what_has_two_lines_is_a_line_of_the_list(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        obstacle = Obstacle(id="cccccccc", what="No key\nLate:\n  at night", raised=BEGAN)
        projects = ProjectsFolder(folder.path)
        stored = projects.new("Ours", BEGAN)
        projects.save(stored, stored.thing.with_obstacle(obstacle))
        lines = bt(*there, "due").out.splitlines()
        assert [line for line in lines if not line.startswith("  ")] == ["Late:"]
        assert "Obstacle without an answer: No key Late: at night" in lines[1]

    def test_a_calendar_has_what_lies_further_ahead_too(self, bt: Run, kept: list[str]) -> None:
        done = bt(*kept, "due", "--ics", "dates.ics")
        assert (done.code, done.out) == (0, ""), done.err
        text = Path("dates.ics").read_text()
        assert "DTSTART;VALUE=DATE:20291231" in text
        again = bt(*kept, "due", "--ics", "dates.ics")
        assert again.code == 1
        assert "--force" in again.err
        assert bt(*kept, "due", "--ics", "dates.ics", "--force").code == 0

    def test_a_damaged_plan_is_told_of_and_the_rest_counts(
        self, bt: Run, kept: list[str], folder: SessionFolder
    ) -> None:
        (folder.path / "plans" / "2026-01-01-brokenone.toml").write_text("x")
        done = bt(*kept, "due")
        assert "brokenone" in done.err
        assert "Action:" in done.out
        assert "what is in that file is not counted" in done.err
        told = json.loads(bt(*kept, "due", "--json").out)
        assert len(told["damaged"]) == 1
        done = bt(*kept, "due", "--ics", "dates.ics")
        assert "what is in that file is not counted" in done.err
        assert "not counted" not in bt(*kept, "plan", "list").err

    def test_nothing_is_late_only_of_what_can_be_read(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        for kind in ("plans", "projects"):
            (folder.path / kind).mkdir()
            (folder.path / kind / "2026-01-01-brokenone.toml").write_text("x")
        done = bt(*there, "due")
        assert (done.code, done.out) == (0, "")
        assert done.err.endswith(
            "of what can be read, nothing is late, and nothing is due within two weeks\n"
            "what is in those 2 files is not counted here\n"
        )


class TestReports:
    @pytest.mark.parametrize("word", ["plan:latest", "planplan", "Repairs done once"])
    def test_a_plan_by_its_name(self, bt: Run, kept: list[str], word: str) -> None:
        done = bt(*kept, "report", word, "--md")
        assert done.code == 0, done.err
        assert done.out.startswith("# Repairs done once\n")

    def test_a_project_by_its_name(self, bt: Run, kept: list[str]) -> None:
        assert bt(*kept, "report", "projproj", "--md").out.startswith(
            "# No second visit in Ward 4\n"
        )
        done = bt(*kept, "report", "project:latest", "-o", "x.html")
        assert done.code == 0
        assert "<!DOCTYPE html>" in Path("x.html").read_text()

    def test_latest_is_still_the_latest_session(self, bt: Run, kept: list[str]) -> None:
        assert "sessions" in json.loads(bt(*kept, "report", "latest", "--json").out)

    def test_what_could_be_two_things_is_asked_about(
        self, bt: Run, kept: list[str], folder: SessionFolder
    ) -> None:
        made_round(folder.path, title="Repairs done once")
        done = bt(*kept, "report", "Repairs done once", "--md")
        assert (done.code, done.out, len(done.complaints)) == (1, "", 1)
        assert "'round:Repairs done once' or 'plan:Repairs done once'" in done.err

    def test_plans_are_not_compared(self, bt: Run, kept: list[str]) -> None:
        done = bt(*kept, "report", "plan:latest", "project:latest", "--md")
        assert (done.code, done.out, len(done.complaints)) == (1, "", 1)
        assert "stands alone" in done.err

    def test_none_by_that_name(self, bt: Run, kept: list[str]) -> None:
        done = bt(*kept, "report", "nobody", "--md")
        assert (done.code, len(done.complaints)) == (1, 1)
        assert "no session" in done.err
        assert "no plan here goes by 'nobody'" in done.err
        assert "no project" in bt(*kept, "report", "project:nobody", "--md").err


@pytest.mark.parametrize("text", [HOSTILE, "=1+1", "[bold]x[/] {{ 7 * 7 }}", "W" * 900])
def test_hostile_text_reaches_no_terminal(
    bt: Run, there: list[str], folder: SessionFolder, rubric: Rubric, text: str
) -> None:
    PlansFolder(folder.path).create(a_plan(rubric, text))
    ProjectsFolder(folder.path).create(a_project(text))
    for words in (
        ["plan", "list"], ["plan", "show", "latest"], ["plan", "check", "latest"], ["due"],
        ["project", "list"], ["project", "show", "latest"],
    ):  # fmt: skip
        for more in ([], ["--json"]):
            done = bt(*there, *words, *more)
            assert done.code == 0, done.err
            assert not set(UNSAFE.findall(done.out)) - {"\n"}
            assert not set(UNSAFE.findall(done.err)) - {"\n"}


def test_an_action_that_is_done_is_not_due(
    bt: Run, there: list[str], folder: SessionFolder, rubric: Rubric
) -> None:
    plan: Plan = a_plan(rubric)
    for capability, side, state in plan.actions():
        plan = plan.with_side(
            capability.id, side, state.model_copy(update={"state": ActionState.DONE})
        )
    PlansFolder(folder.path).create(plan)
    assert "Ride along" not in bt(*there, "due").out
