"""Keys that nobody pressed answer nothing; keys that somebody did all count."""

from pathlib import Path

import pytest
from textual import events

from bt_assess.core.session import Answer
from bt_assess.tui.screens.assess import Assess
from bt_assess.tui.screens.go_to import GoTo
from bt_assess.tui.screens.note import NoteEditor
from tests.tui.person import Person, at_the_app, begin, key

TOLD = "faster than anybody types, so none of them counted"
LATE_REPLIES = {
    "background colour": "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "foreground colour": "\x1b]10;rgb:d4d4/d4d4/d4d4\x07",
    "device attributes": "\x1b[?62;1;2;4;22c",
    "more attributes": "\x1b[>41;380;0c",
    "cursor place": "\x1b[12;34R",
    "mode": "\x1b[?2026;2$y",
    "size": "\x1b[8;24;80t",
    "keyboard": "\x1b[?1u",
    "setting": "\x1bP1$r0m\x1b\\",
    "version": "\x1bP>|XTerm(380)\x1b\\",
    "clipboard": "\x1b]52;c;MTIzNGR4\x07",
}
PASTES = {
    "unbracketed paste": "1234dx",
    "two answers": "33",
    "undo and note": "un",
    "review and finish": "rf\r",
    "leaving": "\x1b\x1b",
    "quitting": "3\x11",
    "backwards": "\x7f\x7f",
    "a sentence": "not 1 but 2 budgets, under discussion",
    "lines": "3\r4\r",
}


def at(name: str, moment: float) -> events.Key:
    """A key pressed at this moment, whenever the app comes round to it."""
    pressed = key(name)
    pressed.time = moment
    return pressed


async def begun(person: Person) -> None:
    await begin(person)
    await person.answers("3", "1")
    await person.sees("✓ saved")


@pytest.mark.parametrize("kinds", [LATE_REPLIES, PASTES], ids=["late replies", "pastes"])
async def test_text_that_nobody_typed_changes_nothing_and_is_told_of(
    tmp_path: Path, kinds: dict[str, str]
) -> None:
    async with at_the_app(tmp_path) as person:
        await begun(person)
        for place, (kind, reply) in enumerate(kinds.items(), 3):
            # What is told of the last one is gone.
            person.app.clear_notifications()
            await person.until(lambda: TOLD not in person.words, f"quiet before {kind}")
            before = person.work.session
            person.burst(reply)
            await person.reads(f"{len(reply)} keys came at once", TOLD)
            assert person.work.session is before, kind
            assert isinstance(person.app.screen, Assess), kind
            assert f"{place} of 117" in person.text, kind
            assert "●" not in person.text, f"an answer stayed lit up: {kind}"
            await person.answers("4")
            await person.sees(f"{place + 1} of 117")


async def test_two_bursts_are_refused_one_by_one(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begun(person)
        before = person.work.session
        person.burst("12")
        await person.settles()
        person.burst("345")
        await person.reads("2 keys came at once", "3 keys came at once")
        assert person.work.session is before


async def test_forty_keys_at_twenty_five_a_second_all_count(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        for n in range(40):
            person.burst("1234"[n % 4])
            await person.pilot.pause(0.04)
        await person.until(lambda: len(person.work.session.answers) == 40, "40 answers")
        assert [*person.work.session.answers.values()] == [*Answer][:4] * 10
        assert TOLD not in person.words


@pytest.mark.parametrize(("apart", "counted"), [(0.025, 0), (0.035, 5)])
async def test_thirty_thousandths_of_a_second_tell_fingers_from_machines(
    tmp_path: Path, apart: float, counted: int
) -> None:
    """By when keys were pressed: a busy moment, in which they all wait, refuses nobody."""
    async with at_the_app(tmp_path) as person:
        await begun(person)
        now = events.Key("3", "3").time
        for n in range(5):
            person.app.post_message(at("4", now + (n - 5) * apart))
        await person.settles()
        await person.until(
            lambda: len(person.work.session.answers) == 2 + counted or TOLD in person.words,
            "a decision",
        )
        assert len(person.work.session.answers) == 2 + counted


async def test_an_answer_lights_up_at_once_and_counts_a_moment_later(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        person.burst("3")
        await person.until(lambda: "●" in person.text or person.work.session.answers, "light")
        await person.sees("2 of 117")
        assert [*person.work.session.answers.values()] == [Answer.MOSTLY]


async def test_a_bracketed_paste_answers_nothing(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begun(person)
        before = person.work.session
        person.app.post_message(events.Paste("1234dx\r"))
        await person.sees("Pasting does not answer. Press n to write a note.")
        assert person.work.session is before


async def test_fields_take_letters_however_fast_they_come(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begun(person)
        await person.press("n")
        await person.on(NoteEditor)
        await person.types("Two budgets, 1 of them secret")
        await person.sees("Two budgets, 1 of them secret")
        await person.press("escape")
        await person.on(Assess)
        await person.press("g")
        await person.on(GoTo)
        await person.types("64\r")
        await person.on(Assess)
        await person.sees("64 of 117")
        assert TOLD not in person.words
