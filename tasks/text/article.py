"""START HERE: from one raw record to an article, or to the reason why it is none.

Belongs here: the order of steps, and which evidence wins: a record's own fields, then the page's data, then the text.
Does not belong here: how any of it is read (see the other modules of this folder).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tasks.text.address import page_address
from tasks.text.author import page_author
from tasks.text.characters import tidy_characters
from tasks.text.encoding import decode
from tasks.text.fields import Fields, read_fields
from tasks.text.frame import Frame, find_frame
from tasks.text.language import ENGLISH, language_of
from tasks.text.markup import Page, article_text, parse_page
from tasks.text.paragraphs import join_paragraphs
from tasks.text.published import address_time, dateline_time, listing_time, page_time, stamp_time, visible_time
from tasks.text.records import MAX_ARTICLE, CleanArticle, Published, Rejected, UnfitError
from tasks.text.title import page_title

if TYPE_CHECKING:
    from tasks.sources.records import RawRecord

__all__ = ["CleanArticle", "Published", "Rejected", "read_article"]

_MAX_DETAIL = 300
_MAX_WORD = 5_000
"""Characters: longer runs are data, and the time that it takes to read one grows with the square of its length."""
_LEAST_WORDS = 7
"""Words of the longest paragraph that an article must have: menus and consent forms have shorter lines."""


@dataclass(frozen=True, slots=True)
class _Story:
    """A cleaned text and what is known of it from outside the text; `page` is None for plain text."""

    text: str
    encoding: str
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: Published | None = None
    page: Page | None = None


def read_article(record: RawRecord) -> CleanArticle | Rejected:
    """Return the article in a record, or its rejection. Never raises, whatever the bytes are."""
    url = record.url
    try:
        content = _content(record)
        fields = read_fields(content) if record.media_type == "application/json" else None
        url = fields.url if fields else url
        story = _story(record, content, fields)
        url = story.url or record.url
        return _article(replace(story, url=url, published=story.published or listing_time(record.published)))
    except UnfitError as unfit:
        return Rejected(unfit.reason, unfit.detail, url)
    except Exception as error:  # noqa: BLE001 - hostile input finds the gaps of every parser; one record must not end a run
        return Rejected("parse_failed", f"{type(error).__name__}: {error}"[:_MAX_DETAIL], url)


def _content(record: RawRecord) -> bytes:
    if record.problem or record.content is None:
        raise UnfitError(record.problem or "unreadable", record.detail)
    if not record.content.strip():
        raise UnfitError("empty", "expected text, got no bytes, or white space only")
    return record.content


def _story(record: RawRecord, content: bytes, fields: Fields | None) -> _Story:
    if fields is not None:
        return _record_story(fields)
    decoded = decode(content, declared=record.media_type == "text/html")
    if record.media_type == "text/html":
        return _page_story(decoded.text, decoded.encoding)
    return _Story(_plain(decoded.text), decoded.encoding)


def _record_story(fields: Fields) -> _Story:
    """Return the story of a JSONL record; what its fields say wins over what its page says."""
    if fields.html is None:
        text = _plain(fields.text or "")
        return _Story(text, fields.encoding, fields.url, fields.title, fields.author, fields.published)
    story = _page_story(fields.html, fields.encoding, fields.url)
    return _Story(
        text=story.text,
        encoding=story.encoding,
        url=story.url,
        title=fields.title or story.title,
        author=fields.author or story.author,
        published=fields.published or story.published,
        page=story.page,
    )


def _page_story(html: str, encoding: str, url: str | None = None) -> _Story:
    page = parse_page(html)
    text = _bounded(article_text(page))
    wordless = all(len(line.split()) < _LEAST_WORDS for line in text.splitlines())
    if wordless and (text.isascii() or language_of(text) == ENGLISH):  # some scripts write no spaces
        found = f"only lines such as {text[:60]!r}" if text else "no text"
        raise UnfitError("no_text", f"expected an article, found no running text in the page, {found}")
    url = url or page_address(page)
    return _Story(text, encoding, url, page_title(page, url), page_author(page), page_time(page), page)


def _plain(text: str) -> str:
    """Return plain text in paragraphs."""
    if len(text) > MAX_ARTICLE:
        _bounded(" ".join(text.split()))
    text = join_paragraphs(tidy_characters(text))
    if not text:
        raise UnfitError("empty", "expected text, got white space and control characters only")
    return _bounded(text)


def _bounded(text: str) -> str:
    if len(text) > MAX_ARTICLE:
        raise UnfitError("too_long", f"expected at most {MAX_ARTICLE} characters, got {len(text)}; split the file")
    if any(len(word) > _MAX_WORD for word in text.split()):
        raise UnfitError("parse_failed", f"expected words, found over {_MAX_WORD} characters without a space")
    return text


def _article(story: _Story) -> CleanArticle:
    frame = find_frame(story.text, story.title)
    start, end = frame.title or (None, None)
    return CleanArticle(
        url=story.url,
        title=story.title or (story.text[start:end] if frame.title else None),
        author=story.author or frame.byline,
        language=language_of(story.text),
        published=story.published or _published(story, frame),
        dateline=frame.dateline.place if frame.dateline else None,
        encoding=story.encoding,
        text=story.text,
        title_start=start,
        title_end=end,
        body_start=frame.body[0],
        body_end=frame.body[1],
    )


def _published(story: _Story, frame: Frame) -> Published | None:
    """Return the time of publication where neither record nor page states it."""
    return (
        address_time(story.url)
        or stamp_time(frame.stamps)
        or dateline_time(frame.dateline, story.url)
        or (visible_time(story.page) if story.page else None)
    )
