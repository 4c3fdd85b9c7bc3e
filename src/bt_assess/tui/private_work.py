"""What one person of a round is working on: sealed as it is saved, gone when they are done."""

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.store.rounds import Draft
from bt_assess.tui.open_session import OpenSession, Writer


class PrivateWork(OpenSession):
    """An open session without a file that anybody could read; nothing else leads to it."""

    def __init__(self, draft: Draft, session: Session, rubric: Rubric, saver: Writer) -> None:
        self.path = draft.path
        self.session = session
        self.rubric = of_theme(rubric, draft.theme_id) if draft.theme_id else rubric
        self.read_only = None
        self.draft = draft
        self._saver = saver
        self._undo = []
        self._lock = None


def of_theme(rubric: Rubric, theme_id: str) -> Rubric:
    """The rubric with one theme only: for a second vote."""
    values = {**rubric.model_dump(), "themes": [rubric.theme(theme_id).model_dump()]}
    return Rubric.model_validate(values)
