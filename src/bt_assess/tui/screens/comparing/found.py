"""What was found out of two, kept: no pair is worked out twice, whichever way it is looked at."""

from dataclasses import replace
from threading import Lock
from typing import TypeAlias

from bt_assess.core.compared import Change, Compared, change_of
from bt_assess.core.rubric import Rubric, RubricTheme

Pair: TypeAlias = tuple[str, int, int]
"""A theme, and who is before and after. By what they are, not by their ids: a session that was read
again may have other answers."""


class Found:
    """The changes of pairs, of one rubric. From any thread."""

    def __init__(self) -> None:
        self._changes: dict[Pair, Change] = {}
        self._of: list[tuple[Compared, Compared]] = []
        self._lock = Lock()

    def change(
        self, rubric: Rubric, theme: RubricTheme, before: Compared, after: Compared
    ) -> Change:
        """As `core.compared.change_of`. What is known is there at once, also turned round."""
        if known := self._known(theme, before, after):
            return known
        with self._lock:
            # Another thread may have found it meanwhile.
            if known := self._known(theme, before, after):
                return known
            found = change_of(rubric, theme, before, after)
            # They are held, so that nobody else gets their place in memory.
            self._of.append((before, after))
            self._changes[theme.id, id(before), id(after)] = found
        return found

    def knows(self, theme: RubricTheme, before: Compared, after: Compared) -> bool:
        """Whether the change is there at once."""
        return self._known(theme, before, after) is not None

    def _known(self, theme: RubricTheme, before: Compared, after: Compared) -> Change | None:
        if known := self._changes.get((theme.id, id(before), id(after))):
            return known
        back = self._changes.get((theme.id, id(after), id(before)))
        return turned(back) if back else None


def turned(change: Change) -> Change | None:
    """The change with before and after turned round; None where that has to be worked out anew."""
    before, after = change.after, change.before
    why_not = None
    if change.verdict is None:
        if change.delta is not None or change.why_not != (change.before.gap or change.after.gap):
            return None
        why_not = before.gap or after.gap
    delta = None if change.delta is None else 0.0 - change.delta
    return replace(change, before=before, after=after, delta=delta, why_not=why_not)
