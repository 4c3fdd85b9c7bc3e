"""PDF: whole, accessible, the same for the same report, and clear about what it needs."""

import builtins
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from bt_assess.core import compared as core
from bt_assess.report.paper import Heading, Paper, Picture, Points, Table, Words, Written
from bt_assess.report.paper_compared import paper_of_compared
from bt_assess.report.paper_round import paper_of_round
from bt_assess.report.paper_session import paper_of_session
from bt_assess.report.pdf import NoTypst, pdf
from tests.report.pages import (
    HOSTILE,
    MADE,
    hostile_items,
    of_another,
    of_the_example,
    over_time,
    round_of,
    rubric,
)

pytest.importorskip("typst")


def of_session() -> Paper:
    return paper_of_session(rubric(), of_the_example(), made=MADE)


def of_compared(*names: str) -> Paper:
    items = [core.of_session(rubric(), of_the_example(name)) for name in names]
    return paper_of_compared(rubric(), items, made=MADE, targets={"learning": 3.0})


def beside() -> Paper:
    items = [
        core.of_session(rubric(), of_the_example()),
        core.of_round(rubric(), *round_of(9)),
    ]
    return paper_of_compared(rubric(), items, made=MADE)


BEFORE, BETWEEN, AFTER = (
    "2025-11-12-areamanager2025", "2026-05-19-areamanagermay2026", "2026-11-12-areamanager2026",
)  # fmt: skip
ALL: dict[str, Callable[[], Paper]] = {
    "session": of_session,
    "round": lambda: paper_of_round(rubric(), *round_of(9), made=MADE),
    "few": lambda: paper_of_round(rubric(), *round_of(4), made=MADE),
    "comparison": lambda: of_compared(BEFORE, AFTER),
    "trend": lambda: of_compared(BEFORE, BETWEEN, AFTER),
    "beside": beside,
    "several": lambda: paper_of_compared(
        rubric(), [*over_time(), of_another()], made=MADE, targets={"learning": 3.0}
    ),
}


def contents(data: bytes) -> bytes:
    """A PDF with its compressed parts opened."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return data + b"\n".join(found)


def plain(*words: str) -> Paper:
    blocks = tuple(Words(each) for each in words)
    return Paper(kicker="K", title="T", lead="L", made=MADE, blocks=blocks)


@pytest.mark.parametrize("kind", list(ALL))
def test_it_is_whole_and_can_be_read_aloud(kind: str) -> None:
    data = pdf(ALL[kind]())
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    inside = contents(data)
    assert b"pdfuaid:part>1<" in inside, "PDF/UA, which asks for headings, tags and words"
    assert b"/Lang(en-GB)" in inside.replace(b" ", b"")
    assert b"2026-11-21" in inside
    pictures = inside.count(b"/S/Figure")
    assert inside.count(b"/Alt") >= pictures
    assert pictures == (0 if kind == "few" else pytest.approx(pictures))


def test_pictures_have_words() -> None:
    inside = contents(pdf(of_session()))
    assert inside.count(b"/S/Figure") == 1 + len(rubric().themes)


def test_no_name_of_the_shipped_grid_is_cut_off() -> None:
    pictures = [block for block in of_session().blocks if isinstance(block, Picture)]
    assert pictures
    assert not [each.title for each in pictures if "…" in each.svg]


def test_the_same_report_is_the_same_file() -> None:
    assert pdf(of_session()) == pdf(of_session())


def test_only_the_typefaces_that_come_with_it() -> None:
    faces = set(re.findall(rb"/BaseFont\s*/[A-Z]+\+(\w+)", contents(pdf(of_session()))))
    assert any(face.startswith(b"Libertinus") for face in faces)
    known = (b"Libertinus", b"NewCM", b"DejaVuSansMono")
    assert all(face.startswith(known) for face in faces), faces


def test_what_people_wrote_is_never_markup() -> None:
    """Were it read as markup, each of these would fail, or lead somewhere."""
    nasty = ('#link("http://evil.example")[x]', "#panic()", "$x", "*a", "http://evil.example", "\\u{1b}",
             "#image(\"/etc/passwd\")", "@label", "<label>", "= Heading", "`", "/* ", "// gone")  # fmt: skip
    inside = contents(pdf(plain(*nasty)))
    assert b"/URI" not in inside
    assert b"/S/H2" not in inside.replace(b" ", b""), "no heading but the title"


@pytest.mark.parametrize("text", [HOSTILE[0], HOSTILE[3], HOSTILE[11]])
def test_hostile_people_side_by_side(text: str) -> None:
    grid, items = hostile_items(text)
    inside = contents(pdf(paper_of_compared(grid, items, made=MADE, name=text[:80])))
    assert b"/URI" not in inside
    assert b"/JavaScript" not in inside
    two = pdf(paper_of_compared(grid, items[-2:], made=MADE))
    assert two.startswith(b"%PDF-")


def test_a_script_that_its_typefaces_lack_is_no_failure() -> None:
    assert pdf(plain("山田 שלום مرحبا 😀 \u1f00")).startswith(b"%PDF-")


def test_long_words_and_many_rows() -> None:
    long = "W" * 2000
    blocks = (
        Heading(long[:80], 2, "developing"), Written(long, (long,)), Points(()),
        Table("T", ("A", "B", "C"), ((long, "developing", "x"),) * 40),
    )  # fmt: skip
    paper = Paper(kicker="K", title=long[:80], lead="L", made=MADE, blocks=blocks)
    # A4 has room for about 50 of them in a line: without breaks all would be on three pages.
    pages = re.findall(rb"/Type\s*/Page\b", contents(pdf(paper)))
    assert len(pages) > 40


def test_without_typst_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        if name == "typst":
            raise ImportError(name)
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NoTypst):
        pdf(plain("a"))
