"""One person's result as an HTML report."""

from datetime import date
from typing import Any

from bt_assess.core.advice import first_steps
from bt_assess.core.asked import asked, profile_of, said
from bt_assess.core.evidence import evidence
from bt_assess.core.rubric import Rubric, RubricTheme, Statement
from bt_assess.core.scoring import (
    Answers,
    Profile,
    Status,
    ThemeScore,
    nearest_stage,
    strand_endorsement,
)
from bt_assess.core.session import Answer, Session, answered
from bt_assess.report import pictures
from bt_assess.report.html_kit import drawn, page
from bt_assess.report.pictures import PHONE, WIDE, Row
from bt_assess.report.standouts import standouts
from bt_assess.report.words import day, status_sentence, status_words, who

MOST_STEPS = 5
MOST_EVIDENCE = 4
"""Statements of a kind in a theme's story; all of them are at the end, with their answers."""


def html_of_session(rubric: Rubric, session: Session, *, made: date) -> str:
    """The report of one session: a whole HTML page."""
    profile = profile_of(rubric, session)
    steps = first_steps(rubric, profile, session.answers, most=MOST_STEPS)
    return page(
        "session.html.j2",
        made=made,
        rubric=rubric,
        who=who(session),
        when=day(session.finished or session.started),
        finished=session.finished is not None,
        given=answered(session, rubric),
        asked=asked(rubric, session),
        said=said,
        unsure=_said(session.answers, rubric, Answer.UNKNOWN),
        foreign=_said(session.answers, rubric, Answer.NOT_APPLICABLE),
        story=standouts(rubric, profile, session.answers),
        tracks=tracks(rubric, profile, session.respondent),
        steps=[(step, rubric.theme(step.theme_id)) for step in steps],
        themes=[_theme(theme, profile.theme(theme.id), session) for theme in rubric.themes],
        session=session,
    )


def rows_of(rubric: Rubric, profile: Profile) -> list[Row]:
    """A profile's lines in a picture of tracks."""
    rows = []
    for theme in rubric.themes:
        found = profile.theme(theme.id)
        placed = found.status is Status.PLACED
        rows.append(
            Row(
                name=theme.short, words=status_words(found), stage=found.stage,
                position=found.position if placed else None,
                low=found.low if placed else None, high=found.high if placed else None,
            )
        )  # fmt: skip
    return rows


def tracks(rubric: Rubric, profile: Profile, respondent: str) -> dict[str, Any]:
    """The picture of all themes, in both widths, and its table."""
    rows = rows_of(rubric, profile)
    title = f"Where {respondent or 'the organisation'} places each theme"
    wide, narrow = (
        pictures.theme_tracks(rows, name=f"tracks-{kind}", title=title, width=width)
        for kind, width in (("wide", WIDE), ("narrow", PHONE))
    )
    table = [
        (theme, row, profile.theme(theme.id))
        for theme, row in zip(rubric.themes, rows, strict=True)
    ]
    return {**drawn(wide, narrow), "table": table, "open": any("?" in row.words for row in rows)}


def _theme(theme: RubricTheme, found: ThemeScore, session: Session) -> dict[str, Any]:
    """One theme's story: strand by strand, what speaks for the place and against, and notes."""
    strands = [
        (strand.name, strand_endorsement(theme, strand.id, session.answers))
        for strand in theme.strands
    ]
    wide, narrow = (
        pictures.heat_grid(
            strands, name=f"{theme.id}-{kind}", width=width,
            title=f"{theme.name}: how true each stage is, strand by strand",
        )
        for kind, width in (("wide", WIDE), ("narrow", PHONE))
    )  # fmt: skip
    return {
        "theme": theme,
        "found": found,
        "status": status_words(found),
        "sentence": status_sentence(found, theme),
        "heat": {**drawn(wide, narrow), "table": strands},
        "evidence": _evidence(theme, found, session.answers),
        "notes": [(s, session.notes[s.id]) for s in theme.walk() if s.id in session.notes],
    }


def _evidence(
    theme: RubricTheme, found: ThemeScore, answers: Answers
) -> list[tuple[str, tuple[Statement, ...], int]]:
    """Titles, the statements under them, and how many more there are."""
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
    return [
        (title, statements[:MOST_EVIDENCE], max(0, len(statements) - MOST_EVIDENCE))
        for title, statements in groups
        if statements
    ]


def _said(answers: Answers, rubric: Rubric, answer: Answer) -> int:
    return sum(answers.get(each) is answer for each in rubric.statements)
