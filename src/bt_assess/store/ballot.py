"""What one person of a round gave in, as it is sealed: answers and notes, and nothing to tell when.

A sealed file holds no clock time, no session id, no team and no place in an order; a name only in a
round that has names.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bt_assess.core.round import Round
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session, misfits
from bt_assess.core.text import NAME_LENGTH, NOTE_LENGTH
from bt_assess.store.files import UnreadableFile, write_atomic
from bt_assess.store.sealing import ALPHABET, NotSealedForThis

BALLOT_FORMAT = 1
ALL = "all"
SUFFIX = ".age"
_KEYS = {"format", "ballot", "rubric", "answers", "notes"}


def new_name() -> str:
    """A sealed file's name: drawn by lot (78 bits), so that a list of names is in no order."""
    import secrets

    return "".join(secrets.choice(ALPHABET) for _ in range(16))


def is_name(word: str) -> bool:
    return len(word) == 16 and word.isascii() and word.isalnum() and word == word.lower()


def midnight(round_: Round) -> datetime:
    """The only moment that files of a round know: its date, at midnight UTC."""
    return datetime.combine(round_.created, time(), UTC)


def blank_session(round_: Round, name: str, session_id: str) -> Session:
    """What somebody begins with; the name counts only in a round that has names."""
    return Session(
        id=session_id,
        respondent=name if round_.named else "",
        team=round_.team,
        started=midnight(round_),
        rubric=round_.rubric,
    )


def to_payload(session: Session, round_: Round, theme_id: str | None, **more: Any) -> bytes:
    """The JSON to seal. In a second vote only what concerns its theme goes in."""
    return json.dumps(
        {
            "format": BALLOT_FORMAT,
            "ballot": theme_id or ALL,
            "rubric": session.rubric.model_dump(),
            # In the order of ids: the order of answering is nobody's business.
            "answers": {i: a.value for i, a in sorted(session.answers.items()) if _of(i, theme_id)},
            "notes": {i: n for i, n in sorted(session.notes.items()) if _of(i, theme_id)},
            **({"name": session.respondent} if round_.named else {}),
            **more,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def from_payload(
    data: bytes, round_: Round, theme_id: str | None, session_id: str
) -> tuple[Session, dict[str, Any]]:
    """The session that was sealed, and what else there was. Raises NotSealedForThis."""
    tables = _tables(data)
    if tables["ballot"] != (theme_id or ALL):
        raise NotSealedForThis("belongs to another vote")
    if not round_.named and "name" in tables:
        raise NotSealedForThis("holds a name, which this round does without")
    rest = {key: value for key, value in tables.items() if key not in {*_KEYS, "name"}}
    name, notes = tables.get("name", ""), tables["notes"]
    if not isinstance(name, str) or len(name) > NAME_LENGTH or not isinstance(notes, dict):
        raise NotSealedForThis("was not sealed by bt-assess")
    if any(not isinstance(note, str) or len(note) > NOTE_LENGTH for note in notes.values()):
        raise NotSealedForThis("was not sealed by bt-assess")
    try:
        session = Session.model_validate(
            {
                **dict(blank_session(round_, name, session_id)),
                "rubric": tables["rubric"],
                "answers": tables["answers"],
                "notes": notes,
                "at": rest.get("at"),
            }
        )
    except ValidationError:
        raise NotSealedForThis("was not sealed by bt-assess") from None
    if session.rubric != round_.rubric:
        raise NotSealedForThis("answers another rubric than the round's")
    return session, rest


def opened_session(
    data: bytes, round_: Round, theme_id: str | None, name: str, rubric: Rubric
) -> Session:
    """A finished session as it was given in; its id is the sealed file's name."""
    session, rest = from_payload(data, round_, theme_id, name)
    if rest or misfits(session, rubric):
        raise NotSealedForThis("does not fit the round's rubric")
    return session.finish(midnight(round_))


def _tables(data: bytes) -> dict[str, Any]:
    try:
        tables = json.loads(data)
    except (ValueError, RecursionError):
        raise NotSealedForThis("was not sealed by bt-assess") from None
    if not isinstance(tables, dict) or not tables.keys() >= _KEYS:
        raise NotSealedForThis("was not sealed by bt-assess")
    if type(tables["format"]) is not int or tables["format"] != BALLOT_FORMAT:
        raise NotSealedForThis("was sealed by another version of bt-assess")
    return tables


def _of(statement_id: str, theme_id: str | None) -> bool:
    return theme_id is None or statement_id.split(".")[0] == theme_id


def write_dateless(path: Path, data: bytes, round_: Round) -> None:
    """Write durably; the file and its folder say that they were written on the round's date."""
    moment = int(midnight(round_).timestamp()) * 1_000_000_000
    write_atomic(path, data, moment=moment)
    undate(path.parent, round_)


def undate(folder: Path, round_: Round) -> None:
    """Let a folder say nothing of when a file in it came or went; some systems do not allow it."""
    moment = int(midnight(round_).timestamp()) * 1_000_000_000
    with suppress(OSError):
        os.utime(folder, ns=(moment, moment))


def folder_in(folder: Path, name: str) -> Path:
    """The folder of this name in a round's, made if need be. Raises UnreadableFile for a link."""
    path = folder / name
    if path.is_symlink():
        raise UnreadableFile(path, "is a link to somewhere else, so it is not opened")
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def answers_folder(theme_id: str | None) -> str:
    """Where the sealed files of a vote are kept."""
    return f"revote-{theme_id}" if theme_id else "answers"


def names_in(folder: Path) -> Iterator[str]:
    """The names of what is in a folder, but for hidden files; none where there is no folder."""
    try:
        if folder.is_symlink():
            return
        with os.scandir(folder) as entries:
            yield from sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return
