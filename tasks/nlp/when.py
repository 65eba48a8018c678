"""When an event happened: the time expression of its sentence that belongs to it, and how certain that is.

The walk goes from the event up to the verbs that tell of it, as long as what is above happens at the same time: a bomb
that exploded `in an attack on Monday` did, the attack that was `condemned on Monday` did not. Each step outward is
less certain. A time at which something was only said is not when it happened. Does not belong here: what the
sentences around say (`narrative.py`), the days of an expression (`dating.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeds.lexicons import triggers_by_head
from tasks.nlp.attribution import is_reporting
from tasks.nlp.syntax import clause_verb, is_noun, is_verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from seeds.lexicons import Trigger
    from tasks.nlp.dating import DatedToken
    from tasks.nlp.records import Days, TimeMention
    from tasks.nlp.triggers import EventCandidate

_VERBAL = frozenset({"CONSULT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
"""Types of events that speak of other events."""

_DURING = frozenset(
    {"in", "during", "by", "from", "with", "at", "amid", "through", "via", "as", "because", "due", "under", "into"}
)
_NEXT = frozenset({"after", "following"})
"""Words of what soon follows, most often on the same day: `died on Monday after an attack`."""

_SIMULTANEOUS = frozenset({"when", "while", "as", "where"})
_GROUPS = frozenset({"series", "wave", "spate", "string", "number", "round", "campaign", "kind", "act", "case"})
_LONGEST_WALK = 10

_OWN, _CLOSE, _NEAR, _FAR, _LOOSE = 0.95, 0.93, 0.85, 0.6, 0.5
"""Certainties: of a time that hangs on the event, and of one step outward of each kind."""

_SHARES = {
    **dict.fromkeys(("pobj", "pcomp"), 1.0),
    **dict.fromkeys(("dobj", "attr", "oprd", "nsubj", "nsubjpass", "csubj"), _CLOSE),
    **dict.fromkeys(("conj", "appos", "xcomp", "relcl", "acl", "compound", "nmod"), _NEAR),
    **dict.fromkeys(("ccomp", "parataxis", "dep"), _LOOSE),
}
"""How likely a word happens at the time of the word that it depends on in this way."""

_PARTS_OF_NOUNS = frozenset({"relcl", "acl", "compound", "nmod"})
_CONTENT = frozenset({"dobj", "attr", "oprd", "xcomp", "ccomp", "parataxis", "dep"})
"""Dependencies of what a verb of saying speaks of."""


@dataclass(frozen=True, slots=True)
class When:
    """The time expression that dates an event, the days it gives, and how certain it is that they are the event's."""

    time: TimeMention
    days: Days
    certainty: float


def when(candidate: EventCandidate, dated: Sequence[DatedToken]) -> When | None:
    """Return what the sentence says of when it happened; None where it says nothing."""
    sentence = candidate.token.sent
    here = dated[bisect_left(dated, sentence.start, key=_place) : bisect_left(dated, sentence.end, key=_place)]
    if not here:
        return None
    for anchor, certainty in contemporary(candidate):
        matches = [item for item in here if item.anchor == anchor]
        if matches and (anchor == candidate.token or not is_reporting(anchor)):
            nearest = min(matches, key=lambda item: (abs(item.head.i - candidate.token.i), item.head.i))
            return When(nearest.time, nearest.days, round(certainty, 3))
    beside = next((item for item in here if _beside(item, candidate)), None)
    return When(beside.time, beside.days, _FAR) if beside is not None else None


def _place(dated: DatedToken) -> int:
    return int(dated.head.i)


def contemporary(candidate: EventCandidate) -> Iterator[tuple[Token, float]]:
    """Yield the words whose time is the event's, from the event outward, with how certain that is."""
    yield candidate.token, _OWN
    yield from ((clause, _OWN * _CLOSE) for clause in _clauses_about(candidate.token))
    below, certainty = candidate.token, _OWN
    for _ in range(_LONGEST_WALK):
        if below.dep_ == "ROOT":
            return
        if candidate.carrier is None or not candidate.carrier.is_ancestor(below):
            certainty *= _share(below)
        if certainty < _LOOSE / 2:
            return
        below = below.head
        yield below, certainty
        yield from ((clause, certainty * _NEAR) for clause in _later_verbs(below) if clause != candidate.token)


def _clauses_about(event: Token) -> Iterator[Token]:
    """Yield the clauses that say of an event that, or how, it happened: `the attack, which began on Monday`."""
    if is_verb(event):
        yield from _later_verbs(event)
    else:
        yield from (child for child in event.rights if child.dep_ in {"relcl", "acl"} and not speaks(child))


def _later_verbs(verb: Token) -> Iterator[Token]:
    """Yield the verbs that share what stands at the last of them: `killed two and wounded five on Monday`."""
    return (child for child in verb.rights if child.dep_ == "conj" and is_verb(child))


def _share(below: Token) -> float:
    """Return how likely a word happens at the time of the word that governs it."""
    above = below.head
    if below.dep_ in {"prep", "agent"}:
        return _share_of_phrase(below.lower_, above)
    if below.dep_ == "advcl":
        return 0.0 if is_reporting(above) else _share_of_clause(below)
    if below.dep_ in _PARTS_OF_NOUNS and not is_event_noun(above):
        return 0.0
    if below.dep_ in _CONTENT and speaks(above):
        return 0.0
    return _SHARES.get(below.dep_, 0.0)


def _share_of_phrase(preposition: str, above: Token) -> float:
    if preposition == "of":
        return _CLOSE if is_event_noun(above) or above.lemma_ in _GROUPS else 0.0
    if preposition in _NEXT:
        return _FAR
    return _CLOSE if preposition in _DURING else 0.0


def _share_of_clause(verb: Token) -> float:
    """Return how likely an adverbial clause happens at the time of its main clause."""
    marks = {child.lower_ for child in verb.children if child.dep_ in {"mark", "advmod", "prep"}}
    if marks & _SIMULTANEOUS:
        return _NEAR
    if marks & _NEXT:
        return _FAR
    if any(child.dep_ == "mark" for child in verb.children):
        return 0.0
    return _NEAR


def speaks(verb: Token) -> bool:
    """Tell whether a verb speaks of events rather than making them: `say`, `condemn`, `discuss`, `deny`."""
    if is_reporting(verb):
        return True
    plain = [entry for entry in triggers_by_head().get((verb.lemma_, "VERB"), ()) if _is_plain(entry)]
    return bool(plain) and all(entry.event_type in _VERBAL for entry in plain)


def _is_plain(entry: Trigger) -> bool:
    """Tell whether a word has this sense by itself, whatever stands around it."""
    return len(entry.lemma) == 1 and not entry.requires


def is_event_noun(token: Token) -> bool:
    """Tell whether a noun may denote an event."""
    return is_noun(token) and (token.lemma_, "NOUN") in triggers_by_head()


def _beside(item: DatedToken, candidate: EventCandidate) -> bool:
    """Tell whether a time hangs on a thing within the event's phrase or clause: `attacked a parade on Monday`."""
    token = item.anchor
    if item.days.precision != "day" or item.modifies:
        return False
    if not is_verb(token) and candidate.token.is_ancestor(item.head):
        return True
    for _ in range(_LONGEST_WALK):
        if token == candidate.governor or is_verb(token) or is_event_noun(token) or token.dep_ == "ROOT":
            break
        if token.dep_ == "pobj" and token.head.lower_ not in _DURING:
            return False
        token = token.head
    return token == candidate.governor == clause_verb(candidate.token) and not speaks(token)
