"""Cards in columns by phase, or, where there is no room for columns, one below the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

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


class Cards(ScrollView, can_focus=True):
    """Arrow keys move the mark, Enter opens."""

    DEFAULT_CSS = """
    Cards {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-gutter: stable;
        background: transparent;
        & .cards--picked { background: $picked; }
    }
    """
    COMPONENT_CLASSES = {"cards--picked"}
    BINDINGS = [
        Binding("enter", "choose", "Open", tooltip="Open what the mark ▸ points at"),
        Binding("up", "move(-1)", "Up", show=False, tooltip="Move the mark"),
        Binding("down", "move(1)", "Down", show=False, tooltip="Move the mark"),
        Binding("left", "across(-1)", "Left", show=False, tooltip="To the phase before"),
        Binding("right", "across(1)", "Right", show=False, tooltip="To the next phase"),
        Binding("home", "edge(0)", "First", show=False),
        Binding("end", "edge(-1)", "Last", show=False),
    ]
    picked: reactive[int] = reactive(0, init=False)

    class Chosen(Message):
        """Somebody opened a card."""

        def __init__(self, value: Any) -> None:
            self.value = value
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._places: list[_Place] = []
        self._headings: list[tuple[int, int, Content]] = []

    @property
    def value(self) -> Any:
        return self._places[self.picked].card.value if self._places else None

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
        values = [place.card.value for place in self._places]
        found = values.index(wanted) if wanted in values else min(self.picked, len(values) - 1)
        self.set_reactive(Cards.picked, max(0, found))
        self.virtual_size = Size(0, y)
        self._reveal()
        self.refresh()

    def _stack(self, group: Group, number: int, x: int, width: int) -> int:
        self._headings.append((x, 0, _heading(group)))
        y = 2
        for card in group.cards:
            lines = len(card.draw(max(1, width - 2)))
            self._places.append(_Place(x, y, width, lines, number, card))
            y += lines + 1
        return y + (0 if group.cards else 1)

    def watch_picked(self) -> None:
        self._reveal()
        self.refresh()

    def _reveal(self) -> None:
        if self._places:
            place = self._places[self.picked]
            # The heading above the first one comes into view with it.
            above = min(place.y, 2 if place.lines > 1 else 1)
            region = Region(0, place.y - above, 1, place.lines + above)
            self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def action_move(self, step: int) -> None:
        self.picked = min(max(0, self.picked + step), max(0, len(self._places) - 1))

    def action_edge(self, place: int) -> None:
        self.picked = place % max(1, len(self._places))

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

    def action_choose(self) -> None:
        if self._places:
            self.post_message(self.Chosen(self.value))

    def on_click(self, event: events.Click) -> None:
        y = event.y + self.scroll_offset.y
        for number, place in enumerate(self._places):
            inside = place.x <= event.x < place.x + place.width
            if inside and place.y <= y < place.y + place.lines:
                self.picked = number
                self.action_choose()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        width = self.scrollable_content_region.width
        base = self.visual_style
        pieces: list[tuple[int, int, Content, bool]] = [
            (x, max(1, words.cell_length), words, False)
            for x, at, words in self._headings
            if at == y
        ]
        for number, place in enumerate(self._places):
            if place.y <= y < place.y + place.lines:
                is_marked = number == self.picked and y == place.y
                mark = ("▸ ", "bold $primary") if is_marked else "  "
                drawn = place.card.draw if place.lines > 1 else _one_line(place.card)
                body = drawn(max(1, place.width - 2))[y - place.y]
                words = Content.assemble(mark, body).truncate(place.width, ellipsis=True)
                pieces.append((place.x, place.width, words, is_marked))
        strips: list[Strip] = []
        at = 0
        for x, across, words, is_marked in sorted(pieces, key=lambda piece: piece[0]):
            if x > at:
                strips.append(Strip.blank(x - at, base.rich_style))
            style = base + self.get_visual_style("cards--picked") if is_marked else base
            strip = Strip(words.render_segments(style))
            strips.append(strip.extend_cell_length(across, style.rich_style))
            at = x + across
        return Strip.join(strips).extend_cell_length(width, base.rich_style)


def _one_line(card: Card) -> Callable[[int], Sequence[Content]]:
    return lambda width: [card.line(width)]


def _heading(group: Group) -> Content:
    count = f"  {len(group.cards)}" if group.cards and not group.lone else ""
    return Content.assemble((f"  {group.name}", "bold $quiet"), (count, "$quiet"))
