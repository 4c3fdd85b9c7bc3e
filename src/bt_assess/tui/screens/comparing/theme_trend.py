"""One theme of a trend, large."""

from collections.abc import Iterable

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.report.change_words import whose_course
from bt_assess.tui.page import Page
from bt_assess.tui.screens.comparing import trend_view
from bt_assess.tui.screens.comparing.subject import Subject
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.reader import Reader


class ThemeTrend(Page):
    """A theme's picture with its intervals, and a line for each time."""

    ABOUT = (
        "Each ● is where the theme stood on that day; the dotted line through it is how far the answers"
        " leave it open. From one to the next it is filled below; a time without a place, such as a"
        " mixed picture, leaves it open. The marks at the left are the stages."
        " Below: what changed over the whole time and since the time before, and every time by itself."
    )
    CSS_PATH = "../compare.tcss"
    BINDINGS = [
        Binding("left", "turn(-1)", "Theme before", key_display="←", tooltip="The theme before"),
        Binding("right", "turn(1)", "Next theme", key_display="→", tooltip="The next theme"),
    ]

    def __init__(self, subject: Subject, theme_id: str) -> None:
        super().__init__()
        self._subject = subject
        self._trends = trend_view.found_trends(subject)
        self._at = next(n for n, t in enumerate(self._trends) if t.theme_id == theme_id)

    def body(self) -> Iterable[Widget]:
        with Reader(id="scroll"):
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one(Reader).focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def action_turn(self, step: int) -> None:
        self._at = (self._at + step) % len(self._trends)
        self._show()
        self.query_one(Reader).scroll_home(animate=False)

    def _show(self) -> None:
        subject, trend = self._subject, self._trends[self._at]
        theme = subject.rubric.theme(trend.theme_id)
        self.query_one(TopBar).show(
            Content.assemble((theme.name, "bold"), (f"  '{theme.complaint}'", "$quiet")),
            Content.styled(whose_course(subject.now_course), "$quiet"),
        )
        words = self.query_one("#words", Static)
        height = min(16, max(5, self.size.height - 14))
        words.update(trend_view.large(subject, trend, words.size.width or 70, height))
