"""The demonstration organisation: what a visitor meets first."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bt_assess.cli import main
from bt_assess.core.comparison import Verdict, compare
from bt_assess.core.disclosure import disclose, publication
from bt_assess.core.due import DueKind, due
from bt_assess.core.forecast import WhyNone, forecast
from bt_assess.core.plan_check import check
from bt_assess.core.plan_gap import StageState, stage_views
from bt_assess.core.project_check import check_project
from bt_assess.core.project_parts import Phase
from bt_assess.core.round import ActionState, Step
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import Confidence, Status, score
from bt_assess.core.session import Answer, Session
from bt_assess.core.team import Closeness
from bt_assess.store.folder import SessionFolder
from bt_assess.store.opening import people
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.sealing import unlock
from bt_assess.store.session_file import StoredSession
from docs import make_cycle, make_demo, make_examples, make_round
from docs.make_cycle import EXAMPLE_DAY


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric()


@pytest.fixture
def sessions(checkout: Path) -> dict[str, Session]:
    """By id, the one that started first first."""
    read = list(SessionFolder(checkout / "sessions" / "examples").read_all())
    found = [stored.session for stored in read if isinstance(stored, StoredSession)]
    assert len(found) == len(read), "a damaged file"
    return {s.id: s for s in sorted(found, key=lambda session: session.started)}


def test_the_files_are_what_the_script_writes(checkout: Path, tmp_path: Path) -> None:
    make_examples.write(tmp_path)
    kept = {p.name: p.read_bytes() for p in (checkout / "sessions" / "examples").glob("*.toml")}
    assert kept == {p.name: p.read_bytes() for p in tmp_path.glob("*.toml")}


def test_one_person_answers_three_times_in_a_year_and_two_once(
    sessions: dict[str, Session],
) -> None:
    assert [session.respondent for session in sessions.values()] == [
        "Area manager", "Area manager", "Finance lead", "Head of repairs", "Area manager",
    ]  # fmt: skip
    for session in sessions.values():
        assert session.finished is not None
        assert session.finished < datetime(2026, 11, 21, tzinfo=UTC)
        assert len(session.notes) >= (12 if session.respondent == "Area manager" else 6)
        assert Answer.UNKNOWN in session.answers.values()


def test_the_story_shows_at_once(rubric: Rubric, sessions: dict[str, Session]) -> None:
    latest = sessions["areamanager2026"]
    places = {theme.theme_id: theme for theme in score(rubric, latest.answers).themes}
    assert [name for name, place in places.items() if place.status is Status.MIXED] == [
        "priorities"
    ]
    tentative = [n for n, place in places.items() if place.confidence is Confidence.TENTATIVE]
    assert tentative == ["people"]
    assert Answer.NOT_APPLICABLE in latest.answers.values()
    for before in ("areamanager2025", "areamanagermay2026"):
        changes = compare(rubric, sessions[before], latest).themes
        clear = [c.theme_id for c in changes if c.verdict is Verdict.CLEAR_CHANGE]
        noise = [c.theme_id for c in changes if c.verdict is Verdict.WITHIN_NOISE]
        assert clear == ["leadership", "learning"]
        assert noise == ["people", "frameworks", "change"]


def test_they_never_mix_with_a_persons_own(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The app, started in a checkout, does not look into sessions/examples."""
    shutil.copytree(checkout / "sessions" / "examples", tmp_path / "sessions" / "examples")
    assert main(["list", "--sessions", str(tmp_path / "sessions")]) == 0
    assert "Area manager" not in capsys.readouterr().out


def test_the_round_opens_with_the_passphrase_of_the_readme(
    rubric: Rubric, checkout: Path, tmp_path: Path
) -> None:
    assert f"`{make_round.PASSPHRASE}`" in (checkout / "README.md").read_text(encoding="utf-8")
    examples = checkout / "sessions" / "examples"
    # As git keeps it: without empty folders, without locks.
    shutil.copytree(examples, tmp_path / "s", ignore=shutil.ignore_patterns("unfinished", ".*"))
    folder = RoundsFolder(tmp_path / "s")
    [stored], damaged = folder.all()
    assert damaged == []
    assert (stored.round.step, stored.round.given_in, stored.round.expected) == (Step.CLOSED, 9, 9)
    assert [action.state for action in stored.round.last_actions] == [ActionState.DONE]
    private = unlock(stored.keys, make_round.PASSPHRASE)
    stored = folder.save(stored, stored.round.at_step(Step.DISCUSSING))
    opened = folder.open_all(stored, private, rubric)
    assert opened.in_order
    stored = folder.save(stored, publication(stored.round, opened.names))
    shown = disclose(rubric, stored.round, people(opened))
    assert [t.theme_id for t in shown.themes if t.two_camps] == ["leadership"]
    assert shown.theme("priorities").agreement is Closeness.APART
    assert shown.theme("learning").agreement is Closeness.CLOSE
    assert sum(statement.disputed or False for statement in shown.statements) >= 10
    assert sum(len(statement.notes) for statement in shown.statements) == 9


def test_the_plan_and_the_project_are_what_the_script_writes(
    checkout: Path, tmp_path: Path
) -> None:
    make_cycle.write(tmp_path)
    for folder in ("plans", "projects"):
        kept = (checkout / "sessions" / "examples" / folder).glob("*.toml")
        written = {p.name: p.read_bytes() for p in (tmp_path / folder).glob("*.toml")}
        assert {p.name: p.read_bytes() for p in kept} == written != {}


def test_the_plan_is_in_its_second_stage_and_the_project_in_week_six(
    rubric: Rubric, checkout: Path, sessions: dict[str, Session]
) -> None:
    folder = checkout / "sessions" / "examples"
    [plan], damaged = PlansFolder(folder).all()
    [stored], more = ProjectsFolder(folder).all()
    assert damaged == more == []
    project = stored.thing
    assert [view.state for view in stage_views(plan.thing, EXAMPLE_DAY)] == [
        StageState.DONE, StageState.UNDER_WAY, StageState.AHEAD,
    ]  # fmt: skip
    assert project.phase(EXAMPLE_DAY) is Phase.RUN
    assert project.week(EXAMPLE_DAY) == 6
    assert [each.raised_by for each in project.unanswered()] == ["Call centre lead"]
    assert not isinstance(forecast(project), WhyNone)
    kinds = {each.kind for each in due([plan.thing], [project], (), EXAMPLE_DAY)}
    assert kinds >= {DueKind.OBSTACLE, DueKind.ACTION, DueKind.READING}
    # Nearly all is filled in, and the checks have something to say.
    assert 1 <= len(check(plan.thing, EXAMPLE_DAY)) <= 3
    assert 1 <= len(check_project(project, EXAMPLE_DAY)) <= 2
    # It is after the weakest theme of the session that it came from, by a point of that theme.
    origin = project.origin
    assert origin is not None
    assert origin.evidence is not None
    places = score(rubric, sessions[origin.evidence.id].answers).themes
    weakest = min(places, key=lambda theme: theme.position or 3)
    assert origin.theme_id == weakest.theme_id
    assert origin.point in {point.id for theme in rubric.themes for point in theme.points}
    assert origin.plan == plan.thing.id
    assert plan.thing.capability(origin.capability or "") is not None
    # The app has nothing to take up that is not in it.
    assert [event.ref.id for event in plan.thing.measurements if event.ref] == ["areamanager2026"]


def test_the_demonstration_runs_today_whenever_that_is(rubric: Rubric, tmp_path: Path) -> None:
    # Each day of a week, in summer and winter, years later, and a leap day.
    days = [EXAMPLE_DAY + timedelta(days=n) for n in range(8)]
    for today in (*days, date(2028, 2, 29), date(2031, 7, 6)):
        folder = tmp_path / str(today)
        make_demo.make(folder, today)
        moved = make_demo.moved_to(today)
        _week_six(folder, today)
        [stored], damaged = RoundsFolder(folder).all()
        assert damaged == []
        assert stored.round.created == make_round.DAY + moved
    folder = tmp_path / str(date(2028, 2, 29))
    [stored], _ = RoundsFolder(folder).all()
    opened = RoundsFolder(folder).open_all(
        stored, unlock(stored.keys, make_round.PASSPHRASE), rubric
    )
    assert opened.in_order


def _week_six(folder: Path, today: date) -> None:
    [project], damaged = ProjectsFolder(folder).all()
    assert damaged == []
    assert project.thing.week(today) == 6
    assert project.thing.unanswered()
    finished = [
        stored.session.finished.date()
        for stored in SessionFolder(folder).read_all()
        if isinstance(stored, StoredSession) and stored.session.finished
    ]
    assert today - timedelta(days=30) < max(finished) <= today


def test_on_its_own_day_the_demonstration_is_what_is_kept(checkout: Path, tmp_path: Path) -> None:
    make_demo.make(tmp_path / "demo", EXAMPLE_DAY)
    kept = checkout / "sessions" / "examples"
    for path in kept.rglob("*.toml"):
        assert (tmp_path / "demo" / path.relative_to(kept)).read_bytes() == path.read_bytes()
