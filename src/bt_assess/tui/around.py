"""What Home tells besides sessions: the cycle, plans, projects, rounds, and what is due."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bt_assess.core.again import ends
from bt_assess.core.compared import Compared, Kind, local_date
from bt_assess.core.cycle import here
from bt_assess.core.cycle_parts import Here, Known
from bt_assess.core.due import Due, due
from bt_assess.core.plan import Plan
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import RubricRef, Session
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.catalogue_queries import Listed, Wanted
from bt_assess.store.folder import ARCHIVE
from bt_assess.store.measured import taken_up
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.where import PLANS, PROJECTS, ROUNDS

LAST = 100
"""So many of the last sessions, and of each person's, are asked for before and after."""

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
    saved: tuple[Plan, ...] = ()
    """The plans as their files have them, without what was measured since."""
    is_empty: bool = True
    """Whether there is no file of a plan, a project or a round, nor one that was put aside."""


def around(
    place: Path,
    unfinished: Session | None,
    newest: Session | None,
    today: date,
    catalogue: Catalogue,
    rubric: Rubric,
    before: Around | None = None,
) -> Around:
    """What there is in the folder today: reads files, for a thread. Raises OSError.

    Of plans, projects and rounds nothing is read again that looks as it did `before`; what was
    measured since is looked up each time.
    """
    looks = tuple(_looks(place))
    if before is not None and before.looks == looks:
        known, saved, damaged = before.known, before.saved, before.damaged
    else:
        rounds, bad_rounds = RoundsFolder(place).all()
        plans, bad_plans = PlansFolder(place).all()
        projects, bad_projects = ProjectsFolder(place).all()
        damaged = (
            *([PLANS] * len(bad_plans)),
            *([PROJECTS] * len(bad_projects)),
            *([ROUNDS] * len(bad_rounds)),
        )
        saved = tuple(stored.thing for stored in plans)
        known = Known(
            unfinished,
            newest,
            tuple(stored.round for stored in rounds),
            saved,
            tuple(stored.thing for stored in projects),
        )
    known = replace(
        known, unfinished=unfinished, newest=newest, plans=taken_up(catalogue, rubric, saved)
    )
    known = replace(known, others=_others(catalogue, rubric.id, unfinished, known))
    found = due(known.plans, known.projects, known.rounds, today)
    is_empty = not looks and next(_put_aside(place), None) is None
    return Around(known, here(known, today), found, damaged, looks, saved, is_empty)


def _others(
    catalogue: Catalogue, rubric_id: str, unfinished: Session | None, known: Known
) -> tuple[Compared, ...]:
    """The finished sessions that the cycle asks for, as far as a list tells of them."""

    def some(words: str = "", *, archived: bool = False) -> list[Listed]:
        wanted = Wanted(words=words, archived=archived, finished=True, rubric_id=rubric_id)
        return catalogue.page(0, LAST, wanted, total=LAST)

    refs = [ref for end in ends(known.plans, known.projects) for ref in end.evidence]
    # What it began with counts, put aside or not.
    shown = [
        listed for ref in refs if ref.kind is Kind.SESSION for archived in (False, True)
        for listed in some(ref.id, archived=archived) if listed.id == ref.id
    ]  # fmt: skip
    people: list[Session | Listed] = [*shown]
    people += [] if unfinished is None else [unfinished]
    last = some() if ends(known.plans, known.projects) else []
    people += last[:1]
    theirs = [each for who in people for each in some(f"{who.respondent} {who.team}")]
    return tuple({each.id: _time(each) for each in (*last, *theirs, *shown)}.values())


def _time(listed: Listed) -> Compared:
    """A session of a list: whose it is, and of when."""
    rubric = RubricRef(id=listed.rubric_id, version=listed.rubric_version)
    return Compared(
        kind=Kind.SESSION, id=listed.id, name=listed.respondent, team=listed.team,
        when=local_date(listed.finished or listed.started), rubric=rubric, standings=(),
    )  # fmt: skip


def _put_aside(place: Path) -> Iterator[Path]:
    for folder in (PLANS, PROJECTS):
        yield from place.glob(f"{folder}/{ARCHIVE}/*.toml")


def _looks(place: Path) -> Iterator[tuple[str, int, int, int]]:
    for pattern in (f"{PLANS}/*.toml", f"{PROJECTS}/*.toml", f"{ROUNDS}/*/*.toml"):
        for path in sorted(place.glob(pattern)):
            try:
                status = path.stat(follow_symlinks=False)
            except OSError:
                continue
            yield str(path), status.st_ino, status.st_mtime_ns, status.st_size
