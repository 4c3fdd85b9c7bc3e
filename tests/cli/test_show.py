"""show: one session's result, for people and for programs."""

import json
from pathlib import Path

import pytest

from bt_assess.core import scoring
from bt_assess.core.advice import suggestions
from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rubric_file import load_rubric
from tests.cli.conftest import HOSTILE, Run
from tests.core import builders
from tests.store.helpers import finished, half_done, saved


@pytest.fixture
def rubric(grid: Path) -> Rubric:
    return load_rubric(grid)


class TestNames:
    """What a session goes by."""

    @pytest.mark.parametrize(
        "word", ["first234", "fi", "2026-03-02-first234.toml", "{folder}/2026-03-02-first234.toml"]
    )
    def test_a_file_an_id_or_its_start(self, bt: Run, there: list[str], word: str) -> None:
        done = bt(*there, "show", word.format(folder=there[3]), "--json")
        assert done.code == 0
        assert json.loads(done.out)["session"]["id"] == "first234"

    def test_the_latest_is_the_one_that_started_last(self, bt: Run, there: list[str]) -> None:
        assert json.loads(bt(*there, "show", "latest", "--json").out)["session"]["id"] == "third234"

    def test_an_archived_one(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        folder.move(folder.path / "2026-03-02-first234.toml", to_archive=True)
        for word in ("first", "2026-03-02-first234.toml"):
            assert bt(*there, "show", word).out.startswith("Ada · North, 2 Mar 2026\n")

    @pytest.mark.parametrize(
        ("word", "complaint"),
        [
            ("nobody", "no session here goes by 'nobody'; 'bt-assess list' shows them all"),
            ("", "no session here goes by ''; 'bt-assess list' shows them all"),
            ("nowhere.toml", "nowhere.toml: there is no such file"),
            ("/", ": is a folder, not a file"),
            ("x\0y.toml", "the name cannot be a file's"),
            ("~nobody-here/x.toml", "x.toml: there is no such file"),
            ("y" * 5000 + ".toml", "y.toml: file name too long"),
        ],
    )
    def test_nothing_goes_by_it(self, bt: Run, there: list[str], word: str, complaint: str) -> None:
        done = bt(*there, "show", word)
        assert (done.code, done.out) == (1, "")
        (line,) = done.complaints
        assert line.startswith("bt-assess: ")
        assert complaint in line or line.endswith(complaint[-20:])

    def test_several_do(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        saved(folder, half_done(id="firm2345"))
        done = bt(*there, "show", "fir")
        assert done.code == 1
        (line,) = done.complaints
        assert "'fir' could be any of 2 sessions" in line
        assert "first234.toml" in line

    def test_no_sessions(self, bt: Run, grid: Path) -> None:
        done = bt("show", "latest", "--rubric", grid, "--sessions", "none")
        assert (done.code, done.complaints) == (1, ["bt-assess: there are no sessions here yet"])

    def test_a_newer_one_that_cannot_be_used_is_told_of(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        newest = folder.latest()[0].path
        newest.write_text(newest.read_text() + "[extra]\n")
        done = bt(*there, "show", "latest", "--json")
        assert done.code == 0
        assert json.loads(done.out)["session"]["file"] != newest.name
        assert newest.name in done.err


class TestRefusals:
    def test_changed_by_hand(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        path = folder.path / "2026-03-02-first234.toml"
        path.write_text(path.read_text().replace('respondent = "Ada"', 'respondent = "Eve"'))
        done = bt(*there, "show", "first")
        assert (done.code, done.out) == (1, "")
        (line,) = done.complaints
        assert line.startswith(f"bt-assess: {path.name}: is not as it was saved: changed by hand")
        assert line.endswith(f"; 'bt-assess reseal {path}' shows what differs")

    def test_damaged(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        (folder.path / "2026-03-02-first234.toml").write_text("format = ?\n")
        assert bt(*there, "show", "first").complaints == [
            "bt-assess: 2026-03-02-first234.toml: line 1: is not valid TOML"
        ]

    def test_newer(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        (folder.path / "2026-03-02-first234.toml").write_text("format = 7\n")
        (line,) = bt(*there, "show", "first").complaints
        assert "was written by a newer bt-assess (format 7)" in line

    def test_another_rubric(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        saved(folder, half_done(id="other234", rubric={"id": "other-grid", "version": "2"}))
        done = bt(*there, "show", "other", "--json")
        assert (done.code, done.out) == (1, "")
        assert done.complaints == [
            "bt-assess: 2026-03-02-other234.toml: it answers the rubric 'other-grid', not 'small-grid'"
        ]

    def test_the_rubric_is_not_there(self, bt: Run) -> None:
        done = bt("show", "latest", "--rubric", "nowhere.toml")
        assert done.complaints == ["bt-assess: nowhere.toml: there is no such file"]

    def test_all_that_is_wrong_with_the_rubric(self, bt: Run, grid: Path) -> None:
        grid.write_text(grid.read_text().replace('version = "1.0"', 'version = "one"\nx = 1'))
        done = bt("show", "latest", "--rubric", grid)
        assert done.code == 1
        assert len(done.complaints) == 2
        assert all(line.startswith(f"bt-assess: {grid}: ") for line in done.complaints)


class TestJson:
    def test_the_whole_object(self, bt: Run, there: list[str], rubric: Rubric) -> None:
        found = json.loads(bt(*there, "show", "first", "--json").out)
        assert set(found) == {"format", "rubric", "session", "themes"}
        assert found["format"] == 1
        assert found["rubric"] == {"id": "small-grid", "version": "1.0"}
        assert found["session"] == {
            "id": "first234",
            "respondent": "Ada",
            "team": "North",
            "started": "2026-03-02T12:00:00+00:00",
            "finished": "2026-03-02T12:15:00+00:00",
            "revision": 1,
            "answered": 17,
            "statements": 18,
            "file": "2026-03-02-first234.toml",
        }
        session = finished()
        profile = scoring.score(rubric, session.answers)
        assert [theme["id"] for theme in found["themes"]] == ["leadership", "learning"]
        for theme, shown in zip(rubric.themes, found["themes"], strict=True):
            score = profile.theme(theme.id)
            assert shown == {
                "id": theme.id,
                "status": score.status.value,
                "pattern": score.pattern,
                "position": score.position,
                "se": score.se,
                "low": score.low,
                "high": score.high,
                "coherence": score.coherence,
                "coverage": score.coverage,
                "raw": {stage.value: figure for stage, figure in score.raw.items()},
                "effective": {stage.value: figure for stage, figure in score.effective.items()},
                "stage": score.stage,
                "confidence": score.confidence,
                "next": [
                    {"id": s.point.id, "need": s.need, "statements": [x.id for x in s.statements]}
                    for s in suggestions(theme, score, session.answers)
                ],
            }

    def test_figures_are_not_rounded(self, bt: Run, there: list[str], rubric: Rubric) -> None:
        out = bt(*there, "show", "first", "--json").out
        score = scoring.score(rubric, finished().answers).theme("leadership")
        assert f'"position": {score.position!r},' in out
        assert f'"se": {score.se!r},' in out

    def test_what_is_not_there_is_null(self, bt: Run, there: list[str]) -> None:
        theme = json.loads(bt(*there, "show", "second", "--json").out)["themes"][1]
        assert theme["status"] == "not_enough"
        nothing = ("pattern", "position", "se", "low", "high", "coherence", "stage", "confidence")
        assert {theme[key] for key in nothing} == {None}
        assert theme["raw"] == {"starting": None, "developing": None, "consolidating": None}
        assert theme["effective"] == theme["raw"]
        assert theme["coverage"] == 0
        assert theme["next"] == []

    @pytest.mark.parametrize(
        ("row", "status", "pattern"),
        [
            ("333 000 333", "mixed", "split"),
            ("222 333 222", "mixed", "flat"),
            ("000 000 000", "not_recognised", None),
            ("1kk 1kk 1kk", "not_enough", None),
        ],
    )
    def test_a_place_that_is_none(
        self,
        bt: Run,
        there: list[str],
        folder: SessionFolder,
        row: str,
        status: str,
        pattern: str | None,
    ) -> None:
        saved(folder, builders.session(builders.answers(row), id="special2"))
        theme = json.loads(bt(*there, "show", "special2", "--json").out)["themes"][0]
        assert (theme["status"], theme["pattern"], theme["stage"]) == (status, pattern, None)

    def test_names_are_as_they_were_given(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        saved(folder, half_done(id="zoe23456", respondent='Zoë "Z" 李\\', team="[/]"))
        out = bt(*there, "show", "zoe", "--json").out
        assert "Zoë" in out
        session = json.loads(out)["session"]
        assert (session["respondent"], session["team"]) == ('Zoë "Z" 李\\', "[/]")


class TestText:
    def test_all_of_it(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "show", "first")
        assert (done.code, done.err) == (0, "")
        assert (
            done.out
            == """\
Ada · North, 2 Mar 2026
17 of 18 answered

                 starting       developing  consolidating
Short            ..........|....=====O====....|..........  2.0  developing ?
Short            ==O====...|..................|..........  1.1  starting ?

? the answers leave it open between two stages, or there are few of them

Leadership: developing ? (7 of 8 rated)
  We are developing. Few answers stand behind this (7 of 8 rated), so take it as
  a first impression.
  What could come next:
  > Do 1.
      - We do leadership.developing.3. (fully true)
      - We do leadership.consolidating.1. (not true of us)
  > Do 2.
      - We do leadership.developing.3. (fully true)
      - We do leadership.consolidating.1. (not true of us)

Learning: starting ? (8 of 9 rated)
  We are starting. Few answers stand behind this (8 of 9 rated), so take it as a
  first impression.
  A good place to begin:
  > Do 1.
      - We do learning.starting.1. (fully true)
      - We do learning.starting.2. (fully true)
"""
        )

    def test_a_mixed_picture_and_nothing_left_to_do(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        answers = builders.answers("333 000 333") | builders.answers("000 000 333", "learning")
        saved(folder, builders.session(answers, id="mixed234"))
        out = bt(*there, "show", "mixed").out
        assert "Short            ------------ mixed picture -------------  –\n" in out
        assert "  When you have talked it through, you might:\n  > Do 1.\n" in out
        assert "  We are consolidating.\n  Nothing here asks for more. Keep it up.\n" in out
        assert "?" not in out.split("\n\n")[1]

    def test_unfinished(self, bt: Run, there: list[str]) -> None:
        assert "17 of 18 answered, not finished yet\n" in bt(*there, "show", "third").out

    def test_nothing_answered_yet(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        saved(folder, builders.session(id="empty234"))
        out = bt(*there, "show", "empty").out
        assert "No name given, 2 Mar 2026\n0 of 18 answered, not finished yet\n" in out
        assert out.count(" not enough answers ") == 4
        assert "0 of 9 statements rated so far: too few to say." in out

    @pytest.mark.parametrize("columns", [40, 60, 63, 64, 80, 100])
    @pytest.mark.parametrize(
        "row", ["332 101 000", "333 000 333", "000 000 000", "k", "010 223 333"]
    )
    def test_no_line_is_wider_than_the_terminal(
        self,
        bt: Run,
        there: list[str],
        folder: SessionFolder,
        monkeypatch: pytest.MonkeyPatch,
        columns: int,
        row: str,
    ) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))
        answers = {} if row == "k" else builders.answers(row)
        saved(folder, builders.session(answers, id="wide2345", respondent="A b " * 20))
        out = bt(*there, "show", "wide").out
        assert max(map(len, out.splitlines())) <= columns

    def test_nothing_acts_on_the_terminal(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        saved(folder, finished(id="hostile2", respondent=HOSTILE, team=HOSTILE))
        for words in (["show", "hostile"], ["compare", "hostile", "first"]):
            done = bt(*there, *words)
            assert done.code == 0
            assert not {"\x1b", "\x07", "\r", "\x9b", "\u202e"} & set(done.out + done.err)


class TestCompare:
    def test_text(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "compare", "first", "second")
        assert (done.code, done.err) == (0, "")
        lines = done.out.splitlines()
        assert lines[:2] == ["before  Ada · North, 2 Mar 2026", "after   Ada · North, 2 Mar 2026"]
        assert lines[4].endswith("clear change")
        assert "o" in lines[4]
        assert "*" in lines[4]
        assert lines[5].endswith("- no position --------------  not enough now")
        assert "10 of 18 statements left out: not rated both times." in lines
        out = " ".join(lines)
        assert "1 of 18 statements left out: said not to apply, at one of the two times" in out
        assert "What moved most" in lines

    def test_json(self, bt: Run, there: list[str], rubric: Rubric) -> None:
        found = json.loads(bt(*there, "compare", "first", "second", "--json").out)
        assert list(found) == [
            "format", "rubric", "before", "after", "themes", "is_one", "same_session", "beside",
            "about_beside", "gone", "caution", "missing",
        ]  # fmt: skip
        assert (found["is_one"], found["same_session"], found["beside"]) == (True, False, [])
        assert (found["before"]["id"], found["after"]["id"]) == ("first234", "second23")
        assert found["after"]["file"] == "2027-03-02-second23.toml"
        leadership, learning = found["themes"]
        assert list(leadership) == [
            "id", "before", "after", "delta", "se", "verdict", "why_not", "left_out", "left_out_ids"
        ]  # fmt: skip
        before, after = leadership["before"], leadership["after"]
        assert leadership["delta"] == after["position"] - before["position"]
        assert leadership["se"] == (before["se"] ** 2 + after["se"] ** 2) ** 0.5
        assert leadership["verdict"] == "clear change"
        assert leadership["left_out"] == len(leadership["left_out_ids"]["not_rated"]) == 2
        assert set(before) == {"status", "gap", "position", "se", "stage"}
        assert learning["left_out"] == 9
        assert {learning["delta"], learning["se"], learning["verdict"]} == {None}
        assert learning["before"] == {
            "status": "not_enough", "gap": None, "position": None, "se": None, "stage": None
        }  # fmt: skip
        assert (learning["after"]["gap"], learning["why_not"]) == ("not_enough", "not_enough")

    def test_with_itself(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "compare", "first", "first", "--json")
        found = json.loads(done.out)
        assert found["same_session"] is True
        assert {t["delta"] for t in found["themes"]} == {None}
        text = bt(*there, "compare", "first", "first").out
        assert "two copies of one session" in text
        assert "within noise" not in text

    def test_another_rubric(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        saved(folder, half_done(id="other234", rubric={"id": "other-grid", "version": "2"}))
        for words in (["other", "first"], ["first", "other"]):
            done = bt(*there, "compare", *words)
            assert done.code == 1
            assert len(done.complaints) == 1
            assert "answers the rubric 'other-grid'" in done.err


def test_the_demonstration(bt: Run, checkout: Path) -> None:
    """What a newcomer tries first."""
    examples = checkout / "sessions" / "examples"
    assert bt("list", "--sessions", examples).code == 0
    out = bt("show", "areamanager2026", "--sessions", examples).out
    assert "Area manager · Northfield Homes, 12 Nov 2026\n117 of 117 answered\n" in out
    compared = bt("compare", "areamanager2025", "areamanager2026", "--sessions", examples).out
    assert "within noise" in compared
    assert "clear change" in compared


def test_what_was_saved_is_what_is_scored(grid: Path, folder: SessionFolder) -> None:
    """The fixtures mean what these tests take them to mean."""
    session = folder.resolve("first").session
    assert session == Session.model_validate({**dict(finished()), "id": "first234"})
