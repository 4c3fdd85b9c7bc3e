"""Rubrics in TOML: finding the one that ships, and saying where a faulty one is wrong."""

import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bt_assess.core.rubric import Rubric
from bt_assess.core.text import clean_line
from bt_assess.store.files import UnreadableFile, parse_toml, read_text, shown_name

_NAME = "performance-breakthrough.toml"
_LOOKED_AT = {"themes": 21, "strands": 21, "statements": 101, "points": 51}
"""How much of each list is looked at: one more than a rubric may have, so that it is too long."""
_MOST_KEYS = 100
"""More than any table of a rubric has; each one too many would be a fault of its own."""
_TABLE = re.compile(r"^[ \t]*\[\[?[ \t]*([A-Za-z.\-_]+)[ \t]*\]\]?", re.MULTILINE)


class FaultyRubric(ValueError):
    """A rubric with faults; `faults` has one line each, with the place."""

    def __init__(self, path: Path, faults: list[str]) -> None:
        super().__init__(f"{shown_name(path)}: {faults[0]}")
        self.path = path
        self.faults = faults


def shipped_rubric() -> Path:
    """The grid that comes with the program: in an installed package, or at a checkout's top."""
    package = Path(__file__).parents[1]
    installed = package / "rubric" / _NAME
    return installed if installed.exists() else package.parents[1] / "rubric" / _NAME


def load_rubric(path: Path | None = None) -> Rubric:
    """The rubric in `path`, else the one that ships. Raises UnreadableFile or FaultyRubric."""
    path = path or shipped_rubric()
    text = read_text(path)
    data = _within_reason(path, parse_toml(path, text))
    try:
        return Rubric.model_validate(data)
    except ValidationError as error:
        lines = _table_lines(text)
        faults = [
            _fault(fault["loc"], fault["msg"], data, lines)
            for fault in error.errors(include_url=False, include_input=False)
        ]
        raise FaultyRubric(path, list(dict.fromkeys(faults))) from None


def _within_reason(path: Path, found: Any, longest: int = 0) -> Any:
    """`found` with its lists cut short: a list of a million tables has one fault, not ten million.

    Raises UnreadableFile where a table has keys without number.
    """
    if isinstance(found, dict):
        if len(found) > _MOST_KEYS:
            first, last = next(iter(found)), next(reversed(found))
            raise UnreadableFile(
                path,
                f"is no rubric: a table has {len(found)} keys, from {first[:40]!r} to {last[:40]!r}",
            )
        return {k: _within_reason(path, v, _LOOKED_AT.get(k, 1)) for k, v in found.items()}
    if isinstance(found, list):
        return [_within_reason(path, entry, 1) for entry in found[:longest]]
    return found


def _fault(place: tuple[int | str, ...], why: str, data: Any, lines: dict[Any, int]) -> str:
    """'line 12, leadership.starting.1, text: is too long': as near to the spot as can be told."""
    names: list[str] = []
    line = None
    at = data
    for depth, part in enumerate(place):
        line = lines.get(place[: depth + 1], line)
        try:
            at = at[part]
        except (KeyError, IndexError, TypeError):
            at = None
        if isinstance(part, int):
            own = at.get("id") if isinstance(at, dict) else None
            name = own[:60] if isinstance(own, str) else f"number {part + 1}"
            # A theme's id is the start of its statements' ids: say it once.
            if names and names[-1] in ("themes", "strands", "statements", "points"):
                names[-1] = f"{names[-1][:-1]} {name}"
            else:
                names.append(name)
        else:
            names.append(part[:60])
    where = clean_line(", ".join(names), 300) or "the file"
    why = clean_line(why, 300)
    return f"line {line}: {where}: {why}" if line else f"{where}: {why}"


def _table_lines(text: str) -> dict[tuple[int | str, ...], int]:
    """The line on which each table of a list begins, by its place in the data."""
    found: dict[tuple[int | str, ...], int] = {}
    theme = -1
    counts: dict[str, int] = {}
    line, counted = 1, 0
    for match in _TABLE.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        name = match[1]
        if name == "themes":
            theme += 1
            counts = {}
            found["themes", theme] = line
        elif name.startswith("themes."):
            kind = name.removeprefix("themes.")
            if match[0].lstrip().startswith("[["):
                number = counts[kind] = counts.get(kind, -1) + 1
                found["themes", theme, kind, number] = line
            else:
                found["themes", theme, kind] = line
    return found
