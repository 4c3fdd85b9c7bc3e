"""What there is to choose: how a round and a kept comparison look in the list, what fits what."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from bt_assess.core.round import Round
from bt_assess.core.saved_comparison import SavedComparison
from bt_assess.report.summary import plural
from bt_assess.report.words import date_words
from bt_assess.store.finding import is_found
from bt_assess.store.round_file import StoredRound
from bt_assess.tui.comparing_flow import why_not_yet
from bt_assess.tui.screens.comparing.tabs import VIEWS


def round_line(round_: Round, why_not: str, width: int) -> Content:
    """When, what, whose; how many, or why it cannot be compared yet."""
    name = " · ".join(part for part in (round_.title, round_.team) if part)
    people = f"{round_.given_in} people{', with names' if round_.named else ''}"
    return _line(round_.created, name, why_not or people, width)


def kept_line(kept: SavedComparison, width: int) -> Content:
    """When it was kept, its name, and what it is."""
    parts = [VIEWS[kept.view][0].casefold(), f"{len(kept.what)} compared"]
    if kept.targets:
        parts.append(plural(len(kept.targets), "target"))
    return _line(kept.created, kept.name, " · ".join(parts), width)


def _line(when: date, name: str, behind: str, width: int) -> Content:
    room = max(10, width - 13 - 2 - len(behind))
    words = Content(name).truncate(room, ellipsis=True)
    gap = " " * max(0, room - words.cell_length)
    return Content.assemble(
        (f"{date_words(when):<13}", "$quiet"), words, gap, (f"  {behind}", "$quiet")
    )


def not_yet(stored: StoredRound, why: str) -> str:
    return f"{stored.round.title}: {why}. Its team sees it first, under Round."


def there_words(kept: int, rounds: int, sessions: int) -> str:
    """'2 kept · 6 rounds · 100 sessions': how many of each are in the list, as far as there are any."""
    parts = [f"{kept} kept"] if kept else []
    parts += [plural(n, what) for n, what in ((rounds, "round"), (sessions, "session")) if n]
    return " · ".join(parts) or "nothing found"


def has(wanted: Sequence[str], when: date, *texts: str) -> bool:
    """Whether every term is in a title, a team or a date, written either way."""
    return is_found(wanted, *texts, when.isoformat(), date_words(when))


def fitting(stored: StoredRound, rounds: Sequence[StoredRound]) -> StoredRound | None:
    """The round that fits one best: the one that it followed, else its team's nearest, else any."""
    round_ = stored.round
    others = [r for r in rounds if r.round.id != round_.id and not why_not_yet(r.round)]

    def fit(other: StoredRound) -> tuple[bool, bool, bool, int]:
        days = (round_.created - other.round.created).days
        return (
            other.round.id != round_.after, other.round.team != round_.team, days < 0, abs(days)
        )  # fmt: skip

    return min(others, key=fit, default=None)
