"""A line for people's names: those used before are offered while typing, and listed with ↓."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.suggester import Suggester

from bt_assess.core.text import NAME_LENGTH
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.rows import Row

BETWEEN = ", "


class _Known(Suggester):
    """Completes the name that is being typed, the last one of several."""

    def __init__(self, names: Sequence[str], *, several: bool) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._names = names
        self._several = several

    async def get_suggestion(self, value: str) -> str | None:
        before, begun = _split(value, several=self._several)
        if not begun:
            return None
        folded = begun.casefold()
        found = next((n for n in self._names if n.casefold().startswith(folded) and n != begun), "")
        # What stands there already stays as it was typed.
        return f"{before}{begun}{found[len(begun) :]}" if found else None


class NamesField(Field):
    """One name, or, with `several`, names with commas between; → takes what is offered."""

    BINDINGS: ClassVar = [
        Binding("down", "names", "Names", tooltip="Choose from the names used before"),
    ]

    def __init__(
        self,
        value: str,
        names: Sequence[str],
        *,
        enter: str = "Next",
        several: bool = False,
        placeholder: str = "one person, by name",
        max_length: int = NAME_LENGTH,
        id: str | None = None,
    ) -> None:
        super().__init__(
            value, enter=enter, id=id, placeholder=placeholder, max_length=max_length,
            suggester=_Known(names, several=several),
        )  # fmt: skip
        self._names = tuple(names)
        self._several = several

    def people(self) -> tuple[str, ...]:
        """The names in the line, each once."""
        parts = self.value.split(",") if self._several else [self.value]
        return tuple(dict.fromkeys(name for part in parts if (name := part.strip())))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._names) if action == "names" else True

    def action_names(self) -> None:
        there = self.people() if self._several else ()
        rows = [_row(name) for name in self._names if name not in there]
        if rows:
            self.app.push_screen(Pick("Who?", rows), self._take)

    def _take(self, name: str | None) -> None:
        if not name:
            return
        before, begun = _split(self.value, several=self._several)
        if self._several and self._is_whole(begun.strip(), name):
            before = f"{self.value.rstrip()}{BETWEEN}"
        self.value = f"{before}{name}{BETWEEN if self._several else ''}"
        self.cursor_position = len(self.value)
        self.focus()

    def _is_whole(self, begun: str, name: str) -> bool:
        """Whether the last one in the line is a person of their own, not the beginning of `name`."""
        if not begun:
            return False
        return begun in self._names or not name.casefold().startswith(begun.casefold())


def _split(value: str, *, several: bool) -> tuple[str, str]:
    """What is there before the name being typed, and that name."""
    if not several or "," not in value:
        return "", value
    place = value.rindex(",") + 1
    begun = value[place:].lstrip()
    return value[: len(value) - len(begun)], begun


def _row(name: str) -> Row:
    return Row(lambda width: Content(name), name)
