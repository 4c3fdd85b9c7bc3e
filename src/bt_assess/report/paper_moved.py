"""What moved, what was promised, what comes next and what was left out, as a report tells it."""

from collections.abc import Iterator

from bt_assess.core.round import Action
from bt_assess.core.rubric import Rubric, RubricTheme
from bt_assess.report.change_words import answers_words, stage_shares
from bt_assess.report.compared_story import CourseStory, Story
from bt_assess.report.paper import Block, Heading, Point, Points, Table, Words, Written
from bt_assess.report.words import date_words

MOST_MOVES, MOST_STRANDS = 12, 5
MOST_TALK = 3
_UNOWNED = "Owner: nobody yet. By when: no date yet."


def moved(rubric: Rubric, told: CourseStory, level: int) -> Iterator[Block]:
    if not told.changes:
        return
    yield Heading("What moved most", level)
    if told.moves:
        yield from _statements(told)
    else:
        yield Words("No statement is known to be rated differently.")
    if told.strands:
        yield Words("How true each stage is, before and after:", "Strands that moved most.")
        yield Points(
            tuple(
                Point(
                    f"{stage_shares(dict(each.before))} → {stage_shares(dict(each.after))}.",
                    f"{_strand(rubric.theme(each.theme_id), each.strand_id)}.",
                )
                for each in told.strands[:MOST_STRANDS]
            )
        )


def _statements(told: CourseStory) -> Iterator[Block]:
    shown = told.moves[:MOST_MOVES]
    yield Table(
        "Statements that were answered differently",
        ("Statement", "Before", "After"),
        tuple((move.statement.text, *answers_words(move)) for move in shown),
    )
    if (more := len(told.moves) - MOST_MOVES) > 0:
        yield Words(f"{more} more statements moved.", quiet=True)
    for move in shown:
        for item, notes in zip(told.ends, (move.notes_before, move.notes_after), strict=True):
            if notes:
                yield Written(f"{move.statement.text} ({date_words(item.when)})", notes)


def promised(told: CourseStory, level: int) -> Iterator[Block]:
    if not told.promises:
        return
    yield Heading("What was promised", level)
    yield Table(
        "What was promised, and what has become of it",
        ("What", "Owner", "By when", "State"),
        tuple(
            (
                *_action(each.then),
                each.state.value if each.told else f"{each.state.value}, as far as is known",
            )
            for _, each in told.promises
        ),
    )
    for _, each in told.promises:
        if remark := " ".join(each.now.remark.split()):
            yield Written(each.then.what, (remark,))


def talk(told: Story) -> Iterator[Block]:
    """What those beside each other have to talk about."""
    if not told.furthest_apart:
        yield Words(
            "As far as is known, they see it alike: what follows from that for all of them?"
        )
        return
    yield Words(
        "Talk about what is seen differently, furthest apart first: what does each see there that the"
        " others do not?"
    )
    yield Points(
        tuple(Point(each.theme.name, more=(_UNOWNED,)) for each in told.furthest_apart[:MOST_TALK]),
        numbered=True,
    )


def what_next(told: CourseStory) -> Iterator[Block]:
    latest = "latest" if len(told.times) > 2 else "later"
    if told.actions:
        yield Table(
            "What was promised last",
            ("What", "Owner", "By when", "State"),
            tuple((*_action(action), action.state.value) for action in told.actions),
        )
    if not told.steps:
        if not told.actions:
            yield Words(
                f"The {latest} answers are too few, or too much at one, to say what to do next."
            )
        return
    yield Words(
        f"What the {latest} answers ask for {'besides' if told.actions else 'most'}. Choose one or"
        " two, and write down who will see to each, and by when."
    )
    yield Points(
        tuple(Point(text, more=(theme.name, _UNOWNED)) for text, theme in told.steps), numbered=True
    )


def left_out(rubric: Rubric, told: CourseStory, name: str) -> Iterator[Block]:
    """Every statement that did not count in a change, and why."""
    known = rubric.statements
    for each in told.omitted:
        if each is told.omitted[0]:
            yield Heading("Statements that did not count", said=name)
        yield Words(f"{each.why[:1].upper()}{each.why[1:]}:")
        yield Points(tuple(Point(f"{known[i].text} ({i})" if i in known else i) for i in each.ids))


def _strand(theme: RubricTheme, strand_id: str) -> str:
    return f"{theme.name}: {theme.strand(strand_id).name}"


def _action(action: Action) -> tuple[str, str, str]:
    return (
        action.what,
        action.owner or "nobody yet",
        date_words(action.due) if action.due else "no date yet",
    )
