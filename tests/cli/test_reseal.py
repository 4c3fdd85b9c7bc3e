"""reseal: a change made by hand on purpose is shown, asked about and accepted."""

import io
import sys
from pathlib import Path

import pytest

from bt_assess.core.session import Answer
from bt_assess.store.folder import SessionFolder
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
