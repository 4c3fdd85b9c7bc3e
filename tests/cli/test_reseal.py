"""reseal: a change made by hand on purpose is shown, asked about and accepted."""

import io
import sys
from datetime import date
from pathlib import Path

import pytest

from bt_assess.core.session import Answer
from bt_assess.store.folder import SessionFolder
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.session_file import ChangedFile, read_session
from tests.cli.conftest import Run
from tests.store.helpers import contents, half_done, other_process, saved

ID = "leadership.starting.1"


@pytest.fixture
def changed(folder: SessionFolder) -> Path:
    """The first session's file, with one answer changed by hand."""
    path = folder.path / "2026-03-02-first234.toml"
    text = path.read_text(encoding="utf-8")
    assert f'"{ID}" = "partly"' in text
    path.write_text(text.replace(f'"{ID}" = "partly"', f'"{ID}" = "fully"'), encoding="utf-8")
    with pytest.raises(ChangedFile):
        read_session(path)
    return path


class Typed(io.StringIO):
    """Somebody at a terminal who types this."""

    def isatty(self) -> bool:
        return True


def test_yes(bt: Run, there: list[str], changed: Path) -> None:
    done = bt(*there, "reseal", changed, "--yes")
    assert done.code == 0
    assert done.out.startswith(
        f"{changed.name} is not as it was saved: changed by hand, or damaged.\n  Answers: 17"
    )
    assert "\n  Leadership: " in done.out
    assert done.err == f"{changed.name}: accepted as it is now\n"
    assert read_session(changed).session.answers[ID] is Answer.FULLY
    assert bt(*there, "show", "first").code == 0


@pytest.mark.parametrize("word", ["y\n", "Yes\n"])
def test_somebody_says_yes(
    bt: Run, there: list[str], changed: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(word))
    done = bt(*there, "reseal", changed)
    assert done.code == 0
    assert "is the file right now? [y/N] " in done.err
    assert read_session(changed).session.answers[ID] is Answer.FULLY


@pytest.mark.parametrize("word", ["n\n", "\n", "", "yesterday\n"])
def test_somebody_says_no(
    bt: Run, there: list[str], changed: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    before = contents(changed.parent)
    monkeypatch.setattr(sys, "stdin", Typed(word))
    done = bt(*there, "reseal", changed)
    assert done.code == 1
    assert done.err.endswith(f"bt-assess: {changed.name}: left as it is\n")
    assert contents(changed.parent) == before


@pytest.mark.parametrize("stdin", [io.StringIO("y\n"), None], ids=["no terminal", "closed"])
def test_nobody_to_ask(
    bt: Run,
    there: list[str],
    changed: Path,
    monkeypatch: pytest.MonkeyPatch,
    stdin: io.StringIO | None,
) -> None:
    before = contents(changed.parent)
    monkeypatch.setattr(sys, "stdin", stdin)
    done = bt(*there, "reseal", changed)
    assert done.code == 1
    assert "Answers: 17" in done.out
    assert done.complaints == [
        f"bt-assess: {changed.name}: left as it is; nobody can be asked here, and --yes accepts it"
    ]
    assert contents(changed.parent) == before


def test_a_file_is_found_in_the_folder_by_its_name(
    bt: Run, there: list[str], changed: Path
) -> None:
    assert bt(*there, "reseal", changed.name, "--yes").code == 0


def test_the_file_is_replaced_not_the_link_to_it(bt: Run, there: list[str], changed: Path) -> None:
    link = Path("link.toml")
    link.symlink_to(changed)
    assert bt(*there, "reseal", link, "--yes").code == 0
    assert link.is_symlink()
    assert read_session(changed).session.answers[ID] is Answer.FULLY


def test_nothing_to_do(bt: Run, there: list[str], folder: SessionFolder) -> None:
    before = contents(folder.path)
    done = bt(*there, "reseal", "2026-03-02-first234.toml", "--yes")
    assert (done.code, done.out) == (0, "")
    assert done.err == "2026-03-02-first234.toml: is as it was saved; there is nothing to do\n"
    assert contents(folder.path) == before


class TestRefused:
    """Files that are not accepted, whoever says yes."""

    def refused(self, bt: Run, there: list[str], path: Path) -> str:
        before = contents(path.parent)
        done = bt(*there, "reseal", path, "--yes")
        assert done.code == 1
        assert contents(path.parent) == before
        (line,) = done.complaints
        assert line.startswith(f"bt-assess: {path.name}: ")
        return line

    def test_open_elsewhere(self, bt: Run, there: list[str], changed: Path) -> None:
        with other_process(changed) as (_, state):
            assert state == "held"
            assert "is open in another window" in self.refused(bt, there, changed)
        assert bt(*there, "reseal", changed, "--yes").code == 0

    def test_another_rubric(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        path = saved(folder, half_done(rubric={"id": "other-grid", "version": "2"})).path
        path.write_text(path.read_text().replace("Ada", "Eve"))
        assert "answers the rubric 'other-grid'" in self.refused(bt, there, path)

    def test_a_statement_that_there_is_not(self, bt: Run, there: list[str], changed: Path) -> None:
        text = changed.read_text().replace(f'"{ID}"', '"leadership.starting.99"')
        changed.write_text(text)
        assert "leadership.starting.99 is not a statement of" in self.refused(bt, there, changed)

    def test_damaged_beyond_reading(self, bt: Run, there: list[str], changed: Path) -> None:
        changed.write_text(changed.read_text().replace('"fully"', '"absolutely"'))
        assert "is not an answer" in self.refused(bt, there, changed)

    def test_not_there(self, bt: Run, there: list[str]) -> None:
        assert "there is no such file" in self.refused(bt, there, Path("nowhere.toml"))

    def test_a_link_that_leads_in_a_circle(self, bt: Run, there: list[str]) -> None:
        Path("circle.toml").symlink_to("circle.toml")
        self.refused(bt, there, Path("circle.toml"))


class TestPlansAndProjects:
    """What people change by hand in a plan or a project is accepted in the same way."""

    @pytest.fixture(params=["plan", "project"])
    def kept(self, request: pytest.FixtureRequest, folder: SessionFolder) -> Path:
        keeper = PlansFolder if request.param == "plan" else ProjectsFolder
        path: Path = keeper(folder.path).new("Homes", date(2026, 3, 2)).path
        return path

    def by_hand(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Homes", "Houses\u202e"), encoding="utf-8")

    @pytest.mark.parametrize("way", ["path", "name", "stem", "archived"])
    def test_what_it_says_is_shown_and_counts(
        self, bt: Run, there: list[str], kept: Path, way: str
    ) -> None:
        self.by_hand(kept)
        if way == "archived":
            (kept.parent / "archive").mkdir()
            kept = kept.rename(kept.parent / "archive" / kept.name)
        word = {"path": str(kept), "stem": kept.stem}.get(way, kept.name)
        done = bt(*there, "reseal", word, "--yes")
        assert done.code == 0, done.err
        assert done.out.startswith(f"{kept.name} is not as it was saved: changed by hand")
        assert 'title = "Houses' in done.out
        assert "sha256" not in done.out
        assert "\u202e" not in done.out
        assert done.err == f"{kept.name}: accepted as it is now\n"
        again = bt(*there, "reseal", word)
        assert again.err == f"{kept.name}: is as it was saved; there is nothing to do\n"

    def test_nobody_to_ask(
        self, bt: Run, there: list[str], kept: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.by_hand(kept)
        before = contents(kept.parent)
        monkeypatch.setattr(sys, "stdin", None)
        done = bt(*there, "reseal", kept.name)
        assert done.code == 1
        assert "--yes accepts it" in done.err
        assert contents(kept.parent) == before

    def test_open_elsewhere(self, bt: Run, there: list[str], kept: Path) -> None:
        self.by_hand(kept)
        with other_process(kept) as (_, state):
            assert state == "held"
            done = bt(*there, "reseal", kept, "--yes")
            assert done.complaints == [f"bt-assess: {kept.name}: is open in another window"]

    def test_cut_short(self, bt: Run, there: list[str], kept: Path) -> None:
        text = kept.read_text(encoding="utf-8")
        kept.write_text(text[: text.index("[seal]")], encoding="utf-8")
        before = contents(kept.parent)
        done = bt(*there, "reseal", kept, "--yes")
        assert done.code == 1
        assert done.complaints == [f"bt-assess: {kept.name}: the end is missing: it was cut short"]
        assert contents(kept.parent) == before
