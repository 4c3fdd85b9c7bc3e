"""The pens that report pictures are drawn with: shapes and text as SVG.

Colours are attributes, so that a picture is right on paper and in a PDF without any style sheet.
Each shape also has a class, `f-` for its filling and `s-` for its line, by which a page in dark
colours paints it anew.
"""

import re
import unicodedata
from collections.abc import Iterable
from html import escape
from itertools import accumulate, takewhile
from math import fsum

from bt_assess.core.rubric import Stage
from bt_assess.core.text import UNSAFE

COLOURS = {
    "ink": ("#1d2730", "#e9ecee"),
    "quiet": ("#56626d", "#aab4bd"),
    "faint": ("#d5dade", "#3b454e"),
    "paper": ("#ffffff", "#1b2127"),
    "team": ("#3d4c63", "#b9c6da"),
    "starting": ("#0072b2", "#56b4e9"),
    "developing": ("#b36b00", "#e69f00"),
    "consolidating": ("#00765a", "#009e73"),
}
"""Each colour on paper and on a dark screen; those of the stages stay apart for colour-blind eyes."""

STAGE_MARKS = dict(zip(Stage, "▁▄▇", strict=True))

FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_NO_XML = re.compile("[\ufffe\uffff]")


def safe(text: str, *, lines: bool = False) -> str:
    """`text` without what no page may hold; whatever it came from, and however it got in."""
    kept = "\n" if lines else " "
    parts = (UNSAFE.sub("\ufffd", part) for part in text.split("\n"))
    return _NO_XML.sub("\ufffd", kept.join(parts))


def fitted(text: str, room: float, size: float) -> str:
    """As much of `text` as surely has room; what was cut off is told by '…'."""
    text = safe(text)
    if text_width(text, size) <= room:
        return text
    room -= text_width("…", size)
    widths = accumulate(text_width(character, size) for character in text)
    has_room = sum(1 for _ in takewhile(lambda width: width <= room, widths))
    return f"{text[:has_room].rstrip()}…"


def text_width(text: str, size: float) -> float:
    """About how wide a text is at a font size, a little more rather than less."""
    return size * fsum(_share(character) for character in text)


def _share(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if unicodedata.combining(character):
        return 0.0
    if character.isascii():
        if character in "ijl.,:;'| ":
            return 0.38
        return 1.0 if character in "mwMW@%" else 0.74 if character.isupper() else 0.62
    # Some scripts have letters as wide as they are high, and wider.
    return 0.62 if ord(character) < 0x0590 else 1.05


def figure(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{round(value, 1):g}"


def picture(
    name: str, title: str, description: str, size: tuple[float, float], shapes: Iterable[str]
) -> str:
    """A whole picture; `name` tells it from the others on a page."""
    width, height = (figure(each) for each in size)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="{name}-title"'
        f' aria-describedby="{name}-desc" font-family="{FONT}">'
        f'<title id="{name}-title">{escape(safe(title))}</title>'
        f'<desc id="{name}-desc">{escape(safe(description))}</desc>{"".join(shapes)}</svg>'
    )


def words(
    x: float,
    y: float,
    text: str,
    *,
    colour: str = "ink",
    size: float = 13,
    anchor: str = "start",
    bold: bool = False,
    room: float | None = None,
) -> str:
    """A line of text; its baseline is at `y`."""
    shown = safe(text) if room is None else fitted(text, room, size * (1.08 if bold else 1))
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{figure(x)}" y="{figure(y)}" font-size="{figure(size)}"{side}{weight}'
        f"{_fill(colour)}>{escape(shown)}</text>"
    )


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    colour: str,
    *,
    strength: float = 1,
    round_: float = 0,
) -> str:
    """A filled rectangle; `strength` 0..1 is how much of its colour it has."""
    corners = f' rx="{figure(round_)}"' if round_ else ""
    faded = f' fill-opacity="{round(strength, 2):g}"' if strength < 1 else ""
    return (
        f'<rect x="{figure(x)}" y="{figure(y)}" width="{figure(max(0, width))}"'
        f' height="{figure(height)}"{corners}{faded}{_fill(colour)}/>'
    )


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    colour: str,
    *,
    width: float = 1,
    dashes: str = "",
    rounded: bool = False,
    strength: float = 1,
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    ends = ' stroke-linecap="round"' if rounded else ""
    faded = f' stroke-opacity="{round(strength, 2):g}"' if strength < 1 else ""
    return (
        f'<line x1="{figure(x1)}" y1="{figure(y1)}" x2="{figure(x2)}" y2="{figure(y2)}"'
        f"{_stroke(colour, width=width)}{dashed}{ends}{faded}/>"
    )


def dot(x: float, y: float, r: float, colour: str, *, hollow: bool = False, ring: float = 0) -> str:
    """A dot; `hollow` has a line and no filling, `ring` sets a full one off from what is behind."""
    middle = f'<circle cx="{figure(x)}" cy="{figure(y)}" r="{figure(r)}"'
    if hollow:
        return f"{middle}{_fill_and_stroke('paper', colour, 2)}/>"
    if ring:
        return f"{middle}{_fill_and_stroke(colour, 'paper', ring)}/>"
    return f"{middle}{_fill(colour)}/>"


def diamond(x: float, y: float, r: float, colour: str) -> str:
    """A diamond: the middle of a team, which is no single person."""
    corners = " ".join(
        f"{figure(a)},{figure(b)}" for a, b in ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
    )
    return f'<polygon points="{corners}"{_fill_and_stroke(colour, "paper", 1.5)}/>'


def gap(x: float, y: float, size: float, colour: str) -> str:
    """An open square around a point: something is missing here."""
    half = size / 2
    return (
        f'<rect x="{figure(x - half)}" y="{figure(y - half)}" width="{figure(size)}"'
        f' height="{figure(size)}"{_fill_and_stroke("paper", colour, 1.5)}/>'
    )


def arrow(x: float, y: float, direction: int, colour: str) -> str:
    """The head of an arrow whose point is at `x`; `direction` 1 to the right, -1 to the left."""
    back = x - 7 * direction
    corners = (
        f"{figure(x)},{figure(y)} {figure(back)},{figure(y - 4)} {figure(back)},{figure(y + 4)}"
    )
    return f'<polygon points="{corners}"{_fill(colour)}/>'


def stage_name(x: float, y: float, stage: Stage, *, anchor: str = "start") -> str:
    """A stage's mark and word in its colour, as on the screen."""
    text = f"{STAGE_MARKS[stage]} {stage.value}"
    return words(x, y, text, colour=stage.value, size=12, anchor=anchor, bold=True)


def _fill(colour: str) -> str:
    return f' fill="{COLOURS[colour][0]}" class="f-{colour}"'


def _stroke(colour: str, *, width: float) -> str:
    return f' stroke="{COLOURS[colour][0]}" stroke-width="{figure(width)}" class="s-{colour}"'


def _fill_and_stroke(filling: str, outline: str, width: float) -> str:
    return (
        f' fill="{COLOURS[filling][0]}" stroke="{COLOURS[outline][0]}"'
        f' stroke-width="{figure(width)}" class="f-{filling} s-{outline}"'
    )


def dark_rules() -> str:
    """The style rules that paint a picture anew in dark colours."""
    return "".join(
        f".f-{name}{{fill:{dark}}}.s-{name}{{stroke:{dark}}}" for name, (_, dark) in COLOURS.items()
    )
