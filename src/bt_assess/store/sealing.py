"""Sealing answers with age, so that a laptop can take them in and not read them back.

All that touches `pyrage` is here. It is imported when first needed: most runs do without.
"""

import errno
import hashlib
import json
import re
import secrets
import string
import subprocess
import sys
import zlib
from dataclasses import dataclass
from errno import EFBIG
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

SEALED_SIZE = 65536
"""The length of every sealed file, in bytes, whoever gave in whatever."""
PADDED = SEALED_SIZE - 1024
"""The length of what is sealed; the rest is age's own head, which varies by up to 200 bytes."""
MOST_TEXT = 2_000_000
"""The longest payload, in bytes, before it is pressed together."""
SHORTEST_WORDS, LONGEST_WORDS = 8, 1000
"""Shortest passphrase of a new round and longest of any, in characters, blanks around it aside."""
HARDEST = 22
"""How hard a wrapped key may be to open, as a power of two; age makes 17 to 20, a second or two."""

ALPHABET = "".join(c for c in string.ascii_lowercase + string.digits if c not in "ilo01u")
"""30 letters and digits that nobody mistakes for one another, 4.9 bits each."""
RECOVERY_SIGNS = 20
_HEAD = b"age-encryption.org/v1\n"


class WrongPassphrase(ValueError):
    """Neither the passphrase nor the code that belongs to these keys."""


class TooMuchText(OSError):
    """More notes than a sealed file holds; it is as long as every other, so that it tells nothing.

    An OSError like a full disk: the person is told, and nothing of what was there is lost.
    """

    def __init__(self) -> None:
        super().__init__(EFBIG, "there are more notes than can be sealed; please shorten some")

    def __str__(self) -> str:
        return str(self.strerror)


class NotSealedForThis(ValueError):
    """Damaged, cut short, or sealed to another key: the three cannot be told apart."""


@dataclass(frozen=True)
class Keys:
    """A round's keys: the public one, and the private one wrapped twice, as armoured text."""

    public: str
    wrapped: str
    recovery: str


@dataclass(frozen=True)
class DraftKeys:
    """A throw-away key for one person's unfinished answers, wrapped with their resume code."""

    public: str
    wrapped: str


class PrivateKey:
    """What opens sealed files. It shows nothing of itself, so that no log or error can hold it."""

    def __init__(self, identity: "Identity") -> None:
        self._identity = identity

    @property
    def public(self) -> str:
        return str(self._identity.to_public())

    def __repr__(self) -> str:
        return "PrivateKey(...)"

    def __reduce__(self) -> str:
        raise TypeError("a private key is not written anywhere")


def new_keys(passphrase: str) -> tuple[Keys, str]:
    """Keys of a new round, and the recovery code, which is kept nowhere.

    Takes 2 to 8 seconds on purpose: guessing a passphrase has to be slow.
    """
    from pyrage import x25519

    if why := unfit(passphrase):
        raise ValueError(why)
    identity = x25519.Identity.generate()
    code = _code(RECOVERY_SIGNS)
    keys = Keys(
        public=str(identity.to_public()),
        wrapped=_wrapped(identity, _plain(passphrase)),
        recovery=_wrapped(identity, code),
    )
    return keys, _in_groups(code)


def unfit(passphrase: str) -> str | None:
    """Why this is no passphrase for a new round; None where it is. Blanks around it do not count."""
    length = len(passphrase.strip())
    if length < SHORTEST_WORDS:
        return f"a passphrase has {SHORTEST_WORDS} characters or more"
    if length > LONGEST_WORDS:
        return f"a passphrase has at most {LONGEST_WORDS} characters"
    return None


def renewed(keys: Keys, words: str) -> tuple[Keys, str]:
    """The same keys with another recovery code, for whoever knows the passphrase. As slow as new.

    Raises WrongPassphrase.
    """
    identity = unlock(keys, words)._identity  # noqa: SLF001
    code = _code(RECOVERY_SIGNS)
    after = Keys(public=keys.public, wrapped=keys.wrapped, recovery=_wrapped(identity, code))
    return after, _in_groups(code)


def unlock(keys: Keys, words: str) -> PrivateKey:
    """The private key, for the passphrase or the recovery code. Raises WrongPassphrase.

    Takes 1 to 4 seconds on purpose, and as much memory as half a gigabyte: call it in a thread.
    Spaces, dashes and capitals do not matter in the code. Nothing is changed by a wrong word.
    """
    if not words.strip() or len(words.strip()) > LONGEST_WORDS:
        raise WrongPassphrase("that is not the passphrase of this round, nor its recovery code")
    attempts = [(keys.wrapped, _plain(words))]
    code = bare_code(words)
    if len(code) == RECOVERY_SIGNS and set(code) <= set(ALPHABET):
        # It looks like the code: tried first, as a wrong attempt takes as long as a right one.
        attempts.insert(0, (keys.recovery, code))
    for wrapped, word in attempts:
        identity = _unwrapped(wrapped, word)
        if identity is not None and str(identity.to_public()) == keys.public:
            return PrivateKey(identity)
    raise WrongPassphrase("that is not the passphrase of this round, nor its recovery code")


def new_draft_keys() -> tuple[DraftKeys, str]:
    """A throw-away key and its resume code, as in 'mist-7kq4-hd2m': 43 bits, easy to read aloud.

    Takes 1 to 4 seconds on purpose, as does each guess.
    """
    from pyrage import x25519

    identity = x25519.Identity.generate()
    code = f"{secrets.choice(_WORDS)}-{_code(4)}-{_code(4)}"
    return DraftKeys(str(identity.to_public()), _wrapped(identity, bare_code(code))), code


def unlock_draft(keys: DraftKeys, code: str) -> PrivateKey:
    """The throw-away key. Raises WrongPassphrase when it is not this draft's code; as slow."""
    word = bare_code(code)
    identity = _unwrapped(keys.wrapped, word) if 0 < len(word) <= LONGEST_WORDS else None
    if identity is None:
        raise WrongPassphrase("no unfinished answers go by that code")
    return PrivateKey(identity)


def bare_code(words: str) -> str:
    """A code as it counts, however it was typed: without spaces, dashes and capitals."""
    return re.sub(r"[\s\u2010-\u2015_.-]", "", words).casefold()


def seal(payload: bytes, public: str) -> bytes:
    """`payload` so that only the private key opens it, SEALED_SIZE bytes long. Raises TooMuchText.

    It is an age file, then zeros up to the size, then the age file's length in four bytes.
    """
    import pyrage

    pressed = zlib.compress(payload, 9)
    if len(payload) > MOST_TEXT or len(pressed) > PADDED - 4:
        raise TooMuchText
    padded = len(pressed).to_bytes(4, "big") + pressed.ljust(PADDED - 4, b"\0")
    recipient = _recipient(public)
    while True:
        # age adds a few random bytes to the head, so that no program relies on its form.
        data: bytes = pyrage.encrypt(padded, [recipient])
        if len(data) <= SEALED_SIZE - 4:
            return data.ljust(SEALED_SIZE - 4, b"\0") + len(data).to_bytes(4, "big")


def opened(data: bytes, private: PrivateKey) -> bytes:
    """What was sealed. Raises NotSealedForThis for anything but a whole sealed file."""
    import pyrage

    if not looks_sealed(data):
        raise NotSealedForThis("is not a sealed file, or it was cut short")
    length = int.from_bytes(data[-4:], "big")
    try:
        padded = pyrage.decrypt(data[:length], [private._identity])  # noqa: SLF001
    except pyrage.DecryptError:
        raise NotSealedForThis("is damaged, or was sealed for another round") from None
    pressed = int.from_bytes(padded[:4], "big")
    if len(padded) != PADDED or pressed > PADDED - 4 or any(padded[4 + pressed :]):
        raise NotSealedForThis("was not sealed by bt-assess")
    decompress = zlib.decompressobj()
    try:
        payload = decompress.decompress(padded[4 : 4 + pressed], MOST_TEXT)
    except zlib.error:
        raise NotSealedForThis("was not sealed by bt-assess") from None
    if not decompress.eof or decompress.unused_data:
        raise NotSealedForThis("was not sealed by bt-assess")
    return payload


def looks_sealed(data: bytes) -> bool:
    """Whether `data` has the outer form of a sealed file; a key is not needed to see that."""
    if len(data) != SEALED_SIZE or not data.startswith(_HEAD):
        return False
    length = int.from_bytes(data[-4:], "big")
    return PADDED < length <= SEALED_SIZE - 4 and not any(data[length:-4])


def receipt(sealed: bytes) -> str:
    """A short code of a sealed file, as in '7K4Q-M2XD': 39 bits of its SHA-256.

    Whoever noted it at the end can see at the reveal that their file is there, unchanged.
    """
    number = int.from_bytes(hashlib.sha256(sealed).digest(), "big")
    signs = ""
    for _ in range(8):
        number, place = divmod(number, len(ALPHABET))
        signs += ALPHABET[place]
    return f"{signs[:4]}-{signs[4:]}".upper()


def _plain(passphrase: str) -> str:
    # Composed and decomposed letters look alike, and keyboards differ in which they send.
    import unicodedata

    return unicodedata.normalize("NFC", passphrase.strip())


def _code(signs: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(signs))


def _in_groups(code: str) -> str:
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def _recipient(public: str) -> Any:
    from pyrage import RecipientError, x25519

    try:
        return x25519.Recipient.from_str(public)
    except RecipientError:
        raise ValueError("is not a public key") from None


def is_public(public: str) -> bool:
    """Whether this is a public key that can be sealed to."""
    try:
        _recipient(public)
    except ValueError:
        return False
    return True


# age's passphrase mode works for seconds and holds the interpreter all that time, so that no other
# thread gets on. A process of its own does not. Secrets go through pipes: arguments can be listed.
# No core file either: the limit is inherited, the rest has to be said anew in each process.
_ASIDE = """
import json, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes
        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
except Exception:
    pass
from pyrage import DecryptError, passphrase
what, text, word = json.load(sys.stdin)
try:
    if what == "wrap":
        out = passphrase.encrypt(text.encode(), word, armored=True)
    else:
        out = passphrase.decrypt(text.encode(), word)
except DecryptError:
    sys.exit(3)
sys.stdout.write(out.decode())
"""
_NOT_OPENED = 3


def _aside(what: str, text: str, word: str) -> str | None:
    """What 'wrap' or 'unwrap' makes of a text; None for the wrong word. Raises OSError."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-c", _ASIDE],
        input=json.dumps([what, text, word]),
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode == _NOT_OPENED:
        return None
    if done.returncode:
        raise OSError(errno.EIO, "the key could not be worked out")
    return done.stdout


def _wrapped(identity: "Identity", word: str) -> str:
    armoured = _aside("wrap", str(identity), word)
    if armoured is None:
        raise OSError(errno.EIO, "the key could not be worked out")
    return armoured


def _unwrapped(wrapped: str, word: str) -> "Identity | None":
    from pyrage import IdentityError, x25519

    if not _bearable(wrapped):
        return None
    found = _aside("unwrap", wrapped, word)
    try:
        return x25519.Identity.from_str(found) if found is not None else None
    except IdentityError:
        return None


def _bearable(wrapped: str) -> bool:
    """Whether trying a word takes seconds: the file itself says how hard it is."""
    import base64
    import binascii

    lines = wrapped.strip().splitlines()
    if len(wrapped) > 2000 or len(lines) < 3:
        return False
    try:
        head = base64.b64decode("".join(lines[1:-1]), validate=True)
    except (binascii.Error, ValueError):
        return False
    found = re.match(rb"age-encryption\.org/v1\n-> scrypt \S+ (\d{1,3})\n", head)
    return found is not None and int(found[1]) <= HARDEST


# Easy to read aloud and to spell, and no two begin alike.
_WORDS = (
    "amber", "birch", "cedar", "delta", "ember", "fern", "grove", "heron", "island", "jasper",
    "kite", "lark", "mist", "north", "olive", "pearl", "quartz", "river", "stone", "thyme",
    "umber", "violet", "willow", "yarrow", "zephyr",
)  # fmt: skip
