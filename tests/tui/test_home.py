"""Home: what is unfinished, what came out last, what is wrong, and which folder it is."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bt_assess.core.compared import Kind
from bt_assess.core.plan import new_plan
from bt_assess.core.project import new_project
from bt_assess.core.project_parts import Obstacle, Origin, Report, Wanted
from bt_assess.core.round import Action, Round
from bt_assess.core.round import Step as RoundStep
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.scoring import score
from bt_assess.core.session import Answer
from bt_assess.report.summary import in_brief
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_session
from bt_assess.tui import desk
from bt_assess.tui.screens.assess import Assess
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.comparing.choose import ChooseToCompare
from bt_assess.tui.screens.due import DuePage
from bt_assess.tui.screens.help import Help
from bt_assess.tui.screens.home import CYCLE, Home, cycle_line
from bt_assess.tui.screens.plans.page import PlanPage
from bt_assess.tui.screens.projects.board import Board
from bt_assess.tui.screens.projects.page import ProjectPage
from bt_assess.tui.screens.results import Results
from tests.store.keys import made as made_round
from tests.tui.kept import DAY, given, grid, keep
from tests.tui.person import at_the_app, choose

TODAY = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_now", lambda: TODAY)


async def test_a_first_visit_says_what_this_is_and_what_becomes_of_the_answers() -> None:
    folder = Path.home() / "org" / "sessions"
    async with at_the_app(folder) as person:
        await person.reads(
            "Where do we stand, and what next?",
            "117 short statements",
            "That takes about 15 minutes, and every answer is saved as you give it.",
            "Answers stay in this folder, in files you can read. Nothing leaves it.",
        )
        assert "sessions  ~/org/sessions" in person.text
        assert "▸ Assess" in person.text
        for not_yet in ("Continue", "Results", "Compare", "Sessions  "):
            assert not_yet not in person.text
    assert not folder.exists(), "looking around made a folder"


async def test_a_folder_too_long_for_the_line_still_shows_where_it_ends(tmp_path: Path) -> None:
    folder = tmp_path / "a-rather-long-name-for-a-folder" / "and-another-one-below-it" / "our-own"
    async with at_the_app(folder) as person:
        await person.sees("our-own")


async def test_what_is_unfinished_comes_first_with_name_count_theme_and_day(
    tmp_path: Path,
) -> None:
    rubric = load_rubric()
    answered = {s.id: Answer.MOSTLY for s in rubric.asked[:64]}
    keep(
        tmp_path, rubric, answered, respondent="Area manager", team="Housing", finished=False,
        started=TODAY - DAY, at=rubric.asked[64].id,
    )  # fmt: skip
    where = rubric.theme_of(rubric.asked[64].id).name
    async with at_the_app(tmp_path) as person:
        await person.sees(f"Area manager · Housing, 64 of 117, in {where}, yesterday")
        assert person.text.index("Continue") < person.text.index("Assess  ")
        assert "▸ Continue" in person.text
        await person.press("enter")
        await person.on(Assess)
        await person.sees("65 of 117")


async def test_of_many_unfinished_ones_the_newest_three_are_there_and_the_rest_counted(
    tmp_path: Path,
) -> None:
    rubric = load_rubric()
    first = {rubric.asked[0].id: Answer.FULLY}
    for age in range(5):
        keep(
            tmp_path, rubric, first, respondent=f"Person {age}", finished=False,
            started=TODAY - age * DAY,
        )  # fmt: skip
    async with at_the_app(tmp_path) as person:
        await person.sees("Person 0", "Person 1", "Person 2", "2 more sessions unfinished")
        assert "Person 3" not in person.text
        await choose(person, "Person 1")
        await person.on(Assess)
        assert person.work.session.respondent == "Person 1"


async def test_an_answer_to_a_statement_that_is_gone_is_not_counted(tmp_path: Path) -> None:
    """As when a newer rubric has dropped it."""
    rubric = grid("33 33 33")
    older = {"id": rubric.id, "version": "0.9"}
    answers = given("33 33 33") | {"theme-a.starting.9": Answer.NOT}
    keep(tmp_path, rubric, answers, finished=False, rubric=older)
    async with at_the_app(tmp_path, rubric) as person:
        await person.sees("Me, 6 of 6")


async def test_the_latest_result_is_told_in_a_line_and_shown_where_there_is_room(
    tmp_path: Path,
) -> None:
    rows = ("333 000 000", "000 333 000", "000 333 000")
    rubric = grid(*rows)
    keep(tmp_path, rubric, given("333 000 000"), started=TODAY - 9 * DAY)
    keep(tmp_path, rubric, given(*rows), respondent="Head", started=TODAY - 2 * DAY)
    brief = in_brief(score(rubric, given(*rows)))
    async with at_the_app(tmp_path, rubric) as person:
        await person.sees(f"19 Nov · {brief}", "Compare")
        assert brief == "two themes developing, one starting"
        await person.pilot.resize_terminal(80, 40)
        await person.sees("Latest result  Head, 19 Nov", "Theme B")
        assert "2.0  ▄ developing" in person.line("Theme B")
        await choose(person, "Results")
        await person.on(Results)
        await person.sees("Head · 19 Nov 2026")


async def test_results_of_another_rubric_are_not_mistaken_for_ours(tmp_path: Path) -> None:
    ours = grid("333 000 000")
    other = ours.model_copy(update={"id": "other-grid"})
    keep(tmp_path, ours, given("333 000 000"), respondent="Ours", started=TODAY - 9 * DAY)
    keep(tmp_path, other, given("000 000 333"), respondent="Theirs")
    keep(tmp_path, other, {}, respondent="Begun", finished=False)
    async with at_the_app(tmp_path, ours, size=(80, 40)) as person:
        await person.sees("one theme starting", "Latest result  Ours")
        assert "Continue" not in person.text


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 file cannot be read as it is: Sessions says why."),
        (2, "2 files cannot be read as they are: Sessions says why."),
    ],
)
async def test_damaged_files_are_told_of(tmp_path: Path, count: int, words: str) -> None:
    for number in range(count):
        (tmp_path / f"2026-01-0{number + 1}-broken.toml").write_text("format = 1\n[session")
    async with at_the_app(tmp_path) as person:
        await person.sees("! ", words, "Sessions")


async def test_a_folder_that_cannot_be_read_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("bt_assess.store.differences._files", refuse)
    async with at_the_app(tmp_path) as person:
        await person.reads("The sessions folder cannot be read", "Permission denied")
        assert isinstance(person.app.screen, Home)


async def test_a_folder_that_vanishes_makes_nobody_new(tmp_path: Path) -> None:
    folder = tmp_path / "sessions"
    folder.mkdir()
    keep(folder, grid("33 33 33"), given("33 33 33"))
    async with at_the_app(folder, grid("33 33 33"), size=(100, 30)) as person:
        await person.sees("1 session kept")
        folder.rename(tmp_path / "taken out")
        await choose(person, "Help")
        await person.on(Help)
        await person.press("escape")
        await person.reads("The folder of your sessions is not there any more:", "Put it back")
        assert "You read" not in person.words
        assert not folder.exists()
        (tmp_path / "taken out").rename(folder)
        await choose(person, "Help")
        await person.on(Help)
        await person.press("escape")
        await person.sees("1 session kept")
        assert "not there any more" not in person.words


async def test_esc_stays_the_question_mark_explains_and_ctrl_q_quits(tmp_path: Path) -> None:
    keep(tmp_path, grid("33 33 33"), given("33 33 33"))
    async with at_the_app(tmp_path) as person:
        await person.press("escape")
        assert isinstance(person.app.screen, Home)
        await person.press("question_mark")
        await person.on(Help)
        await person.reads("Start here. The line at the top is the cycle")
        await person.press("escape")
        await person.on(Home)
        await person.pilot.press("ctrl+q")
        await person.until(lambda: person.app.return_code is not None, "the end")
    assert person.app.return_code == 0
    assert person.app.parting_words == f"All is saved in {tmp_path}"


async def test_who_quits_while_the_folder_is_being_read_is_not_told_of_a_fault(
    tmp_path: Path,
) -> None:
    async with at_the_app(tmp_path) as person:
        home = await person.on(Home)
        # As closing does it, before what reads the folder has heard of it.
        await home.query_one("#menu").remove()
        home.show(home._desk)  # type: ignore[arg-type]  # noqa: SLF001


@pytest.mark.parametrize("year", [1, 9999])
async def test_a_session_from_the_edge_of_the_calendar_is_listed_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    """A clock may be wrong by anything; no file may keep Home from opening."""
    monkeypatch.setenv("TZ", "America/New_York" if year == 1 else "Asia/Tokyo")
    time.tzset()
    edge = datetime(year, 1, 1, tzinfo=UTC) if year == 1 else datetime(year, 12, 31, 23, tzinfo=UTC)
    try:
        keep(tmp_path, grid("33 33 33"), given("33 33 33"), started=edge, finished=False)
        async with at_the_app(tmp_path, grid("33 33 33")) as person:
            await person.sees("Me, 6 of 6")
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("size", [(44, 12), (26, 8)])
async def test_on_a_small_terminal_the_choices_come_before_the_introduction(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_app(tmp_path, size=size) as person:
        await person.sees("▸ Assess", "Round")
        await person.press("down")
        await person.sees("▸ Round")


def obstructed(folder: Path) -> None:
    """A project three weeks on its way, with an obstacle that nobody has answered, and late things."""
    today = TODAY.date()
    began = today - timedelta(days=20)
    action = Action(id="aaaaaaaa", what="Ring back", owner="Bo", due=today - timedelta(days=2))
    project = new_project(
        "projproj", "Fewer second calls", began, leader="Ann",
        wanted=Wanted(measure="Calls", from_=9.0, to=1.0),
    ).with_action(action).launched(began)  # fmt: skip
    raised = today - timedelta(days=8)
    project = project.with_obstacle(Obstacle(id="cccccccc", what="No keys", raised=raised))
    ProjectsFolder(folder).create(project)


async def test_the_cycle_of_a_first_visit_begins_with_assess(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await person.sees("● Assess ── ○ See ── ○ Choose ── ○ Plan ── ○ Do ── ○ Again")
        assert "Next" not in person.text
        await person.sees("▸ Assess")


async def test_the_next_step_is_the_first_row_and_enter_opens_it(tmp_path: Path) -> None:
    keep(tmp_path, grid("33 33 33"), given("33 33 33"), started=TODAY - 3 * DAY)
    async with at_the_app(tmp_path, grid("33 33 33")) as person:
        await person.sees("✓ Assess ── ✓ See ── ● Choose ── ○ Plan ── ○ Do ── ○ Again")
        await person.sees("▸ Next          Choose where to begin")
        await person.press("enter")
        await person.on(Results)


async def test_of_a_project_that_waits_for_its_leader_home_leads_straight_there(
    tmp_path: Path,
) -> None:
    keep(tmp_path, grid("33 33 33"), given("33 33 33"), started=TODAY - 30 * DAY)
    obstructed(tmp_path)
    async with at_the_app(tmp_path, grid("33 33 33")) as person:
        # Nobody made a plan on the way, so that step has no tick.
        await person.sees("✓ Assess ── ✓ See ── ✓ Choose ── ○ Plan ── ● Do ── ○ Again")
        await person.sees("▸ Next          Answer the obstacle waiting since 13 Nov")
        assert "Fewer second calls: week 3 of 9" in person.line("Projects")
        await person.press("enter")
        page = await person.on(ProjectPage)
        assert page.work.project.id == "projproj"
        await person.press("escape")
        await person.on(Board)
        await person.press("escape")
        await person.on(Home)


def reported_back(folder: Path, came_from: Ref) -> None:
    """A project that a session or a round led to, and that has reported three days ago."""
    on = TODAY.date() - timedelta(days=3)
    action = Action(id="aaaaaaaa", what="Ring back", owner="Bo", due=on)
    project = new_project(
        "projproj", "Fewer", on - timedelta(days=63), origin=Origin(evidence=came_from)
    ).with_action(action).launched(on - timedelta(days=63))  # fmt: skip
    ProjectsFolder(folder).create(project.with_report(Report(on=on, result="84 reached")))


async def test_after_a_report_back_nobody_is_compared_with_somebody_else(tmp_path: Path) -> None:
    rubric, may = grid("33 33 33"), TODAY - 180 * DAY
    first = keep(tmp_path, rubric, given("33 00 00"), respondent="Manager", started=may)
    session = read_session(first).session
    reported_back(tmp_path, Ref(kind=Kind.SESSION, id=session.id))
    for name, day in (("Head", may - DAY), ("Manager", may - 90 * DAY), ("Head", TODAY - 2 * DAY)):
        keep(tmp_path, rubric, given("33 33 00"), respondent=name, started=day)
    async with at_the_app(tmp_path, rubric) as person:
        await person.sees("▸ Next          Assess again: what has moved?", "● Again")
        # Proposed for whose session showed the need, not for who answered last.
        await person.press("enter")
        await person.sees("A new assessment", "Manager")
        assert "Head" not in person.text
    keep(tmp_path, rubric, given("33 33 00"), respondent="manager", started=TODAY - 2 * DAY)
    # Who answered last is somebody else.
    keep(tmp_path, rubric, given("33 33 33"), respondent="Head", started=TODAY - DAY)
    async with at_the_app(tmp_path, rubric, size=(100, 30)) as person:
        await person.sees("▸ Next          See what has moved since last time")
        await person.press("enter")
        page = await person.on(Compare)
        assert [item.name for item in page.subject.items] == ["Manager", "manager"]
        assert page.subject.items[0].id == session.id


async def test_what_a_team_has_moved_begins_with_the_choice_as_it_takes_a_passphrase(
    tmp_path: Path,
) -> None:
    for round_id, age in (("beforebefore", 90), ("afterafter", 2)):
        created = TODAY.date() - timedelta(days=age)
        rounds, stored = made_round(tmp_path, id=round_id, created=created)
        done = {**dict(stored.round), "step": RoundStep.DONE}
        rounds.save(stored, Round.model_validate(done))
    reported_back(tmp_path, Ref(kind=Kind.ROUND, id="beforebefore"))
    for name in ("Ann", "Bo"):
        keep(tmp_path, load_rubric(), {}, respondent=name, started=TODAY - 9 * DAY)
    async with at_the_app(tmp_path) as person:
        await person.sees("▸ Next          See what has moved since last time")
        await person.press("enter")
        await person.on(ChooseToCompare)


async def test_an_old_unfinished_session_waits_in_the_menu_and_is_not_the_next_step(
    tmp_path: Path,
) -> None:
    rubric = grid("33 33 33")
    keep(tmp_path, rubric, {}, respondent="Ann", finished=False, started=TODAY - 9 * DAY)
    keep(tmp_path, rubric, given("33 33 33"), respondent="Bo", started=TODAY - 3 * DAY)
    async with at_the_app(tmp_path, rubric) as person:
        await person.sees("● Assess", "▸ Continue")
        assert "Next" not in person.text
    # What counts is Ann's own, even where somebody else's is newer.
    keep(tmp_path, rubric, given("33 33 33"), respondent="ann", started=TODAY - 4 * DAY)
    async with at_the_app(tmp_path, rubric) as person:
        await person.sees("● Choose", "▸ Next          Choose where to begin", "Continue")


async def test_what_is_due_says_that_files_are_missing(tmp_path: Path) -> None:
    obstructed(tmp_path)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "2026-01-01-aaaaaaaa.toml").write_text("format = 1")
    async with at_the_app(tmp_path) as person:
        await choose(person, "Due")
        await person.on(DuePage)
        await person.sees("Without 1 file that cannot be read")


async def test_what_is_due_is_counted_and_listed_and_leads_to_where_it_belongs(
    tmp_path: Path,
) -> None:
    obstructed(tmp_path)
    plan = new_plan("planplan", "North star", TODAY.date())
    plan = plan.with_destination(
        plan.destination.model_copy(update={"by": date(2026, 12, 4)}), TODAY.date()
    )
    PlansFolder(tmp_path).create(plan)
    async with at_the_app(tmp_path) as person:
        await person.sees("Due")
        # The obstacle, the action, the first reading; the mid-point comes, and the plan's day.
        assert "! 3 late · 2 things within two weeks" in person.line("Due")
        await choose(person, "Due")
        await person.on(DuePage)
        await person.sees("Late", "No keys", "Ring back", "Within two weeks", "North star")
        await person.press("end")
        await person.reads("Destination", "North star")
        await person.press("enter")
        page = await person.on(PlanPage)
        assert page.work.plan.id == "planplan"
        await person.press("escape")
        await person.on(DuePage)
        await person.press("escape")
        await person.on(Home)


async def test_where_nothing_is_due_there_is_no_such_row(tmp_path: Path) -> None:
    PlansFolder(tmp_path).new("North star", TODAY.date())
    async with at_the_app(tmp_path) as person:
        await person.sees("North star: being drawn up", "● Plan")
        assert "Due" not in person.text


async def test_the_mark_stays_where_somebody_has_moved_it(tmp_path: Path) -> None:
    """What is read behind the menu must not take it from under their fingers."""
    obstructed(tmp_path)
    async with at_the_app(tmp_path) as person:
        await person.sees("▸ Next")
        await choose(person, "The grid")
        await person.press("escape")
        home = await person.on(Home)
        await person.sees("▸ The grid")
        home._show_rows()  # noqa: SLF001
        await person.settles()
        await person.sees("▸ The grid")


@pytest.mark.parametrize("folder", ["plans", "projects"])
async def test_a_plan_or_project_that_cannot_be_read_is_told_of(
    tmp_path: Path, folder: str
) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "2026-01-01-aaaaaaaa.toml").write_text("format = 1")
    async with at_the_app(tmp_path) as person:
        await person.sees(f"1 {folder[:-1]} cannot be read as it is")


async def test_what_a_writer_that_died_left_behind_is_gone_soon_after_the_start(
    tmp_path: Path,
) -> None:
    PlansFolder(tmp_path).new("North star", TODAY.date())
    obstructed(tmp_path)
    [plan] = (tmp_path / "plans").glob("*.toml")
    [project] = (tmp_path / "projects").glob("*.toml")
    leftovers = [path.with_name(f".{path.name}.abc123.tmp") for path in (plan, project)]
    for leftover in leftovers:
        leftover.write_text("half")
    async with at_the_app(tmp_path) as person:
        await person.until(lambda: not any(path.exists() for path in leftovers), "the sweep")
    assert plan.exists()
    assert project.exists()


def test_the_cycle_is_told_by_marks_and_fits_any_width() -> None:
    for width in range(18, 120):
        for step in range(6):
            line = cycle_line(step, range(step), width)
            assert line.cell_length <= width
            assert f"●{CYCLE[step]}" in line.plain.replace("● ", "●")
            if width >= 58:
                assert line.plain.count("✓") == step
                assert line.plain.count("○") == 5 - step


@pytest.mark.parametrize("size", [(80, 24), (44, 12), (20, 5)])
async def test_the_cycle_and_the_next_step_are_there_at_any_size(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    keep(tmp_path, load_rubric(), {}, respondent="Ann", finished=False, started=TODAY - 99 * DAY)
    keep(tmp_path, load_rubric(), {}, respondent="Bo", finished=False, started=TODAY - 98 * DAY)
    obstructed(tmp_path)
    async with at_the_app(tmp_path, size=size) as person:
        await person.until(lambda: "● Do" in person.text or "●Do" in person.text, "the cycle")
        await person.sees("▸ Next")
        for _ in range(20):
            await person.press("down")
        await person.sees("▸ Help")
