"""Sessions: tags, lists that are longer than anybody reads, and what changes while one looks."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.css.query import NoMatches

from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import read_session
from bt_assess.tui.screens.results import Results
from bt_assess.tui.screens.sessions import Sessions
from bt_assess.tui.screens.tags import Tags
from bt_assess.tui.session_rows import BLOCK
from bt_assess.tui.visits import FolderShown
from tests.core.builders import NOON
from tests.tui.kept import DAY, given, grid, keep
from tests.tui.person import Person, at_the_app, choose

GRID = grid("33 33 33")
MANY = 3 * BLOCK + 7


def tags_of(path: Path) -> tuple[str, ...]:
    return read_session(path).session.tags


@pytest.fixture
def many(tmp_path: Path) -> list[Path]:
    """More sessions than are read at a time; person 0 is the newest."""
    return [
        keep(tmp_path, GRID, given("33 33 33"), respondent=f"P{n:03}", team=f"T{n % 3}",
             started=NOON - timedelta(hours=n))
        for n in range(MANY)
    ]  # fmt: skip


async def at_sessions(person: Person) -> None:
    await choose(person, "Sessions")
    await person.on(Sessions)


async def test_tags_are_kept_with_the_session_and_found(tmp_path: Path) -> None:
    first = keep(tmp_path, GRID, given("33 33 33"), respondent="Ada")
    other = keep(tmp_path, GRID, given("00 00 00"), respondent="Bo", started=NOON - DAY)
    before = read_session(first).session
    async with at_the_app(tmp_path, GRID) as person:
        await at_sessions(person)
        await person.press("t")
        await person.on(Tags)
        await person.types("board, [b]x[/b] ,, region north\r")
        await person.on(Sessions)
        await person.sees("#board  #[b]x[/b]  #region north")
        await person.press("slash")
        await person.types("region")
        await person.sees("1 of 2")
        assert "Bo" not in person.text
        await person.press("escape")
        # Of two that are marked, what both have is there to change; what one has stays.
        await person.press("space", "space", "t")
        await person.on(Tags)
        await person.reads("Tags for 2 sessions", "In use: [b]x[/b], board, region north")
        await person.types("both\r")
        await person.on(Sessions)
        await person.sees("#both")
    assert tags_of(first) == ("board", "[b]x[/b]", "region north", "both")
    assert tags_of(other) == ("both",)
    now = read_session(first).session
    assert (now.answers, now.finished, now.respondent) == (before.answers, before.finished, "Ada")


async def test_a_day_as_the_list_writes_it_finds_that_day_only(tmp_path: Path) -> None:
    for day in (1, 31, 21):
        started = datetime(2026, 3, day, 12, tzinfo=UTC)
        keep(tmp_path, GRID, given("33 33 33"), respondent=f"Day{day}", started=started)
    bad = tmp_path / "2026-03-31-broken.toml"
    bad.write_text("[", encoding="utf-8")
    async with at_the_app(tmp_path, GRID) as person:
        await at_sessions(person)
        await person.sees("1 file cannot be read")
        for words, count in (("1 Mar 2026", 1), ("31 mar", 1), ("Mar 2026", 3), ("2 Mar", 0)):
            await person.press("slash", "ctrl+u")
            await person.types(words)
            await person.until(lambda n=count: f"{n} of 3" in person.text, words)  # type: ignore[misc]
            if words == "1 Mar 2026":
                assert "Day1 " in person.text


async def test_tags_of_a_session_that_is_open_elsewhere_stay_as_they_are(tmp_path: Path) -> None:
    path = keep(tmp_path, GRID, given("33 33 33"), respondent="Ada")
    lock = SessionFolder(tmp_path).lock(path)
    try:
        async with at_the_app(tmp_path, GRID) as person:
            await at_sessions(person)
            await person.press("t")
            await person.on(Tags)
            await person.types("board\r")
            await person.reads("Ada is open in another window.")
    finally:
        lock.release()
    assert tags_of(path) == ()


async def test_a_long_list_is_walked_from_end_to_end_and_sorted(
    tmp_path: Path, many: list[Path]
) -> None:
    async with at_the_app(tmp_path, GRID) as person:
        await at_sessions(person)
        await person.sees(f"{MANY} · newest first")
        await person.until(lambda: "▸" in person.line("□"), "the mark")
        assert "P000" in person.line("□")
        await person.press("end")
        await person.sees(f"P{MANY - 1}")
        await person.press("up")
        assert f"P{MANY - 2}" in next(x for x in person.text.splitlines() if "▸" in x)
        await person.press("enter")
        await person.on(Results)
        await person.sees(f"P{MANY - 2}")
        await person.press("escape")
        await person.on(Sessions)
        # The mark is where it was, three pages down.
        await person.until(
            lambda: any("▸" in x and f"P{MANY - 2}" in x for x in person.text.splitlines()),
            "the mark where it was",
        )
        await person.press("s", "home")
        await person.sees("by name", "P000")
        await person.press("s", "home")
        await person.sees("by team")
        assert "T0" in person.line("□")
        await person.press("end")
        await person.until(
            lambda: any("▸" in x and "T2" in x for x in person.text.splitlines()), "the last team"
        )


async def test_what_is_deleted_and_added_meanwhile_is_noticed(
    tmp_path: Path, many: list[Path]
) -> None:
    async with at_the_app(tmp_path, GRID) as person:
        await at_sessions(person)
        await person.sees("P000")
        many[0].unlink()
        keep(tmp_path, GRID, given("33 33 33"), respondent="Newcomer", started=NOON + DAY)
        await person.press("enter")
        await person.reads("there is no such file")
        assert isinstance(person.app.screen, Sessions)
        await person.until(lambda: "P000" not in person.text, "the list without it")
        await person.press("escape")
        await at_sessions(person)
        await person.sees("Newcomer", f"{MANY} · newest first")


async def test_a_catalogue_damaged_under_an_open_page_is_read_anew(many: list[Path]) -> None:
    """By a disk, or by a program that copies folders: the list comes back by itself."""
    folder = many[0].parent
    async with at_the_app(folder, GRID) as person:
        await at_sessions(person)
        await person.sees(f"{MANY} · ")
        for file in folder.glob(".catalogue.sqlite*"):
            file.write_bytes(b"not a database " * 400)
        await person.press("slash")
        await person.types("P00")
        await person.sees(f"10 of {MANY}", "P009")


async def test_a_page_that_is_emptied_while_the_folder_is_looked_at_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the app closes: there is no list any more that could be filled."""
    keep(tmp_path, GRID, given("33 33 33"))
    asked = []

    def emptied(page: Sessions) -> None:
        asked.append(page)
        raise NoMatches("no list")

    monkeypatch.setattr(Sessions, "show_checked", emptied)
    async with at_the_app(tmp_path, GRID) as person:
        await choose(person, "Sessions")
        page = await person.on(Sessions)
        page.post_message(FolderShown())
        await person.until(lambda: page in asked, "a look at the folder")
