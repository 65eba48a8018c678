"""Whether an event happened: asserted, negated, planned, demanded, hypothetical or historical.

Cues stand at the event itself (`not`, `no`, `will`, `if`) or at what governs it (`denied attacking`, `plans to meet`,
`called for an attack`). The walk goes from the event up to the root of its sentence; the first cue that changes
what is asserted decides, and a negation above a plan leaves nothing that happened.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import load_background, load_modality
from tasks.nlp.syntax import is_verb, own_clause, upward

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Token

    from tasks.nlp.records import Days
    from tasks.nlp.triggers import EventCandidate

_MODALS = {
    "will": "planned", "'ll": "planned", "’ll": "planned", "shall": "planned", "would": "hypothetical", "could": "hypothetical",
    "may": "hypothetical", "might": "hypothetical", "can": "hypothetical", "should": "demanded", "must": "demanded", "ought": "demanded",
}  # fmt: skip
_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
_NEGATIONS = frozenset({"no", "never", "neither", "nor", "without"})
_COMPLEMENT_DEPS = frozenset(
    {"ccomp", "xcomp", "dobj", "pobj", "pcomp", "prep", "acl", "conj", "compound", "nsubjpass", "appos", "oprd", "attr"}
)
_LONG_AGO_DAYS = 365
"""What ended more than a year before the article was published is background."""


@cache
def _cues() -> Mapping[str, str]:
    return {_text(cue.lemma): cue.modality for cue in load_modality() if cue.scope == "complement"}


@cache
def _background() -> frozenset[str]:
    return frozenset(_text(cue.lemma) for cue in load_background())


def _text(lemma: str | tuple[str, ...]) -> str:
    return lemma if isinstance(lemma, str) else " ".join(lemma)


def modality(candidate: EventCandidate, occurred: Days | None, published_on: dt.date | None) -> str:
    """Return the modality of a candidate that happened, if it did, in these days."""
    if candidate.light is not None and candidate.light.modality != "asserted":
        return candidate.light.modality
    stated = next(_stated(candidate), None)
    if stated is not None:
        return stated
    if published_on is not None and occurred is not None:
        if occurred.first > published_on:
            return "planned"
        if (published_on - occurred.last).days > _LONG_AGO_DAYS:
            return "historical"
    sentence = candidate.token.sent
    if occurred is None and any(token.lemma_ in _background() for token in sentence):
        return "historical"
    return "asserted"


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
        elif cue := _cues().get(above.lemma_):
            yield cue
        below = above


def _depends_on_main(clause: Token) -> bool:
    """Tell whether an adverbial clause happens only if its main clause does: `would attack, killing many`."""
    return clause.tag_ == "VBG" and not any(child.dep_ == "mark" for child in clause.children)


def _complement_cue(verb: Token, below: Token) -> str | None:
    particles = [child.lower_ for child in verb.children if child.dep_ in {"prt", "prep"} and child.i <= below.i]
    for particle in particles:
        if cue := _cues().get(f"{verb.lemma_} {particle}"):
            return cue
    return _cues().get(verb.lemma_)


def _clause_cues(verb: Token) -> Iterator[str]:
    for child in verb.children:
        if child.dep_ == "neg" or (child.dep_ in {"advmod", "preconj", "cc"} and child.lower_ in _NEGATIONS):
            yield "negated"
    for child in verb.children:
        if child.dep_ == "mark" and child.lower_ in _CONDITIONS:
            yield "hypothetical"
        if child.dep_ == "aux" and child.lower_ in _MODALS and not _reported_future(verb, child):
            yield _MODALS[child.lower_]
    subjects = (child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"})
    if any(grandchild.lower_ == "no" for subject in subjects for grandchild in subject.lefts):
        yield "negated"
    if verb.dep_ == "advcl" and any(t.dep_ == "mark" and t.lower_ in _CONDITIONS for t in own_clause(verb)):
        yield "hypothetical"


def _reported_future(verb: Token, modal: Token) -> bool:
    """Tell whether `would have` reports a past: `he would have met` stays hypothetical, `would not say` is a plain no."""
    return modal.lower_ == "would" and any(child.dep_ == "neg" for child in verb.children)
