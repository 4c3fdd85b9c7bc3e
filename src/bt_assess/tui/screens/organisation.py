"""The organisation over time: the mean of all finished sessions, quarter by quarter, or a team's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.scoring import nearest_stage
from bt_assess.report.summary import plural
from bt_assess.store.catalogue_queries import Quarter
from bt_assess.tui.desk import Desk
from bt_assess.tui.page import Page
from bt_assess.tui.screens.comparing.words import padded
from bt_assess.tui.visits import FolderShown
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.blocks import BETWEEN, Block, BlockGrid
from bt_assess.tui.widgets.theme_tracks import NAME
from bt_assess.tui.widgets.track import STAGE_MARKS
from bt_assess.tui.widgets.trend import Point, dates_line, trend_lines

LEAST, MOST = 3, 12
"""Lines of a picture."""
WORDS = 28
"""Width of the figures beside a picture, in cells, where there is room."""
NARROWEST = 14
"""Width of the narrowest picture, in cells."""
NO_VERDICT = "Other people may have answered at first (how many, in brackets): no verdict."
TWO_COLUMNS = 150
"""From this width on the pictures stand in two columns."""
SMALL = 20
"""Below this height there is room for what must be said only."""
EVERYBODY = None


@dataclass(frozen=True)
class Layout:
    """How many cells of a theme's block are its name's (0: it stands above), and its figures'."""

    name: int
    figures: int

    @property
    def above(self) -> int:
        """Lines over the picture."""
        return 0 if self.name else 1

    def picture(self, width: int) -> int:
        """Cells that are left for the picture; 0 where that would show nothing."""
        left = width - self.name - self.figures
        return left if left >= NARROWEST else 0


class Pictures(BlockGrid):
    """The six themes; there is nothing behind them to open."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose"

    def action_choose(self) -> None:
        """A click marks a theme, and that is all."""


class Organisation(Page):
    """Six themes, a dot a quarter."""

    ABOUT = (
        "Every dot is the mean of the places of a quarter's finished sessions, of everybody or of one"
        " team; ~ is a quarter in which no session had a place. Different people may have answered"
        " each time, so read it for the direction and not for the decimals. Sessions that were put"
        " aside do not count."
    )
    CSS_PATH = "compare.tcss"
    BINDINGS = [
        Binding("t", "turn(1)", "Next team", key_display="← →", tooltip="The next team"),
        Binding("right", "turn(1)", "Next team", show=False, tooltip="The next team"),
        Binding("left", "turn(-1)", "Team before", show=False, tooltip="The team before"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._teams: list[str | None] = [EVERYBODY]
        self._team = 0
        self._quarters: Sequence[Quarter] = ()

    def body(self) -> Iterable[Widget]:
        with Vertical(id="trend", classes="view"):
            yield Pictures()
            yield Static("", id="dates", markup=False)
            yield Static("", id="legend", markup=False)

    def on_mount(self) -> None:
        self.query_one("#trend").display = True
        self.query_one(BlockGrid).focus()

    def on_screen_resume(self) -> None:
        self.show_checked()
        self.post_message(FolderShown())

    def show_checked(self) -> None:
        """Show what the catalogue holds now."""
        chosen = self._teams[self._team]
        self._teams = [EVERYBODY, *self._desk.catalogue.teams()]
        self._team = self._teams.index(chosen) if chosen in self._teams else 0
        self._look()

    def action_turn(self, step: int) -> None:
        self._team = (self._team + step) % len(self._teams)
        self._look()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _look(self) -> None:
        self._quarters = self._desk.catalogue.trend(self._teams[self._team])
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        team = self._teams[self._team]
        of = (
            f"{self._team} of {plural(len(self._teams) - 1, 'team')}" if self._team else "everybody"
        )
        self.query_one(TopBar).show(
            Content.assemble((team or "The organisation", "bold"), ("  by quarter", "$quiet")),
            Content.styled(of, "$quiet"),
        )
        grid = self.query_one(BlockGrid)
        legend = self.query_one("#legend", Static)
        if not self._quarters:
            grid.show([], columns=1, lines=LEAST)
            self.query_one("#dates", Static).update("")
            legend.update("No finished session yet: the trend begins with the first one.")
            return
        columns = 2 if grid.size.width >= TWO_COLUMNS else 1
        rows = -(-len(self._desk.rubric.themes) // columns)
        room = (grid.scrollable_content_region.width - BETWEEN * (columns - 1)) // columns - 2
        layout = self._layout(room)
        lines = max(LEAST + layout.above, min(MOST, grid.size.height // rows))
        blocks = [
            Block(partial(self._draw, theme.id, theme.short, lines, layout), theme.id)
            for theme in self._desk.rubric.themes
        ]
        grid.show(blocks, columns=columns, lines=lines)
        last = self._quarters[-1]
        dates = Content("")
        if across := layout.picture(room):
            dates = dates_line(*self._span, across, alone=f"Q{last.quarter} {last.year}")
        under = Content.assemble(" " * layout.name, dates, " " * layout.figures)
        self.query_one("#dates", Static).update(
            (Content(" " * (2 + BETWEEN))).join([under] * columns)
        )
        said = ["● the mean of a quarter   ~ nobody had a place"]
        if len({(quarter.year, quarter.quarter) for quarter in self._quarters}) > 1:
            # On a small screen the pictures need the lines more than their legend does.
            said = [*(said if self.size.height >= SMALL else []), NO_VERDICT]
        legend.update(Content.styled("\n".join(said), "$quiet"))

    @property
    def _span(self) -> tuple[date, date]:
        days = [_middle(quarter) for quarter in self._quarters]
        return min(days), max(days)

    def _of(self, theme_id: str) -> list[Quarter]:
        return [quarter for quarter in self._quarters if quarter.theme_id == theme_id]

    def _layout(self, width: int) -> Layout:
        """Name, picture and figures side by side; the name above where that leaves no picture, so
        that the figures can be read."""
        wide = Layout(NAME, WORDS)
        if wide.picture(width):
            return wide
        all_figures = (line for t in self._desk.rubric.themes for line in _figures(self._of(t.id)))
        return Layout(0, 2 + max(line.cell_length for line in all_figures))

    def _draw(
        self, theme_id: str, name: str, lines: int, layout: Layout, width: int
    ) -> list[Content]:
        found, label = self._of(theme_id), Content.styled(name, "bold")
        points = [Point(_middle(quarter), quarter.mean) for quarter in found]
        above = [label] * layout.above
        height = max(LEAST, lines - len(above) - (1 if lines > LEAST + len(above) + 1 else 0))
        room = layout.picture(width)
        picture = trend_lines(points, *self._span, room, height) if room else []
        words = _figures(found)
        drawn = []
        for number in range(lines - len(above)):
            beside = words[number] if number < len(words) else Content("")
            line = picture[number] if number < len(picture) else Content("")
            first = padded(label if number == 0 and not above else "", layout.name)
            gap = "  " if room else ""
            drawn.append(Content.assemble(first, line, gap, beside))
        return [*above, *drawn]


def _figures(found: Sequence[Quarter]) -> list[Content]:
    """The latest quarter with a place, of how many people, and how far its mean is from the first's."""
    placed = [quarter for quarter in found if quarter.mean is not None]
    if not placed:
        return [Content.styled("nobody has a place", "$quiet")]
    last, first = placed[-1], placed[0]
    mean = last.mean or 0.0
    stage = nearest_stage(mean)
    lines = [
        Content.assemble(
            (f"{mean:.1f}  ", "bold"), (f"{STAGE_MARKS[stage]} {stage.value}", f"${stage.value}")
        ),
        Content.styled(
            f"{plural(last.placed, 'session')} in Q{last.quarter} {last.year}", "$quiet"
        ),
    ]
    if first is not last:
        way = round(mean - (first.mean or 0.0), 1) or 0.0
        signed = f"{way:+.1f}".replace("-", "−").replace("+0.0", "0.0")
        since = f"{signed} since Q{first.quarter} {first.year} ({first.placed:,})"
        lines.append(Content.styled(since, "$quiet"))
    return lines


def _middle(quarter: Quarter) -> date:
    return date(quarter.year, 3 * quarter.quarter - 1, 15)
