"""Carrying a session to a newer rubric: old or new at every step, and a copy that nothing overwrites."""

import os
from pathlib import Path

import pytest

from bt_assess.core.rubric import Rubric
from bt_assess.core.session import Session
from bt_assess.core.upgrade import Upgrade, upgrade
from bt_assess.store.folder import ARCHIVE, InUseError, SessionFolder
from bt_assess.store.session_file import StoredSession, read_session
from bt_assess.store.upgrading import ChangedMeanwhile, write_upgrade
from tests.core import builders
from tests.store import faults
from tests.store.helpers import NOTES, contents, finished, other_process, saved
from tests.store.keys import in_a_child

GONE = "leadership.starting.2"


def newer() -> Rubric:
    """Version 1.1 of the small grid, without one statement and with another."""
    themes = [
        builders.theme_data("111 111 111"),
        builders.theme_data("111 111 1111", theme_id="learning"),
    ]
    themes[0]["statements"] = [s for s in themes[0]["statements"] if s["id"] != GONE]
    return Rubric.model_validate({**builders.rubric_data(*themes), "version": "1.1"})


NEWER = newer()


def case(path: Path) -> tuple[SessionFolder, StoredSession, Upgrade]:
    """A finished session in a folder, and what it is to become."""
    folder = SessionFolder(path)
    stored = saved(folder, finished())
    return folder, stored, upgrade(stored.session, NEWER)


def archived(folder: SessionFolder) -> list[Path]:
    return sorted((folder.path / ARCHIVE).glob("*"))


def test_the_old_file_is_kept_as_it_was(tmp_path: Path) -> None:
    folder, stored, found = case(tmp_path)
    old = stored.path.read_bytes()
    copy = write_upgrade(folder, stored, NEWER, found)
    assert copy == tmp_path / ARCHIVE / "2026-03-02-abcdefgh-version-1.0.toml"
    assert copy.read_bytes() == old
    assert read_session(copy).session == stored.session
    assert read_session(stored.path).session == found.session
    assert found.gone == (GONE,)
    assert GONE in NOTES
    assert stored.session.answers.keys() - found.session.answers.keys() == {GONE}


def test_the_copy_is_not_taken_for_the_session(tmp_path: Path) -> None:
    folder, stored, found = case(tmp_path)
    write_upgrade(folder, stored, NEWER, found)
    assert folder.resolve("abcdefgh").session == found.session
    assert folder.resolve("abcd").session == found.session


def test_a_file_in_the_way_stays_as_it_is(tmp_path: Path) -> None:
    folder, stored, found = case(tmp_path)
    old = stored.path.read_bytes()
    for name in ("-version-1.0", "-version-1.0-2"):
        path = tmp_path / ARCHIVE / f"{stored.path.stem}{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("somebody's", encoding="utf-8")
    copy = write_upgrade(folder, stored, NEWER, found)
    assert copy.name == "2026-03-02-abcdefgh-version-1.0-3.toml"
    assert copy.read_bytes() == old
    others = [path.read_bytes() for path in archived(folder) if path != copy]
    assert others == [b"somebody's"] * 2


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    folder, stored, found = case(tmp_path / "sessions")
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_bytes(stored.path.read_bytes())
    (folder.path / ARCHIVE).mkdir()
    (folder.path / ARCHIVE / "2026-03-02-abcdefgh-version-1.0.toml").symlink_to(elsewhere)
    assert write_upgrade(folder, stored, NEWER, found).name.endswith("-version-1.0-2.toml")


def test_one_that_is_open_elsewhere_is_left_alone(tmp_path: Path) -> None:
    folder, stored, found = case(tmp_path)
    before = contents(tmp_path)
    with other_process(stored.path) as (_, said):
        assert said == "held"
        with pytest.raises(InUseError):
            write_upgrade(folder, stored, NEWER, found)
    assert contents(tmp_path) == before


def test_one_that_has_changed_is_left_alone(tmp_path: Path) -> None:
    folder, stored, found = case(tmp_path)
    now = stored.session.tagged(["changed"])
    saved(folder, now)
    with pytest.raises(ChangedMeanwhile):
        write_upgrade(folder, stored, NEWER, found)
    assert read_session(stored.path).session == now
    assert archived(folder) == []


def check(folder: SessionFolder, stored: StoredSession, found: Upgrade) -> str:
    """Which of the two is there; the old one's answers are in any case."""
    now: Session = read_session(stored.path).session
    copies = [read_session(path).session for path in archived(folder) if path.name[0] != "."]
    if now == stored.session:
        assert copies in ([], [stored.session])
        return "old"
    assert now == found.session
    assert copies == [stored.session]
    return "new"


def test_a_full_disk_at_any_step_and_then_once_more(tmp_path: Path) -> None:
    seen = []
    for number in range(100):
        folder, stored, found = case(tmp_path / str(number))
        with faults.at_step(number, faults.disk_full) as steps:
            try:
                write_upgrade(folder, stored, NEWER, found)
            except OSError:
                pass
            else:
                if len(steps) <= number:
                    break
        seen.append(check(folder, stored, found))
        assert not list(tmp_path.rglob("*.tmp"))
        if seen[-1] == "old":
            assert len(archived(folder)) <= 1
            write_upgrade(folder, stored, NEWER, found)
            assert check(folder, stored, found) == "new"
    assert number > 4
    assert {"old", "new"} == set(seen)


_KILLED = """
import os, shutil, sys
from pathlib import Path
from tests.store import faults
from tests.store.test_upgrading import NEWER, case
from bt_assess.store.upgrading import write_upgrade
for number in range(100):
    folder, stored, found = case(Path(sys.argv[1]) / f"case-{number}")
    child = os.fork()
    if not child:
        with faults.at_step(number, faults.die):
            write_upgrade(folder, stored, NEWER, found)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended != -9:
        sys.exit(ended)
sys.exit(1)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system kills processes in another way")
def test_killed_at_any_step_it_is_old_or_new(tmp_path: Path) -> None:
    assert in_a_child(_KILLED, tmp_path) == 0
    cases = sorted(tmp_path.glob("case-*"), key=lambda path: int(path.name[5:]))
    places = []
    for path in cases:
        folder = SessionFolder(path)
        stored = StoredSession(path / "2026-03-02-abcdefgh.toml", finished())
        found = upgrade(stored.session, NEWER)
        places.append(check(folder, stored, found))
        if places[-1] == "old":
            write_upgrade(folder, stored, NEWER, found)
            assert check(folder, stored, found) == "new"
    assert len(places) > 4
    assert places == sorted(places, reverse=True)
    assert {"old", "new"} == set(places)
