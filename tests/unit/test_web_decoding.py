"""Content encodings are undone within bounds: no bomb fills the memory, no damage goes unnoticed."""

from __future__ import annotations

import gzip
import random
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.sources.http.client import Client
from tasks.sources.http.decoding import decode
from tasks.sources.http.faults import FetchError
from tests.unit.web_server import Page, WebServer

if TYPE_CHECKING:
    from collections.abc import Callable

    Encode = Callable[[bytes], bytes]


def _brotli(data: bytes) -> bytes:
    return bytes(brotli.compress(data, quality=5))


def _raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data)[2:-4]


_ENCODERS: dict[str, tuple[str, Encode]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-GZIP", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", _raw_deflate),
    "brotli": ("br", _brotli),
}
_EACH = pytest.mark.parametrize(("encoding", "encode"), _ENCODERS.values(), ids=_ENCODERS)


def _problem(payload: bytes, *encodings: str, max_bytes: int = 20_000_000, max_ratio: float = 100) -> str:
    with pytest.raises(FetchError) as raised:
        decode(payload, encodings, max_bytes, max_ratio)
    assert raised.value.detail
    return raised.value.problem


@_EACH
@given(data=st.binary())
def test_what_was_encoded_comes_back(encoding: str, encode: Encode, data: bytes) -> None:
    """All encodings that a request offers, and the names that servers use for them."""
    assert decode(encode(data), [encoding], 1000, 100) == data


@_EACH
def test_a_bomb_is_stopped_early(encoding: str, encode: Encode) -> None:
    """Neither the size nor the memory grows beyond the bound."""
    bomb = encode(bytes(40_000_000))
    tracemalloc.start()
    try:
        assert _problem(bomb, encoding, max_ratio=50) in {"bomb", "oversized"}
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_a_bomb_inside_a_bomb_is_stopped_too() -> None:
    """The ratio counts over all encodings."""
    assert _problem(gzip.compress(gzip.compress(bytes(100_000_000))), "gzip", "gzip") == "bomb"


@_EACH
def test_a_bomb_from_a_server_is_rejected_by_its_name(encoding: str, encode: Encode) -> None:
    """The status shows that there was an answer."""
    page = Page(encode(bytes(5_000_000)), headers={"Content-Encoding": encoding})
    with WebServer({"/bomb": page}) as web:
        response = Client(web.settings()).get(web.url("/bomb"))
    assert (response.problem, response.status, response.body) == ("bomb", 200, b"")


@_EACH
def test_a_robots_file_may_not_be_a_bomb(encoding: str, encode: Encode) -> None:
    """And without its rules nothing is fetched."""
    page = Page(encode(bytes(5_000_000)), headers={"Content-Encoding": encoding})
    with WebServer({"/robots.txt": page, "/a": Page(b"here")}) as web:
        assert Client(web.settings()).get(web.url("/a")).problem == "bomb"
        assert web.paths() == []


@_EACH
def test_a_cut_off_body_is_truncated(encoding: str, encode: Encode) -> None:
    """Half an article is no article."""
    data = bytes(range(256)) * 20
    assert _problem(encode(data)[:-12], encoding) == "truncated"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_what_is_not_compressed_as_it_says_is_told(encoding: str) -> None:
    """What is no compressed data at all is not taken for text, nor for the little that could be made of it."""
    assert _problem(b"<html>plain text all along</html>", encoding) == "bad_encoding"


def test_damage_is_told() -> None:
    """Where the encoding has a checksum, it is checked."""
    for encoding, encode in (("gzip", gzip.compress), ("deflate", zlib.compress)):
        damaged = bytearray(encode(b"news " * 100))
        damaged[-6] ^= 1
        assert _problem(bytes(damaged), encoding) == "bad_encoding"


def test_larger_than_allowed_is_oversized_not_a_bomb() -> None:
    """An honest page may be too large."""
    data = random.Random(1).randbytes(3_000)  # noqa: S311 - not to be secret, but not to be compressed
    assert _problem(gzip.compress(data), "gzip", max_bytes=2_000) == "oversized"
    assert _problem(data, max_bytes=2_000) == "oversized"


@pytest.mark.parametrize("encodings", [("zstd",), ("utf-8",), ("gzip", "gzip", "gzip"), ("gzip, br",)])
def test_unknown_encodings_are_told(encodings: tuple[str, ...]) -> None:
    """As are more layers than anybody needs."""
    assert _problem(b"x", *encodings) == "bad_encoding"


def test_gzip_members_follow_each_other_but_not_without_end() -> None:
    """Some servers send several members; half a million empty ones are an attack."""
    assert decode(gzip.compress(b"a") + gzip.compress(b"b") + bytes(7), ["gzip"], 1000, 100) == b"ab"
    assert _problem(gzip.compress(b"") * 500_000, "gzip") == "bad_encoding"


def test_encodings_are_undone_from_the_last_to_the_first() -> None:
    """In the reverse of the order they were applied."""
    data = brotli.compress(gzip.compress(b"text"))
    assert decode(data, ["GZip", "identity", "br"], 1000, 100) == b"text"
