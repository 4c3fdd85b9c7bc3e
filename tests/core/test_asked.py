"""A session of an older version stands by what it was asked, not by what came into the rubric later."""

import pytest

from bt_assess.core.asked import asked, not_asked, profile_of, said
from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import Confidence, Status
from bt_assess.core.session import Session
from bt_assess.core.upgrade import upgrade
from tests.core import builders
from tests.core.test_courses import ADDED, IN_USE, IS_NEW

NEW_ONE, OLD_ONE = IN_USE.statements[ADDED[0]], IN_USE.statements["leadership.starting.1"]


def session(row: str, **more: object) -> Session:
    found = builders.session(builders.answers(row), **more)
    return found.finish(found.started)


OLD = session("333 000 000")


def test_nine_of_nine_place_somebody_though_the_rubric_has_thirty_now() -> None:
    [found] = profile_of(IN_USE, OLD).themes
    assert (found.stage, found.position, found.confidence) == (Stage.STARTING, 1.0, Confidence.FIRM)
    assert (found.rated, found.applicable, found.coverage) == (9, 9, 1.0)
    assert asked(IN_USE, OLD) == 9


def test_carried_to_the_version_in_use_it_was_still_asked_nine() -> None:
    done = upgrade(OLD, IN_USE).session
    assert done.rubric.version == "2.0"
    assert profile_of(IN_USE, done) == profile_of(IN_USE, OLD)
    assert asked(IN_USE, done) == 9


@pytest.mark.parametrize(
    "other",
    [session("333 000 000", **IS_NEW), builders.session(builders.answers("333 000 000"))],
    ids=["asked all of them", "still asked all of them"],
)
def test_who_was_asked_them_all_has_answered_too_few(other: Session) -> None:
    assert profile_of(IN_USE, other).themes[0].status is Status.NOT_ENOUGH
    assert asked(IN_USE, other) == 30
    assert not_asked(IN_USE.asked, other) == set()
    assert said(NEW_ONE, other) == "Not answered"


def test_an_answer_is_one_whatever_version_the_file_names() -> None:
    both = Session.model_validate(
        {**dict(OLD), "answers": {**OLD.answers, NEW_ONE.id: OLD.answers[OLD_ONE.id]}}
    )
    assert asked(IN_USE, both) == 10
    assert said(NEW_ONE, both) == said(OLD_ONE, both) == "Fully true"


def test_why_there_is_no_answer_is_said() -> None:
    assert said(NEW_ONE, OLD) == "Not asked then"
    assert said(OLD_ONE, session("-33 000 000")) == "Not answered"
