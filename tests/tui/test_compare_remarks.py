"""What stands below before and after, from what is compared; how it looks is for test_compare.py."""

from typing import Any

from bt_assess.core.compared import Compared, of_session
from bt_assess.core.rubric import Rubric
from bt_assess.tui.screens.comparing import before_after
from bt_assess.tui.screens.comparing.subject import subject_of
from bt_assess.tui.screens.comparing.words import left_out_of
from tests.core import builders
from tests.core.rounds import SMALL, compared

ROW = "333 000 000"


def said(grid: Rubric, *items: Compared) -> str:
    subject = subject_of(grid, items)
    found = before_after.found_changes(subject)
    return " ".join(before_after.about(subject, found, "leadership", 100).plain.split())


def test_what_was_answered_of_a_theme_that_is_gone_is_listed() -> None:
    given = {**builders.answers(ROW), **builders.answers(ROW, "learning")}
    items = []
    for id_ in ("first222", "second22"):
        session = builders.session(given, id=id_)
        items.append(of_session(SMALL, session.finish(session.started)))
    subject = subject_of(SMALL, items)
    found = before_after.found_changes(subject)
    assert left_out_of(subject, found) == 9
    [(why, texts)] = before_after.left_out(subject, found)
    assert why == "In a theme that the version of the grid in use does not have"
    assert len(texts) == 9
    assert "9 statements left out: l lists them, and says why." in said(SMALL, *items)


def test_two_rounds_of_one_day() -> None:
    one, other = compared([ROW] * 5), compared([ROW] * 5, id="other222")
    assert "hold no time of day" in said(SMALL, one, other)
    assert "x swaps them." in said(SMALL, one, other)
    follower = compared([ROW] * 5, id="other222", after=one.id)
    assert "hold no time of day" not in said(SMALL, one, follower)
    subject = subject_of(SMALL, (follower, one))
    assert (subject.before, subject.after) == (one, follower)


def test_figures_that_do_not_add_up() -> None:
    """2.57 and 2.72 show as 2.6 and 2.7, and 0.15 between them as 0.2."""
    grid = builders.rubric(builders.theme_data("1111 1111 1111"))
    for rows, is_told in (
        (("1101 2112 1332", "1100 0000 0221"), True),
        (("3333 0000 0000", "0000 3333 0000"), False),
    ):
        items = []
        for day, row in enumerate(rows):
            session = builders.session(builders.answers(row), id=f"session{day + 2}")
            items.append(of_session(grid, session.finish(builders.NOON.replace(day=day + 2))))
        assert ("Each figure is rounded by itself" in said(grid, *items)) is is_told


def test_one_person_is_no_people() -> None:
    named: dict[str, Any] = {"figures_from": 1, "pictures_from": 1}
    one = compared([ROW], ["Ada"], **named)
    later = compared(["000 333 000"], ["Ada"], id="later222", after=one.id, **named)
    words = said(SMALL, one, later)
    assert "1 person, with themselves" in words
    assert "1 people" not in words
