"""Sitemaps, news sitemaps and sitemap indexes; plain lists of addresses and feeds too, as the protocol allows them.

Belongs here: which of an element's parts count. XML entities are never resolved and nothing is fetched; it is to be
called in a process with limits (`reading.py`) all the same.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]

from tasks.sources.feed import parse_feed
from tasks.sources.listing import Entry, Fault, Listing, ListingError, collect, gunzip
from tasks.sources.url_list import parse_url_list

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
_TAIL = 400
"""Bytes from the end of a sitemap in which it closes its outermost element; a comment may follow."""

_FEEDS = frozenset({"rss", "feed", "rdf"})


def parse_sitemap(body: bytes, url: str, content_type: str | None = None) -> Listing:
    """Return the links of a sitemap, or of whatever a site serves in its place; arguments as for `parse_feed`.

    The pages that changed last come first, since a night's budget may not reach the end.

    Raises:
        ListingError: the bytes are no sitemap, feed or list of addresses.
    """
    content = gunzip(body)
    root = _root(content)
    if root in _FEEDS:
        return parse_feed(content, url, content_type)
    if root is None and content.lstrip()[:4].lower() == b"http":
        return parse_url_list(content, url)
    if root not in _ROOTS:
        raise ListingError(f"expected a sitemap, got {f'an element <{root}>' if root else 'no XML'}")
    entries = list(_entries(content, _ROOTS[root]))
    faults = []
    if _is_cut(content, root):
        faults.append(Fault("bad_listing", f"the sitemap is cut off in its entry {len(entries)}"))
        entries = entries[:-1]
    return collect(sorted(entries, key=lambda entry: entry.modified or "", reverse=True), url, faults)


def _root(content: bytes) -> str | None:
    """Return the local name of the outermost element, in lower case; None where there is none."""
    for _, element in _events(content, ("start",)):
        return _local(element)
    return None


def _events(content: bytes, events: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    parsing = etree.iterparse(
        BytesIO(content), events, recover=True, resolve_entities=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        yield from parsing
    except etree.XMLSyntaxError:  # what came before it has been told
        return


def _entries(content: bytes, wanted: str) -> Iterator[Entry]:
    for _, element in _events(content, ("end",)):
        if _local(element) == wanted:
            yield _entry(element, is_listing=wanted == "sitemap")
            element.clear()
            while element.getprevious() is not None:  # or the tree would grow with the file
                del element.getparent()[0]


def _entry(element: etree._Element, *, is_listing: bool) -> Entry:
    parts: dict[str, str] = {}
    for part in element.iter():
        if isinstance(part.tag, str) and part.text:
            parts.setdefault(_local(part), part.text)
    published = parts.get("publication_date")
    return Entry(
        address=parts.get("loc"),
        published=published,
        modified=parts.get("lastmod") or published,
        language=parts.get("language"),
        is_listing=is_listing,
    )


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _is_cut(content: bytes, root: str) -> bool:
    """Say whether a sitemap ends before its outermost element does."""
    name = root.encode()
    closed = re.search(rb"</(?:[\w.-]+:)?" + name + rb"\s*>", content[-_TAIL:].lower())
    return closed is None and re.search(rb"<(?:[\w.-]+:)?" + name + rb"\b[^<>]{0,2000}/>", content.lower()) is None
