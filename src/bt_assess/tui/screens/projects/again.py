"""After the report: the cycle goes on, with the theme assessed again and before beside after."""

from typing import Any, ClassVar

from textual.binding import Binding
from textual.content import Content

from bt_assess.core.compared import Kind
from bt_assess.store.session_file import StoredSession
from bt_assess.tui.screens.projects.listed import ListPage
from bt_assess.tui.visits import Place, Visit
from bt_assess.tui.widgets.rows import Row


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
            _row("Before and after", "change told from noise", Place.COMPARE),
            _row("A round", "the team answers again, in private", Place.ROUNDS),
        ]

    @property
    def _theme(self) -> str:
        """The name of the theme that the project came from; empty where none is known."""
        origin = self.work.project.origin
        themes = {theme.id: theme.name for theme in self.work.desk.rubric.themes}
        return themes.get(origin.theme_id or "", "") if origin else ""

    def open(self, value: Any) -> None:
        if value is not Place.COMPARE:
            self.app.post_message(Visit(value))
            return
        found = self._before()
        self.app.post_message(Visit(Place.COMPARE, *([found] if found else [])))

    def _before(self) -> StoredSession | None:
        """The session that showed the need, where it is still there."""
        from bt_assess.tui.comparing_flow import looked_up

        origin = self.work.project.origin
        if origin is None or origin.evidence is None or origin.evidence.kind is not Kind.SESSION:
            return None
        found, _ = looked_up(self.work.desk, [origin.evidence])
        return found[0] if found and isinstance(found[0], StoredSession) else None


def _row(label: str, about: str, place: Place) -> Row:
    return Row(lambda width: Content.assemble((label.ljust(18), "bold"), (about, "$quiet")), place)
