"""The demonstration organisation: what a visitor meets first."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bt_assess.cli import main
from bt_assess.core.comparison import Verdict, compare
from bt_assess.core.disclosure import disclose, publication
from bt_assess.core.round import ActionState, Step
from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import Confidence, Status, score
from bt_assess.core.session import Answer, Session
from bt_assess.core.team import Closeness
from bt_assess.store.folder import SessionFolder
from bt_assess.store.opening import people
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.sealing import unlock
from bt_assess.store.session_file import StoredSession
from docs import make_examples, make_round


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric()


@pytest.fixture
def sessions(checkout: Path) -> dict[str, Session]:
    """By id, the one that started first first."""
    read = list(SessionFolder(checkout / "sessions" / "examples").read_all())
    found = [stored.session for stored in read if isinstance(stored, StoredSession)]
    assert len(found) == len(read), "a damaged file"
    return {s.id: s for s in sorted(found, key=lambda session: session.started)}


def test_the_files_are_what_the_script_writes(checkout: Path, tmp_path: Path) -> None:
    make_examples.write(tmp_path)
    kept = {p.name: p.read_bytes() for p in (checkout / "sessions" / "examples").glob("*.toml")}
    assert kept == {p.name: p.read_bytes() for p in tmp_path.glob("*.toml")}


def test_one_person_answers_three_times_in_a_year_and_two_once(
    sessions: dict[str, Session],
) -> None:
    assert [session.respondent for session in sessions.values()] == [
        "Area manager", "Area manager", "Finance lead", "Head of repairs", "Area manager",
    ]  # fmt: skip
    for session in sessions.values():
        assert session.finished is not None
        assert session.finished < datetime(2026, 11, 21, tzinfo=UTC)
        assert len(session.notes) >= (12 if session.respondent == "Area manager" else 6)
        assert Answer.UNKNOWN in session.answers.values()


def test_the_story_shows_at_once(rubric: Rubric, sessions: dict[str, Session]) -> None:
    latest = sessions["areamanager2026"]
    places = {theme.theme_id: theme for theme in score(rubric, latest.answers).themes}
    assert [name for name, place in places.items() if place.status is Status.MIXED] == [
        "priorities"
    ]
    tentative = [n for n, place in places.items() if place.confidence is Confidence.TENTATIVE]
    assert tentative == ["people"]
    assert Answer.NOT_APPLICABLE in latest.answers.values()
    for before in ("areamanager2025", "areamanagermay2026"):
        changes = compare(rubric, sessions[before], latest).themes
        clear = [c.theme_id for c in changes if c.verdict is Verdict.CLEAR_CHANGE]
        noise = [c.theme_id for c in changes if c.verdict is Verdict.WITHIN_NOISE]
        assert clear == ["leadership", "learning"]
        assert noise == ["people", "frameworks", "change"]


def test_they_never_mix_with_a_persons_own(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The app, started in a checkout, does not look into sessions/examples."""
    shutil.copytree(checkout / "sessions" / "examples", tmp_path / "sessions" / "examples")
    assert main(["list", "--sessions", str(tmp_path / "sessions")]) == 0
    assert "Area manager" not in capsys.readouterr().out


def test_the_round_opens_with_the_passphrase_of_the_readme(
    rubric: Rubric, checkout: Path, tmp_path: Path
) -> None:
    assert f"`{make_round.PASSPHRASE}`" in (checkout / "README.md").read_text(encoding="utf-8")
    examples = checkout / "sessions" / "examples"
    # As git keeps it: without empty folders, without locks.
    shutil.copytree(examples, tmp_path / "s", ignore=shutil.ignore_patterns("unfinished", ".*"))
    folder = RoundsFolder(tmp_path / "s")
    [stored], damaged = folder.all()
    assert damaged == []
    assert (stored.round.step, stored.round.given_in, stored.round.expected) == (Step.CLOSED, 9, 9)
    assert [action.state for action in stored.round.last_actions] == [ActionState.DONE]
    private = unlock(stored.keys, make_round.PASSPHRASE)
    stored = folder.save(stored, stored.round.at_step(Step.DISCUSSING))
    opened = folder.open_all(stored, private, rubric)
    assert opened.in_order
    stored = folder.save(stored, publication(stored.round, opened.names))
    shown = disclose(rubric, stored.round, people(opened))
    assert [t.theme_id for t in shown.themes if t.two_camps] == ["leadership"]
    assert shown.theme("priorities").agreement is Closeness.APART
    assert shown.theme("learning").agreement is Closeness.CLOSE
    assert sum(statement.disputed or False for statement in shown.statements) >= 10
    assert sum(len(statement.notes) for statement in shown.statements) == 9
