"""The app: it opens screens, saves, listens to signals and keeps crashes quiet. No more."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.screen import Screen

from bt_assess.store import scout
from bt_assess.store.settings import Settings, save_settings, settings_file
from bt_assess.tui.driver import SturdyDriver
from bt_assess.tui.keeping_up import KeepingUpApp
from bt_assess.tui.keys import KeyGate
from bt_assess.tui.looks import DARK, LIGHT
from bt_assess.tui.palette import page_commands, place_commands, setting_commands
from bt_assess.tui.safety import SafeCharacters, crash_log, record_crash, settle_memory
from bt_assess.tui.screens.home import Home
from bt_assess.tui.visits import (
    BeginProject,
    HomeShown,
    OpenKept,
    Place,
    PlanFrom,
    SettingsChanged,
    Visit,
)

if TYPE_CHECKING:
    from bt_assess.core.rubric import Rubric
    from bt_assess.store.session_file import StoredSession
    from bt_assess.tui.desk import Desk
    from bt_assess.tui.open_session import OpenSession
    from bt_assess.tui.planning import Planning
    from bt_assess.tui.project_flow import ProjectFlow
    from bt_assess.tui.round_flow import RoundFlow
    from bt_assess.tui.saving import SaveState
    from bt_assess.tui.screens.rounds.step import Wished


class AssessApp(KeepingUpApp):
    """bt-assess in a terminal."""

    TITLE = "bt-assess"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    # The first screen is there before screens bring their own style sheets.
    CSS_PATH: ClassVar = ["app.tcss", "screens/home.tcss"]
    BINDINGS: ClassVar = [
        Binding("ctrl+q", "quit", "Quit", tooltip="Quit; all is saved", priority=True),
        Binding(
            "ctrl+p",
            "command_palette",
            "Commands",
            tooltip="Find any command by its name",
            priority=True,
        ),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False),
    ]

    def __init__(
        self,
        place: Path,
        why: str,
        rubric: "Rubric | None" = None,
        settings: Settings | None = None,
        *,
        dark: bool = True,
    ) -> None:
        super().__init__(driver_class=SturdyDriver)
        self._place = place
        self._why = why
        self._rubric = rubric
        self._settings = settings or Settings()
        self._dark = dark
        self._flow: RoundFlow | None = None
        self._plans: Planning | None = None
        self._projects: ProjectFlow | None = None
        self._gate = KeyGate(admit=self.post_message, refuse=self._refuse, after=self.set_timer)
        self._safe = SafeCharacters()
        for look in (DARK, LIGHT):
            self.register_theme(look)
        self._choose_look()

    # Starting

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DARK.variables

    def get_default_screen(self) -> Screen[Any]:
        return Home(self._place)

    def on_mount(self) -> None:
        self._listen_to_signals()
        self.call_after_refresh(self.run_worker, self._load())

    def _choose_look(self) -> None:
        look = self._settings.look
        self.theme = (DARK if look == "dark" or (look == "auto" and self._dark) else LIGHT).name

    async def _load(self) -> None:
        """Everything that the first picture could do without."""
        scout.send(self._place)
        from bt_assess.tui.desk import set_up

        desk = set_up(self._place, self._why, self._rubric, self._settings)
        desk.saver.tells(self._show_saving, crashed=self._handle_exception)
        self._desk = desk
        await self._refresh_shelf()
        self._loaded.set()
        self.set_timer(0.5, settle_memory)
        # In a folder of very many this takes a moment, and nothing waits for it.
        await asyncio.to_thread(desk.sweep)

    async def on_home_shown(self, event: HomeShown) -> None:
        if self._desk is not None:
            self.run_worker(self._tidy(), exclusive=True, group="tidy")

    async def _tidy(self) -> None:
        """Back at Home: what was worked on is on disk and free for others, and the list is new."""
        if self._desk is None:
            return
        saved = await self._desk.saver.drain()
        # Home also shows for a moment between a dialog and what it leads to.
        if saved and isinstance(self.screen, Home):
            self._close_work()
        if self._flow is not None and isinstance(self.screen, Home):
            self._flow.at_home()
        await self._refresh_shelf()

    # Going places

    async def on_visit(self, visit: Visit) -> None:
        visit.stop()
        self.clear_notifications()
        if visit.place is Place.HELP:
            self._help()
            return
        if visit.place is Place.SETTINGS:
            from bt_assess.tui.screens.settings import SettingsDialog

            self.push_screen(SettingsDialog(self._settings))
            return
        await self._loaded.wait()
        if self._desk is not None:
            self._go(self._desk, visit)

    def _go(self, desk: "Desk", visit: Visit) -> None:
        from bt_assess.core.session import misfits

        place, sessions = visit.place, visit.sessions
        for stored in sessions:
            if strange := misfits(stored.session, desk.rubric):
                self.notify(f"This session cannot be opened: {strange[0]}.", severity="warning")
                return
        match place, sessions:
            case Place.NEW, _:
                self._ask_who(desk, sessions)
            case Place.ASSESS, (stored,):
                self._assess(desk, stored)
            case Place.REVIEW, _:
                self._review(desk)
            case Place.RESULTS, (stored,):
                self._results(desk, stored)
            case Place.SESSIONS, _:
                from bt_assess.tui.screens.sessions import Sessions

                self.push_screen(Sessions(desk))
            case Place.COMPARE, _:
                from bt_assess.tui.comparing_flow import enter

                enter(self, desk, sessions, visit.theme_id)
            case Place.ORGANISATION, _:
                from bt_assess.tui.screens.organisation import Organisation

                self.push_screen(Organisation(desk))
            case Place.ROUNDS, _:
                self.run_worker(self._rounds(desk).enter())
            case Place.PLANS, _:
                self.run_worker(self._planning(desk).enter(sessions))
            case Place.PROJECTS, _:
                self.run_worker(self._project_flow(desk).enter())
            case Place.DUE, _:
                from bt_assess.tui.going import enter_due

                self.run_worker(enter_due(self, desk))
            case Place.GRID, _:
                from bt_assess.tui.screens.grid import Grid

                self.push_screen(Grid(desk.rubric))

    def _rounds(self, desk: "Desk") -> "RoundFlow":
        from bt_assess.tui.round_flow import RoundFlow

        if self._flow is None:
            self._flow = RoundFlow(self, desk, self._take)
        return self._flow

    def _planning(self, desk: "Desk") -> "Planning":
        from bt_assess.tui.planning import Planning

        if self._plans is None:
            self._plans = Planning(self, desk)
        return self._plans

    def _project_flow(self, desk: "Desk") -> "ProjectFlow":
        from bt_assess.tui.project_flow import ProjectFlow

        if self._projects is None:
            self._projects = ProjectFlow(self, desk)
        return self._projects

    async def on_open_kept(self, event: OpenKept) -> None:
        event.stop()
        await self._loaded.wait()
        # A second press, before the first has been answered, is impatience.
        is_opening = any(w.group == "kept" and not w.is_finished for w in self.workers)
        if self._desk is not None and not is_opening:
            self.run_worker(self._open_kept(self._desk, event), group="kept")

    async def _open_kept(self, desk: "Desk", event: OpenKept) -> None:
        from bt_assess.tui import going

        match event.of.value:
            case "plan":
                await going.open_plan(self._planning(desk), event.id, event.part)
            case "project":
                await going.open_project(self._project_flow(desk), event.id, event.part)
            case _:
                await going.open_round(self._rounds(desk), event.id, event.part)

    def on_begin_project(self, event: BeginProject) -> None:
        event.stop()
        if self._desk is not None:
            self._project_flow(self._desk).begin(event.origin, event.about, event.organisation)

    def _take(self, work: "OpenSession | None") -> None:
        self._work = work

    def on_plan_from(self, event: PlanFrom) -> None:
        event.stop()
        if self._desk is not None:
            self.run_worker(self._planning(self._desk).enter(items=[event.item]))

    def on_wished(self, event: "Wished") -> None:
        event.stop()
        if self._desk is not None:
            self.run_worker(self._rounds(self._desk).answer(event))

    def _help(self) -> None:
        from bt_assess.tui.screens.help import Help

        self.push_screen(Help(getattr(self.screen, "ABOUT", ""), self.screen))

    def _ask_who(self, desk: "Desk", again: "Sequence[StoredSession]" = ()) -> None:
        """A new assessment, proposed for whoever answered `again`, else for who came last."""
        from bt_assess.tui.screens.new import NewSession

        last = again[0].session if again else desk.shelf.last

        def begin(names: tuple[str, str] | None) -> None:
            if names is not None:
                self._assess(desk, desk.folder.new(desk.rubric, desk.now(), *names))

        known = (last.respondent, last.team) if last else ("", "")
        self.push_screen(NewSession(*known, len(desk.rubric.statements)), begin)

    def _assess(self, desk: "Desk", stored: "StoredSession") -> None:
        from bt_assess.tui.open_session import OpenSession
        from bt_assess.tui.screens.assess import Assess

        if self._work is None or self._work.path != stored.path:
            self._close_work()
            self._work = OpenSession(stored, desk.rubric, desk.folder, desk.saver)
        for place, screen in enumerate(self.screen_stack):
            if isinstance(screen, Assess) and screen.work is self._work:
                self._back_to(place)
                if stored.session.at:
                    screen.visit(stored.session.at)
                return
        self.push_screen(Assess(desk, self._work))
        if not self._work.read_only and not self._work.open_ids():
            # All is answered: what is left is to look back and finish.
            self._review(desk)

    def _review(self, desk: "Desk") -> None:
        from bt_assess.tui.screens.review import Review

        if self._work is not None:
            self.push_screen(Review(desk, self._work))

    def _results(self, desk: "Desk", stored: "StoredSession") -> None:
        from bt_assess.tui.screens.results import Results

        if self._work is not None and self._work.path == stored.path:
            # Finished just now: what lies behind Results is Home, not the answering.
            self._back_to(0)
        self.push_screen(Results(desk, stored))

    def _back_to(self, place: int) -> None:
        while len(self.screen_stack) > place + 1:
            self.pop_screen()

    def _close_work(self) -> None:
        """Free the session worked on for others, once its last answer is on disk."""
        if self._work is None or self._desk is None:
            return
        state = self._desk.saver.state(self._work.path)
        if state is None or state.is_saved:
            self._work.close()
            self._work = None

    def _show_saving(self, state: "SaveState") -> None:
        for screen in self.screen_stack:
            if (show := getattr(screen, "show_saving", None)) and screen.is_mounted:
                show(state)

    # Keys that nobody pressed

    async def on_event(self, event: events.Event) -> None:
        if (
            isinstance(event, events.Key)
            and not event.is_forwarded
            and getattr(self.screen, "GATED", False)
            and not self._gate.has_passed(event)
        ):
            self._gate.feed(event)
            self.screen.preview(event.key if self._gate.holds_one else "")  # type: ignore[attr-defined]
            return
        await super().on_event(event)

    def _refuse(self, count: int) -> None:
        if preview := getattr(self.screen, "preview", None):
            preview("")
        self.notify(
            f"{count} keys came at once, faster than anybody types, so none of them counted.",
            severity="warning",
        )

    # Text from outside

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._safe]

    def notify(self, message: str, **how: Any) -> None:
        """A toast, one at a time; never read as markup, whoever asks for it."""
        self.clear_notifications()
        super().notify(message, **{**how, "markup": False})

    # Commands

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        def run(action: str, node: Any) -> None:
            self.call_later(self.run_action, action, node)

        yield from page_commands(screen, run)
        if any(getattr(each, "PRIVATE", False) for each in self.screen_stack):
            # One person of a round is alone with the laptop, whatever dialog is open over their
            # page: nothing leads elsewhere.
            return
        yield from place_commands(self.post_message)
        yield from setting_commands(self._settings, self.post_message)

    def on_settings_changed(self, event: SettingsChanged) -> None:
        event.stop()
        self._settings = event.settings
        if self._desk is not None:
            self._desk.settings = event.settings
        save_settings(settings_file(), event.settings)
        self._choose_look()
        # Not in tests, and not on Windows.
        if use_mouse := getattr(self._driver, "use_mouse", None):
            use_mouse(event.settings.mouse)
        for screen in self.screen_stack:
            if show := getattr(screen, "show_statement", None):
                show()

    # Crashes

    def _handle_exception(self, error: Exception) -> None:
        """A crash shows a reference, never what people wrote; where it happened goes to the log."""
        if self._exception is None:
            self.parting_words = record_crash(error, datetime.now().astimezone(), crash_log())
            self._exception = error
            self._exception_event.set()
        self._return_code = 1
        self._close_messages_no_wait()
