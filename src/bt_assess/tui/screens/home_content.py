"""What Home says, worked out from what the folder holds."""

from textual.content import Content

from bt_assess.core.scoring import score
from bt_assess.core.session import answered
from bt_assess.report.summary import ago, in_brief, plural
from bt_assess.report.words import who
from bt_assess.store.catalogue import Progress
from bt_assess.store.session_file import StoredSession
from bt_assess.store.shelf import FEW
from bt_assess.store.where import PLANS, PROJECTS, ROUNDS
from bt_assess.tui.desk import Desk
from bt_assess.tui.screens.home import LABEL
from bt_assess.tui.visits import Place
from bt_assess.tui.widgets.rows import Row, blank
from bt_assess.tui.widgets.theme_tracks import NAME, WORDS, theme_line
from bt_assess.tui.widgets.track import axis

MANY = 200
"""From how many files to read on it is told how far that has come."""


def steps(desk: Desk) -> list[Row]:
    """The menu: what is unfinished first, then the cycle's steps, then what there is to read."""
    shelf = desk.shelf
    rows = [_continue(desk, stored) for stored in shelf.unfinished]
    rows.append(_row("Assess", "your own view, about 15 minutes, saved as you go", (Place.NEW,)))
    rows.append(_row("Round", _newest_round(desk), (Place.ROUNDS,)))
    if (newest := shelf.newest) is not None:
        profile = score(desk.rubric, newest.session.answers)
        when = ago(newest.session.finished or newest.session.started, desk.now())
        rows.append(_row("Results", f"{when} · {in_brief(profile)}", (Place.RESULTS, newest)))
    if shelf.finished_in_all > 1 or (desk.where.path / ROUNDS).is_dir():
        rows.append(_row("Compare", "before and after, change told from noise", (Place.COMPARE,)))
    rows.append(_row("Plan", _newest_plan(desk), (Place.PLANS,)))
    rows.append(_row("Projects", _projects(desk), (Place.PROJECTS,)))
    rows.append(blank())
    if not shelf.is_empty:
        kept = f"{shelf.sessions:,} when last looked at"
        if shelf.is_checked:
            kept = f"{plural(shelf.sessions, 'session')} kept: open, search, compare, export"
        rows.append(_row("Sessions", kept, (Place.SESSIONS,)))
    rows.append(_row("The grid", "read all six themes without answering", (Place.GRID,)))
    rows.append(_row("Settings", "colours, the mouse, stages while answering", (Place.SETTINGS,)))
    rows.append(_row("Help", "how this works, and the keys", (Place.HELP,)))
    return rows


def _newest_round(desk: Desk) -> str:
    """How far the newest round has come, where there is one that is not done."""
    if (desk.where.path / ROUNDS).is_dir():
        from bt_assess.core.round import Step
        from bt_assess.store.rounds import RoundsFolder
        from bt_assess.tui.screens.rounds.listed import how_far

        rounds, _ = RoundsFolder(desk.where.path).all()
        if rounds and rounds[0].round.step is not Step.DONE:
            return f"{rounds[0].round.title}: {how_far(rounds[0].round)}"
    return "a team answers in private on this laptop"


def _newest_plan(desk: Desk) -> str:
    """How far the newest plan is, where there is one."""
    if (desk.where.path / PLANS).is_dir():
        from bt_assess.core.plan_gap import stage_views
        from bt_assess.store.plans import PlansFolder
        from bt_assess.tui.screens.plans.words import how_far

        plans, damaged = PlansFolder(desk.where.path).all()
        if plans:
            plan = plans[0].thing
            return f"{plan.title}: {how_far(plan, stage_views(plan, desk.now().date()))}"
        if damaged:
            return "a plan cannot be read as it is: see here why"
    return "from current reality to destination, in three stages"


def _projects(desk: Desk) -> str:
    """How many projects run, and what comes next."""
    if (desk.where.path / PROJECTS).is_dir():
        from bt_assess.tui.screens.projects.glance import projects_line

        return projects_line(desk)
    return "one result, one team, eight to ten weeks"


def _late(desk: Desk) -> str:
    """What is late in plans, projects and rounds; empty where nothing is."""
    if any((desk.where.path / folder).is_dir() for folder in (PLANS, PROJECTS, ROUNDS)):
        from bt_assess.tui.screens.projects.glance import overdue_line

        return overdue_line(desk)
    return ""


def news(desk: Desk, progress: Progress | None = None) -> Content:
    """What somebody should know before they start."""
    shelf = desk.shelf
    lines = []
    if late := _late(desk):
        lines.append(("! ", late))
    if (more := shelf.unfinished_in_all - FEW) > 0:
        lines.append(("And ", f"{plural(more, 'more session')} unfinished: see Sessions."))
    if damaged := shelf.counts.damaged:
        they_are = "it is" if damaged == 1 else "they are"
        lines.append(
            ("! ", f"{plural(damaged, 'file')} cannot be read as {they_are}: Sessions says why.")
        )
    if progress is not None and progress.total > MANY:
        far = f"{progress.done:,} of {progress.total:,}"
        lines.append(("… ", f"Reading sessions that are new or have changed: {far}."))
    elif not shelf.is_checked:
        before = "" if shelf.is_empty else "As the folder was last time; "
        lines.append(("… ", f"{before}looking what is there.".capitalize()))
    return Content("\n").join(Content.assemble((mark, "bold $alert"), text) for mark, text in lines)


def latest(desk: Desk, newest: StoredSession, width: int) -> tuple[Content, Content]:
    """The newest result as a small picture: its heading and its tracks."""
    session = newest.session
    profile = score(desk.rubric, session.answers)
    when = ago(session.finished or session.started, desk.now())
    head = Content.assemble(("Latest result  ", "bold"), (f"{who(session)}, {when}", "$quiet"))
    lines = [Content.assemble(" " * NAME, axis(max(12, width - NAME - WORDS)))]
    lines += [theme_line(theme, profile.theme(theme.id), width) for theme in desk.rubric.themes]
    return head, Content("\n").join(lines)


def _continue(desk: Desk, stored: StoredSession) -> Row:
    session = stored.session
    total = len(desk.rubric.statements)
    given = answered(session, desk.rubric)
    label = "Finish" if given == total else "Continue"
    parts = ["", f"{given} of {total}"]
    if given == total:
        parts.append("nothing left but to look back and finish")
    elif session.at is not None and session.at in desk.rubric.statements:
        parts.append(f"in {desk.rubric.theme_of(session.at).name}")
    parts.append(ago(session.started, desk.now()))
    how_far = ", ".join(parts)

    def draw(width: int) -> Content:
        # A long name gives way to how far one was.
        name = Content(who(session)).truncate(max(8, width - LABEL - len(how_far)), ellipsis=True)
        return Content.assemble((label.ljust(LABEL), "bold $accent"), name, how_far)

    return Row(draw, (Place.ASSESS, stored))


def _row(label: str, text: str, value: tuple[object, ...]) -> Row:
    return Row(lambda width: Content.assemble((label.ljust(LABEL), "bold"), Content(text)), value)
