"""A team's round on one laptop, in a real terminal, with the keyboard alone."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bt_assess.core.round import ActionState, Round, Step
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.rubric_file import load_rubric
from tests.e2e.console import Console

ENTER, ESCAPE, DOWN, UP, QUIT = "\r", "\x1b", "\x1b[B", "\x1b[A", "\x11"
CLEAR = "\x15"
RUBRIC = load_rubric()
WORD = "three grey geese"
SECRET = "Barnaby-lost-the-ledgers"
ANSWER = "fully true"
CODE = re.compile(r"[a-z]+-[a-z0-9]{4}-[a-z0-9]{4}")
RECOVERY = re.compile(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){4}")
RECEIPT = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


class Laptop:
    """The one laptop: a terminal, a sessions folder, a home and a place for temporary files."""

    def __init__(self, base: Path) -> None:
        self.sessions, self.home, self.temporary = (base / n for n in ("sessions", "home", "tmp"))
        for folder in (self.home, self.temporary):
            folder.mkdir()
        self.base = base
        self.console = self._opened()

    def _opened(self) -> Console:
        console = Console(self.sessions, {"HOME": str(self.home), "TMPDIR": str(self.temporary)})
        console.wait("The grid")
        return console

    def open_again(self) -> None:
        self.console.close()
        self.console = self._opened()

    @property
    def stored(self) -> StoredRound:
        return RoundsFolder(self.sessions).resolve("latest")

    @property
    def round(self) -> Round:
        return self.stored.round

    def page(self, *words: str) -> None:
        for word in words:
            self.console.wait(word)

    def press(self, *keys: str) -> None:
        self.console.press(*keys)

    def fill(self, *lines: str) -> None:
        """Type a line into each field, Enter behind it; the next field is there when all is quiet."""
        for line in lines:
            self.press(line, ENTER)
            self.console.settle()

    def choose(self, words: str) -> None:
        """Move the mark to a line of a list and open it."""
        self.console.mark(words)
        self.press(ENTER)

    def find(self, pattern: re.Pattern[str]) -> str:
        """What a page shows once, such as a code."""
        self.console.until(lambda: bool(pattern.search(self.console.text)), pattern.pattern)
        return pattern.search(self.console.text)[0]  # type: ignore[index]

    def mapped(self) -> set[Path]:
        """The files of this laptop that the program has in its memory, deleted ones too."""
        maps = Path(f"/proc/{self.console.process.pid}/maps")
        try:
            lines = maps.read_text().splitlines()
        except (FileNotFoundError, PermissionError):
            # Not this system, or nobody but the superuser may look: the app asks for that.
            return set()
        paths = {x.split(maxsplit=5)[5] for x in lines if "/" in x}
        return {Path(x.removesuffix(" (deleted)")) for x in paths if x.startswith(str(self.base))}

    def holds(self, *words: str) -> list[str]:
        """Where on this laptop any of these words is: names and bytes of files, mapped files."""
        found = []
        for path in {*self.base.rglob("*"), *self.mapped()}:
            data = path.read_bytes() if path.is_file() else b""
            found += [f"{word} in {path}" for word in words if word.encode() in data]
            found += [f"{word} in the name {path}" for word in words if word in path.name]
        return found


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    opened = Laptop(tmp_path)
    yield opened
    opened.console.close()


def set_up(laptop: Laptop, title: str, team: str, people: int) -> str:
    """From the form to the brief; the recovery code."""
    laptop.page("What is it called?")
    laptop.press(title, ENTER)
    laptop.console.settle()
    # In a second round the team is known.
    if team in laptop.console.text:
        laptop.fill("")
    else:
        laptop.fill(team)
    laptop.fill(str(people), "", "", "", "", WORD, WORD)
    laptop.page("Your recovery code")
    code = laptop.find(RECOVERY)
    laptop.choose("I have written it down")
    laptop.page("What we are about to do")
    return code


def takes_the_laptop(laptop: Laptop) -> str:
    """From Waiting to the first statement; the resume code."""
    laptop.choose("Next person")
    laptop.page("The laptop is yours", "It is my turn")
    laptop.press(ENTER)
    laptop.page("In case you have to stop")
    code = laptop.find(CODE)
    laptop.press(ENTER)
    laptop.page("1 of 117")
    return code


def answers(laptop: Laptop, keys: str, start: int = 1) -> None:
    for place, key in enumerate(keys, start):
        laptop.page(f"{place} of 117")
        laptop.press(key)
    laptop.page(f"{start + len(keys)} of 117", "✓ saved")


def gives_in(laptop: Laptop) -> str:
    """From a statement to Waiting; the receipt."""
    laptop.press("r")
    laptop.page("Review before you finish")
    laptop.press("f")
    laptop.page("Finish this assessment?")
    laptop.press(ENTER)
    laptop.page("Thank you")
    receipt = laptop.find(RECEIPT)
    laptop.press(ENTER)
    return receipt


def comes_back(laptop: Laptop, code: str, place: int) -> None:
    laptop.choose("Go on after a break")
    laptop.page("Your resume code")
    laptop.press(code, ENTER)
    laptop.page(f"{place} of 117")


def waits(laptop: Laptop, done: int, of: int = 6) -> None:
    laptop.page(f"{done} of {of} have given in their answers")


def theme_keys(keys: Callable[[str], str]) -> str:
    """A key for each statement of the first theme, in order, by its stage."""
    first = RUBRIC.asked[0].id.split(".")[0]
    return "".join(keys(s.stage.value) for s in RUBRIC.asked if s.id.split(".")[0] == first)


def test_a_round_of_six_on_one_laptop(laptop: Laptop) -> None:
    laptop.choose("Round")
    recovery = set_up(laptop, "Spring review", "North", 6)
    laptop.press(ENTER)
    waits(laptop, 0)

    # The first writes a note that nobody else may ever read on this laptop.
    first = takes_the_laptop(laptop)
    laptop.press("n")
    laptop.page("What is the evidence?")
    laptop.press(SECRET)
    laptop.page(SECRET)
    laptop.press(ESCAPE)
    laptop.page("✎")
    answers(laptop, "4")
    assert laptop.holds(SECRET, first) == [], "while the first is answering"
    receipt = gives_in(laptop)
    waits(laptop, 1)
    laptop.console.settle()
    wiped = len(laptop.console.printed)
    assert laptop.holds(SECRET, "Barnaby", first) == []

    # The second answers a whole theme.
    takes_the_laptop(laptop)
    second = theme_keys(lambda stage: {"starting": "1", "developing": "4"}.get(stage, "2"))
    answers(laptop, second)
    gives_in(laptop)
    waits(laptop, 2)
    # All that the terminal got since the first was wiped: the scrollback of the second one.
    since = laptop.console.printed[wiped:].decode(errors="replace")
    for word in (SECRET, "Barnaby", first, receipt):
        assert word not in since
        assert word not in laptop.console.text

    # The third gives up half-way and comes back.
    third = takes_the_laptop(laptop)
    answers(laptop, "32")
    laptop.press(ESCAPE)
    laptop.page("Until you come back", third)
    laptop.choose("I have the code")
    waits(laptop, 2)
    laptop.page("1 person has begun and can go on")
    assert third not in laptop.console.text
    comes_back(laptop, third, 3)
    answers(laptop, "2", start=3)
    gives_in(laptop)
    waits(laptop, 3)

    # While the fourth answers, the power goes.
    fourth = takes_the_laptop(laptop)
    answers(laptop, "43")
    laptop.console.process.kill()
    assert laptop.console.exit_code() == 128 + 9
    laptop.open_again()
    laptop.choose("Round")
    laptop.page("newest first")
    laptop.choose("Spring review")
    waits(laptop, 3)
    comes_back(laptop, fourth, 3)
    gives_in(laptop)
    waits(laptop, 4)

    for done in (5, 6):
        takes_the_laptop(laptop)
        answers(laptop, "4")
        gives_in(laptop)
        waits(laptop, done)
    assert len(set(laptop.round.sealed.values())) == 6
    assert receipt in laptop.round.sealed.values()

    # Reveal, discuss, agree.
    laptop.choose("Close the round")
    laptop.page("Close the round?")
    laptop.press(ENTER)
    laptop.page("Open the answers", "6 of 6 gave in their answers.")
    assert laptop.round.step is Step.CLOSED
    laptop.press(WORD, ENTER)
    laptop.page("6 of 6 expected people answered.", "Themes most divided first.")
    laptop.press(ENTER)
    laptop.page("7 of 9  discuss")
    laptop.press("a")
    laptop.page("What do we agree on")
    laptop.fill("", "We are on our way", "")
    laptop.page("We agreed: ", "because We are on our way")
    laptop.press(ESCAPE)
    laptop.page("Themes most divided first.")
    [agreed] = laptop.round.agreements
    assert agreed.reason == "We are on our way"

    # Act.
    laptop.press("a")
    laptop.page("9 of 9  act")
    laptop.press("n")
    laptop.page("Who does what by when?")
    laptop.fill("Clear the backlog", "Bea")
    laptop.press(CLEAR)
    laptop.page("year-month-day")
    laptop.press("2027-01-31", ENTER)
    laptop.page("Clear the backlog", "31 Jan 2027")
    laptop.choose("That is it: finish")
    laptop.page("Where do we stand")
    laptop.console.until(lambda: laptop.round.step is Step.DONE, "the end of the round")
    [action] = laptop.round.actions
    assert (action.what, action.owner) == ("Clear the backlog", "Bea")
    assert action.due == date(2027, 1, 31)

    # The note was shown to nobody but in the discussion, and is still nowhere.
    assert laptop.holds(SECRET, "Barnaby", first, third, fourth, recovery, WORD, ANSWER) == []
    assert [*laptop.temporary.iterdir()] == []

    # The next round of the team begins with what was promised.
    laptop.choose("Round")
    laptop.choose("A new round")
    set_up(laptop, "Autumn review", "North", 6)
    laptop.choose("Go on")
    laptop.page("Last time we promised 1 thing; 0 done", "still open", "Clear the backlog", "Bea")
    laptop.choose("Clear the backlog")
    laptop.page("Last time we promised 1 thing; 1 done")
    laptop.choose("Go on to the first person")
    waits(laptop, 0)
    assert [a.state for a in laptop.round.last_actions] == [ActionState.DONE]
    laptop.press(QUIT)
    assert laptop.console.exit_code() == 0
    assert [*laptop.temporary.iterdir()] == []
