"""Whether what was typed is on disk, in plain sight."""

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from bt_assess.tui.project_flow import OpenProject


READ_ONLY = "It is open in another window: here it is to read only."


def saved_words(work: "OpenProject") -> Content:
    """'✓ saved', or what is in the way."""
    if work.read_only:
        return Content.styled("to read only", "$quiet")
    state = work.desk.saver.state(work.path)
    if state is not None and state.trouble:
        return Content.styled(f"! not saved: {state.trouble}", "bold $alert")
    if state is not None and not state.is_saved:
        return Content.styled("saving", "$quiet")
    return Content.styled("✓ saved", "$quiet")
