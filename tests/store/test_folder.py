"""Finding the folder, finding sessions in it by many names, the archive."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from platformdirs import user_data_path

from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import InUseError, NotFound, SessionFolder, new_id
from bt_assess.store.session_file import ChangedFile, StoredSession, read_session
from bt_assess.store.where import find_folder
from tests.core.builders import NOON
from tests.store.helpers import contents, half_done, other_process, saved


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    return SessionFolder(tmp_path / "sessions")


@pytest.fixture
def abc(folder: SessionFolder) -> StoredSession:
    return saved(folder, half_done(id="abc23456"))


class TestResolve:
    """The names that a session goes by on the command line."""

    @pytest.fixture(autouse=True)
    def _abd(self, folder: SessionFolder, abc: StoredSession) -> None:
        saved(folder, half_done(id="abd23456", started=NOON - timedelta(days=1)))

    def test_its_id(self, folder: SessionFolder, abc: StoredSession) -> None:
        assert folder.resolve("abc23456") == abc

    @pytest.mark.parametrize("start", ["abc", "abc2345"])
    def test_a_start_that_only_one_has(
        self, folder: SessionFolder, abc: StoredSession, start: str
    ) -> None:
        assert folder.resolve(start) == abc

    def test_a_start_that_several_have(self, folder: SessionFolder) -> None:
        with pytest.raises(NotFound) as caught:
            folder.resolve("ab")
        assert str(caught.value) == (
            "'ab' could be any of 2 sessions: 2026-03-02-abd23456.toml, 2026-03-02-abc23456.toml"
        )

    def test_an_id_that_is_the_start_of_another(self, folder: SessionFolder) -> None:
        saved(folder, half_done(id="abc234567890"))
        assert folder.resolve("abc23456").session.id == "abc23456"

    def test_a_copy_is_never_chosen_by_chance(self, folder: SessionFolder) -> None:
        saved(folder, half_done(id="abc23456"), "copy-abc23456.toml")
        with pytest.raises(NotFound, match="could be any of 2 sessions: copy-abc23456"):
            folder.resolve("abc")

    def test_latest_is_the_one_that_ended_last(
        self, folder: SessionFolder, abc: StoredSession
    ) -> None:
        """As the app has it: begun before the others, and finished after them."""
        begun = abc.session.started - timedelta(days=40)
        long = half_done(id="long2345", started=begun).finish(abc.session.started + timedelta(1))
        saved(folder, long)
        assert folder.resolve("latest").session.id == "long2345"

    def test_latest_is_the_one_that_started_last(
        self, folder: SessionFolder, abc: StoredSession
    ) -> None:
        (folder.path / "9999-12-31-broken22.toml").write_text("nothing")
        assert folder.resolve("latest") == abc

    @pytest.mark.parametrize("word", ["zzz", "", "lates", "[", "\x00", "ABC23456"])
    def test_nobody(self, folder: SessionFolder, word: str) -> None:
        with pytest.raises(NotFound, match="no session here goes by"):
            folder.resolve(word)

    def test_a_file_by_its_path_from_anywhere(
        self, folder: SessionFolder, abc: StoredSession, tmp_path: Path
    ) -> None:
        elsewhere = abc.path.rename(tmp_path / "elsewhere.toml")
        assert folder.resolve(str(elsewhere)).session == abc.session

    def test_a_file_by_its_name_in_the_folder(
        self, folder: SessionFolder, abc: StoredSession
    ) -> None:
        assert folder.resolve(abc.path.name) == abc

    def test_a_file_where_one_is_comes_first(
        self,
        folder: SessionFolder,
        abc: StoredSession,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        here = saved(SessionFolder(tmp_path), half_done(respondent="Eve"), abc.path.name)
        monkeypatch.chdir(tmp_path)
        assert folder.resolve(abc.path.name).session == here.session

    def test_a_file_in_somebodys_home(
        self, folder: SessionFolder, abc: StoredSession, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(folder.path))
        monkeypatch.setenv("USERPROFILE", str(folder.path))
        assert folder.resolve(f"~/{abc.path.name}") == abc

    def test_a_link_that_somebody_names_is_followed(
        self, folder: SessionFolder, abc: StoredSession, tmp_path: Path
    ) -> None:
        link = tmp_path / "link.toml"
        link.symlink_to(abc.path)
        assert folder.resolve(str(link)).session == abc.session

    @pytest.mark.parametrize(
        "word", ["none.toml", "no/such/file", "~nobody-of-this-name/x.toml", "a\0b.toml"]
    )
    def test_a_file_that_is_not_there(self, folder: SessionFolder, word: str) -> None:
        with pytest.raises(UnreadableFile, match=r"there is no such file|cannot be a file's"):
            folder.resolve(word)

    def test_a_name_that_is_too_long_for_a_file(self, folder: SessionFolder) -> None:
        with pytest.raises(UnreadableFile, match="too long"):
            folder.resolve("a" * 5000 + ".toml")

    def test_a_renamed_file_by_the_id_inside(
        self, folder: SessionFolder, abc: StoredSession
    ) -> None:
        renamed = abc.path.rename(abc.path.with_name("Our first time.toml"))
        assert folder.resolve("abc") == StoredSession(renamed, abc.session)

    def test_a_renamed_file_in_the_archive(self, folder: SessionFolder, abc: StoredSession) -> None:
        renamed = abc.path.rename(abc.path.with_name("Our first time.toml"))
        archived = folder.move(renamed, to_archive=True)
        assert folder.resolve("abc") == StoredSession(archived, abc.session)

    def test_an_archived_one(self, folder: SessionFolder, abc: StoredSession) -> None:
        archived = folder.move(abc.path, to_archive=True)
        assert folder.resolve("abc") == StoredSession(archived, abc.session)
        assert folder.resolve("latest").session.id == "abd23456"

    @pytest.mark.parametrize("name", ["2026-03-02-abc23456.toml", "renamed.toml"])
    def test_a_changed_one_says_that_it_is(
        self, folder: SessionFolder, abc: StoredSession, name: str
    ) -> None:
        abc.path.write_text(abc.path.read_text().replace('"Ada"', '"Eve"'))
        abc.path.rename(abc.path.with_name(name))
        with pytest.raises(ChangedFile):
            folder.resolve("abc")

    def test_a_damaged_one_says_what_is_wrong(
        self, folder: SessionFolder, abc: StoredSession
    ) -> None:
        abc.path.write_bytes(abc.path.read_bytes()[:100])
        with pytest.raises(UnreadableFile, match=r"2026-03-02-abc23456\.toml: "):
            folder.resolve("abc")


def test_a_folder_that_is_not_there_has_no_sessions(folder: SessionFolder) -> None:
    assert folder.files() == folder.files(archived=True) == []
    assert list(folder.read_all()) == []
    with pytest.raises(NotFound, match="there are no sessions here yet"):
        folder.resolve("latest")
    with pytest.raises(NotFound, match="no session here goes by 'abc'"):
        folder.resolve("abc")
    assert not folder.path.exists(), "looking makes no folder"


def test_only_visible_toml_files_are_sessions(folder: SessionFolder, abc: StoredSession) -> None:
    for name in (".hidden.toml", "x.toml~", "x.TXT", "README.md", ".x.toml.1.tmp"):
        (folder.path / name).write_text("not one of ours")
    assert folder.files() == [abc.path]


def test_ids_are_easy_to_read_out() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert not set("".join(ids)) & set("ilo01u")
    assert {len(own) for own in ids} == {8}


class TestArchive:
    """Out of the way, and back."""

    def test_there_and_back(self, folder: SessionFolder, abc: StoredSession) -> None:
        before = contents(folder.path)
        archived = folder.move(abc.path, to_archive=True)
        assert archived == folder.path / "archive" / abc.path.name
        assert folder.files() == []
        assert list(folder.read_all(archived=True)) == [StoredSession(archived, abc.session)]
        assert folder.move(archived, to_archive=False) == abc.path
        assert contents(folder.path) == before
        assert read_session(abc.path) == abc

    @pytest.mark.parametrize("to_archive", [True, False])
    def test_a_name_that_is_there_already_is_refused(
        self, folder: SessionFolder, abc: StoredSession, to_archive: bool
    ) -> None:
        path = folder.move(abc.path, to_archive=True)
        here = saved(folder, half_done(respondent="Eve"), abc.path.name).path
        before = contents(folder.path)
        with pytest.raises(FileExistsError, match="a file of that name is there already"):
            folder.move(here if to_archive else path, to_archive=to_archive)
        assert contents(folder.path) == before

    def test_not_while_another_window_has_it_open(
        self, folder: SessionFolder, abc: StoredSession
    ) -> None:
        with other_process(abc.path) as (_, state):
            assert state == "held"
            with pytest.raises(InUseError):
                folder.move(abc.path, to_archive=True)
        assert folder.files() == [abc.path]

    def test_a_file_that_is_gone(self, folder: SessionFolder, abc: StoredSession) -> None:
        abc.path.unlink()
        with pytest.raises(FileNotFoundError):
            folder.move(abc.path, to_archive=True)

    def test_a_damaged_file_can_be_put_away(
        self, folder: SessionFolder, abc: StoredSession
    ) -> None:
        abc.path.write_bytes(b"\0\0\0")
        assert folder.move(abc.path, to_archive=True).read_bytes() == b"\0\0\0"


class TestWhere:
    """Which folder is in use; the first of four that is named or there."""

    def test_the_order(self, tmp_path: Path) -> None:
        named = {"BT_ASSESS_SESSIONS": str(tmp_path / "named")}
        assert find_folder("given", named, tmp_path).why == "given with --sessions"
        assert find_folder("given", named, tmp_path).path == Path("given").absolute()
        assert find_folder(None, named, tmp_path).path == tmp_path / "named"
        assert find_folder(None, named, tmp_path).why == "named by BT_ASSESS_SESSIONS"
        own = user_data_path("bt-assess", appauthor=False) / "sessions"
        assert find_folder(None, {}, tmp_path).path == own
        assert find_folder(None, {}, tmp_path).why == "your own data folder"
        (tmp_path / "sessions").mkdir()
        assert find_folder(None, {}, tmp_path).path == tmp_path / "sessions"
        assert find_folder(None, {}, tmp_path).why == "it is in the folder you started from"
        assert find_folder(None, named, tmp_path).path == tmp_path / "named"

    def test_what_is_empty_names_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "sessions").mkdir()
        found = find_folder("", {"BT_ASSESS_SESSIONS": ""}, tmp_path)
        assert found.path == tmp_path / "sessions"

    def test_a_file_called_sessions_is_no_folder(self, tmp_path: Path) -> None:
        (tmp_path / "sessions").write_text("")
        assert find_folder(None, {}, tmp_path).why == "your own data folder"

    def test_homes(self, tmp_path: Path) -> None:
        home = Path(os.path.expanduser("~"))  # noqa: PTH111  not what the code itself asks
        assert find_folder("~/here", {}, tmp_path).path == home / "here"
        there = find_folder("~nobody-of-this-name/here", {}, tmp_path).path
        assert there == Path("~nobody-of-this-name/here").absolute()

    def test_looking_makes_nothing(self, tmp_path: Path) -> None:
        find_folder(None, {}, tmp_path)
        find_folder(str(tmp_path / "given"), {}, tmp_path)
        assert list(tmp_path.iterdir()) == []
