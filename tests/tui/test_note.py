"""Notes: kept as they are typed, however somebody leaves, and cut where they are too long."""

from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from bt_assess.core.text import NOTE_LENGTH
from bt_assess.store.rubric_file import load_rubric
from bt_assess.tui.screens.assess import Assess
from bt_assess.tui.screens.note import NoteEditor
from tests.tui.kept import given, grid, keep, kept
from tests.tui.person import Person, at_the_app, begin, choose, go_on


async def open_note(person: Person) -> TextArea:
    await person.press("n")
    editor = await person.on(NoteEditor)
    return editor.query_one(TextArea)


@pytest.mark.parametrize("way_out", ["escape", "ctrl+s"])
async def test_several_lines_are_kept_shown_and_saved(tmp_path: Path, way_out: str) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await open_note(person)
        await person.sees("What is the evidence?")
        await person.types("In May two budgets\rwere approved.")
        await person.press(way_out)
        await person.on(Assess)
        await person.sees("✎  In May two budgets", "were approved.", "1 of 117", "✓ saved")
        [note] = kept(tmp_path).session.notes.values()
        assert note == "In May two budgets\nwere approved."


async def test_it_is_saved_while_it_is_being_written(tmp_path: Path) -> None:
    """The battery may be empty before somebody presses Esc."""
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await open_note(person)
        await person.types("Half a sent")
        await person.until(lambda: list(tmp_path.glob("*.toml")), "a file")
        await person.until(lambda: [*kept(tmp_path).session.notes.values()] == ["Half a sent"])


async def test_it_can_be_read_again_changed_and_removed(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await open_note(person)
        await person.types("One")
        await person.press("escape")
        await open_note(person)
        await person.sees("One")
        await person.types(" and two")
        await person.press("escape")
        await person.sees("✎  One and two")
        area = await open_note(person)
        area.clear()
        await person.press("escape")
        await person.on(Assess)
        assert "✎" not in person.text
        await person.until(lambda: kept(tmp_path).session.notes == {}, "an empty note")


async def test_too_long_a_note_is_cut_at_its_end_and_said_to_be(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await open_note(person)
        person.app.post_message(events.Paste("a" + "b" * 1_000_000))
        await person.sees(f"A note has room for {NOTE_LENGTH} characters.")
        await person.types("zz")
        await person.press("escape")
        await person.on(Assess)
        [note] = person.work.session.notes.values()
        assert note == "a" + "b" * (NOTE_LENGTH - 1), note[:20]


async def test_typing_on_in_a_full_note_leaves_the_mark_where_it_is(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        area = await open_note(person)
        person.app.post_message(events.Paste("b" * NOTE_LENGTH))
        await person.until(lambda: len(area.text) == NOTE_LENGTH)
        await person.types("z")
        await person.sees(f"A note has room for {NOTE_LENGTH} characters.")
        assert area.cursor_location == area.document.end


async def test_control_characters_do_not_get_into_the_file(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await open_note(person)
        person.app.post_message(events.Paste("a\x1b]52;c;aGk=\x07b\u202ec\x00d\r\ne"))
        await person.press("escape")
        await person.sees("✓ saved")
        assert "\x1b" not in kept(tmp_path).path.read_text()
        [note] = kept(tmp_path).session.notes.values()
        assert note == "a\ufffd]52;c;aGk=\ufffdb\ufffdc\ufffdd\ne"


async def test_a_finished_session_takes_no_note(tmp_path: Path) -> None:
    rubric = grid("33 33 33")
    keep(tmp_path, rubric, given("33 33 33"))
    async with at_the_app(tmp_path, rubric) as person:
        await choose(person, "Results")
        await person.press("a")
        await person.on(Assess)
        await person.press("n")
        await person.reads("its answers are fixed")
        assert isinstance(person.app.screen, Assess)


async def test_a_note_stands_with_its_own_statement_only(tmp_path: Path) -> None:
    rubric = load_rubric()
    notes = {rubric.asked[0].id: "About the first"}
    keep(tmp_path, rubric, finished=False, notes=notes, at=rubric.asked[0].id)
    async with at_the_app(tmp_path) as person:
        await go_on(person)
        await person.sees("✎  About the first")
        await person.answers("3")
        await person.sees("2 of 117")
        assert "✎" not in person.text
