"""What the encoder says of a candidate, as features of one calibrated decision, and the senses that it adds.

The lexicon's likelihood (`likelihood.py`) decides which sentences are worth reading; with the encoder's scores and the
same features of entry, form and sentence it is weighed again. The weights (`seeds/weights/evidence.tsv`) are found by
`training/evidence.py` on texts that the encoder has not seen. Does not belong here: running the encoder (`encoder.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from seeds.lexicons import Pos, Trigger
from tasks.nlp.likelihood import CLASSES, domain_factor, features
from tasks.nlp.linear import LinearModel, probabilities, read_model
from tasks.nlp.syntax import is_noun, is_verb
from tasks.nlp.triggers import EventCandidate, Sense, free_slots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Token

    from tasks.nlp.encoder import Encoded
    from tasks.nlp.mentions import MentionIndex

WEIGHTS = Path(__file__).parents[2] / "seeds" / "weights" / "evidence.tsv"

ADDED, NEW = 0, -1
"""Line of a sense that the lexicon does not have of a word, and of a word that it does not have."""
_SURE = 0.0
"""Log-odds from which the encoder adds a type to those that the lexicon knows of a word."""
_SURE_OF_NEW = 1.5
"""The same for a word that the lexicon does not know: labelled news says little of such words."""
_STEPS = tuple(step / 2 for step in range(-14, 11))
_MARGINS = (-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6)
_FRAMES: dict[Pos, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "VERB": (("subj", "by"), ("obj", "to", "with", "against", "on", "for", "from", "of")),
    "NOUN": (("poss", "by", "of", "between"), ("on", "against", "with", "to", "of", "for", "by")),
}
"""Slots of actors and recipients of words that the lexicon does not know, best first."""
_ADDED_STRENGTH = 0.5
_YIELD = frozenset({"CONCEDE", "RETREAT"})
_ALIKE = {"CONCEDE": _YIELD, "RETREAT": _YIELD, "AGREE": frozenset({"AGREE", "SUPPORT"})}
"""Types that labelled news does not tell apart as we do: it has one type for both, or signing under SUPPORT."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate in one of its senses, what its likelihood is read off, and the encoder's log-odds, if any."""

    candidate: EventCandidate
    features: tuple[str, ...]
    score: float | None


def readings(candidates: Sequence[EventCandidate], encoded: Encoded, index: MentionIndex) -> list[list[Reading]]:
    """Return each candidate in all its types, the one that the lexicon prefers first."""
    found = []
    for candidate, known in zip(candidates, features(candidates, index), strict=True):
        scores = _scores(candidate, encoded)
        senses = list(_told_apart([candidate, *(in_sense(candidate, other) for other in candidate.alternatives)]))
        senses += _added(candidate, senses, scores)
        found.append([Reading(s, tuple(_features(s, candidate, known, scores)), _own_score(s, scores)) for s in senses])
    return found


def decided(candidates: Sequence[EventCandidate], encoded: Encoded, index: MentionIndex) -> list[EventCandidate]:
    """Return the candidates in their likeliest senses, with their likelihood and the senses that lost."""
    return [_best(options) for options in readings(candidates, encoded, index)]


def _best(options: Sequence[Reading]) -> EventCandidate:
    weighed = [(probabilities(_model().scores(option.features))[1], option) for option in options]
    order = sorted(weighed, key=lambda pair: -pair[0])
    likelihood, best = order[0]
    lost = tuple(Sense(option.candidate.start, option.candidate.trigger) for _, option in order[1:])
    return replace(
        best.candidate,
        likelihood=round(likelihood * domain_factor(best.candidate), 3),
        alternatives=lost,
        is_read_so=best.score is not None and best.score >= _SURE,
    )


def _told_apart(senses: Sequence[EventCandidate]) -> Iterator[EventCandidate]:
    """Yield the senses without those that the encoder cannot tell from one that the lexicon prefers."""
    seen: set[str] = set()
    for sense in senses:
        kind = sense.trigger.event_type
        if kind not in seen:
            yield sense
        seen |= _alike(kind) if kind not in seen else set()


def in_sense(candidate: EventCandidate, sense: Sense) -> EventCandidate:
    """Return a candidate in another of its senses."""
    return replace(candidate, start=sense.start, trigger=sense.trigger)


def _added(
    candidate: EventCandidate, senses: Sequence[EventCandidate], scores: Mapping[str, float] | None
) -> list[EventCandidate]:
    """Return the candidate in the type that the encoder takes it for, where the lexicon does not know it."""
    if scores is None:
        return []
    kind = max(scores, key=lambda name: scores[name])
    if scores[kind] < _SURE or any(kind in _alike(sense.trigger.event_type) for sense in senses):
        return []
    trigger = replace(candidate.trigger, event_type=kind, event_mode=None, contexts=(), requires=(), line=ADDED)
    return [replace(candidate, trigger=trigger)]


def new_candidates(
    doc: Doc, known: Sequence[EventCandidate], encoded: Encoded, index: MentionIndex
) -> list[EventCandidate]:
    """Return the words that the encoder takes for events and that are no candidates yet, in order of the text."""
    taken = {i for candidate in known for i in range(candidate.start, candidate.token.i + 1)}
    return [found for i in encoded.row_of if i not in taken and (found := _new(doc[i], encoded, index)) is not None]


def _new(token: Token, encoded: Encoded, index: MentionIndex) -> EventCandidate | None:
    scores = encoded.type_scores(token)
    if scores is None or max(scores.values()) < _SURE_OF_NEW or token.ent_type_ or index.at(token) is not None:
        return None
    pos = _pos(token)
    if pos is None:
        return None
    kind = max(scores, key=lambda name: scores[name])
    lemma = token.lemma_.lower()
    trigger = Trigger((lemma,), lemma, pos, kind, None, (), *_FRAMES[pos], (), (), _ADDED_STRENGTH, NEW)
    slots, carrier, light = free_slots(token, pos, index)
    return EventCandidate(token, token.i, trigger, slots, carrier, light)


def _pos(token: Token) -> Pos | None:
    if is_noun(token):
        return "NOUN"
    return "VERB" if is_verb(token) and token.dep_ not in {"aux", "auxpass"} else None


def _scores(candidate: EventCandidate, encoded: Encoded) -> Mapping[str, float] | None:
    """Return event type to the highest log-odds among the words of a trigger and its carrier."""
    doc = candidate.token.doc
    words = [doc[i] for i in range(candidate.start, candidate.token.i + 1)]
    words += [candidate.carrier] if candidate.carrier is not None else []
    read = [scores for word in words if (scores := encoded.type_scores(word)) is not None]
    return {kind: max(scores[kind] for scores in read) for kind in read[0]} if read else None


def _features(
    sense: EventCandidate, preferred: EventCandidate, known: Sequence[str], scores: Mapping[str, float] | None
) -> Iterator[str]:
    """Yield what is known of the word in the lexicon's sense, and what the encoder says of this one."""
    yield from known
    kind = sense.trigger.event_type
    first = sense.trigger is preferred.trigger
    yield "preferred" if first else "added" if sense.trigger.line <= ADDED else "other sense"
    own = _own_score(sense, scores)
    if scores is None or own is None:
        yield "unread"
        return
    rival = max(score for name, score in scores.items() if name not in _alike(kind))
    yield from (f"own {step}" for step in _STEPS if own >= step)
    yield from (f"rival {step}" for step in _STEPS[::2] if rival >= step)
    yield from (f"margin {step}" for step in _MARGINS if own - rival >= step)
    yield f"{kind} own {round(max(-6.0, min(4.0, own)) / 2)}"


def _own_score(sense: EventCandidate, scores: Mapping[str, float] | None) -> float | None:
    return max(scores[name] for name in _alike(sense.trigger.event_type)) if scores is not None else None


def _alike(kind: str) -> frozenset[str]:
    return _ALIKE.get(kind, frozenset({kind}))


@cache
def _model() -> LinearModel:
    return read_model(WEIGHTS, CLASSES)
