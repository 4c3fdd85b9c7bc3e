"""A report's blocks as plain text, for the terminal."""

from collections.abc import Iterator
from textwrap import wrap

from bt_assess.report.paper import Block, Heading, Paper, Picture, Points, Table, Words, Written


def paper_text(paper: Paper, width: int) -> str:
    """The whole report, no line wider than `width` where words allow it. Ends with a line break."""
    lines = [paper.title, *_wrapped(paper.lead, width), ""]
    for block in paper.blocks:
        lines += [*_block(block, width), ""]
    return "\n".join(lines).rstrip() + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading():
            said = f" ({block.said})" if block.said else ""
            yield from _wrapped(f"{'  ' * (block.level - 2)}{block.text}{said}".lstrip(), width)
            if block.level == 2:
                yield "─" * min(width, len(block.text))
        case Words():
            yield from _wrapped(f"{block.head} {block.text}".strip(), width)
        case Points():
            for number, point in enumerate(block.entries, start=1):
                mark = f"{number}. " if block.numbered else "- "
                yield from _wrapped(f"{point.head} {point.text}".strip(), width, mark)
                for each in point.more:
                    yield from _wrapped(each, width, " " * len(mark))
        case Written():
            yield f"{block.about}:"
            for text in block.texts:
                yield from _wrapped(text, width, "  ")
        case Table():
            yield from _table(block, width)
        case Picture():
            yield from _wrapped(block.caption, width)
            yield from _table(block.table, width)


def _table(table: Table, width: int) -> Iterator[str]:
    """In columns where they fit, else a paragraph a row."""
    rows = [table.head, *table.rows]
    if len(rows) == 1:
        return
    columns = [max(len(row[at]) for row in rows) for at in range(len(table.head))]
    if sum(columns) + 2 * (len(columns) - 1) <= width and not any(
        "\n" in c for r in rows for c in r
    ):
        for row in rows:
            cells = [
                cell.rjust(room) if at in table.figures else cell.ljust(room)
                for at, (cell, room) in enumerate(zip(row, columns, strict=True))
            ]
            yield "  ".join(cells).rstrip()
        return
    for row in table.rows:
        yield row[0]
        for head, cell in zip(table.head[1:], row[1:], strict=True):
            if cell and cell != "–":
                yield from _wrapped(f"{head}: {cell}", width, "  ")


def _wrapped(text: str, width: int, mark: str = "") -> list[str]:
    """Its own line breaks are kept; what follows the first line is set in under it."""
    found: list[str] = []
    for line in text.split("\n"):
        first = " " * len(mark) if found else mark
        found += wrap(line, width, initial_indent=first, subsequent_indent=" " * len(mark),
                      break_on_hyphens=False) or [first.rstrip()]  # fmt: skip
    return found
