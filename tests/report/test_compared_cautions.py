"""What whoever reads a comparison has to know before its first verdict, and what would be too much said."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from bt_assess.core.compared import Compared, Kind, of_session
from bt_assess.core.courses import laid
from bt_assess.core.saved_comparison import Ref
from bt_assess.report.change_words import alarm_words, nameless_words
from bt_assess.report.compare_json import compared_data
from bt_assess.report.compare_text import compare_text
from bt_assess.report.making import OfComparison, made
from bt_assess.report.xlsx_compared import xlsx_of_compared
from tests.core import builders
from tests.core.rounds import compared
from tests.report.pages import MADE, Read
from tests.report.workbook import read

ROW = "111 111 111"
GRID = builders.rubric(builders.theme_data(ROW), builders.theme_data(ROW, theme_id="learning"))
ONE, TWO, MIXED = "333 000 000", "000 333 000", "333 000 333"
NO_NAME = (
    "No name was given for some of these, so they are taken for one person's times. If they are of"
    " different people, nothing here is a change."
)
NO_TEAM = (
    "No team was named for some of these rounds, so they are taken for one team's. If they are of"
    " different teams, nothing here is a change."
)


def taken(row: str, day: int, who: str = "") -> Compared:
    given = {**builders.answers(row), **builders.answers(row, "learning")}
    when = builders.NOON + timedelta(days=day)
    session = builders.session(
        given, id=f"session{day + 2}", respondent=who, started=when, finished=when
    )
    return of_session(GRID, session)


def rounds(team: str = "", size: int = 9) -> list[Compared]:
    return [
        compared([row] * size, rubric=GRID, id=f"round222{n}", team=team, created=date(2026, 3, n))
        for n, row in enumerate((ONE, TWO), start=2)
    ]


def people(who: str = "") -> list[Compared]:
    return [taken(ONE, 0, who), taken(TWO, 1, who)]


def words(kind: str, items: Sequence[Compared], **more: Any) -> str:
    found = made(kind, GRID, OfComparison(tuple(items), **more), MADE)
    if isinstance(found, bytes):
        # As people see them: cells by row, from the top.
        sheets = read(found).sheets.values()
        found = " ".join(
            str(cell) for sheet in sheets for row in sheet.rows for cell in row if cell
        )
    return " ".join((Read(found).text if kind == "html" else found).split())


class TestWithoutAName:
    @pytest.mark.parametrize(
        ("items", "caution", "heading"),
        [
            (people(), NO_NAME, "Further along, if these are of one person"),
            (rounds(), NO_TEAM, "Further along, if these are of one team"),
        ],
        ids=["sessions", "rounds"],
    )
    def test_the_caution_is_before_the_first_verdict(
        self, items: list[Compared], caution: str, heading: str
    ) -> None:
        text = " ".join(compare_text(GRID, items, 80).split())
        assert text.startswith(caution)
        for kind in ("md", "html", "xlsx"):
            found = words(kind, items)
            assert found.count(caution) == 1, kind
            before, _, after = found.partition(caution)
            for said in ("Further along", "clear change", "+1.0"):
                assert said not in before, (kind, said)
            assert "clear change" in after, kind
        for kind in ("md", "html"):
            assert heading in words(kind, items)
            assert "Strengths gained" not in words(kind, items)
        assert json.loads(words("json", items))["caution"] == caution
        told = list(
            csv.DictReader(io.StringIO(str(made("csv", GRID, OfComparison(tuple(items)), MADE))))
        )
        assert {row["caution"] for row in told if row["change"]} == {caution}

    @pytest.mark.parametrize("items", [people("Ada"), rounds("North")], ids=["sessions", "rounds"])
    def test_with_one_there_is_none(self, items: list[Compared]) -> None:
        assert "is taken for" not in compare_text(GRID, items, 80)
        assert "are taken for" not in words("md", items)
        assert "Strengths gained" in words("md", items)
        assert "Strengths gained" in words("html", items)
        assert compared_data(GRID, items, {}, {})["caution"] is None

    def test_of_several_it_is_said_of_those_without(self) -> None:
        items = [*people(), *rounds(), taken(ONE, 5, "Ada"), taken(TWO, 6, "Ada")]
        assert nameless_words(laid(items)) == f"{NO_NAME} {NO_TEAM}"
        found = words("md", items)
        assert "Strengths gained" in found
        assert "if these are of one person" in found
        assert nameless_words(laid([taken(ONE, 0), *rounds("North")])) == ""


class TestMissing:
    """What a kept comparison is of, and is not here any more."""

    GONE = (Ref(kind=Kind.SESSION, id="gone2222"),)
    SAID = (
        "Of three that were kept together here, one is missing: it is not to be found any more, or not"
        " finished. Changes, and the way to an aim, go to the last that is here."
    )

    def test_a_report_says_so(self) -> None:
        for kind in ("md", "html", "xlsx"):
            assert self.SAID in words(kind, people("Ada"), missing=self.GONE), kind
            assert "kept together" not in words(kind, people("Ada")), kind

    @pytest.mark.parametrize("more", [[], [taken(ONE, 9, "Ada")]], ids=["two", "three"])
    def test_so_does_json(self, more: list[Compared]) -> None:
        items = [*people("Ada"), *more]
        found = json.loads(words("json", items, missing=self.GONE))
        assert found["missing"] == [{"kind": "session", "id": "gone2222"}]
        assert json.loads(words("json", items))["missing"] == []

    @pytest.mark.parametrize("who", [("Ada", "Ada"), ("Ada", "Bo")], ids=["one", "two people"])
    def test_so_does_every_row_of_a_csv(self, who: tuple[str, str]) -> None:
        items = (taken(ONE, 0, who[0]), taken(TWO, 1, who[1]))
        for missing, said in ((self.GONE, self.SAID), ((), "")):
            text = made("csv", GRID, OfComparison(items, missing=missing), MADE)
            assert isinstance(text, str)
            found = list(csv.DictReader(io.StringIO(text, newline="")))
            assert [row["missing"] for row in found] == [said] * 4

    def test_two_are_two(self) -> None:
        two = (*self.GONE, Ref(kind=Kind.ROUND, id="gone2223"))
        assert "two are missing: they are not to be found" in words(
            "md", people("Ada"), missing=two
        )


class TestNothingToBeAlarmedBy:
    """Without a verdict there is no false alarm."""

    @pytest.mark.parametrize(
        "items",
        [
            [taken(MIXED, 0, "Ada"), taken(ONE, 1, "Ada")],
            rounds("North", size=5),
            rounds("North", size=2),
        ],
        ids=["mixed", "too few to tell", "nothing shown"],
    )
    def test_it_is_not_said(self, items: list[Compared]) -> None:
        assert "chances of a false alarm" not in " ".join(compare_text(GRID, items, 80).split())
        for kind in ("md", "html", "xlsx"):
            assert "chances of a false alarm" not in words(kind, items), kind

    def test_else_it_is(self) -> None:
        assert "chances of a false alarm" in compare_text(GRID, people("Ada"), 100)
        for kind in ("md", "html", "xlsx"):
            assert "Two themes are two chances of a false alarm" in words(kind, people("Ada")), kind
        assert alarm_words(6, []) == ""


def test_a_workbook_says_a_figure_once() -> None:
    """It stands in a cell of its own beside the words."""
    for items, said in (
        (rounds("North", size=5), "too few to tell"),
        (people("Ada"), "clear change"),
        ([taken(ONE, 0, "Ada"), taken(MIXED, 1, "Ada")], "mixed now"),
    ):
        [sheet] = [
            each
            for name, each in read(xlsx_of_compared(GRID, items, made=MADE)).sheets.items()
            if name == "Comparison"
        ]
        head = next(row for row in sheet.rows if "In words" in row)
        at = head.index("In words")
        told = [row[at] for row in sheet.rows[sheet.rows.index(head) + 1 :] if len(row) > at]
        assert told[0] == said
