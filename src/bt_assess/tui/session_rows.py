"""The list of sessions as rows that are made as they are looked at, however many there are."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, overload

from bt_assess.store.catalogue import Catalogue
from bt_assess.store.catalogue_queries import Listed, Order, Wanted
from bt_assess.tui.widgets.rows import Row, blank

BLOCK = 64
"""How many rows are asked for at a time."""
_KEPT = 8
"""How many such blocks are kept."""


class SessionRows(Sequence[Row]):
    """`head` first, then a row for each session that is wanted, in this order."""

    def __init__(
        self,
        catalogue: Catalogue,
        wanted: Wanted,
        order: Order,
        draw: Callable[[Listed], Row],
        head: Sequence[Row] = (),
    ) -> None:
        self._catalogue = catalogue
        self._numbers = catalogue.numbers(wanted, order)
        self._draw = draw
        self._head = head
        self._blocks: dict[int, dict[int, Listed]] = {}

    @property
    def sessions(self) -> int:
        return len(self._numbers)

    @property
    def first(self) -> Any:
        """What the first session's row stands for, else the first choice of the head."""
        if self._numbers:
            return self[len(self._head)].value
        return next((row.value for row in self._head if row.is_choice), None)

    def __len__(self) -> int:
        return len(self._head) + len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        if place < len(self._head):
            return self._head[place]
        index = place - len(self._head)
        listed = self._block(index // BLOCK).get(self._numbers[index])
        # It was deleted since the list was made; the next one is without it.
        return blank() if listed is None else self._draw(listed)

    def place_of(self, value: Any) -> int | None:
        """Where the row of a session is, or of a file that cannot be read."""
        path = getattr(value, "path", None)
        for place, row in enumerate(self._head):
            if row.is_choice and row.value.path == path:
                return place
        if isinstance(path, Path) and (number := self._catalogue.number_of(path)) is not None:
            try:
                return len(self._head) + self._numbers.index(number)
            except ValueError:
                return None
        return None

    def _block(self, block: int) -> dict[int, Listed]:
        if block not in self._blocks:
            chosen = self._numbers[block * BLOCK : (block + 1) * BLOCK]
            self._blocks[block] = {row.number: row for row in self._catalogue.listed(chosen)}
            while len(self._blocks) > _KEPT:
                del self._blocks[next(iter(self._blocks))]
        return self._blocks[block]
