"""How far each theme has come, as small bars."""

from textual.content import Content
from textual.widget import Widget


class ThemeBars(Widget):
    """One bar a theme: its tag and a block for each part that is answered."""

    DEFAULT_CSS = """
    ThemeBars { height: 1; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._themes: list[tuple[str, int, int]] = []
        self._here = 0

    def show(self, themes: list[tuple[str, int, int]], here: int) -> None:
        """(tag, answered, in all) of each theme, and which of them one is in."""
        if (themes, here) != (self._themes, self._here):
            self._themes, self._here = themes, here
            self.refresh()

    def render(self) -> Content:
        if not self._themes:
            return Content("")
        room = self.size.width // len(self._themes)
        tags = max(len(tag) for tag, _, _ in self._themes)
        blocks = max(0, min(10, room - tags - 3))
        parts: list[tuple[str, str]] = []
        for place, (tag, done, total) in enumerate(self._themes):
            # The last block fills with the last answer only, the first with the first.
            full = 0 if not done else max(1, blocks * done // total)
            style = "bold $foreground" if place == self._here else "$quiet"
            mark = "›" if place == self._here else " "
            parts.append((f"{mark}{tag} ", style))
            parts.append(("■" * min(full, blocks), "$good" if done == total else "$primary"))
            parts.append(("·" * (blocks - full), "$faint"))
            parts.append((" " * max(1, room - len(tag) - 2 - blocks), ""))
        return Content.assemble(*parts)
