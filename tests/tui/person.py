"""A person at the app without a terminal: presses keys, waits for what they lead to, reads."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.screen import Screen

from bt_assess.core.rubric import Rubric
from bt_assess.store.settings import Settings
from bt_assess.tui.app import AssessApp
from bt_assess.tui.screens.assess import Assess

S = TypeVar("S", bound=Screen[Any])


class Person:
    """Waits for conditions, never for time."""

    def __init__(self, app: AssessApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def until(self, condition: Callable[[], object], what: str = "it") -> None:
        for _ in range(400):
            if condition():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"{what} did not come about:\n{self.text}")

    async def press(self, *keys: str) -> None:
        """Press keys on a page whose keys act at once."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def on(self, page: type[S]) -> S:
        await self.until(lambda: isinstance(self.app.screen, page), page.__name__)
        await self.pilot.pause()
        assert isinstance(self.app.screen, page)
        return self.app.screen

    async def sees(self, *words: str) -> None:
        for word in words:
            await self.until(lambda word=word: word in self.text, repr(word))  # type: ignore[misc]

    async def answers(self, *keys: str) -> None:
        """Press keys on the answering page, each when the one before has been taken."""
        for key in keys:
            revision = self.work.session.revision
            await self.pilot.press(key)
            await self.until(lambda r=revision: self.work.session.revision > r, f"key {key}")  # type: ignore[misc]

    async def settles(self) -> None:
        """Let the key gate decide."""
        await self.pilot.pause(0.08)

    @property
    def work(self) -> Any:
        screen = next(s for s in reversed(self.app.screen_stack) if isinstance(s, Assess))
        return screen.work

    @property
    def text(self) -> str:
        """What is on the screen, line by line, toasts and dialogs included."""
        return "\n".join(strip.text.rstrip() for strip in self._strips())

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
) -> AsyncIterator[Person]:
    app = AssessApp(folder, "for a test", rubric, settings)
    async with app.run_test(size=size, notifications=True) as pilot:
        person = Person(app, pilot)
        await person.sees("The grid")
        yield person


async def begin(person: Person, name: str = "Me") -> None:
    """From Home to the first statement."""
    await person.press("home", "enter")
    await person.sees("Your name or role")
    await person.press(*name, "enter")
    await person.on(Assess)
