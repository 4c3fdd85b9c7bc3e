"""form, import, export."""

from argparse import Namespace
from datetime import datetime
from pathlib import Path

from bt_assess.commands.desk import Refusal, folder_of, put, rubric_of, say, session_of, tell
from bt_assess.core.session import Session, misfits
from bt_assess.core.text import NAME_LENGTH, clean_line
from bt_assess.report.exports import sessions_csv, sessions_json
from bt_assess.store.answer_sheet import FaultySheet, empty_sheet, read_sheet
from bt_assess.store.files import UnreadableFile, reason
from bt_assess.store.folder import InUseError, recency
from bt_assess.store.session_file import StoredSession


def run_form(arguments: Namespace) -> None:
    """An empty answer sheet."""
    put(empty_sheet(rubric_of(arguments)), arguments.output, force=arguments.force)


def run_import(arguments: Namespace) -> None:
    """A filled answer sheet becomes a finished session, or nothing is written."""
    rubric = rubric_of(arguments)
    path = Path(arguments.file).expanduser()
    respondent, team = _name(arguments.respondent, "respondent"), _name(arguments.team, "team")
    try:
        answers, notes = read_sheet(path, rubric)
    except FaultySheet as error:
        raise Refusal(*(f"{path.name}: {fault}" for fault in error.faults)) from None
    except UnreadableFile as error:
        raise Refusal(str(error)) from None
    folder = folder_of(arguments)
    now = datetime.now().astimezone()
    begun = folder.new(rubric, now, respondent, team)
    session = Session.model_validate(
        {**dict(begun.session), "answers": answers, "notes": notes, "revision": len(answers)}
    ).finish(begun.session.started)
    try:
        folder.sweep()
        lock = folder.lock(begun.path)
        try:
            folder.save(begun.path, session, rubric)
        finally:
            lock.release()
    except (OSError, InUseError) as error:
        why = reason(error) if isinstance(error, OSError) else "is in use"
        raise Refusal(f"{begun.path.name}: {why}; nothing was written") from None
    say(session.id)
    tell(
        f"{len(answers)} of {len(rubric.statements)} statements answered;"
        f" written to {begun.path}; 'bt-assess show {session.id}' shows the result"
    )


def run_export(arguments: Namespace) -> None:
    """Sessions as CSV or JSON, all that can be read unless some are named."""
    rubric = rubric_of(arguments)
    if arguments.sessions_named:
        chosen = [session_of(arguments, word, rubric) for word in arguments.sessions_named]
    else:
        chosen = []
        for entry in folder_of(arguments).read_all():
            if isinstance(entry, UnreadableFile):
                tell(f"left out: {entry}")
            elif strange := misfits(entry.session, rubric):
                tell(f"left out: {entry.path.name}: {strange[0]}")
            else:
                chosen.append(entry)
        chosen.sort(key=recency)
    put(_made(arguments, rubric, chosen), arguments.output, force=arguments.force)


def _made(arguments: Namespace, rubric: object, chosen: list[StoredSession]) -> str:
    make = sessions_json if arguments.json else sessions_csv
    return make(rubric, [stored.session for stored in chosen])  # type: ignore[arg-type]


def _name(text: str, what: str) -> str:
    cleaned = clean_line(text, len(text))
    if len(cleaned) > NAME_LENGTH:
        raise Refusal(f"the {what}'s name is too long: at most {NAME_LENGTH} characters")
    return cleaned
