"""What every workbook stands on: text is text, numbers are numbers, and each sheet prints well."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from math import ceil
from typing import Any, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bt_assess.core.rubric import Stage
from bt_assess.report.drawing import COLOURS, safe, text_width
from bt_assess.report.words import date_words

A4 = 9
Cell: TypeAlias = str | float | date | bool | Stage | None
LONGEST = 32_000
"""Excel has room for 32,767 characters in a cell."""
LINE, HIGHEST = 15, 409
"""How high a line is, and how high a row may be, in points."""


class Kind(Enum):
    """What a column holds, and so how it is written."""

    TEXT = ""
    COUNT = "0"
    PLACE = "0.00"
    CHANGE = "+0.00;-0.00;0.00"
    SHARE = "0%"
    DAY = "d mmm yyyy"
    FIGURE = "General"
    """A figure in a unit of its own, shown as it is."""


@dataclass(frozen=True)
class Column:
    """`width` is in characters; a column of text that is long is wrapped."""

    title: str
    width: float
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Place:
    """Where a sheet's rows are, for charts: the first and the last, counted from 0."""

    sheet: Worksheet
    first: int
    last: int

    def column(self, at: int) -> list[str | int]:
        """The cells of a column, as charts name them."""
        return [self.sheet.get_name(), self.first, at, self.last, at]


class Book:
    """A workbook in the making; `finished` gives its bytes, the same for the same contents."""

    def __init__(self, title: str, made: date) -> None:
        self._file = io.BytesIO()
        self._title, self._made = safe(title), made
        self.workbook = Workbook(
            self._file,
            {
                "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )  # fmt: skip
        # Who made it, where and on what is nobody's business.
        moment = datetime.combine(made, time(), UTC).replace(tzinfo=None)
        self.workbook.set_properties(
            {"title": self._title, "comments": "Made with bt-assess.", "created": moment}
        )
        self._formats: dict[tuple[Any, ...], Format] = {}

    def sheet(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        *,
        above: Sequence[str] = (),
    ) -> Place:
        """A sheet with a heading that stays in sight and on every page; `above` goes over it."""
        sheet = self.workbook.add_worksheet(name)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
        for number, line in enumerate(above):
            look = {"bold": True, "font_size": 14} if number == 0 else {"font_color": ink("quiet")}
            sheet.write_string(number, 0, safe(line), self._format(**look))
        head = len(above) + bool(above)
        for at, column in enumerate(columns):
            sheet.write_string(head, at, safe(column.title), self._head(column.kind, at))
        sheet.set_row(head, LINE * max(_lines(column.title, column.width) for column in columns))
        for number, row in enumerate(rows, start=head + 1):
            for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self._write(sheet, number, at, column.kind, cell)
            sheet.set_row(number, _height(columns, row))
        last = max(head + 1, head + len(rows))
        sheet.freeze_panes(head + 1, 1)
        if rows:
            sheet.autofilter(head, 0, last, len(columns) - 1)
            # Answers such as '007' are meant as they stand: no green corners.
            sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        self._print(sheet, head)
        return Place(sheet, head + 1, last)

    def chart(self, kind: str, **more: str) -> Any:
        """A chart without a frame, to be filled and put somewhere."""
        chart = self.workbook.add_chart({"type": kind, **more})
        if chart is None:
            raise ValueError(f"no such chart: {kind}")
        chart.set_chartarea({"border": {"none": True}})
        return chart

    def finished(self) -> bytes:
        self.workbook.close()
        return self._file.getvalue()

    def _print(self, sheet: Worksheet, head: int) -> None:
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.hide_gridlines(2)
        # An ampersand begins a command in a footer, and two stand for one.
        title = self._title[:80].replace("&", "&&")
        sheet.set_footer(f"&L&8 {title}&R&8 &P / &N")

    def _write(self, sheet: Worksheet, row: int, at: int, kind: Kind, cell: Cell) -> None:
        match cell:
            case None:
                sheet.write_blank(row, at, None, self._format(bottom=4))
            case Stage():
                look = self._format(
                    bottom=4, bold=True, font_color=ink(cell.value), align="left",
                    indent=int(at > 0),
                )  # fmt: skip
                sheet.write_string(row, at, cell.value, look)
            case bool():
                sheet.write_string(
                    row,
                    at,
                    "yes" if cell else "no",
                    self._format(bottom=4, align="left", indent=int(at > 0)),
                )
            case str():
                wrapped = self._format(
                    bottom=4, text_wrap=True, num_format="@", align="left", indent=int(at > 0)
                )
                sheet.write_string(row, at, safe(cell, lines=True)[:LONGEST], wrapped)
            case date():
                day = datetime.combine(cell, time())
                sheet.write_datetime(
                    row,
                    at,
                    day,
                    self._format(bottom=4, num_format=kind.value, align="left", indent=1),
                )
            case _:
                sheet.write_number(row, at, cell, self._format(bottom=4, num_format=kind.value))

    def _head(self, kind: Kind, at: int) -> Format:
        left = kind in (Kind.TEXT, Kind.DAY)
        return self._format(
            bold=True, bottom=1, text_wrap=True, align="left" if left else "right",
            valign="bottom", bg_color="#F1F3F5", indent=int(left and at > 0),
        )  # fmt: skip

    def _format(self, **look: Any) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(
                {"valign": "top", "bottom_color": "#D5DADE", **look}
            )
        return self._formats[key]


def bars(
    book: Book, place: Place, *, title: str, spoken: str, names: int, places: int,
    stages: Sequence[Stage | None], spans: Sequence[tuple[float, float]], at: tuple[int, int],
) -> None:  # fmt: skip
    """Places (1..3) as bars, each in its stage's colour, with how far they are open."""
    chart = book.chart("bar")
    chart.add_series(
        {
            "name": title,
            "categories": place.column(names),
            "values": place.column(places),
            "gap": 60,
            "points": [{"fill": {"color": ink(s.value if s else "team")}} for s in stages],
            "y_error_bars": {
                "type": "custom",
                "minus_values": [round(low, 4) for low, _ in spans],
                "plus_values": [round(high, 4) for _, high in spans],
                "line": {"color": ink("ink")},
            },
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis(
        {"min": 1, "max": 3, "major_unit": 0.5, "num_format": "0.0",
         "name": "1 starting · 2 developing · 3 consolidating",
         "name_font": {"bold": False, "size": 9},
         "major_gridlines": {"visible": True, "line": {"color": ink("faint")}}}
    )  # fmt: skip
    chart.set_y_axis({"reverse": True, "crossing": "max", "line": {"color": ink("quiet")}})
    put_chart(place, chart, at, spoken, len(stages))


def stacked(
    book: Book,
    place: Place,
    *,
    title: str,
    spoken: str,
    names: int,
    first: int,
    at: tuple[int, int],
) -> None:
    """How many people are at each stage, in the columns from `first` on."""
    chart = book.chart("bar", subtype="stacked")
    for number, stage in enumerate(Stage):
        chart.add_series(
            {
                "name": stage.value,
                "categories": place.column(names),
                "values": place.column(first + number),
                "gap": 60,
                "fill": {"color": ink(stage.value)},
                "data_labels": {"value": True, "num_format": "0;;", "font": {"color": "#FFFFFF"}},
            }
        )
    chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis({"num_format": "0", "major_gridlines": {"visible": False}, "min": 0})
    chart.set_y_axis({"reverse": True, "crossing": "max", "line": {"color": ink("quiet")}})
    put_chart(place, chart, at, spoken, place.last - place.first + 1)


def put_chart(place: Place, chart: Any, at: tuple[int, int], spoken: str, rows: int) -> None:
    """On its sheet, with words for whoever does not see it."""
    chart.set_size({"width": 560, "height": 130 + 34 * max(3, rows)})
    place.sheet.insert_chart(*at, chart, {"description": safe(spoken), "object_position": 3})


def _height(columns: Sequence[Column], row: Sequence[Cell]) -> float:
    """How high a row has to be for its longest text; not every program works it out by itself."""
    lines = (
        sum(_lines(line, column.width) for line in cell.split("\n"))
        for column, cell in zip(columns, row, strict=True)
        if isinstance(cell, str)
    )
    return min(HIGHEST, LINE * max(lines, default=1))


def _lines(text: str, width: float) -> int:
    return max(1, ceil(text_width(text, 1.6) / (width - 1)))


def made_words(made: date) -> str:
    return f"Made on {date_words(made)} with bt-assess"


def ink(name: str) -> str:
    """A colour by its name, as workbooks write it."""
    return COLOURS[name][0].upper()
