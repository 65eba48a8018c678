"""A page taken apart: its tree, meta tags and structured data, and the article text in it.

Belongs here: everything that reads HTML as such. Does not belong here: what its evidence means (see `title.py`,
`author.py`, `published.py`, `address.py`).
"""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from copy import copy
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, document_fromstring  # type: ignore[import-untyped]
from trafilatura import bare_extraction

from tasks.text.characters import tidy_characters
from tasks.text.furniture import drop_furniture, story_lines
from tasks.text.records import UnfitError

if TYPE_CHECKING:
    from collections.abc import Iterator

# A page without text is a rejection here, not an error worth a line in the log.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

MAX_ELEMENTS = 30_000
MAX_DEPTH = 250
"""News pages have some thousand elements, a few dozen deep; extraction time grows faster than either, and the parser
gives up at 256 levels."""

MAX_PAGE = 2_000_000
"""Characters of text on a page, all that stands around the article included."""

_ENOUGH = 250
"""Characters of text below which the slower extraction is tried too."""

_NEVER_STORY = ("aside", "footer", "link", "meta")
"""What extraction leaves out too, but only after it has looked at each of them many times."""

_LONG_PARAGRAPH = 80
_MIN_PARAGRAPHS = 3
_MAX_DATA = 1_000_000
_MAX_NESTING = 6
_ARTICLE = re.compile(r"(?:Article|BlogPosting|SocialMediaPosting|Report)$")
_BROKEN_DATA = re.compile(r'"(headline|datePublished|dateCreated|uploadDate)"\s*:\s*"((?:[^"\\\n]|\\.){1,500})"')
_PREFORMATTED = re.compile(r"(</?pre\b)", re.IGNORECASE)
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")
_LARGE = 500_000
_MAX_NAME = 1_000
_LONG_NAMES = etree.XPath(f"//*[string-length(@class) > {_MAX_NAME} or string-length(@id) > {_MAX_NAME}]")
_TABLE_ROW = re.compile(r"\|(.*)\|")
_TABLE_RULE = re.compile(r"\|?(?:-+\|)+")
_LIST_MARK = re.compile(r"^[-\u2022*]\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """One parsed page.

    Attributes:
        tree: the root element; nobody changes it.
        meta: name, property or itemprop of each meta tag, in lower case, and the first value that is not empty.
        data: the objects of its structured data (JSON-LD), outermost first.
    """

    tree: HtmlElement
    meta: dict[str, str]
    data: tuple[dict[str, Any], ...]

    @property
    def article(self) -> dict[str, Any]:
        """The structured data of the article itself; empty where there are none."""
        return next((item for item in self.data if _is_article(item)), {})

    def meta_value(self, name: str) -> str | None:
        """Return the value of a meta tag, or None."""
        return self.meta.get(name)


def parse_page(html: str) -> Page:
    """Return the page in a string.

    Raises:
        UnfitError: `no_text` where there is no element at all, `parse_failed` where there are too many of them,
            `too_long` where there is far more text than an article can have.
    """
    try:
        tree = document_fromstring(_join_source_lines(html).encode("utf-8", "replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnfitError("no_text", f"expected a page, got no element: {error}") from error
    _refuse_giant(tree)
    if len(html) > _LARGE:
        _shorten_names(tree)
    drop_furniture(tree)
    meta, data = _meta(tree), tuple(_data(tree))
    _refuse_book(tree)
    _join_parts(tree)
    return Page(tree, meta, data)


def _parser() -> etree.HTMLParser:
    """Return a parser that drops no long text, and asks Python for no element what it is: a tenth of all time."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    return parser


def article_text(page: Page) -> str:
    """Return the article text of a page, its paragraphs separated by line feeds; empty where there is none."""
    text = _extract(page, fast=True)
    if len(text) < _ENOUGH:
        text = max(text, _extract(page, fast=False), key=len)
    lines = (" ".join(line.split()) for line in _LIST_MARK.sub("", tidy_characters(text)).split("\n"))
    return "\n".join(story_lines([_table_row(line) for line in lines if line and not _TABLE_RULE.fullmatch(line)]))


def _table_row(line: str) -> str:
    """Return a line, its cells separated by semicolons where it is the row of a table."""
    row = _TABLE_ROW.fullmatch(line)
    return "; ".join(filter(None, map(str.strip, row[1].split("|")))).replace("\\", "") if row else line


def _extract(page: Page, *, fast: bool) -> str:
    tree = copy(page.tree)
    etree.strip_elements(tree, *_NEVER_STORY, with_tail=False)
    # Comments are other people's texts.
    document = bare_extraction(tree, fast=fast, include_comments=False)
    return getattr(document, "text", None) or ""


def _refuse_giant(tree: HtmlElement) -> None:
    if tree.xpath("count(//*)") > MAX_ELEMENTS or _TOO_DEEP(tree):
        expected = f"at most {MAX_ELEMENTS} elements, {MAX_DEPTH} deep"
        raise UnfitError("parse_failed", f"expected a page of {expected}, got more")


def _refuse_book(tree: HtmlElement) -> None:
    length = len(tree.text_content())
    if length > MAX_PAGE:
        raise UnfitError("too_long", f"expected a page of at most {MAX_PAGE} characters of text, got {length}")


def _shorten_names(tree: HtmlElement) -> None:
    """Cut off absurd classes and ids, of which every pattern that is looked for in them would take its time."""
    for element in _LONG_NAMES(tree):
        for name in ("class", "id"):
            if value := element.get(name):
                element.set(name, value[:_MAX_NAME])


def _join_source_lines(html: str) -> str:
    """Make line ends of the source the spaces that they mean, so that only elements part paragraphs."""
    parts = _PREFORMATTED.split(html)
    for index in range(0, len(parts), 2):
        if index == 0 or parts[index - 1].startswith("</"):
            parts[index] = parts[index].replace("\n", " ")
    return "".join(parts)


def _join_parts(tree: HtmlElement) -> None:
    """Put the parts of an article into its first part, where advertisements part it: extraction keeps one of them.

    Parts are elements of one article, at the same depth and of the same class, each with several long paragraphs and
    no heading of its own.
    """
    first: dict[tuple[object, ...], HtmlElement] = {}
    for element in _paragraph_parents(tree):
        article = next(element.iterancestors("article"), None)
        if article is None or not element.get("class") or element.find(".//h1") is not None:
            continue
        depth = sum(1 for _ in element.iterancestors())
        target = first.setdefault((article, depth, element.tag, element.get("class")), element)
        if target is not element:
            target.extend(list(element))


def _paragraph_parents(tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements with at least `_MIN_PARAGRAPHS` long paragraphs as children, in document order."""
    long = (element for element in tree.iter("p") if len(element.text_content()) >= _LONG_PARAGRAPH)
    counts = Counter(element.getparent() for element in long)
    return [element for element, count in counts.items() if count >= _MIN_PARAGRAPHS]


def _meta(tree: HtmlElement) -> dict[str, str]:
    values: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                values.setdefault(name, content)
    return values


def _data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        text = script.text if "ld+json" in (script.get("type") or "") else None
        if text and len(text) <= _MAX_DATA:
            yield from _objects(_load(text), _MAX_NESTING)


def _load(text: str) -> Any:  # noqa: ANN401 - structured data hold anything
    """Return the JSON of a script; of broken JSON, the few fields that matter here."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        fields = {name: unescape(value) for name, value in reversed(_BROKEN_DATA.findall(text))}
        return {"@type": "Article", **fields} if fields else None


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - structured data hold anything
    """Yield the objects of structured data, outermost first, to a bounded depth; listed articles are left out."""
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(name), depth - 1)


def _is_article(item: dict[str, Any]) -> bool:
    stated = item.get("@type")
    kinds = stated if isinstance(stated, list) else [stated]
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds)
