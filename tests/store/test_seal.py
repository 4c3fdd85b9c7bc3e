"""A file that is not what was saved is never taken for another session."""

from pathlib import Path

import pytest

from bt_assess.core.session import Session
from bt_assess.store.files import UnreadableFile
from bt_assess.store.session_file import ChangedFile, read_session, session_text
from tests.core import builders
from tests.store.damage import DAMAGES, Damage
from tests.store.helpers import RUBRIC, finished, half_done

EMPTY = builders.session()
SMALL = builders.session(
    {**builders.answers("12k --- ---")}, respondent="Zoë", notes={"leadership.starting.1": "Eh?"}
)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
@pytest.mark.parametrize(
    "session", [EMPTY, SMALL, finished()], ids=["empty", "small", "with scores"]
)
def test_the_same_session_or_a_refusal(tmp_path: Path, session: Session, damage: Damage) -> None:
    path = tmp_path / "2026-03-02-abcdefgh.toml"
    data = session_text(session, RUBRIC).encode()
    said = []
    for place in damage.places(data):
        path.write_bytes(damage.at(data, place))
        try:
            found = read_session(path).session
        except UnreadableFile as fault:
            said.append(str(fault))
        else:
            assert found == session
    assert said, "this damage has not been tried at all"
    assert [line for line in said if "\n" in line or not line.startswith(f"{path.name}: ")] == []


def test_two_sessions_run_together_are_refused(tmp_path: Path) -> None:
    """Half of one file and half of another, as a bad disk or a bad merge leaves them."""
    first = session_text(half_done(), RUBRIC).splitlines(keepends=True)
    second = session_text(finished(team="South", notes={}), RUBRIC).splitlines(keepends=True)
    path = tmp_path / "x.toml"
    for n in range(1, len(first)):
        for m in range(1, len(second)):
            path.write_text("".join(first[:n] + second[m:]))
            try:
                found = read_session(path).session
            except UnreadableFile:
                continue
            assert found in (half_done(), finished(team="South", notes={}))


class TestWords:
    """What a person is told."""

    def test_cut_short(self, tmp_path: Path) -> None:
        path = tmp_path / "x.toml"
        path.write_text(session_text(half_done(), RUBRIC).split("[seal]")[0])
        with pytest.raises(ChangedFile, match="the end is missing: it was cut short"):
            read_session(path)

    def test_another_answer(self, tmp_path: Path) -> None:
        path = tmp_path / "x.toml"
        text = session_text(half_done(), RUBRIC)
        path.write_text(text.replace('1" = "not"', '1" = "fully"', 1))
        assert path.read_text() != text
        with pytest.raises(ChangedFile, match="not as it was saved: changed by hand, or damaged"):
            read_session(path)

    def test_a_note_is_sealed_too(self, tmp_path: Path) -> None:
        path = tmp_path / "x.toml"
        text = session_text(half_done(), RUBRIC)
        path.write_text(text.replace("again in May", "again in June"))
        assert path.read_text() != text
        with pytest.raises(ChangedFile):
            read_session(path)

    def test_comments_and_order_are_free(self, tmp_path: Path) -> None:
        """The seal is of what a file says, not of how it is laid out."""
        path = tmp_path / "x.toml"
        text = session_text(half_done(), RUBRIC)
        path.write_text("# Mine.\n" + text.replace("\n[", "\n\n# Here.\n  [").replace("\n", "\r\n"))
        assert read_session(path).session == half_done()
