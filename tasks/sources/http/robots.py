"""What a site's robots.txt allows, read by Protego.

Belongs here: the rules of one site for one reader, and what an answer in place of rules means (RFC 9309, 2.3.1).
Does not belong here: fetching them (see `client`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

MAX_ROBOTS = 512_000
"""How many characters of a robots.txt are read; the standard asks for 500 KiB at least."""

_USER_AGENT_LINE = re.compile(r"\s*user[ -]?agent(?:\s*:|\s|$)\s*(?P<token>\*|[a-z_-]*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[A-Za-z_-]+")
_OK, _TOO_MANY, _SERVER_ERRORS = 200, 429, 500


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows one reader.

    Attributes:
        parsed: the rules; None where there are none, and everything is allowed.
        agent: the reader's name in them.
        fault: status of the answer that stood in the way of rules, so that nothing is allowed; None where none did.
    """

    parsed: Protego | None
    agent: str
    fault: int | None = None

    def allows(self, url: str) -> bool:
        """Say whether an address of the site may be fetched."""
        return self.fault is None and (self.parsed is None or self.parsed.can_fetch(url, self.agent))

    @property
    def crawl_delay(self) -> float:
        """Seconds that the site wants between two requests; 0 where it does not say."""
        delay = self.parsed.crawl_delay(self.agent) if self.parsed is not None else None
        return max(0.0, delay or 0.0)


def rules_of(status: int, body: bytes, user_agent: str) -> Rules:
    """Return the rules that an answer to robots.txt stands for.

    A file that is not there (4xx) allows everything, a server at fault (5xx) nothing. Too many requests (429) is
    among the 4xx, after which a reader may, but need not go on: we do not.
    """
    agent = product(user_agent)
    if status == _OK:
        return Rules(Protego.parse(_ours(body.decode("utf-8-sig", "replace")[:MAX_ROBOTS], agent)), agent)
    return Rules(None, agent, fault=status if status == _TOO_MANY or status >= _SERVER_ERRORS else None)


def product(user_agent: str) -> str:
    """Return the name under which a user agent looks up its rules: `dateline` of `Dateline/0.2 (+https://...)`."""
    found = _PRODUCT.match(user_agent)
    return found.group().lower() if found else ""


def _ours(text: str, agent: str) -> str:
    """Write all groups for other readers under one name, so that a file of many names costs no time and memory."""
    return "\n".join(_line(line, agent) for line in text.splitlines())


def _line(line: str, agent: str) -> str:
    found = _USER_AGENT_LINE.match(line)
    if not found:
        return line
    token = found["token"].lower()
    return f"User-agent: {token if token in {agent, '*'} else 'another'}"
