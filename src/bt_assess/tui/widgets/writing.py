"""Room for some sentences."""

from textual.widgets import TextArea


class Writing(TextArea):
    """Shows every word from the first moment on."""

    def on_resize(self) -> None:
        # It wraps its text anew for its width, and would leave on the screen what it had drawn by
        # the width before: lines of both, with words between them missing.
        self.refresh()
