"""Sessions and rounds laid side by side, as a report to read from top to bottom."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bt_assess.core.compared import (
    Change,
    Compared,
    Kind,
    Trend,
    beside,
    by_date,
    changes,
    false_alarms,
    progress,
    trends,
)
from bt_assess.core.moved import statement_moves
from bt_assess.core.rubric import Rubric, Stage
from bt_assess.core.scoring import Status
from bt_assess.report.html_compared import (
    change_words,
    delta_words,
    gap_words,
    standing_words,
    whose,
)
from bt_assess.report.paper import (
    MEANING,
    Block,
    Heading,
    Paper,
    Picture,
    Point,
    Points,
    Table,
    Track,
    Words,
)
from bt_assess.report.paper_moved import moved, promised, what_next
from bt_assess.report.paper_session import PAPER_WIDTH
from bt_assess.report.picture_rows import Row
from bt_assess.report.pictures import percent
from bt_assess.report.pictures_of_change import Course, Moment, before_and_after, trend
from bt_assess.report.summary import number
from bt_assess.report.words import date_words

MOST_NAMED = 6
"""How many are told of one by one at the top; of more, how many they are."""


def paper_of_compared(
    rubric: Rubric,
    items: Sequence[Compared],
    *,
    made: date,
    name: str = "",
    targets: Mapping[str, float] | None = None,
) -> Paper:
    """The report of two or more sessions or rounds.

    Two are before and after in the order given; more are in order of time, and the change is from
    the first to the last. A session and a round are a person beside a team.
    """
    items = tuple(items) if len(items) == 2 else by_date(items)
    if len(items) <= MOST_NAMED:
        lead = "; ".join(f"{whose(each)}, {date_words(each.when)}" for each in items)
    else:
        first, last = items[0], items[-1]
        lead = f"{len(items)} of them, {date_words(first.when)} to {date_words(last.when)}"
    return Paper(
        kicker=rubric.title,
        title=name or heading(items),
        lead=f"{lead}.",
        made=made,
        blocks=tuple(_blocks(rubric, items, targets or {})),
    )


def heading(items: Sequence[Compared]) -> str:
    """What the report is called that was given no name."""
    if apart(items):
        return "A person beside a team"
    people = {(each.name, each.team) for each in items}
    if len(people) > 1 and all(each.kind is Kind.SESSION for each in items):
        return "Side by side"
    return "What changed" if len(items) == 2 else "Over time"


def apart(items: Sequence[Compared]) -> bool:
    """Whether they are a person and a team, between whom nothing can have changed."""
    return len(items) == 2 and items[0].kind is not items[1].kind


def overall(rubric: Rubric, items: Sequence[Compared]) -> tuple[Change, ...]:
    """The change from before to after; over time, between the first and the last place there are."""
    whole = changes(rubric, items[0], items[-1])
    if len(items) == 2:
        return whole
    found = zip(trends(rubric, items), whole, strict=True)
    return tuple(course.whole or change for course, change in found)


def _blocks(
    rubric: Rubric, items: Sequence[Compared], targets: Mapping[str, float]
) -> Iterator[Block]:
    first, last = items[0], items[-1]
    if apart(items):
        yield from _beside(rubric, items)
        return
    found = overall(rubric, items)
    courses = trends(rubric, items) if len(items) > 2 else ()
    yield from _in_words(rubric, found)
    yield from _change(rubric, found)
    if courses:
        yield from _trend(rubric, courses, targets)
    yield from _aims(rubric, items, targets)
    yield from _meaning(last)
    yield from moved(statement_moves(rubric, first, last), first, last)
    yield from promised(items)
    yield from what_next(rubric, last)


def _in_words(rubric: Rubric, found: Sequence[Change]) -> Iterator[Block]:
    def named(change: Change, words: str) -> Point:
        theme, stage = rubric.theme(change.theme_id), change.after.stage
        now = theme.summaries.of(stage) if stage else ""
        return Point(f"{words} {now}".rstrip(), f"{theme.name}.")

    ahead = [c for c in found if c.stands_out and (c.delta or 0) > 0]
    back = [c for c in found if c.stands_out and (c.delta or 0) < 0]
    still = [
        c for c in found
        if not c.stands_out and c.delta is not None and c.after.stage is Stage.STARTING
    ]  # fmt: skip
    steady = [rubric.theme(c.theme_id).name for c in found if c.verdict and not c.stands_out]
    unknown = [c for c in found if c.verdict is None]
    yield Heading("In words")
    yield Heading("Strengths gained", 3)
    if ahead:
        yield Points(tuple(named(c, "Further along than before.") for c in ahead))
    else:
        yield Words("No theme has moved forward by more than noise.")
    yield Heading("Areas to improve", 3)
    if back or still:
        yield Points(
            (
                *(named(c, "Further back than before.") for c in back),
                *(named(c, "Still at its first stage.") for c in still),
            )
        )
    else:
        yield Words("No theme has fallen back by more than noise, and none is at its first stage.")
    if steady:
        yield Words(
            f"{', '.join(steady)}. The answers moved no more than they do when nothing has changed.",
            "Within noise:",
        )
    if unknown:
        why = "; ".join(f"{rubric.theme(c.theme_id).name} ({_unknown(c)})" for c in unknown)
        yield Words(f"{why}.", "Cannot be told:")


def _unknown(change: Change) -> str:
    if change.delta is not None:
        return "too few people to tell it from noise"
    return gap_words(change.why_not or Status.NOT_ENOUGH)


def _change(rubric: Rubric, found: Sequence[Change]) -> Iterator[Block]:
    rows, cells = [], []
    for change in found:
        theme, drawn = rubric.theme(change.theme_id), change.delta is not None
        rows.append(
            Row(
                name=theme.short, words=change_words(change), stage=change.after.stage,
                before=change.before.position if drawn else None,
                position=change.after.position if drawn else None,
            )
        )  # fmt: skip
        cells.append(
            (theme.name, standing_words(change.before), standing_words(change.after),
             change_words(change))
        )  # fmt: skip
    alarms = ""
    if (count := len(rubric.themes)) > 1:
        words = number(count)
        alarms = (
            f" {words.capitalize()} themes are {words} chances of a false alarm: about"
            f" {false_alarms(count)} comparisons in a hundred show a change somewhere though nothing"
            " has changed. A single “change” is a reason to look closer."
        )
    yield Heading("Before and after")
    yield _pairs(
        rows, cells, "Before and after, theme by theme", ("Theme", "Before", "After", "Change"),
        f"An open dot is before, a full one after.{alarms}",
        f"○ is before, ● after, and ┼ is where one stage ends and the next begins.{alarms}",
    )  # fmt: skip
    if matched := max((change.matched or 0 for change in found), default=0):
        yield Words(
            f"Up to {matched} people were there both times, and are compared with themselves.",
            quiet=True,
        )
    if left_out := len({i for change in found for i in change.left_out.ids}):
        yield Words(
            f"{left_out} of {len(rubric.statements)} statements are left out, for they were not"
            " rated both times, or one of two versions of the grid does not have them.",
            quiet=True,
        )


def _pairs(
    rows: list[Row],
    cells: list[tuple[str, str, str, str]],
    title: str,
    head: tuple[str, ...],
    caption: str,
    in_text: str,
) -> Picture:
    return Picture(
        before_and_after(rows, name="change", title=title, width=PAPER_WIDTH),
        caption,
        Table(
            "The same in figures", head, tuple(cells),
            tracks=tuple(Track(row.position, before=row.before) for row in rows),
        ),
        both=True,
        in_text=in_text,
    )  # fmt: skip


def _beside(rubric: Rubric, items: Sequence[Compared]) -> Iterator[Block]:
    person, team = items if items[0].kind is Kind.SESSION else reversed(items)
    rows, cells = [], []
    for each in beside(rubric, person, team):
        theme, drawn = rubric.theme(each.theme_id), each.difference is not None
        why = gap_words(each.team.gap or each.person.gap or Status.NOT_ENOUGH)
        words = why if each.difference is None else delta_words(each.difference)
        rows.append(
            Row(
                name=theme.short, words=words, stage=each.person.stage,
                before=each.team.position if drawn else None,
                position=each.person.position if drawn else None,
            )
        )  # fmt: skip
        cells.append((theme.name, standing_words(each.team), standing_words(each.person), words))
    yield Heading("Where the two stand")
    yield _pairs(
        rows, cells, "A person beside the team, theme by theme",
        ("Theme", "Team", "Person", "Difference"),
        "An open dot is the middle of the team, a full one the person.",
        "○ is the middle of the team, ● the person, and ┼ is where one stage ends and the next"
        " begins.",
    )  # fmt: skip
    yield Words(
        "A difference is no change, and nobody is right here: the person may see what the team"
        " cannot, or the team what the person cannot."
    )


def _trend(
    rubric: Rubric, courses: Sequence[Trend], targets: Mapping[str, float]
) -> Iterator[Block]:
    drawn = [
        Course(
            rubric.theme(course.theme_id).short,
            [
                Moment(when=item.when, words=standing_words(place), position=place.position,
                       low=place.low, high=place.high)
                for item, place in course.points
            ],
            targets.get(course.theme_id),
        )
        for course in courses
    ]  # fmt: skip
    rows, tracks = [], []
    for course in courses:
        for item, place in course.points:
            rows.append(
                (rubric.theme(course.theme_id).name, date_words(item.when), standing_words(place),
                 whose(item))
            )  # fmt: skip
            tracks.append(Track(place.position, place.low, place.high))
    yield Heading("Over time")
    yield Picture(
        trend(drawn, name="trend", title="Each theme over time", width=PAPER_WIDTH),
        "A gap in a line is a time without one place, such as a mixed picture.",
        Table(
            "The same in figures", ("Theme", "When", "Place", "Who"), tuple(rows),
            tracks=tuple(tracks),
        ),
        both=True,
        in_text="● is the place at that time, and ━ is how far the answers leave it open.",
    )  # fmt: skip


def _aims(
    rubric: Rubric, items: Sequence[Compared], targets: Mapping[str, float]
) -> Iterator[Block]:
    rows = []
    for theme, course in zip(rubric.themes, trends(rubric, items), strict=True):
        if (aim := targets.get(theme.id)) is None:
            continue
        first, last = course.ends or (items[0], items[-1])
        base, now = first.standing(theme.id).position, last.standing(theme.id).position
        done = progress(base, now, aim)
        way = "–" if done is None else "further away" if done < 0 else percent(done)
        rows.append((theme.name, _figure(base), _figure(now), f"{aim:.1f}", way))
    if rows:
        yield Heading("Where to get to")
        yield Table(
            "How much of the way is done", ("Theme", "At first", "Now", "Aim", "Done"),
            tuple(rows), figures=frozenset({1, 2, 3, 4}),
        )  # fmt: skip


def _figure(position: float | None) -> str:
    return "–" if position is None else f"{position:.1f}"


def _meaning(last: Compared) -> Iterator[Block]:
    yield Heading("What the numbers mean")
    rounds = last.kind is Kind.ROUND
    anew = " They are worked out anew from what was rated both times."
    yield Points(
        (
            Point(f"{MEANING}{'' if rounds else anew}"),
            Point(
                "“Change” is more than noise as a rule makes, “clear change” much more; the rule is"
                " in the guide to scoring."
                if rounds
                else "“Change” is a difference of at least a quarter of a stage and twice its"
                " standard error; “clear change” of three times."
            ),
        )
    )
    yield Heading("What they do not say", 3)
    yield Points(
        (
            Point(
                "Why something changed. The organisation may have, or how its people see it, or who"
                " was asked."
            ),
            Point(
                "“Within noise” does not mean that nothing changed, only that these answers cannot"
                " tell."
            ),
        )
    )
