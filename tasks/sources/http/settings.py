"""How politely and within which bounds one source is fetched in one night.

Belongs here: the settings of a client and what they may be. Does not belong here: what keeps them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from tasks.sources.limits import DEFAULT_RECORD_BYTES

_USER_AGENT = re.compile(r"[A-Za-z_-]+(/[!-~]+)?( [ -~]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSettings:
    """Settings of one client; the defaults suit a news site that knows nothing of us.

    Attributes:
        user_agent: who is asking, such as `Dateline/0.2 (+https://example.org/contact)`. What stands before the
            slash is the name that robots.txt rules are looked up under.
        delay_seconds: from the start of one request to a host to the start of the next; robots.txt may ask for more.
        concurrency: how many requests one host gets at once.
        max_wait_seconds: longest wait for a host that is resting (Retry-After, crawl delay, back-off); one that
            wants longer is left alone, and what was asked of it is `deferred`.
        retries: how often a passing fault (no answer, 429, 5xx) is tried again before it is told.
        backoff_seconds: rest after a host's first fault in a row; it doubles with each further one.
        budget_requests: how many requests the source has in all, robots.txt, redirects and repeated tries included.
        budget_seconds: how long the source may take in all, from its first request, waiting included.
        max_wire_bytes: most bytes read for one `get`: headers, robots.txt, redirects and repeated tries included.
        max_decoded_bytes: most bytes of one body after decompression.
        max_ratio: most decompressed bytes for each byte received; bodies of up to 1 MB are spared.
        deadline_seconds: longest time on the wire for one `get`, redirects and repeated tries included; polite
            waiting does not count.
        connect_timeout: longest time for one connection to come about, its name look-up and TLS included.
        max_redirects: how many redirects one `get` follows.
        allowed_loopback_ports: ports at which 127.0.0.1, ::1 and names for them may be asked; for tests only.
    """

    user_agent: str
    delay_seconds: float = 1.0
    concurrency: int = 1
    max_wait_seconds: float = 30.0
    retries: int = 2
    backoff_seconds: float = 1.0
    budget_requests: int = 2_000
    budget_seconds: float = 3_600.0
    max_wire_bytes: int = 10_000_000
    max_decoded_bytes: int = DEFAULT_RECORD_BYTES
    max_ratio: float = 100.0
    deadline_seconds: float = 20.0
    connect_timeout: float = 5.0
    max_redirects: int = 5
    allowed_loopback_ports: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Refuse settings under which nothing could be fetched, or nobody could tell who asks."""
        if not _USER_AGENT.fullmatch(self.user_agent):
            raise ValueError(
                f"user_agent: expected a name of letters, a slash and a version, then plain words, got "
                f"{self.user_agent!r}; for example 'Dateline/0.2 (+https://example.org/contact)'"
            )
        for name in (field.name for field in fields(self) if field.type in {"int", "float"}):
            least = 0 if name in _MAY_BE_ZERO else 1 if isinstance(getattr(self, name), int) else 0.001
            if not getattr(self, name) >= least:
                raise ValueError(f"{name}: expected {least} or more, got {getattr(self, name)}")


_MAY_BE_ZERO = frozenset({"delay_seconds", "max_wait_seconds", "retries", "backoff_seconds", "max_redirects"})
