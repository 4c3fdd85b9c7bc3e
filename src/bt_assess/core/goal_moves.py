"""What becomes of a project's goal and weeks on the way: no figure, no day is moved in silence."""

from datetime import date
from itertools import pairwise

from bt_assess.core.project_parts import Moved, Reading, Refocus, Wanted


def is_renamed(was: Wanted, now: Wanted) -> bool:
    """Whether the measure or its unit, once it was there, is in other words."""
    words = ((was.measure, now.measure), (was.unit, now.unit))
    return any(old and old != new for old, new in words)


def is_moved(was: Wanted, now: Wanted) -> bool:
    """Whether a goal that was complete has become another one; what was open is only filled in."""
    if was.from_ is None or was.to is None:
        return False
    if is_renamed(was, now) or (was.from_, was.to) != (now.from_, now.to):
        return True
    return was.by is not None and was.by != now.by


def is_other_measure(change: Refocus, now: Wanted) -> bool:
    """Whether what was read before a change of the goal says nothing of the goal that followed.

    Only where a person says so: by another measure in answer to an obstacle, where the form tells
    what comes of it. Other words, figures or units elsewhere never take a reading away.
    """
    was = change.before.measure
    return change.obstacle is not None and bool(was) and was != now.measure


def is_read_before(change: Refocus, reading: Reading) -> bool:
    """Whether a reading of the day of a change was there before it."""
    return reading.on == change.on and change.read == reading.value


def unread(notes: tuple[Refocus, ...], on: date) -> tuple[Refocus, ...]:
    """The changes, once the reading of a day is taken away.

    What is read on that day from then on, were it the same figure, is of the goal as it is by then.
    """
    return tuple(
        note.model_copy(update={"read": None}) if note.on == on else note for note in notes
    )


def told(
    notes: tuple[Refocus, ...], was: Wanted, now: Wanted, on: date, *, is_new: bool
) -> tuple[Refocus, ...]:
    """The changes of the goal, with that from `was` to `now` as one of the day `on`.

    All of one day is one change, which is none when it ends where it began; what was changed because
    of an obstacle stands apart, as it can be taken back. `is_new` is whether it is to be told of at
    all.
    """
    if notes and notes[-1].on == on and notes[-1].obstacle is None:
        return _ended(notes, now)
    if is_new and is_moved(was, now):
        return (*notes, Refocus(on=on, before=was))
    return _filled_in(notes, was, now)


def told_in_answer(
    notes: tuple[Refocus, ...],
    was: Wanted,
    now: Wanted,
    on: date,
    obstacle_id: str,
    read: float | None = None,
) -> tuple[Refocus, ...]:
    """The changes, when the goal that an answer to an obstacle asks for is typed further.

    `read` is the day's reading so far: it is of the measure before, when that is given up only now.
    """
    if not notes or (notes[-1].on, notes[-1].obstacle) != (on, obstacle_id):
        return notes
    last = notes[-1]
    if is_other_measure(last, now) and not is_other_measure(last, was):
        notes = (*notes[:-1], last.model_copy(update={"read": read}))
    return _ended(notes, now)


def told_of_weeks(
    notes: tuple[Moved, ...], was: tuple[date | None, int], now: tuple[date | None, int], on: date
) -> tuple[Moved, ...]:
    """The moves of the weeks (their first day, and how many), with that from `was` to `now`.

    All of one day is one move, which is none when it ends where it began.
    """
    if notes and notes[-1].on == on:
        return notes[:-1] if (notes[-1].starts, notes[-1].weeks) == now else notes
    starts, weeks = was
    if starts is None or was == now:
        return notes
    return (*notes, Moved(on=on, starts=starts, weeks=weeks))


def _ended(notes: tuple[Refocus, ...], now: Wanted) -> tuple[Refocus, ...]:
    """Without the last change, where it ends where it began."""
    return notes[:-1] if notes[-1].before == now else notes


def _filled_in(notes: tuple[Refocus, ...], was: Wanted, now: Wanted) -> tuple[Refocus, ...]:
    """With what was open, and is filled in now, in the goals before the last answers too.

    It is no part of those answers, and stays when they are taken back.
    """
    filled = {key: value for key, value in now if value != dict(was)[key] in (None, "")}
    new = list(notes)
    for place in range(len(notes) - 1, -1, -1):
        before = notes[place].before
        if not filled or notes[place].obstacle is None:
            break
        here = {key: value for key, value in filled.items() if dict(before)[key] in (None, "")}
        new[place] = Refocus.model_validate(
            {**dict(notes[place]), "before": before.changed(**here)}
        )
    return tuple(new)


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
        rest = [*notes[:place], *notes[place + 1 :]]
        beside = [(note.on, note.obstacle) for note in rest[max(place - 1, 0) : place + 1]]
        if len(beside) == 2 and beside[0] == beside[1] and beside[0][1] is None:
            # What it stood between is of one day, so one change.
            del goals[place], rest[place]
        notes = tuple(
            Refocus.model_validate({**dict(note), "before": before})
            for note, (before, after) in zip(rest, pairwise(goals), strict=True)
            if before != after
        )
        wanted = goals[-1]
    return notes, wanted
