"""The round file: what is written comes back, and nothing else is taken for it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bt_assess.core.round import Action, Agreement, Step
from bt_assess.core.rubric import Stage
from bt_assess.store.files import UnreadableFile
from bt_assess.store.round_file import StoredRound, read_round, round_text
from tests.store.keys import CREATED, made

Sweep = Callable[[Sequence[int], int], Sequence[int]]
HOSTILE = "[/] \"\"\" \\ = [round] \x1b]0;x\x07 \u202e # \N{PILE OF POO} '''"


def full(tmp_path: Path) -> StoredRound:
    _, stored = made(tmp_path, title=HOSTILE, team=HOSTILE, minutes=15)
    action = Action(id="new00001", what=HOSTILE, owner=HOSTILE, due=CREATED)
    agreement = Agreement(theme_id="leadership", stage=Stage.STARTING, reason=f"{HOSTILE}\nand")
    round_ = stored.round.given("a2b3c4d5e6f7g8h9", "7K4Q-M2XD").shown(["a2b3c4d5e6f7g8h9"])
    round_ = round_.closed().at_step(Step.DISCUSSING).agreed(agreement).with_action(action)
    round_ = round_.voting_again("leadership")
    return StoredRound(stored.path, round_, stored.keys)


def test_a_round_comes_back_as_it_was_whatever_it_is_called(tmp_path: Path) -> None:
    stored = full(tmp_path)
    stored.path.write_text(round_text(stored.round, stored.keys), encoding="utf-8")
    assert read_round(stored.path) == stored


def refused(path: Path, data: bytes, before: StoredRound) -> str:
    """Why the file is refused; what differs in nothing that counts is no fault."""
    path.write_bytes(data)
    try:
        found = read_round(path)
    except UnreadableFile as fault:
        return fault.why
    assert found == before
    return ""


@pytest.mark.sweep
def test_a_round_file_that_was_cut_or_has_a_flipped_bit_is_never_read_wrongly(
    tmp_path: Path, sweep: Sweep
) -> None:
    stored = full(tmp_path)
    data = round_text(stored.round, stored.keys).encode()
    ends = len(data.rstrip()) - 1
    assert all(refused(stored.path, data[:at], stored) for at in sweep(range(ends), 150))
    for at in sweep(range(len(data)), 300):
        refused(stored.path, data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :], stored)


def test_rules_that_were_changed_by_hand_are_not_taken(tmp_path: Path) -> None:
    stored = full(tmp_path)
    text = round_text(stored.round, stored.keys)
    for old, new in (
        ("named = false", "named = true"),
        ("figures_from = 5", "figures_from = 6"),
        ("expected = 6", "expected = 5"),
        ("age1", "age2"),
    ):
        assert old in text
        why = refused(stored.path, text.replace(old, new, 1).encode(), stored)
        assert "changed by hand, or damaged" in why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not a round"),
        ("format = 1\n[session]\nid = 'x'\n", "is not a round"),
        ("format = 2\n", "newer bt-assess"),
        ("format = 1\n[round]\n", "cut short"),
        ("= 1", "not valid TOML"),
    ],
)
def test_what_is_no_round_is_told_of_in_a_line(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "round.toml"
    path.write_text(text)
    with pytest.raises(UnreadableFile, match=why):
        read_round(path)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    stored = full(tmp_path)
    (tmp_path / "round.toml").symlink_to(stored.path)
    with pytest.raises(UnreadableFile, match="is a link"):
        read_round(tmp_path / "round.toml")
