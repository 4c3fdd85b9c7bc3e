"""Reading a session's file quickly, when it is written exactly as the program writes it.

TOML can say one thing in many ways, and a reader of all of them needs a millisecond for a session.
Files that the program wrote look all alike: those are read here, seal and all, in a tenth of that.
Whatever is the least bit different is left to `read_session`, which is always right.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from json import JSONEncoder
from operator import itemgetter
from typing import Any, NamedTuple

from bt_assess.core.text import NAME_LENGTH, NOTE_LENGTH, clean_line

# Nothing here loads pydantic: the processes that read an archive are to start at once.

LARGEST = 200_000
"""Files of more bytes than this are left to `read_session`; a session has about 8,000."""
WORDS = frozenset(("not", "partly", "mostly", "fully", "unknown", "not-applicable"))
"""The answers, as they are written."""


class Plain(NamedTuple):
    """What a session's file says, checked, but for its notes."""

    id: str
    respondent: str
    team: str
    tags: tuple[str, ...]
    started: datetime
    finished: datetime | None
    rubric_id: str
    rubric_version: str
    ids: tuple[str, ...]
    """The statements that are answered, in the order of the file."""
    words: tuple[str, ...]
    """Their answers."""

    @property
    def answers(self) -> dict[str, str]:
        return dict(zip(self.ids, self.words, strict=True))


_HEAD = """\
# A bt-assess session: one person's answers to the statements of a rubric.
# To keep a change that you make by hand, run: bt-assess reseal FILE

format = 1

[session]
"""
_ID = r"[a-z][a-z0-9-]{0,39}\.(?:starting|developing|consolidating)\.[1-9][0-9]?"
# Only the two escapes that the program writes, as it keeps no control characters.
_LINE = r'(?:[^"\\\x00-\x1f\x7f]|\\["\\])*+'
_BLOCK = r'(?:[^"\\\x00-\x09\x0b-\x1f\x7f]|\\["\\])*+'
_TIME = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2} (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]{3}|\.[0-9]{6})?[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]"
)
_ENTRY = re.compile(
    rf'([a-z]+) = (?:"({_LINE})"|({_TIME})|([0-9]{{1,15}})|\[\n((?:    "{_LINE}",\n)+)\])\n'
)
_RUBRIC = re.compile(
    r'\n\[rubric\]\nid = "([a-z][a-z0-9-]{0,39})"\nversion = "([0-9]+(?:\.[0-9]+){0,2})"\n'
    r"\n\[answers\]\n"
)
_NOTE = re.compile(rf'"({_ID})" = (?:"""\n({_BLOCK})"""|"({_LINE})")\n')
_SCORES = re.compile(r"\n\[scores\]\nscoring_version = ([1-9][0-9]{0,5})\n")
# Four digits at most, and none too many: as JSON writes them.
_F = r"([0-9]\.(?:0|[0-9]{0,3}[1-9]))"
_SCORE = re.compile(
    r"\n\[scores\.([a-z][a-z0-9-]{0,39})\]\n"
    r'status = "([a-z_]+)"\n(?:stage = "([a-z_]+)"\n)?(?:confidence = "([a-z_]+)"\n)?'
    rf"(?:position = {_F}\nlow = {_F}\nhigh = {_F}\n)?coverage = {_F}\n"
)
_SEAL = re.compile(r'\n\[seal\]\nanswers = ([0-9]{1,4})\nsha256 = "([0-9a-f]{64})"\n')
_ITEM = re.compile(rf'"({_LINE})"')
_ESCAPED = re.compile(r"\\(.)")
_STATEMENT = re.compile(_ID)
_SESSION = re.compile(r"[a-z0-9]{8,32}")

_NEEDED = frozenset(("id", "respondent", "team", "started", "revision"))
_ALLOWED = _NEEDED | {"finished", "at", "tags"}
_MOST_ANSWERS = 2000
_MOST_TAGS = 20

_canonical_json = JSONEncoder(sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode
"""As store/seal.py writes it; kept, as making one takes as long as using it."""


class _Column(NamedTuple):
    """The statements of a table of answers, and how its canonical JSON is put together."""

    ids: tuple[str, ...]
    as_list: list[str]
    frame: str
    in_order: Callable[[Any], tuple[str, ...]]


# Sessions of one archive mostly answer the same statements: what was found out about the last ones
# is kept.
_columns: list[_Column] = []
_MOST_COLUMNS = 4


def read_canonical(data: bytes) -> Plain | None:
    """What a session's file of these bytes says; None where only `read_session` can tell."""
    if len(data) > LARGEST:
        return None
    try:
        text = data.decode()
        return _read(text) if text.startswith(_HEAD) else None
    except ValueError:
        return None


def _read(text: str) -> Plain | None:
    place = len(_HEAD)
    head: dict[str, Any] = {}
    count = 0
    while found := _ENTRY.match(text, place):
        place = found.end()
        count += 1
        head[found[1]] = _value(found)
    if not (len(head) == count and _NEEDED <= head.keys() <= _ALLOWED and _is_sound(head)):
        return None
    rubric = _RUBRIC.match(text, place)
    if not rubric:
        return None
    end = text.find("\n[notes]\n", rubric.end() - 1)
    answers = _answers(text[rubric.end() : end]) if end >= 0 else None
    if answers is None:
        return None
    notes, place = _notes(text, end + len("\n[notes]\n"))
    scores, place = _scores(text, place)
    seal = _SEAL.fullmatch(text, place)
    if not seal or notes is None or scores is None:
        return None
    column, words = answers
    if seal[1] != str(len(words)):
        return None
    session = _canonical_json(
        {k: v.isoformat() if isinstance(v, datetime) else v for k, v in head.items()}
    )
    sealed = (
        f'{{"answers":{column.frame % column.in_order(words)},"format":1'
        f',"notes":{_canonical_json(notes) if notes else "{}"}'
        f',"rubric":{{"id":"{rubric[1]}","version":"{rubric[2]}"}}{scores},"session":{session}}}'
    )
    if seal[2] != hashlib.sha256(sealed.encode()).hexdigest():
        return None
    return Plain(
        head["id"], head["respondent"], head["team"], tuple(head.get("tags", ())), head["started"],
        head.get("finished"), rubric[1], rubric[2], column.ids, tuple(words),
    )  # fmt: skip


def _value(found: re.Match[str]) -> Any:
    if (word := found[2]) is not None:
        return _unescaped(word)
    if moment := found[3]:
        return datetime.fromisoformat(moment)
    if number := found[4]:
        # TOML has no numbers that begin with a zero.
        return None if number[0] == "0" and len(number) > 1 else int(number)
    return [_unescaped(item) for item in _ITEM.findall(found[5])]


def _is_sound(head: dict[str, Any]) -> bool:
    """Whether everything is what belongs there, as the model of a session would have it."""
    tags = head.get("tags", ())
    return (
        isinstance(head["id"], str)
        and _SESSION.fullmatch(head["id"]) is not None
        and _is_name(head["respondent"])
        and _is_name(head["team"])
        and isinstance(head["started"], datetime)
        and isinstance(head.get("finished", head["started"]), datetime)
        and isinstance(head["revision"], int)
        and ("at" not in head or _is_statement(head["at"]))
        and isinstance(tags, list | tuple)
        and len(tags) <= _MOST_TAGS
        and len(set(tags)) == len(tags)
        and all(tag and _is_name(tag) for tag in tags)
    )


def _is_name(value: Any) -> bool:
    """Whether a name is as it was cleaned: one that is not, the model would change."""
    return isinstance(value, str) and (
        not value or (len(value) <= NAME_LENGTH and clean_line(value) == value)
    )


def _is_statement(value: Any) -> bool:
    return isinstance(value, str) and _STATEMENT.fullmatch(value) is not None


def _answers(block: str) -> tuple[_Column, list[str]] | None:
    """The lines `"id" = "word"` of the table, an empty one included; None for any other."""
    parts = block.split('"')
    ids, words = parts[1::4], parts[3::4]
    if parts[0] or len(parts) % 4 != 1 or len(ids) > _MOST_ANSWERS:
        return None
    if ids and (set(parts[2::4]) != {" = "} or set(parts[4::4]) != {"\n"}):
        return None
    if not WORDS.issuperset(words):
        return None
    column = next((c for c in _columns if c.as_list == ids), None) or _new_column(ids)
    return (column, words) if column else None


def _new_column(ids: list[str]) -> _Column | None:
    if len(set(ids)) != len(ids) or not all(map(_is_statement, ids)):
        return None
    order = sorted(range(len(ids)), key=ids.__getitem__)
    frame = ",".join(f'"{ids[place]}":"%s"' for place in order)

    def in_order(words: list[str]) -> tuple[str, ...]:
        return tuple([words[place] for place in order])

    column = _Column(
        tuple(ids), ids, f"{{{frame}}}", itemgetter(*order) if len(order) > 1 else in_order
    )
    _columns.insert(0, column)
    del _columns[_MOST_COLUMNS:]
    return column


def _notes(text: str, place: int) -> tuple[dict[str, str] | None, int]:
    """The notes from `place` on, and where they end; None for notes that are not as written."""
    notes: dict[str, str] = {}
    count = 0
    while found := _NOTE.match(text, place):
        note = _unescaped(found[3] if found[2] is None else found[2])
        if len(note) > NOTE_LENGTH:
            return None, place
        notes[found[1]] = note
        place = found.end()
        count += 1
    return (notes if len(notes) == count <= _MOST_ANSWERS else None), place


def _scores(text: str, place: int) -> tuple[str | None, int]:
    """The scores from `place` on, as JSON for the seal, and where they end; empty without any."""
    first = _SCORES.match(text, place)
    if not first:
        return "", place
    tables = {"scoring_version": first[1]}
    place, count = first.end(), 1
    while found := _SCORE.match(text, place):
        theme_id, status, stage, confidence, position, low, high, coverage = found.groups()
        tables[theme_id] = (
            (f'{{"confidence":"{confidence}",' if confidence else "{")
            + f'"coverage":{coverage},'
            + (f'"high":{high},"low":{low},"position":{position},' if position else "")
            + (f'"stage":"{stage}",' if stage else "")
            + f'"status":"{status}"}}'
        )
        place = found.end()
        count += 1
    if len(tables) != count:
        return None, place
    pairs = ",".join([f'"{key}":{tables[key]}' for key in sorted(tables)])
    return f',"scores":{{{pairs}}}', place


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text
