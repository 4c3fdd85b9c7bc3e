"""Writes sessions/examples: a demonstration organisation, the same files at every run.

    .venv/bin/python docs/make_examples.py

The area manager of Northfield Homes answers three times in a year, two colleagues once. Leadership
and learning move on, performance frameworks stay where they are, priorities turn into a mixed
picture: settled on paper, and everything still comes first.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bt_assess.core.rubric import Rubric, Stage
from bt_assess.core.session import Answer, RubricRef, Session, answer_from
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rubric_file import load_rubric

EXAMPLES = Path(__file__).parents[1] / "sessions" / "examples"
TEAM = "Northfield Homes"

# Who, the session's id, when they began and for how many minutes; then the keys they pressed, by
# theme and stage, statement 1 first; then their notes.
Told = tuple[str, str, datetime, int, dict[str, str], dict[str, str]]

SESSIONS: list[Told] = [
    (
        "Area manager", "areamanager2025", datetime(2025, 11, 12, 16, 40, tzinfo=UTC), 19,
        {
            "leadership": "433423 12421 12211",
            "people": "32243333 1142132 1112d1",
            "frameworks": "2434434 112331 111d11",
            "priorities": "334434 1211132 11111",
            "change": "2322322 3332232 1112121",
            "learning": "33333342 3133322 1112111",
        },
        {
            "leadership.starting.1": "The strategy says prevention. The budget says repairs.",
            "leadership.starting.4": "A £400 fence went up to the director. Three weeks.",
            "leadership.starting.5": "One away-day in two years, and it rained off.",
            "leadership.developing.3": "Senior team, yes. Then it stops.",
            "people.starting.3": "Voids: 21 days, everybody knows that one. Otherwise?",
            "people.starting.4": "Two of our best known 'sideways moves' now sit in my area.",
            "people.starting.7": "Asked for help with a hard talk in June. Was sent a form.",
            "people.consolidating.5": "Can't say. I never see the night shift.",
            "frameworks.starting.2": "47 pages for October. I read page 3.",
            "frameworks.starting.5": "We count calls. Nobody asks why they ring a second time.",
            "frameworks.starting.7": "Budget on Mondays, performance on Thursdays, other people.",
            "priorities.starting.6": "Eleven 'top priorities' on the intranet. Counted again: 12.",
            "priorities.developing.6": "'Drop it' in the meeting, 'where is it?' on Friday.",
            "change.starting.6": "New phone system, go-live by e-mail, Sunday 22:10.",
            "learning.starting.5": "The lift programme: one page, written when all had left.",
            "learning.starting.7": "I kept quiet about the boilers myself.",
        },
    ),
    (
        "Area manager", "areamanagermay2026", datetime(2026, 5, 19, 8, 5, tzinfo=UTC), 15,
        {
            "leadership": "223322 33322 21211",
            "people": "32332322 2231222 11d211",
            "frameworks": "2434343 112322 111111",
            "priorities": "323334 2221132 21121",
            "change": "2322322 3332233 2112221",
            "learning": "22323222 3233332 1121121",
        },
        {
            "leadership.starting.1": "Better. Except the car park week.",
            "leadership.starting.3": "Lettings is mine now, budget included. First time.",
            "leadership.developing.1": "One page, four aims, pinned up in the kitchen since March.",
            "leadership.developing.2": "Quoted back at me by a plumber. That's when I believed it.",
            "leadership.consolidating.3": "One hour a month since February, two were cancelled.",
            "people.starting.5": "HR rang me back within the day. That is new.",
            "people.developing.1": "On its way. Half of my people have had a talk.",
            "people.consolidating.3": "No idea what other areas do.",
            "frameworks.starting.2": "52 pages now.",
            "frameworks.developing.6": "Finance joined twice. Then year end came.",
            "priorities.developing.1": "Four aims, fine, but nothing came off the old list.",
            "priorities.starting.5": "We did blame the regulator again on 7 May. All of us.",
            "change.developing.4": "Asked about the rota in week one, told about it in week six.",
            "learning.developing.6": "Someone said 'my mistake' in the Monday meeting. Nobody died.",
        },
    ),
    (
        "Area manager", "areamanager2026", datetime(2026, 11, 12, 9, 30, tzinfo=UTC), 16,
        {
            "leadership": "112211 44343 32221",
            "people": "2222232d 233x322 111221",
            "frameworks": "2434434 112332 11d111",
            "priorities": "423434 3112122 34143",
            "change": "2222321 3333343 1122222",
            "learning": "11212121 3433343 2221331",
        },
        {
            "leadership.starting.1": "Not since the summer. I looked for one and found none.",
            "leadership.developing.1": "Still the same four aims. Still one page.",
            "leadership.consolidating.1": (
                "The director did a Saturday on the phones in September. Talked about ever since."
            ),
            "leadership.consolidating.5": "Once, in June, behind closed doors. Not what I'd call openly.",
            "people.starting.8": "Depends on which building.",
            "people.developing.4": "All three are new since spring. Nobody to deal with, yet.",
            "people.developing.5": "Two hard talks this year. Slept badly before both, well after.",
            "frameworks.starting.2": "Down to 49 pages!",
            "frameworks.starting.5": "Asked who reads our table 12. Silence, then laughter.",
            "frameworks.consolidating.3": "Ask me again when I've seen one.",
            "priorities.starting.6": "Still seven, if you ask on a Friday afternoon.",
            "priorities.starting.3": "Damp cases or new lettings? 'Both.' (Tuesday, 3 Nov)",
            "priorities.consolidating.2": "Tenants' panel picked the damp programme. Really picked it.",
            "priorities.consolidating.4": "£180k moved from the show flats to damp and mould. It hurt.",
            "change.developing.7": "My part is on paper, with a date. December. Hm.",
            "change.consolidating.4": "Repairs, yes. The office move, no.",
            "learning.developing.6": "The heating outage was talked through, no culprit, biscuits.",
            "learning.consolidating.5": "Week 4 review stopped the sensor trial. Saved us a winter.",
        },
    ),
    (
        "Finance lead", "financelead2026", datetime(2026, 11, 10, 13, 15, tzinfo=UTC), 12,
        {
            "leadership": "112122 44332 22232",
            "people": "22322322 3332223 2221d2",
            "frameworks": "3223223 324233 222323",
            "priorities": "332333 2222232 12121",
            "change": "22332d2 3333233 2221222",
            "learning": "22221223 3333332 2222122",
        },
        {
            "leadership.developing.2": "Even in the audit committee, 22 Oct.",
            "people.consolidating.5": "From the third floor I really can't tell.",
            "frameworks.starting.7": "I'm invited now. I have to bring my own chair, so to speak.",
            "frameworks.developing.3": "Good questions on voids in September. None on pay.",
            "priorities.developing.5": "£180k out of 31 million. A start.",
            "priorities.consolidating.5": "Four on the poster. I can name three.",
            "learning.consolidating.2": "We stopped the sensor trial in week 4. A first.",
        },
    ),
    (
        "Head of repairs", "headofrepairs2026", datetime(2026, 11, 11, 17, 50, tzinfo=UTC), 21,
        {
            "leadership": "223322 33333 21222",
            "people": "33333433 1221222 11d112",
            "frameworks": "3443444 1112d1 111111",
            "priorities": "334444 2111131 11211",
            "change": "3434333 3222232 1112122",
            "learning": "22222223 3333322 1221121",
        },
        {
            "leadership.starting.4": "Over £5,000 it still goes up. Under that, it's mine.",
            "people.starting.6": "Made foremen of our best fitters. Lost fitters, no foremen.",
            "people.developing.5": "HR sat beside me, both times.",
            "frameworks.starting.5": "First-time fix: 71 %. Since 2023. Nobody has asked why.",
            "priorities.starting.6": "Every job sheet is red.",
            "priorities.developing.6": "'Leave the gutters.' Then it rained.",
            "change.starting.5": "Handhelds came in a box. No call, no training, wrong chargers.",
            "learning.developing.6": "Heating outage, 14 Jan: told it as it was. Was thanked.",
        },
    ),
]  # fmt: skip


def answers(rubric: Rubric, keys: dict[str, str]) -> Iterator[tuple[str, Answer]]:
    """What the keys say of every statement."""
    for theme in rubric.themes:
        for stage, row in zip(Stage, keys[theme.id].split(), strict=True):
            asked = [s for s in theme.statements if s.stage is stage]
            for statement, key in zip(asked, row, strict=True):
                if answer := answer_from(key):
                    yield statement.id, answer


def session(rubric: Rubric, told: Told, moved: timedelta = timedelta()) -> Session:
    """What somebody told, all of it `moved` to another day."""
    respondent, name, then, minutes, keys, notes = told
    started = then + moved
    given = dict(answers(rubric, keys))
    begun = Session(
        id=name,
        respondent=respondent,
        team=TEAM,
        started=started,
        revision=len(given) + len(notes),
        rubric=RubricRef(id=rubric.id, version=rubric.version),
        answers={statement.id: given[statement.id] for statement in rubric.asked},
        notes=notes,
    )
    return begun.finish(started + timedelta(minutes=minutes))


def write(place: Path, moved: timedelta = timedelta()) -> None:
    """Write all sessions into `place`, `moved` to other days."""
    rubric = load_rubric()
    folder = SessionFolder(place)
    for told in SESSIONS:
        made = session(rubric, told, moved)
        folder.save(place / f"{made.started:%Y-%m-%d}-{made.id}.toml", made, rubric)


if __name__ == "__main__":
    write(EXAMPLES)
