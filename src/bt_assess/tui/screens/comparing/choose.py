"""Choose what to compare: comparisons that were kept, rounds, and finished sessions."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from bt_assess.core.compared import Kind
from bt_assess.core.courses import first_view
from bt_assess.core.saved_comparison import MOST_COMPARED, Ref
from bt_assess.report.compare_notes import missing_words
from bt_assess.report.summary import plural
from bt_assess.report.words import day, who
from bt_assess.store.catalogue import Progress
from bt_assess.store.catalogue_queries import Listed, Order
from bt_assess.store.comparisons import ComparisonsFolder, StoredComparison
from bt_assess.store.finding import terms
from bt_assess.store.pairs import pair_from
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.shelf import opened
from bt_assess.tui.comparing_flow import Stored, fetched, looked_up, not_yet, why_not_yet
from bt_assess.tui.desk import Desk
from bt_assess.tui.page import Page
from bt_assess.tui.screens.comparing import choices, keeping
from bt_assess.tui.screens.comparing.picking import finished, session_line
from bt_assess.tui.session_rows import SessionRows
from bt_assess.tui.visits import FolderShown, Place, Visit
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.rows import Row, RowList, blank, heading

Choosable: TypeAlias = Listed | StoredRound
_LETTERS = {"mark", "mark_found", "search", "rename", "delete", "organisation"}


class ChooseToCompare(Page):
    """One list of all that can be compared. Letters are keys in the list, text in the filter."""

    ABOUT = (
        "Mark what to compare with Space: sessions, rounds, or both; Enter compares them. With"
        " nothing marked, Enter compares the row with what fits it best: the time before of the same"
        " person or team. / finds by team, person, tag or date, words in any order. A round asks for"
        " its passphrase. Comparisons that were kept stand first: Enter opens one, whatever is marked,"
        " n renames it, d deletes it; what it compares stays."
    )
    CSS_PATH = "../compare.tcss"
    BINDINGS = [
        Binding("space", "mark", "Mark", tooltip="Mark for comparing"),
        Binding(
            "slash", "search", "Find", key_display="/", tooltip="Find by team, person, tag or date"
        ),
        Binding(
            "m", "mark_found", "Mark found", tooltip="Mark every session and round that is found"
        ),
        Binding("o", "organisation", "Organisation", tooltip="All sessions, quarter by quarter"),
        Binding("n", "rename", "Rename", tooltip="Give the kept comparison another name"),
        Binding("d", "delete", "Delete", tooltip="Forget the kept comparison"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, desk: Desk, theme_id: str = "") -> None:
        """`theme_id` is the theme to begin with in what is chosen."""
        super().__init__()
        self._desk = desk
        self._theme_id = theme_id
        self._wanted = ""
        self._marked: dict[Ref, Choosable] = {}
        self._kept: Sequence[StoredComparison] = ()
        self._rounds: Sequence[StoredRound] = ()
        self._progress: Progress | None = None
        self._told = False

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled("Choose what to compare", "bold"), ""

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield Input(placeholder="team, person, tag or date (2026-11 or Nov 2026)", id="search")
            yield RowList(enter="Compare")
            yield Static("", id="brief", markup=False)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        self._look()
        self.fill()
        self.post_message(FolderShown())

    def show_checked(self) -> None:
        """Show the folder as it is: it has been looked at."""
        self._progress = None
        if self.is_current:
            self._look()
            self.fill()

    def show_progress(self, progress: Progress) -> None:
        """Show what has been read so far."""
        self._progress = progress
        if self.is_current:
            self.fill()

    def _look(self) -> None:
        """What there is besides sessions."""
        self._kept, damaged = ComparisonsFolder(self._desk.where.path).all()
        rounds, _ = RoundsFolder(self._desk.where.path).all()
        self._rounds = [r for r in rounds if r.round.rubric.id == self._desk.rubric.id]
        if damaged and not self._told:
            self._told = True
            files = plural(len(damaged), "kept comparison")
            self.notify(f"{files} cannot be read: {damaged[0].why}.", severity="warning")

    def fill(self, *, to_first: bool = False, pick: Choosable | None = None) -> None:
        """Show what the filter finds; the mark stays unless told to go up, or to `pick`."""
        words = terms(self._wanted)
        kept = [
            k for k in self._kept if choices.has(words, k.comparison.created, k.comparison.name)
        ]
        rounds = self._found_rounds()
        head: list[Row] = []
        for title, found in (
            ("  Kept", [self._kept_row(k) for k in kept]),
            ("  Rounds", [self._round_row(r) for r in rounds]),
        ):
            if found:
                head += [heading(title), *found, blank()]
        if head:
            head.append(heading("  Sessions"))
        rows = self._rows(head)
        if head and not rows.sessions:
            # No heading stands over nothing.
            rows = self._rows(head[:-2])
        listed = self.query_one(RowList)
        at_first = to_first or listed.value is None
        first = next((row.value for row in head if row.is_choice), rows.first)
        listed.show(rows, pick=first if at_first else pick)
        if at_first:
            self.call_after_refresh(listed.scroll_home, animate=False)
        self._tell(choices.there_words(len(kept), len(rounds), rows.sessions))

    def _rows(self, head: Sequence[Row]) -> SessionRows:
        wanted = finished(self._desk, self._wanted)
        return SessionRows(self._desk.catalogue, wanted, Order.NEWEST, self._session_row, head)

    def _found_rounds(self) -> list[StoredRound]:
        words = terms(self._wanted)
        return [
            r
            for r in self._rounds
            if choices.has(words, r.round.created, r.round.title, r.round.team)
        ]

    def _tell(self, there: str) -> None:
        parts = [there]
        if self._marked:
            parts.append(f"{len(self._marked)} marked")
        if self._progress is not None and self._progress.total:
            parts.insert(0, f"reading {self._progress.done:,} of {self._progress.total:,}")
        self.query_one(TopBar).show(right=Content.styled(" · ".join(parts), "$quiet"))

    # Rows

    def _session_row(self, listed: Listed) -> Row:
        box = self._box(_ref(listed))
        return Row(lambda width: Content.assemble(box, session_line(listed, width - 2)), listed)

    def _round_row(self, stored: StoredRound) -> Row:
        round_ = stored.round
        why = why_not_yet(round_)
        box = ("  ", "") if why else self._box(_ref(stored))

        return Row(
            lambda width: Content.assemble(box, choices.round_line(round_, why, width - 2)), stored
        )

    def _kept_row(self, stored: StoredComparison) -> Row:
        mark = ("◆ ", "$accent")
        kept = stored.comparison
        return Row(lambda width: Content.assemble(mark, choices.kept_line(kept, width - 2)), stored)

    def _box(self, ref: Ref) -> tuple[str, str]:
        return ("■ ", "bold $accent") if ref in self._marked else ("□ ", "$faint")

    # Marks, filter

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the filter, letters are text; only what was kept is renamed and deleted."""
        if action in _LETTERS and isinstance(self.focused, Input):
            return False
        if action == "mark_found":
            return bool(self._wanted)
        if action in ("rename", "delete"):
            return isinstance(self.query_one(RowList).value, StoredComparison)
        return True

    def action_search(self) -> None:
        self.query_one(Input).add_class("-open")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        self._wanted = event.value.strip().casefold()
        self.fill(to_first=True)

    @on(Input.Submitted)
    def _to_the_list(self) -> None:
        self.query_one(RowList).focus()

    def action_back(self) -> None:
        search = self.query_one(Input)
        if search.has_focus or search.value:
            search.value = ""
            search.remove_class("-open")
            self.query_one(RowList).focus()
        else:
            super().action_back()

    def action_organisation(self) -> None:
        self.post_message(Visit(Place.ORGANISATION))

    def action_mark(self) -> None:
        value = self.query_one(RowList).value
        if not isinstance(value, Listed | StoredRound):
            self._say("What was kept is opened with Enter; sessions and rounds are marked.")
            return
        if isinstance(value, StoredRound) and (why := why_not_yet(value.round)):
            self._say(choices.not_yet(value, why))
            return
        ref = _ref(value)
        if ref in self._marked:
            del self._marked[ref]
        elif len(self._marked) < MOST_COMPARED:
            self._marked[ref] = value
        else:
            self.notify(f"At most {MOST_COMPARED} can be compared at once.", markup=False)
            return
        self.fill()
        self.query_one(RowList).action_move(1)

    def action_mark_found(self) -> None:
        """Every round and session that the filter finds; the same again takes the marks away."""
        room = MOST_COMPARED - len(self._marked)
        rounds = self._found_rounds()
        ready = [stored for stored in rounds if not why_not_yet(stored.round)]
        listed = self._desk.catalogue.page(0, MOST_COMPARED, finished(self._desk, self._wanted))
        found: list[Choosable] = [*ready, *listed]
        new = [each for each in found if _ref(each) not in self._marked]
        for each in new[:room] if new else found:
            if new:
                self._marked[_ref(each)] = each
            else:
                del self._marked[_ref(each)]
        if len(new) > room:
            self.notify(f"At most {MOST_COMPARED} can be compared at once.", markup=False)
        if passed := len(rounds) - len(ready):
            self.notify(f"{plural(passed, 'round')} passed over: not to be compared yet.")
        # Enter compares these: it would open what was kept if the mark stayed there.
        is_on_kept = isinstance(self.query_one(RowList).value, StoredComparison)
        self.fill(pick=new[0] if new and is_on_kept else None)

    @on(RowList.Picked)
    def _picked(self) -> None:
        """Say what the marked row is; where it is now, whatever was marked on the way there."""
        self.refresh_bindings()
        match self.query_one(RowList).value:
            case None:
                clear = "Nothing found. Esc clears the filter."
                self._say(clear if self._wanted else "Nothing to compare yet.")
            case Listed() as listed:
                tags = f"   {', '.join(listed.tags)}" if listed.tags else ""
                self._say(f"{who(listed)}, {day(listed.when)}{tags}")
            case StoredRound() as stored:
                why = why_not_yet(stored.round)
                opens = f"{stored.round.title}: the passphrase opens it for the comparison."
                self._say(choices.not_yet(stored, why) if why else opens)
            case StoredComparison(comparison=kept):
                self._say(f"{kept.name}: Enter opens it as it was kept, worked out afresh.")

    def _say(self, text: str) -> None:
        self.query_one("#brief", Static).update(Content.styled(text, "$quiet"))

    # Comparing

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        value = event.value
        if isinstance(value, StoredComparison):
            # Whatever else is marked: the line below the list says so.
            self._open_kept(value)
        elif len(self._marked) > 1:
            self._compare_marked()
        elif isinstance(value, StoredRound) and (why := why_not_yet(value.round)):
            self._say(choices.not_yet(value, why))
        elif len(self._marked) == 1 and _ref(value) not in self._marked:
            # One is marked, and the row is another: these two.
            self._marked[_ref(value)] = value
            self._compare_marked()
        else:
            self._compare_with_its_best(value)

    def _compare_marked(self) -> None:
        refs = list(self._marked)
        found, gone = looked_up(self._desk, refs)
        if gone:
            self.notify(f"{plural(gone, 'thing')} of these cannot be read any more.", markup=False)
            self._marked = {}
            self.fill()
        elif len(found) > 1:
            self._compare(found)

    def _compare_with_its_best(self, value: Choosable) -> None:
        if isinstance(value, StoredRound):
            if (other := choices.fitting(value, self._rounds)) is not None:
                self._compare([other, value])
            else:
                self._say(
                    "There is no other round yet. Mark this one and something to set beside it."
                )
            return
        stored = opened(self._desk.catalogue, value, self._desk.rubric)
        pair = pair_from(self._desk.catalogue, self._desk.rubric, (stored,)) if stored else None
        if stored is None:
            self.notify("This session cannot be read any more.", severity="warning", markup=False)
            self.fill()
        elif pair is None:
            self._say("There is no second finished session to compare with yet.")
        else:
            self._compare(pair)

    def _open_kept(self, kept: StoredComparison) -> None:
        found, gone = looked_up(self._desk, kept.comparison.what)
        if gone:
            begun = not_yet(self._desk, kept.comparison.what, found)
            words = missing_words(gone - begun, begun)
            if len(found) < 2:
                self.notify(
                    f"{kept.comparison.name}: {words}, so too little is left.", severity="warning"
                )
                return
            self.notify(f"{words}.")
        self._compare(found, kept)

    def _compare(self, what: Sequence[Stored], kept: StoredComparison | None = None) -> None:
        self.run_worker(self._fetch_and_show(what, kept), exclusive=True, group="compare")

    async def _fetch_and_show(self, what: Sequence[Stored], kept: StoredComparison | None) -> None:
        from bt_assess.tui.screens.compare import Compare

        items = await fetched(self.app, self._desk, what)
        if items is None:
            self.notify("Not opened, so nothing is shown.", markup=False)
            return
        view = kept.comparison.view if kept else first_view(items)
        targets = kept.comparison.targets if kept else None
        await self.app.push_screen(
            Compare(
                self._desk, items, view=view, targets=targets, stored=kept, theme_id=self._theme_id
            )
        )

    # What was kept

    def action_rename(self) -> None:
        value = self.query_one(RowList).value
        if not isinstance(value, StoredComparison):
            return
        keeping.rename(self, self._desk, value)

    def action_delete(self) -> None:
        value = self.query_one(RowList).value
        if not isinstance(value, StoredComparison):
            return

        def gone() -> None:
            self._look()
            self.fill(to_first=True)

        keeping.delete(self, self._desk, value, gone)


def _ref(value: Choosable) -> Ref:
    if isinstance(value, StoredRound):
        return Ref(kind=Kind.ROUND, id=value.round.id)
    return Ref(kind=Kind.SESSION, id=value.id)
