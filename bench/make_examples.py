"""Writes sessions/examples: a demonstration organisation, the same files at every run.

    .venv/bin/python bench/make_examples.py

Three people of Northfield Homes answer in November 2025 and again a year later. Leadership and
learning have moved on since; performance frameworks have not.
"""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bt_assess.core.rubric import Rubric, Statement
from bt_assess.core.session import Answer, RubricRef, Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rubric_file import load_rubric

EXAMPLES = Path(__file__).parents[1] / "sessions" / "examples"
TEAM = "Northfield Homes"
RATINGS = list(Answer)[:4]

# Where each person sees each theme, 1 starting to 3 consolidating: in 2025 and in 2026.
VIEWS = {
    "Area manager": {
        "leadership": (1.5, 2.2), "people": (1.3, 1.5), "frameworks": (1.1, 1.2),
        "priorities": (1.2, 1.6), "change": (1.7, 1.8), "learning": (1.6, 2.3),
    },
    "Finance lead": {
        "leadership": (1.8, 2.4), "people": (1.6, 1.6), "frameworks": (1.9, 1.9),
        "priorities": (1.3, 1.5), "change": (1.5, 1.9), "learning": (1.4, 2.0),
    },
    "Head of repairs": {
        "leadership": (1.2, 1.9), "people": (1.2, 1.7), "frameworks": (1.0, 1.2),
        "priorities": (1.0, 1.3), "change": (1.2, 1.6), "learning": (1.3, 2.1),
    },
}  # fmt: skip
NOTES = {
    ("Area manager", 2025): {
        "leadership.starting.1": "The strategy says prevention, the budget says repairs.",
        "priorities.starting.6": "Eleven 'top priorities' on the intranet page in October.",
        "learning.starting.5": "The lift programme: one page, written after everybody had left.",
    },
    ("Area manager", 2026): {
        "leadership.developing.1": "One page, four aims, the same in every team meeting since May.",
        "learning.developing.6": "The heating outage was talked through without looking for a culprit.",
        "priorities.starting.6": "Still seven.",
    },
    ("Head of repairs", 2026): {
        "people.developing.5": "Two difficult talks this year, and HR sat beside me in both.",
    },
}


def rate(statement: Statement, view: float, chance: random.Random) -> Answer:
    """How true a statement is to somebody who sees its theme at `view`, 1..3."""
    distance = abs(statement.stage.number - view)
    if statement.lasting and view > statement.stage.number:
        distance = 0.2
    if chance.random() < 0.03:
        return Answer.UNKNOWN
    steps = round(3 * (1 - distance / 1.15) + chance.gauss(0, 0.35))
    return RATINGS[max(0, min(3, steps))]


def session(rubric: Rubric, person: str, year: int, day: int) -> Session:
    chance = random.Random(f"{person} {year}")
    started = datetime(year, 11, day, 9, 30, tzinfo=UTC)
    answers = {}
    for statement in rubric.asked:
        view = VIEWS[person][statement.id.split(".")[0]][year - 2025]
        answers[statement.id] = rate(statement, view, chance)
    begun = Session(
        id=f"{person.replace(' ', '').lower()}{year}",
        respondent=person,
        team=TEAM,
        started=started,
        revision=len(answers),
        rubric=RubricRef(id=rubric.id, version=rubric.version),
        answers=answers,
        notes=NOTES.get((person, year), {}),
    )
    return begun.finish(started + timedelta(minutes=16))


def main() -> None:
    rubric = load_rubric()
    folder = SessionFolder(EXAMPLES)
    for year in (2025, 2026):
        for day, person in enumerate(VIEWS, start=12):
            made = session(rubric, person, year, day)
            folder.save(EXAMPLES / f"{made.started:%Y-%m-%d}-{made.id}.toml", made, rubric)


if __name__ == "__main__":
    main()
