"""What is compared and what it is called: who is before and after, names that differ, targets."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.compared import (
    Change,
    Compared,
    Gap,
    Kind,
    Standing,
    WhyNot,
    changes,
    of_session,
)
from bt_assess.core.disclosure import Why
from bt_assess.core.saved_comparison import View
from bt_assess.core.scoring import Status
from bt_assess.report.change_words import apart_words
from bt_assess.report.compare_text import compare_text
from bt_assess.report.html import html_of_compared
from bt_assess.report.markdown import markdown
from bt_assess.report.paper_compared import paper_of_compared
from bt_assess.report.way_words import way
from bt_assess.report.whole_teams import whole_teams_words
from bt_assess.report.xlsx_compared import xlsx_of_compared
from bt_assess.tui.screens.comparing.bar import OF_ONE, bar
from bt_assess.tui.screens.comparing.before_after import about, found_changes, left_out, line
from bt_assess.tui.screens.comparing.subject import key_of, subject_of, told_apart
from bt_assess.tui.screens.comparing.trend_view import found_trends, large
from bt_assess.tui.screens.comparing.words import (
    gap_mark,
    gaps_legend,
    padded,
    target_brief,
    target_short,
)
from tests.core.builders import NOON, answers, rubric, session, theme_data
from tests.core.rounds import SMALL, compared
from tests.core.test_courses import ADDED, IN_USE, of_old_version
from tests.report.pages import Read
from tests.report.workbook import read

GRID = rubric(theme_data("111 111 111"))
DAY = timedelta(days=1)


def at(number: int, name: str = "Ada", team: str = "", days: int = 0) -> Compared:
    """A session of somebody; the answers do not matter."""
    moment = NOON + days * DAY
    made = session(
        answers("333 000 000"), id=f"session{number:04}", respondent=name, team=team,
        started=moment, finished=moment,
    )  # fmt: skip
    return of_session(GRID, made)


def a_round(number: int, title: str = "Review", team: str = "North", month: int = 1) -> Compared:
    rows = ["333 000 000"] * 9
    return compared(
        rows, id=f"round{number:04}", title=title, team=team, created=date(2026, month, 1)
    )


@given(
    st.lists(
        st.tuples(st.sampled_from(["Ada", "ada", "Bob", ""]), st.sampled_from(["", "North"]),
                  st.integers(0, 2)),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_no_two_have_the_same_name(found: list[tuple[str, str, int]]) -> None:
    items = [at(n, *each) for n, each in enumerate(found)]
    names = told_apart(items)
    assert len(set(names.values())) == len(items)
    assert all(names[key_of(each)] for each in items)


def test_names_are_as_short_as_tells_them_apart() -> None:
    assert set(told_apart([at(1, "Ada"), at(2, "Bob")]).values()) == {"Ada", "Bob"}
    assert set(told_apart([at(1, "Ada", "North"), at(2, "Ada", "South")]).values()) == {
        "Ada · North", "Ada · South",
    }  # fmt: skip
    assert list(told_apart([at(1), at(2, days=1)]).values()) == ["2 Mar 2026", "3 Mar 2026"]


def test_before_and_after_are_of_whoever_is_there_most_often() -> None:
    items = [at(1, "Bob"), at(2, "Ada", days=1), at(3, "ADA ", days=5), at(4, "Cy", days=9)]
    found = subject_of(GRID, items)
    assert (found.before.id, found.after.id) == ("session0002", "session0003")
    assert found.is_one
    # What was kept has its order, where its ends are of one; else it is told in the same way.
    kept = subject_of(GRID, [items[2], items[0], items[1]], in_order=True)
    assert (kept.before.id, kept.after.id) == ("session0003", "session0002")
    kept = subject_of(GRID, items[::-1], in_order=True)
    assert (kept.before.id, kept.after.id) == ("session0002", "session0003")


def test_a_team_is_told_by_its_name_and_a_round_is_no_person() -> None:
    items = [a_round(1, "Spring", month=1), a_round(2, "Autumn", month=9), at(3, "Ada", days=300)]
    found = subject_of(SMALL, items)
    assert {found.before.name, found.after.name} == {"Spring", "Autumn"}
    assert [each.kind for each in found.now_course] == [Kind.ROUND, Kind.ROUND]
    # Side by side, the team as it is now, beside the person.
    assert [each.name for each in found.side_by_side] == ["Autumn", "Ada"]


def test_a_person_and_a_team_have_no_change_between_them() -> None:
    found = subject_of(SMALL, [a_round(1), at(2)])
    assert "a person and a team" in found.why_no_change
    assert found.now_course == ()
    assert found.side_by_side == found.items


def test_the_change_goes_with_the_trend_that_shows() -> None:
    items = [at(n, name, days=n) for n, name in enumerate(("Ada", "Bob", "Ada", "Bob", "Ada"))]
    found = subject_of(GRID, items)
    assert (found.before, found.after) == (items[0], items[4])
    assert found.chosen is None
    other = found.next_course()
    assert (other.before, other.after) == (items[1], items[3])
    assert other.now_course == (items[1], items[3])
    # What is chosen is told to a report: another person, or other times.
    assert other.chosen == (items[1], items[3])
    assert found.with_pair(items[0], items[2]).chosen == (items[0], items[2])
    assert other.next_course().chosen is None


def test_a_target_is_measured_from_the_first_time_to_the_last() -> None:
    items = [
        of_session(GRID, session(answers(row), id=f"session{n:04}", started=NOON + n * DAY))
        for n, row in enumerate(("333 000 000", "000 333 000", "333 000 333", "000 000 333"))
    ]
    found = subject_of(GRID, items, {"leadership": 2.0})
    way = found.way("leadership")
    assert way is not None
    assert (way.base.position, way.now.position, way.done) == (1.0, 3.0, 2.0)
    assert found.way("learning") is None
    # Also where other two are before and after; and a gap at the end is a gap.
    assert found.with_pair(items[1], items[3]).way("leadership") == way
    gap = subject_of(GRID, items[:3], {"leadership": 2.0}).way("leadership")
    assert gap is not None
    assert (gap.base.position, gap.now.gap, gap.done) == (1.0, Status.MIXED, None)
    # Two that are turned round are measured from the earlier one all the same.
    two = subject_of(GRID, [items[0], items[3]], {"leadership": 2.0})
    turned = two.with_pair(items[3], items[0]).way("leadership")
    assert turned is not None
    assert (turned.base.position, turned.done) == (1.0, 2.0)


def test_what_one_of_two_rounds_was_not_asked_is_named() -> None:
    later = compared(
        ["0000000000 3333333333 0000000000"] * 9, rubric=IN_USE, id="round2222",
        created=date(2026, 9, 1),
    )  # fmt: skip
    found = subject_of(IN_USE, [of_old_version(["333 000 000"] * 9), later])
    [(why, texts)] = left_out(found, found_changes(found))
    assert "in one version of the grid only" in why
    assert texts == [IN_USE.statements[i].text for i in ADDED]


def place(position: float | None) -> Standing:
    gap = Status.MIXED if position is None else None
    return Standing(theme_id="leadership", position=position, gap=gap)


@pytest.mark.parametrize(
    ("base", "now", "target", "words", "brief", "short"),
    [
        (1.0, 1.4, 2.0, "40 % of the way", "40 % of the way", "40 %"),
        (1.0, 2.2, 2.0, "reached", "reached", "reached"),
        (2.0, 1.8, 3.0, "further away than at first", "further away", "away"),
        (2.0, 1.5, 1.0, "it was there at first, and is now", "was and is there", "–"),
        (None, 1.5, 2.0, "no way to measure: mixed picture at first", "no place at first", "–"),
        (1.5, None, 2.0, "no way to measure: mixed picture now", "no place now", "–"),
        (2.0, 2.0, 2.0, "it was there at first, and is now", "was and is there", "–"),
        (2.6, 1.1, 2.5, "it was there at first, and is not now", "there at first", "–"),
    ],
)
def test_how_far_it_is_to_a_target(
    base: float | None, now: float | None, target: float, words: str, brief: str, short: str
) -> None:
    delta = None if base is None or now is None else now - base
    before, after = place(base), place(now)
    change = Change(theme_id="leadership", before=before, after=after, delta=delta)
    found = way(change, target)
    assert (found.words, target_brief(found), target_short(found)) == (words, brief, short)
    assert len(brief) <= 17


def test_each_reason_for_a_gap_has_a_mark_of_its_own() -> None:
    reasons: list[WhyNot] = [
        Status.MIXED,
        Status.NOT_RECOGNISED,
        Status.NOT_ENOUGH,
        Gap.TWO_CAMPS,
        Why.TOO_FEW,
    ]
    marks = [gap_mark(reason) for reason in reasons]
    assert len(set(marks)) == len(reasons)
    assert all(len(mark) == 1 for mark in marks)


def test_a_mark_of_two_reasons_says_both() -> None:
    reasons: list[WhyNot] = [
        Gap.NOT_APPLICABLE,
        Status.NOT_ENOUGH,
        Gap.NOT_APPLICABLE,
        Status.MIXED,
    ]
    gaps = [Standing(theme_id="learning", gap=gap) for gap in reasons]
    said = "… does not apply or not enough answers   ~ mixed picture"
    for each in (gaps, gaps[::-1]):
        assert sorted(gaps_legend(each).split("   ")) == sorted(said.split("   "))
    assert gaps_legend(gaps[:1]) == "… does not apply"


@pytest.mark.parametrize(
    ("delta", "words"),
    [(None, ""), (0.04, "alike"), (0.4, "apart by 0.4"), (-1.26, "apart by 1.3")],
)
def test_two_are_apart_and_neither_is_ahead(delta: float | None, words: str) -> None:
    assert apart_words(delta) == words


@given(st.text(max_size=30), st.integers(1, 30))
def test_a_column_is_as_wide_as_it_is(text: str, width: int) -> None:
    clean = "".join(x for x in text if x.isprintable())
    assert padded(clean, width).cell_length == width


@pytest.mark.parametrize("kept", ["", "Our long and winding year of visits to all sites"])
@pytest.mark.parametrize("width", [42, 78])
def test_the_bar_says_whose_change_it_is(width: int, kept: str) -> None:
    ada = [at(1, team="North"), at(2, team="North", days=9), at(3, team="North", days=20)]
    bo = [at(4, "Bo", "South", days=3), at(5, "Bo", "South", days=12)]
    found = subject_of(GRID, [*ada, *bo])
    for view in OF_ONE:
        for subject, said in (
            (found, "Ada · North, 1 of 2"),
            (found.next_course(), "Bo · South, 2 of 2"),
        ):
            left, right = bar(subject, view, kept, width)
            # Left is what gives way where both do not fit.
            room = width - right.cell_length - 2
            assert said in left.truncate(room, ellipsis=True).plain
    # One person at three times has a name as well.
    assert bar(subject_of(GRID, ada), View.TREND, kept, width)[0].plain.startswith("Ada · North")
    # Side by side is of all of them.
    side = bar(found, View.BESIDE, kept, width)[0].plain
    assert side == (kept or "Compare  5 chosen")


def test_a_name_that_leaves_no_room_still_leaves_which_of_them_it_is() -> None:
    long = [at(n, "A" * 60, "North", days=n) for n in (1, 2)]
    found = subject_of(GRID, [*long, at(3, "Bo", days=3), at(4, "Bo", days=4)])
    left, right = bar(found, View.CHANGE, "", 42)
    assert right.plain == ""
    assert ", 1 of 2" in left.truncate(40, ellipsis=True).plain


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("abcdef", ""),
        ("abcdxy", ""),
        ("abuvwx", "of 6 people before and 6 after, two gave the same name both times. Mostly"),
        ("uvwxyz", "nobody gave the same name both times. Mostly"),
    ],
)
def test_it_is_said_that_mostly_other_people_answered(names: str, said: str) -> None:
    before = compared(["333 000 000"] * 6, list("abcdef"))
    after = compared(["000 333 000"] * 6, list(names), id="later222", created=date(2026, 9, 1))
    found = changes(SMALL, before, after)
    words = whole_teams_words(found, before, after)
    assert words.startswith("Whole teams were compared: ") if said else not words
    assert said in words
    # On the screen, in text and in reports alike.
    subject = subject_of(SMALL, [before, after])
    page = about(subject, found_changes(subject), None, 80).plain
    report = markdown(paper_of_compared(SMALL, [before, after], made=date(2026, 12, 1)))
    trend = large(subject, found_trends(subject)[0], 80, 5).plain
    page_of_html = Read(html_of_compared(SMALL, [before, after], made=date(2026, 12, 1))).text
    book = read(xlsx_of_compared(SMALL, [before, after], made=date(2026, 12, 1))).text
    text_ = compare_text(SMALL, [before, after], 80)
    for text in (page, trend, text_, report, page_of_html, book):
        assert words in " ".join(text.split())
        assert ("Mostly other people" in " ".join(text.split())) is bool(said)


def test_too_few_places_are_told_from_other_people() -> None:
    """All six are there twice, and two of them have a place both times."""
    before = compared(["333 000 000"] * 6, list("abcdef"))
    rows = ["000 333 000"] * 2 + ["333 000 333"] * 4
    after = compared(
        rows + ["000 333 000"] * 4, list("abcdefuvwx"), id="later222", created=date(2026, 9, 1)
    )
    words = whole_teams_words(changes(SMALL, before, after), before, after)
    assert "six gave the same name both times, and too few of these have a place" in words


def test_rounds_without_names_know_nobody() -> None:
    before = compared(["333 000 000"] * 9)
    after = compared(["000 333 000"] * 9, id="later222", created=date(2026, 9, 1))
    assert whole_teams_words(changes(SMALL, before, after), before, after) == ""


def test_in_a_narrow_column_why_there_is_no_change_is_whole() -> None:
    times = (NOON, NOON + DAY)
    items = [
        of_session(GRID, session(answers(row), id=f"session{n:04}", started=time, finished=time))
        for n, (row, time) in enumerate(zip(("333 000 333", "333 000 000"), times, strict=True))
    ]
    subject = subject_of(GRID, items)
    [change] = found_changes(subject)
    assert " mixed before " in line(subject, change, 40).plain
    assert line(subject, change, 40).cell_length == 40
