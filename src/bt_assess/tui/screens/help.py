"""Help: what the page one came from is for, and its keys."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Static

KEYS = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "Enter", "escape": "Esc",
    "question_mark": "?", "slash": "/", "space": "Space", "pageup": "PgUp", "pagedown": "PgDn",
    "home": "Home", "end": "End", "backspace": "←", "tab": "Tab",
}  # fmt: skip
MODEL = (
    "You answer statements about your organisation in six themes. From the answers, each theme gets"
    " a place between starting, developing and consolidating, with how sure that is, and the"
    " breakthrough points that would move it on. There is no pass mark: wherever you are is where"
    " the next step begins."
)


class Help(ModalScreen[None]):
    """Explains a page; the keys are read off the page itself."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [Binding("escape,question_mark,enter", "dismiss", "Back", key_display="esc")]

    def __init__(self, about: str, page: Screen[object]) -> None:
        super().__init__()
        self._about = about
        self._lines = _key_lines(page)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            with VerticalScroll(classes="help"):
                parts = [Content.styled("Help", "bold"), Content(self._about or MODEL), *self._lines]
                if self._about:
                    parts += [Content.styled("The model in four lines", "bold $quiet"), Content(MODEL)]
                yield Static(_joined(parts), markup=False)
            yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()


def _joined(parts: list[Content]) -> Content:
    return Content("\n\n").join(parts)


def _key_lines(page: Screen[object]) -> list[Content]:
    seen: dict[str, list[str]] = {}
    for active in page.active_bindings.values():
        binding = active.binding
        words = binding.tooltip or binding.description
        if not words or binding.key.startswith("ctrl+") and not binding.tooltip:
            continue
        keys = seen.setdefault(words, [])
        for key in binding.key.split(","):
            shown = KEYS.get(key, key.replace("ctrl+", "Ctrl+").capitalize() if "+" in key else key)
            if shown not in keys:
                keys.append(shown)
    lines = [
        Content.assemble((" ".join(keys).rjust(10), "bold $primary"), f"  {words}")
        for words, keys in seen.items()
    ]
    return [Content("\n").join(lines)]
