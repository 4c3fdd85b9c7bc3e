"""What the pages of a round share: where one is in it, a few words, and what can be done next."""

from collections.abc import Iterable
from enum import Enum
from typing import Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.tui.page import Page
from bt_assess.tui.widgets.reader import Reader
from bt_assess.tui.widgets.rows import Row, RowList

STEPS = (
    "set up", "what it is for", "last time", "answer in private", "waiting", "reveal", "discuss",
    "agree", "act",
)  # fmt: skip
LABEL = 26
LEAST_HEIGHT = 10
"""From this height on there is room for more than a heading and the choices."""


class Wish(Enum):
    """What somebody can ask for on a page of a round."""

    NEW = "new"
    SET_UP = "set up"
    NEW_SHEET = "new sheet"
    CHOOSE = "choose"
    GO_ON = "go on"
    NEXT_PERSON = "next person"
    MY_TURN = "my turn"
    START = "start"
    RESUME = "resume"
    PAUSE = "pause"
    GIVE_IN = "give in"
    WIPE = "wipe"
    DROP = "drop"
    CLOSE = "close"
    COLLECT = "collect"
    OPEN = "open"
    REVEAL = "reveal"
    HEAD_COUNT = "head count"
    COUNT_IN = "count in"
    DISCUSS = "discuss"
    AGREE = "agree"
    VOTE_AGAIN = "vote again"
    GIVE_UP_VOTE = "give up the vote"
    ACT = "act"
    PROMISE = "promise"
    TAKE_BACK = "take back"
    FINISH = "finish"
    LEAVE = "leave"


class Wished(Message):
    """Somebody asks for the next thing in a round; `value` is what goes with it."""

    def __init__(self, wish: Wish, value: Any = None) -> None:
        self.wish = wish
        self.value = value
        super().__init__()


class Wishes(RowList):
    """The few choices of a page; the keys for pages turn the words above it."""

    BINDINGS: ClassVar = [
        Binding("pageup", "read(-1)", "Page up", show=False),
        Binding("pagedown", "read(1)", "More", key_display="PgDn", tooltip="Read on"),
    ]

    def action_read(self, direction: int) -> None:
        """Turn the words where they are more than the page has room for."""
        words = self.screen.query_one("#scroll", Reader)
        if direction > 0:
            words.scroll_page_down(animate=False)
        else:
            words.scroll_page_up(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "read":
            return self.screen.query_one("#scroll", Reader).max_scroll_y > 0
        return super().check_action(action, parameters)


class StepPage(Page):
    """A page of a round: a heading, some words, and a short list of what can be done."""

    CSS_PATH = "rounds.tcss"
    STEP: ClassVar[int] = 0
    """The number of the step, from 1."""
    PRIVATE: ClassVar[bool] = False
    """Whether one person is alone with the laptop: nothing leads elsewhere from such a page."""
    BINDINGS: ClassVar = [
        Binding("escape", "back", "Home", tooltip="Home; the round stays at this step"),
    ]

    def __init__(self, round_title: str) -> None:
        super().__init__()
        self._round_title = round_title

    def bar(self) -> tuple[Content | str, Content | str]:
        where = f"{self.STEP} of {len(STEPS)}  {STEPS[self.STEP - 1]}"
        return Content.styled(self._round_title, "bold"), Content.styled(where, "$quiet")

    def body(self) -> Iterable[Widget]:
        with Vertical(id="step"):
            yield Static("", id="heading", markup=False)
            with Reader(id="scroll"):
                yield Static("", id="words", markup=False)
            with Vertical(id="foot"):
                yield Static(self.last_words(), id="last", markup=False)
                yield Wishes(id="wishes", enter="Choose")

    def on_mount(self) -> None:
        self.on_resize()
        self.fill()
        self.point()

    def on_resize(self) -> None:
        # On the very smallest the choices alone have room.
        roomy = self.size.height >= LEAST_HEIGHT
        self.query_one("#last").display = roomy and bool(self.last_words())

    def point(self) -> None:
        """Put the keyboard where it is wanted first."""
        self.query_one("#wishes").focus()

    def fill(self) -> None:
        """Show the words and the choices as they are now."""
        self.query_one("#heading", Static).update(Content.styled(self.heading(), "bold"))
        words = Content("\n\n").join(
            part if isinstance(part, Content) else Content(part) for part in self.words() if part
        )
        self.query_one("#words", Static).update(words)
        rows = [_row(label, about, wish) for label, about, wish in self.wishes()]
        listed = self.query_one("#wishes", RowList)
        listed.styles.height = len(rows)
        listed.show(rows)

    def say(self, words: str) -> None:
        """Something that takes a moment goes on; the choices wait for it."""
        self.query_one("#words", Static).update(Content(words))
        self.query_one("#wishes").disabled = True

    def refuse(self, words: str) -> None:
        """It did not work: the choices are there again."""
        self.query_one("#wishes").disabled = False
        self.fill()
        self.point()

    def heading(self) -> str:
        """What this page is about, in a line."""
        return ""

    def words(self) -> Iterable[Content | str]:
        """The paragraphs of the page."""
        return ()

    def last_words(self) -> str:
        """What is always in view, however small the terminal: right above the choices."""
        return ""

    def wishes(self) -> Iterable[tuple[str, str, Wish]]:
        """What can be done, the most likely first: a name, a few words, the wish."""
        return ()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.wish(event.value)

    def wish(self, wish: Wish) -> None:
        """Ask for it; a page that has something to say with it adds a value."""
        self.post_message(Wished(wish))

    def action_back(self) -> None:
        self.wish(Wish.LEAVE)


def _row(label: str, about: str, wish: Wish) -> Row:
    return Row(
        lambda width: Content.assemble((label.ljust(LABEL), "bold"), (about, "$quiet")), wish
    )
