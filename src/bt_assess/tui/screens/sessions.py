"""Sessions: all of them, to search, sort, open, compare, export and archive; and damaged files."""

from collections.abc import Iterable

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from bt_assess.core.scoring import score
from bt_assess.core.session import answered
from bt_assess.report.summary import in_brief, plural
from bt_assess.report.words import day, who
from bt_assess.store.files import UnreadableFile, reason
from bt_assess.store.folder import InUseError
from bt_assess.store.library import Library
from bt_assess.store.session_file import ChangedFile, StoredSession
from bt_assess.tui.desk import Desk
from bt_assess.tui.page import Page
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.visits import Place, Visit
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.rows import Row, RowList, blank, heading
from bt_assess.tui.widgets.theme_tracks import stage_marks

_LETTERS = {"mark", "compare", "sort", "search", "export", "archive", "view"}
ORDERS = ("newest first", "by name", "by team")


class Sessions(Page):
    """The list of sessions. Letters are shortcuts while the list has the focus, text in the search."""

    ABOUT = (
        "Everything that is kept in this folder. Type / to search by name, team or date. Mark two"
        " finished sessions with Space and compare them with c. Archiving puts a session aside; v"
        " shows what is aside, and a takes it back. The six marks are the themes in their order:"
        " ▁ starting, ▄ developing, ▇ consolidating, ~ a mixed picture, · too little to say. Files"
        " that cannot be read are listed with the reason and left as they are."
    )
    CSS_PATH = "sessions.tcss"
    BINDINGS = [
        Binding("space", "mark", "Mark", tooltip="Mark for comparing or exporting"),
        Binding("c", "compare", "Compare", tooltip="Compare the two marked sessions"),
        Binding("s", "sort", "Sort", tooltip="Newest first, by name, by team"),
        Binding(
            "slash", "search", "Search", key_display="/", tooltip="Search by name, team or date"
        ),
        Binding("e", "export", "Export", tooltip="Write the marked sessions to a CSV or JSON file"),
        Binding("a", "archive", "Archive", tooltip="Put aside, or take back"),
        Binding("v", "view", "Archived", tooltip="Show what has been put aside, and back"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._library = desk.library
        self._order = 0
        self._wanted = ""
        self._marked: list[StoredSession] = []
        self._archived = False

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled("Sessions", "bold"), ""

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield Input(placeholder="name, team or date", id="search")
            yield RowList()
            yield Static("", id="brief", markup=False)

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        self.fill()

    def fill(self, *, to_first: bool = False) -> None:
        """Show what the folder holds, as searched and sorted; the mark stays unless told to go up."""
        for _ in self._library.refresh():
            pass
        shelf = self._library.shelf
        by_path = {stored.path: stored for stored in shelf.sessions}
        self._marked = [by_path[m.path] for m in self._marked if m.path in by_path]
        found = [stored for stored in shelf.sessions if self._matches(stored)]
        if self._order == 1:
            found.sort(key=lambda stored: who(stored.session).casefold())
        elif self._order == 2:
            found.sort(key=lambda stored: stored.session.team.casefold())
        rows: list[Row] = []
        damaged = [fault for fault in shelf.damaged if self._wanted in _searched(fault)]
        if damaged:
            # First, so that nobody has to find them under fifty others.
            rows += [heading("  Cannot be read as they are")]
            rows += [*(_damaged_row(fault) for fault in damaged), blank()]
        rows += [self._row(stored) for stored in found]
        listed = self.query_one(RowList)
        first = found[0] if found else (damaged[0] if damaged else None)
        at_first = to_first or listed.value is None
        listed.show(rows, pick=first if at_first else None)
        if at_first:
            # What cannot be read stands above the first session, and is to be seen.
            self.call_after_refresh(listed.scroll_home, animate=False)
        what = "Archived sessions" if self._archived else "Sessions"
        counted = f"{len(found)} of {len(shelf.sessions)}" if self._wanted else str(len(found))
        if damaged:
            counted += f" · {plural(len(damaged), 'file')} cannot be read"
        state = f"{counted} · {ORDERS[self._order]}"
        if self._marked:
            state += f" · {len(self._marked)} marked"
        self.query_one(TopBar).show(Content.styled(what, "bold"), Content.styled(state, "$quiet"))
        if not rows:
            self._say(self._nothing())

    def _nothing(self) -> str:
        if self._wanted:
            return "Nothing found. Clear the search with Esc."
        if self._archived:
            return "Nothing is put aside. v goes back."
        return "No sessions yet. Esc goes home, where an assessment starts."

    def _matches(self, stored: StoredSession) -> bool:
        session = stored.session
        text = f"{who(session)} {session.team} {day(session.started)} {session.started:%Y-%m-%d} {session.id}"
        return self._wanted in text.casefold()

    def _row(self, stored: StoredSession) -> Row:
        session = stored.session
        total = len(self._desk.rubric.statements)
        marked = stored.path in {m.path for m in self._marked}
        if session.rubric.id != self._desk.rubric.id:
            state = Content.styled("other rubric", "$quiet")
        elif session.finished is None:
            state = Content.styled(f"{answered(session, self._desk.rubric)} of {total}", "$alert")
        else:
            state = stage_marks(score(self._desk.rubric, session.answers))

        def draw(width: int) -> Content:
            room = max(10, width - 2 - 13 - 14)
            name = Content(who(session)).truncate(room, ellipsis=True)
            gap = " " * max(0, room - name.cell_length)
            return Content.assemble(
                ("■ " if marked else "□ ", "bold $accent" if marked else "$faint"),
                (f"{day(session.started):<13}", "$quiet"), name, gap, "  ", state,
            )  # fmt: skip

        return Row(draw, stored)

    @on(RowList.Picked)
    def _picked(self, event: RowList.Picked) -> None:
        match event.value:
            case StoredSession(session=session) if session.rubric.id != self._desk.rubric.id:
                self._say(
                    f"Answers another rubric: {session.rubric.id}. Start with --rubric to read it."
                )
            case StoredSession(session=session) if session.finished:
                self._say(in_brief(score(self._desk.rubric, session.answers)))
            case StoredSession():
                self._say("Enter goes on where it stopped.")
            case ChangedFile():
                self._say("Enter shows what differs, and lets you accept the file as it is now.")
            case UnreadableFile(why=why):
                self._say(f"{event.value.path.name}: {why}. The file is left as it is.")

    def _say(self, text: str) -> None:
        self.query_one("#brief", Static).update(Content.styled(text, "$quiet"))

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        match event.value:
            case StoredSession(session=session) as stored:
                place = Place.RESULTS if session.finished else Place.ASSESS
                self.post_message(Visit(place, stored))
            case ChangedFile() as fault:
                self._offer_reseal(fault)

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
        if not isinstance(value, StoredSession):
            return
        if value.path in {m.path for m in self._marked}:
            self._marked = [m for m in self._marked if m.path != value.path]
        else:
            self._marked.append(value)
        self.fill()
        self.query_one(RowList).action_move(1)
        self.refresh_bindings()

    def action_compare(self) -> None:
        if len(self._marked) != 2:
            self.notify("Mark two finished sessions with Space, then press c.", markup=False)
            return
        if any(m.session.finished is None for m in self._marked):
            self.notify("Only finished sessions can be compared.", markup=False)
            return
        self.post_message(Visit(Place.COMPARE, *self._marked))

    # Files

    def action_export(self) -> None:
        from bt_assess.tui.screens.export import ask_and_export

        value = self.query_one(RowList).value
        chosen = self._marked or ([value] if isinstance(value, StoredSession) else [])
        if chosen:
            ask_and_export(self, self._desk, chosen)

    def action_archive(self) -> None:
        value = self.query_one(RowList).value
        if not isinstance(value, StoredSession):
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
        self.fill()

    def action_view(self) -> None:
        self._archived = not self._archived
        self.query_one(Input).value = ""
        self.query_one(Input).remove_class("-open")
        self._library = (
            Library(self._desk.folder, archived=True) if self._archived else self._desk.library
        )
        self._marked = []
        self.fill()


def _searched(fault: UnreadableFile) -> str:
    """What a search for a file that cannot be used looks at: its name, the trouble, whose it was."""
    person = who(fault.session) if isinstance(fault, ChangedFile) else ""
    return f"{fault.path.name} {fault.why} damaged {person}".casefold()


def _damaged_row(fault: UnreadableFile) -> Row:
    return Row(
        lambda width: Content.assemble(
            ("! ", "bold $alert"), fault.path.name, (f"  {fault.why}", "$quiet")
        ),
        fault,
    )
