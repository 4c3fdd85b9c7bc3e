"""The gap, theme by theme: where it began, where it is, the three aims, and how far it has come."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.plan import Plan
from bt_assess.core.plan_gap import StageGap, ThemeGap, gap, last_measured
from bt_assess.core.plan_history import StageKind
from bt_assess.core.rubric import Rubric
from bt_assess.report.scale import column
from bt_assess.report.words import date_words
from bt_assess.tui.page import Page
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.screens.plans.words import STAGE_WORDS, WHY_NONE, bar, percent, stands
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.reader import Reader
from bt_assess.tui.widgets.theme_tracks import NAME
from bt_assess.tui.widgets.track import axis, fill, joined, scale

SLIM = 64
"""Below this width a stage is told by its number."""
LEGEND = "○ where the plan began   ● now   ◇ aims of the three stages"
WAS = "◌ where it was, before an assessment that shows no place"


class GapPage(Page):
    """The way of each theme."""

    CSS_PATH = "plans.tcss"
    ABOUT = (
        "Nobody types the gap: it is worked out from the assessment the plan began with, the newest"
        " one of the same people, and the aims of the stages. Progress is the share of the way from"
        " the beginning to an aim. Where it cannot be told, the line says why."
    )
    BINDINGS: ClassVar = [
        Binding("g,enter", "back", "Plan", key_display="g", show=False, tooltip="Back to the plan"),
    ]

    def __init__(self, work: OpenPlan, rubric: Rubric) -> None:
        super().__init__()
        self._work = work
        self._rubric = rubric

    def body(self) -> Iterable[Widget]:
        with Reader(id="scroll"):
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one(Reader).focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        plan = self._work.plan
        when = last_measured(plan)
        since = f"last measured {date_words(when)}" if when else "not measured yet"
        left = Content.assemble(("The gap, theme by theme", "bold"), (f"  {plan.title}", "$quiet"))
        self.query_one(TopBar).show(left, Content.styled(since, "$quiet"))
        words = self.query_one("#words", Static)
        width = words.size.width or 76
        words.update(in_full(plan, self._rubric, width))


def in_full(plan: Plan, rubric: Rubric, width: int) -> Content:
    """A track for each theme, and under it the way to each stage's aim."""
    room = max(12, width - NAME - 10)
    parts = [Content.assemble(" " * NAME, axis(room))]
    gaps = gap(plan, [theme.id for theme in rubric.themes])
    for each in gaps:
        lines = [_track(rubric, each, room)]
        aimed = [stage for stage in each.stages if stage.aim is not None]
        lines += [_way(each, stage, width) for stage in aimed]
        if each.base is None and each.now is None and each.was is None:
            lines.append(Content.styled(f"{' ' * NAME}no place known yet", "$quiet"))
        elif not aimed:
            lines.append(Content.styled(f"{' ' * NAME}no stage aims anywhere here", "$quiet"))
        if each.why_not and all(stage.why_not is not each.why_not for stage in aimed):
            lines.append(Content.styled(f"{' ' * NAME}{WHY_NONE[each.why_not]}", "$quiet"))
        parts.append(Content("\n").join(lines))
    has_old = any(each.was is not None and each.was != each.base for each in gaps)
    parts.append(Content.styled(f"{LEGEND}\n{WAS}" if has_old else LEGEND, "$quiet"))
    return Content("\n\n").join(parts)


def gap_lines(plan: Plan, rubric: Rubric, width: int, kind: StageKind | None = None) -> Content:
    """A track a theme, for beside the picture; of a stage only the themes it aims at."""
    room = max(12, width - NAME - 10)
    found = gap(plan, [theme.id for theme in rubric.themes])
    if kind is not None:
        found = tuple(each for each in found if each.stages[kind.number - 1].aim is not None)
    lines = [Content.assemble(" " * NAME, axis(room))]
    lines += [_track(rubric, each, room, kind) for each in found]
    return Content("\n").join(lines)


def _track(rubric: Rubric, found: ThemeGap, room: int, kind: StageKind | None = None) -> Content:
    cells = scale(room)
    base, now, was = found.base, found.now, found.was
    if base is not None and now is not None:
        first, last = column(base, room), column(now, room)
        fill(cells, min(first, last), max(first, last), "$primary", "━┿")
    for stage in found.stages:
        if stage.aim is not None and kind in (None, stage.kind):
            cells[column(stage.aim, room)] = ("◇", "bold $accent")
    if was is not None:
        cells[column(was, room)] = ("◌", "$primary")
    if base is not None:
        cells[column(base, room)] = ("○", "$primary")
    if now is not None:
        same = base is not None and column(base, room) == column(now, room)
        cells[column(now, room)] = ("◉" if same and found.moved else "●", "bold $primary")
    known = {theme.id: theme.short for theme in rubric.themes}
    name = Content(known.get(found.theme_id, found.theme_id)).truncate(NAME - 1, ellipsis=True)
    pad = " " * (NAME - name.cell_length)
    figure = f"  {stands(found)}"
    moved = f" {found.moved:+.1f}".replace("-", "−") if found.moved else ""
    return Content.assemble(
        (name.plain, "bold"), pad, joined(cells), (figure, "bold" if now else "$quiet"),
        (moved, "$quiet"),
    )  # fmt: skip


def _way(found: ThemeGap, stage: StageGap, width: int) -> Content:
    """How far a theme is on the way to an aim, or why that cannot be told."""
    head = f"  {stage.kind.number}  ◇ {stage.aim:.1f}  "
    if width >= SLIM:
        head = f"{' ' * NAME}{stage.kind.number} {STAGE_WORDS[stage.kind]:<17}◇ {stage.aim:.1f}  "
    if stage.progress is not None:
        reached = ("  ✓ reached", "$good") if stage.reached else ("", "")
        room = max(4, min(14, width - len(head) - 18))
        return Content.assemble(
            (head, "$quiet"), bar(stage.progress, room), f" {percent(stage.progress)}", reached
        )
    why = WHY_NONE[stage.why_not] if stage.why_not else ""
    return Content.styled(f"{head}{why}", "$quiet")
