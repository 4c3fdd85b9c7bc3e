"""The real program in a process of its own: streams, pipes, terminals, what it imports."""

import json
import os
import select
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bt_assess.store.folder import SessionFolder
from tests.core import builders
from tests.store.helpers import CHECKOUT, HANG, finished, half_done, saved

unix = pytest.mark.skipif(sys.platform == "win32", reason="terminals and pipes of Unix")


@pytest.fixture
def environment() -> dict[str, str]:
    """A terminal's, with output buffered as it is unless somebody asks for something else."""
    found = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    found.pop("PYTHONUNBUFFERED", None)
    return found


def start(words: list[str], environment: dict[str, str], **more: Any) -> subprocess.Popen[bytes]:
    # From the checkout, as PYTHONPATH may name src in it.
    return subprocess.Popen(
        [sys.executable, "-m", "bt_assess", *words],
        env=environment, cwd=CHECKOUT,
        **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more},
    )  # fmt: skip


def run(words: list[str], environment: dict[str, str], **more: Any) -> tuple[int, str, str]:
    with start(words, environment, **more) as process:
        out, err = process.communicate(timeout=HANG)
    return process.returncode, (out or b"").decode(), (err or b"").decode()


def shell(line: str, environment: dict[str, str]) -> tuple[int, str, str]:
    """The exit code of bt-assess in a line of sh, where `$bt` stands for it."""
    line = line.replace("$bt", f"'{sys.executable}' -m bt_assess")
    done = subprocess.run(
        ["sh", "-c", line], env=environment, cwd=CHECKOUT, capture_output=True, timeout=HANG
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class TestExitCodes:
    def test_done(self, environment: dict[str, str], there: list[str]) -> None:
        code, out, err = run([*there, "list"], environment)
        assert (code, err) == (0, "")
        assert len(out.splitlines()) == 3

    def test_wrong_input(self, environment: dict[str, str], there: list[str]) -> None:
        code, out, err = run([*there, "show", "nobody"], environment)
        assert (code, out) == (1, "")
        assert err.startswith("bt-assess: no session here goes by 'nobody'")
        assert err.count("\n") == 1

    def test_wrong_use(self, environment: dict[str, str]) -> None:
        assert run(["nosuch"], environment)[0] == 2

    def test_the_command_is_installed_under_its_name(self, checkout: Path) -> None:
        text = (checkout / "pyproject.toml").read_text(encoding="utf-8")
        assert 'bt-assess = "bt_assess.cli:main"' in text


class TestNoTerminal:
    def refuses(self, code: int, out: str, err: str) -> None:
        assert (code, out) == (2, "")
        assert err.startswith("bt-assess: ")
        assert err.count("\n") == 1

    def test_a_pipe(self, environment: dict[str, str]) -> None:
        self.refuses(*run([], environment))

    @unix
    def test_nothing_at_all(self, environment: dict[str, str]) -> None:
        self.refuses(*shell("$bt <&- >&-", environment))

    @unix
    @pytest.mark.parametrize("term", ["dumb", "", None])
    def test_a_terminal_that_can_show_nothing(
        self, environment: dict[str, str], term: str | None
    ) -> None:
        environment = {**environment, "TERM": term} if term is not None else environment
        if term is None:
            del environment["TERM"]
        top, bottom = os.openpty()
        try:
            code, _, err = run([], environment, stdin=bottom, stdout=bottom)
        finally:
            os.close(top)
            os.close(bottom)
        self.refuses(code, "", err)

    @unix
    def test_only_the_input_is_one(self, environment: dict[str, str]) -> None:
        top, bottom = os.openpty()
        try:
            self.refuses(*run([], environment, stdin=bottom))
        finally:
            os.close(top)
            os.close(bottom)


@unix
class TestStreams:
    @pytest.mark.parametrize("words", ["form", "rubric show", "list --json", "export", "--help"])
    def test_whoever_reads_has_seen_enough(
        self, environment: dict[str, str], there: list[str], words: str
    ) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        try:
            code, _, err = run([*there, *words.split()], environment, stdout=writer)
        finally:
            os.close(writer)
        assert (code, err) == (0, "")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
    @pytest.mark.parametrize("more", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["", "unbuffered"])
    @pytest.mark.parametrize("words", ["form", "rubric show", "list --json", "where", "--version"])
    def test_a_full_disk(
        self, environment: dict[str, str], there: list[str], words: str, more: dict[str, str]
    ) -> None:
        environment |= more
        options = there if words != "--version" else []
        with Path("/dev/full").open("wb") as full:
            code, _, err = run([*options, *words.split()], environment, stdout=full)
        assert code == 1
        assert err == "bt-assess: the output cannot be written: no space left on device\n"

    @pytest.mark.parametrize("words", ["form", "list", "list --json"])
    def test_a_closed_output(
        self, environment: dict[str, str], there: list[str], words: str
    ) -> None:
        options = " ".join(f"'{word}'" for word in there)
        code, _, err = shell(f"$bt {options} {words} >&-", environment)
        assert code == 1
        assert err == "bt-assess: there is nowhere to write to: the output is closed\n"

    def test_closed_messages(self, environment: dict[str, str], there: list[str]) -> None:
        options = " ".join(f"'{word}'" for word in there)
        assert shell(f"$bt {options} show nobody 2>&-", environment) == (1, "", "")
        assert shell("$bt 2>&- </dev/null", environment) == (2, "", "")


class TestEncodings:
    """An output that cannot show everything loses a sign, never the run."""

    @pytest.fixture(params=["ascii", "latin-1", "C locale"])
    def poor(self, request: pytest.FixtureRequest, environment: dict[str, str]) -> dict[str, str]:
        if request.param == "C locale":
            off = {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
            return {**environment, "LC_ALL": "C", **off}
        return {**environment, "PYTHONIOENCODING": str(request.param)}

    @pytest.fixture(autouse=True)
    def _named(self, folder: SessionFolder) -> None:
        saved(folder, finished(id="zoe23456", respondent="Zoë 李 – head", team="✓"))

    @pytest.mark.parametrize(
        "words", ["show zoe", "list", "compare second zoe", "rubric show", "show nöbody"]
    )
    def test_text(self, poor: dict[str, str], there: list[str], words: str) -> None:
        with start([*there, *words.split()], poor) as process:
            out, err = process.communicate(timeout=HANG)
        assert process.returncode == ("nöbody" in words)
        assert b"Traceback" not in err
        assert b"fault of its own" not in err
        assert out or err

    def test_a_minus_stays_one(
        self, environment: dict[str, str], there: list[str], folder: SessionFolder
    ) -> None:
        environment = {**environment, "PYTHONIOENCODING": "ascii"}
        fell = {**builders.answers("333 000 000"), **builders.answers("000 000 000", "learning")}
        later = builders.NOON + timedelta(days=900)
        saved(folder, half_done(id="fourth23", answers=fell, started=later).finish(later))
        _, out, _ = run([*there, "compare", "second", "fourth"], environment)
        assert "  -1." in out or "  -0." in out
        assert "Ada - North" in out

    def test_json_is_the_same_data(
        self, poor: dict[str, str], environment: dict[str, str], there: list[str]
    ) -> None:
        words = [*there, "list", "--json"]
        code, out, err = run(words, poor)
        assert (code, err) == (0, "")
        assert json.loads(out) == json.loads(run(words, environment)[1])
        assert "Zoë 李 – head" in [s["respondent"] for s in json.loads(out)["sessions"]]

    def test_csv_is_utf_8_whatever_the_terminal_is(
        self, poor: dict[str, str], there: list[str]
    ) -> None:
        assert "Zoë 李 – head" in run([*there, "export", "zoe"], poor)[1]


@unix
def test_interrupted_at_a_question(
    environment: dict[str, str], there: list[str], folder: SessionFolder
) -> None:
    from tests.terminal import Terminal

    path = folder.path / "2026-03-02-first234.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Ada", "Eve"), encoding="utf-8")
    before = path.read_bytes()
    words = [sys.executable, "-m", "bt_assess", *there, "reseal", str(path)]
    process = Terminal(words, environment, cwd=CHECKOUT)
    try:
        seen, end = b"", time.monotonic() + HANG
        while b"[y/N]" not in seen:
            left = end - time.monotonic()
            assert select.select([process.fd], [], [], max(0, left))[0], seen
            seen += os.read(process.fd, 4096)
        os.write(process.fd, b"\x03")
        while process.code is None and time.monotonic() < end:
            time.sleep(0.02)
        assert process.code == 130
    finally:
        process.close()
    assert path.read_bytes() == before


IMPORTED = """
import sys
from bt_assess.cli import main
code = main(sys.argv[1:])
heavy = {"textual", "rich", "pydantic", "argparse", "tomllib", "json"} & set(sys.modules)
print(code, *sorted(heavy), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "code", "never"),
    [
        (["--version"], 0, {"textual", "rich", "pydantic", "tomllib", "json"}),
        (["--help"], 0, {"textual", "rich", "pydantic", "tomllib", "json"}),
        ([], 2, {"textual", "rich", "pydantic"}),
        (["nosuch"], 2, {"textual", "rich", "pydantic"}),
        (["list"], 0, {"textual", "rich"}),
        (["rubric", "show"], 0, {"textual", "rich"}),
        (["form"], 0, {"textual", "rich"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_only_what_is_needed_is_imported(
    environment: dict[str, str], words: list[str], code: int, never: set[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *words],
        env=environment, cwd=CHECKOUT, capture_output=True, check=True, timeout=HANG,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    said = done.stderr.decode().splitlines()[-1].split()
    assert said[0] == str(code)
    assert not never & set(said)
