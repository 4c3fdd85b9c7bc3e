"""Assess: one statement at a time, with its answers under it."""

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.rubric import Statement
from bt_assess.core.session import Answer
from bt_assess.tui.desk import Desk
from bt_assess.tui.open_session import OpenSession
from bt_assess.tui.page import Page
from bt_assess.tui.saving import SaveState
from bt_assess.tui.visits import Place, Visit
from bt_assess.tui.widgets.answer_scale import AnswerScale
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.progress import ThemeBars
from bt_assess.tui.widgets.track import stage_name

SHOWN = 140
"""How much of a note stands under its statement, in characters: what has room in 80 columns."""
_ANSWERS = {answer.key: answer for answer in Answer}


class Assess(Page):
    """The answering screen. Its keys pass the app's key gate, so that no paste can answer."""

    ABOUT = (
        "Say how true each statement is of your organisation today. One key answers and moves on:"
        " 1 to 4, d when you don't know, x when it doesn't apply to you. There are no right"
        " answers, and you can change any of them until you finish. Every answer is saved at once."
    )
    CSS_PATH = "assess.tcss"
    GATED: ClassVar[bool] = True
    BINDINGS = [
        *(
            Binding(
                answer.key, f"answer('{answer.value}')", answer.label, show=False,
                tooltip=f"Answer '{answer.label}' and go on",
            )
            for answer in Answer
        ),
        Binding("up", "mark(-1)", "Mark", show=False, tooltip="Move the mark ▸ over the answers"),
        Binding("down", "mark(1)", "Mark", show=False, tooltip="Move the mark ▸ over the answers"),
        Binding("enter", "give", "Answer", show=False, tooltip="Give the answer at the mark ▸"),
        Binding("left,backspace", "step(-1)", "back", key_display="←", tooltip="The statement before"),
        Binding("right", "step(1)", "next", key_display="→", tooltip="The next statement"),
        Binding("n", "note", "note", tooltip="Write down what the evidence is"),
        Binding("h", "explain", "explain", tooltip="What to look for"),
        Binding("g", "go_to", "go", tooltip="Jump to any statement"),
        Binding("u", "undo", "undo", tooltip="Take your last answer back"),
        Binding("r", "review", "review", tooltip="What is answered, what is open, and finishing"),
        Binding("escape", "back", "leave", tooltip="Leave; you come back to this statement"),
    ]  # fmt: skip

    def __init__(self, desk: Desk, work: OpenSession) -> None:
        super().__init__()
        self._desk = desk
        self.work = work
        self._place = work.place
        self._explaining = False

    @property
    def statement(self) -> Statement:
        return self.work.asked[self._place]

    def body(self) -> Iterable[Widget]:
        yield ThemeBars()
        with Horizontal(id="columns"):
            with Vertical(id="card"):
                yield Static("", id="complaint", markup=False)
                yield Static("", id="statement", markup=False)
                yield AnswerScale()
                with VerticalScroll(id="below", can_focus=False):
                    yield Static("", id="words", markup=False)
            with VerticalScroll(id="aside", can_focus=False):
                yield Static("", id="aside-words", markup=False)

    def on_mount(self) -> None:
        self.query_one(AnswerScale).focus()
        self.show_statement()
        if self.work.read_only:
            self.notify(self.work.read_only, severity="warning", markup=False)

    def on_screen_resume(self) -> None:
        self.show_statement()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_statement)

    # What is shown

    def show_statement(self) -> None:
        """Show the statement one is at; only what is drawn in fixed places changes."""
        session, rubric, statement = self.work.session, self.work.rubric, self.statement
        theme = rubric.theme_of(statement.id)
        strand = theme.strand(statement.strand)
        crumbs = Content.assemble((theme.name, "bold"), (f" › {strand.name}", "$quiet"))
        if self._desk.settings.show_stages:
            crumbs += Content.styled(" › ", "$quiet") + stage_name(statement.stage)
        self.query_one(TopBar).show(left=crumbs)
        self._show_saving()
        bars = [
            (t.tag, sum(s.id in session.answers for s in t.statements), len(t.statements))
            for t in rubric.themes
        ]
        self.query_one(ThemeBars).show(bars, rubric.themes.index(theme))
        self._set("#complaint", Content.styled(f"‘{theme.complaint}’", "italic $quiet"))
        self._set("#statement", Content.styled(statement.text, "bold"))
        scale = self.query_one(AnswerScale)
        scale.given = session.answers.get(statement.id)
        scale.mark = list(Answer).index(scale.given) if scale.given else -1
        self._set("#words", self._words(statement))
        if self.is_wide:
            self._set("#aside-words", self._aside(statement))

    def _set(self, selector: str, content: Content) -> None:
        self.query_one(selector, Static).update(
            content, layout=selector in ("#words", "#aside-words")
        )

    def _words(self, statement: Statement) -> Content:
        parts: list[Content] = []
        if self._explaining and not self.is_wide:
            parts.append(_explanation(statement))
        if note := self.work.session.notes.get(statement.id):
            more = " … n to read on" if len(note) > SHOWN else ""
            parts.append(
                Content.assemble(("✎  ", "$primary"), note[:SHOWN].rstrip(), (more, "$quiet"))
            )
        if not parts and not self.work.session.answers:
            parts.append(
                Content.styled(
                    "Press 1 to 4, d or x; the next statement follows by itself.", "$quiet"
                )
            )
        return Content("\n\n").join(parts)

    def _aside(self, statement: Statement) -> Content:
        """The second column: what to look for, and the strand so far."""
        theme = self.work.rubric.theme_of(statement.id)
        parts = [_explanation(statement)]
        if not (self._explaining or self._desk.settings.show_stages):
            # In their order they show the stages, so they come only when they are asked for.
            parts.append(Content.styled("h shows what else is asked about this", "$quiet"))
            return Content("\n\n").join(parts)
        parts.append(Content.styled("Also about this", "bold $quiet"))
        for other in theme.of_strand(statement.strand):
            if other.id != statement.id:
                answer = self.work.session.answers.get(other.id)
                said = f"  {answer.label}" if answer else "  not answered yet"
                parts.append(
                    Content.assemble(other.text, "\n", (said, "$primary" if answer else "$quiet"))
                )
        return Content("\n\n").join(parts)

    def show_saving(self, state: SaveState) -> None:
        """How far saving has come; the app tells."""
        if state.path == self.work.path:
            self._show_saving()

    def _show_saving(self) -> None:
        state = self._desk.saver.state(self.work.path)
        if self.work.read_only:
            saved = Content.styled("read only", "bold $alert")
        elif state is None:
            saved = Content.styled("saved as you go", "$quiet")
        elif state.trouble:
            saved = Content.styled(f"! not saved: {state.trouble}; trying again", "bold $error")
        elif state.is_saved:
            saved = Content.styled("✓ saved", "$good")
        else:
            saved = Content.styled("… saving", "$quiet")
        count = f"{self._place + 1} of {len(self.work.asked)}  "
        if self.is_wide:
            answered = len(self.work.asked) - len(self.work.open_ids())
            count = f"{count.rstrip()} · {answered} answered  "
        self.query_one(TopBar).show(right=Content.assemble(count, saved))

    # Answering

    def preview(self, key: str) -> None:
        """Light up the answer a key stands for before it is known to count; '' takes that back."""
        answer = _ANSWERS.get(key)
        scale = self.query_one(AnswerScale)
        if answer is None:
            scale.given = self.work.session.answers.get(self.statement.id)
        elif not self.work.read_only:
            scale.given = answer

    def action_answer(self, word: str) -> None:
        self._answer(Answer(word))

    def action_mark(self, step: int) -> None:
        self.query_one(AnswerScale).move_mark(step)

    def action_give(self) -> None:
        answer = self.query_one(AnswerScale).marked
        if answer is None:
            self.notify("Move to an answer with ↑ and ↓, or press its key.", markup=False)
        else:
            self._answer(answer)

    def on_answer_scale_given(self, event: AnswerScale.Given) -> None:
        self._answer(event.answer)

    def _answer(self, answer: Answer) -> None:
        if self._is_closed():
            return
        is_last = self._place + 1 == len(self.work.asked)
        after = self.statement if is_last else self.work.asked[self._place + 1]
        self.work.answer(self.statement.id, answer, after.id)
        if is_last:
            self.show_statement()
            self.action_review()
        else:
            self._show(self._place + 1)

    def _is_closed(self) -> bool:
        if self.work.read_only:
            self.preview("")
            self.notify(self.work.read_only, severity="warning", markup=False)
        return self.work.read_only is not None

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.notify("Pasting does not answer. Press n to write a note.", markup=False)

    # Getting about

    def _show(self, place: int) -> None:
        self._place = place
        self._explaining = False
        self.show_statement()

    def visit(self, statement_id: str) -> None:
        """Go to a statement."""
        place = next(i for i, s in enumerate(self.work.asked) if s.id == statement_id)
        self.work.move(statement_id)
        self._show(place)

    def action_step(self, step: int) -> None:
        place = self._place + step
        if 0 <= place < len(self.work.asked):
            self.visit(self.work.asked[place].id)
        elif step > 0:
            self.action_review()

    def action_explain(self) -> None:
        self._explaining = not self._explaining
        self.show_statement()

    def action_undo(self) -> None:
        if self._is_closed():
            return
        statement_id = self.work.undo()
        if statement_id is None:
            self.notify("There is nothing to undo.", markup=False)
        else:
            self.visit(statement_id)
            self.notify("Taken back.", timeout=2, markup=False)

    def action_note(self) -> None:
        from bt_assess.tui.screens.note import NoteEditor

        statement = self.statement
        before = self.work.session.notes.get(statement.id, "")
        if self.work.read_only and not before:
            self._is_closed()
            return
        keep = None if self.work.read_only else partial(self.work.note, statement.id)
        editor = NoteEditor(statement.text, before, keep)
        self.app.push_screen(editor, lambda _: self.show_statement())

    def action_go_to(self) -> None:
        from bt_assess.tui.screens.go_to import GoTo

        def go(statement_id: str | None) -> None:
            if statement_id is not None:
                self.visit(statement_id)

        self.app.push_screen(GoTo(self.work.rubric, self.work.session, self.statement.id), go)

    def action_review(self) -> None:
        self.post_message(Visit(Place.REVIEW))


def _explanation(statement: Statement) -> Content:
    words = statement.help or "There is nothing to add to this one: take it as it stands."
    for_whom = (
        f" (For {statement.applies}; press x if you are not one.)" if statement.applies else ""
    )
    return Content.assemble(("What to look for  ", "bold $quiet"), words, (for_whom, "$quiet"))
