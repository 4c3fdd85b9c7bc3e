"""Who was assessed again after an end: which of their times is before, and which is after."""

from datetime import date, timedelta

import pytest

from bt_assess.core.again import End, again, is_first_after, reported, times_of_rounds
from bt_assess.core.compared import Compared, Kind
from bt_assess.core.project import Project, new_project
from bt_assess.core.project_parts import Origin, Report
from bt_assess.core.round import Action
from bt_assess.core.saved_comparison import Ref
from tests.core import builders
from tests.core.rounds import round_of

BEGAN, REPORTED = date(2026, 9, 1), date(2026, 11, 10)


def seen(id: str, when: date, name: str = "Ann") -> Compared:
    """A finished session, as a list tells of it."""
    return Compared(
        kind=Kind.SESSION, id=id, name=name, team="", when=when, rubric=builders.session().rubric,
        standings=(),
    )  # fmt: skip


def project(evidence: str = "", held: date = BEGAN, **more: object) -> Project:
    """One that has reported."""
    came_from = Ref(kind=Kind.SESSION, id=evidence) if evidence else None
    action = Action(id="aaaaaaaa", what="Ring back", owner="Bo", due=REPORTED)
    begun = new_project(
        "projproj", "Fewer", BEGAN - timedelta(days=30), origin=Origin(evidence=came_from)
    ).with_action(action)  # fmt: skip
    told = begun.launched(held).with_report(Report(on=REPORTED, result="Two"))
    return told.model_copy(update=more)


def end(evidence: str = "", held: date = BEGAN) -> End:
    found = reported([project(evidence, held)])
    assert found is not None
    return found


def ids(of: End, *times: Compared) -> tuple[str, str] | None:
    """Before and after, in whatever order the times come."""
    ways = {
        None if (found := again(of, order)) is None else (found.before.id, found.after.id)
        for order in (times, times[::-1])
    }
    [one] = ways
    return one


LONG_BEFORE, MAY = seen("longbefo", date(2025, 11, 12)), seen("maymaymay", date(2026, 5, 12))
ON_THE_WAY, AFTER = seen("ontheway", date(2026, 10, 1)), seen("afterafte", date(2026, 11, 12))
LATER = seen("laterlate", date(2026, 11, 20))


@pytest.mark.parametrize("evidence", ["longbefo", "maymaymay", ""])
def test_before_is_the_last_time_before_the_project_began_and_none_is_passed_over(
    evidence: str,
) -> None:
    """What moved before it began is not its doing, nor is what moved on the way put before it."""
    times = (LONG_BEFORE, MAY, ON_THE_WAY, AFTER)
    assert ids(end(evidence), *times) == ("maymaymay", "afterafte")


def test_after_is_the_newest_of_several_times() -> None:
    assert ids(end("maymaymay"), MAY, AFTER, LATER) == ("maymaymay", "laterlate")


def test_the_day_of_the_launch_is_before_and_the_day_of_the_report_after() -> None:
    launch, report = seen("onlaunch", BEGAN), seen("onreport", REPORTED)
    day_before = seen("dayearly", REPORTED - timedelta(days=1))
    assert ids(end(), MAY, launch, day_before) is None
    assert ids(end(), MAY, launch, day_before, report) == ("onlaunch", "onreport")


def test_without_a_launch_it_began_on_its_first_day() -> None:
    bare = new_project("projproj", "Fewer", BEGAN).with_report(Report(on=REPORTED, result="Two"))
    of = reported([bare])
    assert of is not None
    assert of.began == BEGAN
    assert ids(of, MAY, ON_THE_WAY, AFTER) == ("maymaymay", "afterafte")


def test_what_showed_the_need_is_before_whenever_it_was() -> None:
    """All may happen on one day, and a launch can have been told of late."""
    assert ids(end("ontheway"), ON_THE_WAY, AFTER) == ("ontheway", "afterafte")
    # Of several of its own day, too.
    for other in ("aaaaaaaa", "zzzzzzzz"):
        twin = seen(other, MAY.when)
        assert ids(end("maymaymay"), twin, MAY, AFTER) == ("maymaymay", "afterafte")


def test_of_two_rounds_of_a_day_the_one_that_followed_is_before() -> None:
    first = round_of(id="secondse", created=MAY.when)
    second = round_of(id="firstfir", created=MAY.when, after="secondse")
    after = round_of(id="afterafte", created=AFTER.when)
    for order in ([first, second, after], [after, second, first]):
        assert ids(end(), *times_of_rounds(order)) == ("firstfir", "afterafte")


def test_a_round_of_before_the_launch_is_not_after_a_project_of_a_few_days() -> None:
    """Though it was set up in the last two weeks."""
    held = REPORTED - timedelta(days=5)
    for day, found in ((held, None), (held + timedelta(days=1), ("firstfir", "afterafte"))):
        rounds = [
            round_of(id="firstfir", created=MAY.when), round_of(id="afterafte", created=day)
        ]  # fmt: skip
        assert ids(end(held=held), *times_of_rounds(rounds)) == found


def test_a_round_that_follows_anothers_is_of_that_team_and_no_other() -> None:
    """The plan's rule: by name, or by what it follows."""
    first = round_of(id="firstfir", created=MAY.when, team="North")
    for team, after, found in (
        ("North", None, ("firstfir", "afterafte")),
        ("Northern", "firstfir", ("firstfir", "afterafte")),
        ("Northern", "otherone", None),
        ("Northern", None, None),
    ):
        last = round_of(id="afterafte", created=AFTER.when, team=team, after=after)
        assert ids(end(), *times_of_rounds([first, last])) == found


def test_a_time_on_the_way_is_no_before() -> None:
    times = (ON_THE_WAY, AFTER)
    assert ids(end(), *times) is None
    assert is_first_after(end(), times)
    assert not is_first_after(end(), [ON_THE_WAY])
    assert not is_first_after(end(), [MAY, *times])


def test_a_project_that_was_stopped_has_not_come_to_its_end() -> None:
    stopped = project(stopped=date(2026, 10, 5))
    assert stopped.report.on is not None
    assert reported([stopped]) is None
    assert reported([project()]) is not None
