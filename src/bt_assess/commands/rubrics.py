"""rubric check, rubric show."""

from argparse import Namespace
from pathlib import Path

from bt_assess.commands.desk import Refusal, rubric_of, say, say_json, width
from bt_assess.report.profile_json import rubric_object
from bt_assess.report.profile_text import grid_text
from bt_assess.store.files import UnreadableFile
from bt_assess.store.rubric_file import FaultyRubric, load_rubric


def run_check(arguments: Namespace) -> None:
    """Every fault of a rubric in one run."""
    path = Path(arguments.file).expanduser()
    try:
        rubric = load_rubric(path)
    except FaultyRubric as error:
        raise Refusal(*(f"{arguments.file}: {fault}" for fault in error.faults)) from None
    except UnreadableFile as error:
        raise Refusal(f"{arguments.file}: {error.why}") from None
    strands = sum(len(theme.strands) for theme in rubric.themes)
    points = sum(len(theme.points) for theme in rubric.themes)
    say(
        f"{arguments.file}: no faults. {rubric.id} {rubric.version}: {len(rubric.themes)} themes,"
        f" {strands} strands, {len(rubric.statements)} statements, {points} breakthrough points."
    )


def run_show(arguments: Namespace) -> None:
    """The grid to read, or as JSON."""
    rubric = rubric_of(arguments)
    if arguments.json:
        say_json(rubric_object(rubric))
    else:
        say(grid_text(rubric, width()), end="")
