"""What a round costs: sealing one person's answers, and opening twelve and five hundred."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from bt_assess.core.disclosure import disclose, publication
from bt_assess.core.round import Step
from bt_assess.core.session import Answer, RubricRef, Session
from bt_assess.store.ballot import to_payload
from bt_assess.store.opening import people
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.sealing import PrivateKey, seal, unlock

WORDS = "a passphrase for measuring"


def report(line: Callable[..., None]) -> None:
    """Print the costs of a round with `line(name, value, aim, note)`."""
    rubric = load_rubric()
    answers = {s.id: list(Answer)[i % 4] for i, s in enumerate(rubric.asked)}
    session = Session(
        id="benchbench", started=datetime(2026, 1, 1, tzinfo=UTC), answers=answers,
        rubric=RubricRef(id=rubric.id, version=rubric.version),
    )  # fmt: skip
    room = Path(tempfile.mkdtemp(prefix="bt-bench-round-"))
    try:
        folder = RoundsFolder(room)
        stored, _ = folder.new(
            "Bench", expected=500, rubric=rubric, today=date(2026, 1, 1), passphrase=WORDS
        )
        began = time.perf_counter()
        private: PrivateKey = unlock(stored.keys, WORDS)
        line("Trying a passphrase, s (slow on purpose)", time.perf_counter() - began, "-")
        times = []
        for _ in range(50):
            began = time.perf_counter()
            seal(to_payload(session, stored.round, None), stored.keys.public)
            times.append(time.perf_counter() - began)
        line("Sealing one person's answers, median, ms", statistics.median(times) * 1000, "-")
        stored = folder.save(stored, stored.round.at_step(Step.COLLECTING))
        for count in (12, 500):
            while stored.round.given_in < count:
                stored = folder.give(stored, session).stored
            closed = folder.save(stored, stored.round.closed())
            opened_round = folder.save(closed, closed.round.at_step(Step.DISCUSSING))
            began = time.perf_counter()
            opened = folder.open_all(opened_round, private, rubric)
            named = publication(opened_round.round, opened.names)
            disclose(rubric, named, people(opened))
            line(
                f"Reveal of {count}, ms, behind the passphrase",
                (time.perf_counter() - began) * 1000,
                "-",
            )
            stored = folder.save(opened_round, opened_round.round.collecting())
    finally:
        shutil.rmtree(room)
