"""A line for a figure: typed in the ways people write figures."""

import re

from bt_assess.tui.widgets.field import Field

NOT_A_FIGURE = "A figure, as 40 or 12.5; its unit has a line of its own."
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]+")
_SPACED = re.compile(
    rf"[+-]?(?:{_SPACES.pattern})?\d{{1,3}}(?:{_SPACES.pattern}\d{{3}})*(?!\d)", re.ASCII
)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_THOUSANDS = {
    mark: re.compile(rf"[+-]?[1-9]\d{{0,2}}({re.escape(mark)}\d{{3}})+", re.ASCII) for mark in ",."
}


def written(value: float) -> str:
    """A figure as people write it: 40, 12.5, 1,200."""
    words = f"{value:,.0f}" if value == round(value) else f"{value:,.10g}"
    return words.replace("-", "−")


def parse_figure(text: str) -> float | None:
    """The figure meant, None for nothing. Raises ValueError with a sentence for people.

    1,200 is 1200 and 1,5 is 1.5; where there are points and commas, the last of them is the decimal
    mark: 1,234.56 and 1.234,56 are the same. What can be read in two ways is refused.
    """
    words = text.strip().replace("−", "-").removesuffix("%").strip()
    if not words:
        return None
    words = _SPACED.sub(lambda m: _SPACES.sub("", m[0]), words, count=1)
    mark = "," if words.rfind(",") > words.rfind(".") else "."
    whole, found, rest = words.rpartition(mark)
    other = "." if mark == "," else ","
    if other in words:
        if not _THOUSANDS[other].fullmatch(whole):
            raise ValueError(NOT_A_FIGURE)
        words = f"{whole.replace(other, '')}.{rest}"
    elif mark == ",":
        # Elsewhere a comma stands where a point does here.
        is_grouped = _THOUSANDS[","].fullmatch(words)
        words = words.replace(",", "") if is_grouped else f"{whole}{found and '.'}{rest}"
    if not _NUMBER.fullmatch(words):
        raise ValueError(NOT_A_FIGURE)
    return float(words)


class FigureField(Field):
    """`figure()` is the figure meant; None where the line is empty."""

    def figure(self) -> float | None:
        """The figure. Raises ValueError, in a sentence for people."""
        return parse_figure(self.value)
