"""What every test stands on."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings

# No deadline: a busy machine is no fault. The same examples on every run, so that a failure belongs
# to the change that it appears with; `--hypothesis-profile search` looks further afield.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=5000, derandomize=False)
settings.load_profile("steady")

T = TypeVar("T")
Sweep = Callable[[Sequence[T], int], Sequence[T]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long sweeps whole, not a sample")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What the sweeps have tried, added up: the figures of docs/reliability.md."""
    totals: dict[str, int] = {}
    most: dict[str, float] = {}
    # What failed counts too: a sweep that finds something is to say how much.
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in report.user_properties:
                if name == "sweep" and report.when == "call":
                    totals[value[0]] = totals.get(value[0], 0) + value[1]
                if name == "most" and report.when == "call":
                    most[value[0]] = max(most.get(value[0], 0), value[1])
    for words, count in sorted(totals.items()):
        terminalreporter.write_line(f"sweep: {words}: {count:,}")
    for words, figure in sorted(most.items()):
        terminalreporter.write_line(f"sweep: {words}: {figure:.2f} at most")


@pytest.fixture
def sweep(request: pytest.FixtureRequest) -> Sweep[T]:
    """`sweep(cases, n)`: all the cases with --soak, else a fixed sample of about n of them."""

    def chosen(cases: Sequence[T], sample: int) -> Sequence[T]:
        if request.config.getoption("--soak"):
            return cases
        return cases[:: max(1, len(cases) // sample)]

    return chosen


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the sessions and settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("BT_ASSESS_SESSIONS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def checkout() -> Path:
    """The top folder of this checkout."""
    return Path(__file__).parents[1]
