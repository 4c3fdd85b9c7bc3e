"""Which session is set beside which, when nobody says so."""

from datetime import timedelta
from pathlib import Path

from bt_assess.core.session import Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.pairs import fit, in_order, pair_from, pair_of
from bt_assess.store.session_file import StoredSession
from tests.core.builders import NOON
from tests.store.catalogues import opened
from tests.store.helpers import RUBRIC, half_done, saved


def done(number: int, begun: int, took: int = 0, **who: object) -> Session:
    """A session begun on a day, finished so many days after that."""
    started = NOON + timedelta(days=begun)
    session = half_done(id=f"pairing{number}", started=started, **who)
    return session.finish(started + timedelta(days=took))


def test_the_one_before_it_is_of_the_same_person_however_they_are_spelt() -> None:
    anchor = done(0, 100, respondent="Ada", team="North")
    theirs = done(1, 10, respondent="ADA", team=" north")
    later = done(2, 101, respondent="Ada", team="North")
    nearer = done(3, 99, respondent="Bo", team="North")
    assert sorted([nearer, later, theirs], key=lambda other: fit(anchor, other)) == [
        theirs, later, nearer
    ]  # fmt: skip


def test_before_is_what_was_finished_before() -> None:
    slow, quick = done(0, 0, took=60), done(1, 10, took=1)
    stored = [StoredSession(Path(f"{each.id}.toml"), each) for each in (slow, quick)]
    before, after = in_order(*stored)
    assert (before.session, after.session) == (quick, slow)
    pair = pair_of(stored)
    assert pair is not None
    assert [each.session for each in pair] == [quick, slow]
    assert pair_of(stored[:1]) is None


def test_of_a_folder_it_is_the_newest_and_the_one_before_it_of_the_same(tmp_path: Path) -> None:
    folder = SessionFolder(tmp_path)
    saved(folder, done(0, 0, took=50, respondent="ada"))
    saved(folder, done(1, 10, respondent="Ada"))
    for number in range(2, 30):
        saved(folder, done(number, 20, respondent="Bo"))
    with opened(folder) as catalogue:
        list(catalogue.refresh())
        pair = pair_from(catalogue, RUBRIC, ())
        assert pair is not None
        assert [each.session.id for each in pair] == ["pairing1", "pairing0"]
