"""How likely a word in one of its senses reports an event of that type: read off its entry and its sentence.

The lexicon says how surely a word denotes an event (`strength`); the sentence says whether it is the news there or
only part of it: who stands in its slots, what governs it (`condemned the attack`), whether it happened at all. The
weights (`seeds/weights/likelihood.tsv`, found by `training/likelihood.py`) know no words, so that what the lexicon says
of a word holds for a new entry as for an old one. Does not belong here: how sure the finished row is (`confidence.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.nlp.linear import LinearModel, probabilities, read_model
from tasks.nlp.modality import modality
from tasks.nlp.senses import sense_factor
from tasks.nlp.syntax import is_noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from tasks.nlp.mentions import MentionIndex
    from tasks.nlp.triggers import EventCandidate

CLASSES = ("no", "yes")
WEIGHTS = Path(__file__).parents[2] / "seeds" / "weights" / "likelihood.tsv"

_REACH = 12
"""Governors over which another event is looked for above a word."""
_LONGEST_PATH = 4
_DEEPEST = 6
_SLOTS_OF_NOUNS = ("of", "by", "on", "against", "with", "between", "for", "to", "in")
_DETERMINERS = {
    **dict.fromkeys(("the", "this", "that", "these", "those"), "the"),
    **dict.fromkeys(("a", "an"), "a"),
    **dict.fromkeys(("no", "any"), "no"),
}


@dataclass(frozen=True, slots=True)
class Ruler:
    """The nearest event above another in the parse, and the dependencies that lead down from it."""

    candidate: EventCandidate
    path: str


def weighed(candidates: Sequence[EventCandidate], index: MentionIndex) -> list[EventCandidate]:
    """Return the candidates of an article with their likelihood, 0..1.

    What the words around say of another domain comes on top: labelled news holds too few matches and market reports to
    learn it from.
    """
    return [
        replace(candidate, likelihood=round(probabilities(_model().scores(found))[1] * domain_factor(candidate), 3))
        for candidate, found in zip(candidates, features(candidates, index), strict=True)
    ]


def domain_factor(candidate: EventCandidate) -> float:
    """Return a factor 0..1: less than 1 where the words around are those of another domain, such as sports."""
    return sense_factor(candidate.token.doc, candidate.token)


def features(candidates: Sequence[EventCandidate], index: MentionIndex) -> list[list[str]]:
    """Return what each candidate's likelihood is read off, in the order of the candidates of an article."""
    at = {candidate.token.i: candidate for candidate in candidates}
    rulers = [_ruler(candidate, at) for candidate in candidates]
    ruling = {ruler.candidate.token.i for ruler in rulers if ruler is not None}
    return [
        [
            *_of_entry(candidate),
            *_of_form(candidate),
            *_of_slots(candidate, index),
            *_of_modality(candidate),
            *_of_context(candidate, ruler, rules=candidate.token.i in ruling),
        ]
        for candidate, ruler in zip(candidates, rulers, strict=True)
    ]


def _of_entry(candidate: EventCandidate) -> Iterator[str]:
    """Yield what the lexicon says."""
    trigger = candidate.trigger
    kind = trigger.event_type
    yield "any"
    yield f"strength {trigger.strength:.1f}"
    yield f"type {kind}"
    yield f"{trigger.pos} {kind}"
    yield f"words {min(len(trigger.lemma), 3)}"
    yield f"constraints {min(len(trigger.requires), 2)}"
    yield f"rivals {min(len(candidate.alternatives), 2)}"


def _of_form(candidate: EventCandidate) -> Iterator[str]:
    """Yield how the word stands there."""
    token, pos = candidate.token, candidate.trigger.pos
    yield f"{pos} {token.tag_}"
    yield f"{pos} {token.dep_}"
    if candidate.carrier is not None and candidate.light is not None:
        yield "carried"
        yield f"carrier {candidate.carrier.lemma_}"
        yield f"carrier {candidate.light.side} {candidate.light.modality}"
    if is_noun(token):
        yield f"{_determiner(token)} {token.tag_}"
        yield from (f"{pos} {slot}" for slot in _SLOTS_OF_NOUNS if candidate.slots.get(slot))


def _determiner(noun: Token) -> str:
    for child in noun.lefts:
        if child.dep_ == "poss":
            return "poss"
        if found := _DETERMINERS.get(child.lower_):
            return found
    return "bare"


def _of_slots(candidate: EventCandidate, index: MentionIndex) -> Iterator[str]:
    """Yield who or what stands in the slots of actor and recipient."""
    pos = candidate.trigger.pos
    who, whom = (_filled(candidate, slots, index) for slots in (candidate.trigger.actor, candidate.trigger.recipient))
    yield f"who {who}"
    yield f"whom {whom}"
    yield f"{pos} who {who} whom {whom}"


def _filled(candidate: EventCandidate, slots: Sequence[str], index: MentionIndex) -> str:
    """Return how well the best filler of these slots is known: named, described, a thing, or nobody."""
    fillers = [token for slot in slots for token in candidate.slots.get(slot, ())]
    kinds = {mention.kind for token in fillers if (mention := index.at(token)) is not None}
    if kinds:
        return "named" if "name" in kinds else "described"
    return "thing" if fillers else "none"


def _of_modality(candidate: EventCandidate) -> Iterator[str]:
    """Yield whether it happened, as far as the sentence alone says."""
    how = "asserted" if _is_taken_for_granted(candidate) else modality(candidate, None, None)
    yield f"modality {how}"
    yield f"{candidate.trigger.pos} {how}"
    yield f"{candidate.trigger.event_type} {how}"


def _of_context(candidate: EventCandidate, ruler: Ruler | None, *, rules: bool) -> Iterator[str]:
    """Yield what governs the word, and whether it governs another event."""
    trigger, governor = candidate.trigger, candidate.governor
    depth = sum(1 for _, _ in zip(range(_DEEPEST), candidate.token.ancestors, strict=False))
    yield f"depth {depth}"
    if governor.head != governor:
        yield f"{trigger.pos} {governor.dep_} {governor.head.tag_[:2]}"
    if rules:
        yield f"rules {trigger.pos}"
    if ruler is None:
        yield "top" if rules else "alone"
        yield f"top {trigger.event_type}"
        return
    above = ruler.candidate.trigger
    yield f"under {above.event_type}"
    yield f"under {above.pos} {trigger.pos}"
    yield "same type" if above.event_type == trigger.event_type else "other type"
    yield f"path {ruler.path}"
    yield f"{trigger.pos} path {ruler.path}"


def _is_taken_for_granted(candidate: EventCandidate) -> bool:
    """Tell whether the word only modifies another: he was jailed whose release is demanded as `the jailed leader`."""
    return candidate.token.dep_ == "amod"


def _ruler(candidate: EventCandidate, at: Mapping[int, EventCandidate]) -> Ruler | None:
    if _is_taken_for_granted(candidate):
        return None
    path: list[str] = []
    token = candidate.governor
    for _ in range(_REACH):
        if token.head == token:
            return None
        path.append(f"{token.dep_} {token.lower_}" if token.dep_ == "prep" else token.dep_)
        token = token.head
        if (found := at.get(token.i)) is not None and found is not candidate:
            return Ruler(found, " ".join(step for step in path[:_LONGEST_PATH] if step != "pobj"))
    return None


@cache
def _model() -> LinearModel:
    return read_model(WEIGHTS, CLASSES)
