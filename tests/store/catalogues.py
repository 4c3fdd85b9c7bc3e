"""What the tests of the catalogue share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import cycle

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Answer
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.catalogue_queries import Wanted
from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import SessionFolder
from bt_assess.store.session_file import StoredSession, session_text
from tests.core.builders import NOON, session
from tests.store.helpers import RUBRIC


@contextmanager
def opened(folder: SessionFolder, rubric: Rubric = RUBRIC) -> Iterator[Catalogue]:
    """A catalogue that is closed at the end."""
    catalogue = Catalogue(folder, rubric)
    try:
        yield catalogue
    finally:
        catalogue.close()


def recency(stored: StoredSession) -> tuple[datetime, str]:
    """What lists go by: when it was finished, or begun until then."""
    return stored.session.finished or stored.session.started, stored.session.id


def ids(catalogue: Catalogue) -> list[str]:
    """The ids of the whole list, in its order."""
    return [listed.id for listed in catalogue.page(0, 100_000)]


def agrees(catalogue: Catalogue, folder: SessionFolder) -> bool:
    """Check that it lists what reading every file gives, in the same order."""
    for archived in (False, True):
        found = list(folder.read_all(archived=archived))
        stored = sorted(
            (s for s in found if isinstance(s, StoredSession)), key=recency, reverse=True
        )
        listed = catalogue.page(0, 100_000, Wanted(archived=archived))
        assert [(s.path, s.id, s.respondent, s.team) for s in listed] == [
            (s.path, s.session.id, s.session.respondent, s.session.team) for s in stored
        ]
        faults = [(f.path, f.why) for f in found if isinstance(f, UnreadableFile)]
        assert sorted((f.path, f.why) for f in catalogue.damaged(archived=archived)) == sorted(
            faults
        )
        counts = catalogue.counts(archived=archived)
        finished = sum(s.session.finished is not None for s in stored)
        assert counts == (finished, len(stored) - finished, len(faults))
    return True


def many(folder: SessionFolder, count: int) -> None:
    """So many sessions of five teams over two years, three of four finished; written quickly."""
    folder.path.mkdir(exist_ok=True)
    words = cycle([*Answer, Answer.NOT, Answer.FULLY, Answer.MOSTLY])
    by_distance = [Answer.FULLY, Answer.PARTLY, Answer.NOT]
    for number in range(count):
        # Every fifth is a jumble; the others are at one stage and do not all agree.
        answers = {
            statement.id: next(words)
            if number % 5 == 4 or next(words) is Answer.UNKNOWN
            else by_distance[abs(statement.stage.number - 1 - number % 3)]
            for statement in RUBRIC.statements.values()
        }
        made = session(
            answers,
            id=f"many{number:06}",
            respondent=f"Person {number % 40}",
            team=f"Team {number % 7 % 5}",
            started=NOON + timedelta(days=number * 2 % 700, minutes=number),
        )
        if number % 4:
            made = made.finish(made.started + timedelta(minutes=10))
        path = folder.path / f"{made.started:%Y-%m-%d}-{made.id}.toml"
        path.write_text(session_text(made, RUBRIC), encoding="utf-8")
