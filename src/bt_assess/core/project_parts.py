"""What a breakthrough project is made of: the goal, the launch, readings, obstacles, the report."""

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from bt_assess.core.fields import Brief, Day, Figure, Line, Passage
from bt_assess.core.launch import Length, agenda
from bt_assess.core.round import MOST_ACTIONS, Action
from bt_assess.core.rubric import Frozen, PointId, Slug
from bt_assess.core.saved_comparison import AnId, Ref
from bt_assess.core.session import Name

MOST_BLOCKS = 16
MOST_REFOCUSED = 20
LONGEST_WEEKS = 52


class Phase(StrEnum):
    """How far a project is; worked out, never kept."""

    CHOOSE = "choose"
    PREPARE = "prepare"
    LAUNCH = "launch"
    RUN = "run"
    MID_POINT = "mid-point"
    REPORT_BACK = "report-back"
    DONE = "done"


class GoalQuestion(StrEnum):
    """The seven questions of the goal check."""

    IMPORTANT = "important"
    STRETCH = "stretch"
    """Measurable, and further than anybody knows how to get."""
    SHORT = "short"
    ACCOUNTABLE = "accountable"
    """One person answers for it."""
    ROOM = "room"
    """There is room to experiment."""
    PLANNED = "planned"
    LEARNING = "learning"
    """Learning is meant to come out of it, besides the result."""


class GoalAnswer(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Goal(Frozen):
    """What was answered to a question of the goal check."""

    answer: GoalAnswer | None = None
    remark: Brief = ""


class Wanted(Frozen):
    """The result wanted: a measure from one figure to another by a day (`from_` is `from` in files)."""

    model_config = ConfigDict(populate_by_name=True)

    measure: Line = ""
    unit: Line = ""
    from_: Figure | None = Field(default=None, alias="from")
    to: Figure | None = None
    by: Day | None = None

    def changed(self, **changes: Any) -> Self:
        """With another measure, unit, from_, to or by. Raises ValidationError."""
        return type(self).model_validate({**dict(self), **changes})


class Needed(Frozen):
    """Something that the core group gets ready before the launch, mostly figures."""

    id: AnId
    what: Annotated[Line, Field(min_length=1)]
    who: Name = ""
    ready: bool = Field(default=False, strict=True)


class Block(Frozen):
    """A block of the launch session; `title` is for those that are not in `core/launch.py`."""

    id: Slug
    minutes: int = Field(ge=1, le=480, strict=True)
    title: Line = ""
    notes: Passage = ""


class Launch(Frozen):
    """The launch session. `begins` is in minutes after midnight; `held` is the day it ended well."""

    day: Day | None = None
    length: Length = Length.HALF_DAY
    begins: int = Field(default=540, ge=0, le=1439, strict=True)
    blocks: Annotated[tuple[Block, ...], Field(max_length=MOST_BLOCKS)] = tuple(
        Block(id=stop.id, minutes=minutes) for stop, minutes in agenda(Length.HALF_DAY)
    )
    notes: Passage = ""
    actions: Annotated[tuple[Action, ...], Field(max_length=MOST_ACTIONS)] = ()
    held: Day | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for ids in ([b.id for b in self.blocks], [a.id for a in self.actions]):
            if len(set(ids)) < len(ids):
                raise ValueError("a block or an action is there twice")
        if self.held and not self.actions:
            raise ValueError("a launch ends with an action plan")
        return self

    @property
    def minutes(self) -> int:
        """What the blocks add up to; `length.minutes` is what there is."""
        return sum(block.minutes for block in self.blocks)

    def of_length(self, length: Length) -> Self:
        """With the agenda of that length; what was noted in a block goes along with it."""
        old = {block.id: block for block in self.blocks}
        blocks = [
            Block(id=stop.id, minutes=minutes, notes=old[stop.id].notes if stop.id in old else "")
            for stop, minutes in agenda(length)
        ]
        known = {block.id for block in blocks}
        kept = [b for b in self.blocks if b.id not in known and b.notes]
        return self.changed(length=length, blocks=tuple([*blocks, *kept][:MOST_BLOCKS]))

    def changed(self, **changes: Any) -> Self:
        """With other settings, blocks or notes. Raises ValidationError."""
        return type(self).model_validate({**dict(self), **changes})


class Reading(Frozen):
    """What the measure was on a day."""

    on: Day
    value: Figure
    note: Line = ""


class CheckIn(Frozen):
    """The weekly look at it: what is done, what is next, what is in the way."""

    on: Day
    done: Brief = ""
    next: Brief = ""
    in_the_way: Brief = ""


class ObstacleAnswer(StrEnum):
    """What the leader did about an obstacle."""

    REMOVED = "removed"
    REFOCUSED = "refocused"


class Obstacle(Frozen):
    """What is in the way, and the leader's answer. `due` is until when it is to be done; `kept`: it is."""

    id: AnId
    what: Annotated[Brief, Field(min_length=1)]
    raised: Day
    raised_by: Name = ""
    answer: ObstacleAnswer | None = None
    answered: Day | None = None
    decision: Brief = ""
    due: Day | None = None
    kept: bool = Field(default=False, strict=True)

    @model_validator(mode="after")
    def _answered_on_a_day(self) -> Self:
        if bool(self.answer) != bool(self.answered):
            raise ValueError("an answer has a day, and a day has an answer")
        return self


class Refocus(Frozen):
    """The goal as it was before it was changed on the way, and why.

    `read` is that day's reading as it was there already: where the measure is another one since, it
    is still of the one before. `back` says that the answer to the obstacle was taken back by it.
    """

    on: Day
    before: Wanted
    why: Brief = ""
    obstacle: AnId | None = None
    read: Figure | None = None
    back: bool = Field(default=False, strict=True)


class Moved(Frozen):
    """The first week and the number of weeks as they were before they were moved on the way."""

    on: Day
    starts: Day
    weeks: int = Field(ge=1, le=LONGEST_WEEKS, strict=True)


class MidPoint(Frozen):
    """Half-way: goal, plan and obstacles looked at again."""

    on: Day
    goal: Brief = ""
    plan: Brief = ""
    obstacles: Brief = ""
    decision: Brief = ""


class Report(Frozen):
    """The report back. `on` is the day it was given: until then it is a draft."""

    on: Day | None = None
    result: Passage = ""
    was_new: Passage = ""
    team_learned: Passage = ""
    leader_learned: Passage = ""
    morale: Passage = ""
    make_it_last: Passage = ""
    what_next: Passage = ""


class Origin(Frozen):
    """What a project came from: a breakthrough point, or a plan's capability.

    `evidence` is the session or round that showed the need: what the theme is compared with at the
    end.
    """

    point: PointId | None = None
    plan: AnId | None = None
    capability: AnId | None = None
    evidence: Ref | None = None

    @property
    def theme_id(self) -> str | None:
        """The theme to assess again; None where no point says."""
        return self.point.split(".")[0] if self.point else None
