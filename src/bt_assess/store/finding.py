"""What a search is for: words wherever they are, and days and months as lists write them."""

import re
from collections.abc import Sequence

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DAY = re.compile(
    rf"(?<!\S)(?:0?([1-9]|[12]\d|3[01]) ({_MONTH}(?: \d{{4}})?)|({_MONTH} \d{{4}}))(?!\S)", re.ASCII
)
_BEFORE = "0-9a-z"
"""No such character stands before a day or a month: 31 Mar is not 1 Mar."""


def terms(words: str) -> list[str]:
    """What has to be found, all of it: the days and months, then each other word.

    '2 Oct 2026', '2 Oct' and 'Oct 2026' are one term each, with a space in it; no other term has one.
    """
    typed = " ".join(words.casefold().split())
    days = [" ".join(filter(None, match.groups())) for match in _DAY.finditer(typed)]
    return [*days, *_DAY.sub(" ", typed).split()]


def is_found(wanted: Sequence[str], *texts: str) -> bool:
    """Whether each of these terms is in one of the texts."""
    searched = "\n".join(texts).casefold()
    return all(
        re.search(rf"(?<![{_BEFORE}]){term}", searched) if " " in term else term in searched
        for term in wanted
    )


def clause(term: str) -> tuple[str, list[str]]:
    """The same asked of the column `words`, in SQL, and what is bound to it."""
    if " " not in term:
        return "instr(words, ?)", [term]
    # The quick question first: few rows have it at all. A day has no letter that GLOB would read.
    return "instr(words, ?) AND char(10) || words GLOB ?", [term, f"*[^{_BEFORE}]{term}*"]
