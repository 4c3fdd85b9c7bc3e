"""Times that rest on other statements: the way to a target, the trend and its change, in every output."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from bt_assess.core.compared import Compared, changes, of_session, trends
from bt_assess.core.rubric import Rubric
from bt_assess.report.compare_json import compared_data
from bt_assess.report.compare_text import compare_text
from bt_assess.report.making import OfComparison, made
from bt_assess.report.same_statements import (
    asked_apart_words,
    same_statements_in_short,
    same_statements_words,
)
from bt_assess.tui.screens.comparing.other_views import side_by_side
from bt_assess.tui.screens.comparing.subject import subject_of
from bt_assess.tui.screens.comparing.trend_view import about_places, found_trends, large
from tests.core import builders
from tests.core.rounds import SMALL, compared
from tests.core.test_courses import IN_USE, IS_NEW, of_old_version
from tests.report.pages import MADE, Read
from tests.report.workbook import read

OLD = "222 222 000"
NEW = "2220000000 2223333333 0000000000"
"""What both versions ask is answered alike; what is new says more."""
ASKED = (
    "Leadership: the statements asked were not the same each time. A place over time counts what was"
    " asked then; a change counts only what was asked both times."
)
APART = (
    "Leadership: not all here were asked the same statements, so a part of how they differ may lie in"
    " that."
)
AIM = {"leadership": 2.5}
DAY = timedelta(days=1)


def taken(row: str, day: int, grid: Rubric = IN_USE, **more: Any) -> Compared:
    when = builders.NOON + day * DAY
    session = builders.session(
        builders.answers(row), id=f"session{day + 2}", started=when, finished=when,
        **{"respondent": "Ada", **more},
    )  # fmt: skip
    return of_session(grid, session)


def over_two_versions() -> list[Compared]:
    """On the old version, then twice on the new one."""
    return [taken(OLD, 0), taken(NEW, 1, IN_USE, **IS_NEW), taken(NEW, 2, IN_USE, **IS_NEW)]


def joined(text: str) -> str:
    return " ".join(text.split())


def told(kind: str, items: Sequence[Compared], rubric: Rubric = IN_USE, **more: Any) -> str:
    """A report's words, in a format that has words."""
    found = made(kind, rubric, OfComparison(tuple(items), targets=AIM, **more), MADE)
    if isinstance(found, bytes):
        return joined(read(found).text)
    return joined(Read(found).text if kind == "html" else found)


def test_the_two_places_by_themselves_are_far_apart() -> None:
    first, last = (each.standing("leadership").position for each in over_two_versions()[:2])
    assert first is not None
    assert last is not None
    assert last - first > 0.3


class TestTheWay:
    def test_new_statements_are_no_way_that_somebody_has_gone(self) -> None:
        found = subject_of(IN_USE, over_two_versions(), AIM).way("leadership")
        assert found is not None
        assert found.base.position == found.now.position
        assert (found.done, found.words) == (0.0, "0 % of the way")

    @pytest.mark.parametrize("times", [2, 3])
    def test_it_is_so_in_all_outputs(self, times: int) -> None:
        items = over_two_versions()[:times]
        [change] = changes(IN_USE, items[0], items[-1])
        assert change.delta == 0.0
        assert "0 % of the way" in joined(compare_text(IN_USE, items, 80, AIM))
        for kind in ("md", "html", "xlsx"):
            assert "0 % of the way" in told(kind, items), kind
        [aim] = compared_data(IN_USE, items, AIM, {})["targets"]
        assert (aim["base"], aim["now"]) == (change.before.position, change.after.position)
        assert (aim["progress"], aim["from"], aim["to"]) == (0.0, items[0].id, items[-1].id)
        row = rows(items)[-1]
        assert float(row["target_base"]) == change.before.position
        assert float(row["progress"]) == 0.0

    def test_nor_are_answers_that_were_not_known_at_first(self) -> None:
        items = [taken("322 22k 000", 0, SMALL), taken("322 223 000", 1, SMALL)]
        [change] = changes(SMALL, *items)
        found = subject_of(SMALL, items, AIM).way("leadership")
        assert found is not None
        assert (change.delta, found.done) == (0.0, 0.0)

    def test_of_too_little_in_common_there_is_none(self) -> None:
        rows_ = ("33k 00k 00k", "k33 k33 k00")
        items = [taken(row, day, SMALL) for day, row in enumerate(rows_)]
        found = subject_of(SMALL, items, AIM).way("leadership")
        assert found is not None
        assert found.done is None
        assert found.words == "no way to measure: too few answers in common"

    def test_beside_a_change_of_other_times_it_says_of_which(self) -> None:
        rows_ = ("333 000 000", "111 333 000", "000 333 000")
        items = [taken(row, day, SMALL) for day, row in enumerate(rows_)]
        pair = (items[1], items[2])
        words = (
            "The way to an aim is from the first of 3 times to the last: 2 Mar 2026 to 4 Mar 2026."
        )
        for kind in ("md", "html", "xlsx"):
            assert words in told(kind, items, SMALL, pair=pair), kind
            assert "The way to an aim is" not in told(kind, items, SMALL), kind
        row = rows(items, SMALL, pair=pair)[-1]
        assert (row["change_from"], row["target_from"], row["target_to"]) == (
            items[1].id, items[0].id, items[2].id,
        )  # fmt: skip


class TestTheTrend:
    def test_every_output_says_why_places_and_change_differ(self) -> None:
        items = over_two_versions()
        assert ASKED in joined(compare_text(IN_USE, items, 80))
        for kind in ("md", "html", "xlsx"):
            assert told(kind, items).count(ASKED) == 1, kind
        [course] = json.loads(told("json", items))["courses"]
        assert course["about_places"] == ASKED
        assert [row["about_places"] for row in rows(items)] == ["", "", ASKED]

    def test_the_screen_says_so_too(self) -> None:
        for items in (over_two_versions(), over_two_versions()[:2]):
            subject = subject_of(IN_USE, items)
            found = found_trends(subject)
            assert about_places(subject, found) == (
                "All themes: places count all asked then, changes what was asked both times."
            )
            assert ASKED in large(subject, found[0], 80, 9).plain

    def test_where_the_same_was_asked_there_is_nothing_to_say(self) -> None:
        items = [taken(NEW, day, IN_USE, **IS_NEW) for day in range(3)]
        assert "both times" not in compare_text(IN_USE, items, 80)
        assert "A place over time" not in told("md", items)
        assert same_statements_words(IN_USE, trends(IN_USE, items)) == ""

    def test_so_it_is_of_what_one_version_does_not_have_any_more(self) -> None:
        """It counts in no place: nobody can see it."""
        items = [taken(OLD, day) for day in range(3)]
        assert same_statements_words(IN_USE, trends(IN_USE, items)) == ""

    def test_what_was_not_known_each_time_counts_where_it_shows(self) -> None:
        shows = [taken("k03 k33 k03", 0, SMALL), taken("103 033 303", 1, SMALL)]
        found = trends(SMALL, shows)
        assert "Leadership: the statements rated were not the same" in same_statements_words(
            SMALL, found
        )
        assert same_statements_in_short(SMALL, found).startswith(
            "All themes: places count all rated"
        )
        hidden = [taken("333 22k 000", 0, SMALL), taken("333 222 000", 1, SMALL)]
        assert same_statements_words(SMALL, trends(SMALL, hidden)) == ""


class TestRoundsWithoutNames:
    """What was changed between two grids, and what of it is told where there is no change."""

    WHY = "Leadership: the statements were changed between the two grids"

    def rounds(self, later: int = 1) -> list[Compared]:
        return [
            of_old_version(["333 000 000"] * 9),
            *(
                compared([NEW] * 9, rubric=IN_USE, id=f"later22{n}", created=date(2026, 8 + n, 1))
                for n in range(1, later + 1)
            ),
        ]

    @pytest.mark.parametrize("later", [1, 2])
    def test_a_workbook_says_why_there_is_no_change(self, later: int) -> None:
        assert told("xlsx", self.rounds(later)).count(self.WHY) == 1
        assert self.WHY not in told("xlsx", self.rounds(2)[1:])

    def test_of_several_teams_it_says_whose(self) -> None:
        other = compared(["333 000 000"] * 9, rubric=IN_USE, id="other222", team="South")
        assert f"North: {self.WHY}" in told("xlsx", [*self.rounds(), other])

    @pytest.mark.parametrize("later", [1, 2])
    def test_the_page_of_a_theme_tells_it_once(self, later: int) -> None:
        subject = subject_of(IN_USE, self.rounds(later))
        page = large(subject, found_trends(subject)[0], 80, 9).plain
        told_ = [line for line in page.splitlines() if "→" in line]
        assert "no change to tell: its statements were changed" in told_[0]
        assert len({line.split("  ")[0] for line in told_}) == len(told_) == later

    def test_and_a_change_between_other_times_besides(self) -> None:
        rows_ = ("333 000 333", "333 000 000", "000 333 000", "000 333 000")
        items = [taken(row, day, SMALL) for day, row in enumerate(rows_)]
        subject = subject_of(SMALL, items)
        page = large(subject, found_trends(subject)[0], 80, 9).plain
        told_ = [line.split("  ")[0] for line in page.splitlines() if "→" in line]
        assert told_ == [
            "2 Mar 2026 → 5 Mar 2026", "3 Mar 2026 → 5 Mar 2026", "4 Mar 2026 → 5 Mar 2026",
        ]  # fmt: skip


class TestSideBySide:
    def people(self, *, on_new: int = 1) -> list[Compared]:
        """The first on the old version, so many after them on the new one."""
        return [
            taken(OLD, 0),
            *(
                taken(NEW, day, IN_USE, respondent=f"Bo {day}", **IS_NEW)
                for day in range(1, on_new + 1)
            ),
        ]

    @pytest.mark.parametrize("on_new", [1, 2, 5])
    def test_every_output_says_that_not_all_were_asked_the_same(self, on_new: int) -> None:
        items = self.people(on_new=on_new)
        assert joined(compare_text(IN_USE, items, 80)).count(APART) == 1
        for kind in ("md", "html", "xlsx"):
            assert told(kind, items).count(APART) == 1, kind
        assert json.loads(told("json", items))["about_beside"] == APART
        assert [row["about_beside"] for row in rows(items)] == [APART] * len(items)
        for width in (50, 90):
            assert APART in joined(side_by_side(subject_of(IN_USE, items), width).plain)

    def test_a_team_and_a_person_too(self) -> None:
        team = of_old_version(["333 000 000"] * 9)
        assert asked_apart_words(IN_USE, [team, self.people()[1]]) == APART
        assert asked_apart_words(IN_USE, [team, self.people()[0]]) == ""

    def test_where_all_were_asked_the_same_it_is_not_said(self) -> None:
        items = self.people(on_new=3)[1:]
        assert asked_apart_words(IN_USE, items) == ""
        assert "asked the same" not in compare_text(IN_USE, items, 80)
        for kind in ("md", "html", "xlsx"):
            assert "asked the same" not in told(kind, items), kind
        assert json.loads(told("json", items))["about_beside"] is None
        assert {row["about_beside"] for row in rows(items)} == {""}
        assert "asked the same" not in side_by_side(subject_of(IN_USE, items), 90).plain

    def test_nor_of_who_has_no_place_there(self) -> None:
        nothing = taken("kkk kkk kkk", 3, respondent="Cy")
        assert asked_apart_words(IN_USE, [nothing, self.people()[1]]) == ""

    def test_only_of_those_who_stand_there(self) -> None:
        """Two that were chosen out of three stand side by side, and these were asked the same."""
        items = self.people(on_new=2)
        pair = (items[1], items[2])
        assert {row["about_beside"] for row in rows(items, pair=pair)} == {""}
        assert APART not in told("md", items, pair=pair)
        found = [row["about_beside"] for row in rows(items, pair=(items[0], items[1]))]
        assert found == [APART, APART, ""]

    def test_themes_are_named_and_all_of_them_are_all(self) -> None:
        old, new = self.people()
        grid = IN_USE.model_copy(update={"themes": IN_USE.themes * 2})
        assert asked_apart_words(grid, [old, new]).startswith("All themes: not all here")


def rows(items: Sequence[Compared], rubric: Rubric = IN_USE, **more: Any) -> list[dict[str, str]]:
    found = made("csv", rubric, OfComparison(tuple(items), targets=AIM, **more), MADE)
    assert isinstance(found, str)
    return list(csv.DictReader(io.StringIO(found, newline="")))
