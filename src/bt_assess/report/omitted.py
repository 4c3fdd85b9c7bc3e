"""Statements that did not count in a change: which, and why, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bt_assess.core.compared import Change, Compared, gone
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Answer

_NOT_IN_USE = "in a theme that the version of the grid in use does not have"
_NEVER_APPLIED = "said not to apply, at one of the two times or both"


@dataclass(frozen=True, kw_only=True)
class Omitted:
    """Statements that did not count in a change, by id, and why."""

    why: str
    ids: tuple[str, ...]


def omitted(changes: Sequence[Change], before: Compared, after: Compared) -> tuple[Omitted, ...]:
    """What was left out of a change of two sessions or two rounds, all of it."""
    found: dict[str, list[str]] = {
        "in one version of the grid only": [i for c in changes for i in c.left_out.one_version]
    }
    for change in changes:
        for i in change.left_out.not_rated:
            found.setdefault(_not_rated(i, before, after), []).append(i)
    return tuple(Omitted(why=why, ids=tuple(ids)) for why, ids in found.items() if ids)


def _not_rated(statement_id: str, before: Compared, after: Compared) -> str:
    """Why a statement that both were asked is not compared."""
    if before.session and after.session:
        given = (each.answers.get(statement_id) for each in (before.session, after.session))
        return _NEVER_APPLIED if Answer.NOT_APPLICABLE in given else "not rated both times"
    said = [item.shown.statement(statement_id) for item in (before, after) if item.shown]
    silent = [each for each in said if not each.rated]
    if silent and all(each.not_applicable and not each.unknown for each in silent):
        return _NEVER_APPLIED
    if len(silent) == len(said):
        return "rated by nobody in either round"
    return "rated by nobody in one of the two rounds"


def left_out(
    rubric: Rubric, changes: Sequence[Change], before: Compared, after: Compared
) -> tuple[Omitted, ...]:
    """All that was left out of a change, by id: also what was answered of themes that are gone."""
    return (*omitted(changes, before, after), *of_gone_themes(rubric, before, after))


def of_gone_themes(rubric: Rubric, before: Compared, after: Compared) -> tuple[Omitted, ...]:
    """What was answered of themes that the version in use does not have."""
    ids = gone(rubric, (before, after))
    return (Omitted(why=_NOT_IN_USE, ids=ids),) if ids else ()
