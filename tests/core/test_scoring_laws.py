"""What holds of every score, whatever the answers: the laws of docs/scoring.md."""

from dataclasses import dataclass

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import Status, ThemeScore, score_theme
from tests.core import builders

NEARLY = 1e-9
RATED = "0123"
ALL = "0123kn-"


@dataclass(frozen=True)
class Case:
    """Answers and lasting marks, stage by stage; printed as a row when a law fails."""

    answers: tuple[str, ...]
    lasting: tuple[str, ...]

    @property
    def score(self) -> ThemeScore:
        row = " ".join(self.answers)
        theme = builders.theme(row, lasting=" ".join(self.lasting))
        return score_theme(theme, builders.answers(row))

    def with_answer(self, stage: int, at: int, sign: str) -> "Case":
        """The same with another answer at one place of a stage (0, 1, 2)."""
        groups = list(self.answers)
        groups[stage] = groups[stage][:at] + sign + groups[stage][at + 1 :]
        return Case(tuple(groups), self.lasting)

    def mirrored(self) -> "Case":
        return Case(self.answers[::-1], self.lasting[::-1])


@st.composite
def cases(draw: st.DrawFn, signs: str = ALL, marks: tuple[str, str, str] = ("L.",) * 3) -> Case:
    """Any theme of two to eight statements a stage; `marks` are the lasting marks it may have."""
    sizes = [draw(st.integers(2, 8)) for _ in Stage]
    answers = tuple(draw(st.text(signs, min_size=n, max_size=n)) for n in sizes)
    lasting = tuple(
        draw(st.text(m, min_size=n, max_size=n)) for m, n in zip(marks, sizes, strict=True)
    )
    return Case(answers, lasting)


@st.composite
def raises(
    draw: st.DrawFn, stage: int, marks: tuple[str, str, str] = ("L.",) * 3
) -> tuple[Case, Case]:
    """A theme before and after one answer of a stage (0, 1, 2) is raised."""
    before = draw(cases(marks=marks))
    places = [at for at, sign in enumerate(before.answers[stage]) if sign in "012"]
    assume(places)
    at = draw(st.sampled_from(places))
    higher = [sign for sign in RATED if sign > before.answers[stage][at]]
    return before, before.with_answer(stage, at, draw(st.sampled_from(higher)))


def positions(pair: tuple[Case, Case]) -> tuple[float, float]:
    """Both positions: a law about them needs two, and answers that do not suffice have none."""
    before, after = (case.score.position for case in pair)
    assume(before is not None and after is not None)
    assert before is not None
    assert after is not None
    return before, after


@given(raises(stage=0))
def test_raising_an_answer_at_the_first_stage_never_raises_the_position(
    pair: tuple[Case, Case],
) -> None:
    before, after = positions(pair)
    assert after <= before + NEARLY


# At 1.5, all of what is true in the middle is lasting: it gives way before the last stage weighs.
_GIVING_WAY = (
    Case(("333", "333", "000"), ("...", "LLL", "...")),
    Case(("333", "333", "001"), ("...", "LLL", "...")),
)


def test_lasting_statements_in_the_middle_can_give_way_early() -> None:
    """The one known exception to the second law, told of in docs/scoring.md."""
    before, after = (case.score.position for case in _GIVING_WAY)
    assert before == pytest.approx(1.5)
    assert after == pytest.approx(1.4521, abs=5e-5)


@given(raises(stage=2, marks=("L.", ".", "L.")))
def test_raising_one_at_the_last_never_lowers_it_where_the_middle_has_nothing_lasting(
    pair: tuple[Case, Case],
) -> None:
    before, after = positions(pair)
    assert after >= before - NEARLY


@given(raises(stage=2))
def test_raising_one_at_the_last_never_lowers_it_from_the_middle_on(
    pair: tuple[Case, Case],
) -> None:
    before, after = positions(pair)
    assume(before >= 2)
    assert after >= before - NEARLY


@given(cases())
@example(Case(("00", "00", "02223"), ("..", "..", ".....")))  # a mean that a float cannot hold
def test_figures_stay_within_their_bounds(case: Case) -> None:
    found = case.score
    assert 0 <= found.coverage <= 1
    assert 0 <= found.rated <= found.applicable <= sum(map(len, case.answers))
    for endorsement in (*found.raw.values(), *found.effective.values()):
        assert endorsement is None or 0 <= endorsement <= 1
    if found.position is None:
        assert (found.low, found.high, found.se, found.coherence) == (None,) * 4
        return
    assert found.low is not None
    assert found.high is not None
    assert found.se is not None
    assert found.coherence is not None
    assert 1 <= found.low <= found.position <= found.high <= 3
    assert found.se >= 0.05
    assert 0 <= found.coherence <= 1


@given(cases())
def test_what_a_status_promises_is_there(case: Case) -> None:
    found = case.score
    placed, mixed = found.status is Status.PLACED, found.status is Status.MIXED
    assert (found.position is not None) is (placed or mixed)
    assert (found.stage is not None) is placed
    assert (found.confidence is not None) is placed
    assert (found.pattern is not None) is mixed


@given(cases(marks=(".", ".", ".")))
def test_the_scale_has_no_favourite_end(case: Case) -> None:
    """Without lasting statements, the grid read backwards gives the position mirrored."""
    there, back = case.score, case.mirrored().score
    assert (there.status, there.pattern) == (back.status, back.pattern)
    assert there.coverage == back.coverage
    if there.position is None:
        assert back.position is None
        return
    assert back.position == pytest.approx(4 - there.position, abs=NEARLY)
    assert back.se == pytest.approx(there.se, abs=NEARLY)
    assert back.coherence == pytest.approx(there.coherence, abs=NEARLY)
    assert there.low is not None
    assert there.high is not None
    assert back.low == pytest.approx(4 - there.high, abs=NEARLY)
    assert back.high == pytest.approx(4 - there.low, abs=NEARLY)
    at_a_cut = any(abs(there.position - cut) < NEARLY for cut in (1.5, 2.5))
    if there.stage is not None and not at_a_cut:  # a tie goes to the lower stage either way
        assert back.stage is list(Stage)[3 - there.stage.number]


@given(cases(signs=RATED))
def test_a_theme_true_at_one_stage_only_is_at_that_stage(case: Case) -> None:
    for stage in Stage:
        answers = tuple(
            ("3" if here is stage else "0") * len(group)
            for here, group in zip(Stage, case.answers, strict=True)
        )
        assert Case(answers, case.lasting).score.stage is stage
