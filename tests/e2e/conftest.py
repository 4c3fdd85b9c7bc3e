"""A person who has begun an assessment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.console import Console


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """At the third statement, with two answers given and saved."""
    opened = Console(tmp_path)
    opened.wait("about 15 minutes")
    opened.press("\r")
    opened.wait("Your name or role")
    opened.press("Me\r")
    for place in (1, 2):
        opened.wait(f"{place} of 117")
        opened.press("3")
    opened.wait("3 of 117")
    opened.wait("✓ saved")
    yield opened
    opened.close()
