"""What is to be compared is fetched: sessions from their files, rounds by their passphrase."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any, TypeAlias

from textual.app import App

from bt_assess.core.compared import Compared, Kind, of_round, of_session
from bt_assess.core.courses import first_view
from bt_assess.core.disclosure import disclose, publication
from bt_assess.core.round import Round, Step
from bt_assess.core.saved_comparison import Ref
from bt_assess.report.summary import plural
from bt_assess.store.files import UnreadableFile, reason
from bt_assess.store.folder import InUseError
from bt_assess.store.measured import session_by_id
from bt_assess.store.opening import Opened, people
from bt_assess.store.pairs import pair_from
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import OutOfDate, RoundsFolder
from bt_assess.store.sealing import WrongPassphrase, unlock
from bt_assess.store.session_file import StoredSession
from bt_assess.tui.desk import Desk
from bt_assess.tui.screens.comparing.dialogs import AskPassphrase, NotThatWord, Refused

Stored: TypeAlias = StoredSession | StoredRound
REVEALED = (Step.DISCUSSING, Step.ACTING, Step.DONE)


def why_not_yet(round_: Round) -> str:
    """Why a round cannot be compared yet; empty where it can."""
    if round_.step in REVEALED:
        return ""
    if round_.step is Step.CLOSED:
        return "not revealed yet"
    return "still collecting answers"


def enter(
    app: App[Any], desk: Desk, sessions: tuple[StoredSession, ...], theme_id: str = ""
) -> None:
    """Show these sessions compared, one or none filled up with what fits best; else a choice.

    `theme_id` is the theme that somebody asks about.
    """
    from bt_assess.tui.screens.compare import Compare
    from bt_assess.tui.screens.comparing.choose import ChooseToCompare

    rubric = desk.rubric
    chosen = sessions if len(sessions) > 1 else pair_from(desk.catalogue, rubric, sessions)
    if chosen is not None:
        items = [of_session(rubric, stored.session) for stored in chosen]
        app.push_screen(Compare(desk, items, view=first_view(items), theme_id=theme_id))
    elif RoundsFolder(desk.where.path).all()[0]:
        app.push_screen(ChooseToCompare(desk, theme_id))
    else:
        app.notify("There is no second finished session to compare with yet.")


async def fetched(app: App[Any], desk: Desk, what: Sequence[Stored]) -> tuple[Compared, ...] | None:
    """All of these, in this order; None where a round was not opened. Belongs into a worker.

    A passphrase that opened one round is tried on the next before anybody is asked, and forgotten
    at the end.
    """
    sessions = [stored for stored in what if isinstance(stored, StoredSession)]
    scored = await asyncio.to_thread(
        lambda: {s.path: of_session(desk.rubric, s.session) for s in sessions}
    )
    found: list[Compared] = []
    words = ""
    for stored in what:
        if isinstance(stored, StoredSession):
            found.append(scored[stored.path])
            continue
        given: tuple[Compared, str] | None = await app.push_screen_wait(
            AskPassphrase(stored.round, partial(_open_round, app, desk, stored), words)
        )
        if given is None:
            return None
        item, words = given
        found.append(item)
    return tuple(found)


async def _open_round(app: App[Any], desk: Desk, stored: StoredRound, words: str) -> Compared:
    """A round as far as it may be shown. Raises Refused."""
    rubric, rounds = desk.rubric, RoundsFolder(desk.where.path)
    try:
        private = await asyncio.to_thread(unlock, stored.keys, words)
    except WrongPassphrase as error:
        text = str(error)
        raise NotThatWord(f"{text[:1].upper()}{text[1:]}. Try again.") from None
    try:
        opened = await asyncio.to_thread(rounds.open_all, stored, private, rubric)
        round_ = publication(stored.round, opened.names)
        if round_ is not stored.round:
            # Who is shown is written down before it shows.
            await asyncio.to_thread(rounds.save, stored, round_)
    except InUseError:
        raise Refused(
            "The round is open in another window, and has news. Close it first."
        ) from None
    except OutOfDate:
        raise Refused("The round has changed meanwhile. Go back and choose it again.") from None
    except (UnreadableFile, OSError) as error:
        why = error.why if isinstance(error, UnreadableFile) else reason(error)
        raise Refused(f"The round cannot be opened: {why}.") from None
    shown = await asyncio.to_thread(disclose, rubric, round_, people(opened))
    _tell(app, round_, opened)
    return of_round(rubric, round_, shown)


def _tell(app: App[Any], round_: Round, opened: Opened) -> None:
    if not opened.in_order:
        counted = plural(len(opened.sessions), "file")
        app.notify(
            f"{round_.title}: not every file is as it should be; {counted} counted."
            " The round itself says more.",
            severity="warning",
        )


def looked_up(desk: Desk, refs: Sequence[Ref]) -> tuple[list[Stored], int]:
    """Sessions and rounds by their ids, in this order, and how many are gone."""
    rounds = {}
    if any(ref.kind is Kind.ROUND for ref in refs):
        rounds = {s.round.id: s for s in RoundsFolder(desk.where.path).all()[0]}
    found: list[Stored] = []
    for ref in refs:
        stored: Stored | None
        if ref.kind is Kind.ROUND:
            stored = rounds.get(ref.id)
            if stored and (stored.round.rubric.id != desk.rubric.id or why_not_yet(stored.round)):
                stored = None
        else:
            stored = session_by_id(desk.catalogue, desk.rubric, ref.id)
        if stored is not None:
            found.append(stored)
    return found, len(refs) - len(found)


def not_yet(desk: Desk, refs: Sequence[Ref], found: Sequence[Stored]) -> int:
    """How many of these are there and were not found as they are not finished."""
    ids = {s.round.id if isinstance(s, StoredRound) else s.session.id for s in found}
    rounds = {s.round.id: s.round for s in RoundsFolder(desk.where.path).all()[0]}
    return sum(
        bool(ref.id in rounds and why_not_yet(rounds[ref.id]))
        if ref.kind is Kind.ROUND
        else session_by_id(desk.catalogue, desk.rubric, ref.id, finished=False) is not None
        for ref in refs
        if ref.id not in ids
    )
