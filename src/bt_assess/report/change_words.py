"""Changes, gaps and progress in words: the same in text, reports and on screen."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from bt_assess.core.compared import (
    OF_TWO,
    Change,
    Compared,
    Gap,
    Kind,
    Standing,
    WhyNot,
    false_alarms,
)
from bt_assess.core.courses import Course, Laid, courses, identity, is_same_session
from bt_assess.core.disclosure import Why
from bt_assess.core.moved import StatementMove
from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import Status
from bt_assess.core.session import Answer
from bt_assess.report.summary import number
from bt_assess.report.words import date_words, who

_GAPS: dict[WhyNot, str] = {
    Status.MIXED: "mixed picture",
    Status.NOT_RECOGNISED: "not recognised",
    Status.NOT_ENOUGH: "not enough answers",
    Gap.TWO_CAMPS: "two camps",
    Gap.LITTLE_IN_COMMON: "too few answers in common",
    Gap.OTHER_STATEMENTS: "its statements were changed between the two grids",
    Gap.RATED_ONCE: "some of its statements were rated by one team only",
    Gap.NOT_APPLICABLE: "does not apply",
    Gap.NOT_ALIKE: "a person and a team",
    Why.NOT_OPEN: "not opened yet",
    Why.TOO_FEW: "too few people",
    Why.TOO_FEW_FOR_PLACES: "too few people",
    Why.A_REST: "cannot be shown",
    Why.NOBODY: "nobody has a place",
}


def gap_words(gap: WhyNot) -> str:
    """Why there is no place, in two or three words."""
    return _GAPS[gap]


def figure(delta: float) -> str:
    """'+0.5', with a real minus; a change that rounds to nothing goes neither up nor down."""
    return f"{round(delta, 1) or 0.0:+.1f}".replace("-", "−").replace("+0.0", "0.0")


TOO_FEW = "too few to tell"


def change_words(change: Change) -> str:
    """'+0.5  clear change', 'mixed now', or a dash: what came of a theme, in 21 characters at most."""
    if change.delta is None:
        return _no_change(change)
    if change.verdict is None:
        return f"{figure(change.delta)}  {TOO_FEW}"
    return f"{figure(change.delta)}  {change.verdict.value}"


_IN_SHORT: dict[WhyNot, str] = {
    Status.MIXED: "mixed",
    Status.NOT_RECOGNISED: "not recognised",
    Status.NOT_ENOUGH: "not enough",
    Gap.TWO_CAMPS: "two camps",
    Gap.LITTLE_IN_COMMON: "too few in common",
    Gap.OTHER_STATEMENTS: "statements changed",
    Gap.RATED_ONCE: "not rated both times",
    Gap.NOT_APPLICABLE: "does not apply",
    Why.NOT_OPEN: "not open",
    Why.TOO_FEW: "too few",
    Why.TOO_FEW_FOR_PLACES: "too few",
    Why.A_REST: "not shown",
    Why.NOBODY: "no place",
}


def _no_change(change: Change) -> str:
    """At which of the two times there is no place, and why."""
    first, second = change.before.gap, change.after.gap
    if change.why_not in OF_TWO:
        return _IN_SHORT[change.why_not]
    if (gap := first or second) is None or change.why_not is Gap.NOT_ALIKE:
        return "–"
    word = _IN_SHORT[gap]
    if first is None or second is None:
        return f"{word} {'now' if second else 'before'}"
    if first is second is Gap.NOT_APPLICABLE:
        return word
    alike = first is second and first is not Status.NOT_RECOGNISED
    return f"{word if alike else 'no place'} both times"


def gap_at(change: Change, before: Compared, after: Compared) -> str:
    """'mixed picture on 3 Nov 2026': why there is no change, and at which time; empty where both
    times have a place."""
    first, second = change.before.gap, change.after.gap
    if change.why_not in OF_TWO:
        return gap_words(change.why_not)
    if first and first is second:
        return f"{gap_words(first)} both times"
    found = ((first, before), (second, after))
    return ", ".join(f"{gap_words(gap)} on {date_words(each.when)}" for gap, each in found if gap)


def whose(item: Compared) -> str:
    """'Ada · North', 'Spring review · North': who or what is compared."""
    if item.session:
        return who(item.session)
    return " · ".join(part for part in (item.name, item.team) if part)


def title(item: Compared) -> str:
    """The same with the date."""
    return f"{whose(item)}, {date_words(item.when)}"


Pair: TypeAlias = tuple[Compared, Compared]
"""Two times of one person or team that somebody chose, before and after."""


def ends_of(course: Course, pair: Pair | None = None) -> Pair:
    """Between which two times a change is told: the first and the last, or those chosen of them."""
    ids = {(item.kind, item.id) for item in course}
    if pair is not None and all((item.kind, item.id) in ids for item in pair):
        return pair
    return course[0], course[-1]


def whose_course(course: Course) -> str:
    """'Ada · North', or the team: who has these times."""
    last = course[-1]
    return whose(last) if last.session else last.team or last.name


def times_words(course: Course) -> str:
    """'30 times, 2 Jan 2026 to 3 Nov 2026'."""
    first, last = course[0].when, course[-1].when
    dates = date_words(first) if first == last else f"{date_words(first)} to {date_words(last)}"
    return f"{len(course)} times, {dates}"


MOST_NAMED = 12
"""Of so many the names are said before the first figure; the others' stand in the table."""


def named(found: Laid) -> str:
    """Whose times they are: 'Ada · North: 30 times, …', or 'Ada · North (12), Bo · South (18)'."""
    return ", ".join(f"{name}{behind}" for name, behind in named_parts(found))


def named_parts(found: Laid) -> tuple[tuple[str, str], ...]:
    """The same, each name with what stands behind it."""
    if found.is_one:
        [course] = found.courses
        return ((whose_course(course), f": {times_words(course)}"),)
    everybody = courses(found.items)
    counts = max(map(len, everybody)) > 1
    names = [(whose_course(c), f" ({len(c)})" if counts else "") for c in everybody[:MOST_NAMED]]
    more = len(everybody) - len(names)
    return (*names, ("", f"and {more} more")) if more else tuple(names)


def laid_title(found: Laid) -> str:
    """What a comparison is, in a word or two."""
    if found.is_one:
        return "Before and after" if len(found.items) == 2 else "Over time"
    if len(found.items) == 2 and len({item.kind for item in found.items}) == 2:
        return "A person beside a team"
    return "Side by side"


NO_WINNER = "Where they differ, nobody is better or worse: a reason to ask what each of them sees."
AIMS_ARE_OF_ONE = "Aims are measured for one person or one team over time."


def apart_words(difference: float | None) -> str:
    """'apart by 0.4' or 'alike': how far two stand from each other; neither has moved."""
    if difference is None:
        return ""
    size = round(abs(difference), 1)
    return f"apart by {size:.1f}" if size else "alike"


def why_no_change(before: Compared, after: Compared, who: str = "These") -> str:
    """Why there is no change between these two; empty where there can be one. `who` names them."""
    if is_same_session(before, after):
        return _same_session(before, after)
    if identity(before) == identity(after):
        return ""
    if before.kind is not after.kind:
        two = "a person and a team"
    else:
        two = f"two {'people' if before.kind is Kind.SESSION else 'teams'}"
    return f"{who} are {two}: neither has changed into the other, so there is no change to show."


def _same_session(before: Compared, after: Compared) -> str:
    first, second = before.rubric.version, after.rubric.version
    if first == second:
        return "These are two copies of one session, with the same answers: there is nothing to compare."
    return (
        "These are one session with the same answers, on two versions of the grid"
        f" ({first} and {second}): 'bt-assess upgrade' carried it over and kept the copy."
        " There is nothing to compare."
    )


_NAMELESS = {
    Kind.SESSION: "No name was given for some of these, so they are taken for one person's times. If"
    " they are of different people, nothing here is a change.",
    Kind.ROUND: "No team was named for some of these rounds, so they are taken for one team's. If they"
    " are of different teams, nothing here is a change.",
}


def nameless_words(found: Laid) -> str:
    """What those should know who compare times that bear no name; empty where all do."""
    kinds = {course[0].kind for course in found.courses if is_nameless(course)}
    return " ".join(words for kind, words in _NAMELESS.items() if kind in kinds)


def is_nameless(course: Course) -> bool:
    """Whether these may be times of different people or teams, as no name says whose they are."""
    return any(not (each.team if each.round else each.name).strip() for each in course)


def copies_words(found: Laid) -> str:
    """That copies of a session are no times of their own; empty where there are none."""
    if not found.copies:
        return ""
    days = ", ".join(dict.fromkeys(date_words(item.when) for item in found.copies))
    return f"There more than once with the same answers, and counted once: {days}."


def place_words(standing: Standing) -> str:
    """'1.5', or why there is no place."""
    return gap_words(standing.gap) if standing.position is None and standing.gap else (
        f"{standing.position:.1f}"
    )  # fmt: skip


def alarm_words(themes: int, told: Iterable[Change]) -> str:
    """What any comparison of several themes has to say for itself; empty for one theme, and where no
    theme has a verdict, so that there is nothing to be alarmed by."""
    if themes < 2 or not has_verdict(told):
        return ""
    words = number(themes)
    return (
        f"{words.capitalize()} themes are {words} chances of a false alarm: though nothing has changed,"
        f" {false_alarms(themes)} of 100 comparisons show a change somewhere."
        " A single 'change' is a reason to look closer."
    )


def has_verdict(changes: Iterable[Change]) -> bool:
    """Whether any theme could have shown a change."""
    return any(change.verdict is not None for change in changes)


def too_few_words(changes: Iterable[Change]) -> str:
    """Why some changes have no verdict; empty where all have."""
    if not any(change.delta is not None and change.verdict is None for change in changes):
        return ""
    return (
        "'Too few to tell': so few people have a place that their spread is not shown, and without it"
        " change cannot be told from chance."
    )


def matched_words(changes: Sequence[Change]) -> str:
    """Who was compared with whom, of two rounds with names; empty where nobody was."""
    counts = sorted({change.matched for change in changes if change.matched is not None})
    if not counts:
        return ""
    if counts == [1]:
        return "One person gave their name both times, and is compared with themselves."
    people = str(counts[0]) if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    return (
        f"{people} people gave their names both times and are compared with themselves, on what each"
        " of them rated both times: the places are theirs, and the change is the middle one of their"
        " own changes."
    )


def answers_words(move: StatementMove) -> tuple[str, str]:
    """Both answers to a statement; of a round, how many gave each."""
    if move.before is not None and move.after is not None:
        return move.before.label, move.after.label
    sides = (move.counts_before or {}, move.counts_after or {})
    first, second = (
        ", ".join(f"{n} {answer.value}" for answer in Answer if (n := counts.get(answer, 0)))
        for counts in sides
    )
    return first, second


def stage_shares(shares: dict[Stage, float | None]) -> str:
    """'starting 80 %, developing 20 %': how true each stage is of a strand."""
    return ", ".join(
        f"{stage.value} {round(100 * share)} %"
        for stage, share in shares.items()
        if share is not None
    )
