"""What every adapter yields: one raw record, its bytes as fetched.

Adapters split a source into records and never judge a record's content; what is wrong with it is found by the clean
stage, so that a rebuild can judge again. Only what stops the bytes from being read or kept is a problem noted here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MediaType = Literal["text/plain", "text/html", "application/json"]
"""`application/json` is one record of a JSONL file, as its line stands there."""

DEFAULT_SOURCE = "files"
"""Source id of files and records that do not name their publisher."""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as fetched.

    Attributes:
        source_id: who published it; DEFAULT_SOURCE where the record does not say.
        record_id: the source's own id: the JSONL `id`, or the file name; `<file name>:<line>` for a broken line.
        media_type: how the bytes are to be read.
        location: file name, and line in it, for messages.
        size: size of the record in bytes; None where it was not read to its end.
        content: the bytes; None where they are not kept (then `problem` is set).
        problem: a code of `schemas.vocabulary.REJECTION_REASONS`, or None.
        detail: what exactly the problem was, or None.
    """

    source_id: str
    record_id: str
    media_type: MediaType
    location: str
    size: int | None
    content: bytes | None
    problem: str | None = None
    detail: str | None = None
