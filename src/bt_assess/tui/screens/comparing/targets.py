"""Where to get to: a target for each theme, set with ← and →."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from bt_assess.core.rubric import Rubric, RubricTheme
from bt_assess.core.saved_comparison import LEAST_TARGET, MOST_TARGET
from bt_assess.report.scale import column
from bt_assess.tui.dialog import Dialog
from bt_assess.tui.screens.comparing.before_after import SLIM
from bt_assess.tui.screens.comparing.words import TARGET, padded
from bt_assess.tui.widgets.key_line import KeyLine
from bt_assess.tui.widgets.rows import Row, RowList
from bt_assess.tui.widgets.theme_tracks import NAME
from bt_assess.tui.widgets.track import axis, joined, scale

FIGURES = 22
"""Width of the figures behind a track, in cells."""
STEP = 0.1


class TargetList(RowList):
    """A row for each theme, whose target ← and → move."""

    BINDINGS = [
        Binding(
            "left", "screen.turn(-1)", "Target", key_display="← →", tooltip="A tenth less or more"
        ),
        Binding("right", "screen.turn(1)", "Target", show=False, tooltip="A tenth less or more"),
    ]


class Targets(Dialog[dict[str, float]]):
    """Gives the target of each theme that has one, 1..3; nothing for Esc."""

    CSS_PATH = ["../dialog.tcss", "../compare.tcss"]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-low")]
    BINDINGS = [
        Binding("delete,backspace", "drop", "None", key_display="Del", tooltip="No target"),
        Binding("escape", "dismiss", "Back, as it was"),
    ]

    def __init__(
        self,
        rubric: Rubric,
        now: Mapping[str, float | None],
        targets: Mapping[str, float],
        theme_id: str | None,
    ) -> None:
        """`now` is where each theme stands, 1..3."""
        super().__init__()
        self._rubric = rubric
        self._now = now
        self._targets = dict(targets)
        self._theme_id = theme_id

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog targets"):
            yield Static("Where do we want to get to?", classes="title", markup=False)
            yield Static("", id="axis", markup=False)
            yield TargetList(enter="Keep")
            yield Static(
                Content.styled(f"● now   {TARGET} target, from 1.0 to 3.0", "$quiet"),
                classes="about",
                markup=False,
            )
            yield KeyLine()

    def on_mount(self) -> None:
        rows = self.query_one(TargetList)
        rows.styles.height = len(self._rubric.themes)
        rows.focus()
        self._show(self._theme_id)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_axis)

    def _draw_axis(self) -> None:
        room = self._room(self.query_one(TargetList).size.width - 2)
        self.query_one("#axis", Static).update(Content.assemble(" " * (NAME + 2), axis(room)))

    def _show(self, pick: str | None = None) -> None:
        rows = [self._row(theme) for theme in self._rubric.themes]
        self.query_one(TargetList).show(rows, pick)

    def _room(self, width: int) -> int:
        return max(10, width - NAME - (FIGURES if width >= SLIM else 7))

    def _row(self, theme: RubricTheme) -> Row:
        now, target = self._now.get(theme.id), self._targets.get(theme.id)

        def draw(width: int) -> Content:
            room = self._room(width)
            cells = scale(room)
            if now is not None:
                cells[column(now, room)] = ("●", "bold $primary")
            if target is not None:
                cells[column(target, room)] = (TARGET, "bold $accent")
            stands = f"  now {'–' if now is None else f'{now:.1f}':<5}" if width >= SLIM else "  "
            nothing = "no target" if width >= SLIM else "–"
            aim = nothing if target is None else f"{TARGET} {target:.1f}"
            style = "$quiet" if target is None else "bold $accent"
            return Content.assemble(
                padded(Content.styled(theme.short, "bold"), NAME), joined(cells),
                (stands, "$quiet"), (aim, style),
            )  # fmt: skip

        return Row(draw, theme.id)

    def action_turn(self, direction: int) -> None:
        theme_id = self.query_one(TargetList).value
        target = self._targets.get(theme_id)
        if target is None:
            # A first step: from where it stands, or from the middle.
            target = self._now.get(theme_id) or 2.0
        found = round(target + direction * STEP, 1)
        self._targets[theme_id] = min(MOST_TARGET, max(LEAST_TARGET, found))
        self._show()

    def action_drop(self) -> None:
        self._targets.pop(self.query_one(TargetList).value, None)
        self._show()

    def on_row_list_chosen(self) -> None:
        self.dismiss(self._targets)
