"""Pictures are drawn to scale, are whole SVG by themselves, and say in words what they show."""

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from bt_assess.core.rubric import Stage
from bt_assess.report import drawing
from bt_assess.report.pictures import (
    PHONE,
    WIDE,
    Row,
    counts,
    dot_plot,
    heat_grid,
    percent,
    theme_tracks,
)
from bt_assess.report.pictures_beside import height_of_many, many_beside, two_beside
from bt_assess.report.pictures_of_change import Course, Moment, before_and_after, trend
from tests.report.pages import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])
S, D, C = Stage


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def circles(text: str) -> list[tuple[float, float]]:
    return [
        (float(c.attrib["cx"]), float(c.attrib["cy"])) for c in parsed(text).iter(f"{SVG}circle")
    ]


def description(text: str) -> str:
    return parsed(text).findtext(f"{SVG}desc") or ""


def row(position: float | None = None, **more: object) -> Row:
    return Row(name="Learning", words="developing", position=position, **more)  # type: ignore[arg-type]


def everything(text: str, width: float) -> list[str]:
    """Each kind of picture, with `text` wherever it has words."""
    rows = [
        Row(name=text, words=text, stage=D, position=2.0, low=1.8, high=2.2, before=1.2,
            positions=(1.0, 2.0, 2.0, 3.0)),
        Row(name=text, words=text),
    ]  # fmt: skip
    shares = {S: 0.0, D: None, C: 1.0}
    moments = [
        Moment(when=date(2025, 1, 1), words=text, position=1.4),
        Moment(when=date(2026, 1, 1), words=text),
    ]
    how = {"name": "one", "title": text, "width": width}
    return [
        two_beside(rows, **how),  # type: ignore[arg-type]
        many_beside([(text, rows), (text, rows)], **how),  # type: ignore[arg-type]
        theme_tracks(rows, **how),  # type: ignore[arg-type]
        theme_tracks(rows, team=True, **how),  # type: ignore[arg-type]
        dot_plot(rows, **how),  # type: ignore[arg-type]
        before_and_after(rows, **how),  # type: ignore[arg-type]
        heat_grid([(text, shares)], **how),  # type: ignore[arg-type]
        counts([(text, (0, 1, 2, 3))], [text] * 4, **how),  # type: ignore[arg-type]
        trend([Course(text, moments, 2.5)], **how),  # type: ignore[arg-type]
    ]


@WIDTHS
@pytest.mark.parametrize("text", [*HOSTILE, "Learning"], ids=range(len(HOSTILE) + 1))
def test_any_picture_is_whole_and_harmless(text: str, width: float) -> None:
    for each in everything(text, width):
        found = parsed(each)
        tags = {element.tag.removeprefix(SVG) for element in found.iter()}
        assert tags <= {"svg", "title", "desc", "text", "rect", "line", "circle", "polygon"}
        assert found.findtext(f"{SVG}title")
        assert found.findtext(f"{SVG}desc")
        assert not [a for e in found.iter() for a in e.attrib if "href" in a or a.startswith("on")]
        assert not re.search(r'="(-?\d*\.\d{3,}|nan|-?inf)"', each)


@WIDTHS
def test_nothing_is_drawn_beyond_the_edges(width: float) -> None:
    for each in everything("W" * 80, width):
        found = parsed(each)
        height = float(found.attrib["height"])
        assert float(found.attrib["width"]) == width
        for box in found.iter(f"{SVG}rect"):
            x, y, wide, high = (float(box.attrib[k]) for k in ("x", "y", "width", "height"))
            assert x >= 0
            assert x + wide <= width + 0.2
            assert y >= 0
            assert y + high <= height + 0.2
        for x, y in circles(each):
            assert 0 < x < width
            assert 0 < y < height


@WIDTHS
def test_every_colour_is_on_paper_and_in_the_dark(width: float) -> None:
    paper = {light for light, _ in drawing.COLOURS.values()}
    rules = drawing.dark_rules()
    for each in everything("Learning", width):
        assert set(re.findall(r'(?:fill|stroke)="(.*?)"', each)) <= paper
        for classes in re.findall(r'class="(.*?)"', each):
            for name in classes.split():
                assert f".{name}{{" in rules


class TestToScale:
    @WIDTHS
    def test_a_track(self, width: float) -> None:
        rows = [row(position) for position in (1.0, 2.0, 3.0)]
        (first, _), (middle, _), (last, _) = circles(
            theme_tracks(rows, name="a", title="t", width=width)
        )
        assert middle == pytest.approx((first + last) / 2, abs=0.1)
        assert last - first > width / 2

    def test_an_interval_lies_around_its_place(self) -> None:
        text = theme_tracks([row(2.0, low=1.8, high=2.6)], name="a", title="t")
        lines = [e for e in parsed(text).iter(f"{SVG}line") if e.get("stroke-width") == "2.5"]
        place = circles(text)[0][0]
        left, right = float(lines[0].attrib["x1"]), float(lines[0].attrib["x2"])
        assert (place - left) * 3 == pytest.approx(right - place, abs=0.5)

    def test_before_is_open_and_after_is_full(self) -> None:
        text = before_and_after([row(2.5, before=1.5, stage=D)], name="a", title="t")
        hollow, full = parsed(text).iter(f"{SVG}circle")
        assert float(hollow.attrib["cx"]) < float(full.attrib["cx"])
        assert "f-paper" in hollow.attrib["class"]
        assert "f-developing" in full.attrib["class"]
        assert description(text) == "Learning: from 1.5 to 2.5, developing."

    def test_between_two_different_ones_there_is_no_way(self) -> None:
        how: dict[str, Any] = {"name": "a", "title": "t"}
        rows = [row(2.5, before=1.5), row(1.5, before=1.5), row(None, before=2.0)]
        beside = parsed(two_beside(rows, **how))
        # Lines stand upright, where stages meet, but for the dots of a theme without a place.
        level = [e for e in beside.iter(f"{SVG}line") if e.attrib["y1"] == e.attrib["y2"]]
        assert all("stroke-dasharray" in e.attrib for e in level)
        assert list(beside.iter(f"{SVG}polygon")) == []
        (x1, _), (x2, _), (x3, _), (x4, _) = circles(two_beside(rows, **how))
        assert x1 < x2
        assert x3 == x4 == x1
        assert description(two_beside(rows[:1], **how)) == "Learning: 1.5 and 2.5, developing."

    def test_many_beside_each_other_have_a_row_each(self) -> None:
        themes = [("Learning", [row(1.0), row(None), row(3.0)]), ("Leadership", [row(2.0)] * 3)]
        found = circles(many_beside(themes, name="a", title="t"))
        assert len(found) == 5
        assert len({y for _, y in found}) == 5
        assert found[2][0] == pytest.approx((found[0][0] + found[1][0]) / 2, abs=0.1)
        high = float(parsed(many_beside(themes, name="a", title="t")).attrib["height"])
        assert high == height_of_many(2, 3)

    def test_a_person_is_a_dot(self) -> None:
        text = dot_plot([row(2.0, positions=(1.0, 1.0, 1.0, 2.0, 3.0))], name="a", title="t")
        found = circles(text)
        assert len(found) == 5
        assert len({x for x, _ in found}) == 3
        assert len(set(found)) == 5

    def test_many_people_are_bars(self) -> None:
        text = dot_plot([row(2.0, positions=[2.0] * 300)], name="a", title="t")
        assert circles(text) == []
        assert "300 places" in description(text)
        assert len(text) < 5000

    def test_two_camps_have_dots_and_no_middle(self) -> None:
        text = dot_plot([row(None, positions=(1.0, 3.0))], name="a", title="t")
        assert len(circles(text)) == 2
        assert "<polygon" not in text

    def test_a_trend_has_real_dates_and_a_fixed_scale(self) -> None:
        moments = [
            Moment(when=when, words="developing", position=position)
            for when, position in (
                (date(2024, 1, 1), 1.0), (date(2024, 3, 31), 2.0), (date(2026, 1, 1), 3.0),
            )
        ]  # fmt: skip
        (a, low), (b, middle), (c, high) = circles(
            trend([Course("Learning", moments)], name="a", title="t")
        )
        assert (b - a) / (c - a) == pytest.approx(90 / 731, abs=0.01)
        assert low - middle == pytest.approx(middle - high, abs=0.2)

    def test_a_time_without_a_place_is_a_gap(self) -> None:
        def lines(*positions: float | None) -> int:
            moments = [
                Moment(when=date(2020 + number, 1, 1), words="mixed picture", position=position)
                for number, position in enumerate(positions)
            ]
            text = trend([Course("Learning", moments)], name="a", title="t")
            return len([e for e in parsed(text).iter(f"{SVG}line") if e.get("stroke-width") == "2"])

        assert lines(1.0, 2.0, 3.0) == 2
        assert lines(1.0, None, 3.0) == 0

    def test_the_line_shows_between_many_dots(self) -> None:
        def sizes(count: int) -> set[float]:
            moments = [
                Moment(when=date(2020 + n, 1, 1), words="", position=1.0 + n % 2)
                for n in range(count)
            ]
            text = trend([Course("Learning", moments)], name="a", title="t")
            return {float(c.attrib["r"]) for c in parsed(text).iter(f"{SVG}circle")}

        few, many = sizes(4), sizes(30)
        assert max(many) * 2 < min(few) * 1.5


def test_how_true_a_stage_is_in_figures() -> None:
    text = heat_grid([("One", {S: 2 / 3, D: None, C: 0.0})], name="a", title="t")
    words = [element.text for element in parsed(text).iter(f"{SVG}text")]
    assert words[-3:] == ["67\u00a0%", "–", "0\u00a0%"]
    assert (
        description(text)
        == "One: starting 67\u00a0%, developing not rated, consolidating 0\u00a0%."
    )
    assert percent(0.125) == "12\u00a0%"
