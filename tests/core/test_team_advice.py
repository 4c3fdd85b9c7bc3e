"""What a team could do next: from figures that show, and from nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from bt_assess.core.advice import suggestions
from bt_assess.core.disclosure import Person, Shown, ShownTheme, disclose, publication
from bt_assess.core.round import Round, Step
from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import score
from bt_assess.core.session import RubricRef
from bt_assess.core.team_advice import first_team_steps, talk_first, team_suggestions
from tests.core import builders

ONE = builders.theme_data("11 11 11", strands="ab ab ab", points=("a", "b"))
OTHER = builders.theme_data("11 11 11", strands="ab ab ab", points=("a", "b"), theme_id="change")
RUBRIC = builders.rubric(ONE, OTHER)
THEME, CHANGE = RUBRIC.themes


def shown(*rows: str, change: str = "-- -- --") -> Shown:
    people = [
        Person(f"{n:016}", builders.answers(row) | builders.answers(change, "change"), {})
        for n, row in enumerate(rows)
    ]
    round_ = Round(
        id="q7w8e9r2", title="Spring", expected=12, created=date(2026, 3, 2), begun=True,
        rubric=RubricRef(id=RUBRIC.id, version=RUBRIC.version), step=Step.DISCUSSING,
    )  # fmt: skip
    round_ = publication(round_, [person.sealed_name for person in people])
    return disclose(RUBRIC, round_, people)


def test_a_team_of_one_mind_gets_what_each_of_them_would() -> None:
    row = "13 12 00"
    answers = builders.answers(row)
    alone = suggestions(THEME, score(RUBRIC, answers).theme(THEME.id), answers)
    together = team_suggestions(THEME, shown(*[row] * 6), None)
    assert [s.point for s in together] == [s.point for s in alone]
    assert [s.need for s in together] == pytest.approx([s.need for s in alone])
    assert [s.statements for s in together] == [s.statements for s in alone]


def test_need_is_of_the_mean_answer_of_those_who_rated() -> None:
    rows = ["30 00 00"] * 5 + ["31 k0 00"]
    [first, _] = team_suggestions(THEME, shown(*rows), None)
    # At starting, the aim is developing: true of starting, and not yet true of developing.
    assert first.point.strands == ("a",)
    assert first.need == pytest.approx((1 + 1) / 2)


def test_what_the_team_agreed_on_is_what_it_starts_from() -> None:
    found = shown(*["33 00 00"] * 6)
    wanted = {
        s.id for each in team_suggestions(THEME, found, Stage.DEVELOPING) for s in each.statements
    }
    assert any("consolidating" in each for each in wanted)
    own = {s.id for each in team_suggestions(THEME, found, None) for s in each.statements}
    assert not any("consolidating" in each for each in own)


def test_the_stage_comes_from_the_team_and_not_from_its_rounded_centre() -> None:
    """A centre of 1.51 is shown as 1.5, and is developing: so the aim is consolidating."""
    found = shown(*["33 00 00"] * 6)
    near = ShownTheme(theme_id=THEME.id, centre=1.5, stage=Stage.DEVELOPING)
    found = replace(found, themes=(near, found.theme(CHANGE.id)))
    raised = {s.id for each in team_suggestions(THEME, found, None) for s in each.statements}
    assert any("consolidating" in each for each in raised)


def test_two_camps_start_from_the_stage_nearest_to_their_centre() -> None:
    found = shown(*["33 00 00"] * 5, *["00 00 33"] * 4)
    assert found.theme(THEME.id).two_camps
    raised = {s.id for each in team_suggestions(THEME, found, None) for s in each.statements}
    assert raised
    assert not any("consolidating" in each for each in raised)


def test_too_few_people_get_no_advice() -> None:
    found = shown(*["33 00 00"] * 4)
    assert team_suggestions(THEME, found, None) == ()
    assert first_team_steps(RUBRIC, found) == ()


def test_what_lies_further_back_comes_first_and_no_theme_takes_it_all() -> None:
    found = shown(*["22 33 00"] * 6, change="33 11 00")
    one, other = (team_suggestions(theme, found, None)[0].need for theme in RUBRIC.themes)
    assert one > other
    steps = first_team_steps(RUBRIC, found, per_theme=1)
    assert [s.theme_id for s in steps] == [CHANGE.id, THEME.id]
    assert len(first_team_steps(RUBRIC, found, most=1)) == 1


def test_a_divided_or_mostly_mixed_team_talks_first() -> None:
    assert talk_first(shown(*["33 00 00"] * 4, *["00 00 33"] * 4).theme(THEME.id))
    assert talk_first(shown(*["33 00 33"] * 4, *["33 00 00"] * 2).theme(THEME.id))
    assert not talk_first(shown(*["33 00 00"] * 8).theme(THEME.id))
