"""What stands on a page around its story: scripts, menus, boxes, pointers to other articles, calls to subscribe.

Belongs here: recognising it by the markup, and by the words of whole lines. Does not belong here: finding the story
itself, which trafilatura does on what is left.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_NO_TEXT = ("style", "svg", "template", "iframe", "object", "canvas", "select", "button", "nav")
_SCRIPTS = etree.XPath(".//script[not(contains(@type, 'ld+json'))]")

_BOX_TAGS = ("div", "span", "p", "aside", "section", "ul")
_BOX_NAMES = re.compile(
    r"(?:popover|rollover|tooltip)\S*(?:block|content|text|inner)|pull-?quote|print-(?:header|footer|only)|sr-only"
    r"|screen-reader|visually-?hidden|^hide$|recirc|read-?next|trending|promo\b|article-tools|newsletter",
    re.IGNORECASE,
)
"""Classes of what pops up, repeats the text, is meant for other readers or media, or advertises other articles."""

_MAX_BOX = 2_000
"""Characters; what holds more may be the story all the same."""

_LISTS = etree.XPath(".//*[self::ul or self::ol or self::table][count(.//a) > 1]")
_UNLINKED = etree.XPath(".//text()[not(ancestor::a)]")

_LAYOUTS = etree.XPath(".//table[.//table or .//h1 or .//td[count(.//p) > 1]]")
"""Tables that lay out a page, as older ones do: their cells hold more than figures."""

_POSTS = etree.XPath(".//blockquote[contains(@class, 'twitter-') or contains(@class, '-media')]")
"""Posts on networks that a story quotes."""

_MAX_WRAPPERS = 4

_POINTER = re.compile(
    r"(?:related|read more|more|see also|also read|read also|read|watch|see more|recommended|don.t miss)(?: \w+)?:"
    r"|(?:advertisement|loading|share this|related (?:articles?|stories|news|links))\W*$",
    re.IGNORECASE,
)
_MAX_POINTER = 160

_MAIL = r"(?:newsletters?|inbox|e-?mails?|alerts|briefing|updates|apps?|subscription|delivered)\b"
_CLOSING = re.compile(
    rf"""
      (?:comments? | share | tweet | print | e-?mail | facebook | twitter | whatsapp)$
    | (?:leave|post|write|add)\ a\ (?:comment|reply)\b | tell\ us\ what\b | what\ do\ you\ think\b
    | we\ want\ to\ hear\b | have\ a\ (?:news\ )?tip\b
    | copyright\b.{{0,100}}(?:\u00a9|\d{{4}}|reserved) | \(c\) | \u00a9 | .{{0,60}}\ball\ rights\ reserved
    | this\ copy\ is\ for\ your\ personal\b | subscribe\b.{{0,80}}$ | never\ miss\b | click\ here\b
    | .{{0,80}}\bsign\ up\b.{{0,120}}\b{_MAIL} | (?:subscribe|register)\b.{{0,120}}\b{_MAIL}
    | download\ .{{0,40}}\bapps?\b | get\ (?:the|our|your|more|all|access)\b.{{0,160}}\b{_MAIL}
    | for\ (?:more|the\ latest)\b.{{0,120}}\b(?:visit|download|follow)\b
    | (?:please\ )?(?:follow|join)\b.{{0,60}}\bon\ (?:twitter|facebook|instagram|telegram|x)\b | like\ us\ on\b
    | .{{0,120}}\b(?:reached|contacted)\ at\b.{{0,120}}@ | (?:e-?mail|write\ to|contact|reach|tweet)\b.{{0,80}}@
    | reach\ the\ reporters?\b | sources?:\ .{{0,60}}$ | more\ AP\b | \((?:additional\ )?reporting\ by\b
    | (?:additional\ )?reporting\ by\b.{{0,200}}\b(?:editing|writing)\ by\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""What lines say that close every page of a site; only the last lines of a text are held against it."""


def drop_furniture(tree: HtmlElement) -> None:
    """Remove from a tree what is never story, and mend what only looks so: layout by tables, and quoted posts."""
    for script in _SCRIPTS(tree):
        script.drop_tree()
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    for box in [element for element in tree.iter(*_BOX_TAGS) if _is_box(element)]:
        _drop(box)
    for menu in reversed(_LISTS(tree)):  # inner ones first: what is left of the outer ones may be no more than links
        if _is_menu(menu):
            _drop(menu)
    for table in _LAYOUTS(tree):
        _unfold(table)
    for post in _POSTS(tree):
        _show(post)


def story_lines(lines: list[str]) -> list[str]:
    """Return the lines of an article text without pointers to others, and without what closes every page of a site."""
    kept = [line for line in lines if len(line) > _MAX_POINTER or not _POINTER.match(line)]
    while kept and (_CLOSING.match(kept[-1]) or not any(map(str.isalnum, kept[-1]))):
        kept.pop()
    return kept


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _is_box(element: HtmlElement) -> bool:
    name = element.get("class")
    return name is not None and _BOX_NAMES.search(name) is not None and len(element.text_content()) <= _MAX_BOX


def _is_menu(element: HtmlElement) -> bool:
    """Say whether a list or table is nothing but links to other pages."""
    return not any(any(map(str.isalnum, text)) for text in _UNLINKED(element))


def _unfold(table: HtmlElement) -> None:
    """Make a table and its own cells plain boxes."""
    cells = list(table.iter("thead", "tbody", "tfoot", "tr", "td", "th"))
    for element in (table, *(cell for cell in cells if next(cell.iterancestors("table"), None) is table)):
        element.tag = "div"


def _show(post: HtmlElement) -> None:
    """Take the names off a quoted post and the boxes around it alone, for which extraction would leave it out."""
    length = len(post.text_content().strip())
    for element in (post, *islice(post.iterancestors("div", "figure", "section"), _MAX_WRAPPERS)):
        if len(element.text_content().strip()) > length:
            break
        element.tag = "blockquote" if element is post else "div"
        element.attrib.clear()
