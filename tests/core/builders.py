"""Small grids and answers, written in rows as docs/scoring.md writes its examples.

A row has a group of signs for each stage: `323232 101010 000100`. Of answers, 0 to 3 are *not* to
*fully*, `k` is don't know, `n` doesn't apply, `-` not answered. Of lasting marks, `L` is lasting.
Of strands, a letter is a strand.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bt_assess.core.rubric import Rubric, RubricTheme, Stage
from bt_assess.core.session import Answer, Session

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
_ANSWERS = dict(zip("0123kn", Answer, strict=True))


def ids(row: str, theme_id: str = "leadership") -> list[str]:
    """The ids of a row's statements, in its order."""
    return [
        f"{theme_id}.{stage.value}.{number}"
        for stage, group in zip(Stage, row.split(), strict=True)
        for number in range(1, len(group) + 1)
    ]


def signs(row: str) -> str:
    """A row's signs without the gaps between stages."""
    return "".join(row.split())


def answers(row: str, theme_id: str = "leadership") -> dict[str, Answer]:
    """The answers that a row stands for."""
    pairs = zip(ids(row, theme_id), signs(row), strict=True)
    return {statement_id: _ANSWERS[sign] for statement_id, sign in pairs if sign != "-"}


def theme_data(
    row: str,
    *,
    lasting: str = "",
    strands: str = "",
    points: tuple[str, ...] = ("a",),
    theme_id: str = "leadership",
) -> dict[str, Any]:
    """A theme with as many statements as `row`, as a TOML file would give it.

    `strands` names each statement's strand by a letter, all 'a' unless told; a point in `points` is
    the letters of its strands.
    """
    places = ids(row, theme_id)
    marks = signs(lasting).ljust(len(places), ".")
    letters = signs(strands) or "a" * len(places)
    return {
        "id": theme_id,
        "name": theme_id.capitalize(),
        "short": "Short",
        "tag": "Tag",
        "complaint": "Nobody listens.",
        "call": "Listen",
        "summaries": {stage.value: f"We are {stage.value}." for stage in Stage},
        "strands": [{"id": x, "name": f"Strand {x}"} for x in dict.fromkeys(letters)],
        "statements": [
            {"id": place, "strand": letter, "text": f"We do {place}.", "lasting": mark == "L"}
            for place, letter, mark in zip(places, letters, marks, strict=True)
        ],
        "points": [
            {"id": f"{theme_id}.point.{number}", "strands": list(point), "text": f"Do {number}."}
            for number, point in enumerate(points, start=1)
        ],
    }


def with_since(rubric: Rubric, since: Mapping[str, str], version: str = "") -> Rubric:
    """The rubric with the versions in which some of its statements came in, by their ids."""
    data = rubric.model_dump(mode="json", exclude_none=True)
    for table in data["themes"]:
        for statement in table["statements"]:
            if statement["id"] in since:
                statement["since"] = since[statement["id"]]
    return Rubric.model_validate({**data, "version": version or rubric.version})


def theme(row: str, **more: Any) -> RubricTheme:
    """The theme of `theme_data`."""
    return RubricTheme.model_validate(theme_data(row, **more))


def rubric_data(*themes: dict[str, Any]) -> dict[str, Any]:
    """A rubric of these themes, as a TOML file would give it."""
    return {
        "format": 1,
        "id": "small-grid",
        "version": "1.0",
        "title": "A small grid",
        "source": "Made for a test.",
        "licence": "None needed.",
        "themes": list(themes),
    }


def rubric(*themes: dict[str, Any]) -> Rubric:
    """The rubric of `rubric_data`."""
    return Rubric.model_validate(rubric_data(*themes))


def session(given: dict[str, Answer] | None = None, **more: Any) -> Session:
    """A session of `rubric` with these answers."""
    head = {
        "id": "abcdefgh",
        "started": NOON,
        "rubric": {"id": "small-grid", "version": "1.0"},
        "answers": given or {},
    }
    return Session.model_validate({**head, **more})
