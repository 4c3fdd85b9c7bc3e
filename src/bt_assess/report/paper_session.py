"""One person's result as a report to read from top to bottom."""

from collections.abc import Iterator
from datetime import date

from bt_assess.core.advice import first_steps
from bt_assess.core.asked import asked, profile_of, said
from bt_assess.core.evidence import evidence
from bt_assess.core.rubric import Rubric, RubricTheme, Stage, Statement
from bt_assess.core.scoring import (
    Answers,
    Profile,
    ThemeScore,
    nearest_stage,
    strand_endorsement,
)
from bt_assess.core.session import Answer, Session, answered
from bt_assess.report import pictures
from bt_assess.report.html_session import rows_of
from bt_assess.report.paper import (
    MEANING,
    NO_MARKS,
    Block,
    Heading,
    Paper,
    Picture,
    Point,
    Points,
    Table,
    Track,
    Words,
    Written,
    strands_table,
)
from bt_assess.report.picture_rows import Row
from bt_assess.report.standouts import Standout, standouts
from bt_assess.report.words import day, status_sentence, status_words, who

MOST_EVIDENCE = 4
"""Statements of a kind in a theme's story; all of them are at the end, with their answers."""
PAPER_WIDTH = 660


def paper_of_session(rubric: Rubric, session: Session, *, made: date) -> Paper:
    """The report of one session."""
    profile = profile_of(rubric, session)
    when = day(session.finished or session.started)
    sketch = "" if session.finished else "; not finished yet, so take it as a sketch"
    return Paper(
        kicker=rubric.title,
        title=who(session),
        lead=f"Where we stand, and what to do next. One person’s view of {when}{sketch}.",
        made=made,
        blocks=(
            *_in_words(rubric, profile, session),
            *_places(rubric, profile, session),
            *_meaning(rubric, session),
            *_next(rubric, profile, session),
            Heading("Theme by theme"),
            *(
                block
                for theme in rubric.themes
                for block in _theme(theme, profile.theme(theme.id), session)
            ),
            Heading("Every statement and its answer"),
            *(_statements(theme, session) for theme in rubric.themes),
        ),
    )


def _in_words(rubric: Rubric, profile: Profile, session: Session) -> Iterator[Block]:
    story = standouts(rubric, profile, session.answers)

    def told(found: tuple[Standout, ...], otherwise: str) -> Block:
        if not found:
            return Words(otherwise)
        return Points(
            tuple(
                Point(
                    each.words, f"{each.theme.name}.",
                    tuple(f"{s.text} ({said(s, session)})" for s in each.statements),
                )
                for each in found
            )
        )  # fmt: skip

    yield Heading("In words")
    yield Heading("Strengths", 3)
    yield told(
        story.strengths,
        "No theme has left its first stage in these answers yet. That is a place to begin from,"
        " and no shame.",
    )
    yield Heading("Areas to improve", 3)
    yield told(story.improve, "Nothing stands out as falling behind.")
    if story.talk:
        yield Words(
            f"{_names(story.talk)}. The answers give no one place here; a conversation can sort"
            " out why.",
            "Talk it through first:",
        )
    if story.find_out:
        yield Words(
            f"{_names(story.find_out)}. There are too few answers to say. Who would know?",
            "Find out first:",
        )


def _places(rubric: Rubric, profile: Profile, session: Session) -> Iterator[Block]:
    rows = rows_of(rubric, profile)
    open_ = ""
    if any("?" in row.words for row in rows):
        open_ = " “?” means open between two stages, or few answers."
    cells = []
    for theme, row in zip(rubric.themes, rows, strict=True):
        found = profile.theme(theme.id)
        cells.append((theme.name, row.words, *figures(row), f"{found.rated} of {found.applicable}"))
    yield Heading("Where each theme stands")
    yield Picture(
        pictures.theme_tracks(
            rows, name="tracks", width=PAPER_WIDTH,
            title=f"Where {session.respondent or 'the organisation'} places each theme",
        ),
        "The dot is where the answers place a theme; the line around it is how far they leave it"
        f" open.{open_}",
        Table(
            "The same in figures", ("Theme", "Stage", "Place", "Open", "Rated"), tuple(cells),
            figures=frozenset({2, 3, 4}),
            tracks=tuple(Track(row.position, row.low, row.high) for row in rows),
        ),
        both=True,
        in_text="● is where the answers place a theme, ━ is how far they leave it open, and ┼ is where"
        f" one stage ends and the next begins.{open_}",
    )  # fmt: skip


def figures(row: Row) -> tuple[str, str]:
    """A place and how far it is open, in figures."""
    place = "–" if row.position is None else f"{row.position:.1f}"
    open_ = "–" if row.low is None or row.high is None else f"{row.low:.1f}–{row.high:.1f}"
    return place, open_


def _meaning(rubric: Rubric, session: Session) -> Iterator[Block]:
    given = [session.answers.get(each) for each in rubric.statements]
    beside = "".join(
        f", {given.count(answer)} of them {words}"
        for answer, words in (
            (Answer.UNKNOWN, "“don’t know”"),
            (Answer.NOT_APPLICABLE, "“doesn’t apply to us”"),
        )
        if answer in given
    )
    yield Heading("What the numbers mean")
    yield Points(
        (
            Point(MEANING),
            Point("A place comes from which statements were called true; all are at the end."),
        )
    )
    yield Heading("What they do not say", 3)
    yield Points(
        (
            Point(NO_MARKS),
            Point(
                "They are how one person sees it, on one day. Somebody else may see it otherwise,"
                " and both may have good reasons."
            ),
            Point(
                "Two places whose lines overlap may well be the same. Do not rank themes, teams or"
                " people by the digit after the point."
            ),
        )
    )
    yield Words(
        f"{answered(session, rubric)} of {asked(rubric, session)} statements have an answer{beside}."
        " Neither “don’t know” nor “doesn’t apply” counts for or against anything.",
        quiet=True,
    )


def _next(rubric: Rubric, profile: Profile, session: Session) -> Iterator[Block]:
    yield Heading("What next")
    steps = first_steps(rubric, profile, session.answers)
    if not steps:
        yield Words(
            "These answers are too few, or too much at one, to say what to do next. Talk them"
            " through with somebody who sees it from another place."
        )
        return
    yield Words(
        "The steps that these answers ask for most, at most two to a theme. Choose one or two, and"
        " write down who will see to each, and by when."
    )
    points = []
    for step in steps:
        why = " and ".join(
            f"“{s.text}” ({said(s, session).casefold()})" for s in step.statements[:2]
        )
        because = f"{rubric.theme(step.theme_id).name}{f', because of {why}' if why else ''}"
        points.append(
            Point(step.point.text, more=(because, "Owner: nobody yet. By when: no date yet."))
        )
    yield Points(tuple(points), numbered=True)


def _theme(theme: RubricTheme, found: ThemeScore, session: Session) -> Iterator[Block]:
    strands = [
        (strand.name, strand_endorsement(theme, strand.id, session.answers))
        for strand in theme.strands
    ]
    yield Heading(theme.name, 3, status_words(found))
    yield Words(f"‘{theme.complaint}’", quiet=True)
    yield Words(status_sentence(found, theme))
    yield Picture(
        pictures.heat_grid(
            strands, name=f"{theme.id}-heat", width=PAPER_WIDTH,
            title=f"{theme.name}: how true each stage is, strand by strand",
        ),
        "How true each stage is, strand by strand. A strand is never a stage of its own.",
        strands_table(strands),
    )  # fmt: skip
    for title, statements in _evidence(theme, found, session.answers):
        yield Heading(title, 4)
        entries = tuple(Point(f"{s.text} ({said(s, session)})") for s in statements[:MOST_EVIDENCE])
        if (more := len(statements) - MOST_EVIDENCE) > 0:
            entries = (*entries, Point(f"and {more} more"))
        yield Points(entries)
    notes = [(s, session.notes[s.id]) for s in theme.walk() if s.id in session.notes]
    if notes:
        yield Heading("What was written down", 4)
    for statement, note in notes:
        yield Written(f"{statement.text} ({said(statement, session)})", (note,))


def _evidence(
    theme: RubricTheme, found: ThemeScore, answers: Answers
) -> list[tuple[str, tuple[Statement, ...]]]:
    all_ = evidence(theme, found, answers)
    if all_ is None or found.position is None:
        return []
    here = nearest_stage(found.position).value
    groups = (
        (f"What carried it: ‘{here}’ statements that are true", all_.carried),
        (f"What is not there: ‘{here}’ statements that are not true", all_.missing),
        ("What points lower: earlier stages that still hold", all_.lower),
        ("What points higher: later stages that hold already", all_.higher),
    )
    return [(title, statements) for title, statements in groups if statements]


def _statements(theme: RubricTheme, session: Session) -> Table:
    rows = [
        (s.text, s.stage.value, said(s, session))
        for stage in Stage
        for s in theme.statements
        if s.stage is stage
    ]
    return Table(theme.name, ("Statement", "Stage", "Answer"), tuple(rows))


def _names(themes: tuple[RubricTheme, ...]) -> str:
    return ", ".join(theme.name for theme in themes)
