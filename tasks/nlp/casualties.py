"""How many people an event harmed, and the words that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.nlp.counts import read_people
from tasks.nlp.syntax import first_filled, phrase
from tasks.nlp.weapons import weapon_lemmas

if TYPE_CHECKING:
    from spacy.tokens import Span

    from tasks.nlp.records import Interval
    from tasks.nlp.triggers import EventCandidate


def casualties(candidate: EventCandidate) -> tuple[Span, Interval] | None:
    """Return the words that count the people harmed, and how many they are, for entries that count them."""
    fillers = first_filled(candidate.slots, candidate.trigger.recipient)
    if candidate.trigger.casualties is None or not fillers or fillers[0].lemma_ in weapon_lemmas():
        return None
    first, last = phrase(fillers[0]), fillers[-1]
    tail = last.i + 1 if last.i >= first.end else first.end
    span = last.doc[first.start : tail]
    people = read_people(span)
    return (span, people) if people is not None else None
