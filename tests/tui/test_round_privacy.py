"""One laptop, several people: whoever comes next finds nothing of the one before."""

import asyncio
import errno
import gc
import re
import shutil
import stat
import string
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519
from textual import events
from textual.widget import Widget

from bt_assess.core.round import Step
from bt_assess.core.session import Session
from bt_assess.store import drafts
from bt_assess.store.ballot import blank_session, to_payload
from bt_assess.store.folder import new_id
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import Draft, RoundsFolder
from bt_assess.store.sealing import DraftKeys, Keys, PrivateKey, WrongPassphrase, seal
from bt_assess.tui import round_flow, round_talk
from bt_assess.tui.safety import crash_log
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.note import NoteEditor
from bt_assess.tui.screens.rounds.before import Brief, LastActions
from bt_assess.tui.screens.rounds.discuss import Discuss, RevoteWaiting
from bt_assess.tui.screens.rounds.listed import Rounds
from bt_assess.tui.screens.rounds.opening import HeadCount, OpenRound
from bt_assess.tui.screens.rounds.private import (
    HandOver,
    PrivateAssess,
    PrivateReview,
    ResumeCode,
    ThankYou,
    TypeResumeCode,
    Waiting,
)
from bt_assess.tui.screens.rounds.reveal import Reveal
from bt_assess.tui.visits import Place, Visit
from tests.store.helpers import ANSWERS, RUBRIC
from tests.store.keys import draft_keys, made, unwrapped
from tests.tui.person import Person, at_the_app, choose, key

# In pieces, so that the whole is in memory only where the app has put it together.
PIECES = ("Zebedee-hid", "the-invoices")
CODE = "mist-2222-2222"
RECEIPT = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
PLACES = ("New assessment", "Sessions", "Compare", "Rounds", "The grid", "Settings")


@pytest.fixture(autouse=True)
def _no_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds on purpose has tests of its own."""

    def unlock(keys: Keys, words: str) -> PrivateKey:
        if words != "three grey geese":
            raise WrongPassphrase("that is neither the passphrase nor the recovery code")
        return unwrapped()[1]

    monkeypatch.setattr(round_flow, "new_draft_keys", draft_keys)
    monkeypatch.setattr(round_talk, "unlock", unlock)


async def at_the_round(person: Person) -> Waiting:
    await choose(person, "Round")
    await person.on(Rounds)
    await person.press("enter")
    return await person.on(Waiting)


async def takes_the_laptop(person: Person) -> PrivateAssess:
    await person.press("enter")
    await person.on(HandOver)
    await person.press("enter")
    await person.on(ResumeCode)
    await person.sees(CODE)
    await person.press("enter")
    return await person.on(PrivateAssess)


async def writes_the_secret(person: Person) -> None:
    await person.press("n")
    await person.on(NoteEditor)
    await person.types("-".join(PIECES))
    await person.sees(PIECES[1])


async def answers_and_gives_in(person: Person) -> str:
    """With a secret in a note, in the clipboard and in what can be undone; the receipt."""
    await writes_the_secret(person)
    await person.press("shift+home", "ctrl+c")
    assert PIECES[0] in person.app.clipboard, "this test would show nothing"
    await person.press("escape")
    await person.on(PrivateAssess)
    await person.answers("4", "4", "1", "u")
    assert leaks(person, *PIECES), "this test would show nothing"
    assert in_memory(), "this test would show nothing"
    await person.press("r")
    await person.on(PrivateReview)
    await person.press("f", "enter")
    await person.on(ThankYou)
    found = RECEIPT.search(person.text)
    assert found
    await person.press("enter")
    await person.on(Waiting)
    return found[0]


def leaks(person: Person, *words: str) -> list[str]:
    """Where in the app any of the words can be found: screens, widgets, clipboard, toasts."""
    app = person.app
    found = [f"{word} on the screen" for word in words if word in person.text]
    for screen in app.screen_stack:
        for node in (screen, *screen.query(Widget)):
            text = f"{node.render()} {vars(node)}"
            found += [f"{word} in {node}" for word in words if word in text]
    others = {"clipboard": app.clipboard, "toasts": str(vars(app._notifications))}  # noqa: SLF001
    return found + [
        f"{w} in the {name}" for name, text in others.items() for w in words if w in text
    ]


def in_memory() -> list[str]:
    """Which kinds of object hold the whole secret, in text or in bytes."""
    gc.unfreeze()
    gc.collect()
    first, second = PIECES
    one, two = first.encode(), second.encode()
    found = []
    for thing in gc.get_objects():
        for held in gc.get_referents(thing):
            if (type(held) is str and first in held and second in held) or (
                type(held) is bytes and one in held and two in held
            ):
                name = getattr(thing, "__wrapped__", thing)
                found.append(f"{type(thing).__name__} {str(name)[:200]}")
    return found


def in_files(folder: Path, *words: str) -> list[str]:
    return [
        f"{word} in {path}"
        for path in folder.rglob("*")
        for word in words
        if word in path.name or (path.is_file() and word.encode() in path.read_bytes())
    ]


def no_way_out(person: Person) -> None:
    """The palette lists nowhere to go and no setting, only what keys of this page do."""
    titles = [c.title for c in person.app.get_system_commands(person.app.screen)]
    assert not set(titles) & set(PLACES), person.app.screen


KEYS = [
    *string.ascii_letters, *string.digits, *"!\"#$%&'()*+,-./:;<=>@[\\]^_`{|}~", "space", "tab",
    "shift+tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "delete",
    "insert", "backspace", *(f"f{n}" for n in range(1, 13)),
    # Not these: quit, the palette (tried by itself), suspending this very process, Enter's twins.
    *(f"ctrl+{letter}" for letter in string.ascii_lowercase if letter not in "cijmpqz"),
    "ctrl+v", "ctrl+shift+v", "shift+insert", "alt+u", "alt+v",
]  # fmt: skip


async def test_the_next_person_finds_nothing_of_the_one_before(tmp_path: Path) -> None:
    made(tmp_path)
    async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
        waiting = await at_the_round(person)
        await takes_the_laptop(person)
        receipt = await answers_and_gives_in(person)
        # The receipt of each is in the round's file, to be listed at the reveal; nobody sees it now.
        words = (*PIECES, CODE)
        assert receipt not in person.text
        assert person.app.screen is not waiting, "new widgets"
        assert len(person.app.screen_stack) == 2
        assert leaks(person, *words) == []
        assert in_memory() == []
        assert in_files(tmp_path, *PIECES, CODE) == []

        # Waiting: a count and nothing else, whatever is pressed.
        await every_key(person, *words, receipt)
        await pasted(person)
        await person.press("home", "enter")

        await person.on(HandOver)
        no_way_out(person)
        await every_key(person, *words, receipt)
        await pasted(person)
        await palette(person)
        assert leaks(person, *words) == []
        await person.press("enter")

        await person.on(ResumeCode)
        no_way_out(person)
        await person.press("u", "ctrl+v", "z")
        await pasted(person)
        await palette(person)
        assert leaks(person, *PIECES) == []
        assert receipt not in person.text
        await person.press("enter")

        assess = await person.on(PrivateAssess)
        no_way_out(person)
        assert assess.work.session.answers == {}
        await person.press("u")
        await person.sees("There is nothing to undo.")
        await pasted(person)
        await palette(person)
        await person.press("h", "up", "right", "left", "question_mark", "escape")
        await person.press("n")
        await person.on(NoteEditor)
        await person.press("ctrl+v", "ctrl+z", "ctrl+y", "ctrl+u", "ctrl+k")
        assert leaks(person, *PIECES) == []
        assert receipt not in person.text
        no_way_out(person)
        assert in_memory() == []


async def every_key(person: Person, *words: str) -> None:
    """Press all that a keyboard has: the page stays, and shows none of these words."""
    page = person.app.screen
    for start in range(0, len(KEYS), 8):
        some = KEYS[start : start + 8]
        for name in some:
            known = key(name) if len(name) == 1 else events.Key(name, None)
            person.app.post_message(known)
        await person.settles()
        assert person.app.screen is page, some
        assert not any(word in person.text for word in words), some


async def pasted(person: Person) -> None:
    """A bracketed paste does not bring back what the one before copied."""
    before = person.app.screen
    await person.press("ctrl+v")
    person.app.screen.post_message(events.Paste("something else"))
    await person.settles()
    assert person.app.screen is before
    assert not any(piece in person.text for piece in PIECES)


async def palette(person: Person) -> None:
    """Whoever opens it sees no place to go."""
    page = person.app.screen
    await person.press("ctrl+p")
    await person.until(lambda: person.app.screen is not page, "the palette")
    for word in ("Sessions", PIECES[0]):
        for character in word:
            await person.pilot.press(character)
        await person.settles()
        assert "Everything that is kept here" not in person.text
        assert PIECES[1] not in person.text
        for _ in word:
            await person.pilot.press("backspace")
    await person.goes_back_to(page)


async def test_no_dialog_of_a_private_page_leads_elsewhere(tmp_path: Path) -> None:
    """A dialog over the statements is as private as the page under it."""
    made(tmp_path)
    async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
        await at_the_round(person)
        page = await takes_the_laptop(person)
        for name in ("n", "g", "question_mark", "r"):
            await person.press(name)
            await person.until(lambda: person.app.screen is not page, name)
            no_way_out(person)
            await person.press("escape")
            await person.on(PrivateAssess)
        await person.answers("3")
        await person.press("r", "f")
        await person.sees("Finish this assessment?")
        no_way_out(person)
        await person.press("escape", "escape", "escape")
        await person.sees("Until you come back")
        no_way_out(person)


async def test_wrong_codes_open_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def refuse(
        self: RoundsFolder, stored: StoredRound, code: str, tell: Callable[[int, int], None]
    ) -> Draft:
        tell(1, 3)
        tried.append(code)
        raise WrongPassphrase("that code opens no unfinished answers of this round")

    monkeypatch.setattr(RoundsFolder, "resume", refuse)
    made(tmp_path)
    async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
        await at_the_round(person)
        await takes_the_laptop(person)
        await writes_the_secret(person)
        await person.press("escape")
        await person.answers("4")
        await person.press("escape")
        await person.sees("Until you come back", CODE)
        await person.press("enter")
        await person.on(Waiting)
        assert leaks(person, *PIECES, CODE) == []
        assert in_memory() == []
        await person.press("down", "enter")
        await person.on(TypeResumeCode)
        no_way_out(person)
        await palette(person)
        for code in ("mist", "0000-0000", receipt := "7K4Q-M2XD", "[/]", "x" * 60):
            count = len(tried)
            await person.types(code)
            await person.press("enter")
            await person.until(lambda count=count: len(tried) > count, code)  # type: ignore[misc]
            await person.sees("That code opens no unfinished answers of this round.")
            assert receipt not in person.text, "a code is typed unseen"
        await person.press("ctrl+v")
        await pasted(person)
        assert leaks(person, *PIECES, CODE) == []
        await person.press("escape")
        await person.on(Waiting)
        await person.sees("0 of 6", "1 person has begun")


# With names


async def test_a_round_with_names_says_so_and_wants_one(tmp_path: Path) -> None:
    folder, stored = made(tmp_path, named=True)
    async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
        await at_the_round(person)
        await person.press("enter")
        page = await person.on(HandOver)
        await person.reads("Your name stands beside your answers", "the whole team will see them")
        for name in ("", "   "):
            await person.types(name)
            await person.press("enter")
            await person.sees("This round has names: please type yours.")
            assert person.app.screen is page
        assert folder.unfinished(stored) == 0
        await person.types("Zoe")
        await person.press("enter")
        await person.on(ResumeCode)
        await person.press("enter")
        work = (await person.on(PrivateAssess)).work
        assert work.session.respondent == "Zoe"


async def test_a_round_without_names_asks_for_none(tmp_path: Path) -> None:
    made(tmp_path)
    async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
        await at_the_round(person)
        await person.press("enter")
        await person.on(HandOver)
        await person.reads(
            "Answers carry no name.",
            "this program shows nobody's answers singly, to anybody",
            "Whoever has both the passphrase and other programs could open a single file.",
            "could tell which file came when",
            "By going on you agree that your answers count in this round.",
        )
        assert "nobody can read" not in person.words
        assert not person.app.screen.query("Input")


# A crash while somebody answers


class Boom(Exception):
    pass


def explode(*_: object, **__: object) -> None:
    secret = "-".join(PIECES)  # in a frame's locals, where a careless traceback would show it
    raise Boom(secret)


async def _explode_later() -> None:
    explode()


def _in_a_handler(person: Person, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(PrivateAssess, "show_statement", explode)
    person.app.call_later(person.app.screen.action_step, 1)  # type: ignore[attr-defined]


def _in_a_worker(person: Person, patch: pytest.MonkeyPatch) -> None:
    person.app.run_worker(_explode_later())


def _in_the_flow(person: Person, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(round_flow, "ResumeCode", explode)
    person.app.call_later(person.app.screen.action_back)  # type: ignore[attr-defined]


def _in_compose(person: Person, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(PrivateReview, "body", explode)
    person.app.call_later(person.app.screen.action_review)  # type: ignore[attr-defined]


def _in_a_timer(person: Person, patch: pytest.MonkeyPatch) -> None:
    person.app.set_timer(0.01, explode)


def _in_a_model(person: Person, patch: pytest.MonkeyPatch) -> None:
    def invalid(self: PrivateAssess) -> None:
        secret = "-".join(PIECES)
        Session.model_validate({**dict(self.work.session), "respondent": [secret], secret: 1})

    patch.setattr(PrivateAssess, "action_explain", invalid)
    person.app.call_later(person.app.screen.action_explain)  # type: ignore[attr-defined]


def _in_the_saver(person: Person, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Draft, "save", explode)
    person.work.note(person.work.asked[1].id, "one more")


@pytest.mark.parametrize(
    "cause",
    [_in_a_handler, _in_a_worker, _in_the_flow, _in_compose, _in_a_timer, _in_a_model,
     _in_the_saver],
)  # fmt: skip
async def test_a_crash_gives_nothing_away_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cause: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    identity = x25519.Identity.generate()
    keys = DraftKeys(str(identity.to_public()), "none")
    monkeypatch.setattr(round_flow, "new_draft_keys", lambda: (keys, CODE))
    folder, _ = made(tmp_path)
    person: Person | None = None
    with monkeypatch.context() as patch, suppress(Exception):  # the harness raises what the app met
        async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
            await at_the_round(person)
            await takes_the_laptop(person)
            await writes_the_secret(person)
            await person.press("escape")
            await person.answers("4")
            await person.sees("✓ saved")
            cause(person, patch)
            await person.until(lambda app=person.app: app.return_code == 1, "the end")  # type: ignore[misc]
    assert person is not None
    assert person.app.return_code == 1
    assert re.search(r"reference [0-9A-F]{6}", person.app.parting_words)
    written = crash_log().read_text()
    assert stat.S_IMODE(crash_log().stat().st_mode) == 0o600
    shown = person.app.parting_words + written + "".join(capfd.readouterr())
    for word in (*PIECES, CODE):
        assert word not in shown
    assert in_files(tmp_path, *PIECES, CODE) == []
    lets_go(person)
    # Whoever was answering goes on where they were.
    now = folder.hold(folder.resolve("latest"))
    try:
        [waiting] = drafts.unfinished(now)
        path, kept = waiting.path, waiting.keys
        again = drafts.reopened(folder, now, path, kept, PrivateKey(identity), new_id())
    finally:
        folder.release(now)
    assert list(again.session.notes.values()) == ["-".join(PIECES)] or cause is _in_the_saver
    assert [a.key for a in again.session.answers.values()] == ["4"]


# A facilitator who leaves


def lets_go(person: Person) -> None:
    """What the end of a process does to the round's lock; here several apps share one process."""
    if person.app._flow is not None:  # noqa: SLF001
        person.app._flow.leave()  # noqa: SLF001


@pytest.mark.parametrize(
    ("steps", "page"),
    [
        ((), Brief),
        ((Step.ACTIONS,), LastActions),
        ((Step.COLLECTING,), Waiting),
        ((Step.COLLECTING, Step.CLOSED), OpenRound),
        ((Step.COLLECTING, Step.CLOSED, Step.DISCUSSING), OpenRound),
        ((Step.COLLECTING, Step.CLOSED, Step.DISCUSSING, Step.ACTING), OpenRound),
    ],
    ids=["brief", "last actions", "waiting", "closed", "discussing", "acting"],
)
async def test_whoever_leaves_comes_back_to_the_step(
    tmp_path: Path, steps: tuple[Step, ...], page: Any
) -> None:
    folder, stored = made(tmp_path)
    round_ = stored.round.at_step(Step.BRIEF)
    for step in steps:
        round_ = round_.at_step(step)
    folder.save(stored, round_)
    for _ in range(2):
        async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
            for _ in range(2):
                await choose(person, "Round")
                await person.on(Rounds)
                await person.press("enter")
                await person.on(page)
                await person.press("escape")
                await person.on(Home)
            lets_go(person)
    assert folder.resolve("latest").round.step is round_.step


async def test_whoever_turns_back_from_taking_over_is_at_waiting(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
        await at_the_round(person)
        await person.press("enter")
        await person.on(HandOver)
        await person.press("escape")
        await person.on(Waiting)
        assert folder.unfinished(stored) == 0
        await person.press("enter")
        await person.on(HandOver)


async def test_two_windows_cannot_collect_at_once(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    folder.hold(stored)
    try:
        async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
            await choose(person, "Round")
            await person.on(Rounds)
            await person.press("enter")
            await person.sees("This round is open in another window.")
            assert isinstance(person.app.screen, Rounds)
    finally:
        folder.release(stored)


# Files that are not as they should be


def six(sessions: Path) -> tuple[RoundsFolder, StoredRound]:
    """A closed round of six."""
    folder, _ = made(sessions)
    for _ in range(6):
        now = folder.resolve("latest")
        session = blank_session(now.round, "", new_id())
        folder.give(now, Session.model_validate({**dict(session), "answers": ANSWERS}))
    now = folder.resolve("latest")
    return folder, folder.save(now, now.round.closed())


def _missing(answers: Path, stored: StoredRound) -> None:
    next(answers.iterdir()).unlink()


def _doubled(answers: Path, stored: StoredRound) -> None:
    shutil.copyfile(next(answers.iterdir()), answers / f"{'a2' * 8}.age")


def _forged(answers: Path, stored: StoredRound) -> None:
    """Anybody can seal something to the public key."""
    session = blank_session(stored.round, "", new_id())
    payload = to_payload(session, stored.round, None)
    (answers / f"{'b3' * 8}.age").write_bytes(seal(payload, unwrapped()[0].public))


def _nonsense(answers: Path, stored: StoredRound) -> None:
    (answers / f"{'b3' * 8}.age").write_bytes(seal(b"{}", unwrapped()[0].public))


def _exchanged(answers: Path, stored: StoredRound) -> None:
    session = blank_session(stored.round, "", new_id())
    payload = to_payload(session, stored.round, None)
    next(answers.iterdir()).write_bytes(seal(payload, unwrapped()[0].public))


@pytest.mark.parametrize(
    ("harm", "counted", "line"),
    [
        (_missing, 5, "1 file that was given in is missing."),
        (_doubled, 6, "1 file is there twice and counts once."),
        (_forged, 6, "1 file opens, but was not given in here; it does not count as it is."),
        (_nonsense, 6, "1 file is not an answer to this round and does not count."),
        (_exchanged, 5, "1 file is damaged, or is not what was given in."),
    ],
)
async def test_the_head_count_tells_of_files_that_are_not_right(
    tmp_path: Path, harm: Any, counted: int, line: str
) -> None:
    _, stored = six(tmp_path)
    harm(stored.folder / "answers", stored)
    async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
        await choose(person, "Round")
        await person.on(Rounds)
        await person.press("enter")
        await person.on(OpenRound)
        await person.types("three grey geese\r")
        # Unasked, before anything else is talked about.
        await person.on(HeadCount)
        await person.reads(line, f"{counted} of 6 expected people answered.", f"{counted} receipts")
        await person.press("escape")
        await person.on(Reveal)
        await person.reads(f"! {line}")


async def test_a_turn_that_cannot_begin_leaves_the_page_usable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at the hand-over: the person is told, and can try again once there is room."""
    monkeypatch.setattr("bt_assess.tui.round_flow.new_draft_keys", draft_keys)
    made(tmp_path)
    real = RoundsFolder.begin
    full = [True]

    def begin(self: RoundsFolder, *words: Any, **more: Any) -> Any:
        if full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, *words, **more)

    monkeypatch.setattr(RoundsFolder, "begin", begin)
    async with at_the_app(tmp_path, RUBRIC) as person:
        await choose(person, "Round")
        await person.on(Rounds)
        await person.press("enter")
        await person.on(Waiting)
        await person.press("enter")
        await person.on(HandOver)
        await person.press("enter")
        await person.reads("no space left on device")
        full.clear()
        await person.press("enter")
        await person.sees("In case you have to stop")


async def test_nothing_is_given_in_while_an_answer_waits_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at the end of a turn: the person is told, and gives in once there is room."""
    monkeypatch.setattr("bt_assess.tui.round_flow.new_draft_keys", draft_keys)
    monkeypatch.setattr("bt_assess.tui.saving.RETRY_SECONDS", 0.05)
    folder, stored = made(tmp_path)
    real = drafts.Draft.save
    full: list[bool] = []

    def save(self: drafts.Draft, session: Any) -> None:
        if full:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(self, session)

    monkeypatch.setattr(drafts.Draft, "save", save)
    async with at_the_app(tmp_path, RUBRIC) as person:
        await choose(person, "Round")
        await person.on(Rounds)
        await person.press("enter")
        await person.on(Waiting)
        await person.press("enter")
        await person.on(HandOver)
        await person.press("enter")
        await person.on(ResumeCode)
        await person.press("enter")
        await person.on(PrivateAssess)
        await person.answers("1")
        await person.sees("✓ saved")
        full.append(True)
        await person.answers("2")
        await person.sees("! not saved: no space left on device")
        await person.press("r", "f", "enter")
        await person.reads("your last answers are not saved yet (no space left on device)")
        assert folder.resolve("latest").round.given_in == 0
        full.clear()
        await person.press("f", "enter")
        await person.on(ThankYou)
        assert folder.resolve("latest").round.given_in == 1
        await asyncio.sleep(0.3)  # time for a writer that comes late, if there is one
        assert not list((stored.folder / "unfinished").iterdir())


async def half_way(person: Person) -> None:
    """One person has begun; one answer is saved."""
    await choose(person, "Round")
    await person.on(Rounds)
    await person.press("enter")
    await person.on(Waiting)
    await takes_the_laptop(person)
    await person.answers("1")
    await person.sees("✓ saved")


async def test_on_a_full_disk_the_laptop_can_be_handed_back_wiped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bt_assess.tui.saving.RETRY_SECONDS", 0.05)
    folder, stored = made(tmp_path)

    def save(self: drafts.Draft, session: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with at_the_app(tmp_path, RUBRIC) as person:
        await half_way(person)
        monkeypatch.setattr(drafts.Draft, "save", save)
        await person.answers("2")
        await person.sees("! not saved: no space left on device")
        await person.press("escape")
        await person.sees("Until you come back")
        await person.press("enter")
        await person.sees("Leave without the last answers?")
        no_way_out(person)
        await person.press("escape")
        await person.on(ResumeCode)
        await person.press("enter")
        await person.sees("Leave without the last answers?")
        await person.press("enter")
        await person.on(Waiting)
        await person.sees("0 of 6", "1 person has begun")
        desk = person.app._desk  # noqa: SLF001
        assert desk is not None
        assert desk.saver.unsaved == []
        assert leaks(person, CODE) == []
    assert folder.unfinished(stored) == 1


async def test_whoever_stops_can_take_everything_back(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    async with at_the_app(tmp_path, RUBRIC) as person:
        await half_way(person)
        await person.press("escape")
        await person.on(ResumeCode)
        await person.press("end", "enter")
        await person.sees("Take everything back?")
        await person.press("escape")
        assert folder.unfinished(stored) == 1
        await person.press("enter", "enter")
        await person.on(Waiting)
        assert "has begun" not in person.text
    assert not list((stored.folder / "unfinished").iterdir())
    assert folder.resolve("latest").round.given_in == 0


async def test_trying_a_code_says_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, go_on = threading.Event(), threading.Event()

    def resume(
        self: RoundsFolder, stored: StoredRound, code: str, tell: Callable[[int, int], None]
    ) -> Draft:
        tell(1, 3)
        told.set()
        go_on.wait(20)
        raise WrongPassphrase("no unfinished answers go by that code")

    monkeypatch.setattr(RoundsFolder, "resume", resume)
    made(tmp_path)
    async with at_the_app(tmp_path, RUBRIC) as person:
        await half_way(person)
        await person.press("escape", "enter")
        await person.on(Waiting)
        await person.press("down", "enter")
        await person.on(TypeResumeCode)
        try:
            await person.types("mist-2222-2222\r")
            await person.sees("trying 2 of 3")
        finally:
            go_on.set()
        await person.sees("No unfinished answers go by that code.")


async def test_files_that_nobody_counted_are_counted_in_when_somebody_says_so(
    tmp_path: Path,
) -> None:
    folder, stored = six(tmp_path)
    _forged(stored.folder / "answers", stored)
    async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
        await choose(person, "Round")
        await person.on(Rounds)
        await person.press("enter")
        await person.on(OpenRound)
        await person.types("three grey geese\r")
        await person.on(HeadCount)
        await person.press("c")
        await person.sees("Count 1 file in?")
        await person.press("escape")
        await person.on(HeadCount)
        assert folder.resolve("latest").round.given_in == 6
        await person.press("c", "enter")
        await person.sees("7 people answered, and 6 were expected.", "7 receipts")
        assert folder.resolve("latest").round.given_in == 7
        await person.press("c")
        await person.on(HeadCount)
        await person.press("escape")
        await person.on(Reveal)
        # Six were shown before: the seventh waits for four others.
        await person.reads("1 person came late")


# One round and another


def two_rounds(sessions: Path) -> tuple[RoundsFolder, StoredRound, StoredRound]:
    """A closed one, and another that collects answers."""
    folder, first = six(sessions)
    _, second = made(sessions, id="beta0000", title="Beta", created=date(2026, 2, 1))
    return folder, first, second


async def chooses(person: Person, title: str) -> None:
    """From the list of rounds."""
    await person.on(Rounds)
    await person.press("home")
    await person.marks(title)
    await person.press("enter")


@pytest.mark.parametrize("way", ["the palette", "home"])
async def test_nothing_of_one_round_reaches_another(tmp_path: Path, way: str) -> None:
    folder, first, second = two_rounds(tmp_path)
    async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
        await choose(person, "Round")
        await chooses(person, "Spring review")
        await person.on(OpenRound)
        await person.types("three grey geese\r")
        await person.on(Reveal)
        await person.press("enter")
        await person.on(Discuss)
        await person.press("v")
        await person.on(Confirm)
        await person.press("enter")
        await person.on(RevoteWaiting)
        flow = person.app._flow  # noqa: SLF001
        assert flow is not None
        if way == "the palette":
            person.app.post_message(Visit(Place.ROUNDS))
        else:
            await person.press("escape")
            await person.on(Discuss)
            await person.press("escape", "escape")
            await person.on(Home)
            await choose(person, "Round")
        await person.on(Rounds)
        assert vars(flow._talk)["_private"] is None  # noqa: SLF001
        # Nobody holds it any more: another window can work with it.
        RoundsFolder(tmp_path).save(first := folder.resolve("q7w8"), first.round)
        await chooses(person, "Beta")
        await person.on(Waiting)
        await person.sees("0 of 6 have given in their answers")
        await person.press("escape")
        await person.on(Home)
    assert folder.resolve("beta").round == second.round


async def test_home_by_any_way_gives_the_round_back(tmp_path: Path) -> None:
    _, first, _ = two_rounds(tmp_path)
    async with at_the_app(tmp_path, RUBRIC, size=(100, 30)) as person:
        await choose(person, "Round")
        await chooses(person, "Spring review")
        await person.on(OpenRound)
        await person.types("three grey geese\r")
        await person.on(Reveal)
        flow = person.app._flow  # noqa: SLF001
        assert flow is not None
        # As an assessment that was begun from the palette does when it is finished.
        person.app._back_to(0)  # noqa: SLF001
        await person.on(Home)
        await person.until(lambda: vars(flow._talk)["_private"] is None, "the key to be gone")  # noqa: SLF001
        other = RoundsFolder(tmp_path)
        other.release(other.hold(first))
