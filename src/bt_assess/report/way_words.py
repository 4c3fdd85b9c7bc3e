"""How far a theme has come towards its target, in words: the same in text, reports and on screen."""

from dataclasses import dataclass

from bt_assess.core.compared import NEAR, OF_TWO, Change, Standing, WhyNot, progress
from bt_assess.report.change_words import gap_words


def progress_words(done: float | None) -> str:
    """'60 % of the way', 'further away than at first', 'there'."""
    if done is None:
        return "there is no way to measure"
    if round(done, 9) >= 1:
        return "reached"
    share = min(99, round(100 * done))
    return "further away than at first" if share < 0 else f"{share} % of the way"


@dataclass(frozen=True, kw_only=True)
class Way:
    """From the first to the last time of a person or a team, how far a theme is towards its target.

    `base` and `now` are the places of the change between these two, on what both were asked: else new
    statements would look like a way that was gone. `done` is None where one of the two has no place,
    where they have too little in common, and where the target was met at first: then there is no way
    to go.
    """

    theme_id: str
    target: float
    base: Standing
    now: Standing
    done: float | None
    gap: WhyNot | None = None

    @property
    def words(self) -> str:
        """'40 % of the way', or why that cannot be told."""
        if self.done is not None:
            return progress_words(self.done)
        if self.gap is not None and self.gap in OF_TWO:
            return f"no way to measure: {gap_words(self.gap)}"
        gaps = [
            f"{gap_words(side.gap)} {when}"
            for side, when in ((self.base, "at first"), (self.now, "now"))
            if side.gap
        ]
        if gaps:
            return f"no way to measure: {', '.join(gaps)}"
        if self.is_there:
            return "it was there at first, and is now"
        return "it was there at first, and is not now"

    @property
    def is_there(self) -> bool:
        """Whether the target is reached now."""
        now = self.now.position
        return now is not None and round(now - self.target + NEAR, 9) > 0


def way(change: Change, target: float) -> Way:
    """How far a theme has come towards a target, from the one time of a change to the other."""
    base, now = change.before, change.after
    done = None
    # A target is to be risen to: whoever began at it or above it has no way to go.
    if change.delta is not None and base.position is not None and base.position < target:
        done = progress(base.position, now.position, target)
    gap = change.why_not if change.delta is None else None
    return Way(theme_id=change.theme_id, target=target, base=base, now=now, done=done, gap=gap)
