"""Who stands where in a round with names, where everybody agreed beforehand to be seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from bt_assess.core.disclosure import Person, Shown
from bt_assess.core.rubric import RubricTheme
from bt_assess.core.scoring import Status, ThemeScore, score_theme
from bt_assess.core.session import Answer


@dataclass(frozen=True)
class Standing:
    """Where one person stands in a theme."""

    name: str
    score: ThemeScore

    @property
    def position(self) -> float | None:
        """The place on the scale, 1..3; None for who has none."""
        return self.score.position if self.score.status is Status.PLACED else None


def people_by_name(shown: Shown) -> tuple[Person, ...]:
    """Everybody who may be seen, by name: nobody of a round without names."""
    return tuple(sorted(shown.people, key=lambda p: (p.name.casefold(), p.name, p.sealed_name)))


def standings(theme: RubricTheme, shown: Shown) -> tuple[Standing, ...]:
    """Who stands where, the lowest place first, and who has none last."""
    found = [
        Standing(person.name, score_theme(theme, person.answers))
        for person in people_by_name(shown)
    ]
    return tuple(sorted(found, key=lambda each: each.position or 9.0))


def who_said(statement_id: str, shown: Shown) -> Mapping[Answer, tuple[str, ...]]:
    """Who gave which answer to a statement, in the order of the answers."""
    people = [(p.name, p.answers.get(statement_id)) for p in people_by_name(shown)]
    said = {answer: tuple(n for n, given in people if given is answer) for answer in Answer}
    return {answer: names for answer, names in said.items() if names}
