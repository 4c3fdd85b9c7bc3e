"""The list of sessions as rows that are made as they are looked at, however many there are."""

from array import array
from collections.abc import Callable, Sequence
from functools import cached_property
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
        self._wanted = wanted
        self._order = order
        self._draw = draw
        self._head = head
        self._blocks: dict[int, dict[int, Listed]] = {}
        # The whole folder as it comes is turned over page by page; anything else is sorted first.
        everything = Wanted(archived=wanted.archived)
        self._in_pages = wanted == everything and order is Order.NEWEST
        self.sessions = catalogue.count(wanted) if self._in_pages else len(self._numbers)

    @cached_property
    def _numbers(self) -> "array[int]":
        return self._catalogue.numbers(self._wanted, self._order)

    @property
    def first(self) -> Any:
        """What the first session's row stands for, else the first choice of the head."""
        if self.sessions:
            return self[len(self._head)].value
        return next((row.value for row in self._head if row.is_choice), None)

    def __len__(self) -> int:
        return len(self._head) + self.sessions

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
        listed = self._block(index // BLOCK).get(index)
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
        """Some rows by their places in the list; those that are gone are missing."""
        if block not in self._blocks:
            first = block * BLOCK
            if self._in_pages:
                page = self._catalogue.page(first, BLOCK, self._wanted, total=self.sessions)
                self._blocks[block] = dict(enumerate(page, first))
            else:
                chosen = self._numbers[first : first + BLOCK]
                found = {row.number: row for row in self._catalogue.listed(chosen)}
                self._blocks[block] = {
                    place: found[number]
                    for place, number in enumerate(chosen, first)
                    if number in found
                }
            while len(self._blocks) > _KEPT:
                del self._blocks[next(iter(self._blocks))]
        return self._blocks[block]
