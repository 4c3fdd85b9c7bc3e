"""Writes sessions/examples/rounds: a team's round of nine, closed and waiting for its passphrase.

    .venv/bin/python -m docs.make_round

The answers are the same at every run, the sealed files never are: their keys are new. Leadership
divides the team into two camps, Learning is seen much alike, and Priorities is in dispute.
"""

import random
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from bt_assess.core.round import Action, ActionState, Step
from bt_assess.core.rubric import Rubric, Statement
from bt_assess.core.session import Answer, RubricRef, Session
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.rubric_file import load_rubric

EXAMPLES = Path(__file__).parents[1] / "sessions" / "examples"
PASSPHRASE = "nine voices one table"  # noqa: S105  everybody may know this one
TITLE, TEAM, DAY = "Northfield autumn review", "Northfield Homes", date(2026, 11, 12)
RATINGS = list(Answer)[:4]

# Where each of the nine sees each theme, 1 starting to 3 consolidating.
VIEWS = {
    "leadership": (2.8, 2.7, 2.9, 2.6, 1.2, 1.1, 1.3, 1.2, 1.1),
    "people": (1.6, 1.8, 2.0, 1.7, 1.3, 1.5, 1.4, 1.9, 1.6),
    "frameworks": (1.2, 1.1, 1.4, 1.3, 1.1, 1.2, 1.5, 1.1, 1.3),
    "priorities": (2.6, 1.2, 2.2, 1.4, 1.1, 2.4, 1.3, 2.0, 1.6),
    "change": (1.9, 2.1, 1.8, 2.0, 1.7, 2.2, 1.9, 1.6, 2.0),
    "learning": (2.2, 2.1, 2.3, 2.2, 2.0, 2.3, 2.1, 2.2, 2.1),
}
NOTES: tuple[dict[str, str], ...] = (
    {"leadership.consolidating.1": "The Monday walkabouts. Every site, every fortnight, since May."},
    {"priorities.starting.6": "We said four. The dashboard has eleven."},
    {"leadership.developing.1": "One page, read out at every team meeting."},
    {"people.developing.5": "First difficult talk I have had with somebody from HR beside me."},
    {"leadership.starting.1": "What walkabouts? Nobody has been to the depot since spring."},
    {"leadership.starting.3": "I sign off a tin of paint twice."},
    {"priorities.developing.2": "Money for damp and mould came from the show flats. That was real."},
    {"frameworks.starting.2": "Three systems, three numbers for the same void."},
    {},
)  # fmt: skip


def rate(statement: Statement, view: float, chance: random.Random) -> Answer:
    """How true a statement is to somebody who sees its theme at `view`, 1..3."""
    distance = abs(statement.stage.number - view)
    if statement.lasting and view > statement.stage.number:
        distance = 0.2
    if chance.random() < 0.03:
        return Answer.UNKNOWN
    steps = round(3 * (1 - distance / 1.15) + chance.gauss(0, 0.35))
    return RATINGS[max(0, min(3, steps))]


def person(rubric: Rubric, number: int) -> Session:
    chance = random.Random(f"nine {number}")  # noqa: S311
    answers = {
        statement.id: rate(statement, VIEWS[statement.id.split(".")[0]][number], chance)
        for statement in rubric.asked
    }
    notes = {each: note for each, note in NOTES[number].items() if each in rubric.statements}
    return Session(
        id=f"person{number:02}", started=datetime(2026, 11, 12, tzinfo=UTC),
        rubric=RubricRef(id=rubric.id, version=rubric.version), answers=answers, notes=notes,
    )  # fmt: skip


def make(examples: Path = EXAMPLES) -> None:
    """A new round in the place of the one there was."""
    rubric = load_rubric()
    folder = RoundsFolder(examples)
    shutil.rmtree(folder.path, ignore_errors=True)
    stored, _ = folder.new(
        TITLE, team=TEAM, expected=9, rubric=rubric, today=DAY, passphrase=PASSPHRASE, minutes=20
    )
    stored = folder.save(stored, stored.round.at_step(Step.COLLECTING))
    for number in range(9):
        stored = folder.give(stored, person(rubric, number)).stored
    promised = Action(
        id="septemberday", what="A review day for the heating outage, with the call centre",
        owner="Head of repairs", due=date(2026, 9, 30), state=ActionState.DONE,
    )  # fmt: skip
    values = {
        **dict(stored.round),
        "last_actions": (promised,),
        "revision": stored.round.revision + 1,
    }
    stored = folder.save(stored, type(stored.round).model_validate(values))
    folder.save(stored, stored.round.closed())


if __name__ == "__main__":
    make()
