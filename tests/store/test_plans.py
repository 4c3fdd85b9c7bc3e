"""Plans and projects as files: what both have in common is tried on both."""

import multiprocessing
import os
import stat
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from bt_assess.core.plan import Plan
from bt_assess.store.files import LARGEST, UnreadableFile
from bt_assess.store.folder import InUseError, NotFound, SessionFolder
from bt_assess.store.kept import ChangedByHand, OutOfDate
from bt_assess.store.plans import PlansFolder, plan_text
from tests.conftest import Sweep
from tests.core import plan_edits
from tests.store import faults
from tests.store.damage import DAMAGES, Damage
from tests.store.helpers import HANG, contents, other_process
from tests.store.kept import HARD, TODAY, Case, case_of, day, largest_plan

WORDS = ["plan", "project"]


@pytest.fixture(params=WORDS)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    return case_of(tmp_path, request.param)


def renamed(thing: Any, title: str = "Another") -> Any:
    return thing.renamed(title) if isinstance(thing, Plan) else thing.changed(title=title)


class TestFiles:
    """What is written comes back."""

    def test_it_comes_back_as_it_was(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        assert case.folder.read(stored.path) == stored
        assert case.folder.all() == ([stored], [])
        assert stored.path.name == f"2026-03-02-{case.thing.id}.toml"
        assert stat.S_IMODE(stored.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(stored.path.parent.stat().st_mode) == 0o700

    def test_without_a_folder_there_are_none(self, case: Case) -> None:
        assert case.folder.all() == ([], [])
        case.folder.sweep()
        assert not case.folder.path.exists()

    def test_it_is_no_session_and_nothing_else(self, case: Case, tmp_path: Path) -> None:
        stored = case.folder.create(case.thing)
        assert list(SessionFolder(tmp_path).read_all()) == []
        other = case_of(tmp_path, next(word for word in WORDS if word != case.word)).folder
        other.path.mkdir()
        stored.path.rename(other.path / stored.path.name)
        [], [fault] = other.all()
        assert f"is not a {WORDS[1 - WORDS.index(case.word)]}" in fault.why

    def test_what_is_there_is_not_written_over(self, case: Case) -> None:
        case.folder.create(case.thing)
        before = contents(case.folder.path)
        with pytest.raises(FileExistsError):
            case.folder.create(renamed(case.thing))
        assert contents(case.folder.path) == before

    def test_saved_again(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        again = case.folder.save(stored, renamed(case.thing))
        assert case.folder.read(stored.path) == again
        assert again.thing.title == "Another"
        assert case.folder.save(again, again.thing) == again

    def test_newest_first(self, case: Case) -> None:
        for number, an_id in ((3, "aaaaaaaa"), (9, "bbbbbbbb"), (1, "cccccccc")):
            values = {**dict(case.thing), "id": an_id, "created": day(number)}
            case.folder.create(type(case.thing).model_validate(values))
        found = [stored.thing.id for stored in case.folder.all()[0]]
        assert found == ["bbbbbbbb", "aaaaaaaa", "cccccccc"]
        assert case.folder.resolve("latest").thing.id == "bbbbbbbb"

    def test_by_id_title_and_start(self, case: Case) -> None:
        stored = case.folder.create(renamed(case.thing, "Our year"))
        an_id = stored.thing.id
        for word in (an_id, an_id[:3], "Our year", "our YEAR", stored.path.name, stored.path.stem):
            assert case.folder.resolve(word) == stored
        for word in ("", "year", "zz"):
            with pytest.raises(NotFound, match=f"no {case.word} here"):
                case.folder.resolve(word)

    def test_of_two_of_one_title_both_are_named(self, case: Case) -> None:
        for an_id in ("aaaaaaaa", "bbbbbbbb"):
            values = {**dict(case.thing), "id": an_id, "title": "Twin"}
            case.folder.create(type(case.thing).model_validate(values))
        with pytest.raises(NotFound, match="could be any of 2") as raised:
            case.folder.resolve("Twin")
        assert "aaaaaaaa" in str(raised.value)

    def test_put_aside_and_taken_back(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        aside = case.folder.move(stored, to_archive=True)
        assert case.folder.all() == ([], [])
        assert case.folder.all(archived=True) == ([aside], [])
        assert case.folder.resolve(stored.thing.id) == aside
        case.folder.create(renamed(case.thing))
        with pytest.raises(FileExistsError):
            case.folder.move(aside, to_archive=False)
        stored.path.unlink()
        assert case.folder.move(aside, to_archive=False) == stored


class TestText:
    """What people type, and the most of it."""

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(plan=plan_edits.plans())
    def test_any_plan_comes_back(self, plan: Plan, tmp_path: Path) -> None:
        path = tmp_path / "plan.toml"
        path.write_text(plan_text(plan), encoding="utf-8", newline="")
        assert PlansFolder(tmp_path).read(path).thing == plan

    @pytest.mark.parametrize("sign", ["x", "é", "山", "😀", '"', "\\", "'", "\u0301"])
    def test_the_largest_plan_can_be_read(self, sign: str, tmp_path: Path) -> None:
        folder = PlansFolder(tmp_path)
        stored = folder.create(largest_plan(sign))
        assert folder.read(stored.path) == stored
        assert stored.path.stat().st_size < LARGEST

    def test_hard_titles_are_told_of_on_one_line(self, case: Case) -> None:
        stored = case.folder.create(renamed(case.thing, HARD))
        assert "\n" not in stored.thing.title
        assert case.folder.resolve(stored.thing.title) == stored


class TestDamage:
    """Nothing damaged is taken for something else, and nothing stops the rest."""

    @pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
    def test_no_damage_is_taken_for_another(
        self, case: Case, damage: Damage, sweep: Sweep[int]
    ) -> None:
        stored = case.folder.create(case.thing)
        data = stored.path.read_bytes()
        places = list(damage.places(data))
        # The seal is at the end, and the last places are where a cut is hardest to see.
        chosen = dict.fromkeys([*sweep(places, 120), *places[-40:]])
        refused = 0
        for place in chosen:
            stored.path.write_bytes(damage.at(data, place))
            found, damaged = case.folder.all()
            assert found in ([], [stored]), (damage.name, place)
            assert len(found) + len(damaged) == 1
            refused += len(damaged)
        assert refused > len(chosen) / 3

    def test_a_damaged_one_is_told_of_by_its_id(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        data = stored.path.read_bytes()
        stored.path.write_bytes(data[: len(data) // 2])
        for word in (stored.thing.id, stored.path.name, stored.thing.id[:4]):
            with pytest.raises(UnreadableFile):
                case.folder.resolve(word)

    def test_one_that_is_damaged_does_not_hide_the_others(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        (case.folder.path / "2026-01-01-broken.toml").write_bytes(b"\xff\xfe")
        found, [fault] = case.folder.all()
        assert found == [stored]
        assert "UTF-8" in fault.why

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("format = 2", "newer bt-assess"),
            ("format = 1", "its beginning is damaged"),
            ("", "its beginning is damaged"),
            ("format = [", "not valid TOML"),
            ("format = 1\n[WORD]\nid = 3", "end is missing"),
            ("format = 1\n[WORD]\nid = 3\n[seal]\n", "is not what belongs there"),
            ("format = 1\n[WORD]\ntitle = 'x'\n[seal]\n", "id: is missing"),
            ("format = 1\n[WORD]\n[more]\n[seal]\n", "'more' is not part of a WORD"),
            ("a.b.c.d.e.f.g.h.i.j.k.l.m.n = 1", "parts"),
        ],
    )
    def test_what_is_none_is_told_of(self, case: Case, text: str, why: str) -> None:
        case.folder.path.mkdir()
        odd = case.folder.path / "odd.toml"
        odd.write_text(text.replace("WORD", case.word), encoding="utf-8")
        [], [fault] = case.folder.all()
        assert why.replace("WORD", case.word) in fault.why

    def test_what_somebody_typed_is_not_in_the_fault(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        text = stored.path.read_text(encoding="utf-8")
        stored.path.write_text(text.replace("revision = ", "revision = 'secret' #"), "utf-8")
        [], [fault] = case.folder.all()
        assert "secret" not in str(fault)
        assert "revision" in fault.why

    @pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
    def test_links_are_not_followed(self, case: Case, tmp_path: Path) -> None:
        stored = case.folder.create(case.thing)
        elsewhere = tmp_path / "elsewhere.toml"
        stored.path.rename(elsewhere)
        stored.path.symlink_to(elsewhere)
        found, [fault] = case.folder.all()
        assert (found, "link" in fault.why) == ([], True)
        with pytest.raises(FileExistsError):
            case.folder.create(case.thing)


class TestChangedByHand:
    """A file that somebody edited on purpose."""

    def change(self, case: Case) -> ChangedByHand[Any]:
        stored = case.folder.create(renamed(case.thing, "Our year"))
        text = stored.path.read_text(encoding="utf-8")
        stored.path.write_text(text.replace('"Our year"', '"Our Year"'), encoding="utf-8")
        [], [fault] = case.folder.all()
        assert isinstance(fault, ChangedByHand)
        return fault

    def test_it_counts_once_it_is_accepted(self, case: Case) -> None:
        fault = self.change(case)
        assert fault.thing.title == "Our Year"
        stored = case.folder.accept(fault)
        assert case.folder.all() == ([stored], [])
        assert stored.thing.title == "Our Year"
        assert stored.thing.revision == fault.thing.revision + 1

    def test_not_when_it_has_changed_again(self, case: Case) -> None:
        fault = self.change(case)
        text = fault.path.read_text(encoding="utf-8")
        fault.path.write_text(text.replace("Our Year", "Our Week"), encoding="utf-8")
        before = fault.path.read_bytes()
        with pytest.raises(OutOfDate):
            case.folder.accept(fault)
        assert fault.path.read_bytes() == before


class TestWriting:
    """One writer, and the old file or the new one."""

    def test_what_has_changed_on_disk_is_not_written_over(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        case.folder.save(stored, renamed(case.thing, "First"))
        before = contents(case.folder.path)
        with pytest.raises(OutOfDate, match="changed meanwhile"):
            case.folder.save(stored, renamed(case.thing, "Second"))
        stored.path.write_bytes(b"format = 1")
        with pytest.raises(OutOfDate, match="cannot be read"):
            case.folder.save(stored, renamed(case.thing, "Second"))
        assert before != contents(case.folder.path)
        assert stored.path.read_bytes() == b"format = 1"

    def test_another_one_is_not_saved_in_its_place(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        other = type(case.thing).model_validate({**dict(case.thing), "id": "zzzzzzzz"})
        with pytest.raises(OutOfDate, match=f"another {case.word}"):
            case.folder.save(stored, other)

    def test_another_window_has_it(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        before = contents(case.folder.path)
        with other_process(stored.path) as (_, state):
            assert state == "held"
            with pytest.raises(InUseError):
                case.folder.hold(stored)
            with pytest.raises(InUseError):
                case.folder.save(stored, renamed(case.thing))
            with pytest.raises(InUseError):
                case.folder.move(stored, to_archive=True)
            assert case.folder.all() == ([stored], [])
        assert contents(case.folder.path) == before

    def test_held_until_it_is_released(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        assert case.folder.hold(stored) == stored
        assert case.folder.hold(stored) == stored
        saved = case.folder.save(stored, renamed(case.thing))
        with other_process(stored.path) as (_, state):
            assert state == "in use"
        case.folder.release(saved)
        case.folder.release(saved)
        with other_process(stored.path) as (_, state):
            assert state == "held"

    def test_a_damaged_one_is_not_held(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        stored.path.write_bytes(b"format = 1")
        with pytest.raises(UnreadableFile):
            case.folder.hold(stored)
        with other_process(stored.path) as (_, state):
            assert state == "held"

    @pytest.mark.parametrize("step", range(3))
    def test_on_a_full_disk_it_is_the_old_or_the_new(self, case: Case, step: int) -> None:
        stored = case.folder.create(case.thing)
        new = renamed(case.thing)
        with faults.at_step(step, faults.disk_full), pytest.raises(OSError, match="space"):
            case.folder.save(stored, new)
        found, damaged = case.folder.all()
        assert damaged == []
        assert found[0].thing == (case.thing if step < 2 else new)
        assert len(contents(case.folder.path)) == 1

    @pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
    @pytest.mark.parametrize("step", range(4))
    def test_killed_at_any_step_it_is_the_old_or_the_new(
        self, case: Case, step: int, tmp_path: Path
    ) -> None:
        stored = case.folder.create(case.thing)
        fork = multiprocessing.get_context("spawn")
        process = fork.Process(target=_save_and_die, args=(tmp_path, case.word, step))
        process.start()
        process.join(HANG)
        assert process.exitcode == (-9 if step < 3 else 0)
        process.close()
        case.folder.sweep()
        [found], damaged = case.folder.all()
        assert damaged == []
        assert found.thing == (case.thing if step < 2 else renamed(case.thing))
        assert list(contents(case.folder.path)) == [stored.path.name]
        # And it is free at once.
        case.folder.release(case.folder.hold(found))

    def test_sweeping_leaves_living_writers_alone(self, case: Case) -> None:
        stored = case.folder.create(case.thing)
        leftover = stored.path.with_name(f".{stored.path.name}.1a2b3c4d.tmp")
        leftover.write_bytes(b"half")
        with other_process(stored.path) as (_, state):
            assert state == "held"
            case.folder.sweep()
            assert leftover.exists()
        case.folder.sweep()
        assert not leftover.exists()
        assert case.folder.all() == ([stored], [])


def _save_and_die(folder: Path, word: str, step: int) -> None:
    """In another process: save, and be killed before this step of writing."""
    case = case_of(folder, word)
    stored = case.folder.resolve(case.thing.id)
    with faults.at_step(step, faults.die):
        case.folder.save(stored, renamed(case.thing))
    os._exit(0)


class TestNew:
    """A plan that begins."""

    def test_from_nothing(self, tmp_path: Path) -> None:
        folder = PlansFolder(tmp_path)
        stored = folder.new(" Our\nplan ", TODAY, organisation="North")
        assert folder.all() == ([stored], [])
        assert (stored.thing.title, stored.thing.organisation) == ("Our plan", "North")
        assert stored.thing.created == TODAY

    def test_a_title_with_nothing_in_it(self, tmp_path: Path) -> None:
        with pytest.raises(ValidationError):
            PlansFolder(tmp_path).new(" \n", TODAY)
        assert contents(tmp_path) == {}

    def test_a_day_outside_the_calendar_is_brought_in(self, tmp_path: Path) -> None:
        stored = PlansFolder(tmp_path).new("Early", date(1, 1, 1))
        assert PlansFolder(tmp_path).read(stored.path) == stored


@pytest.fixture(autouse=True)
def _no_locks_left(tmp_path: Path) -> Iterator[None]:
    yield
    assert not list(tmp_path.rglob("*.tmp"))
