"""What a search is for: words wherever they are, and days and months as lists write them."""

import re
from collections.abc import Sequence

_WHOLE = {
    "jan": ("january",), "feb": ("february",), "mar": ("march",), "apr": ("april",), "may": (),
    "jun": ("june",), "jul": ("july",), "aug": ("august",), "sep": ("sept", "september"),
    "oct": ("october",), "nov": ("november",), "dec": ("december",),
}  # fmt: skip
"""The months as lists write them, and how else people do."""
_SHORT = {word: month for month, words in _WHOLE.items() for word in (month, *words)}
_MONTH = rf"(?:{'|'.join(_SHORT)})"
_DAY = re.compile(
    rf"(?<!\S)(?:(?:0?([1-9]|[12]\d|3[01]) )({_MONTH})(?:,? (\d{{4}}))?|({_MONTH}),? (\d{{4}})),?(?!\S)",
    re.ASCII,
)
_BEFORE = "0-9a-z"
"""No such character stands before a day or a month: 31 Mar is not 1 Mar."""


def terms(words: str) -> list[str]:
    """What has to be found, all of it: the days and months, then each other word.

    '2 Oct 2026', '2 Oct' and 'Oct 2026' are one term each, with a space in it; no other term has one.
    '2 October, 2026' is the first of these.
    """
    typed = " ".join(words.casefold().split())
    days = [
        " ".join(_SHORT.get(part, part) for part in match.groups() if part)
        for match in _DAY.finditer(typed)
    ]
    return [*days, *_DAY.sub(" ", typed).split()]


def is_found(wanted: Sequence[str], *texts: str) -> bool:
    """Whether each of these terms is in one of the texts."""
    searched = "\n".join(texts).casefold()
    return all(
        any(re.search(rf"(?<![{_BEFORE}]){said}", searched) for said in _spelt(term))
        if " " in term
        else term in searched
        for term in wanted
    )


def clause(term: str) -> tuple[str, list[str]]:
    """The same asked of the column `words`, in SQL, and what is bound to it."""
    if " " not in term:
        return "instr(words, ?)", [term]
    # The quick question first: few rows have it at all. A day has no letter that GLOB would read.
    asked, bound = "instr(words, ?) AND char(10) || words GLOB ?", []
    for said in (spelt := _spelt(term)):
        bound += [said, f"*[^{_BEFORE}]{said}*"]
    return f"({' OR '.join([asked] * len(spelt))})", bound


def _spelt(term: str) -> list[str]:
    """A day or month as it may stand in a name: 'Review October 2026' is of Oct 2026."""
    *before, last = term.split()
    if not last.isdigit():
        # Without a year, what lists write is how all the others begin.
        return [term]
    *day, month = before
    return [" ".join([*day, word, last]) for word in (month, *_WHOLE[month])]
