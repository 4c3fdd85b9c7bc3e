"""Workbooks: numbers are numbers, text is text, nothing is a formula or a link."""

import re
from collections.abc import Callable

import pytest

from bt_assess.core import compared as core
from bt_assess.core.compared import Compared, Gap
from bt_assess.core.comparison import compare
from bt_assess.core.moved import strand_moves
from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import score
from bt_assess.report.xlsx import xlsx_of_round, xlsx_of_session
from bt_assess.report.xlsx_compared import xlsx_of_compared
from tests.report.pages import (
    HOSTILE,
    MADE,
    hostile_items,
    of_another,
    of_the_example,
    round_of,
    rubric,
)
from tests.report.workbook import MAIN, Workbook, read

BEFORE, AFTER = "2025-11-12-areamanager2025", "2026-11-12-areamanager2026"
BETWEEN = "2026-05-19-areamanagermay2026"


def of_session() -> Workbook:
    return read(xlsx_of_session(rubric(), of_the_example(), made=MADE))


def of_round(count: int) -> Workbook:
    return read(xlsx_of_round(rubric(), *round_of(count), made=MADE))


def sessions(*names: str) -> list[Compared]:
    return [core.of_session(rubric(), of_the_example(name)) for name in names]


def compared(*items: Compared, **targets: float) -> Workbook:
    return read(xlsx_of_compared(rubric(), items, made=MADE, targets=targets))


def of_comparison() -> Workbook:
    return compared(*sessions(BEFORE, AFTER))


def over_time() -> Workbook:
    return compared(*sessions(AFTER, BEFORE, BETWEEN), learning=3.0)


def two_people() -> Workbook:
    return compared(*sessions(AFTER), of_another(), learning=3.0)


def several() -> Workbook:
    """One person three times, and another once."""
    return compared(*sessions(AFTER, BEFORE, BETWEEN), of_another(), learning=3.0)


def of_rounds() -> Workbook:
    return compared(*(of_round_compared(count) for count in (9, 10)))


def of_round_compared(count: int) -> Compared:
    round_, shown = round_of(count)
    ids = {"id": f"roundof{count:02}"}
    return core.of_round(rubric(), round_.model_copy(update=ids), shown)


ALL: dict[str, Callable[[], Workbook]] = {
    "session": of_session, "round": lambda: of_round(9), "comparison": of_comparison,
    "trend": over_time, "rounds": of_rounds, "two people": two_people, "several": several,
}  # fmt: skip


def table(book: Workbook, name: str, first: str) -> list[dict[str, str | float | None]]:
    """A sheet's rows under the heading whose first cell is `first`."""
    rows = book.sheets[name].rows
    head = next(at for at, row in enumerate(rows) if row and row[0] == first)
    titles = [str(title) for title in rows[head]]
    return [dict(zip(titles, row, strict=True)) for row in rows[head + 1 :]]


@pytest.mark.parametrize(
    ("kind", "sheets"),
    [
        ("session", ["Profile", "Statements", "Notes"]),
        ("round", ["Profile", "Statements", "Comments", "Agreements", "Actions"]),
        ("comparison", ["Comparison", "Statements", "Notes", "Strands", "Left out"]),
        ("trend", ["Comparison", "Over time", "Statements", "Notes", "Strands", "Left out"]),
        ("two people", ["Side by side"]),
        (
            "several",
            [
                "Comparison",
                "Side by side",
                "Over time",
                "Statements",
                "Notes",
                "Strands",
                "Left out",
            ],
        ),
        ("rounds", ["Comparison", "Statements", "Notes", "Strands", "Promises"]),
    ],
)
def test_the_sheets(kind: str, sheets: list[str]) -> None:
    assert list(ALL[kind]().sheets) == sheets


@pytest.mark.parametrize("kind", list(ALL))
def test_nothing_is_a_formula_or_leads_anywhere(kind: str) -> None:
    book = ALL[kind]()
    assert book.elements("c")
    assert book.elements("f") == []
    assert book.elements("hyperlink") == []
    assert "External" not in book.text
    assert not any("macro" in name.lower() or name.endswith(".bin") for name in book.parts)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_names_are_text_in_headings_and_charts_too(text: str) -> None:
    grid, items = hostile_items(text)
    several = xlsx_of_compared(grid, items, made=MADE, name=text[:80], targets={"learning": 2.0})
    two = xlsx_of_compared(grid, items[-2:], made=MADE)
    for book in map(read, (several, two)):
        assert book.elements("f") == []
        assert book.elements("hyperlink") == []
        assert "External" not in book.text
        # A chart takes its names from cells, where they are text, and holds no formula of theirs.
        charts = [part for name, part in book.parts.items() if "charts/chart" in name]
        for formula in re.findall(r"<c:f>(.*?)</c:f>", "".join(charts)):
            assert re.fullmatch(
                r"'?(Comparison|Side by side|Over time)'?!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", formula
            )


@pytest.mark.parametrize("kind", list(ALL))
def test_each_sheet_prints_and_scrolls_well(kind: str) -> None:
    book = ALL[kind]()
    for sheet in book.sheets.values():
        pane = next(sheet.root.iter(f"{MAIN}pane"))
        assert pane.get("state") == "frozen"
        setup = next(sheet.root.iter(f"{MAIN}pageSetup"))
        assert (setup.get("paperSize"), setup.get("fitToHeight")) == ("9", "0")
        titles = book.parts["xl/workbook.xml"].replace("'", "")
        assert f"{sheet.name}!$" in titles, "its heading is on every page"
        assert all(float(c.attrib["width"]) > 5 for c in sheet.root.iter(f"{MAIN}col"))


def test_the_same_report_is_the_same_file() -> None:
    first, again = (xlsx_of_session(rubric(), of_the_example(), made=MADE) for _ in range(2))
    assert first == again


def test_it_says_nothing_of_who_made_it_where() -> None:
    core = of_session().parts["docProps/core.xml"]
    assert re.search(r"<dc:creator>(.*?)</dc:creator>", core).group(1) == ""  # type: ignore[union-attr]
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert "2026-11-21T00:00:00Z" in core


class TestSession:
    def test_figures_are_those_of_the_score(self) -> None:
        profile = score(rubric(), of_the_example().answers)
        rows = table(of_session(), "Profile", "Theme")
        assert len(rows) == len(rubric().themes)
        for row, theme in zip(rows, rubric().themes, strict=True):
            found = profile.theme(theme.id)
            if found.stage is None:
                assert row["Place, 1 to 3"] is None
            else:
                assert row["Stage"] == found.stage.value
                assert row["Place, 1 to 3"] == pytest.approx(found.position)
                assert row["To"] == pytest.approx(found.high)
            assert row["Rated"] == found.rated

    def test_every_statement_with_its_answer(self) -> None:
        session = of_the_example()
        rows = table(of_session(), "Statements", "Theme")
        assert [row["Id"] for row in rows] == [s.id for s in rubric().asked]
        for row in rows:
            answer = session.answers[str(row["Id"])]
            assert row["Answer"] == answer.label
            assert row["Rating, 0 to 1"] == (
                None if answer.rating is None else pytest.approx(answer.rating)
            )

    def test_every_note(self) -> None:
        rows = table(of_session(), "Notes", "Theme")
        assert sorted(str(row["Note"]) for row in rows) == sorted(of_the_example().notes.values())

    def test_a_bar_for_each_theme_in_its_stages_colour(self) -> None:
        chart = of_session().parts["xl/charts/chart1.xml"]
        profile = score(rubric(), of_the_example().answers)
        bars = re.findall(r"<c:dPt><c:idx val=\"(\d)\".*?srgbClr val=\"(\w+)\"", chart)
        colours = {Stage.STARTING: "0072B2", Stage.DEVELOPING: "B36B00"}
        assert len(bars) == len(rubric().themes)
        for at, colour in bars:
            stage = profile.themes[int(at)].stage
            assert colour == (colours[stage] if stage else "3D4C63")
        drawing = of_session().parts["xl/drawings/drawing1.xml"]
        assert "Leadership: 2.2" in drawing, "words for who cannot see the chart"


class TestRound:
    def test_only_what_may_be_shown(self) -> None:
        few = of_round(4)
        assert all(row["Middle, 1 to 3"] is None for row in table(few, "Profile", "Theme"))
        assert "too few people" in few.text
        assert not any("chart" in name for name in few.parts)
        for row in table(few, "Statements", "Theme"):
            assert [row[answer] for answer in ("not", "fully", "unknown")] == [None] * 3
        some = of_round(6)
        rows = table(some, "Profile", "Theme")
        assert any(row["Middle, 1 to 3"] is not None for row in rows)
        assert all(row["From"] is None for row in rows), "single places need eight"

    def test_two_camps_have_no_middle(self) -> None:
        leadership = table(of_round(9), "Profile", "Theme")[0]
        assert leadership["Stage"] == "two camps"
        assert leadership["Middle, 1 to 3"] is None
        assert (leadership["starting"], leadership["consolidating"]) == (5, 4)

    def test_agreements_and_actions(self) -> None:
        book = of_round(9)
        agreed = table(book, "Agreements", "Theme")
        assert [row["We agreed"] for row in agreed] == ["no agreement", "developing"]
        actions = table(book, "Actions", "What")
        assert [row["Promised"] for row in actions] == ["this time", "this time", "last time"]
        # Days are numbers, counted as spreadsheets do: 31 January 2027.
        assert actions[0]["By when"] == 46418.0
        assert table(book, "Comments", "Theme")


class TestComparison:
    def test_changes_are_numbers_and_mixed_ones_are_none(self) -> None:
        both = (of_the_example(name) for name in (BEFORE, AFTER))
        found = compare(rubric(), *both)
        for row, change in zip(
            table(of_comparison(), "Comparison", "Theme"), found.themes, strict=True
        ):
            if change.is_mixed:
                assert row["Change"] is None
                assert "mixed" in str(row["In words"])
            else:
                assert row["Change"] == pytest.approx(change.delta)
                assert row["In words"] == change.verdict
        assert any(change.is_mixed for change in found.themes)

    def test_strands_that_moved(self) -> None:
        rows = table(of_comparison(), "Strands", "Theme")
        moves = strand_moves(rubric(), *sessions(BEFORE, AFTER))
        assert [row["Strand"] for row in rows] == [
            rubric().theme(move.theme_id).strand(move.strand_id).name for move in moves
        ]
        for stage in Stage:
            share = moves[0].after[stage]
            assert rows[0][f"After: {stage.value}"] == (
                None if share is None else pytest.approx(share)
            )

    def test_it_warns_of_false_alarms(self) -> None:
        assert "Six themes are six chances of a false alarm" in of_comparison().text

    def test_a_trend_is_in_order_of_time_with_gaps(self) -> None:
        book = over_time()
        rows = table(book, "Over time", "When")
        assert [row["When"] for row in rows] == sorted(float(str(row["When"])) for row in rows)
        items = sessions(BEFORE, BETWEEN, AFTER)
        assert len(rows) == 3
        gaps = 0
        for row, item in zip(rows, items, strict=True):
            for theme in rubric().themes:
                place = item.standing(theme.id).position
                gaps += place is None
                assert row[theme.name] == (None if place is None else pytest.approx(place))
        assert gaps, "a mixed picture is a gap"
        line = next(part for part in book.parts.values() if "<c:lineChart>" in part)
        assert "dispBlanksAs" not in line, "blanks are gaps unless told otherwise"
        assert line.count("<c:ser>") == len(rubric().themes)

    def test_how_much_of_the_way_is_done(self) -> None:
        items = sessions(BEFORE, AFTER)
        first, last = (item.standing("learning").position for item in items)
        rows = {row["Theme"]: row for row in table(over_time(), "Comparison", "Theme")}
        assert rows["Learning"]["Aim"] == 3.0
        assert first is not None
        assert last is not None
        assert rows["Learning"]["Way done"] == pytest.approx((last - first) / (3.0 - first))
        assert rows["Leadership"]["Way done"] is None
        book = compared(*sessions(AFTER, BEFORE, BETWEEN), priorities=2.0)
        [row] = [row for row in table(book, "Comparison", "Theme") if row["Theme"] == "Priorities"]
        assert (row["Aim"], row["Way done"]) == (2.0, None)
        assert row["Way in words"] == "no way to measure: mixed picture now"

    def test_what_was_left_out_is_named(self) -> None:
        rows = table(of_comparison(), "Left out", "Theme")
        both = [of_the_example(name).answers for name in (BEFORE, AFTER)]
        missing = [
            s.id
            for s in rubric().asked
            if not all((a := answers.get(s.id)) and a.rating is not None for answers in both)
        ]
        assert missing
        assert sorted(str(row["Id"]) for row in rows) == sorted(missing)
        never = "said not to apply, at one of the two times or both"
        assert {row["Why"] for row in rows} == {"not rated both times", never}
        for row in rows:
            said = [str(answers.get(str(row["Id"]))) for answers in both]
            assert (row["Why"] == never) == ("not-applicable" in said)
        assert all(row["Statement"] == rubric().statements[str(row["Id"])].text for row in rows)

    def test_who_changed_and_who_only_stands_there(self) -> None:
        book = several()
        assert {row["Who"] for row in table(book, "Comparison", "Theme")} == {
            "Area manager · Northfield Homes"
        }
        names = [name for name in table(book, "Side by side", "Theme")[0] if name]
        assert any(name.startswith("Place: ") for name in names)
        assert sum(name.startswith("Place: ") for name in names) == 2
        # One line through different people would show a way that nobody went.
        assert not any("<c:lineChart>" in part for part in book.parts.values())
        assert any("<c:lineChart>" in part for part in over_time().parts.values())

    def test_of_five_people_no_error_is_told(self) -> None:
        few = compared(of_round_compared(5), of_round_compared(9))
        rows = table(few, "Comparison", "Theme")
        assert any(row["Change"] is not None for row in rows)
        assert all(row["Standard error"] is None for row in rows)
        many = table(of_rounds(), "Comparison", "Theme")
        assert any(row["Standard error"] is not None for row in many)

    def test_a_person_beside_a_team_has_not_changed(self) -> None:
        book = compared(*sessions(AFTER), of_round_compared(9))
        assert list(book.sheets) == ["Side by side"]
        rows = table(book, "Side by side", "Theme")
        assert "Change" not in rows[0]
        team, person = of_round_compared(9), sessions(AFTER)[0]
        assert rows[0][team.team] == Gap.TWO_CAMPS
        assert rows[0]["Apart by"] is None
        for row, theme in zip(rows[1:], rubric().themes[1:], strict=True):
            one, other = (each.standing(theme.id).position for each in (team, person))
            if one is None or other is None:
                assert row["Apart by"] is None
            else:
                assert row["Apart by"] == pytest.approx(abs(one - other))
