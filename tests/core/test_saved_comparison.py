"""What a saved comparison may hold, and tags of sessions."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from bt_assess.core.saved_comparison import SavedComparison, View
from bt_assess.core.session import MOST_TAGS
from tests.core import builders

TWO = [{"kind": "session", "id": "abcdefgh"}, {"kind": "round", "id": "q7w8e9r2"}]


def saved(**more: Any) -> SavedComparison:
    values = {
        "id": "k3f9p7ab",
        "name": "Our year",
        "what": TWO,
        "created": date(2026, 3, 2),
        **more,
    }
    return SavedComparison.model_validate(values)


def test_it_keeps_its_order() -> None:
    assert [ref.id for ref in saved().what] == ["abcdefgh", "q7w8e9r2"]
    assert saved().changed(view=View.TREND).view is View.TREND


@pytest.mark.parametrize(
    "more",
    [{"name": " "}, {"what": TWO[:1]}, {"what": TWO[:1] * 2}, {"targets": {"leadership": 3.1}},
     {"targets": {"leadership": float("nan")}}, {"targets": {"Not a theme": 2}}, {"view": "pie"},
     {"what": [{"kind": "person", "id": "abcdefgh"}, TWO[1]]},
     {"what": [{"kind": "session", "id": "../../x"}, TWO[1]]}],
    ids=str,
)  # fmt: skip
def test_what_makes_no_sense_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        saved(**more)


class TestTags:
    def test_they_are_cleaned_and_each_is_there_once(self) -> None:
        session = builders.session().tagged(["north ", "", "pilot", "north", "a\x1b[2Jb"])
        assert session.tags == ("north", "pilot", "a\ufffd[2Jb")
        assert session.revision == 1

    def test_a_finished_session_takes_them_too(self) -> None:
        session = builders.session(builders.answers("33 00 00")).finish(builders.NOON)
        tagged = session.tagged(["north"])
        assert (tagged.tags, tagged.finished) == (("north",), builders.NOON)
        assert tagged.answers == session.answers

    def test_the_same_tags_are_no_change(self) -> None:
        session = builders.session().tagged(["north"])
        assert session.tagged(["north", "north"]) is session

    def test_there_are_at_most_twenty(self) -> None:
        tagged = builders.session().tagged(map(str, range(30)))
        assert len(tagged.tags) == MOST_TAGS
        with pytest.raises(ValidationError):
            builders.session(tags=tuple(map(str, range(21))))
