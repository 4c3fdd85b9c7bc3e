"""Keeping a comparison under a name; another name; forgetting it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial

from textual.screen import Screen

from bt_assess.core.compared import Compared
from bt_assess.core.saved_comparison import MOST_COMPARED, Ref, View
from bt_assess.report.summary import plural
from bt_assess.store.comparisons import (
    ComparisonsFolder,
    Forgotten,
    NameTaken,
    StoredComparison,
)
from bt_assess.store.files import UnreadableFile, reason
from bt_assess.tui.desk import Desk
from bt_assess.tui.screens.comparing.dialogs import NameIt
from bt_assess.tui.screens.comparing.subject import Subject
from bt_assess.tui.screens.confirm import Confirm


def refs(subject: Subject) -> tuple[Ref, ...]:
    """What is compared, as it is written down: before first, after last."""
    between = [i for i in subject.items if i is not subject.before and i is not subject.after]
    ordered = (subject.before, *between, subject.after)
    return tuple(Ref(kind=item.kind, id=item.id) for item in ordered)


def absent(stored: StoredComparison | None, items: Sequence[Compared]) -> tuple[Ref, ...]:
    """What a kept comparison is of besides these: it could not be found, and may come back."""
    there = {(item.kind, item.id) for item in items}
    what = stored.comparison.what if stored is not None else ()
    return tuple(ref for ref in what if (ref.kind, ref.id) not in there)


def kept_words(stored: StoredComparison, missing: Sequence[Ref]) -> str:
    """That it is kept, and what else is kept with it."""
    still = len(set(missing).intersection(stored.comparison.what))
    words = f"Kept as '{stored.comparison.name}': see Choose, c."
    if still:
        stays = "stays part of it" if still == 1 else "stay part of it"
        words += f" {plural(still, 'thing')} that cannot be found now {stays}."
    return words


def ask_for_name(
    page: Screen[None],
    desk: Desk,
    subject: Subject,
    view: View,
    stored: StoredComparison | None,
    then: Callable[[StoredComparison | None], None],
    *,
    missing: Sequence[Ref] = (),
    is_leaving: bool = False,
) -> None:
    """Ask what to call a comparison and write it down; `then` gets it, or nothing.

    In the place of what was kept, those `missing` that are part of it stay so.
    """
    if len(subject.items) > MOST_COMPARED:
        page.notify(f"At most {MOST_COMPARED} can be kept together.", markup=False)
        return
    kept: list[StoredComparison] = []

    def keep(name: str) -> None:
        found = refs(subject)
        kept.append(_written(desk, name, found, subject.targets, view, stored, missing))

    text = "It is found again under Choose, with its targets. Results are worked out afresh."
    if is_leaving:
        text = "The targets are not saved yet. Under a name they are found again, under Choose."
    page.app.push_screen(
        NameIt(
            "Keep this comparison", text, stored.comparison.name if stored else "", partial(_fault, keep),
            leave="Leave without" if is_leaving else "Back",
        ),
        lambda _: then(kept[-1] if kept else None),
    )  # fmt: skip


def kept_targets(
    page: Screen[None], desk: Desk, stored: StoredComparison, targets: Mapping[str, float]
) -> StoredComparison:
    """A comparison that has a name keeps its targets as they are set."""
    try:
        return ComparisonsFolder(desk.where.path).save(
            stored, stored.comparison.changed(targets=dict(targets))
        )
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else getattr(error, "why", str(error))
        page.notify(f"The targets are not saved: {why}.", severity="warning", markup=False)
        return stored


def rename(page: Screen[None], desk: Desk, stored: StoredComparison) -> None:
    """Ask for another name."""

    def keep(name: str) -> None:
        folder = ComparisonsFolder(desk.where.path)
        folder.save(stored, stored.comparison.changed(name=name))

    title, text = "Rename", "Another name for this comparison."
    page.app.push_screen(NameIt(title, text, stored.comparison.name, partial(_fault, keep)))


def delete(
    page: Screen[None], desk: Desk, stored: StoredComparison, then: Callable[[], None]
) -> None:
    """Ask first, then forget it."""

    def decide(yes: bool | None) -> None:
        if not yes:
            return
        try:
            ComparisonsFolder(desk.where.path).remove(stored)
        except OSError as error:
            words = f"That did not work: {reason(error)}."
            page.notify(words, severity="warning", markup=False)
        then()

    text = f"'{stored.comparison.name}' is forgotten, with its targets. What it compares stays."
    page.app.push_screen(Confirm("Delete this comparison?", text, "Delete"), decide)


def _fault(keep: Callable[[str], None], name: str) -> str:
    """What keeps a name from being written; empty where it was."""
    try:
        keep(name)
    except Forgotten:
        return "It has been deleted meanwhile."
    except UnreadableFile as fault:
        return f"Not saved: {fault.why}."
    except NameTaken:
        return "There is a comparison of that name already. Choose another name."
    except ValueError:
        return "That cannot be its name."
    except OSError as error:
        return f"Not saved: {reason(error)}."
    return ""


def _written(
    desk: Desk,
    name: str,
    what: Sequence[Ref],
    targets: Mapping[str, float],
    view: View,
    stored: StoredComparison | None,
    missing: Sequence[Ref],
) -> StoredComparison:
    """In the place of the one it came from, when its name stays; else as a new one."""
    folder = ComparisonsFolder(desk.where.path)
    if stored is not None and stored.comparison.name == name:
        all_of_it = _with_missing(tuple(what), stored.comparison.what, missing)
        changed = stored.comparison.changed(what=all_of_it, targets=dict(targets), view=view)
        # Deleted in another window, and wanted here: it is kept anew.
        with suppress(Forgotten):
            return folder.save(stored, changed)
    return folder.new(name, what, today=desk.now().date(), view=view, targets=targets)


def _with_missing(
    what: tuple[Ref, ...], kept: tuple[Ref, ...], missing: Sequence[Ref]
) -> tuple[Ref, ...]:
    """`what` and those missing that were kept, in their old places where nothing else has changed."""
    gone = tuple(ref for ref in missing if ref in kept and ref not in what)
    if what == tuple(ref for ref in kept if ref not in gone):
        return kept
    return (*what[:-1], *gone, what[-1])[:MOST_COMPARED]
