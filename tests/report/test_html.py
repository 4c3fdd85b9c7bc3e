"""HTML reports as text: safe whatever they hold, in the right order, and no more than may be shown.

How they look, and that they can be used by everybody, is for test_browser.py.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings

from bt_assess.core.moved import strand_moves
from bt_assess.core.round import Step
from bt_assess.core.session import Answer, Session
from bt_assess.core.text import UNSAFE, clean_block
from bt_assess.report.change_words import stage_shares
from bt_assess.report.drawing import safe
from bt_assess.report.html import html_of_round, html_of_session
from bt_assess.report.html_round import said_words
from bt_assess.report.paper import Picture
from bt_assess.report.paper_round import paper_of_round
from tests.core import builders
from tests.report import pages, plans
from tests.report.pages import HOSTILE, MADE, Read

RUBRIC = builders.rubric(
    builders.theme_data("111 111 111", points=("a", "a", "a"), lasting="... L.. ..."),
    builders.theme_data("1111 1111 1111", theme_id="learning", strands="aabb aabb aabb"),
)


def example() -> str:
    return html_of_session(pages.rubric(), pages.of_the_example(), made=MADE)


def of_round(count: int, **more: object) -> str:
    return html_of_round(pages.rubric(), *pages.round_of(count, **more), made=MADE)  # type: ignore[arg-type]


PAGES: dict[str, Callable[[], str]] = {
    "session": example,
    "round": lambda: of_round(9),
    "named round": lambda: of_round(3, named=True),
    "six": lambda: of_round(6),
    "withheld round": lambda: of_round(3),
    "comparison": pages.of_comparison,
    "two rounds": pages.of_two_rounds,
    "two named rounds": lambda: pages.of_two_rounds(3, 3, named=True),
    "rounds of six": lambda: pages.of_two_rounds(6, 6),
    "withheld rounds": lambda: pages.of_two_rounds(3, 9),
    "trend": pages.of_trend,
    "trend of two people": pages.of_trend_of_two,
    "two people": pages.of_two_people,
    "many people": pages.of_many_people,
    "person and team": pages.of_person_and_team,
    "plan": plans.of_plan,
    "project": plans.of_project,
    "hostile plan": lambda: plans.of_plan(" ".join(HOSTILE)),
    "hostile project": lambda: plans.of_project(" ".join(HOSTILE)),
    "round not open": lambda: of_round(9, step=Step.CLOSED),
}


_NONE = r"None(?! of the three| needed)"
"""A value that is not there, printed."""


def shown_as(written: str) -> str:
    """What people wrote as a page has it: runs of spaces as one, what no page may hold as U+FFFD."""
    return re.sub(r"\s+", " ", safe(written, lines=True))


def is_harmless(text: str) -> None:
    """Nothing that runs, leads anywhere or is fetched; every tag closed."""
    read = Read(text)
    assert read.faults == []
    tags = {tag for tag, _ in read.tags}
    assert not tags & {
        "script",
        "a",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "link",
        "base",
        "image",
        "use",
    }
    assert [tag for tag, _ in read.tags].count("style") == 1
    names = {name for _, attributes in read.tags for name in attributes}
    assert not {name for name in names if name.startswith("on")}
    assert not names & {"href", "src", "style", "xlink:href", "action", "srcset"}
    assert not UNSAFE.search(text.replace("\n", ""))


class TestWhole:
    @pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
    def test_is_one_harmless_file(self, page: Callable[[], str]) -> None:
        text = page()
        is_harmless(text)
        assert "None" not in Read(text).text
        assert 'lang="en-GB"' in text

    @pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
    def test_its_policy_lets_in_its_own_style_and_nothing_else(
        self, page: Callable[[], str]
    ) -> None:
        text = page()
        style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
        policy = next(m["content"] for m in Read(text).of("meta") if "http-equiv" in m)
        assert style
        assert policy
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert policy.startswith("default-src 'none'; ")
        assert f"style-src 'sha256-{digest}'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"url\(|@import", style[1])

    @pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
    def test_every_picture_has_a_title_a_description_and_a_table_beside_it(
        self, page: Callable[[], str]
    ) -> None:
        text = page()
        ids = [a["id"] for _, a in Read(text).tags if "id" in a]
        assert len(ids) == len(set(ids))
        for svg in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
            named = re.search(r'aria-labelledby="(.*?)" aria-describedby="(.*?)"', svg)
            assert named
            assert re.search(f'<title id="{named[1]}">[^<]+</title>', svg)
            assert re.search(f'<desc id="{named[2]}">[^<]+</desc>', svg)
        for figure in re.findall(r"<figure>.*?</figure>", text, re.DOTALL):
            assert figure.count("<svg") == 2
            assert "<table" in figure
            assert "<figcaption" in figure

    @pytest.mark.parametrize(
        "name", ["session", "round", "six", "named round", "comparison", "two rounds"]
    )
    def test_words_come_before_any_number(self, name: str) -> None:
        text = PAGES[name]()
        first = text.index('<h2 id="places">')
        before = Read(text[text.index("<main>") : first]).text
        assert before.index("Strength") < before.index("Areas to improve")
        assert not re.search(r"\d", before)
        if '<h2 id="moves">' in text:
            return
        order = [
            text.index(f'<h2 id="{each}">')
            for each in ("places", "meaning", "next", "themes", "answers")
        ]
        assert order == sorted(order)

    def test_the_same_twice(self) -> None:
        assert example() == example()
        assert of_round(9) == of_round(9)


class TestHostileText:
    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_in_a_session(self, text: str) -> None:
        page = html_of_session(pages.hostile_rubric(text), pages.hostile_session(text), made=MADE)
        is_harmless(page)
        # The words are there all the same, to be read.
        note = pages.hostile_session(text).notes["leadership.starting.1"]
        assert shown_as(note) in Read(page).text

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_in_a_round(self, text: str) -> None:
        grid, round_, shown = pages.hostile_round(text)
        page = html_of_round(grid, round_, shown, made=MADE)
        is_harmless(page)
        assert shown.theme("leadership").two_camps
        for written in (round_.actions[0].what, round_.agreements[0].dissent, round_.title):
            assert shown_as(written) in Read(page).text

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    @pytest.mark.parametrize("of", [pages.hostile_comparison, pages.hostile_course])
    def test_in_a_comparison(self, of: Callable[[str], str], text: str) -> None:
        page = of(text)
        is_harmless(page)
        assert shown_as(clean_block(text)) in Read(page).text

    def test_what_got_past_the_model_is_cleaned_here(self) -> None:
        session = builders.session(builders.answers("0123 3333 2222"))
        session = session.model_copy(
            update={
                "respondent": "\u202eevil\x1b[31m",
                "notes": {"leadership.starting.1": "\x00\u2066"},
            }
        )
        is_harmless(html_of_session(pages.hostile_rubric("Fine."), session, made=MADE))

    def test_what_people_wrote_cannot_turn_the_words_around_it(self) -> None:
        page = html_of_session(
            pages.hostile_rubric("Fine."),
            pages.hostile_session("\u05e9\u05dc\u05d5\u05dd 123"),
            made=MADE,
        )
        assert "<h1><bdi>\u05e9\u05dc\u05d5\u05dd" in page
        assert '<p class="said " dir="auto">\u05e9\u05dc\u05d5\u05dd 123</p>' in page


class TestSession:
    @given(pages.any_session(RUBRIC))
    @settings(max_examples=40)
    def test_any_answers_make_a_page(self, session: Session) -> None:
        text = html_of_session(RUBRIC, session, made=MADE)
        is_harmless(text)
        assert not re.search(_NONE, Read(text).text)

    def test_notes_stand_beside_their_statements(self) -> None:
        session, grid = pages.of_the_example(), pages.rubric()
        text = Read(example()).text
        assert len(session.notes) > 5
        for statement_id, note in session.notes.items():
            place = text.index(note)
            assert grid.statements[statement_id].text in text[place - 300 : place]

    def test_every_answer_is_there(self) -> None:
        session, grid = pages.of_the_example(), pages.rubric()
        end = Read(example()[example().index('<h2 id="answers">') :]).text
        for statement in grid.asked:
            given = session.answers.get(statement.id)
            label = given.label if given else "Not answered"
            place = end.index(statement.text)
            assert label in end[place : place + len(statement.text) + 80]

    def test_steps_wait_for_an_owner_and_a_date(self) -> None:
        text = Read(example()).text
        assert "Owner nobody yet By when no date yet" in text

    def test_not_finished_is_said(self) -> None:
        session = builders.session(builders.answers("0--- ---- ----"))
        text = html_of_session(pages.hostile_rubric("Fine."), session, made=MADE)
        assert "not finished yet" in text
        assert "Find out first" in text


class TestRound:
    def test_agreements_dissent_actions(self) -> None:
        text = Read(of_round(9)).text
        assert "The votes: two camps." in text
        assert "Dissent The Monday walkabouts are real." in text
        assert "Owner The Monday walkabouts are real. By when 31 Jan 2027 State open" in text
        assert "Owner nobody yet By when no date yet State open" in text

    def test_two_camps_have_no_middle(self) -> None:
        _, shown = pages.round_of(9)
        assert shown.theme("leadership").two_camps
        row = re.search(r"Leadership</bdi></th>.*?</tr>", of_round(9), re.DOTALL)
        assert row
        assert "two camps" in row[0]
        assert '<td class="num">–</td>' in row[0]

    def test_single_places_need_eight(self) -> None:
        assert "Each dot is a person" in of_round(9)
        six = of_round(6)
        assert "Each dot is a person" not in six
        assert "too few people to show single places" in six
        assert "people at" not in six

    def test_bars_are_not_called_dots(self) -> None:
        bars = "where there are too many for dots, a bar shows how many"
        assert bars not in of_round(9)
        # Eleven of each of nine answers, so eleven at one place.
        many = of_round(99)
        assert "<circle" not in re.findall(r"<svg.*?</svg>", many, re.DOTALL)[0]
        assert bars in many
        grid = pages.rubric()
        paper = paper_of_round(grid, *pages.round_of(99), made=MADE)
        [said] = [b.caption for b in paper.blocks if isinstance(b, Picture) and "dot" in b.caption]
        assert bars in said

    def test_too_few_says_so_and_shows_no_figure(self) -> None:
        text = of_round(3)
        assert "too few people for a figure" in text
        assert "<svg" not in text
        assert "We found" not in text
        for note in ("walkabouts. Every site", "One page, read out"):
            assert note not in text
        assert "What we agreed" in text

    @pytest.mark.parametrize("count", [5, 6, 8, 9])
    def test_no_figure_but_what_is_shown(self, count: int) -> None:
        """Everything that the page says of a statement is what `Shown` has of it."""
        text = of_round(count)
        _, shown = pages.round_of(count)
        end = text[text.index('<h2 id="answers">') :]
        cells = re.findall(r"</td><td>([^<]*)</td></tr>", end)
        asked = [shown.statement(s.id) for theme in pages.rubric().themes for s in theme.walk()]
        assert len(cells) == len(asked)
        for cell, each in zip(cells, asked, strict=True):
            allowed = set((each.counts or {}).values()) | {
                each.unknown,
                each.not_applicable,
            }
            assert {int(n) for n in re.findall(r"\d+", cell)} <= allowed
            if each.counts is None:
                assert "not shown" in cell

    def test_a_statement_that_few_rated_is_told_without_its_counts(self) -> None:
        _, shown = pages.round_of(5)
        hidden = [s for s in shown.statements if s.counts is None and s.unknown]
        assert hidden
        assert said_words(hidden[0]).startswith("not shown: too few people for a figure")
        assert "don’t know" in said_words(hidden[0])

    def test_names_only_where_the_round_has_them(self) -> None:
        assert "P1: " not in of_round(9)
        assert "P1: " in of_round(9, named=True)

    def test_answers_in_words(self) -> None:
        _, shown = pages.round_of(9)
        each = next(s for s in shown.statements if (s.counts or {}).get(Answer.FULLY))
        assert f"{(each.counts or {})[Answer.FULLY]} fully" in said_words(each)


class TestComparison:
    def test_what_moved_in_words(self) -> None:
        text = Read(pages.of_comparison()).text
        forward = text[text.index("Strengths gained") : text.index("Areas to improve")]
        assert "Leadership Further along than before." in forward
        assert "Learning" in forward
        assert "Priorities" not in forward
        assert "Cannot be told: Priorities (mixed picture now)." in text

    def test_six_chances_of_a_false_alarm(self) -> None:
        text = Read(pages.of_comparison()).text
        assert (
            "Six themes are six chances of a false alarm: though nothing has changed, 24 of 100"
            in text
        )

    def test_both_notes(self) -> None:
        text = Read(pages.of_comparison()).text
        place = text.index("The strategy says prevention. The budget says repairs.")
        assert "12 Nov 2026 Not since the summer." in text[place : place + 120]

    def test_strands_that_moved_in_words(self) -> None:
        grid = pages.rubric()
        [before, _, after] = pages.over_time()
        move = strand_moves(grid, before, after)[0]
        text = Read(pages.of_comparison()).text
        strands = text[text.index("Strands that moved most") :]
        assert grid.theme(move.theme_id).strand(move.strand_id).name in strands[:200]
        assert stage_shares(dict(move.after)) in strands[:400]

    def test_nothing_changed(self) -> None:
        session = pages.of_the_example()
        again = session.model_copy(update={"finished": session.started + timedelta(days=90)})
        text = Read(pages.two_sessions(pages.rubric(), session, again)).text
        assert "No theme is known to have moved forward by more than noise." in text
        assert "No statement is known to be rated differently." in text
        assert "0.0 within noise" in text

    @given(pages.any_session(RUBRIC), pages.any_session(RUBRIC))
    @settings(max_examples=40)
    def test_any_two_make_a_page(self, before: Session, after: Session) -> None:
        text = pages.two_sessions(RUBRIC, before, after)
        is_harmless(text)
        assert not re.search(_NONE, Read(text).text)

    def test_people_of_named_rounds_are_compared_with_themselves(self) -> None:
        text = Read(pages.of_two_rounds(9, 9, named=True)).text
        assert "9 people gave their names both times and are compared with themselves" in text
        assert "compared with themselves" not in Read(pages.of_two_rounds()).text

    def test_too_few_to_tell_from_noise(self) -> None:
        text = Read(pages.of_two_rounds(6, 6)).text
        assert "too few people to tell change from noise" in text
        assert "too few to tell" in text
        assert "No theme is known to have moved forward by more than noise." in text

    def test_what_is_withheld_is_told_and_not_shown(self) -> None:
        text = Read(pages.of_two_rounds(3, 9)).text
        table = text[text.index("The same in figures") : text.index("What the numbers mean")]
        assert "not shown: too few people for a figure" in table
        assert "No statement is known to be rated differently." in text
        assert not re.search(r"\d → ", text)

    def test_what_was_promised_and_what_became_of_it(self) -> None:
        text = Read(pages.of_two_rounds()).text
        promised = text[text.index("What was promised") : text.index("What next")]
        assert "State done" in promised
        assert "It is done." in promised
        assert "State open, as far as is known" in promised

    def test_over_time_with_gaps_and_aims(self) -> None:
        page = pages.of_trend()
        text = Read(page).text
        assert "<h1><bdi>The year</bdi></h1>" in page
        assert text.index("12 Nov 2025:") < text.index("19 May 2026:") < text.index("12 Nov 2026:")
        assert "An open square is a time without a place" in text
        way = text[text.index("On the way") : text.index("What the numbers mean")]
        assert "Leadership : aim 2.6; from 1.2 to 2.2: 69 % of the way." in way
        assert "Learning : aim 1.2; from 1.3 to 2.2: it was there at first, and is now." in way
        # A gap is no place to be measured from.
        assert "Priorities : aim 2.0; no way to measure: mixed picture now." in way

    def test_somebody_else_among_them_stands_beside(self) -> None:
        page = pages.of_trend_of_two()
        text = Read(page).text
        beside = text[text.index("Where they stand now") :]
        assert beside.index("Head of repairs") < beside.index("Area manager · Northfield Homes")
        assert "3 times. The change is from 12 Nov 2025 to 12 Nov 2026." in text
        trend = text[text.index("Over time") : text.index("On the way")]
        assert "11 Nov 2026" not in trend, "another's time is in no trend of theirs"
        assert re.findall("<h2[^>]*>(.*?)</h2>", page)[1:3] == [
            "Where they stand now", "<bdi>Area manager · Northfield Homes</bdi>",
        ]  # fmt: skip

    def test_a_person_beside_a_team_has_changed_into_nobody(self) -> None:
        text = Read(pages.of_person_and_team()).text
        assert "A person beside a team" in text
        assert "within noise" not in text.casefold()
        assert "An open dot is the team, a full one the person." in text
        assert "Strength" not in text
