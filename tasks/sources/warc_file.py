"""WARC files, plain or gzip, such as Common Crawl's news archives: one captured page is one record.

Belongs here: which records of an archive are pages, and what is said of the others. Requests, metadata and the
archive's description of itself name no page and are left out; every other record is a page or says why it is none.
After damage, reading goes on at the next record that can be found.
"""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

from fastwarc import warc
from fastwarc.stream_io import ChunkedReader
from fastwarc.warc import ArchiveIterator, WarcRecord

from tasks.sources.http.decoding import decode
from tasks.sources.http.faults import FetchError
from tasks.sources.names import printable, usable_id
from tasks.sources.records import DEFAULT_SOURCE, MediaType, RawRecord, page_type
from tasks.sources.whole_file import unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from tasks.sources.limits import Limits

_ABOUT_PAGES = warc.warcinfo | warc.request | warc.metadata
_OK = 200
_MAX_RATIO = 100.0
_MAX_DAMAGES = 1000
_STARTS = (b"\x1f\x8b\x08", b"WARC/1.")
"""What a record begins with: a gzip member, or the plain text."""
_BLOCK = 1 << 20


class _NoPageError(Exception):
    """A record is no page; carries the reason code and the detail of its rejection."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def read_warc_file(path: Path, location: str, limits: Limits) -> Iterator[RawRecord]:
    """Yield one record for each captured page; its record id is its address."""
    try:
        with path.open("rb") as file:
            for found in _walk(file, partial(_record, location=location, limits=limits)):
                yield _damage(path, location, found) if isinstance(found, int) else found
    except OSError as error:
        yield unreadable(path, location, "text/html", error)


def _damage(path: Path, location: str, offset: int) -> RawRecord:
    detail = "expected a WARC record, the data are damaged or of another kind"
    name, where = f"{printable(path.name)}:{offset}", f"{location}:{offset}"
    return RawRecord(DEFAULT_SOURCE, name, "text/html", where, None, None, "bad_archive", detail)


def _walk(file: BinaryIO, read: Callable[[WarcRecord], RawRecord]) -> Iterator[RawRecord | int]:
    """Yield what `read` makes of the records that may be pages, and the offset of each that could not be read."""
    start, damages, position = 0, 0, None
    mark = _STARTS[0] if file.read(2) == _STARTS[0][:2] else _STARTS[1]
    while damages < _MAX_DAMAGES:
        try:
            file.seek(start)
            for record in ArchiveIterator(file, strict_mode=False):
                position = record.stream_pos
                if not record.record_type & _ABOUT_PAGES:
                    yield read(record)
        except OSError:
            damages += 1
            position = max(start, position or 0)
            yield position
            found = _find(file, mark, position + 1)
            if found is None:
                return
            start = found
        else:
            if position is None:
                yield 0
            return


def _find(file: BinaryIO, mark: bytes, start: int) -> int | None:
    """Return where the mark stands next, or None."""
    file.seek(start)
    held = b""
    while block := file.read(_BLOCK):
        held += block
        if (at := held.find(mark)) >= 0:
            return start + at
        start += len(held) - len(mark)
        held = held[-len(mark) :]
    return None


def _record(record: WarcRecord, location: str, limits: Limits) -> RawRecord:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    record_id = usable_id(url) or usable_id(record.record_id) or f"{location}:{record.stream_pos}"
    where = f"{location}:{record.stream_pos}"
    address = url if usable_id(url) and url.startswith(("http://", "https://")) else None
    media: MediaType = "text/html"
    try:
        media = _media_type(record)
        content = _content(record, limits)
    except _NoPageError as none:
        return RawRecord(DEFAULT_SOURCE, record_id, media, where, None, None, none.reason, none.detail, address)
    except FetchError as fault:
        return RawRecord(DEFAULT_SOURCE, record_id, media, where, None, None, fault.problem, fault.detail, address)
    return RawRecord(DEFAULT_SOURCE, record_id, media, where, len(content), content, url=address)


def _media_type(record: WarcRecord) -> MediaType:
    """Return how a page's bytes are to be read; _NoPageError where the record is no page."""
    if record.record_type == warc.response and record.is_http_parsed:
        status = record.http_headers.status_code
        if status != _OK:
            raise _NoPageError("http_error", f"expected 200, got {record.http_headers.status_line}"[:200])
        declared = record.http_headers.get("Content-Type") or ""
    elif record.record_type & (warc.resource | warc.conversion):
        declared = record.headers.get("Content-Type") or ""
    else:
        raise _NoPageError("not_a_page", f"expected a captured page, got a record of type {record.record_type}")
    media = page_type(declared)
    if media is None:
        raise _NoPageError("not_a_page", f"expected HTML or plain text, got {declared[:100]!r}")
    return media


def _content(record: WarcRecord, limits: Limits) -> bytes:
    """Return a page's bytes, freed of chunks and content encoding."""
    expected = record.content_length
    if expected > limits.record_bytes:
        raise _NoPageError("oversized", f"expected at most {limits.record_bytes} bytes, got {expected}")
    payload = record.reader.read(expected)
    if len(payload) < expected:
        raise _NoPageError("truncated", f"expected {expected} bytes, the archive ends after {len(payload)}")
    if not record.is_http_parsed:
        return payload
    if (record.http_headers.get("Transfer-Encoding") or "").strip().lower() == "chunked":
        payload = _joined(payload, limits.record_bytes)
    encodings = ",".join(record.http_headers.get_multiple("Content-Encoding")).split(",")
    return decode(payload, [name.strip() for name in encodings], limits.record_bytes, _MAX_RATIO)


def _joined(payload: bytes, most: int) -> bytes:
    """Return a payload with its chunks joined; as it is where it has none, whatever its header says."""
    try:
        return ChunkedReader(io.BytesIO(payload)).read(most) or payload
    except OSError:
        return payload
