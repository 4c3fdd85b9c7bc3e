"""Opening the app: what happens before the first picture, and what is said after the last."""

import gc
import os
import sys
from pathlib import Path

from bt_assess.store.settings import load_settings, settings_file
from bt_assess.tui.terminal import asking_for_background, dark_by_environment


def run_app(sessions: Path, why: str, rubric_path: Path | None) -> int:
    """Open the app; the exit code. Raises UnreadableFile or FaultyRubric for a rubric given."""
    rubric = None
    if rubric_path is not None:
        from bt_assess.store.rubric_file import load_rubric

        rubric = load_rubric(rubric_path)
    # Nothing made while importing is garbage; looking for some costs a tenth of the start.
    gc.disable()
    settings = load_settings(settings_file())
    with asking_for_background() as background:
        from bt_assess.tui.app import AssessApp

    dark = background.dark
    if dark is None:
        dark = dark_by_environment(os.environ.get("COLORFGBG"))
    app = AssessApp(sessions, why, rubric, settings, dark=dark is not False)
    app.run()
    if app.parting_words:
        print(app.parting_words, file=sys.stderr)
    return app.return_code or 0
