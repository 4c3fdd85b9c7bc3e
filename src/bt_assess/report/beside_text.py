"""People and teams side by side as plain text: where each stands, and no change between them."""

from collections.abc import Sequence

from bt_assess.core.compared import Compared, Kind, Standing, beside
from bt_assess.core.courses import Course
from bt_assess.core.rubric import Rubric, RubricTheme
from bt_assess.report.change_words import NO_WINNER, apart_words, gap_words, title
from bt_assess.report.profile_text import fill, room, scale, tracks, wrapped
from bt_assess.report.same_statements import asked_apart_words
from bt_assess.report.scale import column

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What marks those that stand side by side; more are in the table only."""
_COLUMN = 7
"""Width of a theme's column in the table."""


def beside_lines(rubric: Rubric, items: Course, width: int) -> list[str]:
    """Two or more, as they are now."""
    lines = _two(rubric, items, width) if len(items) == 2 else _many(rubric, items, width)
    about = asked_apart_words(rubric, items)
    return [*lines, *(wrapped(about, width) if about else [])]


def _two(rubric: Rubric, items: Course, width: int) -> list[str]:
    """Two with how far they are from each other; a person always before a team."""
    first, second = sorted(items, key=lambda item: item.kind is Kind.ROUND)
    is_pair = first.kind is not second.kind
    across = room(width)
    rows = []
    for found in beside(rubric, first, second):
        words = apart_words(found.difference) or "–"
        track = _track(found.person, found.team, across)
        rows.append((rubric.theme(found.theme_id).short, track, words))
    marks = "o the person   * the middle of the team; a difference, not a change"
    return [
        *wrapped(title(first), width, "o  "),
        *wrapped(title(second), width, "*  "),
        "",
        *tracks(rows, width),
        "",
        *wrapped(marks if is_pair else NO_WINNER, width),
    ]


def _many(rubric: Rubric, items: Course, width: int) -> list[str]:
    across = room(width)
    rows = [(theme.short, _letters(theme, items, across), "") for theme in rubric.themes]
    lines = [line.rstrip() for line in tracks(rows, width)]
    return [*lines, "", *_table(rubric, items, width), "", *wrapped(NO_WINNER, width)]


def _letters(theme: RubricTheme, items: Sequence[Compared], across: int) -> str:
    cells = scale(across)
    here: dict[int, list[str]] = {}
    for letter, item in zip(LETTERS, items, strict=False):
        if (position := item.standing(theme.id).position) is not None:
            here.setdefault(column(position, across), []).append(letter)
    for place, letters in here.items():
        many = len(letters)
        cells[place] = letters[0] if many == 1 else str(many) if many < 10 else "+"
    return "".join(cells)


def _table(rubric: Rubric, items: Sequence[Compared], width: int) -> list[str]:
    """Who each letter is, and where they stand in every theme."""
    letters = (*LETTERS, *" " * len(items))
    tags = [theme.tag for theme in rubric.themes]
    across = _COLUMN * len(tags)
    is_wide = across + 30 <= width
    lines = [f"   {''.join(tag.ljust(_COLUMN) for tag in tags)}".rstrip()] if is_wide else []
    for letter, item in zip(letters, items, strict=False):
        places = [_place(item.standing(theme.id)) for theme in rubric.themes]
        if is_wide:
            figures = "".join(place.ljust(_COLUMN) for place in places)
            lines += wrapped(title(item), width, f"{letter}  {figures}")
        else:
            lines += wrapped(title(item), width, f"{letter}  ")
            said = (f"{tag} {place}" for tag, place in zip(tags, places, strict=True))
            lines += wrapped(", ".join(said), width, "   ")
    gaps = {s.gap for item in items for s in item.standings if s.gap}
    if gaps:
        words = ", ".join(sorted({gap_words(gap) for gap in gaps}))
        lines += wrapped(f"- no place: {words}", width)
    return lines


def _place(standing: Standing) -> str:
    return "-" if standing.position is None else f"{standing.position:.1f}"


def _track(first: Standing, second: Standing, across: int) -> str:
    if first.position is not None and second.position is not None:
        return two_marks(first.position, second.position, across)
    gaps = [
        f"{mark}: {gap_words(side.gap)}" for mark, side in (("o", first), ("*", second)) if side.gap
    ]
    words = f" {', '.join(gaps)} "
    return words.center(across, "-") if len(words) <= across else " no place ".center(across, "-")


def two_marks(one: float, other: float, across: int) -> str:
    """Two places on a scale, the first as o and the other as *."""
    cells = scale(across)
    first, last = column(one, across), column(other, across)
    fill(cells, min(first, last), max(first, last))
    cells[first] = "o"
    cells[last] = "*"
    return "".join(cells)
