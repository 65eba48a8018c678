"""How much of one record an adapter reads.

Belongs here: the limits that every adapter shares. Adapters hold no more than one record in memory at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_RECORD_BYTES = 20_000_000
"""Far above any article or page, and small enough that a few of them fit into memory at once."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on untrusted input.

    Attributes:
        record_bytes: largest record that is kept, in bytes; a longer one becomes an `oversized` record without bytes.
    """

    record_bytes: int = DEFAULT_RECORD_BYTES

    def __post_init__(self) -> None:
        """Refuse a limit under which nothing could be read."""
        if self.record_bytes < 1:
            raise ValueError(f"record_bytes: expected 1 or more, got {self.record_bytes}; the default is 20000000")
