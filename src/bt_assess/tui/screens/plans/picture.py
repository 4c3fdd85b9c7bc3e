"""The picture of a plan: reality at the bottom, three steps up, the destination at the top.

Pure functions from a plan to rows of text.
"""

from collections.abc import Sequence
from functools import partial
from math import ceil

from textual.content import Content

from bt_assess.core.plan import Plan
from bt_assess.core.plan_check import Finding, FindingKind
from bt_assess.core.plan_gap import StageState, StageView, gap, last_measured
from bt_assess.core.plan_history import StageKind
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import nearest_stage
from bt_assess.report.summary import plural
from bt_assess.report.words import date_words
from bt_assess.tui.screens.plans.words import STAGE_WORDS, STATE_WORDS, by, far, first_line
from bt_assess.tui.widgets.rows import Row, blank
from bt_assess.tui.widgets.track import STAGE_MARKS

DESTINATION, REALITY, CAPABILITIES, CHECK = "destination", "reality", "capabilities", "check"
MOST_LINES = 4
"""How many lines of a text the picture has at most."""
WHY_GO = "Why should anybody go there?"
SLIM = 60
"""Below this width words give way before the picture does."""


def rows(
    plan: Plan,
    views: Sequence[StageView],
    findings: Sequence[Finding],
    rubric: Rubric,
    width: int = 76,
    height: int = 0,
) -> list[Row]:
    """The whole plan, top to bottom; only the head of a part can be marked.

    What was said has as many lines as it needs and a picture of this `height` has room for, one at
    the least; `width` is what rows that cannot be marked have.
    """
    found: list[Row] = []
    for lines in range(MOST_LINES, 0, -1):
        found = _destination(plan, width, lines)
        for view in reversed(views):
            found += _stage(plan, view, width, lines)
        found += _reality(plan, rubric, width, lines)
        found += [blank(), _capabilities(plan), _check(findings)]
        if len(found) <= height:
            break
    return found


def _step(width: int, level: int) -> int:
    """How far in a step stands: the higher, the further."""
    return level * (5 if width >= 76 else 4 if width >= SLIM else 2)


def _head(level: int, name: Content, right: str, style: str, width: int) -> Content:
    """The tread of a step: what it is and by when, on one line across."""
    # Rows that can be marked have two cells less than those below them.
    indent = " " * _step(width + 2, level)
    corner = "┏━ " if level else "━━ "
    room = width - len(indent) - 3
    words = name.truncate(max(8, room - len(right) - 3), ellipsis=True)
    line = max(1, room - words.cell_length - len(right) - 2)
    return Content.assemble(
        indent, (corner, "$primary"), words, (f" {'━' * line} ", style), (right, "$quiet")
    )


def _under(level: int, text: Content, width: int) -> Content:
    """A line that stands under a step's head, its riser before it."""
    indent = " " * (_step(width, level) + 2)
    riser = ("┃  ", "$primary") if level else ("   ", "")
    return Content.assemble(indent, riser, text.truncate(width - len(indent) - 3, ellipsis=True))


def _below(level: int, text: Content, width: int, lines: int) -> list[Row]:
    """A text under a step's head, in at most so many lines; the last one takes what is left."""
    room = max(8, width - _step(width, level) - 5)
    wrapped = text.wrap(room) or [Content("")]
    if len(wrapped) > lines:
        wrapped = [*wrapped[: lines - 1], Content(" ").join(wrapped[lines - 1 :])]
    return [Row(partial(_under, level, line)) for line in wrapped]


def _said(text: str, otherwise: str) -> Content:
    """A text in a line, or what is still to be said."""
    return Content(first_line(text)) if text else Content.styled(otherwise, "$quiet")


def _destination(plan: Plan, width: int, lines: int) -> list[Row]:
    here = plan.destination
    name = Content.assemble(("◆ ", "bold $accent"), ("Destination", "bold"))
    result = here.marketplace or here.organisation
    why = Content.assemble(("because ", "$quiet"), first_line(here.why_it_matters))

    def draw(width: int) -> Content:
        right = by(here.by)
        if width < SLIM:
            right = f"{here.by:%b %Y}" if here.by else "–"
        return _head(4, name, right, "$faint", width)

    return [
        Row(draw, DESTINATION),
        *_below(4, _said(result, "Where do we want to be?"), width, lines),
        *_below(4, why if here.why_it_matters else _said("", WHY_GO), width, lines),
    ]


def _stage(plan: Plan, view: StageView, row_width: int, lines: int) -> list[Row]:
    stage = plan.stage(view.kind)
    mark, words, style = STATE_WORDS[view.state]
    if view.state is StageState.DONE and stage.done:
        words = f"done {date_words(stage.done)}"

    def draw(width: int) -> Content:
        number = str(view.kind.number)
        if width < SLIM:
            name = Content.assemble(
                (f"{number} ", "bold"), (f"{mark} ", style), STAGE_WORDS[view.kind]
            )
            right = f"{stage.by:%b %Y}" if stage.by else "–"
        else:
            title = f"{number} {STAGE_WORDS[view.kind]}"
            name = Content.assemble((title, "bold"), (f"  {mark} {words}", style))
            right = by(stage.by)
        return _head(view.kind.number, name, right, "$faint", width)

    def bar(width: int) -> Content:
        room = width - _step(width, view.kind.number) - 5
        return _under(view.kind.number, far(view, 14, room), width)

    otherwise = {
        StageKind.INCREMENTAL: "What is easy and near?",
        StageKind.SUBSTANTIAL: "What matters and takes its time?",
        StageKind.TRANSFORMATIONAL: "What is the great leap?",
    }[view.kind]
    return [
        Row(draw, view.kind),
        *_below(view.kind.number, _said(stage.results, otherwise), row_width, lines),
        Row(bar),
    ]


def _reality(plan: Plan, rubric: Rubric, row_width: int, lines: int) -> list[Row]:
    here = plan.reality
    name = Content.assemble(("● ", "bold $primary"), ("Current reality", "bold"))
    when = last_measured(plan)

    def draw(width: int) -> Content:
        right = "not measured"
        if when is not None:
            right = f"measured {date_words(when)}" if width >= SLIM else f"{when:%b %Y}"
        return _head(0, name, right, "$faint", width)

    return [
        Row(draw, REALITY),
        *_below(0, _said(here.where, "Where are we today, and why?"), row_width, lines),
        # Every theme is told, in however many lines.
        *_below(0, places(plan, rubric, row_width), row_width, MOST_LINES),
    ]


def places(plan: Plan, rubric: Rubric, width: int) -> Content:
    """Where each theme is now, with a mark for its stage.

    Where the newest assessment shows no one place, it is where the theme was.
    """
    gaps = {each.theme_id: each for each in gap(plan)}
    if all(each.now is None and each.was is None for each in gaps.values()):
        return Content.styled("b chooses the assessment that shows it", "$quiet")
    parts: list[Content] = []
    for theme in rubric.themes:
        known = gaps.get(theme.id)
        was = known.was if known else None
        place = was if known is None or known.now is None else known.now
        if place is None:
            parts.append(Content.styled(f"{theme.tag} –", "$quiet"))
        else:
            stage = nearest_stage(place)
            figure = f"{STAGE_MARKS[stage]}{place:.1f}"
            name = f"{theme.tag} " if was is None else f"{theme.tag} was "
            parts.append(Content.assemble((name, "$quiet"), (figure, f"${stage.value}")))
    for lines in range(1, len(parts) + 1):
        each = ceil(len(parts) / lines)
        found = [Content("  ").join(parts[at : at + each]) for at in range(0, len(parts), each)]
        if max(line.cell_length for line in found) <= width - 5:
            break
    return Content("\n").join(found)


def _capabilities(plan: Plan) -> Row:
    count = len(plan.capabilities)
    owned = sum(bool(action.state.owner) for action in plan.actions())
    actions = sum(1 for _ in plan.actions())

    def draw(width: int) -> Content:
        name = "What we must be able to do" if width >= SLIM else "We must be able to"
        words = "nothing said yet"
        if count:
            words = plural(actions, "action")
            words += f", {owned} with an owner" if width >= SLIM else f", {owned} owned"
        head = f"  {count}: " if count else "  "
        return Content.assemble((name, "bold"), head, (words, "$quiet"))

    return Row(draw, CAPABILITIES)


def _check(findings: Sequence[Finding]) -> Row:
    wrong = sum(f.kind is FindingKind.CONTRADICTION for f in findings)
    style = "$alert" if wrong else "$quiet" if findings else "$good"

    def draw(width: int) -> Content:
        words = "nothing missing, nothing against itself"
        if findings and width < SLIM:
            words = plural(len(findings), "thing") + (f", {wrong} at odds" if wrong else "")
        elif findings:
            words = f"{plural(len(findings), 'thing')} to look at"
            if wrong:
                words += f", {wrong} that {'does' if wrong == 1 else 'do'} not go together"
        elif width < SLIM:
            words = "nothing missing"
        return Content.assemble(("Check", "bold"), (f"  {words}", style))

    return Row(draw, CHECK)
