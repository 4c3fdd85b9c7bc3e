"""A theme's score as one line: name, track, words."""

from collections.abc import Iterable

from textual.content import Content

from bt_assess.core.rubric import RubricTheme, Stage
from bt_assess.core.scoring import Status, ThemeScore
from bt_assess.report.words import status_words
from bt_assess.store.catalogue_queries import ThemePlace
from bt_assess.tui.widgets.track import STAGE_MARKS, track, worded_track

NAME = 17
"""Width of the column of names, in cells."""
WORDS = 24
"""Width of the figure and the stage behind a track, in cells."""

_INSTEAD = {
    Status.MIXED: "mixed picture: talk it through",
    Status.NOT_RECOGNISED: "nothing here describes us yet",
    Status.NOT_ENOUGH: "not enough answers yet",
}


def stage_style(score: ThemeScore) -> str:
    """The colour of a score's stage."""
    return f"${score.stage.value}" if score.stage else "$quiet"


def theme_line(theme: RubricTheme, score: ThemeScore, width: int, *, words: bool = True) -> Content:
    """One theme on one scale; `words` adds the figure and the stage behind it."""
    room = max(12, width - NAME - (WORDS if words else 0))
    name = (theme.short.ljust(NAME), "bold")
    style = stage_style(score)
    if score.stage is None or score.position is None or score.low is None or score.high is None:
        picture = worded_track(room, _INSTEAD[score.status], "$quiet")
        return Content.assemble(
            name, picture, (f"   –   {_mark(score)} {_short(score)}" if words else "", "$quiet")
        )
    picture = track(room, score.position, score.low, score.high, style)
    figure = f"  {score.position:.1f}  " if words else ""
    stage = f"{_mark(score)} {status_words(score)}" if words else ""
    return Content.assemble(name, picture, figure, (stage, style))


def _mark(score: ThemeScore) -> str:
    if score.stage is not None:
        return STAGE_MARKS[score.stage]
    return "~" if score.status is Status.MIXED else "·"


def _short(score: ThemeScore) -> str:
    return {
        Status.MIXED: "mixed",
        Status.NOT_RECOGNISED: "not recognised",
        Status.NOT_ENOUGH: "find out first",
    }[score.status]


def place_marks(places: Iterable[ThemePlace]) -> Content:
    """A result as a row of small columns, a theme each: the higher, the further on."""
    marks = []
    for place in places:
        if place.stage is not None:
            stage = Stage(place.stage)
            marks.append((f"{STAGE_MARKS[stage]} ", f"${stage.value}"))
        else:
            marks.append(("~ " if place.status == Status.MIXED else "· ", "$quiet"))
    return Content.assemble(*marks)
