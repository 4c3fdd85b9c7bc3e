"""Bringing sealed files together that were collected on several laptops with one round file."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bt_assess.core.round import MOST_SEALED, NotNow, Round
from bt_assess.core.text import clean_line
from bt_assess.store.ballot import (
    SUFFIX,
    answers_folder,
    folder_in,
    is_name,
    names_in,
    write_dateless,
)
from bt_assess.store.drafts import unfinished
from bt_assess.store.files import UnreadableFile, read_bytes, shown_name
from bt_assess.store.round_file import ROUND_FILE, StoredRound, read_round
from bt_assess.store.sealing import SEALED_SIZE, looks_sealed, receipt

if TYPE_CHECKING:
    from bt_assess.store.rounds import RoundsFolder


class NotTheSame(ValueError):
    """A folder of another round, or of one with other rules: nothing of it is taken."""


@dataclass
class MergeReport:
    """What came of a merge: names of sealed files, and how many have not finished there.

    `already` were here, under this name or another, and count once. `refused` says why of each.
    `missing` were given in there and are not in the folder. `votes` are themes with a second vote
    there and none here: those votes are not taken. `knows` is whether a round file was there to say
    what was shown on that laptop.
    """

    stored: StoredRound
    added: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unfinished: int = 0
    votes: list[str] = field(default_factory=list)
    knows: bool = True


def merge(folder: "RoundsFolder", stored: StoredRound, source: Path) -> MergeReport:
    """Take in the sealed files of `source`. The lock is held. May be done again: nothing doubles.

    Raises NotTheSame, UnreadableFile or OSError; after an OSError what was taken so far is whole.
    """
    if source.is_symlink():
        raise NotTheSame(f"{shown_name(source)}: is a link to somewhere else, so it is not opened")
    if not source.is_dir():
        raise NotTheSame(f"{shown_name(source)}: there is no such folder")
    other = read_round(source / ROUND_FILE) if _is_there(source / ROUND_FILE) else None
    if other is not None:
        _must_be_the_same(stored, other)
    elif not _has_sealed_files(source):
        raise NotTheSame(f"{shown_name(source)}: there are no sealed files of a round in it")
    report = MergeReport(stored, knows=other is not None)
    if other is not None:
        report.unfinished = len(unfinished(other))
        known = {revote.theme_id for revote in stored.round.revotes}
        report.votes = [r.theme_id for r in other.round.revotes if r.theme_id not in known]
        # What was shown there counts as shown here: shown again with one person more, the
        # difference of the two would be that person's answers.
        report.stored = StoredRound(stored.path, _with_what_was_shown(stored, other), stored.keys)
    for theme_id in (None, *(revote.theme_id for revote in stored.round.revotes)):
        place = source / answers_folder(theme_id)
        if other is None and theme_id is None and not place.is_dir():
            place = source
        there = _given(other.round, theme_id) if other else None
        _merge_vote(report, place, theme_id, there)
    if report.stored.round != stored.round:
        report.stored = folder.write(stored, report.stored.round)
    return report


def _with_what_was_shown(stored: StoredRound, other: StoredRound) -> Round:
    try:
        return stored.round.taking_over(other.round.published)
    except NotNow:
        raise NotTheSame(
            "that laptop has shown other answers than this one, so that putting them together would"
            " give away what a few people answered: nothing is taken"
        ) from None


def _has_sealed_files(source: Path) -> bool:
    places = (source, *(source / name for name in names_in(source) if _holds_a_vote(name)))
    return any(name.endswith(SUFFIX) for place in places for name in names_in(place))


def _holds_a_vote(name: str) -> bool:
    return name == answers_folder(None) or name.startswith("revote-")


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _must_be_the_same(stored: StoredRound, other: StoredRound) -> None:
    if other.round.id != stored.round.id or other.keys.public != stored.keys.public:
        raise NotTheSame("that folder is of another round")
    for rule in ("named", "figures_from", "pictures_from", "rubric"):
        if getattr(other.round, rule) != getattr(stored.round, rule):
            raise NotTheSame("that folder is of the same round, but people answered by other rules")


def _given(round_: Round, theme_id: str | None) -> dict[str, str]:
    if theme_id is None:
        return dict(round_.sealed)
    revote = round_.revote(theme_id)
    return dict(revote.sealed) if revote else {}


def _merge_vote(
    report: MergeReport, place: Path, theme_id: str | None, there: dict[str, str] | None
) -> None:
    """Take in one vote's files; `there` is what was given in there, None where nothing says."""
    stored = report.stored
    round_ = stored.round
    target = folder_in(stored.folder, answers_folder(theme_id))
    here = {
        name[: -len(SUFFIX)]: data
        for name in names_in(target)
        if name.endswith(SUFFIX) and (data := _data(target / name)) is not None
    }
    known = set(here.values())
    names = [name for name in names_in(place) if name.endswith(SUFFIX)]
    for file_name in names[: 2 * MOST_SEALED]:
        name = file_name[: -len(SUFFIX)]
        data = _data(place / file_name)
        given = _given(round_, theme_id)
        why = None
        if not is_name(name) or data is None:
            why = "is not a sealed file, or is damaged"
        elif there is not None and there.get(name) != receipt(data):
            why = "was not given in there, or was changed since"
        elif (name in here and here[name] != data) or given.get(name, receipt(data)) != receipt(
            data
        ):
            why = "another file goes by this name here; that one stays"
        elif name not in given and len(given) >= (MOST_SEALED if not theme_id else round_.voters):
            why = (
                "as many have voted again as were counted"
                if theme_id
                else (f"a round has at most {MOST_SEALED} sealed files")
            )
        if why is not None or data is None:
            report.refused.append((clean_line(file_name), why or ""))
            continue
        if name in given and name in here:
            report.already.append(name)
            continue
        if name not in here and data in known:
            report.already.append(name)
            continue
        if name not in here:
            write_dateless(target / file_name, data, round_)
            known.add(data)
        round_ = round_.given(name, receipt(data), theme_id)
        report.added.append(name)
    present = {name[: -len(SUFFIX)] for name in names}
    report.missing += sorted((there or {}).keys() - present)
    report.stored = StoredRound(stored.path, round_, stored.keys)


def _data(path: Path) -> bytes | None:
    """A sealed file by its looks, else None; what it holds is seen when the round is opened."""
    try:
        data = read_bytes(path, follow_links=False, largest=SEALED_SIZE)
    except UnreadableFile:
        return None
    return data if looks_sealed(data) else None
