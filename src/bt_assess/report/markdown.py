"""Reports as Markdown, for wikis. What people wrote stays text: no links, no HTML, no tables broken.

Written for CommonMark with GitHub's tables; other wikis read that too.
"""

import re
from collections.abc import Iterator

from bt_assess.report.drawing import safe
from bt_assess.report.paper import (
    Block,
    Heading,
    Paper,
    Picture,
    Point,
    Points,
    Table,
    Track,
    Words,
    Written,
)
from bt_assess.report.scale import column, cut_columns
from bt_assess.report.words import date_words

TRACK = 21
"""How many characters a track has."""

# What has a meaning anywhere in a line; dots, colons and @ only where they join words, as wikis make
# links of bare addresses too.
_ANYWHERE = re.compile(r"[\\`*_{}\[\]#|~$^=!]")
_JOINS = re.compile(r"(?<=\w)\.(?=[^\W\d])|(?<=[^\W\d])(?:\.(?=\w)|:(?=\S))|:(?=//)")
_AT = re.compile(r"@(?=\w)")
_FIRST = re.compile(r"^(?:[-+](?=\s|-|\+|$)|(?P<number>\d{1,9})(?=[.)](?:\s|$)))")


def markdown(paper: Paper) -> str:
    """The whole report."""
    parts = [
        f"# {inline(paper.title)}",
        f"*{inline(paper.kicker)}*",
        inline(paper.lead),
        *(part for block in paper.blocks for part in _block(block)),
        f"*Made on {date_words(paper.made)} with bt-assess.*",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def inline(text: str) -> str:
    """`text` as one line that means nothing but itself, wherever a line of words may stand."""
    line = " ".join(safe(text).split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _ANYWHERE.sub(lambda found: f"\\{found[0]}", line)
    line = _JOINS.sub(lambda found: f"\\{found[0]}", line)
    # Some wikis join what was escaped before they look for addresses; code they leave alone.
    line = _AT.sub("`@`", line)
    return _FIRST.sub(
        lambda found: f"{found['number']}\\" if found["number"] else f"\\{found[0]}", line
    )


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            said = f" ({inline(block.said)})" if block.said else ""
            yield f"{'#' * block.level} {inline(block.text)}{said}"
        case Words():
            head = f"**{inline(block.head)}** " if block.head else ""
            yield f"{head}{inline(block.text)}"
        case Points():
            yield "\n".join(
                line
                for number, point in enumerate(block.entries, start=1)
                for line in _point(point, f"{number}." if block.numbered else "-")
            )
        case Written():
            yield f"**{inline(block.about)}**"
            mark = "> " if len(block.texts) == 1 else "- "
            yield "\n".join(_quoted(text, mark) for text in block.texts)
        case Table():
            yield f"**{inline(block.caption)}**"
            yield _table(block)
        case Picture():
            yield _table(block.table)
            yield inline(block.in_text or block.caption)


def _point(point: Point, mark: str) -> Iterator[str]:
    head = f"**{inline(point.head)}** " if point.head else ""
    yield f"{mark} {head}{inline(point.text)}"
    for each in point.more:
        yield f"{' ' * len(mark)} - {inline(each)}"


def _quoted(text: str, mark: str) -> str:
    """A note with its lines as they were broken; empty ones are left out."""
    lines = [inline(line) for line in text.split("\n") if line.strip()]
    rest = mark if mark == "> " else "  "
    return mark + f"\\\n{rest}".join(lines)


def _table(table: Table) -> str:
    head = list(table.head)
    rows = [list(row) for row in table.rows]
    ruler = ["--:" if at in table.figures else "---" for at in range(len(head))]
    if table.tracks:
        head.insert(1, "1 ... 2 ... 3")
        ruler.insert(1, "---")
        for row, found in zip(rows, table.tracks, strict=True):
            row.insert(1, track(found))
    lines = [[inline(cell) for cell in head], ruler]
    lines += [
        # Tracks are drawn here, so they are code as they stand.
        [cell if table.tracks and at == 1 else inline(cell) for at, cell in enumerate(row)]
        for row in rows
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def track(found: Track) -> str:
    """A place on the scale from 1 to 3, drawn in one line of code; empty without a place."""
    if found.position is None:
        return ""
    cells = ["─"] * TRACK
    here = column(found.position, TRACK)
    before = None if found.before is None else column(found.before, TRACK)
    if found.low is not None and found.high is not None:
        left, right = column(found.low, TRACK), column(found.high, TRACK)
    else:
        left, right = sorted((here, here if before is None or found.apart else before))
    cells[left : right + 1] = ["━"] * (right - left + 1)
    for cut in cut_columns(TRACK):
        cells[cut] = "┼" if cells[cut] == "─" else "┿"
    if before is not None:
        cells[before] = "○"
    cells[here] = "●"
    return f"`{''.join(cells)}`"
