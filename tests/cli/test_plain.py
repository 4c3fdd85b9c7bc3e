"""`--plain`: the whole way in lines and prompts, for those who cannot use pictures."""

import io
from pathlib import Path

import pytest

from bt_assess.cli import main
from bt_assess.core.session import Answer
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_session


@pytest.fixture
def typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> object:
    def run(*lines: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert main(["--plain", "--sessions", str(tmp_path)]) == 0
        return capsys.readouterr().out

    return run


def only(folder: Path) -> Path:
    [path] = folder.glob("*.toml")
    return path


def test_all_statements_to_a_result(typed, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rubric = load_rubric()
    out = typed("1", "Me", "Housing", *["3"] * len(rubric.asked), "f", "q")
    for statement in rubric.asked:
        assert statement.text in out
    assert "All 117 statements have an answer." in out
    assert "Me · Housing" in out
    session = read_session(only(tmp_path)).session
    assert session.finished is not None
    assert set(session.answers.values()) == {Answer.MOSTLY}


def test_stopping_and_going_on_at_the_same_statement(typed, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    first = load_rubric().asked
    typed("1", "Me", "", "1", "fully", "q", "q")
    out = typed("1", "4", "u", "q", "q")
    assert "Continue: Me, 2 of 117" in out
    assert out.index(first[2].text) < out.index(first[3].text)
    session = read_session(only(tmp_path)).session
    assert [session.answers.get(s.id) for s in first[:3]] == [Answer.NOT, Answer.FULLY, None]


def test_notes_explanations_and_words_that_are_no_answer(typed, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    statement = load_rubric().asked[0]
    out = typed("1", "", "", "e", "n", "Two budgets.", "perhaps", "g", "999", "q", "q")
    assert statement.help in out
    assert "Please type an answer" in out
    assert "That is not a number of a statement." in out
    assert read_session(only(tmp_path)).session.notes == {statement.id: "Two budgets."}


def test_the_end_of_the_input_loses_nothing(typed, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    typed("1", "Me", "", "4")
    assert list(read_session(only(tmp_path)).session.answers.values()) == [Answer.FULLY]
