"""Whatever comes in, what is kept is safe to show and to save."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bt_assess.core.text import NAME_LENGTH, NOTE_LENGTH, UNSAFE, clean_block, clean_line

anything = st.text(st.characters(codec=None, exclude_categories=()))


@given(anything)
def test_a_line_is_one_safe_line(text: str) -> None:
    kept = clean_line(text)
    assert not UNSAFE.search(kept)
    assert len(kept) <= NAME_LENGTH
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode()


@given(anything)
def test_a_block_is_safe_but_for_its_line_breaks(text: str) -> None:
    kept = clean_block(text)
    assert not UNSAFE.search(kept.replace("\n", ""))
    assert len(kept) <= NOTE_LENGTH
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode()


@pytest.mark.parametrize("clean", [clean_line, clean_block])
@given(text=anything)
@example(text="a" * (NAME_LENGTH - 1) + " b")
@example(text="a" * (NOTE_LENGTH - 1) + " b")
def test_what_was_kept_stays_as_it_is(clean: Callable[[str], str], text: str) -> None:
    """Loading cleans again: a name must not change between saving and opening."""
    assert clean(clean(text)) == clean(text)
