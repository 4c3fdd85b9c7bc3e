"""A team's round as an HTML report: what `disclosure` lets through, and nothing else."""

from datetime import date
from typing import Any

from bt_assess.core.disclosure import Shown, ShownStatement, ShownTheme, Why
from bt_assess.core.round import Action, Round
from bt_assess.core.rubric import BreakthroughPoint, Rubric, RubricTheme
from bt_assess.core.scoring import Confidence
from bt_assess.core.session import Answer
from bt_assess.core.standing import standings
from bt_assess.core.team_advice import first_team_steps
from bt_assess.report import pictures
from bt_assess.report.html_kit import drawn, page
from bt_assess.report.pictures import PHONE, WIDE, Row
from bt_assess.report.standouts import team_standouts
from bt_assess.report.summary import number
from bt_assess.report.team_words import (
    divided_words,
    late_words,
    standing_words,
    team_sentence,
    why_words,
    without_place,
)

MOST_DISPUTED = 5
"""Disputed statements in a theme's story; all statements are at the end."""
_TAGS = {Answer.NOT: "not", Answer.PARTLY: "partly", Answer.MOSTLY: "mostly", Answer.FULLY: "fully"}
_BESIDE = {Answer.UNKNOWN: "don’t know", Answer.NOT_APPLICABLE: "doesn’t apply"}


def html_of_round(rubric: Rubric, round_: Round, shown: Shown, *, made: date) -> str:
    """The report of one round: a whole HTML page."""
    divided = sorted(rubric.themes, key=lambda theme: _divided(shown.theme(theme.id)))
    points = {point.id: point for theme in rubric.themes for point in theme.points}
    taken = {action.point for action in round_.actions}
    steps = [step for step in first_team_steps(rubric, shown) if step.point.id not in taken]
    return page(
        "round.html.j2",
        made=made,
        rubric=rubric,
        round=round_,
        shown=shown,
        people=number(shown.respondents),
        why_not=why_words(shown.why_not or Why.NOBODY),
        late=late_words(shown.late),
        story=team_standouts(rubric, shown),
        places=places(rubric, shown),
        standings=[(t, who) for t in rubric.themes if (who := standing_rows(t, shown))],
        agreed=[
            (theme, agreement, shown.theme(theme.id), divided_words(shown.theme(theme.id)))
            for theme in rubric.themes
            if (agreement := round_.agreement(theme.id)) is not None
        ],
        actions=[_action(action, points) for action in round_.actions],
        last_actions=[_action(action, points) for action in round_.last_actions],
        steps=[(step, rubric.theme(step.theme_id)) for step in steps],
        themes=[_theme(rubric, theme, shown) for theme in divided],
        statements=[
            (theme, [(s, said_words(shown.statement(s.id))) for s in theme.walk()])
            for theme in rubric.themes
        ],
    )


def rows_of(rubric: Rubric, shown: Shown) -> list[Row]:
    """A team's lines in a picture. Two camps have no middle: nobody may stand there."""
    rows = []
    for theme in rubric.themes:
        found = shown.theme(theme.id)
        middle = None if found.two_camps else found.centre
        drawn_span = middle is not None and bool(found.interval)
        rows.append(
            Row(
                name=theme.short, words=stage_words(found), stage=found.stage, position=middle,
                low=found.low if drawn_span else None, high=found.high if drawn_span else None,
                positions=found.positions or (),
            )
        )  # fmt: skip
    return rows


def stage_words(found: ShownTheme) -> str:
    """A team's stage in a word or two, or why there is none."""
    if found.centre is None:
        return f"not shown: {why_words(found.withheld or Why.NOBODY)}"
    if found.two_camps:
        return "two camps"
    open_ = " ?" if found.confidence is Confidence.TENTATIVE else ""
    return f"{found.stage.value}{open_}" if found.stage else "no stage"


def places(rubric: Rubric, shown: Shown) -> dict[str, Any]:
    """The picture of where people stand, in both widths, its table, and what is left out and why."""
    rows = rows_of(rubric, shown)
    wide, narrow = (
        pictures.dot_plot(
            rows, name=f"places-{kind}", title="Where the team stands, theme by theme", width=width
        )
        for kind, width in (("wide", WIDE), ("narrow", PHONE))
    )
    table = [
        (theme, row, shown.theme(theme.id), divided_words(shown.theme(theme.id)))
        for theme, row in zip(rubric.themes, rows, strict=True)
    ]
    why: dict[str, list[str]] = {}
    for theme, _, found, _ in table:
        if found.withheld is not None:
            why.setdefault(_withheld_words(found), []).append(theme.name)
    return {
        **drawn(wide, narrow),
        "table": table,
        "dots": any(row.positions for row in rows),
        "bars": pictures.BARS if pictures.has_bars(rows, WIDE, PHONE) else "",
        "wide_bars": pictures.BARS if pictures.has_bars(rows, WIDE) else "",
        "spans": any(row.low is not None for row in rows),
        "open": any("?" in row.words for row in rows),
        "camps": any(found.two_camps for _, _, found, _ in table),
        "beside": [(theme, words) for theme, _, f, _ in table if (words := without_place(f))],
        "why": list(why.items()),
    }


def standing_rows(theme: RubricTheme, shown: Shown) -> list[tuple[str, str]]:
    """Who stands where in a theme, with names: nobody of a round without them."""
    return [(each.name, standing_words(each)) for each in standings(theme, shown)]


def said_words(found: ShownStatement) -> str:
    """How a statement was answered: '2 not, 4 mostly; 1 don't know', or why that is not shown."""
    parts = []
    if found.counts is not None:
        rated = [f"{n} {word}" for a, word in _TAGS.items() if (n := found.counts.get(a, 0))]
        parts.append(", ".join(rated))
    beside = [
        f"{n} {word}"
        for n, word in (
            (found.unknown, _BESIDE[Answer.UNKNOWN]),
            (found.not_applicable, _BESIDE[Answer.NOT_APPLICABLE]),
        )
        if n
    ]
    parts.append(", ".join(beside))
    if found.withheld is not None:
        what = "newer answers not shown" if found.counts is not None else "not shown"
        parts.insert(0, f"{what}: {why_words(found.withheld)}")
    return "; ".join(part for part in parts if part)


def _withheld_words(found: ShownTheme) -> str:
    why = why_words(found.withheld or Why.NOBODY)
    if found.centre is None:
        return f"Nothing is shown: {why}"
    if found.positions is None:
        return f"Single places are not drawn: {why}"
    return f"Those who came late are not counted in: {why}"


def _divided(theme: ShownTheme) -> tuple[bool, float, float]:
    return theme.ad is None, -(theme.ad or 0.0), theme.a or 0.0


def _action(
    action: Action, points: dict[str, BreakthroughPoint]
) -> tuple[Action, BreakthroughPoint | None]:
    point = points.get(action.point) if action.point else None
    # Where the action is the point word for word, once is enough.
    return action, None if point and point.text == action.what else point


def _theme(rubric: Rubric, theme: RubricTheme, shown: Shown) -> dict[str, Any]:
    """One theme's story: how much the team agrees, strand by strand, what is in dispute, notes."""
    found = shown.theme(theme.id)
    strands = [(strand.name, found.strands[strand.id]) for strand in theme.strands if found.strands]
    heat = None
    if any(share is not None for _, shares in strands for share in shares.values()):
        wide, narrow = (
            pictures.heat_grid(
                strands, name=f"{theme.id}-{kind}", width=width,
                title=f"{theme.name}: how true each stage is to the team, strand by strand",
            )
            for kind, width in (("wide", WIDE), ("narrow", PHONE))
        )  # fmt: skip
        heat = {**drawn(wide, narrow), "table": strands}
    of_theme = [shown.statement(s.id) for s in theme.walk()]
    return {
        "theme": theme,
        "found": found,
        "status": divided_words(found),
        "sentence": team_sentence(found),
        "beside": without_place(found),
        "heat": heat,
        "disputed": _disputed(rubric, theme, of_theme),
        "notes": [(rubric.statements[s.id], s.notes) for s in of_theme if s.notes],
    }


def _disputed(
    rubric: Rubric, theme: RubricTheme, statements: list[ShownStatement]
) -> dict[str, Any] | None:
    found = sorted((s for s in statements if s.disputed), key=lambda s: (-(s.ad or 0), s.a or 0))
    if not found:
        return None
    table = [
        (rubric.statements[s.id], [(s.counts or {}).get(answer, 0) for answer in _TAGS])
        for s in found[:MOST_DISPUTED]
    ]
    rows = [(str(place), numbers) for place, (_, numbers) in enumerate(table, start=1)]
    wide, narrow = (
        pictures.counts(
            rows, list(_TAGS.values()), name=f"{theme.id}-disputed-{kind}", width=width,
            title=f"{theme.name}: how many gave each answer to the statements in dispute",
        )
        for kind, width in (("wide", WIDE), ("narrow", PHONE))
    )  # fmt: skip
    return {
        **drawn(wide, narrow),
        "table": table,
        "headings": list(_TAGS.values()),
        "more": max(0, len(found) - MOST_DISPUTED),
    }
