"""Described mentions: `six police officers`, `Afghan officials`, `the army`, `Taliban fighters`.

A nominal is a noun that the role lexicon knows. Does not belong here: which entity it stands for (`identity.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.nlp.mentions import Mention
from tasks.nlp.syntax import is_noun, phrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from seeds.roles import Role
    from tasks.nlp.knowledge import Knowledge
    from tasks.nlp.mentions import MentionIndex

_ARTICLES = frozenset({"DT", "PDT", "PRP$", "WP$"})
_PART_OF_NAME = frozenset({"compound", "nmod"})
_LONGEST_PHRASE = 12
"""Tokens; what is longer is a parse gone wrong."""


def find_nominals(doc: Doc, named: MentionIndex, knowledge: Knowledge) -> list[Mention]:
    """Return the nominal mentions outside names, in order of the text."""
    return [
        mention
        for token in doc
        if is_noun(token) and named.at(token) is None and (mention := _nominal(token, named, knowledge))
    ]


def _nominal(token: Token, named: MentionIndex, knowledge: Knowledge) -> Mention | None:
    span = phrase(token)
    start = max(span.start, token.i - _LONGEST_PHRASE)
    for i in range(start, token.i):
        if token.doc[i].lower_ == "," and any(named.at(word) for word in token.doc[start:i]):
            start = i + 1  # a name before a comma is another phrase that the parser drew in
    while start < token.i and (token.doc[start].tag_ in _ARTICLES or token.doc[start].is_punct):
        start += 1
    role = knowledge.roles.find([word.lower_ for word in token.doc[start : token.i + 1]])
    if role is None or _names_something_else(token, named):
        return None
    entity_type = _entity_type(token, role)
    modifiers = tuple(word.text for word in token.doc[start : token.i])
    return Mention(
        start,
        token.i + 1,
        token.i,
        "nominal",
        entity_type,
        token.doc[start : token.i + 1].text,
        "",
        modifiers,
        role,
        sector=role.sector,
    )


def _entity_type(token: Token, role: Role) -> str:
    if role.entity_type == "organization":
        return "organization"
    return "group" if token.tag_ in {"NNS", "NNPS"} or role.entity_type == "group" else "person"


def _names_something_else(token: Token, named: MentionIndex) -> bool:
    """Tell whether the noun only modifies another: `police station`, or a title: `spokesman Shapoor Ahmadzai`."""
    if token.dep_ not in _PART_OF_NAME:
        return False
    head = token.head
    return head.i > token.i or named.at(head) is not None
