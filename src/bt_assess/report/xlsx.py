"""Reports as workbooks: the same figures as on the screen, to sort, to filter and to draw on."""

from collections.abc import Sequence
from datetime import date

from bt_assess.core.asked import asked, profile_of, said
from bt_assess.core.disclosure import Shown, ShownTheme, Why
from bt_assess.core.round import Action, Round
from bt_assess.core.rubric import Rubric, Stage
from bt_assess.core.scoring import Status
from bt_assess.core.session import Answer, Session, answered
from bt_assess.core.standing import standings
from bt_assess.report.team_words import (
    divided_words,
    late_words,
    team_sentence,
    why_words,
    without_place,
)
from bt_assess.report.words import date_words, day, status_sentence, status_words, who
from bt_assess.report.xlsx_kit import Book, Cell, Column, Kind, bars, made_words, stacked

_SPOKEN_WITHOUT = "no place"


def xlsx_of_session(rubric: Rubric, session: Session, *, made: date) -> bytes:
    """A session: sheets Profile, Statements and Notes."""
    book = Book(who(session), made)
    _profile(book, rubric, session, made)
    _statements(book, rubric, session)
    _notes(book, rubric, session)
    return book.finished()


def _profile(book: Book, rubric: Rubric, session: Session, made: date) -> None:
    profile = profile_of(rubric, session)
    columns = (
        Column("Theme", 26), Column("Stage", 16), Column("Confidence", 12),
        Column("Place, 1 to 3", 14, Kind.PLACE), Column("From", 8, Kind.PLACE),
        Column("To", 8, Kind.PLACE), Column("Standard error", 10, Kind.PLACE),
        Column("Rated", 8, Kind.COUNT), Column("Applies", 8, Kind.COUNT),
        *(Column(f"{stage.value} true", 13, Kind.SHARE) for stage in Stage),
        Column("What that means", 60),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for theme in rubric.themes:
        found = profile.theme(theme.id)
        placed = found.status is Status.PLACED
        rows.append(
            (
                theme.name, found.stage or status_words(found),
                found.confidence.value if found.confidence else None,
                *((found.position, found.low, found.high, found.se) if placed else (None,) * 4),
                found.rated, found.applicable, *(found.raw[stage] for stage in Stage),
                status_sentence(found, theme),
            )
        )  # fmt: skip
    state = "" if session.finished else ", not finished yet"
    above = (
        who(session),
        (
            f"{rubric.title} {rubric.version} · {day(session.finished or session.started)} ·"
            f" {answered(session, rubric)} of {asked(rubric, session)} statements answered{state}"
        ),
        made_words(made),
    )
    place = book.sheet("Profile", columns, rows, above=above)
    themes = [profile.theme(theme.id) for theme in rubric.themes]
    bars(
        book, place, title="Where each theme stands", names=0, places=3,
        stages=[found.stage for found in themes],
        spans=[_span(f.position, f.low, f.high) if f.stage else (0.0, 0.0) for f in themes],
        spoken=_spoken(
            [
                (theme.name, found.position if found.stage else None)
                for theme, found in zip(rubric.themes, themes, strict=True)
            ]
        ),
        at=(place.last + 2, 0),
    )  # fmt: skip


def _statements(book: Book, rubric: Rubric, session: Session) -> None:
    columns = (
        Column("Theme", 24), Column("Strand", 24), Column("Stage", 14), Column("Statement", 70),
        Column("Answer", 20), Column("Rating, 0 to 1", 9, Kind.PLACE), Column("Id", 28),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for statement in rubric.asked:
        theme = rubric.theme_of(statement.id)
        answer = session.answers.get(statement.id)
        rows.append(
            (
                theme.name, theme.strand(statement.strand).name, statement.stage, statement.text,
                said(statement, session), answer.rating if answer else None,
                statement.id,
            )
        )  # fmt: skip
    book.sheet("Statements", columns, rows)


def _notes(book: Book, rubric: Rubric, session: Session) -> None:
    columns = (
        Column("Theme", 24), Column("Stage", 14), Column("Statement", 50), Column("Answer", 20),
        Column("Note", 80),
    )  # fmt: skip
    rows: list[Sequence[Cell]] = [
        (
            rubric.theme_of(statement.id).name, statement.stage, statement.text,
            said(statement, session), session.notes[statement.id],
        )
        for statement in rubric.asked
        if statement.id in session.notes
    ]  # fmt: skip
    book.sheet("Notes", columns, rows)


def xlsx_of_round(rubric: Rubric, round_: Round, shown: Shown, *, made: date) -> bytes:
    """A round: sheets Profile, Statements, Comments, Agreements and Actions; only what may be shown.

    Of a round with names a sheet People too: who stands where.
    """
    book = Book(round_.title, made)
    _team(book, rubric, round_, shown, made)
    if shown.people:
        _people(book, rubric, shown)
    _team_statements(book, rubric, shown)
    _comments(book, rubric, shown)
    _agreements(book, rubric, round_)
    _actions(book, round_)
    return book.finished()


def _team(book: Book, rubric: Rubric, round_: Round, shown: Shown, made: date) -> None:
    columns = (
        Column("Theme", 26), Column("Stage", 16), Column("Agreement", 14),
        Column("Middle, 1 to 3", 15, Kind.PLACE), Column("From", 8, Kind.PLACE),
        Column("To", 8, Kind.PLACE), Column("Average distance", 10, Kind.PLACE),
        Column("People with a place", 10, Kind.COUNT),
        *(Column(stage.value, 13, Kind.COUNT) for stage in Stage),
        Column("What that means", 60),
    )  # fmt: skip
    themes = [shown.theme(theme.id) for theme in rubric.themes]
    rows: list[Sequence[Cell]] = [
        (
            theme.name, _stage(found), divided_words(found) if found.agreement else None,
            *_middle(found), found.ad, found.n,
            *(None if found.counts is None else found.counts.get(stage, 0) for stage in Stage),
            f"{team_sentence(found)} {without_place(found)}".rstrip(),
        )
        for theme, found in zip(rubric.themes, themes, strict=True)
    ]  # fmt: skip
    why = "" if shown.shown else f" · Nothing shows: {why_words(shown.why_not or Why.NOBODY)}"
    names = "with" if round_.named else "without"
    above = [
        round_.title,
        (
            f"{round_.team + ' · ' if round_.team else ''}{rubric.title} {rubric.version} ·"
            f" {date_words(round_.created)} · {names} names ·"
            f" {shown.respondents} of {round_.expected} people{why}"
        ),
        made_words(made),
    ]
    if late := late_words(shown.late):
        above.insert(2, late)
    place = book.sheet("Profile", columns, rows, above=above)
    middles = [None if found.two_camps else found.centre for found in themes]
    if not any(middle is not None for middle in middles):
        return
    bars(
        book, place, title="The middle of the team", names=0, places=3,
        stages=[found.stage for found in themes],
        spans=[_span(*_middle(found)) for found in themes],
        spoken=_spoken([(t.name, m) for t, m in zip(rubric.themes, middles, strict=True)]),
        at=(place.last + 2, 0),
    )  # fmt: skip
    spoken = "; ".join(
        f"{theme.name}: " + ", ".join(f"{n} {stage.value}" for stage, n in found.counts.items())
        for theme, found in zip(rubric.themes, themes, strict=True)
        if found.counts is not None
    )
    stacked(
        book, place, title="People at each stage", names=0, first=8, spoken=spoken,
        at=(place.last + 2, 7),
    )  # fmt: skip


def _team_statements(book: Book, rubric: Rubric, shown: Shown) -> None:
    columns = (
        Column("Theme", 24), Column("Strand", 24), Column("Stage", 14), Column("Statement", 70),
        *(Column(answer.value, 10, Kind.COUNT) for answer in Answer),
        Column("Median, 0 to 3", 9, Kind.PLACE), Column("Average distance", 10, Kind.PLACE),
        Column("In dispute", 9), Column("Why not shown", 30), Column("Id", 28),
    )  # fmt: skip
    beside = {Answer.UNKNOWN: "unknown", Answer.NOT_APPLICABLE: "not_applicable"}
    rows: list[Sequence[Cell]] = []
    for statement in rubric.asked:
        theme, found = rubric.theme_of(statement.id), shown.statement(statement.id)
        counts = [
            getattr(found, beside[answer])
            if found.counts is None and answer in beside
            else None if found.counts is None
            else found.counts.get(answer, 0)
            for answer in Answer
        ]  # fmt: skip
        rows.append(
            (
                theme.name, theme.strand(statement.strand).name, statement.stage, statement.text,
                *counts, found.median, found.ad, found.disputed,
                why_words(found.withheld) if found.withheld else None, statement.id,
            )
        )  # fmt: skip
    book.sheet("Statements", columns, rows)


def _people(book: Book, rubric: Rubric, shown: Shown) -> None:
    columns = (
        Column("Theme", 26), Column("Name", 30), Column("Place, 1 to 3", 14, Kind.PLACE),
        Column("Stage", 20),
    )  # fmt: skip
    book.sheet(
        "People", columns,
        [
            (theme.name, each.name, each.position, status_words(each.score))
            for theme in rubric.themes
            for each in standings(theme, shown)
        ],
    )  # fmt: skip


def _comments(book: Book, rubric: Rubric, shown: Shown) -> None:
    columns = (
        Column("Theme", 24), Column("Stage", 14), Column("Statement", 60), Column("Comment", 80),
    )  # fmt: skip
    book.sheet(
        "Comments", columns,
        [
            (rubric.theme_of(s.id).name, s.stage, s.text, note)
            for s in rubric.asked
            for note in shown.statement(s.id).notes
        ],
    )  # fmt: skip


def _agreements(book: Book, rubric: Rubric, round_: Round) -> None:
    columns = (
        Column("Theme", 26), Column("We agreed", 18), Column("Because", 70), Column("Dissent", 70),
    )  # fmt: skip
    book.sheet(
        "Agreements", columns,
        [
            (theme.name, found.stage or "no agreement", found.reason or None, found.dissent or None)
            for theme in rubric.themes
            if (found := round_.agreement(theme.id)) is not None
        ],
    )  # fmt: skip


def _actions(book: Book, round_: Round) -> None:
    columns = (
        Column("What", 70), Column("Owner", 24), Column("By when", 14, Kind.DAY),
        Column("State", 10), Column("Remark", 50), Column("Promised", 12), Column("Point", 24),
    )  # fmt: skip

    def row(action: Action, when: str) -> Sequence[Cell]:
        return (
            action.what, action.owner or None, action.due, action.state.value,
            action.remark or None, when, action.point,
        )  # fmt: skip

    rows = [row(action, "this time") for action in round_.actions]
    rows += [row(action, "last time") for action in round_.last_actions]
    book.sheet("Actions", columns, rows)


def _stage(found: ShownTheme) -> Cell:
    if found.centre is None:
        return "not shown"
    return found.stage or ("two camps" if found.two_camps else "no stage")


def _middle(found: ShownTheme) -> tuple[float | None, float | None, float | None]:
    """The middle and how far it is open; two camps have none: nobody may stand there."""
    return (None, None, None) if found.two_camps else (found.centre, found.low, found.high)


def _span(
    position: float | None, low: float | None, high: float | None
) -> tuple[float, float]:  # fmt: skip
    if position is None or low is None or high is None:
        return 0.0, 0.0
    return position - low, high - position


def _spoken(places: Sequence[tuple[str, float | None]]) -> str:
    """What a chart of places shows, for whoever does not see it."""
    return "; ".join(
        f"{name}: {_SPOKEN_WITHOUT if place is None else f'{place:.1f}'}" for name, place in places
    )
