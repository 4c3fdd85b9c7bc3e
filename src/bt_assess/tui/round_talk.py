"""A round once it is open: reveal, discuss, agree, act. What may be shown, `disclosure` says."""

import asyncio
from datetime import date
from typing import Any, Protocol

from textual.app import App
from textual.screen import Screen

from bt_assess.core.disclosure import Shown, disclose, disclose_revote, publication
from bt_assess.core.round import Action, Agreement, Round, Step
from bt_assess.core.team_advice import first_team_steps
from bt_assess.report.summary import plural
from bt_assess.store.folder import new_id
from bt_assess.store.opening import Opened, people
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.sealing import PrivateKey, WrongPassphrase, unlock
from bt_assess.tui.desk import Desk
from bt_assess.tui.round_words import sentence
from bt_assess.tui.screens.rounds.act import Act
from bt_assess.tui.screens.rounds.discuss import Discuss, RevoteWaiting
from bt_assess.tui.screens.rounds.opening import HeadCount, OpenRound
from bt_assess.tui.screens.rounds.reveal import Reveal
from bt_assess.tui.screens.rounds.step import Wish, Wished


class Table(Protocol):
    """What a round's pages stand on: the app, the folder, the round as it is, and the way to save."""

    app: App[None]
    desk: Desk
    rounds: RoundsFolder

    @property
    def open_round(self) -> StoredRound: ...
    async def save(self, round_: Round) -> None: ...
    async def show(self, page: Screen[Any]) -> None: ...
    def ask(self, title: str, text: str, yes: str, then: Wished) -> None: ...
    def keep(self, stored: StoredRound) -> None: ...


class RoundTalk:
    """The private key is here while the round is open, and nowhere else; leaving forgets it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._private: PrivateKey | None = None
        self._opened: Opened | None = None
        self._shown: Shown | None = None
        self._order = 0
        self._theme_id: str | None = None

    def forget(self) -> None:
        """Seal the answers again: without the passphrase nobody comes back to them."""
        self._private = self._opened = self._shown = self._theme_id = None
        self._order = 0

    @property
    def _round(self) -> Round:
        return self._table.open_round.round

    async def ask(self) -> None:
        await self._table.show(OpenRound(self._round))

    async def unlock(self, words: str) -> None:
        page, stored = self._table.app.screen, self._table.open_round
        try:
            private = await asyncio.to_thread(unlock, stored.keys, words)
        except WrongPassphrase as error:
            if isinstance(page, OpenRound):
                page.refuse(sentence(error))
            return
        if self._table.open_round.keys != stored.keys:
            # Somebody has gone on to another round meanwhile: this key has no business there.
            return
        self._private = private
        step, voting = self._round.step, self._round.voting
        if step is Step.CLOSED:
            await self._table.save(self._round.at_step(Step.DISCUSSING))
        await self._count()
        if step in (Step.ACTING, Step.DONE):
            await self.act(None)
        elif voting is not None:
            await self.discuss(voting)
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
        self._note_place()
        lines = self._opened.head_count(self._round.expected)
        page = Reveal(
            self._table.desk.rubric, self._round, self._shown, lines, self._order, self._theme_id
        )
        await self._table.show(page)

    def _note_place(self) -> None:
        """Where somebody was among the themes, to come back to."""
        match self._table.app.screen:
            case Reveal() as page:
                self._order, self._theme_id = page.order, page.theme_id
            case Discuss() as page:
                self._theme_id = page.theme_id

    async def who(self, _: Any) -> None:
        if self._opened is not None:
            lines = self._opened.head_count(self._round.expected)
            uncounted = self._opened.uncounted
            page = HeadCount(lines, self._opened.receipts, uncounted)
            await self._table.app.push_screen(page)

    async def count_in(self, names: tuple[str, ...]) -> None:
        """The facilitator says that files which nobody counted are people's."""
        stored = await asyncio.to_thread(self._table.rounds.count_in, self._table.open_round, names)
        self._table.keep(stored)
        await self._count()
        await self.reveal(None)
        await self.who(None)

    async def discuss(self, theme_id: str) -> None:
        if self._shown is None:
            await self.ask()
            return
        self._note_place()
        if self._round.voting is not None:
            await self._table.save(self._round.talking())
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

    async def vote_again(self, found: tuple[str, bool]) -> None:
        theme_id, sure = found
        theme = self._table.desk.rubric.theme(theme_id)
        if not sure and self._round.revote(theme_id) is None:
            count = plural(len(theme.statements), "statement")
            self._table.ask(
                f"Vote again on {theme.name}?",
                f"Everybody answers its {count} once more, each in private. The first vote is kept, and"
                " the second shows beside it when all have voted.",
                "Vote again",
                Wished(Wish.VOTE_AGAIN, (theme_id, True)),
            )
            return
        await self._table.save(self._round.voting_again(theme_id))
        await self.wait_for_votes()

    async def wait_for_votes(self) -> None:
        round_, table = self._round, self._table
        theme = table.desk.rubric.theme(round_.voting or "")
        unfinished = await asyncio.to_thread(table.rounds.unfinished, table.open_round, theme.id)
        await table.show(RevoteWaiting(round_, theme, round_.voters, unfinished))

    async def give_up_vote(self, found: tuple[str, bool]) -> None:
        theme_id, sure = found
        revote = self._round.revote(theme_id)
        if not sure and revote is not None:
            theme = self._table.desk.rubric.theme(theme_id)
            self._table.ask(
                "Give up the second vote?",
                f"{plural(revote.given_in, 'vote')} on {theme.name} will be deleted. The first vote"
                " stays as it is.",
                "Delete the second vote",
                Wished(Wish.GIVE_UP_VOTE, (theme_id, True)),
            )
            return
        table = self._table
        table.keep(await asyncio.to_thread(table.rounds.give_up_vote, table.open_round, theme_id))
        await self.discuss(theme_id)

    async def act(self, _: Any) -> None:
        if self._shown is None:
            await self.ask()
            return
        if self._round.step is Step.DISCUSSING:
            await self._table.save(self._round.at_step(Step.ACTING))
        self._note_place()
        steps = first_team_steps(self._table.desk.rubric, self._shown)
        today = self._table.desk.now().date()
        await self._table.show(Act(self._table.desk.rubric, self._round, steps, today, self._shown))

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
