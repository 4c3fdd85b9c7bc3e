"""From Home and from what is due straight to one plan, project or round, and the way back."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from textual.app import App

from bt_assess.store.files import UnreadableFile, reason

if TYPE_CHECKING:
    from bt_assess.tui.desk import Desk
    from bt_assess.tui.planning import Planning
    from bt_assess.tui.project_flow import ProjectFlow
    from bt_assess.tui.round_flow import RoundFlow
    from bt_assess.tui.screens.due import DuePage


async def open_plan(flow: "Planning", plan_id: str, part: str = "") -> None:
    """The plan of this id, where it is still there, at a part of it."""
    await _step_back(flow.app, flow.enter)
    found, _ = await asyncio.to_thread(flow.plans.all)
    for stored in found:
        if stored.thing.id == plan_id:
            try:
                await flow.open(stored, part)
            except UnreadableFile as fault:
                flow.app.notify(f"It cannot be read any more: it {fault.why}.", severity="warning")
            return
    _gone(flow.app, plan_id)


async def open_project(flow: "ProjectFlow", project_id: str, part: str = "") -> None:
    """The project of this id, where it is still there, with a part of it marked."""
    await _step_back(flow.app, flow.enter)
    shelved = await flow.shelved()
    for stored in shelved.projects:
        if stored.thing.id == project_id:
            await flow.open(stored, part=part)
            return
    _gone(flow.app, project_id)


async def open_round(flow: "RoundFlow", round_id: str, part: str = "") -> None:
    """The round of this id, where it is still there; or the set-up of the one that follows it."""
    from bt_assess.tui.screens.rounds.step import Wish, Wished
    from bt_assess.tui.visits import NEXT_ROUND

    await _step_back(flow.app, flow.enter)
    found, _ = await asyncio.to_thread(flow.rounds.all)
    for stored in found:
        if stored.round.id == round_id:
            wish = Wish.NEW if part == NEXT_ROUND else Wish.CHOOSE
            await flow.answer(Wished(wish, stored))
            return
    _gone(flow.app, round_id)


async def _step_back(app: App[Any], to_list: Callable[[], Awaitable[None]]) -> None:
    """To what lies behind what is opened: what is due for whoever comes from there, else its list;
    and Home behind either."""
    due = _due_page(app)
    if due is not None and app.screen_stack[1] is due:
        await back_to(app, 2)
        return
    await back_to(app, 1)
    if due is not None:
        await app.push_screen(due.anew())
    else:
        await to_list()


def _due_page(app: App[Any]) -> "DuePage | None":
    from bt_assess.tui.screens.due import DuePage

    return next((page for page in app.screen_stack if isinstance(page, DuePage)), None)


async def back_to(app: App[Any], pages: int) -> None:
    """Until so many pages are left, the ones that were opened first."""
    while len(app.screen_stack) > pages:
        await app.pop_screen()


def behind_a_round(app: App[Any]) -> int:
    """How many pages stay behind a round's own: Home, and what is due where one came from there."""
    stack = app.screen_stack
    return 2 if len(stack) > 1 and stack[1] is _due_page(app) else 1


def _gone(app: App[Any], id: str) -> None:
    """Said of what was deleted or put aside meanwhile; what is asked for without an id is its list."""
    if id:
        app.notify("It is not there any more.", severity="warning")
        if (due := _due_page(app)) is not None:
            due.look()


async def enter_due(app: App[Any], desk: "Desk") -> None:
    """The page of what is due."""
    from bt_assess.tui.screens.due import DuePage
    from bt_assess.tui.screens.home_content import look_around

    try:
        found = await asyncio.to_thread(look_around, desk, None)
    except OSError as error:
        app.notify(f"The sessions folder cannot be read: {reason(error)}.", severity="error")
        return
    await app.push_screen(DuePage(desk, found))
