"""What a folder holds in short: for whoever opens it and wants to go on."""

from collections.abc import Iterator
from dataclasses import dataclass

from bt_assess.core.rubric import Rubric
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.catalogue_queries import Counts, Listed, Wanted
from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import ARCHIVE
from bt_assess.store.session_file import StoredSession, read_for

FEW = 3
"""How many unfinished sessions are told of one by one."""
_TRIES = 20
_NOTHING = Counts(0, 0, 0)


@dataclass(frozen=True)
class Shelf:
    """Counts of everything; and of the rubric in use what is unfinished and what came out last.

    `last` is the session that was begun or finished last, whatever its rubric. Until it
    `is_checked`, this is how the folder was when it was looked at before.
    """

    counts: Counts = _NOTHING
    unfinished: tuple[StoredSession, ...] = ()
    unfinished_in_all: int = 0
    newest: StoredSession | None = None
    finished_in_all: int = 0
    last: Listed | None = None
    is_checked: bool = False
    is_gone: bool = False
    """Whether there was a folder, and now there is none: nobody is new here."""

    @property
    def sessions(self) -> int:
        return self.counts.finished + self.counts.unfinished

    @property
    def is_empty(self) -> bool:
        return not any(self.counts)


def look(catalogue: Catalogue, rubric: Rubric, *, is_checked: bool) -> Shelf:
    """The shelf of a catalogue; what is shown of a session comes out of its file."""
    begun = Wanted(finished=False, rubric_id=rubric.id)
    done = Wanted(finished=True, rubric_id=rubric.id)
    last = catalogue.page(0, 1)
    return Shelf(
        catalogue.counts(),
        tuple(_first(readable(catalogue, begun, rubric), FEW)),
        catalogue.count(begun),
        next(readable(catalogue, done, rubric), None),
        catalogue.count(done),
        last[0] if last else None,
        is_checked,
    )


def readable(catalogue: Catalogue, wanted: Wanted, rubric: Rubric) -> Iterator[StoredSession]:
    """Sessions as their files have them, newest first; what is not as it was listed is corrected."""
    for listed in catalogue.page(0, _TRIES, wanted):
        if (stored := opened(catalogue, listed, rubric)) is not None:
            yield stored


def opened(catalogue: Catalogue, listed: Listed, rubric: Rubric) -> StoredSession | None:
    """A listed session as its file has it; None, and the list corrected, when it cannot be used."""
    try:
        return read_for(rubric, listed.path)
    except UnreadableFile:
        catalogue.correct(listed.path.name, archived=listed.path.parent.name == ARCHIVE)
        return None


def _first(found: Iterator[StoredSession], most: int) -> Iterator[StoredSession]:
    for _, stored in zip(range(most), found, strict=False):
        yield stored
