"""Opening a round: whose files are there, and what is not as it should be."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bt_assess.core.disclosure import Person
from bt_assess.core.round import MOST_SEALED
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.core.text import clean_line
from bt_assess.store.ballot import SUFFIX, answers_folder, is_name, names_in, opened_session
from bt_assess.store.files import UnreadableFile, read_bytes
from bt_assess.store.round_file import StoredRound
from bt_assess.store.sealing import SEALED_SIZE, NotSealedForThis, PrivateKey, opened, receipt

_MOST_LOST = 5
"""Receipts told one by one at most; everybody can look for their own on the list."""


@dataclass(frozen=True)
class Opened:
    """What a round's sealed files hold. Everything is in the order of names, drawn by lot.

    `sessions`, `names` and `receipts` belong together, one each for a file that counts. `missing`
    were given in and are gone; `damaged` cannot be read, or are not what was given in; `doubled` are
    copies under another name; `foreign` are no sealed files of this round; `uncounted` open well, but
    were not given in here: they do not count until the facilitator says that they are people's.
    `lost` are the receipts of what is missing or damaged, and `hides` says whether one of those was
    shown before, so that nothing shows without it.
    """

    given_in: int
    sessions: tuple[Session, ...] = ()
    names: tuple[str, ...] = ()
    receipts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    damaged: tuple[tuple[str, str], ...] = ()
    doubled: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    folder: str = "answers"
    hides: bool = False

    @property
    def in_order(self) -> bool:
        """Whether every file that was given in is there, unchanged, and no other."""
        return not (self.missing or self.damaged or self.doubled or self.foreign or self.uncounted)

    def head_count(self, expected: int) -> list[str]:
        """Lines to read out at the reveal: how many answered, then each thing that is not right."""
        counted = len(self.sessions)
        lines = [f"{counted} of {expected} expected people answered."]
        if counted > expected:
            were = "was" if expected == 1 else "were"
            lines = [f"{counted} people answered, and {expected} {were} expected."]
        if counted != self.given_in:
            lines.append(f"{self.given_in} gave in their answers; {counted} can be read.")
        for found, one, several in (
            (self.missing, "file that was given in is missing", "files that were given in are missing"),
            (self.damaged, "file is damaged, or is not what was given in",
             "files are damaged, or are not what was given in"),
            (self.doubled, "file is there twice and counts once",
             "files are there twice and count once"),
            (self.foreign, "file is not an answer to this round and does not count",
             "files are not answers to this round and do not count"),
            (self.uncounted, "file opens, but was not given in here; it does not count as it is",
             "files open, but were not given in here; they do not count as it is"),
        ):  # fmt: skip
            if found:
                lines.append(f"{len(found)} {one if len(found) == 1 else several}.")
        if self.lost:
            receipts = ", ".join(self.lost[:_MOST_LOST])
            more = len(self.lost) - _MOST_LOST
            receipts += f" and {more} more" if more > 0 else ""
            hidden = "; until then nothing shows" if self.hides else ""
            what = "receipt" if len(self.lost) == 1 else "receipts"
            their = "its file" if len(self.lost) == 1 else "their files"
            lines.append(
                f"Not there: {what} {receipts}. Put {their} back into the folder"
                f" ‘{self.folder}’ and all is as before{hidden}."
            )
        return lines


def open_all(
    stored: StoredRound, private: PrivateKey, rubric: Rubric, theme_id: str | None
) -> Opened:
    """Every sealed file of a vote, opened or told of. Nothing is changed, whatever is found."""
    folder = stored.folder / answers_folder(theme_id)
    given = dict(stored.round.sealed)
    if theme_id is not None:
        revote = stored.round.revote(theme_id)
        given = dict(revote.sealed) if revote else {}
    present = list(names_in(folder))
    foreign = [n for n in present if not n.endswith(SUFFIX) or not is_name(n[: -len(SUFFIX)])]
    names = {name[: -len(SUFFIX)] for name in set(present) - set(foreign)}
    strange = sorted(names - given.keys())
    foreign += [f"{name}{SUFFIX}" for name in strange[MOST_SEALED:]]
    seen: set[bytes] = set()
    good: list[tuple[str, Session, str]] = []
    damaged: list[tuple[str, str]] = []
    doubled: list[str] = []
    uncounted: list[str] = []
    # Those that were given in come first, so that of two copies theirs is the one that counts.
    for name in (*sorted(names & given.keys()), *strange[:MOST_SEALED]):
        try:
            code, mark, session = _open(folder / f"{name}{SUFFIX}", name, stored, private, rubric,
                                        theme_id)  # fmt: skip
        except (UnreadableFile, NotSealedForThis) as fault:
            why = fault.why if isinstance(fault, UnreadableFile) else str(fault)
            if name in given:
                damaged.append((name, why))
            else:
                foreign.append(f"{name}{SUFFIX}")
            continue
        if mark in seen:
            doubled.append(name)
        elif name not in given:
            uncounted.append(name)
        elif given[name] != code:
            damaged.append((name, "is not the file that was given in"))
        else:
            good.append((name, session, code))
        seen.add(mark)
    gone = {*(given.keys() - names), *(name for name, _ in damaged)}
    shown = {name for batch in stored.round.published for name in batch}
    return Opened(
        given_in=len(given),
        sessions=tuple(session for _, session, _ in good),
        names=tuple(name for name, _, _ in good),
        receipts=tuple(code for _, _, code in good),
        missing=tuple(sorted(given.keys() - names)),
        damaged=tuple(damaged),
        doubled=tuple(doubled),
        foreign=tuple(clean_line(name) for name in sorted(foreign)),
        uncounted=tuple(uncounted),
        lost=tuple(sorted(given[name] for name in gone)),
        folder=answers_folder(theme_id),
        hides=theme_id is None and not stored.round.named and bool(gone & shown),
    )


def _open(
    path: Path,
    name: str,
    stored: StoredRound,
    private: PrivateKey,
    rubric: Rubric,
    theme_id: str | None,
) -> tuple[str, bytes, Session]:
    data = read_bytes(path, follow_links=False, largest=SEALED_SIZE)
    payload = opened(data, private)
    session = opened_session(payload, stored.round, theme_id, name, rubric)
    return receipt(data), hashlib.sha256(data).digest(), session


def people(opened_round: Opened) -> list[Person]:
    """Everybody who counts, as `disclosure` wants them."""
    return [
        Person(name, session.answers, session.notes, session.respondent)
        for name, session in zip(opened_round.names, opened_round.sessions, strict=True)
    ]
