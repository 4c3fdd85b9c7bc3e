"""Reveal: the team's themes, the most divided first."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.compared import of_round
from bt_assess.core.disclosure import Shown, ShownTheme
from bt_assess.core.round import Agreement, Round
from bt_assess.core.rubric import Rubric, RubricTheme
from bt_assess.report.team_words import (
    divided_words,
    late_words,
    team_sentence,
    why_words,
    without_place,
)
from bt_assess.tui.page import Page
from bt_assess.tui.screens.rounds.step import Wish, Wished
from bt_assess.tui.visits import PlanFrom
from bt_assess.tui.widgets.rows import Row, RowList
from bt_assess.tui.widgets.team import stage_counts, team_track
from bt_assess.tui.widgets.theme_tracks import NAME
from bt_assess.tui.widgets.track import STAGE_MARKS, axis, worded_track

ORDERS = ("most divided first", "lowest first", "as in the grid")
COUNTS, DIVIDED = 17, 14
"""Widths of the columns behind a track, in cells."""


class Reveal(Page):
    """Every theme on one scale: the middle of the team, how many are at each stage, how near."""

    CSS_PATH = "rounds.tcss"
    ABOUT = (
        "Each line is a theme. ◆ is the middle of the team; from eight people on, the line around it"
        " says how far it lies open. Then how many people are at each stage, and how near to one"
        " another they stand. Begin where you are most divided: that is where talking pays."
    )
    BINDINGS: ClassVar = [
        Binding("s", "sort", "Sort", tooltip="Most divided first, lowest first, as in the grid"),
        Binding("p", "present", "Presenter", tooltip="One theme in large type, for a projector"),
        Binding("w", "who", "Who counted", tooltip="The head-count, and everybody's receipt"),
        Binding("a", "act", "Act", tooltip="What to do next, who, and by when"),
        Binding("r", "report", "Report", tooltip="Write what is shown to read, print or pass on"),
        Binding("b", "plan", "Begin a plan", tooltip="A plan that begins with what is shown"),
        Binding("ctrl+l", "late", "Late", show=False, tooltip="Let people who came late answer"),
        Binding("escape", "back", "Home", tooltip="Home; the answers are sealed again"),
    ]

    def __init__(
        self,
        rubric: Rubric,
        round_: Round,
        shown: Shown,
        head_count: Sequence[str],
        order: int = 0,
        theme_id: str | None = None,
    ) -> None:
        """`order` is a place in `ORDERS`; `theme_id` is what the mark stands on first."""
        super().__init__()
        self._rubric = rubric
        self._round = round_
        self._shown = shown
        self._head_count = head_count
        self.order = order
        self._pick = theme_id

    @property
    def theme_id(self) -> str | None:
        """The theme that the mark stands on."""
        found: str | None = self.query_one(RowList).value
        return found

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled(self._round.title, "bold"), Content.styled("6 of 9  reveal", "$quiet")

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield Static("", id="head", markup=False)
            yield Static("", id="axis", markup=False)
            yield RowList(enter="Discuss")
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self._fill()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_axis)

    def _draw_axis(self) -> None:
        self.query_one("#axis", Static).update(
            Content.assemble(" " * (NAME + 2), axis(_room(self.query_one(RowList).size.width - 2)))
        )

    def _fill(self) -> None:
        head = [self._head_count[0], *(f"! {line}" for line in self._head_count[1:])]
        if late := late_words(self._shown.late):
            head.append(late)
        if not self._shown.shown and self._shown.why_not is not None:
            head.append(f"Nothing shows: {why_words(self._shown.why_not)}.")
        head.append(f"Themes {ORDERS[self.order]}.")
        self.query_one("#head", Static).update(Content.styled("\n".join(head), "$quiet"))
        rows = [self._row(theme) for theme in in_order(self._rubric, self._shown, self.order)]
        listed = self.query_one(RowList)
        listed.styles.height = len(rows)
        listed.show(rows, self._pick)
        self._pick = None
        self.call_after_refresh(self._draw_axis)

    def _row(self, theme: RubricTheme) -> Row:
        found, agreed = self._shown.theme(theme.id), self._round.agreement(theme.id)
        return Row(lambda width: theme_row(theme, found, agreed, width), theme.id)

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        if event.value is None:
            return
        theme = self._rubric.theme(event.value)
        found, agreed = self._shown.theme(theme.id), self._round.agreement(theme.id)
        lines = [
            Content.assemble((theme.name, "bold"), (f"  ‘{theme.complaint}’", "italic $quiet")),
            Content(team_sentence(found)),
        ]
        if beside := without_place(found):
            lines.append(Content(beside))
        if agreed is not None:
            lines.append(agreement_line(agreed))
        self.query_one("#words", Static).update(Content("\n\n").join(lines))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.post_message(Wished(Wish.DISCUSS, event.value))

    def action_report(self) -> None:
        from bt_assess.report.making import OfRound
        from bt_assess.tui.reporting import ask_and_report

        subject = OfRound(self._round, self._shown, list(self._head_count))
        what = f"A report of {self._round.title}"
        today = datetime.now().astimezone().date()
        ask_and_report(self, self._rubric, subject, what, self._round.created, today)

    def action_sort(self) -> None:
        self.order = (self.order + 1) % len(ORDERS)
        self._fill()

    def action_present(self) -> None:
        from bt_assess.tui.screens.rounds.presenter import Presenter

        order = [t.id for t in in_order(self._rubric, self._shown, self.order)]
        here = self.query_one(RowList).value or order[0]
        self.app.push_screen(Presenter(self._rubric, self._round, self._shown, order, here))

    def action_who(self) -> None:
        self.post_message(Wished(Wish.HEAD_COUNT))

    def action_act(self) -> None:
        self.post_message(Wished(Wish.ACT))

    def action_plan(self) -> None:
        self.post_message(PlanFrom(of_round(self._rubric, self._round, self._shown)))

    def action_late(self) -> None:
        self.post_message(Wished(Wish.COLLECT))

    def action_back(self) -> None:
        self.post_message(Wished(Wish.LEAVE))


def in_order(rubric: Rubric, shown: Shown, order: int) -> list[RubricTheme]:
    """The themes as `ORDERS` has them; those without a figure last."""
    themes = list(rubric.themes)
    if order == 0:

        def divided(theme: RubricTheme) -> tuple[bool, float, float]:
            found = shown.theme(theme.id)
            return found.ad is None, -(found.ad or 0.0), found.a or 0.0

        themes.sort(key=divided)
    elif order == 1:
        themes.sort(key=lambda theme: shown.theme(theme.id).centre or 9.0)
    return themes


def theme_row(
    theme: RubricTheme, found: ShownTheme, agreed: Agreement | None, width: int
) -> Content:
    """One theme of a team in a line: name, track, how many at each stage, how near."""
    name = (theme.short.ljust(NAME), "bold")
    room = _room(width)
    if found.centre is None:
        # There is nothing behind the track then, so that the words have the whole line.
        why = why_words(found.withheld) if found.withheld else "not shown"
        return Content.assemble(name, worded_track(max(room, width - NAME - 4), why, "$quiet"))
    track = team_track(room, found.centre, found.low, found.high)
    style = "$alert" if found.two_camps else ""
    mark = Content("")
    if agreed is not None:
        mark = Content.styled(f"✓ {STAGE_MARKS[agreed.stage]}" if agreed.stage else "✓ –", "$good")
    counts = stage_counts(found.counts or {})
    left = min(DIVIDED, COUNTS + DIVIDED - counts.cell_length)
    return Content.assemble(
        name, track, "  ", counts, (divided_words(found).ljust(left), style), mark,
    )  # fmt: skip


def _room(width: int) -> int:
    return max(12, min(70, width - NAME - 2 - COUNTS - DIVIDED - 3))


def agreement_line(agreed: Agreement) -> Content:
    """What the team settled on, with the reason and any dissent."""
    what = f"{STAGE_MARKS[agreed.stage]} {agreed.stage.value}" if agreed.stage else "no agreement"
    parts: list[tuple[str, str] | str] = [("We agreed: ", "bold $good"), (what, "bold")]
    if agreed.reason:
        parts.append(f", because {agreed.reason}")
    if agreed.dissent:
        parts.append((f"\nSome see it differently: {agreed.dissent}", "$quiet"))
    return Content.assemble(*parts)
