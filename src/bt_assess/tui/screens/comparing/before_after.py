"""Before and after: a line for each theme, and what to know before reading anything into it."""

from collections.abc import Sequence

from textual.content import Content

from bt_assess.core.compared import OF_TWO, Change
from bt_assess.report.change_words import (
    change_words,
    gap_words,
    matched_words,
    too_few_words,
)
from bt_assess.report.compare_notes import (
    people_words,
    rounded_changes,
    same_days_words,
    unlike_words,
)
from bt_assess.report.omitted import left_out as all_left_out
from bt_assess.report.omitted import of_gone_themes, omitted
from bt_assess.report.summary import plural
from bt_assess.report.whole_teams import whole_teams_words
from bt_assess.report.words import date_words
from bt_assess.tui.screens.comparing.subject import Subject, told_apart
from bt_assess.tui.screens.comparing.words import (
    TARGET,
    change_style,
    left_out_of,
    legend,
    one_line_on_alarms,
    padded,
    spaced_change,
    standing_words,
    target_short,
)
from bt_assess.tui.widgets.theme_tracks import NAME
from bt_assess.tui.widgets.track import axis, change_track, worded_track

VERDICT = 23
"""Width of the change and its verdict behind a track, in cells."""
AIM = 14
"""Width of the target and how far it is, where there is one and room for it."""
SLIM = 56
"""Below this width a verdict is one word."""
NARROW = 64
"""Below this width a target is told of below the tracks only."""
ROOMY = 90
"""Below this width a target takes the room that a verdict would need for more than a word."""


def no_change(subject: Subject) -> str:
    """Said in the place of a change where there can be none."""
    more = "" if subject.is_one else " Side by side (3) shows where each stands."
    return f"{subject.why_no_change}{more}"


def found_changes(subject: Subject) -> tuple[Change, ...]:
    return subject.changes(subject.before, subject.after)


def head(subject: Subject, width: int) -> Content:
    """The stages' names over the tracks."""
    return Content.assemble(" " * NAME, axis(_room(subject, width)))


def line(subject: Subject, change: Change, width: int) -> Content:
    """A theme before ○ and after ●, its target ◇, and what came of it."""
    room = _room(subject, width)
    name = padded(Content.styled(subject.rubric.theme(change.theme_id).short, "bold"), NAME)
    before, after = change.before, change.after
    aim = subject.way(change.theme_id)
    style = change_style(change)
    is_short = _is_short(subject, width)
    if change.delta is None and is_short:
        # No room to say it both in the track and behind it.
        room += _verdict(subject, width)
        picture = worded_track(room, change_words(change), "$quiet")
    elif before.position is None or after.position is None or change.delta is None:
        picture = worded_track(room, _instead(change, room), "$quiet")
    else:
        picture = change_track(
            room, before.position, after.position, style, target=aim.target if aim else None
        )
    parts = [name, picture]
    if change.delta is not None or not is_short:
        said = spaced_change(change)
        words = Content.styled(_in_short(said) if is_short else said, style)
        parts += [Content("  "), padded(words, _verdict(subject, width) - 2)]
    if aim is not None and width >= NARROW:
        # Of other times than the row it would be read as theirs: the words below say of which.
        far = target_short(aim) if subject.is_of_way else ""
        words_ = f" {TARGET} {aim.target:.1f} {far:>7}"
        parts.append(padded(Content.styled(words_, "$accent"), AIM))
    return Content.assemble(*parts)


def _room(subject: Subject, width: int) -> int:
    aim = AIM if subject.targets and width >= NARROW else 0
    return max(8, width - NAME - _verdict(subject, width) - aim)


def _is_short(subject: Subject, width: int) -> bool:
    """Whether verdicts are short, so that the tracks have room; targets take some of it."""
    return width < SLIM or (bool(subject.targets) and NARROW <= width < ROOMY)


def _verdict(subject: Subject, width: int) -> int:
    return 13 if _is_short(subject, width) else VERDICT


def _in_short(said: str) -> str:
    """'+0.6 clear', '+0.1 noise': the same where room is short."""
    for words, word in (
        ("within noise", "noise"),
        ("clear change", "clear"),
        ("too few to tell", "?"),
    ):
        said = said.replace(words, word)
    return " ".join(said.split()) if said[:1] != " " else " " + " ".join(said.split())


def _instead(change: Change, room: int) -> str:
    """What stands in the track of a theme that cannot be compared as a whole."""
    gap = change.why_not
    words = change_words(change) if gap in OF_TWO else gap_words(gap) if gap else "no place"
    more = f"{words}: see what moved"
    return more if len(more) <= room - 6 else words


def about(subject: Subject, found: Sequence[Change], theme_id: str | None, width: int) -> Content:
    """Below the tracks: who is before and after, the marked theme, and what to beware of."""
    pair = (subject.before, subject.after)
    names = told_apart(pair)
    parts, remarks = [legend("○●", list(names.values()), width)], _remarks(subject, found)
    if (change := next((c for c in found if c.theme_id == theme_id), None)) is not None:
        parts.append(_theme(subject, change))
        if rounded := rounded_changes([change]):
            remarks.append(rounded)
    parts += [Content.styled(words, "$quiet") for words in remarks]
    return Content("\n\n").join([parts[0], *parts[1:2], Content("\n").join(parts[2:])])


def _theme(subject: Subject, change: Change) -> Content:
    theme = subject.rubric.theme(change.theme_id)
    parts: list[Content | str | tuple[str, str]] = [(theme.name, "bold"), "   "]
    if change.why_not in OF_TWO:
        parts.append((gap_words(change.why_not), "$quiet"))
    for side, between in ((change.before, " → "), (change.after, "")):
        if side.gap in OF_TWO:
            continue
        gap = side.gap
        parts += [standing_words(side) if gap is None else (gap_words(gap), "$quiet"), between]
    if change.matched is not None:
        parts.append((f"   {people_words(change.matched)}", "$quiet"))
    lines = [Content.assemble(*parts)]
    if (aim := subject.way(change.theme_id)) is not None:
        words, since = aim.words, ""
        if subject.is_turned:
            words = "not judged while the two are swapped"
        elif not subject.is_of_way:
            first, last = subject.now_course[0], subject.now_course[-1]
            since = f", {date_words(first.when)} → {date_words(last.when)}"
        lines.append(
            Content.assemble(
                (f"{TARGET} {aim.target:.1f}  ", "$accent"), ("target: ", "$quiet"), words,
                (since, "$quiet"),
            )
        )  # fmt: skip
    return Content("\n").join(lines)


def _remarks(subject: Subject, found: Sequence[Change]) -> list[str]:
    remarks = []
    told = [c for c in found if c.delta is not None]
    if not told:
        remarks.append("No theme can be compared as a whole: see what moved (4).")
    elif not any(c.stands_out for c in told) and any(c.verdict for c in told):
        remarks.append(
            "No theme moved more than chance would make it: read this as 'about the same'."
        )
    if alarms := one_line_on_alarms(found):
        remarks.append(alarms)
    if subject.is_turned:
        remarks.append("'Before' is the later time: x swaps them back. A report goes by date.")
    whole = whole_teams_words(found, subject.before, subject.after)
    one_day = same_days_words((subject.before, subject.after))
    others = (
        one_day and f"{one_day} x swaps them.",
        too_few_words(found),
        matched_words(found),
        whole,
        unlike_words(subject.rubric, found),
    )
    remarks += [words for words in others if words]
    if count := left_out_of(subject, found):
        remarks.append(_left_out_words(subject, found, count))
    return remarks


def _left_out_words(subject: Subject, found: Sequence[Change], count: int) -> str:
    statements = plural(count, "statement")
    why = [each.why for each in all_left_out(subject.rubric, found, subject.before, subject.after)]
    if why == ["not rated both times"]:
        each = "it was" if count == 1 else "they were"
        return f"{statements} left out, as {each} not rated both times: l lists them."
    return f"{statements} left out: l lists them, and says why."


def left_out(subject: Subject, found: Sequence[Change]) -> list[tuple[str, list[str]]]:
    """The statements that were left out, as (why, texts), theme by theme."""
    known = subject.rubric.statements
    groups = []
    for change in found:
        theme = subject.rubric.theme(change.theme_id).short
        for out in omitted([change], subject.before, subject.after):
            texts = [known[i].text if i in known else f"{i} (not in this grid)" for i in out.ids]
            groups.append((f"{theme}: {out.why}", texts))
    of_gone = of_gone_themes(subject.rubric, subject.before, subject.after)
    return [*groups, *((f"{out.why[:1].upper()}{out.why[1:]}", list(out.ids)) for out in of_gone)]
