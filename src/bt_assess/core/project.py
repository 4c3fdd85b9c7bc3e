"""A breakthrough project: one result, one team, eight to ten weeks, and a report back.

Schaffer's Breakthrough. Every change returns a new project; its phase is worked out from the dates
and from what is there.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator

from bt_assess.core.fields import Brief, Day, Line, Passage, Refused, each_once, replaced
from bt_assess.core.goal_moves import answer_taken_back, unread
from bt_assess.core.launch import Length
from bt_assess.core.project_parts import (
    LONGEST_WEEKS,
    MOST_REFOCUSED,
    Block,
    CheckIn,
    Goal,
    GoalAnswer,
    GoalQuestion,
    Launch,
    MidPoint,
    Moved,
    Needed,
    Obstacle,
    ObstacleAnswer,
    Origin,
    Phase,
    Reading,
    Refocus,
    Report,
    Wanted,
)
from bt_assess.core.round import MOST_ACTIONS, Action, ActionState, Title
from bt_assess.core.rubric import Frozen
from bt_assess.core.saved_comparison import AnId
from bt_assess.core.session import Name

WEEKS = 9
LEAST_WEEKS, MOST_WEEKS = 8, 10
"""Outside of these `core/project_check.py` warns; a file may have 1 to LONGEST_WEEKS."""
MOST_PEOPLE = 60
MOST_NEEDED = 40
MOST_READINGS = 300
MOST_CHECK_INS = 60
MOST_OBSTACLES = 60

People = Annotated[tuple[Name, ...], AfterValidator(each_once), Field(max_length=MOST_PEOPLE)]
T = TypeVar("T")
_SETTINGS = {
    "title", "organisation", "function", "shown_by", "why_now", "leader", "leader_gives", "team",
    "facilitator", "helper", "core_group", "starts", "weeks", "moved", "origin", "wanted",
}  # fmt: skip


class Project(Frozen):
    """A project, frozen and replaced whole. `revision` counts changes, undoing included.

    `helper` has done this before and stands by; `starts` is the first day of the first week.
    """

    id: AnId
    title: Title
    organisation: Name = ""
    created: Day
    revision: int = Field(default=0, ge=0, strict=True)
    origin: Origin | None = None
    function: Line = ""
    shown_by: Passage = ""
    why_now: Passage = ""
    wanted: Wanted = Wanted()
    leader: Name = ""
    leader_gives: Passage = ""
    team: People = ()
    facilitator: Name = ""
    helper: Name = ""
    goal_check: dict[GoalQuestion, Goal] = {}
    core_group: People = ()
    data_needed: Annotated[tuple[Needed, ...], Field(max_length=MOST_NEEDED)] = ()
    launch: Launch = Launch()
    starts: Day | None = None
    weeks: int = Field(default=WEEKS, ge=1, le=LONGEST_WEEKS, strict=True)
    readings: Annotated[tuple[Reading, ...], Field(max_length=MOST_READINGS)] = ()
    check_ins: Annotated[tuple[CheckIn, ...], Field(max_length=MOST_CHECK_INS)] = ()
    obstacles: Annotated[tuple[Obstacle, ...], Field(max_length=MOST_OBSTACLES)] = ()
    refocused: Annotated[tuple[Refocus, ...], Field(max_length=MOST_REFOCUSED)] = ()
    moved: Annotated[tuple[Moved, ...], Field(max_length=MOST_REFOCUSED)] = ()
    mid_point: MidPoint | None = None
    report: Report = Report()
    stopped: Day | None = None
    stopped_why: Brief = ""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for ids in ([n.id for n in self.data_needed], [o.id for o in self.obstacles]):
            if len(set(ids)) < len(ids):
                raise ValueError("something is there twice")
        for dated in (self.readings, self.check_ins, self.moved):
            days = [each.on for each in dated]
            if any(later <= earlier for earlier, later in pairwise(days)):
                raise ValueError("there is one a day, in order")
        return self

    # Where it is

    def phase(self, today: date) -> Phase:
        """How far it is: by what is there, and once it runs by the calendar."""
        if self.report.on or self.stopped:
            return Phase.DONE
        if self.launch.held:
            if self.report_due and today > self.report_due - timedelta(days=7):
                return Phase.REPORT_BACK
            if self.mid_due and today >= self.mid_due and self.mid_point is None:
                return Phase.MID_POINT
            return Phase.RUN
        if self.launch.day and self.launch.day <= today:
            return Phase.LAUNCH
        if not self.chosen:
            return Phase.CHOOSE
        return Phase.LAUNCH if self.prepared else Phase.PREPARE

    @property
    def chosen(self) -> bool:
        """Whether function, goal, leader and team are there."""
        goal = self.wanted
        figures = goal.from_ is not None and goal.to is not None
        return bool(self.function and goal.measure and figures and self.leader and self.team)

    @property
    def prepared(self) -> bool:
        """Whether the core group has all that it wanted to have at the launch."""
        return bool(self.core_group and self.data_needed) and all(n.ready for n in self.data_needed)

    @property
    def running(self) -> bool:
        """Whether it is launched and neither reported nor stopped."""
        return bool(self.launch.held and not self.report.on and not self.stopped)

    @property
    def report_due(self) -> date | None:
        """The day of the report back; None until it has a first day."""
        return None if self.starts is None else self.starts + timedelta(weeks=self.weeks)

    @property
    def mid_due(self) -> date | None:
        """The day of the mid-point."""
        return None if self.starts is None else self.starts + timedelta(days=self.weeks * 7 // 2)

    def week(self, day: date) -> int | None:
        """Which week of the project a day is in, from 1; None before the first and after the last."""
        begun = self.weeks_begun(day)
        return begun if 1 <= begun <= self.weeks else None

    def weeks_begun(self, day: date) -> int:
        """How many weeks have begun by a day, those after the last week too."""
        return 0 if self.starts is None else max(0, (day - self.starts).days // 7 + 1)

    def days_left(self, today: date) -> int | None:
        """Days until the report back, negative when it is late."""
        return None if self.report_due is None else (self.report_due - today).days

    def missed_weeks(self, today: date) -> tuple[int, ...]:
        """The weeks that are over and have no reading, of those the project has."""
        seen = {self.week(reading.on) for reading in self.readings}
        over = min(self.weeks_begun(today) - 1, self.weeks)
        return tuple(week for week in range(1, over + 1) if week not in seen)

    def unanswered(self) -> tuple[Obstacle, ...]:
        """The obstacles that wait for the leader."""
        return tuple(o for o in self.obstacles if o.answer is None)

    def obstacle(self, obstacle_id: str) -> Obstacle | None:
        return next((o for o in self.obstacles if o.id == obstacle_id), None)

    def people(self) -> tuple[str, ...]:
        """The names in it, each once."""
        return each_once((
            self.leader, self.facilitator, self.helper, *self.team, *self.core_group,
            *(n.who for n in self.data_needed), *(a.owner for a in self.launch.actions),
            *(o.raised_by for o in self.obstacles),
        ))  # fmt: skip

    # Choose and prepare

    def changed(self, **settings: Any) -> Self:
        """With other settings: title, function, leader, wanted, weeks and the like.

        Raises Refused for what has a method of its own, ValidationError for what makes no sense.
        """
        if strange := settings.keys() - _SETTINGS:
            raise Refused(f"{min(strange)} is not a setting of a project")
        if settings.get("starts", self) is None:
            # Left open, the first week begins with the launch.
            settings["starts"] = self.launch.held
        return self._with(**settings)

    def goal_answered(
        self, question: GoalQuestion, answer: GoalAnswer | None, remark: str = ""
    ) -> Self:
        """With an answer to a question of the goal check; None and no remark take it back."""
        goal = Goal(answer=answer, remark=remark)
        rest = {q: g for q, g in self.goal_check.items() if q is not question}
        found = rest if goal == Goal() else {**rest, question: goal}
        return self._with(goal_check={q: found[q] for q in GoalQuestion if q in found})

    def with_needed(self, needed: Needed) -> Self:
        """With something to get ready, new or changed. Raises Refused when there are too many."""
        found = _put(self.data_needed, needed, "id", MOST_NEEDED, "things to get ready")
        return self._with(data_needed=found)

    def without_needed(self, needed_id: str) -> Self:
        return self._with(data_needed=tuple(n for n in self.data_needed if n.id != needed_id))

    # Launch

    def launch_set(
        self, *, day: date | None = None, begins: int | None = None, notes: str | None = None
    ) -> Self:
        """With a day, a time to begin (minutes after midnight) or notes; None leaves it."""
        given = {"day": day, "begins": begins, "notes": notes}
        return self._launch(**{key: value for key, value in given.items() if value is not None})

    def launch_day_open(self) -> Self:
        """Without a day for the launch."""
        return self._launch(day=None)

    def launch_of(self, length: Length) -> Self:
        """With the agenda of a half day or a day; notes go along."""
        return self._with(launch=self.launch.of_length(length))

    def with_blocks(self, blocks: Iterable[Block]) -> Self:
        """With another agenda. Raises ValidationError."""
        return self._launch(blocks=tuple(blocks))

    def with_action(self, action: Action) -> Self:
        """With an action of the action plan, new or changed. Raises Refused when too many."""
        found = _put(self.launch.actions, action, "id", MOST_ACTIONS, "actions")
        return self._launch(actions=found)

    def without_action(self, action_id: str) -> Self:
        """Without an action. Raises Refused when a launched project would have none left."""
        kept = tuple(a for a in self.launch.actions if a.id != action_id)
        if self.launch.held and not kept:
            raise Refused("a launched project keeps at least one action; mark it as dropped")
        return self._launch(actions=kept)

    def launched(self, held: date) -> Self:
        """With the launch over: the weeks begin, unless they have a first day already.

        Raises Refused when the action plan is empty, or says not who does what by when.
        """
        actions = [a for a in self.launch.actions if a.state is not ActionState.DROPPED]
        if not actions:
            raise Refused("the action plan is empty: write down what, who and by when")
        for action in actions:
            if not action.owner or action.due is None:
                lacks = "who" if not action.owner else "by when"
                raise Refused(f"the action plan does not say {lacks}: {action.what[:60]}")
        launch = self.launch.changed(held=held, day=self.launch.day or held)
        return self._with(launch=launch, starts=self.starts or held)

    def not_launched(self) -> Self:
        """With the launch still to end; what was planned in it stays."""
        return self._launch(held=None)

    # Run

    def with_reading(self, reading: Reading) -> Self:
        """With a reading; one of the same day is replaced. Raises Refused when too many."""
        found = _put(self.readings, reading, "on", MOST_READINGS, "readings")
        notes = unread(self.refocused, reading.on, reading.value)
        return self._with(readings=tuple(sorted(found, key=lambda r: r.on)), refocused=notes)

    def without_reading(self, on: date) -> Self:
        kept = tuple(r for r in self.readings if r.on != on)
        return self._with(readings=kept, refocused=unread(self.refocused, on))

    def with_check_in(self, check_in: CheckIn) -> Self:
        """With a check-in; one of the same day is replaced. Raises Refused when too many."""
        found = _put(self.check_ins, check_in, "on", MOST_CHECK_INS, "check-ins")
        return self._with(check_ins=tuple(sorted(found, key=lambda c: c.on)))

    def without_check_in(self, on: date) -> Self:
        return self._with(check_ins=tuple(c for c in self.check_ins if c.on != on))

    def with_obstacle(self, obstacle: Obstacle) -> Self:
        """With an obstacle, new or changed. Raises Refused when too many."""
        found = _put(self.obstacles, obstacle, "id", MOST_OBSTACLES, "obstacles")
        return self._with(obstacles=found)

    def without_obstacle(self, obstacle_id: str) -> Self:
        return self._with(obstacles=tuple(o for o in self.obstacles if o.id != obstacle_id))

    def answered(
        self,
        obstacle_id: str,
        answer: ObstacleAnswer | None,
        on: date,
        decision: str = "",
        due: date | None = None,
        wanted: Wanted | None = None,
    ) -> Self:
        """With the leader's answer to an obstacle; None takes it back.

        Taken back, an answer to refocus takes with it what it had changed in the goal. `wanted` is
        the goal from now on, when the answer is to refocus it. Raises Refused.
        """
        old = self.obstacle(obstacle_id)
        if old is None:
            raise Refused("that obstacle is not there any more")
        if wanted is not None and answer is not ObstacleAnswer.REFOCUSED:
            raise Refused("the goal changes only when the answer is to refocus it")
        new = Obstacle.model_validate(
            {**dict(old), "answer": answer, "answered": on if answer else None,
             "decision": decision if answer else "", "due": due if answer else None,
             "kept": False}
        )  # fmt: skip
        notes, goal = self.refocused, self.wanted
        if answer is not ObstacleAnswer.REFOCUSED:
            notes, goal = answer_taken_back(notes, goal, obstacle_id, self.readings, on)
        this = self._with(
            obstacles=replaced(self.obstacles, old, new), refocused=notes, wanted=goal
        )
        return this if wanted is None else this.refocus(wanted, on, decision, obstacle_id)

    def answer_kept(self, obstacle_id: str, kept: bool) -> Self:
        """With what the leader promised marked as done, or not. Raises Refused."""
        old = self.obstacle(obstacle_id)
        if old is None or old.answer is None:
            raise Refused("that obstacle has no answer that could be kept")
        new = Obstacle.model_validate({**dict(old), "kept": kept})
        return self._with(obstacles=replaced(self.obstacles, old, new))

    def refocus(
        self, wanted: Wanted, on: date, why: str = "", obstacle_id: str | None = None
    ) -> Self:
        """With another goal on the way; the one before is kept, and why. Raises Refused."""
        if wanted == self.wanted:
            return self
        if len(self.refocused) >= MOST_REFOCUSED:
            raise Refused(f"a goal is changed at most {MOST_REFOCUSED} times")
        read = next((r.value for r in self.readings if r.on == on and obstacle_id), None)
        note = Refocus(on=on, before=self.wanted, why=why, obstacle=obstacle_id, read=read)
        return self._with(wanted=wanted, refocused=(*self.refocused, note))

    def with_refocused(self, changes: tuple[Refocus, ...]) -> Self:
        """With other changes of the goal told of; the goal itself stays."""
        return self._with(refocused=changes)

    # Mid-point and report back

    def with_mid_point(self, mid_point: MidPoint | None) -> Self:
        """With what was found half-way; None takes it back."""
        return self._with(mid_point=mid_point)

    def with_report(self, report: Report) -> Self:
        """With the report as it is so far. Raises Refused when it is given without a result."""
        if report.on and not report.result:
            raise Refused("a report back begins with the result: say first what was reached")
        return self._with(report=report)

    def stop(self, on: date | None, why: str = "") -> Self:
        """Stopped on a day and why; None takes it up again, what it told being a draft."""
        told = None if on is None and self.stopped else self.report.on
        report = self.report.model_copy(update={"on": told})
        return self._with(stopped=on, stopped_why=why if on else "", report=report)

    def back_to(self, old: "Project") -> Self:
        """As it was before, for undo and redo: another change, so the revision goes on counting."""
        rest = {key: value for key, value in dict(old).items() if key not in ("id", "revision")}
        return self._with(**rest)

    def _launch(self, **changes: Any) -> Self:
        return self._with(launch=self.launch.changed(**changes))

    def _with(self, **changes: Any) -> Self:
        new = type(self).model_validate({**dict(self), "revision": self.revision + 1, **changes})
        # What is the same after cleaning is no change.
        same = {**dict(new), "revision": self.revision} == dict(self)
        return self if same else new


def new_project(
    project_id: str, title: str, today: date, origin: Origin | None = None, **settings: Any
) -> Project:
    """A project to be chosen. Raises ValidationError for a title with nothing in it."""
    first = Project(id=project_id, title=title, created=today, origin=origin)
    return Project.model_validate({**dict(first.changed(**settings)), "revision": 0})


def _put(things: tuple[T, ...], new: T, key: str, most: int, what: str) -> tuple[T, ...]:
    """With `new` in the place of the one with the same `key`, or at the end. Raises Refused."""
    before = next((each for each in things if getattr(each, key) == getattr(new, key)), None)
    if before is None and len(things) >= most:
        raise Refused(f"a project has at most {most} {what}")
    return replaced(things, before, new)
