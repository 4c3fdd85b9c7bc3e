"""How a report says what came of each theme: forward, to improve, within noise, or not known."""

from collections.abc import Sequence
from dataclasses import dataclass

from bt_assess.core.compared import OF_TWO, Change, Compared, Standing, WhyNot
from bt_assess.core.disclosure import Why
from bt_assess.core.rubric import Rubric, RubricTheme, Stage
from bt_assess.core.scoring import Confidence, Status
from bt_assess.report import change_words as short
from bt_assess.report.team_words import why_words

_TOO_FEW = "too few people to tell change from noise"


@dataclass(frozen=True)
class Told:
    """A theme, what is said of its change, and what its stage is like now."""

    theme: RubricTheme
    words: str
    now: str = ""


@dataclass(frozen=True, kw_only=True)
class ToldOfCourse:
    """What came of the themes, each in one place; and what is said where one of the first two is
    empty."""

    forward: tuple[Told, ...]
    improve: tuple[Told, ...]
    steady: tuple[Told, ...]
    unknown: tuple[Told, ...]
    no_forward: str
    no_improve: str


def gap_words(why: WhyNot) -> str:
    """Why there is no place, with more words for what may not be shown."""
    if why is Why.NOBODY:
        # There are answers; nobody's make a place.
        return short.gap_words(why)
    return f"not shown: {why_words(why)}" if isinstance(why, Why) else short.gap_words(why)


def placed_words(standing: Standing) -> str:
    """'2.2 developing', with '?' where it lies open; or why there is no place."""
    if standing.gap in OF_TWO:
        return "–"
    if standing.position is None or standing.stage is None:
        return gap_words(standing.gap or Status.NOT_ENOUGH)
    open_ = "" if standing.confidence is Confidence.FIRM else " ?"
    return f"{standing.position:.1f} {standing.stage.value}{open_}"


def change_words(change: Change) -> str:
    """'+0.4  change', 'mixed now'; or why it cannot be told."""
    words = short.change_words(change)
    return gap_words(change.why_not or Status.NOT_ENOUGH) if words == "–" else words


def told_of_course(
    rubric: Rubric,
    found: Sequence[Change],
    ends: tuple[Compared, Compared],
    *,
    is_two: bool,
) -> ToldOfCourse:
    """What is said of each theme between two times; `is_two` where there are no others."""
    lists: dict[str, list[Told]] = {"forward": [], "improve": [], "steady": [], "unknown": []}
    for change in found:
        where, told = _told(rubric, change, ends, is_two=is_two)
        lists[where].append(told)
    every = all(change.verdict is not None for change in found)
    lost = [c for c in found if ends[1].standing(c.theme_id).position is None]
    return ToldOfCourse(
        forward=tuple(lists["forward"]),
        improve=tuple(lists["improve"]),
        steady=tuple(lists["steady"]),
        unknown=tuple(lists["unknown"]),
        no_forward=_no_forward(lists["improve"], every=every),
        no_improve=_no_improve(rubric, lost, every=every),
    )


def _told(
    rubric: Rubric, change: Change, ends: tuple[Compared, Compared], *, is_two: bool
) -> tuple[str, Told]:
    """Where a theme is told of, and how. What it is like now goes by the last time alone."""
    theme = rubric.theme(change.theme_id)
    first, last = (end.standing(theme.id) for end in ends)
    now = theme.summaries.of(last.stage) if last.position is not None and last.stage else ""
    if last.position is None and change.stands_out:
        now = f"All of the later answers together: {gap_words(last.gap or Status.NOT_ENOUGH)}."
    ahead = (change.delta or 0) > 0
    if last.position is not None and last.stage is Stage.STARTING:
        return "improve", Told(theme, _at_first_stage(change, first, ahead=ahead), now)
    if change.stands_out:
        if ahead:
            return "forward", Told(theme, "Further along than before.", now)
        return "improve", Told(theme, "Further back than before.", now)
    if change.verdict is not None:
        return "steady", Told(theme, "")
    return "unknown", Told(theme, _unknown(change, is_two=is_two))


def _at_first_stage(change: Change, first: Standing, *, ahead: bool) -> str:
    if change.why_not in OF_TWO:
        return f"At its first stage; {gap_words(change.why_not)}."
    if change.before.position is not None:
        # Stages of two times are of the same statements, as the change is.
        first = change.before
    if change.after.position is not None and change.after.stage is not Stage.STARTING:
        way = "along" if ahead else "back"
        moved = f"Further {way} than before. " if change.stands_out else ""
        return f"{moved}All of the later answers together are at its first stage."
    still = first.position is not None and first.stage is Stage.STARTING
    if change.stands_out:
        way = "along" if ahead else "back"
        return f"Further {way} than before, and {'still ' if still else ''}at its first stage" + (
            "." if still else " now."
        )
    words = "Still at its first stage" if still else "At its first stage now"
    if change.delta is not None and change.verdict is None:
        return f"{words}; {_TOO_FEW}."
    if first.gap:
        return f"{words}; {gap_words(first.gap)} before."
    return f"{words}."


def _unknown(change: Change, *, is_two: bool) -> str:
    """'mixed picture now': why nothing can be told, and at which time."""
    if change.delta is not None:
        return _TOO_FEW
    if change.why_not in OF_TWO:
        return gap_words(change.why_not)
    first, second = change.before.gap, change.after.gap
    if first and first is second:
        return f"{gap_words(first)} both times"
    times = ("before", "now") if is_two else ("at first", "now")
    said = [
        f"{gap_words(gap)} {when}" for gap, when in zip((first, second), times, strict=True) if gap
    ]
    return ", ".join(said) or gap_words(change.why_not or Status.NOT_ENOUGH)


def _no_forward(improve: Sequence[Told], *, every: bool) -> str:
    if any(each.words.startswith("Further along") for each in improve):
        return "What has moved forward is still at its first stage: see the areas to improve."
    known = "has" if every else "is known to have"
    return f"No theme {known} moved forward by more than noise."


def _no_improve(rubric: Rubric, lost: Sequence[Change], *, every: bool) -> str:
    """Said only as far as it is known: a theme without a place may be at any stage."""
    if every and not lost:
        return "No theme has fallen back by more than noise, and none is at its first stage."
    known = "has fallen" if every else "is known to have fallen"
    if not lost:
        return f"No theme {known} back by more than noise, and none is at its first stage."
    names = [rubric.theme(change.theme_id).name for change in lost]
    named = f"{', '.join(names[:-1])} and {names[-1]} have" if len(names) > 1 else f"{names[0]} has"
    return (
        f"No theme {known} back by more than noise, or is known to be at its first stage:"
        f" {named} no place now."
    )
