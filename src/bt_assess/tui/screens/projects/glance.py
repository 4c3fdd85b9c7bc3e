"""What Home says of projects: what runs, what is due next, and what is late in all that is promised."""

from collections.abc import Sequence
from pathlib import Path

from bt_assess.core.due import Due, due
from bt_assess.core.plan import Plan
from bt_assess.core.project import Project
from bt_assess.core.round import Round
from bt_assess.report.summary import plural
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.where import PLANS, PROJECTS, ROUNDS
from bt_assess.tui.desk import Desk
from bt_assess.tui.screens.projects import words

_Known = tuple[tuple[Plan, ...], tuple[Project, ...], tuple[Round, ...]]
_known: dict[Path, tuple[tuple[object, ...], _Known]] = {}
"""What was read last of a folder, with what its files looked like: Home shows more than once."""


def projects_line(desk: Desk) -> str:
    """'2 running · next: the report back, in 3 weeks'."""
    _, projects, _ = _read(desk)
    today = desk.now().date()
    running = [project for project in projects if project.running]
    chosen = len([p for p in projects if not p.running and not p.report.on and not p.stopped])
    parts = [f"{len(running)} running"] if running else []
    if chosen:
        parts.append(f"{chosen} before launch")
    coming = [each for each in due((), projects, (), today, ahead=None) if not each.late]
    if coming:
        parts.append(words.coming_words(coming[0], today))
    return " · ".join(parts) or "none runs"


def overdue_line(desk: Desk) -> str:
    """What is late in plans, projects and rounds, in a line; empty where nothing is."""
    late = [each for each in due(*_read(desk), desk.now().date()) if each.late]
    if not late:
        return ""
    first = _late_words(late[0])
    more = "" if len(late) == 1 else f", and {plural(len(late) - 1, 'thing')} more"
    return f"Late: {first}{more}."


def _late_words(each: Due) -> str:
    what = words.due_words(each, each.when)[1] or "a stage of the plan"
    short = what if len(what) <= 60 else f"{what[:59]}…"
    return f"{short}, {words.short_day(each.when)} ({each.where.title})"


def _read(desk: Desk) -> _Known:
    place = desk.where.path
    looks = _looks(place)
    known = _known.get(place)
    if known is None or known[0] != looks:
        plans = tuple(stored.thing for stored in PlansFolder(place).all()[0])
        projects = tuple(stored.thing for stored in ProjectsFolder(place).all()[0])
        rounds = tuple(stored.round for stored in RoundsFolder(place).all()[0])
        known = looks, (plans, projects, rounds)
        _known.clear()
        _known[place] = known
    return known[1]


def _looks(place: Path) -> tuple[object, ...]:
    found: list[object] = []
    for pattern in (f"{PLANS}/*.toml", f"{PROJECTS}/*.toml", f"{ROUNDS}/*/*.toml"):
        found += _seen(sorted(place.glob(pattern)))
    return tuple(found)


def _seen(paths: Sequence[Path]) -> list[object]:
    seen: list[object] = []
    for path in paths:
        try:
            status = path.stat(follow_symlinks=False)
        except OSError:
            continue
        seen.append((path.name, status.st_ino, status.st_mtime_ns, status.st_size))
    return seen
