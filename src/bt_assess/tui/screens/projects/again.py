"""After the report: the cycle goes on, with the theme assessed again and before beside after."""

from datetime import datetime
from typing import Any, ClassVar

from textual.binding import Binding
from textual.content import Content

from bt_assess.core.again import reported
from bt_assess.core.compared import Kind, local_date
from bt_assess.core.saved_comparison import MOST_COMPARED
from bt_assess.store.catalogue_queries import Wanted
from bt_assess.store.session_file import StoredSession
from bt_assess.store.shelf import opened
from bt_assess.tui.screens.projects.listed import ListPage
from bt_assess.tui.visits import Place, Visit
from bt_assess.tui.widgets.rows import Row

EXPORT = "export"


class Again(ListPage):
    """Reported: what can be done with it now."""

    HEADING = "Reported"
    INTRO = "The project is done. Has the organisation moved with it? Assess again, then compare."
    ABOUT = (
        "An assessment after a project, beside the one before it, shows whether the theme has moved,"
        " and whether more than noise would."
    )
    BINDINGS: ClassVar = [
        Binding("n", "new", "New", show=False),
        Binding("d", "delete", "Delete", show=False),
        Binding("u", "undo", "Undo", show=False),
        Binding("escape", "back", "Project", tooltip="Back to the project"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in ("new", "delete", "undo")

    def rows(self) -> list[Row]:
        theme = self._theme
        about = f"above all {theme}: g goes straight to it" if theme else "all six themes"
        return [
            _row("Assess again", about, Place.NEW),
            _row("Before and after", "what has moved, change told from noise", Place.COMPARE),
            _row("A round", "the team answers again, in private", Place.ROUNDS),
            _row("One page", "write the report back down, to show around", EXPORT),
        ]

    @property
    def _theme(self) -> str:
        """The name of the theme that the project came from; empty where none is known."""
        themes: dict[str, str] = {t.id: t.name for t in self.work.desk.rubric.themes}
        return themes.get(self._theme_id, "")

    @property
    def _theme_id(self) -> str:
        origin = self.work.project.origin
        theme_id: str | None = origin.theme_id if origin else None
        return theme_id or ""

    def open(self, value: Any) -> None:
        if value is EXPORT:
            from bt_assess.tui.screens.projects import writing

            writing.report_back(self, self.work)
        elif value is not Place.COMPARE:
            self.app.post_message(Visit(value))
        elif self._began_with(Kind.ROUND):
            from bt_assess.tui.screens.comparing.choose import ChooseToCompare

            # A round opens with its passphrase, so which one is chosen first.
            self.app.push_screen(ChooseToCompare(self.work.desk, self._theme_id))
        elif (before := self._before()) is None:
            self.app.post_message(Visit(Place.COMPARE, theme_id=self._theme_id))
        elif (after := self._after(before)) is None:
            self.notify("Nobody has assessed since: Assess again comes first.")
        else:
            self.app.post_message(Visit(Place.COMPARE, before, after, theme_id=self._theme_id))

    def _began_with(self, kind: Kind) -> bool:
        origin = self.work.project.origin
        return bool(origin and origin.evidence and origin.evidence.kind is kind)

    def _before(self) -> StoredSession | None:
        """The last session before it began of whose session showed the need, where it is there."""
        from bt_assess.tui.comparing_flow import looked_up

        project = self.work.project
        origin, end = project.origin, reported([project])
        if end is None or origin is None or origin.evidence is None:
            return None
        found, _ = looked_up(self.work.desk, [origin.evidence])
        if not found or not isinstance(found[0], StoredSession):
            return None
        # What moved before it began is not its doing.
        later = [each for each in self._later(found[0]) if local_date(_when(each)) <= end.began]
        return max(later, key=_when, default=found[0])

    def _after(self, before: StoredSession) -> StoredSession | None:
        """The newest session of the same person and team since then."""
        return max(self._later(before), key=_when, default=None)

    def _later(self, first: StoredSession) -> list[StoredSession]:
        """The later sessions of the same person and team."""
        desk, session = self.work.desk, first.session
        theirs = Wanted(
            finished=True, rubric_id=desk.rubric.id, respondent=session.respondent,
            team=session.team,
        )  # fmt: skip
        return [
            found
            for listed in desk.catalogue.page(0, MOST_COMPARED, theirs)
            if (listed.finished or listed.started) > _when(first)
            and (found := opened(desk.catalogue, listed, desk.rubric)) is not None
        ]


def _when(stored: StoredSession) -> datetime:
    return stored.session.finished or stored.session.started


def _row(label: str, about: str, place: object) -> Row:
    return Row(lambda width: Content.assemble((label.ljust(18), "bold"), (about, "$quiet")), place)
