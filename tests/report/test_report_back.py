"""The report back is one page: on A4 and on Letter, for answers as people write them."""

import re
from pathlib import Path

import pytest

from bt_assess.core.project import Project
from bt_assess.core.project_parts import Report
from bt_assess.report.pdf import pdf
from bt_assess.report.report_back import html_of_report_back, paper_of_report_back
from tests.report.browser import BROWSER, browser
from tests.report.pages import rubric
from tests.report.plans import MADE, a_project

WORDS = (
    "We rang back twenty tenants each week, and asked them why; half had not known who would come. "
)


def reported(length: int) -> Project:
    """A project with seven answers of a length."""
    answers = {name: (WORDS * 20)[:length].strip() for name in Report.model_fields if name != "on"}
    assert len(answers) == 7
    return a_project().with_report(Report(on=MADE, **answers))


def pages_in(file: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", file))


@pytest.mark.parametrize(("length", "count"), [(10, 1), (250, 1), (500, 1), (1500, 2)])
def test_pdf(length: int, count: int) -> None:
    pytest.importorskip("typst")
    assert pages_in(pdf(paper_of_report_back(reported(length), made=MADE))) == count


@pytest.mark.skipif(BROWSER is None, reason="needs Chromium")
def test_printed_from_a_browser(tmp_path: Path) -> None:
    with browser(tmp_path) as chromium:
        for length in (10, 140, 250):
            chromium.show(html_of_report_back(rubric(), reported(length), made=MADE))
            # On Letter, then on A4.
            assert pages_in(chromium.paper(8.5, 11)) == 1, length
            assert pages_in(chromium.paper()) == 1, length
        chromium.show(html_of_report_back(rubric(), reported(1500), made=MADE))
        assert pages_in(chromium.paper(8.5, 11)) > 1
        sizes = chromium.ask(
            "[...document.querySelectorAll('dl, dt, dd, dd p, figcaption, footer p')]"
            ".map(e => parseFloat(getComputedStyle(e).fontSize))"
        )
        # 8.5 points are 11.33 pixels: nothing is smaller, however long it is.
        assert min(sizes) >= 11.3
