"""Whether there is a terminal to open the app on. Asked before any screen library is imported."""

import os
import sys


def no_terminal() -> str | None:
    """Why there is no terminal for the app; None when there is."""
    for stream in (sys.__stdin__, sys.__stdout__):
        try:
            is_one = stream is not None and stream.isatty()
        except ValueError:
            is_one = False
        if not is_one:
            return "the app needs a terminal for its input and its output"
    if os.name != "nt" and os.environ.get("TERM", "dumb") in ("dumb", "unknown", ""):
        return "this terminal cannot show the app (TERM is not set, or 'dumb')"
    return None
