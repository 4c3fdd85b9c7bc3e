"""plan, project, due."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar

from bt_assess.commands.desk import everything, rubric_of
from bt_assess.commands.out import Refusal, put, say, say_json, tell, width
from bt_assess.core.compared import Compared, of_session
from bt_assess.core.comparison import NotComparable
from bt_assess.core.due import Due, due
from bt_assess.core.forecast import how_far, so_far
from bt_assess.core.plan import Plan
from bt_assess.core.plan_check import check
from bt_assess.core.plan_gap import measured, stage_now, stage_views
from bt_assess.core.project import Project
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import misfits
from bt_assess.report.plan_words import (
    STAGES,
    due_words,
    goal_words,
    phase_words,
    share_words,
    stage_words,
    theme_names,
)
from bt_assess.report.words import date_words
from bt_assess.store.files import UnreadableFile, reason, shown_name
from bt_assess.store.kept import ChangedByHand, KeptFolder, NotFound, Stored
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.session_file import StoredSession

T = TypeVar("T", bound=Plan | Project)


def run_plan_list(arguments: Namespace) -> None:
    """The plans, newest first, with what was measured since; and files that cannot be used."""
    today = _today()
    plans, damaged = _all(PlansFolder(arguments.where.path))
    taken_up = _taken_up(arguments, [s.thing for s in plans])
    if arguments.json:
        from bt_assess.report.plan_json import plans_object

        found = zip(taken_up, (s.path.name for s in plans), strict=True)
        say_json(plans_object(found, _told(damaged), today))
        return
    for plan in taken_up:
        say(
            f"{plan.id}  {date_words(plan.created):>11}  {plan.title}  ({_where_it_is(plan, today)})"
        )
    _tell_of(damaged)
    if not plans and not damaged:
        tell("no plans yet: the app starts one, from Home or from a result")


def run_plan_show(arguments: Namespace) -> None:
    """The whole plan, with what was measured since it was saved."""
    rubric, today = rubric_of(arguments), _today()
    plan = plan_of(arguments, arguments.plan, rubric)
    if arguments.json:
        from bt_assess.report.plan_json import plan_object

        say_json(plan_object(rubric, plan, today))
        return
    from bt_assess.report.paper_text import paper_text
    from bt_assess.report.plan_paper import paper_of_plan

    say(paper_text(paper_of_plan(rubric, plan, made=today), width()), end="")


def run_plan_check(arguments: Namespace) -> None:
    """What is missing, contradictory or doubtful, and why it matters. Advice: the exit code is 0."""
    rubric, today = rubric_of(arguments), _today()
    plan = plan_of(arguments, arguments.plan, rubric)
    found = check(plan, today, names=theme_names(rubric, plan))
    if arguments.json:
        from bt_assess.report.plan_json import findings_list

        say_json({"format": 1, "plan": plan.id, "findings": findings_list(found)})
        return
    from textwrap import fill

    for each in found:
        say(fill(f"{each.place}: {each.said}", width()))
        say(fill(each.why, width(), initial_indent="    ", subsequent_indent="    "))
    if not found:
        say("The check finds nothing missing and nothing that contradicts itself.")


def run_project_list(arguments: Namespace) -> None:
    """The projects, newest first, and files that cannot be used."""
    today = _today()
    projects, damaged = _all(ProjectsFolder(arguments.where.path))
    if arguments.json:
        from bt_assess.report.plan_json import projects_object

        say_json(projects_object([(s.thing, s.path.name) for s in projects], _told(damaged), today))
        return
    for stored in projects:
        project = stored.thing
        say(
            f"{project.id}  {date_words(project.created):>11}  {project.title}  ({phase_words(project, today)})"
        )
        far = how_far(so_far(project, today)).progress
        done = f"; {share_words(far)} of the way" if far is not None else ""
        waits = len(project.unanswered())
        obstacles = (
            f"; {waits} obstacle{'s' if waits > 1 else ''} without an answer" if waits else ""
        )
        say(f"    {goal_words(project.wanted)}{done}{obstacles}")
    _tell_of(damaged)
    if not projects and not damaged:
        tell("no projects yet: the app starts one, from Home")


def run_project_show(arguments: Namespace) -> None:
    """The whole project."""
    today = _today()
    project = project_of(arguments, arguments.project)
    if arguments.json:
        from bt_assess.report.plan_json import project_object

        say_json(project_object(project, today))
        return
    from bt_assess.report.paper_text import paper_text
    from bt_assess.report.project_paper import paper_of_project

    say(paper_text(paper_of_project(project, made=today), width()), end="")


def run_due(arguments: Namespace) -> None:
    """What is late, and what is due within two weeks; a calendar gets all that has a day."""
    today = _today()
    plans, damaged = _all(PlansFolder(arguments.where.path))
    projects, more = _all(ProjectsFolder(arguments.where.path))
    try:
        rounds, others = RoundsFolder(arguments.where.path).all()
    except OSError as error:
        raise Refusal(f"{arguments.where.path}: {reason(error)}") from None
    faults = [*damaged, *more, *others]
    things = ([s.thing for s in plans], [s.thing for s in projects], [s.round for s in rounds])
    found = due(*things, today)
    if arguments.ics is not None:
        from bt_assess.report.calendar import calendar

        put(calendar(due(*things, today, ahead=None), made=today), arguments.ics,
            force=arguments.force)  # fmt: skip
        if not arguments.json:
            _tell_of(faults)
            _tell_what_is_left_out(faults)
            return
    if arguments.json:
        from bt_assess.report.plan_json import due_object

        say_json(due_object(found, _told(faults), today))
        return
    for late, head in ((True, "Late"), (False, "Coming up")):
        if part := [each for each in found if each.late is late]:
            say(f"{head}:")
            for each in part:
                say(_due_line(each))
    _tell_of(faults)
    if not found:
        first = "of what can be read, " if faults else ""
        tell(f"{first}nothing is late, and nothing is due within two weeks")
    _tell_what_is_left_out(faults)


def plan_of(arguments: Namespace, word: str, rubric: Rubric) -> Plan:
    """The plan that goes by `word`, with what its people's new sessions show. Raises Refusal.

    Nothing is saved. A round's figures need its passphrase: those that the app has taken up count.
    """
    plan = _resolved(PlansFolder(arguments.where.path), word).thing
    return _taken_up(arguments, [plan], rubric)[0]


def project_of(arguments: Namespace, word: str) -> Project:
    """The project that goes by `word`. Raises Refusal."""
    return _resolved(ProjectsFolder(arguments.where.path), word).thing


def _taken_up(
    arguments: Namespace, plans: Sequence[Plan], rubric: Rubric | None = None
) -> list[Plan]:
    """The plans with what their people's new sessions show; what was put aside shows nothing new."""
    if not any(plan.reality.evidence for plan in plans):
        return list(plans)
    rubric = rubric or rubric_of(arguments)
    found, _ = everything(arguments)
    put_aside, _ = everything(arguments, archived=True)
    items = list(_read_by(rubric, (*found, *put_aside)))
    aside = {stored.session.id for stored in put_aside} - {s.session.id for s in found}
    return [measured(plan, items, aside=aside) for plan in plans]


def _read_by(rubric: Rubric, sessions: Iterable[StoredSession]) -> Iterator[Compared]:
    """The sessions that this rubric can read."""
    for stored in sessions:
        if not misfits(stored.session, rubric):
            try:
                yield of_session(rubric, stored.session)
            except NotComparable:
                continue


def _resolved(folder: KeptFolder[T], word: str) -> Stored[T]:
    try:
        return folder.resolve(word)
    except ChangedByHand as error:
        raise Refusal(
            f"{shown_name(error.path)}: {error.why}; the app can accept it, and 'bt-assess reseal'"
        ) from None
    except (NotFound, UnreadableFile) as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(f"{folder.path}: {reason(error)}") from None


def _all(folder: KeptFolder[T]) -> tuple[list[Stored[T]], list[UnreadableFile]]:
    try:
        return folder.all()
    except OSError as error:
        raise Refusal(f"{folder.path}: {reason(error)}") from None


def _told(damaged: Iterable[UnreadableFile]) -> list[dict[str, str]]:
    return [{"file": fault.path.name, "why": fault.why} for fault in damaged]


def _tell_of(damaged: Iterable[UnreadableFile]) -> None:
    for fault in damaged:
        tell(f"bt-assess: {fault}")


def _tell_what_is_left_out(damaged: Sequence[UnreadableFile]) -> None:
    """Whoever relies on the days is told which are missing."""
    if damaged:
        those = "that file" if len(damaged) == 1 else f"those {len(damaged)} files"
        tell(f"what is in {those} is not counted here")


def _where_it_is(plan: Plan, today: date) -> str:
    """The stage that the plan is at, and how far that is."""
    view = stage_now(stage_views(plan, today))
    if view is None:
        return "all stages done"
    return f"{STAGES[view.kind].lower()} objective: {stage_words(view)}"


def _due_line(each: Due) -> str:
    owner = f"; {each.owner}" if each.owner else ""
    # Of two lines the second would look like a line of the list.
    what = " ".join(due_words(each).split())
    return f"  {date_words(each.when):>11}  {what}  ({each.where.title}{owner})"


def _today() -> date:
    return datetime.now().astimezone().date()
