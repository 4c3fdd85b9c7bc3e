"""From an empty folder to a comparison, in a real terminal, with the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bt_assess.core.rubric import Rubric
from bt_assess.core.scoring import score
from bt_assess.core.session import Answer
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_session
from tests.e2e.console import Console

ENTER, ESCAPE = "\r", "\x1b"


@pytest.fixture
def rubric() -> Rubric:
    return load_rubric()


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    opened = Console(tmp_path)
    yield opened
    opened.close()


def answer_all(console: Console, rubric: Rubric, keys: str) -> None:
    """Answer every statement, each when it can be read; `keys` are taken in turn."""
    total = len(rubric.asked)
    for place, statement in enumerate(rubric.asked):
        console.wait(f"{place + 1} of {total}")
        console.wait(" ".join(statement.text.split()[:5]))
        console.press(keys[place % len(keys)])


def begin(console: Console, name: str) -> None:
    console.wait("Your name or role")
    # At once, as a fast typist does: Enter must not overtake the letters.
    console.press(name + ENTER)


def test_a_first_assessment_and_a_second_to_compare(
    console: Console, rubric: Rubric, tmp_path: Path
) -> None:
    console.wait("Nothing leaves it.")
    console.wait("about 15 minutes")
    console.press(ENTER)
    begin(console, "Area manager")
    answer_all(console, rubric, "1234dx")
    console.wait("All 117 statements have an answer.")
    console.press("f")
    console.wait("Finish this assessment?")
    console.press(ENTER)
    console.wait("Where to begin")
    console.wait("117 of 117 answered")
    for theme in rubric.themes:
        assert theme.short in console.text

    [path] = tmp_path.glob("*.toml")
    session = read_session(path).session
    assert session.respondent == "Area manager"
    assert session.finished is not None
    given = {
        s.id: list(Answer)["1234dx".index("1234dx"[i % 6])] for i, s in enumerate(rubric.asked)
    }
    assert session.answers == given
    text = path.read_text()
    for found in score(rubric, session.answers).themes:
        if found.position is not None:
            assert f"position = {round(found.position, 4)}" in text

    console.press(ESCAPE)
    console.wait("Where do we stand, and what next?")
    console.wait("Results")
    # First comes the next step, which is to look at the result; below it begins the menu.
    console.press("\x1b[H", "\x1b[B", ENTER)
    console.wait("A new assessment")
    console.press(ENTER)
    answer_all(console, rubric, "4")
    console.wait("All 117 statements have an answer.")
    console.press("f")
    console.wait("Finish this assessment?")
    console.press(ENTER)
    console.wait("Where to begin")
    console.press("c")
    console.wait("Before and after")
    console.press("4")
    console.wait("Statements, the largest change first")
    console.press("\x11")
    assert console.exit_code() == 0
    assert len(list(tmp_path.glob("*.toml"))) == 2


def test_an_interrupted_assessment_goes_on_at_the_very_statement(
    console: Console, rubric: Rubric, tmp_path: Path
) -> None:
    console.wait("about 15 minutes")
    console.press(ENTER)
    begin(console, "Me")
    for place in range(10):
        console.wait(" ".join(rubric.asked[place].text.split()[:5]))
        console.wait(f"{place + 1} of 117")
        console.press("3")
    console.wait("11 of 117")
    console.wait("✓ saved")
    console.process.kill()
    console.exit_code()

    again = Console(tmp_path)
    try:
        again.wait("Me, 10 of 117")
        again.press(ENTER)
        again.wait("11 of 117")
        again.wait(" ".join(rubric.asked[10].text.split()[:5]))
    finally:
        again.close()
