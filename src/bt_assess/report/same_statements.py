"""What to know where a theme's times do not rest on the same statements: its places and its change differ."""

from collections.abc import Iterable, Sequence

from bt_assess.core.asked import not_asked
from bt_assess.core.compared import Change, Compared, Trend
from bt_assess.core.rubric import Rubric, RubricTheme, is_newer

BY_ROUNDING = 0.1
"""So far from a change the places beside it may be, in stages, though they rest on the same."""


def same_statements_words(rubric: Rubric, trends: Iterable[Trend]) -> str:
    """Why the places over time may tell something else than the change beside them.

    A place rests on all that was asked then, and a change on what both of its times were asked: new
    statements alone would look like a change. Empty where all times rest on the same.
    """
    return " ".join(
        f"{', '.join(theme.name for theme in themes)}: the statements {word} were not the same each"
        f" time. A place over time counts what was {word} then; a change counts only what was {word}"
        " both times."
        for word, themes in _found(rubric, trends)
    )


def same_statements_in_short(rubric: Rubric, trends: Sequence[Trend]) -> str:
    """The same in a line or two, to stand below pictures."""
    return " ".join(
        f"{'All themes' if len(themes) == len(trends) else ', '.join(t.short for t in themes)}: places"
        f" count all {word} then, changes what was {word} both times."
        for word, themes in _found(rubric, trends)
    )


def asked_apart_words(rubric: Rubric, items: Sequence[Compared]) -> str:
    """That places side by side rest on other statements, and in which themes; else empty.

    Only those who have a place in a theme count: of the others no difference is told.
    """
    return asked_apart_in(rubric.themes, items)


def asked_apart_in(themes: Sequence[RubricTheme], items: Sequence[Compared]) -> str:
    """The same of these themes."""
    apart = [
        theme
        for theme in themes
        if _asked_differently(
            theme, [item for item in items if item.standing(theme.id).position is not None]
        )
    ]
    if not apart:
        return ""
    every = len(apart) == len(themes) > 1
    names = "All themes" if every else ", ".join(theme.name for theme in apart)
    return (
        f"{names}: not all here were asked the same statements, so a part of how they differ may lie"
        " in that."
    )


def _found(rubric: Rubric, trends: Iterable[Trend]) -> list[tuple[str, list[RubricTheme]]]:
    """The themes whose times were asked other statements, and those in which others were rated."""
    asked, rated = [], []
    for trend in trends:
        theme = rubric.theme(trend.theme_id)
        if _asked_differently(theme, [item for item, _ in trend.points]):
            asked.append(theme)
        elif _differs(trend):
            rated.append(theme)
    return [(word, themes) for word, themes in (("asked", asked), ("rated", rated)) if themes]


def _asked_differently(theme: RubricTheme, times: Iterable[Compared]) -> bool:
    return len({frozenset(_not_asked(theme, item)) for item in times}) > 1


def _not_asked(theme: RubricTheme, item: Compared) -> set[str]:
    if item.session:
        return not_asked(theme.statements, item.session)
    return {s.id for s in theme.statements if s.since and is_newer(s.since, item.rubric.version)}


def _differs(trend: Trend) -> bool:
    """Whether a change beside the places of its two times cannot be told by rounding alone."""
    for change, (first, last) in _changes(trend):
        one, other = (each.standing(trend.theme_id).position for each in (first, last))
        if one is None or other is None or change.delta is None:
            continue
        shown = round(other, 1) - round(one, 1)
        if round(abs(shown - round(change.delta, 1)), 1) > BY_ROUNDING:
            return True
    return False


def _changes(trend: Trend) -> Iterable[tuple[Change, tuple[Compared, Compared]]]:
    for change, ends in ((trend.whole, trend.ends), (trend.latest, trend.steps)):
        # People who are compared with themselves may stand elsewhere than their whole team.
        if change and ends and change.delta is not None and change.matched is None:
            yield change, ends
