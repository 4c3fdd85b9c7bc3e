"""What is said quietly below a comparison, so that nobody is misled: rounding, one day, other versions."""

from collections.abc import Iterable
from datetime import date

from bt_assess.core.compared import Change, Compared, Gap, Trend, gone
from bt_assess.core.courses import Course, same_days
from bt_assess.core.rubric import Rubric
from bt_assess.report.summary import number, plural
from bt_assess.report.words import date_words


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


def unlike_words(rubric: Rubric, changes: Iterable[Change]) -> str:
    """Which themes of two rounds have no change, as their statements differ; empty where none has."""
    lines = []
    for gap, why in (
        (Gap.OTHER_STATEMENTS, "the statements were changed between the two grids"),
        (Gap.RATED_ONCE, "some statements were rated by one of the two teams only"),
    ):
        ids = dict.fromkeys(c.theme_id for c in changes if c.why_not is gap)
        names = [rubric.theme(i).name for i in ids]
        if names:
            lines.append(f"{', '.join(names)}: {why}, so there is no change to tell.")
    if lines:
        lines.append(
            "Where a round has no names, a team's place is never worked out again on fewer statements"
            " for a comparison: beside the place that the round shows, that could show how one person"
            " answered."
        )
    return " ".join(lines)


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


def absent_words(missing: int, there: int) -> str:
    """That something which was kept is not compared, for whoever reads a report only; empty where all
    is there."""
    if not missing:
        return ""
    it = "it is" if missing == 1 else "they are"
    return (
        f"Of {number(missing + there)} that were kept together here, {number(missing)}"
        f" {'is' if missing == 1 else 'are'} missing: {it} not to be found any more, or not finished."
        " Changes, and the way to an aim, go to the last that is here."
    )


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
