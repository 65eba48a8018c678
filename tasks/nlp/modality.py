"""Whether an event happened: asserted, negated, planned, demanded, hypothetical or historical.

Cues stand at the event itself (`not`, `no`, `will`, `if`) or at what governs it (`denied attacking`, `plans to meet`,
`called for an attack`). The walk goes from the event up to the root of its sentence; the first cue that changes
what is asserted decides, and a negation above a plan leaves nothing that happened.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import load_background, load_modality
from tasks.nlp.syntax import is_verb, upward

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from tasks.nlp.records import Days
    from tasks.nlp.triggers import EventCandidate

_COMPLEMENT_DEPS = frozenset(
    {"ccomp", "xcomp", "dobj", "pobj", "pcomp", "prep", "acl", "conj", "compound", "nsubjpass", "appos", "oprd", "attr"}
)
_LONG_AGO_DAYS = 365
"""What ended more than a year before the article was published is background."""


@cache
def _cues(scope: str, *parts: str) -> Mapping[str, str]:
    """Return lemma to modality for the cues of a scope, of some parts of speech or of all."""
    return {
        cue.lemma: cue.modality for cue in load_modality() if cue.scope == scope and (not parts or cue.pos in parts)
    }


@cache
def _background() -> frozenset[str]:
    return frozenset(cue.lemma for cue in load_background())


def modality(candidate: EventCandidate, occurred: Days | None, published_on: dt.date | None) -> str:
    """Return the modality of a candidate that happened, if it did, in these days."""
    if candidate.light is not None and candidate.light.modality != "asserted":
        return candidate.light.modality
    stated = next(_stated(candidate), None)
    if stated is not None:
        return stated
    if published_on is not None and occurred is not None and occurred.first > published_on:
        return "planned"
    remembered = any(above.lemma_ in _background() for above in upward(candidate.token))
    if remembered or is_long_ago(occurred, published_on):
        return "historical"
    return "asserted"


def is_long_ago(occurred: Days | None, published_on: dt.date | None) -> bool:
    """Tell whether what happened in these days was history when the article was published."""
    return occurred is not None and published_on is not None and (published_on - occurred.last).days > _LONG_AGO_DAYS


def _stated(candidate: EventCandidate) -> Iterator[str]:
    """Yield what the cues say, from the event outwards."""
    nominal = candidate.token.tag_.startswith("NN")
    if nominal and any(child.lower_ == "no" for child in candidate.token.lefts):
        yield "negated"
    below = candidate.token
    if candidate.carrier is None and is_verb(below):
        yield from _clause_cues(below)
    for above in upward(candidate.token):
        if below.dep_ not in _COMPLEMENT_DEPS and not (is_verb(above) and below.dep_ in {"nsubj", "advcl", "relcl"}):
            return
        if is_verb(above):
            if below.dep_ == "relcl" or (below.dep_ == "advcl" and not _depends_on_main(below)):
                return
            if below.dep_ != "conj" and below.dep_ not in {"nsubj", "advcl"} and (cue := _complement_cue(above, below)):
                yield cue
            if below.dep_ in {"dobj", "nsubj", "nsubjpass", "xcomp", "prep", "advcl"} or above == candidate.carrier:
                yield from _clause_cues(above)
        elif cue := _cues("complement").get(above.lemma_):
            yield cue
        below = above


def _depends_on_main(clause: Token) -> bool:
    """Tell whether an adverbial clause happens only if its main clause does: `would attack, killing many`."""
    return clause.tag_ == "VBG" and not any(child.dep_ == "mark" for child in clause.children)


def _complement_cue(verb: Token, below: Token) -> str | None:
    """Return what a governing verb makes of the event below it."""
    if below.dep_ == "xcomp" and (verb.lemma_ == "be" or (verb.lemma_ == "go" and verb.tag_ == "VBG")):
        return "planned"  # `is to visit`, `is going to attack`
    cues = _cues("complement")
    particles = (child.lower_ for child in verb.children if child.dep_ in {"prt", "prep"} and child.i <= below.i)
    phrases = (cues.get(f"{verb.lemma_} {particle}") for particle in particles)
    return next((cue for cue in phrases if cue), None) or cues.get(verb.lemma_)


def _clause_cues(verb: Token) -> Iterator[str]:
    """Yield what a clause says of its own verb, negation first."""
    adverbs, auxiliaries, marks = _cues("clause", "ADV"), _cues("clause", "AUX"), _cues("clause", "MARK")
    children = list(verb.children)
    if any(child.dep_ == "neg" for child in children) or any(_is_none(child) for child in children):
        yield "negated"
    for child in children:
        if child.dep_ in {"advmod", "preconj", "cc"} and (cue := adverbs.get(child.lower_)):
            yield cue
        if child.dep_ == "mark" and (cue := marks.get(child.lower_)):
            yield cue
        if child.dep_ == "aux" and (cue := auxiliaries.get(child.lower_)) and not _plain_no(child, children):
            yield cue


def _is_none(child: Token) -> bool:
    """Tell whether a subject says that nobody did it: `no soldiers were killed`."""
    return child.dep_ in {"nsubj", "nsubjpass", "dobj"} and any(word.lower_ == "no" for word in child.lefts)


def _plain_no(modal: Token, siblings: Sequence[Token]) -> bool:
    """Tell whether a modal only gives a no its tense: `would not say`."""
    return modal.lower_ == "would" and any(child.dep_ == "neg" for child in siblings)
