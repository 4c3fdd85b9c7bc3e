"""The editors of destination, reality and the three stages."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.plan import Plan, StagedObjective
from bt_assess.core.plan_gap import ThemeGap, gap
from bt_assess.core.plan_history import StageKind
from bt_assess.core.rubric import Rubric, RubricTheme
from bt_assess.core.saved_comparison import LEAST_TARGET, MOST_TARGET
from bt_assess.report.scale import column
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.screens.asking import Ask, Kind, asked, asks_of
from bt_assess.tui.screens.plans.evidence import rebased
from bt_assess.tui.screens.plans.form import PlanForm, PlanRows
from bt_assess.tui.screens.plans.history import shown_by
from bt_assess.tui.screens.plans.once import on_top
from bt_assess.tui.screens.plans.words import STAGE_WORDS, stands
from bt_assess.tui.widgets.rows import Row, RowList
from bt_assess.tui.widgets.theme_tracks import NAME
from bt_assess.tui.widgets.track import axis, joined, scale

FIGURES = 21
"""Width of the figures behind a track, in cells."""
SLIM, TAGS, AIM = 60, 8, 9
"""Below this width a track has a short name before it and nothing but the aim behind."""
STEP = 0.1
EVIDENCE = "The session or round that the places by theme come from."


class EditDestination(PlanForm):
    """Where the plan wants to be, by when, and why anybody should want to get there."""

    ABOUT = (
        "A destination is a place that people can picture, at the end of a set time: results out"
        " there and in here. It may be further than you can go with what you can do today. The part"
        " most often left out is why it matters to those who are asked to go, and what each of them"
        " can do for it."
    )

    def __init__(self, work: OpenPlan, field: str = "") -> None:
        ask = asks_of(
            lambda plan: plan.destination,
            lambda plan, new: plan.with_destination(new, work.today),
        )
        asks = (
            ask("by", "By when will we be there?", Kind.DAY, "", "2028-06-30, or '18 months'"),
            ask(
                "marketplace", "What results will those we serve see?", Kind.PASSAGE, "",
                "A family that needs a home has one within 30 days, wherever in town it asks.",
            ),
            ask(
                "organisation", "What results will we see as an organisation?", Kind.PASSAGE, "",
                "Every team sets its own targets and shows them; nobody waits for a go-ahead.",
            ),
            ask(
                "why_it_matters", "Why does it matter to the people who are asked to get there?",
                Kind.PASSAGE, "", "They tell families 'not yet' forty times a week, and go home with it.",
            ),
            ask(
                "how_to_contribute", "What can each of them do for it in their own job?",
                Kind.PASSAGE, "",
                "The front desk: close what can be closed in one visit. Repairs: tell of delays"
                " first.",
            ),
        )  # fmt: skip
        super().__init__(work, "Destination", asks, begin=field)


class EditReality(PlanForm):
    """Where things stand, why they do, and why they cannot stay so."""

    ABOUT = (
        "Those with their eyes on a goal see too little of where they stand, and why. Say both, with"
        " what pushes and pulls inside and outside: from one job nobody sees all of it. People go far"
        " with those who know how things are. The places by theme come from an assessment; the last"
        " line here says which."
    )

    def __init__(self, work: OpenPlan, field: str = "") -> None:
        ask = asks_of(lambda plan: plan.reality, lambda plan, new: plan.with_reality(new))
        asks = (
            ask(
                "where", "Where are we today?", Kind.PASSAGE, "",
                "A family waits 94 days for a home. Three offices work in three ways.",
            ),
            ask(
                "why", "Why is it so?", Kind.PASSAGE, "",
                "Each office was paid for cases opened; none for cases closed.",
            ),
            ask(
                "why_change", "Why can it not stay like this?", Kind.PASSAGE, "",
                "A quarter of the families leave town before we answer them.",
            ),
            ask(
                "inside", "What is at work inside?", Kind.PASSAGE, "",
                "Good people cover for gaps so well that the gaps never show.",
            ),
            ask(
                "outside", "What is at work outside?", Kind.PASSAGE, "",
                "Rents rise faster than the budget; the council votes again in spring.",
            ),
        )  # fmt: skip
        super().__init__(work, "Current reality", asks, begin=field)

    def more(self) -> Iterable[Widget]:
        yield asked("What shows it?")
        yield PlanRows(1, EVIDENCE, id="evidence", enter="Choose another")

    def elsewhere(self, begin: str) -> Widget | None:
        return self.query_one("#evidence") if begin == "evidence" else None

    def show_more(self) -> None:
        """The assessment that the plan begins with."""
        found = shown_by(self.work)
        words = found.removeprefix("Shown by ") or "no assessment yet: Enter chooses one"
        row = Row(lambda width: Content.styled(words, "" if found else "$quiet"), "evidence")
        self.query_one("#evidence", RowList).show([row])

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if on_top(self) and self.work.read_only is None:
            self.run_worker(self._choose())

    async def _choose(self) -> None:
        if await rebased(self.app, self.work):
            self.show_more()
            self.show_saved()


_EXAMPLES: Mapping[StageKind, tuple[str, str, str]] = {
    StageKind.INCREMENTAL: (
        "What is easiest and most obvious to do: what will it have brought?",
        "All three offices ask the same ten questions on a family's first visit.",
        "Share of first visits with all ten answered: 35 to 90 per cent.",
    ),
    StageKind.SUBSTANTIAL: (
        "What matters and takes its time: what will it have brought?",
        "One waiting list for the town; every family knows its place on it.",
        "Days from first visit to first offer: 94 to 60.",
    ),
    StageKind.TRANSFORMATIONAL: (
        "The great leap: what will be true when we are there?",
        "Families are housed before they are homeless: landlords call us first.",
        "Days from first visit to a home: 94 to 30, held for two quarters.",
    ),
}


def _of_stage(work: OpenPlan, kind: StageKind) -> tuple[Ask[Plan], ...]:
    ask = asks_of(lambda plan: plan.stage(kind), lambda plan, new: plan.with_stage(new, work.today))

    days: list[date] = []

    def finish(plan: Plan, is_done: bool) -> Plan:
        if was := plan.stage(kind).done:
            # Who passes over the choice, or looks at it, does not move the day.
            days[:] = [was]
        done = days[0] if days else work.today
        return plan.stage_done(kind, done if is_done else None, work.today)

    words, result, measure = _EXAMPLES[kind]
    soon = {1: "10 weeks", 2: "9 months", 3: "2 years"}[kind.number]
    return (
        ask("results", words, Kind.PASSAGE, "", result),
        ask("measure", "By what will anybody see that it is done?", Kind.PASSAGE, "", measure),
        ask("by", "By when?", Kind.DAY, "Each stage is later than the one before.", soon),
        Ask(
            "done", "Is it done?", lambda plan: plan.stage(kind).done is not None, finish,
            Kind.CHOICE, "It is done once its measure says so.",
            options=((False, "not yet"), (True, "done")),
        ),
    )  # fmt: skip


class EditStage(PlanForm):
    """A staged objective: results, measure, date, and the places aimed at."""

    ABOUT = (
        "Three steps lead to the destination, each a greater change than the one before: what is"
        " easy and near, what takes time, and the leap. Each has results, a measure that tells when"
        " it is done, a date, and the places aimed at: ← and → on a theme move its aim."
    )

    def __init__(self, work: OpenPlan, rubric: Rubric, kind: StageKind, field: str = "") -> None:
        self._rubric = rubric
        self._kind = kind
        heading = f"{kind.number} of 3  {STAGE_WORDS[kind]} objective"
        super().__init__(work, heading, _of_stage(work, kind), begin=field)

    @property
    def part(self) -> str:
        return STAGE_WORDS[self._kind]

    def more(self) -> Iterable[Widget]:
        yield asked("Which places do we aim at, theme by theme?")
        yield Static("", id="axis", markup=False)
        yield Aims(self, len(self._rubric.themes))

    def elsewhere(self, begin: str) -> Widget | None:
        name, _, theme_id = begin.partition(".")
        if name != "positions":
            return None
        self.show_more(theme_id)
        return self.query_one(Aims)

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self._draw_axis)

    def _draw_axis(self) -> None:
        width = self.query_one(Aims).size.width - 2
        name, room = _room(width)
        self.query_one("#axis", Static).update(Content.assemble(" " * (name + 2), axis(room)))

    def show_more(self, pick: str | None = None) -> None:
        """The tracks as the plan has them."""
        gaps = {each.theme_id: each for each in gap(self.work.plan)}
        stage = self.work.plan.stage(self._kind)
        rows = [
            _aim_row(theme, gaps.get(theme.id), stage.positions.get(theme.id))
            for theme in self._rubric.themes
        ]
        self.query_one(Aims).show(rows, pick)

    def turn(self, theme_id: str, direction: int) -> None:
        """Move an aim by a tenth; the first step is from where the theme stands."""
        stage = self.work.plan.stage(self._kind)
        found = next((g for g in gap(self.work.plan) if g.theme_id == theme_id), None)
        known = (found.now or found.was) if found else None
        start = stage.positions.get(theme_id, known or 2.0)
        aim = min(MOST_TARGET, max(LEAST_TARGET, round(start + direction * STEP, 1)))
        self._aim({**stage.positions, theme_id: aim})

    def drop(self, theme_id: str) -> None:
        """No aim for this theme."""
        positions = dict(self.work.plan.stage(self._kind).positions)
        positions.pop(theme_id, None)
        self._aim(positions)

    def _aim(self, positions: dict[str, float]) -> None:
        if self.work.read_only is None:
            what = f"{STAGE_WORDS[self._kind]}: aims"
            stage = self.work.plan.stage(self._kind)
            new = StagedObjective.model_validate({**dict(stage), "positions": positions})
            plan = self.work.plan.with_stage(new, self.work.today)
            self.work.change(plan, what, is_one=True)
            self.show_more()
            self.show_saved()


class Aims(PlanRows):
    """A row for each theme, whose aim ← and → move."""

    BINDINGS: ClassVar = [
        Binding("left", "turn(-1)", "Aim", key_display="← →", tooltip="A tenth less or more"),
        Binding("right", "turn(1)", "Aim", show=False, tooltip="A tenth less or more"),
        Binding("delete,backspace", "drop", "No aim", key_display="Del", tooltip="No aim here"),
    ]

    def __init__(self, form: EditStage, lines: int) -> None:
        why = "← → a tenth less or more, Del for no aim.  ○ began  ● now  ◇ aim"
        super().__init__(lines, why, id="aims", enter="Next theme")
        self._form = form

    def action_choose(self) -> None:
        self.action_move(1)

    def action_turn(self, direction: int) -> None:
        if self.value is not None:
            self._form.turn(self.value, direction)

    def action_drop(self) -> None:
        if self.value is not None:
            self._form.drop(self.value)


def _room(width: int) -> tuple[int, int]:
    """Cells for a theme's name and for its track."""
    name, figures = (NAME, FIGURES) if width >= SLIM else (TAGS, AIM)
    return name, max(10, width - name - figures)


def _aim_row(theme: RubricTheme, found: ThemeGap | None, aim: float | None) -> Row:
    base, now, was = (found.base, found.now, found.was) if found else (None, None, None)

    def draw(width: int) -> Content:
        before, room = _room(width)
        cells = scale(room)
        if was is not None:
            cells[column(was, room)] = ("◌", "$quiet")
        if base is not None:
            cells[column(base, room)] = ("○", "$quiet")
        if now is not None:
            cells[column(now, room)] = ("●", "bold $primary")
        if aim is not None:
            cells[column(aim, room)] = ("◇", "bold $accent")
        told = f"now {stands(found)}" if was is None else stands(found)
        place = f"  {told:<9}" if width >= SLIM else "  "
        wish = "no aim" if aim is None else f"◇ {aim:.1f}"
        style = "$quiet" if aim is None else "bold $accent"
        words = Content(theme.short if width >= SLIM else theme.tag)
        name = words.truncate(before - 1, ellipsis=True)
        gap_ = " " * (before - name.cell_length)
        return Content.assemble(
            (name.plain, "bold"), gap_, joined(cells), (place, "$quiet"), (wish, style)
        )

    return Row(draw, theme.id)
