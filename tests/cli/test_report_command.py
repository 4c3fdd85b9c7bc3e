"""`bt-assess report`: what is looked up, where it goes, and that nothing in it ever acts."""

import csv
import json
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from markdown_it import MarkdownIt

from bt_assess.core.compared import Kind
from bt_assess.core.round import Action, Agreement, Step
from bt_assess.core.rubric import Rubric
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.session import Session
from bt_assess.core.text import UNSAFE
from bt_assess.store.ballot import blank_session
from bt_assess.store.comparisons import ComparisonsFolder
from bt_assess.store.folder import SessionFolder, new_id
from bt_assess.store.plans import PlansFolder
from bt_assess.store.projects import ProjectsFolder
from bt_assess.store.sealing import Keys, PrivateKey, WrongPassphrase
from tests.cli.conftest import Run
from tests.core import builders
from tests.report.pages import HOSTILE, Read, hostile_rubric, hostile_session
from tests.report.plans import a_plan, a_project
from tests.report.workbook import read
from tests.store.keys import closed, made, unwrapped

FORMATS = ("html", "md", "xlsx", "csv", "json", "pdf")
FORMULAS = ("=1+1", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1", "\uff1d1+1", "\uff0b1", "'=1")
BREAK = "\u200b"
"""Where a word that is too long for a line may be broken: put there by the report itself."""
TYPST = '#link("http://evil.example")[x] #panic() $x @y <z> \\u{1b} */'


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


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """'right words' opens a round of tests.store.keys, without the seconds that it takes."""

    def unlock(keys: Keys, said: str) -> PrivateKey:
        if said != "right words":
            raise WrongPassphrase("that is not the passphrase of this round")
        return unwrapped()[1]

    monkeypatch.setattr("bt_assess.commands.rounds.unlock", unlock)


def a_round(sessions: Path, rubric: Rubric, text: str, people: int = 9, **more: Any) -> None:
    """A closed round of `rubric`, with `text` wherever people write."""
    folder, stored = made(sessions, title=text or "Spring", team=text, expected=9, **more)
    for number in range(people):
        given = hostile_session(text)
        blank = blank_session(stored.round, "", new_id())
        values = {**dict(blank), "answers": given.answers, "notes": given.notes if number else {}}
        folder.give(stored, Session.model_validate(values))
    stored = closed(folder, stored)
    round_ = stored.round
    if text:
        round_ = round_.at_step(Step.DISCUSSING)
        round_ = round_.agreed(Agreement(theme_id="leadership", reason=text, dissent=text))
        due = date(2027, 1, 31)
        round_ = round_.with_action(
            Action(id="actionone", what=text, owner=text, due=due, remark=text)
        )
    folder.save(stored, round_)


class Hostile:
    """A folder whose rubric, sessions and round hold `text` in every field."""

    def __init__(self, path: Path, text: str) -> None:
        self.rubric = hostile_rubric(text)
        grid = path / "hostile.toml"
        grid.write_text(
            tomli_w.dumps(self.rubric.model_dump(mode="json", exclude_none=True)), "utf-8"
        )
        sessions = path / "hostile"
        folder = SessionFolder(sessions)
        before = hostile_session(text)
        other = builders.answers("3210 0000 1111") | builders.answers("0000 1111 3331", "learning")
        after = Session.model_validate({**dict(before), "id": "secondone", "answers": other})
        for session in (before.finish(before.started), after.finish(after.started)):
            folder.save(sessions / f"2026-03-02-{session.id}.toml", session, self.rubric)
        a_round(sessions, self.rubric, text)
        PlansFolder(sessions).create(a_plan(self.rubric, text))
        ProjectsFolder(sessions).create(a_project(text))
        self.options = ["--rubric", str(grid), "--sessions", str(sessions)]


def pieces(data: bytes) -> bytes:
    """A PDF with its compressed parts opened."""
    found = [data]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(b"")
    return b"\n".join(found)


def harmless_html(text: str) -> None:
    page = Read(text)
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "a", "iframe", "object", "embed", "form", "link", "base"}
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "href"]


def harmless_markdown(text: str) -> None:
    found = [
        t for token in MarkdownIt("gfm-like").parse(text) for t in (token, *(token.children or ()))
    ]
    kinds = {token.type for token in found}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "fence", "code_block"}
    # A heading or a table that somebody wrote would be one too many.
    for token in found:
        if token.type == "code_inline":
            assert re.fullmatch(r"[─━┼┿○●]+|@", token.content)


def harmless_workbook(data: bytes) -> None:
    book = read(data)
    assert book.elements("c")
    assert book.elements("f") == []
    assert book.elements("hyperlink") == []
    assert "External" not in book.text


def harmless_csv(text: str) -> None:
    rows = list(csv.reader(text.splitlines(keepends=True)))
    assert len({len(row) for row in rows}) == 1
    for row in rows:
        for cell in row:
            if cell.startswith(
                ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
            ):
                float(cell)


def harmless_pdf(data: bytes) -> None:
    inside = pieces(data)
    assert inside.startswith(b"%PDF-")
    for act in (b"/URI", b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/AA", b"/Annots"):
        assert act not in inside
    # What each drawn sign stands for: nothing that acts, and nothing that turns its direction.
    signs = re.findall(rb"^<[0-9A-F]{4}> <([0-9A-F]{4,})>", inside, re.MULTILINE)
    assert signs
    drawn = "".join(bytes.fromhex(sign.decode()).decode("utf-16-be") for sign in signs)
    assert not set(UNSAFE.findall(drawn)) - {BREAK}


def harmless(kind: str, data: bytes) -> None:
    """Nothing in a file of this kind acts, leads anywhere, or reaches a terminal."""
    if kind == "xlsx":
        harmless_workbook(data)
        plain = "".join(read(data).parts.values())
    elif kind == "pdf":
        return harmless_pdf(data)
    else:
        plain = data.decode()
        check: dict[str, Callable[[str], object]] = {
            "html": harmless_html,
            "md": harmless_markdown,
            "csv": harmless_csv,
            "json": json.loads,
        }
        check[kind](plain)
    assert set(UNSAFE.findall(plain)) <= {"\n", "\r"}
    return None


@pytest.fixture(scope="module", params=["formula", "markup", "typst"])
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """What is hostile to one format or another, in every field; the same in all of them."""
    text = {
        "formula": FORMULAS[0],
        "markup": " ".join(HOSTILE[:8])[:1900],
        "typst": f"{TYPST} {'W' * 1900}",
    }[request.param]
    return Hostile(tmp_path_factory.mktemp(request.param), text)


@pytest.mark.parametrize(
    "what",
    [
        ["session:abcdefgh"],
        ["round:latest"],
        ["abcdefgh", "secondone"],
        ["plan:latest"],
        ["project:latest"],
    ],
)
@pytest.mark.parametrize("kind", FORMATS)
def test_hostile_text_does_nothing_in_any_format(
    bt: Run, hostile: Hostile, words: Callable[[str], str], kind: str, what: list[str]
) -> None:
    secret = ["--passphrase-fd", words("right words")] if "round" in what[0] else []
    done = bt(*hostile.options, "report", *what, f"--{kind}", "-o", "out", *secret)
    assert done.code == 0, done.err
    harmless(kind, Path("out").read_bytes())


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize(
    "what", ["session:abcdefgh", "round:latest", "plan:latest", "project:latest"]
)
def test_no_spreadsheet_takes_text_for_a_formula(
    bt: Run, tmp_path: Path, words: Callable[[str], str], text: str, what: str
) -> None:
    hostile = Hostile(tmp_path, text)
    for kind in ("csv", "xlsx"):
        secret = ["--passphrase-fd", words("right words")] if "round" in what else []
        done = bt(*hostile.options, "report", what, f"--{kind}", "-o", kind, *secret)
        assert done.code == 0, done.err
        harmless(kind, Path(kind).read_bytes())


class TestWhatIsMeant:
    def test_a_session_as_show_takes_it(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "report", "first", "--json")
        assert json.loads(done.out)["sessions"][0]["session"]["id"] == "first234"

    def test_a_round_by_its_title(
        self, bt: Run, there: list[str], folder: SessionFolder, words: Callable[[str], str]
    ) -> None:
        made(folder.path, title="Autumn")
        done = bt(*there, "report", "Autumn", "--json")
        assert done.code == 0, done.err
        assert json.loads(done.out)["round"]["title"] == "Autumn"

    def test_the_latest_is_a_session_and_says_so(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        assert "round" not in bt(*there, "report", "latest", "--json").err
        made(folder.path)
        done = bt(*there, "report", "latest", "--json")
        assert json.loads(done.out)["sessions"]
        assert "'round:latest'" in done.err
        assert "round" in json.loads(bt(*there, "report", "round:latest", "--json").out)

    def test_what_may_be_both_is_asked_about(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        made(folder.path, title="first")
        done = bt(*there, "report", "first", "--json")
        assert (done.code, done.out) == (1, "")
        assert len(done.complaints) == 1
        assert "'session:first' or 'round:first'" in done.err
        assert bt(*there, "report", "session:first", "--json").code == 0

    def test_nothing_goes_by_that_name(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "report", "nobody", "--html", "-o", "x.html")
        assert done.code == 1
        assert len(done.complaints) == 1
        assert "no session" in done.err
        assert "no round" in done.err
        assert not Path("x.html").exists()

    def test_a_saved_comparison_by_its_name(
        self, bt: Run, there: list[str], folder: SessionFolder
    ) -> None:
        refs = [Ref(kind=Kind.SESSION, id=each) for each in ("first234", "second23")]
        ComparisonsFolder(folder.path).new(
            "A year apart", refs, today=date(2026, 3, 2), targets={"learning": 2.5}
        )
        told = json.loads(bt(*there, "report", "A year apart", "--json").out)
        assert [told["before"]["id"], told["after"]["id"]] == ["first234", "second23"]
        assert told["targets"][0]["target"] == 2.5
        page = bt(*there, "report", "comparison:A year apart", "--md")
        assert page.out.startswith("# A year apart\n")
        assert "| Learning |" in page.out.split("## Where to get to")[1]
        done = bt(*there, "report", "A year apart", "first", "--md")
        assert (done.code, done.out) == (1, "")
        assert len(done.complaints) == 1

    @pytest.mark.usefixtures("third")
    def test_three_are_over_time(self, bt: Run, there: list[str]) -> None:
        done = bt(*there, "report", "third", "second", "first", "--csv")
        rows = list(csv.DictReader(done.out.splitlines()))
        assert list(dict.fromkeys(row["id"] for row in rows)) == [
            "first234",
            "second23",
            "third234",
        ]
        assert "## Over time" in bt(*there, "report", "third", "second", "first", "--md").out

    @pytest.mark.parametrize("kind", FORMATS)
    def test_rounds_are_compared_with_a_passphrase_each(
        self, bt: Run, tmp_path: Path, words: Callable[[str], str], kind: str
    ) -> None:
        grid = hostile_rubric("plain")
        path = tmp_path / "plain.toml"
        path.write_text(tomli_w.dumps(grid.model_dump(mode="json", exclude_none=True)), "utf-8")
        for round_id in ("roundone", "roundtwo"):
            a_round(tmp_path / "two", grid, "plain", id=round_id)
        report: list[str | Path] = [
            "--rubric", path, "--sessions", tmp_path / "two", "report", "roundone", "roundtwo",
            f"--{kind}", "-o", "out", "--passphrase-fd", words("right words"),
        ]  # fmt: skip
        second = ["--passphrase-fd", words("wrong")]
        assert bt(*report, *second).code == 1
        assert not Path("out").exists()
        report[-1] = words("right words")
        done = bt(*report, "--passphrase-fd", words("right words"))
        assert done.code == 0, done.err
        harmless(kind, Path("out").read_bytes())

    def test_a_passphrase_too_many(
        self, bt: Run, there: list[str], words: Callable[[str], str]
    ) -> None:
        done = bt(*there, "report", "first", "--md", "--passphrase-fd", words("right words"))
        assert (done.code, done.out) == (1, "")
        assert "more passphrases than rounds" in done.err

    def test_two_sessions_are_compared(self, bt: Run, there: list[str]) -> None:
        shown = json.loads(bt(*there, "compare", "first", "second", "--json").out)
        told = json.loads(bt(*there, "report", "first", "second", "--json").out)
        assert told == shown
        assert told["before"]["id"] == "first234"


class TestDisclosure:
    def test_it_asks_for_the_passphrase_and_takes_no_other(
        self, bt: Run, tmp_path: Path, words: Callable[[str], str]
    ) -> None:
        hostile = Hostile(tmp_path, "plain")
        done = bt(
            *hostile.options, "report", "round:latest", "-o", "x.md", "--passphrase-fd", words("no")
        )
        assert done.code == 1
        assert len(done.complaints) == 1
        assert not Path("x.md").exists()

    @pytest.mark.parametrize("kind", FORMATS)
    def test_of_four_people_no_format_tells(
        self, bt: Run, grid: Path, tmp_path: Path, words: Callable[[str], str], kind: str
    ) -> None:
        sessions = tmp_path / "few"
        a_round(sessions, hostile_rubric("x"), "", people=4)
        done = bt("--rubric", grid, "--sessions", sessions, "report", "round:latest", f"--{kind}",
                  "-o", "out", "--passphrase-fd", words("right words"))  # fmt: skip
        if kind == "csv":
            assert done.code == 1
            assert not Path("out").exists()
            return
        assert done.code == 0, done.err
        data = Path("out").read_bytes()
        if kind == "json":
            told = json.loads(data)
            assert not told["shown"]
            assert all(theme["centre"] is None for theme in told["themes"])
            assert all(each["counts"] is None for each in told["statements"])
        elif kind in ("html", "md"):
            assert "too few people" in data.decode()
            assert "diamond is the middle" not in data.decode()


class TestOutput:
    @pytest.mark.parametrize(
        ("name", "begins"),
        [("a.html", b"<!doctype html"), ("a.HTM", b"<!doctype html"), ("a.md", b"# "),
         ("a.xlsx", b"PK"), ("a.csv", b"session,"), ("a.json", b"{"), ("a.pdf", b"%PDF-")],
    )  # fmt: skip
    def test_the_ending_says_the_format(
        self, bt: Run, there: list[str], name: str, begins: bytes
    ) -> None:
        done = bt(*there, "report", "first", "-o", name)
        assert (done.code, done.out, done.err) == (0, "", f"written to {name}\n")
        assert Path(name).read_bytes().lower().startswith(begins.lower())
        assert Path(name).stat().st_mode & 0o777 == 0o600

    def test_the_option_counts_more_than_the_ending(self, bt: Run, there: list[str]) -> None:
        assert bt(*there, "report", "first", "--csv", "-o", "a.txt").code == 0
        assert Path("a.txt").read_bytes().startswith(b"session,")

    def test_two_formats_in_one_breath_are_a_question(self, bt: Run, there: list[str]) -> None:
        """A PDF in a file that is called .html is opened by nothing."""
        done = bt(*there, "report", "first", "--csv", "-o", "a.html")
        assert (done.code, len(done.complaints)) == (1, 1)
        assert "a.html says html, and --csv says csv: which?" in done.err
        assert not Path("a.html").exists()
        assert bt(*there, "report", "first", "--html", "-o", "a.HTM").code == 0

    @pytest.mark.parametrize("target", [[], ["-o", "-"], ["-o", "a.txt"], ["-o", "a"]])
    def test_without_a_format_it_asks(self, bt: Run, there: list[str], target: list[str]) -> None:
        done = bt(*there, "report", "first", *target)
        assert (done.code, done.out) == (1, "")
        assert "in which format?" in done.err

    @pytest.mark.parametrize("kind", FORMATS)
    def test_never_over_another_by_itself(self, bt: Run, there: list[str], kind: str) -> None:
        Path("out").write_text("mine")
        done = bt(*there, "report", "first", f"--{kind}", "-o", "out")
        assert done.code == 1
        assert "--force" in done.err
        assert Path("out").read_text() == "mine"
        assert bt(*there, "report", "first", f"--{kind}", "-o", "out", "--force").code == 0
        assert Path("out").read_bytes() != b"mine"
        assert sorted(path.name for path in Path().iterdir()) == ["out"]

    @pytest.mark.parametrize("kind", ["xlsx", "pdf"])
    def test_a_terminal_gets_no_binary(
        self, bt: Run, there: list[str], monkeypatch: pytest.MonkeyPatch, kind: str
    ) -> None:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        done = bt(*there, "report", "first", f"--{kind}")
        assert (done.code, done.out) == (1, "")
        assert "-o" in done.err

    def test_two_formats_are_one_too_many(self, bt: Run, there: list[str]) -> None:
        assert bt(*there, "report", "first", "--md", "--csv").code == 2

    def test_without_typst_a_line_says_how_to_get_it(
        self, bt: Run, there: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "typst", None)
        done = bt(*there, "report", "first", "-o", "a.pdf")
        assert done.code == 1
        assert len(done.complaints) == 1
        assert "pip install 'bt-assess[pdf]'" in done.err
        assert not Path("a.pdf").exists()


@pytest.mark.parametrize("kind", FORMATS)
def test_only_what_a_format_needs_is_loaded(checkout: Path, kind: str) -> None:
    """CSV and JSON do not wait for templates and workbooks."""
    import subprocess

    heavy = {"html": "jinja2", "xlsx": "xlsxwriter", "pdf": "typst"}
    code = (
        "import sys; from bt_assess.cli import main;"
        f"main(['report', 'latest', '--{kind}', '--sessions', 'sessions/examples', '-o', sys.argv[1]]);"
        "print(*(m for m in ('jinja2', 'xlsxwriter', 'typst', 'textual') if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, os.devnull], capture_output=True, text=True, check=True,
        cwd=checkout, timeout=120,
    )  # fmt: skip
    loaded = set(done.stdout.split())
    if kind in ("csv", "json"):
        assert loaded == set()
    else:
        assert "textual" not in loaded
        assert heavy.get(kind) in (None, *loaded)


class TestDocument:
    """docs/reports.md says what there is."""

    @pytest.mark.usefixtures("third")
    def test_it_names_every_sheet_and_column(
        self, bt: Run, there: list[str], checkout: Path
    ) -> None:
        text = (checkout / "docs" / "reports.md").read_text("utf-8")
        bt(*there, "report", "first", "second", "third", "-o", "a.xlsx")
        bt(*there, "report", "first", "-o", "b.xlsx")
        for name in ("a.xlsx", "b.xlsx"):
            for sheet in read(Path(name).read_bytes()).sheets:
                assert f"| {sheet} |" in text
        for words in (["first"], ["first", "second"]):
            head = bt(*there, "report", *words, "--csv").out.splitlines()[0]
            for column in head.split(","):
                assert f"`{column}`" in text
