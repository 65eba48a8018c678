"""Proposals of events: every verb, noun and adjective that may denote one, with its senses and syntactic slots.

High recall on purpose. Does not belong here: which sense is meant (`scoring.py`), which slot holds the actor
(`arguments.py`), whether it happened (`modality.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import load_light_verbs, triggers_by_head
from tasks.nlp.syntax import is_noun, is_verb, logical_slots, possessors, prepositional

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc, Token

    from seeds.lexicons import LightVerb, Trigger
    from tasks.nlp.mentions import MentionIndex
    from tasks.nlp.syntax import Slots

_COLLECTIVE = frozenset(
    [
        *("series", "wave", "spate", "string", "number", "round", "campaign", "sequence", "rash", "bout", "pair"),
        *("dozen", "hundred"),
    ]
)
_NOMINAL_DEPS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos", "conj", "ROOT"})
_MEASURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"})
"""The tagger's labels of words that denote no event: `March 11` is no march."""
_LONGEST_CHAIN = 4


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to read a word: a lexicon entry whose words stand there, from the token of this index."""

    start: int
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word that may denote an event: all its senses, and the fillers of its syntactic slots.

    `carrier` is the light verb that performs a nominal event (`launched an attack`), with its lexicon entry `light`.
    """

    token: Token
    senses: tuple[Sense, ...]
    slots: Slots
    carrier: Token | None = None
    light: LightVerb | None = None


@dataclass(frozen=True, slots=True)
class EventCandidate:
    """A possible event in the sense that was chosen; `alternatives` are the other senses, the likeliest first.

    `start` is the index of the trigger's first token, `token` its head; `likelihood` 0..1 is that of the sense.
    """

    token: Token
    start: int
    trigger: Trigger
    slots: Slots
    carrier: Token | None = None
    light: LightVerb | None = None
    likelihood: float = 1.0
    alternatives: tuple[Sense, ...] = ()

    @property
    def governor(self) -> Token:
        """The token at which the event hangs in its clause: the carrier, or the trigger itself."""
        return self.carrier if self.carrier is not None else self.token


@cache
def _light_verbs() -> Mapping[str, LightVerb]:
    return {light.lemma: light for light in load_light_verbs()}


def propose(doc: Doc, index: MentionIndex) -> list[Proposal]:
    """Return the words of an article that may denote events, in order of the text, at most one proposal a token."""
    return [proposal for token in doc if (proposal := _proposal(token, index))]


def _proposal(token: Token, index: MentionIndex) -> Proposal | None:
    for pos in _parts_of_speech(token):
        entries = triggers_by_head().get((token.lemma_, pos))
        if entries is None or _inside_name(token, index) or token.ent_type_ in _MEASURES:
            continue
        senses = tuple(Sense(start, entry) for entry in entries if (start := _match(token, entry)) is not None)
        if senses:
            return Proposal(token, senses, *_slots(token, pos, index))
    return None


def _slots(token: Token, pos: str, index: MentionIndex) -> tuple[Slots, Token | None, LightVerb | None]:
    """Return the fillers of a trigger's slots, and the light verb that performs a nominal event."""
    if pos == "NOUN":
        return _noun_slots(token, index)
    return (_verb_slots(token) if pos == "VERB" else _adjective_slots(token)), None, None


def _adjective_slots(adjective: Token) -> Slots:
    """Return whom an adjective describes as `obj`: `two dead soldiers`, `six were dead`, `left six dead`."""
    head = adjective.head
    if adjective.dep_ == "amod":
        return {"obj": [head]}
    if adjective.dep_ in {"acomp", "oprd", "attr", "ccomp"} and is_verb(head):
        above = logical_slots(head)
        return {"obj": above.get("obj") or above.get("subj", [])}
    return {}


def _parts_of_speech(token: Token) -> tuple[str, ...]:
    if token.tag_.startswith("NN"):
        return ("NOUN",)
    if token.tag_.startswith("JJ"):
        return ("ADJ",)
    if not is_verb(token) or token.dep_ in {"aux", "auxpass"}:
        return ()
    if (
        token.tag_ == "VBG"
        and token.dep_ in _NOMINAL_DEPS
        and any(c.dep_ in {"det", "poss", "amod"} for c in token.children)
    ):
        return ("NOUN", "VERB")
    return () if token.dep_ == "compound" else ("VERB",)


def _inside_name(token: Token, index: MentionIndex) -> bool:
    mention = index.at(token)
    return mention is not None and mention.kind == "name"


def _match(token: Token, trigger: Trigger) -> int | None:
    """Return the index of the entry's first token when its words stand at the token, else None."""
    if trigger.pos == "VERB":
        return token.i if all(_has_word(token, word) for word in trigger.lemma[1:]) else None
    start = token.i
    for word in reversed(trigger.lemma[:-1]):
        start -= 1
        if start >= 0 and token.doc[start].lower_ == "-":
            start -= 1
        if start < token.sent.start or word not in {token.doc[start].lower_, token.doc[start].lemma_}:
            return None
    return start


def _has_word(verb: Token, word: str) -> bool:
    """Tell whether a word hangs on the verb, directly or one step down, to its right, or is its passive subject."""
    for child in verb.children:
        if child.i < verb.i and child.dep_ != "nsubjpass":
            continue
        if word in {child.lower_, child.lemma_}:
            return True
        if child.dep_ in {"prep", "prt", "dobj", "advmod"} and any(
            word in {g.lower_, g.lemma_} for g in child.children
        ):
            return True
    return False


def _verb_slots(verb: Token) -> Slots:
    slots = dict(logical_slots(verb))
    complements = [child for child in verb.children if child.dep_ in {"ccomp", "xcomp"}]
    subjects = [t for child in complements if is_verb(child) for t in logical_slots(child).get("subj", [])]
    if subjects:
        slots["comp"] = subjects
    return slots


def _noun_slots(noun: Token, index: MentionIndex) -> tuple[Slots, Token | None, LightVerb | None]:
    slots = prepositional(noun)
    owners = [
        token for token in possessors(noun) if index.at(token) is not None or token.tag_ in {"PRP$", "NNP", "NNPS"}
    ]
    if owners:
        slots["poss"] = owners
    anchor = noun
    while anchor.dep_ == "conj" and is_noun(anchor.head):
        anchor = anchor.head
    while anchor.dep_ == "pobj" and anchor.head.lower_ == "of" and anchor.head.head.lemma_ in _COLLECTIVE:
        anchor = anchor.head.head
    carrier, light = _light_verb(anchor)
    if carrier is None or light is None:
        return slots, None, None
    above = logical_slots(carrier)
    if anchor.dep_ in {"nsubj", "nsubjpass"} and anchor in above.get("subj", []):
        return slots, None, None
    slots["subj" if light.side == "actor" else "obj"] = [t for t in above.get("subj", []) if t != anchor]
    for name, fillers in above.items():
        if name not in {"subj", "obj"} and name not in slots:
            slots[name] = [token for token in fillers if token not in (anchor, noun)]
    return slots, carrier, light


def _light_verb(noun: Token) -> tuple[Token | None, LightVerb | None]:
    """Return the light verb above a noun and its entry: `launch`, `come under`, `claim responsibility for`."""
    chain: list[str] = []
    token = noun
    for _ in range(_LONGEST_CHAIN):
        if token.dep_ == "ROOT":
            break
        token = token.head
        if is_verb(token):
            particles = [child.lower_ for child in token.children if child.dep_ == "prt"]
            light = _light_verbs().get(" ".join([token.lemma_, *particles, *chain]))
            return (token, light) if light else (None, None)
        chain.insert(0, token.lower_)
    return None, None
