"""Help: what the page one came from is for, and its keys."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from bt_assess.tui.dialog import Dialog
from bt_assess.tui.widgets.key_line import KeyLine, key_name
from bt_assess.tui.widgets.reader import Reader

MODEL = (
    "You answer statements about your organisation in six themes. From the answers, each theme gets"
    " a place between starting, developing and consolidating, with how sure that is, and the"
    " breakthrough points that would move it on. There is no pass mark: wherever you are is where"
    " the next step begins."
)


class Help(Dialog[None]):
    """Explains a page; the keys are read off the page itself."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [Binding("escape,question_mark,enter", "dismiss", "Back", key_display="esc")]

    def __init__(self, about: str, page: Screen[object]) -> None:
        super().__init__()
        self._about = about
        self._lines = _key_lines(page)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            with Reader(classes="help"):
                parts = [
                    Content.styled("Help", "bold"),
                    Content(self._about or MODEL),
                    *self._lines,
                ]
                if self._about:
                    parts += [
                        Content.styled("The model in short", "bold $quiet"),
                        Content(MODEL),
                    ]
                yield Static(_joined(parts), markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Reader).focus()


def _joined(parts: list[Content]) -> Content:
    return Content("\n\n").join(parts)


def _key_lines(page: Screen[object]) -> list[Content]:
    seen: dict[str, list[str]] = {}
    for active in page.active_bindings.values():
        binding = active.binding
        words = binding.tooltip
        if not words:
            continue
        keys = seen.setdefault(words, [])
        for key in binding.key.split(","):
            shown = key_name(binding.with_key(key)) if binding.key != key else key_name(binding)
            if shown not in keys:
                keys.append(shown)
    lines = [
        Content.assemble((" ".join(keys).rjust(15), "bold $primary"), f"  {words}")
        for words, keys in seen.items()
    ]
    return [Content("\n").join(lines)]
