"""Settings: colours, the mouse, stages. Each change takes effect at once and is kept."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from bt_assess.store.settings import Settings
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.preferences import Preference, preferences
from bt_assess.tui.visits import SettingsChanged
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.rows import Row, RowList

NAME = 12


class SettingsDialog(Dialog[None]):
    """A row for each setting; Enter takes its next value."""

    CSS_PATH = "dialog.tcss"
    BINDINGS = [Binding("escape", "dismiss", "Done")]

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Settings", classes="title", markup=False)
            rows = RowList(enter="Change")
            rows.styles.height = len(preferences(self._settings))
            yield rows
            yield Static("", id="about", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self.query_one(RowList).focus()

    def _show(self) -> None:
        found = preferences(self._settings)
        self.query_one(RowList).show([_row(place, one) for place, one in enumerate(found)])

    def on_row_list_picked(self, event: RowList.Picked) -> None:
        if event.value is not None:
            about = preferences(self._settings)[event.value[0]].about
            self.query_one("#about", Static).update(Content.styled(about, "$quiet"))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self._settings = preferences(self._settings)[event.value[0]].after
        self._show()
        self.post_message(SettingsChanged(self._settings))


def _row(place: int, preference: Preference) -> Row:
    return Row(
        lambda width: Content.assemble((preference.name.ljust(NAME), "bold"), preference.shown),
        (place,),
    )
