"""The scale of positions, 1 to 3, laid out in columns: for every picture of one."""

from collections.abc import Mapping

from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import CUTS


def column(position: float, width: int) -> int:
    """The column (0..width-1) at which a position (1..3) stands on a scale `width` wide."""
    place = (min(3.0, max(1.0, position)) - 1) / 2 * (width - 1)
    # Twice, so that the last digits of a float, which differ between Pythons, decide nothing.
    return round(round(place, 6))


def cut_columns(width: int) -> tuple[int, ...]:
    """The columns at which one stage ends and the next begins."""
    return tuple(column(cut, width) for cut in CUTS)


_SHORT = ("start", "develop", "consol.")


def axis(width: int, marks: Mapping[Stage, str] | None = None) -> list[tuple[str, Stage | None]]:
    """The stage names over a scale: the outer ones at its ends, the second in the middle.

    With `marks`, each stage's mark before its name, where there is room for all. Pieces of text
    from left to right, each with its stage, None for the gaps.
    """
    full = [stage.value for stage in Stage]
    first, middle, last = full if len(" ".join(full)) <= width else [name[:3] for name in full]
    if marks:
        # Each name over its own stretch of the scale, so that nobody takes one for another's.
        outer = cut_columns(width)[0] + 2
        for words in (full, _SHORT):
            marked = [f"{marks[stage]} {word}" for stage, word in zip(Stage, words, strict=True)]
            if len(marked[-1]) <= outer:
                first, middle, last = marked
                break
    gaps = width - len(first) - len(middle) - len(last)
    # On a narrow scale the second name gives way to the third, and stands off the middle.
    before = max(1, min(gaps - 1, column(2.0, width) - len(middle) // 2 - len(first)))
    after = max(1, gaps - before)
    starting, developing, consolidating = Stage
    return [
        (first, starting),
        (" " * before, None),
        (middle, developing),
        (" " * after, None),
        (last, consolidating),
    ]
