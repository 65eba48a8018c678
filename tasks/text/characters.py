"""Characters that may stand in a text: what is removed, replaced and composed before anything reads the words.

Belongs here: single characters. Does not belong here: bytes (see `encoding.py`) and paragraphs (see `paragraphs.py`).
"""

from __future__ import annotations

import re
import sys
import unicodedata

from tasks.text.mojibake import undo_double_encoding

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n ]")
_REMOVED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_BROKEN = re.compile(r"[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MAX_MARKS = 30
"""UAX #15 calls no longer run of combining marks legitimate; composing longer ones takes quadratic time."""

_MARKS = "".join(re.escape(chr(code)) for code in range(sys.maxunicode) if unicodedata.combining(chr(code)))
_LONG_RUN = re.compile(f"[\u0300-\U0010ffff]{{{_MAX_MARKS}}}")
"""What every excess of marks contains, and almost no text does: found fifty times as fast."""

_EXCESS_MARKS = re.compile(f"([{_MARKS}]{{{_MAX_MARKS}}})[{_MARKS}]+")


def tidy_characters(text: str) -> str:
    r"""Return the text in Unicode NFC, with `\n` as the only line end and the plain space as the only space.

    Control, formatting and invisible characters go; lone surrogates become U+FFFD, so that UTF-8 can hold the text.
    """
    text = _LINE_ENDS.sub("\n", undo_double_encoding(text))
    text = _REMOVED.sub("", _SPACES.sub(" ", text))
    if text.isascii():
        return text
    text = _BROKEN.sub("\ufffd", text)
    if _LONG_RUN.search(text):
        text = _EXCESS_MARKS.sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


def one_line(text: str | None, limit: int) -> str | None:
    """Return a short field on one line, with single spaces; None where it is empty or longer than `limit` characters.

    Four times the limit is read at most, so that a hostile field costs nothing.
    """
    if text is None or len(text) > 4 * limit:
        return None
    line = " ".join(tidy_characters(text).split())
    return line if 0 < len(line) <= limit else None
