"""The keys of a page, in one line at its foot: its own first, the way out last."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget

_NAMES = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "enter", "escape": "esc",
    "question_mark": "?", "slash": "/", "space": "space", "pageup": "PgUp", "pagedown": "PgDn",
    "home": "Home", "end": "End",
}  # fmt: skip
_ALWAYS = ("escape", "question_mark")
_IF_ROOM = ("ctrl+p", "ctrl+q")


def key_name(binding: Binding) -> str:
    """What is printed on the key."""
    if binding.key_display:
        return binding.key_display
    if binding.key.startswith("ctrl+"):
        return f"^{binding.key[5:]}"
    return _NAMES.get(binding.key, binding.key)


@dataclass(frozen=True)
class _Item:
    key: str
    words: str
    action: str
    node: DOMNode
    enabled: bool

    @property
    def width(self) -> int:
        return len(self.key) + 1 + len(self.words)


def _width(items: Sequence[_Item], gap: int) -> int:
    return sum(item.width + gap for item in items) - gap


def _in_lines(items: Sequence[_Item], gap: int, room: int) -> list[list[_Item]]:
    """The keys line by line: those that have no room beside the others go on below."""
    lines: list[list[_Item]] = []
    for item in items:
        if lines and _width([*lines[-1], item], gap) <= room:
            lines[-1].append(item)
        else:
            lines.append([item])
    return lines


class KeyLine(Widget):
    """What can be pressed now. Where room is short the page's last keys give way; Help has all.

    In a dialog that is too narrow for one line, its style makes it two lines high. What Enter does
    is the last to give way.
    """

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; padding: 0 1; background: $panel; color: $quiet; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._spots: list[tuple[int, int, int, _Item]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Content:
        own, last, spare = self._items()
        room = self.size.width

        def fits(gap: int) -> bool:
            lines = _in_lines((*own, *last, *spare), gap, room)
            return len(lines) <= self.size.height and all(_width(x, gap) <= room for x in lines)

        gap = 3 if fits(3) else 2
        all_keys = len(own)
        while (own or spare) and not fits(gap):
            if spare:
                spare.pop()
            else:
                own.remove(next((i for i in reversed(own) if i.key != "enter"), own[-1]))
            if len(own) < all_keys:
                # What had to give way is in Help, and that is worth saying.
                last = [replace(i, words="all keys") if i.key == "?" else i for i in last]
        last += spare
        self._spots = []
        parts: list[tuple[str, str]] = []
        for y, line in enumerate(_in_lines((*own, *last), gap, room)):
            at = 0
            for item in line:
                parts.append((" " * gap if at else "\n" if y else "", ""))
                at += gap if at else 0
                self._spots.append((y, at, at + item.width, item))
                parts.append((item.key, "bold $primary" if item.enabled else "$faint"))
                parts.append((f" {item.words}", "" if item.enabled else "$faint"))
                at += item.width
        return Content.assemble(*parts)

    def _items(self) -> tuple[list[_Item], list[_Item], list[_Item]]:
        """The page's own keys, those that always stay, and those that do where there is room."""
        own: list[_Item] = []
        last: dict[str, _Item] = {}
        seen = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not binding.description or binding.action in seen:
                continue
            seen.add(binding.action)
            item = _Item(
                key_name(binding),
                binding.description.lower(),
                binding.action,
                active.node,
                active.enabled,
            )
            if binding.key in (*_ALWAYS, *_IF_ROOM):
                last[binding.key] = item
            else:
                own.append(item)
        always, spare = ([last[k] for k in keys if k in last] for keys in (_ALWAYS, _IF_ROOM))
        return own, always, spare

    async def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        for y, start, end, item in self._spots:
            if place and place.y == y and start <= place.x < end and item.enabled:
                await self.app.run_action(item.action, item.node)
