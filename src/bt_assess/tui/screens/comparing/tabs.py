"""The five ways of looking, in one line: a click on one takes it."""

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from bt_assess.core.saved_comparison import View

VIEWS = {
    View.CHANGE: ("Before and after", "Before"),
    View.TREND: ("Trend", "Trend"),
    View.BESIDE: ("Side by side", "Side"),
    View.MOVED: ("What moved", "Moved"),
    View.PROMISED: ("What was promised", "Promised"),
}
ABOUT = (
    "Five ways of looking: 1 to 5, or ← and →. ○ is before, ● after, ◇ a target that you set with"
    " t. A change counts when it is at least a quarter of a stage (a team: 0.15) and at least"
    " twice as large as chance would make it; 'clear change' is three times. Everything else is"
    " within noise: people never answer twice in just the same way. Different people and teams"
    " have no change between them: they stand side by side, where a digit says how many are in one"
    " place. Of one person, and of people who gave their names both times, only statements rated"
    " both times count; else a team's place counts all that it was asked. l lists what was not in"
    " both. s keeps a comparison under a name, with its targets; c chooses what to compare."
)
"""What the page's help says."""


class ViewTabs(Widget):
    """1 to 5, the one that shows marked; short names where room is short."""

    DEFAULT_CSS = """
    ViewTabs { height: 1; padding: 0 1; }
    """
    view: reactive[View] = reactive(View.CHANGE)

    class Wanted(Message):
        """Somebody clicked a way of looking."""

        def __init__(self, view: View) -> None:
            self.view = view
            super().__init__()

    def _names(self) -> tuple[list[str], int]:
        """What stands there, and how much room is between two."""
        for which, gap in ((0, 3), (0, 2), (1, 2), (1, 1)):
            names = [f"{n} {words[which]}" for n, words in enumerate(VIEWS.values(), start=1)]
            if sum(map(len, names)) + gap * (len(names) - 1) <= self.size.width:
                return names, gap
        return [str(n) for n in range(1, len(VIEWS) + 1)], 2

    def render(self) -> Content:
        names, gap = self._names()
        parts: list[tuple[str, str]] = []
        for view, name in zip(VIEWS, names, strict=True):
            digit, _, words = name.partition(" ")
            here = view is self.view
            parts.append((digit, "bold $primary"))
            if words:
                style = "bold underline $foreground" if here else "$quiet"
                parts += [(" ", ""), (words, style)]
            elif here:
                parts[-1] = (digit, "bold underline $primary")
            parts.append((" " * gap, ""))
        return Content.assemble(*parts[:-1])

    def on_click(self, event: events.Click) -> None:
        names, gap = self._names()
        # The padding is outside of what is drawn.
        at = 1
        for view, name in zip(VIEWS, names, strict=True):
            if at <= event.x < at + len(name):
                self.post_message(self.Wanted(view))
            at += len(name) + gap
