"""What a folder of very many sessions holds, without reading them all each time.

A catalogue is derived: it can be deleted at any time, is made anew when it is damaged, and is kept
in memory where no file can be. It is never believed over a session's file. docs/performance.md says
what it saves.
"""

import sqlite3
from array import array
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock, RLock
from time import monotonic
from typing import NamedTuple, TypeVar

from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import SCORING_VERSION
from bt_assess.store import catalogue_file, catalogue_queries, catalogue_rows, scout
from bt_assess.store.catalogue_queries import Counts, Damaged, Listed, Order, Quarter, Wanted
from bt_assess.store.differences import Seen, differences, key_of, name_of, seen
from bt_assess.store.folder import ARCHIVE, InUseError, SessionFolder, SessionLock
from bt_assess.store.quick_scores import Scorer, recipe
from bt_assess.store.readers import Readers
from bt_assess.store.reading import Row, fault_row, packed, quick_row, row_of, zone

SOME = 200
"""Up to so many changed files are read here, those that can be read quickly; more, elsewhere."""
FEW = 20
"""Up to so many that need longer are read here; more, in processes of their own."""
_PATIENCE = 5.0
"""Seconds without progress after which another process is no longer left to do the work."""
# SQLite does not notice every damage: a row can be there that nobody wrote.
_UNEXPECTED = (sqlite3.Error, LookupError, TypeError, ValueError, OverflowError)

T = TypeVar("T")


class Progress(NamedTuple):
    """How many of the files that changed have been read."""

    done: int
    total: int


class Catalogue:
    """The sessions of a folder, as rows. Queries are quick; `refresh` belongs into a thread."""

    def __init__(self, folder: SessionFolder, rubric: Rubric) -> None:
        self._folder = folder
        self._recipe = recipe(rubric)
        self._scorer = Scorer(self._recipe)
        content = sha256(rubric.model_dump_json().encode()).hexdigest()[:16]
        # Whatever scores and days depend on: rows that come from anything else are read again.
        self._rule = (rubric.id, f"{rubric.version} {SCORING_VERSION} {content} {zone()}")
        self._themes = (rubric.id, self._scorer.themes)
        self._path = folder.path / catalogue_file.NAME
        self._identity: tuple[int, int] | None = None
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None
        self._reading = RLock()
        self._one_refresh = Lock()
        self._pause = Event()
        self.has_begun_anew = False
        """Whether it turned out damaged since a refresh last began, and knows nothing."""
        self._has_failed = False
        self._is_closed = False

    @property
    def is_in_memory(self) -> bool:
        """Whether no file could be kept, so that everything is read anew at the next start."""
        with self._reading:
            return self._reader is not None and self._reader is self._writer

    def close(self) -> None:
        """Let go of the file, and end a refresh; it is opened again when something is asked."""
        scout.call_back(self._folder.path)
        with self._reading:
            self._is_closed = True
            self._let_go()

    def _let_go(self) -> None:
        with self._reading:
            connections = {self._reader, self._writer}
            self._reader = self._writer = self._identity = None
            for connection in connections:
                if connection is not None:
                    with suppress(sqlite3.Error):
                        connection.close()

    # What is there

    def counts(self, *, archived: bool = False) -> Counts:
        """How many sessions are finished and not, and how many files cannot be used."""
        return self._ask(lambda db: catalogue_queries.counts(db, archived=archived))

    def count(self, wanted: Wanted = Wanted()) -> int:  # noqa: B008 - it is frozen
        """How many sessions a list of `wanted` has."""
        return self._ask(lambda db: catalogue_queries.count(db, wanted))

    def page(
        self, offset: int, limit: int, wanted: Wanted = Wanted(), *, total: int | None = None  # noqa: B008
    ) -> list[Listed]:  # fmt: skip
        """`limit` sessions from row `offset` of the list on, newest first.

        With `total`, what `count` said, far rows are found from the end.
        """
        return self._ask(
            lambda db: catalogue_queries.page(
                db, self._folder.path, *self._themes, wanted, offset, limit,
                catalogue_queries.count(db, wanted) if total is None else total,
            )
        )  # fmt: skip

    def numbers(self, wanted: Wanted = Wanted(), order: Order = Order.NEWEST) -> "array[int]":  # noqa: B008
        """Which rows a list of `wanted` has, in order: for `listed`, a few at a time."""
        return self._ask(lambda db: catalogue_queries.numbers(db, wanted, order))

    def listed(self, numbers: Sequence[int]) -> list[Listed]:
        """The sessions of these rows, without those that are gone meanwhile."""
        return self._ask(
            lambda db: catalogue_queries.listed(db, self._folder.path, *self._themes, numbers)
        )

    def number_of(self, path: Path) -> int | None:
        """The row of a file."""
        archived = path.parent != self._folder.path
        key = key_of(path.name)
        return self._ask(lambda db: catalogue_queries.number_of(db, key, archived=archived))

    def damaged(self, *, archived: bool = False, limit: int = 1000) -> list[Damaged]:
        """Files that cannot be used, newest first, and why."""
        path = self._folder.path
        return self._ask(
            lambda db: catalogue_queries.damaged(db, path, archived=archived, limit=limit)
        )

    def people(self) -> list[str]:
        """Everybody, each in the spelling that is there most often."""
        return self._ask(lambda db: catalogue_queries.distinct(db, "respondent"))

    def teams(self) -> list[str]:
        """The same of teams."""
        return self._ask(lambda db: catalogue_queries.distinct(db, "team"))

    def tags(self) -> list[str]:
        return self._ask(catalogue_queries.tags)

    def trend(self, team: str | None = None) -> list[Quarter]:
        """By quarter and theme: a team's finished sessions, or all together. None of the archive.

        `team` is one however it is spelt.
        """
        return self._ask(lambda db: catalogue_queries.trend(db, *self._themes, team))

    def trends(self) -> list[Quarter]:
        """By team, quarter and theme; a team's name is folded, as it may be spelt in several ways."""
        return self._ask(lambda db: catalogue_queries.trends(db, *self._themes))

    # Bringing it up to date

    def refresh(self) -> Generator[Progress, None, None]:
        """Catch up with the folder, in steps; closing the iterator stops it, and nothing is lost.

        What has been read is there for queries at once, newest first. Raises OSError when the
        folder cannot be read. Only one goes on at a time; a second one ends at once.
        """
        if not self._one_refresh.acquire(blocking=False):
            return
        self.has_begun_anew = False
        try:
            for _ in range(3):
                try:
                    self._is_closed = False
                    yield from self._refresh(is_alone=False)
                    return
                except _UNEXPECTED as error:
                    if self._is_closed or catalogue_file.is_busy(error):
                        return
                    self._give_up_on(error)
        finally:
            self._one_refresh.release()

    def correct(self, name: str, *, archived: bool = False) -> None:
        """Read one file again that was opened or saved, unless a refresh does so anyway."""
        if not self._one_refresh.acquire(blocking=False):
            return
        try:
            file = seen(self._folder.path, name, archived=archived)
            db = self._connections()[1]
            if file is None:
                catalogue_rows.remove(db, [(int(archived), key_of(name))])
            else:
                for _ in self._catch_up(db, [file]):
                    pass
        except _UNEXPECTED as error:
            if not catalogue_file.is_busy(error):
                self._give_up_on(error)
        finally:
            self._one_refresh.release()

    def _refresh(self, *, is_alone: bool) -> Iterator[Progress]:
        self._reopen_if_gone()
        db = self._connections()[1]
        news = scout.report(self._folder.path)
        if (
            news
            and news[:2] == self._identity
            and catalogue_rows.are_all(db, news.files, self._rule)
        ):
            return
        found = differences(db, self._folder.path, self._rule)
        if found.gone:
            catalogue_rows.remove(db, found.gone)
        total = len(found.to_read)
        if total > SOME and not is_alone and not self.is_in_memory:
            yield from self._in_turn(total)
            return
        if total:
            yield from self._catch_up(db, found.to_read)
        if (total or found.gone) and not self.is_in_memory:
            # What was deleted is not to stay in the log either.
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _in_turn(self, total: int) -> Iterator[Progress]:
        """Read when no other process does; while one does, show how far it is."""
        lock = SessionLock(self._path)
        before, since = -1, monotonic()
        while True:
            try:
                lock.acquire()
                break
            except InUseError:
                done = min(sum(self.counts()) + sum(self.counts(archived=True)), total)
                if done != before:
                    before, since = done, monotonic()
                elif monotonic() - since > _PATIENCE:
                    break
                yield Progress(done, total)
                self._pause.wait(0.1)
            except OSError:
                break
        try:
            # The other one may have read it all.
            yield from self._refresh(is_alone=True)
        finally:
            lock.release()

    def _catch_up(self, db: sqlite3.Connection, files: list[Seen]) -> Iterator[Progress]:
        """Read these files: what is quick to read here, the rest where no key waits for it."""
        total = len(files)
        yield Progress(0, total)
        done, slow = 0, files
        if total <= SOME:
            quick, slow = [], []
            for file in files:
                row = quick_row(self._path_of(file), self._scorer)
                if row is None:
                    slow.append(file)
                else:
                    quick.append((file, row))
                    done += 1
                    yield Progress(done, total)
            self._write(db, quick)
        if len(slow) > FEW:
            yield from self._read_aside(db, slow, done, total)
            return
        for file in slow:
            self._write(db, [(file, row_of(self._path_of(file), self._scorer))])
            done += 1
            yield Progress(done, total)

    def _write(self, db: sqlite3.Connection, read: list[tuple[Seen, Row]]) -> None:
        if read:
            files, rows = [file for file, _ in read], [row for _, row in read]
            sums = packed(rows, [not file.archived for file in files])
            catalogue_rows.take_in(db, files, rows, sums, self._rule)

    def _read_aside(
        self, db: sqlite3.Connection, files: list[Seen], done: int, total: int
    ) -> Iterator[Progress]:
        def file(number: int) -> tuple[str, bool]:
            return self._path_of(files[number]), not files[number].archived

        with Readers(self._recipe, len(files), file) as readers:
            for chunk, read in readers.rows():
                if read is None:
                    row = fault_row("cannot be read: too much for the program", is_changed=False)
                    self._write(db, [(files[chunk[0]], row)])
                else:
                    some = files[chunk.start : chunk.stop]
                    catalogue_rows.take_in(db, some, *read, self._rule)
                done += len(chunk)
                yield Progress(done, total)
            # Where no process can be had, it takes longer, and keys wait a little.
            for number in readers.unread:
                row = row_of(self._path_of(files[number]), self._scorer)
                self._write(db, [(files[number], row)])
                done += 1
                yield Progress(done, total)

    def _path_of(self, file: Seen) -> str:
        folder = self._folder.path / ARCHIVE if file.archived else self._folder.path
        return str(folder / name_of(file.name))

    # The file

    def _ask(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """The answer to a query; that of an empty catalogue when the file turns out damaged."""
        with self._reading:
            try:
                return query(self._connections()[0])
            except _UNEXPECTED as error:
                self._give_up_on(error)
                try:
                    return query(self._connections()[0])
                except _UNEXPECTED:
                    self._use_memory()
                    return query(self._connections()[0])

    def _connections(self) -> tuple[sqlite3.Connection, sqlite3.Connection]:
        """One to read and one to write, so that no question waits for a long write."""
        with self._reading:
            if self._reader is None or self._writer is None:
                self._let_go()
                try:
                    if self._has_failed:
                        raise catalogue_file.NoCatalogueFile
                    self._reader = catalogue_file.open_file(self._path)
                    self._writer = catalogue_file.open_file(self._path)
                    self._identity = catalogue_file.identity(self._path)
                except catalogue_file.NoCatalogueFile:
                    self._use_memory()
            assert self._reader is not None and self._writer is not None  # noqa: S101, PT018
            return self._reader, self._writer

    def _reopen_if_gone(self) -> None:
        """Notice that the file was deleted, or that there is a folder for it now."""
        with self._reading:
            if self._identity != catalogue_file.identity(self._path) or (
                self.is_in_memory and self._folder.path.is_dir() and not self._has_failed
            ):
                self._let_go()

    def _give_up_on(self, error: Exception) -> None:
        """Begin anew: with a new file where the old one was at fault, else in memory."""
        with self._reading:
            was_in_memory = self.is_in_memory
            self._let_go()
            self.has_begun_anew = True
            if was_in_memory or not catalogue_file.is_damaged(error):
                self._has_failed = True
            else:
                catalogue_file.remove(self._path)

    def _use_memory(self) -> None:
        self._reader = self._writer = catalogue_file.in_memory()
