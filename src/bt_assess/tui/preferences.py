"""What a person can set to their liking, each with the words for Settings and for the palette."""

from dataclasses import dataclass, replace

from bt_assess.store.settings import Settings


@dataclass(frozen=True)
class Preference:
    """One setting: what it is now, what it is for, and every value it can have, in turn."""

    name: str
    now: int
    about: str
    values: tuple[tuple[str, str, Settings], ...]
    """For each value: its name, its command in the palette, and the settings with it."""

    @property
    def shown(self) -> str:
        return self.values[self.now][0]

    @property
    def after(self) -> Settings:
        """The settings with the next value, the first again after the last."""
        return self.values[(self.now + 1) % len(self.values)][2]

    @property
    def others(self) -> tuple[tuple[str, str, Settings], ...]:
        return (*self.values[: self.now], *self.values[self.now + 1 :])


def preferences(settings: Settings) -> tuple[Preference, ...]:
    """All there is to set, as it is set in `settings`."""
    return (
        _preference(
            settings,
            "Colours",
            "Dark or light, or as your terminal has them.",
            ("as the terminal has them", "Colours as the terminal has them", {"look": "auto"}),
            ("dark", "Dark colours", {"look": "dark"}),
            ("light", "Light colours", {"look": "light"}),
        ),
        _preference(
            settings,
            "Mouse",
            "Off leaves the mouse to the terminal, so that you can select text by dragging.",
            ("on", "Mouse on", {"mouse": True}),
            ("off, to select text", "Mouse off, to select text", {"mouse": False}),
        ),
        _preference(
            settings,
            "Stages",
            "Hidden, so that nobody aims for one. A group reading the grid together may show them.",
            ("hidden while answering", "Hide stages while answering", {"show_stages": False}),
            ("shown while answering", "Show stages while answering", {"show_stages": True}),
        ),
    )


def _preference(
    settings: Settings, name: str, about: str, *values: tuple[str, str, dict[str, object]]
) -> Preference:
    made = tuple(
        (shown, command, replace(settings, **change))  # type: ignore[arg-type]
        for shown, command, change in values
    )
    now = next(place for place, (_, _, with_it) in enumerate(made) if with_it == settings)
    return Preference(name, now, about, made)
