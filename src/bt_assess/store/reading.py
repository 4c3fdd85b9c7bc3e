"""Reading session files for the catalogue: one file to one row, here or in processes of its own.

Run as a program, it reads for another process (store/readers.py): chunks of work come in as lines
of JSON, chunks of rows go out. It ends at once when its input does, so that it never outlives
whoever started it.
"""

import json
import marshal
import os
import stat
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import compress
from operator import itemgetter
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeAlias

from bt_assess.store.canonical import LARGEST, WORDS, Plain, read_canonical
from bt_assess.store.quick_scores import Scorer

Row: TypeAlias = list[Any]
"""What the catalogue keeps of a file, as JSON can hold it; `ROW` names the fields.

A session is of the day it was finished here, in local time; until then of the day it was started.
`moment` is that time, which lists go by, `quarter` is that day's, of what is finished, and the day
is among the `words`, as 2026-03-02 and as 2 Mar 2026.
"""
Sums: TypeAlias = list[tuple[Any, ...]]
"""What rows add to a trend, by rubric, quarter, team and theme: see `added_up`."""
READY = "ready\n"
LENGTH = 4
"""Bytes that say how long an answer is."""
ROW = (
    "id", "respondent", "team", "tags", "started", "finished", "moment", "quarter", "rubric_id",
    "rubric_version", "answered", "fault", "is_changed", "words", "places",
)  # fmt: skip
FINISHED, RUBRIC, FAULT, PLACES = map(ROW.index, ("finished", "rubric_id", "fault", "places"))
_COUNTED = itemgetter(*map(ROW.index, ("rubric_id", "team", "quarter", "places")))
_STATUSES = ("mixed", "not_recognised", "not_enough")

_as_json = json.JSONEncoder(separators=(",", ":")).encode
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)


def row_of(path: str, scorer: Scorer) -> Row:
    """The row of a file, whatever it is: what is wrong with it is part of the row."""
    return quick_row(path, scorer) or _slow_row(path, scorer)


def quick_row(path: str, scorer: Scorer) -> Row | None:
    """The row of a file as the program writes them; None for any other, which takes longer."""
    data = _ordinary(path)
    plain = read_canonical(data) if data is not None else None
    return _row(plain, scorer) if plain else None


def _ordinary(path: str) -> bytes | None:
    """The bytes of an ordinary, small file; None for anything else, which takes a closer look."""
    if not hasattr(os, "O_NOFOLLOW") and Path(path).is_symlink():
        return None
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError):
        return None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            return None
        data = os.read(descriptor, found.st_size + 1)
        return data if len(data) == found.st_size else None
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _slow_row(path: str, scorer: Scorer) -> Row:
    from bt_assess.store.files import UnreadableFile
    from bt_assess.store.session_file import ChangedFile, read_session

    try:
        session = read_session(Path(path)).session
    except UnreadableFile as fault:
        return fault_row(fault.why, is_changed=isinstance(fault, ChangedFile))
    plain = Plain(
        session.id, session.respondent, session.team, tuple(getattr(session, "tags", ())),
        session.started, session.finished, session.rubric.id, session.rubric.version,
        tuple(session.answers), "".join(WORDS[answer.value] for answer in session.answers.values()),
    )  # fmt: skip
    return _row(plain, scorer, session.asked)


def fault_row(why: str, *, is_changed: bool) -> Row:
    """The row of a file that cannot be used."""
    return [
        None, "", "", "[]", None, None, None, None, None, None, 0, why, int(is_changed), "", []
    ]  # fmt: skip


def _row(plain: Plain, scorer: Scorer, asked: str | None = None) -> Row:
    is_ours = plain.rubric_id == scorer.rubric_id
    finished = plain.finished
    moment = finished or plain.started
    day = local(moment)
    # What is searched in: as people type it, without capitals.
    found_by = "\n".join(
        (plain.respondent, plain.team, *plain.tags, day.isoformat()[:10],
         f"{day.day} {day:%b %Y}", plain.id)
    )  # fmt: skip
    return [
        plain.id,
        plain.respondent,
        plain.team,
        json.dumps(plain.tags) if plain.tags else "[]",
        plain.started.isoformat(" "),
        finished and finished.isoformat(" "),
        (moment - _EPOCH) // _MICROSECOND,
        finished and day.year * 4 + (day.month - 1) // 3,
        plain.rubric_id,
        plain.rubric_version,
        scorer.answered(plain.ids) if is_ours else len(plain.ids),
        None,
        0,
        found_by.casefold(),
        scorer.score(plain.ids, plain.letters, asked or plain.rubric_version)
        if is_ours and finished
        else [],
    ]


def local(moment: datetime) -> datetime:
    """The moment in local time, as core/compared.py and report/words.py have days."""
    try:
        return moment.astimezone()
    except (OverflowError, OSError):
        # The first and the last day of the calendar have no local time everywhere.
        return moment


def zone() -> str:
    """What local time is: rows that were read in another one have other days."""
    return f"{time.timezone} {time.altzone}"


def folded(name: str) -> str:
    """A name however it is spelt, as core/courses.py has it: capitals and spaces do not count."""
    return " ".join(name.casefold().split())


def packed(rows: list[Row], counts: list[bool]) -> Sums:
    """Make the rows ready for SQLite; what those that count add up to."""
    sums = added_up(1, map(_COUNTED, compress(rows, counts)))
    for row in rows:
        row[PLACES] = _as_json(row[PLACES]) if row[PLACES] else None
    return sums


def added_up(sign: int, counted: Iterable[tuple[Any, ...]]) -> Sums:
    """What rows add to a trend (or take away), given as rubric, team, quarter, places.

    Positions are added up as millionths, in whole numbers, so that nothing is left of what is taken
    away again. A team is one however it is spelt.
    """
    sums: dict[tuple[Any, ...], list[int]] = {}
    for rubric_id, team, quarter, places in counted:
        if not places or quarter is None:
            continue
        spelt = folded(team)
        for theme, (status, position, *_) in enumerate(places):
            key = (rubric_id, quarter, spelt, theme)
            found = sums.get(key)
            if found is None:
                found = sums[key] = [0, 0, 0, 0, 0, 0]
            if status == "placed":
                found[0] += sign
                found[1] += sign * position
                found[2] += sign * position * position
            else:
                found[3 + _STATUSES.index(status)] += sign
    return [(*key, *found) for key, found in sums.items()]


def main() -> None:
    """Answer each line of work, `[[path, counts], ...]`, by rows and what they add up to.

    The first line is the rubric's recipe. An answer is `marshal`'s, after its length: both ends are
    the same Python, and it takes a fifth of what JSON takes.
    """
    recipe = json.loads(sys.stdin.readline() or "null")
    if not recipe:
        return
    scorer = Scorer(recipe)
    with suppress(AttributeError, OSError):
        os.nice(10)  # whoever types comes first
    out = sys.stdout.buffer
    out.write(READY.encode())
    out.flush()
    work: SimpleQueue[str] = SimpleQueue()
    Thread(target=_receive, args=(work,), daemon=True).start()
    while True:
        files = json.loads(work.get())
        rows = [row_of(path, scorer) for path, _ in files]
        answer = marshal.dumps((rows, packed(rows, [counts for _, counts in files])))
        out.write(len(answer).to_bytes(LENGTH, "big"))
        out.write(answer)
        out.flush()


def _receive(work: "SimpleQueue[str]") -> None:
    for line in sys.stdin:
        work.put(line)
    os._exit(0)


if __name__ == "__main__":
    main()
