"""round list, new, add, close, show, export, merge."""

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bt_assess.commands.desk import rubric_of
from bt_assess.commands.out import Refusal, put, say, say_json, tell, width
from bt_assess.core.disclosure import Shown, disclose, disclose_revote, publication
from bt_assess.core.round import LEAST_FIGURES, NotNow, Step, never_shows
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import RubricRef, Session
from bt_assess.core.text import NAME_LENGTH, clean_line
from bt_assess.report.round_report import round_csv, round_json, round_text
from bt_assess.report.words import date_words
from bt_assess.store.answer_sheet import FaultySheet, read_sheet
from bt_assess.store.files import UnreadableFile, reason, shown_name
from bt_assess.store.folder import InUseError, NotFound, new_id
from bt_assess.store.no_core import no_core_files
from bt_assess.store.opening import people
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import MergeReport, OutOfDate, RoundsFolder
from bt_assess.store.sealing import TooMuchText, WrongPassphrase, unfit, unlock
from bt_assess.store.where import at_home

LONGEST_LINE = 4096


def run_list(arguments: Namespace) -> None:
    """Every round, newest first, with how far it has come."""
    rounds, damaged = _rounds(arguments).all()
    for stored in rounds:
        round_ = stored.round
        team = f" · {round_.team}" if round_.team else ""
        say(
            f"{round_.id}  {date_words(round_.created):<12} {round_.step.value:<11}"
            f" {round_.given_in} of {round_.expected}  {round_.title}{team}"
        )
    for fault in damaged:
        tell(f"bt-assess: {fault}")
    if not rounds:
        tell("no rounds here yet: 'bt-assess round new' sets one up")


def run_new(arguments: Namespace) -> None:
    """A new round: its id to stdout, the recovery code beside it, once."""
    rubric = rubric_of(arguments)
    if not clean_line(arguments.title):
        raise Refusal("the title is empty")
    if why := never_shows(arguments.expected, LEAST_FIGURES, named=arguments.named):
        raise Refusal(why)
    words = _new_passphrase(arguments)
    folder = _rounds(arguments)
    known, _ = folder.all()
    before = next((r for r in known if arguments.team and r.round.team == arguments.team), None)
    with _in_words():
        stored, code = folder.new(
            arguments.title, team=arguments.team, expected=arguments.expected, rubric=rubric,
            today=datetime.now().astimezone().date(), passphrase=words, after=before,
            named=arguments.named, minutes=arguments.minutes,
        )  # fmt: skip
    tell(f"recovery code: {code}")
    tell("keep it away from this computer: it opens the round when the passphrase is lost")
    say(stored.round.id)


def run_add(arguments: Namespace) -> None:
    """An answer sheet that was filled in elsewhere is given in."""
    rubric, folder, stored = _named(arguments)
    path = at_home(arguments.file)
    name = clean_line(arguments.name, len(arguments.name))
    if len(name) > NAME_LENGTH:
        raise Refusal(f"the name is too long: at most {NAME_LENGTH} characters")
    if name and not stored.round.named:
        raise Refusal("this round has no names: leave --name out")
    try:
        answers, notes = read_sheet(path, rubric)
    except FaultySheet as error:
        raise Refusal(*(f"{shown_name(path)}: {fault}" for fault in error.faults)) from None
    except UnreadableFile as error:
        raise Refusal(str(error)) from None
    session = Session(
        id=new_id(), respondent=name, started=datetime.now(UTC), answers=answers, notes=notes,
        rubric=RubricRef(id=rubric.id, version=rubric.version),
    )  # fmt: skip
    with _in_words():
        if stored.round.step in (Step.BRIEF, Step.ACTIONS):
            stored = folder.save(stored, stored.round.collecting())
        given = folder.give(stored, session)
    round_ = given.stored.round
    tell(f"{round_.given_in} of {round_.expected} have given in their answers; receipt:")
    say(given.receipt)


def run_close(arguments: Namespace) -> None:
    """Nobody else answers."""
    _, folder, stored = _named(arguments)
    with _in_words():
        stored = folder.save(stored, stored.round.closed())
    round_ = stored.round
    tell(f"closed: {round_.given_in} of {round_.expected} gave in their answers")


def run_show(arguments: Namespace) -> None:
    """What may be shown of a round; before it is closed, how many have answered and no more."""
    rubric, stored, shown, head, again = _opened(arguments)
    if arguments.json:
        say_json(round_json(rubric, stored.round, shown, head, again))
    else:
        say(round_text(rubric, stored.round, shown, head, width(), again), end="")


def run_export(arguments: Namespace) -> None:
    """What `show` may show, to a file."""
    rubric, stored, shown, head, again = _opened(arguments)
    if not shown.shown:
        raise Refusal("there is nothing to export that may be shown: see 'bt-assess round show'")
    if arguments.json:
        import json

        data = round_json(rubric, stored.round, shown, head, again)
        text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    else:
        text = round_csv(rubric, shown)
    put(text, arguments.output, force=arguments.force)


def run_merge(arguments: Namespace) -> None:
    """Take in sealed files that were collected on another laptop with the same round."""
    rubric, folder, stored = _named(arguments)
    with _in_words():
        report = folder.merge(stored, at_home(arguments.folder))
    for line in _merge_lines(rubric, report):
        tell(line)
    for name, why in report.refused:
        tell(f"bt-assess: refused: {name}: {why}")
    tell(
        f"{len(report.added)} taken in, {len(report.already)} there already, {len(report.refused)} refused;"
        f" {report.stored.round.given_in} of {report.stored.round.expected} in all"
    )
    if report.refused:
        raise Refusal(f"{len(report.refused)} of the files were refused; the others count")


def _merge_lines(rubric: Rubric, report: MergeReport) -> Iterator[str]:
    """What the one who merges should know, and would not see for a long time."""
    if not report.knows:
        yield (
            "there is no round file in that folder: if its answers were shown on the other laptop,"
            " merge the whole folder instead"
        )
    if report.missing:
        count = len(report.missing)
        what = (
            "file that was given in there is"
            if count == 1
            else "files that were given in there are"
        )
        yield f"{count} {what} not in the folder: look for {'it' if count == 1 else 'them'} on that laptop"
    if report.unfinished:
        who = "person has" if report.unfinished == 1 else "people have"
        yield (
            f"{report.unfinished} {who} begun on that laptop and not finished: they go on there, with"
            " their code"
        )
    names = {theme.id: theme.name for theme in rubric.themes}
    for theme_id in report.votes:
        yield (
            f"the second vote on {names.get(theme_id, theme_id)} was begun there and not here: its"
            " votes are not taken"
        )


def _rounds(arguments: Namespace) -> RoundsFolder:
    # Whoever asks for the folder may be about to open what people answered.
    no_core_files()
    return RoundsFolder(arguments.where.path)


def _named(arguments: Namespace) -> tuple[Rubric, RoundsFolder, StoredRound]:
    """The rubric in use, the folder, and the round that goes by the word given."""
    rubric, folder = rubric_of(arguments), _rounds(arguments)
    with _in_words():
        stored = folder.resolve(arguments.round)
    if stored.round.rubric.id != rubric.id:
        raise Refusal(
            f"this round is about the rubric {stored.round.rubric.id!r}, not {rubric.id!r}"
        )
    return rubric, folder, stored


def open_round(arguments: Namespace) -> tuple[Rubric, StoredRound, Shown, list[str]]:
    """A round, opened with its passphrase where it is closed; what may be shown, and who counted."""
    return _opened(arguments)[:4]


def _opened(
    arguments: Namespace,
) -> tuple[Rubric, StoredRound, Shown, list[str], dict[str, Shown]]:
    """As `open_round`, and what may be shown of the second votes, by theme."""
    rubric, folder, stored = _named(arguments)
    round_ = stored.round
    if round_.step in (Step.BRIEF, Step.ACTIONS, Step.COLLECTING):
        head = [f"{round_.given_in} of {round_.expected} have given in their answers."]
        return rubric, stored, disclose(rubric, round_, []), head, {}
    with _in_words():
        private = unlock(stored.keys, _passphrase(arguments))
        if round_.step is Step.CLOSED:
            stored = folder.save(stored, round_.at_step(Step.DISCUSSING))
        opened = folder.open_all(stored, private, rubric)
        # Written down before it is shown: what was shown once decides what may be shown later.
        stored = folder.save(stored, publication(stored.round, opened.names))
        shown = disclose(rubric, stored.round, people(opened))
        again = {}
        for theme in rubric.themes:
            if stored.round.revote(theme.id) is not None:
                votes = people(folder.open_all(stored, private, rubric, theme_id=theme.id))
                again[theme.id] = disclose_revote(rubric, stored.round, theme.id, votes, shown)
    return rubric, stored, shown, opened.head_count(stored.round.expected), again


def _passphrase(arguments: Namespace, prompt: str = "Passphrase, or recovery code: ") -> str:
    """From the file descriptor that was named, else from the terminal; never an argument."""
    if arguments.passphrase_fd is not None:
        try:
            data = os.read(arguments.passphrase_fd, LONGEST_LINE)
            while b"\n" not in data and len(data) < LONGEST_LINE:
                more = os.read(arguments.passphrase_fd, LONGEST_LINE - len(data))
                if not more:
                    break
                data += more
        except (OSError, OverflowError):
            raise Refusal(f"--passphrase-fd {arguments.passphrase_fd}: cannot be read") from None
        if len(data) == LONGEST_LINE and b"\n" not in data:
            raise Refusal(f"a passphrase is a line of fewer than {LONGEST_LINE} bytes")
        return data.split(b"\n")[0].rstrip(b"\r").decode(errors="replace")
    from getpass import getpass

    try:
        with Path("/dev/tty").open():
            pass
        return getpass(prompt)
    except (OSError, EOFError):
        raise Refusal(
            "there is no terminal to ask for the passphrase: give it with --passphrase-fd"
        ) from None


def _new_passphrase(arguments: Namespace) -> str:
    words = _passphrase(arguments, "A passphrase for this round: ")
    if why := unfit(words):
        raise Refusal(why)
    if arguments.passphrase_fd is None and _passphrase(arguments, "The same again: ") != words:
        raise Refusal("the two are not the same")
    return words


@contextmanager
def _in_words() -> Iterator[None]:
    """What can go wrong with a round, as one clear line."""
    try:
        yield
    except InUseError:
        raise Refusal("this round is open in a window; close it first") from None
    except OutOfDate:
        raise Refusal("this round has changed meanwhile; try again") from None
    except (NotNow, NotFound, UnreadableFile, TooMuchText, WrongPassphrase) as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(reason(error)) from None
    except ValueError as error:
        raise Refusal(str(error).splitlines()[0]) from None
