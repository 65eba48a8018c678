"""Golden pages: whole pages with what a careful reader takes from them, one pair of files per kind of page.

To add one, write `pages/<name>.html` by hand and `pages/<name>.json` with the fields below; `text` is one paragraph a
line.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tasks.sources.disk import read
from tasks.sources.limits import Limits
from tasks.text.article import CleanArticle, read_article

_PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def _fields(article: CleanArticle) -> dict[str, Any]:
    published = article.published
    text = article.text
    return {
        "url": article.url,
        "title": article.title,
        "author": article.author,
        "published_at": published and published.at.isoformat(),
        "published_on": published and published.on.isoformat(),
        "published_origin": published and published.origin,
        "dateline": article.dateline,
        "encoding": article.encoding,
        "title_in_text": None if article.title_start is None else text[article.title_start : article.title_end],
        "body_starts": text[article.body_start : article.body_start + 20],
        "body_ends": text[article.body_start : article.body_end][-20:],
        "text": text.split("\n"),
    }


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem)
def test_page(page: Path) -> None:
    """Every field of the article is as written down beside the page."""
    (record,) = read([page], Limits())
    article = read_article(record)
    assert isinstance(article, CleanArticle), article
    assert _fields(article) == json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))


def test_there_are_pages() -> None:
    """The test above is not empty because the pages moved."""
    assert len(_PAGES) >= 6
