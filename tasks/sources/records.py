"""What every adapter yields: one raw record, its bytes as fetched.

Adapters split a source into records and never judge a record's content; what is wrong with it is found by the clean
stage, so that a rebuild can judge again. Only what stops the bytes from being read or kept is a problem noted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MediaType = Literal["text/plain", "text/html", "application/json"]
"""`application/json` is one record of a JSONL file, as its line stands there."""

_PAGE_TYPES: dict[str, MediaType] = {
    "": "text/html",
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}

DEFAULT_SOURCE = "files"
"""Source id of files and records that do not name their publisher."""


@dataclass(frozen=True, slots=True)
class Capture:
    """What the archive keeps of one `get`.

    Attributes:
        members: WARC records of all its exchanges, each a gzip member of its own.
        payload_digest: WARC-Payload-Digest of the last exchange, by which its bytes are found again.
        content_digest: SHA-256 of the body, freed of its content encoding, as 64 hex digits.
    """

    members: bytes
    payload_digest: str
    content_digest: str


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as fetched.

    Attributes:
        source_id: who published it; DEFAULT_SOURCE where the record does not say.
        record_id: the source's own id: the JSONL `id`, the guid of a feed, the address, or the file name;
            `<file name>:<line>` for a broken line.
        media_type: how the bytes are to be read.
        location: file name, and line in it, or the address, for messages.
        size: size of the record in bytes; None where it was not read to its end.
        content: the bytes; None where they are not kept (then `problem` is set).
        problem: a code of `schemas.vocabulary.REJECTION_REASONS`, or None.
        detail: what exactly the problem was, or None.
        url: the address that it was asked for at; None for files.
        published: when a listing says that it was published, as written there.
        capture: its answer on the web, whose bytes the archive keeps; then `content` is None.
    """

    source_id: str
    record_id: str
    media_type: MediaType
    location: str
    size: int | None
    content: bytes | None
    problem: str | None = None
    detail: str | None = None
    url: str | None = None
    published: str | None = None
    capture: Capture | None = None


def page_type(content_type: str | None) -> MediaType | None:
    """Return how a page of this Content-Type header is to be read: as HTML without one, None where it is no page."""
    return _PAGE_TYPES.get((content_type or "").split(";")[0].strip().lower())
