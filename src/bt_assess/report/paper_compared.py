"""Sessions and rounds laid side by side, as a report to read from top to bottom."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bt_assess.core.compared import Compared
from bt_assess.core.rubric import Rubric
from bt_assess.report import compared_story as tell
from bt_assess.report.change_words import AIMS_ARE_OF_ONE, NO_WINNER, place_words, whose
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
from bt_assess.report.compared_words import Told, change_words, placed_words
from bt_assess.report.paper import (
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
from bt_assess.report.paper_moved import left_out, moved, promised, talk, what_next
from bt_assess.report.paper_session import PAPER_WIDTH
from bt_assess.report.words import date_words

MOST_TIMES = 6
"""So many times are drawn in text, a line each; more are a table with a row for each time."""


def paper_of_compared(
    rubric: Rubric,
    items: Sequence[Compared],
    *,
    made: date,
    name: str = "",
    targets: Mapping[str, float] | None = None,
    pair: tuple[Compared, Compared] | None = None,
    missing: int = 0,
) -> Paper:
    """The report of two or more sessions or rounds. See `compared_story.story`."""
    told = tell.story(rubric, items, targets, pair, missing)
    lead = [f"{who}{behind}" for who, behind in tell.lead(told)]
    words = (", " if told.is_long else "; ").join(lead)
    if told.is_long and not told.laid.is_one:
        words += f", {span_words(told.items[0].when, told.items[-1].when)}"
    return Paper(
        kicker=rubric.title,
        title=name or told.title,
        lead=f"{words}.",
        made=made,
        blocks=tuple(_blocks(rubric, told, targets or {})),
    )


def _blocks(rubric: Rubric, told: Story, targets: Mapping[str, float]) -> Iterator[Block]:
    yield Heading("In words")
    for words in (told.caution, told.missing):
        # Before the first verdict: whoever reads no further has read it.
        if words:
            yield Words(words)
    if told.beside:
        yield from _stages(told)
    for each in told.courses:
        if not told.is_one:
            yield Heading(each.name, 3)
        yield from _in_words(each, 3 if told.is_one else 4)
    if told.beside:
        yield from _beside(told)
    for each in told.courses:
        yield from _course(rubric, told, each, targets)
    if told.has_figures:
        yield from _meaning(told)
    if told.is_one:
        [only] = told.courses
        yield from moved(rubric, only, 2)
        yield from promised(only, 2)
    yield Heading("What next")
    if told.beside:
        yield from talk(told)
    for each in told.courses:
        if not told.is_one:
            yield Heading(each.name, 3)
        yield from what_next(each)
    for each in told.courses:
        yield from left_out(rubric, each, each.name if not told.is_one else "")
    if told.is_listed:
        yield _everything(told)


def _stages(told: Story) -> Iterator[Block]:
    if told.is_person_and_team:
        yield Words(
            "A person and a team are looked at together here. Neither has changed into the other:"
            " where the two see it differently is where to talk."
        )
    else:
        yield Words(f"{told.who_words} {NO_WINNER}")
    if told.chosen_beside:
        yield Words(f"These two were chosen out of {len(told.items)}.")
    found = stages_words(told.abreast)
    for title, stands in (
        ("At different stages", found.differ),
        ("At the same stage", found.alike),
        ("At the same stage, of those who have a place", found.partly),
        ("Cannot be told", found.unknown),
    ):
        if stands:
            yield Heading(title, 3)
            yield Points(tuple(Point(each.words, f"{each.theme.name}.") for each in stands))


def _in_words(told: CourseStory, level: int) -> Iterator[Block]:
    if told.chosen:
        yield Words(told.chosen)
    if told.why_not:
        yield Words(told.why_not)
        return
    yield Heading(told.gained, level)
    yield _told(told.forward, told.no_forward)
    yield Heading("Areas to improve", level)
    yield _told(told.improve, told.no_improve)
    if told.steady:
        names = ", ".join(each.theme.name for each in told.steady)
        yield Words(
            f"{names}. The answers moved no more than they do when nothing has changed.",
            "Within noise:",
        )
    if told.unknown:
        why = "; ".join(f"{each.theme.name} ({each.words})" for each in told.unknown)
        yield Words(f"{why}.", "Cannot be told:")


def _told(found: Sequence[Told], otherwise: str) -> Block:
    if not found:
        return Words(otherwise)
    return Points(
        tuple(Point(f"{each.words} {each.now}".rstrip(), f"{each.theme.name}.") for each in found)
    )


def _course(
    rubric: Rubric, told: Story, each: CourseStory, targets: Mapping[str, float]
) -> Iterator[Block]:
    if not told.is_one:
        yield Heading(each.name)
        first, last = each.ends
        yield Words(times_of_change(each.times, first.when, last.when))
    if each.changes:
        if told.is_one:
            yield Heading("Before and after")
        yield _change(rubric, each)
        yield from _left_out_in_short(each, told.versions)
    if each.trends:
        yield Heading("Over time", 2 if told.is_one else 3)
        yield from _trend(rubric, each, targets)
        if each.about_trends:
            yield Words(each.about_trends, quiet=True)
    if each.aims:
        yield Heading("Where to get to", 2 if told.is_one else 3)
        if each.times_of_aims:
            yield Words(each.times_of_aims)
        yield _aims(rubric, each)
    if not told.is_one:
        yield from moved(rubric, each, 3)
        yield from promised(each, 3)


def _change(rubric: Rubric, told: CourseStory) -> Block:
    first, last = (date_words(end.when) for end in told.ends)
    notes = "".join(f" {words}" for words in told.notes)
    table = Table(
        "The same in figures",
        ("Theme", "Before", "After", "Change"),
        tuple(
            (rubric.theme(c.theme_id).name, placed_words(c.before), placed_words(c.after),
             change_words(c))
            for c in told.changes
        ),
        tracks=tuple(
            Track(c.after.position, before=c.before.position) if c.delta is not None else Track(None)
            for c in told.changes
        ),
    )  # fmt: skip
    return Picture(
        change_picture(rubric, told, name="change", width=PAPER_WIDTH),
        f"An open dot is before ({first}), a full one after ({last}).{notes}",
        table,
        both=True,
        in_text=f"○ is before ({first}), ● after ({last}), and ┼ is where one stage ends and the next"
        f" begins.{notes}",
    )


def _left_out_in_short(told: CourseStory, versions: str) -> Iterator[Block]:
    if told.omitted:
        said = "; ".join(f"{len(each.ids)} {each.why}" for each in told.omitted)
        yield Words(
            f"Statements that are left out: {said}. They are listed at the end.", quiet=True
        )
    if versions:
        yield Words(versions, quiet=True)


def _beside(told: Story) -> Iterator[Block]:
    yield Heading("Where they stand now" if told.courses else "Where they stand")
    names = short_names(told.beside)
    if len(names) == 2:
        table = Table(
            "The same in figures",
            ("Theme", *names, "Difference"),
            tuple(
                (
                    each.theme.name,
                    *(placed_words(place) for _, place in each.places),
                    "–" if each.apart is None else apart_or_why(each),
                )
                for each in told.abreast
            ),
            tracks=tuple(
                Track(each.places[1][1].position, before=each.places[0][1].position, apart=True)
                if each.apart is not None
                else Track(None)
                for each in told.abreast
            ),
        )
        one, other = ("the team", "the person") if told.is_person_and_team else names
        caption = f"An open dot is {one}, a full one {other}."
        in_text = f"○ is {one}, ● {other}, and ┼ is where one stage ends and the next begins."
    else:
        places = [
            (each.theme.name, name, place)
            for each in told.abreast
            for name, (_, place) in zip(names, each.places, strict=True)
        ]
        table = Table(
            "The same in figures",
            ("Theme", "Who", "Place"),
            tuple((theme, name, placed_words(place)) for theme, name, place in places),
            tracks=tuple(Track(p.position, p.low, p.high) for _, _, p in places),
        )
        caption = "A dot is a place, and the line at it how far the answers leave it open."
        if are_dots(told, on_paper=True):
            caption = dots_words(told, PAPER_WIDTH)
        in_text = "● is a place, and ━ is how far the answers leave it open."
    yield Picture(
        beside_picture(told, name="beside", width=PAPER_WIDTH, on_paper=True), caption, table, both=True,
        in_text=in_text,
    )  # fmt: skip
    if told.asked_apart:
        yield Words(told.asked_apart)
    if told.rounded:
        yield Words(told.rounded, quiet=True)
    if told.versions and not told.courses:
        yield Words(told.versions, quiet=True)
    if told.with_targets and not told.courses:
        yield Words(AIMS_ARE_OF_ONE, quiet=True)


def _trend(rubric: Rubric, told: CourseStory, targets: Mapping[str, float]) -> Iterator[Block]:
    yield Picture(
        trend_picture(rubric, told, targets, name="trend", width=PAPER_WIDTH),
        "A gap in a line is a time without one place, such as a mixed picture.",
        _by_time(rubric, told) if len(told.times) > MOST_TIMES else _by_theme(rubric, told),
        both=True,
        in_text="● is the place at that time, and ━ is how far the answers leave it open."
        if len(told.times) <= MOST_TIMES
        else "A dash is a time without one place.",
    )


def _by_theme(rubric: Rubric, told: CourseStory) -> Table:
    """A row for each time of each theme, drawn in text."""
    points = [
        (rubric.theme(each.theme_id).name, item, place)
        for each in told.trends
        for item, place in each.points
    ]
    return Table(
        "The same in figures",
        ("Theme", "When", "Place"),
        tuple((theme, date_words(item.when), placed_words(place)) for theme, item, place in points),
        tracks=tuple(Track(place.position, place.low, place.high) for _, _, place in points),
    )


def _by_time(rubric: Rubric, told: CourseStory) -> Table:
    """A row for each of many times."""
    return Table(
        "The same in figures",
        ("When", *(theme.short for theme in rubric.themes)),
        tuple(
            (date_words(item.when), *(_figure(item.standing(t.id).position) for t in rubric.themes))
            for item in told.times
        ),
        figures=frozenset(range(1, len(rubric.themes) + 1)),
    )


def _figure(position: float | None) -> str:
    return "–" if position is None else f"{position:.1f}"


def _aims(rubric: Rubric, told: CourseStory) -> Block:
    return Table(
        "How much of the way is done",
        ("Theme", "At first", "Now", "Aim", "Done"),
        tuple(
            (rubric.theme(each.theme_id).name, place_words(each.base), place_words(each.now),
             f"{each.target:.1f}", each.words)
            for each in told.aims
        ),
        wide=4,
        figures=frozenset({1, 2, 3}),
    )  # fmt: skip


def _meaning(told: Story) -> Iterator[Block]:
    say, not_say = tell.meaning(told)
    yield Heading("What the numbers mean")
    yield Points(tuple(map(Point, say)))
    yield Heading("What they do not say", 3)
    yield Points(tuple(map(Point, not_say)))


def _everything(told: Story) -> Block:
    return Table(
        f"What is compared: {len(told.items)} in order of time",
        ("When", "Who"),
        tuple(
            (date_words(item.when), f"{'A round, ' if item.round else ''}{whose(item)}")
            for item in told.items
        ),
        wide=1,
    )
