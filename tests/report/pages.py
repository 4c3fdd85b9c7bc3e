"""Reports to look at in tests: of a person, of a team, of one with too few people, of hostile text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import strategies as st

from bt_assess.core.compared import Compared, of_session
from bt_assess.core.compared import of_round as compared_round
from bt_assess.core.disclosure import Person, Shown, disclose, publication
from bt_assess.core.round import Action, ActionState, Agreement, Round, Step
from bt_assess.core.rubric import Rubric, Stage
from bt_assess.core.session import Answer, RubricRef, Session
from bt_assess.core.text import clean_line
from bt_assess.report.html import html_of_compared
from bt_assess.store.rubric_file import load_rubric
from bt_assess.store.session_file import read_for
from docs.make_round import person
from tests.core import builders

MADE = date(2026, 11, 21)
HOSTILE = (
    "<script>document.title='ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    "<a href=\"javascript:document.title='ran'\">here</a>",
    "[here](javascript:alert(1)) https://example.com www.example.com",
    '=HYPERLINK("http://example.com")',
    "</style><style>body{display:none}</style>",
    "</title></svg></desc><svg onload=alert(1)>",
    "\u202egnp.exe\u202c \u2066isolated \x1b[31mred \x00 \x07 \ud800 \ufffe",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "\u05e9\u05dc\u05d5\u05dd 123 \u0645\u0631\u062d\u0628\u0627",
    "李" * 80,
    "W" * 2000,
    "&lt;b&gt; &amp; \" ' <!-- ",
)


def of_the_example(name: str = "2026-11-12-areamanager2026") -> Session:
    """A session of the demonstration organisation."""
    path = Path(__file__).parents[2] / "sessions" / "examples" / f"{name}.toml"
    return read_for(rubric(), path).session


@cache
def rubric() -> Rubric:
    return load_rubric()


def round_of(
    count: int,
    *,
    named: bool = False,
    step: Step = Step.ACTING,
    words: str = "The Monday walkabouts are real.",
) -> tuple[Round, Shown]:
    """The demonstration's round, with as many of its people, and what may be shown of it."""
    grid = rubric()
    names = [f"person{number:010d}" for number in range(count)]
    sessions = [person(grid, number % 9) for number in range(count)]
    people = [
        Person(name, each.answers, each.notes, f"P{number}" if named else "")
        for number, (name, each) in enumerate(zip(names, sessions, strict=True))
    ]
    found = Round(
        id="abcdefgh", title=f"Autumn {words}"[:80], team=words[:80], expected=max(count, 1),
        created=date(2026, 11, 12), rubric=RubricRef(id=grid.id, version=grid.version), step=step,
        begun=True, named=named, sealed=dict.fromkeys(names, "AAAA-BBBB"),
        agreements=(
            Agreement(theme_id="leadership", reason=words, dissent=words),
            Agreement(theme_id="learning", stage=Stage.DEVELOPING, reason=words),
        ),
        actions=(
            Action(id="actionone", what=f"Do {words}", owner=words, due=date(2027, 1, 31)),
            Action(id="actiontwo", what="Settle it", point=grid.themes[2].points[0].id),
        ),
        last_actions=(
            Action(id="actionold", what="The old one", state=ActionState.DONE, remark=words),
        ),
    )  # fmt: skip
    found = publication(found, names)
    return found, disclose(grid, found, people)


def hostile_rubric(text: str) -> Rubric:
    """A small grid with `text` wherever the rules of a rubric allow it."""
    text = _of_a_rubric(text)
    data = builders.rubric_data(
        builders.theme_data("1111 1111 1111", strands="aabb aabb aabb", points=("a", "b")),
        builders.theme_data("1111 1111 1111", theme_id="learning"),
    )
    data |= {"title": text[:80], "source": text[:600], "licence": text[:600]}
    for theme in data["themes"]:
        theme |= {
            "name": text[:40],
            "short": text[:15],
            "complaint": text[:120],
            "call": text[:120],
        }
        theme["summaries"] = {stage.value: text[:200] for stage in Stage}
        for each in theme["strands"]:
            each["name"] = text[:40]
        for each in (*theme["statements"], *theme["points"]):
            each["text"] = text[:240]
    return Rubric.model_validate(data)


def _of_a_rubric(text: str) -> str:
    """Rubrics are refused with control characters; the rest they may hold."""
    return clean_line(text, 2000)


def hostile_session(text: str) -> Session:
    """A session with `text` in every field that people write in."""
    given = builders.answers("0123 3333 2222") | builders.answers("3333 1111 000k", "learning")
    notes = dict.fromkeys(given, text)
    return builders.session(given, respondent=text, team=text, notes=notes)


def hostile_round(text: str) -> tuple[Rubric, Round, Shown]:
    """A round of nine of the hostile grid, everybody with the same notes, in two camps."""
    grid = hostile_rubric(text)
    names = [f"person{number:010d}" for number in range(9)]
    low = builders.answers("3333 1111 0000") | builders.answers("3333 1111 0000", "learning")
    high = builders.answers("0000 1111 3333") | builders.answers("3330 2222 0000", "learning")
    notes = hostile_session(text).notes
    people = [Person(name, (low, high)[i % 2], notes) for i, name in enumerate(names)]
    found = Round(
        id="abcdefgh", title=text, team=text, expected=9, created=date(2026, 11, 12),
        rubric=RubricRef(id=grid.id, version=grid.version), step=Step.DONE, begun=True,
        sealed=dict.fromkeys(names, "AAAA-BBBB"),
        agreements=(Agreement(theme_id="leadership", reason=text, dissent=text),),
        actions=(Action(id="actionone", what=text, owner=text, remark=text),),
        last_actions=(Action(id="actionold", what=text, owner=text, remark=text),),
    )  # fmt: skip
    found = publication(found, names)
    return grid, found, disclose(grid, found, people)


def two_sessions(grid: Rubric, before: Session, after: Session) -> str:
    """The report of a session before and one after."""
    items = [of_session(grid, each) for each in (before, after)]
    return html_of_compared(grid, items, made=MADE)


def of_comparison() -> str:
    """The demonstration's area manager, a year apart."""
    before, after = (
        of_the_example(name)
        for name in ("2025-11-12-areamanager2025", "2026-11-12-areamanager2026")
    )
    return two_sessions(rubric(), before, after)


def hostile_comparison(text: str) -> str:
    """Two hostile sessions whose answers differ."""
    before, grid = hostile_session(text), hostile_rubric(text)
    given = builders.answers("3210 0000 1111") | builders.answers("0000 1111 3331", "learning")
    after = before.model_copy(update={"answers": given})
    return two_sessions(grid, before, after)


def hostile_course(text: str) -> str:
    """The report of several hostile people."""
    grid, items = hostile_items(text)
    return html_of_compared(grid, items, made=MADE, name=text[:80], targets={"learning": 2.0})


def hostile_items(text: str) -> tuple[Rubric, list[Compared]]:
    """Hostile people side by side, one of them there three times, and more left out than not."""
    first, grid = hostile_session(text), hostile_rubric(text)
    given = [
        first.answers,
        builders.answers("3210 0000 1111") | builders.answers("0--- 1--1 33-1", "learning"),
        builders.answers("0000 1111 3333") | builders.answers("0000 1111 3331", "learning"),
    ]
    times = [
        first.model_copy(update={"id": f"session{n:04}", "answers": each, "finished": when})
        for n, each in enumerate(given)
        for when in [first.started + timedelta(days=n)]
    ]
    others = [
        first.model_copy(update={"id": f"another{n:04}", "respondent": f"{n}{text}"[:80]})
        for n in range(2)
    ]
    return grid, [of_session(grid, each) for each in (*times, *others)]


def of_rounds(first: int, second: int, *, named: bool = False) -> tuple[Compared, Compared]:
    """Two of the demonstration's rounds, half a year apart, the later one a little further on."""
    round_, shown = round_of(first, named=named)
    later, _ = round_of(second, named=named)
    kept = round_.actions[0].model_copy(update={"state": ActionState.DONE, "remark": "It is done."})
    values = {**dict(later), "id": "ijklmnop", "created": date(2027, 5, 4), "last_actions": (kept,)}
    later = Round.model_validate(values)
    people = [
        Person(name, {i: _further(i, a) for i, a in person(rubric(), n % 9).answers.items()}, {},
               f"P{n}" if named else "")
        for n, name in enumerate(later.sealed)
    ]  # fmt: skip
    return (
        compared_round(rubric(), round_, shown),
        compared_round(rubric(), later, disclose(rubric(), later, people)),
    )


def _further(statement_id: str, answer: Answer) -> Answer:
    """An answer of people who have moved on: what is said of the first stage is not true any more."""
    if answer.rating is None:
        return answer
    return Answer.NOT if ".starting." in statement_id else Answer.MOSTLY


def over_time() -> list[Compared]:
    """The area manager's three sessions."""
    names = (
        "2025-11-12-areamanager2025", "2026-05-19-areamanagermay2026", "2026-11-12-areamanager2026",
    )  # fmt: skip
    return [of_session(rubric(), of_the_example(name)) for name in names]


def of_another() -> Compared:
    """Another person's session, the day before the last of these."""
    return of_session(rubric(), of_the_example("2026-11-11-headofrepairs2026"))


TARGETS = {"leadership": 2.6, "frameworks": 2.0, "priorities": 2.0, "learning": 1.2}


def of_trend() -> str:
    return html_of_compared(rubric(), over_time(), made=MADE, name="The year", targets=TARGETS)


def of_trend_of_two() -> str:
    items = [*over_time(), of_another()]
    return html_of_compared(rubric(), items, made=MADE, targets=TARGETS)


def of_two_people() -> str:
    return html_of_compared(rubric(), [over_time()[-1], of_another()], made=MADE, targets=TARGETS)


def many_people(count: int = 10) -> list[Compared]:
    """As many people of one team, with the answers of a few."""
    known = [*over_time(), of_another()]
    return [
        replace(known[number % 4], id=f"someone{number:04}", name=f"Person {number}")
        for number in range(count)
    ]


def of_many_people() -> str:
    return html_of_compared(rubric(), many_people(), made=MADE)


def of_two_rounds(first: int = 9, second: int = 9, *, named: bool = False) -> str:
    return html_of_compared(rubric(), of_rounds(first, second, named=named), made=MADE)


def of_person_and_team() -> str:
    return html_of_compared(rubric(), [over_time()[-1], of_rounds(9, 9)[0]], made=MADE)


@st.composite
def any_session(draw: st.DrawFn, grid: Rubric) -> Session:
    """Any answers, so that every outcome comes up."""
    given = {}
    for statement_id in grid.statements:
        answer = draw(st.none() | st.sampled_from(Answer))
        if answer is not None:
            given[statement_id] = answer
    names = st.text("Aé李 ", max_size=80)
    return builders.session(given, respondent=draw(names), team=draw(names))


class Read(HTMLParser):
    """What a browser would make of a page: its tags, its attributes, its words, its faults."""

    VOID = frozenset({"meta", "br", "link", "img", "hr", "input"})

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"never closed: {tag}" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if len({key for key, _ in attrs}) < len(attrs):
            self.faults.append(f"an attribute twice: {tag}")
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"closed out of turn: {tag}")

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))

    def of(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.tags if name == tag)
