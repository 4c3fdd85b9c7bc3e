"""The yardstick: a Textual app with one label and a footer; a key changes the label."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Static


class Minimal(App[None]):
    BINDINGS = [("ctrl+q", "quit", "Quit"), ("x", "step", "Step")]
    count = 0

    def compose(self) -> ComposeResult:
        yield Static("ready 0")
        yield Footer()

    def action_step(self) -> None:
        self.count += 1
        self.query_one(Static).update(f"ready {self.count}")


if __name__ == "__main__":
    Minimal().run()
