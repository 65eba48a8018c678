"""How many people an event harmed or took, who they were, and the words that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tasks.nlp.counts import read_people
from tasks.nlp.syntax import first_filled, phrase
from tasks.nlp.weapons import weapon_lemmas

if TYPE_CHECKING:
    from spacy.tokens import Span

    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.records import Interval
    from tasks.nlp.triggers import EventCandidate

Scope = Literal["own", "so far", "several"]
"""Whose people a toll counts: the event's by one report, the event's by all reports so far, those of several events."""


@dataclass(frozen=True, slots=True)
class Harmed:
    """People of a toll: the words that count or name them, and the mention that they are, if they are one."""

    span: Span
    mention: Mention | None


@dataclass(frozen=True, slots=True)
class HarmToll:
    """How many people an event killed, wounded, kidnapped, arrested or displaced, and who they were."""

    kind: str
    people: Interval
    harmed: tuple[Harmed, ...]
    scope: Scope


def tolls(candidate: EventCandidate, index: MentionIndex) -> list[HarmToll]:
    """Return the tolls of a candidate, at most one of a kind."""
    fillers = first_filled(candidate.slots, candidate.trigger.recipient)
    kind = candidate.trigger.casualties
    if kind is None or not fillers or fillers[0].lemma_ in weapon_lemmas():
        return []
    first, last = phrase(fillers[0]), fillers[-1]
    tail = last.i + 1 if last.i >= first.end else first.end
    span = last.doc[first.start : tail]
    people = read_people(span)
    return [HarmToll(kind, people, (Harmed(span, index.at(fillers[0])),), "own")] if people is not None else []
