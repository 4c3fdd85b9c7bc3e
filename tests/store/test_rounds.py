"""Rounds on disk: nothing of a person is to be found, nothing is lost, nobody counts twice."""

import json
import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519

from bt_assess.core.disclosure import Shown, disclose, publication
from bt_assess.core.round import NotNow, Step
from bt_assess.core.session import Answer, Session
from bt_assess.core.text import NOTE_LENGTH
from bt_assess.store import drafts
from bt_assess.store.ballot import blank_session, to_payload
from bt_assess.store.files import UnreadableFile
from bt_assess.store.folder import new_id
from bt_assess.store.opening import people
from bt_assess.store.round_file import StoredRound
from bt_assess.store.rounds import (
    Draft,
    InUseError,
    NotFound,
    NotTheSame,
    Opened,
    OutOfDate,
    RoundsFolder,
)
from bt_assess.store.sealing import (
    SEALED_SIZE,
    DraftKeys,
    PrivateKey,
    TooMuchText,
    WrongPassphrase,
    opened,
    seal,
    unlock,
)
from tests.store import cheap_keys, faults
from tests.store.helpers import ANSWERS, NOTES, RUBRIC, contents, other_process
from tests.store.keys import CREATED, closed, draft_keys, in_a_child, made, unwrapped

SECRET = "xyzzy the director never listens"
CODE = "mist-2222-2222"


def filled(session: Session, note: str = SECRET) -> Session:
    """The session with answers and a note, stopped at a statement."""
    return Session.model_validate(
        {
            **dict(session),
            "answers": ANSWERS,
            "notes": {**NOTES, "leadership.starting.1": note},
            "at": "learning.starting.1",
        }
    )


def answered(folder: RoundsFolder, stored: StoredRound, name: str = "Ada") -> str:
    """One person gives in; the receipt."""
    draft = folder.begin(folder.resolve(stored.round.id), name, keys=draft_keys())
    return draft.finish(filled(draft.session)).receipt


def reveal(folder: RoundsFolder, stored: StoredRound) -> Opened:
    """The round closed and opened."""
    return folder.open_all(closed(folder, stored), unwrapped()[1], RUBRIC)


def sealed_files(stored: StoredRound) -> list[Path]:
    return sorted((stored.folder / "answers").iterdir())


def entries(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        yield str(path), path.read_bytes() if path.is_file() else b""


# What can be found of a person


@pytest.mark.parametrize("finish", [False, True], ids=["half-way", "given in"])
def test_nothing_of_a_person_is_to_be_found(tmp_path: Path, finish: bool) -> None:
    folder, stored = made(tmp_path / "sessions")
    draft = folder.begin(stored, "Zebedee Quux", keys=draft_keys())
    session = filled(draft.session)
    draft.save(session)
    if finish:
        draft.finish(session)
    words = [SECRET, "xyzzy", "Zebedee", "Quux", CODE, session.id, *ANSWERS, "mostly", "fully"]
    words += list(NOTES.values())
    for path, data in entries(tmp_path):
        for word in words:
            assert word not in path
            assert word.encode() not in data


def test_sealed_files_have_one_size_one_date_and_nothing_to_link_them(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    names = []
    for note in ("", SECRET, "long " * 700):
        draft = folder.begin(folder.resolve("q7w8"), keys=draft_keys())
        draft.save(filled(draft.session, note))
        unfinished = draft.path.stat()
        names.append(draft.path.stem)
        assert (unfinished.st_size, unfinished.st_mode & 0o777) == (SEALED_SIZE, 0o600)
        draft.finish(filled(draft.session, note))
    assert not list((stored.folder / "unfinished").iterdir())
    found = [path.stat() for path in sealed_files(stored)]
    midnight = 1_772_409_600
    assert {(s.st_size, s.st_mode & 0o777) for s in found} == {(SEALED_SIZE, 0o600)}
    assert {s.st_mtime for s in found} == {midnight}
    assert (stored.folder / "answers").stat().st_mtime == midnight
    assert (stored.folder / "unfinished").stat().st_mtime == midnight
    # A name that was seen while somebody answered says nothing of which file became theirs.
    assert not set(names) & {path.stem for path in sealed_files(stored)}


def test_what_is_sealed_holds_no_name_time_id_or_order(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    draft = folder.begin(stored, "Zebedee", keys=draft_keys())
    draft.finish(filled(draft.session))
    payload = opened(sealed_files(stored)[0].read_bytes(), unwrapped()[1]).decode()
    for word in ("Zebedee", "North", "2026", draft.session.id, "started", '"at"'):
        assert word not in payload
    # Answered from the last statement to the first, and sealed in the order of ids all the same.
    session = filled(draft.session)
    for kind in ("answers", "notes"):
        given = dict(sorted(getattr(session, kind).items(), reverse=True))
        assert list(given) != sorted(given), "this test would show nothing"
        session = Session.model_construct(**{**dict(session), kind: given})
    sealed = json.loads(to_payload(session, stored.round, None))
    for kind in ("answers", "notes"):
        assert list(sealed[kind]) == sorted(sealed[kind])


def test_a_named_round_keeps_the_name_inside_the_seal_only(tmp_path: Path) -> None:
    folder, stored = made(tmp_path, named=True)
    with pytest.raises(NotNow):
        folder.begin(stored, " ", keys=draft_keys())
    answered(folder, stored, "Zebedee")
    assert not [path for path, data in entries(tmp_path) if b"Zebedee" in data + path.encode()]
    assert [s.respondent for s in reveal(folder, stored).sessions] == ["Zebedee"]


# From one end to the other


def test_a_round_from_set_up_to_the_next(tmp_path: Path) -> None:
    """With the keys of a round as they are really made, which takes its seconds."""
    folder = RoundsFolder(tmp_path)
    title = "[/] \x1b[2J ../../up"
    stored, code = folder.new(
        title, expected=5, rubric=RUBRIC, today=CREATED, passphrase="three grey geese"
    )
    assert stored.folder.name == f"2026-03-02-{stored.round.id}"
    assert code.encode() not in stored.path.read_bytes()
    stored = folder.save(stored, stored.round.collecting())
    waits = folder.begin(stored, keys=draft_keys())
    draft = folder.begin(waits.stored, keys=cheap_keys.DRAFTS[0])
    draft.save(filled(draft.session))
    assert draft.resume_code is not None
    with pytest.raises(WrongPassphrase):
        folder.resume(stored, "mist-2222-2222x")
    heard: list[tuple[int, int]] = []
    again = folder.resume(
        stored, draft.resume_code.upper().replace("-", " "), lambda *n: heard.append(n)
    )
    assert heard[0] == (0, 2)
    assert again.session.answers == ANSWERS
    assert again.session.at == "learning.starting.1"
    assert again.resume_code is None
    given = again.finish(again.session)
    assert folder.unfinished(given.stored) == 1
    found = folder.open_all(closed(folder, given.stored), unlock(stored.keys, code), RUBRIC)
    assert found.receipts == (given.receipt,)
    assert found.sessions[0].answers == ANSWERS
    assert found.sessions[0].notes["leadership.starting.1"] == SECRET


def test_who_takes_everything_back_leaves_nothing(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    draft = folder.begin(stored, keys=draft_keys())
    draft.drop()
    assert not list((stored.folder / "unfinished").iterdir())
    assert folder.resolve("latest").round.given_in == 0


def test_nothing_is_opened_or_begun_at_the_wrong_step(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    draft = folder.begin(stored, keys=draft_keys())
    with pytest.raises(NotNow):
        folder.open_all(draft.stored, unwrapped()[1], RUBRIC)
    shut = closed(folder, stored)
    with pytest.raises(NotNow):
        folder.begin(shut, keys=draft_keys())
    with pytest.raises(NotNow):
        draft.finish(filled(draft.session))
    assert folder.unfinished(shut) == 1


def test_a_writer_that_comes_late_brings_nothing_back(tmp_path: Path) -> None:
    """A save that still waited when the answers were given in, or taken back, writes nothing."""
    folder, stored = made(tmp_path)
    draft = folder.begin(stored, keys=draft_keys())
    given = draft.finish(filled(draft.session))
    other = folder.begin(given.stored, keys=draft_keys())
    other.drop()
    for over in (draft, other):
        over.save(filled(over.session))
    assert not list((stored.folder / "unfinished").iterdir())
    assert folder.unfinished(folder.resolve("latest")) == 0


def test_too_many_notes_are_told_of_and_the_old_answers_stand(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    draft = folder.begin(stored, keys=draft_keys())
    draft.save(filled(draft.session))
    before = draft.path.read_bytes()
    lot = random.Random(1)
    letters = [chr(code) for code in range(0x4E00, 0x9F00)]
    loud = {s: "".join(lot.choices(letters, k=NOTE_LENGTH)) for s in RUBRIC.statements}
    with pytest.raises(TooMuchText, match="please shorten some"):
        draft.save(Session.model_validate({**dict(draft.session), "notes": loud}))
    assert draft.path.read_bytes() == before
    assert folder.unfinished(stored) == 1


def test_unfinished_answers_of_another_vote_are_not_taken_for_this_one(tmp_path: Path) -> None:
    """Somebody stopped in the first vote, and comes with that code while a second one goes on."""
    folder, stored = made(tmp_path)
    first = folder.begin(stored, keys=cheap_keys.DRAFTS[0])
    first.save(filled(first.session))
    answered(folder, folder.resolve("latest"))
    there = closed(folder, folder.resolve("latest"))
    there = folder.save(there, there.round.at_step(Step.DISCUSSING).voting_again("leadership"))
    assert folder.unfinished(there, "leadership") == 0
    second = folder.begin(there, theme_id="leadership", keys=cheap_keys.DRAFTS[1])
    second.save(filled(second.session))
    assert folder.unfinished(there, "leadership") == 1
    assert folder.unfinished(there) == 1
    assert first.resume_code is not None
    assert second.resume_code is not None
    with pytest.raises(NotNow, match="not collecting"):
        folder.resume(there, first.resume_code)
    again = folder.resume(there, second.resume_code)
    assert again.theme_id == "leadership"
    late = folder.save(there, there.round.collecting())
    with pytest.raises(NotNow, match="no second vote"):
        folder.resume(late, second.resume_code)
    given = folder.resume(late, first.resume_code)
    assert given.finish(given.session).stored.round.given_in == 2


def test_a_second_vote_is_kept_beside_the_first_and_holds_its_theme_only(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    answered(folder, stored)
    there = closed(folder, stored)
    there = folder.save(there, there.round.at_step(Step.DISCUSSING).voting_again("leadership"))
    with pytest.raises(NotNow):
        folder.begin(there, theme_id="learning", keys=draft_keys())
    draft = folder.begin(there, theme_id="leadership", keys=draft_keys())
    now = draft.finish(filled(draft.session)).stored
    assert now.round.given_in == 1
    private = unwrapped()[1]
    first = folder.open_all(now, private, RUBRIC)
    second = folder.open_all(now, private, RUBRIC, theme_id="leadership")
    assert first.in_order
    assert second.in_order
    assert first.sessions[0].answers == ANSWERS
    assert {i.split(".")[0] for i in second.sessions[0].answers} == {"leadership"}


# Nothing is lost, nobody counts twice


def held_draft(folder: RoundsFolder, stored: StoredRound) -> tuple[Draft, PrivateKey]:
    """A draft with a note in it, and the key that its resume code would open."""
    identity = x25519.Identity.generate()
    keys = DraftKeys(str(identity.to_public()), "none")
    draft = folder.begin(folder.resolve(stored.round.id), keys=(keys, CODE))
    draft.save(filled(draft.session))
    return draft, PrivateKey(identity)


def check(sessions: Path, private: PrivateKey) -> str:
    """Where one person's answers are after a crash: in one place, whole."""
    folder = RoundsFolder(sessions)
    stored = folder.hold(folder.resolve("latest"))
    waiting = drafts.unfinished(stored)
    found = folder.open_all(folder.save(stored, stored.round.closed()), unwrapped()[1], RUBRIC)
    folder.release(stored)
    assert found.in_order, found
    assert len(found.sessions) + len(waiting) == 1
    if waiting:
        found_ = waiting[0]
        session = drafts.reopened(
            folder, stored, found_.path, found_.keys, private, new_id()
        ).session
    else:
        session = found.sessions[0]
    assert session.answers == ANSWERS
    assert session.notes["leadership.starting.1"] == SECRET
    assert not [p for p, _ in entries(sessions) if p.endswith(".tmp") or ".finishing" in p]
    return "unfinished" if waiting else "given in"


_KILLED = """
import os, shutil, sys
from pathlib import Path
from bt_assess.store import drafts
from bt_assess.store.ballot import blank_session, to_payload
from bt_assess.store.rounds import Draft, RoundsFolder
from tests.store import cheap_keys, faults
from tests.store.test_rounds import filled
base = Path(sys.argv[1])
for number in range(100):
    case = base / f"case-{number}"
    shutil.copytree(base / "before", case)
    child = os.fork()
    if child == 0:
        folder = RoundsFolder(case)
        stored = folder.resolve("latest")
        waiting = drafts.unfinished(stored)[0]
        path, keys = waiting.path, waiting.keys
        session = filled(blank_session(stored.round, "", "a2b3c4d5"))
        with faults.at_step(number, faults.die):
            Draft(folder, stored, path, keys, session).finish(session)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended != -9:
        sys.exit(ended)
sys.exit(1)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system kills processes in another way")
def test_killed_at_any_step_of_finishing_nothing_is_lost_or_counted_twice(tmp_path: Path) -> None:
    folder, stored = made(tmp_path / "before")
    _, private = held_draft(folder, stored)
    assert in_a_child(_KILLED, tmp_path) == 0
    cases = sorted(tmp_path.glob("case-*"), key=lambda path: int(path.name[5:]))
    # The last one was not killed.
    assert len(cases) > 10
    places = [check(case, private) for case in cases]
    assert {"unfinished", "given in"} == set(places)
    assert places == sorted(places, reverse=True)


def test_a_full_disk_at_any_step_of_finishing_and_then_once_more(tmp_path: Path) -> None:
    folder, stored = made(tmp_path / "before")
    identity = held_draft(folder, stored)[1]
    for number in range(100):
        case = tmp_path / f"case-{number}"
        shutil.copytree(tmp_path / "before", case)
        there = RoundsFolder(case)
        stored = there.resolve("latest")
        waiting = drafts.unfinished(stored)[0]
        path, keys = waiting.path, waiting.keys
        draft = Draft(there, stored, path, keys, blank_session(stored.round, "", "a2b3c4d5"))
        session = filled(draft.session)
        failed = False
        with faults.at_step(number, faults.disk_full) as steps:
            try:
                draft.finish(session)
            except OSError:
                failed = True
        left = shutil.copytree(case, tmp_path / f"left-{number}")
        check(left, identity)
        if failed:
            draft.finish(session)
        assert check(case, identity) == "given in"
        if len(steps) <= number:
            assert number > 10
            return
    pytest.fail("finishing has no end")


def test_a_full_disk_leaves_the_old_round_and_the_old_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, stored = made(tmp_path)
    draft, _ = held_draft(folder, stored)
    before = contents(tmp_path)

    def full(descriptor: int) -> None:
        faults.disk_full()

    monkeypatch.setattr(os, "fsync", full)
    for attempt in (
        lambda: draft.save(draft.session),
        lambda: folder.save(draft.stored, draft.stored.round.closed()),
        lambda: folder.begin(draft.stored, keys=draft_keys()),
        lambda: folder.give(draft.stored, filled(draft.session)),
    ):
        with pytest.raises(OSError, match="No space left"):
            attempt()
        assert contents(tmp_path) == before


# The head-count


def test_a_missing_a_doubled_a_damaged_a_foreign_and_a_forged_file_are_told_of(
    tmp_path: Path,
) -> None:
    folder, stored = made(tmp_path)
    for _ in range(5):
        answered(folder, stored)
    files = sealed_files(stored)
    clean = reveal(folder, stored)
    assert clean.in_order
    assert clean.head_count(5) == ["5 of 5 expected people answered."]
    answers = stored.folder / "answers"
    files[0].unlink()
    shutil.copy(files[1], answers / "zzzzzzzzzzzzzzzz.age")
    files[2].write_bytes(files[2].read_bytes()[:-1])
    payload = opened(files[4].read_bytes(), unwrapped()[1])
    # Anybody can seal to a public key: in the place of a colleague's file, and beside them.
    files[3].write_bytes(seal(payload, stored.keys.public))
    (answers / "yyyyyyyyyyyyyyyy.age").write_bytes(seal(payload, stored.keys.public))
    (answers / "notes.txt").write_text("hello")
    other = str(x25519.Identity.generate().to_public())
    (answers / "xxxxxxxxxxxxxxxx.age").write_bytes(seal(payload, other))
    (answers / "wwwwwwwwwwwwwwww.age").symlink_to("/etc/passwd")
    os.mkfifo(answers / "vvvvvvvvvvvvvvvv.age")
    before = contents(tmp_path)
    found = folder.open_all(folder.resolve("latest"), unwrapped()[1], RUBRIC)
    assert contents(tmp_path) == before
    assert found.names == (files[1].stem, files[4].stem)
    assert found.missing == (files[0].stem,)
    assert found.doubled == ("zzzzzzzzzzzzzzzz",)
    assert [name for name, _ in found.damaged] == [files[2].stem, files[3].stem]
    assert found.uncounted == ("yyyyyyyyyyyyyyyy",)
    assert found.foreign == (
        "notes.txt", "vvvvvvvvvvvvvvvv.age", "wwwwwwwwwwwwwwww.age", "xxxxxxxxxxxxxxxx.age",
    )  # fmt: skip
    lines = found.head_count(5)
    assert lines[0] == "2 of 5 expected people answered."
    assert len(lines) == 8
    gone = stored.round.sealed or folder.resolve("latest").round.sealed
    receipts = ", ".join(sorted(gone[file.stem] for file in (files[0], files[2], files[3])))
    assert lines[-1] == (
        f"Not there: receipts {receipts}. Put their files back into the folder ‘answers’ and all is"
        " as before."
    )
    counted = folder.count_in(folder.resolve("latest"), found.uncounted)
    assert len(folder.open_all(counted, unwrapped()[1], RUBRIC).sessions) == 3


def test_two_people_who_answer_alike_are_two_people(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    assert answered(folder, stored) != answered(folder, stored)
    assert len(reveal(folder, stored).sessions) == 2


# Two windows


def test_a_second_window_may_look_and_not_write(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    with other_process(stored.path) as (process, word):
        assert word == "held"
        assert folder.resolve("latest") == stored
        for attempt in (
            lambda: folder.hold(stored),
            lambda: folder.save(stored, stored.round.closed()),
            lambda: folder.begin(stored, keys=draft_keys()),
        ):
            with pytest.raises(InUseError):
                attempt()
        process.kill()
        process.wait()
        now = folder.hold(stored)
    folder.release(now)
    assert now == stored


def test_what_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    answered(RoundsFolder(tmp_path), stored)
    with pytest.raises(OutOfDate):
        folder.save(stored, stored.round.changed(expected=9).closed())
    assert folder.resolve("latest").round.given_in == 1


# Finding rounds


def test_a_round_goes_by_id_start_title_and_latest(tmp_path: Path) -> None:
    folder, old = made(tmp_path, title="Spring review")
    _, new = made(tmp_path, id="q7aaaaaa", title="../../etc/[/]", created="2026-03-02")
    os.utime(old.path, ns=(1, 1))
    for word, stored in (("q7w8e9r2", old), ("q7w", old), ("Spring review", old),
                         ("latest", new), ("../../etc/[/]", new), (new.folder.name, new)):  # fmt: skip
        assert folder.resolve(word) == stored
    for word, why in (("q7", "any of 2"), ("", "no round"), ("\x1b[2J", "no round"), ("x", "no")):
        with pytest.raises(NotFound, match=why) as caught:
            folder.resolve(word)
        assert "\x1b" not in str(caught.value)


def test_a_damaged_round_is_told_of_and_stays_where_it_is(tmp_path: Path) -> None:
    folder, good = made(tmp_path)
    _, bad = made(tmp_path, id="bad00000")
    bad.path.write_bytes(bad.path.read_bytes()[:400])
    (folder.path / "empty").mkdir()
    (folder.path / "link").symlink_to(good.folder)
    before = contents(tmp_path)
    rounds, damaged = folder.all()
    assert rounds == [good]
    assert sorted(fault.path.name for fault in damaged) == [bad.folder.name, "empty", "link"]
    with pytest.raises(UnreadableFile):
        folder.resolve("bad0")
    assert contents(tmp_path) == before
    assert RoundsFolder(tmp_path / "nowhere").all() == ([], [])


def test_the_next_round_begins_with_this_ones_actions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bt_assess.core.round import Action
    from bt_assess.store import rounds

    monkeypatch.setattr(rounds, "new_keys", lambda passphrase: (unwrapped()[0], "code"))
    folder, stored = made(tmp_path)
    action = Action(id="new00001", what="Hold the stand-up", owner="Ada")
    stored = closed(folder, stored)
    stored = folder.save(stored, stored.round.at_step(Step.DISCUSSING).with_action(action))
    new, _ = folder.new(
        "Next", expected=6, rubric=RUBRIC, today=CREATED, passphrase="x", after=stored
    )
    assert new.round.last_actions == (action,)
    assert new.round.after == stored.round.id
    assert folder.resolve(new.round.id) == new


def test_folders_that_are_links_are_not_written_into(tmp_path: Path) -> None:
    folder, stored = made(tmp_path / "sessions")
    (tmp_path / "elsewhere").mkdir()
    for name in ("answers", "unfinished"):
        (stored.folder / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnreadableFile):
        folder.begin(stored, keys=draft_keys())
    with pytest.raises(UnreadableFile):
        folder.give(folder.resolve("latest"), filled(blank_session(stored.round, "", "a2b3c4d5")))
    assert not list((tmp_path / "elsewhere").iterdir())


# Several laptops


def two_laptops(tmp_path: Path) -> tuple[RoundsFolder, StoredRound, RoundsFolder, StoredRound]:
    here, stored = made(tmp_path / "here")
    answered(here, stored)
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    there = RoundsFolder(tmp_path / "there")
    return here, here.resolve("latest"), there, there.resolve("latest")


def test_files_of_two_laptops_come_together_and_count_once(tmp_path: Path) -> None:
    here, mine, there, theirs = two_laptops(tmp_path)
    answered(here, mine)
    answered(there, theirs)
    answered(there, theirs)
    there.begin(there.resolve("latest"), keys=draft_keys())
    for added, already in ((2, 1), (0, 3)):
        report = here.merge(here.resolve("latest"), theirs.folder)
        assert (len(report.added), len(report.already)) == (added, already)
        assert (report.refused, report.missing, report.unfinished) == ([], [], 1)
        assert report.stored.round.given_in == 4
    found = reveal(here, report.stored)
    assert found.in_order
    assert len(found.sessions) == 4


def test_another_file_under_the_same_name_is_refused_and_told_of(tmp_path: Path) -> None:
    here, mine, there, theirs = two_laptops(tmp_path)
    name = sealed_files(theirs)[0]
    data = seal(opened(name.read_bytes(), unwrapped()[1]), theirs.keys.public)
    name.write_bytes(data)
    before = contents(mine.folder)
    # On its own, then listed there as if it had been given in.
    refused = here.merge(mine, theirs.folder).refused
    assert refused == [(name.name, "was not given in there, or was changed since")]
    there.count_in(theirs, [name.stem])
    refused = here.merge(mine, theirs.folder).refused
    assert refused == [(name.name, "another file goes by this name here; that one stays")]
    assert contents(mine.folder) == before


def test_sealed_files_without_a_round_file_are_taken_by_their_looks(tmp_path: Path) -> None:
    here, mine, there, theirs = two_laptops(tmp_path)
    answered(there, theirs)
    loose = tmp_path / "stick"
    shutil.copytree(theirs.folder / "answers", loose)
    shutil.copy(sealed_files(theirs)[0], loose / "copycopycopycopy.age")
    (loose / "cutcutcutcutcut2.age").write_bytes(b"age-encryption.org/v1\n")
    (loose / "linklinklinklink.age").symlink_to(sealed_files(theirs)[0])
    report = here.merge(mine, loose)
    assert len(report.added) == 1
    assert [name for name, _ in report.refused] == ["cutcutcutcutcut2.age", "linklinklinklink.age"]
    assert len(reveal(here, report.stored).sessions) == 2


@pytest.mark.parametrize("rules", [{"id": "other000"}, {"named": True}, {"figures_from": 6}])
def test_another_round_or_other_rules_are_refused_whole(
    tmp_path: Path, rules: dict[str, Any]
) -> None:
    here, mine = made(tmp_path / "here")
    there, theirs = made(tmp_path / "there", **rules)
    answered(there, theirs)
    before = contents(tmp_path)
    with pytest.raises(NotTheSame):
        here.merge(mine, theirs.folder)
    with pytest.raises(NotTheSame):
        here.merge(mine, tmp_path / "nowhere")
    assert contents(tmp_path) == before


def shown(folder: RoundsFolder, stored: StoredRound) -> tuple[StoredRound, Shown]:
    """Closed, opened and shown: what the app and the commands do."""
    now = folder.resolve(stored.round.id)
    now = folder.save(now, now.round.closed())
    now = folder.save(now, now.round.at_step(Step.DISCUSSING))
    found = folder.open_all(now, unwrapped()[1], RUBRIC)
    now = folder.save(now, publication(now.round, found.names))
    return now, disclose(RUBRIC, now.round, people(found))


def answered_by_lot(folder: RoundsFolder, stored: StoredRound, seed: int) -> None:
    lot = random.Random(seed)
    session = blank_session(stored.round, "", new_id())
    rated = [answer for answer in Answer if answer.rating is not None]
    given = {statement: lot.choice(rated) for statement in RUBRIC.statements}
    values = {**dict(session), "answers": given}
    folder.give(folder.resolve(stored.round.id), Session.model_validate(values))


def test_what_was_shown_on_another_laptop_is_not_shown_again_with_one_person_more(
    tmp_path: Path,
) -> None:
    """Five shown there, one added here, merged: the difference would be that one's answers."""
    here, mine = made(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    there = RoundsFolder(tmp_path / "there")
    theirs = there.resolve("latest")
    for seed in range(5):
        answered_by_lot(there, theirs, seed)
    _, five = shown(there, theirs)
    assert (five.shown, five.respondents) == (True, 5)
    answered_by_lot(here, mine, 6)
    report = here.merge(here.resolve("latest"), theirs.folder)
    assert len(report.added) == 5
    now, six = shown(here, mine)
    assert (six.shown, six.respondents, six.late) == (True, 5, 1)
    assert six.statements == five.statements
    assert six.themes == five.themes
    assert [len(batch) for batch in now.round.published] == [5]
    # Back again: what was shown here is no news there.
    back = there.merge(there.resolve("latest"), now.folder)
    assert back.stored.round.published == now.round.published


def test_two_laptops_that_have_shown_different_people_are_not_put_together(tmp_path: Path) -> None:
    here, mine = made(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    there = RoundsFolder(tmp_path / "there")
    theirs = there.resolve("latest")
    for seed in range(5):
        answered_by_lot(there, theirs, seed)
        answered_by_lot(here, mine, seed + 10)
    shown(there, theirs)
    now, _ = shown(here, mine)
    before = contents(mine.folder)
    with pytest.raises(NotTheSame, match="has shown other answers"):
        here.merge(now, theirs.folder)
    assert contents(mine.folder) == before


def test_a_merge_of_what_is_no_round_is_refused(tmp_path: Path) -> None:
    here, mine, _, theirs = two_laptops(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(theirs.folder)
    for name, why in (("empty", "no sealed files"), ("link", "is a link")):
        with pytest.raises(NotTheSame, match=why):
            here.merge(mine, tmp_path / name)


# A second vote


def voting(tmp_path: Path, people_there: int = 2) -> tuple[RoundsFolder, StoredRound]:
    folder, stored = made(tmp_path)
    for _ in range(people_there):
        answered(folder, stored)
    now = closed(folder, stored)
    return folder, folder.save(now, now.round.at_step(Step.DISCUSSING).voting_again("leadership"))


def vote(folder: RoundsFolder, stored: StoredRound) -> StoredRound:
    session = filled(blank_session(stored.round, "", new_id()))
    return folder.give(folder.resolve("latest"), session, theme_id="leadership").stored


def test_one_vote_more_than_people_were_counted_is_refused(tmp_path: Path) -> None:
    folder, stored = voting(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    there = RoundsFolder(tmp_path / "there")
    for _ in range(2):
        now = vote(folder, stored)
    with pytest.raises(NotNow, match="as many have voted again"):
        vote(folder, stored)
    with pytest.raises(NotNow, match="as many have voted again"):
        folder.begin(now, theme_id="leadership", keys=draft_keys())
    theirs = vote(there, there.resolve("latest"))
    report = folder.merge(now, theirs.folder)
    assert [why for _, why in report.refused] == ["as many have voted again as were counted"]


def test_a_second_vote_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    folder, stored = voting(tmp_path)
    now = vote(folder, stored)
    draft = folder.begin(now, theme_id="leadership", keys=draft_keys())
    draft.save(filled(draft.session))
    after = folder.give_up_vote(folder.resolve("latest"), "leadership")
    assert after.round.revote("leadership") is None
    assert not (after.folder / "revote-leadership").exists()
    assert not list((after.folder / "unfinished").iterdir())
    assert after.round.given_in == 2
    assert len(sealed_files(after)) == 2
    again = folder.save(after, after.round.voting_again("leadership"))
    assert vote(folder, again).round.revote("leadership").given_in == 1  # type: ignore[union-attr]


def test_a_second_vote_that_is_not_known_here_is_told_of(tmp_path: Path) -> None:
    folder, stored = voting(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    now = folder.give_up_vote(stored, "leadership")
    there = RoundsFolder(tmp_path / "there")
    theirs = vote(there, there.resolve("latest"))
    assert folder.merge(now, theirs.folder).votes == ["leadership"]


# What is not there, and what can be cured


def test_a_file_that_is_gone_after_the_first_showing_is_told_of_and_cured(tmp_path: Path) -> None:
    folder, stored = made(tmp_path)
    for seed in range(5):
        answered_by_lot(folder, stored, seed)
    now, first = shown(folder, stored)
    gone = sealed_files(stored)[0]
    data = gone.read_bytes()
    gone.unlink()
    found = folder.open_all(now, unwrapped()[1], RUBRIC)
    assert not disclose(RUBRIC, now.round, people(found)).shown
    receipt = now.round.sealed[gone.stem]
    assert found.head_count(6)[-1] == (
        f"Not there: receipt {receipt}. Put its file back into the folder ‘answers’ and all is as"
        " before; until then nothing shows."
    )
    gone.write_bytes(data)
    found = folder.open_all(now, unwrapped()[1], RUBRIC)
    assert disclose(RUBRIC, now.round, people(found)) == first


def test_a_new_recovery_code_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """The new code is wrapped as ever, which takes its seconds; what it replaces was cheap."""
    folder, stored = made(tmp_path, keys=cheap_keys.KEYS)
    old = cheap_keys.RECOVERY_CODE
    assert unlock(stored.keys, old).public == stored.keys.public
    with pytest.raises(WrongPassphrase):
        folder.new_recovery(stored, "three grey goose")
    after, new = folder.new_recovery(stored, "three grey geese")
    assert folder.resolve("latest").keys == after.keys
    assert unlock(after.keys, new).public == after.keys.public
    with pytest.raises(WrongPassphrase):
        unlock(after.keys, old)
    begun = folder.save(after, after.round.started())
    with pytest.raises(NotNow):
        folder.new_recovery(begun, "three grey geese")
