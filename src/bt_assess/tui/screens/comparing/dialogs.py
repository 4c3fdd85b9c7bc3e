"""The small questions of comparing: a round's passphrase, a name to save under, what was left out."""

from collections.abc import Awaitable, Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from bt_assess.core.compared import Compared
from bt_assess.core.round import TITLE_LENGTH, Round
from bt_assess.report.summary import plural
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.flow import item
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.reader import Reader


class Refused(Exception):
    """A round cannot be opened; says why in words to show."""


class NotThatWord(Refused):
    """The passphrase is another one."""


class AskPassphrase(Dialog[tuple[Compared, str]]):
    """Gives a round as far as it may be shown, and the words that opened it; nothing for Esc."""

    CSS_PATH = ["../dialog.tcss", "../compare.tcss"]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-low")]
    BINDINGS = [Binding("escape", "dismiss", "Back")]
    MOMENT = "One moment: the passphrase is tried. That takes some seconds, on purpose …"

    def __init__(
        self, round_: Round, open_with: Callable[[str], Awaitable[Compared]], words: str = ""
    ) -> None:
        """`words` opened another round just now, and are tried first."""
        super().__init__()
        self._round = round_
        self._open_with = open_with
        self._words = words

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(f"Open '{self._round.title}'", classes="title", markup=False)
            yield Static(
                "Its answers are sealed. The passphrase, or the recovery code, opens them for this"
                " comparison; it is kept nowhere.",
                classes="about",
                markup=False,
            )
            yield Field("", enter="Open", password=True, max_length=400)
            yield Static("", id="said", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        if self._words:
            self._try(self._words, is_first=False)

    def on_input_submitted(self) -> None:
        if words := self.query_one(Input).value:
            self._try(words, is_first=True)

    def _try(self, words: str, *, is_first: bool) -> None:
        self.query_one(Input).disabled = True
        self._say(self.MOMENT if is_first else "One moment: the passphrase just given is tried …")
        self.run_worker(self._attempt(words, is_first=is_first), exclusive=True)

    async def _attempt(self, words: str, *, is_first: bool) -> None:
        try:
            found = await self._open_with(words)
        except NotThatWord as fault:
            self._refuse(str(fault) if is_first else "This round has a passphrase of its own.")
        except Refused as fault:
            self._refuse(str(fault))
        else:
            self.dismiss((found, words))

    def _refuse(self, why: str) -> None:
        self._say(why)
        field = self.query_one(Input)
        field.value = ""
        field.disabled = False
        field.focus()

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(Content(words))


class NameIt(Dialog[bool]):
    """Asks for a name until `keep` takes it; `keep` gives what is wrong with it, or nothing."""

    CSS_PATH = ["../dialog.tcss", "../compare.tcss"]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-low")]
    BINDINGS = [Binding("escape", "no", "Back")]

    def __init__(
        self, title: str, text: str, name: str, keep: Callable[[str], str], *, leave: str = "Back"
    ) -> None:
        """`leave` says what Esc does."""
        super().__init__()
        self._title, self._text, self._value, self._keep = title, text, name, keep
        self._bindings.key_to_bindings["escape"] = [Binding("escape", "no", leave)]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="title", markup=False)
            yield Static(self._text, classes="about", markup=False)
            yield Field(self._value, enter="Save", max_length=TITLE_LENGTH)
            yield Static("", id="said", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self) -> None:
        name = self.query_one(Input).value.strip()
        fault = self._keep(name) if name else "It needs a name to be found again."
        if fault:
            self.query_one("#said", Static).update(Content.styled(fault, "$alert"))
        else:
            self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)


class LeftOut(Dialog[None]):
    """The statements that a comparison leaves out, and why."""

    CSS_PATH = ["../dialog.tcss", "../compare.tcss"]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-low")]
    BINDINGS = [Binding("escape,enter,l", "dismiss", "Back", key_display="esc")]

    def __init__(
        self,
        groups: Sequence[tuple[str, Sequence[str]]],
        *,
        below: str = "",
    ) -> None:
        super().__init__()
        self._groups = groups
        self._below = below

    def compose(self) -> ComposeResult:
        count = plural(sum(len(texts) for _, texts in self._groups), "statement")
        with Vertical(classes="dialog -tall"):
            yield Static(f"Left out: {count}", classes="title", markup=False)
            with Reader():
                yield Static("", id="list", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Reader).focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        area = self.query_one("#list", Static)
        width = area.size.width or 70
        parts = []
        for why, texts in self._groups:
            parts.append(Content.styled(why, "bold"))
            parts.append(Content("\n").join(item("· ", Content(text), width) for text in texts))
        if self._below:
            parts.append(Content.styled(self._below, "$quiet"))
        area.update(Content("\n\n").join(parts))
