"""Names and ids that are safe to show, store and compare, whatever a file or a record calls itself.

Belongs here: what makes an id acceptable. Does not belong here: where it comes from (see the adapters).
"""

from __future__ import annotations

MAX_ID = 500
"""Longest id that is taken over from a record, in characters."""


def _visible(character: str) -> str:
    return character if character.isprintable() else f"\\u{ord(character):04x}"


def printable(name: str) -> str:
    r"""Return a name with everything unprintable written as an escape, e.g. a line feed as `\u000a`.

    File names may hold control characters, and bytes that are no UTF-8; different names stay different names.
    """
    return name if name.isprintable() else "".join(map(_visible, name))


def usable_id(value: object) -> str | None:
    """Return a record's id or source as a string, or None where it is missing, odd or too long to be one.

    Whole numbers are ids too. Nothing is trimmed: who joins the tables with the source finds its own ids in them.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**MAX_ID else None
    if not isinstance(value, str):
        return None
    return value if len(value) <= MAX_ID and value.strip() and value.isprintable() else None
