"""A report of what is on the screen: asked for, made aside, written whole or not at all."""

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

from textual.screen import Screen

from bt_assess.core.rubric import Rubric
from bt_assess.report.making import CannotBe, Subject, kind_of_file, made
from bt_assess.store.files import reason, write_atomic
from bt_assess.tui.screens.report_to import ReportTo


def ask_and_report(
    page: Screen[Any], rubric: Rubric, subject: Subject, what: str, day: date, today: date
) -> None:
    """Ask where to, and write it. `what` is said in the dialog; `day` is in the proposed name.

    The name has no person's in it: lists of files are seen by others.
    """

    def go(path: Path | None) -> None:
        if path is not None:
            page.run_worker(_write(page, rubric, subject, path, today))

    name = f"bt-assess-report-{day:%Y-%m-%d}"
    page.app.push_screen(ReportTo(what, name, Path.home()), go)


async def _write(
    page: Screen[Any], rubric: Rubric, subject: Subject, path: Path, today: date
) -> None:
    kind = kind_of_file(path.name)
    assert kind is not None  # noqa: S101 - the dialog gives no other
    try:
        contents = await asyncio.to_thread(made, kind, rubric, subject, today)
        data = contents if isinstance(contents, bytes) else contents.encode()
        await asyncio.to_thread(write_atomic, path, data)
    except CannotBe as error:
        page.notify(f"{str(error)[:1].upper()}{str(error)[1:]}.", severity="warning", markup=False)
    except OSError as error:
        page.notify(f"Not written: {reason(error)}.", severity="error", markup=False)
    else:
        page.notify(f"Written to {path}", markup=False)
