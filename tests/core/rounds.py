"""Rounds for tests of comparing them: people's answers in rows, published and disclosed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bt_assess.core.compared import Compared, of_round
from bt_assess.core.disclosure import Person, disclose, publication
from bt_assess.core.round import Round, Step
from bt_assess.core.rubric import Rubric
from tests.core import builders

SMALL = builders.rubric(builders.theme_data("111 111 111"))


def round_of(rubric: Rubric = SMALL, **more: Any) -> Round:
    values: dict[str, Any] = {
        "id": "q7w8e9r2", "title": "Spring", "team": "North", "expected": 12, "begun": True,
        "created": date(2026, 3, 2), "step": Step.DISCUSSING,
        "rubric": {"id": rubric.id, "version": rubric.version}, **more,
    }  # fmt: skip
    return Round.model_validate(values)


def people_of(rows: Sequence[str], names: Sequence[str] = ()) -> list[Person]:
    """A person a row; with names, in their order."""
    return [
        Person(f"{n:016}", builders.answers(row), {}, names[n] if names else "")
        for n, row in enumerate(rows)
    ]


def compared(
    rows: Sequence[str], names: Sequence[str] = (), rubric: Rubric = SMALL, **more: Any
) -> Compared:
    """A round that these people answered, as far as it may be shown."""
    round_ = round_of(rubric, named=bool(names), **more)
    people = people_of(rows, names)
    round_ = publication(round_, [person.sealed_name for person in people])
    return of_round(rubric, round_, disclose(rubric, round_, people))
