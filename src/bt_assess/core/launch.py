"""The launch session as data: a half day or a day in blocks, with what the facilitator can ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate


class Length(StrEnum):
    """How long the launch session takes."""

    HALF_DAY = "half-day"
    DAY = "day"

    @property
    def minutes(self) -> int:
        """The blocks of an agenda, breaks included, add up to this."""
        return {Length.HALF_DAY: 240, Length.DAY: 420}[self]


@dataclass(frozen=True)
class Stop:
    """A block of the agenda: what it is for, and what to say or ask, in order."""

    id: str
    title: str
    purpose: str
    prompts: tuple[str, ...]


@dataclass(frozen=True)
class Timed:
    """A block of an agenda with the minutes after the beginning at which it starts and ends."""

    id: str
    begins: int
    ends: int


STOPS: tuple[Stop, ...] = (
    Stop(
        "why", "Why this, why now",
        "The leader says in person what is wanted and why it cannot wait.",
        (
            "Leader: which result is missing, and how do we know? Show the figures.",
            "Leader: what have we tried, and why will more of the same not do?",
            "Leader: what will you give in person: time, attention, money, people?",
            "Everyone: what does it cost us and those we serve if nothing changes?",
        ),
    ),
    Stop(
        "goal", "The goal in one sentence",
        "Everyone can say the goal from memory: the measure, from where, to where, by when.",
        (
            "Read the goal aloud. What in it could be understood in two ways?",
            "Is it a stretch that we do not know yet how to reach, and still one we can picture?",
            "How will we know each week whether we are nearer? Who takes the reading?",
            "Who is the one person who answers for it?",
        ),
    ),
    Stop(
        "facts", "What the data says",
        "The core group shows what it gathered; guesses and facts are told apart.",
        (
            "Core group: the three things in the data that surprised you most.",
            "Where does the work wait, come back, or get done twice?",
            "When did it go well for once? What was different that day?",
            "What do we still not know, and do we need to know it to begin?",
        ),
    ),
    Stop("break-1", "Break", "A quarter of an hour, in which nothing is decided.", ()),
    Stop(
        "work", "How the work is really done",
        "Those who do the job draw it as it is, not as it is written down.",
        (
            "Walk one real case through from beginning to end. Who touches it, and when?",
            "Which steps would the person at the end never miss?",
            "Which rule do you work around, and why?",
        ),
    ),
    Stop(
        "ideas", "What we could do differently",
        "More ideas than can be used, from the people who do the job; no judging yet.",
        (
            "On your own, in silence: five things that would move the measure within weeks.",
            "What would you do if it had to be done by the end of next week?",
            "What can this team do that nobody has ever asked of it?",
            "What could we try on a small scale, and stop if it does not work?",
        ),
    ),
    Stop("lunch", "Lunch", "Together, if you can.", ()),
    Stop(
        "choose", "The few that count",
        "A handful of ideas that together can carry the goal.",
        (
            "Which of these move the measure most for the least effort?",
            "Do they add up to the goal? If not, what is missing?",
            "Which of them can we begin without asking anybody?",
        ),
    ),
    Stop(
        "obstacles", "What will get in the way",
        "Obstacles are named now, and the way to the leader is agreed on.",
        (
            "It is week six and we are behind: what happened?",
            "Which of these can we deal with ourselves? Write down the rest, a line each.",
            "Leader: which can you clear away today? For the others, by when will you answer?",
            "How does an obstacle reach the leader between meetings, and how fast is the answer?",
        ),
    ),
    Stop("break-2", "Break", "A quarter of an hour.", ()),
    Stop(
        "plan", "The action plan",
        "What, who, by when: nobody leaves before it is written down.",
        (
            "For each idea chosen: what is the first thing to do, this week?",
            "One name for each action, and the person is in the room.",
            "A date for each, most of them in the first half of the weeks we have.",
            "Read it all aloud, each owner their own. Does anybody have too much?",
        ),
    ),
    Stop(
        "close", "How we go on, and the leader's word",
        "The dates are set, and the leader hears the plan and backs it.",
        (
            "When do we meet each week, for how long, and what do we look at?",
            "Set the date of the mid-point, and of the report back to the leaders.",
            "What do we want to have learned by then, besides the result?",
            "Leader: what in this plan do you like best? What did you learn today?",
        ),
    ),
)  # fmt: skip

_MINUTES: dict[Length, dict[str, int]] = {
    Length.HALF_DAY: {
        "why": 20, "goal": 25, "facts": 35, "ideas": 45, "break-1": 15, "choose": 25,
        "obstacles": 25, "plan": 35, "close": 15,
    },
    Length.DAY: {
        "why": 30, "goal": 35, "facts": 45, "break-1": 15, "work": 50, "ideas": 50, "lunch": 45,
        "choose": 35, "obstacles": 35, "break-2": 15, "plan": 45, "close": 20,
    },
}  # fmt: skip
_BY_ID = {stop.id: stop for stop in STOPS}


def agenda(length: Length) -> tuple[tuple[Stop, int], ...]:
    """The blocks of a session of this length, in order, each with its minutes."""
    return tuple((_BY_ID[name], minutes) for name, minutes in _MINUTES[length].items())


def stop(block_id: str) -> Stop | None:
    """What is known of a block; None of one that somebody added."""
    return _BY_ID.get(block_id)


def timetable(blocks: Iterable[tuple[str, int]]) -> tuple[Timed, ...]:
    """When blocks of (id, minutes) begin and end, in minutes after the beginning."""
    pairs = list(blocks)
    ends = list(accumulate(minutes for _, minutes in pairs))
    return tuple(
        Timed(name, end - minutes, end) for (name, minutes), end in zip(pairs, ends, strict=True)
    )
