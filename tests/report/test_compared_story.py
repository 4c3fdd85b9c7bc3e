"""What a comparison tells: who changed and who only differs, each theme in one place, nothing unknown said."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bt_assess.core.compared import Compared, Kind, of_round, of_session
from bt_assess.core.disclosure import disclose, publication
from bt_assess.core.round import Action, ActionState
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Answer, RubricRef
from bt_assess.core.upgrade import upgrade
from bt_assess.report.compared_beside import apart_or_why, short_names, stages_words
from bt_assess.report.compared_story import CourseStory, Story, lead, meaning, story
from bt_assess.report.html import html_of_compared
from bt_assess.report.making import OfComparison, made
from bt_assess.report.markdown import markdown
from bt_assess.report.paper import Picture
from bt_assess.report.paper_compared import paper_of_compared
from tests.core import builders
from tests.core.rounds import SMALL as OF_ROUNDS
from tests.core.rounds import people_of, round_of
from tests.report import pages
from tests.report.pages import MADE, Read
from tests.report.workbook import read

ROW = "1111 1111 1111"
ONE = builders.rubric(builders.theme_data(ROW))
TWO = builders.rubric(builders.theme_data(ROW), builders.theme_data(ROW, theme_id="learning"))

START, FURTHER, DEVELOPING, LATE = (
    "3333 0000 0000",
    "3333 2222 0000",
    "0000 3333 0000",
    "0000 0000 3333",
)
MIXED, NOTHING, UNKNOWN = "3333 0000 3333", "0000 0000 0000", "---- ---- ----"
"""The places of the first four, by docs/scoring.md: 1.0, 1.31 (still at the first stage), 2.0 and 3.0."""


def taken(
    row: str,
    learning: str = "",
    *,
    who: str = "Ada",
    team: str = "North",
    days: int = 0,
    **more: Any,
) -> Compared:
    """Somebody's session of a day."""
    given_ = builders.answers(row)
    if learning:
        given_ |= builders.answers(learning, "learning")
    start = builders.NOON + timedelta(days=days)
    head = {"id": f"{who.casefold()}{days:05}xyz"[:32], "respondent": who, "team": team,
            "started": start, "finished": start}  # fmt: skip
    session = builders.session(given_, **{**head, **more})
    return of_session(TWO if learning else ONE, session)


def course(*rows: str, grid: Rubric = ONE, **more: Any) -> CourseStory:
    """The story of one person who answered so, a day after the other."""
    [told] = story(grid, [taken(row, days=day) for day, row in enumerate(rows)], **more).courses
    return told


def told(found: CourseStory) -> dict[str, str]:
    """Where the only theme is told of, and how."""
    lists = {"forward": found.forward, "improve": found.improve, "steady": found.steady,
             "unknown": found.unknown}  # fmt: skip
    return {name: each.words for name, themes in lists.items() for each in themes}


class TestOneTheme:
    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            (START, DEVELOPING, {"forward": "Further along than before."}),
            (LATE, DEVELOPING, {"improve": "Further back than before."}),
            (DEVELOPING, DEVELOPING, {"steady": ""}),
            (START, START, {"improve": "Still at its first stage."}),
            (START, FURTHER,
             {"improve": "Further along than before, and still at its first stage."}),
            (FURTHER, START, {"improve": "Further back than before, and still at its first stage."}),
            (DEVELOPING, START, {"improve": "Further back than before, and at its first stage now."}),
            (MIXED, START, {"improve": "At its first stage now; mixed picture before."}),
            (UNKNOWN, START, {"improve": "At its first stage now; not enough answers before."}),
            (START, MIXED, {"unknown": "mixed picture now"}),
            (MIXED, DEVELOPING, {"unknown": "mixed picture before"}),
            (MIXED, MIXED, {"unknown": "mixed picture both times"}),
            (UNKNOWN, NOTHING, {"unknown": "not enough answers before, not recognised now"}),
        ],
    )  # fmt: skip
    def test_it_is_told_of_once(self, before: str, after: str, said: dict[str, str]) -> None:
        # On other days, so that two that are alike are no copies of one.
        assert told(course(before, after)) == said

    def test_its_stage_is_that_of_the_last_time(self) -> None:
        [found] = course(START, DEVELOPING).forward
        assert found.now == "We are developing."

    def test_a_gap_at_an_end_is_no_change_whatever_lies_between(self) -> None:
        found = course(START, DEVELOPING, LATE, MIXED)
        assert told(found) == {"unknown": "mixed picture now"}
        assert [change.delta for change in found.changes] == [None]
        found = course(MIXED, START, DEVELOPING)
        assert told(found) == {"unknown": "mixed picture at first"}

    def test_a_gap_between_is_none(self) -> None:
        found = course(START, MIXED, DEVELOPING)
        assert found.changes[0].delta == pytest.approx(1.0)
        assert "forward" in told(found)


FALLEN = "No theme is known to have fallen back by more than noise"


class TestNothingToTell:
    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            (DEVELOPING, DEVELOPING,
             "No theme has fallen back by more than noise, and none is at its first stage."),
            (MIXED, DEVELOPING,
             f"{FALLEN}, and none is at its first stage."),
            (DEVELOPING, MIXED,
             f"{FALLEN}, or is known to be at its first stage: Leadership has no place now."),
        ],
    )  # fmt: skip
    def test_none_is_at_its_first_stage_only_where_that_is_known(
        self, before: str, after: str, said: str
    ) -> None:
        found = course(before, after)
        assert found.improve == ()
        assert found.no_improve == said

    def test_moving_forward_to_the_first_stage_is_not_denied(self) -> None:
        found = course(START, FURTHER)
        assert found.forward == ()
        assert found.no_forward == (
            "What has moved forward is still at its first stage: see the areas to improve."
        )
        assert course(MIXED, START).no_forward == (
            "No theme is known to have moved forward by more than noise."
        )
        assert course(START, START).no_forward == ("No theme has moved forward by more than noise.")


class TestWho:
    def test_two_people_have_changed_into_nobody(self) -> None:
        items = [taken(START, who="Ada"), taken(LATE, who="Bo", days=1)]
        found = story(ONE, items, {"leadership": 2.0})
        assert found.courses == ()
        assert found.title == "Side by side"
        assert found.beside == tuple(items)
        assert found.abreast[0].apart == pytest.approx(2.0)
        assert apart_or_why(found.abreast[0]) == "apart by 2.0"

    def test_those_there_twice_have_their_own_change_and_all_stand_beside_each_other(self) -> None:
        ada = [taken(START, days=0), taken(DEVELOPING, days=2), taken(LATE, days=9)]
        bo = [taken(DEVELOPING, who="Bo", days=1), taken(START, who="Bo", days=5)]
        cy = taken(MIXED, who="Cy", days=3)
        found = story(ONE, [*bo, cy, *ada])
        assert [(each.name, len(each.times)) for each in found.courses] == [
            ("Ada · North", 3), ("Bo · North", 2),
        ]  # fmt: skip
        assert [each.changes[0].delta for each in found.courses] == pytest.approx([2.0, -1.0])
        assert found.beside == (cy, bo[1], ada[2])
        assert found.abreast[0].apart == pytest.approx(2.0), "from 1.0 to 3.0; Cy has no place"

    def test_names_are_as_short_as_tells_them_apart(self) -> None:
        one, other = taken(START, who="Ada"), taken(START, who="Bo")
        assert short_names([one, other]) == ("Ada", "Bo")
        south = taken(START, who="Ada", team="South")
        assert short_names([one, south]) == ("Ada · North", "Ada · South")
        [team, _] = pages.of_rounds(9, 9)
        assert short_names([team, one])[0] == team.team

    def test_stages_in_words_without_a_figure(self) -> None:
        items = [
            taken(START, LATE, who="Ada"),
            taken(DEVELOPING, LATE, who="Bo", days=1),
        ]
        found = stages_words(story(TWO, items).abreast)
        assert [each.words for each in found.differ] == ["Ada: starting; Bo: developing."]
        assert [each.words for each in found.alike] == ["Consolidating."]
        items[1] = taken(MIXED, LATE, who="Bo", days=1)
        found = stages_words(story(TWO, items).abreast)
        assert [each.words for each in found.unknown] == ["Ada: starting; Bo: mixed picture."]

    def test_one_stage_is_said_of_those_who_have_a_place(self) -> None:
        rows = {"Ada": MIXED, "Bo": START, "Cy": START, "Di": UNKNOWN}
        items = [taken(row, who=who, days=n) for n, (who, row) in enumerate(rows.items())]
        found = stages_words(story(ONE, items).abreast)
        assert (found.alike, found.differ, found.unknown) == ((), (), ())
        [only] = found.partly
        assert only.words == (
            "Bo: starting; Cy: starting;"
            " Ada: no place (mixed picture); Di: no place (not enough answers)."
        )
        title = "At the same stage, of those who have a place"
        assert title in markdown(paper_of_compared(ONE, items, made=MADE))
        assert title in Read(html_of_compared(ONE, items, made=MADE)).text

    def test_of_many_without_a_place_it_is_said(self) -> None:
        items = [taken(START if n else MIXED, who=f"Person{n}", days=n) for n in range(8)]
        [found] = stages_words(story(ONE, items).abreast).partly
        assert found.words == "Starting; without a place: 1 of 8."

    @pytest.mark.parametrize(("count", "is_told"), [(9, False), (10, True)])
    def test_bars_are_not_called_dots(self, count: int, is_told: bool) -> None:
        items = [taken(START, who=f"Person{n}", days=n) for n in range(count)]
        bars = "; where there are too many for dots, a bar shows how many. The table says whose."
        said = f"Each dot is one of {count}{bars if is_told else '; the table says whose.'}"
        assert said in Read(html_of_compared(ONE, items, made=MADE)).text
        blocks = paper_of_compared(ONE, items, made=MADE).blocks
        [caption] = [b.caption for b in blocks if isinstance(b, Picture)]
        # On paper nine have room for a row each.
        assert caption == said or count == 9

    def test_where_figures_do_not_add_up_it_is_said_why(self) -> None:
        """2.57 and 2.72 show as 2.6 and 2.7, and 0.15 between them as 0.2."""
        rounded = "Each figure is rounded by itself"
        uneven = ("1101 2112 1332", "1100 0000 0221")
        for rows, is_told in ((uneven, True), ((START, LATE), False)):
            for who in ("Ada", "Bo"):
                items = [taken(rows[0]), taken(rows[1], who=who, days=3)]
                for text in (Read(html_of_compared(ONE, items, made=MADE)).text,
                             markdown(paper_of_compared(ONE, items, made=MADE))):  # fmt: skip
                    assert (rounded in text) is is_told, (rows, who)

    def test_of_rounds_of_one_day_every_report_says_that_their_order_is_not_known(self) -> None:
        items = [
            round_by(["333 000 000"] * 9, id="roundone"),
            round_by(["000 333 000"] * 9, id="roundtwo"),
        ]
        for kind in ("html", "md", "xlsx"):
            data = made(kind, OF_ROUNDS, OfComparison(tuple(items), "", {}, {}), MADE)
            text = str(read(data).sheets) if isinstance(data, bytes) else data
            assert "hold no time of day" in text, kind

    def test_of_one_day_the_day_is_said_once(self) -> None:
        items = [taken(START, who="Bo"), *(taken(LATE, days=n, started=builders.NOON,
                 finished=builders.NOON) for n in range(7))]  # fmt: skip
        pair = (items[1], items[2])
        for text in (Read(html_of_compared(ONE, items, made=MADE, pair=pair)).text,
                     html_of_compared(ONE, items, made=MADE),
                     markdown(paper_of_compared(ONE, items, made=MADE, pair=pair))):  # fmt: skip
            assert "2 Mar 2026 to 2 Mar 2026" not in text
            assert "2 Mar 2026 and 2 Mar 2026" not in text

    def test_the_team_stands_first_beside_a_person(self) -> None:
        team, _ = pages.of_rounds(9, 9)
        person = pages.over_time()[0]
        assert person.when < team.when
        found = story(pages.rubric(), [person, team])
        assert [item.kind for item in found.beside] == [Kind.ROUND, Kind.SESSION]
        assert found.title == "A person beside a team"
        assert found.is_person_and_team


class TestChosen:
    TIMES = (START, DEVELOPING, LATE, START)

    def test_two_among_many_and_it_says_so(self) -> None:
        items = [taken(row, days=day) for day, row in enumerate(self.TIMES)]
        [found] = story(ONE, items, {"leadership": 2.0}, (items[1], items[2])).courses
        assert found.changes[0].delta == pytest.approx(1.0)
        assert found.chosen == (
            "The change is between 3 Mar 2026 and 4 Mar 2026: these two times were chosen."
        )
        # A target is measured from the first time to the last all the same.
        [way] = found.aims
        assert (way.base.position, way.now.position) == pytest.approx((1.0, 1.0))
        assert len(found.trends[0].points) == 4

    def test_the_first_and_the_last_need_no_word(self) -> None:
        items = [taken(row, days=day) for day, row in enumerate(self.TIMES)]
        assert story(ONE, items, pair=(items[0], items[3])).courses[0].chosen == ""

    def test_turned_round(self) -> None:
        items = [taken(row, days=day) for day, row in enumerate(self.TIMES)]
        [found] = story(ONE, items, pair=(items[2], items[1])).courses
        assert found.changes[0].delta == pytest.approx(-1.0)
        assert "“Before” is the later of the two here." in found.chosen

    def test_whose_they_are_comes_first(self) -> None:
        ada = [taken(row, days=day) for day, row in enumerate(self.TIMES)]
        bo = [taken(row, who="Bo", days=day) for day, row in enumerate((START, LATE))]
        found = story(ONE, [*ada, *bo], pair=(bo[0], bo[1]))
        assert [each.name for each in found.courses] == ["Bo · North", "Ada · North"]
        assert [each.chosen for each in found.courses] == ["", ""]

    def test_two_different_ones_stand_alone_beside_each_other(self) -> None:
        items = [taken(START, who=who, days=day) for day, who in enumerate(("Ada", "Bo", "Cy"))]
        found = story(ONE, items, pair=(items[2], items[0]))
        assert found.beside == (items[0], items[2])
        assert found.chosen_beside


@pytest.mark.parametrize("kind", ["html", "md", "xlsx"])
def test_every_report_says_that_two_times_were_chosen(kind: str) -> None:
    items = [taken(row, days=day) for day, row in enumerate(TestChosen.TIMES)]
    for pair, said in (((items[1], items[2]), True), (None, False)):
        found = made(kind, ONE, OfComparison(tuple(items), pair=pair), MADE)
        text = read(found).text if isinstance(found, bytes) else found
        assert ("these two times were chosen" in text) is said


class TestOneSessionTwice:
    def test_a_session_and_its_copy_on_an_older_version_are_no_two_times(self) -> None:
        old = taken(START)
        newer = ONE.model_copy(update={"version": "2.0"})
        assert old.session
        carried = of_session(newer, upgrade(old.session, newer).session)
        found = story(newer, [of_session(newer, old.session), carried])
        [only] = found.courses
        assert "one session with the same answers" in only.why_not
        assert "1.0 and 2.0" in only.why_not
        assert [*only.changes, *only.improve, *only.steady, *only.moves] == []
        assert (only.no_forward, only.no_improve) == ("", "")
        assert found.title == "One session twice"
        text = Read(html_of_compared(newer, found.items, made=MADE)).text
        assert "one session with the same answers" in text
        for words in ("within noise", "Strengths gained", "No theme", "Before and after"):
            assert words.casefold() not in text.casefold()

    def test_among_others_it_is_remarked(self) -> None:
        one = taken(START)
        [found] = story(ONE, [one, one, taken(LATE, days=3)]).courses
        assert any("There more than once" in note for note in found.notes)
        assert len(found.times) == 2
        assert found.changes[0].delta == pytest.approx(2.0)


def round_by(rows: Sequence[str], version: str = "1.0", **more: Any) -> Compared:
    """A team's round, answered on a version of the grid."""
    asked = round_of(OF_ROUNDS, **more)
    asked = asked.model_copy(update={"rubric": RubricRef(id=OF_ROUNDS.id, version=version)})
    people = people_of(rows)
    asked = publication(asked, [person.sealed_name for person in people])
    return of_round(OF_ROUNDS, asked, disclose(OF_ROUNDS, asked, people))


class TestLeftOut:
    def test_every_statement_is_named_with_its_reason(self) -> None:
        old = taken("33-3 000k 0000", rubric={"id": "small-grid", "version": "0.9"}, who="Ada")
        now = taken("3333 0000 0000", days=4)
        one = builders.with_since(ONE, {"leadership.starting.3": "1.0"})
        [found] = story(one, [old, now]).courses
        reasons = {each.why: each.ids for each in found.omitted}
        assert reasons == {
            "in one version of the grid only": ("leadership.starting.3",),
            "not rated both times": ("leadership.developing.4",),
        }
        paper = markdown(paper_of_compared(one, [old, now], made=MADE))
        page = html_of_compared(one, [old, now], made=MADE)
        for i in ("leadership.starting.3", "leadership.developing.4"):
            assert f"We do {i}" in Read(page).text
            assert i in paper.replace("\\", "")
        assert "2 statements are left out of the change" in Read(page).text
        assert "rubric diff" in Read(page).text
        assert "<details" in page
        assert "<details open" not in page

    def test_of_two_rounds_on_other_statements_there_is_no_change(self) -> None:
        rows = ["3-3 000 000"] * 9
        items = [
            round_by(rows, id="roundone", version="0.9", created=date(2026, 3, 2)),
            round_by(["333 000 000"] * 9, id="roundtwo", created=date(2026, 9, 2)),
        ]
        newer = builders.with_since(OF_ROUNDS, {"leadership.starting.2": "1.0"})
        page = Read(html_of_compared(newer, items, made=MADE)).text
        text = markdown(paper_of_compared(newer, items, made=MADE)).replace("\\", "")
        for told_ in (page, text):
            assert "in one version of the grid only" in told_
            assert "the statements were changed between the two grids" in told_
            assert "Still at its first stage" not in told_
            assert "We do leadership.starting.2" in told_
            assert "'bt-assess rubric diff' names what each of them has" in told_
        assert "1 statement is left out of the change" in page


class TestLead:
    def test_a_few_with_their_dates(self) -> None:
        items = [taken(START, days=day) for day in (0, 1, 2)]
        assert lead(story(ONE, items)) == (
            ("Ada · North", ", 2 Mar 2026, 3 Mar 2026 and 4 Mar 2026"),
        )

    def test_of_many_the_name_and_how_often(self) -> None:
        items = [taken(START, days=day) for day in range(30)]
        assert lead(story(ONE, items)) == (
            ("Ada · North", ": 30 times, 2 Mar 2026 to 31 Mar 2026"),
        )
        items += [taken(START, who="Bo", team="South", days=day) for day in range(18)]
        found = story(ONE, items)
        assert lead(found) == (("Ada · North", " (30)"), ("Bo · South", " (18)"))
        page = Read(html_of_compared(ONE, items, made=MADE)).text
        assert page.count("Bo · South") > 18, "all are listed at the end"
        assert page.index("What is compared") > page.index("What next")
        text = markdown(paper_of_compared(ONE, items, made=MADE))
        assert "\nAda · North (30), Bo · South (18), 2 Mar 2026 to 31 Mar 2026.\n" in text
        assert text.index("What is compared: 48") > text.index("## What next")


def test_no_picture_is_higher_than_a_page_of_paper() -> None:
    for count in range(3, 12):
        blocks = paper_of_compared(pages.rubric(), pages.many_people(count), made=MADE).blocks
        [picture] = [block for block in blocks if isinstance(block, Picture)]
        [high] = map(float, re.findall(r'^<svg[^>]* height="([\d.]+)"', picture.svg))
        # A4 between its margins, where the picture is 660 wide, with room for its caption.
        assert high < 660 * (297 - 22 - 24 - 12) / (210 - 48)
        assert ("the table says whose" in picture.caption) is (count > 4)


class TestPromises:
    def test_of_every_round_but_the_last_each_once(self) -> None:
        first, second = pages.of_rounds(9, 9)
        assert first.round
        assert second.round
        new = Action(id="actionnew", what="Something else", owner="Bo")
        done = Action(id="actionnew", what="Something else", owner="Bo", state=ActionState.DONE)
        between = _with(second, "between1", date(2027, 2, 1), actions=(*first.round.actions, new))
        last = _with(second, "lastone2", date(2027, 6, 1), last_actions=(done,))
        [found] = story(pages.rubric(), [first, between, last]).courses
        told_of = {promise.then.id: promise.state for _, promise in found.promises}
        assert told_of["actionnew"] is ActionState.DONE
        assert sorted(told_of) == ["actionnew", "actionone", "actiontwo"]
        days = {promise.then.id: on for on, promise in found.promises}
        assert (days["actionone"], days["actionnew"]) == (first.when, between.when)

    @pytest.mark.parametrize("kind", ["html", "md", "xlsx"])
    def test_what_was_remarked_on_them_is_in_every_report(self, kind: str) -> None:
        first, second = pages.of_rounds(9, 9)
        done = Action(id="actionone", what="Something", state=ActionState.DONE,
                      remark="Since May, on all sites.")  # fmt: skip
        later = _with(second, "later001", date(2027, 2, 1), last_actions=(done,))
        found = made(kind, pages.rubric(), OfComparison((first, later)), MADE)
        text = read(found).text if isinstance(found, bytes) else found
        assert "Since May, on all sites." in text


def _with(item: Compared, id_: str, when: date, **more: Any) -> Compared:
    """A round at another day, with other actions."""
    from dataclasses import replace

    assert item.round
    changed = item.round.model_copy(update={"id": id_, "created": when, **more})
    return replace(item, id=id_, when=when, round=changed)


NO_CHANGE = ("within noise", "clear change", "strengths gained", "of the way", "before and after",
             "what moved most", "further along", "further back")  # fmt: skip
"""What is said of one person or team over time, and of nobody else."""


@pytest.mark.parametrize("kind", ["people", "teams", "person and team"])
def test_side_by_side_no_format_tells_of_change(kind: str) -> None:
    from dataclasses import replace

    team, later = pages.of_rounds(9, 9)
    person, other = pages.over_time()[-1], pages.of_another()
    items = {
        "people": [person, other],
        "teams": [team, replace(later, team="South")],
        "person and team": [person, team],
    }[kind]
    grid, targets = pages.rubric(), {"learning": 3.0}
    assert len(story(grid, items).abreast) == len(grid.themes)
    page = Read(html_of_compared(grid, items, made=MADE, targets=targets)).text
    text = markdown(paper_of_compared(grid, items, made=MADE, targets=targets))
    for told_ in (page, text):
        assert "Aims are measured for one person or one team over time." in told_
        assert "apart by" in told_
        for words in NO_CHANGE:
            assert words not in told_.casefold()


SMALL = builders.rubric(
    builders.theme_data("11 11 11"), builders.theme_data("11 11 11", theme_id="learning")
)


@st.composite
def any_items(draw: st.DrawFn) -> list[Compared]:
    """Sessions of a few people, any answers, in any order, perhaps of an older version."""
    found = []
    for number in range(draw(st.integers(2, 9))):
        given_: dict[str, Answer] = {}
        for statement_id in SMALL.statements:
            sign = draw(st.sampled_from("0123k-"))
            if sign != "-":
                given_ |= {statement_id: next(iter(builders.answers(f"{sign} - -").values()))}
        start = builders.NOON + timedelta(days=draw(st.integers(0, 5)))
        version = draw(st.sampled_from(["0.9", "1.0"]))
        found.append(
            of_session(
                SMALL,
                builders.session(
                    given_, id=f"session{number:04}", started=start, finished=start,
                    respondent=draw(st.sampled_from(["Ada", "Bo", ""])),
                    rubric={"id": "small-grid", "version": version},
                ),
            )
        )  # fmt: skip
    return found


class TestAny:
    @given(any_items(), st.integers(0, 8), st.integers(0, 8))
    @settings(max_examples=60)
    def test_each_theme_is_in_one_place_and_no_change_is_between_two(
        self, items: list[Compared], one: int, other: int
    ) -> None:
        pair = (items[one % len(items)], items[other % len(items)])
        found = story(SMALL, items, pair=pair if pair[0] is not pair[1] else None)
        assert len(found.courses) + len(found.beside) > 0
        for each in found.courses:
            assert len({(item.name, item.team) for item in (*each.times, *each.ends)}) == 1
            if not each.why_not:
                places = [t.theme.id for t in (*each.forward, *each.improve, *each.steady,
                                               *each.unknown)]  # fmt: skip
                assert sorted(places) == sorted(theme.id for theme in SMALL.themes)
        _is_true_of_first_stages(found)

    @given(any_items())
    @settings(max_examples=25)
    def test_any_make_a_page_and_a_paper(self, items: list[Compared]) -> None:
        page = Read(html_of_compared(SMALL, items, made=MADE, targets={"learning": 2.5}))
        assert page.faults == []
        assert "None " not in page.text.replace("None needed.", "")
        text = markdown(paper_of_compared(SMALL, items, made=MADE, targets={"learning": 2.5}))
        assert "None " not in text.replace("None needed.", "")


def _is_true_of_first_stages(found: Story) -> None:
    for each in found.courses:
        last = each.ends[1]
        low = {
            s.theme_id for s in last.standings if s.position and s.stage and s.stage == "starting"
        }
        improve = {told_.theme.id for told_ in each.improve}
        if not each.why_not:
            assert low <= improve
        if "none is at its first stage" in each.no_improve:
            assert all(s.position is not None for s in last.standings)


def test_what_numbers_mean_goes_with_what_is_shown() -> None:
    def words(items: Sequence[Compared], grid: Rubric = ONE) -> str:
        return " ".join(" ".join(part) for part in meaning(story(grid, items)))

    one = words([taken(START), taken(LATE, days=1)])
    assert "quarter of a stage" in one
    assert "Apart by" not in one
    two = words([taken(START), taken(LATE, who="Bo", days=1)])
    assert "Apart by" in two
    assert "quarter" not in two
    assert "noise" not in two
    teams = words(pages.of_rounds(9, 9), pages.rubric())
    assert "0.15" in teams
    assert "quarter" not in teams
