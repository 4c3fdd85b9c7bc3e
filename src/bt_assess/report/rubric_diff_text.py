"""The differences between two versions of a rubric, as text and as JSON."""

from typing import Any

from bt_assess.core.rubric import Rubric, Statement, is_newer
from bt_assess.core.rubric_diff import Pair, RubricDiff
from bt_assess.report.profile_json import JSON_FORMAT
from bt_assess.report.profile_text import wrapped


def diff_text(before: Rubric, after: Rubric, found: RubricDiff, width: int) -> str:
    """What is different, most weighty first. `width` in characters."""
    lines = wrapped(
        f"{before.id} {before.version} -> {after.id} {after.version}: {before.title}", width
    )
    if before.id != after.id:
        lines += wrapped("These are two rubrics, not two versions: sessions of one cannot be"
                         " compared with sessions of the other.", width)  # fmt: skip
    if found.is_empty:
        lines += ["", *wrapped("Nothing is different in what they hold.", width)]
    for heading, ids in (
        ("Themes added", found.themes_added),
        ("Themes gone", found.themes_gone),
        ("Themes with other names, summaries or subjects", found.themes_changed),
    ):
        lines += [*_heading(heading, width), *(f"  - {i}" for i in ids)] if ids else []
    for heading, statements in (("Statements added", found.added), ("Statements gone", found.gone)):
        lines += _heading(f"{heading}: {len(statements)}", width) if statements else []
        for statement in statements:
            lines += _entry(statement.id, statement.text, width)
    if is_newer(after.version, before.version) and any(not s.since for s in found.added):
        lines += wrapped(
            f'Give each that was added: since = "{after.version}". Without it, older sessions count'
            " as having skipped it.",
            width,
        )
    lines += _moved(found, width)
    if found.reworded:
        lines += _heading(f"Reworded, with the same id: {len(found.reworded)}", width)
        lines += wrapped("Answers to them stay comparable. A statement that means something else"
                         " needs an id of its own.", width, "  ")  # fmt: skip
    for pair in found.reworded:
        lines += [f"  - {pair.after.id}"]
        lines += wrapped(pair.before.text, width, "    was  ")
        lines += wrapped(pair.after.text, width, "    is   ")
    if found.lasting:
        lines += _heading("Marks of lasting statements, which change how they are scored", width)
    for pair in found.lasting:
        now = "lasting now" if pair.after.lasting else "not any more"
        lines += wrapped(f"{pair.after.id}: {now}", width, "  - ")
    if found.explained:
        lines += _heading("With another explanation, or for others", width)
        lines += [f"  - {pair.after.id}" for pair in found.explained]
    for heading, points in (
        ("Breakthrough points added", found.points_added),
        ("Breakthrough points gone", found.points_gone),
    ):
        lines += _heading(f"{heading}: {len(points)}", width) if points else []
        for point in points:
            lines += _entry(point.id, point.text, width)
    if found.points_changed:
        lines += _heading(f"Breakthrough points changed: {len(found.points_changed)}", width)
    for old, new in found.points_changed:
        lines += [f"  - {new.id}"]
        if old.text != new.text:
            lines += wrapped(old.text, width, "    was  ") + wrapped(new.text, width, "    is   ")
        if old.strands != new.strands:
            subjects = f"{', '.join(old.strands)} -> {', '.join(new.strands)}"
            lines += wrapped(f"subjects: {subjects}", width, "    ")
    if found.order:
        lines += _heading("What both have comes in another order.", width)
    return "\n".join(lines) + "\n"


def _heading(words: str, width: int) -> list[str]:
    return ["", *wrapped(words, width)]


def _entry(entry_id: str, text: str, width: int) -> list[str]:
    return [f"  - {entry_id}", *wrapped(text, width, "    ")]


def _moved(found: RubricDiff, width: int) -> list[str]:
    lines = _heading(f"Moved: {len(found.moved)}", width) if found.moved else []
    for pair in found.moved:
        old, new = pair.before, pair.after
        if old.id == new.id:
            lines += wrapped(f"{new.id}: subject {old.strand} -> {new.strand}", width, "  - ")
        else:
            lines += wrapped(
                f"{old.id} -> {new.id}: the same words under another id", width, "  - "
            )
    return lines


def diff_object(before: Rubric, after: Rubric, found: RubricDiff) -> dict[str, Any]:
    """The same for programs."""
    return {
        "format": JSON_FORMAT,
        "before": {"id": before.id, "version": before.version},
        "after": {"id": after.id, "version": after.version},
        "same": found.is_empty,
        "themes": {
            "added": list(found.themes_added),
            "gone": list(found.themes_gone),
            "changed": list(found.themes_changed),
        },
        "statements": {
            "added": [_statement(s) for s in found.added],
            "gone": [_statement(s) for s in found.gone],
            "moved": [_pair(pair) for pair in found.moved],
            "reworded": [_pair(pair) for pair in found.reworded],
            "lasting": [_pair(pair) for pair in found.lasting],
            "explained": [pair.after.id for pair in found.explained],
            "order": found.order,
        },
        "points": {
            "added": [point.model_dump(mode="json") for point in found.points_added],
            "gone": [point.model_dump(mode="json") for point in found.points_gone],
            "changed": [
                {"before": old.model_dump(mode="json"), "after": new.model_dump(mode="json")}
                for old, new in found.points_changed
            ],
        },
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {"before": _statement(pair.before), "after": _statement(pair.after)}


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "strand": statement.strand,
        "lasting": statement.lasting,
        "text": statement.text,
    }
