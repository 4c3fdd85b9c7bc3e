"""A small rubric, a folder of sessions, and `bt-assess` to try on them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest
import tomli_w

from bt_assess.cli import main
from bt_assess.core.session import Answer, Session
from bt_assess.store.folder import SessionFolder
from tests.core import builders
from tests.store.helpers import finished, half_done, saved

# What could make a terminal act: a window title, a clipboard, a line that writes over itself.
HOSTILE = "\x1b]0;owned\x07\x1b]52;c;aGk=\x07\rA\x9b2J\u202eB"


@dataclass(frozen=True)
class Done:
    """What a run came to: the exit code, what went to stdout and what to stderr."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


class Run(Protocol):
    def __call__(self, *words: str | Path) -> Done: ...


@pytest.fixture
def _universal_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days are told in local time, so there is one local time for all who run this."""
    with monkeypatch.context() as zone:
        zone.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def bt(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    _universal_time: None,
) -> Run:
    """`bt-assess`, run in this process, from an empty folder."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: str | Path) -> Done:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture
def grid(tmp_path: Path) -> Path:
    """The small rubric as a file, with lasting statements, help and two points a theme."""
    themes = [
        builders.theme_data("111 111 111", points=("a", "a")),
        builders.theme_data("111 111 111", theme_id="learning"),
    ]
    themes[0]["statements"][3]["lasting"] = True
    themes[0]["statements"][0]["help"] = "Listen for it."
    path = tmp_path / "grid.toml"
    path.write_text(tomli_w.dumps(builders.rubric_data(*themes)), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    """Two finished sessions of one person and one that is not; ids by when: first, second, third."""
    made = SessionFolder(tmp_path / "sessions")
    later = builders.NOON + timedelta(days=365)
    better: dict[str, Answer] = builders.answers("000 232 233")
    saved(made, finished(id="first234"), "2026-03-02-first234.toml")
    saved(
        made,
        Session.model_validate(
            {**dict(finished()), "id": "second23", "started": later, "answers": better}
        ),
        "2027-03-02-second23.toml",
    )
    saved(made, half_done(id="third234", started=later + timedelta(days=1)))
    return made


@pytest.fixture
def third(folder: SessionFolder) -> None:
    """The third is finished too: only such sessions are compared."""
    begun = half_done(id="third234", started=builders.NOON + timedelta(days=366))
    saved(folder, begun.finish(begun.started))


@pytest.fixture
def there(grid: Path, folder: SessionFolder) -> list[str]:
    """The options that point at the small rubric and the folder."""
    return ["--rubric", str(grid), "--sessions", str(folder.path)]
