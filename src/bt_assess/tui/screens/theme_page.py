"""A theme opened: strand by strand, the statements for and against, notes, and what comes next."""

from collections.abc import Iterable

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.asked import profile_of
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.report.words import day, status_sentence, who
from bt_assess.tui.page import Page
from bt_assess.tui.screens import explain
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.reader import Reader
from bt_assess.tui.widgets.theme_tracks import NAME, WORDS, theme_line
from bt_assess.tui.widgets.track import axis


class ThemePage(Page):
    """One theme of a result."""

    ABOUT = (
        "Why the theme came out as it did. The first table shows how true each stage is, strand by"
        " strand. Then the statements that carried the score, those that spoke against, the"
        " breakthrough points, most needed first, each with the answers that raised it, and notes."
    )
    CSS_PATH = "theme_page.tcss"
    BINDINGS = [
        Binding("left", "turn(-1)", "Theme before", key_display="←", tooltip="The theme before"),
        Binding("right", "turn(1)", "Next theme", key_display="→", tooltip="The next theme"),
        Binding("b", "begin", "Begin a project",
                tooltip="A breakthrough project of one of the points"),
    ]  # fmt: skip

    def __init__(self, rubric: Rubric, session: Session, theme_id: str) -> None:
        super().__init__()
        self._rubric = rubric
        self._session = session
        self._profile = profile_of(rubric, session)
        self._theme = rubric.theme(theme_id)

    def body(self) -> Iterable[Widget]:
        with Reader(id="scroll"):
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def action_turn(self, step: int) -> None:
        themes = self._rubric.themes
        self._theme = themes[(themes.index(self._theme) + step) % len(themes)]
        self._show()
        self.query_one("#scroll").scroll_home(animate=False)

    def action_begin(self) -> None:
        from bt_assess.tui.screens.projects.begin import from_theme

        from_theme(self, self._theme, self._profile.theme(self._theme.id), self._session)

    def _show(self) -> None:
        theme, answers = self._theme, self._session.answers
        theme_score = self._profile.theme(theme.id)
        when = day(self._session.finished or self._session.started)
        left = Content.assemble(
            (theme.name, "bold"), (f"  {who(self._session)} · {when}", "$quiet")
        )
        place = self._rubric.themes.index(theme) + 1
        self.query_one(TopBar).show(
            left, Content.styled(f"theme {place} of {len(self._rubric.themes)}", "$quiet")
        )
        words = self.query_one("#words", Static)
        width = words.size.width or 76
        room = max(12, width - NAME - WORDS)
        parts = [
            Content.styled(f"‘{theme.complaint}’", "italic $quiet"),
            Content("\n").join(
                [Content.assemble(" " * NAME, axis(room)), theme_line(theme, theme_score, width)]
            ),
            Content(status_sentence(theme_score, theme)),
            _section(
                "How true each stage is, strand by strand", explain.strands(theme, answers, width)
            ),
            explain.evidence_in_full(theme, theme_score, answers, width),
            _section(theme.call, explain.next_in_full(theme, theme_score, answers, width)),
            _section("Notes", explain.notes(theme, self._session)),
        ]
        words.update(Content("\n\n").join(part for part in parts if part))


def _section(title: str, body: Content) -> Content:
    return Content.assemble((title, "bold"), "\n\n", body) if body else body
