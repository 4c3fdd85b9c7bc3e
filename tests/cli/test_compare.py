"""compare and comparisons: sessions, rounds, both, more than two, and what was saved."""

import json
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import tomli_w

from bt_assess.core.round import Action, ActionState, Step
from bt_assess.core.rubric import Stage
from bt_assess.core.session import Session
from bt_assess.store.folder import SessionFolder
from bt_assess.store.round_file import StoredRound, round_text
from bt_assess.store.rounds import RoundsFolder
from bt_assess.store.sealing import Keys, PrivateKey, WrongPassphrase
from tests.cli.conftest import HOSTILE, Run
from tests.core import builders
from tests.store.helpers import contents, finished, half_done, saved
from tests.store.keys import made, unwrapped

EARLY = ("323 101 000", "333 111 000", "322 211 000", "323 110 000") * 2
LATE = ("111 332 110", "110 323 111", "111 333 100", "011 323 110") * 2
BO = FULL = "333 000 000"
"""At the first stage and nowhere else: 1.0."""
_E2, _E3 = (2 / 3 * (1 - 8 / 9) + 1 + 2 / 3) / 3, 8 / 9
ADA = (2 * _E2**2 + 3 * _E3**2) / (_E2**2 + _E3**2)
"""The second session: 000 232 233, of which the first of the middle gives way to the last stage."""
NAMES = ("Ada", "Ben", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal")


@pytest.fixture
def words() -> Callable[[str], str]:
    """A file descriptor that holds a passphrase."""

    def descriptor(text: str) -> str:
        reader, writer = os.pipe()
        os.write(writer, f"{text}\n".encode())
        os.close(writer)
        return str(reader)

    return descriptor


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """'spring words' and 'autumn words' open the rounds, without the seconds that it takes."""

    def unlock(keys: Keys, said: str) -> PrivateKey:
        if said not in ("spring words", "autumn words"):
            raise WrongPassphrase("that is not the passphrase of this round")
        return unwrapped()[1]

    monkeypatch.setattr("bt_assess.commands.rounds.unlock", unlock)


def ended(**more: object) -> Session:
    """A session that is finished the moment it began; only such are compared."""
    session = half_done(**more)
    return session.finish(session.started)


def _days(number: int) -> datetime:
    return builders.NOON + timedelta(days=number)


def closed_round(
    folder: SessionFolder, rows: tuple[str, ...], *, names: tuple[str, ...] = (), **more: object
) -> StoredRound:
    """A round on disk that these people answered, closed."""
    rounds, stored = made(folder.path, expected=9, named=bool(names), **more)
    for number, row in enumerate(rows):
        answers = {**builders.answers(row), **builders.answers(row, "learning")}
        name = names[number] if names else ""
        session = builders.session(answers, respondent=name)
        stored = rounds.give(stored, session).stored
    return rounds.save(stored, stored.round.closed())


@pytest.fixture
def year(folder: SessionFolder) -> None:
    """Two rounds without names: eight people in spring, eight in autumn."""
    action = Action(id="action22", what="Talk on Mondays", owner="Ada")
    spring = closed_round(folder, EARLY, id="spring22", title="Spring", actions=(action,))
    done = action.model_copy(update={"state": ActionState.DONE, "remark": "Since May."})
    closed_round(folder, LATE, id="autumn22", title="Autumn", after=spring.round.id,
                 last_actions=(done,), created="2026-09-01")  # fmt: skip


@pytest.mark.usefixtures("third")
class TestSessions:
    def test_three_are_a_trend_by_date(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "compare", "third", "second", "first")
        assert (done.code, done.err) == (0, "")
        lines = done.out.splitlines()
        assert [line[:3] for line in lines[:3]] == ["  1", "  2", "  3"]
        assert "Ada · North, 2 Mar 2026" in lines[0]
        assert "3 Mar 2027" in lines[2]
        assert "Two themes are two chances of a false alarm" in done.out
        assert "2 Mar 2026 to 3 Mar 2027" in done.out

    def test_as_json(self, bt: Run, there: list[str]) -> None:
        found = json.loads(bt(*there, "compare", "third", "second", "first", "--json").out)
        assert [item["id"] for item in found["items"]] == ["first234", "second23", "third234"]
        assert {item["kind"] for item in found["items"]} == {"session"}
        learning = found["trends"][1]
        assert learning["whole"]["from"] == "first234"
        assert found["items"][1]["themes"][1]["gap"] == "not_enough"
        assert found["items"][1]["themes"][1]["position"] is None
        assert found["false_alarms"] == 9

    def test_notes_of_what_moved_are_there(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        noted = ended(
            id="noted234", started=builders.NOON + timedelta(days=9),
            answers=builders.answers("321 323 013"), notes={"leadership.starting.2": "Not any more."},
        )  # fmt: skip
        saved(folder, noted)
        out = bt(*there, "compare", "first", "noted").out
        assert 'before: Said in March: "we\'ll see". And again in May.' in out
        assert "now: Not any more." in out

    def test_a_target_and_the_way_there(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "compare", "first", "second", "--target", "leadership=3")
        assert "On the way to the aims" in done.out
        assert "aim 3.0" in done.out
        found = json.loads(
            bt(*there, "compare", "first", "second", "--target", "leadership=3", "--json").out
        )
        [target] = found["targets"]
        share = (target["now"] - target["base"]) / (3 - target["base"])
        assert target["progress"] == pytest.approx(share)

    @pytest.mark.parametrize(
        "target",
        [
            "leadership",
            "leadership=",
            "leadership=4",
            "leadership=nan",
            "nosuch=2",
            "=2",
            "leadership=2.25",
        ],
    )
    def test_a_target_that_makes_no_sense(self, bt: Run, there: list[str], target: str) -> None:
        done = bt(*there, "compare", "first", "second", "--target", target)
        assert (done.code, done.out, len(done.complaints)) == (1, "", 1)

    def test_statements_of_one_version_are_named(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        answers = {**builders.answers("k33 111 000"), "learning.starting.9": "mostly"}
        old = ended(id="oldver22", rubric={"id": "small-grid", "version": "0.9"}, answers=answers)
        saved(folder, old)
        out = " ".join(bt(*there, "compare", "oldver", "second").out.split())
        end = out.split("Left out of the change")[1]
        of_one, _, rest = end.partition("not rated both times:")
        assert "in one version of the grid only:" in of_one
        # Its own statement; that all of 'learning' came later, the rubric does not say.
        assert "learning.starting.9" in of_one
        skipped = {f"learning.{stage}.{n}" for stage in Stage for n in (1, 2, 3)}
        assert {word.strip(",") for word in rest.split("Versions")[0].split()} == {
            "leadership.starting.1", *skipped
        }  # fmt: skip
        assert "'bt-assess rubric diff' names what each of them has." in end

    def test_those_of_one_version_are_named_to_programs(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        answers = {**builders.answers("k33 111 000"), "learning.starting.9": "mostly"}
        ref = {"id": "small-grid", "version": "0.9"}
        saved(folder, ended(id="oldver22", rubric=ref, answers=answers))
        found = json.loads(bt(*there, "compare", "oldver", "second", "--json").out)
        leadership, learning = found["themes"]
        assert leadership["left_out_ids"] == {
            "one_version": [], "not_rated": ["leadership.starting.1"]
        }  # fmt: skip
        assert "learning.starting.9" in learning["left_out_ids"]["one_version"]
        assert learning["left_out"] == 10
        assert learning["left_out"] == sum(map(len, learning["left_out_ids"].values()))

    @pytest.mark.parametrize(
        ("rows", "gaps", "why_not", "words"),
        [
            (
                ("33k 00k 00k", "k33 k00 k00"),
                ("little in common",) * 2,
                "little in common",
                "too few",
            ),
            (("33k kkk kkk", FULL), ("not_enough", None), "not_enough", "not enough before"),
            ((FULL, "33k kkk kkk"), (None, "not_enough"), "not_enough", "not enough now"),
            (("3kk kkk kkk", "kkk kkk kk3"), ("not_enough",) * 2, "not_enough", "both times"),
        ],
    )
    def test_which_time_has_too_few_answers_is_told_to_programs_too(
        self, bt: Run, there: list[str], folder: SessionFolder, rows: tuple[str, str],
        gaps: tuple[str | None, str | None], why_not: str, words: str,
    ) -> None:  # fmt: skip
        for number, row in enumerate(rows):
            answers = builders.answers(row)
            saved(folder, ended(id=f"few2222{number}", started=_days(number), answers=answers))
        pair = (*there, "compare", "few22220", "few22221")
        assert words in bt(*pair).out
        theme = json.loads(bt(*pair, "--json").out)["themes"][0]
        sides = theme["before"], theme["after"]
        assert tuple(side["gap"] for side in sides) == gaps
        assert (theme["delta"], theme["why_not"]) == (None, why_not)
        # As it has been: of what was rated both times.
        assert [side["status"] for side in sides] == ["not_enough"] * 2

    def test_a_place_both_times_leaves_nothing_to_explain(self, bt: Run, there: list[str]) -> None:
        theme = json.loads(bt(*there, "compare", "first", "second", "--json").out)["themes"][0]
        assert theme["delta"] is not None
        assert (theme["before"]["gap"], theme["after"]["gap"], theme["why_not"]) == (None,) * 3

    def test_two_people_stand_side_by_side(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        """Ada at 2.7 and Bo at 1.0: apart, and nobody has gone from one to the other."""
        saved(folder, ended(id="bosown22", respondent="Bo", answers=builders.answers(BO)))
        done = bt(*there, "compare", "second", "bosown", "--target", "leadership=3")
        lines = done.out.splitlines()
        assert (done.code, lines[0]) == (0, "Side by side: Bo · North, Ada · North")
        assert "apart by 1.7" in done.out
        assert "Aims are measured for one person or one team over time." in done.out
        for word in (
            "before",
            "after",
            "noise",
            "clear change",
            "What moved",
            "of the way",
            "+",
            "−",
        ):
            assert word not in done.out, word

    def test_two_people_have_no_change_in_json_either(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        saved(folder, ended(id="bosown22", respondent="Bo", answers=builders.answers(BO)))
        found = json.loads(
            bt(*there, "compare", "second", "bosown", "--json", "--target", "leadership=3").out
        )
        assert (found["is_one"], found["targets"]) == (False, [])
        for theme in found["themes"]:
            assert theme["why_not"] is None
            assert {theme["delta"], theme["se"], theme["verdict"]} == {None}
        apart = found["beside"][0]
        assert [each["id"] for each in apart["each"]] == ["bosown22", "second23"]
        assert apart["difference"] == pytest.approx(1 - ADA)
        assert (apart["person"], apart["team"]) == (None, None)

    def test_each_of_several_has_their_own_change(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        for number, row in enumerate((BO, "000 333 000", "000 000 333")):
            session = ended(id=f"bosown2{number}", respondent=" bo ", started=_days(number),
                                answers=builders.answers(row))  # fmt: skip
            saved(folder, session)
        words = ["first", "bosown20", "bosown21", "bosown22", "second"]
        done = bt(*there, "compare", *words, "--target", "leadership=3")
        lines = done.out.splitlines()
        assert lines[0] == "Side by side: bo · North (3), Ada · North (2)"
        ada = done.out.index("Ada · North: 2 times, 2 Mar 2026")
        bo = done.out.index("bo · North: 3 times, 2 Mar 2026 to 4 Mar 2026")
        assert bo < ada  # who is there most often comes first
        assert "2 Mar 2026 to 4 Mar 2026: +2.0  clear change" in done.out[bo:ada]
        assert "Short: aim 3.0, from 1.0 to 3.0: reached" in done.out[bo:ada]
        found = json.loads(bt(*there, "compare", *words, "--json", "--target", "leadership=3").out)
        assert [c["items"] for c in found["courses"]] == [
            ["bosown20", "bosown21", "bosown22"], ["first234", "second23"]
        ]  # fmt: skip
        changes = [(c["course"], c["id"]) for c in found["changes"]]
        assert changes == [
            (0, "leadership"), (0, "learning"), (1, "leadership"), (1, "learning")
        ]  # fmt: skip
        assert found["changes"][0]["delta"] == pytest.approx(2)
        assert [t["progress"] for t in found["targets"] if t["course"] == 0] == [1.0]
        assert {move["course"] for move in found["moves"]} == {0, 1}
        # As they are now, by date.
        assert [e["id"] for e in found["beside"][0]["each"]] == ["second23", "bosown22"]

    def test_the_change_is_from_the_first_time_to_the_last(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        """The last is a mixed picture: there is no change, though there was one on the way."""
        for number, row in enumerate((BO, "000 333 000", "333 000 333")):
            saved(folder, ended(id=f"bosown2{number}", respondent="Bo", started=_days(number),
                                    answers=builders.answers(row)))  # fmt: skip
        words = [*there, "compare", "bosown20", "bosown21", "bosown22", "--target", "leadership=3"]
        text = bt(*words).out
        assert "2 Mar 2026 to 4 Mar 2026: no change to tell (mixed picture on 4 Mar 2026)" in text
        assert "2 Mar 2026 to 3 Mar 2026: +1.0  clear change" in text
        assert "no way to measure: mixed picture now" in text
        found = json.loads(bt(*words, "--json").out)
        assert (found["changes"][0]["delta"], found["changes"][0]["why_not"]) == (None, "mixed")
        assert found["trends"][0]["whole"]["to"] == "bosown21"
        [target] = found["targets"]
        assert (target["base"], target["now"], target["progress"]) == (1.0, None, None)
        assert (target["base_gap"], target["now_gap"]) == (None, "mixed")

    def test_many_times_of_one_are_listed_at_the_end(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        for number in range(8):
            saved(folder, ended(id=f"bosown2{number}", respondent="Bo", started=_days(number),
                                    answers=builders.answers(BO, "learning")))  # fmt: skip
        lines = bt(*there, "compare", *(f"bosown2{n}" for n in range(8))).out.splitlines()
        assert lines[0] == "Bo · North: 8 times, 2 Mar 2026 to 9 Mar 2026"
        at = lines.index("All times of Bo · North")
        assert lines[at + 1 : at + 9] == [
            f"  {n}  Bo · North, {n + 1} Mar 2026" for n in range(1, 9)
        ]  # fmt: skip

    def test_carried_to_a_newer_version_it_is_one_session(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        old = finished(id="oldver22", rubric={"id": "small-grid", "version": "0.9"})
        path = saved(folder, old).path
        assert bt(*there, "upgrade", "oldver", "--yes").code == 0
        [copy] = (folder.path / "archive").glob("*-version-0.9.toml")
        done = bt(*there, "compare", copy, path)
        assert done.code == 0
        out = " ".join(done.out.split())
        assert "one session with the same answers, on two versions of the grid (0.9 and 1.0)" in out
        for word in ("noise", "change to tell", "What moved", "Left out"):
            assert word not in out, word
        found = json.loads(bt(*there, "compare", copy, path, "--json").out)
        assert found["same_session"] is True
        assert {theme["verdict"] for theme in found["themes"]} == {None}

    def test_one_word_that_is_nothing(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "compare", "nosuch")
        assert (done.code, len(done.complaints)) == (1, 1)
        assert "no saved comparison" in done.err
        done = bt(*there, "compare", "first")
        assert done.code == 1
        assert "what with?" in done.err

    def test_one_that_is_not_finished_is_not_judged(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        answers = {k: v for k, v in builders.answers(FULL).items() if k != "leadership.starting.3"}
        saved(folder, half_done(id="begun222", answers=answers))
        for command in (["compare"], ["compare", "--json"], ["report", "--md"]):
            done = bt(*there, *command, "first", "begun222")
            assert (done.code, done.out, len(done.complaints)) == (1, "", 1)
            assert "begun222.toml: it is not finished (8 of 18 answered)" in done.err
        assert bt(*there, "compare", "first", "begun222", "--save", "Half").code == 1
        assert bt(*there, "comparisons").out == ""

    def test_answers_of_a_theme_that_is_gone_are_named(
        self, bt: Run, there: list[str], folder: SessionFolder, grid: Path
    ) -> None:
        """Both were asked about learning; the version in use has it no more."""
        data = builders.rubric_data(builders.theme_data("111 111 111"))
        grid.write_text(tomli_w.dumps({**data, "version": "2.0"}), encoding="utf-8")
        ids = {f"learning.{stage}.{n}" for stage in Stage for n in (1, 2, 3)}
        given = {i for i in finished().answers if i.startswith("learning.")}
        assert given
        assert given <= ids
        out = " ".join(bt(*there, "compare", "first", "third").out.split())
        assert "Not compared: learning, a theme that version 2.0 of the grid" in out
        assert f"does not have ({len(given)} statements answered)." in out
        assert (
            "Version 1.0 of the grid was answered, and 2.0 is in use: 'bt-assess rubric diff'"
            in out
        )
        end = out.split("Left out of the change")[1]
        assert all(i in end for i in given)
        found = json.loads(bt(*there, "compare", "first", "third", "--json").out)
        assert set(found["gone"]) == given
        saved(folder, ended(id="fourth22", started=_days(400)))
        found = json.loads(bt(*there, "compare", "first", "third", "fourth", "--json").out)
        assert set(found["gone"]) == given
        report = bt(*there, "report", "first", "third", "--md").out.replace("\\", "")
        assert all(i in report for i in given)
        page = bt(*there, "report", "first", "third", "--html").out
        assert all(f"<code>{i}</code>" in page for i in given)

    def test_hostile_text_does_not_act(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        saved(folder, ended(id="hostile2", respondent=HOSTILE, team=HOSTILE))
        for more in (["first"], ["first", "second"], ["first", "--save", HOSTILE]):
            done = bt(*there, "compare", "hostile", *more)
            assert done.code == 0
            assert not {"\x1b", "\x07", "\r", "\x9b", "\u202e"} & set(done.out + done.err)
        done = bt(*there, "comparisons")
        assert not {"\x1b", "\x07", "\r", "\x9b", "\u202e"} & set(done.out + done.err)


@pytest.mark.usefixtures("quick", "year")
class TestRounds:
    def test_before_and_after(
        self, bt: Run, there: list[str], words: Callable[[str], str], folder: SessionFolder
    ) -> None:
        done = bt(*there, "compare", "spring22", "autumn22", "--passphrase-fd", words("spring words"),
                  "--passphrase-fd", words("autumn words"))  # fmt: skip
        assert (done.code, done.err) == (0, "")
        lines = done.out.splitlines()
        assert lines[:2] == [
            "before  Spring · North, 2 Mar 2026",
            "after   Autumn · North, 1 Sep 2026",
        ]
        assert lines[4].endswith("clear change")
        assert "[x] Talk on Mondays · Ada" in done.out
        assert "Since May." in done.out
        for stored in RoundsFolder(folder.path).all()[0]:
            assert stored.round.step is Step.DISCUSSING
            assert [len(batch) for batch in stored.round.published] == [8]

    def test_as_json(self, bt: Run, there: list[str], words: Callable[[str], str]) -> None:
        done = bt(*there, "compare", "Spring", "Autumn", "--json", "--passphrase-fd",
                  words("spring words"), "--passphrase-fd", words("autumn words"))  # fmt: skip
        found = json.loads(done.out)
        assert [item["people"] for item in found["items"]] == [8, 8]
        change = found["changes"][0]
        assert (change["verdict"], change["matched"], change["why_not"]) == (
            "clear change",
            None,
            None,
        )
        [promise] = found["promises"]
        assert (promise["then"]["state"], promise["now"]["state"]) == ("open", "done")
        assert (promise["round"], promise["told"]) == ("spring22", True)

    def test_a_person_beside_the_team(
        self, bt: Run, there: list[str], words: Callable[[str], str]
    ) -> None:
        done = bt(*there, "compare", "first", "spring22", "--passphrase-fd", words("spring words"))
        assert done.code == 0
        lines = done.out.splitlines()
        assert lines[0] == "A person beside a team: North, Ada · North"
        assert lines[2:4] == ["o  Ada · North, 2 Mar 2026", "*  Spring · North, 2 Mar 2026"]
        assert "apart by 0.9" in done.out
        assert "change" not in done.out.replace("a difference, not a change", "")

    def test_a_wrong_passphrase(
        self, bt: Run, there: list[str], words: Callable[[str], str]
    ) -> None:
        done = bt(*there, "compare", "spring22", "autumn22", "--passphrase-fd", words("spring words"),
                  "--passphrase-fd", words("wrong"))  # fmt: skip
        assert (done.code, done.out, len(done.complaints)) == (1, "", 1)

    def test_too_many_passphrases(
        self, bt: Run, there: list[str], words: Callable[[str], str]
    ) -> None:
        done = bt(*there, "compare", "first", "second", "--passphrase-fd", words("spring words"))
        assert (done.code, len(done.complaints)) == (1, 1)

    def test_with_itself(self, bt: Run, there: list[str], words: Callable[[str], str]) -> None:
        done = bt(*there, "compare", "spring22", "Spring", "--passphrase-fd", words("spring words"),
                  "--passphrase-fd", words("spring words"))  # fmt: skip
        assert done.code == 1
        assert "not compared with itself" in done.err

    def test_what_could_be_both(
        self, bt: Run, there: list[str], words: Callable[[str], str], folder: SessionFolder
    ) -> None:
        saved(folder, ended(id="spring23"))
        done = bt(*there, "compare", "spring", "first")
        assert "could be several" in done.err
        assert (done.code, len(done.complaints)) == (1, 1)
        assert "'session:spring' or 'round:spring'" in done.err
        assert bt(*there, "compare", "session:spring", "first").code == 0
        done = bt(*there, "compare", "round:spring", "round:autumn", "--passphrase-fd",
                  words("spring words"), "--passphrase-fd", words("autumn words"))  # fmt: skip
        assert done.code == 0

    @pytest.mark.usefixtures("third")
    def test_latest_is_the_latest_session(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "compare", "first", "latest")
        assert "after   Ada · North, 3 Mar 2027" in done.out

    def test_naming_rounds_does_not_read_every_session(
        self,
        bt: Run,
        there: list[str],
        words: Callable[[str], str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """There may be a hundred thousand."""

        def read_all(*_: object, **__: object) -> None:
            pytest.fail("all sessions are read")

        monkeypatch.setattr(SessionFolder, "read_all", read_all)
        done = bt(*there, "compare", "spring22", "Autumn", "--passphrase-fd", words("spring words"),
                  "--passphrase-fd", words("autumn words"))  # fmt: skip
        assert done.code == 0

    def test_saved_and_shown_again(
        self, bt: Run, there: list[str], words: Callable[[str], str]
    ) -> None:
        first = bt(*there, "compare", "spring22", "autumn22", "--save", "Our year", "--target",
                   "leadership=2.5", "--passphrase-fd", words("spring words"),
                   "--passphrase-fd", words("autumn words"))  # fmt: skip
        assert first.code == 0
        assert "saved" in first.err
        again = bt(*there, "compare", "Our year", "--passphrase-fd", words("spring words"),
                   "--passphrase-fd", words("autumn words"))  # fmt: skip
        assert (again.code, again.out) == (0, first.out)
        assert "On the way to the aims" in again.out


@pytest.mark.usefixtures("quick")
class TestOneDay:
    """A round holds no time of day, and its id says nothing about which came first."""

    def told(self, bt: Run, there: list[str], words: Callable[[str], str], *named: str) -> str:
        done = bt(*there, "compare", *named, "--passphrase-fd", words("spring words"),
                  "--passphrase-fd", words("autumn words"))  # fmt: skip
        assert done.code == 0
        return " ".join(done.out.split())

    @pytest.mark.parametrize("ids", [("aaaaaa22", "zzzzzz22"), ("zzzzzz22", "aaaaaa22")])
    def test_the_one_that_followed_is_after(
        self, bt: Run, there: list[str], words: Callable[[str], str], folder: SessionFolder,
        ids: tuple[str, str],
    ) -> None:  # fmt: skip
        closed_round(folder, EARLY, id=ids[0], title="Morning")
        closed_round(folder, LATE, id=ids[1], title="Evening", after=ids[0])
        for named in (ids, ids[::-1]):
            out = self.told(bt, there, words, *named)
            assert out.startswith("before Morning · North, 2 Mar 2026 after Evening · North")
            assert "hold no time of day" not in out

    @pytest.mark.parametrize("ids", [("aaaaaa22", "zzzzzz22"), ("zzzzzz22", "aaaaaa22")])
    def test_where_that_is_not_known_they_stand_as_named(
        self, bt: Run, there: list[str], words: Callable[[str], str], folder: SessionFolder,
        ids: tuple[str, str],
    ) -> None:  # fmt: skip
        action = Action(id="action22", what="Fix the doors", owner="Ada")
        closed_round(folder, EARLY, id=ids[0], title="Morning", actions=(action,))
        closed_round(folder, LATE, id=ids[1], title="Evening")
        out = self.told(bt, there, words, "Morning", "Evening")
        assert out.startswith("before Morning · North, 2 Mar 2026 after Evening · North")
        assert "Fix the doors" in out
        assert "Rounds of one day (2 Mar 2026) hold no time of day" in out
        turned = self.told(bt, there, words, "Evening", "Morning")
        assert turned.startswith("before Evening · North, 2 Mar 2026 after Morning · North")
        assert re.search(r"\+\d\.\d clear change", out)
        assert re.search(r"−\d\.\d clear change", turned)


@pytest.mark.usefixtures("quick")
class TestFewPeople:
    def test_five_show_where_they_are_and_not_how_sure_that_is(
        self, bt: Run, there: list[str], words: Callable[[str], str], folder: SessionFolder
    ) -> None:
        closed_round(folder, EARLY[:5], id="spring22", title="Spring")
        closed_round(folder, LATE[:5], id="autumn22", title="Autumn")
        pair = [*there, "compare", "spring22", "autumn22"]
        done = bt(
            *pair,
            "--passphrase-fd",
            words("spring words"),
            "--passphrase-fd",
            words("autumn words"),
        )
        assert "too few to tell" in done.out
        assert "clear change" not in done.out
        done = bt(*pair, "--json", "--passphrase-fd", words("spring words"),
                  "--passphrase-fd", words("autumn words"))  # fmt: skip
        change = json.loads(done.out)["changes"][0]
        assert change["delta"] is not None
        assert (change["se"], change["verdict"]) == (None, None)
        assert change["why_not"] == "too few for places"

    def test_names_both_times_are_matched(
        self, bt: Run, there: list[str], words: Callable[[str], str], folder: SessionFolder
    ) -> None:
        closed_round(folder, EARLY[:3], names=NAMES[:3], id="spring22", title="Spring",
                     figures_from=1, pictures_from=1)  # fmt: skip
        closed_round(folder, LATE[:3], names=NAMES[:3], id="autumn22", title="Autumn",
                     figures_from=1, pictures_from=1)  # fmt: skip
        done = bt(*there, "compare", "spring22", "autumn22", "--passphrase-fd", words("spring words"),
                  "--passphrase-fd", words("autumn words"))  # fmt: skip
        assert "3 people gave their names both times" in done.out
        assert "clear change" in done.out

    def test_one_that_still_collects_shows_nothing(
        self, bt: Run, there: list[str], words: Callable[[str], str], folder: SessionFolder
    ) -> None:
        closed_round(folder, EARLY, id="spring22", title="Spring")
        made(folder.path, id="autumn22", title="Autumn")
        done = bt(
            *there, "compare", "spring22", "autumn22", "--passphrase-fd", words("spring words")
        )
        assert done.code == 0
        assert "not opened yet" in done.out

    def test_a_file_that_is_gone_is_told_of(
        self, bt: Run, there: list[str], words: Callable[[str], str], folder: SessionFolder
    ) -> None:
        spring = closed_round(folder, EARLY, id="spring22", title="Spring")
        closed_round(folder, LATE, id="autumn22", title="Autumn")
        next((spring.folder / "answers").iterdir()).unlink()
        done = bt(*there, "compare", "spring22", "autumn22", "--passphrase-fd", words("spring words"),
                  "--passphrase-fd", words("autumn words"))  # fmt: skip
        assert done.code == 0
        assert "Spring: 1 file that was given in is missing." in done.err


class TestSaved:
    def test_listed_and_forgotten(self, bt: Run, there: list[str], folder: SessionFolder) -> None:
        assert "no comparisons saved yet" in bt(*there, "comparisons").err
        assert bt(*there, "compare", "first", "second", "--save", "Two years").code == 0
        [line] = bt(*there, "comparisons").out.splitlines()
        assert line.endswith("Two years  (session:first234, session:second23)")
        [found] = json.loads(bt(*there, "comparisons", "--json").out)["comparisons"]
        assert (found["name"], found["view"]) == ("Two years", "change")
        assert (
            bt(*there, "compare", "two years").out == bt(*there, "compare", "first", "second").out
        )
        before = contents(folder.path)
        done = bt(*there, "comparisons", "--forget", "Two years")
        assert done.code == 0
        assert len(contents(folder.path)) == len(before) - 1
        assert bt(*there, "compare", "Two years").code == 1

    @pytest.mark.usefixtures("third")
    def test_a_name_is_there_once(self, bt: Run, there: list[str]) -> None:
        assert bt(*there, "compare", "first", "second", "--save", "Two years").code == 0
        done = bt(*there, "compare", "first", "third", "--save", "TWO YEARS")
        assert (done.code, done.out, len(done.complaints)) == (1, "", 1)

    @pytest.mark.parametrize("name", ["", "  "])
    def test_a_name_has_letters(self, bt: Run, there: list[str], name: str) -> None:
        assert bt(*there, "compare", "first", "second", "--save", name).code == 1

    def test_targets_given_now_go_before_those_saved(self, bt: Run, there: list[str]) -> None:
        bt(
            *there,
            "compare",
            "first",
            "second",
            "--save",
            "Two years",
            "--target",
            "leadership=2.5",
        )
        assert "aim 2.5" in bt(*there, "compare", "Two years").out
        assert "aim 3.0" in bt(*there, "compare", "Two years", "--target", "leadership=3").out

    def test_what_it_compares_is_gone(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        bt(*there, "compare", "first", "second", "--save", "Two years")
        (folder.path / "2026-03-02-first234.toml").unlink()
        done = bt(*there, "compare", "Two years")
        assert (done.code, len(done.complaints)) == (1, 1)
        assert "Two years: fewer than two are left" in done.err
        assert "first234" in done.err

    @pytest.mark.usefixtures("third")
    def test_one_that_it_compares_is_gone_and_the_others_are_shown(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        bt(*there, "compare", "first", "second", "third", "--save", "All three")
        (folder.path / "2026-03-02-first234.toml").unlink()
        done = bt(*there, "compare", "All three")
        assert (done.code, done.out) == (0, bt(*there, "compare", "second", "third").out)
        assert "All three: without one that it compares:" in done.err
        assert "first234" in done.err
        # Whoever gets the report or the JSON sees no terminal.
        found = json.loads(bt(*there, "compare", "All three", "--json").out)
        assert found["missing"] == [{"kind": "session", "id": "first234"}]
        assert "one is missing" in bt(*there, "report", "All three", "--md").out
        assert json.loads(bt(*there, "report", "All three", "--json").out)["missing"]

    def test_a_damaged_one_is_told_of(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        bt(*there, "compare", "first", "second", "--save", "Two years")
        [path] = (folder.path / "comparisons").iterdir()
        path.write_bytes(path.read_bytes()[:-20])
        done = bt(*there, "comparisons")
        assert done.out == ""
        assert path.name in done.err
        damaged = json.loads(bt(*there, "comparisons", "--json").out)["damaged"]
        assert [fault["file"] for fault in damaged] == [path.name]


def test_a_folder_that_cannot_be_written_is_told_of(
    bt: Run, there: list[str], folder: SessionFolder
) -> None:
    (folder.path / "comparisons").write_text("a file in the way", encoding="utf-8")
    done = bt(*there, "compare", "first", "second", "--save", "Two years")
    assert (done.code, len(done.complaints)) == (1, 1)


def test_the_rounds_of_this_test_are_on_disk_as_the_program_writes_them(
    folder: SessionFolder, tmp_path: Path
) -> None:
    stored = closed_round(folder, EARLY[:5], id="spring22")
    assert stored.path.read_text(encoding="utf-8") == round_text(stored.round, stored.keys)


def written_keys(value: object, place: str = "") -> set[str]:
    """Every key of an object with where it stands; in lists, of all that is in them."""
    if isinstance(value, dict):
        here = {f"{place}.{key}" for key in value}
        return here.union(*(written_keys(v, f"{place}.{k}") for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(written_keys(each, place) for each in value))
    return set()


@pytest.mark.usefixtures("quick", "year")
def test_the_json_has_the_keys_that_are_written_down(
    bt: Run, there: list[str], words: Callable[[str], str], checkout: Path
) -> None:
    text = (checkout / "docs" / "json.md").read_text(encoding="utf-8")
    section = text.split("## `bt-assess compare`, of rounds or of more than two, `--json`")[1]
    written = json.loads(section.split("```json")[1].split("```")[0])
    done = bt(*there, "compare", "spring22", "autumn22", "--json", "--target", "leadership=2.5",
              "--passphrase-fd", words("spring words"), "--passphrase-fd", words("autumn words"))  # fmt: skip
    found = json.loads(done.out)
    assert list(found) == list(written)
    for part in ("items", "changes", "moves", "strands", "promises", "targets"):
        shown, told = written_keys(found[part]), written_keys(written[part])
        short = {each.removesuffix("....") for each in told if each.endswith("....")}
        assert told - {each for each in told if "..." in each} <= shown
        assert {s for s in shown - told if s.rsplit(".", 1)[0] not in short} == set(), part


def test_those_who_gave_no_name_are_not_taken_for_one_without_a_word(
    bt: Run, there: list[str], folder: SessionFolder
) -> None:
    for n, row in enumerate(("333 000 000", "000 000 333")):
        later = builders.NOON + timedelta(days=n)
        answers = {**builders.answers(row), **builders.answers(row, "learning")}
        saved(folder, ended(id=f"noname2{n + 2}", respondent="", started=later, answers=answers))
    out = " ".join(bt(*there, "compare", "noname22", "noname23").out.split())
    # Before the first verdict: whoever reads no further has read it.
    assert out.startswith("No name was given for some of these")
    assert "If they are of different people, nothing here is a change." in out.split("o before")[0]
    assert "No name was given" not in bt(*there, "compare", "first", "second").out
