"""What shows where an organisation stands: a session or a round, and what its answers ask for."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

from textual.app import App
from textual.content import Content

from bt_assess.core.advice import first_steps
from bt_assess.core.asked import profile_of
from bt_assess.core.compared import Compared, by_date
from bt_assess.core.plan_gap import based_on
from bt_assess.core.round import ActionState
from bt_assess.core.rubric import BreakthroughPoint, Rubric
from bt_assess.core.team_advice import first_team_steps
from bt_assess.report.words import date_words, day, who
from bt_assess.store.catalogue_queries import Listed
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.shelf import opened as opened_session
from bt_assess.tui.comparing_flow import fetched, why_not_yet
from bt_assess.tui.desk import Desk
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.screens.comparing.picking import finished
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.widgets.rows import Row, heading

NOTHING = "nothing"
MOST_LISTED = 200
MOST_POINTS = 12


def rows_of_evidence(desk: Desk) -> list[Row]:
    """Revealed rounds and finished sessions, newest first. Reads files: for a thread."""
    rounds = [
        stored
        for stored in RoundsFolder(desk.where.path).all()[0]
        if stored.round.rubric.id == desk.rubric.id and not why_not_yet(stored.round)
    ]
    sessions = desk.catalogue.page(0, MOST_LISTED, finished(desk))
    rows: list[Row] = []
    if rounds:
        rows += [heading("  Rounds, with their passphrase"), *(_round_row(r) for r in rounds)]
    if sessions:
        rows += [heading("  Finished assessments"), *(_session_row(s) for s in sessions)]
    return rows


async def choose_evidence(
    app: App[Any], desk: Desk, rows: Sequence[Row], title: str
) -> tuple[Compared, ...] | None:
    """What shows it, opened; nothing where somebody turns back. Belongs into a worker."""
    found = await app.push_screen_wait(Pick(title, rows))
    if found is None:
        return None
    if isinstance(found, Listed):
        stored = opened_session(desk.catalogue, found, desk.rubric)
        if stored is None:
            app.notify("That assessment cannot be read any more.", severity="warning")
            return None
        return await fetched(app, desk, [stored])
    if isinstance(found, StoredRound):
        return await fetched(app, desk, [found])
    return ()


async def rebased(app: App[Any], work: OpenPlan) -> bool:
    """Let somebody choose what shows where the plan begins; whether they did. For a worker."""
    rows = await asyncio.to_thread(rows_of_evidence, work.desk)
    if not rows:
        app.notify("There is no finished assessment yet.")
        return False
    title = "Which assessment shows where you are?"
    items = await choose_evidence(app, work.desk, rows, title)
    if not items:
        return False
    plan = based_on(work.plan, items, work.today)
    work.change(plan, "the assessment it is based on")
    await work.take_up()
    return True


def suggested(rubric: Rubric, items: Sequence[Compared]) -> list[tuple[str, BreakthroughPoint]]:
    """The breakthrough points that the newest of these asks for, with their theme's name."""
    if not items:
        return []
    newest = by_date(items)[-1]
    chosen = promised(items)
    found = [(t.short, point) for t in rubric.themes for point in t.points if point.id in chosen]
    if newest.session is not None:
        profile, answers = profile_of(rubric, newest.session), newest.session.answers
        found += [
            (rubric.theme(step.theme_id).short, step.point)
            for step in first_steps(rubric, profile, answers, MOST_POINTS)
        ]
    elif newest.shown is not None:
        found += [
            (rubric.theme(step.theme_id).short, step.point)
            for step in first_team_steps(rubric, newest.shown, MOST_POINTS)
        ]
    return list({point.id: (theme, point) for theme, point in found}.values())


def promised(items: Sequence[Compared]) -> set[str]:
    """The breakthrough points that a team has chosen in its round already."""
    actions = [a for item in items if item.round for a in item.round.actions]
    return {a.point for a in actions if a.point and a.state is not ActionState.DROPPED}


def nothing_row() -> Row:
    """For who begins with the words and assesses later."""
    return Row(lambda width: Content("Nothing yet: an empty plan"), NOTHING)


def _round_row(stored: StoredRound) -> Row:
    round_ = stored.round
    team = f" · {round_.team}" if round_.team else ""
    return Row(partial(_drawn, date_words(round_.created), f"{round_.title}{team}"), stored)


def _session_row(listed: Listed) -> Row:
    return Row(partial(_drawn, day(listed.when), who(listed)), listed)


def _drawn(when: str, name: str, width: int) -> Content:
    return Content.assemble((f"{when:<13}", "$quiet"), name)
