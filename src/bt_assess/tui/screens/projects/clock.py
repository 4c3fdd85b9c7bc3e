"""The time of a launch session: it says how long a block has gone on, and rings for nobody."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Clock:
    """A stopwatch for each block; one runs at a time."""

    running: str | None = None
    _since: datetime | None = None
    _gone: dict[str, timedelta] = field(default_factory=dict)

    def gone(self, block_id: str, now: datetime) -> timedelta:
        """How long a block has taken so far."""
        before = self._gone.get(block_id, timedelta())
        if self.running == block_id and self._since is not None:
            # A laptop's clock can be set back meanwhile.
            return before + max(now - self._since, timedelta())
        return before

    def turn(self, block_id: str, now: datetime) -> None:
        """Start this block's time, or stop it; another one that runs stops."""
        was = self.running
        if was is not None:
            self._gone[was] = self.gone(was, now)
        self.running, self._since = (None, None) if was == block_id else (block_id, now)

    def follow(self, block_id: str, now: datetime) -> None:
        """Where time runs, it runs for this block from here on."""
        if self.running is not None and self.running != block_id:
            self.turn(block_id, now)
