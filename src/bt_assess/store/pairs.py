"""Which two sessions belong together when somebody asks for a comparison and names fewer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bt_assess.core.rubric import Rubric
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.catalogue_queries import Wanted
from bt_assess.store.reading import folded
from bt_assess.store.session_file import StoredSession
from bt_assess.store.shelf import opened, readable

_MANY = 1000
"""Of how many of a person's sessions the nearest is looked for."""


class _Known(Protocol):
    """What is known of a session, listed or read."""

    @property
    def id(self) -> str: ...
    @property
    def respondent(self) -> str: ...
    @property
    def team(self) -> str: ...
    @property
    def started(self) -> datetime: ...
    @property
    def finished(self) -> datetime | None: ...


def when(session: _Known) -> datetime:
    """What a session is of: its finish, as Compare has it; until then its start."""
    return session.finished or session.started


def fit(anchor: _Known, other: _Known) -> tuple[bool, bool, float]:
    """Sorts what could stand beside `anchor`, the best first.

    The one before it of the same person and team, however they are spelt, else the next one of
    theirs, else any other.
    """
    gap = (when(anchor) - when(other)).total_seconds()
    whose = [(folded(each.respondent), folded(each.team)) for each in (anchor, other)]
    return (whose[0] != whose[1], gap < 0, abs(gap))


def pair_of(finished: Sequence[StoredSession]) -> tuple[StoredSession, StoredSession] | None:
    """Of sessions, the newest and what fits it best; the earlier first."""
    if len(finished) < 2:
        return None
    *others, anchor = sorted(finished, key=_by_time)
    return in_order(anchor, min(others, key=lambda other: fit(anchor.session, other.session)))


def pair_from(
    catalogue: Catalogue, rubric: Rubric, given: tuple[StoredSession, ...]
) -> tuple[StoredSession, StoredSession] | None:
    """Those given, filled up with what fits best; the earlier first."""
    if len(given) >= 2:
        return in_order(*given[:2])
    done = Wanted(finished=True, rubric_id=rubric.id)
    anchor = given[0] if given else next(readable(catalogue, done, rubric), None)
    if anchor is None:
        return None
    session = anchor.session
    theirs = Wanted(
        finished=True, rubric_id=rubric.id, respondent=session.respondent, team=session.team
    )
    rows = [*catalogue.page(0, _MANY, theirs), *catalogue.page(0, 20, done)]
    for listed in sorted(rows, key=lambda row: fit(session, row)):
        if listed.id != session.id and (other := opened(catalogue, listed, rubric)) is not None:
            return in_order(anchor, other)
    return None


def in_order(one: StoredSession, other: StoredSession) -> tuple[StoredSession, StoredSession]:
    """Two sessions, the earlier first."""
    before, after = sorted((one, other), key=_by_time)
    return before, after


def _by_time(stored: StoredSession) -> tuple[datetime, str]:
    return when(stored.session), stored.session.id
