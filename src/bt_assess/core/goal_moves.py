"""What becomes of a project's goal and weeks on the way: no figure, no day is moved in silence."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from bt_assess.core.fields import Refused
from bt_assess.core.project_parts import MOST_REFOCUSED, Moved, Reading, Refocus, Wanted

TAKEN_BACK = "The answer was taken back."


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


def unread(notes: tuple[Refocus, ...], on: date, value: float | None = None) -> tuple[Refocus, ...]:
    """The changes, once the reading of a day is another one (`value`), or is taken away.

    What is read on that day from then on, were it the same figure, is of the goal as it is by then.
    """
    return tuple(
        note.model_copy(update={"read": None}) if note.on == on and note.read != value else note
        for note in notes
    )


def goals_of(notes: Iterable[Refocus], wanted: Wanted) -> list[Wanted]:
    """The goals one after another, the one as it is at the end."""
    return [*(note.before for note in notes), wanted]


def measures_of(notes: Sequence[Refocus], wanted: Wanted) -> list[int]:
    """Which measure each of the goals is of, by number: what was read counts for its own alone.

    An answer that is taken back leads to the measure that it gave up, whose readings count again.
    """
    goals, found = goals_of(notes, wanted), [0]
    for place, (note, now) in enumerate(zip(notes, goals[1:], strict=True)):
        if note.back:
            given_up = [
                each
                for each in _standing(notes[:place], note.obstacle)
                if is_other_measure(notes[each], goals[each + 1])
                and goals[each].measure == now.measure
            ]
            found.append(found[given_up[-1]] if given_up else found[-1])
        else:
            found.append(max(found) + 1 if is_other_measure(note, now) else found[-1])
    return found


def place_on(notes: Sequence[Refocus], day: date) -> int:
    """Which goal held on a day; one that was changed on that day is the new one."""
    return next((place for place, note in enumerate(notes) if note.on > day), len(notes))


def place_of(notes: Sequence[Refocus], measures: Sequence[int], reading: Reading) -> int:
    """Which goal a reading is of: not a measure that was named on its day, when it was there before."""
    found = place_on(notes, reading.on)
    for place in range(found - 1, -1, -1):
        if measures[place] != measures[place + 1]:
            if not is_read_before(notes[place], reading):
                break
            found = place
    return found


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

    All of one day is one move, which is none when it ends where it began; where the clock has gone
    back, it is of the last one's day.
    """
    if notes and notes[-1].on >= on:
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
        if not filled or notes[place].obstacle is None or notes[place].back:
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
    while standing := _standing(notes, obstacle_id):
        place = standing[0]
        goals = goals_of(notes, wanted)
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


def answer_taken_back(
    notes: tuple[Refocus, ...],
    wanted: Wanted,
    obstacle_id: str,
    readings: Sequence[Reading],
    on: date,
) -> tuple[tuple[Refocus, ...], Wanted]:
    """The changes and the goal, once the answer to an obstacle is taken back on a day.

    Where nothing was read of a measure that it named, it is as if it had never been. Else the way
    there stays, and the way back is told after it: what was read in between is of that measure.
    Raises Refused when there are too many changes.
    """
    standing = _standing(notes, obstacle_id)
    if not standing:
        return notes, wanted
    goal = taken_back(*_straightened(notes, wanted), obstacle_id)[1]
    goals, measures = goals_of(notes, wanted), measures_of(notes, wanted)
    named = {measures[k + 1] for k in standing if is_other_measure(notes[k], goals[k + 1])}
    if not any(measures[place_of(notes, measures, each)] in named for each in readings):
        rest, after = taken_back(notes, wanted, obstacle_id)
        if after == goal:
            return rest, goal
    if goal == wanted:
        return notes, wanted
    if len(notes) >= MOST_REFOCUSED:
        raise Refused(f"a goal is changed at most {MOST_REFOCUSED} times")
    on = max(on, notes[-1].on)
    read = next((each.value for each in readings if each.on == on), None)
    back = Refocus(on=on, before=wanted, why=TAKEN_BACK, obstacle=obstacle_id, read=read, back=True)
    return (*notes, back), goal


def _standing(notes: Sequence[Refocus], obstacle_id: str | None) -> list[int]:
    """The places of what was changed because of an obstacle and was not taken back since."""
    found: list[int] = []
    for place, note in enumerate(notes):
        if note.obstacle == obstacle_id:
            found = [] if note.back else [*found, place]
    return found


def _straightened(notes: tuple[Refocus, ...], wanted: Wanted) -> tuple[tuple[Refocus, ...], Wanted]:
    """The changes without the ways there and back again, so that none of them hides another."""
    while place := next((place for place, note in enumerate(notes) if note.back), 0):
        way = notes[place]
        before, _ = taken_back(notes[:place], way.before, way.obstacle or "")
        notes = (*before, *notes[place + 1 :])
    return notes, wanted
