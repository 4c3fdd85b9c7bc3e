"""Scores, people and days in words: the same on screen and in text."""

from datetime import datetime

from bt_assess.core.comparison import ThemeChange, Verdict
from bt_assess.core.rubric import RubricTheme, Stage
from bt_assess.core.scoring import CUTS, Confidence, Pattern, Status, ThemeScore
from bt_assess.core.session import Session


def day(moment: datetime) -> str:
    """'21 Nov 2026', in local time."""
    local = moment.astimezone()
    return f"{local.day} {local:%b %Y}"


def who(session: Session) -> str:
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
            return (
                f"Only {score.rated} of {score.applicable} statements have a rating, too few to say."
                " The first step is to find out: who would know?"
            )
        case Status.NOT_RECOGNISED:
            return (
                "None of the three stages describes you, so there is no place to give."
                " Talk about what is different here; that may say more than a score."
            )
        case Status.MIXED if score.pattern is Pattern.SPLIT:
            return (
                "Statements of the first and of the last stage are both true, and the middle is not."
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
                f"{summary} With ratings for {score.rated} of {score.applicable} statements,"
                " take this as a first impression."
            )
        case _:
            return summary


def change_sentence(change: ThemeChange) -> str:
    """What came of a theme between two times."""
    if change.delta is None or change.verdict is None:
        return "cannot be compared: one of the two has no position"
    figure = f"{change.delta:+.1f}".replace("-", "−")
    if change.verdict is Verdict.WITHIN_NOISE:
        return f"{figure}  within noise"
    return f"{figure}  {change.verdict.value}"


def _between(score: ThemeScore) -> tuple[str, str]:
    """The two stages on either side of the cut that is nearest to a position."""
    position = score.position or 0.0
    cut = min(CUTS, key=lambda value: abs(value - position))
    stages = list(Stage)
    lower = CUTS.index(cut)
    return stages[lower].value, stages[lower + 1].value
