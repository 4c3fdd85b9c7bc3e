"""What text from outside may hold: one rule for names, notes, rubrics and screens."""

import re
import unicodedata

NAME_LENGTH = 80
"""Longest name of a respondent or a team, in characters."""
NOTE_LENGTH = 4000
"""Longest note, in characters."""

# C0 and DEL, C1, bidirectional controls, line separators, zero-width marks except ZWJ and ZWNJ
# (scripts and emoji need those two), interlinear marks, surrogates.
_UNSAFE = (
    "\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff"
)
UNSAFE = re.compile(f"[{_UNSAFE}]")
_UNSAFE_BUT_NEWLINE = re.compile(f"(?!\n)[{_UNSAFE}]")


def clean_line(text: str, length: int = NAME_LENGTH) -> str:
    """`text` as one safe line: NFC, control characters as U+FFFD, at most `length` characters."""
    # Surrogates first: normalising does not touch them, but nothing may fail on them later.
    text = UNSAFE.sub("\ufffd", re.sub(r"[\t\r\n]+", " ", text))
    return unicodedata.normalize("NFC", text).strip()[:length].rstrip()


def clean_block(text: str, length: int = NOTE_LENGTH) -> str:
    """`text` as safe lines: as `clean_line`, but line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    text = _UNSAFE_BUT_NEWLINE.sub("\ufffd", text)
    return unicodedata.normalize("NFC", text).strip()[:length].rstrip()


# What a spreadsheet takes for the start of a formula, in full-width forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def guarded(text: str) -> str:
    """`text` so that a spreadsheet shows it and does not run it as a formula."""
    # What begins with apostrophes of its own gets one too, so that taking one away always fits.
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """`text` as it was before it was guarded."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text
