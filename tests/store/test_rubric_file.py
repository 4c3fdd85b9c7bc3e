"""The grid that ships is found from anywhere; a faulty one says all that is wrong, and where."""

import re
import tomllib
from pathlib import Path

import pytest

from bt_assess.core.rubric import MOST_FAULTS, Rubric
from bt_assess.store.files import UnreadableFile
from bt_assess.store.rubric_file import FaultyRubric, load_rubric, shipped_rubric

SMALL = """\
format = 1
id = "small-grid"
version = "1.0"
title = "A small grid"
source = "Made for a test."
licence = "None needed."

[[themes]]
id = "leadership"
name = "Leadership"
short = "Leadership"
tag = "Lead"
complaint = "Nobody listens."
call = "Listen"

[themes.summaries]
starting = "We start."
developing = "We develop."
consolidating = "We go on."

[[themes.strands]]
id = "direction"
name = "Direction"

[[themes.statements]]
id = "leadership.starting.1"
strand = "direction"
text = "Nobody knows where we go."

[[themes.statements]]
id = "leadership.developing.1"
strand = "direction"
text = "Some know where we go."
lasting = true

[[themes.points]]
id = "leadership.point.1"
strands = ["direction"]
text = "Say where we go."
"""


def faults(folder: Path, *edits: tuple[str, str]) -> list[str]:
    """What is wrong with the small grid after these edits."""
    text = SMALL
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "grid.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyRubric) as caught:
        load_rubric(path)
    assert str(caught.value) == f"grid.toml: {caught.value.faults[0]}"
    return caught.value.faults


class TestShipped:
    """The grid that comes with the program."""

    def test_it_is_found_from_any_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, checkout: Path
    ) -> None:
        monkeypatch.chdir(tmp_path)
        rubric = load_rubric()
        assert rubric.id == "performance-breakthrough"
        assert len(rubric.themes) == 6
        assert shipped_rubric().samefile(checkout / "rubric" / "performance-breakthrough.toml")

    def test_a_grid_of_ones_own(self, tmp_path: Path) -> None:
        path = tmp_path / "grid.toml"
        path.write_text(SMALL)
        assert load_rubric(path) == Rubric.model_validate(tomllib.loads(SMALL))

    @pytest.mark.parametrize("data", [SMALL.replace("\n", "\r\n"), "\ufeff" + SMALL])
    def test_as_editors_leave_it(self, tmp_path: Path, data: str) -> None:
        path = tmp_path / "grid.toml"
        path.write_bytes(data.encode())
        assert load_rubric(path).id == "small-grid"


STATEMENT = 'id = "leadership.starting.1"'
FAULTS = {
    "a text that is too long": (
        ("Nobody knows", "x" * 241),
        ("line 25: theme leadership, statement leadership.starting.1, text: "
        "is too long: at most 240 characters"),
    ),
    "a text that is empty": (
        ('"Nobody knows where we go."', '""'),
        "line 25: theme leadership, statement leadership.starting.1, text: is empty",
    ),
    "a text that is missing": (
        ('text = "Say where we go."', ""),
        "line 36: theme leadership, point leadership.point.1, text: is missing",
    ),
    "a text that is a number": (
        ('"Nobody knows where we go."', "3"),
        "line 25: theme leadership, statement leadership.starting.1, text: should be text in quotes",
    ),
    "an unknown key": (
        ("lasting = true", "lasting = true\nweight = 3"),
        "line 30: theme leadership, statement leadership.developing.1, weight: unknown key",
    ),
    "a mark that is no yes or no": (
        ("lasting = true", 'lasting = "yes"'),
        "line 30: theme leadership, statement leadership.developing.1, lasting: should be true or false",
    ),
    "a key that does not belong": (
        ("format = 1", 'format = 1\nauthor = "Eve"'), "author: unknown key"
    ),
    "an id in another form": (
        (STATEMENT, 'id = "leadership.begun.1"'),
        ("line 25: theme leadership, statement leadership.begun.1, id: "
        "is not in the form it has to have: theme.stage.number, as in learning.starting.1, "
        "the stage being starting, developing or consolidating and the number 1 to 99"),
    ),
    "a theme's id in another form": (
        ('id = "leadership"', 'id = "Leaders & co"'),
        ("line 8: theme Leaders & co, id: is not in the form it has to have: "
        "a small letter, then small letters, digits and hyphens, at most 40, as in my-grid"),
    ),
    "a point's id in another form": (
        ('"leadership.point.1"', '"leadership.point.100"'),
        ("line 36: theme leadership, point leadership.point.100, id: "
        "is not in the form it has to have: theme.point.number, "
        "as in learning.point.1, the number being 1 to 99"),
    ),
    "a version in another form": (
        ('version = "1.0"', 'version = "one"'),
        ("version: is not in the form it has to have: "
        "one to three whole numbers with dots between them, as in 1.0"),
    ),
    "an id of another theme": (
        (STATEMENT, 'id = "learning.starting.1"'),
        ("line 25: theme leadership, statement learning.starting.1, id: "
        "the id 'learning.starting.1' does not begin with its theme's, 'leadership'"),
    ),
    "an id that is used twice": (
        ('"leadership.developing.1"', '"leadership.starting.1"'),
        ("line 30: theme leadership, statement leadership.starting.1, id: "
        "the id 'leadership.starting.1' is used twice"),
    ),
    "a strand that is not there": (
        ('["direction"]', '["driection"]'),
        ("line 36: theme leadership, point leadership.point.1: "
        "the strand 'driection' is not one of its theme's"),
    ),
    "a strand without statements": (
        ("[[themes.strands]]", '[[themes.strands]]\nid = "b"\nname = "B"\n\n[[themes.strands]]'),
        "line 21: theme leadership, strand b: the strand 'b' has no statements",
    ),
    "a summary that is missing": (
        ('developing = "We develop."\n', ""),
        "line 16: theme leadership, summaries, developing: is missing",
    ),
    "a list that is empty": (
        ('["direction"]', "[]"),
        "line 36: theme leadership, point leadership.point.1, strands: has nothing in it",
    ),
    "a newer format": (
        ("format = 1", "format = 2"),
        "format: format 2 is not supported, only 1; a newer bt-assess may read it",
    ),
    "a control character": (
        ("Nobody knows", "Nobody \\u001b[31mknows"),
        "line 25: theme leadership, statement leadership.starting.1, text: holds a control character",
    ),
    "a bidirectional control": (
        ("A small grid", "A \\u202egrid"), "title: holds a control character"
    ),
}  # fmt: skip


class TestFaults:
    """What is wrong and where."""

    @pytest.mark.parametrize("kind", FAULTS)
    def test_each_kind_has_its_place(self, tmp_path: Path, kind: str) -> None:
        edit, expected = FAULTS[kind]
        assert expected in faults(tmp_path, edit)

    def test_all_faults_at_once(self, tmp_path: Path) -> None:
        kinds = ["a text that is too long", "an unknown key", "a strand that is not there"]
        found = faults(tmp_path, *(FAULTS[kind][0] for kind in kinds))
        assert len(found) == len(kinds)
        assert found[0] == FAULTS[kinds[0]][1]

    def test_no_theme_at_all(self, tmp_path: Path) -> None:
        path = tmp_path / "grid.toml"
        path.write_text(SMALL.split("[[themes]]")[0])
        with pytest.raises(FaultyRubric, match=r"grid\.toml: themes: is missing"):
            load_rubric(path)

    def test_places_are_those_of_the_second_theme_too(self, tmp_path: Path) -> None:
        second = SMALL.split("[[themes]]")[1].replace("leadership", "learning")
        text = f"{SMALL}\n[[themes]]{second}".replace("Some know", "x" * 300)
        path = tmp_path / "grid.toml"
        path.write_text(text)
        with pytest.raises(FaultyRubric) as caught:
            load_rubric(path)
        lines = [int(re.findall(r"line (\d+)", fault)[0]) for fault in caught.value.faults]
        assert [text.splitlines()[line - 1] for line in lines] == ["[[themes.statements]]"] * 2
        assert [text.splitlines()[line].split(".")[0] for line in lines] == [
            'id = "leadership', 'id = "learning'
        ]  # fmt: skip

    def test_what_is_shown_is_one_safe_short_line(self, tmp_path: Path) -> None:
        wild = f"\\n\\u001b]0;x\\u0007{'y' * 5000}"
        for fault in faults(
            tmp_path,
            ("format = 1", f'format = 1\n"{wild}" = 3'),
            ('strand = "direction"', f'strand = "{wild}"'),
            ('"leadership.developing.1"', f'"{wild}"'),
        ):
            assert fault.isprintable()
            assert len(fault) < 700

    @pytest.mark.parametrize(
        ("text", "most"),
        [
            # A header, two brackets and a name: no list of faults has one for each.
            (SMALL.split("[[themes]]")[0] + "[[themes]]\n" * 19_000, 250),
            ("themes = [" + f"{{statements = [{'{},' * 101}]}}," * 21 + "]", MOST_FAULTS),
            ("[[themes]]\n" + "".join(f"x{n} = 1\n" for n in range(98)), 130),
        ],
        ids=["themes", "statements", "keys"],
    )
    def test_a_file_of_faults_does_not_end_in_a_list_without_end(
        self, tmp_path: Path, text: str, most: int
    ) -> None:
        path = tmp_path / "grid.toml"
        path.write_text(text)
        with pytest.raises(FaultyRubric) as caught:
            load_rubric(path)
        assert len(caught.value.faults) <= most

    def test_a_list_that_is_too_long_is_told_of_though_it_is_not_read_to_its_end(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "grid.toml"
        theme = "[[themes]]" + SMALL.split("[[themes]]")[1]
        path.write_text(SMALL + theme * 40)
        with pytest.raises(FaultyRubric) as caught:
            load_rubric(path)
        assert "themes: is too long a list: at most 20" in [
            fault.split(": ", 1)[-1] if fault.startswith("line") else fault
            for fault in caught.value.faults
        ]

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "id: is missing"),
            (b"themes = 3", "themes: should be a list"),
            (b"themes = [3]", "should be a table"),
            (b"[themes]\nid = 3", "themes: should be a list"),
        ],
    )
    def test_shapes_that_nothing_can_be_made_of(
        self, tmp_path: Path, data: bytes, why: str
    ) -> None:
        path = tmp_path / "grid.toml"
        path.write_bytes(data)
        with pytest.raises(FaultyRubric) as caught:
            load_rubric(path)
        assert any(why in fault for fault in caught.value.faults), caught.value.faults

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (SMALL.replace("Nobody", "Nobödy").encode("cp1252"), "line 13: is not UTF-8 text"),
            (SMALL.encode("utf-16"), "line 1: is not UTF-8 text"),
            (SMALL.replace('"direction"', "direction", 1).encode(), "line 22: is not valid TOML"),
            (b"format = 1\n" + b".".join([b"a"] * 50_000) + b" = 1\n", "more than 12 parts"),
            (b"format = 0x" + b"f" * 9000, "holds a number that is too large"),
            (b"themes = " + b"[" * 50_000, "is nested too deeply"),
            (
                b"format = 1\n" + b"[[themes]]\n" * 150_000,
                "line 20001: holds more than 60000 names",
            ),
            (b"format = 1\nb = " + b"7" * 20_000, "line 2: a name or a number has more than 10000"),
            (
                b"".join(b"[t%d]\n" % n for n in range(20_000)),
                "is no rubric: a table has 20000 keys, from 't0' to 't19999'",
            ),
            (b"\0\0", "is not valid TOML"),
        ],
        ids=range(10),
    )
    def test_what_is_no_toml(self, tmp_path: Path, data: bytes, why: str) -> None:
        path = tmp_path / "grid.toml"
        path.write_bytes(data)
        with pytest.raises(UnreadableFile, match=why):
            load_rubric(path)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match=r"none\.toml: there is no such file"):
            load_rubric(tmp_path / "none.toml")
        with pytest.raises(UnreadableFile, match="is a folder, not a file"):
            load_rubric(tmp_path)
