"""How many people an event harmed or took, who they were, and the words that say so.

Belongs here: the people whom a mention of an event counts by its own words. Does not belong here: what quantities mean
(`counts.py`), whose people a toll counts (`toll_scope.py`), what mentions of one event know of each other
(`shared_tolls.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import load_triggers
from tasks.nlp.counts import PLURALS, read_count
from tasks.nlp.people import count_people, listed
from tasks.nlp.syntax import coordinated, first_filled, is_verb, phrase, prepositional
from tasks.nlp.toll_scope import toll_scope
from tasks.nlp.weapons import weapon_lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Span, Token

    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.records import Interval
    from tasks.nlp.toll_scope import Scope
    from tasks.nlp.triggers import EventCandidate

_HOLDERS = frozenset({"life", "body", "corpse"})
"""Nouns that stand for the people whose they are: `the lives of 14 people`."""
_TALLIES = frozenset({"toll", "number", "total", "tally", "count", "figure"})
"""Nouns that are a number: what their verb says of them is it."""
_NUMBER_SLOTS = ("to", "at")
_TOGETHER = frozenset({"along", "together"})
_MOST_STEPS = 3
"""Nouns between a count and what it counts: `the number of confirmed deaths`."""


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
    """Return the tolls that the words of a candidate state, at most one of a kind."""
    kinds = candidate.trigger.casualties
    if not kinds:
        return []
    stated = _of_itself(candidate)
    if stated is not None:
        found: dict[str, Counted] = {kind: stated for kind in kinds if len(kinds) == 1 or stated[0].high == 0}
    else:
        found = dict(_of_recipients(candidate, kinds[0], index)) if len(kinds) == 1 else {}
    scope = toll_scope(candidate)
    return [HarmToll(kind, people, tuple(harmed), scope) for kind, (people, harmed) in found.items()]


def is_tally(candidate: EventCandidate) -> bool:
    """Tell whether a trigger is a count of people, whose day is not that of what happened to them: `the toll rose`."""
    return candidate.token.lemma_ in _TALLIES


Counted = tuple["Interval", list[Harmed]]


def _of_itself(candidate: EventCandidate) -> Counted | None:
    """Return what a word counts by a number of its own: `14 deaths`, `the toll rose to 14`, `30 injured`."""
    noun = candidate.token
    if candidate.trigger.pos == "ADJ" and noun.dep_ in {"amod", "acomp", "oprd"}:
        return None
    own = None if candidate.trigger.pos == "NOUN" else _of_state(noun)
    return own or (None if is_verb(noun) else _of_noun(noun))


def _of_noun(noun: Token) -> Counted | None:
    for tally in _tallies(noun):
        if number := _number_of(tally):
            found = read_count(phrase(number).text)
            return (found, [Harmed(phrase(number), None)]) if found is not None else None
    words = _measured(noun)
    found = read_count(words.text)
    of_many = noun.tag_ != "NN" and not any(word.ent_type_ == "DATE" for word in words)
    if found is None or (found.high != 0 and (not of_many or found.high == 1)):
        return None
    return found, [Harmed(words, None)]


def _of_state(state: Token) -> Counted | None:
    """Return how many stand before a participle or adjective that is their state: `12 dead and about 30 injured`."""
    number = state.nbor(-1) if state.i > state.sent.start else state
    if number.tag_ != "CD" or not state.tag_.startswith(("VBN", "JJ")):
        return None
    words = state.doc[number.left_edge.i : state.i + 1]
    found = read_count(words.text)
    return (found, [Harmed(words, None)]) if found is not None else None


def _measured(noun: Token) -> Span:
    """Return a noun with the words that count it: `at least 14 deaths`, `dozens of arrests`."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.tag_ in {"CD", "NNS"}:
        return noun.doc[phrase(noun.head.head).start : noun.i + 1]
    return phrase(noun)


def _tallies(noun: Token) -> Iterator[Token]:
    """Yield the nouns that are the number of what a noun counts: the toll itself, the number of the dead."""
    token = noun
    for _ in range(_MOST_STEPS):
        if token.lemma_ in _TALLIES:
            yield token
        if token.dep_ != "pobj" or token.head.lower_ != "of":
            return
        token = token.head.head


def _number_of(tally: Token) -> Token | None:
    """Return the number that a toll is, was put at, or rose to."""
    own = prepositional(tally)
    verb = tally.head
    around = prepositional(verb) if is_verb(verb) and tally.dep_ in {"nsubj", "nsubjpass", "dobj"} else {}
    places = [own.get("of", []), *(slots.get(name, []) for slots in (around, own) for name in _NUMBER_SLOTS)]
    if is_verb(verb) and tally.dep_ == "nsubj":
        places.append([child for child in verb.children if child.dep_ in {"dobj", "attr"}])
    return next((token for tokens in places for token in tokens if _is_numeral(token)), None)


def _is_numeral(token: Token) -> bool:
    return token.tag_ == "CD" or any(child.tag_ == "CD" for child in token.lefts)


def _of_recipients(candidate: EventCandidate, kind: str, index: MentionIndex) -> Iterator[tuple[str, Counted]]:
    """Yield each kind of harm with the people of the recipient phrase to whom it was done.

    Of `left two dead and five wounded` these are two kinds.
    """
    fillers = _fillers(candidate)
    if fillers and fillers[0].lemma_ in weapon_lemmas():
        return
    if fillers and fillers[0].lemma_ in candidate.trigger.lemma:  # `took 20 soldiers prisoner`
        words = phrase(fillers[0])
        if stated := read_count(words.text):
            yield kind, (stated, [Harmed(words, None)])
        return
    of_kind: dict[str, list[Token]] = {}
    for filler in fillers:
        of_kind.setdefault(_states().get(filler.lower_, kind), []).append(filler)
    for harm, heads in of_kind.items():
        behind = [who for head in listed(heads) for who in _people_behind(head, index)]
        people = count_people([(who, phrase(who).start) for who in behind])
        if people is not None:
            yield harm, (people, [_harmed(head, index) for head in listed(heads)])


def _fillers(candidate: EventCandidate) -> list[Token]:
    """Return whom it was done to: the recipients of the entry and their companions, or whom an adjective describes."""
    fillers = first_filled(candidate.slots, candidate.trigger.recipient)
    if not fillers and candidate.trigger.pos == "ADJ" and candidate.token.dep_ != "oprd":
        fillers = candidate.slots.get("obj", [])
    counting = [_quantity(filler) for filler in fillers]
    return [*counting, *_companions([*fillers, candidate.token])] if fillers else []


def _quantity(head: Token) -> Token:
    """Return the quantity that counts people, who were named as those of it: `hundreds of girls kidnapped there`."""
    of = head.dep_ == "pobj" and head.head.lower_ == "of"
    above = head.head.head
    return above if of and (above.tag_ == "CD" or above.lower_ in PLURALS or above.lower_ == "dozen") else head


def _companions(hosts: Iterable[Token]) -> Iterator[Token]:
    """Yield those who share the fate of others: `the minister, along with two bodyguards`."""
    for host in hosts:
        for child in host.rights:
            if child.dep_ == "prep" and child.lower_ in _TOGETHER:
                yield from prepositional(child).get("with", [])


@cache
def _states() -> Mapping[str, str]:
    """Return word to what happened to those whom it describes, for adjectives that stand for people: `two dead`."""
    return {t.head: t.casualties[0] for t in load_triggers() if t.pos == "ADJ" and t.casualties and len(t.lemma) == 1}


def _people_behind(head: Token, index: MentionIndex) -> list[Token]:
    """Return the heads that say how many a head is: of a pronoun what it stands for, of `the lives of two` the two."""
    if head.lemma_ in _HOLDERS and (of := prepositional(head).get("of")):
        return of
    mention = index.at(head)
    if head.tag_ in {"PRP", "PRP$"} and mention is not None and mention.antecedent is not None:
        return coordinated(head.doc[mention.antecedent.head])
    return [head]


def _of_whom(head: Token) -> Token:
    """Return the people whom a quantity counts: the protesters of `dozens of protesters`."""
    if head.tag_ in {"CD", "NNS"} or head.lemma_ in _HOLDERS:
        return next(iter(prepositional(head).get("of", [])), head)
    return head


def _harmed(head: Token, index: MentionIndex) -> Harmed:
    who = _of_whom(head)
    mention = index.at(who)
    return Harmed(_words(head), mention if mention is not None and mention.head == who.i else None)


def _words(head: Token) -> Span:
    """Return the words that count or name people, from their determiner to the noun that says who they are."""
    return head.doc[phrase(head).start : max(head.i, _of_whom(head).i) + 1]
