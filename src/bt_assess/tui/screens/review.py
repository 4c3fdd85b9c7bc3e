"""Review: what is answered, what is open, and finishing."""

from collections.abc import Callable, Iterable

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.rubric import RubricTheme, Statement
from bt_assess.core.session import Answer
from bt_assess.report.summary import plural
from bt_assess.store.session_file import StoredSession
from bt_assess.tui.desk import Desk
from bt_assess.tui.open_session import OpenSession
from bt_assess.tui.page import Page
from bt_assess.tui.saving import SaveState
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.visits import Place, Visit
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.rows import Row, RowList, blank, heading

FINISH = "finish"


class Review(Page):
    """Counts by theme, the open statements to jump to, and the way to the results."""

    ABOUT = (
        "Everything before you finish: what is still open, what you don't know, what doesn't apply."
        " Enter on a statement goes back to it. Finishing fixes the answers and shows the results."
    )
    CSS_PATH = "review.tcss"
    BINDINGS = [
        Binding("f", "finish", "Finish", tooltip="Fix the answers and see the results"),
        Binding("escape", "back", "Back", tooltip="Back to the statements"),
    ]

    AFTER = "and see the results"
    FIXED = "The answers are fixed from then on, so that results can be compared over time."

    def __init__(self, desk: Desk, work: OpenSession) -> None:
        super().__init__()
        self._desk = desk
        self.work = work

    def bar(self) -> tuple[Content | str, Content | str]:
        return Content.styled("Review before you finish", "bold"), ""

    def body(self) -> Iterable[Widget]:
        with Vertical(id="page"):
            yield Static("", id="state", markup=False)
            yield RowList()

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        self.fill()

    def fill(self) -> None:
        """Show how things stand now."""
        total = len(self.work.asked)
        still_open = self.work.open_ids()
        answered = total - len(still_open)
        if not still_open:
            state = f"All {total} statements have an answer. Finish when you are ready."
        elif answered == 0:
            state = "Nothing is answered yet."
        else:
            state = (
                f"{answered} of {total} answered. You can finish with some open: a theme needs about"
                " half of its statements."
            )
        self.query_one("#state", Static).update(Content(state))
        rows: list[Row] = [Row(self._finish_line, FINISH), blank()]
        rows.append(
            Row(
                lambda width: Content.styled(
                    f"  {'':24}answered  don't know  doesn't apply", "$quiet"
                )
            )
        )
        rows += [Row(self._theme_line(theme)) for theme in self.work.rubric.themes]
        rows += self._group("Not answered yet", set(still_open))
        for answer, title in (
            (Answer.UNKNOWN, "Don't know"),
            (Answer.NOT_APPLICABLE, "Doesn't apply to us"),
        ):
            ids = {i for i, given in self.work.session.answers.items() if given is answer}
            rows += self._group(title, ids)
        self.query_one(RowList).show(rows)
        self.show_saving()

    def show_saving(self, state: SaveState | None = None) -> None:
        known = self._desk.saver.state(self.work.path)
        saved = "✓ saved" if known is None or known.is_saved else "… saving"
        if known is None and not self.work.session.answers:
            saved = "saved as you go"
        if known is not None and known.trouble:
            saved = f"! not saved: {known.trouble}; trying again"
        self.query_one(TopBar).show(right=Content.styled(saved, "$quiet"))

    def _finish_line(self, width: int) -> Content:
        left = len(self.work.open_ids())
        more = f"  {plural(left, 'statement')} still open" if left else f"  {self.AFTER}"
        return Content.assemble(("Finish", "bold $accent"), (more, "$quiet"))

    def _theme_line(self, theme: RubricTheme) -> Callable[[int], Content]:
        answers = [self.work.session.answers.get(s.id) for s in theme.statements]
        given = sum(a is not None for a in answers)
        unknown = sum(a is Answer.UNKNOWN for a in answers)
        apart = sum(a is Answer.NOT_APPLICABLE for a in answers)
        style = "" if given == len(answers) else "$alert"

        def draw(width: int) -> Content:
            return Content.assemble(
                f"  {theme.name:24}",
                (f"{given:>3} of {len(answers):<3}", style),
                f"{unknown or '–':>9}{apart or '–':>13}",
            )

        return draw

    def _group(self, title: str, ids: set[str]) -> list[Row]:
        if not ids:
            return []
        rows = [blank(), heading(f"  {title} ({len(ids)})")]
        for number, statement in enumerate(self.work.asked, 1):
            if statement.id in ids:
                rows.append(_statement_row(number, statement))
        return rows

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        if event.value == FINISH:
            self.action_finish()
        else:
            self.work.move(event.value)
            # Named also where nothing is kept of it: in a new session, and in a finished one.
            there = self.work.session.model_copy(update={"at": event.value})
            self.post_message(Visit(Place.ASSESS, StoredSession(self.work.path, there)))

    def action_finish(self) -> None:
        if self.work.read_only:
            self.notify(self.work.read_only, severity="warning", markup=False)
            return
        if not self.work.session.answers:
            self.notify(
                "Answer a few statements first; there is nothing to score yet.", markup=False
            )
            return
        left = len(self.work.open_ids())

        def decide(yes: bool | None) -> None:
            if yes:
                self.finish()

        question = self.FIXED
        if left:
            question = f"{plural(left, 'statement')} still open. {question}"
        self.app.push_screen(Confirm("Finish this assessment?", question, "Finish"), decide)

    def finish(self) -> None:
        """What becomes of the answers once somebody has said that they are done."""
        self.post_message(Visit(Place.RESULTS, self.work.finish(self._desk.now())))


def _statement_row(number: int, statement: Statement) -> Row:
    return Row(
        lambda width: Content.assemble((f"{number:>3}  ", "$quiet"), statement.text), statement.id
    )
