"""Text that wraps with its following lines set in, as lists want it."""

from textual.content import Content


def item(mark: Content | str, body: Content, width: int) -> Content:
    """`body` behind `mark`, wrapped at `width` cells; following lines stand under the first."""
    head = Content(mark) if isinstance(mark, str) else mark
    indent = head.cell_length
    lines = body.wrap(max(10, width - indent)) or [Content("")]
    rest = [Content.assemble(" " * indent, line) for line in lines[1:]]
    return Content("\n").join([Content.assemble(head, lines[0]), *rest])
