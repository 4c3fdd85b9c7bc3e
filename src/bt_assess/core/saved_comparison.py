"""A comparison that has a name: what is compared, how it is looked at, and where to get to."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from bt_assess.core.compared import Kind
from bt_assess.core.round import Title
from bt_assess.core.rubric import Frozen, Slug

MOST_COMPARED = 200
LEAST_TARGET, MOST_TARGET = 1.0, 3.0

AnId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{8,32}$")]


class View(StrEnum):
    """The ways of looking at a comparison."""

    CHANGE = "change"
    """Before and after."""
    TREND = "trend"
    BESIDE = "beside"
    MOVED = "moved"
    PROMISED = "promised"


class Ref(Frozen):
    """A session or a round, by id."""

    kind: Kind
    id: AnId


class SavedComparison(Frozen):
    """What is compared, in order: the first is before, the last after.

    It holds no results: those are worked out afresh each time, and a round's passphrase is asked
    for again. `targets` are places (1..3) by theme.
    """

    id: AnId
    name: Title
    what: Annotated[tuple[Ref, ...], Field(min_length=2, max_length=MOST_COMPARED)]
    view: View = View.CHANGE
    targets: Annotated[
        dict[Slug, Annotated[float, Field(ge=LEAST_TARGET, le=MOST_TARGET)]], Field(max_length=20)
    ] = {}
    created: date

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.what)) < len(self.what):
            raise ValueError("nothing is compared with itself")
        return self

    def changed(self, **changes: Any) -> Self:
        """With another name, view, targets or things to compare."""
        return type(self).model_validate({**dict(self), **changes})
