"""What sessions and rounds side by side tell, as plain data: worked out once for every report.

Only between times of one person or of one team has something changed; different ones stand beside
each other. Markdown, PDF, web page and workbook only set what is here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bt_assess.core.advice import first_steps
from bt_assess.core.asked import profile_of
from bt_assess.core.compared import (
    Change,
    Compared,
    Kind,
    Trend,
    by_date,
    changes,
    trends,
)
from bt_assess.core.courses import Course, Laid, are_one, identity, is_same_session, laid
from bt_assess.core.moved import StatementMove, StrandMove, statement_moves, strand_moves
from bt_assess.core.round import Action
from bt_assess.core.rubric import Rubric, RubricTheme
from bt_assess.core.team_advice import first_team_steps
from bt_assess.core.team_change import Promise, promises
from bt_assess.report.change_words import (
    Pair,
    alarm_words,
    copies_words,
    ends_of,
    is_nameless,
    laid_title,
    matched_words,
    named_parts,
    nameless_words,
    too_few_words,
    whose,
    whose_course,
    why_no_change,
)
from bt_assess.report.compare_notes import (
    absent_words,
    rounded_changes,
    rounded_words,
    same_days_words,
    span_words,
    unlike_words,
    versions_words,
)
from bt_assess.report.compared_beside import Abreast, abreast
from bt_assess.report.compared_words import Told, told_of_course
from bt_assess.report.omitted import Omitted, left_out
from bt_assess.report.paper import MEANING
from bt_assess.report.same_statements import asked_apart_words, same_statements_words
from bt_assess.report.way_words import Way, way
from bt_assess.report.whole_teams import whole_teams_words
from bt_assess.report.words import date_words

MOST_NAMED = 6
"""So many are named with their dates at the top; more are counted there, and listed at the end."""
MOST_STEPS = 5


@dataclass(frozen=True, kw_only=True)
class CourseStory:
    """What a person's or a team's times tell: what changed between two of them, its `ends`.

    Each theme is in one of `forward`, `improve`, `steady` and `unknown`, and in no other. Where there
    is nothing to compare, `why_not` says why, and all that is told of a change is empty.
    `gained` is the heading of what has moved forward: no strength is gained where these may be two
    people. `aims` are measured over `times_of_aims`, where these are other ones than `ends`.
    """

    name: str
    times: Course
    ends: tuple[Compared, Compared]
    chosen: str = ""
    why_not: str = ""
    changes: tuple[Change, ...] = ()
    forward: tuple[Told, ...] = ()
    improve: tuple[Told, ...] = ()
    steady: tuple[Told, ...] = ()
    unknown: tuple[Told, ...] = ()
    no_forward: str = ""
    no_improve: str = ""
    gained: str = "Strengths gained"
    notes: tuple[str, ...] = ()
    trends: tuple[Trend, ...] = ()
    about_trends: str = ""
    aims: tuple[Way, ...] = ()
    times_of_aims: str = ""
    omitted: tuple[Omitted, ...] = ()
    moves: tuple[StatementMove, ...] = ()
    strands: tuple[StrandMove, ...] = ()
    promises: tuple[tuple[date, Promise], ...] = ()
    actions: tuple[Action, ...] = ()
    steps: tuple[tuple[str, RubricTheme], ...] = ()

    @property
    def is_of_rounds(self) -> bool:
        return self.ends[0].kind is Kind.ROUND

    @property
    def of_all(self) -> int:
        """How many statements were left out of the change, whatever the reason."""
        return sum(len(each.ids) for each in self.omitted)


@dataclass(frozen=True, kw_only=True)
class Story:
    """Everything that a comparison tells, in the order in which it is told."""

    rubric: Rubric
    laid: Laid
    title: str
    courses: tuple[CourseStory, ...]
    beside: tuple[Compared, ...]
    abreast: tuple[Abreast, ...]
    versions: str
    rounded: str
    with_targets: bool
    asked_apart: str = ""
    caution: str = ""
    missing: str = ""
    chosen_beside: bool = False

    @property
    def items(self) -> Course:
        return self.laid.items

    @property
    def is_one(self) -> bool:
        """Whether all are times of one person or team, so that headings need no name."""
        return not self.beside and len(self.courses) == 1

    @property
    def is_listed(self) -> bool:
        """Whether all are listed at the end; one person's times are in their trend."""
        return self.is_long and not (self.laid.is_one and self.items[0].session)

    @property
    def has_figures(self) -> bool:
        return bool(self.beside) or any(each.changes or each.trends for each in self.courses)

    @property
    def is_person_and_team(self) -> bool:
        return {item.kind for item in self.beside} == set(Kind) and len(self.beside) == 2

    @property
    def who_words(self) -> str:
        """That those beside each other are no two times of one."""
        kinds = {item.kind for item in self.beside}
        who = "people and teams" if len(kinds) > 1 else "teams" if Kind.ROUND in kinds else "people"
        return f"These are different {who}: what lies between them is a difference, and no change."

    @property
    def is_long(self) -> bool:
        """Whether they are too many to be named at the top with their dates."""
        return len(self.items) > MOST_NAMED

    @property
    def furthest_apart(self) -> tuple[Abreast, ...]:
        """Themes in which those beside each other differ, the furthest apart first."""
        differ = [each for each in self.abreast if each.apart and round(each.apart, 1)]
        return tuple(sorted(differ, key=lambda each: -round(each.apart or 0, 9)))


def story(
    rubric: Rubric,
    items: Sequence[Compared],
    targets: Mapping[str, float] | None = None,
    pair: Pair | None = None,
    missing: int = 0,
) -> Story:
    """What two or more sessions and rounds tell; so many more are `missing` of what was kept.

    The change of a person or a team is from the first to the last of their times, or between the two
    of a `pair` that was chosen; a `pair` of different ones stands side by side, and nobody else does.
    """
    found = laid(items)
    courses, beside = found.courses, found.beside
    chosen_beside = False
    if pair is not None and not are_one(pair):
        chosen_beside = len(items) > 2
        beside = by_date(pair)
    if {item.kind for item in beside} == set(Kind) and len(beside) == 2:
        # The team, in whose middle others stand too, and then the person.
        beside = tuple(sorted(beside, key=lambda item: item.kind is Kind.SESSION))
    stories = [_course(rubric, found, course, targets or {}, pair) for course in courses]
    if pair is not None:
        stories.sort(key=lambda each: identity(each.ends[0]) != identity(pair[0]))
    side_by_side = tuple(abreast(theme, beside) for theme in rubric.themes) if beside else ()
    return Story(
        rubric=rubric,
        laid=found,
        title=heading(found),
        courses=tuple(stories),
        beside=beside,
        abreast=side_by_side,
        versions=versions_words(rubric, found.items),
        rounded=rounded_words((each.lowest, each.highest, each.apart) for each in side_by_side),
        with_targets=bool(targets),
        asked_apart=asked_apart_words(rubric, beside),
        caution=nameless_words(found),
        missing=absent_words(missing, len(items)),
        chosen_beside=chosen_beside,
    )


def heading(found: Laid) -> str:
    """What a report is called that was given no name."""
    if not found.is_one or len(found.items) > 2:
        return laid_title(found)
    return "One session twice" if is_same_session(*found.items) else "What changed"


def lead(told: Story) -> tuple[tuple[str, str], ...]:
    """Who is compared, and when: names, each with what stands behind it."""
    if told.is_long:
        return named_parts(told.laid)
    if told.laid.is_one and told.items[0].session:
        days = [date_words(item.when) for item in told.items]
        return ((whose(told.items[-1]), f", {', '.join(days[:-1])} and {days[-1]}"),)
    return tuple(
        (whose(item), f", {'a round of ' if item.round else ''}{date_words(item.when)}")
        for item in told.items
    )


def meaning(told: Story) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the numbers say, and what they do not."""
    say, not_say = [MEANING], []
    kinds = {each.is_of_rounds for each in told.courses if each.changes}
    if False in kinds:
        say.append(
            "Both times are worked out anew from what was rated both times. “Change” is a difference"
            " of at least a quarter of a stage and twice its standard error; “clear change” of three"
            " times."
        )
    if True in kinds:
        say.append(
            "A team’s place is its middle. “Change” is a difference of at least 0.15 stages and twice"
            " its standard error; “clear change” of three times."
        )
    if kinds:
        who = ", or who was asked" if True in kinds else ""
        not_say += [
            f"Why something changed. The organisation may have, or how people see it{who}.",
            "“Within noise” does not mean that nothing changed, only that these answers cannot tell.",
        ]
    if told.beside:
        say.append("“Apart by” is how far it is from the lowest place to the highest, in stages.")
        not_say.append("Who is right. Each may see what the others cannot.")
    return tuple(say), (*not_say, "They are no marks, and no measure of anybody’s work.")


def _course(
    rubric: Rubric,
    around: Laid,
    times: Course,
    targets: Mapping[str, float],
    pair: Pair | None,
) -> CourseStory:
    ends = (times[0], times[-1])
    first, last = ends_of(times, pair)
    over_time = trends(rubric, times) if len(times) > 2 else ()
    found = changes(rubric, first, last)
    of_all = found if ends == (first, last) or not targets else changes(rubric, *ends)
    told = CourseStory(
        name=whose_course(times),
        times=times,
        ends=(first, last),
        trends=over_time,
        about_trends=same_statements_words(rubric, over_time),
        aims=tuple(way(c, targets[c.theme_id]) for c in of_all if c.theme_id in targets),
        times_of_aims=_times_of_aims(times, (first, last)) if targets else "",
        promises=_promises(times),
        actions=times[-1].round.actions if times[-1].round else (),
        steps=_steps(rubric, times[-1]),
        chosen=_chosen((first, last), ends),
    )
    if why_not := why_no_change(first, last):
        return replace(told, why_not=why_not)
    said = told_of_course(rubric, found, (first, last), is_two=len(times) == 2)
    notes = (
        matched_words(found), whole_teams_words(found, first, last), too_few_words(found),
        unlike_words(rubric, found), alarm_words(len(rubric.themes), found),
        same_days_words(times), rounded_changes(found), copies_words(around),
    )  # fmt: skip
    return replace(
        told,
        changes=found,
        forward=said.forward,
        improve=said.improve,
        steady=said.steady,
        unknown=said.unknown,
        no_forward=said.no_forward,
        no_improve=said.no_improve,
        gained=_gained(times),
        notes=tuple(words for words in notes if words),
        omitted=left_out(rubric, found, first, last),
        moves=statement_moves(rubric, first, last),
        strands=strand_moves(rubric, first, last),
    )


def _gained(times: Course) -> str:
    if not is_nameless(times):
        return "Strengths gained"
    return f"Further along, if these are of one {'team' if times[0].round else 'person'}"


def _times_of_aims(times: Course, shown: Pair) -> str:
    """Of which times the way to an aim is, where the change beside it is of others."""
    if shown == (times[0], times[-1]):
        return ""
    span = span_words(times[0].when, times[-1].when)
    return f"The way to an aim is from the first of {len(times)} times to the last: {span}."


def _chosen(pair: tuple[Compared, Compared], ends: tuple[Compared, Compared]) -> str:
    """That the change is of two times that somebody chose."""
    if pair == ends:
        return ""
    first, last = pair
    words = f"{date_words(first.when)} and {date_words(last.when)}"
    if first.when == last.when:
        words = f"two times on {date_words(first.when)}"
    turned = " “Before” is the later of the two here." if by_date(pair) != pair else ""
    return f"The change is between {words}: these two times were chosen.{turned}"


def _promises(times: Course) -> tuple[tuple[date, Promise], ...]:
    """The actions of every round but the last, each once, and what later ones say of them."""
    rounds = [item.round for item in by_date(times) if item.round]
    found: dict[str, tuple[date, Promise]] = {}
    for number, round_ in enumerate(rounds[:-1]):
        for promise in promises(round_, *rounds[number + 1 :]):
            found.setdefault(promise.then.id, (round_.created, promise))
    return tuple(found.values())


def _steps(rubric: Rubric, last: Compared) -> tuple[tuple[str, RubricTheme], ...]:
    """What the latest answers ask for most: points with their themes."""
    if last.session:
        profile = profile_of(rubric, last.session)
        found = first_steps(rubric, profile, last.session.answers, most=MOST_STEPS)
        return tuple((step.point.text, rubric.theme(step.theme_id)) for step in found)
    if last.shown and last.round:
        taken = {action.point for action in last.round.actions}
        steps = first_team_steps(rubric, last.shown, most=MOST_STEPS)
        return tuple(
            (step.point.text, rubric.theme(step.theme_id))
            for step in steps
            if step.point.id not in taken
        )
    return ()
