"""What speed costs, each as a ratio to a minimal Textual app or a bare Python in the same run.

    make bench                 # about two minutes
    make bench ARGS=--quick    # a third of the runs, for a first look

Programs run in a real pseudo-terminal, turn about, so that a busy machine slows all alike.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import archive, opening, rounds
from bench.program import APP, MINIMAL, Program, percentile, turn_about
from bt_assess.core.session import Answer
from bt_assess.store.folder import SessionFolder
from bt_assess.store.rubric_file import load_rubric


def first_screen(command: list[str], home: Path, wanted: bytes) -> float:
    program = Program(command, home)
    try:
        return program.until(wanted) - program.started
    finally:
        program.end()


def process(command: list[str], home: Path) -> float:
    started = time.perf_counter()
    environment = {**os.environ, "HOME": str(home)}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - started


def many_sessions(folder: Path, count: int) -> None:
    rubric = load_rubric()
    store = SessionFolder(folder)
    answers = {s.id: list(Answer)[i % 4] for i, s in enumerate(rubric.asked)}
    begin = datetime(2024, 1, 1, 9, 0, tzinfo=UTC)
    for number in range(count):
        stored = store.new(rubric, begin + timedelta(days=number), f"Person {number}", "Team")
        values = {**dict(stored.session), "answers": answers, "revision": len(answers)}
        session = type(stored.session).model_validate(values).finish(begin + timedelta(days=number))
        store.save(stored.path, session, rubric)


def keys_minimal(home: Path, count: int) -> tuple[list[float], float]:
    program = Program(MINIMAL, home)
    try:
        program.until(b"ready 0")
        program.quiet(0.8)
        times = []
        for number in range(1, count + 1):
            sent = program.press(b"x")
            times.append(program.until(str(number).encode()) - sent)
            program.quiet(0.03)
        return times, program.memory()
    finally:
        program.end()


def keys_assess(home: Path, folder: Path) -> tuple[list[float], list[float], float]:
    """Key to highlight, key to next statement, and memory, over the whole rubric but its end."""
    rubric = load_rubric()
    program = Program([*APP, "--sessions", str(folder)], home)
    try:
        program.until(b"The grid")
        program.quiet(0.9)
        program.press(b"\r")
        program.until(b"Your name or role")
        program.quiet(0.2)
        program.press(b"Bench\r")
        program.until(rubric.asked[0].text.split()[0].encode())
        program.quiet(0.6)
        lit, following = [], []
        for place, statement in enumerate(rubric.asked[1:-1], start=2):
            sent = program.press(b"3")
            lit.append(program.until("●".encode()) - sent)
            first = " ".join(statement.text.split()[:4]).encode()
            program.until(first)
            following.append(program.until(str(place).encode()) - sent)
            program.quiet(0.05)
        return lit, following, program.memory()
    finally:
        program.end()


def main() -> None:
    quick = "--quick" in sys.argv
    runs = 5 if quick else 15
    room = Path(tempfile.mkdtemp(prefix="bt-bench-"))
    home, empty, fifty = room / "home", room / "empty", room / "fifty"
    home.mkdir()
    empty.mkdir()
    try:
        many_sessions(fifty, 50)
        report(runs, home, empty, fifty)
    finally:
        shutil.rmtree(room)


def report(runs: int, home: Path, empty: Path, fifty: Path) -> None:
    def line(name: str, value: float, aim: str, note: str = "") -> None:
        print(f"{name:<52}{value:>8.2f}   {aim:<8} {note}")

    print(f"{'':<52}{'measured':>8}   {'aim':<8}")
    screens = turn_about(
        runs,
        {
            "minimal": lambda: first_screen(MINIMAL, home, b"ready 0"),
            "empty": lambda: first_screen([*APP, "--sessions", str(empty)], home, b"Assess"),
            "fifty": lambda: first_screen([*APP, "--sessions", str(fifty)], home, b"Assess"),
            "news": lambda: first_screen([*APP, "--sessions", str(fifty)], home, b"50 sessions"),
        },
    )
    base = statistics.median(screens["minimal"])
    for name, words, aim in (
        ("empty", "Home's first screen, empty folder / minimal app", "1.2"),
        ("fifty", "Home's first screen, 50 sessions / minimal app", "1.2"),
        ("news", "Home with all it knows of 50 sessions / minimal app", "-"),
    ):
        line(words, statistics.median(screens[name]) / base, aim)

    minimal, small = keys_minimal(home, 115)
    lit, following, large = keys_assess(home, empty)
    line("Key to highlight, median / minimal's key to screen",
         statistics.median(lit) / statistics.median(minimal), "1.5")  # fmt: skip
    line("Key to highlight, 99th percentile / minimal's",
         percentile(lit, 0.99) / percentile(minimal, 0.99), "2.5")  # fmt: skip
    line("Key to next statement, 99th percentile, ms", percentile(following, 0.99) * 1000, "45",
         "of which 30 are the quiet that tells a key from a paste")  # fmt: skip
    line("Memory while assessing / minimal app", large / small, "1.5", f"{large:.0f} MiB")

    commands = turn_about(
        runs,
        {
            "pass": lambda: process([sys.executable, "-c", "pass"], home),
            "version": lambda: process([*APP, "--version"], home),
            "show": lambda: process([*APP, "--sessions", str(fifty), "show", "latest"], home),
        },
    )
    bare = statistics.median(commands["pass"])
    line("--version / python -c pass", statistics.median(commands["version"]) / bare, "1.5")
    line("show latest (of 50) / python -c pass", statistics.median(commands["show"]) / bare, "16")
    rounds.report(line)
    sizes = (1_000, 10_000) if runs == 5 else (1_000, 10_000, 100_000)
    archive.report(line, sizes)
    opening.report(line, runs, home, sizes[-1])


if __name__ == "__main__":
    main()
