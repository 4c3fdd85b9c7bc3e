"""Two times on one row rest on the same statements: places, change, verdict and strands alike."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core import team_change
from bt_assess.core.compared import Change, Compared, Gap, changes, gone, of_round, of_session
from bt_assess.core.comparison import ThemeChange, Verdict, theme_change
from bt_assess.core.disclosure import Person, Why, disclose, publication
from bt_assess.core.moved import statement_moves, strand_moves
from bt_assess.core.rubric import RubricTheme, Stage
from bt_assess.core.scoring import Status
from bt_assess.core.session import Answer
from bt_assess.core.team import team_theme
from tests.core import builders
from tests.core.rounds import round_of

ALL = builders.rubric(
    builders.theme_data("11111 11111 11111", strands="aaabb aaabb aaabb"),
    builders.theme_data("111 111 111", theme_id="learning"),
)
NEWER = [f"leadership.{stage}.{n}" for stage in ("starting", "developing", "consolidating")
         for n in (4, 5)]  # fmt: skip
IN_USE = builders.with_since(ALL, dict.fromkeys(NEWER, "1.1"), version="1.1")
NAMES = ["Ada", "Ben", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal"]
OTHERS = ["Ida", "Jo", "Kit", "Lou", "Max", "Ned", "Ola", "Pat"]
OLD = ("323", "101", "000")
HIGHER = ("00", "33", "00")
LEARNING = "333 111 000"


def row(shared: Sequence[str], new: Sequence[str] = ("--", "--", "--")) -> str:
    return " ".join(a + b for a, b in zip(shared, new, strict=True))


def taken(
    rows: Sequence[str],
    names: Sequence[str] = (),
    version: str = "1.1",
    learning: Sequence[str] = (),
    more: dict[str, Answer] | None = None,
    **settings: Any,
) -> Compared:
    """A round of people who answered the theme like this, and Learning all alike unless told."""
    people = [
        Person(
            f"{n:016}",
            {
                **builders.answers(each),
                **builders.answers(learning[n] if learning else LEARNING, "learning"),
                **(more or {}),
            },
            {},
            names[n] if names else "",
        )
        for n, each in enumerate(rows)
    ]
    asked = IN_USE.model_copy(update={"version": version})
    round_ = round_of(asked, named=bool(names), **settings)
    round_ = publication(round_, [person.sealed_name for person in people])
    return of_round(IN_USE, round_, disclose(IN_USE, round_, people))


def later(rows: Sequence[str], names: Sequence[str] = (), **more: Any) -> Compared:
    return taken(rows, names, id="autumn22", created=date(2026, 9, 1), **more)


def of_leadership(before: Compared, after: Compared) -> Change:
    return changes(IN_USE, before, after)[0]


def alike(count: int = 8, names: Sequence[str] = ()) -> Compared:
    return taken([row(OLD)] * count, names, version="1.0")


def with_new(count: int = 8, names: Sequence[str] = ()) -> Compared:
    """They say of the old statements what they said, and of the new ones what stands further along."""
    return later([row(OLD, HIGHER)] * count, names)


class TestOtherVersions:
    @pytest.mark.parametrize("names", [NAMES, OTHERS])
    def test_with_names_new_statements_move_nobody(self, names: list[str]) -> None:
        """Whether the same people are compared with themselves, or the teams as they are."""
        before, after = alike(names=NAMES), with_new(names=names)
        found = of_leadership(before, after)
        assert (found.delta, found.verdict) == (0, Verdict.WITHIN_NOISE)
        assert found.matched == (8 if names is NAMES else None)
        assert found.before.position == found.after.position == before.standings[0].position
        assert found.left_out.one_version == tuple(NEWER)
        # Its own place counts all that it was asked.
        assert (after.standings[0].position or 0) > (found.after.position or 0) + 0.2

    def test_without_names_there_is_no_change_on_other_statements(self) -> None:
        before, after = alike(), with_new()
        found = of_leadership(before, after)
        assert (found.delta, found.se, found.verdict) == (None, None, None)
        assert found.why_not is Gap.OTHER_STATEMENTS
        assert {found.before.position, found.after.position} == {None}
        assert found.left_out.one_version == tuple(NEWER)
        # A theme that was not changed is compared as ever.
        assert changes(IN_USE, before, after)[1].verdict is Verdict.WITHIN_NOISE

    def test_a_round_with_names_is_taken_back_to_what_one_without_was_asked(self) -> None:
        found = of_leadership(alike(), with_new(names=NAMES))
        # Without names a place shows to the nearest twentieth.
        assert found.delta == pytest.approx(0, abs=0.025)
        assert found.verdict is Verdict.WITHIN_NOISE
        assert of_leadership(alike(names=NAMES), with_new()).why_not is Gap.OTHER_STATEMENTS

    def test_two_of_an_older_version_are_compared_on_all_they_were_asked(self) -> None:
        after = taken([row(OLD)] * 8, version="1.0", id="autumn22", created=date(2026, 9, 1))
        assert of_leadership(alike(), after).delta == 0

    def test_strands_count_what_both_were_asked(self) -> None:
        for names in ([], NAMES):
            pair = alike(names=names), with_new(names=names)
            assert statement_moves(IN_USE, *pair) == ()
            assert strand_moves(IN_USE, *pair) == ()

    def test_what_the_version_in_use_dropped_is_named(self) -> None:
        dropped = {"leadership.starting.9": Answer.FULLY, "people.starting.1": Answer.NOT}
        for names in ([], NAMES):
            before = taken([row(OLD)] * 8, names, version="1.0", more=dropped)
            after = with_new(names=names)
            assert of_leadership(before, after).left_out.one_version[-1] == "leadership.starting.9"
            assert gone(IN_USE, (before, after)) == ("people.starting.1",)

    def test_of_a_few_it_is_not_told_that_they_answered_what_is_gone(self) -> None:
        people = [Person(f"{n:016}", builders.answers(row(OLD)), {}) for n in range(9)]
        people[:4] = [
            Person(p.sealed_name, {**p.answers, "people.starting.1": Answer.NOT}, {})
            for p in people[:4]
        ]
        round_ = publication(round_of(IN_USE), [p.sealed_name for p in people])
        assert disclose(IN_USE, round_, people).elsewhere == ()


DROPPED = {"leadership.starting.9": Answer.FULLY}
"""An answer to a statement that the grid in use does not have any more."""


class TestDroppedByTheGridInUse:
    """All rate the shared statements alike; only one of the two was asked what was dropped."""

    @staticmethod
    def pair(
        names: list[str], others: list[str], version: str = "1.1"
    ) -> tuple[Compared, Compared]:
        rows = [row(OLD)] * 8
        return (
            taken(rows, names, version="1.0", more=DROPPED),
            later(rows, others, version=version),
        )

    @pytest.mark.parametrize("others", [[], NAMES])
    def test_without_names_there_is_no_change(self, others: list[str]) -> None:
        before, after = self.pair([], others)
        assert {before.standings[0].gap, after.standings[0].gap} == {None}
        for pair in ((before, after), (after, before)):
            found, learning = changes(IN_USE, *pair)
            assert (found.why_not, found.delta) == (Gap.OTHER_STATEMENTS, None)
            assert {found.before.position, found.after.position} == {None}
            assert learning.verdict is Verdict.WITHIN_NOISE

    @pytest.mark.parametrize("others", [[], NAMES])
    def test_with_names_it_counts_in_no_place(self, others: list[str]) -> None:
        found = of_leadership(*self.pair(NAMES, others))
        assert found.verdict is Verdict.WITHIN_NOISE
        assert found.left_out.one_version == (*NEWER, *DROPPED)

    def test_two_of_one_version_are_alike_whoever_answered_it(self) -> None:
        found = of_leadership(*self.pair([], [], version="1.0"))
        assert (found.delta, found.verdict) == (0, Verdict.WITHIN_NOISE)


class TestSkippedByAll:
    """Whatever nobody in a team answered, though its version asked it, is missing and not new."""

    @pytest.mark.parametrize("version", ["1.0", "1.1"])
    def test_it_is_said_that_it_was_not_rated(self, version: str) -> None:
        before = taken([row(("3-3", "101", "000"))] * 8, version="1.0")
        for after in (later([row(OLD)] * 8, version=version),
                      later([row(("3-3", "101", "000"))] * 8, version=version)):  # fmt: skip
            found = of_leadership(before, after)
            assert found.left_out.not_rated == ("leadership.starting.2",)
            assert found.left_out.one_version == tuple(NEWER)
        assert of_leadership(before, later([row(OLD)] * 8)).why_not is Gap.RATED_ONCE

    @pytest.mark.parametrize("names", [NAMES, OTHERS])
    @pytest.mark.parametrize("version", ["1.0", "1.1"])
    def test_too_few_answers_are_no_place_on_another_version_either(
        self, names: list[str], version: str
    ) -> None:
        """Seven of fifteen were rated at first, and one of those not the second time."""
        in_use = builders.with_since(ALL, {"learning.starting.3": "1.1"}, version="1.1")

        def round_of_all(signs: str, who: list[str], asked: str, **more: Any) -> Compared:
            people = [
                Person(f"{n:016}", builders.answers(signs), {}, name) for n, name in enumerate(who)
            ]
            round_ = round_of(in_use.model_copy(update={"version": asked}), named=True, **more)
            return of_round(in_use, round_, disclose(in_use, round_, people))

        before = round_of_all("333-- 11--- 00---", NAMES, "1.0")
        after = round_of_all("-1111 33333 33333", names, version, id="autumn22")
        found = changes(in_use, before, after)[0]
        assert (found.verdict, found.delta, found.before.position) == (None, None, None)
        assert found.why_not is before.standings[0].gap is Why.NOBODY


def test_nobody_is_scored_twice_for_what_they_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a round of two hundred that takes seconds, in which no key answers."""
    before, after = alike(names=NAMES), with_new(names=NAMES)
    asked: list[str] = []

    def counted(theme: RubricTheme, *more: Any) -> ThemeChange:
        asked.append(theme.id)
        return theme_change(theme, *more)

    monkeypatch.setattr(team_change, "theme_change", counted)
    assert {found.matched for found in changes(IN_USE, before, after)} == {8}
    assert {theme_id: asked.count(theme_id) for theme_id in asked} == {
        "leadership": 8,
        "learning": 8,
    }


SILENT = ("3k3", "101", "000")
"""As OLD, where all of a team rate it but for one statement."""
NOT_FOR_US = ("3n3", "101", "000")
ZEROS = ("00",) * 3


class TestRatedByOneTeamOnly:
    @pytest.mark.parametrize("first", [SILENT, NOT_FOR_US])
    @pytest.mark.parametrize("names", [NAMES, OTHERS])
    def test_with_names_it_does_not_count(self, first: Sequence[str], names: list[str]) -> None:
        before = taken([row(first, ZEROS)] * 8, NAMES)
        after = later([row(("303", "101", "000"), ZEROS)] * 8, names)
        found = of_leadership(before, after)
        assert found.left_out.not_rated == ("leadership.starting.2",)
        assert (found.delta, found.before.position) == (0, found.after.position)
        assert after.standings[0].position != found.after.position

    def test_without_names_there_is_no_change(self) -> None:
        before = taken([row(SILENT, ZEROS)] * 8)
        after = later([row(OLD, ZEROS)] * 8)
        for pair in ((before, after), (after, before)):
            found = of_leadership(*pair)
            assert (found.why_not, found.delta, found.verdict) == (Gap.RATED_ONCE, None, None)
            assert {found.before.position, found.after.position} == {None}

    def test_what_does_not_apply_to_a_team_is_not_missing(self) -> None:
        """Six of fifteen are left, which would be too few of those that apply to it."""
        before = taken(["33nnn 11nnn 00nnn"] * 8, NAMES)
        found = of_leadership(before, later(["33333 11111 00000"] * 8, OTHERS))
        assert (found.delta, found.why_not) == (0, None)

    @pytest.mark.parametrize("names", [[], NAMES])
    def test_a_strand_moves_on_the_other_statements(self, names: list[str]) -> None:
        before = taken([row(("3k3", "101", "000"), ZEROS)] * 8, names)
        after = later([row(("001", "101", "000"), ZEROS)] * 8, names)
        [found] = strand_moves(IN_USE, before, after)
        assert (found.strand_id, found.before[Stage.STARTING]) == ("a", 1)
        assert found.after[Stage.STARTING] == pytest.approx(1 / 6)

    def test_what_nobody_in_either_rated_hinders_nothing(self) -> None:
        rows = [row(SILENT, ZEROS)] * 8
        found = of_leadership(taken(rows), later(rows))
        assert (found.delta, found.verdict) == (0, Verdict.WITHIN_NOISE)
        assert found.left_out.not_rated == ("leadership.starting.2",)


class TestTheSamePeople:
    def test_the_places_are_theirs(self) -> None:
        """Four newcomers stand further along; nobody who was there before has moved."""
        same = [row(OLD, ZEROS)] * 5
        before = taken(same, NAMES[:5])
        after = later([*same, *[row(("000", "000", "333"), ("00", "00", "33"))] * 5],
                      [*NAMES[:5], *OTHERS[:5]])  # fmt: skip
        found = of_leadership(before, after)
        assert found.why_not is not None  # At both ends, the whole team has two camps.
        after = later([*same, *[row(("101", "333", "000"), ("00", "33", "00"))] * 4],
                      [*NAMES[:5], *OTHERS[:4]])  # fmt: skip
        found = of_leadership(before, after)
        assert (found.matched, found.delta, found.before.n, found.after.n) == (5, 0, 5, 5)
        assert found.before.position == found.after.position

    def test_each_of_them_on_what_they_rated_both_times(self) -> None:
        """Everybody left another statement open at first, so each of them was rated by somebody."""
        full = "333 333 000"
        rows = [f"{full[:n]}k{full[n + 1 :]}" for n in (4, 5, 6, 4, 5, 6, 4, 5)]
        before = taken([row(each.split(), ZEROS) for each in rows], NAMES)
        after = later([row(full.split(), ZEROS)] * 8, NAMES)
        found = of_leadership(before, after)
        assert found.delta == 0
        assert found.before.position == found.after.position


ROWS = st.lists(st.text("0123kn", min_size=9, max_size=9), min_size=5, max_size=8)


@given(first=ROWS, second=ROWS, named=st.booleans())
def test_no_strand_moves_where_no_statement_did(
    first: list[str], second: list[str], named: bool
) -> None:
    """Whatever was left open, and by whom."""

    def spaced(rows: list[str]) -> list[str]:
        return [row((each[:3], each[3:6], each[6:])) for each in rows]

    before = taken(spaced(first), NAMES[: len(first)] if named else [], version="1.0")
    after = later(spaced(second), NAMES[: len(second)] if named else [], version="1.0")
    moved = {move.statement.strand for move in statement_moves(IN_USE, before, after)}
    assert {move.strand_id for move in strand_moves(IN_USE, before, after)} <= moved


class TestGaps:
    def test_what_does_not_apply_to_a_team_is_said_so(self) -> None:
        never = ["nnn nnn nnn"] * 8
        item = taken([row(OLD)] * 8, learning=never)
        assert item.standings[1].gap is Gap.NOT_APPLICABLE
        found = changes(IN_USE, item, later([row(OLD)] * 8, learning=never))[1]
        assert (found.why_not, found.after.gap) == (Gap.NOT_APPLICABLE, Gap.NOT_APPLICABLE)
        unsure = taken([row(OLD)] * 8, learning=["nnn nnn nnk"] * 8)
        assert unsure.standings[1].gap is not Gap.NOT_APPLICABLE

    def test_what_does_not_apply_to_a_person_is_said_so(self) -> None:
        def standing(signs: str, **more: Any) -> Compared:
            given = builders.answers(signs, "learning")
            return of_session(IN_USE, builders.session(given, **more).finish(builders.NOON))

        assert standing("nnn nnn nnn").standings[1].gap is Gap.NOT_APPLICABLE
        assert standing("nnn nnn nnk").standings[1].gap is Status.NOT_ENOUGH
        # Nobody said of what was not asked that it does not apply.
        assert standing("--- --- ---").standings[1].gap is Status.NOT_ENOUGH


def test_a_place_on_a_part_would_single_out_who_did_not_rate_the_rest() -> None:
    """Why it is never worked out without names: theirs is the place that stays where it was."""
    cores = [("333", "000", "000"), ("323", "101", "000"), ("313", "212", "000"),
             ("222", "222", "000"), ("212", "323", "000"), ("111", "333", "000"),
             ("000", "333", "101"), ("000", "323", "222")]  # fmt: skip
    alone = row(cores[3], ("kk",) * 3)
    rows = [row(core, ("00", "00", "33")) for n, core in enumerate(cores) if n != 3] + [alone]
    item = later(rows)
    assert item.shown is not None
    people = [builders.answers(each) for each in rows]
    shared = IN_USE.themes[0].model_copy(
        update={"statements": tuple(s for s in IN_USE.themes[0].statements if not s.since)}
    )

    def shown(positions: Sequence[float]) -> set[float]:
        return {round(round(p / 0.05) * 0.05, 2) for p in positions}

    whole = shown(team_theme(IN_USE.themes[0], people).positions)
    part = shown(team_theme(shared, people).positions)
    theirs = shown(team_theme(IN_USE.themes[0], [builders.answers(alone)]).positions)
    assert whole & part == theirs
    assert (len(theirs), len(whole)) == (1, 5)
    # So the comparison says nothing on the part.
    found = of_leadership(taken([row(OLD)] * 8, version="1.0"), item)
    assert {found.after.position, found.after.low, found.after.n} == {None, 0}
