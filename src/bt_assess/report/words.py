"""Scores, people and days in words: the same on screen and in text."""

from datetime import date, datetime
from typing import Protocol

from bt_assess.core.comparison import ThemeChange, Verdict
from bt_assess.core.rubric import RubricTheme, Stage
from bt_assess.core.scoring import CUTS, Confidence, Pattern, Status, ThemeScore


def day(moment: datetime) -> str:
    """'21 Nov 2026', in local time."""
    try:
        local = moment.astimezone()
    except (OverflowError, OSError):
        # The first and the last day of the calendar have no local time everywhere.
        local = moment
    return date_words(local.date())


def date_words(date_: date) -> str:
    """'21 Nov 2026'."""
    return f"{date_.day} {date_:%b %Y}"


class Named(Protocol):
    """Whatever bears a person's name and their team's."""

    @property
    def respondent(self) -> str: ...
    @property
    def team(self) -> str: ...


def who(session: Named) -> str:
    """'Area manager · Housing'; a name left empty is said to be."""
    return (
        " · ".join(part for part in (session.respondent, session.team) if part) or "No name given"
    )


def status_words(score: ThemeScore) -> str:
    """A score's stage or what stands in its place; '?' where it lies open between two stages."""
    match score.status:
        case Status.PLACED if score.stage:
            open_or_thin = score.confidence is not Confidence.FIRM
            return f"{score.stage.value} ?" if open_or_thin else score.stage.value
        case Status.MIXED:
            return "mixed picture"
        case Status.NOT_RECOGNISED:
            return "not recognised"
        case _:
            return "not enough answers"


def status_sentence(score: ThemeScore, theme: RubricTheme) -> str:
    """What a score means and what to make of it, in a sentence or two."""
    match score.status:
        case Status.NOT_ENOUGH:
            return _too_few(score)
        case Status.NOT_RECOGNISED:
            return (
                "None of the three stages describes you, so there is no place to give."
                " Talk about what is different here; that may say more than a score."
            )
        case Status.MIXED if score.pattern is Pattern.SPLIT:
            return (
                "Statements of the first and of the last stage are both true, and the middle less so."
                " That is worth talking through: perhaps it differs from place to place."
            )
        case Status.MIXED:
            return (
                "All three stages sound about equally true, so there is no one place."
                " Talk it through: which examples did you have in mind?"
            )
    summary = theme.summaries.of(score.stage or Stage.STARTING)
    match score.confidence:
        case Confidence.TENTATIVE:
            first, second = _between(score)
            return f"{summary} The answers leave it open between {first} and {second}."
        case Confidence.PROVISIONAL:
            return (
                f"{summary} Few answers stand behind this"
                f" ({score.rated} of {score.applicable} rated), so take it as a first impression."
            )
        case _:
            return summary


def change_sentence(change: ThemeChange) -> str:
    """What came of a theme between two times."""
    if change.delta is None or change.verdict is None:
        return "cannot be compared: one of the two has no position"
    if change.is_mixed:
        both = change.before.status is change.after.status
        when = "both times" if both else "now" if change.after.status is Status.MIXED else "before"
        return f"mixed {when}"
    # A change that rounds to nothing goes neither up nor down.
    figure = f"{round(change.delta, 1) or 0.0:+.1f}".replace("-", "−").replace("+0.0", "0.0")
    if change.verdict is Verdict.WITHIN_NOISE:
        return f"{figure}  within noise"
    return f"{figure}  {change.verdict.value}"


def _too_few(score: ThemeScore) -> str:
    if score.applicable == 0:
        return "Nothing in this theme applies to you, so there is nothing to place."
    of_all = f"{score.rated} of {score.applicable} statements rated"
    if score.coverage < 0.5:
        return f"{of_all} so far: too few to say. The first step is to find out: who would know?"
    return (
        f"{of_all}, but too few of at least one stage to say."
        " The first step is to find out: who would know?"
    )


def _between(score: ThemeScore) -> tuple[str, str]:
    """The outermost two of the stages that an interval reaches into."""
    position, low, high = score.position or 0.0, score.low or 0.0, score.high or 0.0
    nearest = min(CUTS, key=lambda cut: abs(cut - position))
    reached = [cut for cut in CUTS if low <= cut < high or cut == nearest]
    stages = list(Stage)
    return stages[CUTS.index(reached[0])].value, stages[CUTS.index(reached[-1]) + 1].value
