"""Reports as PDF, set by typst, which is an extra: `pip install 'bt-assess[pdf]'`.

The template gets its contents as data, so that nothing that people wrote is ever read as markup.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from bt_assess.report.drawing import COLOURS, FONT, STAGE_MARKS, safe
from bt_assess.report.paper import Block, Paper, Picture
from bt_assess.report.words import date_words

_LONG, _PIECE = re.compile(r"\S{31,}"), re.compile(r".{1,8}", re.DOTALL)
FACE = "Libertinus Serif"
"""The typeface, which comes with typst."""


class NoTypst(Exception):
    """The extra that makes PDFs is not installed."""


def pdf(paper: Paper) -> bytes:
    """The whole report, the same bytes for the same report. Raises NoTypst."""
    try:
        import typst
    except ImportError:
        raise NoTypst from None
    source = {
        "main": (files("bt_assess.report") / "report.typ").read_bytes(),
        "report.json": json.dumps(_data(paper)).encode(),
    }
    moment = datetime(paper.made.year, paper.made.month, paper.made.day, tzinfo=UTC)
    # As it takes several files in memory too, which its types do not say.
    compiled: Callable[..., bytes] = typst.compile
    try:
        return compiled(source, timestamp=moment, ignore_system_fonts=True, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    # A script that typst's own typefaces lack: the computer's may have it, if perhaps not all of it,
    # and a mark in the place of a letter is better than no report.
    return compiled(source, timestamp=moment)


def _data(paper: Paper) -> dict[str, Any]:
    return {
        "face": FACE,
        "colours": {name: light for name, (light, _) in COLOURS.items()},
        "marks": {stage.value: mark for stage, mark in STAGE_MARKS.items()},
        "name": safe(paper.title),
        "kicker": _words(paper.kicker),
        "title": _words(paper.title),
        "lead": _words(paper.lead),
        "made": date_words(paper.made),
        "sheet": paper.sheet,
        "blocks": [_block(block) for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    kind = {"kind": type(block).__name__.casefold()}
    if isinstance(block, Picture):
        return {
            **kind,
            "svg": block.svg.replace(FONT, FACE),
            "alternative": safe(block.alternative),
            "caption": _words(block.caption),
            "table": _plain(asdict(block.table)) if block.both else None,
        }
    return {**kind, **_plain(asdict(block))}


def _words(text: str) -> str:
    """Text that is safe to show; a word that is too long for a line may be broken anywhere."""
    return _LONG.sub(lambda found: "\u200b".join(_PIECE.findall(found[0])), safe(text, lines=True))


def _plain(value: Any) -> Any:
    """Tuples and sets as lists, and text that is safe to show."""
    match value:
        case str():
            return _words(value)
        case Mapping():
            return {key: _plain(each) for key, each in value.items()}
        case frozenset():
            return sorted(value)
        case tuple() | list():
            return [_plain(each) for each in value]
        case _:
            return value
