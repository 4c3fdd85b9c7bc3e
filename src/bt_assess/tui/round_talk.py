"""A round once it is open: reveal, discuss, agree, act. What may be shown, `disclosure` says."""

import asyncio
from datetime import date
from typing import Any, Protocol

from textual.app import App
from textual.screen import Screen

from bt_assess.core.disclosure import Shown, disclose, disclose_revote, publication
from bt_assess.core.round import Action, Agreement, Round, Step
from bt_assess.core.team_advice import first_team_steps
from bt_assess.store.folder import new_id
from bt_assess.store.opening import Opened, people
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.sealing import PrivateKey, WrongPassphrase, unlock
from bt_assess.tui.desk import Desk
from bt_assess.tui.screens.rounds.act import Act
from bt_assess.tui.screens.rounds.discuss import Discuss, RevoteWaiting
from bt_assess.tui.screens.rounds.opening import HeadCount, OpenRound
from bt_assess.tui.screens.rounds.reveal import Reveal


class Table(Protocol):
    """What a round's pages stand on: the app, the folder, the round as it is, and the way to save."""

    app: App[None]
    desk: Desk
    rounds: RoundsFolder

    @property
    def open_round(self) -> StoredRound: ...
    async def save(self, round_: Round) -> None: ...
    async def show(self, page: Screen[Any]) -> None: ...


class RoundTalk:
    """The private key is here while the round is open, and nowhere else; leaving forgets it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._private: PrivateKey | None = None
        self._opened: Opened | None = None
        self._shown: Shown | None = None
        self.revote: str | None = None
        """The theme that is being voted on again."""

    def forget(self) -> None:
        """Seal the answers again: without the passphrase nobody comes back to them."""
        self._private = self._opened = self._shown = self.revote = None

    @property
    def _round(self) -> Round:
        return self._table.open_round.round

    async def ask(self) -> None:
        await self._table.show(OpenRound(self._round))

    async def unlock(self, words: str) -> None:
        page = self._table.app.screen
        try:
            self._private = await asyncio.to_thread(unlock, self._table.open_round.keys, words)
        except WrongPassphrase as error:
            if isinstance(page, OpenRound):
                text = str(error)
                page.refuse(f"{text[:1].upper()}{text[1:]}.")
            return
        step = self._round.step
        if step is Step.CLOSED:
            await self._table.save(self._round.at_step(Step.DISCUSSING))
        await self._count()
        if step in (Step.ACTING, Step.DONE):
            await self.act(None)
        else:
            await self.reveal(None)
        if self._opened is not None and not self._opened.in_order:
            await self.who(None)

    async def _count(self) -> None:
        """Open everything, work out what may be shown, and keep whom it was of."""
        if self._private is None:
            return
        rubric, stored = self._table.desk.rubric, self._table.open_round
        self._opened = await asyncio.to_thread(
            self._table.rounds.open_all, stored, self._private, rubric
        )
        # Who is shown is written down before it shows.
        round_ = publication(stored.round, self._opened.names)
        if round_ is not stored.round:
            await self._table.save(round_)
        # In a thread: of five hundred people it takes some seconds.
        self._shown = await asyncio.to_thread(disclose, rubric, self._round, people(self._opened))

    async def reveal(self, _: Any) -> None:
        if self._shown is None or self._opened is None:
            await self.ask()
            return
        if self._round.step in (Step.ACTING, Step.DONE):
            await self._table.save(self._round.at_step(Step.DISCUSSING))
        lines = self._opened.head_count(self._round.expected)
        await self._table.show(Reveal(self._table.desk.rubric, self._round, self._shown, lines))

    async def who(self, _: Any) -> None:
        if self._opened is not None:
            lines = self._opened.head_count(self._round.expected)
            await self._table.app.push_screen(HeadCount(lines, self._opened.receipts))

    async def discuss(self, theme_id: str) -> None:
        if self._shown is None:
            await self.ask()
            return
        self.revote = None
        again = await self._second_vote(theme_id)
        page = Discuss(self._table.desk.rubric, self._round, self._shown, again, theme_id)
        await self._table.show(page)

    async def _second_vote(self, theme_id: str) -> Shown | None:
        found = self._round.revote(theme_id)
        if found is None or self._private is None or self._shown is None:
            return None
        rubric = self._table.desk.rubric
        opened = await asyncio.to_thread(
            self._table.rounds.open_all, self._table.open_round, self._private, rubric,
            theme_id=theme_id,
        )  # fmt: skip
        return disclose_revote(rubric, self._round, theme_id, people(opened), self._shown)

    async def agree(self, agreement: Agreement) -> None:
        await self._table.save(self._round.agreed(agreement))
        page = self._table.app.screen
        if isinstance(page, Discuss):
            page.show(self._round)

    async def vote_again(self, theme_id: str) -> None:
        await self._table.save(self._round.voting_again(theme_id))
        self.revote = theme_id
        await self.wait_for_votes()

    async def wait_for_votes(self) -> None:
        theme = self._table.desk.rubric.theme(self.revote or "")
        voters = len(self._shown.counted) if self._shown else self._round.given_in
        table = self._table
        unfinished = await asyncio.to_thread(table.rounds.unfinished, table.open_round, self.revote)
        await table.show(RevoteWaiting(self._round, theme, voters, unfinished))

    async def act(self, _: Any) -> None:
        if self._shown is None:
            await self.ask()
            return
        if self._round.step is Step.DISCUSSING:
            await self._table.save(self._round.at_step(Step.ACTING))
        steps = first_team_steps(self._table.desk.rubric, self._shown)
        today = self._table.desk.now().date()
        await self._table.show(Act(self._table.desk.rubric, self._round, steps, today))

    async def promise(self, found: tuple[Action | None, str | None, str, str, date | None]) -> None:
        before, point, what, owner, due = found
        if before is None:
            action = Action(id=new_id(), what=what, point=point, owner=owner, due=due)
        else:
            values = {**dict(before), "what": what, "owner": owner, "due": due}
            action = Action.model_validate(values)
        await self._show_actions(self._round.with_action(action))

    async def take_back(self, action_id: str) -> None:
        await self._show_actions(self._round.without_action(action_id))

    async def _show_actions(self, round_: Round) -> None:
        await self._table.save(round_)
        page = self._table.app.screen
        if isinstance(page, Act):
            page.show(self._round)

    async def finish(self, _: Any) -> None:
        if self._round.step is not Step.DONE:
            await self._table.save(self._round.at_step(Step.DONE))
