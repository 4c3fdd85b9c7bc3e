"""A round as a TOML file that people can read: what it is, its rules, its keys."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import ValidationError

from bt_assess.core.round import Round
from bt_assess.core.text import clean_line
from bt_assess.store.files import UnreadableFile, parse_toml, read_text
from bt_assess.store.seal import digest
from bt_assess.store.sealing import Keys, is_public

ROUND_FORMAT = 1
ROUND_FILE = "round.toml"
LONGEST_KEY = 2000
"""Longest wrapped key, in characters; age makes about 350."""

_HEAD = """\
# A bt-assess round: what it is, its rules, and its keys. The answers are sealed, a file a person.
# Not to be changed by hand: people answered under these rules, so a changed file is not opened.
# Keep a copy of this file: without the keys in it, nobody can open the answers.
"""
_KEYS = ("public", "wrapped", "recovery")


@dataclass(frozen=True)
class StoredRound:
    """A round, its keys, and the file that they were read from."""

    path: Path
    round: Round
    keys: Keys

    @property
    def folder(self) -> Path:
        """The folder that holds the round file and the sealed files."""
        return self.path.parent


def round_text(round_: Round, keys: Keys) -> str:
    """The whole file of a round, sealed at its end."""
    tables = {
        "format": ROUND_FORMAT,
        "round": round_.model_dump(mode="python", exclude_none=True),
        "keys": {name: getattr(keys, name) for name in _KEYS},
    }
    seal = {"given_in": round_.given_in, "sha256": digest(tables)}
    return f"{_HEAD}\n{tomli_w.dumps({**tables, 'seal': seal}, multiline_strings=True)}"


def read_round(path: Path) -> StoredRound:
    """The round in `path`. Raises UnreadableFile: a file that was changed is not opened either.

    Links are not followed. Unlike a session, a round cannot be accepted as somebody changed it: who
    sees what was promised to people before they answered.
    """
    tables = parse_toml(path, read_text(path, follow_links=False))
    version = tables.get("format")
    if type(version) is int and version > ROUND_FORMAT:
        raise UnreadableFile(
            path, f"was written by a newer bt-assess (format {version}); this one reads format 1"
        )
    if version != ROUND_FORMAT or not isinstance(tables.get("round"), dict):
        raise UnreadableFile(path, "is not a round of bt-assess, or its beginning is damaged")
    seal = tables.pop("seal", None)
    if not isinstance(seal, dict):
        raise UnreadableFile(path, "the end is missing: it was cut short")
    if seal.get("sha256") != digest(tables):
        raise UnreadableFile(
            path,
            "is not as it was saved: changed by hand, or damaged; put back a copy from before",
        )
    round_ = _round(path, tables)
    if set(seal) != {"given_in", "sha256"} or seal["given_in"] != round_.given_in:
        raise UnreadableFile(path, "is not as it was saved: changed by hand, or damaged")
    return StoredRound(path, round_, _keys(path, tables))


def _round(path: Path, tables: dict[str, Any]) -> Round:
    if strange := sorted(tables.keys() - {"format", "round", "keys"}):
        raise UnreadableFile(path, f"{clean_line(strange[0], 40)!r} is not part of a round")
    try:
        return Round.model_validate(tables["round"])
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = clean_line(".".join(str(part)[:40] for part in fault["loc"]))
        why = "does not fit" if not place else f"{place}: is not what belongs there"
        if fault["type"] == "missing":
            why = f"{place}: is missing"
        raise UnreadableFile(path, f"round: {why}") from None


def _keys(path: Path, tables: dict[str, Any]) -> Keys:
    found = tables.get("keys")
    if not isinstance(found, dict) or set(found) != set(_KEYS):
        raise UnreadableFile(path, "keys: are missing, or not those of a round")
    if not all(isinstance(key, str) and len(key) <= LONGEST_KEY for key in found.values()):
        raise UnreadableFile(path, "keys: are not those of a round")
    if not is_public(found["public"]):
        raise UnreadableFile(path, "keys.public: is not a public key")
    return Keys(**found)
