"""Who wrote an article: what the page's data say, else its byline.

Belongs here: reading and cleaning names of authors. Does not belong here: where a byline stands (see `frame.py`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tasks.text.characters import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tasks.text.markup import Page

_MAX_AUTHOR = 200
_META = (
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byline",
)
_MARKED = ".//*[@itemprop='author' or @rel='author' or contains(concat(' ', @class, ' '), ' byline ')]"
_LEAD = re.compile(r"^(?:(?:written|reported|posted|story)\s+)?by:?\s+", re.IGNORECASE)
_NOISE = re.compile(r"https?://\S+|\S+@\S+|@\w+", re.IGNORECASE)
_NO_NAME = re.compile(
    r"^(?:admin|administrator|editor|staff|unknown|none|null|n/a|guest|author|www\..*)$", re.IGNORECASE
)
_NAME = r"(?:[dDoO]['\u2019])?[A-Z\u00c0-\u00de][\w.'\u2019-]*"
_BYLINE = re.compile(
    rf"(?:By|BY)\s+(?P<names>{_NAME}(?:,?\s+(?:(?:and|AND|de|van|von|bin|al|el|of|in|for)\s+)?{_NAME}){{0,11}})\s*[|,.]?"
)
_PERSON = re.compile(rf"{_NAME}(?:\s(?:(?:de|van|von|bin|al|el)\s)?{_NAME}){{1,3}}")
_MAX_BYLINE = 120


def page_author(page: Page) -> str | None:
    """Return the authors that a page names, separated by commas, or None."""
    stated = (*_linked(page), *(page.meta_value(name) for name in _META))
    return _first(stated) or _first(_visible(page))


def _first(values: Iterable[str | None]) -> str | None:
    return next((author for value in values if (author := clean_author(value))), None)


def clean_author(value: str | None) -> str | None:
    """Return a name without `By`, addresses and handles; None for what names nobody."""
    line = one_line(_NOISE.sub(" ", value[: 4 * _MAX_AUTHOR]) if value else None, _MAX_AUTHOR)
    name = _LEAD.sub("", line).strip(" ,;|-\u2013\u2014") if line else ""
    return name if any(map(str.isalpha, name)) and not _NO_NAME.match(name) else None


def read_byline(line: str) -> str | None:
    """Return the names in a line that is nothing but a byline, such as `By Ann Roe and Bo Li`, or None."""
    match = _BYLINE.fullmatch(line) if len(line) <= _MAX_BYLINE else None
    return clean_author(match["names"]) if match else None


def is_name(line: str) -> bool:
    """Say whether a line is two to four words that may be a person's name, such as `Ann de Roe`."""
    return len(line) <= _MAX_BYLINE and not line.isupper() and _PERSON.fullmatch(line) is not None


def _linked(page: Page) -> list[str]:
    """Return the authors of the article's structured data, as one string in a list, or an empty list."""
    value = page.article.get("author") or page.article.get("creator")
    names = [name for item in (value if isinstance(value, list) else [value]) if (name := _name(item))]
    return [", ".join(dict.fromkeys(names))] if names else []


def _name(item: Any) -> str | None:  # noqa: ANN401 - structured data hold anything
    name = item.get("name") if isinstance(item, dict) else item
    return clean_author(name) if isinstance(name, str) else None


def _visible(page: Page) -> list[str]:
    return [element.text_content()[: 4 * _MAX_AUTHOR] for element in page.tree.xpath(_MARKED)[:5]]
