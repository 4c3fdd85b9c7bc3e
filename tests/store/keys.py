"""Keys for the tests of rounds. Wrapping one takes seconds by design, so it is done rarely."""

import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pyrage import x25519

from bt_assess.core.round import Round
from bt_assess.store.round_file import ROUND_FILE, StoredRound, round_text
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.sealing import DraftKeys, Keys, PrivateKey
from tests.store.helpers import CHECKOUT, HANG, RUBRIC

CREATED = date(2026, 3, 2)


@cache
def unwrapped() -> tuple[Keys, PrivateKey]:
    """A key that is wrapped with nothing: for all that is not about passphrases."""
    identity = x25519.Identity.generate()
    return Keys(str(identity.to_public()), "none", "none"), PrivateKey(identity)


def draft_keys() -> tuple[DraftKeys, str]:
    """As `new_draft_keys`, with a code that opens nothing."""
    identity = x25519.Identity.generate()
    return DraftKeys(str(identity.to_public()), "none"), "mist-2222-2222"


def made(sessions: Path, **more: Any) -> tuple[RoundsFolder, StoredRound]:
    """A round on disk that collects answers; its keys are `keys`, else wrapped with nothing."""
    keys: Keys = more.pop("keys", None) or unwrapped()[0]
    settings: dict[str, Any] = {
        "id": "q7w8e9r2",
        "title": "Spring review",
        "team": "North",
        "expected": 6,
        "created": CREATED,
        "rubric": {"id": RUBRIC.id, "version": RUBRIC.version},
    }
    round_ = Round.model_validate({**settings, **more}).collecting()
    folder = RoundsFolder(sessions)
    path = folder.path / f"2026-03-02-{round_.id}" / ROUND_FILE
    path.parent.mkdir(parents=True)
    path.write_text(round_text(round_, keys), encoding="utf-8")
    return folder, StoredRound(path, round_, keys)


def closed(folder: RoundsFolder, stored: StoredRound) -> StoredRound:
    """The round of a file, with its answers closed."""
    now = folder.resolve(stored.round.id)
    return folder.save(now, now.round.closed())


def in_a_child(script: str, *arguments: object) -> int:
    """Run `script` in another process; how it ended, negative for a signal."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=CHECKOUT,
        timeout=HANG,
        check=False,
    )
    return done.returncode
