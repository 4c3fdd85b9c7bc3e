"""Discuss: one theme, where the team sees it differently, and what it settles on."""

import time
from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from bt_assess.core.disclosure import Shown, ShownStatement, ShownTheme
from bt_assess.core.round import TEXT_LENGTH, Agreement, Round
from bt_assess.core.rubric import Rubric, RubricTheme, Stage
from bt_assess.core.standing import standings
from bt_assess.report.summary import plural
from bt_assess.report.team_words import (
    standing_words,
    team_sentence,
    who_said_words,
    why_words,
    without_place,
)
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.page import Page
from bt_assess.tui.screens.rounds.reveal import agreement_line
from bt_assess.tui.screens.rounds.step import StepPage, Wish, Wished
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.choice import Choice
from bt_assess.tui.widgets.field import Field
from bt_assess.tui.widgets.flow import item
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.reader import Reader
from bt_assess.tui.widgets.team import answer_counts, dot_plot, stage_counts, team_track
from bt_assess.tui.widgets.track import STAGE_MARKS, axis

MOST_STATEMENTS = 6


class Discuss(Page):
    """One theme of a team, to talk about."""

    CSS_PATH = "rounds.tcss"
    ABOUT = (
        "One theme to talk about. The statements you answered most differently come first: ask both"
        " ends for what they see, never for who they are. Notes come in no order. a keeps what you"
        " agree on, beside the votes; v lets everybody vote again in private on this theme."
    )
    BINDINGS: ClassVar = [
        Binding(
            "a", "agree", "Agree", tooltip="Keep what the team settles on, or that it does not"
        ),
        Binding("v", "vote", "Vote again", tooltip="A second private vote on this theme"),
        Binding("t", "timer", "Timer", tooltip="Show how long you have talked; it nags nobody"),
        Binding("left", "turn(-1)", "Before", key_display="←", tooltip="The theme before"),
        Binding("right", "turn(1)", "Next", key_display="→", tooltip="The next theme"),
        Binding("escape", "back", "All themes", tooltip="Back to all themes"),
    ]

    def __init__(
        self, rubric: Rubric, round_: Round, shown: Shown, again: Shown | None, theme_id: str
    ) -> None:
        """`again` is what may be shown of the second vote on this theme, None without one."""
        super().__init__()
        self._rubric = rubric
        self._round = round_
        self._shown = shown
        self._again = again
        self._theme = rubric.theme(theme_id)
        self._since: float | None = None

    @property
    def theme_id(self) -> str:
        return self._theme.id

    def body(self) -> Iterable[Widget]:
        with Reader(id="scroll"):
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()
        self._show_time()
        self.set_interval(1, self._show_time)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def show(self, round_: Round) -> None:
        """The same theme with what has been agreed."""
        self._round = round_
        self._show()

    def _show(self) -> None:
        words = self.query_one("#words", Static)
        width = words.size.width or 76
        words.update(Content("\n\n").join(part for part in self._parts(width) if part))

    def _parts(self, width: int) -> Iterable[Content]:
        theme, found = self._theme, self._shown.theme(self._theme.id)
        yield Content.assemble((theme.name, "bold"), (f"  ‘{theme.complaint}’", "italic $quiet"))
        yield picture(found, min(width, 80))
        yield Content(team_sentence(found))
        yield Content(without_place(found))
        yield from self._people(width)
        if self._again is not None:
            yield self._second_vote(self._again, min(width, 80))
        if (agreed := self._round.agreement(theme.id)) is not None:
            yield agreement_line(agreed)
        yield from self._statements(width)

    def _people(self, width: int) -> Iterable[Content]:
        """Who stands where, in a round with names."""
        found = standings(self._theme, self._shown)
        if found:
            room = min(30, max(Content(each.name).cell_length for each in found))
            lines = [Content.styled("Who stands where", "bold")]
            for each in found:
                name = Content(each.name).truncate(room, ellipsis=True, pad=True)
                lines.append(Content.assemble("  ", name, "  ", (standing_words(each), "$quiet")))
            yield Content("\n").join(lines)

    def _second_vote(self, again: Shown, width: int) -> Content:
        head = Content.styled("The second vote", "bold")
        if not again.shown:
            if not again.respondents:
                return Content.assemble(head, "\nNobody has voted yet: v passes the laptop on.")
            why = why_words(again.why_not) if again.why_not else "not shown"
            return Content.assemble(head, f"\nNot shown: {why}.")
        found = again.theme(self._theme.id)
        lines = [head, picture(found, width), Content(team_sentence(found))]
        lines += [
            Content(f"  {each.name}: {standing_words(each)}")
            for each in standings(self._theme, again)
        ]
        return Content("\n").join(lines)

    def _statements(self, width: int) -> Iterable[Content]:
        told = [self._shown.statement(s.id) for s in self._theme.walk()]
        divided = sorted(
            (s for s in told if s.ad is not None), key=lambda s: (-(s.ad or 0.0), s.a or 0.0)
        )
        disputed = [s for s in divided if s.disputed]
        if disputed:
            yield Content.styled("Where we see it differently", "bold")
            for each in disputed[:MOST_STATEMENTS]:
                yield self._statement(each, width)
            if (more := len(disputed) - MOST_STATEMENTS) > 0:
                yield Content.styled(
                    f"{more} more in dispute: the report has them all (r, with all themes).",
                    "$quiet",
                )
        elif divided:
            yield Content.styled("No statement is disputed; these come closest", "bold")
            for each in divided[:3]:
                yield self._statement(each, width)
        noted = [s for s in told if s.notes]
        if noted:
            order = "" if self._round.named else ", in no order"
            yield Content.styled(f"What people wrote{order}", "bold")
            for each in noted:
                text = Content.styled(self._rubric.statements[each.id].text, "$quiet")
                notes = [item("  ✎ ", Content(note), width) for note in each.notes]
                yield Content("\n").join([text, *notes])

    def _statement(self, found: ShownStatement, width: int) -> Content:
        lines = [
            item("• ", Content(self._rubric.statements[found.id].text), width),
            Content.assemble("  ", answer_counts(found.counts or {})),
        ]
        if found.disputed and (ends := _ends(found)):
            lines.append(Content.styled(f"  {ends}", "$quiet"))
        for answer, names in who_said_words(found.id, self._shown):
            lines.append(item(f"    {answer.label}: ", Content.styled(names, "$quiet"), width))
        return Content("\n").join(lines)

    # Time

    def action_timer(self) -> None:
        self._since = time.monotonic() if self._since is None else None
        self._show_time()

    def _show_time(self) -> None:
        place = self._rubric.themes.index(self._theme) + 1
        right = f"7 of 9  discuss · theme {place} of {len(self._rubric.themes)}"
        if self._since is not None:
            minutes, seconds = divmod(int(time.monotonic() - self._since), 60)
            right = f"{minutes}:{seconds:02}   {right}"
        self.query_one(TopBar).show(
            Content.styled(self._round.title, "bold"), Content.styled(right, "$quiet")
        )

    # What can be done

    def action_turn(self, step: int) -> None:
        themes = self._rubric.themes
        there = themes[(themes.index(self._theme) + step) % len(themes)]
        self.post_message(Wished(Wish.DISCUSS, there.id))

    def action_agree(self) -> None:
        before = self._round.agreement(self._theme.id)

        def keep(agreement: Agreement | None) -> None:
            if agreement is not None:
                self.post_message(Wished(Wish.AGREE, agreement))

        self.app.push_screen(Agree(self._theme, before), keep)

    def action_vote(self) -> None:
        self.post_message(Wished(Wish.VOTE_AGAIN, (self._theme.id, False)))

    def action_back(self) -> None:
        self.post_message(Wished(Wish.REVEAL))


def picture(found: ShownTheme, width: int) -> Content:
    """A theme's people on the scale, as far as they may be shown."""
    counts = stage_counts(found.counts or {})
    if found.centre is None:
        return counts if found.counts else Content("")
    if found.positions is not None:
        plot = dot_plot(width, found.positions, found.centre)
    else:
        plot = team_track(width, found.centre, None, None)
    return Content("\n").join([axis(width), plot, Content(""), counts])


def _ends(found: ShownStatement) -> str:
    """Both ends of a disputed statement, invited to speak."""
    given = [(a, n) for a, n in (found.counts or {}).items() if n and a.rating is not None]
    if len(given) < 2:
        return ""
    (low, few), (high, many) = given[0], given[-1]
    return (
        f"{few} say ‘{low.label.casefold()}’, {many} say ‘{high.label.casefold()}’:"
        " what does each side see?"
    )


class Agree(Dialog[Agreement]):
    """What the team settles on for a theme: a stage or none, why, and who sees it differently."""

    CSS_PATH = "../dialog.tcss"
    VERTICAL_BREAKPOINTS = Page.VERTICAL_BREAKPOINTS
    CSS = """
    Agree.-tiny .dialog {
        padding: 0 1;
        & > .about { display: none; }
        & > .title { margin: 0; max-height: 1; }
        & Input, & Choice { margin: 0; }
    }
    """
    BINDINGS = [
        Binding("tab", "app.focus_next", "Next line"),
        Binding("ctrl+s", "keep", "Keep"),
        Binding("escape", "dismiss", "Back"),
    ]

    def __init__(self, theme: RubricTheme, before: Agreement | None) -> None:
        super().__init__()
        self._theme = theme
        self._before = before

    def compose(self) -> ComposeResult:
        before = self._before
        chosen = list(Stage).index(before.stage) if before and before.stage else 3 if before else 1
        names = [f"{STAGE_MARKS[s]} {s.value}" for s in Stage]
        with Vertical(classes="dialog"):
            yield Static(f"What do we agree on: {self._theme.name}", classes="title", markup=False)
            yield Static(
                Content.styled("It stands beside the votes and changes none of them.", "$quiet"),
                classes="about",
                markup=False,
            )
            yield Choice(*names, "no agreement", chosen=chosen)
            yield Label("Because", markup=False)
            yield Field(
                before.reason if before else "", enter="Next", id="reason", max_length=TEXT_LENGTH
            )
            yield Label("Who sees it differently, and how", markup=False)
            yield Field(
                before.dissent if before else "", enter="Keep", id="dissent", max_length=TEXT_LENGTH
            )
            yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Choice).focus()

    def on_choice_done(self) -> None:
        self.focus_next()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "dissent":
            self.action_keep()
        else:
            self.focus_next()

    def action_keep(self) -> None:
        place = self.query_one(Choice).chosen
        self.dismiss(
            Agreement(
                theme_id=self._theme.id,
                stage=list(Stage)[place] if place < len(Stage) else None,
                reason=self.query_one("#reason", Input).value,
                dissent=self.query_one("#dissent", Input).value,
            )
        )


class RevoteWaiting(StepPage):
    """A second vote on one theme: how many have voted, and nothing else."""

    STEP = 8
    ABOUT = "Everybody votes once more on this theme, each in private. The first vote is kept."
    BINDINGS: ClassVar = [
        Binding("escape", "back", "Back", tooltip="Back to the theme, with what there is"),
    ]

    def __init__(self, round_: Round, theme: RubricTheme, voters: int, unfinished: int = 0) -> None:
        super().__init__(round_.title)
        self._round = round_
        self._theme = theme
        self._voters = voters
        self._unfinished = unfinished

    @property
    def _done(self) -> int:
        revote = self._round.revote(self._theme.id)
        return revote.given_in if revote else 0

    def heading(self) -> str:
        return f"Second vote on {self._theme.name}: {self._done} of {self._voters} have voted"

    def words(self) -> Iterable[Content | str]:
        yield f"{plural(len(self._theme.statements), 'statement')} for each person."
        if not self._round.named:
            yield (
                f"It shows when all {self._voters} have voted: otherwise the answers of whoever sat"
                " out could be worked out."
            )

    def wishes(self) -> Iterable[tuple[str, str, Wish]]:
        if self._done >= self._voters:
            yield "Show the second vote", "beside the first", Wish.DISCUSS
        else:
            yield "Next person", "pass the laptop on", Wish.NEXT_PERSON
            if self._unfinished:
                yield "Go on after a break", "with a resume code", Wish.RESUME
            yield "Back to the theme", "the second vote can be gone on with", Wish.DISCUSS
        yield "Give it up", "delete the votes; the first vote stays", Wish.GIVE_UP_VOTE

    def wish(self, wish: Wish) -> None:
        values = {Wish.DISCUSS: self._theme.id, Wish.GIVE_UP_VOTE: (self._theme.id, False)}
        self.post_message(Wished(wish, values.get(wish)))

    def action_back(self) -> None:
        self.wish(Wish.DISCUSS)
