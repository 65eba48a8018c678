"""The address of an article: the canonical one that a page names, and what addresses say about dates.

Belongs here: checking and reading URLs. Nothing is fetched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.text.dates import calendar_day, month_number

if TYPE_CHECKING:
    import datetime as dt

    from tasks.text.markup import Page

_MAX_URL = 2000
_DAY = re.compile(
    r"[/_=-](?P<year>(?:19|20)\d\d)(?P<mark>[/_-])(?P<month>\d\d?|[a-z]{3})(?P=mark)(?P<day>\d\d?)(?=[/_.?&-]|$)",
    re.IGNORECASE,
)
_COMPACT_DAY = re.compile(r"[/_=-](?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=[/_.?&-]|$)")
_YEAR = re.compile(r"/((?:19|20)\d\d)(?:/|-\d\d)")


def web_address(value: object) -> str | None:
    """Return an http or https address with a host, as written, or None for anything else."""
    if not isinstance(value, str) or len(value) > _MAX_URL:
        return None
    url = value.strip()
    if not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def page_address(page: Page) -> str | None:
    """Return the address that a page states for itself: canonical link, og:url, or that of its structured data."""
    canonical = [link.get("href") for link in page.tree.xpath(".//link[@rel='canonical'][@href]")[:3]]
    values = (*canonical, page.meta_value("og:url"), page.article.get("url"), page.meta_value("twitter:url"))
    return next((url for value in values if (url := web_address(value))), None)


def address_day(url: str | None) -> tuple[dt.date, str] | None:
    """Return the day in an address such as `/2018/05/31/` and the words that state it, or None."""
    for pattern in (_DAY, _COMPACT_DAY):
        for match in pattern.finditer(url or ""):
            if day := _day(match):
                return day, match[0][1:]
    return None


def address_year(url: str | None) -> int | None:
    """Return the year in the path of an address such as `/2018/05/`, or None."""
    match = _YEAR.search(url or "")
    return int(match[1]) if match else None


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        month = int(match["month"]) if match["month"].isdecimal() else month_number(match["month"])
    except ValueError:
        return None
    return calendar_day(int(match["year"]), month, int(match["day"]))
