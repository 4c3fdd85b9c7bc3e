"""rubric check, rubric show, rubric diff."""

from argparse import Namespace

from bt_assess.commands.desk import rubric_of
from bt_assess.commands.out import Refusal, say, say_json, tell, width
from bt_assess.core.rubric import MOST_FAULTS, Rubric
from bt_assess.core.rubric_diff import rubric_diff
from bt_assess.report.profile_json import rubric_object
from bt_assess.report.profile_text import grid_text
from bt_assess.report.rubric_diff_text import diff_object, diff_text
from bt_assess.report.summary import plural
from bt_assess.store.files import LONGEST_PATH, UnreadableFile, shortened
from bt_assess.store.rubric_file import FaultyRubric, load_rubric
from bt_assess.store.where import at_home

MOST_LINES = 200
"""How many faults are shown; the rest are counted."""


def run_check(arguments: Namespace) -> None:
    """Every fault of a rubric in one run."""
    file = arguments.file
    try:
        rubric = load_rubric(at_home(file))
    except FaultyRubric as error:
        # Without the program's name before it, as editors jump to 'FILE: line N'.
        for fault in error.faults[:MOST_LINES]:
            tell(f"{file}: {fault}")
        if (more := len(error.faults) - MOST_LINES) > 0:
            tell(f"{file}: and {more} more like these")
        count = plural(len(error.faults), "fault")
        at_least = "at least " if len(error.faults) >= MOST_FAULTS else ""
        raise Refusal(f"{file}: {at_least}{count}") from None
    except UnreadableFile as error:
        raise Refusal(f"{shortened(file, LONGEST_PATH)}: {error.why}") from None
    counts = [
        plural(len(rubric.themes), "theme"),
        plural(sum(len(theme.strands) for theme in rubric.themes), "strand"),
        plural(len(rubric.statements), "statement"),
        plural(sum(len(theme.points) for theme in rubric.themes), "breakthrough point"),
    ]
    say(f"{file}: no faults, well done. {rubric.id} {rubric.version}: {', '.join(counts)}.")


def run_show(arguments: Namespace) -> None:
    """The grid to read, or as JSON."""
    rubric = rubric_of(arguments)
    if arguments.json:
        say_json(rubric_object(rubric))
    else:
        say(grid_text(rubric, width()), end="")


def run_diff(arguments: Namespace) -> None:
    """What one rubric has otherwise than another; the one in use where only one is named."""
    if arguments.after is None:
        before, after = rubric_of(arguments), loaded(arguments.before)
    else:
        before, after = loaded(arguments.before), loaded(arguments.after)
    found = rubric_diff(before, after)
    if arguments.json:
        say_json(diff_object(before, after, found))
    else:
        say(diff_text(before, after, found, width()), end="")


def loaded(file: str) -> Rubric:
    """The rubric of a file. Raises Refusal, with every fault of a faulty one."""
    try:
        return load_rubric(at_home(file))
    except FaultyRubric as error:
        raise Refusal(*(f"{file}: {fault}" for fault in error.faults)) from None
    except UnreadableFile as error:
        raise Refusal(f"{shortened(file, LONGEST_PATH)}: {error.why}") from None
