"""A team's figures in words: the same on screen, in text and in exports."""

from bt_assess.core.disclosure import Shown, ShownTheme, Why
from bt_assess.core.scoring import Confidence
from bt_assess.core.session import Answer
from bt_assess.core.standing import Standing, who_said
from bt_assess.core.team import Closeness
from bt_assess.report.summary import plural
from bt_assess.report.words import status_words

_WHY = {
    Why.NOT_OPEN: "nothing shows before the round is opened",
    Why.TOO_FEW: "too few people for a figure",
    Why.TOO_FEW_FOR_PLACES: "too few people to show single places",
    Why.A_REST: "it would give away what a few people answered",
    Why.NOBODY: "nobody's answers to show",
}
_CLOSENESS = {
    Closeness.CLOSE: "we see it much alike",
    Closeness.SOME_SPREAD: "we see it somewhat differently",
    Closeness.APART: "we are far apart",
}


def why_words(why: Why) -> str:
    """Why something is not shown."""
    return _WHY[why]


def divided_words(theme: ShownTheme) -> str:
    """How much a team agrees on a theme, in a word or two."""
    if theme.two_camps:
        return "two camps"
    return theme.agreement.value if theme.agreement else "–"


def team_sentence(theme: ShownTheme) -> str:
    """What came of a theme: where the team's middle is, and how near to one another people stand."""
    if theme.centre is None or theme.agreement is None:
        return f"Not shown: {why_words(theme.withheld or Why.NOBODY)}."
    if theme.two_camps:
        return "Two camps: people see this at both ends, so the team has no stage. Ask both for what they see."
    if theme.n == 1:
        return "One person has a place here, so this is how that one person sees it."
    stage = theme.stage.value if theme.stage else "no stage"
    opens = " (it lies open between two stages)" if theme.confidence is Confidence.TENTATIVE else ""
    return f"The middle of the team is {stage}{opens}; {_CLOSENESS[theme.agreement]}."


def without_place(theme: ShownTheme) -> str:
    """How many people have no place in a theme, and why; empty where everybody has one."""
    parts = [
        f"{count} {words}"
        for count, words in (
            (theme.mixed, "mixed"),
            (theme.not_recognised, "not recognised"),
            (theme.not_enough, "without enough answers"),
        )
        if count
    ]
    return f"Beside these: {', '.join(parts)}." if parts else ""


def late_words(late: int) -> str:
    """That some came too late to be counted yet."""
    if not late:
        return ""
    return f"{plural(late, 'person')} came late: counted once five have, so that nobody stands out."


def standing_words(standing: Standing) -> str:
    """Where somebody stands: '1.8, developing', or why they have no place."""
    stage = status_words(standing.score)
    return stage if standing.position is None else f"{standing.position:.1f}, {stage}"


def who_said_words(statement_id: str, shown: Shown) -> list[tuple[Answer, str]]:
    """Who gave which answer in a round with names: each answer and its people, nobody left out."""
    return [(answer, ", ".join(names)) for answer, names in who_said(statement_id, shown).items()]
