"""Sessions: all of them, to search, sort, open, compare, export and archive; and damaged files."""

from collections.abc import Iterable
from pathlib import Path

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from bt_assess.core.asked import profile_of
from bt_assess.report.summary import in_brief, plural
from bt_assess.report.words import day, who
from bt_assess.store.catalogue import Progress
from bt_assess.store.catalogue_queries import Damaged, Listed, Order, Wanted
from bt_assess.store.files import UnreadableFile, reason
from bt_assess.store.finding import is_found, terms
from bt_assess.store.folder import InUseError
from bt_assess.store.session_file import ChangedFile, StoredSession, read_session
from bt_assess.tui.desk import Desk
from bt_assess.tui.page import Page
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.session_rows import SessionRows
from bt_assess.tui.visits import FolderShown, Place, Visit
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.rows import Row, RowList, blank, heading
from bt_assess.tui.widgets.theme_tracks import place_marks

_LETTERS = {
    "mark",
    "compare",
    "sort",
    "search",
    "export",
    "archive",
    "view",
    "tags",
    "organisation",
}
ORDERS = tuple(Order)
MOST_KNOWN = 12
"""How many tags that are in use already are named."""


class Sessions(Page):
    """The list of sessions. Letters are shortcuts while the list has the focus, text in the search."""

    ABOUT = (
        "Everything that is kept in this folder. Type / to search by name, team, tag or date. Mark two"
        " or more finished sessions with Space and compare them with c. Archiving puts a session aside; v"
        " shows what is aside, and a takes it back. The six marks are the themes in their order:"
        " ▁ starting, ▄ developing, ▇ consolidating, ~ a mixed picture, · too little to say. Files"
        " that cannot be read are listed with the reason and left as they are."
    )
    CSS_PATH = "sessions.tcss"
    BINDINGS = [
        Binding("space", "mark", "Mark", tooltip="Mark for comparing or exporting"),
        Binding("c", "compare", "Compare", tooltip="Compare the marked sessions"),
        Binding("s", "sort", "Sort", tooltip="Newest first, by name, by team"),
        Binding(
            "slash",
            "search",
            "Search",
            key_display="/",
            tooltip="Search by name, team, tag or date",
        ),
        Binding("e", "export", "Export", tooltip="Write the marked sessions to a CSV or JSON file"),
        Binding("a", "archive", "Archive", tooltip="Put aside, or take back"),
        Binding("t", "tags", "Tags", tooltip="Give it words to find it by"),
        Binding("o", "organisation", "Organisation", tooltip="All of them, quarter by quarter"),
        Binding("v", "view", "Archived", tooltip="Show what has been put aside, and back"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._order = 0
        self._wanted = ""
        self._marked: dict[Path, Listed] = {}
        self._archived = False
        self._progress: Progress | None = None

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled("Sessions", "bold"), ""

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield Input(placeholder="name, team, tag or date", id="search")
            yield RowList()
            yield Static("", id="brief", markup=False)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        # What the list is made of is what was known; the app looks what is there now.
        self.fill()
        self.post_message(FolderShown())

    def show_checked(self) -> None:
        """Show the folder as it is: it has been looked at."""
        self._progress = None
        self.fill()

    def show_progress(self, progress: Progress) -> None:
        """Show what has been read so far."""
        self._progress = progress
        if self.is_current:
            self.fill()

    def fill(self, *, to_first: bool = False) -> None:
        """Show what the folder holds, as searched and sorted; the mark stays unless told to go up."""
        catalogue = self._desk.catalogue
        self._marked = {
            path: listed for path, listed in self._marked.items() if catalogue.number_of(path)
        }
        # Every word has to be found, whatever it is in.
        words = terms(self._wanted)
        damaged = [
            fault
            for fault in catalogue.damaged(archived=self._archived)
            if is_found(words, fault.path.name, fault.why, "damaged")
        ]
        head: list[Row] = []
        if damaged:
            # First, so that nobody has to find them under fifty others.
            head = [heading("  Cannot be read as they are")]
            head += [*(_damaged_row(fault) for fault in damaged), blank()]
        wanted = Wanted(words=self._wanted, archived=self._archived)
        rows = SessionRows(catalogue, wanted, ORDERS[self._order], self._row, head)
        listed = self.query_one(RowList)
        at_first = to_first or listed.value is None
        listed.show(rows, pick=rows.first if at_first else None)
        if at_first:
            # What cannot be read stands above the first session, and is to be seen.
            self.call_after_refresh(listed.scroll_home, animate=False)
        self._tell(rows.sessions, len(damaged))
        if catalogue.has_begun_anew:
            # What was known is gone under an open page: it is read again at once.
            catalogue.has_begun_anew = False
            self.post_message(FolderShown())
        if not len(rows):
            self._say(self._nothing())

    def _tell(self, found: int, damaged: int) -> None:
        counts = self._desk.catalogue.counts(archived=self._archived)
        what = "Archived sessions" if self._archived else "Sessions"
        counted = f"{found:,}"
        if self._wanted:
            counted += f" of {counts.finished + counts.unfinished:,}"
        if damaged:
            counted += f" · {plural(damaged, 'file')} cannot be read"
        state = f"{counted} · {ORDERS[self._order]}"
        if self._marked:
            state += f" · {len(self._marked)} marked"
        if self._progress is not None and self._progress.total:
            state = f"reading {self._progress.done:,} of {self._progress.total:,} · {state}"
        self.query_one(TopBar).show(Content.styled(what, "bold"), Content.styled(state, "$quiet"))

    def _nothing(self) -> str:
        if self._wanted:
            return "Nothing found. Clear the search with Esc."
        if self._archived:
            return "Nothing is put aside. v goes back."
        return "No sessions yet. Esc goes home, where an assessment starts."

    def _row(self, listed: Listed) -> Row:
        total = len(self._desk.rubric.statements)
        marked = listed.path in self._marked
        if listed.rubric_id != self._desk.rubric.id:
            state = Content.styled("other rubric", "$quiet")
        elif listed.finished is None:
            state = Content.styled(f"{listed.answered} of {total}", "$alert")
        else:
            state = place_marks(listed.places)

        def draw(width: int) -> Content:
            room = max(10, width - 2 - 13 - 14)
            tags = "".join(f"  #{tag}" for tag in listed.tags)
            name = Content.assemble(who(listed), (tags, "$quiet")).truncate(room, ellipsis=True)
            gap = " " * max(0, room - name.cell_length)
            return Content.assemble(
                ("■ " if marked else "□ ", "bold $accent" if marked else "$faint"),
                (f"{day(listed.when):<13}", "$quiet"), name, gap, "  ", state,
            )  # fmt: skip

        return Row(draw, listed)

    def _opened(self, listed: Listed) -> StoredSession | None:
        """The session as its file has it: the list is never believed over it."""
        try:
            return read_session(listed.path)
        except UnreadableFile as fault:
            self._desk.catalogue.correct(listed.path.name, archived=self._archived)
            self.notify(f"{listed.path.name}: {fault.why}.", severity="warning", markup=False)
            self.call_after_refresh(self.fill)
            return None

    @on(RowList.Picked)
    def _picked(self, event: RowList.Picked) -> None:
        match event.value:
            case Listed() as listed if listed.rubric_id != self._desk.rubric.id:
                self._say(
                    f"Answers another rubric: {listed.rubric_id}. Start with --rubric to read it."
                )
            case Listed() as listed if listed.finished:
                if (stored := self._opened(listed)) is not None:
                    self._say(in_brief(profile_of(self._desk.rubric, stored.session)))
            case Listed():
                self._say("Enter goes on where it stopped.")
            case Damaged(is_changed=True):
                self._say("Enter shows what differs, and lets you accept the file as it is now.")
            case Damaged(why=why):
                self._say(f"{event.value.path.name}: {why}. The file is left as it is.")

    def _say(self, text: str) -> None:
        self.query_one("#brief", Static).update(Content.styled(text, "$quiet"))

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        match event.value:
            case Listed() as listed:
                if (stored := self._opened(listed)) is not None:
                    place = Place.RESULTS if stored.session.finished else Place.ASSESS
                    self.post_message(Visit(place, stored))
            case Damaged(is_changed=True) as damaged:
                try:
                    read_session(damaged.path)
                except ChangedFile as fault:
                    self._offer_reseal(fault)
                except UnreadableFile as fault:
                    self._say(f"{fault.path.name}: {fault.why}.")

    def _offer_reseal(self, fault: ChangedFile) -> None:
        lines = [f"{fault.path.name} {fault.why}.", "", *fault.differences(self._desk.rubric), ""]
        lines.append("Accept it only if you made these changes on purpose.")

        def decide(yes: bool | None) -> None:
            if yes:
                self._reseal(fault)

        self.app.push_screen(Confirm("This file has changed", "\n".join(lines), "Accept"), decide)

    def _reseal(self, fault: ChangedFile) -> None:
        from bt_assess.store.reseal import NotResealable, reseal

        try:
            reseal(self._desk.folder, fault, self._desk.rubric)
        except NotResealable as error:
            self.notify(str(error), severity="warning", markup=False)
        self._desk.catalogue.correct(fault.path.name, archived=self._archived)
        self.fill()

    # Search, order, marks

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the search, letters are text."""
        return action not in _LETTERS or not isinstance(self.focused, Input)

    def action_search(self) -> None:
        self.query_one(Input).add_class("-open")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._wanted = event.value.strip().casefold()
        self.fill(to_first=True)

    def on_input_submitted(self) -> None:
        self.query_one(RowList).focus()

    def action_back(self) -> None:
        search = self.query_one(Input)
        if search.has_focus or search.value:
            search.value = ""
            search.remove_class("-open")
            self.query_one(RowList).focus()
        elif self._archived:
            self.action_view()
        else:
            self.dismiss()

    def action_sort(self) -> None:
        self._order = (self._order + 1) % len(ORDERS)
        self.fill()

    def action_mark(self) -> None:
        value = self.query_one(RowList).value
        if not isinstance(value, Listed):
            return
        if value.path in self._marked:
            del self._marked[value.path]
        else:
            self._marked[value.path] = value
        self.fill()
        self.query_one(RowList).action_move(1)
        self.refresh_bindings()

    def action_compare(self) -> None:
        if len(self._marked) < 2:
            words = "Mark two finished sessions or more with Space, then press c."
            self.notify(words, markup=False)
            return
        if any(m.finished is None for m in self._marked.values()):
            self.notify("Only finished sessions can be compared.", markup=False)
            return
        found = [self._opened(listed) for listed in self._marked.values()]
        opened = [stored for stored in found if stored is not None]
        if len(opened) == len(found):
            self.post_message(Visit(Place.COMPARE, *opened))

    # Files

    def action_export(self) -> None:
        from bt_assess.tui.screens.export import ask_and_export

        value = self.query_one(RowList).value
        listed = [*self._marked.values()] or ([value] if isinstance(value, Listed) else [])
        chosen = [stored for each in listed if (stored := self._opened(each)) is not None]
        if chosen and len(chosen) == len(listed):
            ask_and_export(self, self._desk, chosen)

    def action_organisation(self) -> None:
        self.post_message(Visit(Place.ORGANISATION))

    def action_tags(self) -> None:
        from bt_assess.store.tagging import tag
        from bt_assess.tui.screens.tags import Tags

        value = self.query_one(RowList).value
        chosen = [*self._marked.values()] or ([value] if isinstance(value, Listed) else [])
        if not chosen:
            return
        # Of several, those that all of them have.
        common = [word for word in chosen[0].tags if all(word in each.tags for each in chosen)]

        def keep(tags: list[str] | None) -> None:
            if tags is None:
                return
            for each in chosen:
                own = [word for word in each.tags if word not in common]
                try:
                    tag(self._desk.folder, each.path, self._desk.rubric, [*own, *tags])
                except InUseError:
                    self._refused(f"{who(each)} is open in another window.")
                except UnreadableFile as fault:
                    self._refused(f"{each.path.name}: {fault.why}.")
                except OSError as error:
                    self._refused(f"That did not work: {reason(error)}.")
                self._desk.catalogue.correct(each.path.name, archived=self._archived)
            self.fill()

        known = self._desk.catalogue.tags()[:MOST_KNOWN]
        self.app.push_screen(Tags(len(chosen), common, known), keep)

    def _refused(self, why: str) -> None:
        self.notify(why, severity="warning", markup=False)

    def action_archive(self) -> None:
        value = self.query_one(RowList).value
        if not isinstance(value, Listed):
            return
        try:
            self._desk.folder.move(value.path, to_archive=not self._archived)
        except InUseError:
            self.notify("It is open in another window.", severity="warning", markup=False)
        except OSError as error:
            self.notify(f"That did not work: {reason(error)}.", severity="warning", markup=False)
        else:
            word = "Back among the sessions" if self._archived else "Put aside; v shows it"
            self.notify(f"{word}.", markup=False)
        for archived in (False, True):
            self._desk.catalogue.correct(value.path.name, archived=archived)
        self.fill()

    def action_view(self) -> None:
        self._archived = not self._archived
        self.query_one(Input).value = ""
        self.query_one(Input).remove_class("-open")
        self._marked = {}
        self.fill(to_first=True)


def _damaged_row(fault: Damaged) -> Row:
    return Row(
        lambda width: Content.assemble(
            ("! ", "bold $alert"), fault.path.name, (f"  {fault.why}", "$quiet")
        ),
        fault,
    )
