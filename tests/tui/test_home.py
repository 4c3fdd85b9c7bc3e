"""Home: what is unfinished, what came out last, what is wrong, and which folder it is."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bt_assess.core.scoring import score
from bt_assess.core.session import Answer
from bt_assess.report.summary import in_brief
from bt_assess.store.rubric_file import load_rubric
from bt_assess.tui import desk
from bt_assess.tui.screens.assess import Assess
from bt_assess.tui.screens.help import Help
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.results import Results
from tests.tui.kept import DAY, given, grid, keep
from tests.tui.person import at_the_app, choose

TODAY = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_now", lambda: TODAY)


async def test_a_first_visit_says_what_this_is_and_what_becomes_of_the_answers() -> None:
    folder = Path.home() / "org" / "sessions"
    async with at_the_app(folder) as person:
        await person.reads(
            "Where do we stand, and what next?",
            "117 short statements",
            "That takes about 15 minutes, and every answer is saved as you give it.",
            "Answers stay in this folder, in files you can read. Nothing leaves it.",
        )
        assert "sessions  ~/org/sessions" in person.text
        assert "▸ Assess" in person.text
        for not_yet in ("Continue", "Results", "Compare", "Sessions  "):
            assert not_yet not in person.text
    assert not folder.exists(), "looking around made a folder"


async def test_a_folder_too_long_for_the_line_still_shows_where_it_ends(tmp_path: Path) -> None:
    folder = tmp_path / "a-rather-long-name-for-a-folder" / "and-another-one-below-it" / "our-own"
    async with at_the_app(folder) as person:
        await person.sees("our-own")


async def test_what_is_unfinished_comes_first_with_name_count_theme_and_day(
    tmp_path: Path,
) -> None:
    rubric = load_rubric()
    answered = {s.id: Answer.MOSTLY for s in rubric.asked[:64]}
    keep(
        tmp_path, rubric, answered, respondent="Area manager", team="Housing", finished=False,
        started=TODAY - DAY, at=rubric.asked[64].id,
    )  # fmt: skip
    where = rubric.theme_of(rubric.asked[64].id).name
    async with at_the_app(tmp_path) as person:
        await person.sees(f"Area manager · Housing, 64 of 117, in {where}, yesterday")
        assert person.text.index("Continue") < person.text.index("Assess")
        assert "▸ Continue" in person.text
        await person.press("enter")
        await person.on(Assess)
        await person.sees("65 of 117")


async def test_of_many_unfinished_ones_the_newest_three_are_there_and_the_rest_counted(
    tmp_path: Path,
) -> None:
    rubric = load_rubric()
    first = {rubric.asked[0].id: Answer.FULLY}
    for age in range(5):
        keep(
            tmp_path, rubric, first, respondent=f"Person {age}", finished=False,
            started=TODAY - age * DAY,
        )  # fmt: skip
    async with at_the_app(tmp_path) as person:
        await person.sees("Person 0", "Person 1", "Person 2", "2 more sessions unfinished")
        assert "Person 3" not in person.text
        await choose(person, "Person 1")
        await person.on(Assess)
        assert person.work.session.respondent == "Person 1"


async def test_an_answer_to_a_statement_that_is_gone_is_not_counted(tmp_path: Path) -> None:
    """As when a newer rubric has dropped it."""
    rubric = grid("33 33 33")
    older = {"id": rubric.id, "version": "0.9"}
    answers = given("33 33 33") | {"theme-a.starting.9": Answer.NOT}
    keep(tmp_path, rubric, answers, finished=False, rubric=older)
    async with at_the_app(tmp_path, rubric) as person:
        await person.sees("Me, 6 of 6")


async def test_the_latest_result_is_told_in_a_line_and_shown_where_there_is_room(
    tmp_path: Path,
) -> None:
    rows = ("333 000 000", "000 333 000", "000 333 000")
    rubric = grid(*rows)
    keep(tmp_path, rubric, given("333 000 000"), started=TODAY - 9 * DAY)
    keep(tmp_path, rubric, given(*rows), respondent="Head", started=TODAY - 2 * DAY)
    brief = in_brief(score(rubric, given(*rows)))
    async with at_the_app(tmp_path, rubric) as person:
        await person.sees(f"19 Nov · {brief}", "Compare")
        assert brief == "two themes developing, one starting"
        await person.pilot.resize_terminal(80, 40)
        await person.sees("Latest result  Head, 19 Nov", "Theme B")
        assert "2.0  ▄ developing" in person.line("Theme B")
        await choose(person, "Results")
        await person.on(Results)
        await person.sees("Head · 19 Nov 2026")


async def test_results_of_another_rubric_are_not_mistaken_for_ours(tmp_path: Path) -> None:
    ours = grid("333 000 000")
    other = ours.model_copy(update={"id": "other-grid"})
    keep(tmp_path, ours, given("333 000 000"), respondent="Ours", started=TODAY - 9 * DAY)
    keep(tmp_path, other, given("000 000 333"), respondent="Theirs")
    keep(tmp_path, other, {}, respondent="Begun", finished=False)
    async with at_the_app(tmp_path, ours, size=(80, 40)) as person:
        await person.sees("one theme starting", "Latest result  Ours")
        assert "Continue" not in person.text


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 file cannot be read as it is: Sessions says why."),
        (2, "2 files cannot be read as they are: Sessions says why."),
    ],
)
async def test_damaged_files_are_told_of(tmp_path: Path, count: int, words: str) -> None:
    for number in range(count):
        (tmp_path / f"2026-01-0{number + 1}-broken.toml").write_text("format = 1\n[session")
    async with at_the_app(tmp_path) as person:
        await person.sees("! ", words, "Sessions")


async def test_a_folder_that_cannot_be_read_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("bt_assess.store.catalogue_rows._files", refuse)
    async with at_the_app(tmp_path) as person:
        await person.reads("The sessions folder cannot be read", "Permission denied")
        assert isinstance(person.app.screen, Home)


async def test_esc_stays_the_question_mark_explains_and_ctrl_q_quits(tmp_path: Path) -> None:
    keep(tmp_path, grid("33 33 33"), given("33 33 33"))
    async with at_the_app(tmp_path) as person:
        await person.press("escape")
        assert isinstance(person.app.screen, Home)
        await person.press("question_mark")
        await person.on(Help)
        await person.reads("Start here. What you have not finished comes first")
        await person.press("escape")
        await person.on(Home)
        await person.pilot.press("ctrl+q")
        await person.until(lambda: person.app.return_code is not None, "the end")
    assert person.app.return_code == 0
    assert person.app.parting_words == f"All is saved in {tmp_path}"


@pytest.mark.parametrize("year", [1, 9999])
async def test_a_session_from_the_edge_of_the_calendar_is_listed_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    """A clock may be wrong by anything; no file may keep Home from opening."""
    monkeypatch.setenv("TZ", "America/New_York" if year == 1 else "Asia/Tokyo")
    time.tzset()
    edge = datetime(year, 1, 1, tzinfo=UTC) if year == 1 else datetime(year, 12, 31, 23, tzinfo=UTC)
    try:
        keep(tmp_path, grid("33 33 33"), given("33 33 33"), started=edge, finished=False)
        async with at_the_app(tmp_path, grid("33 33 33")) as person:
            await person.sees("Me, 6 of 6")
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("size", [(44, 12), (26, 8)])
async def test_on_a_small_terminal_the_choices_come_before_the_introduction(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_app(tmp_path, size=size) as person:
        await person.sees("▸ Assess", "Round")
        await person.press("down")
        await person.sees("▸ Round")
