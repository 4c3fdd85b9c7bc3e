"""The key gate: a terminal's late reply or a paste never counts as an answer.

Such text arrives as key presses within a millisecond or two; fingers need more than 30.
"""

from collections.abc import Callable

from textual import events
from textual._time import get_time

QUIET = 0.030
"""Seconds without another key before one counts."""


class KeyGate:
    """Holds each key until the quiet after it shows that a person pressed it."""

    def __init__(
        self,
        *,
        admit: Callable[[events.Key], object],
        refuse: Callable[[int], None],
        after: Callable[[float, Callable[[], None]], object],
    ) -> None:
        self._admit = admit
        self._refuse = refuse
        self._after = after
        self._held: list[events.Key] = []
        self._passed: list[events.Key] = []

    @property
    def holds_one(self) -> bool:
        return len(self._held) == 1

    def has_passed(self, key: events.Key) -> bool:
        """Whether this is a key that was let through; asked once of each.

        Several can be on their way at once, when the app was busy for a moment.
        """
        before = len(self._passed)
        self._passed = [passed for passed in self._passed if passed is not key]
        return len(self._passed) < before

    def feed(self, key: events.Key) -> None:
        """Take in a key. What came before it is decided by when keys were sent, not by when the
        app came round to them, so that a busy moment refuses nobody."""
        if self._held and key.time - self._held[-1].time >= QUIET:
            self._decide()
        self._held.append(key)
        self._after(QUIET, self._settle)

    def _settle(self) -> None:
        if not self._held:
            return
        left = self._held[-1].time + QUIET - get_time()
        if left <= 0:
            self._decide()
        else:
            self._after(left, self._settle)

    def _decide(self) -> None:
        held, self._held = self._held, []
        if len(held) == 1:
            self._passed += held
            self._admit(held[0])
        else:
            self._refuse(len(held))
