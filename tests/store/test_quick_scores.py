"""Scores from kept sums are the scores of the rule, for any grid and any answers."""

import json
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.asked import profile_of
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import Profile
from bt_assess.core.session import Answer, RubricRef
from bt_assess.store.canonical import WORDS
from bt_assess.store.quick_scores import Scorer, recipe
from bt_assess.store.rubric_file import load_rubric
from tests.core import builders

LASTING = builders.rubric(
    builders.theme_data("11111 1111 111", lasting="LL.L. .L.. .L."),
    builders.theme_data("11 11 11", lasting="L. L. LL", theme_id="learning"),
    builders.theme_data("111 1 111", theme_id="change"),
)
SINCE = builders.with_since(
    LASTING,
    dict(zip(LASTING.statements, cycle(["1.1", "1.10", "1.9", "2"]), strict=False)),
    "2.0",
)
BLANK = builders.session({}).finish(builders.NOON)
SHIPPED = load_rubric()
ANSWERS = st.one_of(st.none(), st.sampled_from(Answer))


def expected(profile: Profile) -> list[tuple[object, ...]]:
    return [
        (
            s.status.value, *(x and x * 1e6 for x in (s.position, s.se, s.low, s.high)),
            s.stage and s.stage.value, s.confidence and s.confidence.value,
        )
        for s in profile.themes
    ]  # fmt: skip


def check(rubric: Rubric, answers: dict[str, Answer], version: str = "9.9") -> None:
    scorer = Scorer(json.loads(json.dumps(recipe(rubric))))
    letters = "".join(WORDS[answer.value] for answer in answers.values())
    session = BLANK.model_copy(
        update={"answers": answers, "rubric": RubricRef(id=rubric.id, version=version)}
    )
    for found, right in zip(
        scorer.score(tuple(answers), letters, version),
        expected(profile_of(rubric, session)),
        strict=True,
    ):
        assert (found[0], found[5:]) == (right[0], right[5:])
        assert found[1:5] == pytest.approx(right[1:5], abs=1)


@given(st.data())
def test_any_answers_to_a_small_grid(data: st.DataObject) -> None:
    ids = list(LASTING.statements)
    drawn = data.draw(st.lists(ANSWERS, min_size=len(ids), max_size=len(ids)))
    check(LASTING, {i: a for i, a in zip(ids, drawn, strict=True) if a is not None})


@given(st.data(), st.sampled_from(["1", "1.0", "1.1.0", "1.9", "1.10", "2.0"]))
def test_what_an_older_version_did_not_ask_is_not_missing(
    data: st.DataObject, version: str
) -> None:
    ids = list(SINCE.statements)
    drawn = data.draw(st.lists(ANSWERS, min_size=len(ids), max_size=len(ids)))
    check(SINCE, {i: a for i, a in zip(ids, drawn, strict=True) if a is not None}, version)


@given(st.randoms(use_true_random=False), st.integers(1, 6), st.integers(0, 3))
def test_any_answers_to_the_grid_that_ships(random: object, kinds: int, left_out: int) -> None:
    choose = getattr(random, "choice")  # noqa: B009 - hypothesis has no type for it
    answers = {i: choose(list(Answer)[:kinds]) for i in SHIPPED.statements}
    for _ in range(left_out * 10):
        answers.pop(choose(list(SHIPPED.statements)), None)
    check(SHIPPED, answers)


def test_answers_in_another_order_and_to_other_statements() -> None:
    ids = list(LASTING.statements)
    answers = dict.fromkeys(reversed(ids), Answer.MOSTLY)
    check(LASTING, {**answers, "elsewhere.starting.1": Answer.NOT})


def test_answered_counts_the_rubrics_statements_only() -> None:
    scorer = Scorer(recipe(LASTING))
    assert scorer.answered(scorer.ids) == len(scorer.ids) == len(LASTING.statements)
    assert scorer.answered((scorer.ids[3], "elsewhere.starting.1")) == 1
