"""Fields that plans and projects share: cleaned and bounded, so that what is typed fits a file."""

from datetime import date
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from bt_assess.core.text import clean_block, clean_line

LINE_LENGTH = 240
BRIEF_LENGTH = 400
PASSAGE_LENGTH = 1200
EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)
"""Days that a plan or project can name: weeks can be added to them and no calendar ends."""
LARGEST_FIGURE = 1e12

T = TypeVar("T")

Line = Annotated[str, AfterValidator(lambda text: clean_line(text, LINE_LENGTH))]
Brief = Annotated[str, AfterValidator(lambda text: clean_block(text, BRIEF_LENGTH))]
Passage = Annotated[str, AfterValidator(lambda text: clean_block(text, PASSAGE_LENGTH))]
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
Figure = Annotated[
    float, Field(strict=True, ge=-LARGEST_FIGURE, le=LARGEST_FIGURE, allow_inf_nan=False)
]
Position = Annotated[float, Field(strict=True, ge=1, le=3, allow_inf_nan=False)]
"""A place from 1 (starting) to 3 (consolidating)."""


class Refused(ValueError):
    """A change that cannot be made; its text says why, in a sentence for people."""


def each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names without empty ones, each once, in their order."""
    return tuple(dict.fromkeys(name for name in names if name))


def replaced(things: tuple[T, ...], before: T | None, after: T) -> tuple[T, ...]:
    """With `after` in the place of `before`, or at the end when there was none."""
    if before is None:
        return (*things, after)
    return tuple(after if thing is before else thing for thing in things)


def within_calendar(day: date) -> date:
    """`day`, or the nearest that a plan or project can name."""
    return min(max(day, EARLIEST), LATEST)
