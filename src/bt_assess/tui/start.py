"""Opening the app: what happens before the first picture, and what is said after the last."""

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bt_assess.store.settings import load_settings, settings_file
from bt_assess.tui.terminal import asking_for_background, dark_by_environment

if TYPE_CHECKING:
    from bt_assess.core.rubric import Rubric


def run_app(sessions: Path, why: str, rubric: "Rubric | None" = None) -> int:
    """Open the app on a folder, with another rubric than the one that ships; the exit code."""
    # Nothing made while importing is garbage; looking for some costs a tenth of the start.
    gc.disable()
    settings = load_settings(settings_file())
    with asking_for_background() as background:
        from bt_assess.tui.app import AssessApp

    dark = background.dark
    if dark is None:
        dark = dark_by_environment(os.environ.get("COLORFGBG"))
    app = AssessApp(sessions, why, rubric, settings, dark=dark is not False)
    app.run(mouse=settings.mouse)
    app.save_what_waits()
    if app.parting_words:
        sys.stderr.write(f"{app.parting_words}\n")
    return app.return_code or 0
