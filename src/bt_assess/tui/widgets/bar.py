"""The line at the top of a page: where I am on the left, how things stand on the right."""

from textual.content import Content
from textual.widget import Widget


class TopBar(Widget):
    """One line; the left part gives way when there is no room for both."""

    DEFAULT_CSS = """
    TopBar { height: 1; padding: 0 1; background: $panel; }
    """

    def __init__(self, left: Content | str = "", right: Content | str = "") -> None:
        super().__init__()
        self._left = Content(left) if isinstance(left, str) else left
        self._right = Content(right) if isinstance(right, str) else right

    def show(self, left: Content | str | None = None, right: Content | str | None = None) -> None:
        if left is not None:
            self._left = Content(left) if isinstance(left, str) else left
        if right is not None:
            self._right = Content(right) if isinstance(right, str) else right
        self.refresh()

    def render(self) -> Content:
        width = self.size.width
        right = self._right
        room = width - right.cell_length - 2
        if room < 8:
            room = width - self._left.cell_length - 2
            if room < 8:
                return self._left.truncate(width, ellipsis=True)
            # Of what is too long on the right, a path as a rule, the end says most.
            tail = right[max(0, len(right) - room + 1) :]
            right = Content.assemble("…", tail)
            room = self._left.cell_length
        left = self._left.truncate(room, ellipsis=True)
        gap = width - left.cell_length - right.cell_length
        return Content.assemble(left, " " * gap, right)
