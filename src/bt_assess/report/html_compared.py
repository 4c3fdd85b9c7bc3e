"""Sessions and rounds laid side by side as a web page: what changed, told from noise."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bt_assess.core.compared import Compared
from bt_assess.core.moved import StatementMove
from bt_assess.core.rubric import Rubric
from bt_assess.report import compared_story as tell
from bt_assess.report.change_words import (
    AIMS_ARE_OF_ONE,
    NO_WINNER,
    answers_words,
    named_parts,
    place_words,
    stage_shares,
    whose,
)
from bt_assess.report.compare_notes import span_words, times_of_change
from bt_assess.report.compared_beside import apart_or_why, short_names, stages_words
from bt_assess.report.compared_pictures import (
    are_dots,
    beside_picture,
    change_picture,
    dots_words,
    trend_picture,
)
from bt_assess.report.compared_story import CourseStory, Story
from bt_assess.report.compared_words import change_words, placed_words
from bt_assess.report.html_kit import drawn, page
from bt_assess.report.omitted import Omitted
from bt_assess.report.picture_rows import PHONE, WIDE
from bt_assess.report.way_words import Way
from bt_assess.report.words import date_words

MOST_MOVES, MOST_STRANDS = 12, 5


def html_of_compared(
    rubric: Rubric,
    items: Sequence[Compared],
    *,
    made: date,
    name: str = "",
    targets: Mapping[str, float] | None = None,
    pair: tuple[Compared, Compared] | None = None,
    missing: int = 0,
) -> str:
    """The report of two or more sessions or rounds: a whole HTML page. See `compared_story.story`."""
    targets = targets or {}
    told = tell.story(rubric, items, targets, pair, missing)
    first, last = told.items[0], told.items[-1]
    say, not_say = tell.meaning(told)
    return page(
        "comparison.html.j2",
        made=made,
        rubric=rubric,
        story=told,
        heading=name or told.title,
        lead=tell.lead(told),
        about=named_parts(told.laid),
        dates=span_words(first.when, last.when),
        courses=[
            _course(rubric, each, targets, number) for number, each in enumerate(told.courses, 1)
        ],
        beside=_beside(told) if told.beside else None,
        no_aims=AIMS_ARE_OF_ONE if told.with_targets and not told.courses else "",
        say=say,
        not_say=not_say,
        everything=[(whose(each), each.kind.value, date_words(each.when)) for each in told.items]
        if told.is_listed
        else [],
    )  # fmt: skip


def _course(
    rubric: Rubric, told: CourseStory, targets: Mapping[str, float], number: int
) -> dict[str, Any]:
    """One person's or one team's times, with their pictures and tables."""
    first, last = told.ends
    found: dict[str, Any] = {
        "told": told,
        "number": number,
        "before": date_words(first.when),
        "after": date_words(last.when),
        "when": times_of_change(told.times, first.when, last.when),
        "aims": [(rubric.theme(each.theme_id), _aim(each)) for each in told.aims],
        "moves": [_move(move) for move in told.moves[:MOST_MOVES]],
        "more": max(0, len(told.moves) - MOST_MOVES),
        "strands": [
            (
                rubric.theme(each.theme_id),
                rubric.theme(each.theme_id).strand(each.strand_id).name,
                stage_shares(dict(each.before)),
                stage_shares(dict(each.after)),
            )
            for each in told.strands[:MOST_STRANDS]
        ],
        "left_out": [_left_out(rubric, each) for each in told.omitted],
        "places": None,
        "trend": None,
    }
    if told.changes:
        wide, narrow = (
            change_picture(rubric, told, name=f"change-{number}-{kind}", width=width)
            for kind, width in (("wide", WIDE), ("narrow", PHONE))
        )
        table = [
            (
                rubric.theme(c.theme_id),
                placed_words(c.before),
                placed_words(c.after),
                change_words(c),
            )
            for c in told.changes
        ]
        found["places"] = {**drawn(wide, narrow), "table": table}
    if told.trends:
        wide, narrow = (
            trend_picture(rubric, told, targets, name=f"trend-{number}-{kind}", width=width)
            for kind, width in (("wide", WIDE), ("narrow", PHONE))
        )
        found["trend"] = {
            **drawn(wide, narrow),
            "table": [
                (
                    rubric.theme(each.theme_id),
                    [(date_words(item.when), placed_words(place)) for item, place in each.points],
                )
                for each in told.trends
            ],
            "gaps": any(p.gap is not None for each in told.trends for _, p in each.points),
            "aims": bool(targets),
        }
    return found


def _aim(found: Way) -> str:
    places = f"from {place_words(found.base)} to {place_words(found.now)}: "
    return (
        f"aim {found.target:.1f}; {'' if found.base.gap or found.now.gap else places}{found.words}."
    )


def _beside(told: Story) -> dict[str, Any]:
    """Those who stand beside each other, in a picture and in figures."""
    names = short_names(told.beside)
    wide, narrow = (
        beside_picture(told, name=f"beside-{kind}", width=width)
        for kind, width in (("wide", WIDE), ("narrow", PHONE))
    )
    return {
        **drawn(wide, narrow),
        "names": names,
        "no_winner": NO_WINNER,
        "stages": stages_words(told.abreast),
        "dots": dots_words(told, WIDE, PHONE) if are_dots(told, on_paper=False) else "",
        "table": [
            (
                each.theme,
                [
                    (name, placed_words(place))
                    for name, (_, place) in zip(names, each.places, strict=True)
                ],
                "–" if each.apart is None else apart_or_why(each),
            )
            for each in told.abreast
        ],
    }


def _move(move: StatementMove) -> dict[str, Any]:
    before, after = answers_words(move)
    return {
        "statement": move.statement,
        "before": before,
        "after": after,
        "notes_before": move.notes_before,
        "notes_after": move.notes_after,
    }


def _left_out(rubric: Rubric, found: Omitted) -> tuple[str, list[tuple[str, str]]]:
    """Why statements were left out, and each with its words; empty of those that the grid has not."""
    known = rubric.statements
    return found.why, [(i, known[i].text if i in known else "") for i in found.ids]
