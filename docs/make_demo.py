"""Makes a copy of the demonstration organisation whose project is in its sixth week today.

    .venv/bin/python -m docs.make_demo FOLDER

All its days are moved by the same number of whole weeks, so that weekdays stay what they are.
"""

import shutil
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from bt_assess.core.round import Round
from bt_assess.store.files import write_atomic
from bt_assess.store.round_file import StoredRound, round_text
from bt_assess.store.rounds import RoundsFolder
from docs import make_cycle, make_examples
from docs.make_cycle import EXAMPLE_DAY
from docs.make_examples import EXAMPLES

MONDAY = EXAMPLE_DAY - timedelta(days=EXAMPLE_DAY.weekday())


def moved_to(today: date) -> timedelta:
    """By how much all days are moved, so that `today` is in the week that EXAMPLE_DAY is in."""
    return timedelta(weeks=(today - MONDAY).days // 7)


def make(place: Path, today: date) -> None:
    """The organisation as it is `today`, in `place`, which is not there yet."""
    moved = moved_to(today)
    shutil.copytree(EXAMPLES / "rounds", place / "rounds")
    for stored in RoundsFolder(place).all()[0]:
        _move(stored, moved)
    make_examples.write(place, moved)
    make_cycle.write(place, moved)


def _move(stored: StoredRound, moved: timedelta) -> None:
    """The answers stay sealed as they are: no day is in them."""
    if not moved:
        return
    old = stored.round
    values = {
        **dict(old),
        "created": old.created + moved,
        "last_actions": tuple(
            action.model_copy(update={"due": action.due + moved}) if action.due else action
            for action in old.last_actions
        ),
    }
    new = Round.model_validate(values)
    write_atomic(stored.path, round_text(new, stored.keys).encode())
    stored.folder.rename(stored.folder.with_name(f"{new.created:%Y-%m-%d}-{new.id}"))


if __name__ == "__main__":
    make(Path(sys.argv[1]), datetime.now().astimezone().date())
