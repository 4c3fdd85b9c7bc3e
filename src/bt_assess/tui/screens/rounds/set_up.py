"""Set up a round: what it is, who takes part, what may be shown, and the passphrase."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from bt_assess.core.round import (
    LEAST_FIGURES,
    LEAST_PICTURES,
    MOST_PEOPLE,
    Round,
    never_shows,
)
from bt_assess.core.text import NAME_LENGTH
from bt_assess.report.words import date_words
from bt_assess.store.sealing import LONGEST_WORDS, unfit
from bt_assess.tui.page import Page
from bt_assess.tui.screens.rounds.step import Wish, Wished
from bt_assess.tui.widgets.choice import Choice
from bt_assess.tui.widgets.field import Field

_WORDS = {
    False: "This program shows nobody's answers singly, to you neither. With the passphrase and other"
    " programs you could; watching the folder tells which file came when. People are told so. It"
    " stays so once somebody has begun.",
    True: "Everybody is told before they begin that the team will see their answers beside their"
    " name. This stays so once somebody has begun.",
}


@dataclass(frozen=True)
class RoundWishes:
    """What a facilitator wants of a new round; `minutes` for each person, None for no limit.

    `after` is the id of the round that it follows, None for the last one of the team.
    """

    title: str
    team: str
    expected: int
    named: bool
    figures_from: int
    pictures_from: int
    minutes: int | None
    passphrase: str
    after: str | None = None

    def follows(self, last: Round) -> bool:
        """Whether the new round may begin with what was promised in this one."""
        if self.after is not None:
            return last.id == self.after
        return bool(self.team) and last.team == self.team


class SetUpRound(Page):
    """A form of one page. Enter goes to the next line, and from the last one on."""

    ABOUT = (
        "A round collects a team's answers on this laptop, one person after another, each in"
        " private. The passphrase opens the answers at the end; nobody can read them before, and"
        " without it nobody can afterwards. The next page gives you a recovery code to keep."
    )
    CSS_PATH = "rounds.tcss"
    BINDINGS: ClassVar = [
        Binding("ctrl+s", "set_up", "Set up", tooltip="Set the round up and go on"),
        Binding("tab", "app.focus_next", "Next line", tooltip="On to the next line"),
        Binding("escape", "back", "Back", tooltip="Back without a round"),
    ]

    def __init__(self, team: str = "", after: Round | None = None) -> None:
        """`after` is the round of this team that the new one follows."""
        super().__init__()
        self._team = team
        self._after = after

    def bar(self) -> tuple[Content | str, Content | str]:
        left = Content.styled("A new round", "bold")
        if self._after is not None:
            after = f"  after {self._after.title}, {date_words(self._after.created)}"
            left = Content.assemble(left, (after, "$quiet"))
        return left, Content.styled("1 of 9  set up", "$quiet")

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="form", can_focus=False):
            yield from _line("What is it called?", _field("title", "Spring review"))
            yield from _line("Which team?", _field("team", "Housing leadership", self._team))
            yield from _line("How many people?", _number("expected", ""), "-last")
            yield from _line("Names", Choice("without names", "with names", id="named"))
            yield Static(Content.styled(_WORDS[False], "$quiet"), id="about-names", markup=False)
            yield from _line("Figures from how many people?", _number("figures", "5"), "-kept")
            yield from _line("Single places from how many?", _number("pictures", "8"), "-kept")
            yield from _line(
                "Minutes for each person", _number("minutes", "", "as long as it takes"), "-last"
            )
            yield from _line("A passphrase", _secret("passphrase"))
            yield from _line("The same again", _secret("again"))
        yield Static("", id="fault", markup=False)

    def on_mount(self) -> None:
        self.query_one("#title", Input).focus()

    def on_choice_changed(self) -> None:
        named = self._named
        self.query_one("#about-names", Static).update(Content.styled(_WORDS[named], "$quiet"))
        for line in self.query(".-kept"):
            line.display = not named
        self._warn()

    def on_input_changed(self) -> None:
        self._warn()

    def _warn(self) -> None:
        """Say at once what would never show anything, not only at the end of the form."""
        expected, figures = (self.query_one(f"#{n}", Input).value for n in ("expected", "figures"))
        why = None
        if all(text.isascii() and text.isdecimal() for text in (expected, figures)):
            why = never_shows(int(expected), int(figures), named=self._named)
        words = Content.styled(_sentence(why), "$alert") if why else Content("")
        self.query_one("#fault", Static).update(words)

    @property
    def _named(self) -> bool:
        return bool(self.query_one(Choice).chosen)

    def on_choice_done(self) -> None:
        self.focus_next()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "again":
            self.action_set_up()
        else:
            self.focus_next()

    def action_set_up(self) -> None:
        values = {field.id or "": field.value.strip() for field in self.query(Input)}
        # A passphrase is taken as it is typed: a space can be part of it.
        secret, again = (
            self.query_one(f"#{name}", Input).value for name in ("passphrase", "again")
        )
        fault = _fault(values, secret, again, named=self._named)
        if fault is not None:
            name, words = fault
            self.query_one("#fault", Static).update(Content.styled(words, "$alert"))
            self.query_one(f"#{name}", Input).focus()
            return
        self.query_one("#fault", Static).update("")
        minutes = values["minutes"]
        wishes = RoundWishes(
            title=values["title"], team=values["team"], expected=int(values["expected"]),
            named=self._named,
            figures_from=LEAST_FIGURES if self._named else int(values["figures"]),
            pictures_from=LEAST_PICTURES if self._named else int(values["pictures"]),
            minutes=int(minutes) if minutes else None, passphrase=secret,
            # Another team has nothing to do with what this one promised.
            after=self._after.id if self._after and values["team"] == self._team else None,
        )  # fmt: skip
        self.post_message(Wished(Wish.SET_UP, wishes))

    def say(self, words: str) -> None:
        """Something that takes a moment goes on."""
        self.query_one("#fault", Static).update(Content.styled(words, "$quiet"))

    def action_back(self) -> None:
        self.post_message(Wished(Wish.LEAVE))


def _fault(
    values: dict[str, str], secret: str, again: str, *, named: bool
) -> tuple[str, str] | None:
    """The first thing that does not do yet: its field, and what to put there."""

    def outside(name: str, least: int, most: int) -> bool:
        text = values[name]
        return not (text.isascii() and text.isdecimal() and least <= int(text) <= most)

    if not values["title"]:
        return "title", "Give the round a name, so that you find it again."
    if outside("expected", 1, MOST_PEOPLE):
        return "expected", f"How many people will answer? A number from 1 to {MOST_PEOPLE}."
    if not named and outside("figures", LEAST_FIGURES, MOST_PEOPLE):
        return "figures", f"Figures need {LEAST_FIGURES} people or more, so that nobody is exposed."
    if not named and outside("pictures", LEAST_PICTURES, MOST_PEOPLE):
        return "pictures", f"Single places need {LEAST_PICTURES} people or more."
    if not named and int(values["pictures"]) < int(values["figures"]):
        return "pictures", "Single places need at least as many people as figures do."
    if why := never_shows(
        int(values["expected"]), 1 if named else int(values["figures"]), named=named
    ):
        return "expected", _sentence(why)
    if values["minutes"] and outside("minutes", 1, 240):
        return "minutes", "A number of minutes from 1 to 240, or nothing."
    if why := unfit(secret):
        return "passphrase", _sentence(why)
    if secret != again:
        return "again", "The two are not the same. Type the second one again."
    return None


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _line(words: str, field: Widget, classes: str = "") -> Iterable[Widget]:
    with Horizontal(classes=f"line {classes}"):
        yield Label(words, markup=False)
        yield field


def _field(name: str, example: str, value: str = "") -> Field:
    hint = f"for example: {example}"
    return Field(value, enter="Next", placeholder=hint, id=name, max_length=NAME_LENGTH)


def _number(name: str, value: str, hint: str = "") -> Field:
    return Field(value, enter="Next", placeholder=hint, id=name, max_length=3)


def _secret(name: str) -> Field:
    return Field(
        "", enter="Next" if name == "passphrase" else "Set up", id=name, password=True,
        placeholder="a few words that you will remember" if name == "passphrase" else "",
        max_length=LONGEST_WORDS,
    )  # fmt: skip
