"""What a feed, a sitemap or a list of articles names: links to pages, further listings, and what was wrong with it.

Belongs here: the records that all listings are read into, and which addresses and words are taken from them. Does not
belong here: how any of them is written (see `feed.py`, `sitemap.py`, `url_list.py`, `gdelt.py`).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from tasks.sources.names import usable_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_LINKS = 50_000
"""As many as the sitemap protocol allows in one file."""
MAX_LISTING_BYTES = 52_428_800
"""Largest listing after decompression, in bytes; the sitemap protocol's limit too."""

_MAX_URL = 2000
_MAX_WORD = 100
_GZIP = 31
"""For zlib: expect a gzip header."""


@dataclass(frozen=True, slots=True)
class Link:
    """One address that a listing names.

    Attributes:
        url: http or https, without fragment.
        record_id: the listing's own id of what stands there; the address where it gives none.
        published: time of publication, as written.
        modified: time of the last change, as written; that of publication where none is given.
        language: ISO 639-1 code, or whatever else it says in lower case; None where it says nothing.
    """

    url: str
    record_id: str
    published: str | None = None
    modified: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a listing holds and nobody can follow.

    `reason` is a code of `schemas.vocabulary.REJECTION_REASONS`; `record_id` is None where it means the whole listing.
    """

    reason: str
    detail: str
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What was read: pages, further listings, faults; each in the order in which they stand there."""

    pages: tuple[Link, ...] = ()
    listings: tuple[Link, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a listing as written, nothing in it checked; see `Link`."""

    address: str | None
    record_id: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    is_listing: bool = False


class ListingError(ValueError):
    """The bytes are no listing of the kind that was expected; the text says what they are instead."""


def collect(entries: Iterable[Entry], base: str, faults: Iterable[Fault] = ()) -> Listing:
    """Return the links of entries, each address once; relative ones are read as from `base`.

    An entry without a usable address, and whatever comes after MAX_LINKS, becomes a fault.
    """
    links: dict[str, Link] = {}
    found = list(faults)
    listings: set[str] = set()
    used: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        if number > MAX_LINKS:
            found.append(Fault("bad_listing", f"expected at most {MAX_LINKS} entries, left out what follows"))
            break
        url = web_url(entry.address, base)
        if url is None:
            found.append(_unusable(entry, f"{base} entry {number}"))
        elif url not in links:
            own = usable_id(entry.record_id)
            record_id = own if own and own not in used else url
            used.add(record_id)
            published, modified = short(entry.published), short(entry.modified)
            links[url] = Link(url, record_id, published, modified or published, language_code(entry.language))
            listings |= {url} if entry.is_listing else set()
    pages = tuple(link for url, link in links.items() if url not in listings)
    return Listing(pages, tuple(link for url, link in links.items() if url in listings), tuple(found))


def _unusable(entry: Entry, place: str) -> Fault:
    named = usable_id(entry.record_id) or usable_id(entry.address) or place
    shown = repr(entry.address[:200]) if entry.address else "none"
    return Fault("refused_url", f"expected an http or https address, got {shown}", named)


def web_url(address: str | None, base: str) -> str | None:
    """Return an absolute http or https address without its fragment, or None for anything else."""
    if not address:
        return None
    try:
        url = urldefrag(urljoin(base, address.strip())).url
        parts = urlsplit(url)
        hostname = parts.hostname
    except ValueError:
        return None
    usable = parts.scheme in {"http", "https"} and hostname and len(url) <= _MAX_URL and url.isprintable()
    return url.replace(" ", "%20") if usable else None


def short(text: str | None) -> str | None:
    """Return a date or another short value with its white space tidied, or None for what is none."""
    tidy = " ".join(text.split()) if text else ""
    return tidy if 0 < len(tidy) <= _MAX_WORD and tidy.isprintable() else None


def language_code(name: str | None) -> str | None:
    """Return the ISO 639-1 code in `en`, `en-GB`, `eng` or `English`; other words as they are, in lower case."""
    word = (short(name) or "").lower().replace("_", "-")
    code = word.split("-")[0]
    return {"english": "en", "eng": "en"}.get(code, code) or None


def gunzip(body: bytes) -> bytes:
    """Return what gzip bytes hold; other bytes as they are.

    Raises:
        ListingError: the data are damaged, or hold more than MAX_LISTING_BYTES.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    return b"".join(_members(body))


def _members(body: bytes) -> Iterator[bytes]:
    held = 0
    while body.startswith(b"\x1f\x8b"):
        decompressor = zlib.decompressobj(_GZIP)
        try:
            part = decompressor.decompress(body, MAX_LISTING_BYTES - held + 1)
        except zlib.error as error:
            raise ListingError(f"expected gzip data, they are damaged: {error}") from error
        held += len(part)
        if held > MAX_LISTING_BYTES:
            raise ListingError(f"expected at most {MAX_LISTING_BYTES} bytes after decompression, got more")
        yield part
        body = decompressor.unused_data
