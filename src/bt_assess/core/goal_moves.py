"""What becomes of a project's goal on the way: no figure and no day of it is moved in silence."""

from datetime import date
from itertools import pairwise

from bt_assess.core.project_parts import Refocus, Wanted


def is_moved(was: Wanted, now: Wanted) -> bool:
    """Whether a goal that was complete has become another one; what was open is only filled in."""
    if was.from_ is None or was.to is None:
        return False
    is_renamed = any(
        old and old != new for old, new in ((was.measure, now.measure), (was.unit, now.unit))
    )
    return is_renamed or (was.from_, was.to, was.by) != (now.from_, now.to, now.by)


def is_other_measure(change: Refocus, now: Wanted) -> bool:
    """Whether what was read before a change of the goal says nothing of the goal that followed.

    Who corrects the words of a measure and leaves its figures still reads the same thing. In an
    answer to an obstacle, another measure is meant as one.
    """
    was = change.before
    if (was.measure, was.unit) == (now.measure, now.unit):
        return False
    return change.obstacle is not None or (was.from_, was.to) != (now.from_, now.to)


def told(
    notes: tuple[Refocus, ...], was: Wanted, now: Wanted, on: date, *, is_new: bool
) -> tuple[Refocus, ...]:
    """The changes of the goal, with that from `was` to `now` as one of the day `on`.

    All of one day is one change, which is none when it ends where it began. `is_new` is whether it
    is to be told of at all.
    """
    last = notes[-1] if notes and notes[-1].on == on else None
    if last is not None:
        return notes[:-1] if last.before == now else notes
    if is_new and is_moved(was, now):
        return (*notes, Refocus(on=on, before=was))
    return notes


def taken_back(
    notes: tuple[Refocus, ...], wanted: Wanted, obstacle_id: str
) -> tuple[tuple[Refocus, ...], Wanted]:
    """The changes and the goal, without what was changed because of an obstacle.

    What was changed once more since stays as it is.
    """
    while obstacle_id in (because := [note.obstacle for note in notes]):
        place = because.index(obstacle_id)
        goals = [*(note.before for note in notes), wanted]
        old, new = dict(goals[place]), dict(goals[place + 1])
        undone = {key: old[key] for key in old if old[key] != new[key]}
        for later in range(place + 1, len(goals)):
            here = dict(goals[later])
            undone = {key: value for key, value in undone.items() if here[key] == new[key]}
            goals[later] = goals[later].changed(**undone)
        del goals[place]
        rest = (*notes[:place], *notes[place + 1 :])
        notes = tuple(
            Refocus.model_validate({**dict(note), "before": before})
            for note, (before, after) in zip(rest, pairwise(goals), strict=True)
            if before != after
        )
        wanted = goals[-1]
    return notes, wanted
