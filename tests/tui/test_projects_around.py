"""Projects and what is around them: where they begin, reports, trouble on disk, odd names."""

import errno
import re
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from bt_assess.core.compared import Kind
from bt_assess.core.plan import Capability
from bt_assess.core.project_parts import (
    CheckIn,
    Needed,
    Obstacle,
    ObstacleAnswer,
    Origin,
    Reading,
    Report,
    Wanted,
)
from bt_assess.core.round import Action
from bt_assess.core.saved_comparison import Ref
from bt_assess.report.making import OfReportBack, made
from bt_assess.store.files import write_atomic
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder, project_text
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_session
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.screens.plans.capabilities import Capabilities
from bt_assess.tui.screens.plans.listed import Plans
from bt_assess.tui.screens.plans.page import PlanPage
from bt_assess.tui.screens.projects.again import Again
from bt_assess.tui.screens.projects.block import BlockPage
from bt_assess.tui.screens.projects.board import Board
from bt_assess.tui.screens.projects.dialogs import NameProject
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.launch import LaunchPage
from bt_assess.tui.screens.projects.listed import Obstacles
from bt_assess.tui.screens.projects.page import ProjectPage
from bt_assess.tui.screens.report_to import ReportTo
from bt_assess.tui.screens.results import Results
from bt_assess.tui.screens.theme_page import ThemePage
from bt_assess.tui.visits import Place, Visit
from tests.core.builders import NOON
from tests.tui.kept import DAY, given, keep
from tests.tui.person import Person, at_the_app, choose
from tests.tui.test_projects import (
    GRID,
    TODAY,
    a_project,
    a_running_one,
    at_project,
    day,
    on_disk,
    open_part,
    saved,
)

LOW, HIGH = ("33 00 00", "33 00 00"), ("00 00 33", "00 00 33")
HOSTILE = "[/] [b]x[@click=app.quit]y[/] \x1b[2J\x1b]0;t\x07 \u202egnp\x00 $primary 日本語"


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))


REPORT = Report(
    on=TODAY, result="From 40 to 12", was_new="Whoever takes the call closes it",
    team_learned="A trial of three days tells more than a month of meetings",
    leader_learned="I had signed each letter for years", morale="'We did that ourselves.'",
    make_it_last="The figure stays on the wall", what_next="The two other districts",
)  # fmt: skip


class TestWhereItBegins:
    async def test_of_a_breakthrough_point_of_a_result(self, tmp_path: Path) -> None:
        path = keep(tmp_path, GRID, given(*LOW), respondent="Ann", team="Housing")
        stored = read_session(path)
        async with at_the_app(tmp_path, GRID) as person:
            person.app.post_message(Visit(Place.RESULTS, stored))
            await person.on(Results)
            await person.press("down", "enter")
            page = await person.on(ThemePage)
            await person.press("b")
            await person.on(Pick)
            await person.press("enter")
            await person.on(NameProject)
            await person.types("Answered within a week\r")
            await person.on(ProjectPage)
            await open_part(person, "c", FormPage)
            await person.reads("From the breakthrough point:")
            await person.press("escape", "escape")
            assert await person.on(ThemePage) is page
        project = on_disk(tmp_path)
        assert (project.title, project.organisation) == ("Answered within a week", "Housing")
        assert project.origin is not None
        assert project.origin.theme_id in {theme.id for theme in GRID.themes}
        assert project.origin.evidence == Ref(kind=Kind.SESSION, id=stored.session.id)

    async def test_of_a_capability_of_a_plan(self, tmp_path: Path) -> None:
        plans = PlansFolder(tmp_path)
        stored = plans.new("Homes", TODAY, organisation="Housing")
        able = Capability(id="aaaaaaaa", name="Answer within two days")
        plans.save(stored, stored.thing.with_capability(able))
        async with at_the_app(tmp_path, GRID) as person:
            await choose(person, "Plan")
            await person.on(Plans)
            await person.until(lambda: "▸" in person.text, "the list")
            await person.press("enter")
            page = await person.on(PlanPage)
            person.app.push_screen(Capabilities(page.work, GRID))
            await person.on(Capabilities)
            await person.press("b")
            await person.on(NameProject)
            await person.reads("Answer within two days")
            await person.types("Two days\r")
            await person.on(ProjectPage)
            await open_part(person, "c", FormPage)
            await person.reads("From the plan Homes: Answer within two days")
        project = on_disk(tmp_path)
        assert project.origin == Origin(plan=stored.thing.id, capability="aaaaaaaa")
        assert project.organisation == "Housing"


class TestTheEnd:
    async def test_the_project_is_written_as_one_page(self, tmp_path: Path) -> None:
        a_running_one(tmp_path, readings=(40, 36, 33, 27))
        async with at_the_app(tmp_path, GRID) as person:
            page = await at_project(person)
            await person.press("e")
            await person.on(ReportTo)
            await person.press("enter", "enter")
            await person.on(ProjectPage)
            await person.reads("Written to")
            assert person.app.screen is page
        [written] = (tmp_path / "home").glob("*.html")
        assert "Answered within a week" in written.read_text()

    async def test_the_report_back_is_written_as_one_page(self, tmp_path: Path) -> None:
        stored = a_running_one(tmp_path, since=60, readings=(40, 36, 33, 27))
        ProjectsFolder(tmp_path).save(stored, stored.thing.with_report(REPORT))
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await person.press("e")
            await person.on(Pick)
            await person.press("enter")
            await person.on(ReportTo)
            await person.press("escape", "a")
            await person.on(Again)
            await person.press("end", "enter")
            await person.on(ReportTo)
            await person.press("enter", "enter")
            await person.on(Again)
            await person.reads("Written to")
        [written] = (tmp_path / "home").glob("*.html")
        text = written.read_text()
        assert "From 40 to 12" in text
        assert "A trial of three days" in text
        assert "Worth another look" not in text

    @pytest.mark.parametrize("again", [False, True])
    async def test_before_and_after_are_those_around_the_project(
        self, tmp_path: Path, again: bool
    ) -> None:
        # An older one is there, and is not what the project is measured by.
        keep(tmp_path, GRID, given(*LOW), started=NOON - 90 * DAY, respondent="Ann")
        path = keep(tmp_path, GRID, given(*LOW), started=NOON, respondent="Ann")
        if again:
            keep(tmp_path, GRID, given(*LOW), started=NOON + 60 * DAY, respondent="Ann")
            # Begun before that one and finished after it.
            keep(
                tmp_path, GRID, given(*HIGH), started=NOON + 30 * DAY, took=60 * DAY,
                respondent="Ann",
            )  # fmt: skip
        before = Ref(kind=Kind.SESSION, id=read_session(path).session.id)
        stored = a_project(tmp_path, origin=Origin(evidence=before))
        action = Action(id="aaaaaaaa", what="Call", owner="Bo", due=TODAY)
        project = stored.thing.with_action(action).launched(NOON.date())
        project = project.with_report(Report(on=TODAY, result="From 40 to 12"))
        ProjectsFolder(tmp_path).save(stored, project)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await person.press("a")
            await person.on(Again)
            await person.press("down", "enter")
            if not again:
                await person.reads("Nobody has assessed since")
                return
            page = await person.on(Compare)
            assert [item.when for item in page.subject.items] == [
                NOON.date(), (NOON + 90 * DAY).date(),
            ]  # fmt: skip

    async def test_assessing_again_is_for_what_is_reported(self, tmp_path: Path) -> None:
        a_running_one(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            page = await at_project(person)
            await person.press("a")
            await person.settles()
            assert person.app.screen is page


@pytest.mark.parametrize(
    ("last", "words"),
    [(27, "Too late for the goal's day"), (10, "The goal is reached; its day was")],
)
async def test_a_day_that_is_past_is_not_foretold(tmp_path: Path, last: int, words: str) -> None:
    stored = a_running_one(tmp_path, since=55, readings=(40, 36, 33, last))
    goal = stored.thing.wanted.changed(by=day(-10))
    ProjectsFolder(tmp_path).save(stored, stored.thing.changed(wanted=goal))
    async with at_the_app(tmp_path, GRID, size=(120, 36)) as person:
        await at_project(person)
        await person.reads(words)
        assert "If all goes on like this" not in person.words
        assert "◌" not in person.text.replace("◌ forecast", "")


def test_a_report_back_is_one_sheet(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    project = a_running_one(tmp_path, since=60, readings=(40, 36, 33, 27)).thing
    rubric = load_rubric()
    sheet = made("pdf", rubric, OfReportBack(project.with_report(REPORT)), TODAY)
    assert isinstance(sheet, bytes)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    for kind in ("md", "html"):
        text = made(kind, rubric, OfReportBack(project.with_report(REPORT)), TODAY)
        assert "The two other districts" in str(text)


class TestTrouble:
    async def test_a_full_disk_is_told_and_keeps_all(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        a_project(tmp_path)
        full = [True]

        def write(path: Path, data: bytes, **more: Any) -> None:
            if full:
                raise OSError(errno.ENOSPC, "No space left on device")
            write_atomic(path, data, **more)

        monkeypatch.setattr("bt_assess.tui.saving.RETRY_SECONDS", 0.05)
        monkeypatch.setattr("bt_assess.store.kept.write_atomic", write)
        async with at_the_app(tmp_path, GRID) as person:
            await at_project(person)
            await open_part(person, "c", FormPage)
            await person.types(" by post")
            await person.reads("not saved", "no space left")
            assert on_disk(tmp_path).function == "Complaints"
            await person.press("escape")
            await person.on(ProjectPage)
            await person.reads("not saved")
            full.clear()
            await person.sees("✓ saved")
            assert on_disk(tmp_path).function == "Complaints by post"

    @pytest.mark.parametrize("sealed", [True, False])
    @pytest.mark.parametrize("keep", [True, False])
    async def test_a_file_changed_meanwhile_is_asked_about(
        self, tmp_path: Path, keep: bool, sealed: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bt_assess.tui.saving.RETRY_SECONDS", 0.05)
        stored = a_project(tmp_path)
        async with at_the_app(tmp_path, GRID) as person:
            page = await at_project(person)
            text = project_text(stored.thing.changed(leader="Somebody else"))
            if not sealed:
                text = stored.path.read_text().replace('leader = "Ann"', 'leader = "Somebody else"')
            stored.path.write_text(text)
            await open_part(person, "c", FormPage)
            await person.types(" by post")
            await person.reads("not saved: its file was changed elsewhere")
            await person.press("escape")
            await person.on(Pick)
            await person.reads("Which of the two counts?", "Somebody else answers for it")
            await person.press(*([] if keep else ["down"]), "enter")
            await person.on(ProjectPage)
            await person.sees("✓ saved")
            if keep:
                await person.reads("Saved as it is here")
                kept = on_disk(tmp_path)
                assert (kept.function, kept.leader) == ("Complaints by post", "Ann")
                [copy] = (tmp_path / "projects" / "archive").glob("*.txt")
                assert copy.read_text() == text
            else:
                await person.reads("Taken as the file has it")
                assert page.work.project.leader == "Somebody else"
                assert on_disk(tmp_path).function == "Complaints"
                await person.press("u")
                await saved(person)
                undone = on_disk(tmp_path)
                assert (undone.function, undone.leader) == ("Complaints by post", "Ann")

    async def test_the_archive_says_why_it_did_not_work(self, tmp_path: Path) -> None:
        stored = a_project(tmp_path)
        other = ProjectsFolder(tmp_path)
        other.hold(stored)
        try:
            async with at_the_app(tmp_path, GRID) as person:
                await choose(person, "Projects")
                await person.on(Board)
                await person.press("a")
                await person.reads("This project is open in another window")
                assert "in the archive" not in person.words
        finally:
            other.release(stored)
        assert stored.path.exists()

    async def test_reading_only_is_said_when_something_is_tried(self, tmp_path: Path) -> None:
        stored = a_running_one(tmp_path)
        other = ProjectsFolder(tmp_path)
        other.hold(stored)
        try:
            async with at_the_app(tmp_path, GRID) as person:
                await at_project(person)
                for letter, page, key in (("l", LaunchPage, "h"), ("o", Obstacles, "n")):
                    await open_part(person, letter, page)
                    person.app.clear_notifications()
                    await person.press(key)
                    await person.reads("here it is to read only")
                    await person.press("escape")
                    await person.on(ProjectPage)
        finally:
            other.release(stored)


async def test_undo_within_a_form_brings_the_fields_back(tmp_path: Path) -> None:
    a_project(tmp_path)
    async with at_the_app(tmp_path, GRID) as person:
        page = await at_project(person)
        await open_part(person, "c", FormPage)
        await person.types(" by post\r")
        await person.press(*["tab"] * 4)
        await person.types("50\r")
        assert page.work.project.wanted.from_ == 50
        await person.press("ctrl+z")
        form = person.app.screen
        assert form.query_one("#ask-from_", Input).value == "40"
        await person.press("ctrl+z")
        assert form.query_one("#ask-function", Input).value == "Complaints"
        await person.press("ctrl+z")
        await person.reads("nothing to undo")
        await saved(person)
    project = on_disk(tmp_path)
    assert (project.function, project.wanted.from_) == ("Complaints", 40)


def _hostile(folder: Path) -> None:
    """A project with the odd text wherever words go."""
    stored = ProjectsFolder(folder).new(
        HOSTILE, day(-40), organisation=HOSTILE, function=HOSTILE, shown_by=HOSTILE,
        why_now=HOSTILE, leader=HOSTILE, leader_gives=HOSTILE, team=(HOSTILE, "Bo"),
        facilitator=HOSTILE, helper=HOSTILE, core_group=(HOSTILE,),
        wanted=Wanted(measure=HOSTILE, unit=HOSTILE, from_=40, to=10),
    )  # fmt: skip
    action = Action(id="aaaaaaaa", what=HOSTILE, owner=HOSTILE, due=TODAY, remark=HOSTILE)
    project = stored.thing.with_action(action).launched(day(-30))
    project = project.with_needed(Needed(id="bbbbbbbb", what=HOSTILE, who=HOSTILE))
    blocks = [block.model_copy(update={"notes": HOSTILE}) for block in project.launch.blocks]
    project = project.with_blocks([dict(block) for block in blocks])  # type: ignore[misc]
    project = project.with_reading(Reading(on=day(-20), value=36, note=HOSTILE))
    said = CheckIn(on=day(-20), done=HOSTILE, next=HOSTILE, in_the_way=HOSTILE)
    project = project.with_check_in(said)
    for name in ("cccccccc", "dddddddd"):
        obstacle = Obstacle(id=name, what=HOSTILE, raised=day(-20), raised_by=HOSTILE)
        project = project.with_obstacle(obstacle)
    project = project.answered("cccccccc", ObstacleAnswer.REMOVED, day(-10), HOSTILE, day(-1))
    project = project.with_report(Report(result=HOSTILE, was_new=HOSTILE, what_next=HOSTILE))
    ProjectsFolder(folder).save(stored, project)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_odd_names_are_only_words(tmp_path: Path, size: tuple[int, int]) -> None:
    _hostile(tmp_path)
    async with at_the_app(tmp_path, GRID, size=size) as person:
        page = await at_project(person)
        for letter in "cgplwomrk":
            await person.press(letter)
            assert person.app.screen is not page
            _is_tame(person)
            if letter == "l":
                await person.press("down", "enter")
                await person.on(BlockPage)
                _is_tame(person)
                await person.press("n")
                await person.on(FormPage)
                _is_tame(person)
            elif letter in "po":
                await person.press("down", "down", "enter")
                _is_tame(person)
            await person.goes_back_to(page)
        await person.press("s")
        _is_tame(person)
        await person.types(f"{HOSTILE.replace(chr(27), '').replace(chr(0), '')}\r")
        await person.on(ProjectPage)
        _is_tame(person)
        await person.press("escape")
        await person.on(Board)
        _is_tame(person)
        await person.press("a")
        await person.reads("in the archive")
        _is_tame(person)


async def test_odd_names_typed_into_every_field(tmp_path: Path) -> None:
    stored = a_running_one(tmp_path)
    obstacle = Obstacle(id="cccccccc", what="Keys", raised=TODAY)
    ProjectsFolder(tmp_path).save(stored, stored.thing.with_obstacle(obstacle))
    async with at_the_app(tmp_path, GRID) as person:
        page = await at_project(person)
        for letter in "cgmr":
            await open_part(person, letter, FormPage)
            form = person.app.screen
            for field in form.query("Input, TextArea"):
                field.focus()
                await person.settles()
                if isinstance(field, TextArea):
                    field.insert(HOSTILE)
                else:
                    assert isinstance(field, Input)
                    field.insert_text_at_cursor(HOSTILE)
                await person.settles()
                _is_tame(person)
            # Once is told what does not fit, then it goes without.
            await person.goes_back_to(page)
        await saved(person)
    text = ProjectsFolder(tmp_path).all()[0][0].path.read_text()
    assert "[@click=app.quit]" in text
    assert not {"\x1b", "\x07", "\u202e", "\x00"} & set(text)


def _is_tame(person: Person) -> None:
    assert not {"\x1b", "\x07", "\u202e", "\x00"} & set(person.text)
