"""Plain text files: one file is one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.sources.whole_file import read_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tasks.sources.limits import Limits
    from tasks.sources.records import RawRecord


def read_text_file(path: Path, location: str, limits: Limits) -> Iterator[RawRecord]:
    """Yield the file as one text/plain record; its record id is the file name."""
    yield read_whole(path, location, "text/plain", limits)
