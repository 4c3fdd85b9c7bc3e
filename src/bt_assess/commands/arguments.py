"""What can be typed after `bt-assess`, and what it leads to."""

import argparse
from typing import Any, NoReturn

from bt_assess import __version__

WRONG_USE = 2

_SESSION = "a file, an id, the start of an id, or 'latest'"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        from bt_assess.commands.out import tell

        tell(f"{self.prog}: {message}; '{self.prog} --help' explains")
        self.exit(WRONG_USE)


def parser() -> argparse.ArgumentParser:
    """The arguments of every command; `run` names its module and function, None opens the app."""
    top = _Parser(
        prog="bt-assess",
        description="Find out where an organisation stands on the breakthrough model.",
        epilog=_examples(
            "bt-assess",
            "bt-assess --plain",
            "bt-assess --sessions ~/assessments",
            "bt-assess show latest",
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", "-V", action="version", version=f"bt-assess {__version__}")
    top.add_argument(
        "--plain", action="store_true", help="lines and prompts, for screen readers; no pictures"
    )
    _common(top, None)
    top.set_defaults(run=None)
    commands = top.add_subparsers(metavar="COMMAND", title="commands", parser_class=_Parser)
    _result_commands(commands)
    _compare_commands(commands)
    _sheet_commands(commands)
    _report_command(commands)
    _rubric_commands(commands)
    _round_commands(commands)
    _planning_commands(commands)
    return top


def _result_commands(commands: Any) -> None:
    _add(commands, "where", ("results", "run_where"),
         "Say which sessions folder and which rubric are in use.", "bt-assess where")  # fmt: skip
    found = _add(commands, "list", ("results", "run_list"),
                 "List the sessions, newest first, and files that cannot be used.",
                 "bt-assess list", "bt-assess list --json", "bt-assess list --archived")  # fmt: skip
    found.add_argument("--archived", action="store_true", help="those that were put aside instead")
    found.add_argument("--json", action="store_true", help="for programs")
    show = _add(commands, "show", ("results", "run_show"),
                "Show a session's result: where each theme stands, why, and what next.",
                "bt-assess show latest", "bt-assess show k3f9 --json")  # fmt: skip
    show.add_argument("session", metavar="SESSION", help=_SESSION)
    show.add_argument("--json", action="store_true", help="for programs")
    reseal = _add(commands, "reseal", ("resealing", "run_reseal"),
                  "Accept a file that was changed by hand on purpose: a session's, a plan's, a"
                  " project's.",
                  "bt-assess reseal sessions/2026-11-21-k3f9ab2c.toml",
                  "bt-assess reseal sessions/plans/2026-11-21-k3f9ab2c.toml")  # fmt: skip
    reseal.add_argument("file", metavar="FILE", type=_path, help="the file")
    reseal.add_argument("--yes", action="store_true", help="do not ask")


def _compare_commands(commands: Any) -> None:
    compare = _add(commands, "compare", ("comparing", "run_compare"),
                   "Compare sessions and rounds: change told from noise. Two of one person or team are"
                   " before and after (the earlier is before), more are a trend; different people or"
                   " teams stand side by side.",
                   "bt-assess compare k3f9 latest", "bt-assess compare k3f9 p7ab --json",
                   "bt-assess compare round:spring round:autumn --save 'Our year'",
                   "bt-assess compare 'Our year' --target leadership=2.5")  # fmt: skip
    compare.add_argument(
        "words", nargs="+", metavar="WHAT",
        help="sessions and rounds as 'show' and 'round show' take them, with 'session:' or 'round:'"
        " before those that could be both; or the name of a saved comparison",
    )  # fmt: skip
    compare.add_argument("--save", metavar="NAME", help="keep the comparison under a name")
    compare.add_argument(
        "--target", action="append", default=[], metavar="THEME=POSITION",
        help="where a theme is to get to, 1 to 3; once for each theme",
    )  # fmt: skip
    compare.add_argument("--json", action="store_true", help="for programs")
    compare.add_argument(
        "--passphrase-fd", type=int, action="append", metavar="N",
        help="read a round's passphrase from file descriptor N; once for each round, in their order",
    )  # fmt: skip
    known = _add(commands, "comparisons", ("comparing", "run_comparisons"),
                 "List the comparisons that were saved under a name.", "bt-assess comparisons",
                 "bt-assess comparisons --forget 'Our year'")  # fmt: skip
    known.add_argument("--forget", metavar="NAME", help="delete this one; what it compares stays")
    known.add_argument("--json", action="store_true", help="for programs")
    upgrade = _add(commands, "upgrade", ("upgrading", "run_upgrade"),
                   "Carry a session to a newer version of its rubric; a copy of it is kept.",
                   "bt-assess upgrade latest", "bt-assess upgrade k3f9 --to my-grid.toml --yes")  # fmt: skip
    upgrade.add_argument("session", metavar="SESSION", help=_SESSION)
    upgrade.add_argument(
        "--to", metavar="RUBRIC", type=_path, help="the newer rubric; without it, the one in use"
    )
    upgrade.add_argument("--yes", action="store_true", help="do not ask")


def _sheet_commands(commands: Any) -> None:
    form = _add(commands, "form", ("sheets", "run_form"),
                "Print an empty answer sheet (CSV) to fill in elsewhere.",
                "bt-assess form > sheet.csv", "bt-assess form -o sheet.csv")  # fmt: skip
    _output(form)
    taken = _add(commands, "import", ("sheets", "run_import"),
                 "Turn a filled answer sheet into a session. Answers are words (not, partly, mostly,"
                 " fully, unknown, not-applicable) or keys (1 2 3 4 d x).",
                 "bt-assess import sheet.csv --respondent 'Area manager' --team Housing")  # fmt: skip
    taken.add_argument("file", metavar="FILE.csv", type=_path, help="the answer sheet")
    taken.add_argument("--respondent", metavar="NAME", required=True, help="who answered")
    taken.add_argument("--team", metavar="NAME", default="", help="their team or organisation")
    export = _add(commands, "export", ("sheets", "run_export"),
                  "Write sessions as CSV or JSON; without SESSION, all of them.",
                  "bt-assess export -o all.csv", "bt-assess export latest --json")  # fmt: skip
    export.add_argument("sessions_named", nargs="*", metavar="SESSION", help=_SESSION)
    kind = export.add_mutually_exclusive_group()
    kind.add_argument("--csv", action="store_true", help="for spreadsheets (unless told otherwise)")
    kind.add_argument("--json", action="store_true", help="for programs")
    _output(export)


def _report_command(commands: Any) -> None:
    report = _add(commands, "report", ("reports", "run_report"),
                  "Write a report to read, print and pass on: of a session, a round, a"
                  " comparison, a plan, or a project.",
                  "bt-assess report latest -o result.html", "bt-assess report round:latest --pdf -o round.pdf",
                  "bt-assess report k3f9 p7ab -o change.xlsx")  # fmt: skip
    report.add_argument(
        "words", nargs="+", metavar="WHAT",
        help="a session or a round as 'show' and 'round show' take them, 'round:latest', or a saved"
        " comparison's name; two or more sessions or rounds are compared; 'plan:latest', or a plan's or"
        " a project's id or title",
    )  # fmt: skip
    kind = report.add_mutually_exclusive_group()
    for name, what in (
        ("html", "one file for any browser"), ("md", "Markdown, for wikis"),
        ("xlsx", "a workbook for Excel and LibreOffice"), ("csv", "for analysts"),
        ("json", "for programs"), ("pdf", "A4 to print; needs bt-assess[pdf]"),
    ):  # fmt: skip
        kind.add_argument(
            f"--{name}", dest="format", action="store_const", const=name, help=what
        )  # fmt: skip
    _output(report)
    report.add_argument(
        "--passphrase-fd", type=int, action="append", metavar="N",
        help="read a round's passphrase from file descriptor N; once for each round, in their order",
    )  # fmt: skip


def _rubric_commands(commands: Any) -> None:
    rubric = _add(commands, "rubric", ("rubrics", "run_show"),
                  "Read a rubric, check one of your own, or compare two versions.",
                  "bt-assess rubric show", "bt-assess rubric check my-grid.toml")  # fmt: skip
    inner = rubric.add_subparsers(metavar="COMMAND", title="commands", required=True,
                                  parser_class=_Parser)  # fmt: skip
    check = _add(inner, "check", ("rubrics", "run_check"),
                 "Report every fault of a rubric.", "bt-assess rubric check my-grid.toml")  # fmt: skip
    check.add_argument("file", metavar="FILE", type=_path, help="the rubric's file")
    diff = _add(inner, "diff", ("rubrics", "run_diff"),
                "Tell what a rubric has otherwise than another version of it.",
                "bt-assess rubric diff old.toml new.toml", "bt-assess rubric diff new.toml --json")  # fmt: skip
    diff.add_argument(
        "before", metavar="A", type=_path, help="a rubric's file; alone, against the one in use"
    )
    diff.add_argument("after", metavar="B", type=_path, nargs="?", help="the newer one's file")
    diff.add_argument("--json", action="store_true", help="for programs")
    show = _add(inner, "show", ("rubrics", "run_show"), "Print the whole grid.",
                "bt-assess rubric show", "bt-assess rubric show --json")  # fmt: skip
    show.add_argument("--json", action="store_true", help="for programs")


def _round_commands(commands: Any) -> None:
    rounds = _add(commands, "round", ("rounds", "run_list"),
                  "A team's round: answers collected in private, opened together.",
                  "bt-assess round list", "bt-assess round show latest")  # fmt: skip
    inner = rounds.add_subparsers(metavar="COMMAND", title="commands", required=True,
                                  parser_class=_Parser)  # fmt: skip
    _add(inner, "list", ("rounds", "run_list"), "List the rounds, newest first.",
         "bt-assess round list")  # fmt: skip
    new = _add(inner, "new", ("rounds", "run_new"),
               "Set up a round; prints its id, and the recovery code once.",
               "bt-assess round new --title 'Spring review' --expected 8 --team Housing")  # fmt: skip
    new.add_argument("--title", required=True, metavar="T", help="what it is called")
    new.add_argument("--expected", required=True, type=_count, metavar="N", help="how many people")
    new.add_argument("--team", default="", metavar="NAME", help="the team")
    new.add_argument(
        "--named", action="store_true", help="with names: everybody sees who said what"
    )
    new.add_argument("--minutes", type=_count, metavar="M", help="for each person")
    _passphrase_fd(new)
    add = _round(inner, "add", "run_add", "Give in an answer sheet that was filled in elsewhere.",
                 "bt-assess round add latest sheet.csv")  # fmt: skip
    add.add_argument("file", metavar="FILE.csv", type=_path, help="the answer sheet")
    add.add_argument(
        "--name", default="", metavar="NAME", help="whose it is, in a round with names"
    )
    _round(inner, "close", "run_close", "Close a round: nobody else answers.",
           "bt-assess round close latest")  # fmt: skip
    show = _round(inner, "show", "run_show", "Show what may be shown of a round.",
                  "bt-assess round show latest", "bt-assess round show latest --json")  # fmt: skip
    show.add_argument("--json", action="store_true", help="for programs")
    _passphrase_fd(show)
    export = _round(inner, "export", "run_export", "Write what may be shown of a round.",
                    "bt-assess round export latest -o round.csv")  # fmt: skip
    kind = export.add_mutually_exclusive_group()
    kind.add_argument("--csv", action="store_true", help="for spreadsheets (unless told otherwise)")
    kind.add_argument("--json", action="store_true", help="for programs")
    _output(export)
    _passphrase_fd(export)
    merge = _round(inner, "merge", "run_merge",
                   "Take in sealed files collected on another laptop with the same round.",
                   "bt-assess round merge latest /media/stick/2026-11-21-k3f9ab2c")  # fmt: skip
    merge.add_argument("folder", metavar="FOLDER", type=_path, help="the other laptop's folder")


def _planning_commands(commands: Any) -> None:
    for name, purpose, kept in (
        ("plan", "The way from where you are to where you want to be, in three stages.", "PLAN"),
        ("project", "Breakthrough projects: one result, one team, eight to ten weeks.", "PROJECT"),
    ):
        top = _add(commands, name, ("planning", f"run_{name}_list"), purpose,
                   f"bt-assess {name} list", f"bt-assess {name} show latest")  # fmt: skip
        inner = top.add_subparsers(metavar="COMMAND", title="commands", required=True,
                                   parser_class=_Parser)  # fmt: skip
        found = _add(inner, "list", ("planning", f"run_{name}_list"),
                     f"List the {name}s, newest first, and files that cannot be used.",
                     f"bt-assess {name} list", f"bt-assess {name} list --json")  # fmt: skip
        show = _add(inner, "show", ("planning", f"run_{name}_show"), f"Show a {name}, whole.",
                    f"bt-assess {name} show latest", f"bt-assess {name} show k3f9 --json")  # fmt: skip
        each = [found, show]
        if name == "plan":
            each.append(
                _add(
                    inner,
                    "check",
                    ("planning", "run_plan_check"),
                    "Say what a plan lacks, or where it contradicts itself, and why that matters.",
                    "bt-assess plan check",
                    "bt-assess plan check k3f9 --json",
                )
            )
        for one in each:
            if one is not found:
                one.add_argument(name, metavar=kept, nargs="?", default="latest",
                                 help="an id, its start, a title; the latest one unless told")  # fmt: skip
            one.add_argument("--json", action="store_true", help="for programs")
    soon = _add(commands, "due", ("planning", "run_due"),
                "Say what is late and what is due within two weeks, in all plans, projects and rounds.",
                "bt-assess due", "bt-assess due --ics dates.ics")  # fmt: skip
    soon.add_argument("--json", action="store_true", help="for programs")
    soon.add_argument(
        "--ics", metavar="FILE", type=_path, help="write all that has a day, for a calendar"
    )
    soon.add_argument("--force", action="store_true", help="replace FILE if it is there")


def _round(
    inner: Any, name: str, run: str, purpose: str, *examples: str
) -> argparse.ArgumentParser:
    found = _add(inner, name, ("rounds", run), purpose, *examples)
    found.add_argument("round", metavar="ROUND", help="an id, its start, a title, or 'latest'")
    return found


def _passphrase_fd(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-fd", type=int, metavar="N", help="read the passphrase from file descriptor N"
    )


def _count(word: str) -> int:
    if not (word.isascii() and word.isdecimal() and 1 <= int(word) <= 500):
        raise argparse.ArgumentTypeError("is a number from 1 to 500")
    return int(word)


def _add(
    commands: Any, name: str, run: tuple[str, str], purpose: str, *examples: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=purpose[0].lower() + purpose[1:].rstrip("."),
        description=purpose,
        epilog=_examples(*examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    # Given after the command they count too; left out there, they keep what came before it.
    _common(parser, argparse.SUPPRESS)
    parser.set_defaults(run=run)
    return parser


def _common(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--sessions", metavar="DIR", type=_path, default=default, help="the folder of sessions"
    )
    parser.add_argument(
        "--rubric", metavar="FILE", type=_path, default=default, help="another rubric"
    )


def _path(word: str) -> str:
    # An unset variable in a script, as a rule: the default would not be what was meant.
    if not word:
        raise argparse.ArgumentTypeError("is empty")
    return word


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=_path, help="write to FILE, not to the screen"
    )
    parser.add_argument("--force", action="store_true", help="replace FILE if it is there")


def _examples(*lines: str) -> str:
    return "examples:\n" + "\n".join(f"  {line}" for line in lines)
