"""Who stands where: in every report of a round with names, in none of a round without."""

import io
from collections.abc import Callable
from zipfile import ZipFile

import pytest

from bt_assess.report.html import html_of_round
from bt_assess.report.markdown import markdown as as_markdown
from bt_assess.report.paper_round import paper_of_round
from bt_assess.report.xlsx import xlsx_of_round
from tests.report import pages
from tests.report.pages import MADE


def html(**more: object) -> str:
    return html_of_round(pages.rubric(), *pages.round_of(**more), made=MADE)  # type: ignore[arg-type]


def markdown(**more: object) -> str:
    return as_markdown(paper_of_round(pages.rubric(), *pages.round_of(**more), made=MADE))  # type: ignore[arg-type]


def workbook(**more: object) -> str:
    data = xlsx_of_round(pages.rubric(), *pages.round_of(**more), made=MADE)  # type: ignore[arg-type]
    with ZipFile(io.BytesIO(data)) as book:
        return "".join(
            book.read(name).decode() for name in book.namelist() if name.endswith(".xml")
        )


@pytest.mark.parametrize(
    ("made", "head"),
    [(html, "Who stands where"), (markdown, "Who stands where"), (workbook, "People")],
    ids=["html", "markdown", "xlsx"],
)
def test_who_stands_where_is_for_rounds_with_names(made: Callable[..., str], head: str) -> None:
    named, without = made(count=3, named=True), made(count=9)
    assert head in named
    for name in ("P0", "P1", "P2"):
        assert name in named
        assert f">{name}<" not in without
    if head != "People":
        assert head not in without
    else:
        assert 'name="People"' not in without
