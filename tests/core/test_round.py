"""A round's rules: what is fixed when, where it may go, what counts once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from bt_assess.core.round import Action, ActionState, Agreement, NotNow, Round, Step, never_shows
from bt_assess.core.rubric import Stage

NAMES = ["a2b3c4d5e6f7g8h9", "z9y8x7w6v5t4s3r2"]
RECEIPTS = ["7K4Q-M2XD", "22BC-D3FG"]


def round_(**more: Any) -> Round:
    settings: dict[str, Any] = {
        "id": "q7w8e9r2",
        "title": "Spring review",
        "expected": 6,
        "created": date(2026, 3, 2),
        "rubric": {"id": "my-grid", "version": "1.0"},
    }
    return Round.model_validate({**settings, **more})


def test_a_round_without_names_shows_figures_from_five_and_single_places_from_eight_up() -> None:
    for low in ({"figures_from": 4}, {"pictures_from": 7}, {"figures_from": 9}):
        with pytest.raises(ValidationError):
            round_(**low)
    assert round_(named=True, figures_from=1, pictures_from=1).figures_from == 1
    with pytest.raises(ValidationError):
        round_(named=True, figures_from=1, pictures_from=1).changed(named=False)


@pytest.mark.parametrize("expected", [0, 501, -1, True, "6"])
def test_one_to_five_hundred_people_are_expected(expected: object) -> None:
    with pytest.raises(ValidationError):
        round_(expected=expected)


@pytest.mark.parametrize("setting", [{"named": True}, {"figures_from": 6}, {"pictures_from": 9}])
def test_who_sees_what_is_fixed_once_somebody_has_begun(setting: dict[str, Any]) -> None:
    before = round_().collecting()
    assert before.changed(**setting).revision == before.revision + 1
    with pytest.raises(NotNow):
        before.started().changed(**setting)
    with pytest.raises(NotNow):
        before.given(NAMES[0], RECEIPTS[0]).changed(**setting)
    assert before.started().changed(expected=7).expected == 7


def test_a_setting_that_is_none_is_refused() -> None:
    with pytest.raises(NotNow):
        round_().changed(sealed={})


def test_nobody_begins_before_the_round_collects_or_after_it_is_closed() -> None:
    assert round_().collecting().started().begun
    for there in (round_(), round_().collecting().closed()):
        with pytest.raises(NotNow):
            there.started()


def test_answers_are_not_opened_without_closing() -> None:
    for step in (Step.BRIEF, Step.ACTIONS, Step.COLLECTING):
        with pytest.raises(NotNow):
            round_(step=step).at_step(Step.DISCUSSING)
    late = round_(step=Step.DISCUSSING).collecting()
    with pytest.raises(NotNow):
        late.at_step(Step.DISCUSSING)


def test_the_same_file_counts_once_and_names_are_in_no_order_of_time() -> None:
    there = round_().collecting()
    for name, receipt in zip(reversed(NAMES), RECEIPTS, strict=True):
        there = there.given(name, receipt)
    assert there.given_in == 2
    assert list(there.sealed) == NAMES
    assert there.given(NAMES[0], there.sealed[NAMES[0]]) is there
    assert there.given(NAMES[0], RECEIPTS[0]).given_in == 2


def test_a_batch_is_published_once() -> None:
    there = round_().shown(NAMES[:1]).shown(NAMES)
    assert there.published == ((NAMES[0],), (NAMES[1],))
    assert there.shown(NAMES) is there
    with pytest.raises(ValidationError):
        round_(published=[NAMES, NAMES[:1]])


def test_a_second_vote_keeps_the_first() -> None:
    there = round_(step=Step.DISCUSSING, begun=True, sealed={NAMES[0]: RECEIPTS[0]})
    with pytest.raises(NotNow):
        there.given(NAMES[1], RECEIPTS[1], "leadership")
    again = there.voting_again("leadership").given(NAMES[1], RECEIPTS[1], "leadership")
    vote = again.revote("leadership")
    assert vote is not None
    assert (again.given_in, vote.given_in) == (1, 1)
    assert again.voting_again("leadership") is again


@pytest.mark.parametrize("step", [Step.BRIEF, Step.ACTIONS, Step.COLLECTING, Step.CLOSED])
def test_nothing_is_agreed_or_promised_before_the_answers_are_open(step: Step) -> None:
    there = round_(step=step)
    wrong_now: list[Callable[[], object]] = [
        lambda: there.agreed(Agreement(theme_id="leadership")),
        lambda: there.with_action(Action(id="new00001", what="One")),
        lambda: there.without_action("new00001"),
        lambda: there.voting_again("leadership"),
    ]
    for wrong in wrong_now:
        with pytest.raises(NotNow):
            wrong()


def test_a_second_vote_goes_on_until_it_is_talked_about_and_can_be_given_up() -> None:
    there = round_(step=Step.DISCUSSING, begun=True, sealed={NAMES[0]: RECEIPTS[0]})
    again = there.voting_again("leadership")
    assert again.voting == "leadership"
    assert again.voters == 1
    assert again.talking().voting is None
    assert again.talking().voting_again("leadership").voting == "leadership"
    assert again.collecting().voting is None, "the first vote goes on"
    gone = again.without_vote("leadership")
    assert (gone.voting, gone.revotes) == (None, ())
    with pytest.raises(NotNow):
        gone.without_vote("leadership")
    with pytest.raises(ValidationError):
        round_(voting="leadership")


@pytest.mark.parametrize(
    ("here", "there", "after"),
    [
        ([], [NAMES[:1]], [NAMES[:1]]),
        ([NAMES[:1]], [], [NAMES[:1]]),
        ([NAMES[:1]], [NAMES[:1], NAMES[1:]], [NAMES[:1], NAMES[1:]]),
        ([NAMES[:1], NAMES[1:]], [NAMES[:1]], [NAMES[:1], NAMES[1:]]),
        ([NAMES[:1]], [NAMES[1:]], None),
        ([NAMES], [NAMES[:1], NAMES[1:]], None),
    ],
)
def test_what_another_laptop_has_shown_counts_as_shown(here: Any, there: Any, after: Any) -> None:
    mine, theirs = round_(published=here), round_(published=there).published
    if after is None:
        with pytest.raises(NotNow):
            mine.taking_over(theirs)
        assert round_(published=here, named=True).taking_over(theirs).named
    else:
        assert mine.taking_over(theirs).published == round_(published=after).published


@pytest.mark.parametrize(
    ("expected", "figures", "named", "says"),
    [
        (5, 5, False, None), (4, 5, False, "round with names"), (1, 1, True, None),
        (6, 7, False, "ask for fewer"), (4, 9, False, "round with names"),
    ],
)  # fmt: skip
def test_a_round_that_would_never_show_anything_is_told_of(
    expected: int, figures: int, named: bool, says: str | None
) -> None:
    why = never_shows(expected, figures, named=named)
    assert (says is None and why is None) or (says is not None and says in (why or ""))


def test_what_is_agreed_stands_beside_the_votes_and_can_be_agreed_again() -> None:
    there = round_(step=Step.DISCUSSING, begun=True, sealed={NAMES[0]: RECEIPTS[0]})
    first = there.agreed(Agreement(theme_id="leadership", stage=Stage.STARTING, reason="For now"))
    then = first.agreed(Agreement(theme_id="leadership", dissent="Two of us see it otherwise"))
    agreement = then.agreement("leadership")
    assert agreement is not None
    assert agreement.stage is None
    assert len(then.agreements) == 1
    assert then.sealed == there.sealed


def test_the_next_round_gets_this_ones_actions_and_older_ones_that_are_open() -> None:
    old = [
        Action(id="old00001", what="Ask the tenants"),
        Action(id="old00002", what="Done long ago", state=ActionState.DONE),
    ]
    mine = Action(id="new00001", what="Hold the stand-up", owner="Ada", due=date(2026, 4, 1))
    there = round_(last_actions=old, step=Step.ACTING).with_action(mine)
    done = mine.model_copy(update={"state": ActionState.DONE})
    assert [a.id for a in there.carried()] == ["new00001", "old00001"]
    assert there.with_action(done).carried()[0].state is ActionState.DONE
    assert there.without_action("new00001").actions == ()
    with pytest.raises(NotNow):
        there.with_last_action(mine)


def test_text_from_people_is_made_safe_and_is_never_empty_where_it_is_needed() -> None:
    assert "\x1b" not in round_(title="Spring\x1b]52;c;AAAA\x07 review", team="a\u202eb").title
    assert "\x1b" not in Action(id="new00001", what="Ring\x1b[2J").what
    for title in ("", "   ", "\n"):
        with pytest.raises(ValidationError):
            round_(title=title)
    with pytest.raises(ValidationError):
        Action(id="new00001", what=" ")


def test_what_does_not_fit_together_is_refused() -> None:
    action = {"id": "new00001", "what": "One"}
    for wrong in (
        {"sealed": {NAMES[0]: RECEIPTS[0]}},
        {"sealed": {"../../etc/passwd": RECEIPTS[0]}, "begun": True},
        {"actions": [action, action]},
        {"revotes": [{"theme_id": "../up"}]},
        {"id": "../up/and/away"},
    ):
        with pytest.raises(ValidationError):
            round_(**wrong)
