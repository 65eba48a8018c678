"""Which country words point to: demonyms, country names and places in and around a noun phrase.

Belongs here: the country that a phrase states. Does not belong here: whose country an unmarked description means,
which the rest of the article tells (`identity.py`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from seeds.countries import country_of_demonym, country_of_name
from tasks.nlp.syntax import phrase, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

    from seeds.gazetteer import Gazetteer
    from tasks.nlp.mentions import Mention, MentionIndex

_NOT_OWN = frozenset({"backed", "born", "occupied", "allied", "made", "brokered", "mediated", "built", "supported"}) | {
    *("aligned", "educated", "trained", "bound", "funded", "sponsored", "supplied", "armed", "designed", "speaking"),
    *("imposed", "administered", "controlled", "held", "annexed", "installed", "appointed", "owned", "style"),
}
"""After a hyphen: the country before it is somebody else's. `-led` and `-based` are not here."""
_SIDING = frozenset({"loyal", "allied", "faithful", "answerable", "subordinate", "sympathetic"})
"""After `fighters`: whose they are stands behind its preposition."""
_HYPHENS = frozenset({"-", "\u2010", "\u2011", "\u2013"})
_LONGEST_NAME = 3
_LARGE_CITY = 300_000
"""Inhabitants of a place whose name, at the head of a body's, tells where it is at home."""
_NESTED = 3
"""Steps down a chain of complements: `a member of a party of the north of Syria`."""


def countries_mentioned(doc: Doc, mentions: Iterable[Mention]) -> Counter[str]:
    """Return how often the article points to each country by demonyms and known actors."""
    found: Counter[str] = Counter()
    for token in doc:
        if token.is_title and token.tag_[:2] in {"JJ", "NN"} and (country := country_of_demonym(token.text)):
            found[country] += 1
    for mention in mentions:
        if mention.actor is not None and mention.actor.country:
            found[mention.actor.country] += 1
    return found


def country_of_words(words: Sequence[str]) -> str | None:
    """Return the country that demonyms and country names among the words point to; the last one wins.

    `US-backed Syrian rebels` are Syrian: what only backs, made or holds is not meant.
    """
    return next(_countries(words), None)


def _countries(words: Sequence[str]) -> Iterator[str]:
    """Yield the countries of the words from the right, the longer name first."""
    end = len(words)
    while end > 0:
        for size in range(min(_LONGEST_NAME, end), 0, -1):
            text = " ".join(words[end - size : end])
            country = (country_of_demonym(text) or country_of_name(text)) if text[:1].isupper() else None
            if country and not _only_backs(words, end):
                yield country
                end -= size - 1
                break
        end -= 1


def _only_backs(words: Sequence[str], end: int) -> bool:
    return end + 1 < len(words) and words[end] in _HYPHENS and words[end + 1].lower() in _NOT_OWN


def only_backs(doc: Doc, end: int) -> bool:
    """Tell whether a name that ends before this token only backs or made what follows: `Iran-backed militia`."""
    return end + 1 < len(doc) and doc[end].text in _HYPHENS and doc[end + 1].lower_ in _NOT_OWN


def country_in_phrase(doc: Doc, start: int, end: int, index: MentionIndex) -> str | None:
    """Return the country of a run of tokens: of its demonyms and country names, else of its last other name."""
    words = [token.text for token in doc[start:end]]
    if country := country_of_words(words):
        return country
    named = (index.at(token) for token in reversed(doc[start:end]))
    return next((m.country for m in named if m and m.country and m.kind == "name" and not only_backs(doc, m.end)), None)


def country_of_complement(head: Token, index: MentionIndex, *prepositions: str) -> str | None:
    """Return the country of `the government of Syria`, `officials in Kabul`, `a spokesman for the Iraqi army`.

    The prepositions count in the order given, `of`, `in`, `from` where none are.
    """
    return _complement(head, index, prepositions or ("of", "in", "from"), _NESTED)


def _complement(head: Token, index: MentionIndex, prepositions: Sequence[str], depth: int) -> str | None:
    slots = prepositional(head)
    for child in head.rights:
        if child.dep_ in {"amod", "acl", "relcl", "acomp"} and child.lower_ in _SIDING:
            slots["of"] += [token for found in prepositional(child).values() for token in found]
    for preposition in prepositions:
        for token in slots.get(preposition, ()):
            if country := _of_token(token, index):
                return country
            if depth and (country := _complement(token, index, prepositions, depth - 1)):
                return country
    return None


def _of_token(token: Token, index: MentionIndex) -> str | None:
    mention = index.at(token)
    if mention is not None and mention.country:
        return mention.country
    span = phrase(token)
    return country_in_phrase(token.doc, span.start, span.end, index)


def owner_sector(doc: Doc, start: int, end: int, index: MentionIndex) -> str | None:
    """Return the sector of the body named last in a run of tokens: of the Taliban in `Taliban spokesman`."""
    named = (index.at(token) for token in reversed(doc[start:end]))
    return next((m.sector for m in named if m and m.sector and m.kind == "name" and not only_backs(doc, m.end)), None)


def sector_of_complement(head: Token, index: MentionIndex, *prepositions: str) -> str | None:
    """Return the sector of the body in `a spokesman for the Taliban`, `a member of the Senate`."""
    slots = prepositional(head)
    wanted = prepositions or ("of", "for", "in", "from")
    mentions = (index.at(token) for preposition in wanted for token in slots.get(preposition, ()))
    return next((m.sector for m in mentions if m is not None and m.sector), None)


def country_of_body(name: str, gazetteer: Gazetteer) -> str | None:
    """Return the country that a body's own name tells: `Bank of Japan`, `Tokyo Stock Exchange`, `Lahore High Court`."""
    words = name.split()
    if country := country_of_words(words):
        return country
    for size in range(min(_LONGEST_NAME, len(words) - 1), 0, -1):
        places = [p for p in gazetteer.find(" ".join(words[:size])) if p.kind in {"city", "admin1"}]
        largest = max(places, key=lambda place: place.population, default=None)
        if largest is not None and largest.population >= _LARGE_CITY:
            return largest.country
    return None
