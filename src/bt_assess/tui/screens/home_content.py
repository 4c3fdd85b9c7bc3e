"""What Home says, worked out from what the folder holds."""

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from bt_assess.core.asked import profile_of
from bt_assess.core.session import answered
from bt_assess.core.text import clean_line
from bt_assess.report.summary import ago, in_brief, plural
from bt_assess.report.words import who
from bt_assess.store.catalogue import Progress
from bt_assess.store.session_file import StoredSession
from bt_assess.store.shelf import FEW, Shelf
from bt_assess.store.where import PLANS, PROJECTS, ROUNDS
from bt_assess.tui.desk import Desk
from bt_assess.tui.screens.home import in_column
from bt_assess.tui.visits import BEGIN, NEXT_ROUND, OpenKept, Place, Visit
from bt_assess.tui.widgets.rows import Row, blank
from bt_assess.tui.widgets.theme_tracks import NAME, WORDS, theme_line
from bt_assess.tui.widgets.track import axis

if TYPE_CHECKING:
    from bt_assess.core.cycle_parts import NextStep
    from bt_assess.tui.around import Around
    from bt_assess.tui.screens.comparing.choose import ChooseToCompare

MANY = 200
"""From how many files to read on it is told how far that has come."""
_KEPT = (
    (PLANS, "plan", "Plan"), (PROJECTS, "project", "Projects"), (ROUNDS, "round", "Round"),
)  # fmt: skip


def look_around(desk: Desk, before: "Around | None") -> "Around":
    """Plans, projects, rounds and the cycle: reads files, for a thread. Raises OSError."""
    from bt_assess.tui.around import around

    shelf = desk.shelf
    begun = shelf.unfinished[0].session if shelf.unfinished else None
    done = shelf.newest.session if shelf.newest else None
    today = desk.now().date()
    return around(desk.where.path, begun, done, today, desk.catalogue, desk.rubric, before)


def place_in_cycle(found: "Around") -> tuple[int, set[int]]:
    """The step where one is, and those of which there is something to show, counted from 0."""
    from bt_assess.core.cycle_parts import Step

    steps = list(Step)
    return steps.index(found.here.step), {steps.index(step) for step in found.here.done}


def visit(desk: Desk, step: "NextStep") -> "Message | ChooseToCompare":
    """Where a next step leads to: what to ask for, or the page itself."""
    from bt_assess.core.compared import Kind
    from bt_assess.core.cycle_parts import Leads
    from bt_assess.core.due import Of

    match step.leads:
        case Leads.ROUND | Leads.PLAN | Leads.PROJECT:
            return OpenKept(Of(step.leads.value), step.id, step.part)
        case Leads.NEXT_ROUND:
            return OpenKept(Of.ROUND, step.id, NEXT_ROUND)
        case Leads.BEGIN:
            return OpenKept(Of.PLAN, step.id, f"{BEGIN}.{step.part}")
        case Leads.RESULT if desk.shelf.newest is not None:
            return Visit(Place.RESULTS, desk.shelf.newest)
        case Leads.COMPARE:
            from bt_assess.tui.comparing_flow import looked_up
            from bt_assess.tui.screens.comparing.choose import ChooseToCompare

            if any(ref.kind is Kind.ROUND for ref in step.beside):
                # A round opens with its passphrase, so which ones are chosen first.
                return ChooseToCompare(desk, step.part)
            found, _gone = looked_up(desk, step.beside)
            sessions = [stored for stored in found if isinstance(stored, StoredSession)]
            return Visit(Place.COMPARE, *sessions, theme_id=step.part)
        case Leads.SESSION if desk.shelf.unfinished:
            return Visit(Place.ASSESS, desk.shelf.unfinished[0])
        case Leads.NEW if step.beside:
            from bt_assess.tui.comparing_flow import looked_up

            found, _gone = looked_up(desk, step.beside)
            sessions = [stored for stored in found if isinstance(stored, StoredSession)]
            return Visit(Place.NEW, *sessions[:1])
    return Visit(Place.NEW)


def steps(desk: Desk, found: "Around | None", *, airy: bool = True) -> list[Row]:
    """The menu: the one next step or what is unfinished, then the cycle's steps, then what there is
    to read. `airy` is whether there is room for empty lines."""
    shelf = desk.shelf
    rows = [_continue(desk, stored) for stored in shelf.unfinished]
    if found is not None and (next_row := _next(shelf, found.here.next)) is not None:
        rows.insert(0, next_row)
    if rows and airy:
        rows.append(blank())
    rows.append(
        _row("Assess", "", "your own view, about 15 minutes, saved as you go", (Place.NEW,))
    )
    rows.append(_row("Round", *_newest_round(found), (Place.ROUNDS,)))
    if (newest := shelf.newest) is not None:
        profile = profile_of(desk.rubric, newest.session)
        when = ago(newest.session.finished or newest.session.started, desk.now())
        rows.append(_row("Results", "", f"{when} · {in_brief(profile)}", (Place.RESULTS, newest)))
    if shelf.finished_in_all > 1 or (desk.where.path / ROUNDS).is_dir():
        rows.append(
            _row("Compare", "", "before and after, change told from noise", (Place.COMPARE,))
        )
    today = desk.now().date()
    rows.append(_row("Plan", *_newest_plan(found, today), (Place.PLANS,)))
    rows.append(_row("Projects", *_projects(found, today), (Place.PROJECTS,)))
    if found is not None and found.due:
        rows.append(_due(found))
    rows.append(blank())
    if not shelf.is_empty:
        kept = f"{shelf.sessions:,} when last looked at"
        if shelf.is_checked:
            kept = f"{plural(shelf.sessions, 'session')} kept: open, search, compare, export"
        rows.append(_row("Sessions", "", kept, (Place.SESSIONS,)))
    rows.append(_row("The grid", "", "read all six themes without answering", (Place.GRID,)))
    rows.append(
        _row("Settings", "", "colours, the mouse, stages while answering", (Place.SETTINGS,))
    )
    rows.append(_row("Help", "", "how this works, and the keys", (Place.HELP,)))
    return rows


def _next(shelf: Shelf, step: "NextStep") -> Row | None:
    """The one next step; None where the row right under it says the same."""
    from bt_assess.core.cycle_parts import Leads, Step

    is_first = step.step is Step.ASSESS and step.leads is Leads.NEW
    if step.leads is Leads.SESSION or (is_first and not shelf.unfinished):
        return None

    def draw(width: int) -> Content:
        about = f" · {step.about}" if step.about else ""
        return Content.assemble(
            (in_column("Next", width), "bold $accent"), (step.what, "bold"), (about, "$quiet")
        )

    return Row(draw, step)


def _newest_round(found: "Around | None") -> tuple[str, str]:
    """The newest round and how far it has come, where there is one that is not done."""
    if found is not None and found.known.rounds:
        from bt_assess.core.round import Step
        from bt_assess.tui.screens.rounds.listed import how_far

        newest = found.known.rounds[0]
        if newest.step is not Step.DONE:
            return newest.title, how_far(newest)
    return "", "a team answers in private on this laptop"


def _newest_plan(found: "Around | None", today: date) -> tuple[str, str]:
    """The newest plan and how far it is, where there is one."""
    if found is not None and found.known.plans:
        from bt_assess.core.plan_gap import stage_views
        from bt_assess.tui.screens.plans.words import how_far

        plan = found.known.plans[0]
        return plan.title, how_far(plan, stage_views(plan, today))
    return "", "from current reality to destination, in three stages"


def _projects(found: "Around | None", today: date) -> tuple[str, str]:
    """How many projects run; where it is one, which, and how far it is."""
    if found is not None and found.known.projects:
        from bt_assess.tui.screens.projects.words import phase_words

        projects = found.known.projects
        running = [project for project in projects if project.running]
        before = [p for p in projects if not p.running and not p.report.on and not p.stopped]
        if len(running) + len(before) == 1:
            [only] = [*running, *before]
            return only.title, phase_words(only, today)
        parts = [f"{len(running)} running"] if running else []
        parts += [f"{len(before)} before launch"] if before else []
        return "", " · ".join(parts) or "none runs"
    return "", "one result, one team, eight to ten weeks"


def _due(found: "Around") -> Row:
    """How much is late, and how much comes soon."""
    late = sum(each.late for each in found.due)
    soon = len(found.due) - late
    parts = [Content.styled(f"! {late} late", "bold $alert")] if late else []
    if soon:
        parts.append(Content(f"{plural(soon, 'thing')} within two weeks"))
    words = Content(" · ").join(parts)
    return Row(
        lambda width: Content.assemble((in_column("Due", width), "bold"), words), (Place.DUE,)
    )


def news(desk: Desk, found: "Around | None", progress: Progress | None = None) -> Content:
    """What somebody should know before they start."""
    shelf = desk.shelf
    lines = []
    if shelf.is_gone:
        where = clean_line(str(desk.where.path))
        words = f"The folder of your sessions is not there any more: {where}."
        lines.append(("! ", f"{words} Put it back, and come back to this page."))
    if (more := shelf.unfinished_in_all - FEW) > 0:
        lines.append(("And ", f"{plural(more, 'more session')} unfinished: see Sessions."))
    if damaged := shelf.counts.damaged:
        they_are = "it is" if damaged == 1 else "they are"
        lines.append(
            ("! ", f"{plural(damaged, 'file')} cannot be read as {they_are}: Sessions says why.")
        )
    for folder, one, where in _KEPT:
        if found is not None and (count := found.damaged.count(folder)):
            they_are = "it is" if count == 1 else "they are"
            lines.append(
                ("! ", f"{plural(count, one)} cannot be read as {they_are}: {where} says why.")
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
    profile = profile_of(desk.rubric, session)
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
        column = in_column(label, width)
        room = max(8, width - len(column) - len(how_far))
        name = Content(who(session)).truncate(room, ellipsis=True)
        return Content.assemble((column, "bold $accent"), name, how_far)

    return Row(draw, (Place.ASSESS, stored))


def _row(label: str, name: str, text: str, value: tuple[object, ...]) -> Row:
    """A line of the menu; a long `name` of what it is about gives way to the `text` behind it."""

    def draw(width: int) -> Content:
        column = in_column(label, width)
        if not name:
            return Content.assemble((column, "bold"), text)
        room = max(8, width - len(column) - len(text) - 2)
        which = Content(" ".join(name.split())).truncate(room, ellipsis=True)
        return Content.assemble((column, "bold"), which, f": {text}")

    return Row(draw, value)
