"""Results, its themes, Compare, Sessions, The grid, Help and the palette, with the keyboard alone."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from bt_assess.core.advice import suggestions
from bt_assess.core.rubric import Rubric, Stage
from bt_assess.core.scoring import Status, score
from bt_assess.store.folder import ARCHIVE
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_session
from bt_assess.tui.page import Page
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.screens.export import ExportTo
from bt_assess.tui.screens.grid import Grid
from bt_assess.tui.screens.help import Help
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.results import Results
from bt_assess.tui.screens.sessions import Sessions
from bt_assess.tui.screens.theme_page import ThemePage
from bt_assess.tui.widgets.rows import RowList
from tests.core.builders import rubric as small_rubric
from tests.core.builders import theme_data
from tests.tui.person import Person, at_the_app

NEWEST = "2026-11-12-areamanager2026.toml"


@pytest.fixture
def folder(tmp_path: Path, checkout: Path) -> Path:
    """The demonstration organisation, a copy."""
    return Path(shutil.copytree(checkout / "sessions" / "examples", tmp_path / "sessions"))


@pytest.fixture
def rubric() -> Rubric:
    return load_rubric()


async def choose(person: Person, step: str) -> None:
    """Open a step of Home by its name."""
    await person.on(Home)
    await person.sees(step)
    await person.press("home")
    for _ in range(12):
        line = next(line for line in person.text.splitlines() if "▸" in line)
        if step in line:
            break
        await person.press("down")
    await person.press("enter")


def words_of(text: str) -> str:
    """Text as one line, so that where it wraps does not matter."""
    return " ".join(text.replace("│", " ").split())


async def test_results_show_every_theme_with_its_place_and_words(
    folder: Path, rubric: Rubric
) -> None:
    session = read_session(folder / NEWEST).session
    async with at_the_app(folder) as person:
        await choose(person, "Results")
        await person.on(Results)
        await person.sees("Area manager · Northfield Homes", "117 of 117 answered")
        lines = person.text.splitlines()
        for found in score(rubric, session.answers).themes:
            name = rubric.theme(found.theme_id).short
            line = next(line for line in lines if line.strip(" ▸").startswith(name))
            if found.status is Status.MIXED:
                assert "mixed picture" in line
                continue
            assert f"{found.position:.1f}" in line
            assert str(found.stage) in line
            assert "●" in line


async def test_a_theme_opens_to_strands_statements_and_points_with_their_reasons(
    folder: Path, rubric: Rubric
) -> None:
    session = read_session(folder / NEWEST).session
    theme = rubric.themes[-1]
    found = score(rubric, session.answers).theme(theme.id)
    async with at_the_app(folder, size=(100, 200)) as person:
        await choose(person, "Results")
        await person.on(Results)
        await person.press("up", "enter")
        await person.on(ThemePage)
        await person.sees("How true each stage is")
        text = words_of(person.text)
        for strand in theme.strands:
            assert strand.name in text
        for suggestion in suggestions(theme, found, session.answers):
            assert suggestion.point.text in text
            for statement in suggestion.statements[:3]:
                word = session.answers[statement.id].label.split()[0].casefold()
                assert f"{word} {statement.text}" in text
        await person.press("right")
        await person.sees(rubric.themes[0].complaint)


async def test_sessions_are_searched_sorted_marked_and_compared(folder: Path) -> None:
    async with at_the_app(folder) as person:
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.sees("5 · newest first")
        await person.press("s")
        await person.sees("by name")
        await person.press("slash", *"area", "enter")
        await person.sees("3 of 5")
        await person.until(lambda: isinstance(person.app.focused, RowList), "the list's turn")
        await person.press("space", "space")
        await person.sees("2 marked")
        await person.press("c")
        await person.on(Compare)
        await person.sees("Area manager · Northfield Homes", "19 May 2026 → 12 Nov 2026")
        await person.press("escape")
        await person.on(Sessions)


@pytest.mark.parametrize("ending", ["csv", "json"])
async def test_sessions_are_exported(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.chdir(tmp_path)
    target = tmp_path / f"out.{ending}"
    async with at_the_app(folder) as person:
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.press("space", "space", "e")
        await person.on(ExportTo)
        await person.press("ctrl+u", *target.name, "enter")
        await person.sees("Written to")
        if ending == "csv":
            rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
            assert len(rows) == 2 * 117
            assert {row["session"] for row in rows} == {"areamanager2026", "headofrepairs2026"}
        else:
            found = json.loads(target.read_text(encoding="utf-8"))
            assert len(found["sessions"]) == 2
        await person.press("e")
        await person.on(ExportTo)
        await person.press("ctrl+u", *target.name, "enter")
        await person.sees("There is a file of that name already")


async def test_a_session_is_put_aside_and_taken_back(folder: Path) -> None:
    async with at_the_app(folder) as person:
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.press("a")
        await person.sees("4 · newest first")
        assert (folder / ARCHIVE / NEWEST).exists()
        await person.press("v")
        await person.sees("Archived sessions")
        await person.press("a", "v")
        await person.sees("5 · newest first")
        assert (folder / NEWEST).exists()


async def test_damaged_and_changed_files_are_told_of_and_a_changed_one_is_accepted(
    folder: Path,
) -> None:
    changed = folder / NEWEST
    changed.write_text(changed.read_text().replace('"fully"', '"mostly"', 3))
    damaged = folder / "2026-01-01-broken.toml"
    damaged.write_text("format = 1\n[session")
    async with at_the_app(folder) as person:
        await person.sees("2 files cannot be read as they are")
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.sees("Cannot be read as they are", damaged.name, changed.name)
        await person.press("home")
        if NEWEST not in next(line for line in person.text.splitlines() if "▸" in line):
            await person.press("down")
        await person.press("enter")
        await person.on(Confirm)
        await person.sees("This file has changed", "when it was saved")
        await person.press("enter")
        await person.sees("5 · 1 file cannot be read")
        assert read_session(changed).session.id == "areamanager2026"
        assert damaged.read_text() == "format = 1\n[session"


async def test_a_session_of_another_rubric_is_listed_and_not_opened(folder: Path) -> None:
    other = small_rubric(theme_data("333 333 333"))
    async with at_the_app(folder, other) as person:
        await person.sees("Sessions")
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.sees("other rubric")
        await person.press("enter")
        await person.sees("cannot be opened")
        assert isinstance(person.app.screen, Sessions)


async def test_the_grid_shows_every_statement_and_point(tmp_path: Path, rubric: Rubric) -> None:
    async with at_the_app(tmp_path, size=(100, 300)) as person:
        await choose(person, "The grid")
        await person.on(Grid)
        for theme in rubric.themes:
            await person.sees(f"The grid › {theme.name}")
            text = words_of(person.text)
            for statement in theme.statements:
                assert statement.text in text
            for point in theme.points:
                assert point.text in text
            for stage in Stage:
                assert theme.summaries.of(stage) in text
            await person.press("right")


async def test_help_explains_the_page_it_was_asked_from(folder: Path) -> None:
    async with at_the_app(folder, size=(100, 60)) as person:
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.press("question_mark")
        await person.on(Help)
        text = words_of(person.text)
        assert words_of(Sessions.ABOUT) in text
        for binding in Sessions.BINDINGS:
            if getattr(binding, "tooltip", ""):
                assert binding.tooltip in text  # type: ignore[union-attr]
        await person.press("escape")
        await person.on(Sessions)


async def test_the_palette_has_every_key_of_a_page_with_a_sentence(folder: Path) -> None:
    async with at_the_app(folder) as person:
        await choose(person, "Results")
        page = await person.on(Results)
        commands = {c.title: c.help for c in person.app.get_system_commands(page)}
        assert all(commands.values())
        for title in ("Compare", "Export", "Answers", "The grid", "Sessions", "New assessment",
                      "Quit", "Help", "Light colours", "Show stages while answering"):  # fmt: skip
            assert title in commands
        await person.press("ctrl+p")
        await person.pilot.pause(0.1)
        await person.press(*"light", "enter")
        await person.until(lambda: person.app.theme == "bt-light", "the light look")


SIZES = [(80, 24), (20, 5), (1, 1), (200, 50), (40, 12)]


@pytest.mark.parametrize("step", ["Assess", "Results", "Compare", "Sessions", "The grid", "Help"])
async def test_every_page_bears_every_size(folder: Path, step: str) -> None:
    async with at_the_app(folder) as person:
        await choose(person, step)
        await person.until(lambda: not isinstance(person.app.screen, Home))
        for size in (*SIZES, *reversed(SIZES)):
            await person.pilot.resize_terminal(*size)
            await person.pilot.pause()
        await person.pilot.resize_terminal(80, 24)
        await person.pilot.pause(0.05)
        assert "esc" in person.text
        if isinstance(person.app.screen, Page):
            assert re.search(r"\? (help|all keys)", person.text)


async def test_without_colour_marks_and_words_say_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_the_app(folder) as person:
        await choose(person, "Results")
        await person.on(Results)
        await person.sees("▸ In short", "●", "developing")
        assert person.app.no_color
