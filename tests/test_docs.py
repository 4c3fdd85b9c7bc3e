"""What the documents show is what the program does."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bt_assess.cli import main
from bt_assess.core.session import Answer
from bt_assess.store.session_file import read_session
from tests.store.helpers import HANG


def blocks(document: Path, language: str) -> list[str]:
    """The code blocks of a document in this language."""
    text = document.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def shown(checkout: Path, tmp_path: Path) -> Path:
    """The whole session that docs/file-format.md shows, as a file."""
    path = tmp_path / "2026-03-02-k3f9p7ab.toml"
    path.write_text(blocks(checkout / "docs" / "file-format.md", "toml")[0], encoding="utf-8")
    return path


def check(program: Path, path: Path) -> str:
    done = subprocess.run(
        [sys.executable, program, path], capture_output=True, text=True, check=True, timeout=HANG
    )
    return done.stdout.strip()


class TestFileFormat:
    def test_the_session_is_a_whole_one(self, shown: Path) -> None:
        session = read_session(shown).session
        assert session.answers["leadership.developing.1"] is Answer.MOSTLY
        assert len(session.answers) == 3

    def test_another_program_can_check_the_seal(
        self, checkout: Path, shown: Path, tmp_path: Path
    ) -> None:
        program = tmp_path / "check.py"
        program.write_text(blocks(checkout / "docs" / "file-format.md", "python")[0])
        assert check(program, shown) == "as it was saved"
        for example in (checkout / "sessions" / "examples").glob("*.toml"):
            assert check(program, example) == "as it was saved"
        shown.write_text(shown.read_text().replace('"mostly"', '"fully"'))
        assert check(program, shown) == "changed or damaged"

    def test_the_rubric_is_a_whole_one(
        self, checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "my-grid.toml"
        path.write_text(blocks(checkout / "docs" / "file-format.md", "toml")[-1], encoding="utf-8")
        assert main(["rubric", "check", str(path)]) == 0
        assert "3 statements" in capsys.readouterr().out


def keys(value: object) -> set[str]:
    """Every key of an object and of the objects in it."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


class TestJson:
    @pytest.mark.parametrize(
        ("words", "example"),
        [
            ("show areamanager2026 --json", 0),
            ("compare areamanager2025 areamanager2026 --json", 1),
            ("list --json", 2),
            ("rubric show --json", 3),
        ],
    )
    def test_the_keys_are_the_ones_that_are_shown(
        self,
        checkout: Path,
        capsys: pytest.CaptureFixture[str],
        words: str,
        example: int,
    ) -> None:
        code = main([*words.split(), "--sessions", str(checkout / "sessions" / "examples")])
        printed = json.loads(capsys.readouterr().out)
        shown = json.loads(blocks(checkout / "docs" / "json.md", "json")[example])
        assert code == 0
        assert list(printed) == list(shown)
        session = keys(json.loads(blocks(checkout / "docs" / "json.md", "json")[0])["session"])
        left_out = session if "..." in keys(shown) else set()
        assert keys(printed) | {"file", "why"} == (keys(shown) - {"..."}) | left_out | {
            "file",
            "why",
        }


def test_the_command_lines_of_the_readme_are_taken(
    checkout: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (checkout / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    bt-assess (.*?)(?: +#.*)?$", text, re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command.split(" > ")[0])]
        main(words)
        assert "--help' explains" not in capsys.readouterr().err
