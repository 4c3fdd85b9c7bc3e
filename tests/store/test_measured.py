"""What measures plans is found by the catalogue: few files are read, however many there are."""

from datetime import timedelta
from pathlib import Path

import pytest

from bt_assess.core.compared import Kind
from bt_assess.core.plan import Plan, new_plan
from bt_assess.core.saved_comparison import Ref
from bt_assess.store import measured, shelf
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.catalogue_queries import Listed
from bt_assess.store.folder import SessionFolder
from bt_assess.store.measured import measuring, session_by_id, taken_up
from tests.core.builders import NOON, answers, session
from tests.store.catalogues import many, opened
from tests.store.helpers import RUBRIC, saved

FIRST = Ref(kind=Kind.SESSION, id="firstone")
DAY = timedelta(days=1)
THEME = RUBRIC.themes[0].id


def put(
    folder: SessionFolder, id: str, row: str, days: int, name: str = "Ada", aside: str = ""
) -> None:
    when = NOON + days * DAY
    made = session(
        answers(row, THEME), id=id, started=when, finished=when, respondent=name, team="North",
        rubric={"id": RUBRIC.id, "version": RUBRIC.version},
    )  # fmt: skip
    (folder.path / aside).mkdir(parents=True, exist_ok=True)
    saved(folder, made, f"{aside}{when:%Y-%m-%d}-{id}.toml")


def based(*refs: Ref) -> Plan:
    plan = new_plan(refs[0].id, "Ours", NOON.date())
    return plan.based_on(refs, {THEME: 1.0}, NOON.date(), NOON.date())


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    """Two sessions of a person, one that is older, one put aside, and hundreds of others."""
    folder = SessionFolder(tmp_path)
    many(folder, 200)
    put(folder, "firstone", "000 000 000", 0)
    put(folder, "olderone", "333 333 000", -30)
    put(folder, "laterone", "333 333 000", 30, name="ADA ")
    put(folder, "asideone", "333 333 333", 40, aside="archive/")
    return folder


def test_only_the_files_of_its_people_are_read(
    folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(catalogue: Catalogue, listed: Listed, rubric: object) -> object:
        read.append(listed.id)
        return shelf.opened(catalogue, listed, RUBRIC)

    monkeypatch.setattr(measured, "opened", counted)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        plans = [based(FIRST), based(FIRST), new_plan("planplan", "Another", NOON.date())]
        one, two, none = taken_up(catalogue, RUBRIC, plans)
    assert sorted(read) == ["firstone", "laterone"]
    assert [event.ref and event.ref.id for event in one.measurements] == ["laterone"]
    assert one == two
    assert none is plans[2]


def test_what_was_put_aside_counts_for_the_plan_that_it_is_the_base_of(
    folder: SessionFolder,
) -> None:
    aside = Ref(kind=Kind.SESSION, id="asideone")
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        found = measuring(catalogue, RUBRIC, [based(FIRST), based(aside)])
        assert session_by_id(catalogue, RUBRIC, "nobodyat") is None
    assert found.aside == {"asideone"}
    assert [event.ref and event.ref.id for event in found.of(based(FIRST)).measurements] == [
        "laterone"
    ]
    # Of who is only there aside, what comes after it counts.
    assert not found.of(based(aside)).measurements
    assert {item.id for item in found.items} == {"firstone", "laterone", "asideone"}
