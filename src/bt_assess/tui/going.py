"""From Home and from what is due straight to one plan, project or round, its list behind it."""

import asyncio
from typing import TYPE_CHECKING, Any

from textual.app import App

from bt_assess.store.files import UnreadableFile, reason

if TYPE_CHECKING:
    from bt_assess.tui.desk import Desk
    from bt_assess.tui.planning import Planning
    from bt_assess.tui.project_flow import ProjectFlow
    from bt_assess.tui.round_flow import RoundFlow


async def open_plan(flow: "Planning", plan_id: str) -> None:
    """The plan of this id, where it is still there."""
    await flow.enter()
    found, _ = await asyncio.to_thread(flow.plans.all)
    for stored in found:
        if stored.thing.id == plan_id:
            try:
                await flow.open(stored)
            except UnreadableFile as fault:
                flow.app.notify(f"It cannot be read any more: it {fault.why}.", severity="warning")


async def open_project(flow: "ProjectFlow", project_id: str) -> None:
    """The project of this id, where it is still there."""
    await flow.enter()
    shelved = await flow.shelved()
    for stored in shelved.projects:
        if stored.thing.id == project_id:
            await flow.open(stored)


async def open_round(flow: "RoundFlow", round_id: str) -> None:
    """The round of this id, where it is still there."""
    from bt_assess.tui.screens.rounds.step import Wish, Wished

    await flow.enter()
    found, _ = await asyncio.to_thread(flow.rounds.all)
    for stored in found:
        if stored.round.id == round_id:
            await flow.answer(Wished(Wish.CHOOSE, stored))


async def enter_due(app: App[Any], desk: "Desk") -> None:
    """The page of what is due."""
    from bt_assess.tui.screens.due import DuePage
    from bt_assess.tui.screens.home_content import look_around

    try:
        found = await asyncio.to_thread(look_around, desk, None)
    except OSError as error:
        app.notify(f"The sessions folder cannot be read: {reason(error)}.", severity="error")
        return
    await app.push_screen(DuePage(found.due, desk.now().date(), len(found.damaged)))
