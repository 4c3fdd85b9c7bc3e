"""Damage of every kind at every place of real sessions: none is taken for another session.

`make test` tries a fixed sample; `make soak` tries every place and says at its end how many there
were, for docs/reliability.md.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Answer, Session
from bt_assess.store.files import UnreadableFile
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_session, session_text
from tests.conftest import Sweep
from tests.core import builders
from tests.store.damage import DAMAGES, Damage

SHARES = 4
"""In how many tests each sweep is cut, so that several processes can share it."""
SAMPLE = 8
"""About how many places each of them tries in `make test`."""
NOTES = [
    'Said in March: "we\'ll see" \\ then \'\'\'no\'\'\', and """no""" again.\nIn May: 1.2.3.4 = 5 # why',
    "日本語のメモ、全角。 ﷽ Zoë e\u0301 y\u0308\u0323, a\u0327\n\n\u00a0👩\u200d👩\u200d👧 🏴‍☠️",
    '[answers]\n"leadership.starting.1" = "fully"\n[seal]\nanswers = 117',
    "Every team has a plan of its own, and nobody has seen all of them on one page. " * 6,
]


def real_session(rubric: Rubric, answers: int, notes: int) -> Session:
    """A session of the shipped rubric, every answer and every kind of note in turn."""
    ids = [statement.id for statement in rubric.asked]
    return builders.session(
        {name: [*Answer][n % len(Answer)] for n, name in enumerate(ids[:answers])},
        rubric={"id": rubric.id, "version": rubric.version},
        revision=answers + notes,
        respondent="Zoë Ångström 山田" if answers else "",
        team='North, "the \'90s"' if answers else "",
        at=ids[answers] if 0 < answers < len(ids) else None,
        notes={name: NOTES[n % len(NOTES)] for n, name in enumerate(ids[: 3 * notes : 3])},
    )


def empty(rubric: Rubric) -> Session:
    return real_session(rubric, 0, 0)


def half_done(rubric: Rubric) -> Session:
    return real_session(rubric, 60, 6)


def finished(rubric: Rubric) -> Session:
    everything = real_session(rubric, len(rubric.asked), 24)
    return everything.finish(builders.NOON + timedelta(minutes=15))


def test_the_sessions_are_real_ones() -> None:
    rubric = load_rubric()
    assert len(finished(rubric).answers) == 117
    sizes = [len(session_text(make(rubric), rubric).encode()) for make in SIZES]
    assert sizes[0] < 1000 < sizes[1] < 7000 < sizes[2]


SIZES = [empty, half_done, finished]


@pytest.mark.sweep
@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
@pytest.mark.parametrize("make", SIZES)
def test_no_wrong_load(
    tmp_path: Path,
    record_property: Callable[[str, object], None],
    sweep: Sweep[int],
    make: Callable[[Rubric], Session],
    damage: Damage,
    share: int,
) -> None:
    rubric = load_rubric()
    session = make(rubric)
    data = session_text(session, rubric).encode()
    path = tmp_path / "2026-03-02-abcdefgh.toml"
    path.write_bytes(data)
    assert read_session(path).session == session
    refused = 0
    harmless: list[int] = []
    wrong: list[int] = []
    for place in sweep(damage.places(data)[share::SHARES], SAMPLE):
        damaged = damage.at(data, place)
        path.write_bytes(damaged)
        try:
            found = read_session(path).session
        except UnreadableFile:
            refused += 1
        else:
            (harmless if found == session else wrong).append(place)
    cases = refused + len(harmless) + len(wrong)
    assert cases, "nothing was tried"
    record_property("sweep", (f"damaged files, {damage.name}", cases))
    record_property("sweep", ("damaged files, loaded as what they were", len(harmless)))
    record_property("sweep", ("damaged files, wrong loads", len(wrong)))
    assert wrong == []
    # Harmless is what changes no word of the session: comments, an order that is free.
    assert refused or "swapped" in damage.name
