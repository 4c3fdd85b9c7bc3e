"""A round on this laptop: which page comes next, and what is done between two of them.

Pages ask (`Wished`); this says what follows, saves the round's step before its page is shown, and
sees to it that nothing of one person is left when the next one takes the laptop.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App
from textual.screen import Screen

from bt_assess.core.round import NotNow, Round, Step
from bt_assess.store.no_core import no_core_files
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import Draft, RoundsFolder
from bt_assess.store.sealing import DraftKeys, WrongPassphrase, new_draft_keys
from bt_assess.tui.desk import Desk
from bt_assess.tui.going import back_to, behind_a_round
from bt_assess.tui.open_session import OpenSession
from bt_assess.tui.private_work import PrivateWork
from bt_assess.tui.round_talk import RoundTalk
from bt_assess.tui.round_words import TROUBLE, in_words, sentence
from bt_assess.tui.safety import forget_texts
from bt_assess.tui.screens.confirm import Confirm
from bt_assess.tui.screens.rounds.before import NEXT_STATE, Brief, LastActions, RecoverySheet
from bt_assess.tui.screens.rounds.listed import Rounds
from bt_assess.tui.screens.rounds.opening import NewSheet
from bt_assess.tui.screens.rounds.private import (
    HandOver,
    PrivateAssess,
    ResumeCode,
    ThankYou,
    TypeResumeCode,
    Waiting,
)
from bt_assess.tui.screens.rounds.set_up import RoundWishes, SetUpRound
from bt_assess.tui.screens.rounds.step import Wish, Wished


class RoundFlow:
    """Leads a facilitator and a team through a round."""

    def __init__(
        self, app: App[None], desk: Desk, take: Callable[[OpenSession | None], None]
    ) -> None:
        """`take` tells the app what is being worked on, None when nothing is."""
        self.app = app
        self.desk = desk
        self._take = take
        # From here on what people answer may be in memory.
        no_core_files()
        self.rounds = RoundsFolder(desk.where.path)
        self._stored: StoredRound | None = None
        self._work: PrivateWork | None = None
        self._code: str | None = None
        self._keys: asyncio.Task[tuple[DraftKeys, str]] | None = None
        self._busy = False
        self._talk = RoundTalk(self)

    # From Home and back

    async def enter(self) -> None:
        """The rounds there are, or, where there is none, a first one."""
        if self._busy:
            return
        self._busy = True
        try:
            self.leave()
            rounds, damaged = await asyncio.to_thread(self.rounds.all)
            if rounds or damaged:
                await self.show(Rounds(rounds, damaged))
            else:
                await self.show(SetUpRound())
        finally:
            self._busy = False

    def at_home(self) -> None:
        """Home has come to the front, by whatever way: the round is not worked with any more."""
        if not self._busy and self._stored is not None:
            self.leave()

    def leave(self) -> None:
        """Give the round back to others; nothing of it stays, or gets into another round."""
        if self._stored is not None:
            self.rounds.release(self._stored)
            self._stored = None
        self._forget_person()
        self._talk.forget()

    async def answer(self, event: Wished) -> None:
        """Do what a page asks for. One thing at a time: a second press is impatience."""
        if self._busy:
            return
        self._busy = True
        try:
            await self._do(event.wish, event.value)
        except TROUBLE as error:
            words = in_words(error)
            self.app.notify(words, severity="warning")
            # A page that was waiting can be used again.
            if refuse := getattr(self.app.screen, "refuse", None):
                refuse(words)
        finally:
            self._busy = False

    async def _do(self, wish: Wish, value: Any) -> None:
        talk = self._talk
        steps: dict[Wish, Callable[[Any], Awaitable[None]]] = {
            Wish.NEW: self._new, Wish.SET_UP: self._set_up, Wish.CHOOSE: self._choose,
            Wish.GO_ON: self._go_on, Wish.NEXT_PERSON: self._next_person,
            Wish.MY_TURN: self._my_turn, Wish.START: self._start, Wish.RESUME: self._resume,
            Wish.PAUSE: self._pause, Wish.GIVE_IN: self._give_in, Wish.WIPE: self._wipe,
            Wish.CLOSE: self._close, Wish.LEAVE: self._leave, Wish.COLLECT: self._collect,
            Wish.DROP: self._drop, Wish.NEW_SHEET: self._new_sheet,
            Wish.COUNT_IN: talk.count_in, Wish.GIVE_UP_VOTE: talk.give_up_vote,
            Wish.OPEN: talk.unlock, Wish.REVEAL: talk.reveal, Wish.HEAD_COUNT: talk.who,
            Wish.DISCUSS: talk.discuss, Wish.AGREE: talk.agree, Wish.VOTE_AGAIN: talk.vote_again,
            Wish.ACT: talk.act, Wish.PROMISE: talk.promise, Wish.TAKE_BACK: talk.take_back,
            Wish.FINISH: self._finish,
        }  # fmt: skip
        await steps[wish](value)

    async def _leave(self, words: str | None) -> None:
        self.leave()
        await back_to(self.app, behind_a_round(self.app))
        if words:
            self.app.notify(words)

    # Before anybody answers

    async def _new(self, after: StoredRound | None) -> None:
        self.leave()
        rounds, _damaged = await asyncio.to_thread(self.rounds.all)
        team = rounds[0].round.team if rounds else ""
        await self.show(SetUpRound(after.round.team, after.round) if after else SetUpRound(team))

    async def _set_up(self, wishes: RoundWishes) -> None:
        page = self.app.screen
        if isinstance(page, SetUpRound):
            page.say("One moment: the keys are made. That takes some seconds, on purpose …")
        self.leave()
        rounds, _damaged = await asyncio.to_thread(self.rounds.all)
        before = next((r for r in rounds if wishes.follows(r.round)), None)
        stored, code = await asyncio.to_thread(
            self.rounds.new, wishes.title, team=wishes.team, expected=wishes.expected,
            rubric=self.desk.rubric, today=self.desk.now().date(),
            passphrase=wishes.passphrase, after=before, named=wishes.named,
            figures_from=wishes.figures_from, pictures_from=wishes.pictures_from,
            minutes=wishes.minutes,
        )  # fmt: skip
        self._stored = await asyncio.to_thread(self.rounds.hold, stored)
        await self.show(RecoverySheet(stored.round, code))

    async def _new_sheet(self, words: str | None) -> None:
        """Another recovery code, for whoever lost the first one and knows the passphrase."""
        if words is None:
            await self.show(NewSheet(self._round))
            return
        page = self.app.screen
        try:
            stored, code = await asyncio.to_thread(self.rounds.new_recovery, self.open_round, words)
        except WrongPassphrase as error:
            if isinstance(page, NewSheet):
                page.refuse(sentence(error))
        else:
            self._stored = stored
            await self.show(RecoverySheet(stored.round, code))

    async def _choose(self, stored: StoredRound | None) -> None:
        """Work with this round, or go back to the step of the one that is open."""
        if stored is None:
            await self._show_step()
            return
        self.leave()
        self._stored = await asyncio.to_thread(self.rounds.hold, stored)
        await self._show_step()

    async def _go_on(self, action_id: str | None) -> None:
        page, round_ = self.app.screen, self._round
        if action_id is not None and isinstance(page, LastActions):
            action = next(a for a in round_.last_actions if a.id == action_id)
            after = action.model_copy(update={"state": NEXT_STATE[action.state]})
            await self.save(round_.with_last_action(after))
            page.show(self._round)
            return
        if isinstance(page, RecoverySheet):
            pass
        elif round_.step is Step.BRIEF and round_.last_actions:
            await self.save(round_.at_step(Step.ACTIONS))
        else:
            await self.save(round_.collecting())
        await self._show_step()

    async def _show_step(self) -> None:
        """The page of the step that the round is at; whoever closed the lid comes back to it."""
        round_ = self._round
        match round_.step:
            case Step.BRIEF:
                await self.show(Brief(round_, len(self.desk.rubric.statements)))
            case Step.ACTIONS:
                await self.show(LastActions(round_))
            case Step.COLLECTING:
                await self._show_waiting()
            case Step.DISCUSSING if round_.voting is not None:
                # A count, as at any waiting: it takes no passphrase.
                await self._talk.wait_for_votes()
            case _:
                await self._talk.ask()

    async def _show_waiting(self) -> None:
        if self._round.voting is not None:
            await self._talk.wait_for_votes()
            return
        unfinished = await asyncio.to_thread(self.rounds.unfinished, self.open_round)
        await self.show(Waiting(self._round, unfinished))

    async def _collect(self, _: Any) -> None:
        """People who came late may answer too; the answers are sealed again meanwhile."""
        self._talk.forget()
        await self.save(self._round.collecting())
        await self._show_waiting()

    async def _finish(self, _: Any) -> None:
        await self._talk.finish(None)
        await self._leave("Done. The next round of this team begins with what you promised.")

    async def _close(self, sure: bool | None) -> None:
        if not sure:
            text = "Nobody else answers after that. The passphrase opens the answers."
            left = self._round.expected - self._round.given_in
            if left > 0:
                text = f"{left} of {self._round.expected} have not answered. {text}"
            self.ask("Close the round?", text, "Close", Wished(Wish.CLOSE, True))
            return
        await self.save(self._round.closed())
        await self._show_step()

    # One person, in private

    async def _next_person(self, _: Any) -> None:
        self.rounds.must_collect(self._round, self._round.voting)
        # Their key takes seconds to make: begun while people change places.
        self._keys = asyncio.create_task(asyncio.to_thread(new_draft_keys))
        again = self._round.voting
        await self.show(HandOver(self._round, self.desk.rubric.theme(again) if again else None))

    async def _my_turn(self, name: str) -> None:
        page = self.app.screen
        if isinstance(page, HandOver) and self._keys is not None and not self._keys.done():
            page.say("One moment: a key is made for you …")
        keys = await (self._keys or asyncio.to_thread(new_draft_keys))
        self._keys = None
        draft = await asyncio.to_thread(
            self.rounds.begin, self.open_round, name, keys=keys, theme_id=self._round.voting
        )
        self._take_draft(draft, draft.resume_code)
        await self.show(ResumeCode(self._round, self._code, pausing=False))

    async def _resume(self, code: str | None) -> None:
        if code is None:
            await self.show(TypeResumeCode(self._round))
            return
        page, loop = self.app.screen, asyncio.get_running_loop()

        def tell(tried: int, of_all: int) -> None:
            if isinstance(page, TypeResumeCode):
                loop.call_soon_threadsafe(page.tell, tried, of_all)

        try:
            draft = await asyncio.to_thread(self.rounds.resume, self.open_round, code, tell)
        except WrongPassphrase as error:
            if isinstance(page, TypeResumeCode):
                page.refuse(sentence(error))
        else:
            self._take_draft(draft, None)
            await self._start(None)

    def _take_draft(self, draft: Draft, code: str | None) -> None:
        self._stored, self._code = draft.stored, code
        self.desk.drafts[draft.path] = draft
        self._work = PrivateWork(draft, draft.session, self.desk.rubric, self.desk.saver)
        self._take(self._work)

    async def _start(self, _: Any) -> None:
        work = self._work
        if work is None:
            await self._show_waiting()
        elif any(isinstance(screen, PrivateAssess) for screen in self.app.screen_stack):
            await self.app.pop_screen()
        else:
            await self.show(PrivateAssess(self.desk, work))

    async def _pause(self, _: Any) -> None:
        self.app.push_screen(ResumeCode(self._round, self._code, pausing=True))

    async def _give_in(self, _: Any) -> None:
        work = self._work
        if work is None:
            return
        await self._all_saved()
        given = await asyncio.to_thread(work.draft.finish, work.session)
        self._forget_person()
        self._stored = given.stored
        await self.show(ThankYou(self._round, given.receipt))

    async def _wipe(self, without: bool | None) -> None:
        """Hand the laptop back wiped; `without` what could not be saved, if somebody said so."""
        if self._work is not None and not without and not await self.desk.saver.drain():
            self.ask(
                "Leave without the last answers?",
                f"The last answers cannot be saved ({self._trouble}). What was saved before stays, and"
                " the code brings you back to it.",
                "Leave",
                Wished(Wish.WIPE, True),
            )
            return
        self._forget_person()
        await self._show_waiting()
        forget_texts(self.app)

    async def _all_saved(self) -> None:
        """Nothing is given in while something waits to be written. Raises OSError."""
        if not await self.desk.saver.drain():
            why = f"your last answers are not saved yet ({self._trouble}); Esc lets you stop here"
            raise OSError(0, why)

    @property
    def _trouble(self) -> str:
        return str(self.desk.saver.unsaved[0].trouble)

    async def _drop(self, sure: bool | None) -> None:
        """Somebody takes back all that they answered."""
        if not sure:
            text = (
                "What you have answered so far is deleted, and the code is worth nothing any more. You"
                " can begin anew later, like everybody else."
            )
            then = Wished(Wish.DROP, True)
            self.ask("Take everything back?", text, "Delete my answers", then)
            return
        work = self._work
        if work is not None:
            # Nothing that still waits to be written may come behind.
            self.desk.saver.forget(work.path)
            await asyncio.to_thread(work.draft.drop)
        await self._wipe(None)

    def ask(self, title: str, text: str, yes: str, then: Wished) -> None:
        """A question over the page; a yes is the page's own next wish."""
        page = self.app.screen

        def decide(sure: bool | None) -> None:
            if sure:
                page.post_message(then)

        self.app.push_screen(Confirm(title, text, yes), decide)

    def _forget_person(self) -> None:
        """Nothing of the one before is left for the next: no work, no code, no clipboard."""
        work = self._work
        if work is not None:
            self.desk.saver.forget(work.path)
            self.desk.drafts.pop(work.path, None)
            self._take(None)
        self._work = self._code = None
        if self._keys is not None:
            self._keys.cancel()
            self._keys = None
        self.app.clear_notifications()
        if self.app.clipboard:
            self.app.copy_to_clipboard("")

    # Pages and files

    @property
    def open_round(self) -> StoredRound:
        if self._stored is None:
            raise NotNow("no round is open")
        return self._stored

    @property
    def _round(self) -> Round:
        return self.open_round.round

    def keep(self, stored: StoredRound) -> None:
        """The round as it has just been written."""
        self._stored = stored

    async def save(self, round_: Round) -> None:
        self._stored = await asyncio.to_thread(self.rounds.save, self.open_round, round_)

    async def show(self, page: Screen[Any]) -> None:
        """This page and Home behind it: what was there before is gone, and so are its widgets."""
        await back_to(self.app, behind_a_round(self.app) + 1)
        if len(self.app.screen_stack) > behind_a_round(self.app):
            await self.app.switch_screen(page)
        else:
            await self.app.push_screen(page)
