"""The archive of a night's answers: WARC files, one record a gzip member, as other programs read and write them.

Belongs here: from an exchange to its record, and from an archive back to the bodies in it. Written are the bytes as
received, except that chunks are joined, for which the `Transfer-Encoding` header is renamed as Common Crawl does. An
answer "not modified" has no bytes and is left out. Does not belong here: archives of others (`warc_file.py`).
"""

from __future__ import annotations

import gzip
import hashlib
import uuid
from base64 import b32encode
from io import BytesIO
from typing import TYPE_CHECKING

from fastwarc.warc import ArchiveIterator, WarcRecord, warcinfo
from fastwarc.warc import response as response_type

from schemas.ids import content_digest
from tasks.sources.http.decoding import decode
from tasks.sources.records import Capture

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from tasks.sources.http.records import Exchange, Response

_LEVEL = 6
_NOT_MODIFIED = 304
_INFO = b"software: Dateline\r\nformat: WARC File Format 1.1\r\n"
_RENAMED = {"transfer-encoding": "X-Crawler-Transfer-Encoding", "content-length": "X-Crawler-Content-Length"}


def capture(response: Response) -> Capture | None:
    """Return what the archive keeps of a response; None where nothing with bytes came."""
    kept = [exchange for exchange in response.exchanges if exchange.status != _NOT_MODIFIED]
    if not kept:
        return None
    members = b"".join(map(_member, kept))
    return Capture(members, payload_digest(kept[-1].payload), content_digest(response.body))


def captured_members(response: Response) -> bytes:
    """Return the WARC records of a response that becomes no record itself; empty where nothing with bytes came."""
    kept = capture(response)
    return kept.members if kept else b""


def archive_file(members: Iterable[bytes], written_at: dt.datetime) -> bytes:
    """Return the bytes of a WARC file that holds these members, after one that says who wrote it."""
    record = WarcRecord()
    record.init_headers(warcinfo, _urn("warcinfo", written_at.isoformat()))
    record.record_date = written_at
    record.headers["Content-Type"] = "application/warc-fields"
    record.set_bytes_content(_INFO)
    return b"".join([_compressed(record), *members])


def bodies(archive: bytes, wanted: Collection[str], most_bytes: int) -> dict[str, bytes]:
    """Return the bodies of the responses with these payload digests, freed of their content encoding.

    Raises:
        FetchError: a body cannot be decoded, or is larger than `most_bytes`.
    """
    found: dict[str, bytes] = {}
    for record in ArchiveIterator(BytesIO(archive), record_types=response_type):
        digest = record.headers.get("WARC-Payload-Digest")
        if digest is not None and digest in wanted and digest not in found:
            encodings = ",".join(record.http_headers.get_multiple("Content-Encoding")).split(",")
            payload = record.reader.read(record.content_length)
            found[digest] = decode(payload, [name.strip() for name in encodings], most_bytes, float(most_bytes))
    return found


def payload_digest(payload: bytes) -> str:
    """Return the digest of a body as WARC headers write it."""
    return f"sha256:{b32encode(hashlib.sha256(payload).digest()).decode()}"


def _member(exchange: Exchange) -> bytes:
    digest = payload_digest(exchange.payload)
    record = WarcRecord()
    record.init_headers(response_type, _urn(exchange.url, exchange.fetched_at.isoformat(), digest))
    record.record_date = exchange.fetched_at
    record.headers["WARC-Target-URI"] = exchange.url
    record.headers["WARC-IP-Address"] = exchange.address
    record.headers["WARC-Payload-Digest"] = digest
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(_head(exchange) + exchange.payload)
    return _compressed(record)


def _head(exchange: Exchange) -> bytes:
    """Return status line and headers; a line end in one of them could forge another."""
    lines = [f"{exchange.http_version} {exchange.status} {exchange.reason}".rstrip()]
    lines += [f"{_RENAMED.get(name.lower(), name)}: {value}" for name, value in exchange.headers]
    lines.append(f"Content-Length: {len(exchange.payload)}")
    plain = (line.replace("\r", " ").replace("\n", " ") for line in lines)
    return ("\r\n".join(plain) + "\r\n\r\n").encode("latin-1", "replace")


def _urn(*parts: str) -> bytes:
    """Return an id that the same answer always gets."""
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=16).digest()
    return f"uuid:{uuid.UUID(bytes=digest, version=4)}".encode()


def _compressed(record: WarcRecord) -> bytes:
    plain = BytesIO()
    record.write(plain)
    return gzip.compress(plain.getvalue(), _LEVEL, mtime=0)
