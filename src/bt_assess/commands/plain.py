"""--plain: the same assessment and results as lines of text and prompts.

For screen readers, braille lines and terminals that can show nothing else.
"""

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bt_assess.commands.desk import folder_of, rubric_of
from bt_assess.commands.out import Refusal, say, width
from bt_assess.core.compared import of_session
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Answer, Session, answer_from, answered, misfits
from bt_assess.report.compare_text import compare_text
from bt_assess.report.profile_text import grid_text, show_text
from bt_assess.report.summary import ago, plural
from bt_assess.report.words import day, who
from bt_assess.store.files import reason
from bt_assess.store.folder import SessionFolder, recency
from bt_assess.store.pairs import pair_of, when
from bt_assess.store.session_file import StoredSession
from bt_assess.tui.open_session import OpenSession

_ANSWERS = "; ".join(f"{answer.key} {answer.label.lower()}" for answer in Answer)
_OTHERS = "b back; n note; h explain; u undo; g go to a number; r review; q stop, all is saved"


class _Writer:
    """Saves at once: here nobody waits for a picture."""

    def __init__(self, folder: SessionFolder, rubric: Rubric) -> None:
        self._folder = folder
        self._rubric = rubric

    def submit(self, path: Path, session: Session) -> None:
        """Write the session, or say that it is not; the next answer tries again."""
        try:
            self._folder.save(path, session, self._rubric)
        except OSError as error:
            say(f"Not saved: {reason(error)}. It is tried again with your next answer.")


def run_plain(arguments: Namespace) -> None:
    """The menu, until somebody stops or the input ends."""
    rubric = rubric_of(arguments)
    folder = folder_of(arguments)
    folder.sweep()
    say(f"bt-assess. Sessions are in {arguments.where.path}.")
    say("Where do we stand, and what next?")
    while True:
        choices = _choices(rubric, folder)
        for number, (words, _) in enumerate(choices, 1):
            say(f"{number}  {words}")
        word = _ask("A number, or q to quit: ")
        if word is None or word == "q":
            return
        if word.isdecimal() and 1 <= int(word) <= len(choices):
            choices[int(word) - 1][1]()
        elif word:
            say("Please type one of the numbers, or q.")


def _choices(rubric: Rubric, folder: SessionFolder) -> list[tuple[str, Callable[[], None]]]:
    sessions = [
        entry
        for entry in folder.read_all()
        if isinstance(entry, StoredSession) and not misfits(entry.session, rubric)
    ]
    sessions.sort(key=recency, reverse=True)
    finished = [s for s in sessions if s.session.finished]
    choices: list[tuple[str, Callable[[], None]]] = []
    for stored in [s for s in sessions if not s.session.finished][:3]:
        session = stored.session
        words = f"Continue: {who(session)}, {answered(session, rubric)} of {len(rubric.statements)}"
        choices.append((words, lambda stored=stored: _assess(rubric, folder, stored)))  # type: ignore[misc]
    choices.append(("New assessment, about 15 minutes", lambda: _new(rubric, folder)))
    for stored in finished[:5]:
        since = ago(when(stored.session), datetime.now().astimezone())
        choices.append(
            (f"Result: {who(stored.session)}, {since}", lambda stored=stored: _show(rubric, stored))  # type: ignore[misc]
        )
    if len(finished) > 1:
        choices.append(
            ("Compare the latest with the time before", lambda: _compare(rubric, finished))
        )
    choices.append(("Read the grid", lambda: say(grid_text(rubric, width()))))
    return choices


def _new(rubric: Rubric, folder: SessionFolder) -> None:
    respondent = _ask("Your name or role (may stay empty): ")
    team = None if respondent is None else _ask("Team or organisation (may stay empty): ")
    if respondent is not None and team is not None:
        now = datetime.now().astimezone()
        _assess(rubric, folder, folder.new(rubric, now, respondent, team))


def _show(rubric: Rubric, stored: StoredSession) -> None:
    say(show_text(rubric, stored.session, width()))


def _compare(rubric: Rubric, finished: list[StoredSession]) -> None:
    pair = pair_of(finished)
    if pair is None:
        say("There is no second finished session to compare with yet.")
        return
    before, after = pair
    say(f"{day(when(before.session))} and {day(when(after.session))}")
    both = (of_session(rubric, before.session), of_session(rubric, after.session))
    say(compare_text(rubric, both, width()))


def _assess(rubric: Rubric, folder: SessionFolder, stored: StoredSession) -> None:
    work = OpenSession(stored, rubric, folder, _Writer(folder, rubric))
    try:
        if work.read_only:
            raise Refusal(work.read_only)
        say(f"Answers: {_ANSWERS}.")
        say(f"Or: {_OTHERS}.")
        _walk(work)
    except Refusal as error:
        say(error.lines[0])
    finally:
        work.close()


def _walk(work: OpenSession) -> None:
    place = work.place
    while True:
        if place >= len(work.asked):
            back = _review(work)
            if back is None:
                return
            place = back
            continue
        _read_out(work, place)
        word = _ask("Answer: ")
        if word is None or word == "q":
            work.move(work.asked[min(place, len(work.asked) - 1)].id)
            say("All is saved.")
            return
        place = _act(work, place, word)


def _read_out(work: OpenSession, place: int) -> None:
    statement = work.asked[place]
    theme = work.rubric.theme_of(statement.id)
    say(f"\n{theme.name}, {theme.strand(statement.strand).name}. {place + 1} of {len(work.asked)}.")
    say(statement.text)
    if answer := work.session.answers.get(statement.id):
        say(f"Your answer so far: {answer.label}.")
    if note := work.session.notes.get(statement.id):
        say(f"Your note: {note}")


def _act(work: OpenSession, place: int, word: str) -> int:
    """Do what was typed at a statement; the number of the statement to go on with, from 0."""
    statement = work.asked[place]
    answer = answer_from(word)
    if answer is not None:
        after = work.asked[min(place + 1, len(work.asked) - 1)]
        work.answer(statement.id, answer, after.id)
        return place + 1
    match word:
        case "":
            return place + 1 if statement.id in work.session.answers else place
        case "b":
            return max(0, place - 1)
        case "r":
            return len(work.asked)
        case "h" | "e":
            say(statement.help or "There is nothing to add to this one: take it as it stands.")
        case "n":
            note = _ask("Note, in one line (empty keeps what is there): ")
            if note:
                work.note(statement.id, note)
        case "u":
            back = work.undo()
            if back is not None:
                return [s.id for s in work.asked].index(back)
            say("There is nothing to undo.")
        case "g":
            number = _ask(f"Which number, 1 to {len(work.asked)}? ") or ""
            if number.isdecimal() and 1 <= int(number) <= len(work.asked):
                return int(number) - 1
            say("That is not a number of a statement.")
        case _:
            say(f"Please type an answer ({_ANSWERS}) or one of: {_OTHERS}.")
    return place


def _review(work: OpenSession) -> int | None:
    """What is open, and finishing; where to go back to, or None when done for now."""
    left = work.open_ids()
    numbers = {s.id: n for n, s in enumerate(work.asked)}
    if left:
        some = ", ".join(str(numbers[i] + 1) for i in left[:20])
        say(
            f"\n{plural(len(left), 'statement')} still open: {some}{' …' if len(left) > 20 else ''}"
        )
    else:
        say(f"\nAll {len(work.asked)} statements have an answer.")
    word = _ask("f finish and see the result; a number goes back to it; q stop, all is saved: ")
    if word is None or word == "q":
        return None
    if word == "f" and work.session.answers:
        _show(work.rubric, work.finish(datetime.now().astimezone()))
        return None
    if word.isdecimal() and 1 <= int(word) <= len(work.asked):
        return int(word) - 1
    return len(work.asked)


def _ask(question: str) -> str | None:
    """What somebody types, without blanks around it; None when the input has ended."""
    try:
        return input(question).strip()
    except EOFError:
        return None
