"""JSONL files, plain or gzip: one line is one record.

Lines are streamed and bounded, so neither an endless line nor a compression bomb fills the memory. A damaged gzip
file keeps what came before the damage, and one record says where it begins.
"""

from __future__ import annotations

import codecs
import gzip
import json
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tasks.sources.names import printable, usable_id
from tasks.sources.records import DEFAULT_SOURCE, RawRecord
from tasks.sources.whole_file import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedIOBase
    from pathlib import Path

    from tasks.sources.limits import Limits

_CHUNK = 1 << 20
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile)


@dataclass(frozen=True, slots=True)
class _File:
    """The file as messages and ids name it."""

    name: str
    location: str


@dataclass(frozen=True, slots=True)
class _Line:
    """One line without its line end; `content` is None where it was longer than allowed."""

    number: int
    size: int
    content: bytes | None


def read_jsonl_file(path: Path, location: str, limits: Limits) -> Iterator[RawRecord]:
    """Yield one application/json record for each line that is not blank, its bytes as they stand in the file.

    The record's `id` and `source` name it where they can be read, else `<file name>:<line>` and DEFAULT_SOURCE do.
    """
    source, number = _File(printable(path.name), location), 0
    try:
        with _open(path) as file:
            for line in _lines(file, limits.record_bytes):
                number = line.number
                yield _record(source, line, limits)
    except _DAMAGE as error:
        yield _broken(source, number + 1, "bad_archive", f"gzip data end or are damaged here: {error}")
    except OSError as error:
        if number == 0:
            yield unreadable(path, location, "application/json", error)
        else:
            yield _broken(source, number + 1, "unreadable", error.strerror or type(error).__name__)


def _open(path: Path) -> BufferedIOBase:
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")


def _lines(file: BufferedIOBase, limit: int) -> Iterator[_Line]:
    """Yield the lines that are not blank; a byte order mark before the first one belongs to none of them."""
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        whole = len(line) <= limit or line.endswith(b"\n")
        size = len(line) if whole else len(line) + _skip_line(file)
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if not whole:
            yield _Line(number, size, None)
        elif (content := line.rstrip(b"\r\n")) and not content.isspace():
            yield _Line(number, len(content), content)


def _skip_line(file: BufferedIOBase) -> int:
    """Read to the end of the line, keep nothing, and return how many bytes that were."""
    skipped = 0
    while chunk := file.readline(_CHUNK):
        skipped += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return skipped


def _record(file: _File, line: _Line, limits: Limits) -> RawRecord:
    if line.content is None:
        detail = f"expected at most {limits.record_bytes} bytes, got {line.size}"
        return replace(_broken(file, line.number, "oversized", detail), size=line.size)
    fields = _fields(line.content)
    return RawRecord(
        source_id=usable_id(fields.get("source")) or DEFAULT_SOURCE,
        record_id=usable_id(fields.get("id")) or f"{file.name}:{line.number}",
        media_type="application/json",
        location=f"{file.location}:{line.number}",
        size=line.size,
        content=line.content,
    )


def _fields(content: bytes) -> dict[str, Any]:
    """Return the JSON object of a line, empty where it is none; the clean stage says what is wrong with it."""
    try:
        value = json.loads(content.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _broken(file: _File, number: int, problem: str, detail: str) -> RawRecord:
    record_id, location = f"{file.name}:{number}", f"{file.location}:{number}"
    return RawRecord(DEFAULT_SOURCE, record_id, "application/json", location, None, None, problem, detail)
