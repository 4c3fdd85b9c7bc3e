"""Compare with many people whose names are known: what takes long holds nobody up, and not twice."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bt_assess.core.compared import Compared, changes, of_round, of_session
from bt_assess.core.disclosure import Person as Named
from bt_assess.core.disclosure import disclose, publication
from bt_assess.core.session import Answer
from bt_assess.core.team_change import team_change
from bt_assess.tui.screens.compare import Compare
from bt_assess.tui.screens.comparing.found import Found, turned
from bt_assess.tui.screens.comparing.targets import Targets
from bt_assess.tui.screens.comparing.theme_trend import ThemeTrend
from bt_assess.tui.screens.home import Home
from tests.core.builders import session
from tests.core.rounds import round_of
from tests.tui.person import PATIENCE, Person, at_the_app
from tests.tui.test_compare import RUBRIC, all_answers

MANY = 14
MOMENT = "One moment"
THEMES = len(RUBRIC.themes)


def team(month: int, stages: Sequence[int], names: str = "Person") -> Compared:
    """A round with names, each of its people wholly at a stage; at 0 nothing fits together."""
    people = [
        Named(f"{who:016}", answers(stage), {}, f"{names} {who}")
        for who, stage in enumerate(stages)
    ]
    round_ = round_of(
        RUBRIC, id=f"roundnumber{month}", title=f"Review {month}", named=True,
        created=date(2026, month, 1),
    )  # fmt: skip
    round_ = publication(round_, [person.sealed_name for person in people])
    return of_round(RUBRIC, round_, disclose(RUBRIC, round_, people))


def answers(stage: int) -> dict[str, Answer]:
    if stage:
        return all_answers(stage)
    return {s.id: Answer.FULLY for s in RUBRIC.asked}


def show(person: Person, *items: Compared) -> None:
    desk = person.app._desk  # noqa: SLF001  as whoever chose them would
    assert desk is not None
    person.app.push_screen(Compare(desk, items))


def watch(monkeypatch: pytest.MonkeyPatch, before_each: Callable[[], object]) -> Counter[Any]:
    """How often each theme of each pair was worked out, whichever of the two came first."""
    found: Counter[Any] = Counter()
    real = team_change

    def counted(rubric: Any, theme: Any, before: Any, after: Any, left_out: Any) -> Any:
        before_each()
        found[theme.id, frozenset((before[0].id, after[0].id))] += 1
        return real(rubric, theme, before, after, left_out)

    monkeypatch.setattr("bt_assess.core.compared.team_change", counted)
    return found


async def test_keys_go_on_while_the_change_of_many_people_is_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def wait() -> None:
        assert go_on.wait(PATIENCE)

    watch(monkeypatch, wait)
    async with at_the_app(tmp_path) as person:
        try:
            show(person, team(1, [1] * MANY), team(2, [2] * MANY))
            await person.on(Compare)
            await person.sees(MOMENT)
            await person.press("3")
            await person.sees("a 1.0  b 2.0")
            assert MOMENT not in person.text
            await person.press("2")
            await person.sees(MOMENT)
        finally:
            go_on.set()
        await person.sees("+1.0  clear change", "where it stood")
        assert MOMENT not in person.text
        await person.press("1")
        await person.reads(f"{MANY} people, each with themselves")


async def test_who_turns_them_round_meanwhile_sees_them_turned_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def wait() -> None:
        assert go_on.wait(PATIENCE)

    watch(monkeypatch, wait)
    async with at_the_app(tmp_path) as person:
        try:
            show(person, team(1, [1] * MANY), team(2, [2] * MANY))
            await person.on(Compare)
            await person.sees(MOMENT)
            await person.press("x")
            await person.sees("1 Feb 2026 → 1 Jan 2026", MOMENT)
        finally:
            go_on.set()
        await person.sees("\N{MINUS SIGN}1.0  clear change")


async def test_who_does_not_wait_for_it_goes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def wait() -> None:
        assert go_on.wait(PATIENCE)

    watch(monkeypatch, wait)
    async with at_the_app(tmp_path) as person:
        try:
            show(person, team(1, [1] * MANY), team(2, [2] * MANY))
            await person.on(Compare)
            await person.sees(MOMENT)
            await person.press("escape")
            await person.on(Home)
        finally:
            go_on.set()


async def test_no_two_rounds_are_worked_out_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = watch(monkeypatch, lambda: None)
    async with at_the_app(tmp_path) as person:
        show(person, *(team(n, [n] * MANY) for n in (1, 2, 3)))
        await person.on(Compare)
        await person.sees("+2.0  clear change")
        await person.press("2")
        await person.sees("where it stood", "+2.0  clear change")
        await person.press("enter")
        await person.on(ThemeTrend)
        await person.press("escape", "1")
        await person.sees("+2.0  clear change")
        await person.press("t")
        await person.on(Targets)
        await person.press("right", "enter")
        await person.on(Compare)
        await person.press("x")
        await person.sees("\N{MINUS SIGN}2.0 clear")
        # It is there at once.
        assert MOMENT not in person.text
        await person.press("2", "1", "4", "x")
    # From the first to the last, and from the one before the last.
    assert len(found) == 2 * THEMES
    assert set(found.values()) == {1}


STAGES = {"higher": [2] * 14, "fewer": [1] * 9, "mixed": [0] * 14, "camps": [1] * 7 + [3] * 7}


@pytest.mark.parametrize("after", [
    *(team(2, stages) for stages in STAGES.values()),
    team(2, [3] * 14, "Somebody"),
    team(2, [3] * 5, "Somebody"),
], ids=[*STAGES, "others", "few others"])  # fmt: skip
def test_two_turned_round_are_as_if_they_had_come_so(after: Compared) -> None:
    for before in (team(1, [1] * 12 + [2, 3]), team(1, [0] * 14), team(1, [1] * 7 + [3] * 7)):
        check_turned(before, after)


def test_two_sessions_turned_round_are_as_if_they_had_come_so() -> None:
    grid = {"id": RUBRIC.id, "version": RUBRIC.version}
    first, second, third = (
        of_session(RUBRIC, session(answers(stage), rubric=grid)) for stage in (1, 3, 0)
    )
    for after in (second, third):
        check_turned(first, after)
    [change, *_] = changes(RUBRIC, first, second)
    back = turned(change)
    assert back is not None
    assert back.delta == -2.0


def check_turned(before: Compared, after: Compared) -> None:
    found = Found()
    for theme in RUBRIC.themes:
        found.change(RUBRIC, theme, before, after)
        back = found.change(RUBRIC, theme, after, before)
        [anew] = [c for c in changes(RUBRIC, after, before) if c.theme_id == theme.id]
        assert back == anew
