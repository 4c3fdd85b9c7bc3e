"""The command line: arguments in, exit codes out."""

from __future__ import annotations

import os
import sys

from bt_assess import __version__

# Type checkers take this name for true; importing it would cost as much as the rest here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path

MOST_LINES = 200
DONE, WRONG_INPUT, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run `bt-assess` with these arguments; the exit code."""
    try:
        _let_any_text_out()
        code = _answer(list(sys.argv[1:] if argv is None else argv))
        _write_out()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read has seen enough.
        from bt_assess.commands.out import abandon_stdout

        abandon_stdout()
        return DONE
    except Exception as error:
        return _explain(error)
    return code


def _answer(words: list[str]) -> int:
    # Before anything is parsed or imported: people and scripts ask this to see that all is well.
    if words in (["--version"], ["-V"]):
        _write_out(f"bt-assess {__version__}\n")
        return DONE
    from bt_assess.commands.arguments import parser

    try:
        arguments = parser().parse_args(words)
    except SystemExit as end:
        return int(end.code or 0)
    return _run(arguments)


def _run(arguments: Namespace) -> int:
    import importlib

    from bt_assess.store.where import find_folder

    arguments.where = find_folder(arguments.sessions, os.environ, _here())
    # os.path: for any name, where Path's own raises for those too long.
    if os.path.isfile(arguments.where.path):  # noqa: PTH113
        from bt_assess.commands.out import Refusal

        raise Refusal(f"{arguments.where.path}: is a file, not a folder of sessions")
    if arguments.run is None:
        return _open_app(arguments)
    module, function = arguments.run
    getattr(importlib.import_module(f"bt_assess.commands.{module}"), function)(arguments)
    return DONE


def _here() -> Path:
    from pathlib import Path

    try:
        return Path.cwd()
    except OSError:
        from bt_assess.commands.out import Refusal

        raise Refusal("the folder you started from is not there any more") from None


def _explain(error: Exception) -> int:
    """One line for what is wrong with the input; for a fault of ours, where it is, never values."""
    from bt_assess.commands.out import Refusal, tell

    if isinstance(error, Refusal):
        for line in error.lines[:MOST_LINES]:
            tell(f"bt-assess: {line}")
        if (more := len(error.lines) - MOST_LINES) > 0:
            tell(f"bt-assess: and {more} more like these")
        return WRONG_INPUT
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{os.path.basename(at.tb_frame.f_code.co_filename)}:{at.tb_lineno}" if at else "?"  # noqa: PTH119
    tell(f"bt-assess: a fault of its own ({type(error).__name__} at {place})")
    return WRONG_INPUT


def _write_out(text: str = "") -> None:
    """This and what is left in the buffer. Raises Refusal where the output takes no more."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from bt_assess.commands.out import not_written

        raise not_written(error) from None


def _open_app(arguments: Namespace) -> int:
    from bt_assess.commands.terminal import no_terminal

    if arguments.plain:
        from bt_assess.commands.plain import run_plain

        run_plain(arguments)
        return DONE
    if why := no_terminal():
        from bt_assess.commands.out import tell

        tell(f"bt-assess: {why}; 'bt-assess --plain' works without, and see --help")
        return WRONG_USE
    from bt_assess.tui.start import run_app

    rubric = None
    if arguments.rubric:
        from bt_assess.commands.desk import rubric_of

        rubric = rubric_of(arguments)
    return run_app(arguments.where.path, arguments.where.why, rubric)


def _let_any_text_out() -> None:
    """A name in a script that the terminal's encoding lacks is shown as '?', and is no crash."""
    for stream in (sys.stdout, sys.stderr):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="replace")
