"""The whole cycle in a real terminal: from a finished round over a plan and a project to before and
after, with the keyboard alone."""

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bt_assess.core.cycle_parts import Step
from bt_assess.core.launch import stop
from bt_assess.core.plan import Plan
from bt_assess.core.project import Project
from bt_assess.core.project_parts import ObstacleAnswer, Phase
from bt_assess.core.round import Step as RoundStep
from bt_assess.core.rubric import Stage
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.rubric_file import load_rubric
from docs.make_examples import EXAMPLES
from docs.make_round import PASSPHRASE
from tests.e2e.console import Console

ENTER, ESCAPE, TAB, DOWN, UP, QUIT, CLEAR = "\r", "\x1b", "\t", "\x1b[B", "\x1b[A", "\x11", "\x15"
RIGHT = "\x1b[C"
BEGIN = date(2026, 11, 13)
RUBRIC = load_rubric()
KEYS = {Stage.STARTING: "1", Stage.DEVELOPING: "4", Stage.CONSOLIDATING: "1"}
"""How somebody answers who sees all six themes developing."""
POINT = "Never stop thinking hard"


class Laptop:
    """A terminal, a sessions folder, and a calendar that can be turned."""

    def __init__(self, base: Path) -> None:
        self.sessions = base / "sessions"
        self._day = base / "day"
        (base / "home").mkdir()
        self.turn_to(BEGIN)
        shutil.copytree(EXAMPLES / "rounds", self.sessions / "rounds")
        shutil.copy(next(EXAMPLES.glob("*-areamanager2026.toml")), self.sessions)
        self._home = {"HOME": str(base / "home")}
        self.console = self._opened()

    def _opened(self) -> Console:
        words = [sys.executable, "-m", "tests.e2e.on_a_day", str(self._day)]
        words += ["--sessions", str(self.sessions)]
        console = Console(self.sessions, self._home, words=words)
        console.wait("The grid")
        return console

    def open_again(self) -> None:
        """Quit, and open the app anew."""
        self.press(QUIT)
        assert self.console.exit_code() == 0
        self.console.close()
        self.console = self._opened()

    def turn_to(self, day: date) -> None:
        """Another day: the app sees it when it asks next."""
        new = self._day.with_suffix(".new")
        new.write_text(f"{day}T10:00", encoding="utf-8")
        new.replace(self._day)

    def sees(self, *words: str) -> None:
        for word in words:
            self.console.wait(word)

    def press(self, *keys: str) -> None:
        self.console.press(*keys)

    def is_on_disk(self, true: Callable[[], bool], what: str) -> None:
        self.console.until(true, what)

    def is_at(self, step: Step, next_step: str) -> None:
        """Home, with the mark on the next step."""
        name = step.value.capitalize()
        self.sees(f"● {name}", "▸ Next", next_step)

    def mark(self, words: str) -> None:
        """Move the mark to a line of a list."""
        self.console.mark(words)

    def fill(self, *fields: str) -> None:
        """Type into each field and go on to the next one, once what was typed is there."""
        for text in fields:
            if text:
                self.press(text)
                self.sees(text)
            self.press(TAB)
            self.console.settle()

    @property
    def round_step(self) -> RoundStep:
        return RoundsFolder(self.sessions).resolve("latest").round.step

    @property
    def plan(self) -> Plan:
        return PlansFolder(self.sessions).resolve("latest").thing

    @property
    def project(self) -> Project:
        return ProjectsFolder(self.sessions).resolve("latest").thing

    @property
    def has_project(self) -> bool:
        return any((self.sessions / "projects").glob("*.toml"))


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    opened = Laptop(tmp_path)
    yield opened
    opened.console.close()


def finish_the_round(laptop: Laptop) -> None:
    """Open the answers, agree on an action, finish."""
    laptop.is_at(Step.SEE, "Open the answers of 9 people together")
    laptop.press(ENTER)
    laptop.sees("The passphrase, or the recovery code")
    laptop.press(PASSPHRASE, ENTER)
    laptop.sees("Themes most divided first.")
    laptop.press("a")
    laptop.sees("What the answers ask for")
    laptop.mark(POINT)
    laptop.press(ENTER)
    laptop.sees("Who does what by when?", "one person, who is in the room")
    laptop.press("Bea", ENTER)
    laptop.console.settle()
    laptop.press(CLEAR)
    laptop.sees("year-month-day")
    laptop.press("2026-11-30", ENTER)
    laptop.sees("That is it: finish")
    laptop.mark("That is it: finish")
    laptop.press(ENTER)
    laptop.is_on_disk(lambda: laptop.round_step is RoundStep.DONE, "the end of the round")


def plan_from_the_round(laptop: Laptop) -> None:
    """The round is opened again, and what it shows becomes the reality of a plan."""
    laptop.is_at(Step.DO, "Do what was agreed, by 30 Nov")
    laptop.press(ENTER)
    laptop.sees("The answers are sealed again since you left.")
    laptop.press(PASSPHRASE, ENTER)
    laptop.sees("What we will do")
    laptop.press("b")
    laptop.sees("A new plan", "Northfield Homes")
    laptop.press("Right first time", ENTER)
    laptop.console.settle()
    laptop.press(ENTER)
    laptop.sees("What must we be able to do first?")
    # What the round agreed on is ticked already.
    laptop.sees(f"☑ {POINT}")
    laptop.press(ENTER)
    laptop.sees("Destination", "Current reality", "measured 12 Nov 2026")
    laptop.is_on_disk(
        lambda: [c.point for c in laptop.plan.capabilities] == ["frameworks.point.5"],
        "the capability",
    )
    assert laptop.plan.reality.positions["frameworks"] < 1.3

    # Home knows what the plan lacks, and leads to it.
    laptop.open_again()
    laptop.is_at(Step.PLAN, "Say where you want to be, and by when")
    laptop.press(ENTER)
    laptop.mark("Destination")
    laptop.press(ENTER)
    laptop.sees("By when will we be there?")
    laptop.fill("2027-11-30", "A tenant rings once")
    laptop.press(ESCAPE)
    laptop.sees("by 30 Nov 2027", "A tenant rings once")
    laptop.is_on_disk(
        lambda: laptop.plan.destination.marketplace == "A tenant rings once", "the destination"
    )


def project_from_the_plan(laptop: Laptop) -> None:
    """A capability of the plan becomes a project: goal, leader and team."""
    laptop.mark("What we must be able to do")
    laptop.press(ENTER)
    laptop.sees("Capabilities required")
    laptop.press("b")
    laptop.sees("A new breakthrough project")
    laptop.press("Why they ring twice", ENTER)
    laptop.sees("being chosen", "still open: function")
    laptop.press("c")
    laptop.sees("Which part of the work?")
    laptop.fill("Repairs", "", "", "Second calls", "calls a week", "168", "84", "2027-01-08", "Ann")
    laptop.fill("", "Bo, Cy")
    laptop.press(ESCAPE)
    laptop.sees("being prepared", "Ann answers for it")
    laptop.is_on_disk(lambda: laptop.project.chosen, "the choice")
    origin = laptop.project.origin
    assert origin is not None
    assert (origin.plan, origin.point) == (laptop.plan.id, "frameworks.point.5")


def launch(laptop: Laptop) -> None:
    """The launch session: it is led block by block, and does not end without an action plan."""
    laptop.press("l")
    laptop.sees("Why this, why now", "Nothing yet: n adds what, who, by when.")
    lead_a_block(laptop)
    laptop.press("e")
    laptop.sees("The action plan is empty")
    laptop.press("n")
    laptop.sees("An action", "By when?")
    laptop.fill("Ring twenty tenants back", "Bo", "2026-12-01")
    laptop.press(ESCAPE)
    laptop.sees("○ Ring twenty tenants back  Bo, 1 Dec")
    laptop.press("e")
    laptop.sees("The weeks begin: 9 of them.")
    laptop.is_on_disk(lambda: laptop.project.launch.held == BEGIN, "the launch")
    laptop.press(ESCAPE)
    laptop.sees("week 1 of 9")


def lead_a_block(laptop: Laptop) -> None:
    """A block of the agenda: its questions, and its time, which is let run and rests again."""
    found = stop("why")
    assert found is not None
    laptop.mark(found.title)
    laptop.press(ENTER)
    laptop.sees(found.prompts[0], "question 1 of 4", "time rests: t lets it run")
    laptop.press("t")
    laptop.sees("time runs")
    laptop.press(RIGHT)
    laptop.sees(found.prompts[1], "question 2 of 4", "time runs")
    laptop.press("t")
    laptop.sees("time rests")
    laptop.press(ESCAPE)
    laptop.sees("The action plan: what, who, by when")


def an_obstacle(laptop: Laptop, day: date) -> None:
    """The team raises it, the leader answers with a day, and keeps to it."""
    laptop.press("o")
    laptop.sees("Nothing in the way: n adds what is.")
    laptop.press("n")
    laptop.sees("What is in the way?", "Who says so?")
    laptop.fill("No list of calls at night", "Cy")
    laptop.press(ESCAPE)
    laptop.sees("No list of calls at night", "Waits for Ann")
    laptop.is_on_disk(lambda: len(laptop.project.unanswered()) == 1, "the obstacle")
    laptop.press(ENTER)
    laptop.sees("What does the leader do about it?")
    laptop.press(RIGHT, ENTER)
    laptop.console.settle()
    laptop.fill("I speak with IT", (day + timedelta(days=5)).isoformat())
    laptop.press(ESCAPE)
    laptop.sees("removed, until")
    laptop.press(" ")
    laptop.sees("removed, done")
    laptop.is_on_disk(lambda: all(o.kept for o in laptop.project.obstacles), "the promise")
    [found] = laptop.project.obstacles
    assert (found.what, found.raised_by, found.raised) == ("No list of calls at night", "Cy", day)
    assert (found.answer, found.answered) == (ObstacleAnswer.REMOVED, day)
    assert (found.decision, found.due) == ("I speak with IT", day + timedelta(days=5))
    laptop.press(ESCAPE)
    laptop.sees("w Check-in", "1 answer given")


def six_readings(laptop: Laptop) -> None:
    """A check-in each week, on its day; the app is left and opened again on the way."""
    for week, value in enumerate((160, 148, 141, 120, 104, 90)):
        day = BEGIN + timedelta(weeks=week, days=4)
        laptop.turn_to(day)
        if week == 2:
            # The action is late by now, so Home leads to it.
            laptop.turn_to(date(2026, 12, 2))
            day = date(2026, 12, 2)
            laptop.open_again()
            laptop.is_at(Step.DO, "Do what was due on 1 Dec")
            laptop.press(ENTER)
            laptop.sees("w Check-in")
        laptop.press("w")
        laptop.sees(f"Check-in, {day.day} {day:%b}", "The reading")
        laptop.fill(str(value), "", f"Tried way {week + 1}")
        laptop.press(ESCAPE)
        laptop.sees("Check-ins", f"Tried way {week + 1}")
        laptop.press(ESCAPE)
        laptop.sees("w Check-in", f"{week + 1} reading")
        laptop.is_on_disk(lambda count=week + 1: len(laptop.project.readings) == count, "it")  # type: ignore[misc]
        assert ("Forecast" in laptop.console.text) == (week >= 3)
        if week == 3:
            an_obstacle(laptop, day)
    assert [reading.value for reading in laptop.project.readings] == [160, 148, 141, 120, 104, 90]
    assert laptop.project.missed_weeks(day) == ()


def report_back(laptop: Laptop) -> date:
    """The result and what was learned; the day on which it was given."""
    day = BEGIN + timedelta(weeks=9)
    laptop.turn_to(day)
    laptop.open_again()
    # The action plan has been forgotten, and the mid-point: that can still be told.
    laptop.is_at(Step.DO, "Report back to the leaders")
    laptop.press(ENTER)
    laptop.sees("r Report back")
    laptop.press("r")
    laptop.sees("The result: what was reached?")
    laptop.fill(
        "From 168 to 86 calls", "Rang back", "Ask why", "Let go", "", "A line on the wall", ""
    )
    laptop.press(day.isoformat())
    laptop.sees(day.isoformat())
    laptop.press(ESCAPE)
    laptop.sees("Has the organisation moved with it?", "Assess again", "Before and after")
    laptop.is_on_disk(lambda: laptop.project.report.on == day, "the report")
    assert laptop.project.phase(day) is Phase.DONE
    return day


def next_round(laptop: Laptop) -> None:
    """The need came from a round, so Home leads to the next one of its team; it can wait."""
    first = RoundsFolder(laptop.sessions).resolve("latest").round
    laptop.open_again()
    laptop.is_at(Step.AGAIN, "Let the team answer again: has the theme moved?")
    laptop.press(ENTER)
    laptop.sees(f"A new round  after {first.title}", first.team, "How many people?")
    laptop.press(ESCAPE)
    laptop.is_at(Step.AGAIN, "Let the team answer again: has the theme moved?")


def assess_again(laptop: Laptop) -> None:
    """The area manager of November answers in January, and sees what has moved."""
    laptop.mark("Assess   ")
    laptop.press(ENTER)
    laptop.sees("Your name or role")
    if "Area manager" not in laptop.console.text:
        laptop.press("Area manager")
    laptop.press(ENTER)
    for place, statement in enumerate(RUBRIC.asked, start=1):
        laptop.sees(f"{place} of 117")
        laptop.press(KEYS[statement.stage])
    laptop.sees("Review before you finish")
    laptop.press("f")
    laptop.sees("Finish this assessment?")
    laptop.press(ENTER)
    laptop.sees("In short")
    laptop.press(ESCAPE)
    laptop.sees("● Again", "See what has moved since last time")
    laptop.mark("See what has moved since last time")
    laptop.press(ENTER)
    laptop.sees("12 Nov", "15 Jan", "Leadership", "Frameworks")
    # What the project was about has moved, and by more than noise would.
    laptop.console.until(
        lambda: any(
            "Frameworks" in line and "clear" in line for line in laptop.console.text.splitlines()
        ),
        "a clear change",
    )


def test_once_round_the_cycle(laptop: Laptop) -> None:
    finish_the_round(laptop)
    plan_from_the_round(laptop)
    project_from_the_plan(laptop)
    launch(laptop)
    six_readings(laptop)
    day = report_back(laptop)
    assert day == date(2027, 1, 15)
    next_round(laptop)
    assess_again(laptop)
    laptop.press(QUIT)
    assert laptop.console.exit_code() == 0
    # All three are whole, and nothing half-written stays behind.
    assert len(laptop.project.readings) == 6
    assert laptop.plan.destination.by == date(2027, 11, 30)
    assert [path for path in laptop.sessions.rglob("*") if path.suffix == ".tmp"] == []
