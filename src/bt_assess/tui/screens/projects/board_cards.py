"""Cards in columns by phase, or, where there is no room for columns, one below the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip

from bt_assess.tui.widgets.marked import Marked

BETWEEN = 2


@dataclass(frozen=True)
class Card:
    """`draw` gives the lines of a card for a width; `line` gives all of it in one."""

    draw: Callable[[int], Sequence[Content]]
    line: Callable[[int], Content]
    value: Any


@dataclass(frozen=True)
class Group:
    """A column, or a heading with what stands below it; `lone` cards are single lines always."""

    name: str
    cards: tuple[Card, ...]
    lone: bool = False


@dataclass(frozen=True)
class _Place:
    x: int
    y: int
    width: int
    lines: int
    group: int
    card: Card


class Cards(Marked):
    """Arrow keys move the mark, Enter opens."""

    BINDINGS: ClassVar = [
        Binding("left", "across(-1)", "Left", show=False, tooltip="To the phase before"),
        Binding("right", "across(1)", "Right", show=False, tooltip="To the next phase"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._places: list[_Place] = []
        self._headings: list[tuple[int, int, Content]] = []

    @property
    def values(self) -> list[Any]:
        return [place.card.value for place in self._places]

    def show(self, groups: Sequence[Group], *, in_columns: bool, pick: Any = None) -> None:
        """Show these groups; the mark goes to `pick`, or stays where it was."""
        wanted = self.value if pick is None else pick
        self._places, self._headings = [], []
        columns = [group for group in groups if not group.lone]
        room = max(8, self.scrollable_content_region.width)
        y = 0
        if in_columns:
            across = (room - BETWEEN * (len(columns) - 1)) // len(columns)
            for number, group in enumerate(columns):
                y = max(y, self._stack(group, number, number * (across + BETWEEN), across))
            rest = [group for group in groups if group.lone and group.cards]
        else:
            rest = [group for group in groups if group.cards]
        for number, group in enumerate(rest, start=len(columns)):
            self._headings.append((0, y, _heading(group)))
            for card in group.cards:
                y += 1
                self._places.append(_Place(0, y, room, 1, number, card))
            y += 2
        self.virtual_size = Size(0, y)
        self.pick(self.values.index(wanted) if wanted in self.values else self.picked)

    def _stack(self, group: Group, number: int, x: int, width: int) -> int:
        self._headings.append((x, 0, _heading(group)))
        y = 2
        for card in group.cards:
            lines = len(card.draw(max(1, width - 2)))
            self._places.append(_Place(x, y, width, lines, number, card))
            y += lines + 1
        return y + (0 if group.cards else 1)

    def lines_of(self, place: int) -> Region:
        card = self._places[place]
        # The heading above the first one comes into view with it.
        above = min(card.y, 2 if card.lines > 1 else 1)
        return Region(0, card.y - above, 1, card.lines + above)

    def place_at(self, x: int, y: int) -> int | None:
        for number, card in enumerate(self._places):
            if card.x <= x < card.x + card.width and card.y <= y < card.y + card.lines:
                return number
        return None

    def action_across(self, step: int) -> None:
        """To the next group that has anything, at the same height where there is one."""
        if not self._places:
            return
        here = self._places[self.picked]
        groups = sorted({place.group for place in self._places})
        at = groups.index(here.group) + step
        if 0 <= at < len(groups):
            there = [i for i, p in enumerate(self._places) if p.group == groups[at]]
            self.picked = min(there, key=lambda i: abs(self._places[i].y - here.y))

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        base = self.visual_style
        pieces = [
            (x, Strip(words.render_segments(base))) for x, at, words in self._headings if at == y
        ]
        for number, place in enumerate(self._places):
            if place.y <= y < place.y + place.lines:
                lines = place.card.draw if place.lines > 1 else _one_line(place.card)
                words = lines(max(1, place.width - 2))[y - place.y]
                is_marked = number == self.picked and y == place.y
                pieces.append((place.x, self.drawn(words, place.width, is_marked=is_marked)))
        line = Strip([])
        for x, strip in sorted(pieces, key=lambda piece: piece[0]):
            line = Strip.join([line.extend_cell_length(x, base.rich_style), strip])
        width = self.scrollable_content_region.width
        return line.extend_cell_length(width, base.rich_style)


def _one_line(card: Card) -> Callable[[int], Sequence[Content]]:
    return lambda width: [card.line(width)]


def _heading(group: Group) -> Content:
    count = f"  {len(group.cards)}" if group.cards and not group.lone else ""
    return Content.assemble((f"  {group.name}", "bold $quiet"), (count, "$quiet"))
