"""A page is opened once, however often its key was pressed."""

from collections.abc import Callable
from typing import Any, TypeVar

from textual.screen import Screen

R = TypeVar("R")


def on_top(page: Screen[Any]) -> bool:
    """Whether nothing is over it, not even a dialog that lets it be seen."""
    return page.app.screen is page


def push(
    page: Screen[Any], screen: Screen[R], then: Callable[[R | None], None] | None = None
) -> None:
    """Show a screen on top of `page`; not when something is there already: two presses of a key can
    come before the first has been answered."""
    if on_top(page):
        page.app.push_screen(screen, then)
