"""What stands out of a result, in words: the strengths, what to improve, what to talk through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bt_assess.core.disclosure import Shown
from bt_assess.core.evidence import evidence
from bt_assess.core.rubric import Rubric, RubricTheme, Stage, Statement
from bt_assess.core.scoring import Answers, Profile, Status, ThemeScore, mean_rating
from bt_assess.core.team_advice import talk_first

MOST = 3
"""Strengths at most, and as many areas to improve: what people can keep in mind."""
_TRUE = 2 / 3 - 1e-9


@dataclass(frozen=True)
class Standout:
    """A theme, what it says of you in a sentence, and the statements that say so."""

    theme: RubricTheme
    words: str
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Standouts:
    strengths: tuple[Standout, ...]
    improve: tuple[Standout, ...]
    talk: tuple[RubricTheme, ...]
    find_out: tuple[RubricTheme, ...]


def standouts(rubric: Rubric, profile: Profile, answers: Answers) -> Standouts:
    """One person's result in words, without any figure."""
    placed = [
        (rubric.theme(t.theme_id), t, t.position)
        for t in profile.themes
        if t.stage is not None and t.position is not None
    ]
    strong, weak = ends([(theme, score.stage, place) for theme, score, place in placed])
    scores = {theme.id: score for theme, score, _ in placed}

    def told(theme: RubricTheme, *, good: bool) -> Standout:
        return _told(theme, scores[theme.id], answers, good=good)

    def of(*statuses: Status) -> tuple[RubricTheme, ...]:
        return tuple(rubric.theme(t.theme_id) for t in profile.themes if t.status in statuses)

    return Standouts(
        strengths=tuple(told(theme, good=True) for theme in strong),
        improve=tuple(told(theme, good=False) for theme in weak),
        talk=of(Status.MIXED, Status.NOT_RECOGNISED),
        find_out=of(Status.NOT_ENOUGH),
    )


def ends(
    placed: Sequence[tuple[RubricTheme, Stage | None, float]],
) -> tuple[list[RubricTheme], list[RubricTheme]]:
    """The themes furthest along and those furthest back, no theme in both.

    What is at the first stage is no strength, and what is at the last needs no improving.
    """
    ranked = sorted(placed, key=lambda each: -round(each[2], 9))
    last = [theme for theme, stage, _ in ranked if stage is Stage.CONSOLIDATING]
    # Of what lies between, the upper half is a strength and the lower half is to improve.
    most = max(len(last), (len(ranked) + 1) // 2)
    strong = [theme for theme, stage, _ in ranked[:most] if stage not in (None, Stage.STARTING)]
    weak = [theme for theme, _, _ in reversed(ranked) if theme not in strong]
    return strong[:MOST], [theme for theme in weak if theme not in last][:MOST]


def strongest(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Of statements that are true, the two that speak best for a strength.

    What belongs to the last stage, or lasts: others tell of a good thing only half done.
    """
    whole = [s for s in statements if s.stage is Stage.CONSOLIDATING or s.lasting]
    return tuple(whole[:2])


def _told(theme: RubricTheme, score: ThemeScore, answers: Answers, *, good: bool) -> Standout:
    words = theme.summaries.of(score.stage or Stage.STARTING)
    found = evidence(theme, score, answers)
    if found is None:
        return Standout(theme, words)
    starting = score.stage is Stage.STARTING
    if good:
        return Standout(theme, words, strongest(found.higher + found.carried))
    # At the first stage, what carried it is what is amiss.
    return Standout(theme, words, (found.carried if starting else found.lower + found.missing)[:2])


def team_standouts(rubric: Rubric, shown: Shown) -> Standouts:
    """A team's result in words, from nothing but what may be shown."""
    talk, find_out, placed = [], [], []
    for theme in rubric.themes:
        found = shown.theme(theme.id)
        if talk_first(found):
            talk.append(theme)
        elif found.centre is None:
            find_out.append(theme)
        else:
            placed.append((theme, found.stage, found.centre))
    strong, weak = ends(placed)
    stages = {theme.id: stage or Stage.STARTING for theme, stage, _ in placed}

    def told(theme: RubricTheme, *, good: bool) -> Standout:
        here = stages[theme.id]
        rated = [
            (rating, statement)
            for statement in theme.walk()
            if (rating := mean_rating(shown.statement(statement.id).counts or {})) is not None
            and not shown.statement(statement.id).disputed
        ]
        rated.sort(key=lambda pair: -round(pair[0], 9))
        true = [s for rating, s in rated if rating >= _TRUE]
        words = theme.summaries.of(here)
        if good:
            later = tuple(s for s in true if s.stage.number >= here.number)
            return Standout(theme, words, strongest(later))
        # At the first stage, what is true of it is what is amiss; later, what is left of earlier ones.
        amiss = here.number if here is Stage.STARTING else here.number - 1
        held = [s for s in true if s.stage.number <= amiss and not s.lasting]
        return Standout(theme, words, tuple(held[:2]))

    return Standouts(
        strengths=tuple(told(theme, good=True) for theme in strong),
        improve=tuple(told(theme, good=False) for theme in weak),
        talk=tuple(talk),
        find_out=tuple(find_out),
    )
