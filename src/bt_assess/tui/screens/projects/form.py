"""A form about a project."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from bt_assess.core.project import Project
from bt_assess.tui.screens.asking import Ask
from bt_assess.tui.screens.form import Form
from bt_assess.tui.screens.projects.saved import READ_ONLY, saved_words

if TYPE_CHECKING:
    from bt_assess.tui.project_flow import OpenProject


class FormPage(Form[Project]):
    """Some questions about the project that is open."""

    work: "OpenProject"
    because: str | None = None
    """The obstacle that is answered here by another goal."""
    ABOUT = (
        "Tab goes to the next question and Shift+Tab back. All is kept as you type it, a day as you"
        " leave its line; Esc goes back. Ctrl+Z takes the last change back, as u does on the project's"
        " page."
    )

    @property
    def thing(self) -> Project:
        return self.work.project

    @property
    def subject(self) -> str:
        return self.thing.title

    @property
    def names(self) -> Sequence[str]:
        return self.work.names

    @property
    def why_fixed(self) -> str:
        return READ_ONLY if self.work.read_only else ""

    def saving_words(self) -> Content:
        return saved_words(self.work)

    def take(self, new: Project, ask: Ask[Project]) -> None:
        what, typed = ask.words or "a remark", (id(self), ask.key)
        self.work.edit(new, what, typed=typed, because=self.because)
