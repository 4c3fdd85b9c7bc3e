"""where, list, show."""

import os
from argparse import Namespace
from pathlib import Path

from bt_assess.commands.desk import everything, rubric_of, session_of
from bt_assess.commands.out import say, say_json, tell, width
from bt_assess.core.asked import profile_of
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import answered
from bt_assess.report.profile_json import list_object, show_object
from bt_assess.report.profile_text import show_text
from bt_assess.report.summary import in_brief
from bt_assess.report.words import day, who
from bt_assess.store.files import shown_name
from bt_assess.store.folder import recency
from bt_assess.store.rubric_file import shipped_rubric
from bt_assess.store.session_file import StoredSession


def run_where(arguments: Namespace) -> None:
    """Which folder and which rubric are in use."""
    where = arguments.where
    say(f"sessions  {where.path}\n          {where.why}{_not_there_yet(where.path)}")
    # After the folder, which can be told whatever is wrong with the rubric.
    rubric = rubric_of(arguments)
    say(
        f"rubric    {arguments.rubric or shipped_rubric()}\n"
        f"          {rubric.id} {rubric.version}: {rubric.title}"
    )


def _not_there_yet(folder: Path) -> str:
    # lexists: True or False whatever the name, and whoever may look inside.
    return "" if os.path.lexists(folder) else "; not there yet: the first session makes it"


def run_list(arguments: Namespace) -> None:
    """Every session, newest first, and every file that cannot be used."""
    rubric = rubric_of(arguments)
    sessions, damaged = everything(arguments, archived=arguments.archived)
    sessions.sort(key=recency, reverse=True)
    if arguments.json:
        files = [(stored.path, stored.session) for stored in sessions]
        say_json(list_object(rubric, files, [(fault.path, fault.why) for fault in damaged]))
        return
    if not sessions and not damaged:
        tell(
            "no sessions have been put aside"
            if arguments.archived
            else f"no sessions in {arguments.where.path} yet; 'bt-assess' starts one"
        )
        return
    lines = [_in_a_line(rubric, stored) for stored in sessions]
    if damaged:
        lines += [""] if lines else []
        lines.append("Files that cannot be used as they are, and are left alone:")
        lines += [f"  {shown_name(fault.path)}: {fault.why}" for fault in damaged]
    say("\n".join(lines))


def _in_a_line(rubric: Rubric, stored: StoredSession) -> str:
    session = stored.session
    if session.rubric.id != rubric.id:
        state = f"answers another rubric, {session.rubric.id}"
    elif session.finished is None:
        state = f"{answered(session, rubric)} of {len(rubric.statements)}, not finished"
    else:
        state = in_brief(profile_of(rubric, session))
    return f"{session.id:<10}  {day(session.started):>11}  {who(session)}  ({state})"


def run_show(arguments: Namespace) -> None:
    """One session's result."""
    rubric = rubric_of(arguments)
    stored = session_of(arguments, arguments.session, rubric)
    if arguments.json:
        say_json(show_object(rubric, stored.session, stored.path))
    else:
        say(show_text(rubric, stored.session, width()), end="")
