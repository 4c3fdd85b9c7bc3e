"""Two versions of a rubric."""

from typing import Any

import pytest

from bt_assess.core.rubric import Rubric, is_newer
from bt_assess.core.rubric_diff import RubricDiff, rubric_diff
from bt_assess.core.upgrade import NotNewer, upgrade
from tests.core import builders


def version(number: str = "1.1", **changes: dict[str, Any] | None) -> Rubric:
    """The grid with some entries changed, by id; None takes one out."""
    data = builders.theme_data("11 11 11", strands="ab ab ab", points=("a", "b"))
    for kind in ("statements", "points"):
        data[kind] = [
            {**entry, **(changes.get(entry["id"].replace(".", "_")) or {})}
            for entry in data[kind]
            if changes.get(entry["id"].replace(".", "_"), {}) is not None
        ]
    return Rubric.model_validate({**builders.rubric_data(data), "version": number})


OLD = version("1.0")
FIRST = "leadership.starting.1"


def test_of_the_same_there_is_nothing() -> None:
    assert rubric_diff(OLD, version()).is_empty
    assert rubric_diff(OLD, version()) == RubricDiff()


def test_added_and_gone() -> None:
    less = version(leadership_starting_1=None)
    found = rubric_diff(OLD, less)
    assert [s.id for s in found.gone] == [FIRST]
    assert (found.added, found.moved) == ((), ())
    assert [s.id for s in rubric_diff(less, OLD).added] == [FIRST]


@pytest.mark.parametrize(
    ("change", "kind"),
    [({"text": "We listen."}, "reworded"), ({"strand": "b"}, "moved"), ({"lasting": True}, "lasting"),
     ({"help": "Listen for it."}, "explained")],
)  # fmt: skip
def test_what_is_otherwise_in_a_statement(change: dict[str, Any], kind: str) -> None:
    found = rubric_diff(OLD, version(leadership_starting_1=change))
    for name in ("reworded", "moved", "lasting", "explained"):
        pairs = getattr(found, name)
        assert [pair.after.id for pair in pairs] == ([FIRST] if name == kind else [])
    assert (found.added, found.gone, found.order) == ((), (), False)


def test_the_same_words_under_another_id_have_moved() -> None:
    """Into another stage: the answers do not go with them, so it is gone and added as well."""
    new = version(
        leadership_starting_1=None, leadership_developing_2={"text": f"We  do {FIRST.upper()}."}
    )
    data = builders.theme_data("11 11 11", strands="ab ab ab", points=("a", "b"))
    data["statements"] = [
        s | ({"id": "leadership.developing.9"} if s["id"] == FIRST else {})
        for s in data["statements"]
    ]
    found = rubric_diff(OLD, Rubric.model_validate(builders.rubric_data(data)))
    assert [(p.before.id, p.after.id) for p in found.moved] == [(FIRST, "leadership.developing.9")]
    assert [s.id for s in found.gone] == [FIRST]
    assert [s.id for s in found.added] == ["leadership.developing.9"]
    assert rubric_diff(OLD, new).moved == ()


def test_points_and_themes() -> None:
    data = builders.theme_data("11 11 11", strands="ab ab ab", points=("ab", "b"))
    data["points"][1]["id"] = "leadership.point.7"
    data["summaries"]["starting"] = "We begin."
    more = builders.theme_data("11 11 11", theme_id="learning")
    found = rubric_diff(OLD, builders.rubric(data, more))
    assert [(a.strands, b.strands) for a, b in found.points_changed] == [(("a",), ("a", "b"))]
    assert [p.id for p in found.points_gone] == ["leadership.point.2"]
    assert [p.id for p in found.points_added][:1] == ["leadership.point.7"]
    assert (found.themes_added, found.themes_changed) == (("learning",), ("leadership",))
    assert rubric_diff(builders.rubric(data, more), OLD).themes_gone == ("learning",)


def test_another_order() -> None:
    data = builders.theme_data("11 11 11", strands="ab ab ab", points=("a", "b"))
    data["statements"].reverse()
    assert rubric_diff(OLD, Rubric.model_validate(builders.rubric_data(data))).order


class TestUpgrade:
    def test_what_is_gone_is_named_and_the_rest_stays(self) -> None:
        answers = builders.answers("32 1- 00")
        session = builders.session(answers, notes={FIRST: "Mine."}, at=FIRST, revision=7)
        found = upgrade(session, version(leadership_starting_1=None))
        assert found.gone == (FIRST,)
        assert found.new == ("leadership.developing.2",)
        assert found.session.answers == {i: a for i, a in answers.items() if i != FIRST}
        assert (found.session.notes, found.session.at) == ({}, None)
        assert (found.session.rubric.version, found.session.revision) == ("1.1", 8)
        assert (found.session.id, found.session.started) == (session.id, session.started)

    def test_a_note_alone_is_named_too(self) -> None:
        session = builders.session({}, notes={FIRST: "Mine."})
        assert upgrade(session, version(leadership_starting_1=None)).gone == (FIRST,)

    def test_a_finished_session_stays_finished(self) -> None:
        session = builders.session(builders.answers("32 11 00")).finish(builders.NOON)
        assert upgrade(session, version()).session.finished == builders.NOON

    @pytest.mark.parametrize("number", ["1.0", "1", "0.9", "1.0.0"])
    def test_what_is_not_newer_is_refused(self, number: str) -> None:
        with pytest.raises(NotNewer, match="not newer"):
            upgrade(builders.session(), version(number))

    def test_another_rubric_is_refused(self) -> None:
        other = builders.session(rubric={"id": "other-grid", "version": "0.1"})
        with pytest.raises(NotNewer, match="other-grid"):
            upgrade(other, version())

    @pytest.mark.parametrize(
        ("one", "other", "newer"),
        [("1.10", "1.9", True), ("1.9", "1.10", False), ("2", "1.9.9", True), ("1.0", "1", False),
         ("1.0.1", "1", True)],
    )  # fmt: skip
    def test_versions_are_numbers(self, one: str, other: str, newer: bool) -> None:
        assert is_newer(one, other) is newer
