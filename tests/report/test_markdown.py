"""Markdown for wikis: what people wrote stays text, and tables stay tables."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bt_assess.report.drawing import safe
from bt_assess.report.markdown import TRACK, inline, markdown, track
from bt_assess.report.paper import Heading, Paper, Point, Points, Table, Track, Words, Written

MADE = date(2026, 3, 2)
WIKI = MarkdownIt("gfm-like")
NASTY = [
    "[a](javascript:alert(1))", "![a](http://evil.example/x.png)", "<script>alert(1)</script>",
    "<http://evil.example>", "http://evil.example/a?b=c", "www.evil.example", "evil.example",
    "mailto:a@evil.example", "a@evil.example", "//evil.example/x", "[a]: http://evil.example",
    "[a][b]", "| a | b |", "a|b", "`code`", "```\ncode", "~~~\ncode", "# heading", "- list",
    "+ list", "* list", "1. list", "1) list", "> quote", "---", "===", "***", "_em_", "**bold**",
    "~~gone~~", "&lt;b&gt;", "&#60;b&#62;", "\\", "\\\\|", "a  \nb", "    code", "\tcode", "$x$",
    "<!-- x -->", "- [ ] done", "^note", "[^1]", "{#id}", "=1+1", "ftp://evil.example/x",
    "HTTPS://EVIL.EXAMPLE", "a_b_c", "x\u202ey\x1b[31m\x9b", "\ufffe", "&", "<", "\\[a](b)",
]  # fmt: skip


def every_token(text: str) -> list[Token]:
    found: list[Token] = []
    for token in WIKI.parse(text):
        found += [token, *(token.children or [])]
    return found


def shown(text: str) -> str:
    """The words that a reader sees."""
    return "".join(t.content for t in every_token(text) if t.type in ("text", "code_inline"))


def paper(*blocks: Heading | Words | Points | Written | Table, title: str = "T") -> Paper:
    return Paper(kicker="K", title=title, lead="L", made=MADE, blocks=blocks)


def means_nothing(text: str) -> None:
    """`text` as one line shows as it is, and is nothing else."""
    for line in (inline(text), f"- {inline(text)}", f"> {inline(text)}"):
        kinds = {token.type for token in every_token(line)}
        allowed = {"paragraph_open", "inline", "paragraph_close", "text", "code_inline",
                   "text_special"}  # fmt: skip
        allowed |= {"bullet_list_open", "list_item_open", "list_item_close", "bullet_list_close"}
        allowed |= {"blockquote_open", "blockquote_close"}
        assert kinds <= allowed, (line, kinds - allowed)
        assert (
            sum(token.type.startswith(("bullet", "blockquote")) for token in every_token(line)) < 3
        )


@pytest.mark.parametrize("text", NASTY)
def test_nothing_in_a_line_has_a_meaning(text: str) -> None:
    assert shown(inline(text)) == " ".join(safe(text).split())
    # Not every wiki reads backslashes as CommonMark does, nor leaves escaped addresses alone.
    assert not set("<>") & set(inline(text))
    assert not re.search(r"[^`]@\w|^@\w", inline(text))
    means_nothing(text)
    means_nothing(f"Well: {text} and so on")
    means_nothing(f"{text}{text}")


@given(st.text(st.sampled_from(r"""[](){}<>!#*_~`|\/:.@&;=+-^$"' 1a"""), max_size=24))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    means_nothing(text)
    assert shown(inline(text)) == " ".join(text.split())


def test_what_people_read_stays_readable() -> None:
    assert inline("At 10:30, 2.5 of 3 agreed (mostly); see and/or 'x'.") == (
        "At 10:30, 2.5 of 3 agreed (mostly); see and/or 'x'."
    )


@pytest.mark.parametrize("text", NASTY)
def test_tables_stay_tables(text: str) -> None:
    table = Table(text, (text, "b"), ((text, text), ("c", text)))
    tokens = every_token(markdown(paper(table)))
    rows = [t for t in tokens if t.type == "tr_open"]
    cells = [t for t in tokens if t.type in ("td_open", "th_open")]
    assert (len(rows), len(cells)) == (3, 6)


@pytest.mark.parametrize("text", NASTY)
def test_every_block_takes_any_text(text: str) -> None:
    blocks = (
        Heading(text, 2, text), Words(text, text), Points((Point(text, text, (text,)),), True),
        Points((Point(text),)), Written(text, (text,)), Written(text, (text, text)),
    )  # fmt: skip
    tokens = every_token(markdown(paper(*blocks, title=text)))
    kinds = {token.type for token in tokens}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "fence", "code_block"}
    assert not kinds & {"hr", "table_open", "s_open"}
    assert sum(token.type == "heading_open" for token in tokens) == 2
    assert sum(token.type == "blockquote_open" for token in tokens) == 1


def test_a_note_keeps_its_lines() -> None:
    made = markdown(paper(Written("About", ("one\n\ntwo\n- three",))))
    breaks = [t for t in every_token(made) if t.type == "hardbreak"]
    assert len(breaks) == 2
    assert "three" in shown(made)


def test_a_track_is_drawn_to_scale() -> None:
    assert track(Track(None)) == ""
    drawn = track(Track(1.0, 1.0, 3.0))
    assert len(drawn) == TRACK + 2
    assert drawn[1] == "●"
    assert "─" not in drawn
    assert track(Track(3.0))[-2] == "●"
    assert track(Track(2.0, 1.9, 2.1)).index("●") == 1 + TRACK // 2
    assert track(Track(2.0)).count("┼") == 2
    assert track(Track(1.0, before=1.4)).startswith("`●━━━○")
    # Between two different ones there is no way.
    assert track(Track(1.0, before=1.4, apart=True)).startswith("`●───○")
