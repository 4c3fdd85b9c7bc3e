"""Compare with sessions: choosing them, and each way of looking, with the keyboard alone."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bt_assess.core.compared import Compared, changes, of_session, trends
from bt_assess.core.moved import statement_moves
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import Status
from bt_assess.core.session import Answer
from bt_assess.core.text import UNSAFE
from bt_assess.report.change_words import change_words
from bt_assess.report.making import OfComparison
from bt_assess.report.summary import plural
from bt_assess.report.words import date_words
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_session
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.comparing.choose import ChooseToCompare
from bt_assess.tui.screens.comparing.dialogs import LeftOut
from bt_assess.tui.screens.comparing.tabs import ViewTabs
from bt_assess.tui.screens.comparing.theme_trend import ThemeTrend
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.screens.results import Results
from bt_assess.tui.screens.sessions import Sessions
from tests.core.builders import NOON
from tests.tui.kept import keep
from tests.tui.person import Person, at_the_app, choose

RUBRIC = load_rubric()
FIRST = "2025-11-12-areamanager2025.toml"
BEFORE = "2026-05-19-areamanagermay2026.toml"
NEWEST = "2026-11-12-areamanager2026.toml"
YEAR = timedelta(days=365)
SIZES = [(80, 24), (120, 36), (200, 50), (44, 12)]


@pytest.fixture
def folder(tmp_path: Path, checkout: Path) -> Path:
    """The demonstration organisation, a copy."""
    return Path(shutil.copytree(checkout / "sessions" / "examples", tmp_path / "sessions"))


def item(folder: Path, name: str) -> Compared:
    return of_session(RUBRIC, read_session(folder / name).session)


def all_answers(stage: int, rubric: Rubric = RUBRIC) -> dict[str, Answer]:
    """The answers of somebody who is wholly at a stage, 1 to 3."""
    return {s.id: Answer.FULLY if s.stage.number == stage else Answer.NOT for s in rubric.asked}


async def comparing(person: Person) -> Compare:
    await choose(person, "Compare")
    page = await person.on(Compare)
    await person.sees("Before")
    return page


async def choosing(person: Person) -> ChooseToCompare:
    await comparing(person)
    await person.press("c")
    return await person.on(ChooseToCompare)


async def finds(person: Person, words: str) -> None:
    """Filter by these words and go back into the list."""
    await person.press("slash", "ctrl+u")
    await person.types(f"{words}\r")
    await person.until(lambda: type(person.app.focused).__name__ == "RowList", "the list's turn")


def years(items: Sequence[Compared]) -> list[int]:
    return [each.when.year for each in items]


def reported(asked: Sequence[OfComparison]) -> tuple[list[int], list[int]]:
    """The years of what the latest report is of, and of the two that were chosen of them."""
    return years(asked[-1].items), years(asked[-1].pair or ())


def row_of(text: str, start: str) -> str:
    return next(x for x in text.splitlines() if x.strip(" ▸").startswith(start))


# Before and after


async def test_home_opens_the_latest_pair_and_says_what_changed(folder: Path) -> None:
    before, after = item(folder, BEFORE), item(folder, NEWEST)
    found = changes(RUBRIC, before, after)
    async with at_the_app(folder, size=(80, 24)) as person:
        await comparing(person)
        await person.sees("19 May 2026 → 12 Nov 2026", "○ 19 May 2026   ● 12 Nov 2026")
        for change in found:
            line = row_of(person.text, RUBRIC.theme(change.theme_id).short)
            assert " ".join(change_words(change).split()) in " ".join(line.split())
            if change.delta is not None:
                assert "●" in line or "◉" in line
        await person.sees("in 24 of 100 comparisons")
        count = sum(len(change.left_out.ids) for change in found)
        await person.reads(f"{count} statements left out")
        await person.press("l")
        await person.on(LeftOut)
        first, *_, last = (RUBRIC.statements[i].text for c in found for i in c.left_out.ids)
        await person.reads(first)
        await person.press("pagedown")
        await person.reads(last)
        await person.press("escape", "x")
        await person.sees("12 Nov 2026 → 19 May 2026")
        await person.reads("x swaps them back")


async def test_what_moved_has_both_answers_and_both_notes(folder: Path) -> None:
    before, after = item(folder, BEFORE), item(folder, NEWEST)
    moves = statement_moves(RUBRIC, before, after)
    noted = next(m for m in moves if m.notes_before or m.notes_after)
    async with at_the_app(folder, size=(120, 200)) as person:
        await comparing(person)
        await person.press("4")
        first = moves[0]
        assert first.before is not None
        assert first.after is not None
        await person.reads(
            f"{first.statement.text} {first.before.label} → {first.after.label}",
            *(" ".join(note.split()) for note in (*noted.notes_before, *noted.notes_after)),
        )
        texts = person.words
        places = [texts.index(move.statement.text) for move in moves[:5]]
        assert places == sorted(places)


async def test_another_one_can_be_chosen_for_before(folder: Path) -> None:
    async with at_the_app(folder) as person:
        await comparing(person)
        await person.press("b")
        await person.on(Pick)
        await person.press("end", "enter")
        await person.on(Compare)
        await person.sees("12 Nov 2025 → 12 Nov 2026")
        found = changes(RUBRIC, item(folder, FIRST), item(folder, NEWEST))
        for change in found:
            line = row_of(person.text, RUBRIC.theme(change.theme_id).short)
            assert " ".join(change_words(change).split()) in " ".join(line.split())


async def test_two_people_stand_side_by_side_and_have_not_changed(tmp_path: Path) -> None:
    keep(tmp_path, RUBRIC, all_answers(3), respondent="Ada")
    keep(tmp_path, RUBRIC, all_answers(1), respondent="Bob", started=NOON + timedelta(hours=1))
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await finds(person, "2026")
        await person.press("m", "enter")
        page = await person.on(Compare)
        # What there is to see of two people comes first.
        await person.sees("Side by side", "a 3.0  b 1.0  apart by 2.0", "nobody is better or worse")
        for key, words in (
            ("1", "two people: neither has changed into the other"),
            ("2", "Nobody here is there twice"),
            ("4", "What moved is told of one person, or of one team, at two times"),
        ):
            await person.press(key)
            await person.reads(words)
            for word in ("change\n", "noise", "→", "○", "x swap", "t target"):
                assert word not in person.text, word
        await person.press("1")
        await person.reads("Ada and Bob are two people: neither has changed into the other")
        await person.press("t")
        assert person.app.screen is page
        assert page.subject.way("leadership") is None


async def test_of_several_different_people_it_says_which_two_have_not_changed(
    tmp_path: Path,
) -> None:
    for n, name in enumerate(("Ada", "Bob", "Cy")):
        keep(tmp_path, RUBRIC, all_answers(1), respondent=name, started=NOON + timedelta(days=n))
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await finds(person, "2026")
        await person.press("m", "enter")
        await person.on(Compare)
        await person.press("1")
        await person.reads("Ada and Cy, the first and the last of these three, are two people:")
        assert "t target" not in person.text


async def test_any_time_can_be_either_end_and_the_other_end_changes_places(tmp_path: Path) -> None:
    for n in range(3):
        keep(tmp_path, RUBRIC, all_answers(1 + n), respondent="Ada", started=NOON + n * YEAR)
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await finds(person, "20")
        await person.press("m", "enter")
        page = await person.on(Compare)
        await person.press("1", "x")
        await person.sees("Ada", "2 Mar 2026", "−2.0  clear change")
        await person.press("a")
        await person.on(Pick)
        await person.sees("2 Mar 2026", "2 Mar 2027", "1 Mar 2028")
        await person.press("home", "down", "enter")
        await person.sees("○ 1 Mar 2028   ● 2 Mar 2027")
        await person.press("a")
        await person.on(Pick)
        await person.press("end", "enter")
        await person.sees("○ 2 Mar 2027   ● 1 Mar 2028", "+1.0")
        assert len(page.subject.items) == 3


async def test_of_several_each_has_their_own_change(tmp_path: Path) -> None:
    for name, stages in (("Ada", (1, 2, 3)), ("Bob", (3, 1)), ("Cy", (2,))):
        for n, stage in enumerate(stages):
            keep(tmp_path, RUBRIC, all_answers(stage), respondent=name, started=NOON + n * YEAR)
    async with at_the_app(tmp_path, size=(120, 36)) as person:
        await choosing(person)
        await finds(person, "20")
        await person.press("m", "enter")
        await person.on(Compare)
        await person.press("1")
        await person.sees("Ada, 1 of 2", "○ 2 Mar 2026   ● 1 Mar 2028", "+2.0  clear change")
        await person.press("o")
        await person.sees("Bob, 2 of 2", "○ 2 Mar 2026   ● 2 Mar 2027", "−2.0  clear change")
        # Only times of the same person can be before.
        await person.press("b")
        await person.on(Pick)
        assert "2028" not in person.text
        await person.press("escape")
        await person.press("4")
        await person.sees("Bob, 2 of 2", "Statements, the largest change first")


async def test_a_session_and_its_copy_are_one(tmp_path: Path) -> None:
    keep(tmp_path, RUBRIC, all_answers(2), respondent="Ada")
    older = {"id": RUBRIC.id, "version": "0.9"}
    keep(tmp_path, RUBRIC, all_answers(2), respondent="Ada", rubric=older)
    async with at_the_app(tmp_path) as person:
        await comparing(person)
        await person.reads("one session with the same answers, on two versions of the grid")
        assert "noise" not in person.text


async def test_a_report_is_of_what_is_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that is compared; and the two of them that were chosen, where they are others."""
    for n, stage in enumerate((1, 2, 3)):
        keep(tmp_path, RUBRIC, all_answers(stage), respondent="Ada", started=NOON + n * YEAR)
    asked: list[OfComparison] = []

    def ask(page: object, rubric: object, subject: OfComparison, *more: object) -> None:
        asked.append(subject)

    monkeypatch.setattr("bt_assess.tui.reporting.ask_and_report", ask)
    async with at_the_app(tmp_path) as person:
        await comparing(person)
        await person.press("x")
        await person.sees("1 Mar 2028 → 2 Mar 2027")
        await person.press("r")
        # By date, as whoever reads it cannot see that they were turned round.
        assert reported(asked) == ([2027, 2028], [])
        await person.press("x", "2", "w")
        await person.sees("3 chosen")
        await person.press("r")
        assert reported(asked) == ([2026, 2027, 2028], [])
        await person.press("1", "a")
        await person.on(Pick)
        await person.press("home", "down", "enter")
        await person.on(Compare)
        await person.sees("2 Mar 2026 → 2 Mar 2027")
        await person.press("r")
        assert reported(asked) == ([2026, 2027, 2028], [2026, 2027])
        await person.press("x")
        await person.sees("2 Mar 2027 → 2 Mar 2026")
        await person.press("r")
        assert reported(asked) == ([2026, 2027, 2028], [2026, 2027])
        assert len(asked) == 4


# Ways of looking


async def test_views_are_taken_by_digits_arrows_and_clicks(folder: Path) -> None:
    async with at_the_app(folder) as person:
        page = await comparing(person)
        tabs = page.query_one(ViewTabs)
        for key, words in (
            ("2", "● where it stood"),
            ("3", "a 19 May 2026"),
            ("4", "Subjects, by how true"),
            ("5", "It takes two rounds of one team to tell"),
            ("1", "○ 19 May 2026"),
            ("left", "It takes two rounds of one team to tell"),
            ("right", "○ 19 May 2026"),
            ("right", "● where it stood"),
        ):
            await person.press(key)
            await person.sees(words)
        column = person.text.splitlines()[1].index("Side by side")
        await person.pilot.click(ViewTabs, offset=(column, 0))
        await person.sees("a 19 May 2026")
        assert tabs.view.value == "beside"


async def test_six_trends_fit_a_small_terminal_and_open_large(folder: Path) -> None:
    items = [item(folder, name) for name in (FIRST, BEFORE, NEWEST)]
    found, told = trends(RUBRIC, items), changes(RUBRIC, items[0], items[-1])
    async with at_the_app(folder, size=(80, 24)) as person:
        await comparing(person)
        await person.press("2", "w")
        await person.sees("3 chosen", "12 Nov 2025 → 12 Nov 2026")
        for trend in found:
            # All six, without scrolling, with the last figure and the change over the whole.
            lines = person.text.splitlines()
            at = lines.index(row_of(person.text, RUBRIC.theme(trend.theme_id).short))
            last = trend.points[-1][1]
            if last.position is not None:
                assert f"{last.position:.1f} " in lines[at]
            [change] = [c for c in told if c.theme_id == trend.theme_id]
            assert " ".join(change_words(change).split()) in " ".join(lines[at + 1].split())
        # The last time of one is mixed: from the first to the last there is no change to tell.
        assert sum(change.why_not is Status.MIXED for change in told) == 1
        await person.sees("2026", "~ mixed picture", "mixed now")
        await person.press("end", "enter")
        await person.on(ThemeTrend)
        await person.sees(RUBRIC.themes[-1].complaint)
        for each, standing in found[-1].points:
            day = date_words(each.when)
            line = next(x for x in person.text.splitlines() if day in x and "→" not in x)
            assert f"{standing.position:.1f}" in line
            assert f"between {standing.low:.1f} and {standing.high:.1f}" in line
        await person.press("left", "left")
        await person.sees(RUBRIC.themes[-3].complaint)
        await person.sees(
            "12 Nov 2025 → 12 Nov 2026  no change to tell: mixed picture on 12 Nov 2026"
        )
        # Between the times that have a place there was one, with its dates.
        whole = found[-3].whole
        assert whole is not None
        await person.sees(f"12 Nov 2025 → 19 May 2026  {change_words(whole)}")


async def test_each_persons_trend_is_their_own(tmp_path: Path) -> None:
    for name, stages in (("Ada", (1, 2, 3)), ("Bob", (3, 1)), ("Cy", (2,))):
        for n, stage in enumerate(stages):
            keep(tmp_path, RUBRIC, all_answers(stage), respondent=name, started=NOON + n * YEAR)
    async with at_the_app(tmp_path, size=(120, 36)) as person:
        await choosing(person)
        await finds(person, "20")
        await person.press("m", "enter")
        page = await person.on(Compare)
        await person.sees("6 chosen", "Ada", "3 times", "1 of 2")
        assert {each.name for each in page.subject.now_course} == {"Ada"}
        await person.sees("+2.0")
        await person.press("o")
        await person.sees("Bob", "2 times", "−2.0")
        assert {each.name for each in page.subject.now_course} == {"Bob"}
        await person.press("3")
        # Of each as they are now.
        await person.sees("a Cy", "b Bob", "c Ada", "a 2.0  b 1.0  c 3.0")


async def test_where_letters_meet_their_number_stands(tmp_path: Path) -> None:
    for n in range(6):
        keep(tmp_path, RUBRIC, all_answers(1 + n // 5), respondent=f"Person {n}")
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await finds(person, "person")
        await person.press("m", "enter")
        await person.on(Compare)
        await person.press("3")
        await person.sees("Person 5")
        track = row_of(person.text, RUBRIC.themes[0].short)
        assert track.count("5") == 1
        await person.sees("5: five stand here")
        for letter, name in zip("abcdef", range(6), strict=True):
            line = next(x for x in person.text.splitlines() if x.strip().startswith(f"{letter} "))
            assert f"Person {name}" in line or "Person" in line
            assert ("1.0" in line) != ("2.0" in line)
        await person.press("question_mark")
        await person.reads("a digit says how many are in one place")


# Choosing


async def test_any_number_is_marked_and_found_by_words_in_any_order(folder: Path) -> None:
    async with at_the_app(folder) as person:
        page = await choosing(person)
        await person.sees("5 sessions", "Northfield autumn review")
        await person.press("slash")
        await person.types("2026 homes area")
        await person.sees("2 sessions")
        assert "Finance" not in person.text
        await person.press("enter", "m")
        await person.sees("2 marked")
        await finds(person, "2025-11 manager")
        await person.sees("1 session")
        await person.press("space")
        await person.sees("3 marked")
        await person.press("enter")
        found = await person.on(Compare)
        assert [each.when.year for each in found.subject.items] == [2025, 2026, 2026]
        await person.sees("3 chosen", "● where it stood")
        await person.press("c")
        assert await person.on(ChooseToCompare) is page


async def test_what_a_row_shows_is_what_the_filter_finds(folder: Path) -> None:
    async with at_the_app(folder) as person:
        await choosing(person)
        for words in ("19 may 2026", "may 2026", "2026-05-19"):
            await finds(person, words)
            await person.sees("1 session", "19 May 2026")


async def test_a_day_as_the_list_writes_it_finds_and_marks_that_day_only(tmp_path: Path) -> None:
    for day in (1, 1, 31, 21):
        started = datetime(2026, 3, day, 12, tzinfo=UTC)
        keep(tmp_path, RUBRIC, all_answers(1), respondent=f"Day{day}", started=started)
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        for words, count in (("1 Mar 2026", 2), ("1 mar", 2), ("Mar 2026", 4), ("31 mar", 1)):
            await finds(person, words)
            await person.sees(plural(count, "session"))
        await finds(person, "1 Mar 2026")
        await person.sees("2 sessions")
        await person.press("m")
        await person.sees("2 marked")


async def test_long_answering_is_of_the_day_it_was_finished(tmp_path: Path) -> None:
    """In the list, its order and the filter as in the comparison."""
    for name, begun, days in (("Ada", 0, 40), ("Bo", 20, 0), ("Ada", 10, 1)):
        started = NOON + timedelta(days=begun)
        took = timedelta(days=days)
        keep(tmp_path, RUBRIC, all_answers(1), respondent=name, started=started, took=took)
    last = date_words((NOON + timedelta(days=40)).date())
    async with at_the_app(tmp_path) as person:
        await comparing(person)
        await person.sees(f"→ {last}")
        await person.press("c")
        await person.on(ChooseToCompare)
        rows = [line for line in person.text.splitlines() if "□" in line]
        assert [last in line for line in rows] == [True, False, False]
        assert "Bo" in rows[1]
        await finds(person, last)
        await person.sees("1 session", last)


async def test_somebody_is_one_however_they_are_spelt(tmp_path: Path) -> None:
    who = [("Ada", "North"), ("ada", "north"), ("Bo", "North"), ("Ada", "North")]
    for n, (name, team) in enumerate(who):
        started = NOON + timedelta(days=30 * n)
        keep(tmp_path, RUBRIC, all_answers(1), respondent=name, team=team, started=started)
    async with at_the_app(tmp_path) as person:
        page = await comparing(person)
        # Home sets the last beside the one before it of hers, not beside Bo's, which is nearer.
        assert page.subject.is_one
        await person.press("2", "w")
        await person.sees("3 chosen")
        assert [item.name for item in page.subject.items] == ["Ada", "ada", "Ada"]
        await person.press("w")
        await person.reads("These are all the times there are of Ada")


async def test_with_nothing_marked_the_row_meets_what_fits_it_best(folder: Path) -> None:
    async with at_the_app(folder) as person:
        await choosing(person)
        await finds(person, "2026-05-19")
        await person.press("enter")
        await person.on(Compare)
        await person.sees("12 Nov 2025 → 19 May 2026")


async def test_a_round_that_is_not_revealed_is_not_compared(folder: Path) -> None:
    async with at_the_app(folder) as person:
        await choosing(person)
        await person.press("home")
        await person.sees("not revealed yet")
        await person.press("space")
        await person.reads("Its team sees it first, under Round")
        assert "marked" not in person.text
        await person.press("enter")
        assert isinstance(person.app.screen, ChooseToCompare)


async def test_esc_takes_the_filter_away_before_the_page(folder: Path) -> None:
    async with at_the_app(folder) as person:
        page = await choosing(person)
        await finds(person, "nobody at all")
        await person.sees("nothing found", "Nothing found. Esc clears the filter")
        await person.press("escape")
        await person.sees("5 sessions")
        assert person.app.screen is page
        await person.press("escape")
        await person.on(Compare)
        await person.press("escape")
        await person.on(Home)


async def test_sessions_compares_more_than_two(folder: Path) -> None:
    async with at_the_app(folder) as person:
        await choose(person, "Sessions")
        await person.on(Sessions)
        await person.press("c")
        await person.reads("Mark two finished sessions or more")
        await person.press("space", "space", "space", "c")
        page = await person.on(Compare)
        assert len(page.subject.items) == 3


async def test_one_session_alone_is_told_so(tmp_path: Path) -> None:
    keep(tmp_path, RUBRIC, all_answers(1))
    async with at_the_app(tmp_path) as person:
        await choose(person, "Results")
        await person.on(Results)
        await person.press("c")
        await person.reads("no second finished session")


# Names


TWINS = ("A" * 79 + "b", "A" * 79 + "c")
ODD = [
    TWINS,
    ("[bold red]x[/] {y} $quiet", "[bold red]x[/] {y} $quie"),
    ("非常に長い名前" * 11 + "甲", "非常に長い名前" * 11 + "乙"),
    ("", "\u202eevil\x1b[31m"),
    ("Same", "Same"),
]


@pytest.mark.parametrize(
    ("names", "size"),
    # Every name at one size, and every size once: all of both would take minutes.
    [(names, (80, 24)) for names in ODD] + [(TWINS, size) for size in SIZES if size != (80, 24)],
)
async def test_two_are_told_apart_and_nothing_acts(
    tmp_path: Path, names: Sequence[str], size: tuple[int, int]
) -> None:
    note = {RUBRIC.asked[0].id: f"[b]note[/] {names[1]}"}
    for n, name in enumerate(names):
        keep(tmp_path, RUBRIC, all_answers(1 + n), respondent=name, team=name, notes=note)
    async with at_the_app(tmp_path, size=size) as person:
        page = await comparing(person)
        for key in "12345":
            await person.press(key)
            for line in ("down", "end", "home"):
                await person.press(line)
                assert not UNSAFE.search(person.text.replace("\n", "")), (key, line)
        await person.press("3")
        marks = [line.strip() for line in person.text.splitlines()]
        if size[1] > 12:
            # Whole names: what differs at their ends is there to be seen.
            shown = "".join("".join(marks).split())
            for item_ in page.subject.items:
                assert "".join((item_.name or "No name given").split()) in shown
            assert any(line.startswith("a ") for line in marks)
            assert any(line.startswith("b ") for line in marks)
        for key in ("c", "end", "home", "escape", "t", "escape", "s", "escape", "question_mark"):
            await person.press(key)
            assert not UNSAFE.search(person.text.replace("\n", "")), key
        assert person.app.return_code is None


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_thirty_times_of_a_person(tmp_path: Path, size: tuple[int, int]) -> None:
    for n in range(30):
        keep(tmp_path, RUBRIC, all_answers(1 + n % 3), started=NOON + n * timedelta(days=120))
    async with at_the_app(tmp_path, size=size) as person:
        page = await comparing(person)
        await person.press("2", "w")
        await person.until(lambda: len(page.subject.items) == 30, "all times")
        for key in ("enter", "right", "end", "escape", "3", "end", "1", "b", "escape", "4"):
            await person.press(key)
            width = size[0]
            assert all(len(line) <= width for line in person.text.splitlines())
        await person.press("3", "home")
        assert page.subject.side_by_side == page.subject.items
