"""A rubric: what it holds, and every fault of a hand-written one named at its place."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from bt_assess.core.rubric import Rubric, Stage
from tests.core import builders

ROW = "333 333 333"
Data = dict[str, Any]
Place = tuple[str | int, ...]


def sound() -> Data:
    """Two themes of two strands and two points each, without a fault."""
    return builders.rubric_data(
        *(
            builders.theme_data(ROW, strands="aab aab abb", points=("a", "ab"), theme_id=name)
            for name in ("leadership", "people")
        )
    )


def faults(data: Any) -> list[tuple[Place, str]]:
    """Where and what, for all that is wrong."""
    with pytest.raises(ValidationError) as caught:
        Rubric.model_validate(data)
    return [(fault["loc"], fault["msg"]) for fault in caught.value.errors()]


def put(*path: str | int, value: Any) -> Callable[[Data], None]:
    """Set what is at a place of the data."""

    def change(data: Data) -> None:
        at: Any = data
        for part in path[:-1]:
            at = at[part]
        at[path[-1]] = value

    return change


def drop(*path: str | int) -> Callable[[Data], None]:
    """Remove what is at a place of the data."""

    def change(data: Data) -> None:
        at: Any = data
        for part in path[:-1]:
            at = at[part]
        del at[path[-1]]

    return change


FIRST = ("themes", 0, "statements", 0)
POINT = ("themes", 1, "points", 1)

ONE_FAULT: list[tuple[Callable[[Data], None], Place, str]] = [
    # keys
    (put("author", value="me"), ("author",), "unknown key"),
    (put("themes", 0, "colour", value="red"), ("themes", 0, "colour"), "unknown key"),
    (put(*FIRST, "weight", value=2), (*FIRST, "weight"), "unknown key"),
    (put(*POINT, "theme", value="people"), (*POINT, "theme"), "unknown key"),
    (drop("title"), ("title",), "is missing"),
    (drop("format"), ("format",), "is missing"),
    (drop(*FIRST, "text"), (*FIRST, "text"), "is missing"),
    (
        drop("themes", 1, "summaries", "developing"),
        ("themes", 1, "summaries", "developing"),
        "is missing",
    ),
    # kinds
    (put("title", value=5), ("title",), "should be text in quotes"),
    (put(*FIRST, "lasting", value="yes"), (*FIRST, "lasting"), "should be true or false"),
    (put(*FIRST, "lasting", value=1), (*FIRST, "lasting"), "should be true or false"),
    (put("format", value="1"), ("format",), "should be a whole number"),
    (put("format", value=True), ("format",), "should be a whole number"),
    (put("themes", 0, "points", value="a, b"), ("themes", 0, "points"), "should be a list"),
    (put("themes", 0, "summaries", value="short"), ("themes", 0, "summaries"), "should be a table"),
    (put(*FIRST, "applies", value="shops"), (*FIRST, "applies"), "should be 'public bodies'"),
    # versions
    (put("format", value=0), ("format",), "format 0 is not supported"),
    (put("format", value=2), ("format",), "a newer bt-assess may read it"),
    (put("version", value="one"), ("version",), "not in the form"),
    # text
    (put("title", value="  "), ("title",), "is empty"),
    (put("themes", 0, "tag", value="Leaders"), ("themes", 0, "tag"), "too long: at most 6"),
    (put(*FIRST, "text", value="x" * 241), (*FIRST, "text"), "too long: at most 240"),
    (put(*FIRST, "help", value="x" * 601), (*FIRST, "help"), "too long: at most 600"),
    (put("source", value="x" * 601), ("source",), "too long: at most 600"),
    (put(*FIRST, "text", value="We \x1b[2J."), (*FIRST, "text"), "control character"),
    (put(*FIRST, "text", value="We\ndo."), (*FIRST, "text"), "control character"),
    (put("title", value="A \u202egrid"), ("title",), "control character"),
    (put(*POINT, "text", value="Do\u200bit"), (*POINT, "text"), "control character"),
    # lists
    (put("themes", value=[]), ("themes",), "has nothing in it"),
    (put("themes", 0, "points", value=[]), ("themes", 0, "points"), "has nothing in it"),
    (put(*POINT, "strands", value=[]), (*POINT, "strands"), "has nothing in it"),
    # ids
    (put("id", value="Small grid"), ("id",), "not in the form"),
    (put(*FIRST, "id", value="leadership.first.1"), (*FIRST, "id"), "not in the form"),
    (put(*FIRST, "id", value="leadership.starting.0"), (*FIRST, "id"), "not in the form"),
    (
        put(*FIRST, "id", value="people.starting.1"),
        (*FIRST, "id"),
        "does not begin with its theme's, 'leadership'",
    ),
    (
        put(*POINT, "id", value="leadership.point.2"),
        (*POINT, "id"),
        "does not begin with its theme's, 'people'",
    ),
    (
        put("themes", 0, "statements", 1, "id", value="leadership.starting.1"),
        ("themes", 0, "statements", 1, "id"),
        "'leadership.starting.1' is used twice",
    ),
    (put(*POINT, "id", value="people.point.1"), (*POINT, "id"), "is used twice"),
    # strands
    (put(*FIRST, "strand", value="c"), FIRST, "the strand 'c' is not one of its theme's"),
    (put(*POINT, "strands", value=["a", "c"]), POINT, "the strand 'c' is not one of its theme's"),
    (
        lambda data: data["themes"][0]["strands"].append({"id": "c", "name": "Idle"}),
        ("themes", 0, "strands", 2),
        "the strand 'c' has no statements",
    ),
    (
        lambda data: data["themes"][0]["strands"].append({"id": "a", "name": "Again"}),
        ("themes", 0, "strands", 2, "id"),
        "'a' is used twice",
    ),
]


def test_a_sound_rubric_loads() -> None:
    assert Rubric.model_validate(sound()).title == "A small grid"


@pytest.mark.parametrize(("spoil", "place", "words"), ONE_FAULT)
def test_one_fault_is_one_report_at_its_place(
    spoil: Callable[[Data], None], place: Place, words: str
) -> None:
    data = sound()
    spoil(data)
    ((where, why),) = faults(data)
    assert where == place
    assert words in why


def test_two_themes_of_one_id() -> None:
    data = sound()
    data["themes"][1] = builders.theme_data(ROW, theme_id="leadership")
    assert faults(data) == [(("themes", 1, "id"), "the id 'leadership' is used twice")]


def test_a_fault_in_the_only_entry_does_not_make_its_list_empty() -> None:
    data = builders.rubric_data(builders.theme_data(ROW))
    data["themes"][0]["colour"] = "red"
    assert faults(data) == [(("themes", 0, "colour"), "unknown key")]


@pytest.mark.parametrize("data", [None, "text", 3, [], [1, 2]])
def test_what_is_no_rubric_at_all(data: Any) -> None:
    assert faults(data) == [((), "should be a table")]


@pytest.mark.parametrize(
    "themes",
    [
        {"leadership": {}},
        [None, 3, []],
        [{"id": ["x"], "strands": [{"id": {}}], "statements": [{"id": 3, "strand": []}]}],
        [{"id": "x", "strands": 1, "statements": "y", "points": [{"strands": [[], 1]}]}],
    ],
)
def test_tables_of_the_wrong_shape_are_faults_and_nothing_worse(themes: Any) -> None:
    assert faults({**sound(), "themes": themes})


class TestSeveralFaults:
    """A person who mends a file by hand wants all of them at once."""

    @staticmethod
    def spoilt() -> Data:
        data = sound()
        put("format", value=7)(data)
        put("licence", value="")(data)
        put("themes", 0, "colour", value="a private colour")(data)
        put("themes", 0, "call", value="private " * 30)(data)
        put("themes", 0, "statements", 0, "text", value="A private \x1b text")(data)
        put("themes", 0, "statements", 1, "strand", value="c")(data)
        put("themes", 1, "statements", 2, "id", value="people.starting.1")(data)
        put("themes", 1, "points", 0, "id", value="leadership.point.1")(data)
        drop("themes", 0, "complaint")(data)
        return data

    def test_all_are_reported_together(self) -> None:
        assert {where for where, _ in faults(self.spoilt())} == {
            ("format",),
            ("licence",),
            ("themes", 0, "colour"),
            ("themes", 0, "call"),
            ("themes", 0, "statements", 0, "text"),
            ("themes", 0, "statements", 1),
            ("themes", 1, "statements", 2, "id"),
            ("themes", 1, "points", 0, "id"),
            ("themes", 0, "complaint"),
        }

    def test_contents_are_not_repeated(self) -> None:
        with pytest.raises(ValidationError) as caught:
            Rubric.model_validate(self.spoilt())
        assert "rivate" not in str(caught.value)
        assert "rivate" not in repr(caught.value.errors())
        assert "\x1b" not in str(caught.value)


class TestReading:
    grid = Rubric.model_validate(sound())

    def test_a_statement_knows_its_stage(self) -> None:
        stages = [s.stage for s in self.grid.theme("people").statements]
        assert stages == [stage for stage in Stage for _ in range(3)]
        assert [stage.number for stage in Stage] == [1, 2, 3]

    def test_statements_are_asked_strand_by_strand(self) -> None:
        asked = [s.id.split(".", 1)[1] for s in self.grid.theme("leadership").walk()]
        assert asked == [
            "starting.1",
            "starting.2",
            "developing.1",
            "developing.2",
            "consolidating.1",
            "starting.3",
            "developing.3",
            "consolidating.2",
            "consolidating.3",
        ]

    def test_every_statement_is_asked_once_theme_by_theme(self) -> None:
        asked = [s.id for s in self.grid.asked]
        assert sorted(asked) == sorted(self.grid.statements)
        assert [i.split(".")[0] for i in asked] == ["leadership"] * 9 + ["people"] * 9

    def test_a_statement_leads_back_to_its_theme_and_strand(self) -> None:
        theme = self.grid.theme_of("people.developing.3")
        assert theme.id == "people"
        assert theme.strand("b").name == "Strand b"
        assert "people.developing.3" in [s.id for s in theme.of_strand("b")]

    def test_a_stage_has_its_summary(self) -> None:
        summaries = self.grid.theme("people").summaries
        assert [summaries.of(stage) for stage in Stage] == [
            "We are starting.",
            "We are developing.",
            "We are consolidating.",
        ]

    def test_text_is_kept_without_blanks_around_it(self) -> None:
        data = sound()
        data["title"] = "  A grid "
        assert Rubric.model_validate(data).title == "A grid"

    def test_no_part_can_be_changed_in_place(self) -> None:
        with pytest.raises(ValidationError):
            self.grid.title = "Another"  # type: ignore[misc]
        with pytest.raises(ValidationError):
            self.grid.themes[0].statements[0].lasting = True  # type: ignore[misc]
