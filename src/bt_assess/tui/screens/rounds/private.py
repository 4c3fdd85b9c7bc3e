"""One person alone with the laptop: taking over, stopping half-way, giving in, wiping."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from bt_assess.core.round import Round
from bt_assess.core.rubric import RubricTheme
from bt_assess.core.text import NAME_LENGTH
from bt_assess.report.summary import plural
from bt_assess.tui.page import Page
from bt_assess.tui.screens.assess import Assess
from bt_assess.tui.screens.review import Review
from bt_assess.tui.screens.rounds.before import what_remains, who_sees
from bt_assess.tui.screens.rounds.step import StepPage, Wish, Wished
from bt_assess.tui.widgets.field import Field

MOST_SQUARES = 12
"""As many squares as a narrow terminal has room for in a line, the count beside them."""
CONSENT = "By going on you agree that your answers count in this round."


class Waiting(StepPage):
    """Between two people: how many have answered, and nothing else."""

    STEP = 5
    ABOUT = (
        "Between two people. It shows how many have given in their answers, and nothing else. When"
        " everybody has, or time is up, close the round: then the passphrase opens it."
    )

    def __init__(self, round_: Round, unfinished: int) -> None:
        super().__init__(round_.title)
        self._round = round_
        self._unfinished = unfinished

    def heading(self) -> str:
        round_ = self._round
        return f"{round_.given_in} of {round_.expected} have given in their answers"

    def words(self) -> Iterable[Content | str]:
        yield squares(self._round.given_in, self._round.expected)
        if self._unfinished:
            have = "has" if self._unfinished == 1 else "have"
            yield f"{plural(self._unfinished, 'person')} {have} begun and can go on with a resume code."

    def wishes(self) -> Iterable[tuple[str, str, Wish]]:
        complete = self._round.given_in >= self._round.expected
        close = ("Close the round", "nobody else answers; the passphrase opens it", Wish.CLOSE)
        if complete:
            yield close
        yield "Next person", "pass the laptop on", Wish.NEXT_PERSON
        if self._unfinished:
            yield "Go on after a break", "with a resume code", Wish.RESUME
        if self._round.given_in and not complete:
            yield close


def squares(done: int, of_all: int) -> Content:
    """How far a round has come, in one line whatever the number: of many, a square is several."""
    done = min(done, of_all)
    full = done if of_all <= MOST_SQUARES else done * MOST_SQUARES // of_all
    return Content.assemble(
        ("■ " * full, "$good"), ("□ " * (min(of_all, MOST_SQUARES) - full), "$faint"),
        (f" {done} of {of_all}", "$quiet"),
    )  # fmt: skip


class HandOver(StepPage):
    """Who takes the laptop now hears what becomes of their answers, and says that it is them."""

    STEP = 4
    PRIVATE = True
    ABOUT = "For whoever has the laptop now. Nobody else should be looking."
    BINDINGS: ClassVar = [
        Binding("escape", "back", "Back", tooltip="Back; nothing has been answered"),
    ]

    def __init__(self, round_: Round, theme: RubricTheme | None = None) -> None:
        """`theme` is the one of a second vote."""
        super().__init__(round_.title)
        self._round = round_
        self._theme = theme

    def body(self) -> Iterable[Widget]:
        yield from super().body()
        if self._round.named:
            with Vertical(id="named"):
                yield Static("Your name", markup=False)
                yield Field("", enter="It is my turn", id="name", max_length=NAME_LENGTH)

    def point(self) -> None:
        if self._round.named:
            self.query_one("#wishes").display = False
            self.query_one("#name").focus()
        else:
            super().point()

    def heading(self) -> str:
        return "The laptop is yours"

    def words(self) -> Iterable[Content | str]:
        yield who_sees(self._round)
        yield what_remains(self._round)
        time = f" Take about {self._round.minutes} minutes." if self._round.minutes else ""
        if self._theme:
            time = ""
            count = plural(len(self._theme.statements), "statement")
            yield f"A second vote on {self._theme.name}: {count}, a few minutes."
        yield (
            "You can stop at any statement and go on later with a code that only you get. Leaving"
            f" statements open is fine.{time}"
        )

    def last_words(self) -> str:
        return CONSENT

    def wishes(self) -> Iterable[tuple[str, str, Wish]]:
        yield "It is my turn", "and nobody looks over my shoulder", Wish.MY_TURN

    def on_input_submitted(self) -> None:
        name = self.query_one(Input).value.strip()
        if name:
            self.post_message(Wished(Wish.MY_TURN, name))
        else:
            self.notify("This round has names: please type yours.", markup=False)

    def wish(self, wish: Wish) -> None:
        self.post_message(Wished(wish, "") if wish is Wish.MY_TURN else Wished(wish))

    def action_back(self) -> None:
        self.wish(Wish.WIPE)


class ResumeCode(StepPage):
    """The code that this person alone gets, before the first statement and at a break."""

    STEP = 4
    PRIVATE = True
    ABOUT = (
        "The code opens your unfinished answers again, and nothing else does. When you finish, it is"
        " worth nothing any more."
    )
    BINDINGS: ClassVar = [Binding("escape", "back", "Back", show=False)]

    def __init__(self, round_: Round, code: str | None, *, pausing: bool) -> None:
        """`code` is None for somebody who came back with theirs: it is the same one."""
        super().__init__(round_.title)
        self._code = code
        self._pausing = pausing

    def heading(self) -> str:
        return "Until you come back" if self._pausing else "In case you have to stop"

    def words(self) -> Iterable[Content | str]:
        yield Content.styled(f"    {self._code or 'the code you came back with'}", "bold $accent")
        yield (
            "This code brings you back to where you stopped. It is yours alone: write it down, and"
            " show it to nobody. Without it, what you have answered so far cannot be opened."
        )

    def wishes(self) -> Iterable[tuple[str, str, Wish]]:
        if self._pausing:
            yield "I have the code", "wipe the screen and pass the laptop back", Wish.WIPE
            yield "Go on now", "back to the statements", Wish.START
            yield "Take everything back", "delete what you have answered", Wish.DROP
        else:
            yield "Start", "the first statement", Wish.START

    def action_back(self) -> None:
        self.wish(Wish.START)


class TypeResumeCode(Page):
    """Somebody comes back with their code."""

    CSS_PATH = "rounds.tcss"
    PRIVATE: ClassVar[bool] = True
    ABOUT = "Type the code you were given when you began. Dashes and capitals make no difference."

    def __init__(self, round_: Round) -> None:
        super().__init__()
        self._round = round_

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled(self._round.title, "bold"), ""

    def body(self) -> Iterable[Widget]:
        with Vertical(id="step"):
            yield Static("Welcome back", id="heading", markup=False)
            yield Static("Your resume code", markup=False)
            yield Field("", enter="Go on", id="code", password=True, max_length=40)
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self) -> None:
        code = self.query_one(Input).value.strip()
        if code:
            self.query_one(Input).disabled = True
            self.say("One moment: the code is tried. That takes some seconds, on purpose …")
            self.post_message(Wished(Wish.RESUME, code))

    def say(self, words: str) -> None:
        self.query_one("#words", Static).update(Content(words))

    def tell(self, tried: int, of_all: int) -> None:
        """How far trying has come, where several people have begun."""
        if of_all > 1 and self.is_mounted:
            self.say(f"One moment: trying {tried + 1} of {of_all}. Each takes some seconds …")

    def refuse(self, words: str) -> None:
        """The code opened nothing: say so, and let it be typed again."""
        self.say(words)
        field = self.query_one(Input)
        field.value = ""
        field.disabled = False
        field.focus()

    def action_back(self) -> None:
        self.post_message(Wished(Wish.WIPE))


class PrivateAssess(Assess):
    """The answering screen, for one person of a round: stopping leads to the resume code."""

    PRIVATE: ClassVar[bool] = True
    ALLOW_SELECT = False
    CSS_PATH = "../assess.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "back", "stop", tooltip="Stop here; a code brings you back"),
    ]

    def action_back(self) -> None:
        self.post_message(Wished(Wish.PAUSE))

    def action_review(self) -> None:
        self.app.push_screen(PrivateReview(self._desk, self.work))


class PrivateReview(Review):
    """Looking back before giving in."""

    PRIVATE: ClassVar[bool] = True
    ALLOW_SELECT = False
    CSS_PATH = "../review.tcss"
    ABOUT = (
        "Everything before you finish: what is still open, what you don't know, what doesn't apply."
        " Enter on a statement goes back to it. Finishing seals the answers."
    )
    BINDINGS: ClassVar = [
        Binding("f", "finish", "Finish", tooltip="Seal the answers and pass the laptop back"),
    ]
    AFTER = "and seal the answers"
    FIXED = "They are sealed then: nobody can read or change them until the round is opened."

    def finish(self) -> None:
        self.post_message(Wished(Wish.GIVE_IN))


class ThankYou(StepPage):
    """The answers are sealed; a receipt, and the screen is wiped."""

    STEP = 4
    PRIVATE = True
    ABOUT = (
        "The receipt stands for your sealed answers. At the reveal all receipts are listed, so that"
        " you can see that yours was counted. It opens nothing."
    )
    BINDINGS: ClassVar = [Binding("escape", "back", "Done", show=False)]

    def __init__(self, round_: Round, receipt: str) -> None:
        super().__init__(round_.title)
        self._receipt = receipt

    def heading(self) -> str:
        return "Thank you"

    def words(self) -> Iterable[Content | str]:
        yield "Your answers are sealed. Nobody can read or change them on this laptop now."
        yield Content.assemble("Your receipt:  ", (self._receipt, "bold $accent"))
        yield (
            "You can note it down: when the round is opened, the list of receipts shows that yours"
            " was counted. It does not lead to your answers."
        )

    def wishes(self) -> Iterable[tuple[str, str, Wish]]:
        yield "Done", "wipe the screen and pass the laptop back", Wish.WIPE

    def action_back(self) -> None:
        self.wish(Wish.WIPE)
