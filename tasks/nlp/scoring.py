"""What a proposed event is: the one small interface behind which type, roles and modality are decided.

`Scorer` is the interface; `LexiconScorer` reads everything off the lexicon and the parse, so that each decision can be
followed to a line of a table. Does not belong here: what may be an event (`triggers.py`), where and when it happened
(`where.py`, `when.py`), how sure the row is (`confidence.py`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from tasks.nlp.arguments import Filler, actors
from tasks.nlp.encoder import encode
from tasks.nlp.evidence import decided, new_candidates
from tasks.nlp.likelihood import weighed
from tasks.nlp.modality import modality
from tasks.nlp.recipients import recipients
from tasks.nlp.role_evidence import assigned
from tasks.nlp.senses import is_other_sense, is_part_of_word
from tasks.nlp.triggers import EventCandidate, Proposal, Sense, propose
from tasks.nlp.weapons import weapon_lemmas

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from seeds.lexicons import Constraint
    from tasks.nlp.encoder import Encoded
    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.records import Days
    from tasks.nlp.syntax import Slots

Roles = tuple[list[Filler], list[Filler]]
"""Actors and recipients."""

_WORTH_READING = 0.04
"""Likelihood from which a candidate's sentence is read by the encoder."""

_HUMAN = frozenset({"person", "organization", "group"})
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types of events whose parties all do the same."""


class Scorer(Protocol):
    """Decides what proposals are."""

    def senses(self, proposals: Sequence[Proposal], index: MentionIndex) -> list[EventCandidate]:
        """Return the proposals of an article that may be events, in order, each in its likeliest sense.

        Their `likelihood` says how likely they are, their `alternatives` which senses lost, the likeliest first.
        """

    def roles(self, candidate: EventCandidate, index: MentionIndex) -> Roles:
        """Return who does it, and to whom it is done."""

    def modality(self, candidate: EventCandidate, occurred: Days | None, published_on: dt.date | None) -> str:
        """Return whether it happened (see schemas.vocabulary.MODALITIES), if it did, in these days."""


class LexiconScorer:
    """Decides by the lexicon: the most specific entry whose constraints hold, its slots, and cues of modality."""

    def senses(self, proposals: Sequence[Proposal], index: MentionIndex) -> list[EventCandidate]:
        """Return the proposals in their most specific senses whose constraints hold, weighed in their sentences."""
        found = (candidate for proposal in proposals if (candidate := most_specific(proposal, index)))
        return weighed(list(_without_covered(found)), index)

    def roles(self, candidate: EventCandidate, index: MentionIndex) -> Roles:
        """Return the parties of the sense's actor and recipient slots; of two sides the first acts."""
        who = actors(candidate, index)
        whom = recipients(candidate, index, who)
        if len(who) > 1 and not whom and _symmetric(candidate, who):
            return who[:1], who[1:]
        return who, whom

    def modality(self, candidate: EventCandidate, occurred: Days | None, published_on: dt.date | None) -> str:
        """Return what the cues of the sentence and the days make of it."""
        return modality(candidate, occurred, published_on)


class EncoderScorer(LexiconScorer):
    """Decides senses by the encoder's reading of the sentences in which the lexicon sees a possible event."""

    def senses(self, proposals: Sequence[Proposal], index: MentionIndex) -> list[EventCandidate]:
        """Return the candidates of sentences that are worth reading, in their likeliest senses, weighed."""
        candidates, encoded = read_by_encoder(proposals, index)
        if proposals:
            proposals[0].token.doc._.encoded = encoded
        return list(_marked(decided(candidates, encoded, index)))

    def roles(self, candidate: EventCandidate, index: MentionIndex) -> Roles:
        """Return who fills the roles by the rules and the encoder together."""
        who, whom = super().roles(candidate, index)
        return assigned(candidate, who, whom, candidate.token.doc._.encoded, index)


def _marked(candidates: Sequence[EventCandidate]) -> Iterator[EventCandidate]:
    """Yield the candidates, the likeliest of each sentence marked as what the sentence is about."""
    best: dict[int, EventCandidate] = {}
    for candidate in candidates:
        start = candidate.token.sent.start
        if start not in best or candidate.likelihood > best[start].likelihood:
            best[start] = candidate
    main = set(map(id, best.values()))
    yield from (replace(candidate, is_main=id(candidate) in main) for candidate in candidates)


def read_by_encoder(proposals: Sequence[Proposal], index: MentionIndex) -> tuple[list[EventCandidate], Encoded]:
    """Return the candidates of sentences worth reading, the encoder's own included, and what it says of them."""
    worth = [c for c in LexiconScorer().senses(proposals, index) if c.likelihood >= _WORTH_READING]
    encoded = encode(_sentences(worth))
    added = new_candidates(worth[0].token.doc, worth, encoded, index) if worth else []
    return sorted([*worth, *added], key=lambda candidate: candidate.token.i), encoded


def _sentences(candidates: Iterable[EventCandidate]) -> list[Span]:
    return list({c.token.sent.start: c.token.sent for c in candidates}.values())


def find_candidates(doc: Doc, index: MentionIndex, scorer: Scorer) -> list[EventCandidate]:
    """Return the event candidates of an article in their senses, in order of the text."""
    return scorer.senses(propose(doc, index), index)


def most_specific(proposal: Proposal, index: MentionIndex) -> EventCandidate | None:
    """Return the proposal in its most specific sense whose constraints hold; None where there is none."""
    if is_part_of_word(proposal.token):
        return None
    held = [s for s in proposal.senses if all(_holds(c, proposal.slots, index) for c in s.trigger.requires)]
    held = [s for s in held if not is_other_sense(proposal, s.trigger.event_type)]
    if not held:
        return None
    chosen, token = held[0], proposal.token
    return EventCandidate(
        token,
        chosen.start,
        chosen.trigger,
        _outside(proposal.slots, chosen.start, token.i),
        proposal.carrier,
        proposal.light,
        chosen.trigger.strength,
        tuple(_other_types(chosen, held[1:])),
    )


def _without_covered(candidates: Iterable[EventCandidate]) -> Iterator[EventCandidate]:
    """Drop a candidate that is part of a longer one: `peace` in `peace talks`."""
    pending: EventCandidate | None = None
    for candidate in candidates:
        if pending is not None and pending.token.i < candidate.start:
            yield pending
        pending = candidate
    if pending is not None:
        yield pending


def _other_types(chosen: Sense, others: Iterable[Sense]) -> Iterator[Sense]:
    """Yield the first sense of each other type and mode."""
    seen = {(chosen.trigger.event_type, chosen.trigger.event_mode)}
    for sense in others:
        kind = sense.trigger.event_type, sense.trigger.event_mode
        if kind not in seen:
            seen.add(kind)
            yield sense


def _outside(slots: Slots, start: int, end: int) -> Slots:
    """Return the slots without the trigger's own words: `suicide` of `suicide bomber` acts not."""
    return {name: [t for t in fillers if not start <= t.i <= end] for name, fillers in slots.items()}


def _symmetric(candidate: EventCandidate, who: list[Filler]) -> bool:
    """Tell whether the parties act on each other: `A and B agreed`, `clashes between A and B`."""
    between = [*candidate.slots.get("between", ()), *candidate.slots.get("among", ())]
    return candidate.trigger.event_type in _MUTUAL or any(filler.token in between for filler in who)


def _holds(constraint: Constraint, slots: Slots, index: MentionIndex) -> bool:
    fillers = slots.get(constraint.slot, ())
    met = any(_is_one_of(filler, constraint.words, index) for filler in fillers)
    return met != constraint.negated


def _is_one_of(token: Token, words: frozenset[str], index: MentionIndex) -> bool:
    if token.lemma_ in words or token.lower_ in words:
        return True
    mention = index.at(token)
    if "@human" in words and (
        token.tag_ == "PRP" or (mention is not None and (mention.entity_type in _HUMAN or _is_country(mention)))
    ):
        return True
    if "@place" in words and mention is not None and mention.entity_type == "place":
        return True
    return "@weapon" in words and token.lemma_ in weapon_lemmas()


def _is_country(mention: Mention) -> bool:
    return mention.place is not None and mention.place.kind == "country"
