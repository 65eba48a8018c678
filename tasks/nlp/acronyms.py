"""Acronyms that the article itself explains: `Free Aceh Movement (GAM)`, `ISIS (Islamic State in Iraq and Syria)`.

Both forms are one body from then on, whether anybody knows it or not. Does not belong here: acronyms that everybody
knows (`seeds/actors`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seeds.countries import country_of_name
from tasks.nlp.mentions import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from tasks.nlp.mentions import MentionIndex

_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z][A-Za-z]{0,3}(-?[A-Z]{1,4})?|[A-Z]{2,8}(-[A-Z]{1,4})?")
_BODIES = frozenset({"organization", "group"})


def acronyms_explained(doc: Doc, index: MentionIndex) -> dict[str, Mention]:
    """Return acronym to the mention of the full name beside which it is explained, the first of each."""
    found: dict[str, Mention] = {}
    for acronym, mention in _definitions(doc, index):
        found.setdefault(acronym, mention)
    return found


def _definitions(doc: Doc, index: MentionIndex) -> Iterator[tuple[str, Mention]]:
    for token in doc[1:-2]:
        if token.text != "(":
            continue
        before, inside = index.at(doc[token.i - 1]), doc[token.i + 1]
        if before is None:
            continue
        if doc[token.i + 2].text == ")" and _is_acronym(inside) and _is_full_name(before, inside.text):
            yield inside.text, before
        elif before.end - before.start == 1 and _is_acronym(doc[before.start]):
            full = index.at(_after_article(doc, token.i + 1))
            if full is not None and _is_full_name(full, before.name) and doc[full.end : full.end + 1].text == ")":
                yield before.name, full


def _after_article(doc: Doc, start: int) -> Token:
    return doc[start + 1] if doc[start].lower_ == "the" else doc[start]


def _is_acronym(token: Token) -> bool:
    return _ACRONYM.fullmatch(token.text) is not None


def _is_full_name(mention: Mention, acronym: str) -> bool:
    """Tell whether a mention can be what the acronym is short for: a body's name, longer than the acronym."""
    return (
        mention.kind == "name"
        and mention.entity_type in _BODIES
        and len(mention.name) > len(acronym)
        and country_of_name(acronym) is None
    )


def share_acronyms(doc: Doc, index: MentionIndex) -> None:
    """Give acronym and full name one actor, and make a mention of every use of the acronym."""
    explained = acronyms_explained(doc, index)
    if not explained:
        return
    uses = [token for token in doc if token.text in explained]
    for token in uses:
        full, mention = explained[token.text], index.at(token)
        if mention is None:
            index.add(Mention(token.i, token.i + 1, token.i, "name", full.entity_type, token.text))
        elif mention.end - mention.start == 1 and mention.actor is not None and full.actor is None:
            full.actor = mention.actor
    for token in uses:
        full, mention = explained[token.text], index.at(token)
        if mention is not None and mention.end - mention.start == 1:
            mention.entity_type, mention.actor, mention.place = full.entity_type, full.actor, None
    index.mentions.sort(key=lambda mention: (mention.start, mention.end))
