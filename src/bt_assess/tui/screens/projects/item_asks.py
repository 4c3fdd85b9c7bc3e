"""The questions about one thing of a project: a check-in, an obstacle, an action, something to get."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from bt_assess.core.fields import Refused
from bt_assess.core.project import Project
from bt_assess.core.project_parts import (
    CheckIn,
    Needed,
    Obstacle,
    ObstacleAnswer,
    Reading,
    Wanted,
)
from bt_assess.core.round import Action, ActionState
from bt_assess.tui.screens.asking import Ask, First, Kind, asks_of

T = TypeVar("T")
_FIRST = "say first what it is"
_LEADER_FIRST = "say first what the leader does"


def _of(
    find: Callable[[Project], Any],
    put: Callable[[Project, dict[str, Any]], Project],
    fresh: dict[str, Any],
) -> Callable[..., Ask[Project]]:
    """Questions about the thing that `find` gives; before it is there, it is as in `fresh`."""

    def ask(key: str, words: str, kind: Kind = Kind.LINE, why: str = "", example: str = "",
            options: tuple[tuple[Any, str], ...] = ()) -> Ask[Project]:  # fmt: skip
        def read(project: Project) -> Any:
            there = find(project)
            return fresh[key] if there is None else getattr(there, key)

        def write(project: Project, value: Any) -> Project:
            there = find(project)
            if there is None and value == fresh[key]:
                return project
            if there is None and key != "what":
                raise First(_FIRST)
            return put(project, {**(fresh if there is None else dict(there)), key: value})

        return Ask(key, words, read, write, kind, why, example, options)

    return ask


def needed(needed_id: str) -> tuple[Ask[Project], ...]:
    """Something that the core group gets ready."""
    ask = _of(
        lambda project: next((n for n in project.data_needed if n.id == needed_id), None),
        lambda project, values: project.with_needed(Needed.model_validate(values)),
        {"id": needed_id, "what": "", "who": "", "ready": False},
    )
    return (
        ask("what", "What has to be there at the launch?", Kind.LINE,
            "Figures, cases, what customers say: whatever turns guesses into facts.",
            "the twenty oldest cases, and where each of them waits"),
        ask("who", "Who gets it?", Kind.NAME),
        ask("ready", "Is it there?", Kind.CHOICE, options=((False, "not yet"), (True, "ready"))),
    )  # fmt: skip


def action(action_id: str) -> tuple[Ask[Project], ...]:
    """A line of the action plan."""
    ask = _of(
        lambda project: next((a for a in project.launch.actions if a.id == action_id), None),
        lambda project, values: project.with_action(Action.model_validate(values)),
        {"id": action_id, "what": "", "owner": "", "due": None, "state": ActionState.OPEN,
         "remark": ""},
    )  # fmt: skip
    states = tuple((state, state.value) for state in ActionState)
    return (
        ask("what", "What?", Kind.LINE, "The first thing to do: something one can see done.",
            "call each of the twenty oldest back"),
        ask("owner", "Who?", Kind.NAME, "One name, and the person is in the room."),
        ask("due", "By when?", Kind.DAY, "Most of them in the first half of the weeks you have."),
        ask("state", "How does it stand?", Kind.CHOICE, options=states),
        ask("remark", "What came of it?", Kind.BRIEF, "", "eleven were settled on the telephone"),
    )  # fmt: skip


def obstacle(obstacle_id: str, today: date) -> tuple[Ask[Project], ...]:
    """What is in the way, as the team tells it."""
    ask = _of(
        lambda project: project.obstacle(obstacle_id),
        lambda project, values: project.with_obstacle(Obstacle.model_validate(values)),
        {"id": obstacle_id, "what": "", "raised": today, "raised_by": ""},
    )
    raised = ask("raised", "Since when?", Kind.PAST)

    def write(project: Project, value: date | None) -> Project:
        if value is not None and value > today:
            raise Refused("that day is still to come: an obstacle is told of once it is there")
        return raised.write(project, value)

    return (
        ask("what", "What is in the way?", Kind.BRIEF,
            "Something that the team cannot clear away itself; it goes to the leader.",
            "The two on night shift cannot open the register."),
        ask("raised_by", "Who says so?", Kind.NAME),
        replace(raised, write=write),
    )  # fmt: skip


def answer(obstacle_id: str, today: date) -> tuple[Ask[Project], ...]:
    """The leader's answer to an obstacle; one that is only passed over keeps its day and its goal."""
    days: dict[ObstacleAnswer | None, date | None] = {}
    goals: dict[Wanted, Project] = {}
    """By the goal as it is without the answer: the project with it."""

    def now(project: Project) -> Obstacle:
        gone = Obstacle(id=obstacle_id, what="taken away", raised=today)
        return project.obstacle(obstacle_id) or gone

    def give(project: Project, **changes: Any) -> Project:
        old = now(project)
        values = {"answer": old.answer, "decision": old.decision, "due": old.due, **changes}
        answer = values["answer"]
        if answer is None and "answer" not in changes:
            raise First(_LEADER_FIRST)
        days[old.answer] = old.answered
        given = project.answered(
            obstacle_id, answer, days.get(answer) or today, values["decision"], values["due"]
        )
        if old.answer is ObstacleAnswer.REFOCUSED is not answer:
            goals[given.wanted] = project
        elif answer is ObstacleAnswer.REFOCUSED is not old.answer and project.wanted in goals:
            was = goals[project.wanted]
            given = given.changed(wanted=was.wanted).with_refocused(was.refocused)
        return given.answer_kept(obstacle_id, old.kept) if old.kept and answer else given

    def keep(project: Project, value: bool) -> Project:
        if now(project).answer is None:
            raise First(_LEADER_FIRST)
        return project.answer_kept(obstacle_id, value)

    return (
        Ask("answer", "What does the leader do about it?", lambda p: now(p).answer,
            lambda p, value: give(p, answer=value), Kind.CHOICE,
            "Remove what is in the way, or refocus the goal. Anything else leaves the team with it.",
            options=((None, "no answer yet"), (ObstacleAnswer.REMOVED, "remove it"),
                     (ObstacleAnswer.REFOCUSED, "refocus the goal"))),
        Ask("decision", "In what way?", lambda p: now(p).decision,
            lambda p, value: give(p, decision=value), Kind.BRIEF, "Said to the team, in person.",
            "I speak with IT today; until then the day shift prints the list."),
        Ask("due", "Until when?", lambda p: now(p).due, lambda p, value: give(p, due=value),
            Kind.DAY, "A day that the team can count on."),
        Ask("kept", "Is it done?", lambda p: now(p).kept, keep, Kind.CHOICE,
            options=((False, "not yet"), (True, "done"))),
    )  # fmt: skip


def check_in(on: date) -> tuple[Ask[Project], ...]:
    """Two minutes a week: the reading, what was done, what comes next, what is in the way."""

    def reading(project: Project) -> Reading | None:
        return next((r for r in project.readings if r.on == on), None)

    def read_it(project: Project, value: float | None) -> Project:
        if value is None:
            return project.without_reading(on)
        there = reading(project)
        return project.with_reading(Reading(on=on, value=value, note=there.note if there else ""))

    def note(project: Project, value: str) -> Project:
        there = reading(project)
        if there is None:
            if not value.strip():
                return project
            raise First("say first what the reading is")
        return project.with_reading(Reading(on=on, value=there.value, note=value))

    def check_in(project: Project) -> CheckIn:
        return next((c for c in project.check_ins if c.on == on), CheckIn(on=on))

    def put(project: Project, new: CheckIn) -> Project:
        if not (new.done or new.next or new.in_the_way):
            return project.without_check_in(on)
        return project.with_check_in(new)

    said = asks_of(check_in, put)
    return (
        Ask("value", "The reading", lambda p: getattr(reading(p), "value", None), read_it,
            Kind.FIGURE, "What the measure is today. Taken the same way each week.", "31"),
        Ask("note", "A note to it", lambda p: getattr(reading(p), "note", ""), note, Kind.LINE,
            "Only where somebody would wonder.", "holidays: four days only"),
        said("done", "What was done?", Kind.BRIEF, "Since the last time: what was tried, what came of it?",
             "Called all twenty back; eleven are settled."),
        said("next", "What comes next?", Kind.BRIEF, "Until next week, and who.",
             "Bo tries the short form in the north."),
        said("in_the_way", "What is in the way?", Kind.BRIEF,
             "What you cannot clear away yourselves goes to the leader.",
             "No access for the two on night shift."),
    )  # fmt: skip


def refocus(found: Obstacle, today: date) -> tuple[Ask[Project], ...]:
    """The goal as it is from now on; the one before is kept once, whatever is typed."""

    def change(project: Project, **changes: Any) -> Project:
        wanted = project.wanted.changed(**changes)
        last = project.refocused[-1] if project.refocused else None
        if last is not None and (last.obstacle, last.on, last.back) == (found.id, today, False):
            # Typed further: still the same change of the goal.
            return project.changed(wanted=wanted)
        now = project.obstacle(found.id) or found
        return project.refocus(wanted, today, now.decision, found.id)

    def ask(key: str, words: str, kind: Kind, why: str = "") -> Ask[Project]:
        return Ask(
            key, words, lambda p: getattr(p.wanted, key), lambda p, v: change(p, **{key: v}), kind,
            why,
        )  # fmt: skip

    return (
        ask("to", "To which figure?", Kind.FIGURE, "Nearer in reach, and still a breakthrough."),
        ask("by", "By when?", Kind.DAY),
        ask("measure", "What is measured?", Kind.LINE,
            "With another measure the readings so far do not count towards it."),
        ask("unit", "In what unit?", Kind.LINE),
        ask("from_", "From which figure?", Kind.FIGURE),
    )  # fmt: skip
