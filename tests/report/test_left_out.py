"""What is left out of a change: all of it, by id, with true words, and the same in every output."""

import csv
import io
import re
from typing import Any

import pytest

from bt_assess.core.compared import Compared, changes, gone, of_session
from bt_assess.core.session import Answer
from bt_assess.report.compare_json import compared_data
from bt_assess.report.compare_text import compare_text
from bt_assess.report.exports import compared_csv
from bt_assess.report.html import html_of_compared
from bt_assess.report.markdown import markdown
from bt_assess.report.omitted import left_out
from bt_assess.report.paper_compared import paper_of_compared
from bt_assess.report.xlsx_compared import xlsx_of_compared
from bt_assess.tui.screens.comparing import before_after
from bt_assess.tui.screens.comparing.subject import subject_of
from tests.core import builders
from tests.core.test_shared_statements import (
    HIGHER,
    IN_USE,
    NAMES,
    NEWER,
    OLD,
    SILENT,
    ZEROS,
    alike,
    later,
    row,
    taken,
    with_new,
)
from tests.report.pages import MADE, Read
from tests.report.workbook import read

GONE = {"leadership.starting.9": Answer.FULLY, "people.starting.1": Answer.NOT}

ID = re.compile(r"[a-z]+\.(?:starting|developing|consolidating)\.\d+")
Pair = tuple[Compared, Compared]


def rounds(names: list[str]) -> Pair:
    """Of two versions; one statement of the theme is gone, and so is a whole theme."""
    return taken([row(OLD)] * 8, names, version="1.0", more=GONE), with_new(names=names)


def sessions() -> Pair:
    old = {**builders.answers(row(SILENT)), **builders.answers("n33 111 000", "learning"), **GONE}
    now = {**builders.answers(row(OLD, HIGHER)), **builders.answers("333 111 000", "learning")}
    first, second = (
        builders.session(
            given, id=f"adanorth{n}", rubric={"id": IN_USE.id, "version": f"1.{n}"}
        ).finish(builders.NOON.replace(month=4 + n))
        for n, given in enumerate((old, now))
    )
    return of_session(IN_USE, first), of_session(IN_USE, second)


PAIRS: dict[str, Pair] = {
    "sessions": sessions(), "with names": rounds(NAMES), "without names": rounds([]),
    "rated by one": (taken([row(SILENT, ZEROS)] * 8), later([row(OLD, ZEROS)] * 8)),
}  # fmt: skip


def why(pair: Pair) -> dict[str, tuple[str, ...]]:
    return {each.why: each.ids for each in left_out(IN_USE, changes(IN_USE, *pair), *pair)}


@pytest.mark.parametrize("kind", PAIRS)
def test_every_output_names_as_many(kind: str) -> None:
    pair = PAIRS[kind]
    every = sorted(i for ids in why(pair).values() for i in ids)
    assert every
    assert len(set(every)) == len(every)
    in_themes = sorted(i for change in changes(IN_USE, *pair) for i in change.left_out.ids)
    assert sorted([*in_themes, *gone(IN_USE, pair)]) == every

    text = compare_text(IN_USE, pair, 80)
    head, _, end = text.partition("Left out of the change")
    assert sorted(ID.findall(end)) == every
    said = " ".join(head.split())
    counted = [int(n) for n in re.findall(r"(\d+) (?:of \d+ )?statements? left out:", said)]
    counted += [int(n) for n in re.findall(r"\((\d+) statements? answered\)", said)]
    assert sum(counted) == len(every)

    assert sorted(json_ids(compared_data(IN_USE, pair, {}, {}))) == every

    rows = list(csv.DictReader(io.StringIO(compared_csv(IN_USE, pair), newline="")))
    assert sum(int(each["left_out"] or 0) for each in rows) == len(every)
    ids = " ".join(f"{each['one_version']} {each['not_rated']}" for each in rows)
    assert sorted(ids.split()) == every

    paper = markdown(paper_of_compared(IN_USE, pair, made=MADE)).replace("\\", "")
    _, _, end = paper.partition("## Statements that did not count")
    named = [i for i in ID.findall(end) if f"({i})" in end or i not in IN_USE.statements]
    assert sorted(set(named)) == every
    [short] = re.findall(r"Statements that are left out: (.*?)\. They are", paper)
    assert sum(int(part.split()[0]) for part in short.split("; ")) == len(every)

    page = Read(html_of_compared(IN_USE, pair, made=MADE)).text
    are = "statement is" if len(every) == 1 else "statements are"
    assert f"{len(every)} {are} left out of the change" in page

    sheet = read(xlsx_of_compared(IN_USE, pair, made=MADE)).sheets["Left out"]
    cells = [str(cell) for line in sheet.rows for cell in line if cell]
    assert sorted(cell for cell in cells if ID.fullmatch(cell)) == every

    subject = subject_of(IN_USE, list(pair))
    found = before_after.found_changes(subject)
    below = before_after.about(subject, found, None, 80).plain
    assert f"{len(every)} statement{'' if len(every) == 1 else 's'} left out" in below
    assert sum(len(texts) for _, texts in before_after.left_out(subject, found)) == len(every)


def json_ids(data: dict[str, Any]) -> list[str]:
    parts = [*data["gone"]]
    for each in data.get("changes") or data["themes"]:
        found = each.get("left_out_ids") or each["left_out"]
        if "left_out_ids" in each:
            assert each["left_out"] == sum(map(len, found.values()))
        parts += [*found["one_version"], *found["not_rated"]]
    return parts


@pytest.mark.parametrize("kind", ["sessions", "with names", "without names"])
def test_a_theme_that_is_gone_is_named(kind: str) -> None:
    pair = PAIRS[kind]
    assert compared_data(IN_USE, pair, {}, {})["gone"] == ["people.starting.1"]
    for words in (
        compare_text(IN_USE, pair, 400),
        markdown(paper_of_compared(IN_USE, pair, made=MADE)).replace("\\", ""),
    ):
        assert "theme that the version of the grid in use does not have" in words
        assert "people.starting.1" in words


def test_two_rounds_of_an_older_version_are_not_said_to_know_what_is_new() -> None:
    one = alike()
    other = taken([row(OLD)] * 8, version="1.0", id="autumn22")
    assert why((one, other)) == {"in one version of the grid only": tuple(NEWER)}


class TestNotRated:
    """`leadership.starting.2`, which these teams did not rate in one round or in either."""

    @pytest.mark.parametrize(
        ("first", "second", "said"),
        [
            ("3k3", "323", "rated by nobody in one of the two rounds"),
            ("3k3", "3k3", "rated by nobody in either round"),
            ("3n3", "3k3", "rated by nobody in either round"),
            ("3n3", "323", "said not to apply, at one of the two times or both"),
            ("3n3", "3n3", "said not to apply, at one of the two times or both"),
        ],
    )
    def test_it_is_said_of_how_many_rounds_and_why(
        self, first: str, second: str, said: str
    ) -> None:
        pair = (
            taken([row((first, "101", "000"), ZEROS)] * 8),
            later([row((second, "101", "000"), ZEROS)] * 8),
        )
        assert why(pair) == {said: ("leadership.starting.2",)}

    @pytest.mark.parametrize(
        ("sign", "said"),
        [("k", "not rated both times"), ("-", "not rated both times"),
         ("n", "said not to apply, at one of the two times or both")],
    )  # fmt: skip
    def test_of_a_person_too(self, sign: str, said: str) -> None:
        signs = (f"3{sign}3", "101", "000")
        pair = tuple(
            of_session(IN_USE, builders.session(builders.answers(row(each, ZEROS)), rubric={
                "id": IN_USE.id, "version": "1.1"}).finish(builders.NOON.replace(day=day)))
            for day, each in ((3, signs), (4, OLD))
        )  # fmt: skip
        assert why((pair[0], pair[1]))[said][0] == "leadership.starting.2"


def test_where_a_theme_does_not_apply_every_output_says_so() -> None:
    pair = (
        taken([row(OLD, ZEROS)] * 8, learning=["nnn nnn nnn"] * 8),
        later([row(OLD, ZEROS)] * 8, learning=["nnn nnn nnn"] * 8),
    )
    for words in (
        compare_text(IN_USE, pair, 80),
        markdown(paper_of_compared(IN_USE, pair, made=MADE)),
        Read(html_of_compared(IN_USE, pair, made=MADE)).text,
        str(read(xlsx_of_compared(IN_USE, pair, made=MADE)).text),
    ):
        assert "does not apply" in words
        assert not re.search("nobody.s answers|nobody has a place", words)


def test_where_the_statements_differ_every_output_says_so() -> None:
    """And none of them has a verdict, a place or an arrow in that theme."""
    pair = rounds([])
    text = compare_text(IN_USE, pair, 80)
    [first, *_] = [line for line in text.splitlines() if line.startswith("Short")]
    assert "statements changed" in first
    assert not {"o", "*"} & set(first[17:].split("statements")[0])
    page = Read(html_of_compared(IN_USE, pair, made=MADE)).text
    paper = markdown(paper_of_compared(IN_USE, pair, made=MADE))
    assert "| Leadership |  | – | – | statements changed |" in paper
    for words in (" ".join(text.split()), paper, page):
        assert "Leadership: the statements were changed between the two grids" in words
    book = read(xlsx_of_compared(IN_USE, pair, made=MADE))
    [line] = [r for r in book.sheets["Comparison"].rows if r and r[0] == "Leadership"]
    assert "statements changed" in line
    assert not [cell for cell in line[1:7] if isinstance(cell, float)]
    [told] = [c for c in compared_data(IN_USE, pair, {}, {})["changes"] if c["id"] == "leadership"]
    assert (told["why_not"], told["delta"], told["verdict"]) == ("other statements", None, None)
    assert (told["before"]["position"], told["after"]["position"]) == (None, None)
    # Eight people have a place each time, so none would be wrong.
    assert (told["before"]["n"], told["after"]["n"]) == (None, None)
    rows = csv.DictReader(io.StringIO(compared_csv(IN_USE, pair), newline=""))
    [of_last] = [r for r in rows if (r["id"], r["theme"]) == ("autumn22", "leadership")]
    assert (of_last["why_not"], of_last["change"]) == ("other statements", "")
