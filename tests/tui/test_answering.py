"""Home, Assess and Review with the keyboard alone: what a person sees, and what is on disk."""

from pathlib import Path

import pytest

from bt_assess.core.session import Answer, Session
from bt_assess.store.folder import SessionFolder, SessionLock
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_session
from bt_assess.store.settings import Settings
from bt_assess.tui import saving
from bt_assess.tui.screens.assess import Assess
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.note import NoteEditor
from bt_assess.tui.screens.results import Results
from bt_assess.tui.screens.review import Review
from tests.core.builders import NOON
from tests.tui.person import Person, at_the_app, begin

FULL = OSError(28, "No space left on device")


def kept(folder: Path) -> Session:
    [path] = folder.glob("*.toml")
    return read_session(path).session


async def saved(person: Person) -> None:
    await person.sees("✓ saved")


async def test_a_first_visit_explains_itself(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await person.sees("117 short statements", "about 15 minutes", "Nothing leaves it")


async def test_six_keys_give_six_answers_and_each_is_saved(tmp_path: Path) -> None:
    asked = load_rubric().asked
    async with at_the_app(tmp_path) as person:
        await begin(person, "Area manager")
        await person.answers("1", "2", "3", "4", "d", "x")
        await saved(person)
        await person.sees("7 of 117", asked[6].text[:40])
        session = kept(tmp_path)
        assert session.respondent == "Area manager"
        assert session.answers == {s.id: a for s, a in zip(asked, Answer, strict=False)}
        assert session.at == asked[6].id


async def test_arrows_enter_and_the_mouse_answer_too(tmp_path: Path) -> None:
    asked = load_rubric().asked
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await person.pilot.press("down")
        await person.settles()
        await person.pilot.press("down")
        await person.settles()
        await person.answers("enter")
        await person.pilot.click("AnswerScale", offset=(8, 3))
        await person.until(lambda: len(person.work.session.answers) == 2)
        assert person.work.session.answers == {
            asked[0].id: Answer.PARTLY,
            asked[1].id: Answer.FULLY,
        }


async def test_back_change_and_undo(tmp_path: Path) -> None:
    first, second = load_rubric().asked[:2]
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await person.answers("1", "2", "left", "left", "4")
        assert person.work.session.answers == {first.id: Answer.FULLY, second.id: Answer.PARTLY}
        await person.answers("u")
        assert person.work.session.answers[first.id] is Answer.NOT
        await person.answers("u")
        assert second.id not in person.work.session.answers
        await person.sees("2 of 117")


async def test_a_note_is_kept_however_one_leaves(tmp_path: Path) -> None:
    first = load_rubric().asked[0]
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await person.pilot.press("n")
        await person.on(NoteEditor)
        await person.press(*"Two", "enter", *"budgets", "escape")
        await person.on(Assess)
        await person.sees("✎  Two", "budgets")
        await saved(person)
        assert kept(tmp_path).notes == {first.id: "Two\nbudgets"}


async def test_a_note_too_long_is_cut_and_said_to_be(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await person.pilot.press("n")
        editor = await person.on(NoteEditor)
        editor.query_one("TextArea").insert("x" * 5000)  # type: ignore[attr-defined]
        await person.sees("A note has room for 4000 characters.")
        await person.press("escape")
        await person.on(Assess)
        assert len(next(iter(person.work.session.notes.values()))) == 4000


@pytest.mark.parametrize(("typed", "place"), [("64", 64), ("mapping how", 117)])
async def test_jumping_by_number_and_by_words(tmp_path: Path, typed: str, place: int) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await person.answers("3")
        await person.pilot.press("g")
        await person.sees("a number, some words")
        await person.press(*[("space" if c == " " else c) for c in typed], "enter")
        await person.sees(f"{place} of 117")


async def test_it_goes_on_at_the_very_statement_after_leaving(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person, "Me")
        await person.answers("3", "3", "right")
        await person.pilot.press("escape")
        await person.on(Home)
        await person.sees("Continue", "Me, 2 of 117, in Leadership, today")
    async with at_the_app(tmp_path) as person:
        await person.sees("Continue")
        await person.press("home", "enter")
        await person.on(Assess)
        await person.sees("4 of 117")


async def test_stages_are_shown_only_where_somebody_asked_for_it(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        assert "starting" not in person.text
    async with at_the_app(tmp_path, settings=Settings(show_stages=True)) as person:
        await begin(person)
        await person.sees("› ▁ starting")


async def test_review_counts_jumps_back_and_finishes(tmp_path: Path) -> None:
    asked = load_rubric().asked
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await person.answers("3", "d", "x")
        await person.pilot.press("r")
        await person.on(Review)
        await person.sees("3 of 117 answered", "Not answered yet (114)", "3 of 16")
        await person.press("down", "enter")
        await person.on(Assess)
        await person.sees("4 of 117", asked[3].text[:30])
        await person.pilot.press("r")
        await person.on(Review)
        await person.press("f")
        await person.on(Confirm)
        await person.sees("114 statements still open")
        await person.press("enter")
        await person.on(Results)
        await person.until(lambda: kept(tmp_path).finished is not None)
        await person.sees("not enough answers yet")
        await person.press("a")
        await person.on(Assess)
        before = kept(tmp_path)
        await person.pilot.press("4")
        await person.sees("its answers are fixed")
        assert kept(tmp_path) == before


async def test_nothing_answered_is_nothing_to_finish(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await person.pilot.press("r")
        await person.on(Review)
        await person.press("f")
        await person.sees("Answer a few statements first")
        assert not list(tmp_path.glob("*.toml"))


async def test_a_session_open_elsewhere_can_be_read_but_not_answered(tmp_path: Path) -> None:
    rubric = load_rubric()
    folder = SessionFolder(tmp_path)
    stored = folder.new(rubric, NOON, "Me")
    folder.save(stored.path, stored.session.answered(rubric.asked[0].id, Answer.NOT), rubric)
    elsewhere = SessionLock(stored.path)
    elsewhere.acquire()
    try:
        async with at_the_app(tmp_path) as person:
            await person.sees("Continue")
            await person.press("home", "enter")
            await person.on(Assess)
            await person.sees("read only", "open in another window")
            await person.pilot.press("4")
            await person.settles()
            assert kept(tmp_path).answers == {rubric.asked[0].id: Answer.NOT}
    finally:
        elsewhere.release()


async def test_a_full_disk_is_told_of_and_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "RETRY_SECONDS", 0.05)
    really = SessionFolder.save
    is_full = True

    def save(self: SessionFolder, *args: object) -> None:
        if is_full:
            raise FULL
        really(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(SessionFolder, "save", save)
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await person.answers("1", "2", "3")
        await person.sees("! not saved: no space left on device")
        await person.pilot.press("ctrl+q")
        await person.on(Confirm)
        await person.sees("Your last answers are not saved")
        await person.press("escape")
        is_full = False
        await saved(person)
        assert len(kept(tmp_path).answers) == 3
