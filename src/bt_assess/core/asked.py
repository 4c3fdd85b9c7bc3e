"""What somebody was asked: an older version of a rubric had fewer statements than the one in use."""

from collections import Counter
from collections.abc import Iterable

from bt_assess.core.rubric import Rubric, Statement, is_newer
from bt_assess.core.scoring import Answers, Profile, score
from bt_assess.core.session import Answer, Session


def not_asked(statements: Iterable[Statement], session: Session) -> set[str]:
    """Those statements that are newer than the version of the rubric that was answered.

    Whoever has not finished is still asked all of them.
    """
    if session.finished is None:
        return set()
    version = session.asked or session.rubric.version
    return {
        s.id for s in statements
        if s.since and s.id not in session.answers and is_newer(s.since, version)
    }  # fmt: skip


def said(statement: Statement, session: Session) -> str:
    """The answer to a statement, in words; why there is none."""
    if answer := session.answers.get(statement.id):
        return answer.label
    return "Not asked then" if not_asked([statement], session) else "Not answered"


def asked(rubric: Rubric, session: Session) -> int:
    """How many of the rubric's statements the session was asked."""
    return len(rubric.statements) - len(not_asked(rubric.statements.values(), session))


def profile_of(rubric: Rubric, session: Session) -> Profile:
    """Where a session stands by the rubric in use; what it was not asked does not count as missing."""
    absent = not_asked(rubric.statements.values(), session)
    return score(rubric, {**dict.fromkeys(absent, Answer.NOT_APPLICABLE), **session.answers})


def elsewhere(rubric: Rubric, people: Iterable[Answers], least: int = 1) -> tuple[str, ...]:
    """The ids that so many people or more have answers to, and the rubric in use does not have."""
    given = Counter(i for answers in people for i in answers if i not in rubric.statements)
    return tuple(sorted(i for i, count in given.items() if count >= least))
