"""list, show, compare, where."""

from argparse import Namespace

from bt_assess.commands.desk import (
    Refusal,
    folder_of,
    rubric_of,
    say,
    say_json,
    session_of,
    tell,
    width,
)  # fmt: skip
from bt_assess.core.comparison import NotComparable, compare
from bt_assess.core.scoring import score
from bt_assess.report.profile_json import compare_object, session_object, show_object
from bt_assess.report.profile_text import compare_text, show_text
from bt_assess.report.summary import in_brief
from bt_assess.report.words import day, who
from bt_assess.store.files import UnreadableFile, reason
from bt_assess.store.folder import recency
from bt_assess.store.rubric_file import shipped_rubric
from bt_assess.store.session_file import StoredSession


def run_where(arguments: Namespace) -> None:
    """Which folder and which rubric are in use."""
    rubric = rubric_of(arguments)
    say(f"sessions  {arguments.where.path}")
    say(f"          {arguments.where.why}")
    say(f"rubric    {arguments.rubric or shipped_rubric()}")
    say(f"          {rubric.id} {rubric.version}: {rubric.title}")


def run_list(arguments: Namespace) -> None:
    """Every session, newest first, and every file that cannot be used."""
    rubric = rubric_of(arguments)
    try:
        found = list(folder_of(arguments).read_all(archived=arguments.archived))
    except OSError as error:
        raise Refusal(f"{arguments.where.path}: {reason(error)}") from None
    sessions = sorted(
        (entry for entry in found if isinstance(entry, StoredSession)), key=recency, reverse=True
    )
    damaged = [entry for entry in found if isinstance(entry, UnreadableFile)]
    if arguments.json:
        say_json(
            {
                "sessions": [
                    {
                        **session_object(rubric, s.session, s.path),
                        "rubric": s.session.rubric.model_dump(),
                    }
                    for s in sessions
                ],
                "damaged": [{"file": d.path.name, "why": d.why} for d in damaged],
            }
        )
        return
    if not found:
        tell(f"no sessions in {arguments.where.path} yet; 'bt-assess' starts one")
    for stored in sessions:
        session = stored.session
        if session.rubric.id != rubric.id:
            state = f"answers another rubric, {session.rubric.id}"
        elif session.finished is None:
            state = f"{len(session.answers)} of {len(rubric.statements)}, not finished"
        else:
            state = in_brief(score(rubric, session.answers))
        say(f"{session.id:<10}  {day(session.started):<11}  {who(session)}  ({state})")
    if damaged:
        say("\nfiles that cannot be used as they are, and are left alone:")
    for fault in damaged:
        say(f"  {fault.path.name}: {fault.why}")


def run_show(arguments: Namespace) -> None:
    """One session's result."""
    rubric = rubric_of(arguments)
    stored = session_of(arguments, arguments.session, rubric)
    if arguments.json:
        say_json(show_object(rubric, stored.session, stored.path))
    else:
        say(show_text(rubric, stored.session, width()), end="")


def run_compare(arguments: Namespace) -> None:
    """Two sessions: the first named is before, the second after."""
    rubric = rubric_of(arguments)
    before = session_of(arguments, arguments.before, rubric)
    after = session_of(arguments, arguments.after, rubric)
    try:
        comparison = compare(rubric, before.session, after.session)
    except NotComparable as error:
        raise Refusal(str(error)) from None
    if arguments.json:
        say_json(compare_object(rubric, comparison, (before.path, after.path)))
    else:
        say(compare_text(rubric, comparison, width()), end="")
