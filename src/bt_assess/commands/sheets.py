"""form, import, export."""

from argparse import Namespace
from datetime import datetime

from bt_assess.commands.desk import everything, folder_of, rubric_of, session_of
from bt_assess.commands.out import Refusal, put, say, tell
from bt_assess.core.session import Session, misfits
from bt_assess.core.text import NAME_LENGTH, clean_line
from bt_assess.report.exports import sessions_csv, sessions_json
from bt_assess.store.answer_sheet import FaultySheet, empty_sheet, read_sheet
from bt_assess.store.files import UnreadableFile, reason, shown_name
from bt_assess.store.folder import InUseError, recency
from bt_assess.store.where import at_home


def run_form(arguments: Namespace) -> None:
    """An empty answer sheet."""
    put(empty_sheet(rubric_of(arguments)), arguments.output, force=arguments.force)


def run_import(arguments: Namespace) -> None:
    """A filled answer sheet becomes a finished session, or nothing is written."""
    rubric = rubric_of(arguments)
    path = at_home(arguments.file)
    respondent, team = _name(arguments.respondent, "respondent"), _name(arguments.team, "team")
    try:
        answers, notes = read_sheet(path, rubric)
    except FaultySheet as error:
        raise Refusal(*(f"{shown_name(path)}: {fault}" for fault in error.faults)) from None
    except UnreadableFile as error:
        raise Refusal(str(error)) from None
    folder = folder_of(arguments)
    begun = folder.new(rubric, datetime.now().astimezone(), respondent, team)
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
        raise Refusal(f"{begun.path}: {why}; nothing was written") from None
    # First where it is, so that nobody imports it again when the id cannot be printed.
    tell(
        f"{len(answers)} of {len(rubric.statements)} statements answered;"
        f" written to {begun.path}; 'bt-assess show {begun.path}' shows the result"
    )
    say(session.id)


def run_export(arguments: Namespace) -> None:
    """Sessions as CSV or JSON, all that can be read unless some are named."""
    rubric = rubric_of(arguments)
    if arguments.sessions_named:
        named = [session_of(arguments, word, rubric) for word in arguments.sessions_named]
        # One that is named twice is there once.
        chosen = list({stored.path.resolve(): stored for stored in named}.values())
    else:
        chosen, damaged = everything(arguments)
        for fault in damaged:
            tell(f"left out: {fault}")
        for stored in chosen:
            if strange := misfits(stored.session, rubric):
                tell(f"left out: {shown_name(stored.path)}: {strange[0]}")
        chosen = sorted((s for s in chosen if not misfits(s.session, rubric)), key=recency)
    sessions = [stored.session for stored in chosen]
    make = sessions_json if arguments.json else sessions_csv
    put(make(rubric, sessions), arguments.output, force=arguments.force)


def _name(text: str, what: str) -> str:
    cleaned = clean_line(text, len(text))
    if len(cleaned) > NAME_LENGTH:
        raise Refusal(f"the {what}'s name is too long: at most {NAME_LENGTH} characters")
    return cleaned
