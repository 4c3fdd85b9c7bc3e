"""Compare: two sessions, before and after, change told from noise."""

from collections.abc import Iterable

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.comparison import Comparison, ThemeChange, Verdict, compare
from bt_assess.report.summary import plural
from bt_assess.report.words import change_sentence, day, who
from bt_assess.store.catalogue_queries import Wanted
from bt_assess.store.session_file import StoredSession
from bt_assess.store.shelf import readable
from bt_assess.tui.desk import Desk
from bt_assess.tui.page import Page
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.widgets.bar import TopBar
from bt_assess.tui.widgets.flow import item
from bt_assess.tui.widgets.reader import Reader
from bt_assess.tui.widgets.theme_tracks import NAME
from bt_assess.tui.widgets.track import axis, change_track, worded_track

VERDICT = 22
"""Width of the change and its verdict behind a track, in cells."""
MOST_MOVES = 12


class Compare(Page):
    """Two finished sessions of one rubric."""

    ABOUT = (
        "Each line is a theme: ○ before, ● after. A change counts when it is at least a quarter of a"
        " stage and at least twice as large as chance would make it; 'clear change' is three times."
        " Everything else is within noise: people never answer twice in just the same way. Only"
        " statements rated both times are compared."
    )
    CSS_PATH = "compare.tcss"
    BINDINGS = [
        Binding("b", "choose('before')", "Choose before", tooltip="Choose the earlier session"),
        Binding("a", "choose('after')", "Choose after", tooltip="Choose the later session"),
        Binding("x", "swap", "Swap", tooltip="Swap before and after"),
    ]

    def __init__(self, desk: Desk, before: StoredSession, after: StoredSession) -> None:
        super().__init__()
        self._desk = desk
        self.before = before
        self.after = after

    def body(self) -> Iterable[Widget]:
        with Reader(id="scroll"):
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def action_swap(self) -> None:
        self.before, self.after = self.after, self.before
        self._show()

    def action_choose(self, which: str) -> None:
        desk = self._desk
        done = Wanted(finished=True, rubric_id=desk.rubric.id)
        sessions = [*readable(desk.catalogue, done, desk.rubric)]
        now, other = self.before, self.after
        if which == "after":
            now, other = other, now
        sessions = [s for s in sessions if s.path != other.path]

        def take(chosen: StoredSession | None) -> None:
            if chosen is not None:
                setattr(self, which, chosen)
                self._show()

        self.app.push_screen(Pick(f"Which session is '{which}'?", sessions, now), take)

    def _show(self) -> None:
        comparison = compare(self._desk.rubric, self.before.session, self.after.session)
        first, second = comparison.before, comparison.after
        same = _is_one(comparison)
        people = who(first) if same else " · ".join(_names(comparison))
        title = "Before and after  " if same else "Two views  "
        self.query_one(TopBar).show(
            Content.assemble((title, "bold"), (people, "$quiet")),
            Content.styled(f"{day(first.started)} → {day(second.started)}", "$quiet"),
        )
        words = self.query_one("#words", Static)
        width = words.size.width or 76
        words.update(
            Content("\n\n").join(
                [
                    self._tracks(comparison, width),
                    self._remark(comparison),
                    self._moves(comparison, width),
                ]
            )
        )

    def _tracks(self, comparison: Comparison, width: int) -> Content:
        room = max(12, width - NAME - VERDICT)
        lines = [Content.assemble(" " * NAME, axis(room))]
        lines += [self._line(change, room) for change in comparison.themes]
        before, after = ("before", "after") if _is_one(comparison) else _names(comparison)
        lines.append(Content.styled(" " * NAME + f"○ {before}   ● {after}", "$quiet"))
        return Content("\n").join(lines)

    def _line(self, change: ThemeChange, room: int) -> Content:
        name = (self._desk.rubric.theme(change.theme_id).short.ljust(NAME), "bold")
        before, after = change.before.position, change.after.position
        if change.delta is None or change.verdict is None or before is None or after is None:
            return Content.assemble(name, worded_track(room, "cannot be compared yet", "$quiet"))
        if change.is_mixed:
            return Content.assemble(
                name, worded_track(room, f"{change_sentence(change)}: see what moved", "$quiet")
            )
        style = {
            Verdict.WITHIN_NOISE: "$quiet",
            Verdict.CHANGE: "$primary",
            Verdict.CLEAR_CHANGE: "$good" if change.delta > 0 else "$alert",
        }[change.verdict]
        return Content.assemble(
            name,
            change_track(room, before, after, style),
            "  ",
            (
                change_sentence(change).replace("0.0", " 0.0", 1)
                if not round(change.delta, 1)
                else change_sentence(change),
                style,
            ),
        )

    def _remark(self, comparison: Comparison) -> Content:
        """What to know before reading anything into it."""
        remarks = []
        changed = [
            c
            for c in comparison.themes
            if c.verdict in (Verdict.CHANGE, Verdict.CLEAR_CHANGE) and not c.is_mixed
        ]
        if all(c.is_mixed or c.delta is None for c in comparison.themes):
            remarks.append("No theme can be compared as a whole; the single statements follow.")
        elif not changed:
            remarks.append(
                "No theme moved more than chance would make it: read this as 'about the same'."
            )
        else:
            remarks.append(
                "Six themes are six chances of a false alarm: a single 'change' is a reason to look closer."
            )
        if not _is_one(comparison):
            remarks.append(
                "These are two people's views: where they differ, nothing need have changed."
            )
        if self.before.session.started > self.after.session.started:
            remarks.append("'Before' is the later one of the two here: x swaps them back.")
        if left_out := sum(change.left_out for change in comparison.themes):
            remarks.append(
                f"{plural(left_out, 'statement')} left out, as {'it was' if left_out == 1 else 'they were'}"
                " not rated both times."
            )
        return Content.styled("\n".join(remarks), "$quiet")

    def _moves(self, comparison: Comparison, width: int) -> Content:
        """The statements that moved most, both answers and both notes."""
        title = "What moved most" if _is_one(comparison) else "Where they differ most"
        head = Content.styled(title, "bold")
        if not comparison.moves:
            return Content.assemble(head, "\n\nNo answer changed.")
        lines = [head]
        for move in comparison.moves[:MOST_MOVES]:
            lines.append(
                Content.assemble(
                    move.statement.text, "\n  ", (move.before.label, "$quiet"), " → ",
                    (move.after.label, "bold"),
                )
            )  # fmt: skip
            for session in (comparison.before, comparison.after):
                if note := session.notes.get(move.statement.id):
                    words = Content.styled(f"{day(session.started)}: {note}", "$quiet")
                    lines[-1] = Content.assemble(lines[-1], "\n", item("  ✎ ", words, width))
        if (more := len(comparison.moves) - MOST_MOVES) > 0:
            lines.append(Content.styled(f"and {plural(more, 'smaller change')}", "$quiet"))
        return Content("\n\n").join(lines)


def _is_one(comparison: Comparison) -> bool:
    """Whether it is one person at two times, and not two people."""
    return who(comparison.before) == who(comparison.after)


def _names(comparison: Comparison) -> tuple[str, str]:
    """What tells two people apart: their names; with the team where the names are the same."""
    first, second = comparison.before, comparison.after
    if first.respondent and second.respondent and first.respondent != second.respondent:
        return first.respondent, second.respondent
    return who(first), who(second)
