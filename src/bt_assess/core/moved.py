"""What moved: the statements and strands whose answers changed most between two times."""

from collections.abc import Mapping
from dataclasses import dataclass

from bt_assess.core.compared import Compared
from bt_assess.core.comparison import on_both
from bt_assess.core.disclosure import ShownStatement
from bt_assess.core.left_out import LeftOut, Side, of_rounds
from bt_assess.core.rubric import Rubric, RubricTheme, Stage, Statement
from bt_assess.core.scoring import ByStage, mean, mean_rating, strand_endorsement
from bt_assess.core.session import Answer, Session


@dataclass(frozen=True, kw_only=True)
class StatementMove:
    """A statement that is answered otherwise than before.

    `change` is how much truer it has become, -1..1. Of sessions there are both answers, of rounds
    how many gave each; notes as they may be shown.
    """

    statement: Statement
    change: float
    before: Answer | None = None
    after: Answer | None = None
    counts_before: Mapping[Answer, int] | None = None
    counts_after: Mapping[Answer, int] | None = None
    notes_before: tuple[str, ...] = ()
    notes_after: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StrandMove:
    """A strand of which other stages are true than before.

    `before` and `after` are how true each stage is of it (0..1), None where that is not known both
    times; `size` is the mean of how far its stages have moved. A strand has no stage and no direction.
    """

    theme_id: str
    strand_id: str
    size: float
    before: ByStage
    after: ByStage


def statement_moves(rubric: Rubric, before: Compared, after: Compared) -> tuple[StatementMove, ...]:
    """The statements that moved, the largest change first, then as they are asked."""
    found = (_statement_move(statement, before, after) for statement in rubric.asked)
    moved = (move for move in found if move is not None and round(move.change, 9))
    return tuple(sorted(moved, key=lambda move: -round(abs(move.change), 9)))


def strand_moves(rubric: Rubric, before: Compared, after: Compared) -> tuple[StrandMove, ...]:
    """The strands that moved, the largest first, then in the rubric's order."""
    moves = []
    for theme in rubric.themes:
        for strand in theme.strands:
            first, second = _strand(rubric, theme, strand.id, before, after)
            sizes = [
                abs(b - a)
                for stage in Stage
                if (a := first[stage]) is not None and (b := second[stage]) is not None
            ]
            size = mean(sizes) if sizes else 0.0
            if round(size, 9):
                moves.append(
                    StrandMove(theme_id=theme.id, strand_id=strand.id, size=size, before=first,
                               after=second)
                )  # fmt: skip
    return tuple(sorted(moves, key=lambda move: -round(move.size, 9)))


def _statement_move(
    statement: Statement, before: Compared, after: Compared
) -> StatementMove | None:
    if before.session and after.session:
        return _of_sessions(statement, before.session, after.session)
    if before.shown and after.shown:
        return _of_rounds(before.shown.statement(statement.id), after.shown.statement(statement.id),
                          statement)  # fmt: skip
    return None


def _of_sessions(statement: Statement, before: Session, after: Session) -> StatementMove | None:
    first, second = before.answers.get(statement.id), after.answers.get(statement.id)
    if first is None or second is None or first.rating is None or second.rating is None:
        return None

    def notes(session: Session) -> tuple[str, ...]:
        return (session.notes[statement.id],) if statement.id in session.notes else ()

    return StatementMove(
        statement=statement, change=second.rating - first.rating, before=first, after=second,
        notes_before=notes(before), notes_after=notes(after),
    )  # fmt: skip


def _of_rounds(
    before: ShownStatement, after: ShownStatement, statement: Statement
) -> StatementMove | None:
    """From counts that are shown both times; where they are not, it is not said whether it moved."""
    if before.counts is None or after.counts is None:
        return None
    first, second = mean_rating(before.counts), mean_rating(after.counts)
    if first is None or second is None:
        return None
    return StatementMove(
        statement=statement, change=second - first, counts_before=before.counts,
        counts_after=after.counts, notes_before=before.notes, notes_after=after.notes,
    )  # fmt: skip


def _strand(
    rubric: Rubric, theme: RubricTheme, strand_id: str, before: Compared, after: Compared
) -> tuple[ByStage, ByStage]:
    """How true each stage is of a strand both times, on what was rated both times."""
    if before.session and after.session:
        one, other = on_both(theme, before.session.answers, after.session.answers)
        return strand_endorsement(theme, strand_id, one), strand_endorsement(
            theme, strand_id, other
        )
    if before.round and before.shown and after.round and after.shown:
        sides = (before.round, before.shown), (after.round, after.shown)
        return _strand_of_teams(theme, strand_id, of_rounds(rubric, theme, *sides), sides)
    nothing: ByStage = dict.fromkeys(Stage)
    return nothing, nothing


def _strand_of_teams(
    theme: RubricTheme, strand_id: str, left_out: LeftOut, sides: tuple[Side, Side]
) -> tuple[ByStage, ByStage]:
    """From counts that are shown both times, so that it says nothing that they do not.

    A stage of which a count is not shown stays open, both times.
    """
    asked = [s for s in theme.of_strand(strand_id) if s.id not in left_out.ids]

    def told(stage: Stage) -> tuple[float | None, float | None]:
        ids = [s.id for s in asked if s.stage is stage]
        one, other = (
            [mean_rating(shown.statement(i).counts or {}) for i in ids] for _, shown in sides
        )
        first, second = ([r for r in ratings if r is not None] for ratings in (one, other))
        if not ids or len(first) < len(ids) or len(second) < len(ids):
            return None, None
        return mean(first), mean(second)

    found = {stage: told(stage) for stage in Stage}
    return ({s: pair[0] for s, pair in found.items()}, {s: pair[1] for s, pair in found.items()})
