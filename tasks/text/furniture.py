"""What stands on a page around its story: scripts, menus, boxes, calls to subscribe, credits.

Belongs here: recognising it by the markup, and by the words of whole lines. Does not belong here: finding the story
itself, which trafilatura does on what is left.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_NO_TEXT = ("style", "svg", "template", "iframe", "object", "canvas", "select", "button", "nav")
_SCRIPTS = etree.XPath(".//script[not(contains(@type, 'ld+json'))]")

_BOXES = re.compile(
    r"(?:popover|rollover|tooltip)\S*(?:block|content|text|inner)|pull-?quote|print-(?:header|footer|only)|sr-only"
    r"|screen-reader|visually-?hidden|recirc|read-?next|article-tools|newsletter|trending|promo\b|^hide$",
    re.IGNORECASE,
)
"""Classes of what pops up, repeats, is meant for other media, or advertises other articles."""

_POSTS = etree.XPath(".//blockquote[contains(@class, 'twitter-') or contains(@class, '-media')]")
"""Posts of others that a story quotes."""

_LISTS = etree.XPath(".//*[self::ul or self::ol or self::table][count(.//a) > 1]")
_UNLINKED = etree.XPath(".//text()[not(ancestor::a)]")


def drop_furniture(tree: HtmlElement) -> None:
    """Remove from a tree what is never story."""
    for script in _SCRIPTS(tree):
        script.drop_tree()
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    for element in [element for element in tree.iter("div", "span", "p", "aside", "section", "ul") if _is_box(element)]:
        if element.getparent() is not None:
            element.drop_tree()
    for element in reversed(_LISTS(tree)):
        if _is_menu(element):
            element.drop_tree()
    for post in _POSTS(tree):
        _bare(post)


def _is_box(element: HtmlElement) -> bool:
    name = element.get("class")
    return name is not None and _BOXES.search(name) is not None and len(element.text_content()) < _MAX_BOX


_MAX_BOX = 2_000


def _is_menu(element: HtmlElement) -> bool:
    """Say whether a list or table is nothing but links to other pages."""
    return not any(any(map(str.isalnum, text)) for text in _UNLINKED(element))


def _bare(post: HtmlElement) -> None:
    """Take the classes off a quoted post and the boxes around it alone, by which extraction would leave it out."""
    length = len(post.text_content().strip())
    for element in (post, *post.iterancestors("div", "figure", "section")):
        if len(element.text_content().strip()) > length:
            break
        element.tag = "blockquote" if element is post else "div"
        element.attrib.clear()


_CLOSERS = re.compile(
    r"""(?:
    comments?$ | (?:leave|post|write|add)\ a\ (?:comment|reply) | (?:share|tweet|print|email|facebook|twitter|whatsapp)$
    | (?:copyright|\(c\)|\u00a9) | .{0,60}\ball\ rights\ reserved
    | (?:sign|subscribe|register)\b.{0,120}\b(?:newsletter|inbox|e-?mail|daily|updates|today|now|here) | subscribe\b.{0,80}$
    | .{0,80}\bsign\ up\ (?:for|to)\b | get\ .{0,160}\b(?:newsletter|inbox|app|delivered|subscription) | never\ miss\b
    | click\ here\b | download\ .{0,40}\bapps?\b | (?:please\ )?(?:follow|like|join)\ .{0,80}\b(?:twitter|facebook|instagram|telegram)
    | .{0,120}\b(?:reached|contacted)\ at\b.{0,120}@ | (?:e-?mail|write\ to|contact|reach|tweet)\b.{0,80}[@] | have\ a\ (?:news\ )?tip
    | reach\ the\ reporters? | \((?:additional\ )?reporting\ by | (?:additional\ )?reporting\ by\b.{0,200}(?:editing|writing)\ by
    | sources?:\ .{0,60}$ | tell\ us\ what | this\ copy\ is\ for\ your\ personal | for\ (?:more|the\ latest)\b.{0,120}\b(?:visit|download|app|follow|go\ to)
    | what\ do\ you\ think\b | we\ want\ to\ hear\ | more\ AP\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_POINTERS = re.compile(
    r"(?:related|read more|more|see also|also read|read also|read|watch|see more|recommended|don.t miss)(?: \w+)?:"
    r"|(?:advertisement|loading|share this|related (?:articles?|stories|news|links))\W*$",
    re.IGNORECASE,
)
_MAX_POINTER = 160


def story_lines(lines: list[str]) -> list[str]:
    """Return the lines of an article text without those that are no story."""
    kept = [line for line in lines if not (len(line) <= _MAX_POINTER and _POINTERS.match(line))]
    while kept and (_CLOSERS.match(kept[-1]) or not any(map(str.isalnum, kept[-1]))):
        kept.pop()
    return kept
