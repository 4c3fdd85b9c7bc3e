"""Results: six tracks on one scale, and what stands behind the one that is marked."""

from collections.abc import Iterable

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.advice import first_steps
from bt_assess.core.asked import asked, profile_of
from bt_assess.core.rubric import RubricTheme
from bt_assess.core.session import Answer, answered
from bt_assess.report.summary import in_brief
from bt_assess.report.words import day, who
from bt_assess.store.session_file import StoredSession
from bt_assess.tui.desk import Desk
from bt_assess.tui.page import Page
from bt_assess.tui.screens import explain
from bt_assess.tui.screens.theme_page import ThemePage
from bt_assess.tui.visits import Place, Visit
from bt_assess.tui.widgets.rows import Row, RowList, blank
from bt_assess.tui.widgets.theme_tracks import NAME, WORDS, theme_line
from bt_assess.tui.widgets.track import axis

IN_SHORT = "in short"
LEGEND = "? the answers leave it open between two stages, or are few"


class Results(Page):
    """Where the organisation stands, theme by theme, and where to begin."""

    ABOUT = (
        "Each line is a theme. The dot ● is where your answers place you between starting and"
        " consolidating; the line ── around it is how far the answers leave it open. '?' means that"
        " they leave it open between two stages. Enter opens a theme: strand by strand, the"
        " statements for and against, and what comes next."
    )
    CSS_PATH = "results.tcss"
    BINDINGS = [
        Binding("c", "compare", "Compare", tooltip="Compare with another time or person"),
        Binding("p", "plan", "Plan", tooltip="Begin a plan from this result"),
        Binding("r", "report", "Report", tooltip="Write a report to read, print or pass on"),
        Binding("e", "export", "Export", tooltip="Write the answers to a CSV or JSON file"),
        Binding("pagedown,space", "read(1)", "More", key_display="PgDn", tooltip="Read on below"),
        Binding("pageup", "read(-1)", "Back up", show=False, tooltip="Read further up"),
        Binding("a", "answers", "Answers", tooltip="Read through the answers"),
    ]

    def __init__(self, desk: Desk, stored: StoredSession) -> None:
        super().__init__()
        self._desk = desk
        self.stored = stored
        self._profile = profile_of(desk.rubric, stored.session)

    def bar(self) -> tuple[Content | str, Content | str]:
        session = self.stored.session
        given, total = answered(session, self._desk.rubric), asked(self._desk.rubric, session)
        left = Content.assemble(
            (who(session), "bold"), (f" · {day(session.finished or session.started)}", "$quiet")
        )
        unsure = sum(a is Answer.UNKNOWN for a in session.answers.values())
        more = f", {unsure} don't know" if unsure else ""
        return left, Content.styled(f"{given} of {total} answered{more}", "$quiet")

    def body(self) -> Iterable[Widget]:
        with Vertical(id="columns"):
            with Vertical(id="tracks"):
                yield Static("", id="axis", markup=False)
                yield RowList(pages=False)
                yield Static(Content.styled(LEGEND, "$quiet"), id="legend", markup=False)
            with Horizontal(id="below"):
                with VerticalScroll(id="aside", can_focus=False):
                    yield Static("", id="short", markup=False)
                with VerticalScroll(id="detail", can_focus=False):
                    yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        rows = [self._row(theme) for theme in self._desk.rubric.themes]
        short = Row(
            lambda width: Content.assemble(
                ("In short".ljust(NAME), "bold"), in_brief(self._profile)
            ),
            IN_SHORT,
        )
        tracks = self.query_one(RowList)
        tracks.styles.height = len(rows) + 2
        tracks.show([*rows, blank(), short], pick=IN_SHORT)
        tracks.focus()
        self._explain(IN_SHORT)

    def _row(self, theme: RubricTheme) -> Row:
        found = self._profile.theme(theme.id)
        return Row(lambda width: theme_line(theme, found, width), theme.id)

    def on_resize(self) -> None:
        def draw() -> None:
            width = self.query_one(RowList).size.width - 2 - NAME - WORDS
            self.query_one("#axis", Static).update(
                Content.assemble(" " * (NAME + 2), axis(max(12, width)))
            )
            self._explain(self.query_one(RowList).value)

        self.call_after_refresh(draw)

    @on(RowList.Picked)
    def _picked(self, event: RowList.Picked) -> None:
        self._explain(event.value)

    def _explain(self, value: str | None) -> None:
        answers = self.stored.session.answers
        width = self.query_one("#words").size.width or 70
        if self.is_wide:
            short = self.query_one("#short", Static)
            room = short.size.width or 50
            short.update(explain.in_short(self._desk.rubric, self._profile, answers, room))
        if value == IN_SHORT or value is None:
            words = (
                Content.assemble(("How to read this", "bold $quiet"), "\n", self.ABOUT)
                if self.is_wide
                else explain.in_short(self._desk.rubric, self._profile, answers, width)
            )
        else:
            theme = self._desk.rubric.theme(value)
            words = explain.theme_in_short(theme, self._profile.theme(value), answers, width)
        self.query_one("#words", Static).update(words)
        self.query_one("#detail").scroll_home(animate=False)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        value = self._where_to_begin() if event.value == IN_SHORT else event.value
        self.app.push_screen(ThemePage(self._desk.rubric, self.stored.session, value))

    def _where_to_begin(self) -> str:
        """The theme that the first step belongs to, else the first one."""
        rubric, answers = self._desk.rubric, self.stored.session.answers
        steps = first_steps(rubric, self._profile, answers, most=1)
        return steps[0].theme_id if steps else rubric.themes[0].id

    def action_read(self, direction: int) -> None:
        detail = self.query_one("#detail")
        (detail.scroll_page_down if direction > 0 else detail.scroll_page_up)(animate=False)

    def action_report(self) -> None:
        from bt_assess.tui.reporting import ask_and_report

        session = self.stored.session
        day_ = (session.finished or session.started).astimezone().date()
        what = f"A report of {who(session)}, {day(session.finished or session.started)}"
        ask_and_report(self, self._desk.rubric, session, what, day_, self._desk.now().date())

    def action_compare(self) -> None:
        self.post_message(Visit(Place.COMPARE, self.stored))

    def action_plan(self) -> None:
        self.post_message(Visit(Place.PLANS, self.stored))

    def action_answers(self) -> None:
        self.post_message(Visit(Place.ASSESS, self.stored))

    def action_export(self) -> None:
        from bt_assess.tui.screens.export import ask_and_export

        ask_and_export(self, self._desk, [self.stored])
