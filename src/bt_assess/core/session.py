"""A session: one respondent's answers to one rubric, frozen and replaced whole."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from bt_assess.core.rubric import Frozen, Rubric, Slug, StatementId
from bt_assess.core.text import clean_block, clean_line


class Answer(StrEnum):
    """What can be said of a statement. *Not answered yet* is the absence of an answer."""

    NOT = "not"
    PARTLY = "partly"
    MOSTLY = "mostly"
    FULLY = "fully"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"

    @property
    def key(self) -> str:
        return _KEYS[self]

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def rating(self) -> float | None:
        """How true the statement is, 0..1 (0, 1/3, 2/3, 1); None for unknown and not-applicable."""
        return _RATINGS.get(self)


_KEYS = dict(zip(Answer, "1234dx", strict=True))
_LABELS = {
    Answer.NOT: "Not true of us",
    Answer.PARTLY: "Partly true",
    Answer.MOSTLY: "Mostly true",
    Answer.FULLY: "Fully true",
    Answer.UNKNOWN: "Don't know",
    Answer.NOT_APPLICABLE: "Doesn't apply to us",
}
_RATINGS = {Answer.NOT: 0.0, Answer.PARTLY: 1 / 3, Answer.MOSTLY: 2 / 3, Answer.FULLY: 1.0}
_BY_WORD = {
    word.casefold(): answer
    for answer in Answer
    for word in (answer.value, answer.key, answer.label)
}


def answer_from(word: str) -> Answer | None:
    """The answer that a word ('mostly'), a key ('3') or a label ('Mostly true') stands for."""
    return _BY_WORD.get(word.strip().replace("\u2019", "'").casefold())


V = TypeVar("V")


class FinishedError(ValueError):
    """A finished session does not change any more."""


Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+){0,2}$")]


class RubricRef(Frozen):
    """Which rubric a session answers."""

    id: Slug
    version: Version


MOST_TAGS = 20


def _each_once(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for tag in tags if tag))


Name = Annotated[str, AfterValidator(clean_line)]
Tags = Annotated[tuple[Name, ...], AfterValidator(_each_once), Field(max_length=MOST_TAGS)]
SessionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{8,32}$")]


class Session(Frozen):
    """One respondent's answers. `revision` counts changes, as clocks can go backwards.

    `tags` are for finding it again; they say nothing about the answers. `asked` is the version of the
    rubric that was answered, where the session was carried to a newer one since.
    """

    id: SessionId
    respondent: Name = ""
    team: Name = ""
    tags: Tags = ()
    started: AwareDatetime
    finished: AwareDatetime | None = None
    revision: int = Field(default=0, ge=0, strict=True)
    at: StatementId | None = None
    rubric: RubricRef
    asked: Version | None = None
    answers: dict[StatementId, Answer] = {}
    notes: dict[StatementId, Annotated[str, AfterValidator(clean_block)]] = {}

    def answered(self, statement_id: str, answer: Answer | None) -> Self:
        """With this answer; None takes an answer back. Raises FinishedError."""
        return self._changed(answers=_with(self.answers, statement_id, answer))

    def noted(self, statement_id: str, note: str) -> Self:
        """With this note; an empty one removes it. Raises FinishedError."""
        return self._changed(notes=_with(self.notes, statement_id, clean_block(note) or None))

    def moved_to(self, statement_id: str | None) -> Self:
        """With `statement_id` as the place to resume at. Raises FinishedError."""
        return self if statement_id == self.at else self._changed(at=statement_id)

    def finish(self, now: datetime) -> Self:
        """Finished at `now`; from here on answers are fixed. Raises FinishedError."""
        return self._changed(finished=now, at=None)

    def tagged(self, tags: Iterable[str]) -> Self:
        """With these tags, each once, at most MOST_TAGS; also when it is finished."""
        clean = _each_once(map(clean_line, tags))[:MOST_TAGS]
        return self if clean == self.tags else self._with(tags=clean)

    def _changed(self, **changes: Any) -> Self:
        if self.finished is not None:
            raise FinishedError("this session is finished, so its answers are fixed")
        return self._with(**changes)

    def _with(self, **changes: Any) -> Self:
        values = {**dict(self), "revision": self.revision + 1, **changes}
        return type(self).model_validate(values)


def _with(table: dict[str, V], key: str, value: V | None) -> dict[str, V]:
    rest = {k: v for k, v in table.items() if k != key}
    return rest if value is None else {**rest, key: value}


def answered(session: Session, rubric: Rubric) -> int:
    """How many of the rubric's statements have an answer; another version may have had others."""
    return sum(statement_id in session.answers for statement_id in rubric.statements)


def misfits(session: Session, rubric: Rubric) -> list[str]:
    """Why `session` cannot be read with `rubric`; empty when it can."""
    if session.rubric.id != rubric.id:
        return [f"it answers the rubric {session.rubric.id!r}, not {rubric.id!r}"]
    if session.rubric.version != rubric.version:
        # Statements come and go from version to version; those that both have still count.
        return []
    strange = [i for i in {**session.answers, **session.notes} if i not in rubric.statements]
    return [
        f"{statement_id} is not a statement of {rubric.id} {rubric.version}"
        for statement_id in strange
    ]
