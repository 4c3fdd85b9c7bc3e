"""The questions that are asked about a project, each with an example: Schaffer's table in our words."""

import re
from datetime import date

from bt_assess.core.fields import Refused
from bt_assess.core.project import Project
from bt_assess.core.project_parts import (
    LONGEST_WEEKS,
    Goal,
    GoalAnswer,
    GoalQuestion,
    MidPoint,
)
from bt_assess.tui.screens.asking import Ask, Kind, asks_of


def setting(key: str, words: str, kind: Kind = Kind.LINE, why: str = "", example: str = "",
            group: str = "") -> Ask[Project]:  # fmt: skip
    """A question about a setting of the project."""
    return Ask(
        key, words, lambda project: getattr(project, key),
        lambda project, value: project.changed(**{key: value}), kind, why, example,
        starts_group=group,
    )  # fmt: skip


_wanted = asks_of(
    lambda project: project.wanted, lambda project, wanted: project.changed(wanted=wanted)
)


def _weeks(project: Project, value: float | None) -> Project:
    if value is None or value != round(value) or not 1 <= value <= LONGEST_WEEKS:
        raise Refused(f"a number of weeks from 1 to {LONGEST_WEEKS}; eight to ten work best")
    return project.changed(weeks=round(value))


CHOOSE: tuple[Ask[Project], ...] = (
    setting(
        "function", "Which part of the work?", Kind.LINE,
        "One that matters to those you serve, where results are not showing.",
        "answering complaints about repairs", "The area",
    ),
    setting(
        "shown_by", "What shows that results are missing?", Kind.PASSAGE,
        "Figures rather than the loudest voice: yours, or an assessment's.",
        "40 complaints are open each week, 15 of them for over a month.",
    ),
    setting(
        "why_now", "Why will business as usual not mend it?", Kind.PASSAGE,
        "What has been tried, and what happens if nothing changes?",
        "Two more people were hired last year, and the pile is as high as before.",
    ),
    _wanted(
        "measure", "What is measured?", Kind.LINE,
        "One measure that those who do the job can take themselves, every week.",
        "open complaints", starts_group="The result wanted",
    ),
    _wanted("unit", "In what unit?", Kind.LINE, "What the figure counts.", "a week"),
    _wanted("from_", "From which figure today?", Kind.FIGURE, "Take it before you begin.", "40"),
    _wanted(
        "to", "To which figure?", Kind.FIGURE,
        "So far that nobody knows yet how to get there, and still to be pictured.", "10",
    ),
    _wanted(
        "by", "By when?", Kind.DAY, "Weeks, not months; before the report back.", "",
    ),
    setting(
        "leader", "Who answers for it?", Kind.NAME,
        "One leader, who gives it attention in person and clears the way.", "", "The people",
    ),
    setting(
        "leader_gives", "What does the leader give?", Kind.PASSAGE,
        "Time, attention, money, people. How many hours a week will you be there?",
        "An hour each Monday, a word with IT, 2,000 for trying things out.",
    ),
    setting(
        "team", "Which team?", Kind.NAMES,
        "Those whose daily job it is. They know where it goes wrong, and often have ideas that nobody"
        " has asked for.",
    ),
    setting(
        "helper", "Who has done this before, and stands by?", Kind.NAME,
        "Choosing the goal is the hard part. The first time or two, have somebody to ask.",
    ),
    setting("organisation", "In which organisation?", Kind.LINE, "", "Housing", "Its name and time"),
    Ask(
        "title", "What is the project called?", lambda project: project.title,
        lambda project, value: project.changed(title=value), Kind.LINE,
        "A name that the team would use.", "Answered within a week",
    ),
    Ask(
        "weeks", "How many weeks?", lambda project: float(project.weeks), _weeks, Kind.FIGURE,
        "Eight to ten: long enough for a result that counts, short enough to keep sight of it.", "9",
    ),
    setting(
        "starts", "When does the first week begin?", Kind.DAY,
        "Left open, it is the day of the launch.",
    ),
)  # fmt: skip

GOAL_QUESTIONS: dict[GoalQuestion, tuple[str, str, str]] = {
    GoalQuestion.IMPORTANT: (
        "Is it important?",
        "Would those you serve, or your own people, miss it if it failed?",
        "yes: every third call is about it",
    ),
    GoalQuestion.STRETCH: (
        "Is it a stretch that can be measured?",
        "One figure from here to there, further than anybody knows how to get.",
        "partly: from 40 to 30 we could do by working late",
    ),
    GoalQuestion.SHORT: (
        "Is it short?",
        "A result within eight to ten weeks, even when it is a piece of something larger.",
        "yes: one district first, all of them later",
    ),
    GoalQuestion.ACCOUNTABLE: (
        "Does one person answer for it?",
        "One name, and that person knows it and wants it.",
        "no: two heads share it so far",
    ),
    GoalQuestion.ROOM: (
        "Is there room to experiment?",
        "May the team try another way without asking first, and may a trial fail?",
        "yes: any change that can be taken back within a day",
    ),
    GoalQuestion.PLANNED: (
        "Is it planned like any other work?",
        "Names, dates and hours that are really free for it.",
        "partly: Wednesdays are kept free, from February",
    ),
    GoalQuestion.LEARNING: (
        "Is learning meant to come of it?",
        "What do you want to be able to do afterwards that you cannot do today?",
        "yes: to change our own work instead of waiting for a plan",
    ),
}
_ANSWERS: tuple[tuple[GoalAnswer | None, str], ...] = (
    (None, "open"), (GoalAnswer.YES, "yes"), (GoalAnswer.PARTLY, "partly"), (GoalAnswer.NO, "no"),
)  # fmt: skip


def goal_check() -> tuple[Ask[Project], ...]:
    """The seven questions, each with a line for a remark."""
    asks: list[Ask[Project]] = []
    for number, (question, (words, why, example)) in enumerate(GOAL_QUESTIONS.items(), start=1):
        asks.append(_goal_answer(question, f"{number}  {words}", why, example))
        # The remark goes with the answer, so its example leaves that out.
        asks.append(_goal_remark(question, why, example.partition(": ")[2]))
    return tuple(asks)


def _goal_answer(question: GoalQuestion, words: str, why: str, example: str) -> Ask[Project]:
    def write(project: Project, value: GoalAnswer | None) -> Project:
        return project.goal_answered(question, value, _goal(project, question).remark)

    return Ask(
        question.value, words, lambda project: _goal(project, question).answer, write, Kind.CHOICE,
        f"{why} For example, {example}.", options=_ANSWERS,
    )  # fmt: skip


def _goal_remark(question: GoalQuestion, why: str, example: str) -> Ask[Project]:
    def write(project: Project, value: str) -> Project:
        return project.goal_answered(question, _goal(project, question).answer, value)

    return Ask(
        f"{question.value}-remark", "", lambda project: _goal(project, question).remark, write,
        Kind.LINE, why, example,
    )  # fmt: skip


def _goal(project: Project, question: GoalQuestion) -> Goal:
    return project.goal_check.get(question, Goal())


PEOPLE: tuple[Ask[Project], ...] = (
    setting(
        "core_group", "Who is in the core group?", Kind.NAMES,
        "Two to four people who gather the figures before the launch, so that it begins with facts.",
    ),
    setting(
        "facilitator", "Who leads the launch session?", Kind.NAME,
        "Somebody who has no answer of their own to sell; the agenda leads them through.",
    ),
)  # fmt: skip

_TIME = re.compile(r"(\d{1,2})[:.h]?(\d{2})?", re.ASCII)


def launch_day() -> tuple[Ask[Project], ...]:
    """Who leads the launch session, and when it is."""

    def set_day(project: Project, value: date | None) -> Project:
        return project.launch_day_open() if value is None else project.launch_set(day=value)

    def set_time(project: Project, value: str) -> Project:
        match = _TIME.fullmatch(value.strip())
        hours, minutes = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
        if hours > 23 or minutes > 59:
            raise Refused("a time of day, as 09:00")
        return project.launch_set(begins=hours * 60 + minutes)

    def time(project: Project) -> str:
        return f"{project.launch.begins // 60:02d}:{project.launch.begins % 60:02d}"

    return (
        Ask("day", "Which day?", lambda p: p.launch.day, set_day, Kind.DAY,
            "One on which all of the team and the leader are there."),
        Ask("begins", "When does it begin?", time, set_time, Kind.LINE, "", "09:00"),
        PEOPLE[1],
        Ask("notes", "What has to be seen to?", lambda p: p.launch.notes,
            lambda p, value: p.launch_set(notes=value), Kind.PASSAGE, "The room, paper, lunch.",
            "The large room, pens and paper for eight, sandwiches at noon."),
    )  # fmt: skip


_REPORT = (
    ("result", "The result: what was reached?", "The figure, and what it means to those you serve.",
     "From 40 open complaints to 12; nobody waits for more than nine days."),
    ("was_new", "What was done in a new way?", "What would you not have tried a year ago?",
     "Whoever takes the call closes it, without a form for the back office."),
    ("team_learned", "What has the team learned?", "About the work, and about making things happen.",
     "A trial of three days tells more than a month of meetings."),
    ("leader_learned", "What has the leader learned?", "About clearing the way, and about asking.",
     "I had signed each letter for years. Nobody needed that."),
    ("morale", "How does the team talk about its work now?", "In their own words, if you can.",
     "'We did that ourselves.'"),
    ("make_it_last", "What will make it last?", "A rule, a measure, a person, a habit.",
     "The figure stays on the wall, and Bo looks after it."),
    ("what_next", "What comes next?", "The next goal, or the next team.",
     "The same for the two other districts, from March."),
)  # fmt: skip


def report(today: date, *, stopped: bool = False) -> tuple[Ask[Project], ...]:
    """The report back; whether it was given comes last."""
    then = "it has been told, and the project stays stopped" if stopped else "the project is done"
    ask = asks_of(
        lambda project: project.report, lambda project, report: project.with_report(report)
    )
    given = ask(
        "on", "The day it was given to the leaders", Kind.PAST,
        f"Left open, the report is a draft. With a day, {then}."
        f" Today is {today:%Y-%m-%d}.",
    )  # fmt: skip
    parts = (ask(key, words, Kind.PASSAGE, *more) for key, words, *more in _REPORT)
    return (*parts, given)


_MID_POINT = (
    ("goal", "The goal: is it still the right one?", "Is the line to it still within reach?",
     "Yes. We are a little behind, and see why."),
    ("plan", "The plan: what works, and what do we stop?", "Which action moved the measure?",
     "Calling back works. We stop the second form."),
    ("obstacles", "What is still in the way?", "And does the leader know?",
     "No access for the two on night shift."),
    ("decision", "What do we decide?", "For the weeks that are left.",
     "All of us on the oldest cases until Friday week."),
)  # fmt: skip


def mid_point(today: date) -> tuple[Ask[Project], ...]:
    """Goal, plan and obstacles looked at again."""

    day = today

    def put(project: Project, new: MidPoint) -> Project:
        # Emptied and written anew, it is still the one of its day.
        nonlocal day
        day = new.on
        is_empty = not (new.goal or new.plan or new.obstacles or new.decision)
        return project.with_mid_point(None if is_empty else new)

    ask = asks_of(lambda project: project.mid_point or MidPoint(on=day), put)
    return tuple(ask(key, words, Kind.BRIEF, *more) for key, words, *more in _MID_POINT)
