"""Changes, gaps and progress in words: the same in text, reports and on screen."""

from collections.abc import Iterable, Sequence

from bt_assess.core.compared import Change, Compared, Gap, Standing, WhyNot, false_alarms
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


def change_words(change: Change) -> str:
    """'+0.5  clear change', 'mixed now', or a dash: what came of a theme, in 21 characters at most."""
    if change.delta is None:
        return _no_change(change)
    if change.verdict is None:
        return f"{figure(change.delta)}  too few to tell"
    return f"{figure(change.delta)}  {change.verdict.value}"


def _no_change(change: Change) -> str:
    for gap, word in ((Status.MIXED, "mixed"), (Gap.TWO_CAMPS, "two camps")):
        first, second = change.before.gap is gap, change.after.gap is gap
        if first or second:
            return f"{word} {'both times' if first and second else 'now' if second else 'before'}"
    return "–"


def whose(item: Compared) -> str:
    """'Ada · North', 'Spring review · North': who or what is compared."""
    if item.session:
        return who(item.session)
    return " · ".join(part for part in (item.name, item.team) if part)


def title(item: Compared) -> str:
    """The same with the date."""
    return f"{whose(item)}, {date_words(item.when)}"


def place_words(standing: Standing) -> str:
    """'1.5', or why there is no place."""
    return gap_words(standing.gap) if standing.position is None and standing.gap else (
        f"{standing.position:.1f}"
    )  # fmt: skip


def alarm_words(themes: int) -> str:
    """What any comparison of several themes has to say for itself; empty for one theme."""
    if themes < 2:
        return ""
    words = number(themes)
    return (
        f"{words.capitalize()} themes are {words} chances of a false alarm: though nothing has changed,"
        f" {false_alarms(themes)} of 100 comparisons show a change somewhere."
        " A single 'change' is a reason to look closer."
    )


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
        f"{people} people gave their names both times and are compared with themselves."
        " The change is the middle one of their own changes."
    )


def progress_words(done: float | None) -> str:
    """'60 % of the way', 'further away than at first', 'there'."""
    if done is None:
        return "there is no way to measure"
    if round(done, 9) >= 1:
        return "reached"
    share = min(99, round(100 * done))
    return "further away than at first" if share < 0 else f"{share} % of the way"


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
