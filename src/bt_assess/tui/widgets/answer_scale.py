"""The six answers under a statement."""

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from bt_assess.core.session import Answer

_LINES: tuple[Answer | None, ...] = (
    Answer.NOT, Answer.PARTLY, Answer.MOSTLY, Answer.FULLY, None, Answer.UNKNOWN,
    Answer.NOT_APPLICABLE,
)  # fmt: skip
_CHOICES = list(Answer)


class AnswerScale(Widget, can_focus=True):
    """Shows the answer given and the one the mark is at; a click gives an answer."""

    DEFAULT_CSS = """
    AnswerScale { height: 7; width: 36; }
    """

    given: reactive[Answer | None] = reactive(None)
    mark: reactive[int] = reactive(-1)

    class Given(Message):
        """Somebody clicked an answer."""

        def __init__(self, answer: Answer) -> None:
            self.answer = answer
            super().__init__()

    def move_mark(self, step: int) -> None:
        if self.mark < 0:
            self.mark = 0 if step > 0 else len(_CHOICES) - 1
        else:
            self.mark = min(len(_CHOICES) - 1, max(0, self.mark + step))

    @property
    def marked(self) -> Answer | None:
        return _CHOICES[self.mark] if self.mark >= 0 else None

    def on_click(self, event: events.Click) -> None:
        event.stop()
        answer = _LINES[event.y] if 0 <= event.y < len(_LINES) else None
        if answer is not None:
            self.post_message(self.Given(answer))

    def render(self) -> Content:
        return Content("\n").join(self._line(answer) for answer in _LINES)

    def _line(self, answer: Answer | None) -> Content:
        if answer is None:
            return Content("")
        at = "▸" if self.marked is answer else " "
        if self.given is answer:
            text = f"{at} {answer.key}  {answer.label}"
            return Content.assemble((f" {text}  ● ".ljust(30), "bold $foreground on $picked"))
        style = "bold" if self.marked is answer else ""
        return Content.assemble(
            (f" {at} ", "bold $primary"),
            (answer.key, "bold $primary"),
            (f"  {answer.label}", style),
        )
