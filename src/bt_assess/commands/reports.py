"""report: a session, a round, a comparison, a plan or a project in a file to pass on."""

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bt_assess.commands.comparing import ToCompare, kind_of, to_compare
from bt_assess.commands.desk import rubric_of, session_of
from bt_assess.commands.out import Refusal, put, tell
from bt_assess.commands.planning import plan_of, project_of
from bt_assess.commands.rounds import open_round
from bt_assess.core.compared import by_date
from bt_assess.core.rubric import Rubric
from bt_assess.report.making import (
    BINARY,
    CannotBe,
    OfComparison,
    OfPlan,
    OfProject,
    OfRound,
    Subject,
    kind_of_file,
    made,
)
from bt_assess.store.files import UnreadableFile, shortened, shown_name
from bt_assess.store.folder import NotFound
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.rounds import RoundsFolder

_PLANNED: dict[str, Callable[[Path], PlansFolder | ProjectsFolder]] = {
    "plan": PlansFolder,
    "project": ProjectsFolder,
}


def run_report(arguments: Namespace) -> None:
    """What is looked up, made in one format, and written."""
    kind = _format(arguments)
    rubric = rubric_of(arguments)
    found = _found(arguments, rubric)
    today = datetime.now().astimezone().date()
    try:
        contents = made(kind, rubric, found, today)
    except CannotBe as error:
        raise Refusal(str(error)) from None
    put(contents, arguments.output, force=arguments.force)


def _format(arguments: Namespace) -> str:
    """The format that was named, else the one that the file's ending says."""
    target = arguments.output
    on_screen = target is None or target == "-"
    kind: str | None = arguments.format
    if not on_screen:
        said = kind_of_file(target)
        if kind and said and kind != said:
            raise Refusal(
                f"{shown_name(Path(target))} says {said}, and --{kind} says {kind}: which?"
            )
        kind = kind or said
    if kind is None:
        raise Refusal("in which format? --html, --md, --xlsx, --csv, --json or --pdf says so")
    if kind in BINARY and on_screen and sys.stdout is not None and sys.stdout.isatty():
        raise Refusal(f"{kind} is not for a terminal: name a file with -o")
    return kind


def _found(arguments: Namespace, rubric: Rubric) -> Subject:
    """The one that was named, or all of them side by side."""
    words: list[str] = arguments.words
    if len(words) > 1:
        for word in words:
            if _prefix(word):
                raise Refusal(
                    f"{shortened(word)!r} stands alone: plans and projects are not compared"
                )
        return _in_order(to_compare(arguments, words, rubric))
    kind, name = _kind_of_one(arguments, words[0])
    if kind in _PLANNED:
        if arguments.passphrase_fd:
            raise Refusal("there are more passphrases than rounds that need one")
        if kind == "plan":
            return OfPlan(plan_of(arguments, name, rubric))
        return OfProject(project_of(arguments, name))
    if kind == "comparison":
        return _in_order(to_compare(arguments, words, rubric))
    descriptors: list[int] = arguments.passphrase_fd or []
    if len(descriptors) > (kind == "round"):
        raise Refusal("there are more passphrases than rounds that need one")
    if kind == "session":
        if words[0] == "latest":
            _tell_of_rounds(arguments)
        return session_of(arguments, name, rubric).session
    asked = Namespace(
        **{**vars(arguments), "round": name, "passphrase_fd": next(iter(descriptors), None)}
    )
    _, stored, shown, head = open_round(asked)
    return OfRound(stored.round, shown, head)


def _kind_of_one(arguments: Namespace, word: str) -> tuple[str, str]:
    """What a word means, plans and projects included, and which. Raises Refusal."""
    if kind := _prefix(word):
        return kind, word.partition(":")[2]
    planned, why_not = [], []
    for kind, folder in _PLANNED.items():
        try:
            folder(arguments.where.path).resolve(word)
        except NotFound as error:
            why_not.append(str(error))
            continue
        except OSError:
            continue
        except UnreadableFile:
            # That it is damaged is told when it is opened.
            pass
        planned.append(kind)
    # 'latest' is the latest session, for all commands.
    if word == "latest" or not planned:
        try:
            return kind_of(arguments, word, one_of=1)
        except Refusal as error:
            if word == "latest" and len(planned) == 1:
                return planned[0], word
            raise Refusal("; ".join((*error.lines, *why_not))) from None
    ways = [f"'{kind}:{shortened(word)}'" for kind in planned]
    try:
        other, _ = kind_of(arguments, word, one_of=1)
        ways.insert(0, f"'{other}:{shortened(word)}'")
    except Refusal as error:
        if "could be several" in str(error):
            raise Refusal(f"{error} or {' or '.join(ways)}") from None
    if len(ways) > 1:
        raise Refusal(f"{shortened(word)!r} could be several things: say {' or '.join(ways)}")
    return planned[0], word


def _prefix(word: str) -> str:
    """'plan' or 'project', where it stands before a name."""
    said, _, rest = word.partition(":")
    return said if rest and said in _PLANNED else ""


def _tell_of_rounds(arguments: Namespace) -> None:
    """The latest is a session for all commands; a round may be what was meant here."""
    with suppress(OSError):
        if RoundsFolder(arguments.where.path).all()[0]:
            tell("of the latest session; 'round:latest' is the latest round")


def _in_order(found: ToCompare) -> OfComparison:
    """In order of time."""
    name = found.saved.comparison.name if found.saved else ""
    return OfComparison(
        by_date(found.items), name, found.targets, found.files, missing=found.missing
    )
