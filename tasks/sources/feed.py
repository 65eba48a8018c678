"""RSS and Atom feeds of all versions, read by feedparser as leniently as feed readers do.

Belongs here: which of an entry's addresses, ids and dates count. It is to be called in a process with limits
(`reading.py`), because a feed that is made to be slow can be.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax import SAXException

import feedparser

from tasks.sources.listing import Entry, Fault, Listing, ListingError, collect, gunzip

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDINGS = (b"</rss>", b"</feed>", b"</rdf>", b"</rdf:rdf>", b"</channel>")
_TAIL = 400
"""Bytes from the end of a feed in which it closes its outermost element; a comment may follow."""


def parse_feed(body: bytes, url: str, content_type: str | None = None) -> Listing:
    """Return the links of a feed; `url` is where it was found, `content_type` the HTTP header.

    Raises:
        ListingError: the bytes are no feed.
    """
    # Without an address of its own feedparser leaves relative links and ids as they are; `collect` resolves the links.
    headers = {"content-type": content_type or "application/xml"}
    feed = feedparser.parse(
        BytesIO(gunzip(body)), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    entries = feed.get("entries") or []
    if not feed.get("version") and not entries:
        raise ListingError(f"expected an RSS or Atom feed, got {_looks_like(body)}")
    if _is_cut(feed, body):
        fault = Fault("bad_listing", f"the feed is cut off in its entry {len(entries)}")
        return collect(map(_entry, entries[:-1]), url, [fault])
    return collect(map(_entry, entries), url)


def _entry(entry: Any) -> Entry:  # noqa: ANN401 - feedparser has no types
    published = _word(entry, "published") or _word(entry, "created")
    return Entry(
        address=next(_addresses(entry), None),
        record_id=_word(entry, "id"),
        published=published,
        modified=_word(entry, "updated") or published,
    )


def _addresses(entry: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the addresses of an entry, the likeliest page first: the original of a proxied link, then the link."""
    yield from filter(None, (_word(entry, "feedburner_origlink"), _word(entry, "link")))
    links = dict.get(entry, "links") or ()
    yield from (link["href"] for link in links if link.get("rel") == "alternate" and link.get("href"))
    if (identity := _word(entry, "id")) and identity.startswith(("http://", "https://")):
        yield identity


def _word(entry: Any, name: str) -> str | None:  # noqa: ANN401
    """Return a string of an entry; past feedparser's own look-up, which takes one date for another."""
    value = dict.get(entry, name)
    return value if isinstance(value, str) and value.strip() else None


def _is_cut(feed: Any, body: bytes) -> bool:  # noqa: ANN401
    """Say whether a feed ends before its end; other mistakes in it cost no entry."""
    broken = isinstance(feed.get("bozo_exception"), SAXException)
    return broken and not any(ending in body[-_TAIL:].lower() for ending in _ENDINGS)


def _looks_like(body: bytes) -> str:
    head = body[:1000].lstrip().lower()
    if not head:
        return "no bytes"
    if b"<html" in head or head.startswith(b"<!doctype html"):
        return "an HTML page"
    return f"something that begins with {bytes(head[:40])!r}"
