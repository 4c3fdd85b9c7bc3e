"""A report as a row of blocks, for formats that are read from top to bottom: Markdown and PDF."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TypeAlias

from bt_assess.core.rubric import Stage
from bt_assess.report.pictures import percent

MEANING = (
    "A place runs from 1, all starting, to 3, all consolidating. One stage ends and the next begins"
    " at 1.5 and at 2.5."
)
NO_MARKS = "They are no marks. A higher place is further along this grid, and no better work."


@dataclass(frozen=True)
class Heading:
    """A heading of the second, third or fourth level; `said` is what stands behind it, quieter."""

    text: str
    level: int = 2
    said: str = ""


@dataclass(frozen=True)
class Words:
    """A paragraph; `head` goes before it in bold."""

    text: str
    head: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Point:
    """An entry of a list, with what goes under it."""

    text: str
    head: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Points:
    entries: tuple[Point, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Written:
    """What people wrote, word for word, about something."""

    about: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Track:
    """A place on the scale from 1 to 3; how far it is open, or where it was before.

    `apart`: `before` is somebody else's place, and no way leads from there.
    """

    position: float | None
    low: float | None = None
    high: float | None = None
    before: float | None = None
    apart: bool = False


@dataclass(frozen=True)
class Table:
    """A table; `wide` is the column that takes the room, `figures` those set to the right.

    `tracks` are places that plain text draws as a column of its own.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: int = 0
    figures: frozenset[int] = frozenset()
    tracks: tuple[Track, ...] = ()


@dataclass(frozen=True)
class Picture:
    """An SVG picture with the table that says the same; `both` where paper shows the two.

    `in_text` is the caption where the table's tracks stand for the picture.
    """

    svg: str
    caption: str
    table: Table
    both: bool = False
    in_text: str = ""

    @property
    def title(self) -> str:
        return _inner(self.svg, "title")

    @property
    def alternative(self) -> str:
        """What the picture shows, for whoever does not see it."""
        return f"{self.title}. {_inner(self.svg, 'desc')}"


Block: TypeAlias = Heading | Words | Points | Written | Table | Picture


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A whole report: what it is about, when it was made, and its blocks.

    A `sheet` is set on one page, in smaller type where it has to be (down to 8.5 pt); what does not
    fit then runs on.
    """

    kicker: str
    title: str
    lead: str
    made: date
    blocks: tuple[Block, ...]
    sheet: bool = False


def share(value: float | None) -> str:
    """A share (0..1) as '67 %', a dash where there is none."""
    return "–" if value is None else percent(value)


def strands_table(strands: list[tuple[str, Mapping[Stage, float | None]]]) -> Table:
    """How true each stage is, a row a strand."""
    return Table(
        "How true each stage is, strand by strand",
        ("Strand", *(stage.value for stage in Stage)),
        tuple((name, *(share(found[stage]) for stage in Stage)) for name, found in strands),
        figures=frozenset({1, 2, 3}),
    )


def _inner(svg: str, tag: str) -> str:
    found = re.search(rf"<{tag}\b[^>]*>(.*?)</{tag}>", svg, re.DOTALL)
    return unescape(found[1]) if found else ""
