"""'Saved' is said when it is true and not before; trouble with the disk loses nothing."""

import asyncio
import errno
import io
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Answer
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.tui import saving
from bt_assess.tui.screens.assess import Assess
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.review import Review
from bt_assess.tui.widgets.bar import TopBar
from tests.store.test_write import Torn
from tests.tui.kept import kept
from tests.tui.person import PATIENCE, Person, at_the_app, begin, choose

KEYS = dict(zip("1234dx", Answer, strict=True))


class Disk:
    """A disk that can be full for a number of writes, or slow until it is let go."""

    def __init__(self) -> None:
        self.refusals = 0
        self.written = 0
        self.free = threading.Event()
        self.free.set()
        self.turns = threading.Semaphore(0)
        """How many writes get through while the disk is slow."""

    def save(self, really: Callable[..., None], *args: object) -> None:
        end = time.monotonic() + PATIENCE  # a test that fails must not wait for ever
        while not self.free.is_set() and not self.turns.acquire(timeout=0.01):
            assert time.monotonic() < end, "the disk was never let go"
        if self.refusals:
            self.refusals -= 1
            raise OSError(28, "No space left on device")
        really(*args)
        self.written += 1


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    monkeypatch.setattr(saving, "RETRY_SECONDS", 0.05)
    disk, really = Disk(), SessionFolder.save
    monkeypatch.setattr(SessionFolder, "save", lambda *args: disk.save(really, *args))
    yield disk
    disk.free.set()


STEPS = ["open", "write", "fsync", "rename", "folder open", "folder fsync"]


class FailingDisk:
    """A disk that refuses one step of every save, until it is mended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.step: str | None = None
        self.failures = 0

    def reach(self, step: str) -> None:
        if step == self.step:
            self.failures += 1
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    def open(self, really: Callable[..., int], path: Any, flags: int, *more: Any) -> int:
        if str(path).endswith(".tmp"):
            self.reach("open")
        if Path(path) == self._folder:
            self.reach("folder open")
        return really(path, flags, *more)

    def fdopen(self, really: Callable[..., Any], fd: int, mode: str, **more: Any) -> Any:
        if self.step == "write" and mode == "wb":
            self.failures += 1
            torn = Torn(io.FileIO(fd, "wb"))
            torn.fault = errno.EIO
            return torn
        return really(fd, mode, **more)

    def fsync(self, really: Callable[[int], None], fd: int) -> None:
        self.reach("folder fsync" if stat.S_ISDIR(os.fstat(fd).st_mode) else "fsync")
        really(fd)

    def replace(self, really: Callable[..., Path], path: Path, target: Path) -> Path:
        self.reach("rename")
        return really(path, target)


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FailingDisk:
    monkeypatch.setattr(saving, "RETRY_SECONDS", 0.05)
    disk = FailingDisk(tmp_path)
    for place, name in ((os, "open"), (os, "fdopen"), (os, "fsync"), (Path, "replace")):
        step, really = getattr(disk, name), getattr(place, name)
        monkeypatch.setattr(
            place, name, lambda *args, step=step, really=really, **more: step(really, *args, **more)
        )
    return disk


@pytest.fixture
def lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every time that 'saved' was put on a page while the file did not have all of it."""
    found: list[str] = []
    really = TopBar.show

    def show(bar: TopBar, *args: Any, **more: Any) -> None:
        really(bar, *args, **more)
        page = bar.screen
        if "✓ saved" in str(more.get("right")) and isinstance(page, Assess | Review):
            missing = page.work.session.answers.items() - kept(tmp_path).session.answers.items()
            if missing:
                found.append(f"{more['right']} without {missing}")

    monkeypatch.setattr(TopBar, "show", show)
    return found


@pytest.fixture
def rubric() -> Rubric:
    return load_rubric()


async def is_over(person: Person) -> None:
    await person.until(lambda: person.app.return_code is not None, "the end")


async def test_after_every_answer_saved_means_that_it_is_in_the_file(
    tmp_path: Path, rubric: Rubric
) -> None:
    expected = {}
    async with at_the_app(tmp_path) as person:
        await begin(person)
        for place, (name, answer) in enumerate(KEYS.items()):
            await person.answers(name)
            expected[rubric.asked[place].id] = answer
            await person.sees(f"{place + 2} of 117  ✓ saved")
            session = kept(tmp_path).session
            assert session.answers == expected
            assert session.at == rubric.asked[place + 1].id


async def test_saved_is_not_said_before_it_is_true(tmp_path: Path, disk: Disk) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await person.sees("saved as you go")
        disk.free.clear()
        await person.answers("3")
        await person.sees("2 of 117  … saving")
        await person.answers("4")
        await person.sees("3 of 117  … saving")
        assert "✓ saved" not in person.text
        assert not list(tmp_path.glob("*.toml"))
        disk.free.set()
        await person.sees("3 of 117  ✓ saved")
        assert len(kept(tmp_path).session.answers) == 2


async def test_saved_is_not_said_while_a_newer_answer_still_waits(
    tmp_path: Path, disk: Disk, lies: list[str]
) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        disk.free.clear()
        await person.answers("3", "4")
        disk.turns.release()
        await person.until(lambda: disk.written == 1, "the first write")
        await person.pilot.pause()
        await person.sees("3 of 117  … saving")
        assert len(kept(tmp_path).session.answers) == 1
        disk.free.set()
        await person.sees("3 of 117  ✓ saved")
        assert len(kept(tmp_path).session.answers) == 2
    assert lies == []


@pytest.mark.parametrize("step", STEPS)
async def test_whatever_step_fails_saved_is_said_only_when_it_is_true(
    tmp_path: Path, failing: "FailingDisk", lies: list[str], step: str
) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await person.answers("1")
        await person.sees("2 of 117  ✓ saved")
        failing.step = step
        await person.answers("2")
        await person.sees("3 of 117  ! not saved: input/output error")
        await person.answers("3", "4")
        await person.sees("5 of 117  ! not saved")
        # The old file or a newer one, whole; which of them depends on the step.
        given = [*kept(tmp_path).session.answers.values()]
        assert given == [*Answer][: len(given)]
        assert (len(given) > 1) is step.startswith("folder")
        assert failing.failures > 0
        failing.step = None
        await person.sees("5 of 117  ✓ saved")
        assert [*kept(tmp_path).session.answers.values()] == [*Answer][:4]
        assert [path.name for path in tmp_path.glob(".*.tmp")] == []
    assert lies == []


async def test_asked_how_to_quit_it_does_not_say_that_all_is_saved(
    tmp_path: Path, disk: Disk
) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        disk.refusals = 1000
        await person.answers("1")
        await person.sees("! not saved")
        await person.pilot.press("ctrl+c")
        await person.reads("Ctrl+Q quits; your last answers are not saved yet.")
        disk.refusals = 0
        await person.sees("✓ saved")
        await person.pilot.press("ctrl+c")
        await person.reads("Ctrl+Q quits; all is saved.")


async def test_a_full_disk_is_told_of_and_answering_goes_on_until_there_is_room(
    tmp_path: Path, disk: Disk
) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        disk.refusals = 1000
        await person.answers("1", "2", "3")
        await person.sees("! not saved: no space left on device; trying again")
        await person.pilot.press("r")
        await person.on(Review)
        await person.sees("! not saved: no space left on device")
        await person.press("escape")
        await person.on(Assess)
        await person.answers("4")
        disk.refusals = 0
        await person.sees("5 of 117  ✓ saved")
        assert [*kept(tmp_path).session.answers.values()] == [*Answer][:4]


async def test_what_could_not_be_written_is_still_there_after_a_visit_home(
    tmp_path: Path, disk: Disk
) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        await person.answers("1")
        await person.sees("✓ saved")
        disk.refusals = 1000
        await person.answers("2")
        await person.sees("! not saved")
        await person.pilot.press("escape")
        await person.on(Home)
        await choose(person, "Continue")
        await person.on(Assess)
        await person.sees("3 of 117", "! not saved")
        assert len(person.work.session.answers) == 2
        disk.refusals = 0
        await person.sees("✓ saved")


async def test_quitting_while_nothing_can_be_written_asks_first(tmp_path: Path, disk: Disk) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        disk.refusals = 1000
        await person.answers("1")
        await person.sees("! not saved")
        await person.pilot.press("ctrl+q")
        await person.on(Confirm)
        await person.reads("Your last answers are not saved: no space left on device")
        await person.press("escape")
        await person.on(Assess)
        await person.answers("2")
        await person.pilot.press("ctrl+q")
        await person.on(Confirm)
        await person.pilot.press("enter")
        await is_over(person)
    assert person.app.return_code == 0
    assert person.app.parting_words == "The last answers were not saved."


async def test_asking_twice_to_quit_asks_one_question(tmp_path: Path, disk: Disk) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        disk.refusals = 1000
        await person.answers("1")
        await person.sees("! not saved")
        await person.pilot.press("ctrl+q")
        await person.on(Confirm)
        await person.press("ctrl+q")
        await asyncio.sleep(0.1)  # time for a second question to come, if one does
        await person.press("escape")
        await person.on(Assess)


async def test_quitting_waits_for_what_is_being_written(tmp_path: Path, disk: Disk) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        disk.free.clear()
        await person.answers("1", "2")
        await person.sees("… saving")
        person.app.run_worker(person.app.action_quit())
        await asyncio.sleep(0.1)  # the end must not come while the disk is busy
        assert not person.app.parting_words
        disk.free.set()
        await is_over(person)
    assert person.app.return_code == 0
    assert person.app.parting_words == f"All is saved in {tmp_path}"
    assert len(kept(tmp_path).session.answers) == 2


async def test_room_made_just_before_quitting_is_enough(tmp_path: Path, disk: Disk) -> None:
    async with at_the_app(tmp_path) as person:
        await begin(person)
        disk.refusals = 1000
        await person.answers("1")
        await person.sees("! not saved")
        disk.refusals = 0
        await person.pilot.press("ctrl+q")
        await is_over(person)
    assert person.app.parting_words == f"All is saved in {tmp_path}"
    assert len(kept(tmp_path).session.answers) == 1
