"""One person's unfinished answers: sealed to a key of their own, gone when they give them in."""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from bt_assess.core.session import Session
from bt_assess.store.ballot import (
    SUFFIX,
    answers_folder,
    folder_in,
    from_payload,
    is_name,
    names_in,
    new_name,
    to_payload,
    undate,
    write_dateless,
)
from bt_assess.store.files import UnreadableFile, read_bytes, write_atomic
from bt_assess.store.round_file import StoredRound
from bt_assess.store.sealing import (
    SEALED_SIZE,
    DraftKeys,
    NotSealedForThis,
    PrivateKey,
    looks_sealed,
    opened,
    receipt,
    seal,
)

if TYPE_CHECKING:
    from bt_assess.store.rounds import RoundsFolder

UNFINISHED = "unfinished"
KEY_SUFFIX = ".key"
FINISHING = ".finishing"
"""Which answers are being given in: whoever opens the round after a crash puts it in order."""


@dataclass(frozen=True)
class Given:
    """Answers that were given in: the receipt for the person, and the round as it is now."""

    receipt: str
    stored: StoredRound


class Draft:
    """One person's turn. It knows the public half of their key only: not even it can read back.

    `session` is what to begin or go on with. `resume_code` is shown to that person alone, and is
    None when they came with it.
    """

    def __init__(
        self,
        folder: "RoundsFolder",
        stored: StoredRound,
        path: Path,
        keys: DraftKeys,
        session: Session,
        *,
        theme_id: str | None = None,
        resume_code: str | None = None,
    ) -> None:
        self.path = path
        self.stored = stored
        self.session = session
        self.theme_id = theme_id
        self.resume_code = resume_code
        self._folder = folder
        self._public = keys.public
        self._final = new_name()
        self._is_over = False
        self._one_at_a_time = RLock()

    def save(self, session: Session) -> None:
        """Keep what there is, sealed, durably. Raises TooMuchText or OSError: the old is there.

        Once the answers are given in or taken back, nothing is kept any more: a writer that comes
        late, from another thread, would bring back what was deleted.
        """
        with self._one_at_a_time:
            if not self._is_over:
                self._keep(session)

    def _keep(self, session: Session) -> None:
        at = {"at": session.at} if session.at else {}
        payload = to_payload(session, self.stored.round, None, draft=self.theme_id or "", **at)
        write_dateless(self.path, seal(payload, self._public), self.stored.round)

    def finish(self, session: Session) -> Given:
        """Give the answers in; the unfinished ones and their key are deleted.

        Raises NotNow, TooMuchText, InUseError or OSError. Nothing is lost then: call it again. After
        a crash at any point the answers are either still unfinished, or given in and counted once.
        """
        with self._one_at_a_time, self._folder.writing(self.stored) as stored:
            self._folder.must_collect(stored.round, self.theme_id)
            sealed = seal(to_payload(session, stored.round, self.theme_id), stored.keys.public)
            if _key_of(self.path).exists():
                self._keep(session)
            intent = {
                "draft": self.path.stem,
                "name": self._final,
                "theme_id": self.theme_id,
            }
            write_atomic(stored.folder / FINISHING, json.dumps(intent).encode())
            answers = folder_in(stored.folder, answers_folder(self.theme_id))
            write_dateless(answers / f"{self._final}{SUFFIX}", sealed, stored.round)
            self.stored = put_in_order(self._folder, stored)
            self._is_over = True
            return Given(receipt(sealed), self.stored)

    def drop(self) -> None:
        """Take everything back: the unfinished answers are deleted. Raises InUseError or OSError."""
        with self._one_at_a_time, self._folder.writing(self.stored) as stored:
            delete(self.path, stored)
            self._is_over = True


def create(
    folder: "RoundsFolder",
    stored: StoredRound,
    session: Session,
    keys: tuple[DraftKeys, str],
    theme_id: str | None,
) -> Draft:
    """A draft with its key on disk. The key first: answers without one could not be read again."""
    draft_keys, code = keys
    path = folder_in(stored.folder, UNFINISHED) / f"{new_name()}{SUFFIX}"
    draft = Draft(folder, stored, path, draft_keys, session, theme_id=theme_id, resume_code=code)
    # Which vote it is of is no secret, and has to be known to count who can go on.
    head = f"{draft_keys.public} {theme_id}" if theme_id else draft_keys.public
    key = f"{head}\n{draft_keys.wrapped}".encode()
    write_dateless(_key_of(path), key, stored.round)
    draft.save(session)
    return draft


@dataclass(frozen=True)
class Waiting:
    """Unfinished answers that somebody can go on with; `theme_id` where they are a second vote's."""

    path: Path
    keys: DraftKeys
    theme_id: str | None


def unfinished(stored: StoredRound) -> list[Waiting]:
    """The drafts that somebody can go on with, in the order of their names, drawn by lot."""
    folder = stored.folder / UNFINISHED
    names = set(names_in(folder))
    found = []
    for name in sorted(names):
        path = folder / name
        if path.suffix != SUFFIX or not is_name(path.stem) or _key_of(path).name not in names:
            continue
        with suppress(UnreadableFile, UnicodeDecodeError):
            text = read_bytes(_key_of(path), follow_links=False, largest=4000).decode("ascii")
            head, _, wrapped = text.partition("\n")
            public, _, theme_id = head.partition(" ")
            found.append(Waiting(path, DraftKeys(public, wrapped), theme_id or None))
    return found


def reopened(
    folder: "RoundsFolder",
    stored: StoredRound,
    path: Path,
    keys: DraftKeys,
    private: PrivateKey,
    session_id: str,
) -> Draft:
    """The draft that `private` opens. Raises UnreadableFile when it is damaged."""
    try:
        data = opened(read_bytes(path, follow_links=False, largest=SEALED_SIZE), private)
        session, rest = from_payload(data, stored.round, None, session_id)
    except NotSealedForThis as fault:
        raise UnreadableFile(path, f"these unfinished answers cannot be read: {fault}") from None
    theme = rest.get("draft")
    theme_id = theme if isinstance(theme, str) and theme else None
    return Draft(folder, stored, path, keys, session, theme_id=theme_id)


def put_in_order(folder: "RoundsFolder", stored: StoredRound) -> StoredRound:
    """Bring to its end what was being given in, here or in a process that died. The lock is held.

    Once the sealed file is whole it counts: the draft goes, the name is listed, the note of what
    was going on goes. Each of these may be done already.
    """
    note = stored.folder / FINISHING
    if not note.exists():
        return stored
    if (found := _intent(note, stored)) is not None:
        draft, name, theme_id = found
        path = stored.folder / answers_folder(theme_id) / f"{name}{SUFFIX}"
        if (data := _whole(path)) is not None:
            delete(stored.folder / UNFINISHED / f"{draft}{SUFFIX}", stored)
            stored = folder.write(stored, stored.round.given(name, receipt(data), theme_id))
    note.unlink(missing_ok=True)
    return stored


def sweep(stored: StoredRound) -> None:
    """Remove what writers that died left behind. The lock is held, so none of them lives."""
    with suppress(OSError):
        for leftover in (*stored.folder.glob(".*.tmp"), *stored.folder.glob("*/.*.tmp")):
            if not leftover.parent.is_symlink():
                leftover.unlink(missing_ok=True)
                undate(leftover.parent, stored.round)
        folder = stored.folder / UNFINISHED
        names = set(names_in(folder))
        for name in names:
            # Of a pair, the key goes first: answers alone are what is left of a deletion.
            alone = name.endswith(SUFFIX) and f"{Path(name).stem}{KEY_SUFFIX}" not in names
            if alone and is_name(Path(name).stem):
                delete(folder / name, stored)


def _intent(note: Path, stored: StoredRound) -> tuple[str, str, str | None] | None:
    try:
        found = json.loads(read_bytes(note, follow_links=False, largest=1000))
    except (UnreadableFile, ValueError, RecursionError):
        return None
    match found:
        case {"draft": str(draft), "name": str(name), "theme_id": None | str() as theme_id}:
            known = theme_id is None or stored.round.revote(theme_id) is not None
            return (draft, name, theme_id) if known and is_name(draft) and is_name(name) else None
        case _:
            return None


def _whole(path: Path) -> bytes | None:
    try:
        data = read_bytes(path, follow_links=False, largest=SEALED_SIZE)
    except UnreadableFile:
        return None
    return data if looks_sealed(data) else None


def _key_of(path: Path) -> Path:
    return path.with_suffix(KEY_SUFFIX)


def delete(path: Path, stored: StoredRound) -> None:
    """Remove unfinished answers, their key first: nobody can read them then."""
    _key_of(path).unlink(missing_ok=True)
    path.unlink(missing_ok=True)
    undate(path.parent, stored.round)
