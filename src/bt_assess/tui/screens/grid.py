"""The grid: the whole rubric to read, a theme at a time, without answering."""

from collections.abc import Iterable

from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.rubric import Rubric, RubricTheme, Stage
from bt_assess.tui.page import Page
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.flow import item
from bt_assess.tui.widgets.reader import Reader
from bt_assess.tui.widgets.track import stage_name


class Grid(Page):
    """One theme's three stages, beside each other where there is room, and its points below."""

    ABOUT = (
        "The whole grid, a theme at a time: what an organisation looks like when it is starting,"
        " developing or consolidating, and the breakthrough points that move it on."
    )
    CSS_PATH = "grid.tcss"
    BINDINGS = [
        Binding("left", "turn(-1)", "Theme before", key_display="←", tooltip="The theme before"),
        Binding("right", "turn(1)", "Next theme", key_display="→", tooltip="The next theme"),
    ]

    def __init__(self, rubric: Rubric) -> None:
        super().__init__()
        self._rubric = rubric
        self._place = 0

    def body(self) -> Iterable[Widget]:
        with Reader(id="scroll"):
            yield Static("", id="head", markup=False)
            with Horizontal(id="stages"):
                for stage in Stage:
                    yield Static("", id=stage.value, classes="stage", markup=False)
            yield Static("", id="points", markup=False)

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def action_turn(self, step: int) -> None:
        self._place = (self._place + step) % len(self._rubric.themes)
        self._show()
        self.query_one("#scroll").scroll_home(animate=False)

    def _show(self) -> None:
        theme = self._rubric.themes[self._place]
        self.query_one(TopBar).show(
            Content.assemble(("The grid", "bold"), (f" › {theme.name}", "")),
            Content.styled(f"theme {self._place + 1} of {len(self._rubric.themes)}", "$quiet"),
        )
        self.query_one("#head", Static).update(
            Content.assemble((theme.name, "bold"), (f"  ‘{theme.complaint}’", "italic $quiet"))
        )
        for stage in Stage:
            column = self.query_one(f"#{stage.value}", Static)
            column.update(_stage(theme, stage, column.content_size.width or 70))
        points = self.query_one("#points", Static)
        points.update(_points(theme, points.content_size.width or 70))


def _stage(theme: RubricTheme, stage: Stage, width: int) -> Content:
    lines = [
        stage_name(stage, "bold"),
        Content.styled(theme.summaries.of(stage), "bold"),
    ]
    lines += [item("• ", Content(s.text), width) for s in theme.statements if s.stage is stage]
    return Content("\n\n").join(lines)


def _points(theme: RubricTheme, width: int) -> Content:
    lines = [Content.styled(f"Breakthrough points: {theme.call}", "bold")]
    arrow = Content.styled("→ ", "$quiet")
    lines += [item(arrow, Content(point.text), width) for point in theme.points]
    return Content.assemble(lines[0], "\n\n", Content("\n").join(lines[1:]))
