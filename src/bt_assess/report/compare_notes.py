"""What is said quietly below a comparison, so that nobody is misled: rounding, one day, other versions."""

from collections.abc import Iterable, Sequence
from datetime import date

from bt_assess.core.compared import Change, Compared, Trend, gone
from bt_assess.core.courses import Course, same_days
from bt_assess.core.rubric import Rubric
from bt_assess.report.change_words import Omitted, omitted
from bt_assess.report.summary import plural
from bt_assess.report.words import date_words

_NOT_IN_USE = "in a theme that the version of the grid in use does not have"


def left_out(
    rubric: Rubric, changes: Sequence[Change], before: Compared, after: Compared
) -> tuple[Omitted, ...]:
    """All that was left out of a change, by id: also what was answered of themes that are gone."""
    return (*omitted(changes, before, after), *of_gone_themes(rubric, before, after))


def of_gone_themes(rubric: Rubric, before: Compared, after: Compared) -> tuple[Omitted, ...]:
    """What was answered of themes that the version in use does not have."""
    ids = gone(rubric, (before, after))
    return (Omitted(why=_NOT_IN_USE, ids=ids),) if ids else ()


def gone_words(rubric: Rubric, items: Iterable[Compared]) -> str:
    """Which themes were answered and are in no comparison; empty where there are none."""
    ids = gone(rubric, items)
    if not ids:
        return ""
    themes = list(dict.fromkeys(i.split(".")[0] for i in ids))
    one = len(themes) == 1
    return (
        f"Not compared: {' and '.join(themes)}, {'a theme' if one else 'themes'} that version"
        f" {rubric.version} of the grid, which is in use, does not have"
        f" ({plural(len(ids), 'statement')} answered)."
    )


def versions_words(rubric: Rubric, items: Iterable[Compared]) -> str:
    """Where to read what other versions of the grid had; empty where all is of the one in use."""
    answered = sorted({item.rubric.version for item in items})
    if answered == [rubric.version]:
        return ""
    if len(answered) == 1:
        said = f"Version {answered[0]} of the grid was answered"
    else:
        said = f"Versions {', '.join(answered[:-1])} and {answered[-1]} of the grid were answered"
    if rubric.version not in answered:
        said += f", and {rubric.version} is in use"
    return f"{said}: 'bt-assess rubric diff' names what each of them has."


def same_days_words(times: Course) -> str:
    """That it is not known which of some rounds came first; empty where it is."""
    days = ", ".join(map(date_words, same_days(times)))
    if not days:
        return ""
    return (
        f"Rounds of one day ({days}) hold no time of day: here they stand in the order in which they"
        " were chosen, so before and after may be the other way round."
    )


def rounded_words(rows: Iterable[tuple[float | None, float | None, float | None]]) -> str:
    """Why a shown difference may not fit the two shown places; empty where all of them do.

    A row is two places and how far they are said to be apart; None where that is not shown.
    """
    for one, other, apart in rows:
        if one is None or other is None or apart is None:
            continue
        shown = round(round(other, 1) - round(one, 1), 1)
        if round(abs(abs(shown) - abs(round(apart, 1))), 1) == 0.1:
            return (
                "Each figure is rounded by itself: a difference may be 0.1 more or less than the two"
                " places make."
            )
    return ""


def rounded_changes(changes: Iterable[Change]) -> str:
    """The same of changes; the middle of people's own changes is no difference of two places."""
    return rounded_words(
        (c.before.position, c.after.position, c.delta) for c in changes if c.matched is None
    )


def rounded_trends(trends: Iterable[Trend]) -> str:
    """The same of changes beside the places of each time."""
    return rounded_words(
        (ends[0].standing(c.theme_id).position, ends[1].standing(c.theme_id).position, c.delta)
        for trend in trends
        for c, ends in ((trend.whole, trend.ends), (trend.latest, trend.steps))
        if c and ends and c.matched is None
    )


def missing_words(lost: int, not_yet: int) -> str:
    """Why some of what was kept is not compared: it cannot be found, or is there and not finished."""
    said = []
    if lost:
        said.append(f"{plural(lost, 'thing')} that it compares cannot be found any more")
    if not_yet:
        are = "is" if not_yet == 1 else "are"
        said.append(f"{plural(not_yet, 'thing')} that it compares {are} not finished")
    return ", and ".join(said)


def people_words(matched: int) -> str:
    """'3 people, each with themselves': of how many a team's change is, where they gave their names."""
    return (
        "1 person, with themselves" if matched == 1 else f"{matched} people, each with themselves"
    )


def span_words(first: date, last: date) -> str:
    """'2 Jan 2026 to 3 Nov 2026', or the one day."""
    return date_words(first) if first == last else f"{date_words(first)} to {date_words(last)}"


def times_of_change(times: Course, first: date, last: date) -> str:
    """How many times there are of somebody, and between which two the change is."""
    if first == last:
        return f"{len(times)} times. The change is between two times on {date_words(first)}."
    return f"{len(times)} times. The change is from {span_words(first, last)}."
