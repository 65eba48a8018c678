"""Reading listings that nobody vouches for: in a guarded process, one after another.

Belongs here: which parser reads a listing, and what is said where it found no listing, took too long or failed.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from tasks.guard import Bounds, Ended, Guard
from tasks.sources.feed import parse_feed
from tasks.sources.gdelt import parse_gdelt
from tasks.sources.listing import Fault, Listing, ListingError
from tasks.sources.sitemap import parse_sitemap

if TYPE_CHECKING:
    from seeds.sources import Kind

BOUNDS = Bounds(seconds=15, memory=1_000_000_000)


@dataclass(frozen=True, slots=True)
class Unread:
    """The bytes of a listing, the kind of its source, where it was found, and its Content-Type header."""

    kind: Kind
    body: bytes
    url: str
    content_type: str | None


def read_listing(unread: Unread) -> Listing | Fault:
    """Return what a listing names, or why it is none; never raises, whatever the bytes are."""
    try:
        if unread.kind == "feed":
            return parse_feed(unread.body, unread.url, unread.content_type)
        if unread.kind == "sitemap":
            return parse_sitemap(unread.body, unread.url, unread.content_type)
        return parse_gdelt(unread.body, unread.url)
    except ListingError as error:
        return Fault("bad_listing", str(error))
    except Exception as error:  # noqa: BLE001 - hostile input finds the gaps of every parser
        return Fault("bad_listing", f"{type(error).__name__}: {error}"[:300])


class ListingReader:
    """A guarded process that reads listings; for several threads at once, which take turns."""

    def __init__(self, bounds: Bounds = BOUNDS) -> None:
        """Set what one listing may take; the process starts with the first."""
        self._guard = Guard("tasks.sources.reading", "read_listing", bounds)
        self._lock = Lock()

    def read(self, unread: Unread) -> Listing | Fault:
        """Return what a listing names, or why nothing could be read."""
        with self._lock:
            outcome: Listing | Fault | Ended = self._guard.call(unread)
        if isinstance(outcome, Ended):
            return Fault("too_slow" if outcome.slow else "bad_listing", outcome.how)
        return outcome
