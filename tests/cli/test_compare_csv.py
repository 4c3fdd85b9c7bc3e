"""Comparisons as rows and as objects: whose change it is, from when to when, and what was left out."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from bt_assess.core.compared import Compared, of_session
from bt_assess.core.rubric import Rubric
from bt_assess.core.upgrade import upgrade
from bt_assess.report.compare_json import comparison_object
from bt_assess.report.exports import COMPARED_COLUMNS, compared_csv
from tests.core import builders
from tests.core.rounds import SMALL, compared
from tests.core.test_courses import ADDED, IN_USE, new, of_old_version, old

ONE, TWO, THREE, MIXED = "333 000 000", "000 333 000", "000 000 333", "333 000 333"
AIM = {"leadership": 2.0}
OF_A_CHANGE = COMPARED_COLUMNS[COMPARED_COLUMNS.index("change") :]


def taken(name: str, row: str, days: int) -> Compared:
    session = builders.session(
        builders.answers(row), id=f"{name.casefold()}session{days}", respondent=name
    )
    return of_session(SMALL, session.finish(builders.NOON + timedelta(days=days)))


def rows(items: Sequence[Compared], rubric: Rubric = SMALL, **more: Any) -> list[dict[str, str]]:
    text = compared_csv(rubric, items, **more)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def is_without_change(row: dict[str, str]) -> bool:
    return not any(row[column] for column in OF_A_CHANGE)


def test_between_two_people_there_is_no_change() -> None:
    found = rows([taken("Ada", ONE, 0), taken("Bo", THREE, 9)], targets=AIM)
    assert [row["position"] for row in found] == ["1.0", "3.0"]
    assert all(map(is_without_change, found))


def test_nor_between_two_teams() -> None:
    teams = [compared([ONE] * 9), compared([THREE] * 9, id="round2222", team="South")]
    found = rows(teams, targets=AIM)
    assert [row["position"] for row in found] == ["1.0", "3.0"]
    assert all(map(is_without_change, found))


def test_each_ones_change_stands_with_their_last_time() -> None:
    items = [
        taken("Bo", THREE, 1), taken("Ada", ONE, 0), taken("Ada", TWO, 5), taken("Ada", THREE, 9),
        taken("Bo", ONE, 8),
    ]  # fmt: skip
    found = {row["id"]: row for row in rows(items, targets=AIM)}
    assert [i for i, row in found.items() if not is_without_change(row)] == [
        "bosession8", "adasession9"
    ]  # fmt: skip
    ada, bo = found["adasession9"], found["bosession8"]
    assert (float(ada["change"]), ada["verdict"], ada["change_from"]) == (
        2.0, "clear change", "adasession0"
    )  # fmt: skip
    assert (float(bo["change"]), bo["change_from"]) == (-2.0, "bosession1")
    # From 1 on the way to 2, at 3: twice the way. Whoever began beyond it had no way to go.
    assert (float(ada["progress"]), bo["progress"]) == (2.0, "")
    assert [float(row["target_base"]) for row in (ada, bo)] == [1.0, 3.0]


def test_a_gap_at_the_end_is_no_change_whatever_was_between() -> None:
    items = [taken("Ada", ONE, 0), taken("Ada", TWO, 5), taken("Ada", MIXED, 9)]
    *_, last = rows(items, targets=AIM)
    assert (last["change"], last["verdict"], last["why_not"]) == ("", "", "mixed")
    assert (last["target"], last["target_base"], last["progress"]) == ("2.0", "1.0", "")


def test_the_two_that_were_chosen() -> None:
    items = [taken("Ada", ONE, 0), taken("Ada", TWO, 5), taken("Ada", THREE, 9)]
    pair = (items[0], items[1])
    found = {row["id"]: row for row in rows(items, targets=AIM, pair=pair)}
    assert float(found["adasession5"]["change"]) == 1.0
    assert is_without_change(found["adasession9"])
    # A target is measured over all of the time.
    assert float(found["adasession5"]["progress"]) == 2.0
    data = comparison_object(SMALL, items, AIM, pair)
    [course] = data["courses"]
    assert (course["from"], course["to"]) == ("adasession0", "adasession5")
    assert data["changes"][0]["delta"] == pytest.approx(1.0)
    assert data["targets"][0]["progress"] == 2.0
    # One of somebody else's is no pair: the change is from the first to the last.
    other = (items[0], taken("Bo", TWO, 5))
    assert comparison_object(SMALL, items, AIM, other)["courses"][0]["to"] == "adasession9"


def test_what_was_left_out_is_named() -> None:
    before, after = old("33k 000 000"), new("0000000000 3333333333 k000000000")
    [_, last] = rows([before, after], rubric=IN_USE)
    assert last["one_version"].split() == list(ADDED)
    assert last["not_rated"].split() == ["leadership.starting.3", "leadership.consolidating.1"]
    assert last["left_out"] == "23"


def test_of_two_rounds_it_is_named_too() -> None:
    before = of_old_version([ONE] * 9)
    after = compared([" ".join("0" * 10 for _ in range(3))] * 9, rubric=IN_USE, id="round2222",
                     created=date(2026, 9, 1))  # fmt: skip
    [_, last] = rows([before, after], rubric=IN_USE)
    assert last["one_version"].split() == list(ADDED)
    [change] = comparison_object(IN_USE, [before, after])["changes"]
    assert change["left_out"] == {"one_version": list(ADDED), "not_rated": []}


def test_one_session_on_two_versions_has_not_changed() -> None:
    session = builders.session(builders.answers(ONE)).finish(builders.NOON)
    pair = [of_session(IN_USE, s) for s in (session, upgrade(session, IN_USE).session)]
    [_, last] = rows(pair, rubric=IN_USE)
    assert (last["change"], last["verdict"], last["why_not"]) == ("", "", "same session")
    data = comparison_object(IN_USE, [*pair, taken("Bo", ONE, 3)])
    # Beside somebody else it is there once, as it was carried over.
    assert (data["changes"], data["courses"], len(data["items"])) == ([], [], 2)
