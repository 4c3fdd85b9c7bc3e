"""Why a theme is where it is: every statement named is one that the answers bear out."""

from bt_assess.core.evidence import evidence
from bt_assess.core.scoring import score_theme
from tests.core.builders import answers, theme

ROW = "3300 3320 3000"


def test_each_statement_stands_where_its_answer_puts_it() -> None:
    grid = theme(ROW, lasting="L... .... ....")
    given = answers(ROW)
    found = evidence(grid, score_theme(grid, given), given)
    assert found is not None
    assert [s.id.split(".", 1)[1] for s in found.carried] == [
        "developing.1", "developing.2", "developing.3",
    ]  # fmt: skip
    assert [s.id.split(".", 1)[1] for s in found.missing] == ["developing.4"]
    assert [s.id.split(".", 1)[1] for s in found.higher] == ["consolidating.1"]
    # starting.1 is lasting: that it is true still holds nobody back.
    assert [s.id.split(".", 1)[1] for s in found.lower] == ["starting.2"]


def test_the_truest_comes_first() -> None:
    row = "000 232 000"
    grid, given = theme(row), answers(row)
    found = evidence(grid, score_theme(grid, given), given)
    assert found is not None
    assert [s.id[-1] for s in found.carried] == ["2", "1", "3"]


def test_where_there_is_no_position_there_is_no_evidence() -> None:
    grid, given = theme("000 000 000"), answers("000 000 000")
    assert evidence(grid, score_theme(grid, given), given) is None
