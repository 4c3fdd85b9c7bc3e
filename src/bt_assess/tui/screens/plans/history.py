"""What has become of a plan: what was measured, which goalposts were moved, what was done."""

from collections.abc import Iterable, Mapping
from datetime import date

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.plan_history import EventKind, NoPlace, PlanEvent
from bt_assess.core.rubric import Rubric
from bt_assess.core.saved_comparison import Ref
from bt_assess.report.words import date_words
from bt_assess.tui.page import Page
from bt_assess.tui.planning import OpenPlan
from bt_assess.tui.screens.plans.words import STAGE_WORDS
from bt_assess.tui.widgets.flow import item
from bt_assess.tui.widgets.reader import Reader

_WORDS: Mapping[EventKind, str] = {
    EventKind.STARTED: "the plan was begun",
    EventKind.BASED: "where it begins",
    EventKind.MEASURED: "measured again",
    EventKind.DESTINATION_DATE: "the destination's date was moved",
    EventKind.STAGE_DATE: "its date was moved",
    EventKind.STAGE_MEASURE: "another measure",
    EventKind.STAGE_AIMS: "its aims were moved",
    EventKind.STAGE_DONE: "done",
    EventKind.STAGE_REOPENED: "not done after all",
}
_NO_PLACE: Mapping[NoPlace, str] = {
    NoPlace.MIXED: "mixed",
    NoPlace.NOT_ENOUGH: "not enough answers",
    NoPlace.OTHER: "no one place",
}


class HistoryPage(Page):
    """A line for each event, the newest first."""

    CSS_PATH = "plans.tcss"
    ABOUT = (
        "A plan that is changed on the way is a plan that is used; what should not happen is that"
        " goalposts move unseen. Here is what was measured, and what was said before. The first day"
        " is for drafting: what changes on it is not told."
    )

    def __init__(self, work: OpenPlan, rubric: Rubric) -> None:
        super().__init__()
        self._work = work
        self._names = {theme.id: theme.short for theme in rubric.themes}

    def bar(self) -> tuple[Content | str, Content | str]:
        left = Content.assemble(("History", "bold"), (f"  {self._work.plan.title}", "$quiet"))
        return left, Content.styled("newest first", "$quiet")

    def body(self) -> Iterable[Widget]:
        with Reader(id="scroll"):
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one(Reader).focus()

    def on_screen_resume(self) -> None:
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        words = self.query_one("#words", Static)
        width = max(20, words.size.width)
        events = list(enumerate(self._work.plan.history))
        events.sort(key=lambda each: (each[1].on, each[0]), reverse=True)
        lines = [
            item(f"{date_words(event.on):<13}", self._line(event), width) for _, event in events
        ]
        words.update(Content("\n").join(lines))

    def _line(self, event: PlanEvent) -> Content:
        stage = f"{event.stage.number} {STAGE_WORDS[event.stage]}: " if event.stage else ""
        style = "bold" if event.kind in (EventKind.MEASURED, EventKind.STAGE_DONE) else ""
        head = Content.assemble(f"{stage}", (_WORDS[event.kind], style))
        if event.ref is not None:
            # Mostly it was written down on the day itself: one date says both.
            by = called(event.ref, self._work.sources).removesuffix(f", {date_words(event.on)}")
            head = Content.assemble(head, ", by ", by)
        if event.positions or event.unplaced:
            told = [(theme, f"{place:.1f}") for theme, place in event.positions.items()]
            told += [(theme, _NO_PLACE[why]) for theme, why in (event.unplaced or {}).items()]
            places = ", ".join(f"{self._names.get(theme, theme)} {what}" for theme, what in told)
            head = Content.assemble(head, (f" ({places})", "$quiet"))
        if event.before or event.after:
            was, now = was_and_is(event, self._names)
            head = Content.assemble(
                head, (f" from {was or 'nothing'} to {now or 'nothing'}", "$quiet")
            )
        return head


def called(ref: Ref, sources: Mapping[Ref, str]) -> str:
    """What a session or round is called; one that is not here any more has no name."""
    return sources.get(ref) or f"a {ref.kind.value} that is not here any more"


def shown_by(work: OpenPlan) -> str:
    """Which sessions or rounds show where the plan begins; nothing where there is none."""
    names = [called(ref, work.sources) for ref in work.plan.reality.evidence]
    return (
        f"Shown by {'; '.join(names[:3])}{' and more' if len(names) > 3 else ''}" if names else ""
    )


def was_and_is(event: PlanEvent, names: Mapping[str, str]) -> tuple[str, str]:
    """What stood there before and after: days in words, of aims only those that were moved."""
    if event.kind is EventKind.STAGE_MEASURE:
        return event.before, event.after
    if event.kind is EventKind.STAGE_AIMS:
        was, now = (dict.fromkeys(text.split(", ")) for text in (event.before, event.after))
        return _aims([aim for aim in was if aim not in now], names), _aims(
            [aim for aim in now if aim not in was], names
        )
    return _day(event.before), _day(event.after)


def _day(text: str) -> str:
    """A day in words. A file that was changed by hand may say anything here."""
    try:
        return date_words(date.fromisoformat(text)) if text else ""
    except ValueError:
        return text


def _aims(aims: Iterable[str], names: Mapping[str, str]) -> str:
    parts = [aim.rpartition(" ") for aim in aims if aim]
    return ", ".join(f"{names.get(theme, theme)} {place}" for theme, _, place in parts)
