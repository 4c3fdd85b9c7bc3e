"""What moved between two times, what was promised, and what comes next, as a report tells it."""

from collections.abc import Iterator, Mapping, Sequence

from bt_assess.core.advice import first_steps
from bt_assess.core.compared import Compared
from bt_assess.core.moved import StatementMove
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import score
from bt_assess.core.session import Answer
from bt_assess.core.team_advice import first_team_steps
from bt_assess.core.team_change import promises
from bt_assess.report.paper import Block, Heading, Point, Points, Table, Words, Written
from bt_assess.report.words import date_words

MOST_MOVES = 12


def moved(
    moves: Sequence[StatementMove], first: Compared, last: Compared
) -> Iterator[Block]:  # fmt: skip
    yield Heading("What moved most")
    if not moves:
        yield Words("No statement was rated differently, as far as may be shown.")
        return
    yield Table(
        "Statements that were answered differently",
        ("Statement", "Before", "After"),
        tuple(
            (
                move.statement.text,
                move.before.label if move.before else _counted(move.counts_before),
                move.after.label if move.after else _counted(move.counts_after),
            )
            for move in moves[:MOST_MOVES]
        ),
    )
    if (more := len(moves) - MOST_MOVES) > 0:
        yield Words(f"{more} more statements moved.", quiet=True)
    for move in moves[:MOST_MOVES]:
        for item, notes in ((first, move.notes_before), (last, move.notes_after)):
            if notes:
                yield Written(f"{move.statement.text} ({date_words(item.when)})", notes)


def _counted(counts: Mapping[Answer, int] | None) -> str:
    """'2 not, 4 mostly'."""
    rated = [a for a in Answer if a.rating is not None]
    return ", ".join(f"{n} {a.value}" for a in rated if (n := (counts or {}).get(a, 0)))


def promised(items: Sequence[Compared]) -> Iterator[Block]:
    rounds = [each.round for each in items if each.round]
    if len(rounds) < 2:
        return
    yield Heading("What was promised")
    found = promises(*rounds)
    if not found:
        yield Words("Nothing was promised then.")
        return
    yield Table(
        f"Promised on {date_words(rounds[0].created)}, and what has become of it",
        ("What", "Owner", "By when", "State"),
        tuple(
            (
                each.then.what,
                each.then.owner or "nobody yet",
                date_words(each.then.due) if each.then.due else "no date yet",
                each.state.value if each.told else f"{each.state.value}, as far as is known",
            )
            for each in found
        ),
    )


def what_next(rubric: Rubric, last: Compared) -> Iterator[Block]:
    yield Heading("What next")
    points: list[tuple[str, str]] = []
    if last.session:
        answers = last.session.answers
        found = first_steps(rubric, score(rubric, answers), answers)
        points = [(step.point.text, rubric.theme(step.theme_id).name) for step in found]
    elif last.shown and last.round:
        taken = {action.point for action in last.round.actions}
        points = [
            (step.point.text, rubric.theme(step.theme_id).name)
            for step in first_team_steps(rubric, last.shown)
            if step.point.id not in taken
        ]
    if last.round and last.round.actions:
        yield Table(
            "What was promised last",
            ("What", "Owner", "By when", "State"),
            tuple(
                (
                    action.what,
                    action.owner or "nobody yet",
                    date_words(action.due) if action.due else "no date yet",
                    action.state.value,
                )
                for action in last.round.actions
            ),
        )
    if not points:
        yield Words("The later answers are too few, or too much at one, to say what to do next.")
        return
    yield Words(
        "What the later answers ask for most. Choose one or two, and write down who will see to"
        " each, and by when."
    )
    owner = "Owner: nobody yet. By when: no date yet."
    yield Points(
        tuple(Point(text, more=(theme, owner)) for text, theme in points[:5]), numbered=True
    )
