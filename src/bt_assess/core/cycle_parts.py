"""The cycle's steps, what a next step is, and what there is that it is worked out from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bt_assess.core.again import last_of, times_of_rounds
from bt_assess.core.compared import Compared, Kind, local_date
from bt_assess.core.plan import Plan
from bt_assess.core.project import Project
from bt_assess.core.round import Round
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.session import Session

FORGOTTEN = 60
"""Days after which what was begun and left no longer comes first."""
SOON_SEEN = 14
"""Days for which a new assessment is a reason to look at what has moved."""
LONG_AGO = 183
"""Days after which an assessment no longer says where things stand."""


class Step(StrEnum):
    """The steps of the cycle, in order."""

    ASSESS = "assess"
    SEE = "see"
    CHOOSE = "choose"
    PLAN = "plan"
    DO = "do"
    AGAIN = "again"


class Leads(StrEnum):
    """What a next step opens."""

    SESSION = "session"
    """An assessment that is begun."""
    NEW = "new"
    RESULT = "result"
    COMPARE = "compare"
    ROUND = "round"
    NEXT_ROUND = "next-round"
    """The next round of the team of this one; the rounds there are where the step names none."""
    PLAN = "plan"
    BEGIN = "begin"
    """A project that a plan wants: of its capability `part`, or of one to be chosen there."""
    PROJECT = "project"


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: `what`, then `about` which of theirs it is (a title; may be empty).

    `leads` is what to open, `id` which one; of a comparison `beside` is before and after, and
    of a new assessment the sessions of who is to be asked again. `part` is where in
    it to be: a `Due.part`, or the phase that a project has left out; of a comparison its theme.
    """

    step: Step
    what: str
    leads: Leads
    id: str = ""
    about: str = ""
    beside: tuple[Ref, ...] = ()
    part: str = ""


@dataclass(frozen=True)
class Here:
    """Where an organisation is: the step it is at, what it has behind it, and what comes next."""

    step: Step
    next: NextStep
    done: frozenset[Step]


@dataclass(frozen=True)
class Known:
    """What there is. Of sessions the newest finished one and the newest unfinished one.

    `others` are finished ones as well, without their answers: of whoever began the unfinished one,
    and, where something has come to its end, of whoever it began with and of the last ones.
    """

    unfinished: Session | None = None
    newest: Session | None = None
    rounds: Sequence[Round] = ()
    plans: Sequence[Plan] = ()
    projects: Sequence[Project] = ()
    others: Sequence[Compared] = ()

    @property
    def sessions(self) -> tuple[Compared, ...]:
        """The finished sessions that are known, each once."""
        found = {item.id: item for item in self.others}
        if self.newest is not None and self.newest.finished:
            found.setdefault(self.newest.id, whose(self.newest, local_date(self.newest.finished)))
        return tuple(found.values())

    @property
    def times(self) -> tuple[Compared, ...]:
        """When somebody was assessed, or a team."""
        return (*self.sessions, *times_of_rounds(self.rounds))

    @property
    def last(self) -> Compared | None:
        """Whoever finished an assessment last, a person or a team its round; of one day the team."""
        times = list(times_of_rounds(self.rounds))
        if self.newest is not None and self.newest.finished:
            times.append(whose(self.newest, local_date(self.newest.finished)))
        return last_of(times)


def whose(session: Session, when: date) -> Compared:
    """A session without its answers: whose it is, and of when."""
    return Compared(
        kind=Kind.SESSION, id=session.id, name=session.respondent, team=session.team, when=when,
        rubric=session.rubric, standings=(),
    )  # fmt: skip
