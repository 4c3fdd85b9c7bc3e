"""A round as text, as JSON and as CSV: what `disclosure` lets through, and nothing else."""

import csv
import io
import textwrap
from collections.abc import Mapping
from typing import Any

from bt_assess.core.disclosure import Shown, ShownStatement, ShownTheme
from bt_assess.core.round import Action, Round
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import score_theme
from bt_assess.core.session import Answer
from bt_assess.core.standing import Standing, people_by_name, standings
from bt_assess.core.text import guarded
from bt_assess.report.team_words import (
    divided_words,
    late_words,
    standing_words,
    team_sentence,
    who_said_words,
    why_words,
    without_place,
)
from bt_assess.report.words import date_words

MOST_DISPUTED = 10


def round_text(
    rubric: Rubric,
    round_: Round,
    shown: Shown,
    head: list[str],
    width: int,
    again: Mapping[str, Shown] | None = None,
) -> str:
    """The most divided theme first, disputed statements, agreements, actions.

    `again` is what may be shown of second votes, by theme. Of a round with names, who stands where.
    """
    lines = [f"{round_.title}{f', {round_.team}' if round_.team else ''}", *head]
    if late := late_words(shown.late):
        lines.append(late)
    if not shown.shown:
        why = why_words(shown.why_not) if shown.why_not else "there is nothing"
        return "\n".join([*lines, "", f"Nothing shows: {why}."]) + "\n"
    themes = sorted(rubric.themes, key=lambda t: _divided(shown.theme(t.id)))
    for theme in themes:
        found = shown.theme(theme.id)
        figure = f"  {found.centre:.2f}" if found.centre is not None else ""
        lines += ["", f"{theme.name}: {divided_words(found)}{figure}"]
        counted = "  ".join(f"{s.value} {n}" for s, n in (found.counts or {}).items())
        lines += _wrapped(counted, width, "  ")
        lines += _wrapped(team_sentence(found), width, "  ")
        lines += _wrapped(without_place(found), width, "  ")
        for one in standings(theme, shown):
            lines += _wrapped(f"{one.name}: {standing_words(one)}", width, "    ")
        if again and theme.id in again:
            lines += _wrapped(f"Second vote: {_again_words(again[theme.id])}", width, "  ")
        if (agreed := round_.agreement(theme.id)) is not None:
            what = agreed.stage.value if agreed.stage else "no agreement"
            why = f", because {agreed.reason}" if agreed.reason else ""
            lines += _wrapped(f"We agreed: {what}{why}", width, "  ")
            lines += _wrapped(f"Dissent: {agreed.dissent}" if agreed.dissent else "", width, "  ")
    disputed = [s for s in shown.statements if s.disputed]
    disputed.sort(key=lambda s: (-(s.ad or 0.0), s.a or 0.0))
    if disputed:
        lines += ["", "Where people see it differently"]
        for each in disputed[:MOST_DISPUTED]:
            lines += _wrapped(rubric.statements[each.id].text, width, "  - ")
            counts = "  ".join(f"{a.value} {n}" for a, n in _rated(each).items())
            lines += _wrapped(counts, width, "      ")
            for answer, names in who_said_words(each.id, shown):
                lines += _wrapped(f"{answer.value}: {names}", width, "      ")
    if round_.actions:
        lines += ["", "What was promised"]
        lines += [line for a in round_.actions for line in _wrapped(_action(a), width, "  - ")]
    return "\n".join(lines) + "\n"


def round_json(
    rubric: Rubric,
    round_: Round,
    shown: Shown,
    head: list[str],
    again: Mapping[str, Shown] | None = None,
) -> dict[str, Any]:
    """As docs/json.md describes it; a figure that may not be shown is null.

    `again` is what may be shown of second votes, by theme; None where they were not opened.
    """
    return {
        "round": {
            "id": round_.id, "title": round_.title, "team": round_.team, "named": round_.named,
            "created": round_.created.isoformat(), "step": round_.step.value,
        },
        "rubric": {"id": rubric.id, "version": rubric.version},
        "respondents": shown.respondents,
        "expected": round_.expected,
        "late": shown.late,
        "head_count": head,
        "shown": shown.shown,
        "why_not": shown.why_not and shown.why_not.value,
        "themes": [_theme_json(theme) for theme in shown.themes],
        "statements": [_statement_json(each) for each in shown.statements],
        "people": _people_json(rubric, shown) if round_.named else None,
        "second_votes": None if again is None
        else [_again_json(round_, theme_id, each) for theme_id, each in again.items()],
        "agreements": [a.model_dump(mode="json") for a in round_.agreements],
        "actions": [a.model_dump(mode="json") for a in round_.actions],
    }  # fmt: skip


def round_csv(rubric: Rubric, shown: Shown) -> str:
    """A row a statement: how many gave each answer, the median, the distance from it.

    Of a round with names, a column for each person too: what they answered.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    people = people_by_name(shown)
    table.writerow(
        ["theme", "statement", "text", *(a.value for a in Answer), "median", "ad", "disputed",
         "withheld", *_headings([person.name for person in people])]
    )  # fmt: skip
    for each in shown.statements:
        counts = each.counts
        table.writerow(
            [
                each.id.split(".")[0], each.id, guarded(rubric.statements[each.id].text),
                *("" if counts is None else counts.get(a, 0) for a in Answer),
                _cell(each.median), _cell(each.ad), _cell(each.disputed),
                each.withheld.value if each.withheld else "",
                *(answer.value if (answer := p.answers.get(each.id)) else "" for p in people),
            ]
        )  # fmt: skip
    return out.getvalue()


def _headings(names: list[str]) -> list[str]:
    """A heading for each person, no two alike: '(2)' behind the second of one name."""
    found: list[str] = []
    for name in names:
        count = sum(other == name for other in names[: len(found)])
        found.append(guarded(f"{name} ({count + 1})" if count else name))
    return found


def _cell(value: object) -> object:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value


def _divided(theme: ShownTheme) -> tuple[bool, float, float]:
    return theme.ad is None, -(theme.ad or 0.0), theme.a or 0.0


def _rated(statement: ShownStatement) -> Mapping[Answer, int]:
    return {a: n for a, n in (statement.counts or {}).items() if a.rating is not None}


def _action(action: Action) -> str:
    due = f", by {date_words(action.due)}" if action.due else ""
    return f"{action.what} ({action.owner or 'nobody yet'}{due}; {action.state.value})"


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    if not text:
        return []
    rest = " " * len(indent)
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=rest)


def _again_words(again: Shown) -> str:
    if not again.shown:
        return f"not shown: {why_words(again.why_not)}." if again.why_not else "not shown."
    return team_sentence(again.themes[0])


def _again_json(round_: Round, theme_id: str, again: Shown) -> dict[str, Any]:
    revote = round_.revote(theme_id)
    return {
        "theme": theme_id,
        "given_in": revote.given_in if revote else 0,
        "shown": again.shown,
        "why_not": again.why_not and again.why_not.value,
        "figures": _theme_json(again.theme(theme_id)),
        "statements": [
            _statement_json(each) for each in again.statements if each.id.split(".")[0] == theme_id
        ],
    }


def _people_json(rubric: Rubric, shown: Shown) -> list[dict[str, Any]]:
    """By name; where two have one name, each is there."""

    def theme_json(theme_id: str, standing: Standing) -> dict[str, Any]:
        placed = standing.position is not None
        stage = standing.score.stage
        return {
            "id": theme_id, "position": standing.position,
            "status": standing.score.status.value,
            "stage": stage.value if placed and stage else None,
        }  # fmt: skip

    return [
        {
            "name": person.name,
            "themes": [
                theme_json(theme.id, Standing(person.name, score_theme(theme, person.answers)))
                for theme in rubric.themes
            ],
        }
        for person in people_by_name(shown)
    ]


def _theme_json(theme: ShownTheme) -> dict[str, Any]:
    return {
        "id": theme.theme_id, "n": theme.n, "centre": theme.centre, "low": theme.low,
        "high": theme.high, "interval": theme.interval, "ad": theme.ad,
        "agreement": theme.agreement and theme.agreement.value, "a": theme.a,
        "counts": None if theme.counts is None
        else {stage.value: n for stage, n in theme.counts.items()},
        "two_camps": theme.two_camps, "stage": theme.stage and theme.stage.value,
        "confidence": theme.confidence and theme.confidence.value, "mixed": theme.mixed,
        "not_recognised": theme.not_recognised, "not_enough": theme.not_enough,
        "withheld": theme.withheld and theme.withheld.value,
    }  # fmt: skip


def _statement_json(statement: ShownStatement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "counts": None if statement.counts is None
        else {answer.value: n for answer, n in statement.counts.items()},
        "median": statement.median, "ad": statement.ad, "disputed": statement.disputed,
        "withheld": statement.withheld and statement.withheld.value,
    }  # fmt: skip
