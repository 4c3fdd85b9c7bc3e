"""What the documents show is what the program does."""

import json
import re
from pathlib import Path

import pytest

from bt_assess.cli import main


def blocks(document: Path, language: str) -> list[str]:
    """The code blocks of a document in this language."""
    text = document.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


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
