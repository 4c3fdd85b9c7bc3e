"""Saved comparisons: a TOML file each, in a folder of the sessions folder."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import ValidationError

from bt_assess.core.saved_comparison import MOST_COMPARED, Ref, SavedComparison, View
from bt_assess.core.text import clean_line
from bt_assess.store.ballot import names_in
from bt_assess.store.files import (
    UnreadableFile,
    parse_toml,
    read_text,
    shortened,
    shown_name,
    write_atomic,
)
from bt_assess.store.folder import NotFound, new_id
from bt_assess.store.seal import digest

COMPARISON_FORMAT = 1
COMPARISONS = "comparisons"
"""The folder of saved comparisons, in the folder of sessions."""

_HEAD = """\
# A bt-assess comparison that was saved under a name: what is compared, and the aims.
# It holds no results. When it is damaged, delete it and save the comparison again.
"""


class NameTaken(ValueError):
    """There is a comparison of this name already."""


class Forgotten(ValueError):
    """The comparison has been deleted since it was read."""


@dataclass(frozen=True)
class StoredComparison:
    """A comparison and the file that it was read from."""

    path: Path
    comparison: SavedComparison


class ComparisonsFolder:
    """The saved comparisons of a sessions folder. Damaged files are told of and left alone."""

    def __init__(self, sessions_folder: Path) -> None:
        self.path = sessions_folder / COMPARISONS

    def all(self) -> tuple[list[StoredComparison], list[UnreadableFile]]:
        """The comparisons, newest first, and what is wrong with those that cannot be used."""
        found: list[StoredComparison] = []
        damaged: list[UnreadableFile] = []
        for name in names_in(self.path):
            if name.startswith(".") or not name.endswith(".toml"):
                continue
            try:
                found.append(read_comparison(self.path / name))
            except UnreadableFile as fault:
                damaged.append(fault)
        found.sort(key=lambda s: (s.comparison.created, s.path.name), reverse=True)
        return found, damaged

    def resolve(self, word: str) -> StoredComparison:
        """The comparison that a name, an id or a unique start of one stands for.

        Raises NotFound, or UnreadableFile when it is there but damaged.
        """
        known, damaged = self.all()
        ways = (
            [s for s in known if s.comparison.id == word],
            [s for s in known if s.comparison.name == word],
            [s for s in known if s.comparison.name.casefold() == word.casefold()],
            [s for s in known if s.comparison.id.startswith(word)],
        )
        for found in ways:
            if word and len(found) == 1:
                return found[0]
            if word and found:
                names = ", ".join(shown_name(stored.path) for stored in found[:5])
                raise NotFound(
                    f"{shortened(word)!r} could be any of {len(found)} comparisons: {names}"
                )
        for fault in damaged:
            if word and (
                word in (fault.path.name, fault.path.stem) or fault.path.stem[11:] == word
            ):
                raise fault
        raise NotFound(f"no saved comparison goes by {shortened(word)!r}")

    def new(
        self,
        name: str,
        what: Sequence[Ref],
        *,
        today: date,
        view: View = View.CHANGE,
        targets: Mapping[str, float] | None = None,
    ) -> StoredComparison:
        """A comparison on disk. Raises NameTaken, ValueError where it makes no sense, or OSError."""
        comparison = SavedComparison(
            id=new_id(), name=name, what=tuple(what), view=view, targets=dict(targets or {}),
            created=today,
        )  # fmt: skip
        self._is_free(comparison)
        path = self.path / f"{today:%Y-%m-%d}-{comparison.id}.toml"
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(path, comparison_text(comparison).encode())
        return StoredComparison(path, comparison)

    def save(self, stored: StoredComparison, comparison: SavedComparison) -> StoredComparison:
        """Write what `comparison` has changed of what was read; what others changed since stays.

        Gives what is there now. Raises NameTaken, Forgotten, UnreadableFile or OSError.
        """
        if not os.path.lexists(stored.path):
            raise Forgotten("it has been deleted meanwhile")
        now = read_comparison(stored.path).comparison
        comparison = _carried_over(stored.comparison, comparison, now)
        self._is_free(comparison)
        write_atomic(stored.path, comparison_text(comparison).encode())
        return StoredComparison(stored.path, comparison)

    def remove(self, stored: StoredComparison) -> None:
        """Forget a comparison; what it compares stays as it is. Raises OSError."""
        stored.path.unlink(missing_ok=True)

    def _is_free(self, comparison: SavedComparison) -> None:
        for other in self.all()[0]:
            taken = other.comparison
            if taken.id != comparison.id and taken.name.casefold() == comparison.name.casefold():
                raise NameTaken(f"there is a comparison called {taken.name!r} already")


def _carried_over(
    read: SavedComparison, wanted: SavedComparison, now: SavedComparison
) -> SavedComparison:
    """What differs between `read` and `wanted`, done to `now`; targets and what is compared one by one."""
    before, after = dict(read), dict(wanted)
    changes = {key: value for key, value in after.items() if value != before[key]}
    if "what" in changes:
        kept = [ref for ref in wanted.what if ref in now.what or ref not in read.what]
        added = [ref for ref in now.what if ref not in read.what and ref not in kept]
        if 2 <= len(kept) + len(added) <= MOST_COMPARED:
            changes["what"] = (*kept, *added)
    aims = dict(now.targets)
    for theme_id in read.targets.keys() | wanted.targets.keys():
        aim = wanted.targets.get(theme_id)
        if aim == read.targets.get(theme_id):
            continue
        if aim is None:
            aims.pop(theme_id, None)
        else:
            aims[theme_id] = aim
    return now.changed(**{**changes, "targets": aims})


def comparison_text(comparison: SavedComparison) -> str:
    """The whole file of a comparison, sealed at its end."""
    tables = {
        "format": COMPARISON_FORMAT,
        "comparison": {
            "id": comparison.id,
            "name": comparison.name,
            "view": comparison.view.value,
            "created": comparison.created,
            "what": [f"{ref.kind.value}:{ref.id}" for ref in comparison.what],
            "targets": dict(comparison.targets),
        },
    }
    seal = {"sha256": digest(tables)}
    return f"{_HEAD}\n{tomli_w.dumps({**tables, 'seal': seal})}"


def read_comparison(path: Path) -> StoredComparison:
    """The comparison in `path`. Raises UnreadableFile; links are not followed."""
    tables = parse_toml(path, read_text(path, follow_links=False))
    version = tables.get("format")
    if type(version) is int and version > COMPARISON_FORMAT:
        raise UnreadableFile(
            path, f"was written by a newer bt-assess (format {version}); this one reads format 1"
        )
    table = tables.get("comparison")
    if version != COMPARISON_FORMAT or not isinstance(table, dict):
        raise UnreadableFile(path, "is not a saved comparison, or its beginning is damaged")
    seal = tables.pop("seal", None)
    if not isinstance(seal, dict):
        raise UnreadableFile(path, "the end is missing: it was cut short")
    if seal != {"sha256": digest(tables)}:
        raise UnreadableFile(
            path, "is not as it was saved: changed by hand, or damaged; save the comparison again"
        )
    if strange := sorted(tables.keys() - {"format", "comparison"}):
        raise UnreadableFile(path, f"{clean_line(strange[0], 40)!r} is not part of a comparison")
    return StoredComparison(path, _comparison(path, table))


def _comparison(path: Path, table: dict[str, Any]) -> SavedComparison:
    what = table.get("what")
    refs = [_ref(str(word)) for word in what] if isinstance(what, list) else None
    try:
        return SavedComparison.model_validate({**table, "what": refs})
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = clean_line(".".join(str(part)[:40] for part in fault["loc"]))
        why = f"{place}: is not what belongs there" if place else "does not fit together"
        raise UnreadableFile(path, f"comparison: {why}") from None


def _ref(word: str) -> dict[str, str]:
    kind, _, an_id = word.partition(":")
    return {"kind": kind, "id": an_id}
