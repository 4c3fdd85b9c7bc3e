"""A person at the app without a terminal: presses keys, waits for what they lead to, reads."""

import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets._toast import Toast

from bt_assess.core.rubric import Rubric
from bt_assess.store.settings import Settings
from bt_assess.tui.app import AssessApp
from bt_assess.tui.screens.assess import Assess
from bt_assess.tui.screens.home import Home
from bt_assess.tui.widgets.rows import RowList

S = TypeVar("S", bound=Screen[Any])

PATIENCE = 20.0
"""Seconds until a wait is given up; a guard against hanging, never a measure."""
_LEAVING = 0.3
"""Seconds in which a page is left, if at all."""
_PAGES, _LINES = 12, 100
"""More pages on one another, and lines in a list, than any test has."""
_CONTROLS = {
    "\x1b": "escape",
    "\x07": "ctrl+g",
    "\r": "enter",
    "\x11": "ctrl+q",
    "\x7f": "backspace",
}
_FRAMES = re.compile("[│▌▎▏▕▐╭╮╰╯]")


def key(character: str) -> events.Key:
    """The key press that a terminal makes of a character."""
    name = _CONTROLS.get(character) or _character_to_key(character)
    return events.Key(name, character)


class Person:
    """Waits for conditions, never for time."""

    def __init__(self, app: AssessApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    # Waiting

    async def until(self, condition: Callable[[], object], what: str = "it") -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"{what} did not come about:\n{self.text}"
            assert self.app._exception is None, f"the app ended before {what}"  # noqa: SLF001
            await self.pilot.pause(0.01)

    async def on(self, page: type[S]) -> S:
        await self.until(lambda: isinstance(self.app.screen, page), page.__name__)
        await self.pilot.pause()
        assert isinstance(self.app.screen, page)
        return self.app.screen

    async def sees(self, *words: str) -> None:
        """Until the words are on the screen, each in one line of it."""
        for word in words:
            await self.until(lambda word=word: word in self.text, repr(word))  # type: ignore[misc]

    async def reads(self, *words: str) -> None:
        """As `sees`, wherever the words wrap."""
        for word in words:
            await self.until(lambda word=word: word in self.words, repr(word))  # type: ignore[misc]

    async def settles(self) -> None:
        """Until the key gate has decided and what it let through has been done."""
        await self.pilot.pause()
        await self._is_decided()

    async def _is_decided(self) -> None:
        gate = self.app._gate  # noqa: SLF001  there is nothing to see while it holds a key
        await self.until(lambda: not gate._held, "the key gate")  # noqa: SLF001
        await self.pilot.pause()

    # Keys

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has been taken."""
        for name in keys:
            await self.pilot.press(name)
            await self._is_decided()

    async def goes_back_to(self, page: Screen[Any] | type[Screen[Any]]) -> None:
        """Escape until this page shows; never once more, as that would leave it."""

        def is_there() -> bool:
            screen = self.app.screen
            return isinstance(screen, page) if isinstance(page, type) else screen is page

        for _ in range(_PAGES):
            if is_there():
                return
            left = self.app.screen
            await self.press("escape")
            # A page may save before it goes, and a field may ask for a second Escape.
            end = time.monotonic() + _LEAVING
            while self.app.screen is left and time.monotonic() < end:
                await self.pilot.pause(0.01)
        assert is_there(), f"the way back led elsewhere:\n{self.text}"

    async def marks(self, words: str) -> None:
        """Down until the mark stands on a line with these words."""
        for _ in range(_LINES):
            if words in next(line for line in self.text.splitlines() if "▸" in line):
                return
            await self.press("down")
        raise AssertionError(f"the mark never came to {words!r}:\n{self.text}")

    async def types(self, text: str) -> None:
        """Type into a field, faster than anybody can."""
        self.burst(text)
        await self.pilot.pause()

    def burst(self, text: str) -> None:
        """Text as key presses of one moment, as terminals and pastes send it."""
        for character in text:
            self.app.post_message(key(character))

    async def answers(self, *keys: str) -> None:
        """Press keys on the answering page, each of which changes the session."""
        for name in keys:
            revision = self.work.session.revision
            await self.pilot.press(name)
            await self.until(lambda r=revision: self.work.session.revision > r, f"key {name}")  # type: ignore[misc]

    # What there is

    @property
    def work(self) -> Any:
        screen = next(s for s in reversed(self.app.screen_stack) if isinstance(s, Assess))
        return screen.work

    @property
    def is_told(self) -> bool:
        """Whether Home has been told what the folder holds, and so has all of its menu."""
        home = self.app.screen_stack[0]
        return isinstance(home, Home) and home._desk is not None  # noqa: SLF001

    @property
    def text(self) -> str:
        """What is on the screen, line by line, toasts and dialogs included."""
        return "\n".join(strip.text.rstrip() for strip in self._strips())

    @property
    def words(self) -> str:
        """What is on the screen, as one line, without frames; toasts once more by themselves."""
        lines = list(self._strips())
        toasts = [
            line.crop(toast.region.x, toast.region.right).text
            for toast in self.app.screen.query(Toast)
            for line in lines[toast.region.y : toast.region.bottom]
        ]
        return " ".join(_FRAMES.sub(" ", "\n".join([self.text, *toasts])).split())

    def line(self, start: str) -> str:
        """The line that begins with these words, whatever marks stand before them."""
        marks = " ▸›│"
        return next(x for x in self.text.splitlines() if x.lstrip(marks).startswith(start))

    def _strips(self) -> Any:
        width, height = self.app.size
        screen = self.app.screen
        lines = screen._compositor.render_strips()  # noqa: SLF001  what is really shown
        return lines[:height] if width else []


@asynccontextmanager
async def at_the_app(
    folder: Path,
    rubric: Rubric | None = None,
    size: tuple[int, int] = (80, 24),
    settings: Settings | None = None,
    *,
    dark: bool = True,
) -> AsyncIterator[Person]:
    app = AssessApp(folder, "for a test", rubric, settings, dark=dark)
    async with app.run_test(size=size, notifications=True) as pilot:
        person = Person(app, pilot)
        await person.until(lambda: person.is_told, "Home")
        yield person


async def choose(person: Person, step: str) -> None:
    """Open a step of Home by its name."""
    await person.on(Home)
    # Somewhere in the menu, which in a small terminal is longer than the screen.
    menu = person.app.screen.query_one(RowList)
    await person.until(
        lambda: any(step in row.draw(80).plain for row in menu._rows),  # noqa: SLF001
        step,
    )
    await person.press("home")
    for _ in range(20):
        marked = next(line for line in person.text.splitlines() if "▸" in line).lstrip(" ▸")
        # The next step can tell of any of the others.
        if step in marked and (step == "Next" or not marked.startswith("Next")):
            break
        await person.press("down")
    await person.press("enter")


async def begin(person: Person, name: str = "Me") -> None:
    """From Home to the first statement."""
    await choose(person, "Assess")
    await person.sees("Your name or role")
    # Enter right behind the letters: it must not overtake them.
    await person.types(f"{name}\r")
    await person.on(Assess)


async def go_on(person: Person) -> None:
    """From Home to where the first unfinished assessment stopped."""
    await choose(person, "Continue")
    await person.on(Assess)
