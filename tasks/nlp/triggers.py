"""Proposals of events: every verb, noun and adjective that may denote one, with its senses and syntactic slots.

High recall on purpose. Does not belong here: which sense is meant (`scoring.py`), which slot holds the actor
(`arguments.py`), whether it happened (`modality.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from seeds.lexicons import triggers_by_head
from tasks.nlp.carriers import noun_slots
from tasks.nlp.syntax import is_noun, is_verb, logical_slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc, Token

    from seeds.lexicons import LightVerb, Trigger
    from tasks.nlp.mentions import MentionIndex
    from tasks.nlp.syntax import Slots

_NOMINAL_DEPS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos", "conj", "ROOT"})
_MEASURES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"})
"""The tagger's labels of words that denote no event: `March 11` is no march."""
_TAGS_OF_NOUNS_TOO = frozenset({"VB", "VBP", "VBZ"})
"""Verb tags that the tagger gives to nouns of the same form: `airstrikes hit the town`."""


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

    `start` is the index of the trigger's first token, `token` its head; `likelihood` 0..1 is that of the sense;
    `is_main` marks the likeliest candidate of a sentence, `is_read_so` one that the encoder alone takes for its sense.
    """

    token: Token
    start: int
    trigger: Trigger
    slots: Slots
    carrier: Token | None = None
    light: LightVerb | None = None
    likelihood: float = 1.0
    alternatives: tuple[Sense, ...] = ()
    is_main: bool = False
    is_read_so: bool = False

    @property
    def governor(self) -> Token:
        """The token at which the event hangs in its clause: the carrier, or the trigger itself."""
        return self.carrier if self.carrier is not None else self.token


def propose(doc: Doc, index: MentionIndex) -> list[Proposal]:
    """Return the words of an article that may denote events, in order of the text, at most one proposal a token."""
    return [proposal for token in doc if (proposal := _proposal(token, index))]


def _proposal(token: Token, index: MentionIndex) -> Proposal | None:
    for lemma, pos in _readings(token):
        entries = triggers_by_head().get((lemma, pos))
        if entries is None or _inside_name(token, index) or token.ent_type_ in _MEASURES or _leads_compound(token):
            continue
        senses = tuple(Sense(start, entry) for entry in entries if (start := _match(token, entry)) is not None)
        if senses:
            return Proposal(token, senses, *_slots(token, pos, min(s.start for s in senses), index))
    return None


def free_slots(token: Token, pos: str, index: MentionIndex) -> tuple[Slots, Token | None, LightVerb | None]:
    """Return the fillers of the slots of a word outside the lexicon, and the light verb that performs it."""
    return _slots(token, pos, token.i, index)


def _leads_compound(token: Token) -> bool:
    """Tell whether a hyphen ties the word to what follows, so that it only describes: `dead-on-arrival`."""
    after = token.i + 1
    return (
        after < len(token.doc) and token.doc[after].text == "-" and not token.whitespace_ + token.doc[after].whitespace_
    )


def _slots(token: Token, pos: str, start: int, index: MentionIndex) -> tuple[Slots, Token | None, LightVerb | None]:
    """Return the fillers of a trigger's slots, and the light verb that performs a nominal event."""
    if pos == "NOUN":
        return noun_slots(token, start, index)
    if pos == "ADJ":
        return _adjective_slots(token), None, None
    if is_noun(token):
        slots, carrier, light = noun_slots(token, start, index)
        return _as_of_verb(slots), carrier, light
    return _verb_slots(token), None, None


def _as_of_verb(slots: Slots) -> Slots:
    """Return the slots of a verb that stands as a noun: `the shelling of the town by rebels`."""
    subjects = [*slots.get("subj", ()), *slots.get("by", ()), *slots.get("poss", ())]
    objects = [*slots.get("obj", ()), *slots.get("of", ())]
    return {**slots, "subj": subjects, "obj": objects}


def _adjective_slots(adjective: Token) -> Slots:
    """Return whom an adjective describes as `obj`: `two dead soldiers`, `six were dead`, `left six dead`."""
    head = adjective.head
    if adjective.dep_ == "amod":
        return {"obj": [head]}
    if adjective.dep_ in {"acomp", "oprd", "attr", "ccomp"} and is_verb(head):
        above = logical_slots(head)
        return {"obj": above.get("obj") or above.get("subj", [])}
    return {}


def _readings(token: Token) -> Iterator[tuple[str, str]]:
    """Yield the lemmas and parts of speech under which a word may stand in the lexicon, the likeliest first."""
    if is_noun(token):
        yield token.lemma_, "NOUN"
        if verb := _gerunds().get(token.lower_):
            yield verb, "VERB"
    elif token.tag_.startswith("JJ"):
        yield token.lemma_, "ADJ"
    elif is_verb(token) and token.dep_ not in {"aux", "auxpass"}:
        if token.tag_ == "VBG" and _is_nominal(token):
            yield token.lower_, "NOUN"
            yield token.lemma_, "NOUN"
        yield token.lemma_, "VERB"
        if token.tag_ in _TAGS_OF_NOUNS_TOO:
            yield token.lemma_, "NOUN"


def _is_nominal(gerund: Token) -> bool:
    """Tell whether a verb in -ing stands as a noun: `the killing of`, `bombing suspects`."""
    if gerund.dep_ == "compound":
        return True
    return gerund.dep_ in _NOMINAL_DEPS and any(c.dep_ in {"det", "poss", "amod"} for c in gerund.children)


@cache
def _gerunds() -> Mapping[str, str]:
    """Return the -ing forms that verbs of the lexicon may have to the verbs: `negotiating`, `shelling`, `bugging`."""
    verbs = sorted({head for head, pos in triggers_by_head() if pos == "VERB"})
    forms = {stem + "ing": verb for verb in verbs for stem in (verb + verb[-1], verb.removesuffix("e"), verb)}
    return MappingProxyType(forms)


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
