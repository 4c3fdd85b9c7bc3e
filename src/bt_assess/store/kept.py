"""What plans and projects have in common on disk: a sealed TOML file each, in a folder of their own."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import tomli_w
from pydantic import ValidationError

from bt_assess.core.plan import Plan
from bt_assess.core.project import Project
from bt_assess.core.text import clean_line
from bt_assess.store.ballot import names_in
from bt_assess.store.files import (
    UnreadableFile,
    parse_toml,
    read_bytes,
    read_text,
    shortened,
    shown_name,
    write_atomic,
)
from bt_assess.store.folder import ARCHIVE, InUseError, NotFound, SessionLock, new_id
from bt_assess.store.seal import digest

KEPT_FORMAT = 1

T = TypeVar("T", bound=Plan | Project)


class OutOfDate(Exception):
    """The file has changed on disk since it was read; open it again before changing it."""


@dataclass(frozen=True)
class Stored(Generic[T]):
    """A plan or project, and the file that it was read from."""

    path: Path
    thing: T


@dataclass(frozen=True)
class Sort(Generic[T]):
    """What a folder keeps: how it is read, the word for it, the comment at the top of its files."""

    make: Callable[[Any], T]
    word: str
    folder: str
    head: str


class ChangedByHand(UnreadableFile, Generic[T]):
    """A file that reads well but is not what was saved; `thing` is what it says now.

    It is listed as damaged until somebody who knows accepts it: `KeptFolder.accept`.
    """

    def __init__(self, path: Path, thing: T) -> None:
        super().__init__(path, "is not as it was saved: changed by hand, or damaged")
        self.thing = thing


class KeptFolder(Generic[T]):
    """The plans, or the projects, of a sessions folder. Damaged files are told of and left alone.

    A window that works with one holds its lock; others may look, and cannot save.
    """

    def __init__(self, sessions_folder: Path, sort: Sort[T]) -> None:
        self.path = sessions_folder / sort.folder
        self._sort = sort
        self._held: dict[Path, SessionLock] = {}

    def all(self, *, archived: bool = False) -> tuple[list[Stored[T]], list[UnreadableFile]]:
        """What is there, newest first, and what is wrong with files that cannot be used."""
        found: list[Stored[T]] = []
        damaged: list[UnreadableFile] = []
        folder = self.path / ARCHIVE if archived else self.path
        for name in names_in(folder):
            if not name.endswith(".toml"):
                continue
            try:
                found.append(self.read(folder / name))
            except UnreadableFile as fault:
                damaged.append(fault)
        found.sort(key=lambda s: (s.thing.created, s.path.name), reverse=True)
        return found, damaged

    def read(self, path: Path) -> Stored[T]:
        """What is in `path`; links are not followed. Raises UnreadableFile, or ChangedByHand."""
        return Stored(path, read_kept(path, self._sort))

    def has(self, path: Path) -> bool:
        """Whether `path` is a file of this sort, in order or not, wherever it lies."""
        try:
            tables = parse_toml(path, read_text(path, follow_links=False))
        except UnreadableFile:
            return False
        return isinstance(tables.get(self._sort.word), dict)

    def words_of(self, thing: T) -> str:
        """What its file says, without the comment at the top and the seal."""
        text = kept_text(thing, self._sort)
        return text.removeprefix(self._sort.head).rpartition("\n[seal]")[0].strip()

    def resolve(self, word: str) -> Stored[T]:
        """What an id, the start of one, a title or 'latest' stands for, the archive included.

        Raises NotFound, or UnreadableFile when it is there but damaged.
        """
        known, damaged = self.all()
        if word == "latest" and known:
            return known[0]
        archived, faults = self.all(archived=True)
        everything = known + archived
        ways: tuple[Callable[[Stored[T]], bool], ...] = (
            lambda s: word in (s.thing.id, s.path.name, s.path.stem),
            lambda s: s.thing.title == word,
            lambda s: s.thing.title.casefold() == word.casefold(),
            lambda s: s.thing.id.startswith(word),
        )
        for fits in ways:
            found = [stored for stored in everything if word and fits(stored)]
            if len(found) == 1:
                return found[0]
            if found:
                names = ", ".join(shown_name(stored.path) for stored in found[:5])
                raise NotFound(
                    f"{shortened(word)!r} could be any of {len(found)} {self._sort.word}s: {names}"
                )
        for fault in damaged + faults:
            if word and (word == fault.path.name or fault.path.stem[11:].startswith(word)):
                raise fault
        if word == "latest":
            raise NotFound(f"there are no {self._sort.word}s here yet")
        raise NotFound(f"no {self._sort.word} here goes by {shortened(word)!r}")

    def create(self, thing: T) -> Stored[T]:
        """Put a new one on disk. Raises OSError, or FileExistsError when it is there already."""
        path = self.path / f"{thing.created:%Y-%m-%d}-{thing.id}.toml"
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() or path.is_symlink():
            raise FileExistsError(17, "a file of that name is there already")
        # Another window that starts at this moment sweeps away what no lock is held for.
        with self._writing(path):
            write_atomic(path, kept_text(thing, self._sort).encode())
        return Stored(path, thing)

    def hold(self, stored: Stored[T]) -> Stored[T]:
        """Take it for this window until `release`; as it is on disk now.

        Raises InUseError when another window has it, UnreadableFile or OSError.
        """
        if stored.path not in self._held:
            lock = SessionLock(stored.path)
            lock.acquire()
            self._held[stored.path] = lock
            try:
                return self.read(stored.path)
            except BaseException:
                self.release(stored)
                raise
        return self.read(stored.path)

    def release(self, stored: Stored[T]) -> None:
        """Leave it to others."""
        if lock := self._held.pop(stored.path, None):
            lock.release()

    def save(self, stored: Stored[T], thing: T) -> Stored[T]:
        """Write `thing` in the place of what was read as `stored`, durably.

        Raises OutOfDate when the file has changed since, InUseError, or OSError: then the old one
        is there.
        """
        if thing.id != stored.thing.id:
            raise OutOfDate(f"that is another {self._sort.word}")
        with self._writing(stored.path):
            try:
                now = self.read(stored.path).thing
            except UnreadableFile as fault:
                raise OutOfDate(
                    f"the {self._sort.word} cannot be read any more: {fault.why}"
                ) from None
            if now != stored.thing:
                raise OutOfDate(f"the {self._sort.word} has changed meanwhile; open it again")
            if thing != now:
                write_atomic(stored.path, kept_text(thing, self._sort).encode())
        return Stored(stored.path, thing)

    def accept(self, fault: ChangedByHand[T]) -> Stored[T]:
        """Save a file that was changed by hand as it was shown, with a seal of its own.

        Raises OutOfDate when it has changed again, InUseError or OSError.
        """
        with self._writing(fault.path):
            if _as_it_is(fault.path, self._sort) != fault.thing:
                raise OutOfDate("it has changed again; look at it once more")
            values = {**dict(fault.thing), "revision": fault.thing.revision + 1}
            thing = self._sort.make(values)
            write_atomic(fault.path, kept_text(thing, self._sort).encode())
        return Stored(fault.path, thing)

    def overrule(self, stored: Stored[T], thing: T) -> tuple[Stored[T], Path | None]:
        """Write `thing` whatever the file says by now; a copy of that goes into the archive.

        The copy is no plan or project any more, so that it is listed as none. Raises InUseError or
        OSError.
        """
        with self._writing(stored.path):
            copy = self._copied(stored.path) if os.path.lexists(stored.path) else None
            write_atomic(stored.path, kept_text(thing, self._sort).encode())
        return Stored(stored.path, thing), copy

    def _copied(self, path: Path) -> Path:
        """A copy of the file as it is, under a name that nobody has. Raises OSError."""
        try:
            there = read_bytes(path, follow_links=False)
        except UnreadableFile as fault:
            raise OSError(0, f"what is there cannot be kept: it {fault.why}") from None
        names = (f"{path.stem}-changed-elsewhere-{number}.txt" for number in range(1, 1000))
        folder = self.path / ARCHIVE
        copy = next((folder / name for name in names if not os.path.lexists(folder / name)), None)
        if copy is None:
            raise FileExistsError(17, "there are too many copies of it already")
        folder.mkdir(mode=0o700, exist_ok=True)
        write_atomic(copy, there)
        return copy

    def move(self, stored: Stored[T], *, to_archive: bool) -> Stored[T]:
        """Put it into the archive, or take it back. Raises InUseError or OSError."""
        folder = self.path / ARCHIVE if to_archive else self.path
        target = folder / stored.path.name
        with self._writing(stored.path):
            folder.mkdir(mode=0o700, exist_ok=True)
            if target.exists() or target.is_symlink():
                raise FileExistsError(17, "a file of that name is there already")
            stored.path.rename(target)
        self.release(stored)
        return Stored(target, stored.thing)

    def sweep(self) -> None:
        """Remove what writers that died left behind; a writer that lives holds its lock."""
        with suppress(OSError):
            for leftover in [
                found
                for folder in (self.path, self.path / ARCHIVE)
                for found in folder.glob(".*.toml.*.tmp")
            ]:
                kept = leftover.with_name(leftover.name[1:].rsplit(".", 2)[0])
                with suppress(InUseError, OSError), self._writing(kept):
                    leftover.unlink(missing_ok=True)

    @contextmanager
    def _writing(self, path: Path) -> Iterator[None]:
        """Nobody else writes meanwhile. Raises InUseError or OSError."""
        if path in self._held:
            yield
            return
        lock = SessionLock(path)
        lock.acquire()
        try:
            yield
        finally:
            lock.release()


def kept_text(thing: T, sort: Sort[T]) -> str:
    """The whole file, sealed at its end."""
    tables: dict[str, Any] = {
        "format": KEPT_FORMAT,
        sort.word: thing.model_dump(mode="python", exclude_none=True, by_alias=True),
    }
    seal = {"sha256": digest(tables)}
    return f"{sort.head}\n{tomli_w.dumps({**tables, 'seal': seal}, multiline_strings=True)}"


def read_kept(path: Path, sort: Sort[T]) -> T:
    """The plan or project in `path`. Raises UnreadableFile, or ChangedByHand."""
    tables = parse_toml(path, read_text(path, follow_links=False))
    version = tables.get("format")
    if type(version) is int and version > KEPT_FORMAT:
        raise UnreadableFile(
            path, f"was written by a newer bt-assess (format {version}); this one reads format 1"
        )
    if version != KEPT_FORMAT or not isinstance(tables.get(sort.word), dict):
        raise UnreadableFile(path, f"is not a {sort.word}, or its beginning is damaged")
    seal = tables.pop("seal", None)
    if not isinstance(seal, dict):
        raise UnreadableFile(path, "the end is missing: it was cut short")
    if strange := sorted(tables.keys() - {"format", sort.word}):
        raise UnreadableFile(path, f"{clean_line(strange[0], 40)!r} is not part of a {sort.word}")
    thing = _thing(path, tables[sort.word], sort)
    if seal != {"sha256": digest(tables)}:
        raise ChangedByHand(path, thing)
    return thing


def _thing(path: Path, table: dict[str, Any], sort: Sort[T]) -> T:
    try:
        return sort.make(table)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = clean_line(".".join(str(part)[:40] for part in fault["loc"]))
        why = f"{place}: is not what belongs there" if place else "does not fit together"
        if fault["type"] == "missing":
            why = f"{place}: is missing"
        raise UnreadableFile(path, f"{sort.word}: {why}") from None


def _as_it_is(path: Path, sort: Sort[T]) -> object:
    try:
        return read_kept(path, sort)
    except ChangedByHand as again:
        return again.thing
    except UnreadableFile:
        return None


__all__ = [
    "ChangedByHand", "InUseError", "KeptFolder", "NotFound", "OutOfDate", "Sort", "Stored",
    "UnreadableFile", "kept_text", "new_id", "read_kept",
]  # fmt: skip
