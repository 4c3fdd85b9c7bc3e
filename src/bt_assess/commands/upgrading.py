"""upgrade: carry a session to a newer version of its rubric."""

import sys
from argparse import Namespace

from bt_assess.commands.desk import folder_of, rubric_of, session_of
from bt_assess.commands.out import Refusal, say, tell
from bt_assess.commands.rubrics import loaded
from bt_assess.core.session import Session
from bt_assess.core.upgrade import NotNewer, Upgrade, upgrade
from bt_assess.report.summary import plural
from bt_assess.store.files import reason, shown_name
from bt_assess.store.folder import InUseError
from bt_assess.store.upgrading import ChangedMeanwhile, write_upgrade


def run_upgrade(arguments: Namespace) -> None:
    """Say what will change, ask, keep a copy, and write the session anew."""
    rubric = loaded(arguments.to) if arguments.to else rubric_of(arguments)
    stored = session_of(arguments, arguments.session, rubric)
    name = shown_name(stored.path)
    try:
        found = upgrade(stored.session, rubric)
    except NotNewer as error:
        raise Refusal(f"{name}: {error}") from None
    say(_what_changes(stored.session, found, rubric.version))
    if not arguments.yes:
        _ask(name)
    try:
        copy = write_upgrade(folder_of(arguments), stored, rubric, found)
    except InUseError:
        raise Refusal(f"{name}: is open in another window; close it first") from None
    except ChangedMeanwhile:
        raise Refusal(f"{name}: has changed meanwhile; look at it once more") from None
    except OSError as error:
        raise Refusal(f"{name}: {reason(error)}") from None
    tell(f"{name}: answers version {rubric.version} now; as it was, it is kept as {copy}")


def _what_changes(session: Session, found: Upgrade, version: str) -> str:
    """What is carried, what stays in the copy, and what is new to answer."""
    carried = plural(len(found.session.answers), "answer")
    lines = [f"From version {session.rubric.version} to {version}: {carried} carried over."]
    if found.gone:
        lines.append("Not in the newer version any more, so kept in the copy only:")
        for gone in found.gone:
            answer = session.answers.get(gone)
            said = [answer.label] if answer else []
            said += ["with a note"] if gone in session.notes else []
            lines.append(f"  {gone}: {', '.join(said)}")
    if found.new:
        lines.append(f"Not answered in the newer version: {plural(len(found.new), 'statement')}.")
    return "\n".join(lines)


def _ask(name: str) -> None:
    """Raises Refusal unless somebody at a terminal says yes."""
    try:
        somebody = sys.stdin is not None and sys.stdin.isatty()
    except ValueError:
        somebody = False
    if not somebody:
        raise Refusal(f"{name}: left as it is; nobody can be asked here, and --yes goes on")
    tell("Go on? A copy of the session as it is now is kept. [y/N] ", end="")
    if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
        raise Refusal(f"{name}: left as it is")
