"""What to know of two rounds with names in which people could not be compared with themselves."""

from collections.abc import Iterable

from bt_assess.core.compared import Change, Compared
from bt_assess.core.team_change import same_people
from bt_assess.report.summary import number


def whole_teams_words(changes: Iterable[Change], before: Compared, after: Compared) -> str:
    """Why people of two rounds with names were not compared with themselves; empty where all were."""
    first, second = ([*item.shown.people] if item.shown else [] for item in (before, after))
    told = [change for change in changes if change.delta is not None]
    whole = sum(change.matched is None for change in told)
    if not (first and second and whole):
        return ""
    same = len(same_people(first, second))
    where = "" if whole == len(told) else f"In {number(whole)} of the themes, "
    head = f"{where}whole teams were compared"
    who = number(same) if same else "nobody"
    lines = (
        f"{head[:1].upper()}{head[1:]}: of {len(first)} people before and {len(second)} after, {who}"
        " gave the same name both times"
    )
    if 2 * same < max(len(first), len(second)):
        return f"{lines}. Mostly other people answered, and a change may come from that alone."
    return f"{lines}, and too few of these have a place both times."
