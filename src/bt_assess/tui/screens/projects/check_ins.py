"""The check-ins of a project: two minutes a week, and the list of them."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.content import Content

from bt_assess.core.forecast import (
    WhyAside,
    against_line,
    live_readings,
    measured_since,
    why_aside,
)
from bt_assess.core.project import Project
from bt_assess.core.project_parts import Obstacle, Reading
from bt_assess.report.plan_words import WHY_ASIDE
from bt_assess.store.kept import new_id
from bt_assess.tui.screens.projects import item_asks, words
from bt_assess.tui.screens.projects.form import FormPage
from bt_assess.tui.screens.projects.listed import ListPage
from bt_assess.tui.widgets.rows import Row

if TYPE_CHECKING:
    from bt_assess.tui.project_flow import OpenProject


def check_in_form(work: "OpenProject", day: date) -> FormPage:
    """Two minutes a week; what is in the way can go to the leader at once."""
    project = work.project
    before = [each for each in project.check_ins if each.on < day]
    readings = [each for each in live_readings(project) if each.on < day]
    parts = [words.goal_words(project.wanted)] if project.wanted.measure else []
    if aside := _aside_words(project, day, work.today):
        parts.append(aside)
    if readings:
        parts.append(
            f"Last reading: {words.figure(readings[-1].value)}"
            f" on {words.short_day(readings[-1].on)}."
        )
    if before and before[-1].next:
        parts.append(f"What was to come next: {before[-1].next}")
    was = _in_the_way(project, day)

    def leaving(app: App[Any]) -> None:
        now = _in_the_way(work.project, day)
        if now and now != was and not work.read_only:
            _offer_to_leader(app, work, now)

    heading = f"Check-in, {words.short_day(day)}"
    return FormPage(work, heading, item_asks.check_in(day), about="\n".join(parts), leaving=leaving)


def _aside_words(project: Project, day: date, today: date) -> str:
    """Why a reading of that day does not count for the goal; empty where it does."""
    there = next((each for each in project.readings if each.on == day), None)
    why = why_aside(project, there or Reading(on=day, value=0))
    if why is None:
        return ""
    since = measured_since(project)
    if why is WhyAside.TOO_EARLY and project.starts:
        because = f"the first week begins on {words.day_words(project.starts, today)}"
    elif since and since > day:
        because = f"since {words.day_words(since, today)} another measure is read"
    else:
        return (
            "The reading here is of the measure before and does not count. A new one typed over it"
            " does, were it the same figure."
        )
    return f"A reading of this day does not count: {because}."


def _in_the_way(project: Project, day: date) -> str:
    return next((each.in_the_way for each in project.check_ins if each.on == day), "")


def _offer_to_leader(app: App[Any], work: "OpenProject", what: str) -> None:
    from bt_assess.tui.screens.confirm import Confirm

    if any(each.what == what for each in work.project.obstacles):
        return
    leader = work.project.leader or "the leader"

    def decide(yes: bool | None) -> None:
        if yes:
            obstacle = Obstacle(id=new_id(), what=what, raised=work.today)
            work.edit(work.project.with_obstacle(obstacle), "an obstacle for the leader")

    app.push_screen(Confirm(f"Does this go to {leader}?", what, f"To {leader}"), decide)


class CheckIns(ListPage):
    """Every week's reading and words, the newest first."""

    HEADING = "Check-ins"
    INTRO = "Two minutes a week: the reading, what was done, what comes next, what is in the way."
    EMPTY = "None yet: n is today's."
    ABOUT = (
        "A line for each day on which the measure was read or the team checked in. n is today's, b"
        " one of another day."
    )
    BINDINGS: ClassVar = [
        Binding("n", "new", "Today", tooltip="Today's check-in"),
        Binding("b", "before", "Another day", tooltip="A check-in of another day"),
    ]

    def rows(self) -> list[Row]:
        project = self.work.project
        days = {r.on for r in project.readings} | {c.on for c in project.check_ins}
        return [_day_row(project, day) for day in sorted(days, reverse=True)]

    def about(self, value: Any) -> Content | str:
        found = next((each for each in self.work.project.check_ins if each.on == value), None)
        if found is None:
            return ""
        lines = (("Done: ", found.done), ("Next: ", found.next), ("In the way: ", found.in_the_way))
        return Content("\n").join(
            Content.assemble((label, "$quiet"), text) for label, text in lines if text
        )

    def open(self, value: date) -> None:
        self.came_from = value
        self.app.push_screen(check_in_form(self.work, value))

    def add(self) -> None:
        self.open(self.work.today)

    def action_before(self) -> None:
        from bt_assess.tui.screens.projects.dialogs import AskDay

        def go(day: date | None) -> None:
            if day is not None and day > self.work.today:
                self.notify("That day is still to come: a check-in is of today or before.")
            elif day is not None:
                self.open(day)

        if not self.work.read_only:
            self.app.push_screen(AskDay("A check-in of which day?", self.work.today), go)

    def without(self, value: date) -> Project:
        return self.work.project.without_reading(value).without_check_in(value)


def _day_row(project: Project, day: date) -> Row:
    reading = next((each for each in project.readings if each.on == day), None)
    check_in = next((each for each in project.check_ins if each.on == day), None)
    about = ""
    if reading is not None:
        ahead, aside = against_line(project, reading), why_aside(project, reading)
        if aside is not None:
            about = WHY_ASIDE[aside]
        elif ahead is not None:
            about = "on the line" if abs(ahead) < 0.05 else ("ahead" if ahead > 0 else "behind")
        about = "  ".join(part for part in (about, reading.note) if part)
    done = check_in.done.partition("\n")[0] if check_in else ""
    value = words.figure(reading.value) if reading else "–"
    return Row(
        lambda width: Content.assemble(
            (f"{words.short_day(day):<8}", "$quiet"),
            (_week(project, day).ljust(14), "$quiet"), (f"{value:>8}", "bold"),
            (f"  {about}", "$quiet"), f"  {done}",
        ),
        day,
    )  # fmt: skip


def _week(project: Project, day: date) -> str:
    if project.starts is None:
        return ""
    if (week := project.week(day)) is not None:
        return f"week {week}"
    return "before week 1" if day < project.starts else f"after week {project.weeks}"
