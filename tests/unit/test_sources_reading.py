"""Listings are read in a guarded process: hostile ones end in time, and the next one is read."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tasks.guard import Bounds
from tasks.sources.listing import Fault, Listing
from tasks.sources.reading import ListingReader, Unread

if TYPE_CHECKING:
    from seeds.sources import Kind

LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefghi", "bcdefghij", strict=True)
)
ITEM = '<rss version="2.0"><channel><item><link>/a</link><description>'
HOSTILE = (
    f'<!DOCTYPE x [<!ENTITY a "ha">{LAUGHS}]>{ITEM}&j;</description></item></channel></rss>',
    ITEM + "<b>" * 50_000,
    f"{ITEM}{'word ' * 2_000_000}</description></item></channel></rss>",
    "<!DOCTYPE x [" + "<!ENTITY " * 100_000,
)


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_hostile_listings_end_in_time(kind: Kind) -> None:
    """Each is read, or refused, within half a minute."""
    reader = ListingReader(Bounds(seconds=5, memory=1_000_000_000))
    for text in HOSTILE:
        start = time.monotonic()
        outcome = reader.read(Unread(kind, text.encode(), "http://e.org/", "application/xml"))
        assert isinstance(outcome, Listing) or outcome.reason in {"bad_listing", "too_slow"}
        assert time.monotonic() - start < 30
    good = f"{ITEM}x</description></item></channel></rss>".encode()
    assert isinstance(reader.read(Unread(kind, good, "http://e.org/", None)), Listing)
    assert isinstance(reader.read(Unread(kind, b"nothing", "http://e.org/", None)), Fault)
