"""Where an event happened: the place that belongs to it.

Nearest first: what hangs on the event, then on its clause, then what the sentence alone offers. A place at which
something was only said is not where it happened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tasks.nlp.offsets import offset_after
from tasks.nlp.points import DerivedPlace
from tasks.nlp.syntax import clause_verb, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from tasks.nlp.arguments import Filler
    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.triggers import EventCandidate

_WHERE = (
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "on",
    "around",
    "across",
    "along",
    "off",
    "into",
    "through",
    "over",
    "throughout",
)
_COARSE = frozenset({"country", "region", "admin1"})


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an event, and how sure it is that the event happened there, 0..1."""

    mention: Mention
    certainty: float


def where(candidate: EventCandidate, index: MentionIndex, taken: Sequence[Filler], *, violent: bool) -> Where | None:
    """Return the place where it happened; None where nothing says so.

    `violent` events happen where their targets are, so that places inside the target's phrase count; what is said or
    agreed about a country does not happen there.
    """
    used = {filler.mention.head for filler in taken if filler.mention is not None}
    if (stated := next(_stated(candidate, index), None)) or not violent:
        return stated
    for filler in taken:
        if place := next(_places_under(filler.token, index), None):
            return Where(place, 0.8)
    for child in candidate.token.lefts:
        mention = index.at(child)
        if (
            mention is not None
            and mention.entity_type == "place"
            and mention.head not in used
            and not _is_country(mention)
        ):
            return Where(mention, 0.75)
    return _only_place(candidate, index, used)


def _stated(candidate: EventCandidate, index: MentionIndex) -> Iterator[Where]:
    """Yield the places that hang on the event, on its governor and on its clause, in this order."""
    clause = clause_verb(candidate.token)
    for anchor, slots, certainty in (
        (candidate.token, candidate.slots, 0.95),
        (candidate.governor, prepositional(candidate.governor), 0.9),
        (clause, prepositional(clause), 0.8),
    ):
        for preposition in _WHERE:
            for token in slots.get(preposition, []):
                yield from (Where(place, certainty) for place in _places_under(token, index))
        yield from (Where(place, certainty) for place in _offsets_beside(anchor, index))


def _only_place(candidate: EventCandidate, index: MentionIndex, used: set[int]) -> Where | None:
    """Return the sentence's place where it names just one that plays no other part."""
    sentence = candidate.token.sent
    places = {
        m.key: m
        for m in index.within(sentence)
        if m.entity_type == "place" and m.head not in used and _stands_alone(candidate.token.doc[m.head], m, index)
    } | {m.key: m for m in index.offsets(sentence) if m.place is not None}
    return Where(next(iter(places.values())), 0.5) if len(places) == 1 else None


def _places_under(token: Token, index: MentionIndex) -> Iterator[Mention]:
    """Yield the places in a phrase from left to right; what a distance is measured from gives way to where it leads."""
    for word in sorted(token.subtree, key=lambda t: t.i):
        if offset := index.offset_at(word.i):
            if offset.place is not None:
                yield offset
            continue
        mention = index.at(word)
        if (
            mention is not None
            and mention.entity_type == "place"
            and mention.head == word.i
            and _locates(word, mention, index)
        ):
            yield _refined(mention, word.doc, index)


def _stands_alone(head: Token, mention: Mention, index: MentionIndex) -> bool:
    """Tell whether a place is the object of a preposition, and so no party of another verb."""
    anchor = head
    while anchor.dep_ in {"conj", "appos", "compound"}:
        anchor = anchor.head
    return anchor.dep_ == "pobj" and not mention.in_dateline and _locates(head, mention, index)


def _locates(head: Token, mention: Mention, index: MentionIndex) -> bool:
    """Tell whether a place name says where, not whose (`US forces`, `the US command`) nor from where it is measured."""
    whose = index.modifies(mention) or (_is_country(mention) and head.dep_ in {"compound", "amod", "nmod", "poss"})
    return not whose and index.offset_at(head.i) is None


def _offsets_beside(anchor: Token, index: MentionIndex) -> Iterator[Mention]:
    """Yield the points given by distance that hang on a word: `exploded 70 km southeast of Kabul`."""
    for offset in index.offsets(anchor.sent):
        words = anchor.doc[offset.start : offset.end]
        if offset.place is not None and any(word.head == anchor for word in words):
            yield offset


def _refined(mention: Mention, doc: Doc, index: MentionIndex) -> Mention:
    """Return the point that follows a province or an unknown place: `Logar province, 70 km southeast of Kabul`."""
    coarse = mention.place is None or mention.place.kind in _COARSE
    offset = offset_after(doc, mention, index) if coarse else None
    if offset is None or not isinstance(offset.place, DerivedPlace) or not offset.place.measured:
        return mention
    if mention.place is None or mention.place.kind != "admin1":
        return offset
    province = replace(offset.place, admin1=mention.place.name, country=mention.place.country)
    return replace(offset, place=province, country=province.country)


def _is_country(mention: Mention) -> bool:
    return mention.place is not None and mention.place.kind == "country"
