"""Help, versions, bad arguments, and what happens when the program itself is at fault."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

import bt_assess
from bt_assess.commands import results
from bt_assess.store.folder import SessionFolder
from tests.cli.conftest import Run

COMMANDS = [
    ["where"], ["list"], ["show"], ["compare"], ["reseal"], ["form"], ["import"], ["export"],
    ["rubric"], ["rubric", "check"], ["rubric", "show"], ["rubric", "diff"], ["comparisons"],
    ["upgrade"],
]  # fmt: skip


@pytest.mark.parametrize("word", ["--version", "-V"])
def test_version(bt: Run, word: str) -> None:
    done = bt(word)
    assert (done.code, done.out, done.err) == (0, f"bt-assess {bt_assess.__version__}\n", "")


def test_help_lists_every_command(bt: Run) -> None:
    done = bt("--help")
    assert (done.code, done.err) == (0, "")
    for command, *_ in COMMANDS:
        assert re.search(rf"^    {command} ", done.out, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_says_what_it_is_for_and_gives_examples(bt: Run, command: list[str]) -> None:
    done = bt(*command, "--help")
    assert (done.code, done.err) == (0, "")
    usage, purpose, *_ = done.out.split("\n\n")
    assert usage.startswith(f"usage: bt-assess {' '.join(command)} ")
    assert purpose.endswith(".")
    examples = done.out.split("examples:\n")[1].splitlines()
    assert examples
    assert all(line.startswith(f"  bt-assess {' '.join(command)}") for line in examples)


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_the_examples_are_ones_that_the_program_takes(bt: Run, command: list[str]) -> None:
    """Help that shows a mistake is worse than none."""
    examples = bt(*command, "--help").out.split("examples:\n")[1].splitlines()
    for example in examples:
        words = shlex.split(example.split(" > ")[0])
        assert words[0] == "bt-assess"
        assert "--help' explains" not in bt(*words[1:]).err


@pytest.mark.parametrize(
    "words",
    [
        ["nosuch"], ["--nosuch"], ["show"], ["compare"], ["list", "extra"], ["rubric"],
        ["rubric", "nosuch"], ["import"], ["show", "a", "--sessions"], ["reseal"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_bad_arguments_are_two_and_one_line(bt: Run, words: list[str]) -> None:
    done = bt(*words)
    assert (done.code, done.out) == (2, "")
    (line,) = done.complaints
    assert line.startswith("bt-assess")
    assert line.endswith("--help' explains")


def test_bad_arguments_do_not_act_on_the_terminal(bt: Run) -> None:
    assert "\x1b" not in bt("list", "--\x1b]0;x\x07").err


def _fails(error: BaseException) -> Any:
    def fail(*_: object) -> None:
        raise error

    return fail


def test_a_fault_of_its_own_is_one_line_without_what_people_wrote(
    bt: Run, there: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "show_text", _fails(KeyError("a secret note")))
    done = bt(*there, "show", "latest")
    assert (done.code, done.out) == (1, "")
    (line,) = done.complaints
    assert re.fullmatch(r"bt-assess: a fault of its own \(KeyError at test_usage\.py:\d+\)", line)


def test_interrupted(bt: Run, there: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "show_text", _fails(KeyboardInterrupt()))
    done = bt(*there, "show", "latest")
    assert (done.code, done.out, done.err) == (130, "", "")


def test_the_folder_one_stands_in_is_gone(bt: Run, grid: Path) -> None:
    Path.cwd().rmdir()
    done = bt("list", "--rubric", grid)
    assert done.code == 1
    assert done.complaints == ["bt-assess: the folder you started from is not there any more"]


def test_an_empty_path_is_no_path(bt: Run) -> None:
    """As an unset variable in a script leaves it: nothing else is opened in its place."""
    for words in (["--sessions", "", "list"], ["--rubric", "", "where"], ["rubric", "check", ""]):
        done = bt(*words)
        assert done.code == 2
        assert "is empty" in done.err


def test_nothing_is_written_over_a_session(
    bt: Run, there: list[str], folder: SessionFolder
) -> None:
    path = folder.path / "2026-03-02-first234.toml"
    before = path.read_bytes()
    for words in (
        ("form", "--force", "-o", str(path)),
        ("export", "-o", f"{folder.path}/new.toml"),
    ):
        done = bt(*there, *words)
        assert done.code == 1
        assert len(done.complaints) == 1
    assert path.read_bytes() == before
    assert not (folder.path / "new.toml").exists()


def test_a_session_of_an_older_version_still_opens(bt: Run, there: list[str], grid: Path) -> None:
    """A statement that the newer version no longer has is left out; the rest counts."""
    text = grid.read_text()
    newer = text.replace('version = "1.0"', 'version = "1.1"').replace(
        "leadership.starting.2", "leadership.starting.9"
    )
    grid.write_text(newer)
    assert bt(*there, "show", "first").code == 0
