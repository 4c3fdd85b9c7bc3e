"""Two rounds: matched people or whole teams, and what was promised."""

from math import sqrt
from typing import Any

import pytest

from bt_assess.core.compared import Change, changes
from bt_assess.core.comparison import Verdict, compare, verdict
from bt_assess.core.disclosure import Why
from bt_assess.core.round import Action, ActionState
from bt_assess.core.team_change import promises, same_people, spread
from tests.core import builders
from tests.core.rounds import SMALL, compared, people_of, round_of

EARLY = ["323 101 000", "333 111 000", "322 211 000", "323 110 000"] * 2
LATE = ["111 332 110", "110 323 111", "111 333 100", "011 323 110"] * 2
NAMES = ["Ada", "Ben", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal"]
FREE: dict[str, Any] = {"figures_from": 1, "pictures_from": 1}


def change(before: object, after: object) -> Change:
    [found] = changes(SMALL, before, after)  # type: ignore[arg-type]
    return found


class TestUnmatched:
    def test_the_difference_of_the_medians_and_its_error(self) -> None:
        before, after = compared(EARLY), compared(LATE)
        found = change(before, after)
        assert before.shown is not None
        assert after.shown is not None
        first, second = before.shown.themes[0], after.shown.themes[0]
        assert found.delta == pytest.approx((second.centre or 0) - (first.centre or 0))
        assert first.positions is not None
        assert second.positions is not None
        spreads = [max(0.1, spread(p)) for p in (first.positions, second.positions)]
        assert found.se == pytest.approx(1.2533 * sqrt(sum(s**2 / 8 for s in spreads)))
        assert (found.verdict, found.matched) == (Verdict.CLEAR_CHANGE, None)

    def test_a_team_of_one_mind_is_not_taken_for_certain(self) -> None:
        found = change(compared([EARLY[0]] * 8), compared([EARLY[0]] * 8))
        assert found.se == pytest.approx(1.2533 * sqrt(2 * 0.1**2 / 8))
        assert (found.delta, found.verdict) == (0, Verdict.WITHIN_NOISE)

    @pytest.mark.parametrize("small", [(5, 8), (8, 5), (7, 7)])
    def test_where_places_are_hidden_the_spread_is_too(self, small: tuple[int, int]) -> None:
        found = change(compared(EARLY[: small[0]]), compared(LATE[: small[1]]))
        assert found.delta is not None
        assert (found.se, found.verdict, found.why_not) == (None, None, Why.TOO_FEW_FOR_PLACES)

    def test_too_few_people_show_nothing(self) -> None:
        found = change(compared(EARLY), compared(LATE[:4]))
        assert (found.delta, found.why_not) == (None, Why.TOO_FEW)

    def test_names_in_one_of_the_rounds_match_nobody(self) -> None:
        assert change(compared(EARLY, NAMES), compared(LATE)).matched is None


class TestMatched:
    def test_everybody_is_compared_with_themselves(self) -> None:
        found = change(compared(EARLY, NAMES), compared(LATE[::-1], NAMES[::-1]))
        pairs = [
            compare(
                SMALL, builders.session(builders.answers(a)), builders.session(builders.answers(b))
            )
            for a, b in zip(EARLY, LATE, strict=True)
        ]
        deltas = sorted(pair.themes[0].delta or 0 for pair in pairs)
        errors = [pair.themes[0].se or 0 for pair in pairs]
        assert found.matched == 8
        assert found.delta == pytest.approx((deltas[3] + deltas[4]) / 2)
        of_answers = sqrt(sum(se**2 for se in errors)) / 8
        assert found.se == pytest.approx(max(of_answers, spread(deltas) / sqrt(8)))
        assert found.verdict is Verdict.CLEAR_CHANGE

    def test_those_who_moved_alike_are_as_unsure_as_their_answers(self) -> None:
        """Their differences do not differ; each of them may still be wrong."""
        found = change(compared([EARLY[0]] * 4, NAMES[:4], **FREE),
                       compared([LATE[0]] * 4, NAMES[:4], **FREE))  # fmt: skip
        sessions = [builders.session(builders.answers(row)) for row in (EARLY[0], LATE[0])]
        [one] = compare(SMALL, *sessions).themes
        assert one.se is not None
        assert found.se == pytest.approx(one.se / 2)

    @pytest.mark.parametrize("names", [(), NAMES])
    def test_a_team_moves_less_than_a_person_to_have_changed(self, names: list[str]) -> None:
        """0.15 is enough for a team, where one person needs 0.25."""
        before, after = "323 000 000", "323 211 000"
        found = change(compared([before] * 8, names), compared([after] * 8, names))
        assert found.delta == pytest.approx(0.2)
        assert found.verdict is Verdict.CLEAR_CHANGE
        sessions = [builders.session(builders.answers(row)) for row in (before, after)]
        assert compare(SMALL, *sessions).themes[0].verdict is Verdict.WITHIN_NOISE
        assert verdict(0.149, 0.01, 0.15) is Verdict.WITHIN_NOISE

    def test_half_of_the_larger_team_is_enough_and_fewer_are_not(self) -> None:
        others = [*NAMES[:4], "Ida", "Jo", "Kit", "Lou"]
        assert change(compared(EARLY, NAMES), compared(LATE, others)).matched == 4
        others[3] = "Max"
        found = change(compared(EARLY, NAMES), compared(LATE, others))
        assert found.matched is None
        assert found.se is not None
        # Three of six may stay when two others leave, and still be three of the eight before.
        assert change(compared(EARLY, NAMES), compared(LATE[:6], others[:6])).matched is None

    def test_a_shared_name_is_nobodys(self) -> None:
        before = people_of(EARLY[:3], ["Ada", "ada ", "Ben"])
        after = people_of(LATE[:2], ["Ada", " BEN"])
        [(one, other)] = same_people(before, after)
        assert (one.name, other.name) == ("Ben", " BEN")

    def test_people_without_a_place_both_times_do_not_count(self) -> None:
        late = ["333 000 333", *LATE[1:]]
        assert change(compared(EARLY, NAMES), compared(late, NAMES)).matched == 7


class TestPromises:
    SPRING = round_of(
        actions=tuple(
            Action(id=f"action{n}x", what=what) for n, what in enumerate(("Talk", "Ask", "Stop"))
        )
    )

    def test_what_was_promised_and_what_came_of_it(self) -> None:
        talk, ask, _ = self.SPRING.actions
        autumn = round_of(
            id="autumn22",
            after=self.SPRING.id,
            last_actions=(
                talk.model_copy(update={"state": ActionState.DONE, "remark": "In May."}),
                ask.model_copy(update={"state": ActionState.DROPPED}),
            ),
        )
        found = promises(self.SPRING, autumn)
        assert [p.state for p in found] == [ActionState.DONE, ActionState.DROPPED, ActionState.OPEN]
        assert [p.told for p in found] == [True, True, False]
        assert found[0].now.remark == "In May."
        assert found[0].then == talk

    def test_the_latest_round_that_knows_has_the_last_word(self) -> None:
        [talk, *_] = self.SPRING.actions
        states = (ActionState.OPEN, ActionState.DONE)
        later = [
            round_of(id=f"later22{n}", last_actions=(talk.model_copy(update={"state": state}),))
            for n, state in enumerate(states)
        ]
        assert promises(self.SPRING, *later, round_of(id="empty222"))[0].state is ActionState.DONE
