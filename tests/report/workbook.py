"""What a workbook holds, read from the XML inside it: no library that mends what is wrong."""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells as they are stored: text as text, numbers as numbers."""

    name: str
    root: ElementTree.Element
    rows: list[list[str | float | None]]


@dataclass(frozen=True)
class Workbook:
    parts: dict[str, str]
    sheets: dict[str, Sheet]

    def elements(self, tag: str) -> list[ElementTree.Element]:
        """The elements of this name in all sheets."""
        return [each for sheet in self.sheets.values() for each in sheet.root.iter(f"{MAIN}{tag}")]

    @property
    def text(self) -> str:
        return "\n".join(self.parts.values())


def read(data: bytes) -> Workbook:
    """The parts and sheets of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for part in parts.values():
        ElementTree.fromstring(part)
        # Excel takes none of Python's own words for a value, and calls such a file broken.
        assert not re.search('="(True|False|None|nan|inf)"', part)
    strings: list[str] = []
    if "xl/sharedStrings.xml" in parts:
        strings = [
            "".join(each.itertext())
            for each in ElementTree.fromstring(parts["xl/sharedStrings.xml"]).iter(f"{MAIN}si")
        ]
    sheets = {}
    listed = ElementTree.fromstring(parts["xl/workbook.xml"]).iter(f"{MAIN}sheet")
    for number, each in enumerate(listed, start=1):
        root = ElementTree.fromstring(parts[f"xl/worksheets/sheet{number}.xml"])
        rows = [[_value(cell, strings) for cell in row] for row in root.iter(f"{MAIN}row")]
        sheets[each.attrib["name"]] = Sheet(each.attrib["name"], root, rows)
    return Workbook(parts, sheets)


def _value(cell: ElementTree.Element, strings: list[str]) -> str | float | None:
    found = cell.find(f"{MAIN}v")
    if found is None or found.text is None:
        return None
    kind = cell.get("t", "n")
    assert kind in ("s", "n"), kind
    return strings[int(found.text)] if kind == "s" else float(found.text)
