"""What Home tells besides sessions: the cycle, plans, projects, rounds, and what is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bt_assess.core.cycle import Here, Known, here
from bt_assess.core.due import Due, due
from bt_assess.core.session import Session
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.where import PLANS, PROJECTS, ROUNDS

Looks = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True)
class Around:
    """All plans, projects and rounds, where they are in the cycle, and what is due; of damaged
    files the folders that they are in."""

    known: Known
    here: Here
    due: tuple[Due, ...] = ()
    damaged: tuple[str, ...] = ()
    looks: Looks = ()
    """What the files looked like: as long as they look the same they need not be read again."""


def around(
    place: Path,
    unfinished: Session | None,
    newest: Session | None,
    today: date,
    before: Around | None = None,
) -> Around:
    """What there is in the folder today: reads files, for a thread. Raises OSError.

    Nothing is read again that looks as it did `before`.
    """
    looks = tuple(_looks(place))
    if before is not None and before.looks == looks:
        old, damaged = before.known, before.damaged
        known = Known(unfinished, newest, old.rounds, old.plans, old.projects)
    else:
        rounds, bad_rounds = RoundsFolder(place).all()
        plans, bad_plans = PlansFolder(place).all()
        projects, bad_projects = ProjectsFolder(place).all()
        damaged = (
            *([PLANS] * len(bad_plans)),
            *([PROJECTS] * len(bad_projects)),
            *([ROUNDS] * len(bad_rounds)),
        )
        known = Known(
            unfinished,
            newest,
            tuple(stored.round for stored in rounds),
            tuple(stored.thing for stored in plans),
            tuple(stored.thing for stored in projects),
        )
    found = due(known.plans, known.projects, known.rounds, today)
    return Around(known, here(known, today), found, damaged, looks)


def _looks(place: Path) -> Iterator[tuple[str, int, int, int]]:
    for pattern in (f"{PLANS}/*.toml", f"{PROJECTS}/*.toml", f"{ROUNDS}/*/*.toml"):
        for path in sorted(place.glob(pattern)):
            try:
                status = path.stat(follow_symlinks=False)
            except OSError:
                continue
            yield str(path), status.st_ino, status.st_mtime_ns, status.st_size
