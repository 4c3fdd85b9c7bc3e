"""What can go wrong with a round while a window works with it, in words for people."""

from bt_assess.core.round import NotNow
from bt_assess.store.files import UnreadableFile, reason
from bt_assess.store.folder import InUseError
from bt_assess.store.rounds import OutOfDate

TROUBLE = (NotNow, OutOfDate, InUseError, UnreadableFile, OSError)
"""What is told of; the page that was waiting can be used again."""


def in_words(error: Exception) -> str:
    """What went wrong, in a sentence."""
    match error:
        case InUseError():
            return "This round is open in another window."
        case OutOfDate():
            return "This round has changed in the meantime. Open it again from the list."
        case OSError():
            return f"That did not work: {(error.strerror and reason(error)) or error}."
    return sentence(error)


def sentence(error: Exception) -> str:
    """The words of an error as a sentence."""
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
