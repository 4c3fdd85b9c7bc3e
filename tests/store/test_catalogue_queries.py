"""Pages, searches and sums of a catalogue, held against the files themselves."""

from pathlib import Path
from statistics import fmean, stdev

import pytest

from bt_assess.core.scoring import Status, score
from bt_assess.store import catalogue_file
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.catalogue_queries import Wanted
from bt_assess.store.folder import SessionFolder, recency
from bt_assess.store.glance import glance
from bt_assess.store.session_file import StoredSession
from tests.store.catalogues import ids, many, opened
from tests.store.helpers import RUBRIC, half_done, saved

COUNT = 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> SessionFolder:
    folder = SessionFolder(tmp_path_factory.mktemp("many"))
    many(folder, COUNT)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
    return folder


def read(folder: SessionFolder) -> list[StoredSession]:
    found = [s for s in folder.read_all() if isinstance(s, StoredSession)]
    return sorted(found, key=recency, reverse=True)


@pytest.mark.parametrize("size", [1, 7, 50, 299, 300, 1000])
def test_pages_make_up_the_list(folder: SessionFolder, size: int) -> None:
    with opened(folder) as catalogue:
        pages = [
            listed.id
            for offset in range(0, COUNT, size)
            for listed in catalogue.page(offset, size, total=COUNT)
        ]
        assert pages == [s.session.id for s in read(folder)] == ids(catalogue)
        assert catalogue.page(COUNT, 10) == []


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(words="person 7"), lambda s: "7" in s.respondent + s.id + str(s.started.date())),
        (Wanted(words="TEAM  3 PERSON"), lambda s: "3" in f"{s.team}{s.respondent}{s.id}{s.started:%F}"),
        (Wanted(words="2026-05-"), lambda s: f"{s.started:%Y-%m-}" == "2026-05-"),
        (Wanted(words="many000123"), lambda s: s.id == "many000123"),
        (Wanted(words="' OR 1=1 --"), lambda s: False),
        (Wanted(words="%"), lambda s: False),
        (Wanted(finished=True), lambda s: s.finished is not None),
        (Wanted(finished=False, team="Team 2"), lambda s: s.finished is None and s.team == "Team 2"),
        (Wanted(respondent="Person 7"), lambda s: s.respondent == "Person 7"),
        (Wanted(rubric_id="small-grid"), lambda s: True),
        (Wanted(rubric_id="other"), lambda s: False),
        (Wanted(tag="none"), lambda s: False),
        (Wanted(archived=True), lambda s: False),
    ],
)  # fmt: skip
def test_searches(folder: SessionFolder, wanted: Wanted, fits: object) -> None:
    assert callable(fits)
    right = [s.session.id for s in read(folder) if fits(s.session)]
    with opened(folder) as catalogue:
        total = catalogue.count(wanted)
        assert total == len(right)
        assert [s.id for s in catalogue.page(0, COUNT, wanted)] == right
        far = catalogue.page(max(0, total - 5), 5, wanted, total=total)
        assert [s.id for s in far] == right[-5:]


def test_who_and_which_teams_there_are(folder: SessionFolder) -> None:
    with opened(folder) as catalogue:
        assert catalogue.teams() == sorted({s.session.team for s in read(folder)})
        assert catalogue.people() == sorted({s.session.respondent for s in read(folder)})
        assert catalogue.tags() == []


def expected(folder: SessionFolder, team: str | None) -> dict[tuple[int, int, str], list[object]]:
    groups: dict[tuple[int, int, str], list[object]] = {}
    for stored in read(folder):
        done = stored.session.finished
        if done is None or team not in (None, stored.session.team):
            continue
        for theme in score(RUBRIC, stored.session.answers).themes:
            key = (done.year, (done.month - 1) // 3 + 1, theme.theme_id)
            groups.setdefault(key, []).append(
                theme.position if theme.status is Status.PLACED else theme.status
            )
    return groups


def check_trend(catalogue: Catalogue, folder: SessionFolder, team: str | None) -> None:
    right = expected(folder, team)
    found = catalogue.trend(team)
    assert [(q.year, q.quarter, q.theme_id) for q in found] == sorted(
        right, key=lambda key: (key[0], key[1], [theme.id for theme in RUBRIC.themes].index(key[2]))
    )
    for quarter in found:
        all_of_it = right[quarter.year, quarter.quarter, quarter.theme_id]
        places = [p for p in all_of_it if isinstance(p, float)]
        assert quarter.placed == len(places)
        assert quarter.mixed == all_of_it.count(Status.MIXED)
        assert quarter.not_recognised == all_of_it.count(Status.NOT_RECOGNISED)
        assert quarter.not_enough == all_of_it.count(Status.NOT_ENOUGH)
        assert quarter.mean == (pytest.approx(fmean(places), abs=1e-5) if places else None)
        assert quarter.sd == (pytest.approx(stdev(places), abs=1e-3) if places[1:] else None)


@pytest.mark.parametrize("team", [None, "Team 3", "nobody's"])
def test_a_trend(folder: SessionFolder, team: str | None) -> None:
    with opened(folder) as catalogue:
        check_trend(catalogue, folder, team)
        if team != "nobody's":
            assert any(quarter.placed for quarter in catalogue.trend(team))


def test_the_trends_of_all_teams(folder: SessionFolder) -> None:
    with opened(folder) as catalogue:
        teams = [q for team in catalogue.teams() for q in catalogue.trend(team)]
        assert catalogue.trends() == teams


def test_a_trend_follows_what_changes(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    many(folder, 60)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        check_trend(catalogue, folder, "Team 1")
        done = [s for s in read(folder) if s.session.finished and s.session.team == "Team 1"]
        done[0].path.unlink()
        folder.move(done[1].path, to_archive=True)
        done[2].path.write_bytes(done[2].path.read_bytes()[:-3])
        folder.save(done[3].path, done[3].session.model_copy(update={"team": "Team 2"}), RUBRIC)
        list(catalogue.refresh())
        for team in (None, "Team 1", "Team 2"):
            check_trend(catalogue, folder, team)
        for path in folder.files():
            path.unlink()
        list(catalogue.refresh())
        assert catalogue.trend() == []


class TestGlance:
    def test_a_small_folder_is_not_worth_one(self, tmp_path: Path) -> None:
        assert glance(tmp_path) is None
        catalogue = Catalogue(SessionFolder(tmp_path), RUBRIC)
        catalogue.counts()
        catalogue.close()
        assert glance(tmp_path) is None

    def test_a_large_one_is_counted_without_its_files(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bt_assess.store.glance.LARGE", 1)
        for number in range(3):
            saved(SessionFolder(tmp_path), half_done(id=f"aaaaaaa{number + 2}"), f"{number}.toml")
        catalogue = Catalogue(SessionFolder(tmp_path), RUBRIC)
        list(catalogue.refresh())
        catalogue.close()
        assert glance(tmp_path) == 3

    @pytest.mark.parametrize("data", [b"", b"SQLite format 3\0", b"x" * 5000])
    def test_what_is_no_catalogue_says_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
    ) -> None:
        monkeypatch.setattr("bt_assess.store.glance.LARGE", 0)
        (tmp_path / catalogue_file.NAME).write_bytes(data)
        assert glance(tmp_path) is None
