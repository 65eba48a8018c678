"""Who fills an event candidate's actor role and what it was done with; the parties among the fillers of a slot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeds.roles import load_roles
from tasks.nlp.parties import named_owner, sharing
from tasks.nlp.syntax import coordinated, is_noun, phrase, possessors, prepositional
from tasks.nlp.weapons import weapon_lemmas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.triggers import EventCandidate

_PARTIES = frozenset({"person", "organization", "group", "place"})
"""Types of entities that can act; places stand for their government or people."""
_GOVERNED = frozenset({"country", "admin1"})
"""Kinds of places that can act: `Kenya condemned`, `Punjab banned`."""
_ARMED = frozenset({"MIL", "COP", "REB", "UAF", "PRM", "CRM"})
"""Sectors whose name before a noun tells who acts: `a guerrilla column`, `police bullets`."""
_BEFALLING = frozenset({"ASSAULT", "COERCE", "ACCUSE"})
"""Types of events whose nouns are rather of whom they befall than of who does them."""
_QUANTITIES = frozenset(
    [
        *("dozen", "score", "hundred", "thousand", "million", "number", "majority", "handful", "ten", "lot"),
        *("couple", "host", "half", "rest", "part", "some", "most", "many", "several", "all", "both", "none"),
    ]
)
"""Words that count: `dozens of protesters` are protesters."""
_GATHERINGS = frozenset({"group", "band", "bunch", "crowd", "gang"})
"""Nouns that say no more than who gathers in them: `a group of armed men`."""
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


def actors(candidate: EventCandidate, index: MentionIndex) -> list[Filler]:
    """Return who does it: the first actor slot of the lexicon entry that holds a party."""
    for slot in candidate.trigger.actor:
        fillers = parties(candidate.slots.get(slot, []), index)
        if found := [f for f in fillers if not is_town(f.mention) and not _undergoes(f, slot, candidate)]:
            return found
    return _actors_of_means(candidate, index) or _nation(candidate, index)


def _undergoes(filler: Filler, slot: str, candidate: EventCandidate) -> bool:
    """Tell whom an act befalls that it is of: `the siege of a town`, but `the attack of the rebels`."""
    if slot != "of" or "of" not in candidate.trigger.recipient or candidate.trigger.event_type not in _BEFALLING:
        return False
    armed = filler.mention is not None and filler.mention.sector in _ARMED
    return candidate.trigger.event_type != "ASSAULT" or not armed


def is_town(mention: Mention | None) -> bool:
    """Tell whether a mention is a place that has no government to act for it, or none that is known."""
    if mention is None or mention.entity_type != "place":
        return False
    return mention.place is None or mention.place.kind not in _GOVERNED


def _nation(candidate: EventCandidate, index: MentionIndex) -> list[Filler]:
    """Return whose act a nominal event is where an adjective alone says so: `the Turkish offensive`."""
    if candidate.trigger.pos != "NOUN" or "poss" not in candidate.trigger.actor or candidate.light is not None:
        return []
    return _as_fillers(candidate.token.doc, named_owner(candidate.token, index, load_roles()))


def _as_fillers(doc: Doc, mention: Mention | None) -> list[Filler]:
    acts = mention is not None and not mention.in_dateline and not is_town(mention)
    return [Filler(doc[mention.head], mention)] if mention is not None and acts else []


def _actors_of_means(candidate: EventCandidate, index: MentionIndex) -> list[Filler]:
    """Return who stands behind a thing that does it: `an Israeli air strike killed`, `a guerrilla column attacked`."""
    for token in candidate.slots.get("subj", []):
        behind = [*possessors(token), *prepositional(token).get("by", [])]
        found = list(parties(behind, index))
        if index.at(token) is None:
            found = found or _as_fillers(token.doc, named_owner(token, index, load_roles()))
            found = found or _armed(token)
        if found:
            return found
    return []


def _armed(thing: Token) -> list[Filler]:
    """Return a thing that acts as a party where its first noun names who bears arms: `a guerrilla column`."""
    words = [token.lower_ for token in phrase(thing)[:-1]] if is_noun(thing) else []
    role = load_roles().find(words) if words else None
    return [Filler(thing, None)] if role is not None and role.sector in _ARMED else []


def parties(tokens: list[Token], index: MentionIndex) -> Iterator[Filler]:
    """Yield the fillers that can act: people, bodies, and places that stand for their government or people."""
    for token in tokens:
        mention = index.at(token)
        inner = _counted(token, mention, index)
        if found := list(parties(inner, index)) if inner else []:
            yield from found
        elif mention is not None and _can_act(token, mention, tokens):
            yield _in_words(token, mention)
            if mention.head == token.i:
                yield from (Filler(token.doc[m.head], m) for m in sharing(mention, token.doc, index))


def _counted(token: Token, mention: Mention | None, index: MentionIndex) -> list[Token]:
    """Return whom a word only counts or gathers, or a name that explains a word: `his counterpart, Ann Lee`."""
    if mention is None and (token.tag_ in {"CD", "DT"} or token.lemma_ in _QUANTITIES):
        return prepositional(token).get("of", [])
    if mention is None:
        examples = prepositional(token).get("including", [])  # `blamed the far right, including its leader`
        return [child for child in token.rights if child.dep_ == "appos"] or examples
    if mention.kind == "nominal" and mention.entity_type == "person":
        return [child for child in token.rights if child.dep_ == "appos" and _is_person(index.at(child))]
    return prepositional(token).get("of", []) if mention.kind == "nominal" and token.lemma_ in _GATHERINGS else []


def _is_person(mention: Mention | None) -> bool:
    return mention is not None and mention.kind == "name" and mention.entity_type == "person"


def _in_words(token: Token, mention: Mention) -> Filler:
    """Return a filler by the most telling words of the sentence: of a pronoun those that it stands for."""
    antecedent, sentence = mention.antecedent, token.sent
    if antecedent is not None and sentence.start <= antecedent.head < sentence.end:
        return Filler(token.doc[antecedent.head], antecedent)
    return Filler(token, mention)


def _can_act(token: Token, mention: Mention, others: list[Token]) -> bool:
    if mention.in_dateline or (token.dep_ == "poss" and token.head in others):
        return False
    return mention.entity_type in _PARTIES


def instruments(candidate: EventCandidate) -> list[Token]:
    """Return the weapons that the event was done with."""
    found = [t for slot in _INSTRUMENT_SLOTS for t in candidate.slots.get(slot, []) if t.lemma_ in weapon_lemmas()]
    found += [child for child in candidate.token.lefts if child.lemma_ in weapon_lemmas()]
    for child in candidate.token.lefts:
        found += [token for token in coordinated(child)[1:] if token.lemma_ in weapon_lemmas()]
    return sorted(set(found), key=lambda token: token.i)
