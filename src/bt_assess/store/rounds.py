"""The folder of rounds: setting up, listing, saving, letting people answer, opening, merging."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from bt_assess.core.round import LEAST_FIGURES, NotNow, Round, Step, never_shows
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import RubricRef, Session
from bt_assess.store import drafts, opening
from bt_assess.store.ballot import (
    SUFFIX,
    answers_folder,
    blank_session,
    folder_in,
    is_name,
    names_in,
    new_name,
    to_payload,
    write_dateless,
)
from bt_assess.store.drafts import Draft, Given
from bt_assess.store.files import (
    UnreadableFile,
    read_bytes,
    shortened,
    shown_name,
    write_atomic,
)
from bt_assess.store.folder import InUseError, NotFound, SessionLock, new_id
from bt_assess.store.merging import MergeReport, NotTheSame, merge
from bt_assess.store.opening import Opened
from bt_assess.store.round_file import ROUND_FILE, StoredRound, read_round, round_text
from bt_assess.store.sealing import (
    SEALED_SIZE,
    DraftKeys,
    PrivateKey,
    WrongPassphrase,
    looks_sealed,
    new_draft_keys,
    new_keys,
    receipt,
    renewed,
    seal,
    unlock_draft,
)
from bt_assess.store.where import ROUNDS

__all__ = [
    "Draft", "Given", "InUseError", "MergeReport", "NotFound", "NotNow", "NotTheSame", "Opened",
    "OutOfDate", "RoundsFolder", "StoredRound",
]  # fmt: skip


class OutOfDate(Exception):
    """The round has changed on disk since it was read; look at it again before changing it."""


class RoundsFolder:
    """The rounds of a sessions folder, a folder each: the round file, and sealed files.

    A window that works with a round holds its lock; others may look and are told so. Whoever takes
    the lock first brings to an end what a process that died was in the middle of.
    """

    def __init__(self, sessions_folder: Path) -> None:
        self.path = sessions_folder / ROUNDS
        self._held: dict[Path, SessionLock] = {}

    def all(self) -> tuple[list[StoredRound], list[UnreadableFile]]:
        """The rounds, newest first, and what is wrong with those that cannot be used."""
        rounds: list[StoredRound] = []
        damaged: list[UnreadableFile] = []
        for name in names_in(self.path):
            folder = self.path / name
            if folder.is_symlink():
                damaged.append(
                    UnreadableFile(folder, "is a link to somewhere else, so it is not opened")
                )
            elif folder.is_dir():
                try:
                    rounds.append(read_round(folder / ROUND_FILE))
                except UnreadableFile as fault:
                    damaged.append(UnreadableFile(folder, f"{ROUND_FILE}: {fault.why}"))
        return sorted(rounds, key=_recency, reverse=True), damaged

    def new(
        self,
        title: str,
        *,
        expected: int,
        rubric: Rubric,
        today: date,
        passphrase: str,
        team: str = "",
        after: StoredRound | None = None,
        **settings: Any,
    ) -> tuple[StoredRound, str]:
        """A round on disk, and its recovery code. Takes seconds on purpose: call it in a thread.

        `settings` are `named`, `figures_from`, `pictures_from` and `minutes`; `after` is the round
        whose actions are carried over. Raises ValueError where they make no sense, or nothing
        would ever show, and OSError.
        """
        least, named = settings.get("figures_from", LEAST_FIGURES), settings.get("named", False)
        if why := never_shows(expected, least, named=named):
            raise ValueError(why)
        round_ = Round(
            id=new_id(),
            title=title,
            team=team,
            expected=expected,
            created=today,
            rubric=RubricRef(id=rubric.id, version=rubric.version),
            after=after.round.id if after else None,
            last_actions=after.round.carried() if after else (),
            **settings,
        )
        keys, code = new_keys(passphrase)
        # Made under a hidden name, so that a round is there whole or not at all.
        name = f"{round_.created:%Y-%m-%d}-{round_.id}"
        hidden = self.path / f".{name}.new"
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        hidden.mkdir(mode=0o700)
        try:
            for inner in (answers_folder(None), drafts.UNFINISHED):
                (hidden / inner).mkdir(mode=0o700)
            write_atomic(hidden / ROUND_FILE, round_text(round_, keys).encode())
            hidden.rename(self.path / name)
        except BaseException:
            import shutil

            shutil.rmtree(hidden, ignore_errors=True)
            raise
        return StoredRound(self.path / name / ROUND_FILE, round_, keys), code

    def resolve(self, word: str) -> StoredRound:
        """The round that an id, a unique start of one, its exact title, or 'latest' stands for.

        Raises NotFound, or UnreadableFile when it is there but damaged.
        """
        rounds, damaged = self.all()
        if word == "latest" and rounds:
            return rounds[0]
        ways: tuple[Callable[[StoredRound], bool], ...] = (
            lambda stored: word in (stored.round.id, stored.folder.name),
            lambda stored: stored.round.id.startswith(word),
            lambda stored: stored.round.title == word,
        )
        for fits in ways:
            found = [stored for stored in rounds if word and fits(stored)]
            if len(found) == 1:
                return found[0]
            if found:
                names = ", ".join(shown_name(stored.folder) for stored in found[:5])
                raise NotFound(f"{shortened(word)!r} could be any of {len(found)} rounds: {names}")
        for fault in damaged:
            if word and (fault.path.name == word or fault.path.name[11:].startswith(word)):
                raise fault
        raise NotFound(f"no round here goes by {shortened(word)!r}")

    def hold(self, stored: StoredRound) -> StoredRound:
        """Take the round for this window until `release`; as it is now, after putting it in order.

        Raises InUseError when another window has it, UnreadableFile or OSError.
        """
        if stored.path in self._held:
            return drafts.put_in_order(self, read_round(stored.path))
        lock = SessionLock(stored.path)
        lock.acquire()
        self._held[stored.path] = lock
        try:
            now = drafts.put_in_order(self, read_round(stored.path))
            drafts.sweep(now)
        except BaseException:
            self.release(stored)
            raise
        return now

    def release(self, stored: StoredRound) -> None:
        """Leave the round to others."""
        if lock := self._held.pop(stored.path, None):
            lock.release()

    @contextmanager
    def writing(self, stored: StoredRound) -> Iterator[StoredRound]:
        """The round as it is now, nobody else writing to it meanwhile. Raises as `hold` does."""
        was_held = stored.path in self._held
        now = self.hold(stored)
        try:
            yield now
        finally:
            if not was_held:
                self.release(stored)

    def save(self, stored: StoredRound, round_: Round) -> StoredRound:
        """Write `round_` in the place of what was read as `stored`, durably.

        Raises OutOfDate when it has changed on disk since, InUseError, or OSError; the old file is
        there then.
        """
        try:
            with self.writing(stored) as now:
                if now.round != stored.round or round_.id != stored.round.id:
                    raise OutOfDate("the round has changed meanwhile; open it again")
                return self.write(stored, round_)
        except UnreadableFile as fault:
            raise OutOfDate(f"the round cannot be read any more: {fault}") from None

    def write(self, stored: StoredRound, round_: Round) -> StoredRound:
        """Write the round file. The lock is held by whoever calls. Raises OSError."""
        if round_ != stored.round:
            write_atomic(stored.path, round_text(round_, stored.keys).encode())
        return StoredRound(stored.path, round_, stored.keys)

    def unfinished(self, stored: StoredRound, theme_id: str | None = None) -> int:
        """How many people have begun this vote and can go on with their resume code."""
        return sum(waiting.theme_id == theme_id for waiting in drafts.unfinished(stored))

    def begin(
        self,
        stored: StoredRound,
        name: str = "",
        *,
        theme_id: str | None = None,
        keys: tuple[DraftKeys, str] | None = None,
    ) -> Draft:
        """One person's turn. Takes a second or two for their key, unless one was made ahead.

        `name` counts in a round that has names, and has to be there. `theme_id` is the theme of a
        second vote. Raises NotNow, InUseError, UnreadableFile or OSError.
        """
        self.must_collect(stored.round, theme_id)
        session = blank_session(stored.round, name, new_id())
        if stored.round.named and not session.respondent:
            raise NotNow("this round has names: whose turn is it?")
        made = keys or new_draft_keys()
        with self.writing(stored) as now:
            self.must_collect(now.round, theme_id)
            if theme_id is None:
                now = self.write(now, now.round.started())
            return drafts.create(self, now, session, made, theme_id)

    def resume(
        self,
        stored: StoredRound,
        code: str,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> Draft:
        """The turn that goes by this resume code, with what was answered.

        Takes a second or two for each person who has begun: `on_progress` hears how many were
        tried, of how many. Raises WrongPassphrase, NotNow when those answers are of another vote
        than the one that goes on, UnreadableFile or OSError.
        """
        waiting = drafts.unfinished(stored)
        for tried, found in enumerate(waiting):
            if on_progress:
                on_progress(tried, len(waiting))
            with suppress(WrongPassphrase):
                private = unlock_draft(found.keys, code)
                draft = drafts.reopened(self, stored, found.path, found.keys, private, new_id())
                self.must_collect(stored.round, draft.theme_id)
                return draft
        raise WrongPassphrase(
            "no unfinished answers go by that code; those that were given in do not need one"
        )

    def give(self, stored: StoredRound, session: Session, *, theme_id: str | None = None) -> Given:
        """Give in answers that are finished, from paper or a sheet, without a draft.

        Raises NotNow, TooMuchText, InUseError, UnreadableFile or OSError. A process that dies in
        here leaves a file that was not counted; the reveal tells of it.
        """
        with self.writing(stored) as now:
            self.must_collect(now.round, theme_id)
            if now.round.named and not session.respondent:
                raise NotNow("this round has names: whose answers are they?")
            sealed = seal(to_payload(session, now.round, theme_id), now.keys.public)
            name = new_name()
            answers = folder_in(now.folder, answers_folder(theme_id))
            write_dateless(answers / f"{name}{SUFFIX}", sealed, now.round)
            code = receipt(sealed)
            return Given(code, self.write(now, now.round.given(name, code, theme_id)))

    def must_collect(self, round_: Round, theme_id: str | None) -> None:
        """Raises NotNow when nobody can answer, or not in a second vote on this theme."""
        if theme_id is None:
            if not round_.may_answer:
                raise NotNow(
                    "answers to all themes cannot be given now: the round is not collecting"
                )
            return
        revote = round_.revote(theme_id)
        if round_.step is not Step.DISCUSSING or revote is None:
            raise NotNow(f"there is no second vote on {shortened(theme_id)} now")
        if revote.given_in >= round_.voters:
            raise NotNow("as many have voted again as were counted, so nobody else can")

    def open_all(
        self,
        stored: StoredRound,
        private: PrivateKey,
        rubric: Rubric,
        *,
        theme_id: str | None = None,
    ) -> Opened:
        """What the sealed files hold, and which are missing, damaged, doubled or foreign.

        Changes nothing. Raises NotNow before the round is closed.
        """
        if stored.round.step in (Step.BRIEF, Step.ACTIONS, Step.COLLECTING):
            raise NotNow("the round is not closed yet, so nobody's answers are opened")
        return opening.open_all(stored, private, rubric, theme_id)

    def count_in(
        self, stored: StoredRound, names: Iterable[str], *, theme_id: str | None = None
    ) -> StoredRound:
        """Let files count that opened well but were not given in here: the facilitator says so.

        Raises UnreadableFile when one is not a sealed file, InUseError or OSError.
        """
        with self.writing(stored) as now:
            round_ = now.round
            for name in names:
                path = now.folder / answers_folder(theme_id) / f"{name}{SUFFIX}"
                if not is_name(name):
                    raise UnreadableFile(path, "is not a sealed file")
                data = read_bytes(path, follow_links=False, largest=SEALED_SIZE)
                if not looks_sealed(data):
                    raise UnreadableFile(path, "is not a sealed file")
                round_ = round_.given(name, receipt(data), theme_id)
            return self.write(now, round_)

    def give_up_vote(self, stored: StoredRound, theme_id: str) -> StoredRound:
        """Delete a second vote that nobody wants any more, unfinished answers included.

        Raises NotNow, InUseError, UnreadableFile or OSError; call it again then.
        """
        with self.writing(stored) as now:
            after = now.round.without_vote(theme_id)
            folder = folder_in(now.folder, answers_folder(theme_id))
            for name in names_in(folder):
                if name.endswith(SUFFIX):
                    (folder / name).unlink(missing_ok=True)
            for waiting in drafts.unfinished(now):
                if waiting.theme_id == theme_id:
                    drafts.delete(waiting.path, now)
            with suppress(OSError):
                folder.rmdir()
            return self.write(now, after)

    def new_recovery(self, stored: StoredRound, words: str) -> tuple[StoredRound, str]:
        """Another recovery code for whoever knows the passphrase; the old one stops to work.

        Takes seconds on purpose. Raises WrongPassphrase; NotNow once somebody has begun; InUseError,
        UnreadableFile or OSError.
        """
        keys, code = renewed(stored.keys, words)
        with self.writing(stored) as now:
            if now.round.begun:
                raise NotNow("somebody has begun, so the recovery code stays as it is")
            write_atomic(now.path, round_text(now.round, keys).encode())
            return StoredRound(now.path, now.round, keys), code

    def merge(self, stored: StoredRound, folder: Path) -> MergeReport:
        """Take in sealed files that were collected elsewhere with the same round file.

        Raises NotTheSame, InUseError, UnreadableFile or OSError. May be done again.
        """
        with self.writing(stored) as now:
            return merge(self, now, folder)


def _recency(stored: StoredRound) -> tuple[date, int, str]:
    """Newest first. A round holds no clock time: on one day, the one last worked on is newer."""
    try:
        changed = stored.path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return stored.round.created, changed, stored.round.id
