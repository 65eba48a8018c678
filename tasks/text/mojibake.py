"""Words that were encoded twice: UTF-8 that somebody read as windows-1252 and saved again, as in `donâ€™t`.

Belongs here: undoing that. Does not belong here: choosing an encoding for bytes (see `encoding.py`).
"""

from __future__ import annotations

import re

_BYTES = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_FOLLOWERS = "".join(re.escape(character) for character, byte in _BYTES.items() if byte < 0xC0)  # noqa: PLR2004 - UTF-8
_TWICE = re.compile(f"[\u00c2\u00c3][{_FOLLOWERS}]|\u00e2[{_FOLLOWERS}]{{2}}")
"""Two- and three-byte characters of Western text; other letters before such signs are too often meant (`CAFÉ”`)."""


def undo_double_encoding(text: str) -> str:
    """Return the text with twice encoded characters put right; what is no such character stays."""
    return text if text.isascii() else _TWICE.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[character] for character in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
