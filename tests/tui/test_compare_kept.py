"""Targets, and comparisons that are kept under a name; with the keyboard alone."""

from pathlib import Path

import pytest

from bt_assess.core.saved_comparison import View
from bt_assess.core.text import UNSAFE
from bt_assess.store import comparisons
from bt_assess.store.comparisons import ComparisonsFolder, StoredComparison
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.comparing.choose import ChooseToCompare
from bt_assess.tui.screens.comparing.dialogs import NameIt
from bt_assess.tui.screens.comparing.targets import Targets
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.screens.home import Home
from tests.core.builders import NOON
from tests.tui.kept import keep
from tests.tui.person import Person, at_the_app
from tests.tui.test_compare import RUBRIC, YEAR, all_answers, choosing, comparing, row_of

FIRST = RUBRIC.themes[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Somebody who was starting, then developing."""
    for n, stage in enumerate((1, 2)):
        keep(tmp_path, RUBRIC, all_answers(stage), respondent="Ada", started=NOON + n * YEAR)
    return tmp_path


def kept(folder: Path) -> list[StoredComparison]:
    found, damaged = ComparisonsFolder(folder).all()
    assert not damaged
    return found


async def aims(person: Person, *keys: str) -> None:
    """Set targets with these keys."""
    await person.press("t")
    await person.on(Targets)
    await person.press(*keys, "enter")
    await person.on(Compare)


async def names(person: Person, name: str) -> None:
    await person.press("s")
    await person.on(NameIt)
    await person.press("ctrl+u")
    await person.types(f"{name}\r")


@pytest.mark.parametrize(
    ("keys", "target", "row", "words"),
    [
        (["right"] * 5, 2.5, "◇ 2.5 67 %", "67 % of the way"),
        (["right"] * 20, 3.0, "◇ 3.0 50 %", "50 % of the way"),
        (["left"] * 5, 1.5, "◇ 1.5 reached", "reached"),
        (["left"] * 30, 1.0, "◇ 1.0 –", "it was there at first, and is now"),
        (["right", "right", "left", "delete"], None, "", ""),
    ],
    ids=["on", "most", "reached", "least", "none"],
)
async def test_a_target_shows_with_how_much_of_the_way_is_done(
    folder: Path, keys: list[str], target: float | None, row: str, words: str
) -> None:
    async with at_the_app(folder) as person:
        page = await comparing(person)
        await aims(person, *keys)
        assert page.subject.targets.get(FIRST.id) == target
        assert len(page.subject.targets) == (target is not None)
        line = row_of(person.text, FIRST.short)
        assert row in " ".join(line.split())
        assert ("◇" in line) == (target is not None)
        if target is not None:
            await person.sees(f"target: {words}")
            await person.press("2")
            await person.sees("◇ target", f"◇ {target:.1f}")


async def test_a_theme_without_a_place_has_nothing_to_measure_from(tmp_path: Path) -> None:
    keep(tmp_path, RUBRIC, respondent="Ada")
    keep(tmp_path, RUBRIC, all_answers(2), respondent="Ada", started=NOON + YEAR)
    async with at_the_app(tmp_path) as person:
        await comparing(person)
        await aims(person, "right")
        await person.sees("no way to measure: not enough answers at first")


async def test_esc_leaves_the_targets_as_they_were(folder: Path) -> None:
    async with at_the_app(folder) as person:
        page = await comparing(person)
        await person.press("t", "right", "right", "escape")
        await person.on(Compare)
        assert not page.subject.targets


async def test_what_is_kept_is_found_again_with_its_targets_and_its_view(folder: Path) -> None:
    async with at_the_app(folder) as person:
        await comparing(person)
        await aims(person, *["right"] * 5, "down", "left")
        await person.press("x", "2")
        await names(person, "Our year")
        await person.on(Compare)
        await person.sees("Kept as 'Our year'")
        [stored] = kept(folder)
        assert stored.comparison.view is View.TREND
        assert stored.comparison.targets == {FIRST.id: 2.5, RUBRIC.themes[1].id: 1.9}
        await person.press("c")
        await person.on(ChooseToCompare)
        await person.sees("Our year", "trend · 2 compared · 2 targets")
    async with at_the_app(folder) as person:
        await choosing(person)
        await person.press("home", "enter")
        page = await person.on(Compare)
        await person.sees("Our year", "● where it stood", "◇ 2.5")
        # Before and after are as they were kept: swapped.
        assert page.subject.before.when > page.subject.after.when
        assert dict(page.subject.targets) == stored.comparison.targets
        # It has a name, so what is set now is kept at once.
        await aims(person, "delete")
        await person.until(lambda: FIRST.id not in kept(folder)[0].comparison.targets, "the target")
        await person.press("escape")
        await person.on(ChooseToCompare)


async def test_targets_without_a_name_are_not_lost_unasked(folder: Path) -> None:
    async with at_the_app(folder) as person:
        await comparing(person)
        await aims(person, "right")
        await person.press("escape")
        await person.on(NameIt)
        await person.reads("The targets are not saved yet")
        await person.types("Aims\r")
        await person.on(Home)
        assert [s.comparison.name for s in kept(folder)] == ["Aims"]
        await comparing(person)
        await aims(person, "right")
        await person.press("escape", "escape")
        await person.on(Home)
        assert len(kept(folder)) == 1


async def test_a_name_is_taken_once_and_another_makes_another(folder: Path) -> None:
    async with at_the_app(folder) as person:
        page = await comparing(person)
        await names(person, "One")
        await person.on(Compare)
        await names(person, "Two")
        await person.on(Compare)
        assert page.stored is not None
        assert page.stored.comparison.name == "Two"
        await names(person, "one")
        await person.reads("There is a comparison of that name already")
        await person.press("ctrl+u", "enter")
        await person.reads("It needs a name")
        await person.press("escape")
        # The same name again writes over itself.
        await person.press("3")
        await names(person, "Two")
        await person.on(Compare)
        found = {s.comparison.name: s.comparison.view for s in kept(folder)}
        assert found == {"One": View.CHANGE, "Two": View.BESIDE}


async def test_kept_comparisons_are_renamed_and_deleted_with_a_question(folder: Path) -> None:
    async with at_the_app(folder) as person:
        await comparing(person)
        await names(person, "One")
        await person.on(Compare)
        await person.press("c")
        page = await person.on(ChooseToCompare)
        await person.press("home", "n")
        await person.on(NameIt)
        await person.press("ctrl+u")
        await person.types("[b]Uno[/]\r")
        await person.on(ChooseToCompare)
        await person.sees("[b]Uno[/]")
        assert not UNSAFE.search(person.text.replace("\n", ""))
        await person.press("home", "d")
        await person.on(Confirm)
        await person.press("escape")
        assert len(kept(folder)) == 1
        await person.press("home", "d", "enter")
        await person.until(lambda: not kept(folder), "the end of it")
        await person.until(lambda: "Uno" not in person.text, "the list without it")
        # Sessions and rounds are not deleted here.
        await person.press("home", "d", "n")
        assert person.app.screen is page


async def test_what_cannot_be_written_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(comparisons, "write_atomic", full)
    async with at_the_app(folder) as person:
        await comparing(person)
        await names(person, "One")
        await person.reads("Not saved: no space left")
        assert isinstance(person.app.screen, NameIt)


async def test_what_is_gone_is_told_of(folder: Path) -> None:
    keep(folder, RUBRIC, all_answers(3), respondent="Ada", started=NOON + 2 * YEAR)
    async with at_the_app(folder) as person:
        await comparing(person)
        await person.press("2", "w")
        await person.sees("3 chosen")
        await names(person, "Three")
        await person.on(Compare)
    paths = sorted(folder.glob("*.toml"))
    paths[0].unlink()
    async with at_the_app(folder) as person:
        await choosing(person)
        await person.press("home", "enter")
        page = await person.on(Compare)
        await person.reads("1 thing that it compares cannot be found any more")
        assert len(page.subject.items) == 2
    paths[1].unlink()
    keep(folder, RUBRIC, all_answers(1), respondent="Bob")
    async with at_the_app(folder) as person:
        choose = await choosing(person)
        await person.press("home", "enter")
        await person.reads("so too little is left")
        assert person.app.screen is choose
