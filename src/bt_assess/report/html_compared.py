"""Sessions and rounds laid side by side as an HTML report: what changed, told from noise."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bt_assess.core.advice import first_steps
from bt_assess.core.compared import (
    Beside,
    Change,
    Compared,
    Gap,
    Kind,
    Standing,
    Trend,
    WhyNot,
    beside,
    by_date,
    changes,
    progress,
    trends,
)
from bt_assess.core.disclosure import Why
from bt_assess.core.moved import StatementMove, statement_moves
from bt_assess.core.rubric import Rubric, Stage
from bt_assess.core.scoring import Confidence, Status, score
from bt_assess.core.team_advice import first_team_steps
from bt_assess.core.team_change import promises
from bt_assess.report import change_words as change_words_
from bt_assess.report.change_words import (
    alarm_words,
    answers_words,
    matched_words,
    too_few_words,
    whose,
)
from bt_assess.report.change_words import figure as delta_words
from bt_assess.report.html_kit import drawn, page
from bt_assess.report.picture_rows import PHONE, WIDE, Row
from bt_assess.report.pictures import percent
from bt_assess.report.pictures_of_change import Course, Moment, before_and_after, trend
from bt_assess.report.team_words import why_words
from bt_assess.report.words import date_words

__all__ = [
    "change_words", "delta_words", "gap_words", "html_of_compared", "standing_words", "whose",
]  # fmt: skip

MOST_MOVES = 12
MOST_STEPS = 5
_GAPS: dict[WhyNot, str] = {
    Status.MIXED: "mixed picture",
    Status.NOT_RECOGNISED: "not recognised",
    Status.NOT_ENOUGH: "not enough answers",
    Gap.TWO_CAMPS: "two camps",
    Gap.NOT_ALIKE: "a person and a team",
}


def html_of_compared(
    rubric: Rubric,
    items: Sequence[Compared],
    *,
    made: date,
    name: str = "",
    targets: Mapping[str, float] | None = None,
) -> str:
    """The report of two or more sessions or rounds: a whole HTML page.

    Two are before and after in the order given; more are in order of time, and the change is from
    the first to the last. A session and a round are a person beside a team.
    """
    items = tuple(items) if len(items) == 2 else by_date(items)
    first, last = items[0], items[-1]
    apart = len(items) == 2 and first.kind is not last.kind
    courses = trends(rubric, items) if len(items) > 2 else ()
    found = _changes(rubric, items, courses)
    moves = () if apart else statement_moves(rubric, first, last)
    earlier = first.round if first.round and last.round else None
    return page(
        "comparison.html.j2",
        made=made,
        rubric=rubric,
        heading=name or _heading(items, apart=apart),
        items=[(whose(each), date_words(each.when), each.kind.value) for each in items],
        apart=apart,
        same=len({(each.kind, each.name, each.team) for each in items}) == 1,
        rounds=last.kind is Kind.ROUND and not apart,
        before=date_words(first.when),
        after=date_words(last.when),
        story=_story(rubric, found, apart=apart),
        places=_places(rubric, first, last, found, apart=apart),
        courses=_courses(rubric, courses, targets or {}),
        aims=_aims(rubric, first, last, courses, targets or {}),
        notes=[
            w
            for w in (matched_words(found), too_few_words(found), alarm_words(len(rubric.themes)))
            if w
        ],
        left_out=len({i for change in found for i in change.left_out.ids}),
        moves=[_move(move) for move in moves[:MOST_MOVES]],
        more=max(0, len(moves) - MOST_MOVES),
        kept=promises(earlier, *(each.round for each in items[1:] if each.round))
        if earlier
        else (),
        actions=last.round.actions if last.round else (),
        steps=_steps(rubric, last),
    )


def gap_words(why: WhyNot) -> str:
    """Why there is no place, or no change, in a word or two."""
    return f"not shown: {why_words(why)}" if isinstance(why, Why) else _GAPS[why]


def standing_words(standing: Standing) -> str:
    """'2.2 developing', with '?' where it lies open; or why there is no place."""
    if standing.position is None or standing.stage is None:
        return gap_words(standing.gap or Status.NOT_ENOUGH)
    open_ = "" if standing.confidence is Confidence.FIRM else " ?"
    return f"{standing.position:.1f} {standing.stage.value}{open_}"


def change_words(change: Change) -> str:
    """'+0.4  change', 'mixed now'; or why it cannot be told."""
    words = change_words_.change_words(change)
    return gap_words(change.why_not or Status.NOT_ENOUGH) if words == "–" else words


def _heading(items: Sequence[Compared], *, apart: bool) -> str:
    if apart:
        return "A person beside a team"
    people = {(each.name, each.team) for each in items}
    alone = all(each.kind is Kind.SESSION for each in items)
    if alone and len(people) > 1:
        return "Side by side"
    return "What changed" if len(items) == 2 else "Over time"


def _changes(
    rubric: Rubric, items: Sequence[Compared], courses: Sequence[Trend]
) -> tuple[Change, ...]:
    """The changes from before to after; over time, from the first place there is to the last."""
    whole = changes(rubric, items[0], items[-1])
    return tuple(t.whole or c for t, c in zip(courses, whole, strict=True)) if courses else whole


def _story(rubric: Rubric, found: Sequence[Change], *, apart: bool) -> dict[str, Any]:
    """What moved forward, what needs work, what stays within noise and what cannot be told."""
    forward, improve, steady, unknown = [], [], [], []
    for change in found:
        theme, stage = rubric.theme(change.theme_id), change.after.stage
        now = theme.summaries.of(stage) if stage else ""
        ahead = (change.delta or 0) > 0
        if change.stands_out and ahead:
            forward.append((theme, "Further along than before.", now))
        elif change.stands_out:
            improve.append((theme, "Further back than before.", now))
        elif change.delta is not None and stage is Stage.STARTING:
            improve.append((theme, "Still at its first stage.", now))
        if change.verdict is None and not apart:
            why = (
                "too few people to tell it from noise"
                if change.delta is not None
                else change_words(change)
            )
            unknown.append((theme, why))
        elif not change.stands_out and not apart:
            steady.append(theme)
    return {"forward": forward, "improve": improve, "steady": steady, "unknown": unknown}


def _places(
    rubric: Rubric, first: Compared, last: Compared, found: Sequence[Change], *, apart: bool
) -> dict[str, Any]:
    """The picture of before and after, or of a person beside a team, and its table."""
    if apart:
        person, team = (first, last) if first.kind is Kind.SESSION else (last, first)
        pairs = [
            (b.theme_id, b.team, b.person, _difference_words(b), b.difference is not None)
            for b in beside(rubric, person, team)
        ]
        title = "A person beside the team, theme by theme"
    else:
        pairs = [
            (c.theme_id, c.before, c.after, change_words(c), c.delta is not None) for c in found
        ]
        title = "Before and after, theme by theme"
    rows, table = [], []
    for theme_id, one, other, words, placed in pairs:
        theme = rubric.theme(theme_id)
        rows.append(
            Row(
                name=theme.short, words=words, stage=other.stage,
                before=one.position if placed else None,
                position=other.position if placed else None,
            )
        )  # fmt: skip
        table.append((theme, standing_words(one), standing_words(other), words))
    wide, narrow = (
        before_and_after(rows, name=f"change-{kind}", title=title, width=width)
        for kind, width in (("wide", WIDE), ("narrow", PHONE))
    )
    return {**drawn(wide, narrow), "table": table}


def _difference_words(found: Beside) -> str:
    if found.difference is not None:
        return delta_words(found.difference)
    return gap_words(found.person.gap or found.team.gap or Status.NOT_ENOUGH)


def _courses(
    rubric: Rubric, found: Sequence[Trend], targets: Mapping[str, float]
) -> dict[str, Any] | None:
    """The trend of each theme, in both widths, and its table; None for two."""
    if not found:
        return None
    courses = [
        Course(
            rubric.theme(each.theme_id).short,
            [
                Moment(when=item.when, words=standing_words(place), who=_line(item),
                       position=place.position, low=place.low, high=place.high)
                for item, place in each.points
            ],
            targets.get(each.theme_id),
        )
        for each in found
    ]  # fmt: skip
    wide, narrow = (
        trend(courses, name=f"trend-{kind}", title="Each theme over time", width=width)
        for kind, width in (("wide", WIDE), ("narrow", PHONE))
    )
    table = [
        (
            rubric.theme(each.theme_id),
            [(date_words(item.when), standing_words(place)) for item, place in each.points],
        )
        for each in found
    ]
    gaps = any(place.gap is not None for each in found for _, place in each.points)
    return {**drawn(wide, narrow), "table": table, "gaps": gaps, "aims": bool(targets)}


def _line(item: Compared) -> str:
    """Which line of a trend something belongs to: a person's, or a team's whatever its round is called."""
    name = (item.team or item.name) if item.kind is Kind.ROUND else whose(item)
    return f"{item.kind.value} {name}"


def _aims(
    rubric: Rubric,
    first: Compared,
    last: Compared,
    found: Sequence[Trend],
    targets: Mapping[str, float],
) -> list[tuple[Any, str]]:
    """How far each theme is on its way to where it is to get to, in words."""
    ends = {each.theme_id: each.ends or (first, last) for each in found}
    lines = []
    for theme in rubric.themes:
        if (aim := targets.get(theme.id)) is None:
            continue
        one, other = (
            each.standing(theme.id).position for each in ends.get(theme.id, (first, last))
        )
        done = progress(one, other, aim)
        if done is None or one is None or other is None:
            words = "how far the way is cannot be told"
        elif done < 0 and round(other - one, 1):
            words = f"from {one:.1f} to {other:.1f}, further away than at first"
        else:
            words = f"from {one:.1f} to {other:.1f}, {percent(max(0.0, done))} of the way"
        lines.append((theme, f"aim {aim:.1f}; {words}."))
    return lines


def _move(move: StatementMove) -> dict[str, Any]:
    before, after = answers_words(move)
    return {
        "statement": move.statement,
        "before": before,
        "after": after,
        "notes_before": move.notes_before,
        "notes_after": move.notes_after,
    }


def _steps(rubric: Rubric, last: Compared) -> list[tuple[str, Any]]:
    """What the latest answers ask for most: points with their themes."""
    if last.session:
        answers = last.session.answers
        found = first_steps(rubric, score(rubric, answers), answers, most=MOST_STEPS)
        return [(step.point.text, rubric.theme(step.theme_id)) for step in found]
    if last.shown and last.round:
        taken = {action.point for action in last.round.actions}
        steps = first_team_steps(rubric, last.shown, most=MOST_STEPS)
        return [(s.point.text, rubric.theme(s.theme_id)) for s in steps if s.point.id not in taken]
    return []
