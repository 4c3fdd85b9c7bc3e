"""A report from the screen: as what, under which name, in which folder; written whole or not at all."""

import errno
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from bt_assess.report.making import ENDINGS
from bt_assess.tui import reporting
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.report_to import FORMATS, ReportTo
from bt_assess.tui.screens.results import Results
from tests.core.builders import NOON
from tests.tui.kept import DAY, given, grid, keep
from tests.tui.person import Person, at_the_app, choose

GRID = grid("33 33 33")
NAME = "bt-assess-report-2026-03-02"


async def at_the_dialog(person: Person) -> None:
    await choose(person, "Results")
    await person.on(Results)
    await person.press("r")
    await person.on(ReportTo)


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    keep(tmp_path, GRID, given("33 33 33"), respondent="Ada [b]Lovelace[/b]")
    return tmp_path


@pytest.mark.parametrize("place", range(len(FORMATS)), ids=list(FORMATS))
async def test_every_format_is_written_into_the_home_folder(sessions: Path, place: int) -> None:
    if list(FORMATS)[place] == "PDF":
        pytest.importorskip("typst")
    ending = list(FORMATS.values())[place][0]
    async with at_the_app(sessions, GRID, size=(100, 30)) as person:
        await at_the_dialog(person)
        await person.reads("A report of Ada [b]Lovelace[/b]")
        await person.press(*["right"] * place, "enter", "enter")
        await person.reads("Written to")
        await person.on(Results)
    written = Path.home() / f"{NAME}{ending}"
    data = written.read_bytes()
    match ending:
        case ".html":
            assert b"<!DOCTYPE html>" in data
            assert b"Ada [b]Lovelace" in data
        case ".pdf":
            assert data.startswith(b"%PDF-")
        case ".xlsx":
            assert zipfile.ZipFile(written).testzip() is None
        case ".json":
            assert json.loads(data)["sessions"][0]["session"]["respondent"].startswith("Ada")
        case _:
            assert b"Lovelace" in data
    assert [*Path.home().glob(".*.tmp")] == []


def test_the_dialog_has_every_format() -> None:
    assert {ENDINGS[ending] for ending, _ in FORMATS.values()} == set(ENDINGS.values())


async def test_a_folder_is_opened_and_a_name_that_is_taken_gets_a_number(sessions: Path) -> None:
    target = Path.home() / "[b]odd folder"
    target.mkdir()
    (Path.home() / f"{NAME}.html").write_text("mine")
    async with at_the_app(sessions, GRID, size=(100, 30)) as person:
        await at_the_dialog(person)
        assert person.app.screen.query_one(Input).value == f"{NAME}-2.html"
        await person.press("tab", "tab")
        await person.sees("▸ ..", "[b]odd folder/")
        await person.press("down", "enter")
        await person.sees(f"in  {target}")
        await person.press("ctrl+s")
        await person.reads("Written to")
    assert (target / f"{NAME}-2.html").exists()
    assert (Path.home() / f"{NAME}.html").read_text() == "mine"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("report.exe", "The name should end in .html"),
        ("", "The name should end in .html"),
        ("taken.html", "There is a file of that name already."),
        ("nowhere/report.html", "There is no such folder."),
        ("~nosuchuser/report.html", "There is no such folder."),
        (f"{'n' * 300}/report.html", "That folder cannot be used: "),
    ],
)
async def test_what_cannot_be_written_is_said_in_the_dialog(
    sessions: Path, typed: str, fault: str
) -> None:
    (Path.home() / "taken.html").write_text("mine")
    async with at_the_app(sessions, GRID, size=(100, 30)) as person:
        await at_the_dialog(person)
        await person.press("enter", "ctrl+u")
        await person.types(f"{typed}\r")
        await person.reads(fault)
        assert isinstance(person.app.screen, ReportTo)
    assert (Path.home() / "taken.html").read_text() == "mine"


async def test_a_full_disk_leaves_nothing_half_written(
    sessions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(reporting, "write_atomic", full)
    async with at_the_app(sessions, GRID, size=(100, 30)) as person:
        await at_the_dialog(person)
        await person.press("enter", "enter")
        await person.reads("Not written: no space left on device.")
        await person.on(Results)
    assert [*Path.home().glob("bt-assess*")] == []


@pytest.mark.parametrize("size", [(44, 12), (80, 24), (20, 5)])
async def test_the_dialog_bears_any_size(sessions: Path, size: tuple[int, int]) -> None:
    async with at_the_app(sessions, GRID, size=(80, 24)) as person:
        await at_the_dialog(person)
        await person.pilot.resize_terminal(*size)
        await person.press("enter", "enter")
        await person.on(Results)
    assert (Path.home() / f"{NAME}.html").exists()


async def test_a_comparison_is_written_with_its_two_times(tmp_path: Path) -> None:
    keep(tmp_path, GRID, given("33 00 00"), respondent="Ada", started=NOON - DAY)
    keep(tmp_path, GRID, given("00 00 33"), respondent="Ada")
    async with at_the_app(tmp_path, GRID, size=(100, 30)) as person:
        await choose(person, "Compare")
        await person.on(Compare)
        await person.press("r")
        await person.on(ReportTo)
        await person.reads("A report of this comparison")
        await person.press("enter", "enter")
        await person.reads("Written to")
    [written] = Path.home().glob("bt-assess-report-*.html")
    text = written.read_text(encoding="utf-8")
    assert "Before and after" in text
    assert "clear change" in text
