"""One file, one record: what the plain text and the HTML adapter share.

Belongs here: reading a file within the limits. Does not belong here: which files there are (see `disk.py`).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tasks.sources.names import printable
from tasks.sources.records import DEFAULT_SOURCE, MediaType, RawRecord

if TYPE_CHECKING:
    from pathlib import Path

    from tasks.sources.limits import Limits


def read_whole(path: Path, location: str, media_type: MediaType, limits: Limits) -> RawRecord:
    """Return the file as one record, with a problem where it cannot be opened or is too large."""
    name = printable(path.name)
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            content = file.read(limits.record_bytes + 1) if size <= limits.record_bytes else None
    except OSError as error:
        return unreadable(path, location, media_type, error)
    if content is None or len(content) > limits.record_bytes:
        detail = f"expected at most {limits.record_bytes} bytes, got {size if content is None else 'more'}"
        known = size if content is None else None
        return RawRecord(DEFAULT_SOURCE, name, media_type, location, known, None, "oversized", detail)
    return RawRecord(DEFAULT_SOURCE, name, media_type, location, len(content), content)


def unreadable(path: Path, location: str, media_type: MediaType, error: OSError) -> RawRecord:
    """Return the record that stands for a file or folder that could not be read."""
    detail = error.strerror or type(error).__name__
    return RawRecord(DEFAULT_SOURCE, printable(path.name), media_type, location, None, None, "unreadable", detail)
