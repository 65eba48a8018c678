"""Bodies freed of their content encoding, within bounds whatever they claim to hold.

Belongs here: gzip, deflate and brotli. Does not belong here: charsets (see `tasks/text/`).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import brotli

from tasks.sources.http.faults import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ACCEPT_ENCODING = "gzip, deflate, br"
"""The encodings that can be undone, as a request names them."""

_SPARED = 1_000_000
"""Decompressed size up to which no ratio is too high: small pages of white space are no bombs."""

_MAX_ENCODINGS, _MAX_MEMBERS = 2, 100
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class _Cap:
    """How large a body may get, in bytes, and what it is where it gets larger."""

    size: int
    excess: FetchError


def decode(payload: bytes, encodings: Sequence[str], max_bytes: int, max_ratio: float) -> bytes:
    """Undo the encodings, last one first; no more than the allowed size is ever held, twice.

    Args:
        payload: the body as received.
        encodings: as `Content-Encoding` lists them, in the order they were applied; capitals make no difference.
        max_bytes: most bytes of the result.
        max_ratio: most bytes of the result for each byte of `payload`; results of up to 1 MB are spared.

    Raises:
        FetchError: `oversized`, `bomb`, `truncated` or `bad_encoding`.
    """
    names = [name for name in map(str.lower, encodings) if name not in {"identity", ""}]
    if len(names) > _MAX_ENCODINGS or any(name not in _DECODERS for name in names):
        raise FetchError("bad_encoding", f"expected {ACCEPT_ENCODING}, got Content-Encoding: {', '.join(names)[:100]}")
    cap = _cap(len(payload), max_bytes, max_ratio)
    for name in reversed(names):
        payload = _decode_one(name, payload, cap)
    if len(payload) > max_bytes:
        raise FetchError("oversized", f"expected at most {max_bytes} bytes, got {len(payload)}")
    return payload


def _cap(received: int, max_bytes: int, max_ratio: float) -> _Cap:
    by_ratio = int(max(_SPARED, received * max_ratio))
    if by_ratio < max_bytes:
        detail = f"expected at most {max_ratio:g} bytes for each of {received} received, got more than {by_ratio}"
        return _Cap(by_ratio, FetchError("bomb", detail))
    return _Cap(max_bytes, FetchError("oversized", f"expected at most {max_bytes} bytes decompressed, got more"))


def _decode_one(name: str, payload: bytes, cap: _Cap) -> bytes:
    if not payload:
        return payload
    try:
        result = _DECODERS[name](payload, cap.size + 1)
    except (zlib.error, brotli.error) as error:
        raise FetchError("bad_encoding", f"expected {name} data, which are damaged: {error}") from None
    if len(result) > cap.size:
        raise cap.excess
    return result


def _gunzip(payload: bytes, limit: int) -> bytes:
    """Undo gzip, member by member; what follows the last member is padding."""
    result = b""
    for _ in range(_MAX_MEMBERS):
        part, payload = _inflate(payload, limit - len(result), _GZIP)
        result += part
        if len(result) >= limit or not payload.startswith(b"\x1f\x8b"):
            return result
    raise FetchError("bad_encoding", f"expected at most {_MAX_MEMBERS} gzip members, got more")


def _undeflate(payload: bytes, limit: int) -> bytes:
    """Undo deflate with a zlib header, as the standard has it, or without one, as many servers send it."""
    header = int.from_bytes(payload[:2], "big")
    has_header = payload[0] & 0x0F == zlib.DEFLATED and header % 31 == 0
    return _inflate(payload, limit, _ZLIB if has_header else _RAW)[0]


def _inflate(payload: bytes, limit: int, wbits: int) -> tuple[bytes, bytes]:
    """Return at most `limit` bytes, and what of the payload follows the end of the stream."""
    stream = zlib.decompressobj(wbits)
    result = stream.decompress(payload, limit)
    if not stream.eof and len(result) < limit:
        raise FetchError("truncated", f"compressed data end after {len(result)} bytes, before their own end")
    return result, stream.unused_data


def _unbrotli(payload: bytes, limit: int) -> bytes:
    """Return some `limit` bytes at most."""
    stream = brotli.Decompressor()
    result: bytes = stream.process(payload, output_buffer_limit=limit)
    if not stream.is_finished() and len(result) < limit:
        raise FetchError("truncated", f"compressed data end after {len(result)} bytes, before their own end")
    return result


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
}
