"""Pages, searches and sums of a catalogue, held against the files themselves."""

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bt_assess.core.compared import Compared, Kind
from bt_assess.core.courses import identity
from bt_assess.core.scoring import Status, score
from bt_assess.core.session import Answer, RubricRef, Session
from bt_assess.core.upgrade import upgrade
from bt_assess.report.words import day, who
from bt_assess.store import catalogue_file
from bt_assess.store.catalogue import Catalogue
from bt_assess.store.catalogue_queries import Wanted
from bt_assess.store.folder import SessionFolder
from bt_assess.store.glance import glance
from bt_assess.store.reading import folded
from bt_assess.store.session_file import StoredSession
from tests.core import builders
from tests.core.test_courses import IN_USE, IS_NEW
from tests.store.catalogues import ids, many, opened, recency
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


def day_of(session: Session) -> str:
    """The day of a session as lists show it, both ways."""
    moment = session.finished or session.started
    return f"{moment.astimezone():%Y-%m-%d} {day(moment)}"


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
        (Wanted(words="person 7"), lambda s: "7" in s.respondent + s.id + day_of(s)),
        (Wanted(words="TEAM  3 PERSON"), lambda s: "3" in s.team + s.respondent + s.id + day_of(s)),
        (Wanted(words="2026-05-"), lambda s: "2026-05-" in day_of(s)),
        (Wanted(words="12 MAY 2026"), lambda s: "12 May 2026" in day_of(s)),
        (Wanted(words="1 may 2026"), lambda s: day_of(s).endswith(" 1 May 2026")),
        (Wanted(words="1 May"), lambda s: " 1 May " in day_of(s)),
        (Wanted(words="may 2026"), lambda s: "May 2026" in day_of(s)),
        (Wanted(words="many000123"), lambda s: s.id == "many000123"),
        (Wanted(words="' OR 1=1 --"), lambda s: False),
        (Wanted(words="%"), lambda s: False),
        (Wanted(finished=True), lambda s: s.finished is not None),
        (Wanted(finished=False, team="Team 2"), lambda s: s.finished is None and s.team == "Team 2"),
        (Wanted(respondent="Person 7"), lambda s: s.respondent == "Person 7"),
        (Wanted(respondent="PERSON  7", team="tEAM 2"), lambda s: who(s) == "Person 7 · Team 2"),
        (Wanted(respondent="7"), lambda s: False),
        (Wanted(respondent=""), lambda s: False),
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
            here = done.astimezone()
            key = (here.year, (here.month - 1) // 3 + 1, theme.theme_id)
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
        teams = [
            replace(quarter, team=folded(team))
            for team in catalogue.teams()
            for quarter in catalogue.trend(team)
        ]
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


def test_who_was_asked_less_by_an_older_version_has_a_place(tmp_path: Path) -> None:
    """In the list and in the trend, carried to the version in use or not, as in its own result."""
    folder = SessionFolder(tmp_path)
    old = builders.session(builders.answers("333 000 000"), id="asked0ld").finish(builders.NOON)
    carried = upgrade(
        builders.session(old.answers, id="carried0").finish(builders.NOON), IN_USE
    ).session
    short = builders.session(old.answers, id="short000", **IS_NEW).finish(builders.NOON)
    for session in (old, carried, short):
        path = tmp_path / f"2026-03-02-{session.id}.toml"
        folder.save(path, session, IN_USE)
    with closing(Catalogue(folder, IN_USE)) as catalogue:
        list(catalogue.refresh())
        found = {listed.id: listed.places[0] for listed in catalogue.page(0, 9)}
        assert {name: place.status for name, place in found.items()} == {
            "asked0ld": Status.PLACED, "carried0": Status.PLACED, "short000": Status.NOT_ENOUGH,
        }  # fmt: skip
        assert found["asked0ld"] == found["carried0"]
        [quarter] = catalogue.trend()
        assert (quarter.placed, quarter.not_enough) == (2, 1)


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """As if the machine stood in another time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


needs_zones = pytest.mark.skipif(not hasattr(time, "tzset"), reason="no time zones to go to")


@needs_zones
def test_a_session_is_of_the_day_and_quarter_it_was_finished_here(tmp_path: Path) -> None:
    """The last evening of September in UTC is the first night of October in London."""
    folder = SessionFolder(tmp_path)
    done = datetime(2026, 9, 30, 23, 30, tzinfo=UTC)
    answers = dict.fromkeys(RUBRIC.statements, Answer.FULLY)
    made = builders.session(answers, id="lateeven", started=done - timedelta(days=40))
    saved(folder, made.finish(done))

    def shown(zone: str) -> tuple[list[int], list[str], list[str]]:
        with in_zone(zone), opened(folder) as catalogue:
            list(catalogue.refresh())
            quarters = {quarter.quarter for quarter in catalogue.trend()}
            words = ["2026-10", "1 oct 2026", "2026-09", "30 sep", "aug"]
            found = [word for word in words if catalogue.count(Wanted(words=word))]
            return sorted(quarters), found, [day(s.when) for s in catalogue.page(0, 9)]

    assert shown("Europe/London") == ([4], ["2026-10", "1 oct 2026"], ["1 Oct 2026"])
    # Carried to another zone, it is of that day there; the catalogue does not stay behind.
    assert shown("UTC") == ([3], ["2026-09", "30 sep"], ["30 Sep 2026"])
    assert shown("Europe/London")[0] == [4]


def test_what_was_begun_first_and_finished_last_is_the_newest(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    answers = dict.fromkeys(RUBRIC.statements, Answer.FULLY)
    for name, begun, days in (("longlong", 0, 30), ("quickone", 10, 1), ("stillopn", 20, 0)):
        made = builders.session(answers, id=name, started=builders.NOON + timedelta(days=begun))
        saved(folder, made.finish(made.started + timedelta(days=days)) if days else made)
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        assert ids(catalogue) == ["longlong", "stillopn", "quickone"]
        assert [s.id for s in catalogue.listed(catalogue.numbers())] == ids(catalogue)
        backwards = catalogue.page(2, 1, total=3)
        assert [s.id for s in backwards] == ["quickone"]


def test_a_name_is_one_however_it_is_spelt(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    answers = dict.fromkeys(RUBRIC.statements, Answer.FULLY)
    people = [
        ("Ada", "North"),
        ("ADA", "north"),
        ("Ada", "North"),
        ("Adam", "Northern"),
        ("Bo", ""),
    ]
    for number, (name, team) in enumerate(people):
        made = builders.session(answers, id=f"spelling{number}", respondent=name, team=team)
        saved(folder, made.finish(made.started))
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        assert catalogue.teams() == ["North", "Northern"]
        assert catalogue.people() == ["Ada", "Adam", "Bo"]
        for spelt in ("North", "NORTH", " north "):
            assert {quarter.mixed for quarter in catalogue.trend(spelt)} == {3}
        assert [q for q in catalogue.trends() if q.team == "north"] == [
            replace(quarter, team="north") for quarter in catalogue.trend("North")
        ]
        theirs = Wanted(respondent="ada", team="NORTH")
        assert {s.id for s in catalogue.page(0, 9, theirs)} == {f"spelling{n}" for n in range(3)}
        assert [s.id for s in catalogue.page(0, 9, Wanted(team=""))] == ["spelling4"]
        # What is taken away is taken out of the sum that it is in.
        next(folder.path.glob("*spelling1*")).unlink()
        list(catalogue.refresh())
        assert {quarter.mixed for quarter in catalogue.trend("North")} == {2}
        assert catalogue.teams() == ["North", "Northern"]


@given(st.text(), st.text())
def test_a_spelling_is_folded_as_a_comparison_does_it(name: str, team: str) -> None:
    item = Compared(
        kind=Kind.SESSION, id="sess2345", name=name, team=team, when=date(2026, 3, 2),
        rubric=RubricRef(id="small-grid", version="1.0"), standings=(),
    )  # fmt: skip
    assert identity(item) == (Kind.SESSION.value, folded(name), folded(team))
