"""A team's round as a report to read from top to bottom: what `disclosure` lets through, no more."""

from collections.abc import Iterator
from datetime import date

from bt_assess.core.disclosure import Shown, ShownTheme, Why
from bt_assess.core.round import Action, Round
from bt_assess.core.rubric import Rubric, RubricTheme, Stage
from bt_assess.core.session import Answer
from bt_assess.core.team_advice import first_team_steps
from bt_assess.report import pictures
from bt_assess.report.html_round import places, said_words, stage_words, standing_rows
from bt_assess.report.paper import (
    MEANING,
    NO_MARKS,
    Block,
    Heading,
    Paper,
    Picture,
    Point,
    Points,
    Table,
    Track,
    Words,
    Written,
    strands_table,
)
from bt_assess.report.paper_session import PAPER_WIDTH, figures
from bt_assess.report.standouts import Standout, team_standouts
from bt_assess.report.summary import plural
from bt_assess.report.team_words import (
    divided_words,
    late_words,
    team_sentence,
    why_words,
    without_place,
)
from bt_assess.report.words import date_words

MOST_DISPUTED = 5
"""Disputed statements in a theme's story; all statements are at the end."""
RATINGS = tuple(answer for answer in Answer if answer.rating is not None)


def paper_of_round(rubric: Rubric, round_: Round, shown: Shown, *, made: date) -> Paper:
    """The report of one round."""
    team = f"{round_.team}. " if round_.team else ""
    names = "with" if round_.named else "without"
    return Paper(
        kicker=rubric.title,
        title=round_.title,
        lead=f"{team}Where we stand together, what we agreed, and what we do next. A round of"
        f" {date_words(round_.created)}, {names} names.",
        made=made,
        blocks=tuple(_blocks(rubric, round_, shown)),
    )


def _blocks(rubric: Rubric, round_: Round, shown: Shown) -> Iterator[Block]:
    yield Heading("In words")
    if shown.shown:
        yield from _in_words(rubric, shown)
        yield from _places(rubric, shown)
        yield from _standing(rubric, shown)
        yield from _meaning(round_, shown)
    else:
        yield Words(
            f"{why_words(shown.why_not or Why.NOBODY)}. Whatever the team settled and promised is"
            " below.",
            "No figures are shown:",
        )
    yield from _agreed(rubric, round_, shown)
    yield from _next(rubric, round_, shown)
    if not shown.shown:
        return
    yield Heading("Theme by theme, the most divided first")
    for theme in sorted(rubric.themes, key=lambda theme: _divided(shown.theme(theme.id))):
        yield from _theme(rubric, theme, shown)
    yield Heading("Every statement and how it was answered")
    for theme in rubric.themes:
        rows = [
            (s.text, s.stage.value, said_words(shown.statement(s.id)))
            for stage in Stage
            for s in theme.statements
            if s.stage is stage
        ]
        yield Table(theme.name, ("Statement", "Stage", "Answers"), tuple(rows))


def _in_words(rubric: Rubric, shown: Shown) -> Iterator[Block]:
    story = team_standouts(rubric, shown)

    def told(found: tuple[Standout, ...], otherwise: str) -> Block:
        if not found:
            return Words(otherwise)
        return Points(
            tuple(
                Point(each.words, f"{each.theme.name}.", tuple(s.text for s in each.statements))
                for each in found
            )
        )

    yield Heading("Strengths", 3)
    yield told(
        story.strengths,
        "No theme has left its first stage in the team’s eyes yet, or the team is divided about"
        " those that have.",
    )
    yield Heading("Areas to improve", 3)
    yield told(
        story.improve, "Nothing that the team agrees on stands out as falling behind."
    )  # fmt: skip
    if story.talk:
        names = ", ".join(theme.name for theme in story.talk)
        yield Words(
            f"{names}. People see this very differently; ask both ends for what they see.",
            "Talk it through first:",
        )
    if story.find_out:
        names = ", ".join(theme.name for theme in story.find_out)
        yield Words(f"{names}. Why is said beside the figures.", "Not shown:")


def _places(rubric: Rubric, shown: Shown) -> Iterator[Block]:
    found = places(rubric, shown)
    bars = f"{found['wide_bars']}. The" if found["wide_bars"] else "; the"
    dots = f"Each dot is a person, in no order{bars}" if found["dots"] else "The"
    caption = f"{dots} diamond is the middle of the team"
    if found["spans"]:
        caption += ", and the line beside it is how far that middle may lie off"
    caption += "."
    more = ""
    if found["camps"]:
        more += " Two camps have no middle: nobody may stand there."
    if found["open"]:
        more += " “?” means that the middle lies open between two stages."
    cells, tracks = [], []
    for theme, row, place, divided in found["table"]:
        stage = "not shown" if place.centre is None else stage_words(place)
        counts = [
            "–" if place.counts is None else str(place.counts.get(stage, 0)) for stage in Stage
        ]
        agreement = "–" if place.agreement is None else divided
        cells.append((theme.name, stage, agreement, *figures(row), *counts))
        tracks.append(Track(row.position, row.low, row.high))
    yield Heading("Where the team stands")
    yield Picture(
        str(found["wide"]),
        f"{caption}{more}",
        Table(
            "The same in figures: the middle, how far it may lie off, and people at each stage",
            ("Theme", "Stage", "Agreement", "Middle", "Open", *(stage.value for stage in Stage)),
            tuple(cells), figures=frozenset({3, 4, 5, 6, 7}), tracks=tuple(tracks),
        ),
        both=True,
        in_text="● is the middle of the team, ━ is how far that middle may lie off, and ┼ is where"
        f" one stage ends and the next begins.{more}",
    )  # fmt: skip
    beside = [Point(words, f"{theme.name}.") for theme, words in found["beside"]]
    for words, themes in found["why"]:
        all_ = len(themes) == len(rubric.themes)
        beside.append(Point(f"{words}.", "All themes." if all_ else f"{', '.join(themes)}."))
    if beside:
        yield Points(tuple(beside))


def _standing(rubric: Rubric, shown: Shown) -> Iterator[Block]:
    """Who stands where, in a round with names."""
    found = [(theme, rows) for theme in rubric.themes if (rows := standing_rows(theme, shown))]
    if found:
        yield Heading("Who stands where")
    for theme, rows in found:
        yield Table(theme.name, ("Name", "Place, 1 to 3"), tuple(rows))


def _meaning(round_: Round, shown: Shown) -> Iterator[Block]:
    yield Heading("What the numbers mean")
    yield Points(
        (
            Point(MEANING),
            Point("The middle is the median: half the people stand before it, half behind."),
            Point(
                "Agreement is how near to the middle people stand: close up to a fifth of a stage,"
                " some spread up to two fifths, apart beyond that. Two camps stand at both ends."
            ),
        )
    )
    yield Heading("What they do not say", 3)
    points = [
        Point(NO_MARKS),
        Point(
            "The middle is not the truth. Where people differ, the few may see what the many"
            " cannot."
        ),
        Point("What the team agreed on stands beside the votes and does not change them."),
    ]
    if not round_.named:
        points.append(
            Point(
                f"Nobody can be told from anybody else: figures need {round_.figures_from} people,"
                f" single places {round_.pictures_from}. That is why some things are not shown."
            )
        )
    yield Points(tuple(points))
    people = plural(shown.respondents, "person").replace("persons", "people")
    yield Words(
        f"{people} counted, of {round_.expected} who were expected."
        f" {late_words(shown.late)}".rstrip(),
        quiet=True,
    )


def _agreed(rubric: Rubric, round_: Round, shown: Shown) -> Iterator[Block]:
    yield Heading("What we agreed")
    agreed = [(t, a) for t in rubric.themes if (a := round_.agreement(t.id)) is not None]
    if not agreed:
        yield Words("The team has settled on nothing yet.")
    for theme, agreement in agreed:
        found = shown.theme(theme.id)
        stage = agreement.stage.value if agreement.stage else "no agreement"
        yield Heading(theme.name, 3, stage)
        if found.centre is not None:
            votes = f"{found.stage.value}, " if found.stage and not found.two_camps else ""
            yield Words(f"The votes: {votes}{divided_words(found)}.", quiet=True)
        if agreement.reason:
            yield Written("Because", (agreement.reason,))
        if agreement.dissent:
            yield Written("Dissent", (agreement.dissent,))


def _next(rubric: Rubric, round_: Round, shown: Shown) -> Iterator[Block]:
    yield Heading("What next")
    if round_.actions:
        yield from _actions("What was promised", rubric, round_.actions)
    else:
        yield Words(
            "Nothing has been promised yet. One or two steps, each with an owner and a date, are"
            " enough."
        )
    taken = {action.point for action in round_.actions}
    steps = [step for step in first_team_steps(rubric, shown) if step.point.id not in taken]
    if steps:
        title = "What else the answers ask for" if round_.actions else "What the answers ask for"
        yield Heading(title, 3)
        yield Points(
            tuple(
                Point(f"{step.point.text} ({rubric.theme(step.theme_id).name})") for step in steps
            )
        )
    if round_.last_actions:
        yield Heading("What was promised last time", 3)
        yield from _actions("What was promised last time", rubric, round_.last_actions)


def _actions(caption: str, rubric: Rubric, actions: tuple[Action, ...]) -> Iterator[Block]:
    yield Table(
        caption,
        ("What", "Owner", "By when", "State"),
        tuple(
            (
                action.what,
                action.owner or "nobody yet",
                date_words(action.due) if action.due else "no date yet",
                action.state.value,
            )
            for action in actions
        ),
    )
    for action in actions:
        if action.remark:
            yield Written(action.what, (action.remark,))


def _divided(theme: ShownTheme) -> tuple[bool, float, float]:
    return theme.ad is None, -(theme.ad or 0.0), theme.a or 0.0


def _theme(rubric: Rubric, theme: RubricTheme, shown: Shown) -> Iterator[Block]:
    found = shown.theme(theme.id)
    yield Heading(theme.name, 3, divided_words(found))
    yield Words(f"‘{theme.complaint}’", quiet=True)
    yield Words(f"{team_sentence(found)} {without_place(found)}".rstrip())
    strands = [(strand.name, found.strands[strand.id]) for strand in theme.strands if found.strands]
    if any(share is not None for _, shares in strands for share in shares.values()):
        yield Picture(
            pictures.heat_grid(
                strands, name=f"{theme.id}-heat", width=PAPER_WIDTH,
                title=f"{theme.name}: how true each stage is to the team, strand by strand",
            ),
            "How true each stage is to the team, strand by strand. “–” stands where nothing may be"
            " shown, or nothing was rated.",
            strands_table(strands),
        )  # fmt: skip
    of_theme = [shown.statement(s.id) for s in theme.walk()]
    disputed = sorted(
        (s for s in of_theme if s.disputed), key=lambda s: (-(s.ad or 0.0), s.a or 0.0)
    )
    if disputed:
        yield Heading("Where people see it differently", 4)
        yield Table(
            "How many people gave each answer",
            ("Statement", *(answer.value for answer in RATINGS)),
            tuple(
                (
                    rubric.statements[s.id].text,
                    *(str((s.counts or {}).get(answer, 0)) for answer in RATINGS),
                )
                for s in disputed[:MOST_DISPUTED]
            ),
            figures=frozenset({1, 2, 3, 4}),
        )
        if (more := len(disputed) - MOST_DISPUTED) > 0:
            yield Words(f"{more} more in dispute: see the list at the end.", quiet=True)
    written = [s for s in of_theme if s.notes]
    if written:
        yield Heading("What was written down", 4)
    for each in written:
        yield Written(rubric.statements[each.id].text, each.notes)
