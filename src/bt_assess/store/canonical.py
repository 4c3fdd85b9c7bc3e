"""Reading a session's file quickly, when it is written exactly as the program writes it.

TOML can say one thing in many ways, and a reader of all of them needs a millisecond for a session.
Files that the program wrote look all alike: those are read here, seal and all, in a tenth of that.
Whatever is the least bit different is left to `read_session`, which is always right.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _quoted  # as store/seal.py writes text
from operator import getitem, itemgetter
from typing import NamedTuple

from bt_assess.core.text import NAME_LENGTH, NOTE_LENGTH, clean_line

# Nothing here loads pydantic: the processes that read an archive are to start at once.

LARGEST = 200_000
"""Files of more bytes than this are left to `read_session`; a session has about 8,000."""
WORDS = {
    "not": "n", "partly": "p", "mostly": "m", "fully": "f", "unknown": "u", "not-applicable": "x",
}  # fmt: skip
"""The answers as they are written, and a letter for each."""
_WORD_OF = {letter: word for word, letter in WORDS.items()}


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
    letters: str
    """Their answers, a letter each: see `WORDS`."""

    @property
    def answers(self) -> dict[str, str]:
        return dict(zip(self.ids, map(_WORD_OF.__getitem__, self.letters), strict=True))


_HEAD = """\
# A bt-assess session: one person's answers to the statements of a rubric.
# To keep a change that you make by hand, run: bt-assess reseal FILE

format = 1

[session]
"""
_ID = r"[a-z][a-z0-9-]{0,39}\.(?:starting|developing|consolidating)\.[1-9][0-9]?"
# Only the two escapes that the program writes, as it keeps no control characters.
_LINE = r'[^"\\\x00-\x1f\x7f]*+(?:\\["\\][^"\\\x00-\x1f\x7f]*+)*+'
_BLOCK = r'[^"\\\x00-\x09\x0b-\x1f\x7f]*+(?:\\["\\][^"\\\x00-\x09\x0b-\x1f\x7f]*+)*+'
_TIME = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2} (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]{3}|\.[0-9]{6})?[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]"
)
_SESSION = re.compile(
    rf'id = "([a-z0-9]{{8,32}})"\nrespondent = "({_LINE})"\nteam = "({_LINE})"\n'
    rf'(?:tags = \[\n((?:    "{_LINE}",\n)+)\]\n)?started = ({_TIME})\n'
    rf'(?:finished = ({_TIME})\n)?revision = (0|[1-9][0-9]{{0,14}})\n(?:at = "({_ID})"\n)?'
    r'\n\[rubric\]\nid = "([a-z][a-z0-9-]{0,39})"\nversion = "([0-9]+(?:\.[0-9]+){0,2})"\n'
    r"\n\[answers\]\n"
)
_NOTE = re.compile(rf'"({_ID})" = (?:"""\n({_BLOCK})"""|"({_LINE})")\n')
_SCORES = re.compile(r"\n\[scores\]\nscoring_version = ([1-9][0-9]{0,5})\n")
# Four digits at most, and none too many: as JSON writes them.
_F = r"([0-9]\.(?:0|[0-9]{0,3}[1-9]))"
_SCORE = re.compile(
    r"(\n\[scores\.([a-z][a-z0-9-]{0,39})\]\n"
    r'status = "([a-z_]+)"\n(?:stage = "([a-z_]+)"\n)?(?:confidence = "([a-z_]+)"\n)?'
    rf"(?:position = {_F}\nlow = {_F}\nhigh = {_F}\n)?coverage = {_F}\n)"
)
_SEAL = re.compile(r'\n\[seal\]\nanswers = ([0-9]{1,4})\nsha256 = "([0-9a-f]{64})"\n')
_ITEM = re.compile(rf'"({_LINE})"')
_ESCAPED = re.compile(r"\\(.)")
_STATEMENT = re.compile(_ID)

_MOST_ANSWERS = 2000
_MOST_TAGS = 20


class _Column(NamedTuple):
    """The statements of a table of answers, and how it is read and its canonical JSON written."""

    ids: tuple[str, ...]
    first: str
    """What the table begins with: the first statement."""
    letters: list[dict[str, str]]
    """For each answer, with what follows up to the next: its letter."""
    in_order: Callable[[list[str]], Iterable[str]]
    pairs: list[dict[str, str]]
    """For the same, in the canonical order: the pair as JSON."""


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
    head = _SESSION.match(text, len(_HEAD))
    if not head:
        return None
    id_, respondent, team, tagged, started, finished, revision, at, rubric_id, version = (
        head.groups()
    )
    respondent, team = _unescaped(respondent), _unescaped(team)
    tags = tuple(map(_unescaped, _ITEM.findall(tagged))) if tagged else ()
    if not (_is_name(respondent) and _is_name(team) and (not tags or _are_tags(tags))):
        return None
    end = text.find("\n[notes]\n", head.end() - 1)
    answers = _answers(text[head.end() : end]) if end >= 0 else None
    if answers is None:
        return None
    notes, place = _notes(text, end + len("\n[notes]\n"))
    if notes is None:
        return None
    seal = _SEAL.fullmatch(text, max(text.rfind("\n[seal]\n"), place))
    scores = _scores(text[place : seal.start()]) if seal else None
    if not seal or scores is None:
        return None
    column, letters, pairs = answers
    if seal[1] != str(len(letters)):
        return None
    began = datetime.fromisoformat(started)
    ended = datetime.fromisoformat(finished) if finished else None
    # As store/seal.py does it, which sorts everything by its key.
    sealed = (
        f'{{"answers":{{{pairs}}},"format":1,"notes":{{{notes}}}'
        f',"rubric":{{"id":"{rubric_id}","version":"{version}"}}{scores},"session":{{'
        + (f'"at":"{at}",' if at else "")
        + (f'"finished":"{ended.isoformat()}",' if ended else "")
        + f'"id":"{id_}","respondent":{_quoted(respondent)},"revision":{revision}'
        f',"started":"{began.isoformat()}"'
        + (f',"tags":[{",".join(map(_quoted, tags))}]' if tags else "")
        + f',"team":{_quoted(team)}}}}}'
    )
    if seal[2] != hashlib.sha256(sealed.encode()).hexdigest():
        return None
    return Plain(
        id_, respondent, team, tags, began, ended, rubric_id, version, column.ids, letters
    )  # fmt: skip


def _are_tags(tags: tuple[str, ...]) -> bool:
    return (
        len(tags) <= _MOST_TAGS
        and len(set(tags)) == len(tags)
        and all(tag and _is_name(tag) for tag in tags)
    )


def _is_name(value: str) -> bool:
    """Whether a name is as it was cleaned: one that is not, the model would change."""
    if value.isascii():
        # There are no control characters: what is left is that nothing is cut off at the ends.
        return len(value) <= NAME_LENGTH and value.strip() == value
    return len(value) <= NAME_LENGTH and clean_line(value) == value


def _answers(block: str) -> tuple[_Column, str, str] | None:
    """The lines `"id" = "word"` of the table, an empty one included; None for any other.

    Which statements, the letters of their answers, and all of it as JSON.
    """
    parts = block.split('" = "')
    for column in _columns:
        if found := _read_by(column, parts):
            return found
    new = _new_column(parts)
    found = _read_by(new, parts) if new else None
    if new and found:
        _columns.insert(0, new)
        del _columns[_MOST_COLUMNS:]
    return found


def _read_by(column: _Column, parts: list[str]) -> tuple[_Column, str, str] | None:
    if parts[0] != column.first or len(parts) != len(column.ids) + 1:
        return None
    answers = parts[1:]
    try:
        letters = "".join(map(getitem, column.letters, answers))
    except KeyError:
        return None
    return column, letters, ",".join(map(getitem, column.pairs, column.in_order(answers)))


def _new_column(parts: list[str]) -> _Column | None:
    """What there is to know of these statements; None where they are not as they are written."""
    *others, _ = [part.partition('"\n"')[2] for part in parts]
    ids = [parts[0][1:], *others[1:]] if others else []
    if len(ids) > _MOST_ANSWERS or len(set(ids)) != len(ids) or not all(map(_is_statement, ids)):
        return None
    order = sorted(range(len(ids)), key=ids.__getitem__)
    following = [*ids[1:], ""]
    return _Column(
        tuple(ids),
        f'"{ids[0]}' if ids else "",
        list(map(_letters_before, following[: len(ids)])),
        itemgetter(*order) if len(order) > 1 else _as_it_is,
        [_pairs(ids[place], following[place]) for place in order],
    )


@lru_cache(maxsize=4096)
def _is_statement(text: str) -> bool:
    return _STATEMENT.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _letters_before(following: str) -> dict[str, str]:
    return {_until(word, following): letter for word, letter in WORDS.items()}


@lru_cache(maxsize=4096)
def _pairs(statement_id: str, following: str) -> dict[str, str]:
    return {_until(word, following): f'"{statement_id}":"{word}"' for word in WORDS}


def _until(word: str, following: str) -> str:
    """What is there from an answer to the end of the statement that follows, if any."""
    return f'{word}"\n"{following}' if following else f'{word}"\n'


def _as_it_is(answers: list[str]) -> list[str]:
    return answers


def _notes(text: str, place: int) -> tuple[str | None, int]:
    """The notes from `place` on as JSON, and where they end; None for any not as written."""
    notes: dict[str, str] = {}
    count = 0
    while found := _NOTE.match(text, place):
        note = _unescaped(found[3] if found[2] is None else found[2])
        if len(note) > NOTE_LENGTH:
            return None, place
        notes[found[1]] = note
        place = found.end()
        count += 1
    if not len(notes) == count <= _MOST_ANSWERS:
        return None, place
    return ",".join([f'"{key}":{_quoted(notes[key])}' for key in sorted(notes)]), place


def _scores(block: str) -> str | None:
    """These tables of scores as JSON for the seal, empty without any; None for any other text."""
    if not block:
        return ""
    first = _SCORES.match(block)
    if not first:
        return None
    tables = {"scoring_version": first[1]}
    found = _SCORE.findall(block, first.end())
    for _, theme_id, status, stage, confidence, position, low, high, coverage in found:
        tables[theme_id] = (
            (f'{{"confidence":"{confidence}",' if confidence else "{")
            + f'"coverage":{coverage},'
            + (f'"high":{high},"low":{low},"position":{position},' if position else "")
            + (f'"stage":"{stage}",' if stage else "")
            + f'"status":"{status}"}}'
        )
    # Nothing may be left between them.
    if len(tables) != len(found) + 1 or block != first[0] + "".join([table[0] for table in found]):
        return None
    pairs = ",".join([f'"{key}":{tables[key]}' for key in sorted(tables)])
    return f',"scores":{{{pairs}}}'


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text
