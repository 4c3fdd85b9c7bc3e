"""Killed at any moment while somebody answers: what showed as saved is there, and so is the place."""

import re
import statistics
import time
from pathlib import Path
from random import Random

import pytest

from bt_assess.store import catalogue_file
from tests.conftest import Sweep
from tests.e2e.console import Console
from tests.e2e.folders import RUBRIC, keep, keys_given, only_session

KEYS = "1234dx"
PARTS = 2
_SAVED = re.compile(r"(\d+) of 117\b.*✓ saved")


def acknowledged(console: Console) -> int:
    """How many answers the screen shows as saved; answers are given in order from the first."""
    found = _SAVED.search(console.text.split("\n", 1)[0])
    return int(found[1]) - 1 if found else 0


def answer_until_killed(folder: Path, chance: Random, before: int) -> tuple[int, str]:
    """Answer as a person does and be killed soon after some key; answers shown as saved, the keys."""
    console = Console(folder)
    shown = before
    pressed = ""
    try:
        console.wait(f"Me, {before} of 117")
        console.press("\r")
        for place in range(before + 1, before + 1 + chance.randint(1, 8)):
            console.wait(f"{place} of 117")
            console.wait(" ".join(RUBRIC.asked[place - 1].text.split()[:5]))
            shown = max(shown, acknowledged(console))
            pressed += chance.choice(KEYS)
            console.press(pressed[-1])
        end = time.monotonic() + chance.uniform(0, 0.15)
        while (left := end - time.monotonic()) > 0:
            console.pump(left)
        console.process.kill()
        assert console.exit_code() == 137
        # What had reached the terminal by then was there to be seen.
        console.settle()
        return max(shown, acknowledged(console)), pressed
    finally:
        console.close()


def leftovers(folder: Path) -> list[str]:
    """What belongs neither to the session nor to the catalogue."""
    names = [p.name for p in folder.iterdir() if p.suffix not in (".toml", ".lock")]
    return [name for name in names if not name.startswith(catalogue_file.NAME)]


def back_again(folder: Path, answered: int) -> float:
    """Open it and go on; seconds from the start until the statement is there."""
    began = time.monotonic()
    console = Console(folder)
    try:
        console.wait(f"Me, {answered} of 117")
        # Tidied while the first picture is looked at: who is faster has them until the next start.
        looking = time.monotonic()
        console.until(lambda: not leftovers(folder), "a tidy folder")
        began += time.monotonic() - looking
        console.press("\r")
        console.wait(f"{answered + 1} of 117")
        console.wait(" ".join(RUBRIC.asked[answered].text.split()[:5]))
        took = time.monotonic() - began
        assert "read only" not in console.text
        console.press("\x11")
        assert console.exit_code() == 0
    finally:
        console.close()
    return took


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(PARTS))
def test_no_answer_shown_as_saved_is_lost(tmp_path: Path, part: int, sweep: Sweep[int]) -> None:
    seconds: list[float] = []
    shown_in_all = lost = unseen = 0
    cases = sweep(range(part, 100, PARTS), 3)
    for case in cases:
        chance = Random(case)
        folder = tmp_path / str(case)
        before = chance.randint(1, 100)
        keep(folder, "Me", before)
        shown, pressed = answer_until_killed(folder, chance, before)
        session = only_session(folder)
        on_disk = keys_given(session)[before:]
        assert on_disk == pressed[: len(on_disk)], f"case {case}: other answers than were given"
        shown_in_all += shown - before
        lost += max(0, shown - before - len(on_disk))
        unseen += max(0, len(on_disk) - (shown - before))
        assert not lost, f"case {case}: {shown} answers showed as saved, {len(session.answers)} are"
        seconds.append(back_again(folder, len(session.answers)))
        assert leftovers(folder) == []
    print(  # noqa: T201
        f"{len(cases)} kills: of {shown_in_all} answers shown as saved {lost} lost,"
        f" {unseen} saved before it showed; back on the statement after"
        f" {statistics.median(seconds):.2f} s (median), {max(seconds):.2f} s at most"
    )
