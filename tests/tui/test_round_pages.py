"""A closed round on its pages: reveal, discuss, agree, vote again, act; for a keyboard alone."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from bt_assess.core.round import Action, Agreement, Round, Step
from bt_assess.core.rubric import Stage
from bt_assess.core.session import Answer
from bt_assess.core.text import UNSAFE
from bt_assess.store import rounds
from bt_assess.store.ballot import blank_session
from bt_assess.store.folder import new_id
from bt_assess.store.round_file import StoredRound, round_text
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.sealing import Keys, PrivateKey, WrongPassphrase
from bt_assess.tui import round_flow, round_talk
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.rounds.act import Act
from bt_assess.tui.screens.rounds.before import Brief, LastActions, RecoverySheet
from bt_assess.tui.screens.rounds.discuss import Agree, Discuss, RevoteWaiting
from bt_assess.tui.screens.rounds.listed import Rounds
from bt_assess.tui.screens.rounds.opening import HeadCount, NewSheet, OpenRound
from bt_assess.tui.screens.rounds.presenter import Presenter
from bt_assess.tui.screens.rounds.private import (
    HandOver,
    PrivateAssess,
    ResumeCode,
    ThankYou,
    TypeResumeCode,
    Waiting,
)
from bt_assess.tui.screens.rounds.reveal import Reveal
from bt_assess.tui.screens.rounds.set_up import SetUpRound
from bt_assess.tui.widgets.choice import Choice
from bt_assess.tui.widgets.team import stage_counts
from tests.store.keys import closed, draft_keys, made, unwrapped
from tests.tui.person import Person, at_the_app, choose

RUBRIC = load_rubric()
WORD = "three grey geese"
LOW, MIDDLE, HIGH = (3, 0, 0), (0, 3, 0), (0, 0, 3)
"""How true the statements of each stage are, for somebody at a stage."""
CAMPS = [LOW] * 5 + [HIGH] * 4
MIXED = [LOW] * 2 + [MIDDLE] * 5 + [HIGH] * 2
PATTERNS: Mapping[str, Sequence[tuple[int, int, int]]] = {
    "leadership": [MIDDLE] * 9,
    "people": [HIGH] * 9,
    "frameworks": MIXED,
    "priorities": [MIDDLE] * 9,
    "change": CAMPS,
    "learning": [LOW] * 9,
}
RATED = [answer for answer in Answer if answer.rating is not None]
NOTE = "We said so in March."


def answers(patterns: Mapping[str, Sequence[tuple[int, int, int]]], who: int) -> dict[str, Answer]:
    return {
        s.id: RATED[patterns[theme.id][who][list(Stage).index(s.stage)]]
        for theme in RUBRIC.themes
        if theme.id in patterns
        for s in theme.walk()
    }


def give(
    folder: RoundsFolder,
    stored: StoredRound,
    who: int,
    patterns: Mapping[str, Sequence[tuple[int, int, int]]] = PATTERNS,
    *,
    theme_id: str | None = None,
    notes: Mapping[str, str] | None = None,
    name: str = "",
) -> None:
    """One person's answers, sealed."""
    now = folder.resolve(stored.round.id)
    session = blank_session(now.round, name, new_id())
    given = {"answers": answers(patterns, who), "notes": dict(notes or {})}
    session = type(session).model_validate({**dict(session), **given})
    folder.give(now, session, theme_id=theme_id)


def team(
    sessions: Path,
    people: int = 9,
    notes: Mapping[str, str] | None = None,
    patterns: Mapping[str, Sequence[tuple[int, int, int]]] = PATTERNS,
    names: Sequence[str] | None = None,
    **more: object,
) -> tuple[RoundsFolder, StoredRound]:
    """A closed round of so many; the first of them wrote the notes. `names` are theirs, else Person 0
    and so on."""
    rubric = {"id": RUBRIC.id, "version": RUBRIC.version}
    folder, stored = made(sessions, **{"rubric": rubric, "expected": people, **more})
    for who in range(people):
        name = (names[who] if names else f"Person {who}") if stored.round.named else ""
        give(folder, stored, who, patterns, notes=notes if who == 0 else None, name=name)
    return folder, closed(folder, stored)


@pytest.fixture(autouse=True)
def _one_word_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real one takes seconds on purpose; it has tests of its own."""

    def unlock(keys: Keys, words: str) -> PrivateKey:
        if words != WORD:
            raise WrongPassphrase("that is neither the passphrase nor the recovery code")
        return unwrapped()[1]

    monkeypatch.setattr(round_talk, "unlock", unlock)


def on_disk(folder: RoundsFolder) -> Round:
    return folder.resolve("q7w8").round


async def to_the_word(person: Person) -> None:
    """From Home to where the passphrase is asked for."""
    await choose(person, "Round")
    await person.on(Rounds)
    await person.press("enter")
    await person.on(OpenRound)


async def opened(person: Person) -> Reveal:
    await to_the_word(person)
    await person.types(f"{WORD}\r")
    return await person.on(Reveal)


async def discussing(person: Person, theme_id: str) -> Discuss:
    """From Reveal to a theme."""
    await person.press("home")
    page = await person.on(Reveal)
    for _ in RUBRIC.themes:
        if page.query_one("RowList").value == theme_id:  # type: ignore[attr-defined]
            break
        await person.press("down")
    await person.press("enter")
    return await person.on(Discuss)


def lets_go(person: Person) -> None:
    """What the end of a process does to the round's lock; here two apps share one process."""
    assert person.app._flow is not None  # noqa: SLF001
    person.app._flow.leave()  # noqa: SLF001


def listed_themes(person: Person) -> list[str]:
    """The themes as they stand on the screen, from top to bottom."""
    shorts = {theme.short: theme.id for theme in RUBRIC.themes}
    found = []
    for line in person.text.splitlines():
        start = line.lstrip(" ▸")
        found += [i for short, i in shorts.items() if start.startswith(f"{short} ")][:1]
    return found[:6]


# The passphrase


async def test_a_wrong_passphrase_opens_nothing_and_the_right_one_does(tmp_path: Path) -> None:
    folder, _ = team(tmp_path)
    before = folder.resolve("q7w8").path.read_bytes()
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await to_the_word(person)
        await person.sees("9 of 9 gave in their answers.")
        await person.types("geese\r")
        await person.reads("That is neither the passphrase nor the recovery code.")
        assert folder.resolve("q7w8").path.read_bytes() == before
        assert "geese" not in person.text
        await person.types(f"{WORD}\r")
        await person.on(Reveal)
        await person.sees("9 of 9 expected people answered.")
        assert WORD not in person.text
    now = on_disk(folder)
    assert now.step is Step.DISCUSSING
    assert [len(batch) for batch in now.published] == [9]


# Reveal


async def test_the_most_divided_theme_comes_first_then_the_lowest_then_the_grid(
    tmp_path: Path,
) -> None:
    team(tmp_path)
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await opened(person)
        await person.sees("Themes most divided first.")
        assert listed_themes(person)[:2] == ["change", "frameworks"]
        assert "two camps" in person.line("Managing change")
        await person.reads("Two camps: people see this at both ends")
        await person.press("s")
        await person.sees("Themes lowest first.")
        lowest = listed_themes(person)
        assert (set(lowest[:2]), lowest[-1]) == ({"change", "learning"}, "people")
        await person.press("s")
        await person.sees("Themes as in the grid.")
        assert listed_themes(person) == [theme.id for theme in RUBRIC.themes]
        await person.press("s")
        await person.sees("Themes most divided first.")


async def test_every_receipt_is_listed(tmp_path: Path) -> None:
    folder, _ = team(tmp_path)
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await opened(person)
        await person.press("w")
        await person.on(HeadCount)
        await person.sees("9 receipts", *on_disk(folder).sealed.values())
        assert not any(name in person.text for name in on_disk(folder).sealed)


@pytest.mark.parametrize(("people", "dots"), [(9, True), (6, False)])
async def test_single_places_show_from_eight_people_on(
    tmp_path: Path, people: int, dots: bool
) -> None:
    team(tmp_path, people)
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await opened(person)
        await discussing(person, "frameworks")
        await person.sees("◆" if not dots else "▲")
        assert ("●" in person.text) is dots
        assert ("▲" in person.text) is dots
        await person.press("escape")
        await person.on(Reveal)
        await person.press("p")
        await person.on(Presenter)
        assert ("●" in person.text) is dots


async def test_of_four_people_nothing_shows_but_why(tmp_path: Path) -> None:
    folder, _ = team(tmp_path, 4, notes={"change.starting.1": NOTE})
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await opened(person)
        await person.sees("Nothing shows: too few people for a figure.")
        assert not re.search("[◆●▲]", person.text)
        for theme in RUBRIC.themes:
            assert "too few people for a figure" in person.line(theme.short)
        await discussing(person, "change")
        await person.sees("Not shown: too few people for a figure.")
        assert not re.search("[◆●▲■]", person.text)
        assert NOTE not in person.text
        await person.press("escape", "p")
        await person.on(Presenter)
        await person.sees("Not shown: too few people for a figure.")
        assert not re.search("[◆●▲]", person.text)
        await person.press("escape", "a")
        await person.on(Act)
        assert "→" not in person.text
    assert on_disk(folder).published == ()


async def test_the_presenters_view_turns_from_theme_to_theme(tmp_path: Path) -> None:
    team(tmp_path)
    async with at_the_app(tmp_path, size=(120, 40)) as person:
        await opened(person)
        await person.press("p")
        await person.on(Presenter)
        await person.sees("1 of 6", "M A N A G I N G   C H A N G E", "Two camps:")
        assert "╭─╮" in person.text, "large figures"
        await person.press("right")
        await person.sees("2 of 6", "P E R F O R M A N C E   F R A M E W O R K S")
        await person.press("left", "left")
        await person.sees("6 of 6")
        await person.press("right", "escape")
        await person.on(Reveal)


# Discuss and agree


async def test_disputed_statements_show_both_ends(tmp_path: Path) -> None:
    team(tmp_path, notes={"change.starting.1": NOTE})
    async with at_the_app(tmp_path, size=(100, 60)) as person:
        await opened(person)
        await discussing(person, "change")
        await person.sees("Where we see it differently", "theme 5 of 6")
        await person.reads("5 say ‘not true of us’, 4 say ‘fully true’: what does each side see?")
        assert "●" in person.text
        await person.press("pagedown", "end")
        await person.sees("What people wrote, in no order", NOTE)
        await person.press("right")
        await person.sees("theme 6 of 6", "No statement is disputed; these come closest")
        await person.press("right")
        await person.sees("theme 1 of 6")
        await person.press("escape")
        await person.on(Reveal)


async def test_an_agreement_stands_beside_the_votes(tmp_path: Path) -> None:
    folder, _ = team(tmp_path)
    async with at_the_app(tmp_path, size=(100, 60)) as person:
        await opened(person)
        votes = person.line("Managing change")
        await discussing(person, "change")
        picture = next(line for line in person.text.splitlines() if "●" in line)
        await person.press("a")
        await person.on(Agree)
        await person.sees("It stands beside the votes and changes none of them.")
        await person.press("enter")
        await person.types("We heard both sides")
        await person.press("enter")
        await person.types("The depot")
        await person.press("enter")
        await person.on(Discuss)
        await person.reads("We agreed: ▄ developing, because We heard both sides", "The depot")
        assert picture in person.text
        [agreed] = on_disk(folder).agreements
        assert agreed == Agreement(
            theme_id="change", stage=Stage.DEVELOPING, reason="We heard both sides",
            dissent="The depot",
        )  # fmt: skip
        await person.press("escape")
        await person.on(Reveal)
        assert person.line("Managing change").startswith(votes.rstrip())
        assert "✓ ▄" in person.line("Managing change")
        # No agreement is an agreement too; it takes the place of the one before.
        await discussing(person, "change")
        await person.press("a", "right", "right", "ctrl+s")
        await person.on(Discuss)
        await person.reads("We agreed: no agreement")
        await person.press("a", "left", "escape")
        await person.on(Discuss)
    [agreed] = on_disk(folder).agreements
    assert agreed.stage is None
    assert agreed.reason == "We heard both sides"


@pytest.mark.parametrize("people", [9, 8])
async def test_a_second_vote_is_shown_beside_the_first_when_all_have_voted(
    tmp_path: Path, people: int
) -> None:
    folder, stored = team(tmp_path)
    async with at_the_app(tmp_path, size=(100, 60)) as person:
        await opened(person)
        await discussing(person, "change")
        first = next(line for line in person.text.splitlines() if "●" in line)
        await person.press("v")
        await person.on(Confirm)
        await person.reads("Vote again on Managing change?", "The first vote is kept")
        await person.press("escape")
        await person.on(Discuss)
        assert on_disk(folder).revotes == ()
        await person.press("v", "enter")
        await person.on(RevoteWaiting)
        await person.reads("Second vote on Managing change: 0 of 9 have voted")
        assert not re.search("[◆●▲■]", person.text)
        await person.press("escape")
        await person.on(Discuss)
        await person.sees("The second vote", "Nobody has voted yet")
        await person.press("escape", "escape")
        await person.on(Home)
    for who in range(people):
        give(folder, stored, who, {"change": [MIDDLE] * 9}, theme_id="change")
    async with at_the_app(tmp_path, size=(100, 60)) as person:
        await opened(person)
        await discussing(person, "change")
        await person.sees("The second vote")
        assert first in person.text
        after = person.text.partition("The second vote")[2]
        if people == 9:
            assert "we see it much alike" in after
            assert "●" in after
        else:
            await person.sees("Not shown: it would give away what a few people answered.")
            assert "●" not in after
            assert "much alike" not in after


async def test_who_stops_in_a_second_vote_can_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_flow, "new_draft_keys", draft_keys)
    team(tmp_path)
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await opened(person)
        await discussing(person, "change")
        await person.press("v", "enter")
        await person.on(RevoteWaiting)
        assert "Go on after a break" not in person.text
        await person.press("enter")
        await person.on(HandOver)
        await person.press("enter")
        await person.on(ResumeCode)
        await person.press("enter")
        page = await person.on(PrivateAssess)
        theme = RUBRIC.theme("change")
        assert {s.id for s in page.work.asked} == {s.id for s in theme.statements}
        await person.answers("3")
        await person.press("escape")
        await person.sees("Until you come back")
        await person.press("enter")
        await person.on(RevoteWaiting)
        await person.press("down", "enter")
        await person.on(TypeResumeCode)
        await person.press("escape")
        await person.on(RevoteWaiting)


# Act


async def test_actions_are_kept_changed_and_deleted(tmp_path: Path) -> None:
    folder, _ = team(tmp_path)
    async with at_the_app(tmp_path, size=(110, 40)) as person:
        await opened(person)
        await person.press("a")
        page = await person.on(Act)
        await person.sees("Nothing yet: choose one or two below.", "→")
        point = page.query_one("RowList").value.point  # type: ignore[attr-defined]
        await person.press("enter")
        await person.sees("Who does what by when?")
        await person.press("enter", "enter")
        await person.sees("Somebody has to have it: one name.")
        await person.types("Bea")
        await person.press("enter")
        field = person.app.screen.query_one("#due")
        field.value = "soon"  # type: ignore[attr-defined]
        await person.types("\r")
        await person.sees("A date as in 2026-12-31, or nothing.")
        field.value = "2027-01-31"  # type: ignore[attr-defined]
        await person.types("\r")
        await person.on(Act)
        await person.sees("Bea · by 31 Jan 2027", "That is it: finish")
        [action] = on_disk(folder).actions
        assert (action.point, action.what) == (point.id, point.text)
        assert (action.owner, action.due) == ("Bea", date(2027, 1, 31))
        await person.press("n")
        await person.sees("Who does what by when?")
        for words in ("Tidy the shed", "Cal", ""):
            await person.types(words)
            await person.press("enter")
        await person.sees("Tidy the shed")
        await person.press("home", "enter")
        await person.sees("Who does what by when?")
        await person.types("Bea and Dee")
        await person.press("enter", "enter")
        await person.sees("Bea and Dee")
        assert [a.owner for a in on_disk(folder).actions] == ["Bea and Dee", "Cal"]
        await person.press("home", "down", "d")
        await person.until(lambda: "Tidy" not in person.text, "the deletion")
        assert [a.owner for a in on_disk(folder).actions] == ["Bea and Dee"]
        await person.press("escape")
        await person.on(Reveal)
        assert on_disk(folder).step is Step.DISCUSSING
        await person.press("a")
        await person.on(Act)
        await person.press("home", "down", "enter")
        await person.on(Home)
        await person.reads("The next round of this team begins with what you promised.")
    now = on_disk(folder)
    assert now.step is Step.DONE
    assert [a.id for a in now.actions] == [action.id]


async def test_who_comes_back_finds_the_page_they_left(tmp_path: Path) -> None:
    team(tmp_path)
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await opened(person)
        await person.press("a")
        await person.on(Act)
        lets_go(person)
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await to_the_word(person)
        await person.reads("The answers are sealed again since you left.")
        assert not re.search("[◆●▲]", person.text)
        await person.types(f"{WORD}\r")
        await person.on(Act)


# Setting up


@pytest.mark.parametrize(
    ("typed", "named", "fault"),
    [
        ({"title": ""}, False, "Give the round a name"),
        ({"expected": "0"}, False, "A number from 1 to 500"),
        ({"expected": "six"}, False, "A number from 1 to 500"),
        ({"figures": "4"}, False, "Figures need 5 people or more"),
        ({"pictures": "7"}, False, "Single places need 8 people or more."),
        ({"expected": "4"}, False, "set up a round with names, or ask more people"),
        ({"figures": "7"}, False, "would never show of 6"),
        ({"expected": "4"}, True, ""),
        ({"figures": "9"}, False, "at least as many people as figures do"),
        ({"figures": "many", "pictures": ""}, True, ""),
        ({"minutes": "0"}, True, "A number of minutes from 1 to 240"),
        ({"again": "three grey goose"}, False, "The two are not the same."),
        ({"passphrase": "short", "again": "short"}, False, "8 characters or more"),
        ({"passphrase": "a        ", "again": "a        "}, False, "8 characters or more"),
        ({}, False, ""),
    ],
)
async def test_a_form_says_what_is_still_missing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: Mapping[str, str],
    named: bool,
    fault: str,
) -> None:
    keys = unwrapped()[0]
    monkeypatch.setattr(rounds, "new_keys", lambda passphrase: (keys, "mist-2222-2222-2222"))
    form = {"title": "Spring", "team": "North", "expected": "6", "passphrase": WORD, "again": WORD}
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await choose(person, "Round")
        page = await person.on(SetUpRound)
        for name, value in {**form, **typed}.items():
            page.query_one(f"#{name}", Input).value = value
        if named:
            page.query_one(Choice).focus()
            await person.press("right")
        await person.press("ctrl+s")
        if fault:
            await person.reads(fault)
            assert person.app.screen is page
        else:
            await person.on(RecoverySheet)
            await person.sees("mist-2222-2222-2222")
    found, _ = RoundsFolder(tmp_path).all()
    assert [each.round.named for each in found] == ([] if fault else [named])


# Every page bears every size, and text that is not meant well


HOSTILE = "[/] [b]x[@click=app.quit]y[/] \x1b[2J\x1b]0;t\x07 \u202egnp\x00 $primary 日本語"
ACTION = Action(id="a2b3c4d5", what=HOSTILE, owner=HOSTILE, due=date(2027, 1, 31))


def hostile_round(sessions: Path, *, named: bool = False) -> tuple[RoundsFolder, StoredRound]:
    folder, stored = team(
        sessions, notes={"change.starting.1": HOSTILE}, title=HOSTILE, team=HOSTILE, named=named
    )
    round_ = stored.round.at_step(Step.DISCUSSING)
    round_ = round_.agreed(Agreement(theme_id="change", reason=HOSTILE, dissent=HOSTILE))
    return folder, folder.save(stored, round_.with_action(ACTION))


async def every_open_page(person: Person) -> None:
    """From the passphrase through all pages of an open round, looking after each step."""

    def look(what: str) -> None:
        assert not UNSAFE.search(person.text.replace("\n", "")), what
        assert person.app.is_running, what

    look("passphrase")
    await person.types(f"{WORD}\r")
    await person.on(Reveal)
    look("reveal")
    for keys, page in (
        (["w"], HeadCount), (["escape"], Reveal), (["p"], Presenter), (["right"], Presenter),
        (["escape"], Reveal), (["s"], Reveal), (["s"], Reveal), (["s", "home", "enter"], Discuss),
        (["end"], Discuss), (["a"], Agree), (["escape"], Discuss), (["v"], Confirm), (["enter"], RevoteWaiting),
        (["escape"], Discuss), (["t"], Discuss), (["escape"], Reveal), (["a"], Act),
        (["home"], Act),
    ):  # fmt: skip
        await person.press(*keys)
        await person.on(page)
        look(f"{keys}")
    await person.press("enter")
    await person.pilot.pause()
    look("an action")
    await person.press("escape")
    await person.on(Act)


SIZES = [
    ((20, 5), False), ((20, 5), True), ((44, 12), False), ((80, 24), False), ((200, 50), True),
]  # fmt: skip


@pytest.mark.parametrize(("size", "named"), SIZES, ids=str)
async def test_text_from_outside_acts_on_nothing_at_any_size(
    tmp_path: Path, size: tuple[int, int], named: bool
) -> None:
    hostile_round(tmp_path, named=named)
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await to_the_word(person)
        await person.pilot.resize_terminal(*size)
        await every_open_page(person)


async def test_hostile_words_are_shown_as_they_were_written(tmp_path: Path) -> None:
    hostile_round(tmp_path)
    async with at_the_app(tmp_path, size=(160, 60)) as person:
        await choose(person, "Round")
        await person.on(Rounds)
        await person.sees("[/] [b]x[@click=app.quit]y[/]")
        await person.press("enter")
        await person.on(OpenRound)
        await person.types(f"{WORD}\r")
        await person.on(Reveal)
        await discussing(person, "change")
        await person.sees(
            "because [/] [b]x[@click=app.quit]y[/]", "✎ [/] [b]x[@click=app.quit]y[/]"
        )
        await person.press("escape", "a")
        await person.on(Act)
        await person.sees("still open [/] [b]x[@click=app.quit]y[/]")


@pytest.mark.parametrize(("size", "named"), SIZES, ids=str)
async def test_pages_before_the_reveal_bear_any_size(
    tmp_path: Path, size: tuple[int, int], named: bool
) -> None:
    folder, stored = made(tmp_path, title=HOSTILE, team=HOSTILE, named=named, minutes=15)
    round_ = stored.round
    round_ = Round.model_validate({**dict(round_), "last_actions": (ACTION,)})
    stored.path.write_text(round_text(round_, stored.keys), encoding="utf-8")
    pages = [
        SetUpRound(HOSTILE), Brief(round_, 117), LastActions(round_), Waiting(round_, 2),
        HandOver(round_), ResumeCode(round_, "mist-2222-2222", pausing=False),
        ResumeCode(round_, None, pausing=True), TypeResumeCode(round_), ThankYou(round_, "7K4Q-M2XD"),
        Rounds(*folder.all()),
    ]  # fmt: skip
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await person.pilot.resize_terminal(*size)
        for page in pages:
            person.app.push_screen(page)
            await person.on(type(page))
            assert not UNSAFE.search(person.text.replace("\n", "")), page
            await person.press("down", "end", "up", "tab")
            assert person.app.screen is page
            person.app.pop_screen()
            await person.on(Home)
        assert person.app.is_running


async def test_what_can_be_done_is_seen_on_the_smallest_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 20x5 whoever holds the laptop can still go on: the first choice can be seen and taken."""
    monkeypatch.setattr(round_flow, "new_draft_keys", draft_keys)
    made(tmp_path)
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await choose(person, "Round")
        await person.on(Rounds)
        await person.pilot.resize_terminal(20, 5)
        await person.press("enter")
        await person.on(Waiting)
        await person.sees("▸ Next person")
        await person.press("enter")
        await person.on(HandOver)
        await person.sees("▸ It is my turn")


# A second vote


@pytest.mark.parametrize("way", ["killed", "left"])
async def test_a_second_vote_goes_on_without_the_passphrase(tmp_path: Path, way: str) -> None:
    folder, stored = team(tmp_path)
    async with at_the_app(tmp_path, size=(100, 60)) as person:
        await opened(person)
        await discussing(person, "change")
        await person.press("v", "enter")
        await person.on(RevoteWaiting)
        assert on_disk(folder).voting == "change"
        lets_go(person)
    for who in range(8):
        give(folder, stored, who, {"change": [MIDDLE] * 9}, theme_id="change")
    async with at_the_app(tmp_path, size=(100, 60)) as person:
        await choose(person, "Round")
        await person.on(Rounds)
        await person.press("enter")
        await person.on(RevoteWaiting)
        await person.reads("Second vote on Managing change: 8 of 9 have voted")
        await person.sees("Next person")
        assert not re.search("[◆●▲]", person.text)
        lets_go(person)
    give(folder, stored, 8, {"change": [MIDDLE] * 9}, theme_id="change")
    async with at_the_app(tmp_path, size=(100, 60)) as person:
        await choose(person, "Round")
        await person.on(Rounds)
        await person.press("enter")
        await person.on(RevoteWaiting)
        await person.sees("9 of 9 have voted", "Show the second vote")
        assert "Next person" not in person.text
        await person.press("home", "enter")
        # Nobody has said the passphrase yet.
        await person.on(OpenRound)
        await person.types(f"{WORD}\r")
        await person.on(Discuss)
        await person.sees("The second vote", "theme 5 of 6")
        assert "we see it much alike" in person.text.partition("The second vote")[2]
        assert on_disk(folder).voting is None


async def test_a_second_vote_that_nobody_wants_can_be_given_up(tmp_path: Path) -> None:
    folder, stored = team(tmp_path)
    async with at_the_app(tmp_path, size=(100, 60)) as person:
        await opened(person)
        await discussing(person, "change")
        await person.press("v", "enter")
        await person.on(RevoteWaiting)
        await person.press("end", "enter")
        await person.reads("Give up the second vote?", "0 votes on Managing change will be deleted")
        await person.press("escape")
        await person.on(RevoteWaiting)
        await person.press("end", "enter", "enter")
        await person.on(Discuss)
        assert "The second vote" not in person.text
    assert on_disk(folder).revotes == ()
    assert not (stored.folder / "revote-change").exists()


# With names


async def test_a_round_with_names_shows_who_stands_where(tmp_path: Path) -> None:
    team(tmp_path, named=True)
    async with at_the_app(tmp_path, size=(100, 120)) as person:
        await opened(person)
        await discussing(person, "change")
        await person.sees("Who stands where")
        for who in range(9):
            place = "1.0, starting" if who < 5 else "3.0, consolidating"
            assert re.search(rf"Person {who} +{place}", person.text)
        await person.reads(
            "Not true of us: Person 0, Person 1, Person 2, Person 3, Person 4",
            "Fully true: Person 5, Person 6, Person 7, Person 8",
            "more in dispute",
        )


async def test_a_round_without_names_shows_nobody(tmp_path: Path) -> None:
    team(tmp_path)
    async with at_the_app(tmp_path, size=(100, 120)) as person:
        await opened(person)
        await discussing(person, "change")
        assert "Who stands where" not in person.text


# Coming back, and small terminals


async def test_reveal_keeps_its_order_and_its_mark(tmp_path: Path) -> None:
    team(tmp_path)
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await opened(person)
        await person.press("s", "s")
        await person.sees("Themes as in the grid.")
        await discussing(person, "frameworks")
        await person.press("right")
        await person.sees("theme 4 of 6")
        await person.press("escape")
        back = await person.on(Reveal)
        await person.sees("Themes as in the grid.")
        assert back.theme_id == "priorities"
        await person.press("a")
        await person.on(Act)
        await person.press("escape")
        back = await person.on(Reveal)
        await person.sees("Themes as in the grid.")
        assert back.theme_id == "priorities"


async def test_why_something_is_not_shown_is_not_cut_on_80_columns(tmp_path: Path) -> None:
    team(tmp_path, 4)
    async with at_the_app(tmp_path) as person:
        await opened(person)
        for theme in RUBRIC.themes:
            assert "too few people for a figure ─" in person.line(theme.short)


async def test_what_one_agrees_to_can_be_read_on_a_small_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_flow, "new_draft_keys", draft_keys)
    made(tmp_path)
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await choose(person, "Round")
        await person.on(Rounds)
        await person.pilot.resize_terminal(44, 12)
        await person.press("enter")
        await person.on(Waiting)
        await person.press("enter")
        await person.on(HandOver)
        await person.reads("By going on you agree that your answers count in this round.")
        seen = ""
        for _ in range(6):
            seen += person.text
            await person.press("pagedown")
        for word in ("Answers carry", "passphrase", "watches", "code that only"):
            assert word in seen
        await person.press("pageup", "pageup", "pageup", "pageup")
        await person.sees("Answers carry", "▸ It is my turn")


async def test_all_choices_of_an_agreement_are_seen_on_a_small_terminal(tmp_path: Path) -> None:
    folder, _ = team(tmp_path)
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await opened(person)
        await discussing(person, "change")
        await person.pilot.resize_terminal(44, 12)
        await person.press("a")
        await person.on(Agree)
        await person.sees(
            "starting", "developing", "consolidating", "no agreement", "Because",
            "Who sees it differently",
        )  # fmt: skip
        choice = person.app.screen.query_one(Choice)
        y = choice.content_region.y + 1
        x = next(i for i in range(44) if person.text.splitlines()[y][i:].startswith("no agree"))
        await person.pilot.click(offset=(x, y))
        await person.press("ctrl+s")
        await person.on(Discuss)
    [agreed] = on_disk(folder).agreements
    assert agreed.stage is None


@pytest.mark.parametrize(("expected", "done"), [(500, 138), (9, 4), (13, 13)])
async def test_waiting_keeps_its_squares_on_one_line(
    tmp_path: Path, expected: int, done: int
) -> None:
    names = {f"a{n:015}": "AAAA-BBBB" for n in range(done)}
    _, stored = made(tmp_path, expected=expected, sealed=names, begun=True)
    async with at_the_app(tmp_path, size=(44, 30)) as person:
        person.app.push_screen(Waiting(stored.round, 0))
        await person.on(Waiting)
        [line] = [line for line in person.text.splitlines() if "■" in line or "□" in line]
        assert f"{done} of {expected}" in line
        if expected == 9:
            assert (line.count("■"), line.count("□")) == (4, 5)


async def test_figures_of_many_people_stand_apart() -> None:
    counts = {Stage.STARTING: 341, Stage.DEVELOPING: 138, Stage.CONSOLIDATING: 21}
    assert stage_counts(counts).plain.split() == ["▁", "341", "▄", "138", "▇", "21"]
    assert "138▇" not in stage_counts(counts).plain


# The recovery code


async def test_the_recovery_code_is_not_gone_by_a_slip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = unwrapped()[0]
    monkeypatch.setattr(rounds, "new_keys", lambda passphrase: (keys, "mist-2222-2222-2222"))

    def renewed(before: Keys, words: str) -> tuple[Keys, str]:
        if words != WORD:
            raise WrongPassphrase("that is not the passphrase of this round")
        return Keys(before.public, before.wrapped, "another"), "kite-3333-3333-3333"

    monkeypatch.setattr(rounds, "renewed", renewed)
    form = {"title": "Spring", "team": "North", "expected": "6", "passphrase": WORD, "again": WORD}
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await choose(person, "Round")
        page = await person.on(SetUpRound)
        for name, value in form.items():
            page.query_one(f"#{name}", Input).value = value
        await person.press("ctrl+s")
        sheet = await person.on(RecoverySheet)
        assert "esc home" not in person.text
        await person.press("escape")
        assert person.app.screen is sheet
        await person.press("ctrl+q")
        await person.sees("Quit without the code?")
        await person.press("escape")
        await person.sees("mist-2222-2222-2222")
        assert person.app.return_code is None
        await person.press("enter")
        await person.on(Brief)
        await person.press("end", "enter")
        await person.on(NewSheet)
        await person.types("not this\r")
        await person.reads("That is not the passphrase of this round.")
        await person.types(f"{WORD}\r")
        await person.on(RecoverySheet)
        await person.sees("kite-3333-3333-3333")
        [stored], _ = RoundsFolder(tmp_path).all()
        assert stored.keys.recovery == "another"
        await person.press("enter")
        await person.on(Brief)
        await person.press("home", "enter")
        await person.on(Waiting)
        lets_go(person)
    # Once somebody has begun, the code stays as it is.
    folder = RoundsFolder(tmp_path)
    now = folder.resolve("latest")
    now = folder.save(now, now.round.started())
    folder.save(now, now.round.at_step(Step.BRIEF))
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await choose(person, "Round")
        await person.on(Rounds)
        await person.press("enter")
        await person.on(Brief)
        assert "New recovery code" not in person.text
