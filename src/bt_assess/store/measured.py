"""What measures plans: the sessions they are based on, and newer ones of the same people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bt_assess.core.compared import Compared, Kind, local_date, of_session
from bt_assess.core.fields import within_calendar
from bt_assess.core.plan import Plan
from bt_assess.core.plan_gap import ANOTHER_CLOCK, measured
from bt_assess.core.rubric import Rubric
from bt_assess.core.saved_comparison import Ref
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.catalogue_queries import Listed, Wanted
from bt_assess.store.folder import ARCHIVE
from bt_assess.store.session_file import StoredSession
from bt_assess.store.shelf import opened

MOST = 200
"""So many of a person's newest sessions are looked through."""
_TRIES = 20


@dataclass(frozen=True)
class Measuring:
    """Sessions that plans are measured by. Those of `aside` were put aside, and count as base only."""

    items: tuple[Compared, ...]
    aside: frozenset[str]

    def of(self, plan: Plan) -> Plan:
        """The plan with what they show; itself when nothing is new."""
        return measured(plan, self.items, aside=self.aside)


def measuring(catalogue: Catalogue, rubric: Rubric, plans: Iterable[Plan]) -> Measuring:
    """Whatever these plans are measured by. Reads few files, for a thread."""
    known: dict[str, Compared] = {}
    aside: set[str] = set()
    for plan in plans:
        for ref in plan.reality.evidence:
            if ref.kind is Kind.SESSION and ref.id not in known:
                base = session_by_id(catalogue, rubric, ref.id)
                if base is not None:
                    known[ref.id] = of_session(rubric, base.session)
                if base is not None and base.path.parent.name == ARCHIVE:
                    aside.add(ref.id)
        for who in [known[ref.id] for ref in plan.reality.evidence if ref.id in known]:
            for listed in _newer(catalogue, rubric, who, plan):
                if listed.id not in known and (stored := opened(catalogue, listed, rubric)):
                    known[listed.id] = of_session(rubric, stored.session)
    return Measuring(tuple(known.values()), frozenset(aside))


def taken_up(catalogue: Catalogue, rubric: Rubric, plans: Sequence[Plan]) -> tuple[Plan, ...]:
    """The plans with what was measured since, as opening each of them shows it; nothing is saved."""
    found = measuring(catalogue, rubric, plans)
    return tuple(found.of(plan) for plan in plans)


def session_by_id(
    catalogue: Catalogue, rubric: Rubric, session_id: str, *, finished: bool = True
) -> StoredSession | None:
    """A session, put aside or not; None where there is none that is (or is not) finished."""
    for archived in (False, True):
        wanted = Wanted(words=session_id, archived=archived, finished=finished, rubric_id=rubric.id)
        for listed in catalogue.page(0, _TRIES, wanted, total=_TRIES):
            if listed.id == session_id and (stored := opened(catalogue, listed, rubric)):
                return stored
    return None


def named(catalogue: Catalogue, rubric: Rubric, refs: Iterable[Ref]) -> Iterator[Compared]:
    """The sessions among these, to say what they are called."""
    for ref in refs:
        found = session_by_id(catalogue, rubric, ref.id) if ref.kind is Kind.SESSION else None
        if found is not None:
            yield of_session(rubric, found.session)


def _newer(catalogue: Catalogue, rubric: Rubric, who: Compared, plan: Plan) -> Iterator[Listed]:
    """The finished sessions of a person, however they are spelt, since the plan was measured first."""
    if not who.name:
        return
    theirs = Wanted(finished=True, rubric_id=rubric.id, respondent=who.name, team=who.team)
    since = within_calendar(plan.reality.measured or who.when) - ANOTHER_CLOCK
    for listed in catalogue.page(0, MOST, theirs, total=MOST):
        if local_date(listed.when) >= since:
            yield listed
