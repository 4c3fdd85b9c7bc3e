"""Targets, and comparisons that are kept under a name; with the keyboard alone."""

from pathlib import Path

import pytest

from bt_assess.core.saved_comparison import View
from bt_assess.core.session import Session
from bt_assess.core.text import UNSAFE
from bt_assess.store import comparisons
from bt_assess.store.comparisons import ComparisonsFolder, StoredComparison
from bt_assess.store.folder import SessionFolder
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.comparing.choose import ChooseToCompare
from bt_assess.tui.screens.comparing.dialogs import NameIt
from bt_assess.tui.screens.comparing.targets import Targets
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.screens.home import Home
from tests.core.builders import NOON
from tests.tui.kept import keep
from tests.tui.person import Person, at_the_app
from tests.tui.test_compare import RUBRIC, YEAR, all_answers, choosing, comparing, finds, row_of

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


async def test_a_target_is_not_judged_beside_a_change_that_is_turned_round(folder: Path) -> None:
    """What would read '+0.3' beside 'away'."""
    async with at_the_app(folder) as person:
        await comparing(person)
        await aims(person, *["right"] * 5)
        await person.sees("◇ 2.5    67 %", "target: 67 % of the way")
        await person.press("x")
        await person.sees("target: not judged while the two are swapped")
        line = row_of(person.text, FIRST.short)
        assert line.endswith("◇ 2.5")
        assert "−" in line
        await person.reads("x swaps them back. A report goes by date.")
        # A trend goes by date, whatever is before and after.
        await person.press("2")
        await person.sees("67 % of the way")
        await person.press("1", "x")
        await person.sees("◇ 2.5    67 %", "target: 67 % of the way")


async def test_where_a_target_takes_the_room_the_stages_can_still_be_read(folder: Path) -> None:
    async with at_the_app(folder, size=(80, 24)) as person:
        await comparing(person)
        await person.sees("+1.0  clear change")
        await aims(person, "right")
        await person.sees("+1.0 clear  ◇ 2.1")
        head = next(x for x in person.text.splitlines() if "start" in x)
        assert head.split()[1::2] == ["start", "develop", "consol."]
        await person.pilot.resize_terminal(120, 36)
        await person.sees("+1.0  clear change    ◇ 2.1")


async def test_two_times_of_one_day_can_be_turned_round_as_well(tmp_path: Path) -> None:
    for hours in (0, 1):
        started = NOON + hours * YEAR / 8760
        keep(tmp_path, RUBRIC, all_answers(1 + hours), respondent="Ada", started=started)
    async with at_the_app(tmp_path) as person:
        await comparing(person)
        assert "x swaps them back" not in person.words
        await person.press("x")
        await person.reads("'Before' is the later time: x swaps them back.")


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


async def test_enter_opens_what_was_kept_whatever_is_marked(folder: Path) -> None:
    keep(folder, RUBRIC, all_answers(3), respondent="Ada", started=NOON + 2 * YEAR)
    async with at_the_app(folder) as person:
        await comparing(person)
        await aims(person, *["right"] * 5)
        await names(person, "Ada aims")
        await person.sees("Kept as 'Ada aims'")
        await person.press("c")
        await person.on(ChooseToCompare)
        await finds(person, "ada")
        await person.sees("1 kept · 3 sessions", "Enter opens it as it was kept")
        # Who marks what was found compares that: the mark goes there.
        await person.press("m")
        await person.sees("3 marked")
        assert "Enter opens it" not in person.text
        await person.press("enter")
        page = await person.on(Compare)
        assert len(page.subject.items) == 3
        assert not page.subject.targets
        await person.press("escape")
        await person.on(ChooseToCompare)
        await person.press("home")
        await person.sees("3 marked", "Enter opens it as it was kept")
        await person.press("enter")
        page = await person.on(Compare)
        assert len(page.subject.items) == 2
        assert dict(page.subject.targets) == {FIRST.id: 3.0}


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


async def test_what_cannot_be_found_stays_part_of_what_is_kept(folder: Path) -> None:
    keep(folder, RUBRIC, all_answers(3), respondent="Ada", started=NOON + 2 * YEAR)
    async with at_the_app(folder) as person:
        await comparing(person)
        await person.press("2", "w")
        await person.sees("3 chosen")
        await names(person, "Three")
        await person.on(Compare)
    [before] = kept(folder)
    last = max(folder.glob("*.toml"))
    last.rename(folder.parent / last.name)
    async with at_the_app(folder) as person:
        await choosing(person)
        await person.press("home", "enter")
        page = await person.on(Compare)
        await person.press("1")
        await names(person, "Three")
        await person.on(Compare)
        await person.reads("1 thing that cannot be found now stays part of it")
        [after] = kept(folder)
        assert (after.comparison.view, after.comparison.what) == (
            View.CHANGE, before.comparison.what
        )  # fmt: skip
        # Turned round it is kept so, and what is missing stands between.
        await person.press("x")
        await names(person, "Three")
        await person.on(Compare)
        one, two, gone = before.comparison.what
        await person.until(lambda: kept(folder)[0].comparison.what == (two, gone, one), "the three")
        # As one of another name it is what is seen.
        await names(person, "Two")
        await person.on(Compare)
        assert page.stored is not None
        assert page.stored.comparison.what == (two, one)


async def test_another_window_is_not_written_over(folder: Path) -> None:
    async with at_the_app(folder) as person:
        page = await comparing(person)
        await names(person, "Ours")
        await person.on(Compare)
        elsewhere = ComparisonsFolder(folder)
        [stored] = kept(folder)
        other = RUBRIC.themes[1].id
        elsewhere.save(stored, stored.comparison.changed(name="Board", targets={other: 2.0}))
        await aims(person, *["right"] * 5)
        await person.until(lambda: len(kept(folder)[0].comparison.targets) == 2, "both targets")
        await person.sees("Board")
        assert kept(folder)[0].comparison.name == "Board"
        assert dict(page.subject.targets) == {FIRST.id: 2.5, other: 2.0}
        # Deleted there it does not come back by itself, only when it is kept again.
        elsewhere.remove(kept(folder)[0])
        await aims(person, "right")
        await person.reads("The targets are not saved: it has been deleted meanwhile")
        assert not kept(folder)
        await person.press("escape")
        await person.on(NameIt)
        await person.press("enter")
        await person.on(Home)
        assert kept(folder)[0].comparison.targets == {FIRST.id: 2.6, other: 2.0}


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


async def test_what_is_opened_again_is_not_called_gone(folder: Path) -> None:
    """It is there, and not finished."""
    path = keep(folder, RUBRIC, all_answers(3), respondent="Ada", started=NOON + 2 * YEAR)
    async with at_the_app(folder) as person:
        await comparing(person)
        await person.press("2", "w")
        await person.sees("3 chosen")
        await names(person, "Three")
        await person.on(Compare)
    store = SessionFolder(folder)
    session = store.resolve(str(path)).session
    begun = Session.model_validate({**dict(session), "finished": None})
    store.save(path, begun, RUBRIC)
    async with at_the_app(folder) as person:
        await choosing(person)
        await person.press("home", "enter")
        await person.on(Compare)
        await person.reads("1 thing that it compares is not finished")
