"""What the documents show is what the program does."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bt_assess.cli import main
from docs import make_pictures
from tests.conftest import Sweep

SVG = "http://www.w3.org/2000/svg"


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


class TestPictures:
    def test_those_that_are_shown_are_those_that_are_made(self, checkout: Path) -> None:
        shown = set()
        for page in [checkout / "README.md", *(checkout / "docs").rglob("*.md")]:
            for words, target in re.findall(r"!\[(.*?)\]\((.+?)\)", page.read_text("utf-8")):
                assert len(words) > 15, f"{page.name}: {target} needs words for who cannot see it"
                shown.add((page.parent / target).resolve())
        drawn = set((checkout / "docs" / "pictures").iterdir())
        assert shown == drawn | set((checkout / "docs" / "reports").iterdir())
        assert {picture.name for picture in drawn} == {f"{name}.svg" for name in make_pictures.ALL}

    @pytest.mark.parametrize("name", make_pictures.ALL)
    def test_they_are_whole_and_fetch_nothing(self, checkout: Path, name: str) -> None:
        drawn = (checkout / "docs" / "pictures" / f"{name}.svg").read_text("utf-8")
        assert ElementTree.fromstring(drawn).tag == f"{{{SVG}}}svg"
        assert "://" not in drawn.replace(f'xmlns="{SVG}"', "")
        assert set(re.findall(r"url\((.)", drawn)) == {"#"}
        assert "@import" not in drawn

    async def test_they_say_what_the_program_says_now(
        self, checkout: Path, sweep: Sweep[str]
    ) -> None:
        for name in sweep(list(make_pictures.ALL), 3):
            drawn = (checkout / "docs" / "pictures" / f"{name}.svg").read_text("utf-8")
            now = await make_pictures.made(name)
            assert words_in(drawn) == words_in(now), f"{name}.svg is out of date: make pictures"


def words_in(svg: str) -> list[str]:
    """The words of a picture from the top, a line of the screen after the other."""
    drawn = ElementTree.fromstring(svg)
    return ["".join(text.itertext()).replace("\xa0", " ") for text in drawn.iter(f"{{{SVG}}}text")]
