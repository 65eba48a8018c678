"""Lists of addresses as plain text: one a line; empty lines and lines that begin with `#` are skipped."""

from __future__ import annotations

from tasks.sources.listing import Entry, Listing, collect, gunzip


def parse_url_list(body: bytes, base: str) -> Listing:
    """Return the links of a list; a line that is no address becomes a fault. ListingError as from `gunzip`."""
    lines = (line.strip() for line in gunzip(body).decode("utf-8-sig", "replace").splitlines())
    return collect((Entry(line) for line in lines if line and not line.startswith("#")), base)
