"""Deterministic ids: the same parts give the same id on every run and every machine.

Belongs here: how an id is made. Which parts identify a row is the business of the stage that makes the row.
"""

from __future__ import annotations

import hashlib

_DIGEST_BYTES = 10
"""80 bits: among a billion ids of one kind the chance of any two meeting is one in two million."""


def make_id(kind: str, *parts: str | int | None) -> str:
    """Return `<kind>_<20 hex digits>` for the parts that identify a row.

    Parts are length-prefixed, so ("ab", "c") and ("a", "bc") differ, and None differs from the empty string.
    """
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in (kind, *parts):
        data = b"" if part is None else str(part).encode("utf-8", "surrogatepass")
        digest.update(b"-" if part is None else str(len(data)).encode() + b":")
        digest.update(data)
    return f"{kind}_{digest.hexdigest()}"


def content_digest(content: bytes) -> str:
    """Return the SHA-256 of bytes as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()
