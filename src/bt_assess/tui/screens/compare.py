"""Compare: two sessions, before and after, change told from noise."""

from collections.abc import Iterable

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bt_assess.core.comparison import Comparison, ThemeChange, Verdict, compare
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import Status
from bt_assess.report.summary import plural
from bt_assess.report.words import day, who
from bt_assess.store.folder import recency
from bt_assess.store.session_file import StoredSession
from bt_assess.tui.desk import Desk
from bt_assess.tui.page import Page
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.widgets.bar import TopBar
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
        sessions = [
            s
            for s in self._desk.library.shelf.finished
            if s.session.rubric.id == self._desk.rubric.id
        ]
        now = self.before if which == "before" else self.after

        def take(chosen: StoredSession | None) -> None:
            if chosen is not None:
                setattr(self, which, chosen)
                self._show()

        self.app.push_screen(Pick(f"Which session is '{which}'?", sessions, now), take)

    def _show(self) -> None:
        comparison = compare(self._desk.rubric, self.before.session, self.after.session)
        first, second = comparison.before, comparison.after
        people = who(first) if who(first) == who(second) else f"{who(first)} → {who(second)}"
        self.query_one(TopBar).show(
            Content.assemble(("Before and after  ", "bold"), (people, "$quiet")),
            Content.styled(f"{day(first.started)} → {day(second.started)}", "$quiet"),
        )
        words = self.query_one("#words", Static)
        width = words.size.width or 76
        words.update(
            Content("\n\n").join(
                [self._tracks(comparison, width), self._remark(comparison), self._moves(comparison)]
            )
        )

    def _tracks(self, comparison: Comparison, width: int) -> Content:
        room = max(12, width - NAME - VERDICT)
        lines = [Content.assemble(" " * NAME, axis(room))]
        lines += [self._line(change, room) for change in comparison.themes]
        lines.append(Content.styled(" " * NAME + "○ before   ● after", "$quiet"))
        return Content("\n").join(lines)

    def _line(self, change: ThemeChange, room: int) -> Content:
        name = (self._desk.rubric.theme(change.theme_id).short.ljust(NAME), "bold")
        before, after = change.before.position, change.after.position
        if change.delta is None or change.verdict is None or before is None or after is None:
            return Content.assemble(name, worded_track(room, "cannot be compared yet", "$quiet"))
        style = {
            Verdict.WITHIN_NOISE: "$quiet",
            Verdict.CHANGE: "$primary",
            Verdict.CLEAR_CHANGE: "$good" if change.delta > 0 else "$alert",
        }[change.verdict]
        mixed = Status.MIXED in (change.before.status, change.after.status)
        figure = f"  {change.delta:+.1f}  ".replace("-", "−")
        return Content.assemble(
            name, change_track(room, before, after, style), figure, (change.verdict.value, style),
            (" ~" if mixed else "", "$alert"),
        )  # fmt: skip

    def _remark(self, comparison: Comparison) -> Content:
        """What to know before reading anything into it."""
        remarks = []
        changed = [
            c for c in comparison.themes if c.verdict in (Verdict.CHANGE, Verdict.CLEAR_CHANGE)
        ]
        if not changed:
            remarks.append(
                "No theme moved more than chance would make it: read this as 'about the same'."
            )
        else:
            remarks.append(
                "Six themes are six chances of a false alarm: a single 'change' is a reason to look closer."
            )
        if any(Status.MIXED in (c.before.status, c.after.status) for c in comparison.themes):
            remarks.append("~ One of the two was a mixed picture, so its position says little.")
        if left_out := sum(change.left_out for change in comparison.themes):
            remarks.append(
                f"{plural(left_out, 'statement')} left out, as {'it was' if left_out == 1 else 'they were'}"
                " not rated both times."
            )
        return Content.styled("\n".join(remarks), "$quiet")

    def _moves(self, comparison: Comparison) -> Content:
        """The statements that moved most, both answers and both notes."""
        head = Content.styled("What moved most", "bold $accent")
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
                    lines[-1] = Content.assemble(
                        lines[-1], "\n  ", (f"✎ {day(session.started)}: {note}", "$quiet")
                    )
        if (more := len(comparison.moves) - MOST_MOVES) > 0:
            lines.append(Content.styled(f"and {plural(more, 'smaller change')}", "$quiet"))
        return Content("\n\n").join(lines)


def pair_of(
    given: tuple[StoredSession, ...], finished: tuple[StoredSession, ...], rubric: Rubric
) -> tuple[StoredSession, StoredSession] | None:
    """Which two to compare, the earlier first: those given, filled up with what fits best.

    To one session belongs the one before it of the same person and team, else the next one of
    theirs, else any other; to none, the newest.
    """
    fitting = [s for s in finished if s.session.rubric.id == rubric.id]
    if len(given) < 2:
        anchor = given[0] if given else (fitting[0] if fitting else None)
        others = [s for s in fitting if anchor and s.session.id != anchor.session.id]
        if anchor is None or not others:
            return None

        def fit(other: StoredSession) -> tuple[bool, bool, float]:
            gap = (anchor.session.started - other.session.started).total_seconds()
            return (who(other.session) != who(anchor.session), gap < 0, abs(gap))

        given = (anchor, min(others, key=fit))
    before, after = sorted(given[:2], key=recency)
    return before, after
