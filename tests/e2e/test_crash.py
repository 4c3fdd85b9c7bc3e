"""A crash in a real terminal: a reference number and nothing of what people wrote."""

import re
import sys
from pathlib import Path

import pytest

from tests.e2e.console import Console
from tests.e2e.folders import only_session

SECRET = "Bob-drinks"
PROGRAM = f"""
import asyncio, sys, threading
from textual.screen import Screen
from textual.worker import get_current_worker
from bt_assess.cli import main
from bt_assess.core.session import Session
from bt_assess.tui.screens.assess import Assess

def explode(*_):
    secret = {SECRET!r}
    raise ValueError(secret)

async def explode_later():
    explode()

class Broken(Screen):
    def compose(self):
        explode()
        yield from ()

def model(screen):
    Session.model_validate({{**dict(screen.work.session), "respondent": [{SECRET!r}], {SECRET!r}: 1}})

KINDS = {{
    "handler": explode,
    "worker": lambda screen: screen.run_worker(explode_later()),
    "thread": lambda screen: screen.run_worker(explode, thread=True),
    "compose": lambda screen: screen.app.push_screen(Broken()),
    "timer": lambda screen: screen.set_timer(0.01, explode),
    "model": model,
}}
Assess.action_explain = KINDS[sys.argv[1]]
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize("kind", ["handler", "worker", "thread", "compose", "timer", "model"])
def test_a_crash_leaves_a_reference_and_nothing_else(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, home, temporary = (tmp_path / name for name in ("sessions", "home", "tmp"))
    home.mkdir()
    temporary.mkdir()
    words = [sys.executable, "-c", PROGRAM, kind, "--sessions", str(folder)]
    console = Console(folder, {"HOME": str(home), "TMPDIR": str(temporary)}, words=words)
    try:
        console.wait("about 15 minutes")
        console.press("\r")
        console.wait("Your name or role")
        console.press(f"{SECRET}\r")
        console.wait("1 of 117")
        console.press("n")
        console.wait("What is the evidence?")
        console.press(SECRET)
        console.wait(SECRET)
        console.press("\x1b")
        console.wait("✎")
        console.press("3")
        console.wait("2 of 117")
        console.wait("✓ saved")
        count = len(console.printed)
        console.press("h")
        assert console.exit_code() == 1
    finally:
        console.close()
    afterwards = console.printed[count:]
    farewell = afterwards.rpartition(b"\x1b[?1049l")[2].decode()
    assert (found := re.search(r"reference ([0-9A-F]{6})", farewell)), farewell
    assert "Traceback" not in farewell
    secret = SECRET.encode()
    assert secret not in afterwards
    [session] = folder.glob("*.toml")
    elsewhere = [p for p in tmp_path.rglob("*") if p.is_file() and p != session]
    assert [p for p in elsewhere if secret in p.read_bytes() or SECRET in p.name] == []
    assert [p for p in elsewhere if found[1].encode() in p.read_bytes()], "the reference is noted"
    assert [*temporary.iterdir()] == []
    kept = only_session(folder)
    assert kept.respondent == SECRET
    assert [*kept.notes.values()] == [SECRET]
    assert [a.key for a in kept.answers.values()] == ["3"]
