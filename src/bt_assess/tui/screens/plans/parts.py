"""The editors of destination, reality and the three stages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.fields import PASSAGE_LENGTH
from bt_assess.core.plan import Destination, Plan, Reality, StagedObjective
from bt_assess.core.plan_gap import gap
from bt_assess.core.plan_history import StageKind
from bt_assess.core.rubric import Rubric, RubricTheme
from bt_assess.core.saved_comparison import LEAST_TARGET, MOST_TARGET
from bt_assess.report.scale import column
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.screens.plans.evidence import rebased
from bt_assess.tui.screens.plans.form import Form, PlanRows, Question, Sort
from bt_assess.tui.screens.plans.history import shown_by
from bt_assess.tui.screens.plans.once import on_top
from bt_assess.tui.screens.plans.words import STAGE_WORDS
from bt_assess.tui.widgets.rows import Row, RowList
from bt_assess.tui.widgets.theme_tracks import NAME
from bt_assess.tui.widgets.track import axis, joined, scale

FIGURES = 21
"""Width of the figures behind a track, in cells."""
SLIM, TAGS, AIM = 60, 8, 9
"""Below this width a track has a short name before it and nothing but the aim behind."""
STEP = 0.1


def _passage(name: str, words: str, example: str) -> Question:
    return Question(name, words, example, length=PASSAGE_LENGTH)


class EditDestination(Form):
    """Where the plan wants to be, by when, and why anybody should want to get there."""

    ABOUT = (
        "A destination is a place that people can picture, at the end of a set time: results out"
        " there and in here. It may be further than you can go with what you can do today. The part"
        " most often left out is why it matters to those who are asked to go, and what each of them"
        " can do for it."
    )

    def heading(self) -> str:
        return "Destination"

    def questions(self) -> Sequence[Question]:
        return (
            Question("by", "By when will we be there?", "2028-06-30, or '18 months'", Sort.DAY),
            _passage(
                "marketplace", "What results will those we serve see?",
                "A family that needs a home has one within 30 days, wherever in town it asks.",
            ),
            _passage(
                "organisation", "What results will we see as an organisation?",
                "Every team sets its own targets and shows them; nobody waits for a go-ahead.",
            ),
            _passage(
                "why_it_matters", "Why does it matter to the people who are asked to get there?",
                "They tell families 'not yet' forty times a week, and go home with it.",
            ),
            _passage(
                "how_to_contribute", "What can each of them do for it in their own job?",
                "The front desk: close what can be closed in one visit. Repairs: tell of delays"
                " first.",
            ),
        )  # fmt: skip

    def value(self, name: str) -> Any:
        return getattr(self.work.plan.destination, name)

    def keep(self, name: str, value: Any) -> None:
        plan = self.work.plan
        found = Destination.model_validate({**dict(plan.destination), name: value})
        plan = plan.with_destination(found, self.work.today)
        self.change(plan, f"Destination: {_words(self, name)}", name)


class EditReality(Form):
    """Where things stand, why they do, and why they cannot stay so."""

    ABOUT = (
        "Those with their eyes on a goal see too little of where they stand, and why. Say both, with"
        " what pushes and pulls inside and outside: from one job nobody sees all of it. People go far"
        " with those who know how things are. The places by theme come from an assessment; the last"
        " line here says which."
    )

    def heading(self) -> str:
        return "Current reality"

    def questions(self) -> Sequence[Question]:
        return (
            _passage(
                "where", "Where are we today?",
                "A family waits 94 days for a home. Three offices work in three ways.",
            ),
            _passage(
                "why", "Why is it so?",
                "Each office was paid for cases opened; none for cases closed.",
            ),
            _passage(
                "why_change", "Why can it not stay like this?",
                "A quarter of the families leave town before we answer them.",
            ),
            _passage(
                "inside", "What is at work inside?",
                "Good people cover for gaps so well that the gaps never show.",
            ),
            _passage(
                "outside", "What is at work outside?",
                "Rents rise faster than the budget; the council votes again in spring.",
            ),
        )  # fmt: skip

    def more(self) -> Iterable[Widget]:
        yield Static(Content.styled("What shows it?", "bold"), classes="about", markup=False)
        yield PlanRows(id="evidence", enter="Choose another")

    def on_mount(self) -> None:
        self.query_one("#evidence").styles.height = 1
        self.show_evidence()
        super().on_mount()

    def focus_elsewhere(self, field: str) -> None:
        if field == "evidence":
            self.query_one("#evidence").focus()
        else:
            super().focus_elsewhere(field)

    def show_evidence(self) -> None:
        """The assessment that the plan begins with."""
        found = shown_by(self.work)
        words = found.removeprefix("Shown by ") or "no assessment yet: Enter chooses one"
        row = Row(lambda width: Content.styled(words, "" if found else "$quiet"), "evidence")
        self.query_one("#evidence", RowList).show([row])
        self.show_saved()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if on_top(self) and self.work.read_only is None:
            self.run_worker(self._choose())

    async def _choose(self) -> None:
        if await rebased(self.app, self.work):
            self.show_evidence()

    def value(self, name: str) -> Any:
        return getattr(self.work.plan.reality, name)

    def keep(self, name: str, value: Any) -> None:
        plan = self.work.plan
        found = Reality.model_validate({**dict(plan.reality), name: value})
        self.change(plan.with_reality(found), f"Current reality: {_words(self, name)}", name)


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


class EditStage(Form):
    """A staged objective: results, measure, date, and the places aimed at."""

    ABOUT = (
        "Three steps lead to the destination, each a greater change than the one before: what is"
        " easy and near, what takes time, and the leap. Each has results, a measure that tells when"
        " it is done, a date, and the places aimed at: ← and → on a theme move its aim."
    )

    def __init__(self, work: OpenPlan, rubric: Rubric, kind: StageKind, field: str = "") -> None:
        super().__init__(work, field)
        self._rubric = rubric
        self._kind = kind

    def heading(self) -> str:
        return f"{self._kind.number} of 3  {STAGE_WORDS[self._kind]} objective"

    def questions(self) -> Sequence[Question]:
        words, result, measure = _EXAMPLES[self._kind]
        soon = {1: "10 weeks", 2: "9 months", 3: "2 years"}[self._kind.number]
        return (
            _passage("results", words, result),
            _passage("measure", "By what will anybody see that it is done?", measure),
            Question("by", "By when?", f"'{soon}'; each stage later than the last", Sort.DAY),
            Question(
                "done", "Is it done?", "done once its measure says so", Sort.CHOICE,
                choices=((False, "not yet"), (True, "done")),
            ),
        )  # fmt: skip

    def more(self) -> Iterable[Widget]:
        words = Content.assemble(
            ("Which places do we aim at, theme by theme?", "bold"),
            ("\n← → a tenth less or more, Del for no aim.  ○ began  ● now  ◇ aim", "$quiet"),
        )
        yield Static(words, classes="about", markup=False)
        yield Static("", id="axis", markup=False)
        yield Aims(self)

    def on_mount(self) -> None:
        self.query_one(Aims).styles.height = len(self._rubric.themes)
        self.show_aims()
        super().on_mount()

    def focus_elsewhere(self, field: str) -> None:
        name, _, theme_id = field.partition(".")
        if name == "positions":
            aims = self.query_one(Aims)
            self.show_aims(theme_id)
            aims.focus()
        else:
            super().focus_elsewhere(field)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_axis)

    def _draw_axis(self) -> None:
        width = self.query_one(Aims).size.width - 2
        name, room = _room(width)
        self.query_one("#axis", Static).update(Content.assemble(" " * (name + 2), axis(room)))

    def value(self, name: str) -> Any:
        stage = self.work.plan.stage(self._kind)
        return bool(stage.done) if name == "done" else getattr(stage, name)

    def keep(self, name: str, value: Any) -> None:
        plan, today = self.work.plan, self.work.today
        what = f"{STAGE_WORDS[self._kind]}: {_words(self, name)}"
        if name == "done":
            day: date | None = today if value else None
            self.change(plan.stage_done(self._kind, day, today), what, name)
        else:
            self.change(self._changed({name: value}), what, name)

    def _changed(self, changes: dict[str, Any]) -> Plan:
        plan = self.work.plan
        stage = StagedObjective.model_validate({**dict(plan.stage(self._kind)), **changes})
        return plan.with_stage(stage, self.work.today)

    # The aims

    def show_aims(self, pick: str | None = None) -> None:
        """The tracks as the plan has them."""
        gaps = {each.theme_id: each for each in gap(self.work.plan)}
        stage = self.work.plan.stage(self._kind)
        rows = []
        for theme in self._rubric.themes:
            found = gaps.get(theme.id)
            base, now = (found.base, found.now) if found else (None, None)
            rows.append(_aim_row(theme, base, now, stage.positions.get(theme.id)))
        self.query_one(Aims).show(rows, pick)

    def turn(self, theme_id: str, direction: int) -> None:
        """Move an aim by a tenth; the first step is from where the theme stands."""
        stage = self.work.plan.stage(self._kind)
        now = next((g.now for g in gap(self.work.plan) if g.theme_id == theme_id), None)
        start = stage.positions.get(theme_id, now or 2.0)
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
            self.work.change(self._changed({"positions": positions}), what, is_one=True)
            self.show_aims()
            self.show_saved()


class Aims(PlanRows):
    """A row for each theme, whose aim ← and → move."""

    BINDINGS: ClassVar = [
        Binding("left", "turn(-1)", "Aim", key_display="← →", tooltip="A tenth less or more"),
        Binding("right", "turn(1)", "Aim", show=False, tooltip="A tenth less or more"),
        Binding("delete,backspace", "drop", "No aim", key_display="Del", tooltip="No aim here"),
        Binding("tab", "screen.focus_next", "Next", tooltip="On to the first question"),
    ]

    def __init__(self, form: EditStage) -> None:
        super().__init__(id="aims", enter="Next theme")
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


def _aim_row(theme: RubricTheme, base: float | None, now: float | None, aim: float | None) -> Row:
    def draw(width: int) -> Content:
        before, room = _room(width)
        cells = scale(room)
        if base is not None:
            cells[column(base, room)] = ("○", "$quiet")
        if now is not None:
            cells[column(now, room)] = ("●", "bold $primary")
        if aim is not None:
            cells[column(aim, room)] = ("◇", "bold $accent")
        stands = f"  now {'–' if now is None else f'{now:.1f}':<5}" if width >= SLIM else "  "
        wish = "no aim" if aim is None else f"◇ {aim:.1f}"
        style = "$quiet" if aim is None else "bold $accent"
        words = Content(theme.short if width >= SLIM else theme.tag)
        name = words.truncate(before - 1, ellipsis=True)
        gap_ = " " * (before - name.cell_length)
        return Content.assemble(
            (name.plain, "bold"), gap_, joined(cells), (stands, "$quiet"), (wish, style)
        )

    return Row(draw, theme.id)


def _words(form: Form, name: str) -> str:
    """The question of a field, to say what was taken back."""
    found = next(q.words for q in form.questions() if q.name == name)
    return found.rstrip("?").lower()
