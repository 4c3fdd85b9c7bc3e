"""What the command palette offers: every key of the page, every place, every setting."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from textual.app import SystemCommand
from textual.message import Message
from textual.screen import Screen

from bt_assess.store.settings import Settings
from bt_assess.tui.preferences import preferences
from bt_assess.tui.visits import Place, SettingsChanged, Visit

_PLACES = (
    ("New assessment", "Answer the statements yourself", Place.NEW),
    ("Sessions", "Everything that is kept here", Place.SESSIONS),
    ("Compare", "Two sessions, before and after", Place.COMPARE),
    ("Organisation", "All finished sessions, quarter by quarter, and by team", Place.ORGANISATION),
    ("Rounds", "A team answers in private on this laptop", Place.ROUNDS),
    ("Plans", "From where we are to where we want to be, in three stages", Place.PLANS),
    ("Projects", "One result, one team, nine weeks: from the choice to the report", Place.PROJECTS),
    ("Due", "What is late, and what is due within two weeks", Place.DUE),
    ("The grid", "Read all six themes", Place.GRID),
    ("Settings", "Colours, the mouse, stages while answering", Place.SETTINGS),
)
# Moving about in a list needs no command, and the palette is open already.
_NOT_LISTED = {"Up", "Down", "Page up", "Page down", "First", "Last", "Commands"}


def page_commands(screen: Screen[Any], run: Callable[[str, Any], None]) -> Iterable[SystemCommand]:
    """What the page's keys do, by name; `run` takes an action and the node that has it."""
    seen = set()
    for active in screen.active_bindings.values():
        binding = active.binding
        listed = binding.tooltip and binding.description not in _NOT_LISTED
        if listed and active.enabled and binding.action not in seen:
            seen.add(binding.action)
            name = binding.description[:1].upper() + binding.description[1:]
            yield SystemCommand(name, binding.tooltip, partial(run, binding.action, active.node))


def place_commands(ask: Callable[[Message], object]) -> Iterable[SystemCommand]:
    """The places to go; `ask` takes the visit."""
    for title, words, place in _PLACES:
        yield SystemCommand(title, words, partial(ask, Visit(place)))


def setting_commands(
    settings: Settings, ask: Callable[[Message], object]
) -> Iterable[SystemCommand]:
    """Every value that a setting could have instead."""
    for preference in preferences(settings):
        for _, command, changed in preference.others:
            yield SystemCommand(command, preference.about, partial(ask, SettingsChanged(changed)))
