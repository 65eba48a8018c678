"""The title of a page, without the name of the site that printers of title tags add to it.

Belongs here: choosing among the places where a page states its title. The title of a plain text is found by `frame.py`.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tasks.text.characters import one_line

if TYPE_CHECKING:
    from tasks.text.markup import Page

_MAX_TITLE = 500
_SEPARATOR = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022\u00bb\u00ab:~-]+\s+|\s*\|\s*|\s*\u00bb\s*")
_MAX_SITE_WORDS = 5
_MIN_HEADING_WORDS = 3
"""Shorter headings are as often the name of a section."""
_META = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "headline", "title")


def page_title(page: Page, url: str | None) -> str | None:
    """Return the headline of a page, or None where it states none.

    What stands above the story as its only heading wins over what the page tells search engines and networks.
    """
    headings = [title for element in page.tree.iter("h1") if (title := clean_title(element.text_content()))]
    stated = [page.article.get("headline"), *(page.meta_value(name) for name in _META), page.article.get("name")]
    stated.append(next((element.text_content() for element in page.tree.iter("title")), None))
    sites = _site_names(page, url)
    titles = [without_site(title, sites, headings) for value in stated if (title := clean_title(value))]
    titles = [title for title in titles if _key(title) not in sites] or titles
    return _only_heading(headings, titles, sites) or next(iter((*titles, *headings)), None)


def _only_heading(headings: list[str], titles: list[str], sites: frozenset[str]) -> str | None:
    """Return the page's heading without what stands before the title in it, or None where it has none or several."""
    keys = {_key(heading) for heading in headings}
    if len(keys) != 1 or keys <= sites or len(headings[0].split()) < _MIN_HEADING_WORDS:
        return None
    return next((title for title in titles if _key(title) and keys.copy().pop().endswith(_key(title))), headings[0])


def clean_title(value: object) -> str | None:
    """Return a title on one line, or None for what is no string, empty, or longer than 500 characters."""
    return one_line(unescape(value), _MAX_TITLE) if isinstance(value, str) and len(value) <= 4 * _MAX_TITLE else None


def without_site(title: str, sites: frozenset[str], headings: list[str]) -> str:
    """Return a title without the site name before or after it.

    A part goes where it is one of the site's names (see `_site_names`), or where the rest is a heading of the page.
    """
    keys = {_key(heading) for heading in headings}
    for match in reversed(list(_SEPARATOR.finditer(title))):
        before, after = title[: match.start()], title[match.end() :]
        if _key(before) in keys or _is_site(after, sites):
            return without_site(before, sites, headings) if before else title
        if _key(after) in keys or _is_site(before, sites):
            return after or title
    return title


def _is_site(part: str, sites: frozenset[str]) -> bool:
    key = _key(part)
    return len(part.split()) <= _MAX_SITE_WORDS and len(key) > 1 and (key in sites or key.removeprefix("the") in sites)


def _site_names(page: Page, url: str | None) -> frozenset[str]:
    """Return what the site calls itself: its stated names, and its host name with and without the last label."""
    publisher = page.article.get("publisher")
    stated = [page.meta_value(name) for name in ("og:site_name", "application-name", "twitter:site", "al:ios:app_name")]
    stated.append(publisher.get("name") if isinstance(publisher, dict) else None)
    names = {_key(name) for name in stated if isinstance(name, str)}
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    labels = host.split(".")
    names |= {_key(host), _key(".".join(labels[:-1])), _key(labels[-2]) if len(labels) > 1 else ""}
    return frozenset(names | {name.removeprefix("the") for name in names}) - {""}


def _key(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
