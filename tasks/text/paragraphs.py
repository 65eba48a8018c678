"""Paragraphs of plain text: which line ends separate paragraphs, and which only wrap a line.

Belongs here: layout. Does not belong here: what a paragraph is about (see `frame.py`).
"""

from __future__ import annotations

import re
from itertools import pairwise

_MAX_WIDTH = 120
"""Widest line, in characters, that a program or a person wraps by hand; longer lines are paragraphs."""

_MIN_FULL = 0.6
_MIN_RUNNING = 0.3
_MANY_PAIRS = 3
_SHORT = 0.7
_CLOSED = re.compile("[.!?:;\"\u201d'\u2019)\\]]$")
_BLANK = re.compile(r"\n[ ]*(?:\n[ ]*)+")


def join_paragraphs(text: str) -> str:
    r"""Return the text with single spaces and its paragraphs separated by one `\n`; hard-wrapped lines are joined."""
    blocks = [block.split("\n") for block in _BLANK.split(text.expandtabs(4))]
    width = _wrap_width(blocks)
    paragraphs = (paragraph for block in blocks for paragraph in (_unwrap(block, width) if width else block))
    return "\n".join(filter(None, (" ".join(paragraph.split()) for paragraph in paragraphs)))


def _wrap_width(blocks: list[list[str]]) -> int | None:
    """Return the width at which the lines were wrapped, or None where each line is a paragraph.

    Lines are wrapped where most of them could not have held the next line's first word, and many end in the middle
    of a sentence.
    """
    pairs = [(line.strip(), follower.strip()) for block in blocks for line, follower in pairwise(block)]
    width = max((len(line) for pair in pairs for line in pair), default=0)
    if not 0 < width <= _MAX_WIDTH:
        return None
    full = sum(_is_full(line, follower, width) for line, follower in pairs)
    running = sum(_runs_on(line, follower, capitals=len(pairs) >= _MANY_PAIRS) for line, follower in pairs)
    wrapped = full >= _MIN_FULL * len(pairs) and running >= _MIN_RUNNING * len(pairs) and running > 0
    return width if wrapped else None


def _runs_on(line: str, follower: str, *, capitals: bool) -> bool:
    """Say whether a sentence goes on from one line to the next; in text all in `capitals` most line ends look so."""
    if _CLOSED.search(line):
        return False
    return not follower[:1].isupper() or (capitals and line.isupper() and follower.isupper())


def _is_full(line: str, follower: str, width: int) -> bool:
    """Say whether the next line's first word would have gone past the width, give or take a ragged margin."""
    word = len(follower.split(" ", 1)[0])
    return len(line) + 1 + word > width or len(line) >= _SHORT * width


def _unwrap(lines: list[str], width: int) -> list[str]:
    """Return the paragraphs of a block of wrapped lines."""
    paragraphs = [lines[0]]
    for line, follower in pairwise(lines):
        indented = follower.startswith("  ") and not line.startswith("  ")
        if indented or not _is_full(line.strip(), follower.strip(), width):
            paragraphs.append(follower)
        elif re.search(r"\w-$", line.rstrip()):
            paragraphs[-1] = paragraphs[-1].rstrip() + follower.lstrip()
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {follower}"
    return paragraphs
