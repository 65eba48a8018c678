"""Nominal events: their syntactic slots, the verbs that carry them, and the words that say who stands behind them.

A carrier is a light verb above the noun (`launched an attack`, `came under fire`) or below it (`the attack carried out
by rebels`). Does not belong here: slots of verbs (`syntax.py`), which of them holds the actor (`arguments.py`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from seeds.culprits import HEAD, SELF, load_culprits
from seeds.lexicons import load_light_verbs
from tasks.nlp.syntax import coordinated, is_noun, is_verb, logical_slots, possessors, prepositional

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from seeds.lexicons import LightVerb
    from tasks.nlp.mentions import MentionIndex
    from tasks.nlp.syntax import Slots

_COLLECTIVE = frozenset(
    [
        *("series", "wave", "spate", "string", "number", "round", "campaign", "sequence", "rash", "bout", "pair"),
        *("dozen", "hundred"),
    ]
)
_TIMES = frozenset({"DATE", "TIME"})
"""The tagger's labels of words that own no event: `the Friday attacks`."""
_LONGEST_CHAIN = 4
_WORKS = frozenset({"work", "handiwork", "responsibility", "doing"})
"""`The bombing is the work of a gang`."""


class _Link(NamedTuple):
    """A word above or below a nominal event, and how the event hangs on it: `obj`, or the words between the two."""

    word: Token
    act: str


def noun_slots(noun: Token, start: int, index: MentionIndex) -> tuple[Slots, Token | None, LightVerb | None]:
    """Return the fillers of a nominal event's slots, and the light verb that performs it with its lexicon entry.

    `start` is the index of the first token of the event's words: `state` in `state of emergency`.
    """
    slots = _own_slots(noun, start, index)
    anchor = _anchor(noun)
    carrier, light = _light_verb(anchor)
    if carrier is not None and light is not None:
        return _with_carrier(slots, noun, anchor, carrier, light)
    if doers := [t for t in _culprits(anchor) if t.i not in range(start, noun.i + 1)]:
        slots["subj"] = doers
        if all(token.tag_ == "PRP$" for token in slots.get("poss", [])):
            slots.pop("poss", None)  # `condemned the rebels for their attack`
    return slots, None, None


def _own_slots(noun: Token, start: int, index: MentionIndex) -> Slots:
    slots = prepositional(noun)
    first = noun.doc[start]
    if first.i < noun.i and first.is_ancestor(noun):
        for name, fillers in prepositional(first).items():
            slots[name] = [*slots.get(name, []), *(token for token in fillers if token.i > noun.i)]
    named = (token for token in possessors(noun) if token.ent_type_ not in _TIMES)
    owners = [token for token in named if index.at(token) is not None or token.tag_ in {"PRP$", "NNP", "NNPS"}]
    if owners:
        slots["poss"] = owners
    return slots


def _anchor(noun: Token) -> Token:
    """Return the noun by which an event hangs in its clause: the first of `raids and murders`, a `series` of them."""
    anchor = noun
    while anchor.dep_ == "conj" and is_noun(anchor.head):
        anchor = anchor.head
    while anchor.dep_ == "pobj" and anchor.head.lower_ == "of" and anchor.head.head.lemma_ in _COLLECTIVE:
        anchor = anchor.head.head
    return anchor


def _with_carrier(
    slots: Slots, noun: Token, anchor: Token, carrier: Token, light: LightVerb
) -> tuple[Slots, Token | None, LightVerb | None]:
    above = logical_slots(carrier)
    if anchor.dep_ in {"nsubj", "nsubjpass"} and anchor in above.get("subj", []):
        return slots, None, None
    slots["subj" if light.side == "actor" else "obj"] = [t for t in above.get("subj", []) if t != anchor]
    for name, fillers in above.items():
        if name not in {"subj", "obj"} and name not in slots:
            slots[name] = [token for token in fillers if token not in (anchor, noun)]
    return slots, carrier, light


@cache
def _light_verbs() -> Mapping[str, LightVerb]:
    return {light.lemma: light for light in load_light_verbs()}


def _light_verb(noun: Token) -> tuple[Token | None, LightVerb | None]:
    """Return the light verb above or below a noun and its entry: `launch`, `come under`, `claim responsibility for`."""
    for link in _links(noun):
        if not is_verb(link.word) or any(child.dep_ == "oprd" for child in link.word.children):
            continue  # `called the attack a crime`
        for act in _acts(link):
            if light := _light_verbs().get(" ".join([_with_particles(link.word), *act.removeprefix("obj").split()])):
                return link.word, light
    return None, None


def _with_particles(verb: Token) -> str:
    return " ".join([verb.lemma_, *(child.lower_ for child in verb.children if child.dep_ == "prt")])


def _culprits(noun: Token) -> list[Token]:
    """Return who stands behind an act by the words around it: `blamed for the attack`, `a suspect in the bombing`."""
    for link in _links(noun):
        word = link.word
        pos = "VERB" if is_verb(word) else "NOUN" if is_noun(word) else "ADJ"
        keys = ((_with_particles(word), pos, act) for act in _acts(link))
        doer = next((found for key in keys if (found := load_culprits().get(key))), None)
        if doer == SELF:
            return _named_by(word)
        if doer == HEAD and is_noun(word.head):
            return [word.head]
        if doer not in {HEAD, None}:
            return [token for token in logical_slots(word).get(doer, []) if token != noun]
        if is_verb(word) and word.lemma_ == "be" and noun.dep_ == "nsubj":
            return [t for work in word.children if work.lemma_ in _WORKS for t in prepositional(work).get("of", [])]
    return []


def _named_by(noun: Token) -> list[Token]:
    """Return a noun for people, or whom it describes: `X was the mastermind of`, `the mastermind of it was X`."""
    other = {"attr": "subj", "nsubj": "attr"}.get(noun.dep_)
    if other is not None and noun.head.lemma_ == "be":
        return logical_slots(noun.head).get(other) or coordinated(noun)
    return coordinated(noun)


def _links(noun: Token) -> Iterator[_Link]:
    """Yield the words above a noun up to its verb, then the participles and relative clauses below it."""
    between: list[str] = []
    token = noun
    for _ in range(_LONGEST_CHAIN):
        if token.dep_ == "ROOT":
            break
        token = token.head
        if is_verb(token):
            yield _Link(token, " ".join(between) or _function(noun, token))
            break
        if between:
            yield _Link(token, " ".join(between))
        between.insert(0, token.lower_)
    for clause in noun.rights:
        if clause.dep_ in {"acl", "relcl"} and is_verb(clause) and _function(noun, clause) == "obj":
            yield _Link(clause, "obj")


def _acts(link: _Link) -> Iterator[str]:
    """Yield how an event hangs on a word, then with the complement of a verb between them: `held X responsible for`."""
    yield link.act
    if link.act != "obj":
        complements = (child for child in link.word.rights if child.dep_ in {"dobj", "oprd", "acomp", "attr"})
        yield from (f"{child.lemma_} {link.act}" for child in complements)


def _function(noun: Token, verb: Token) -> str:
    """Return whether a noun right below or above a verb is its logical subject; all else counts as its object."""
    return "subj" if noun in logical_slots(verb).get("subj", []) else "obj"
