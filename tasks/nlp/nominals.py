"""Described mentions: `six police officers`, `Afghan officials`, `the army`, `Taliban fighters`.

A nominal is a noun that the role lexicon knows. Does not belong here: which entity it stands for (`identity.py`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seeds.countries import country_of_demonym
from tasks.nlp.mentions import Mention
from tasks.nlp.nationality import country_of_words
from tasks.nlp.syntax import is_noun, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from seeds.roles import Role
    from tasks.nlp.knowledge import Knowledge
    from tasks.nlp.mentions import MentionIndex

_ARTICLES = frozenset({"DT", "PDT", "PRP$", "WP$"})
SHARING = frozenset({"and", "or", "&", ","})
"""Words between parties that share one noun: `Russian, Chinese and Iranian ships`."""
_PART_OF_NAME = frozenset({"compound", "nmod"})
_LONGEST_PHRASE = 12
"""Tokens; what is longer is a parse gone wrong."""


def find_nominals(doc: Doc, named: MentionIndex, knowledge: Knowledge) -> list[Mention]:
    """Return the nominal mentions outside names, in order of the text."""
    found: list[Mention] = []
    for token in doc:
        if is_noun(token) and named.at(token) is None and (mention := _nominal(token, named, knowledge)):
            found += [*_sharing(mention, doc, named), mention]
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _nominal(token: Token, named: MentionIndex, knowledge: Knowledge) -> Mention | None:
    start = _start(token, named)
    role, end = _role(token, start, knowledge)
    if role is None or _names_something_else(token, named):
        return None
    start = _last_of_several(token.doc, start, token.i, named)
    return _mention(token.doc, start, end, token.i, role)


def _mention(doc: Doc, start: int, end: int, head: int, role: Role) -> Mention:
    noun = doc[end - 1] if head < end - 1 else doc[head]
    modifiers = tuple(word.text for word in doc[start:head])
    name = doc[start:end].text
    return Mention(start, end, head, "nominal", _entity_type(noun, role), name, "", modifiers, role, sector=role.sector)


def _start(token: Token, named: MentionIndex) -> int:
    """Return where the description begins, without articles and marks."""
    start = max(phrase(token).start, token.i - _LONGEST_PHRASE)
    for i in range(start, token.i):
        if token.doc[i].lower_ == "," and any(named.at(word) for word in token.doc[start:i]):
            after = named.at(token.doc[i + 1]) or country_of_demonym(token.doc[i + 1].text)
            if not after:
                start = i + 1  # a name before a comma is another phrase that the parser drew in
    while start < token.i and (token.doc[start].tag_ in _ARTICLES or token.doc[start].is_punct):
        start += 1
    return start


def _role(token: Token, start: int, knowledge: Knowledge) -> tuple[Role | None, int]:
    """Return the role of a noun, with its complement where that is part of it (`head of state`), and its end."""
    words = [word.lower_ for word in token.doc[start : token.i + 1]]
    if token.i + 2 < len(token.doc) and token.doc[token.i + 1].lower_ == "of":
        for end in range(token.i + 3, min(token.i + 5, len(token.doc) + 1)):
            role = knowledge.roles.find([*words, *(word.lower_ for word in token.doc[token.i + 1 : end])])
            if role is not None and " of " in role.noun:
                return role, end
    return knowledge.roles.find(words), token.i + 1


def _is_nationality(doc: Doc, start: int, end: int, named: MentionIndex) -> bool:
    """Tell whether a run of words ends with a nationality or with a name, as in `senior Iraqi` and `Pakistan`."""
    if start >= end:
        return False
    return (
        named.at(doc[end - 1]) is not None
        or country_of_words([token.text for token in doc[max(start, end - 2) : end]]) is not None
    )


def _last_of_several(doc: Doc, start: int, head: int, named: MentionIndex) -> int:
    """Return where the last part of `Nigerian and British forces` begins: each nationality is a party of its own."""
    for i in range(head - 2, start, -1):
        if doc[i].lower_ in SHARING and _is_nationality(doc, start, i, named):
            first = named.at(doc[i + 1])
            if first is not None or any(country_of_demonym(doc[i + 1 : i + 1 + size].text) for size in (1, 2)):
                return i + 1
    return start


def _sharing(mention: Mention, doc: Doc, named: MentionIndex) -> Iterator[Mention]:
    """Yield the nationalities that share the noun of a description, each as a description of its own."""
    role = mention.role
    end = mention.start - 1
    while role is not None and end > 0 and doc[end].lower_ in SHARING and named.at(doc[end - 1]) is None:
        size = next((n for n in (2, 1) if n <= end and country_of_demonym(doc[end - n : end].text)), 0)
        if not size or not doc[mention.head].is_ancestor(doc[end - 1]):
            return
        yield replace(
            _mention(doc, end - size, end, end - 1, role), modifiers=tuple(doc[end - size : end].text.split())
        )
        end -= size + 1


def _entity_type(token: Token, role: Role) -> str:
    """Return what a description is, by its noun or by the adjective that shares it."""
    if token.tag_.startswith("JJ") and role.entity_type != "organization":
        return "group"
    if role.entity_type == "organization":
        return "organization"
    return "group" if token.tag_ in {"NNS", "NNPS"} or role.entity_type == "group" else "person"


def _names_something_else(token: Token, named: MentionIndex) -> bool:
    """Tell whether the noun only modifies another: `police station`, or a title: `spokesman Shapoor Ahmadzai`."""
    if token.dep_ not in _PART_OF_NAME:
        return False
    head = token.head
    return head.i > token.i or named.at(head) is not None
