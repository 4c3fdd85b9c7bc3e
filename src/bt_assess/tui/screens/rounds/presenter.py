"""The presenter's view: one theme in large type, for a room to read."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Digits, Static

from bt_assess.core.disclosure import Shown
from bt_assess.core.round import Round
from bt_assess.core.rubric import Rubric, Stage
from bt_assess.report.team_words import team_sentence
from bt_assess.tui.page import Page
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.team import dot_plot, team_track
from bt_assess.tui.widgets.track import STAGE_MARKS, axis


class Presenter(Page):
    """Few words, large figures, much air. The terminal's own zoom makes the rest larger."""

    CSS_PATH = "rounds.tcss"
    ABOUT = (
        "For a projector: one theme at a time, with how many people are at each stage in large"
        " figures. Enlarge the terminal's type as well (Ctrl and +, as a rule)."
    )
    BINDINGS: ClassVar = [
        Binding("left", "turn(-1)", "Before", key_display="←", tooltip="The theme before"),
        Binding("right,space", "turn(1)", "Next", key_display="→", tooltip="The next theme"),
    ]

    def __init__(
        self, rubric: Rubric, round_: Round, shown: Shown, order: Sequence[str], here: str
    ) -> None:
        super().__init__()
        self._rubric = rubric
        self._round = round_
        self._shown = shown
        self._order = order
        self._place = list(order).index(here)

    def body(self) -> Iterable[Widget]:
        with Vertical(id="stage"):
            yield Static("", id="name", markup=False)
            yield Static("", id="complaint", markup=False)
            with Vertical(id="figures"):
                for stage in Stage:
                    with Vertical(classes="figure"):
                        yield Digits("", id=f"n-{stage.value}")
                        yield Static(
                            Content.styled(
                                f"{STAGE_MARKS[stage]} {stage.value}", f"${stage.value}"
                            ),
                            markup=False,
                        )
            yield Static("", id="picture", markup=False)
            yield Static("", id="sentence", markup=False)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def action_turn(self, step: int) -> None:
        self._place = (self._place + step) % len(self._order)
        self._show()

    def _show(self) -> None:
        theme = self._rubric.theme(self._order[self._place])
        found = self._shown.theme(theme.id)
        self.query_one(TopBar).show(
            Content.styled(self._round.title, "$quiet"),
            Content.styled(f"{self._place + 1} of {len(self._order)}", "$quiet"),
        )
        spaced = " ".join(theme.name.upper()) if self.is_wide else theme.name.upper()
        self.query_one("#name", Static).update(Content.styled(spaced, "bold"))
        self.query_one("#complaint", Static).update(
            Content.styled(f"‘{theme.complaint}’", "italic $quiet")
        )
        for stage in Stage:
            count = (found.counts or {}).get(stage)
            self.query_one(f"#n-{stage.value}", Digits).update("–" if count is None else str(count))
        width = max(30, self.query_one("#picture").size.width)
        picture = Content("")
        if found.positions is not None and found.centre is not None:
            picture = Content("\n").join(
                [dot_plot(width, found.positions, found.centre), axis(width)]
            )
        elif found.centre is not None:
            picture = Content("\n").join([team_track(width, found.centre, None, None), axis(width)])
        self.query_one("#picture", Static).update(picture)
        self.query_one("#sentence", Static).update(team_sentence(found))
