"""Sealing: what is sealed opens with its key only, whole, and tells nothing by its length."""

import os
import pickle
import re
import zlib
from collections.abc import Callable, Sequence

import pyrage
import pytest

from bt_assess.store import sealing
from bt_assess.store.sealing import (
    PADDED,
    SEALED_SIZE,
    Keys,
    NotSealedForThis,
    TooMuchText,
    WrongPassphrase,
    bare_code,
    looks_sealed,
    new_keys,
    opened,
    receipt,
    seal,
    unlock,
)
from tests.store import cheap_keys
from tests.store.keys import unwrapped

PASSPHRASE = "Café with three grey geese"


def test_the_passphrase_opens_and_so_does_the_recovery_code_and_neither_is_in_the_keys() -> None:
    """Keys as they are really made, which takes its seconds: once, and all that they show."""
    keys, code = new_keys(PASSPHRASE)
    assert re.fullmatch(r"([a-hj-km-np-tv-z2-9]{4}-){4}[a-hj-km-np-tv-z2-9]{4}", code)
    # As another keyboard composes it, and as somebody types the code from paper.
    for words in ("Cafe\u0301 with three grey geese ", code.upper().replace("-", " - ")):
        private = unlock(keys, words)
        assert private.public == keys.public
        assert opened(seal(b"answers", keys.public), private) == b"answers"
    text = f"{keys.public}{keys.wrapped}{keys.recovery}"
    for secret in (PASSPHRASE, code, bare_code(code), "AGE-SECRET-KEY"):
        assert secret.casefold() not in text.casefold()


def test_neither_a_wrong_passphrase_nor_a_wrong_code_opens() -> None:
    keys, words = cheap_keys.KEYS, cheap_keys.PASSPHRASE
    assert unlock(keys, f" {words} ").public == keys.public
    assert unlock(keys, cheap_keys.RECOVERY_CODE.upper()).public == keys.public
    with pytest.raises(WrongPassphrase, match="not the passphrase of this round") as caught:
        unlock(keys, words.title())
    assert words.title() not in str(caught.value)
    wrong = cheap_keys.RECOVERY_CODE.replace("abcd", "abce")
    for word in ("", "  ", "x" * 5000, wrong):
        with pytest.raises(WrongPassphrase):
            unlock(keys, word)


def test_a_key_that_would_take_minutes_to_try_is_not_tried() -> None:
    head = b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 40\nAAAA\n--- AAAA\n"
    import base64

    middle = base64.b64encode(head).decode()
    armour = f"-----BEGIN AGE ENCRYPTED FILE-----\n{middle}\n-----END AGE ENCRYPTED FILE-----\n"
    with pytest.raises(WrongPassphrase):
        unlock(Keys(unwrapped()[0].public, armour, armour), "whatever")
    for short in ("  ", "seven77", "a       "):
        with pytest.raises(ValueError, match="8 characters or more"):
            new_keys(short)
    with pytest.raises(ValueError, match="at most"):
        new_keys("x" * 1001)


def test_a_private_key_shows_nothing_of_itself() -> None:
    _, private = unwrapped()
    assert "AGE" not in f"{private!r} {private} {vars(private)}"
    with pytest.raises(TypeError):
        pickle.dumps(private)


@pytest.mark.parametrize(
    "payload",
    [b"", b"x", b"answers " * 4000, os.urandom(60_000)],
    ids=["nothing", "a byte", "much the same", "all different"],
)
def test_every_sealed_file_has_one_size(payload: bytes) -> None:
    keys, private = unwrapped()
    sealed = [seal(payload, keys.public) for _ in range(20)]
    assert {len(data) for data in sealed} == {SEALED_SIZE}
    assert len(set(sealed)) == 20
    assert opened(sealed[0], private) == payload


def test_more_than_fits_is_refused_and_not_cut() -> None:
    keys, _ = unwrapped()
    for payload in (os.urandom(PADDED), b"x" * (sealing.MOST_TEXT + 1)):
        with pytest.raises(TooMuchText):
            seal(payload, keys.public)


def test_another_key_does_not_open() -> None:
    keys, _ = unwrapped()
    other = sealing.PrivateKey(pyrage.x25519.Identity.generate())
    with pytest.raises(NotSealedForThis):
        opened(seal(b"answers", keys.public), other)


def test_what_a_stranger_seals_to_the_key_is_not_taken_for_answers() -> None:
    keys, private = unwrapped()
    recipient = pyrage.x25519.Recipient.from_str(keys.public)
    bomb = zlib.compress(b"\0" * 40_000_000, 9)
    assert len(bomb) < PADDED
    for inner in (
        b"",
        b"\0" * PADDED,
        b"\xff" * PADDED,
        (len(bomb).to_bytes(4, "big") + bomb).ljust(PADDED, b"\0"),
        (4).to_bytes(4, "big") + b"nope".ljust(PADDED - 4, b"\0"),
        (len(bomb).to_bytes(4, "big") + bomb).ljust(PADDED, b"x"),
    ):
        data = pyrage.encrypt(inner, [recipient])
        sealed = data.ljust(SEALED_SIZE - 4, b"\0") + len(data).to_bytes(4, "big")
        with pytest.raises(NotSealedForThis):
            opened(sealed, private)


def accepted(data: bytes) -> bool:
    try:
        opened(data, unwrapped()[1])
    except NotSealedForThis:
        return False
    return True


Sweep = Callable[[Sequence[int], int], Sequence[int]]


@pytest.mark.sweep
def test_no_truncation_is_accepted(sweep: Sweep) -> None:
    sealed = seal(b"answers", unwrapped()[0].public)
    assert accepted(sealed)
    assert not [at for at in sweep(range(SEALED_SIZE), 700) if accepted(sealed[:at])]


@pytest.mark.sweep
def test_no_flipped_bit_is_accepted(sweep: Sweep) -> None:
    sealed = seal(b"answers", unwrapped()[0].public)
    assert accepted(sealed)
    # The head, the zeros and the length are looked at in full; of the middle, a sample.
    length = int.from_bytes(sealed[-4:], "big")
    ends = [*range(220), *range(length - 20, SEALED_SIZE)]
    wrong = [
        at
        for at in (*ends, *sweep(range(220, length - 20), 700))
        if accepted(sealed[:at] + bytes([sealed[at] ^ 1 << at % 8]) + sealed[at + 1 :])
    ]
    assert not wrong


def test_what_stands_behind_a_sealed_file_is_refused() -> None:
    sealed = seal(b"answers", unwrapped()[0].public)
    for data in (sealed + b"\0", sealed * 2, b"", b"\0" * SEALED_SIZE):
        assert not accepted(data)
        assert not looks_sealed(data)


def test_a_receipt_belongs_to_one_file() -> None:
    keys, _ = unwrapped()
    codes = {receipt(seal(b"the same", keys.public)) for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", code) for code in codes)
