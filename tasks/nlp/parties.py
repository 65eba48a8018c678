"""Who stands behind the words that fill a role: the government of a country that acts, the owner of a thing.

Belongs here: from words to the identity that acts or is acted upon. Does not belong here: which words fill a role
(`arguments.py`), and which capitals stand for governments (`metonyms.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeds.actors import state_actor
from seeds.countries import country_name
from tasks.nlp.mentions import Mention
from tasks.nlp.nationality import country_of_complement, country_of_words, only_backs
from tasks.nlp.nominals import SHARING
from tasks.nlp.syntax import phrase, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from seeds.actors import Actor
    from seeds.roles import Roles
    from tasks.nlp.arguments import Filler
    from tasks.nlp.mentions import MentionIndex

_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD"})
_SCORE, _LOCAL_SCORE = 0.6, 0.5
_ASIDES_BACK = 20
"""Asides among which a thing is looked for that another event of its sentence hit too."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who fills a role: the identity that acts there, which for `France condemned` is a government."""

    key: str
    actor: Actor | None


def party(filler: Filler, role: str) -> Party | None:
    """Return the identity behind a filler; a country, or a capital that acts, stands for its government."""
    mention = filler.mention
    if mention is None or mention.key is None:
        return None
    place = mention.place
    if (
        place is not None
        and place.country
        and (place.kind == "country" or (role == "actor" and place.feature_code == "PPLC"))
    ):
        actor = state_actor(place.country, country_name(place.country), "GOV")
        return Party(f"actor:{actor.key}", actor)
    return Party(mention.key, mention.actor)


def owner(thing: Token, index: MentionIndex, roles: Roles) -> Mention | None:
    """Return whose a thing is: `Syria's reactor`, `Hamas positions`, `an Iranian tanker`, `a camp of the army`.

    Returns:
        The mention of its owner; one of the state's that the article does not hold where an adjective names it.
    """
    return named_owner(thing, index, roles) or next(_behind(thing, index), None)


def named_owner(thing: Token, index: MentionIndex, roles: Roles) -> Mention | None:
    """Return whom the words before a thing name as its owner: `Turkish military offensive`, `Hamas positions`."""
    span = phrase(thing)
    possessors = [child for child in thing.lefts if child.dep_ == "poss"]  # `Trump's Middle East plan` is Trump's
    named = (index.at(token) for token in (*possessors, *reversed(thing.doc[span.start : thing.i])))
    for mention in named:
        if mention is not None and mention.key and not only_backs(thing.doc, mention.end):
            return mention
    return _state(thing.doc, span.start, thing.i, roles)


def facility(thing: Token, index: MentionIndex) -> Mention | None:
    """Return a place mention for a thing of which only the country is known where it is: `a camp in Mali`.

    It joins the article's asides, so that it is recorded as the place that it is.
    """
    country = country_of_complement(thing, index, "in", "at", "inside", "of", "near")
    if country is None:
        return None
    span = phrase(thing)
    key = f"place:?:{country}:{thing.doc._.article.document_id}:{span.start_char}"
    found = Mention(
        span.start, span.end, thing.i, "nominal", "place", span.text, country=country, key=key, score=_LOCAL_SCORE
    )
    if not any(other.key == key for other in index.asides[-_ASIDES_BACK:]):
        index.asides.append(found)
    return found


def _behind(thing: Token, index: MentionIndex) -> Iterator[Mention]:
    slots = prepositional(thing)
    for preposition in ("of", "by", "from"):
        for token in slots.get(preposition, ()):
            mention = index.at(token)
            if mention is not None and mention.key:
                yield mention
    for clause in thing.rights:
        if clause.dep_ == "acl" and clause.tag_ == "VBN":
            yield from _behind(clause, index)


def _state(doc: Doc, start: int, end: int, roles: Roles) -> Mention | None:
    """Return the part of a state that adjectives name: of `Syrian government missiles` the government."""
    words = [token.text for token in doc[start:end]]
    country = country_of_words(words)
    if country is None:
        return None
    role = roles.find([word.lower() for word in words])
    sector = role.sector if role is not None and role.sector in _STATE_SECTORS else "GOV"
    actor = state_actor(country, country_name(country), sector or "GOV")
    return Mention(
        start, end, end - 1, "nominal", "organization", doc[start:end].text,
        actor=actor, country=country, sector=sector, key=f"actor:{actor.key}", score=_SCORE,
    )  # fmt: skip


def sharing(mention: Mention, doc: Doc, index: MentionIndex) -> Iterator[Mention]:
    """Yield who shares the noun of a description: the Nigerians in `Nigerian and British forces`.

    Of `the armies of Brazil and Argentina` it is the countries behind the first.
    """
    if mention.kind == "nominal" and mention.entity_type != "person":
        for token in prepositional(doc[mention.head]).get("of", [])[1:]:
            state = index.at(token)
            if state is not None and state.place is not None and state.place.kind == "country":
                yield state
    start = mention.start
    while start >= 2 and doc[start - 1].lower_ in SHARING:  # noqa: PLR2004 - the word and what stands before it
        other = index.at(doc[start - 2])
        if other is None or other.end != start - 1 or not doc[mention.head].is_ancestor(doc[other.head]):
            return
        yield other
        start = other.start
