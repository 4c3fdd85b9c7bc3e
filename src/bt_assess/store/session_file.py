"""One session as a TOML file that people can read. docs/file-format.md describes it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import ValidationError

from bt_assess.core.asked import profile_of
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import SCORING_VERSION, Profile, Status, ThemeScore
from bt_assess.core.session import Session, misfits
from bt_assess.core.text import NAME_LENGTH, NOTE_LENGTH, clean_line
from bt_assess.store.files import UnreadableFile, parse_toml, read_text
from bt_assess.store.seal import digest

SESSION_FORMAT = 1

_HEAD = """\
# A bt-assess session: one person's answers to the statements of a rubric.
# To keep a change that you make by hand, run: bt-assess reseal FILE
"""


class ChangedFile(UnreadableFile):
    """A file that reads well but is not what was saved: edited by hand, or damaged.

    It does not count until somebody who knows says so; `session` is what it says now.
    """

    def __init__(self, path: Path, why: str, session: Session, tables: dict[str, Any]) -> None:
        super().__init__(path, why)
        self.session = session
        self.tables = tables

    def differences(self, rubric: Rubric) -> list[str]:
        """What a person should look at before accepting the file, a line each."""
        now = len(self.session.answers)
        match self.tables.get("seal"):
            case {"answers": int(sealed)} if sealed == now:
                lines = [f"Answers: {now}, as many as when it was saved"]
            case {"answers": int(sealed)}:
                lines = [f"Answers: {sealed} when it was saved; {now} now"]
            case _:
                lines = [f"Answers: {now} now; nothing says how many there were"]
        written = self.tables.get("scores")
        for theme_score in profile_of(rubric, self.session).themes:
            before = written.get(theme_score.theme_id) if isinstance(written, dict) else None
            after = _score_table(theme_score)
            if before is None or before == after:
                continue
            name, then, today = (
                rubric.theme(theme_score.theme_id).name, _in_words(before), _in_words(after)
            )  # fmt: skip
            if then == today:
                lines.append(f"{name}: {today}, as before, but with other figures")
            else:
                lines.append(f"{name}: {then}, when it was saved; {today}, now")
        return lines


@dataclass(frozen=True)
class StoredSession:
    """A session and the file that it was read from."""

    path: Path
    session: Session


def session_text(session: Session, rubric: Rubric) -> str:
    """The whole file of a session, answers and notes in the rubric's order, sealed."""
    ordered = list(rubric.statements)
    head = session.model_dump(exclude_none=True, exclude={"rubric", "answers", "notes"})
    if not session.tags:
        del head["tags"]  # so that files from before there were tags keep their seals
    tables: dict[str, Any] = {
        "format": SESSION_FORMAT,
        "session": head,
        "rubric": session.rubric.model_dump(),
        "answers": {i: a.value for i, a in _in_order(session.answers, ordered).items()},
        "notes": _in_order(session.notes, ordered),
    }
    if session.finished is not None:
        tables["scores"] = _score_tables(profile_of(rubric, session))
    seal = {"answers": len(session.answers), "sha256": digest(tables)}
    return f"{_HEAD}\n{tomli_w.dumps({**tables, 'seal': seal}, multiline_strings=True)}"


def read_session(path: Path, *, follow_links: bool = False) -> StoredSession:
    """The session in `path`. Raises UnreadableFile, or ChangedFile when the seal does not hold."""
    tables = parse_toml(path, read_text(path, follow_links=follow_links))
    version = tables.get("format")
    if type(version) is int and version > SESSION_FORMAT:
        raise UnreadableFile(
            path, f"was written by a newer bt-assess (format {version}); this one reads format 1"
        )
    if version != SESSION_FORMAT:
        raise UnreadableFile(path, "is not a session of bt-assess, or its beginning is damaged")
    session = _session(path, tables)
    seal = tables.get("seal")
    rest = {key: value for key, value in tables.items() if key != "seal"}
    if not isinstance(seal, dict):
        raise ChangedFile(
            path, "the end is missing: it was cut short", session, {**rest, "seal": {}}
        )
    if seal != {"answers": len(session.answers), "sha256": digest(rest)}:
        raise ChangedFile(
            path, "is not as it was saved: changed by hand, or damaged", session, tables
        )
    return StoredSession(path, session)


def read_for(rubric: Rubric, path: Path, *, follow_links: bool = False) -> StoredSession:
    """As `read_session`, and the session answers `rubric`. Raises UnreadableFile."""
    stored = read_session(path, follow_links=follow_links)
    if strange := misfits(stored.session, rubric):
        raise UnreadableFile(path, strange[0])
    return stored


def _session(path: Path, tables: dict[str, Any]) -> Session:
    known = {"format", "session", "rubric", "answers", "notes", "scores", "seal"}
    if strange := sorted(tables.keys() - known):
        raise UnreadableFile(path, f"{strange[0][:40]!r} is not part of a session")
    head = tables.get("session")
    if isinstance(head, dict) and (strange := sorted(known & head.keys())):
        raise UnreadableFile(path, f"session.{strange[0]}: is not part of a session")
    if too_long := _too_long(head, tables.get("notes")):
        raise UnreadableFile(path, too_long)
    try:
        return Session.model_validate(
            {
                **(head if isinstance(head, dict) else {}),
                "rubric": tables.get("rubric"),
                "answers": tables.get("answers"),
                "notes": tables.get("notes", {}),
            }
        )
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = clean_line(".".join(str(part)[:40] for part in fault["loc"]))
        raise UnreadableFile(path, f"{place}: {_fault_in_words(fault)}") from None


def _too_long(head: Any, notes: Any) -> str | None:
    """What would be cut if it were taken in; a file that was saved has nothing of the kind."""
    for key in ("respondent", "team"):
        text = head.get(key) if isinstance(head, dict) else None
        if isinstance(text, str) and len(text) > NAME_LENGTH:
            return f"session.{key}: is too long: at most {NAME_LENGTH} characters"
    tags = head.get("tags") if isinstance(head, dict) else None
    if isinstance(tags, list) and any(isinstance(t, str) and len(t) > NAME_LENGTH for t in tags):
        return f"session.tags: one is too long: at most {NAME_LENGTH} characters"
    for key, text in notes.items() if isinstance(notes, dict) else ():
        if isinstance(text, str) and len(text) > NOTE_LENGTH:
            return f"notes.{clean_line(key)[:60]}: is too long: at most {NOTE_LENGTH} characters"
    return None


def _fault_in_words(fault: Any) -> str:
    match fault["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not part of a session"
        case "enum":
            return "is not an answer"
        case _:
            return "is not what belongs there"


def _in_order(table: dict[str, Any], ordered: list[str]) -> dict[str, Any]:
    first = {key: table[key] for key in ordered if key in table}
    return {**first, **table}


def _score_tables(profile: Profile) -> dict[str, Any]:
    themes = {theme_score.theme_id: _score_table(theme_score) for theme_score in profile.themes}
    return {"scoring_version": SCORING_VERSION, **themes}


def _score_table(theme_score: ThemeScore) -> dict[str, Any]:
    """A theme's score as readers want it: four digits, and nothing that does not exist."""
    figures = {
        "status": theme_score.status.value,
        "stage": theme_score.stage and theme_score.stage.value,
        "confidence": theme_score.confidence and theme_score.confidence.value,
        "position": theme_score.position,
        "low": theme_score.low,
        "high": theme_score.high,
        "coverage": theme_score.coverage,
    }
    rounded = {k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()}
    return {key: value for key, value in rounded.items() if value is not None}


_STATUS = {
    Status.MIXED: "mixed picture",
    Status.NOT_RECOGNISED: "not recognised",
    Status.NOT_ENOUGH: "not enough answers",
}


def _in_words(table: Any) -> str:
    """'2.03, developing', 'mixed picture': a score as it is written, by whoever wrote it."""
    match table:
        case {"status": Status.PLACED, "position": float(position), "stage": str(stage)}:
            return f"{position:.2f}, {clean_line(stage)}"
        case {"status": str(status)} if status in _STATUS:
            return _STATUS[Status(status)]
        case _:
            return "no score"
