"""Text from outside acts on nothing; a crash shows nothing that people wrote; keys are not markup."""

import ast
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from textual.worker import WorkerFailed

from bt_assess.core.session import Answer, Session
from bt_assess.core.text import UNSAFE
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_session, session_text
from bt_assess.tui.app import AssessApp
from bt_assess.tui.safety import crash_log
from bt_assess.tui.screens.assess import Assess
from bt_assess.tui.screens.home import Home
from bt_assess.tui.screens.results import Results
from tests.core.builders import NOON
from tests.tui.person import Person, at_the_app, begin

# Each reads differently to something that reads markup; what is taken character by character, or
# is well formed beside its like, stands together.
HOSTILE = [
    "[/]", "[b", "[/b]", "[[", "[] ]] \\[b] $primary",
    "[@click=app.quit]click[/][@click=screen.finish]x[/][link=file:///etc/passwd]x[/link]",
    "[bold red]x[/]", "=cmd() {x} %s%n '; DROP TABLE <script>alert(1)</script>",
    "\x1b[2J\x1b]52;c;aGk=\x07\x1b]0;title\x07", "\x9b31m\x90q\x9c \x00nul bell\x07",
    "a\rb back\x08\x08 tab\there \u2028line", "\u202egnp.exe \u2066x\u2069 \u200bzero \ufeffbom",
    "日本語の名前 e\u0301\u0301\u0301\u0301 👩‍👩‍👧‍👦 family", "ﷺ" * 20, "x" * 200_000,
]  # fmt: skip


def put(folder: Path, text: str) -> Path:
    """A finished session whose name, team and note are this text."""
    rubric = load_rubric()
    store = SessionFolder(folder)
    stored = store.new(rubric, NOON, text, text)
    answers = {s.id: list(Answer)[n % 4] for n, s in enumerate(rubric.asked)}
    notes = {rubric.asked[0].id: text}
    values = {**dict(stored.session), "answers": answers, "notes": notes, "revision": 200}
    session = Session.model_validate(values).finish(NOON)
    store.save(stored.path, session, rubric)
    return stored.path


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_names_and_notes_act_on_nothing_anywhere(tmp_path: Path, text: str) -> None:
    put(tmp_path, text)
    put(tmp_path, text)
    (tmp_path / "[@click=app.quit]x[\x1b]0;t\x07.toml").write_text("format = 1")
    async with at_the_app(tmp_path, size=(100, 40)) as person:
        await person.sees("Results")
        for keys in (
            ["down", "enter"],  # Results
            ["up", "enter"],  # a theme
            ["end"],
            ["escape", "escape"],
            ["down", "enter"],  # Compare
            ["b"],  # choosing another
            ["escape", "escape"],
            ["down", "enter"],  # Sessions
            ["end"],
            ["question_mark"],
            ["escape", "escape"],
            ["home", "enter"],  # a new one, with the last name offered
            ["escape"],
        ):
            await person.press(*keys)
            assert not UNSAFE.search(person.text.replace("\n", "")), keys
        person.app.notify(text[:500], title="A toast")
        await person.pilot.pause(0.05)
        await person.pilot.click("Toast")
        assert person.app.return_code is None
        assert person.app.is_running


async def test_text_that_is_typed_is_text(tmp_path: Path) -> None:
    async with at_the_app(tmp_path) as person:
        await person.press("home", "enter")
        await person.sees("Your name or role")
        await person.press(*"[@click=app.quit]x[/]", "enter")
        await person.on(Assess)
        await person.answers("3")
        await person.pilot.press("escape")
        await person.on(Home)
        await person.sees("[@click=app.quit]x[/], 1 of 117")


SECRET = "Everybody-knows-Bob-drinks"


class Boom(Exception):
    pass


def explode(*_: object, **__: object) -> None:
    secret = SECRET  # in a frame's locals, where a careless traceback would show it
    raise Boom(secret)


async def _explode_later() -> None:
    explode()


def _in_a_handler(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Assess, "show_statement", explode)
    person.app.screen.refresh(recompose=False)
    person.app.call_later(person.app.screen.action_step, 1)  # type: ignore[attr-defined]


def _in_a_worker(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.app.run_worker(_explode_later())


def _in_compose(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Results, "body", explode)
    from bt_assess.tui.desk import Desk

    desk = person.app._desk  # noqa: SLF001
    assert isinstance(desk, Desk)
    person.app.push_screen(Results(desk, person.work.stored))


def _in_a_timer(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.app.set_timer(0.01, explode)


def _in_the_saver(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SessionFolder, "save", explode)
    person.work.note(person.work.asked[1].id, "one more")


@pytest.mark.parametrize(
    "cause", [_in_a_handler, _in_a_worker, _in_compose, _in_a_timer, _in_the_saver]
)
async def test_a_crash_shows_a_reference_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cause: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    app: AssessApp | None = None
    with suppress(Boom, WorkerFailed):  # the test harness raises what the app met
        async with at_the_app(tmp_path) as person:
            app = person.app
            await begin(person, SECRET)
            await person.answers("3")
            person.work.note(person.work.asked[0].id, SECRET)
            await person.sees("✓ saved")
            cause(person, monkeypatch)
            await person.until(lambda: person.app.return_code == 1, "the end")
    assert app is not None
    assert app.return_code == 1
    assert re.search(r"reference [0-9A-F]{6}", app.parting_words)
    log = crash_log()
    written = log.read_text()
    assert re.search(r"\w+\.py:\d+", written)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    shown = app.parting_words + written + "".join(capfd.readouterr())
    assert SECRET not in shown
    [path] = tmp_path.glob("*.toml")
    session = read_session(path).session
    assert session.respondent == SECRET
    assert path.read_text() == session_text(session, load_rubric())


MARKUP_READERS = {
    "Static",
    "Label",
    "Button",
    "Checkbox",
    "RadioButton",
    "Tab",
    "TabPane",
    "Collapsible",
}


def test_no_widget_that_reads_markup_is_given_raw_text(checkout: Path) -> None:
    """A lint: text from outside goes in as Content, or with markup=False."""
    careless = []
    for path in (checkout / "src" / "bt_assess" / "tui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            keywords = {k.arg: k.value for k in node.keywords}
            literal = all(isinstance(arg, ast.Constant) for arg in node.args)
            markup = keywords.get("markup")
            is_off = isinstance(markup, ast.Constant) and markup.value is False
            if name in MARKUP_READERS and not literal and not is_off:
                careless.append(f"{path.name}:{node.lineno} {name}")
            if name in ("from_markup", "DataTable", "Tree", "OptionList", "Markdown"):
                careless.append(f"{path.name}:{node.lineno} {name}")
    assert careless == []
