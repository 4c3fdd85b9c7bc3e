"""Compare with rounds: the passphrase, what may be shown, people beside their team, promises."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bt_assess.core.compared import of_session
from bt_assess.core.courses import identity
from bt_assess.core.round import Action, ActionState, Round, Step
from bt_assess.core.session import Answer
from bt_assess.report.making import OfComparison, made
from bt_assess.store import rounds
from bt_assess.store.round_file import StoredRound, round_text
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.sealing import Keys, PrivateKey, WrongPassphrase
from bt_assess.store.session_file import read_session
from bt_assess.tui import comparing_flow
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.comparing.choose import ChooseToCompare
from bt_assess.tui.screens.comparing.dialogs import AskPassphrase
from bt_assess.tui.screens.pick import Pick
from tests.core.builders import NOON
from tests.store.keys import unwrapped
from tests.tui.kept import keep
from tests.tui.person import Person, at_the_app, choose
from tests.tui.test_compare import RUBRIC, all_answers, finds
from tests.tui.test_round_pages import HIGH, LOW, MIDDLE, team

WORD, OTHER = "three grey geese", "four green frogs"
AT = {1: LOW, 2: MIDDLE, 3: HIGH}
Patterns = Mapping[str, Sequence[tuple[int, int, int]]]
PROMISED = (
    Action(id="actionnumber1", what="Walk the sites", owner="Ada", due=date(2026, 5, 1)),
    Action(id="actionnumber2", what="One page of aims"),
    Action(id="actionnumber3", what="A new system", owner="Bob"),
)


@pytest.fixture(autouse=True)
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that were tried. The real lock takes seconds on purpose; it has its own tests."""
    words: list[str] = []

    def unlock(keys: Keys, word: str) -> PrivateKey:
        words.append(word)
        if word != (OTHER if keys.wrapped == "other" else WORD):
            raise WrongPassphrase("that is not the passphrase of this round, nor its recovery code")
        return unwrapped()[1]

    monkeypatch.setattr(comparing_flow, "unlock", unlock)
    return words


def put(
    folder: Path,
    number: int,
    stages: Sequence[int],
    *,
    step: Step = Step.DISCUSSING,
    word: str = WORD,
    **more: Any,
) -> StoredRound:
    """A round of so many people, each wholly at a stage, that was revealed to its team."""
    patterns: Patterns = {t.id: [AT[s] for s in stages] for t in RUBRIC.themes}
    actions = more.pop("actions", ())
    values: dict[str, Any] = {
        "id": f"roundnumber{number}",
        "title": f"Review {number}",
        "created": date(2026, number, 1),
        **more,
    }
    _, stored = team(folder, len(stages), patterns=patterns, **values)
    round_ = Round.model_validate(
        {**dict(stored.round), "step": step, "actions": actions, "revision": 90}
    )
    keys = Keys(stored.keys.public, "other", "none") if word == OTHER else stored.keys
    stored.path.write_text(round_text(round_, keys), encoding="utf-8")
    return RoundsFolder(folder).resolve(round_.id)


async def choosing(person: Person) -> ChooseToCompare:
    await choose(person, "Compare")
    if not isinstance(person.app.screen, ChooseToCompare):
        await person.on(Compare)
        await person.press("c")
    return await person.on(ChooseToCompare)


async def asked(person: Person, word: str = WORD) -> None:
    await person.on(AskPassphrase)
    await person.types(f"{word}\r")


async def test_nothing_shows_before_the_passphrase_and_a_wrong_one_can_be_tried_again(
    tmp_path: Path, tried: list[str]
) -> None:
    first = put(tmp_path, 1, [1] * 9)
    put(tmp_path, 2, [3] * 9)
    assert not first.round.published
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await person.press("home", "enter")
        await person.on(AskPassphrase)
        await person.sees("Open 'Review 1'")
        assert "1.0" not in person.text
        await asked(person, "nonsense")
        await person.reads("not the passphrase of this round", "Try again")
        assert not RoundsFolder(tmp_path).resolve(first.round.id).round.published
        await asked(person)
        await person.on(Compare)
        # The second round opens with the words that were just given.
        assert tried == ["nonsense", WORD, WORD]
        await person.sees("1 Jan 2026 → 1 Feb 2026", "+2.0  clear change")
    # Who is shown is written down, and the passphrase nowhere.
    for stored in RoundsFolder(tmp_path).all()[0]:
        assert len(stored.round.published[0]) == 9
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or WORD.encode() not in path.read_bytes()


async def test_a_round_with_a_word_of_its_own_asks_for_it(tmp_path: Path, tried: list[str]) -> None:
    put(tmp_path, 1, [1] * 9)
    put(tmp_path, 2, [3] * 9, word=OTHER)
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await person.press("home", "enter")
        await asked(person)
        await person.sees("Open 'Review 2'")
        await person.reads("a passphrase of its own")
        await asked(person, OTHER)
        await person.on(Compare)
        assert tried == [WORD, WORD, OTHER]


async def test_who_goes_back_sees_nothing(tmp_path: Path) -> None:
    put(tmp_path, 1, [1] * 9)
    put(tmp_path, 2, [3] * 9, word=OTHER)
    async with at_the_app(tmp_path) as person:
        page = await choosing(person)
        await person.press("home", "enter")
        await asked(person)
        await person.sees("Open 'Review 2'")
        await person.goes_back_to(page)
        await person.reads("Not opened, so nothing is shown")


async def test_who_is_shown_is_written_first_or_nothing_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, 1, [1] * 9)
    put(tmp_path, 2, [3] * 9)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rounds, "write_atomic", full)
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await person.press("home", "enter")
        await asked(person)
        await person.reads("The round cannot be opened: no space left")
        assert isinstance(person.app.screen, AskPassphrase)


@pytest.mark.parametrize("step", [Step.COLLECTING, Step.CLOSED])
async def test_a_round_is_not_compared_before_its_team_has_seen_it(
    tmp_path: Path, tried: list[str], step: Step
) -> None:
    put(tmp_path, 1, [1] * 9)
    put(tmp_path, 2, [3] * 9, step=step)
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await person.press("home")
        await person.press("space")
        await person.reads("Its team sees it first")
        await person.press("enter", "down", "enter")
        await person.reads("no other round yet")
        # Nor together with one that has been revealed.
        await person.press("space", "home", "enter")
        await person.reads("Its team sees it first")
        assert not tried


async def test_too_few_to_tell_has_no_verdict(tmp_path: Path) -> None:
    put(tmp_path, 1, [1] * 6)
    put(tmp_path, 2, [3] * 6)
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await person.press("home", "enter")
        await asked(person)
        await person.on(Compare)
        await person.sees("+2.0  too few to tell")
        assert "clear change" not in person.text


async def test_people_with_names_are_compared_with_themselves_and_stand_beside_their_team(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports: list[OfComparison] = []

    def ask(page: object, rubric: object, subject: OfComparison, *more: object) -> None:
        reports.append(subject)

    monkeypatch.setattr("bt_assess.tui.reporting.ask_and_report", ask)
    put(tmp_path, 1, [1, 1, 1, 2, 2, 2], named=True)
    put(tmp_path, 2, [2, 2, 2, 2, 2, 3], named=True)
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await person.press("home", "enter")
        await asked(person)
        await person.on(Compare)
        await person.reads("6 people, each with themselves")
        await person.press("3")
        await person.sees("a 1.5  b 2.0")
        await person.press("p")
        await person.on(Pick)
        await person.sees("Person 0", "Person 5")
        await person.press("end", "enter")
        await person.sees("c Person 5", "a 1.5  b 2.0  c 3.0")
        await person.press("s")
        await person.types("Both\r")
        await person.sees("Kept as 'Both'")
        # A report is of what is on the screen, the person beside their team included.
        await person.press("r")
        [of] = reports
        assert [each.name for each in of.items] == ["Review 1", "Review 2", "Person 5"]
        page = made("md", RUBRIC, of, date(2026, 12, 1))
        assert "Person 5" in str(page)
    # The person is a guest: what is kept is what was chosen.
    [path] = (tmp_path / "comparisons").glob("*.toml")
    assert "Person 5" not in path.read_text(encoding="utf-8")


async def test_all_that_is_found_is_marked_rounds_as_well(tmp_path: Path) -> None:
    put(tmp_path, 1, [1] * 9)
    put(tmp_path, 2, [2] * 9)
    put(tmp_path, 3, [3] * 9, step=Step.COLLECTING)
    keep(tmp_path, RUBRIC, all_answers(1), respondent="Ada", started=NOON)
    keep(tmp_path, RUBRIC, all_answers(1), respondent="Ada", started=NOON + timedelta(days=9))
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await finds(person, "2026")
        await person.press("m")
        await person.reads("4 marked", "1 round passed over: not to be compared yet")
        await person.press("m")
        await person.until(lambda: "marked" not in person.text, "no marks")
        await finds(person, "review")
        await person.press("m")
        await person.reads("2 marked")


async def test_rounds_alone_are_counted_and_no_heading_is_empty(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        put(tmp_path, number, [1] * 9)
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await person.sees("Rounds", "3 rounds")
        assert "ession" not in person.text
        await finds(person, "1 Feb")
        await person.sees("1 round", "1 Feb 2026")
        assert "1 Jan 2026" not in person.text
        keep(tmp_path, RUBRIC, all_answers(1), respondent="Ada", started=NOON)
        await person.press("escape", "escape")
        await choosing(person)
        await person.sees("3 rounds · 1 session", "Sessions")


async def test_two_people_of_one_name_are_told_apart(tmp_path: Path) -> None:
    names = ["Ada", "ada", "Bo", "Cy", "Bo", "Ed"]
    for number in (1, 2):
        put(tmp_path, number, [1, 3, 1, 2, 2, 2], named=True, names=names)
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await person.press("home", "enter")
        await asked(person)
        page = await person.on(Compare)
        await person.press("3")
        await person.sees("a 1 Jan 2026", "b 1 Feb 2026")
        for who in ("Ada", "ada (2)"):
            await person.press("p")
            await person.on(Pick)
            await person.sees("▸ Ada", "  ada (2)", "  Bo (2)")
            await person.marks(who)
            await person.press("enter")
            await person.on(Compare)
        # The team's dates stay to be read.
        for words in ("a Review 1 · North, 1 Jan 2026", "b Review 2 · North, 1 Feb 2026",
                      "c Ada", "d ada (2)"):  # fmt: skip
            await person.sees(words)
        # Nor does a report take them for two times of one person.
        first, second = page.subject.guests
        assert identity(first) != identity(second)
        assert {each.standings[0].position for each in page.subject.guests} == {1.0, 3.0}


async def test_nobody_is_picked_out_of_a_round_without_names(tmp_path: Path) -> None:
    put(tmp_path, 1, [1] * 9)
    put(tmp_path, 2, [3] * 9)
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await person.press("home", "enter")
        await asked(person)
        await person.on(Compare)
        await person.press("3", "p")
        assert isinstance(person.app.screen, Compare)
        assert "p person" not in person.text


async def test_a_person_beside_their_team_has_not_changed_into_it(tmp_path: Path) -> None:
    put(tmp_path, 1, [2] * 9)
    path = keep(tmp_path, RUBRIC, all_answers(3), respondent="Ada")
    keep(tmp_path, RUBRIC, all_answers(1), respondent="Bob")
    ada = of_session(RUBRIC, read_session(path).session)
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await finds(person, "ada")
        await person.press("space")
        await finds(person, "review")
        await person.press("space", "enter")
        await asked(person)
        await person.on(Compare)
        assert ada.standings[0].position == 3.0
        await person.sees("a Review 1", "b Ada", "a 2.0  b 3.0  apart by 1.0")
        for key, words in (
            ("1", "neither has changed into the other"),
            ("2", "A trend needs one person, or one team"),
            ("4", "What moved is told of one person, or of one team"),
            ("5", "It takes two rounds of one team to tell"),
        ):
            await person.press(key)
            await person.reads(words)


async def test_what_was_promised_has_its_state_owner_and_date(tmp_path: Path) -> None:
    put(tmp_path, 1, [1] * 9, actions=PROMISED)
    done = PROMISED[0].model_copy(update={"state": ActionState.DONE, "remark": "In two days."})
    dropped = PROMISED[2].model_copy(update={"state": ActionState.DROPPED})
    put(tmp_path, 2, [2] * 9, last_actions=(done, dropped))
    async with at_the_app(tmp_path) as person:
        await choosing(person)
        await person.press("home", "enter")
        await asked(person)
        await person.on(Compare)
        await person.press("5")
        await person.reads(
            "1 of 3 actions done",
            "✓ done Walk the sites Ada · by 1 May 2026 ✎ In two days.",
            "○ still open One page of aims nobody's name to it · no date · no later round says more",
            "✗ dropped A new system Bob",
        )


async def test_what_moved_in_a_team_has_counts(tmp_path: Path) -> None:
    put(tmp_path, 1, [1] * 9)
    put(tmp_path, 2, [3] * 9)
    async with at_the_app(tmp_path, size=(100, 60)) as person:
        await choosing(person)
        await person.press("home", "enter")
        await asked(person)
        await person.on(Compare)
        await person.press("4")
        await person.reads(f"9 {Answer.FULLY.value} → 9 {Answer.NOT.value}", "starting 100 → 0")
