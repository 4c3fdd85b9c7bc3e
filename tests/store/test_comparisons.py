"""Saved comparisons: what is written comes back, and what is damaged is told of."""

import stat
from datetime import date
from pathlib import Path

import pytest

from bt_assess.core.compared import Kind
from bt_assess.core.saved_comparison import Ref, View
from bt_assess.store.comparisons import ComparisonsFolder, Forgotten, NameTaken, read_comparison
from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import NotFound, SessionFolder
from tests.store import faults
from tests.store.damage import DAMAGES, Damage
from tests.store.helpers import contents

TODAY = date(2026, 3, 2)
WHAT = (Ref(kind=Kind.SESSION, id="abcdefgh"), Ref(kind=Kind.ROUND, id="q7w8e9r2"))
HARD = "Our \"year\" \\ ''' [seal] é 山田 = 1"


@pytest.fixture
def folder(tmp_path: Path) -> ComparisonsFolder:
    return ComparisonsFolder(tmp_path)


def test_it_comes_back_as_it_was(folder: ComparisonsFolder) -> None:
    stored = folder.new(
        HARD, WHAT, today=TODAY, view=View.BESIDE, targets={"leadership": 2.5, "learning": 3}
    )
    assert read_comparison(stored.path) == stored
    assert folder.all() == ([stored], [])
    assert stored.path.parent == folder.path
    assert stat.S_IMODE(stored.path.stat().st_mode) == 0o600
    assert stored.comparison.what == WHAT


def test_without_a_folder_there_are_none(folder: ComparisonsFolder) -> None:
    assert folder.all() == ([], [])
    assert not folder.path.exists()


def test_it_is_no_session(folder: ComparisonsFolder, tmp_path: Path) -> None:
    folder.new("Our year", WHAT, today=TODAY)
    assert list(SessionFolder(tmp_path).read_all()) == []


def test_names_are_there_once(folder: ComparisonsFolder) -> None:
    first = folder.new("Our year", WHAT, today=TODAY)
    with pytest.raises(NameTaken):
        folder.new("our YEAR", WHAT[::-1], today=TODAY)
    second = folder.new("Another", WHAT, today=date(2026, 3, 3))
    with pytest.raises(NameTaken):
        folder.save(second, second.comparison.changed(name="Our year"))
    assert folder.all()[0] == [second, first]


def test_it_can_be_changed_and_forgotten(folder: ComparisonsFolder) -> None:
    stored = folder.new("Our year", WHAT, today=TODAY)
    aimed = folder.save(stored, stored.comparison.changed(targets={"learning": 2.0}))
    assert folder.resolve("our year") == aimed
    folder.remove(aimed)
    assert folder.all() == ([], [])


def test_what_was_changed_in_another_window_stays(folder: ComparisonsFolder) -> None:
    aims = {"leadership": 2.0, "learning": 2.0, "resources": 2.0}
    first = second = folder.new("Our year", WHAT, today=TODAY, targets=aims)
    folder.save(
        first,
        first.comparison.changed(
            name="Board year", targets={"leadership": 2.5, "learning": 2.0, "people": 1.5}
        ),
    )
    mine = second.comparison.changed(view=View.TREND, targets={**aims, "learning": 3.0})
    saved = folder.save(second, mine)
    assert folder.all() == ([saved], [])
    assert (saved.comparison.name, saved.comparison.view) == ("Board year", View.TREND)
    assert saved.comparison.targets == {"leadership": 2.5, "learning": 3.0, "people": 1.5}
    # What both have changed is as it was changed last.
    again = folder.save(first, first.comparison.changed(targets={}))
    assert again.comparison.targets == {"people": 1.5}
    assert again.comparison.name == "Board year"


def test_what_was_added_and_taken_out_in_another_window_stays_so(folder: ComparisonsFolder) -> None:
    a, b, c, d = (Ref(kind=Kind.SESSION, id=f"{letter * 8}") for letter in "abcd")
    first = second = folder.new("Our year", (a, b, c), today=TODAY)
    folder.save(first, first.comparison.changed(what=(a, b, d)))
    saved = folder.save(second, second.comparison.changed(what=(b, a, c)))
    assert saved.comparison.what == (b, a, d)
    # Fewer than two are no comparison, so then it is as it was chosen last.
    folder.save(saved, saved.comparison.changed(what=(c, d)))
    assert folder.save(saved, saved.comparison.changed(what=(a, b))).comparison.what == (a, b)


def test_what_was_deleted_in_another_window_does_not_come_back(folder: ComparisonsFolder) -> None:
    stored = folder.new("Our year", WHAT, today=TODAY)
    folder.remove(stored)
    with pytest.raises(Forgotten):
        folder.save(stored, stored.comparison.changed(targets={"learning": 2.0}))
    folder.remove(stored)
    assert folder.all() == ([], [])


def test_what_was_changed_by_hand_meanwhile_is_left_alone(folder: ComparisonsFolder) -> None:
    stored = folder.new("Our year", WHAT, today=TODAY)
    stored.path.write_text(
        stored.path.read_text(encoding="utf-8").replace("Our year", "Our tear"), encoding="utf-8"
    )
    before = contents(folder.path)
    with pytest.raises(UnreadableFile, match="not as it was saved"):
        folder.save(stored, stored.comparison.changed(name="Another"))
    assert contents(folder.path) == before


def test_by_name_and_by_the_start_of_an_id(folder: ComparisonsFolder) -> None:
    stored = folder.new("Our year", WHAT, today=TODAY)
    for word in ("Our year", "OUR YEAR", stored.comparison.id, stored.comparison.id[:3]):
        assert folder.resolve(word) == stored
    for word in ("", "year", "zz"):
        with pytest.raises(NotFound):
            folder.resolve(word)


def test_a_name_goes_before_the_start_of_an_id(folder: ComparisonsFolder) -> None:
    first = folder.new("Our year", WHAT, today=TODAY)
    named = folder.new(first.comparison.id[:2], WHAT, today=TODAY)
    assert folder.resolve(first.comparison.id[:2]) == named


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_no_damage_is_taken_for_another_comparison(
    folder: ComparisonsFolder, damage: Damage
) -> None:
    stored = folder.new(HARD, WHAT, today=TODAY, targets={"leadership": 2.5, "learning": 3})
    data = stored.path.read_bytes()
    refused = 0
    for place in damage.places(data):
        stored.path.write_bytes(damage.at(data, place))
        found, damaged = folder.all()
        assert found in ([], [stored])
        assert len(found) + len(damaged) == 1
        refused += len(damaged)
    assert refused


def test_a_damaged_one_is_told_of_by_its_id(folder: ComparisonsFolder) -> None:
    stored = folder.new("Our year", WHAT, today=TODAY)
    data = stored.path.read_text(encoding="utf-8")
    stored.path.write_text(data.replace("Our year", "Our tear"), encoding="utf-8")
    for word in (stored.comparison.id, stored.path.name, stored.path.stem):
        with pytest.raises(UnreadableFile, match="not as it was saved"):
            folder.resolve(word)


@pytest.mark.parametrize(
    ("text", "why"),
    [("format = 2", "newer bt-assess"), ("format = 1", "not a saved comparison"),
     ("", "not a saved comparison"), ("format = [", "not valid TOML")],
)  # fmt: skip
def test_what_is_none_is_told_of(folder: ComparisonsFolder, text: str, why: str) -> None:
    folder.path.mkdir()
    (folder.path / "odd.toml").write_text(text, encoding="utf-8")
    [], [fault] = folder.all()
    assert why in fault.why


def test_links_are_not_followed(folder: ComparisonsFolder, tmp_path: Path) -> None:
    stored = folder.new("Our year", WHAT, today=TODAY)
    elsewhere = tmp_path / "elsewhere.toml"
    stored.path.rename(elsewhere)
    stored.path.symlink_to(elsewhere)
    found, [fault] = folder.all()
    assert (found, "link" in fault.why) == ([], True)


def test_on_a_full_disk_the_old_one_stays(folder: ComparisonsFolder) -> None:
    stored = folder.new("Our year", WHAT, today=TODAY)
    before = contents(folder.path)
    with faults.at_step(0, faults.disk_full), pytest.raises(OSError, match="space"):
        folder.save(stored, stored.comparison.changed(name="Another"))
    assert contents(folder.path) == before
