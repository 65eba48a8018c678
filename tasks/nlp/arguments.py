"""Who and what fills an event candidate's roles: actor, recipient and instrument."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeds.roles import load_roles
from tasks.nlp.parties import facility, named_owner, owner, sharing
from tasks.nlp.syntax import coordinated, first_filled, phrase, possessors, prepositional
from tasks.nlp.weapons import vehicle_lemmas, weapon_lemmas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc, Span, Token

    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.triggers import EventCandidate

_PARTIES = frozenset({"person", "organization", "group"})
MATERIAL = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT", "AID", "SANCTION"})
"""Types of events that act on things too: a building may be their target, a text may not."""
_BY_FORCE = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
"""Types of events that hit a thing itself, wherever it is, and are addressed to nobody."""
_NO_ADDRESS = frozenset({"according", "due", "prior", "thanks", "owing", "contrary"})
"""Words before `to` that make it no address."""
_ADDRESSING = ("to", "with", "against", "on", "toward", "towards")
_TARGET_SLOTS = frozenset({"obj", "on", "against", "at", "of", "outside", "near"})
"""Slots in which a thing may be the target of an act; `in a statement` is none."""
_QUANTITIES = frozenset(
    {
        "dozen",
        "score",
        "hundred",
        "thousand",
        "million",
        "number",
        "majority",
        "handful",
        "ten",
        "lot",
        "couple",
        "host",
    }
)
"""Nouns that count: `dozens of protesters` are protesters."""
_INSTRUMENT_SLOTS = ("with", "using", "by", "in", "subj", "obj", "from")


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler of a role: the head of its phrase, and the mention that it is, if it is one."""

    token: Token
    mention: Mention | None

    @property
    def span(self) -> Span:
        """The mention's words, or the noun phrase of the head."""
        if self.mention is not None and self.mention.head == self.token.i:
            return self.token.doc[self.mention.start : self.mention.end]
        return phrase(self.token)


def _may_be_target(token: Token) -> bool:
    """Tell whether a thing can be hit: no weapon, unless it is a craft that is described: `a Georgian cargo plane`."""
    described = phrase(token).start < token.i and phrase(token)[0].tag_ != "CD"
    return token.lemma_ not in weapon_lemmas() or (token.lemma_ in vehicle_lemmas() and described)


def actors(candidate: EventCandidate, index: MentionIndex) -> list[Filler]:
    """Return who does it: the first actor slot of the lexicon entry that holds a party."""
    for slot in candidate.trigger.actor:
        if found := list(_parties(candidate.slots.get(slot, []), index)):
            return found
    return _actors_of_means(candidate, index) or _nation(candidate, index)


def _nation(candidate: EventCandidate, index: MentionIndex) -> list[Filler]:
    """Return whose act a nominal event is where an adjective alone says so: `the Turkish offensive`."""
    if candidate.trigger.pos != "NOUN" or "poss" not in candidate.trigger.actor or candidate.light is not None:
        return []
    return _as_fillers(candidate.token.doc, named_owner(candidate.token, index, load_roles()))


def _as_fillers(doc: Doc, mention: Mention | None) -> list[Filler]:
    return [Filler(doc[mention.head], mention)] if mention is not None and not mention.in_dateline else []


def _actors_of_means(candidate: EventCandidate, index: MentionIndex) -> list[Filler]:
    """Return who stands behind a thing that does it: `an Israeli air strike killed`, `a Taliban bomb`."""
    for token in candidate.slots.get("subj", []):
        behind = [*possessors(token), *prepositional(token).get("by", [])]
        found = list(_parties(behind, index))
        if index.at(token) is None:
            found = found or _as_fillers(token.doc, named_owner(token, index, load_roles()))
        if found:
            return found
    return []


def recipients(candidate: EventCandidate, index: MentionIndex, taken: list[Filler]) -> list[Filler]:
    """Return to whom it is done: the first recipient slot that holds somebody other than the actors.

    Where no slot holds a party, the first phrase of these slots is the target (`a police station`). In events of two
    sides (`talks between A and B`) the slot may be the actors' own; then the first party acts and the others receive.
    """
    used = {filler.token.i for filler in taken}
    for slot in candidate.trigger.recipient:
        fillers = [token for token in candidate.slots.get(slot, []) if token.i not in used]
        if found := list(_parties(fillers, index)):
            return found
    things = [t for t in first_filled(candidate.slots, candidate.trigger.recipient) if t.i not in used]
    if candidate.trigger.event_type not in _BY_FORCE and (found := _addressees(candidate, things, index, taken)):
        return found
    if candidate.trigger.event_type not in MATERIAL:
        return []
    slots = tuple(slot for slot in candidate.trigger.recipient if slot in _TARGET_SLOTS)
    targets = [t for t in first_filled(candidate.slots, slots) if t.i not in used and _may_be_target(t)]
    return [
        Filler(token, index.at(token) or owner(token, index, load_roles()) or facility(token, index))
        for token in targets
        if token.tag_.startswith(("NN", "DT"))
    ]


def _addressees(
    candidate: EventCandidate, things: list[Token], index: MentionIndex, taken: list[Filler]
) -> list[Filler]:
    """Return whose the thing is that words or gifts are about: `condemned Iran's missile test`.

    Else to whom they go (`returned a statue to Italy`), or the thing does (`cut aid to Mali`).
    """
    doc, used = candidate.token.doc, {filler.token.i for filler in taken}
    keys = {filler.mention.key for filler in taken if filler.mention is not None}
    for mention in (owner(thing, index, load_roles()) for thing in things):
        if mention is not None and mention.key not in keys and not mention.in_dateline:
            return [Filler(doc[mention.head], mention)]
    if found := _with_whom(candidate.slots, index, used):
        return found
    of = [*things, *candidate.slots.get("of", [])]
    return next((found for thing in of if (found := _with_whom(prepositional(thing), index, used, "for"))), [])


def _with_whom(slots: Mapping[str, list[Token]], index: MentionIndex, used: set[int], *more: str) -> list[Filler]:
    """Return the parties of the first preposition of address that has any; towns are none."""
    for preposition in (*_ADDRESSING, *more):
        tokens = (t for t in slots.get(preposition, []) if t.head.head.lower_ not in _NO_ADDRESS)
        found = _parties([t for t in tokens if t.i not in used], index)
        if parties := [f for f in found if f.mention is None or not _is_town(f.mention)]:
            return parties
    return []


def _is_town(mention: Mention) -> bool:
    return mention.entity_type == "place" and (mention.place is None or mention.place.kind != "country")


def split_sides(sides: list[Filler]) -> tuple[list[Filler], list[Filler]]:
    """Divide the parties of one coordinated phrase into the first and the others: `talks between A and B`."""
    return sides[:1], sides[1:]


def _parties(tokens: list[Token], index: MentionIndex) -> Iterator[Filler]:
    """Yield the fillers that can act: people, bodies, and places that stand for their government or people."""
    for token in tokens:
        mention = index.at(token)
        if (
            mention is None
            and (token.tag_ == "CD" or token.lemma_ in _QUANTITIES)
            and (of := prepositional(token).get("of"))
        ):
            yield from _parties(of, index)
        elif mention is not None and _can_act(token, mention, tokens):
            yield _in_words(token, mention)
            if mention.head == token.i:
                yield from (Filler(token.doc[m.head], m) for m in sharing(mention, token.doc, index))


def _in_words(token: Token, mention: Mention) -> Filler:
    """Return a filler by the most telling words of the sentence: of a pronoun those that it stands for."""
    antecedent, sentence = mention.antecedent, token.sent
    if antecedent is not None and sentence.start <= antecedent.head < sentence.end:
        return Filler(token.doc[antecedent.head], antecedent)
    return Filler(token, mention)


def _can_act(token: Token, mention: Mention, others: list[Token]) -> bool:
    if mention.in_dateline or (token.dep_ == "poss" and token.head in others):
        return False
    return mention.entity_type in _PARTIES or mention.entity_type == "place"


def instruments(candidate: EventCandidate) -> list[Token]:
    """Return the weapons that the event was done with."""
    found = [t for slot in _INSTRUMENT_SLOTS for t in candidate.slots.get(slot, []) if t.lemma_ in weapon_lemmas()]
    found += [child for child in candidate.token.lefts if child.lemma_ in weapon_lemmas()]
    for child in candidate.token.lefts:
        found += [token for token in coordinated(child)[1:] if token.lemma_ in weapon_lemmas()]
    return sorted(set(found), key=lambda token: token.i)
