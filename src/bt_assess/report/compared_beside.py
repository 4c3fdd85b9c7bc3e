"""Different people and teams beside each other, as plain data: where each stands, and no change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bt_assess.core.compared import Compared, Standing
from bt_assess.core.rubric import RubricTheme, Stage
from bt_assess.core.scoring import Status
from bt_assess.report.change_words import apart_words, title, whose
from bt_assess.report.compared_words import gap_words

MOST_NAMED = 6
"""Of so many it is said in words who stands where."""


@dataclass(frozen=True, kw_only=True)
class Abreast:
    """A theme of people and teams that stand beside each other; `apart` from the lowest to the
    highest place, in stages, None where fewer than two have one."""

    theme: RubricTheme
    places: tuple[tuple[Compared, Standing], ...]
    apart: float | None = None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that somebody stands at, each once."""
        found = {place.stage for _, place in self.places if place.position is not None}
        return tuple(stage for stage in Stage if stage in found)

    @property
    def lowest(self) -> float | None:
        return min((p.position for _, p in self.places if p.position is not None), default=None)

    @property
    def highest(self) -> float | None:
        return max((p.position for _, p in self.places if p.position is not None), default=None)

    @property
    def gaps(self) -> tuple[tuple[Compared, Standing], ...]:
        return tuple((item, place) for item, place in self.places if place.position is None)


@dataclass(frozen=True)
class Stands:
    """Who stands where in a theme: names with stages, or one stage without a name for all."""

    theme: RubricTheme
    sides: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """'Ada: starting; Bo: developing.'"""
        return f"{'; '.join(f'{name}: {said}' if name else said for name, said in self.sides)}."


@dataclass(frozen=True, kw_only=True)
class StagesWords:
    """Themes in which those beside each other are at one stage, at several, or not known to be at any.

    In those of `partly`, all are at one stage who have a place, and others have none.
    """

    alike: tuple[Stands, ...]
    partly: tuple[Stands, ...]
    differ: tuple[Stands, ...]
    unknown: tuple[Stands, ...]


def abreast(theme: RubricTheme, beside: Sequence[Compared]) -> Abreast:
    places = tuple((item, item.standing(theme.id)) for item in beside)
    found = Abreast(theme=theme, places=places)
    low, high = found.lowest, found.highest
    if low is None or high is None or len(found.gaps) > len(places) - 2:
        return found
    return replace(found, apart=high - low)


def short_names(items: Sequence[Compared]) -> tuple[str, ...]:
    """What those beside each other are called: as short as tells them all apart."""
    for names in (map(_name, items), map(whose, items), map(title, items)):
        if len(set(found := tuple(names))) == len(items):
            return found
    return tuple(f"{title(item)} ({number})" for number, item in enumerate(items, start=1))


def apart_or_why(found: Abreast) -> str:
    """'apart by 0.4', or why that cannot be told."""
    if found.apart is not None:
        return apart_words(found.apart)
    names = short_names([item for item, _ in found.places])
    gaps = [(name, place.gap) for name, (_, place) in zip(names, found.places, strict=True)]
    return ", ".join(f"{name}: {gap_words(gap)}" for name, gap in gaps if gap)


def stages_words(abreast: Sequence[Abreast]) -> StagesWords:
    """Where those beside each other stand, theme by theme, without a figure."""
    names = short_names([item for item, _ in abreast[0].places]) if abreast else ()
    alike, partly, differ, unknown = [], [], [], []
    for each in abreast:
        sides = tuple(
            (name, place.stage.value if place.position is not None and place.stage
             else gap_words(place.gap or Status.NOT_ENOUGH))
            for name, (_, place) in zip(names, each.places, strict=True)
        )  # fmt: skip
        few = len(names) <= MOST_NAMED
        stages = " and ".join(stage.value for stage in each.stages).capitalize()
        gaps = f"; without a place: {len(each.gaps)} of {len(names)}" if each.gaps else ""
        together = (("", f"{stages}{gaps}"),)
        if each.apart is None:
            unknown.append(Stands(each.theme, sides))
        elif len(each.stages) > 1:
            differ.append(Stands(each.theme, sides if few else together))
        elif each.gaps:
            partly.append(Stands(each.theme, _placed_first(each, sides) if few else together))
        else:
            alike.append(Stands(each.theme, together))
    return StagesWords(
        alike=tuple(alike), partly=tuple(partly), differ=tuple(differ), unknown=tuple(unknown)
    )


def _placed_first(found: Abreast, sides: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Who has a place, and after them who has none, and why."""
    has_place = [place.position is not None for _, place in found.places]
    placed = [side for side, is_so in zip(sides, has_place, strict=True) if is_so]
    others = [
        (name, f"no place ({why})")
        for (name, why), is_so in zip(sides, has_place, strict=True)
        if not is_so
    ]
    return (*placed, *others)


def _name(item: Compared) -> str:
    """A person, or a team whatever its round is called."""
    return (item.team if item.round else item.name) or whose(item)
