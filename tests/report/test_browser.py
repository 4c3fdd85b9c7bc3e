"""HTML reports in a browser: usable by everybody, at any width, in light and dark, and no script runs.

Runs where there is Chromium, and axe-core (axe.min.js): `npm pack axe-core`, unpack it outside the
checkout, and set BT_ASSESS_AXE to the path of axe.min.js; or `npm install --prefix build axe-core`.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bt_assess.report.html import html_of_round, html_of_session
from tests.report import pages, plans
from tests.report.browser import BROWSER, Browser, browser
from tests.report.pages import HOSTILE, MADE

AXE = Path(
    os.environ.get("BT_ASSESS_AXE")
    or Path(__file__).parents[2] / "build" / "node_modules" / "axe-core" / "axe.min.js"
)
needs_axe = pytest.mark.skipif(
    not AXE.is_file(),
    reason="needs axe-core: npm install --prefix build axe-core, or set BT_ASSESS_AXE",
)
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="needs Chromium: apt-get install chromium, or what your system has"
)

PHONE, DESK = 360, 1100
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
# What lies outside the window, or what a picture cuts off or prints over itself.
MEASURE = """
function () {
  const wide = [];
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > room) wide.push('page ' + document.documentElement.scrollWidth);
  for (const each of document.querySelectorAll('body *')) {
    const box = each.getBoundingClientRect();
    if (!box.width || each.closest('.unseen')) continue;
    if (box.right > room + 1 || box.left < -1) wide.push(each.tagName + ' ' + each.textContent.slice(0, 40));
    const cell = each.closest('td, th');
    if (cell && each !== cell && box.right > cell.getBoundingClientRect().right + 1)
      wide.push('cell ' + each.textContent);
  }
  const cut = [];
  for (const svg of document.querySelectorAll('svg')) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
    for (const [text, box] of texts)
      if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.bottom > frame.bottom + 2)
        cut.push('outside: ' + text);
    for (let i = 0; i < texts.length; i++) for (let k = i + 1; k < texts.length; k++) {
      const [a, x] = texts[i], [b, y] = texts[k];
      if (x.left < y.right - 1 && y.left < x.right - 1 && x.top < y.bottom - 4 && y.top < x.bottom - 4)
        cut.push('over one another: ' + a + ' / ' + b);
    }
  }
  const pictures = [...document.querySelectorAll('svg')];
  return {room, wide, cut, pictures: pictures.length,
    drawn: pictures.filter(s => s.getBoundingClientRect().width).length};
}
"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


def measured(chromium: Browser) -> dict[str, Any]:
    found: dict[str, Any] = chromium.ask(f"({MEASURE})()")
    return found


def of_round(count: int, **more: Any) -> str:
    return html_of_round(pages.rubric(), *pages.round_of(count, **more), made=MADE)


PAGES: dict[str, Callable[[], str]] = {
    "session": lambda: html_of_session(pages.rubric(), pages.of_the_example(), made=MADE),
    "round": lambda: of_round(9),
    "six": lambda: of_round(6),
    "withheld": lambda: of_round(3),
    "comparison": pages.of_comparison,
    "rounds": pages.of_two_rounds,
    "trend": pages.of_trend,
    "trend of two people": pages.of_trend_of_two,
    "two people": pages.of_two_people,
    "many people": pages.of_many_people,
    "person and team": pages.of_person_and_team,
    "plan": plans.of_plan,
    "project": plans.of_project,
    "project without readings": lambda: plans.of_project(weeks=0),
}
each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
each_width = pytest.mark.parametrize("width", [PHONE, DESK], ids=["phone", "desk"])


@needs_axe
@each_page
@each_width
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_barriers(page: Callable[[], str], width: int, dark: bool, chromium: Browser) -> None:
    chromium.show(page(), width=width, dark=dark)
    chromium.ask(f"{AXE.read_text(encoding='utf-8')};0")
    found = chromium.ask(
        "axe.run(document, {resultTypes: ['violations']}).then(r => ({passes: r.passes.length,"
        " violations: r.violations.map(v => [v.id, v.nodes.slice(0, 5).map(n => n.failureSummary)])}))"
    )
    assert found["violations"] == []
    assert found["passes"] > 15
    # Dark is dark, and its own style was let in by the policy.
    paper = "rgb(19, 24, 29)" if dark else "rgb(250, 249, 246)"
    assert chromium.ask("getComputedStyle(document.body).backgroundColor") == paper


@each_page
@each_width
def test_everything_has_room(page: Callable[[], str], width: int, chromium: Browser) -> None:
    chromium.show(page(), width=width)
    found = measured(chromium)
    assert found["room"] == width
    assert found["wide"] == []
    assert found["cut"] == []
    # Of the two sizes of each picture, one.
    assert found["drawn"] * 2 == found["pictures"]


@each_width
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_has_room_and_does_nothing(width: int, text: str, chromium: Browser) -> None:
    session = html_of_session(pages.hostile_rubric(text), pages.hostile_session(text), made=MADE)
    grid, round_, shown = pages.hostile_round(text)
    team = html_of_round(grid, round_, shown, made=MADE)
    compared = (pages.hostile_comparison(text), pages.hostile_course(text))
    for page in (session, team, *compared, plans.of_plan(text), plans.of_project(text)):
        # Without its policy, so that it is the page itself that is harmless.
        bare, count = _POLICY.subn("", page)
        assert count == 1
        chromium.show(bare, width=width)
        found = measured(chromium)
        assert found["wide"] == []
        assert [each for each in found["cut"] if each.startswith("outside")] == []
        assert chromium.ask("document.title") != "ran"
        assert chromium.ask("document.links.length + document.scripts.length") == 0
        assert chromium.ask("document.querySelectorAll('img, iframe, body style').length") == 0


def test_no_script_runs_in_a_report(chromium: Browser) -> None:
    """Whatever got into it: the policy of the page forbids what would run without it."""
    inside = (
        "<script>document.title='ran'</script>"
        "<img src='data:,' onerror=\"document.title='ran'\">"
        "<style>body{padding:77px}</style></body>"
    )
    page = PAGES["withheld"]().replace("</body>", inside)
    for text, runs in ((page, False), (_POLICY.sub("", page), True)):
        chromium.show(text)
        assert (chromium.ask("document.title") == "ran") is runs
        assert (chromium.ask("getComputedStyle(document.body).paddingTop") == "77px") is runs


@each_page
def test_nothing_is_asked_of_the_network_or_of_other_files(
    page: Callable[[], str], chromium: Browser
) -> None:
    chromium.send("Network.enable")
    chromium.show(page())
    asked = [each["request"]["url"] for each in chromium.said("Network.requestWillBeSent")]
    assert len(asked) == 1
    assert asked[0].endswith("page.html")
    assert [each["entry"]["text"] for each in chromium.said("Log.entryAdded")] == []


@each_page
def test_paper_is_light_whatever_the_screen_is(page: Callable[[], str], chromium: Browser) -> None:
    chromium.show(page(), dark=True, media="print")
    assert chromium.ask("getComputedStyle(document.body).color") == "rgb(29, 39, 48)"
    fills = chromium.ask(
        "[...document.querySelectorAll('.f-ink')].map(e => getComputedStyle(e).fill)"
    )
    assert set(fills) <= {"rgb(29, 39, 48)"}


def test_on_paper_nothing_stays_folded(chromium: Browser) -> None:
    """What a reader on a screen opens, whoever prints gets as it is."""
    high = "Math.round(document.querySelector('details table').getBoundingClientRect().height)"
    page = PAGES["many people"]()
    chromium.show(page)
    assert chromium.ask("document.querySelectorAll('details[open]').length") == 0
    chromium.show(page, media="print")
    assert chromium.ask("document.querySelector('details table').checkVisibility()")
    assert chromium.ask(high) > 500


@each_page
@pytest.mark.parametrize("size", [(8.27, 11.69), (8.5, 11.0)], ids=["A4", "letter"])
def test_on_paper_nothing_is_wider_than_the_page(
    page: Callable[[], str], size: tuple[float, float], chromium: Browser
) -> None:
    # What is left between the margins, in CSS pixels.
    width = int((size[0] - 2 * 17 / 25.4) * 96)
    chromium.show(page(), width=width, media="print")
    assert measured(chromium)["wide"] == []
    assert chromium.paper(*size).startswith(b"%PDF")
