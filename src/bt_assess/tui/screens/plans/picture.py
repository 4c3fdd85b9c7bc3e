"""The picture of a plan: reality at the bottom, three steps up, the destination at the top.

Pure functions from a plan to rows of text.
"""

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from bt_assess.core.plan import Plan
from bt_assess.core.plan_check import Finding, FindingKind
from bt_assess.core.plan_gap import StageState, StageView
from bt_assess.core.plan_history import StageKind
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import nearest_stage
from bt_assess.report.summary import plural
from bt_assess.report.words import date_words
from bt_assess.tui.screens.plans.words import STAGE_WORDS, STATE_WORDS, by, far, first_line
from bt_assess.tui.widgets.rows import Row, blank
from bt_assess.tui.widgets.track import STAGE_MARKS

DESTINATION, REALITY, CAPABILITIES, CHECK = "destination", "reality", "capabilities", "check"
SLIM = 60
"""Below this width words give way before the picture does."""


def rows(
    plan: Plan,
    views: Sequence[StageView],
    findings: Sequence[Finding],
    rubric: Rubric,
    lines: int = 1,
) -> list[Row]:
    """The whole plan, top to bottom; only the head of a part can be marked. What a part brings has
    so many `lines`."""
    found = _destination(plan, lines)
    for view in reversed(views):
        found += _stage(plan, view, lines)
    found += _reality(plan, rubric, lines)
    found += [blank(), _capabilities(plan), _check(findings)]
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


def _below(level: int, text: Content, lines: int = 1) -> list[Row]:
    return [Row(partial(_line_under, level, text, number, lines)) for number in range(lines)]


def _line_under(level: int, text: Content, number: int, lines: int, width: int) -> Content:
    """One of the lines that a text has under a step's head; the last one takes what is left."""
    if lines == 1:
        return _under(level, text, width)
    wrapped = text.wrap(max(8, width - _step(width, level) - 5))
    if number == lines - 1:
        rest = Content(" ").join(wrapped[number:]) if number < len(wrapped) else Content("")
        return _under(level, rest, width)
    return _under(level, wrapped[number] if number < len(wrapped) else Content(""), width)


def _said(text: str, otherwise: str) -> Content:
    """A text in a line, or what is still to be said."""
    return Content(first_line(text)) if text else Content.styled(otherwise, "$quiet")


def _destination(plan: Plan, lines: int) -> list[Row]:
    here = plan.destination
    name = Content.assemble(("◆ ", "bold $accent"), ("Destination", "bold"))
    result = here.marketplace or here.organisation
    why = Content.assemble(("because ", "$quiet"), first_line(here.why_it_matters))
    return [
        Row(partial(_head, 4, name, by(here.by), "$faint"), DESTINATION),
        *_below(4, _said(result, "Where do we want to be?"), lines),
        *_below(
            4, why if here.why_it_matters else _said("", "Why should anybody go there?"), lines
        ),
    ]


def _stage(plan: Plan, view: StageView, lines: int) -> list[Row]:
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
        return _under(view.kind.number, far(view, 14 if width >= SLIM else 6), width)

    otherwise = {
        StageKind.INCREMENTAL: "What is easy and near?",
        StageKind.SUBSTANTIAL: "What matters and takes its time?",
        StageKind.TRANSFORMATIONAL: "What is the great leap?",
    }[view.kind]
    return [
        Row(draw, view.kind),
        *_below(view.kind.number, _said(stage.results, otherwise), lines),
        Row(bar),
    ]


def _reality(plan: Plan, rubric: Rubric, lines: int) -> list[Row]:
    here = plan.reality
    name = Content.assemble(("● ", "bold $primary"), ("Current reality", "bold"))
    right = f"measured {date_words(here.measured)}" if here.measured else "not measured"
    return [
        Row(partial(_head, 0, name, right, "$faint"), REALITY),
        *_below(0, _said(here.where, "Where are we today, and why?"), lines),
        *_below(0, places(plan, rubric)),
    ]


def places(plan: Plan, rubric: Rubric) -> Content:
    """The places of reality, a mark a theme."""
    if not plan.reality.positions:
        return Content.styled("b chooses the assessment that shows it", "$quiet")
    parts: list[tuple[str, str]] = []
    for theme in rubric.themes:
        place = plan.reality.positions.get(theme.id)
        if place is None:
            parts.append((f"{theme.tag} –  ", "$quiet"))
        else:
            stage = nearest_stage(place)
            parts.append((f"{theme.tag} ", "$quiet"))
            parts.append((f"{STAGE_MARKS[stage]} {place:.1f}  ", f"${stage.value}"))
    return Content.assemble(*parts)


def _capabilities(plan: Plan) -> Row:
    count = len(plan.capabilities)
    owned = sum(bool(action.state.owner) for action in plan.actions())
    actions = sum(1 for _ in plan.actions())
    words = f"{plural(actions, 'action')}, {owned} with an owner" if count else "none yet"
    return Row(
        lambda width: Content.assemble(
            ("What we must be able to do", "bold"), (f"  {count or 'nothing said'}: ", ""),
            (words, "$quiet"),
        ),
        CAPABILITIES,
    )  # fmt: skip


def _check(findings: Sequence[Finding]) -> Row:
    wrong = sum(f.kind is FindingKind.CONTRADICTION for f in findings)
    if not findings:
        words, style = "nothing missing, nothing against itself", "$good"
    else:
        words = f"{plural(len(findings), 'thing')} to look at"
        if wrong:
            words += f", {wrong} that {'does' if wrong == 1 else 'do'} not go together"
        style = "$alert" if wrong else "$quiet"
    return Row(lambda width: Content.assemble(("Check", "bold"), (f"  {words}", style)), CHECK)
