"""The commands of a round, from setting it up to what they let through."""

import csv
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bt_assess.core.round import Step
from bt_assess.core.session import Answer, Session
from bt_assess.store.answer_sheet import empty_sheet
from bt_assess.store.ballot import blank_session
from bt_assess.store.folder import new_id
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.sealing import Keys, PrivateKey, WrongPassphrase
from tests.cli.conftest import HOSTILE, Run
from tests.core import builders
from tests.store.helpers import RUBRIC
from tests.store.keys import closed, draft_keys, made, unwrapped

ROWS = ("333 000 000", "233 100 000", "333 111 000", "000 111 333", "000 233 333", "111 333 000",
        "011 323 100", "000 333 111", "000 010 333")  # fmt: skip


@pytest.fixture
def options(grid: Path, tmp_path: Path) -> list[str]:
    return ["--rubric", str(grid), "--sessions", str(tmp_path / "sessions")]


@pytest.fixture
def words() -> Iterator[Callable[[str], str]]:
    """A file descriptor that holds a passphrase."""
    readers = []

    def descriptor(text: str) -> str:
        reader, writer = os.pipe()
        readers.append(reader)
        os.write(writer, f"{text}\n".encode())
        os.close(writer)
        return str(reader)

    yield descriptor
    for reader in readers:
        os.close(reader)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """'right words' opens a round of tests.store.keys, without the seconds that it takes."""

    def unlock(keys: Keys, said: str) -> PrivateKey:
        if said != "right words":
            raise WrongPassphrase("that is not the passphrase of this round")
        return unwrapped()[1]

    monkeypatch.setattr("bt_assess.commands.rounds.unlock", unlock)


def sheet(path: Path, row: str, note: str = "") -> Path:
    """An answer sheet of the small rubric, filled in."""
    answers = {**builders.answers(row), **builders.answers(row, "learning")}
    lines = list(csv.DictReader(empty_sheet(RUBRIC).splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(lines[0]))
        table.writeheader()
        for number, line in enumerate(lines):
            given = answers[line["statement"] if "statement" in line else line["id"]]
            line["answer"] = given.value
            if not number:
                line["note"] = note
            table.writerow(line)
    return path


def team(bt: Run, options: list[str], tmp_path: Path, count: int, **more: object) -> RoundsFolder:
    folder, stored = made(tmp_path / "sessions", expected=9, **more)
    for number in range(count):
        done = bt(*options, "round", "add", stored.round.id,
                  sheet(tmp_path / "sheet.csv", ROWS[number], "a secret note"))  # fmt: skip
        assert done.code == 0, done.err
    closed(folder, folder.resolve(stored.round.id))
    return folder


def test_from_setting_up_to_the_figures(
    bt: Run, options: list[str], words: Callable[[str], str], tmp_path: Path
) -> None:
    """With real keys, which take their seconds."""
    done = bt(*options, "round", "new", "--title", "Spring", "--expected", "5", "--team", "North",
              "--passphrase-fd", words("correct horse"))  # fmt: skip
    assert done.code == 0, done.err
    assert "recovery code: " in done.err
    code = done.err.split("recovery code: ")[1].splitlines()[0]
    round_id = done.out.strip()
    for number in range(5):
        done = bt(*options, "round", "add", round_id, sheet(tmp_path / "s.csv", ROWS[number]))
        assert done.code == 0, done.err
        assert f"{number + 1} of 5 have given in" in done.err
    before = bt(*options, "round", "show", round_id)
    assert "5 of 5 have given in their answers." in before.out
    assert "Nothing shows" in before.out
    assert bt(*options, "round", "close", round_id).code == 0
    shown = bt(*options, "round", "show", round_id, "--json", "--passphrase-fd", words(code))
    data = json.loads(shown.out)
    assert (data["shown"], data["respondents"], data["expected"]) == (True, 5, 5)
    assert data["themes"][0]["n"] == 5
    assert data["themes"][0]["low"] is None
    assert data["themes"][0]["withheld"] == "too few for places"
    wrong = bt(*options, "round", "show", round_id, "--passphrase-fd", words("wrong horse"))
    assert wrong.code == 1
    assert len(wrong.complaints) == 1


@pytest.mark.usefixtures("quick")
def test_json_has_every_field(
    bt: Run, options: list[str], words: Callable[[str], str], tmp_path: Path
) -> None:
    team(bt, options, tmp_path, 9)
    done = bt(
        *options, "round", "show", "latest", "--json", "--passphrase-fd", words("right words")
    )
    data = json.loads(done.out)
    assert {"round", "respondents", "expected", "shown", "why_not", "themes", "statements",
            "agreements", "actions"} <= data.keys()  # fmt: skip
    assert set(data["themes"][0]) == {
        "id", "n", "centre", "low", "high", "interval", "ad", "agreement", "a", "counts",
        "two_camps", "stage", "confidence", "mixed", "not_recognised", "not_enough", "withheld",
    }  # fmt: skip
    assert data["people"] is None
    assert data["second_votes"] == []
    assert set(data["statements"][0]) == {"id", "counts", "median", "ad", "disputed", "withheld"}
    assert sum(data["themes"][0]["counts"].values()) <= 9
    assert sum(data["statements"][0]["counts"].values()) == 9
    assert data["round"]["step"] == Step.DISCUSSING.value


@pytest.mark.usefixtures("quick")
def test_text_and_export_show_no_more_than_may_be_shown(
    bt: Run, options: list[str], words: Callable[[str], str], tmp_path: Path
) -> None:
    team(bt, options, tmp_path, 4)
    text = bt(*options, "round", "show", "latest", "--passphrase-fd", words("right words"))
    assert "too few people for a figure" in text.out
    assert "secret" not in text.out
    out = tmp_path / "out.csv"
    done = bt(
        *options, "round", "export", "latest", "-o", out, "--passphrase-fd", words("right words")
    )
    assert done.code == 1
    assert len(done.complaints) == 1
    assert not out.exists()


@pytest.mark.usefixtures("quick")
def test_export_counts_and_never_a_person(
    bt: Run, options: list[str], words: Callable[[str], str], tmp_path: Path
) -> None:
    team(bt, options, tmp_path, 9)
    out = tmp_path / "out.csv"
    done = bt(
        *options, "round", "export", "latest", "-o", out, "--passphrase-fd", words("right words")
    )
    assert done.code == 0, done.err
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == len(RUBRIC.statements)
    assert all(sum(int(row[a.value]) for a in Answer) == 9 for row in rows)
    assert "secret" not in out.read_text(encoding="utf-8")


def test_before_it_is_closed_no_passphrase_is_asked_for(
    bt: Run, options: list[str], tmp_path: Path
) -> None:
    made(tmp_path / "sessions", expected=6)
    done = bt(*options, "round", "show", "latest", "--json")
    data = json.loads(done.out)
    assert (done.code, data["shown"], data["why_not"]) == (0, False, "not open")
    assert all(theme["centre"] is None for theme in data["themes"])
    assert "0 of 6" in bt(*options, "round", "list").out


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (["show", "nowhere"], "no round"),
        (["close", "nowhere"], "no round"),
        (["add", "latest", "missing.csv"], "missing.csv"),
        (["merge", "latest", "missing"], "missing"),
        (["add", "latest", "missing.csv", "--name", "Ada"], "no names"),
    ],
)
def test_bad_input_is_one_clear_line(
    bt: Run, options: list[str], tmp_path: Path, command: list[str], why: str
) -> None:
    folder, stored = made(tmp_path / "sessions")
    before = stored.path.read_bytes()
    done = bt(*options, "round", *command)
    assert done.code == 1
    assert len(done.complaints) == 1
    assert why in done.err
    assert stored.path.read_bytes() == before
    assert folder.unfinished(stored) == 0


@pytest.mark.parametrize("word", ["0", "501", "-1", "many", "1e3"])
def test_how_many_is_a_number(bt: Run, options: list[str], word: str) -> None:
    done = bt(*options, "round", "new", "--title", "T", "--expected", word)
    assert done.code == 2


def test_a_bad_sheet_leaves_nothing(bt: Run, options: list[str], tmp_path: Path) -> None:
    folder, stored = made(tmp_path / "sessions")
    bad = tmp_path / "bad.csv"
    bad.write_text("statement,answer\nleadership.starting.1,perhaps\n")
    done = bt(*options, "round", "add", "latest", bad)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert folder.resolve("latest").round.given_in == stored.round.given_in == 0


def test_a_passphrase_is_never_an_argument(bt: Run, options: list[str]) -> None:
    for name in ("--passphrase", "--password"):
        done = bt(*options, "round", "new", "--title", "T", "--expected", "5", name, "secret words")
        assert done.code == 2


def test_a_short_passphrase_and_a_closed_descriptor(
    bt: Run, options: list[str], words: Callable[[str], str], tmp_path: Path
) -> None:
    new = ("round", "new", "--title", "T", "--expected", "5", "--passphrase-fd")
    assert "8 characters or more" in bt(*options, *new, words("short")).err
    assert "8 characters or more" in bt(*options, *new, words("a       ")).err
    assert "at most 1000" in bt(*options, *new, words("x" * 1001)).err
    for nowhere in ("97", "99999999999", "-1"):
        assert "cannot be read" in bt(*options, *new, nowhere).err
    assert not (tmp_path / "sessions" / "rounds").exists()


def test_hostile_titles_reach_no_terminal(bt: Run, options: list[str], tmp_path: Path) -> None:
    made(tmp_path / "sessions", title=HOSTILE, team=HOSTILE)
    for command in (["list"], ["show", "latest"], ["close", "latest"]):
        done = bt(*options, "round", *command)
        assert done.code == 0, done.err
        assert not any(c in done.out + done.err for c in "\x1b\x07\x9b\u202e")


@pytest.mark.usefixtures("quick")
def test_files_of_another_laptop_are_merged_once(
    bt: Run, options: list[str], words: Callable[[str], str], tmp_path: Path
) -> None:
    folder, stored = made(tmp_path / "sessions", expected=6)
    other = tmp_path / "other"
    shutil.copytree(stored.folder, other / "rounds" / stored.folder.name)
    elsewhere = ["--rubric", options[1], "--sessions", str(other)]
    for number in range(3):
        assert (
            bt(*options, "round", "add", "latest", sheet(tmp_path / "s.csv", ROWS[number])).code
            == 0
        )
        assert (
            bt(
                *elsewhere, "round", "add", "latest", sheet(tmp_path / "s.csv", ROWS[number + 3])
            ).code
            == 0
        )
    there = other / "rounds" / stored.folder.name
    first = bt(*options, "round", "merge", "latest", there)
    assert (first.code, "3 taken in" in first.err, "6 of 6" in first.err) == (0, True, True)
    again = bt(*options, "round", "merge", "latest", there)
    assert (again.code, "0 taken in, 3 there already" in again.err) == (0, True)
    ours = next((stored.folder / "answers").glob("*.age"))
    (there / "answers" / ours.name).write_bytes(ours.read_bytes()[:-1] + b"x")
    forged = bt(*options, "round", "merge", "latest", there)
    assert forged.code == 1
    assert "refused" in forged.err
    assert folder.resolve("latest").round.given_in == 6


@pytest.mark.usefixtures("quick")
def test_whoever_was_shown_is_written_down(
    bt: Run, options: list[str], words: Callable[[str], str], tmp_path: Path
) -> None:
    """Shown and forgotten, the same people could be shown again with one more."""
    folder = team(bt, options, tmp_path, 5)

    def show() -> dict[str, Any]:
        done = bt(
            *options, "round", "show", "latest", "--json", "--passphrase-fd", words("right words")
        )
        data: dict[str, Any] = json.loads(done.out)
        return data

    before = show()
    now = folder.resolve("latest")
    assert [len(batch) for batch in now.round.published] == [5]
    now = folder.save(now, now.round.collecting())
    bt(*options, "round", "add", "latest", sheet(tmp_path / "s.csv", ROWS[8]))
    closed(folder, folder.resolve("latest"))
    after = show()
    assert (after["respondents"], after["late"]) == (5, 1)
    assert after["statements"] == before["statements"]


@pytest.mark.usefixtures("quick")
def test_a_round_with_names_says_who_stands_where_and_who_said_what(
    bt: Run, options: list[str], words: Callable[[str], str], tmp_path: Path
) -> None:
    folder, stored = made(tmp_path / "sessions", expected=2, named=True)
    for name, row in (("=Zoe", "333 000 000"), ("Ada", "000 111 333"), ("Ada", "000 000 333")):
        done = bt(*options, "round", "add", stored.round.id, sheet(tmp_path / "s.csv", row),
                  "--name", name)  # fmt: skip
        assert done.code == 0, done.err
    closed(folder, stored)

    def opened(*command: str) -> str:
        done = bt(*options, "round", *command, "--passphrase-fd", words("right words"))
        assert done.code == 0, done.err
        return done.out

    data = json.loads(opened("show", "latest", "--json"))
    assert [person["name"] for person in data["people"]] == ["=Zoe", "Ada", "Ada"]
    place = data["people"][0]["themes"][0]
    assert set(place) == {"id", "position", "status", "stage"}
    assert (place["id"], place["status"], place["stage"]) == ("leadership", "placed", "starting")
    text = opened("show", "latest")
    assert re.search(r"=Zoe: 1\.\d, starting", text)
    assert "not: Ada, Ada" in text
    rows = list(csv.reader(opened("export", "latest").splitlines()))
    assert rows[0][-3:] == ["'=Zoe", "Ada", "Ada (2)"]
    assert rows[1][-3:] == ["fully", "not", "not"]


@pytest.mark.parametrize("expected", ["1", "4"])
def test_a_round_that_would_never_show_anything_is_refused(
    bt: Run, options: list[str], words: Callable[[str], str], tmp_path: Path, expected: str
) -> None:
    new = ("round", "new", "--title", "T", "--expected", expected)
    done = bt(*options, *new, "--passphrase-fd", words("three grey geese"))
    assert (done.code, len(done.complaints)) == (1, 1)
    assert "a round with names" in done.err
    assert not (tmp_path / "sessions" / "rounds").exists()


@pytest.mark.usefixtures("quick")
def test_a_second_vote_is_shown_beside_the_first(
    bt: Run, options: list[str], words: Callable[[str], str], tmp_path: Path
) -> None:
    folder = team(bt, options, tmp_path, 5)
    for _ in range(2):
        done = bt(*options, "round", "show", "latest", "--passphrase-fd", words("right words"))
    assert "Second vote" not in done.out
    now = folder.resolve("latest")
    now = folder.save(now, now.round.voting_again("learning"))
    for count in range(5):
        session = blank_session(now.round, "", new_id())
        answers = builders.answers("000 111 333", "learning")
        values = {**dict(session), "answers": answers}
        folder.give(folder.resolve("latest"), Session.model_validate(values), theme_id="learning")
        show = ("round", "show", "latest", "--passphrase-fd")
        text = bt(*options, *show, words("right words")).out
        assert ("Second vote: Not shown" in text or "Second vote: not shown" in text) is (count < 4)
    assert "Second vote: The middle of the team is consolidating" in text
    [again] = json.loads(bt(*options, *show, words("right words"), "--json").out)["second_votes"]
    assert (again["theme"], again["given_in"], again["shown"]) == ("learning", 5, True)
    assert again["figures"]["counts"]["consolidating"] == 5
    assert {s["id"].split(".")[0] for s in again["statements"]} == {"learning"}


def test_what_a_merge_leaves_out_is_told(bt: Run, options: list[str], tmp_path: Path) -> None:
    _, stored = made(tmp_path / "sessions")
    other = tmp_path / "other"
    shutil.copytree(stored.folder, other / "rounds" / stored.folder.name)
    elsewhere = RoundsFolder(other)
    bt("--rubric", options[1], "--sessions", str(other), "round", "add", "latest",
       sheet(tmp_path / "s.csv", ROWS[0]))  # fmt: skip
    theirs = elsewhere.resolve("latest")
    elsewhere.begin(theirs, keys=draft_keys())
    theirs = closed(elsewhere, theirs)
    theirs = elsewhere.save(
        theirs, theirs.round.at_step(Step.DISCUSSING).voting_again("leadership")
    )
    for path in (theirs.folder / "answers").glob("*.age"):
        path.unlink()
    done = bt(*options, "round", "merge", "latest", theirs.folder)
    assert "1 file that was given in there is not in the folder" in done.err
    assert "1 person has begun on that laptop" in done.err
    assert "the second vote on" in done.err
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(theirs.folder)
    for name in ("empty", "link"):
        done = bt(*options, "round", "merge", "latest", tmp_path / name)
        assert (done.code, len(done.complaints)) == (1, 1)
    loose = tmp_path / "loose"
    loose.mkdir()
    (loose / f"{'a2' * 8}.age").write_bytes(b"nothing")
    done = bt(*options, "round", "merge", "latest", loose)
    assert "there is no round file in that folder" in done.err
