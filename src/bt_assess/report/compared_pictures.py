"""The pictures of a comparison's story, in any width; `name` tells them apart on a page."""

from collections.abc import Mapping

from bt_assess.core.rubric import Rubric
from bt_assess.report.change_words import apart_words
from bt_assess.report.compared_beside import apart_or_why, short_names
from bt_assess.report.compared_story import CourseStory, Story
from bt_assess.report.compared_words import change_words, gap_words, placed_words
from bt_assess.report.picture_rows import Row
from bt_assess.report.pictures import BARS, dot_plot, has_bars
from bt_assess.report.pictures_beside import height_of_many, many_beside, two_beside
from bt_assess.report.pictures_of_change import Course, Moment, before_and_after, trend

MOST_ROWS = 8
"""So many stand beside each other with a row each; of more, each is a dot."""
PAGE = 960
"""How high a picture may be on a page of paper, where it is 660 wide."""


def are_dots(told: Story, *, on_paper: bool) -> bool:
    """Whether those beside each other are dots on one track for all, as rows would need too much room."""
    count = len(told.beside)
    if count == 2:
        return False
    too_high = on_paper and height_of_many(len(told.abreast), count) > PAGE
    return count > MOST_ROWS or too_high


def change_picture(rubric: Rubric, told: CourseStory, *, name: str, width: float) -> str:
    """Before and after, theme by theme."""
    rows = [
        Row(
            name=rubric.theme(change.theme_id).short, words=change_words(change),
            stage=change.after.stage,
            before=change.before.position if change.delta is not None else None,
            position=change.after.position if change.delta is not None else None,
        )
        for change in told.changes
    ]  # fmt: skip
    return before_and_after(rows, name=name, title="Before and after, theme by theme", width=width)


def trend_picture(
    rubric: Rubric, told: CourseStory, targets: Mapping[str, float], *, name: str, width: float
) -> str:
    """Each theme over time."""
    courses = [
        Course(
            rubric.theme(each.theme_id).short,
            [
                Moment(when=item.when, words=placed_words(place), position=place.position,
                       low=place.low, high=place.high)
                for item, place in each.points
            ],
            targets.get(each.theme_id),
        )
        for each in told.trends
    ]  # fmt: skip
    return trend(courses, name=name, title="Each theme over time", width=width)


def beside_picture(told: Story, *, name: str, width: float, on_paper: bool = False) -> str:
    """Where those beside each other stand now."""
    title = "Side by side, theme by theme"
    if len(told.beside) == 2:
        return two_beside(_of_two(told), name=name, title=title, width=width)
    if are_dots(told, on_paper=on_paper):
        return dot_plot(_dots(told), name=name, title=title, width=width)
    names = short_names(told.beside)
    themes = [
        (
            each.theme.name,
            [
                Row(
                    name=name_,
                    words=place.stage.value if place.stage and place.position is not None
                    else gap_words(place.gap) if place.gap else "",
                    stage=place.stage, position=place.position, low=place.low, high=place.high,
                )
                for name_, (_, place) in zip(names, each.places, strict=True)
            ],
        )
        for each in told.abreast
    ]  # fmt: skip
    return many_beside(themes, name=name, title=title, width=width)


def dots_words(told: Story, *widths: float) -> str:
    """What the dots of many beside each other are, and bars at these widths."""
    bars = f"{BARS}. The" if has_bars(_dots(told), *widths) else "; the"
    return f"Each dot is one of {len(told.beside)}{bars} table says whose."


def _of_two(told: Story) -> list[Row]:
    rows = []
    for each in told.abreast:
        (_, one), (_, other) = each.places
        placed = each.apart is not None
        rows.append(
            Row(
                name=each.theme.short, words=apart_or_why(each),
                before=one.position if placed else None,
                position=other.position if placed else None,
            )
        )  # fmt: skip
    return rows


def _dots(told: Story) -> list[Row]:
    rows = []
    for each in told.abreast:
        found = [place.position for _, place in each.places if place.position is not None]
        rows.append(
            Row(
                name=each.theme.short,
                words=apart_words(each.apart) if found else "nobody has a place",
                positions=found,
            )
        )
    return rows
