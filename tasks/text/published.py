"""When an article was published: which of its dates that is, in the order in which they can be trusted.

Belongs here: choosing. Does not belong here: reading a written date (see `dates.py`). There is no clock here: a date
counts where it is a possible one at all.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from htmldate import find_date
from lxml import etree  # type: ignore[import-untyped]

from tasks.text.address import address_day, address_year
from tasks.text.dates import find_stamp, midnight
from tasks.text.records import Published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement  # type: ignore[import-untyped]

    from tasks.text.dateline import Dateline
    from tasks.text.markup import Page

_DATA = ("datePublished", "dateCreated", "uploadDate")
_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "article:published",
    "published_time",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "dc.created",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "originalpublicationdate",
    "rnews:datepublished",
    "bt:pubdate",
    "displaydate",
    "ptime",
    "citation_publication_date",
    "citation_date",
    "datecreated",
    "date",
)
_TIMES = (
    ".//*[@itemprop='datePublished']",
    ".//time[@pubdate]",
    ".//time[contains(@class, 'publish') or contains(@class, 'entry-date') or contains(@class, 'post-date')]",
    ".//article//time[@datetime]",
    ".//time[@datetime]",
)
_EARLIEST, _LATEST = "1980-01-01", "2099-12-31"
_SEARCH_ELEMENTS, _SEARCH_BYTES = 5_000, 1_000_000
"""Largest page of which every word is searched for a date: this is the slowest step of all."""

_MAX_RAW = 200
_MAX_LINE = 120
_DATE_MARKS = re.compile(r"date|time|publi|posted|stamp|byline|created|written", re.IGNORECASE)
"""In the class, id or itemprop of an element that may hold the time of publication."""


def record_time(value: object) -> Published | None:
    """Return the time in a record's own field: an ISO 8601 date or date-time, or RFC 2822; None for anything else."""
    return _read([value], "record")


def listing_time(value: str | None) -> Published | None:
    """Return the time that a feed, sitemap or list gives a page, or None."""
    return _read([value], "listing")


def page_time(page: Page) -> Published | None:
    """Return the time that a page states in its structured data, meta tags or time elements, or None.

    The first of these counts, unless the others agree on another moment: site software often labels the same local
    time with different zones.
    """
    items = (page.article, *page.data)
    linked = (item.get(name) for item in items for name in _DATA)
    meta = (page.meta_value(name) for name in _META)
    readings = (_read(linked, "json-ld"), _read(meta, "meta"), _read(_time_elements(page.tree), "time"))
    found = [time for time in readings if time]
    votes = Counter(time.at for time in found if time.at != midnight(time.on))
    return max(found, key=lambda time: votes[time.at] if votes[time.at] > 1 else 0, default=None)


def address_time(url: str | None) -> Published | None:
    """Return the day in the address of an article, or None."""
    found = address_day(url)
    return Published(midnight(found[0]), found[0], "url", found[1]) if found else None


def stamp_time(stamps: Iterable[str]) -> Published | None:
    """Return the time in a line such as `Updated 31 May 2018`; a line that says `published` counts before others."""
    return _read(sorted(stamps, key=lambda stamp: "updated" in stamp.lower() or "modified" in stamp.lower()), "text")


def dateline_time(dateline: Dateline | None, url: str | None) -> Published | None:
    """Return the day of a dateline, in the year of the address where it states none; None where that is unknown."""
    day = dateline.on(address_year(url)) if dateline else None
    return Published(midnight(day), day, "dateline", day.isoformat()) if day else None


def visible_time(page: Page) -> Published | None:
    """Return the day that the visible text of a page states as its own, or None.

    The first dated line below the headline counts before those above it; where no line says by its markup that it is
    one, all words are searched, which is slow.
    """
    return _read(_dated_lines(page.tree), "page") or _searched(page.tree)


def _dated_lines(tree: HtmlElement) -> list[str]:
    above: list[str] = []
    below: list[str] = []
    lines = above
    for element in tree.iter():
        if element.tag == "h1":
            lines = below
        marks = " ".join(filter(None, map(element.get, ("class", "id", "itemprop"))))
        if element.tag == "time" or _DATE_MARKS.search(marks):
            line = " ".join(element.text_content().split())
            if len(line) <= _MAX_LINE and find_stamp(line):
                lines.append(line)
    return below + above


def _searched(tree: HtmlElement) -> Published | None:
    if tree.xpath("count(//*)") > _SEARCH_ELEMENTS or len(etree.tostring(tree)) > _SEARCH_BYTES:
        return None
    day = find_date(tree, original_date=True, min_date=_EARLIEST, max_date=_LATEST)
    # A first of January is what a bare year becomes, such as that of a copyright line.
    return None if day is None or day.endswith("-01-01") else _read([day], "page")


def _read(values: Iterable[Any], origin: str) -> Published | None:
    for value in values:
        raw = value[:_MAX_RAW].strip() if isinstance(value, str) else ""
        if stamp := find_stamp(raw):
            return Published(stamp.at, stamp.on, origin, raw)
    return None


def _time_elements(tree: HtmlElement) -> Iterator[str]:
    for path in _TIMES:
        for element in tree.xpath(path)[:3]:
            yield element.get("datetime") or element.get("content") or element.text_content()[:_MAX_RAW]
