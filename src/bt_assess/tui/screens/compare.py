"""Compare: sessions and rounds, looked at in five ways."""

import asyncio
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.compared import Change, Compared, Kind
from bt_assess.core.moved import StatementMove, statement_moves
from bt_assess.core.saved_comparison import View
from bt_assess.report.change_words import whose
from bt_assess.report.compare_notes import versions_words
from bt_assess.tui.desk import Desk
from bt_assess.tui.page import TALL, Page
from bt_assess.tui.screens.comparing import (
    before_after,
    keeping,
    other_views,
    picking,
    trend_view,
)
from bt_assess.tui.screens.comparing.bar import OF_ONE, bar
from bt_assess.tui.screens.comparing.dialogs import LeftOut
from bt_assess.tui.screens.comparing.subject import Subject, subject_of
from bt_assess.tui.screens.comparing.tabs import ABOUT, VIEWS, ViewTabs
from bt_assess.tui.screens.comparing.targets import Targets
from bt_assess.tui.screens.comparing.words import caution, left_out_of
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.blocks import BlockGrid
from bt_assess.tui.widgets.reader import Reader
from bt_assess.tui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from bt_assess.store.comparisons import StoredComparison

TWO_COLUMNS = 118
"""From this width on the trend's pictures stand in two columns."""
_WITH_TARGETS = (View.CHANGE, View.TREND)


class Compare(Page):
    """Two or more sessions or rounds of one rubric."""

    ABOUT = ABOUT
    CSS_PATH = "compare.tcss"
    BINDINGS = [
        Binding("1", "view(1)", "View", key_display="1–5", tooltip="Before and after"),
        Binding("2", "view(2)", "Trend", show=False, tooltip="Where each theme stood over time"),
        Binding("3", "view(3)", "Side by side", show=False, tooltip="Teams and people together"),
        Binding("4", "view(4)", "What moved", show=False, tooltip="Strands and statements"),
        Binding(
            "5", "view(5)", "What was promised", show=False, tooltip="Actions, and their state"
        ),
        Binding("left", "turn(-1)", "View before", show=False, tooltip="The way of looking before"),
        Binding("right", "turn(1)", "Next view", show=False, tooltip="The next way of looking"),
        Binding("c", "others", "Choose", tooltip="Choose what to compare"),
        Binding("t", "targets", "Target", tooltip="Where each theme is to get to"),
        Binding("s", "save", "Save", tooltip="Keep this comparison under a name"),
        Binding("r", "report", "Report", tooltip="Write a report to read, print or pass on"),
        Binding("l", "left_out", "Left out", tooltip="The statements that are left out, and why"),
        Binding("w", "all_times", "All times", tooltip="Every time of the same person"),
        Binding("o", "whose", "Whose", tooltip="The next person or team"),
        Binding("p", "person", "Person", tooltip="Put somebody beside their team"),
        Binding("b", "choose('before')", "Before", tooltip="Choose the earlier one"),
        Binding("a", "choose('after')", "After", tooltip="Choose the later one"),
        Binding("x", "swap", "Swap", tooltip="Swap before and after"),
        Binding("pagedown,space", "read(1)", "More", show=False, tooltip="Read on below"),
        Binding("pageup", "read(-1)", "Back up", show=False, tooltip="Read further up"),
    ]

    def __init__(
        self,
        desk: Desk,
        items: Sequence[Compared],
        *,
        view: View = View.CHANGE,
        targets: Mapping[str, float] | None = None,
        stored: "StoredComparison | None" = None,
        theme_id: str = "",
    ) -> None:
        """`items` that come from a saved comparison (`stored`) keep their order. `theme_id` is the
        theme that is marked at first."""
        super().__init__()
        self._desk = desk
        self._view = view
        self._first = theme_id or None
        self.stored = stored
        self._missing = keeping.absent(stored, items)
        self.subject = subject_of(desk.rubric, items, targets, in_order=stored is not None)
        self._kept_targets = dict(self.subject.targets)
        self._is_finding = False
        self._changes: tuple[Change, ...] = ()
        self._trends: tuple[trend_view.Over, ...] = ()
        self._moves: tuple[StatementMove, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield ViewTabs()
        yield Static("", id="caution", markup=False)
        with Vertical(id="change", classes="view"):
            yield Static("", id="axis", markup=False)
            yield RowList(pages=False)
            with VerticalScroll(id="detail", can_focus=False):
                yield Static("", id="about", markup=False)
        with Vertical(id="trend", classes="view"):
            yield Static("", id="whose", markup=False)
            yield BlockGrid()
            yield Static("", id="dates", markup=False)
            yield Static("", id="legend", markup=False)
            yield Static("", id="places", markup=False)
        with Reader(id="text", classes="view"):
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one("#change RowList").styles.height = len(self._desk.rubric.themes)
        self._look_at(self.subject)

    def on_resize(self) -> None:
        self.call_after_refresh(self.show)

    # Ways of looking

    def action_view(self, number: int) -> None:
        self._turn_to(list(VIEWS)[number - 1])

    def action_turn(self, step: int) -> None:
        views = list(VIEWS)
        self._turn_to(views[(views.index(self._view) + step) % len(views)])

    @on(ViewTabs.Wanted)
    def _wanted(self, event: ViewTabs.Wanted) -> None:
        self._turn_to(event.view)

    def _turn_to(self, view: View) -> None:
        self._view = view
        shown = self._shown_as
        for name in ("change", "trend", "text"):
            self.set_class(name == shown, f"-{name}")
        focus = {"change": "#change RowList", "trend": "BlockGrid", "text": "#text"}[shown]
        self.query_one(focus).focus()
        self.query_one("#text").scroll_home(animate=False)
        self.query_one(ViewTabs).view = view
        self.call_after_refresh(self.show)

    @property
    def _shown_as(self) -> str:
        """Which part of the page shows; what has nothing to draw is said in words."""
        if self._is_awaited:
            return "text"
        if self._view is View.CHANGE and not self.subject.why_no_change:
            return "change"
        return "trend" if self._view is View.TREND and self.subject.now_course else "text"

    def show(self) -> None:
        """Draw the way of looking that is chosen."""
        self._show_bar()
        words = caution(self.subject, self._view, self.size.width)
        self.query_one("#caution", Static).update(words)
        self.set_class(bool(words), "-nameless")
        self.refresh_bindings()
        match self._shown_as:
            case "change":
                self._show_change()
            case "trend":
                self._show_trend()
            case _:
                self._show_text()

    def _show_bar(self) -> None:
        top = self.query_one(TopBar)
        kept = self.stored.comparison.name if self.stored is not None else ""
        top.show(*bar(self.subject, self._view, kept, top.size.width))

    def _show_change(self) -> None:
        subject = self.subject
        rows = self.query_one("#change RowList", RowList)
        axis = self.query_one("#axis", Static)
        axis.update(before_after.head(subject, rows.size.width - 2))
        first = None if rows.value else self._first
        line = partial(before_after.line, subject)
        rows.show([Row(partial(line, each), each.theme_id) for each in self._changes], pick=first)
        self._explain()

    @on(RowList.Picked)
    def _explain(self) -> None:
        about = self.query_one("#about", Static)
        theme_id = self.query_one("#change RowList", RowList).value
        width = about.size.width or 70
        parts = [before_after.about(self.subject, self._changes, theme_id, width)]
        if self.size.height >= TALL and theme_id is not None:
            parts.append(other_views.moved_in(self.subject, self._moves, theme_id, width))
        about.update(Content("\n\n").join(part for part in parts if part))

    def _show_trend(self) -> None:
        subject, grid = self.subject, self.query_one(BlockGrid)
        columns = 2 if self.size.width >= TWO_COLUMNS else 1
        width = grid.scrollable_content_region.width
        others = [self.query_one(f"#{name}") for name in ("whose", "dates", "legend")]
        words = trend_view.about_places(subject, self._trends)
        places = self.query_one("#places", Static)
        places.update(words)
        places.styles.height = about = len(textwrap.wrap(words, max(1, width - 4)))
        places.display = about > 0 and not self.has_class("-tiny")
        height = self.query_one("#trend").size.height - sum(each.display for each in others)
        height -= about if places.display else 0
        across = (width - 3 * (columns - 1)) // columns
        lines = trend_view.lines_for(across, height, len(self._trends), columns)
        blocks = trend_view.blocks(subject, self._trends, across, lines, columns)
        grid.show(blocks, columns=columns, lines=lines)
        if self._first is not None:
            themes = [trend.theme_id for trend in self._trends]
            grid.picked = themes.index(self._first) if self._first in themes else 0
            self._first = None
        # The dates stand right below the pictures.
        grid.styles.height = min(height, grid.virtual_size.height)
        self.query_one("#whose", Static).update(trend_view.heading(subject))
        self.query_one("#dates", Static).update(trend_view.dates(subject, width, columns))
        self.query_one("#legend", Static).update(trend_view.legend(subject, self._trends))

    def _show_text(self) -> None:
        words = self.query_one("#words", Static)
        view = None if self._is_awaited else self._view
        words.update(other_views.text(self.subject, view, words.size.width or 70))

    @on(RowList.Chosen)
    @on(BlockGrid.Chosen)
    def _open(self, event: RowList.Chosen | BlockGrid.Chosen) -> None:
        from bt_assess.tui.screens.comparing.theme_trend import ThemeTrend

        if self.subject.now_course:
            self.app.push_screen(ThemeTrend(self.subject, event.value))
        else:
            self.notify(trend_view.NO_TREND)

    def action_read(self, direction: int) -> None:
        detail = self.query_one("#detail")
        (detail.scroll_page_down if direction > 0 else detail.scroll_page_up)(animate=False)

    # What is compared

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that mean nothing here are not shown."""
        subject, view = self.subject, self._view
        match action:
            case "targets":
                return view in _WITH_TARGETS and not subject.why_no_change
            case "left_out":
                return self._shown_as == "change" and left_out_of(self.subject, self._changes) > 0
            case "swap":
                return view in (View.CHANGE, View.MOVED) and not subject.why_no_change
            case "choose":
                two_rounds = len(subject.items) == 2 and subject.before.kind is Kind.ROUND
                return view in (View.CHANGE, View.MOVED) and not two_rounds
            case "all_times":
                return view is View.TREND and subject.is_one and subject.after.session is not None
            case "whose":
                return view in OF_ONE and len(subject.courses) > 1
            case "person":
                return view is View.BESIDE and other_views.named_team(subject) is not None
        return True

    @property
    def _is_awaited(self) -> bool:
        return self._is_finding and self._view in _WITH_TARGETS

    def _look_at(self, subject: Subject) -> None:
        """What was found of any two stays; what takes long is found aside, so that keys go on."""
        self.subject = replace(subject, found=self.subject.found)
        self._is_finding = self.subject.takes_long
        if self._is_finding:
            self.run_worker(self._find(self.subject), group="find", exclusive=True)
        else:
            self._take_found()
        self._turn_to(self._view)

    async def _find(self, subject: Subject) -> None:
        # The trend first: it may be of more than one pair.
        for find in (trend_view.found_trends, before_after.found_changes):
            await asyncio.to_thread(find, subject)
        was_awaited, self._is_finding = self._is_awaited, False
        self._take_found()
        if was_awaited:
            self._turn_to(self._view)

    def _take_found(self) -> None:
        subject = self.subject
        self._trends = trend_view.found_trends(subject)
        self._changes = before_after.found_changes(subject)
        self._moves = statement_moves(subject.rubric, subject.before, subject.after)

    def action_swap(self) -> None:
        self._look_at(self.subject.with_pair(self.subject.after, self.subject.before))

    def action_whose(self) -> None:
        self._look_at(self.subject.next_course())

    def action_others(self) -> None:
        from bt_assess.tui.screens.comparing.choose import ChooseToCompare

        if isinstance(self.app.screen_stack[-2], ChooseToCompare):
            self.action_back()
        else:
            self.app.push_screen(ChooseToCompare(self._desk))

    def action_choose(self, which: str) -> None:
        picking.pick_end(self, self._desk, self.subject, which, self._look_at)

    def action_person(self) -> None:
        picking.pick_person(self, self.subject, self._look_at)

    def action_all_times(self) -> None:
        self.run_worker(self._all_times(), exclusive=True)

    async def _all_times(self) -> None:
        before = len(self.subject.items)
        found = await asyncio.to_thread(picking.all_times, self._desk, self.subject)
        if len(found.items) == before:
            self.notify(f"These are all the times there are of {whose(self.subject.after)}.")
        else:
            self._look_at(found)

    def action_report(self) -> None:
        from bt_assess.report.making import OfComparison
        from bt_assess.tui.reporting import ask_and_report

        subject = self.subject
        name = self.stored.comparison.name if self.stored else ""
        items, pair = subject.shown
        of = OfComparison(
            items=items, name=name, targets=dict(subject.targets), pair=pair,
            missing=self._missing,
        )  # fmt: skip
        what = f"A report of this comparison{f': {name}' if name else ''}"
        # Of the later one, also where before and after are turned round.
        day = max(subject.before.when, subject.after.when)
        ask_and_report(self, self._desk.rubric, of, what, day, self._desk.now().date())

    def action_left_out(self) -> None:
        subject = self.subject
        below = versions_words(subject.rubric, (subject.before, subject.after))
        groups = before_after.left_out(subject, self._changes)
        self.app.push_screen(LeftOut(groups, below=below))

    # Targets, and keeping it

    def action_targets(self) -> None:
        subject = self.subject
        # Now is the last time, also where before and after are turned round.
        latest = subject.now_course[-1] if subject.now_course else subject.after
        now = {s.theme_id: s.position for s in latest.standings}
        rows = self.query_one(BlockGrid if self._shown_as == "trend" else "#change RowList")
        theme_id = rows.value  # type: ignore[attr-defined]

        def take(targets: dict[str, float] | None) -> None:
            if targets is None:
                return
            if self.stored is not None:
                kept = keeping.kept_targets(self, self._desk, self.stored, targets)
                self._kept_targets = dict(kept.comparison.targets)
                if kept is not self.stored:
                    # With those that were set in another window.
                    self.stored, targets = kept, self._kept_targets
            self._look_at(replace(subject, targets=targets))

        self.app.push_screen(Targets(subject.rubric, now, subject.targets, theme_id), take)

    def action_save(self) -> None:
        self._keep()

    def _keep(self, *, is_leaving: bool = False) -> None:
        def kept(stored: "StoredComparison | None") -> None:
            if stored is not None:
                self.stored = stored
                self._kept_targets = dict(stored.comparison.targets)
                self.show()
                self.notify(keeping.kept_words(stored, self._missing), markup=False)
            if is_leaving:
                super(Compare, self).action_back()

        keeping.ask_for_name(
            self, self._desk, self.subject, self._view, self.stored, kept,
            missing=self._missing, is_leaving=is_leaving,
        )  # fmt: skip

    def action_back(self) -> None:
        """What was set here is not lost unasked."""
        if dict(self.subject.targets) != self._kept_targets:
            self._keep(is_leaving=True)
        else:
            super().action_back()
