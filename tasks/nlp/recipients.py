"""To whom, or to what, an event is done: parties first, then whose the things are, then the things themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import load_word_classes, triggers_by_head
from seeds.roles import load_roles
from tasks.nlp.arguments import Filler, is_town, parties
from tasks.nlp.parties import facility, named_owner, owner
from tasks.nlp.syntax import is_verb, logical_slots, phrase, prepositional
from tasks.nlp.weapons import vehicle_lemmas, weapon_lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spacy.tokens import Token

    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.triggers import EventCandidate

_ON_THINGS = frozenset({"ASSAULT", "COERCE", "PROTEST", "SANCTION"})
"""Types of events that act on things too: a building may be their target, a text may not."""
_ON_PLACES = frozenset({"MOBILIZE", "RETREAT", "AID"})
"""Types of events that go to places or leave them; what is sent, given or left behind is no recipient."""
_BY_FORCE = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
"""Types of events that hit a thing itself, wherever it is, and are addressed to nobody."""
_MOVING = frozenset({"MOBILIZE", "RETREAT", "SANCTION"})
"""Types of events in which a force that is sent or withdrawn is no recipient."""
_BY_WORDS = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "REJECT", "THREATEN"})
"""Types of events whose recipient may be named only in what was said: `vowed to attack the rebels`."""
_ADDRESSING = ("to", "with", "against", "on", "toward", "towards")
_HOSTILE = ("against", "with", "at", "on")
"""Words under a thing that say whom an act of force meets: `closed its border with Chad`, `fired rockets at a town`."""
_CLAUSES = frozenset({"xcomp", "ccomp", "acl"})
_COMPLEMENT_SLOTS = ("iobj", *_ADDRESSING, "from", "for")
_TARGET_SLOTS = frozenset({"obj", "on", "against", "at", "of", "outside", "near"})
"""Slots in which a thing may be the target of an act; `in a statement` is none."""
_PLACE_SLOTS = frozenset({"in", "into", "from", "inside", "across", "along", "to", "over", "around"})
"""Slots in which only a place or a building may be the target."""
_WHERE = frozenset({"in", "at", "near", "outside", "around", "along", "across", "inside", "within"})
"""Slots that say where an act of force was rather than whom it hit, unless they are all that is said."""
_SENT = frozenset({"MIL", "IGO"})
"""Sectors of those who are sent and withdrawn."""
_NO_SITES = frozenset({"control", "power", "post", "position", "half", "quarter", "third", "part"})
"""Words of the lexicon's classes of sites that mean other things too: `resigned from his post`."""
_TIMES = frozenset({"DATE", "TIME"})
"""The tagger's labels of words that nobody acts upon: `on Monday`."""


@dataclass(frozen=True, slots=True)
class _Search:
    """A candidate whose recipients are sought, and who is known to act: tokens, and keys of identities."""

    candidate: EventCandidate
    index: MentionIndex
    used: frozenset[int]
    keys: frozenset[str]

    @property
    def event_type(self) -> str:
        """The PLOVER type."""
        return self.candidate.trigger.event_type

    @property
    def order(self) -> tuple[str, ...]:
        """The slots that may hold a recipient, best first; who is given or told something comes before all."""
        return ("iobj", *(slot for slot in self.candidate.trigger.recipient if slot != "iobj"))

    def free(self, slots: Mapping[str, list[Token]], name: str) -> list[Token]:
        """Return the fillers of a slot that are neither actors nor times nor words of the trigger."""
        taken = self.candidate.trigger.lemma[1:] if self.candidate.trigger.pos == "VERB" else ()
        tokens = [t for t in slots.get(name, []) if t.i not in self.used and t.lemma_ not in taken]
        return [t for t in tokens if t.ent_type_ not in _TIMES or self.index.at(t)]


def recipients(candidate: EventCandidate, index: MentionIndex, taken: list[Filler]) -> list[Filler]:
    """Return to whom it is done: the first recipient slot that holds somebody other than the actors.

    Where no slot holds a party, it is whose the things in these slots are, then the party that the words are about,
    then what is hit (`a police station`).
    """
    keys = frozenset(f.mention.key for f in taken if f.mention is not None and f.mention.key)
    search = _Search(candidate, index, frozenset(f.token.i for f in taken), keys)
    by_force = candidate.trigger.event_type in _BY_FORCE
    for slot in search.order:
        found = _parties_in(search, slot)
        if found and not (by_force and slot in _WHERE and all(_is_place(filler) for filler in found)):
            return _with_things(search, slot, found) if by_force else found
    things = next((tokens for slot in search.order if (tokens := search.free(candidate.slots, slot))), [])
    found = _behind(search, things) or _in_complement(search) or _targets(search)
    return found or _places(search)


def _places(search: _Search) -> list[Filler]:
    """Return the places where an act was, also those below its name: `imposed a curfew in Kashmir`."""
    for slot in search.order:
        if found := _parties_in(search, slot):
            return found
    things = search.free(search.candidate.slots, "obj") if search.event_type == "COERCE" else []
    return [filler for thing in things for filler in parties(search.free(prepositional(thing), "in"), search.index)]


def _is_place(filler: Filler) -> bool:
    return filler.mention is not None and filler.mention.entity_type == "place"


def _with_things(search: _Search, slot: str, found: list[Filler]) -> list[Filler]:
    """Return the parties of a slot with the things beside them: `burned a school and the homes of officials`."""
    heads = {filler.token.i for filler in found}
    tokens = [t for t in search.candidate.slots.get(slot, []) if t.i not in heads and search.index.at(t) is None]
    things = [_thing(search, t) for t in tokens if slot == "obj" and _may_be_target(t, slot, search.index)]
    return sorted([*found, *things], key=lambda filler: filler.token.i)


def _thing(search: _Search, token: Token) -> Filler:
    """Return a thing with who owns it or where it is."""
    index = search.index
    whose = index.at(token) or owner(token, index, load_roles())
    if whose is not None and whose.key in search.keys:
        return Filler(token, None)
    return Filler(token, whose or facility(token, index))


def _parties_in(search: _Search, slot: str) -> list[Filler]:
    """Return the parties of a slot; armies that are sent or withdrawn are none, nor are weapons."""
    moved = slot == "obj" and search.event_type in _MOVING and search.order[1:2] != ("obj",)
    if moved and search.event_type == "MOBILIZE":
        return []
    tokens = [t for t in search.free(search.candidate.slots, slot) if slot == "obj" or t.lemma_ not in weapon_lemmas()]
    found = [o for f in parties(tokens, search.index) if (o := _not_actor(search, f, tokens)) is not None]
    return [f for f in found if not (moved and f.mention is not None and f.mention.sector in _SENT)]


def _not_actor(search: _Search, filler: Filler, tokens: list[Token]) -> Filler | None:
    """Return a filler who is not the actor; of `called Lee and urged him` whom else the sentence names before."""
    mention = filler.mention
    if mention is None or mention.key is None or mention.key not in search.keys:
        return filler
    verb, doc = search.candidate.governor, search.candidate.token.doc
    before = search.index.within(doc[verb.sent.start : verb.i])
    others = [m for m in before if m.entity_type == mention.entity_type and m.kind != "pronoun" and m.key]
    other = next((m for m in reversed(others) if m.key not in search.keys), None)
    by_pronoun = filler.token not in tokens
    return Filler(doc[other.head], other) if other is not None and by_pronoun else None


def _behind(search: _Search, things: list[Token]) -> list[Filler]:
    """Return the parties behind the things that an act is about: their owners, or to whom they go."""
    if search.event_type in _BY_FORCE:
        return _under_force(search, things)
    for thing in things:
        if found := _owners(search, thing):
            return found
    if found := _with_whom(search, search.candidate.slots, _ADDRESSING):
        return found
    victims = ("of",) if search.event_type == "CONCEDE" else ()  # `lifted its blockade of`, but not `hopes of`
    order = tuple(dict.fromkeys((*(s for s in search.order if s != "of"), *_ADDRESSING, "for", *victims)))
    below = [*things, *search.free(search.candidate.slots, "of")]
    return next((found for t in below if (found := _with_whom(search, prepositional(t), order))), [])


def _under_force(search: _Search, things: list[Token]) -> list[Filler]:
    """Return the parties that an act of force meets below its name: `closed its border with Chad`."""
    if search.event_type == "COERCE" and (found := _with_whom(search, search.candidate.slots, ("with",))):
        return found
    sent = search.event_type == "MOBILIZE"
    below = [*things, *search.candidate.slots.get("of", ())] if sent else things
    names = (*_HOSTILE, "to", "in", "into") if sent else _HOSTILE
    return next((found for t in below if (found := _with_whom(search, prepositional(t), names))), [])


def _owners(search: _Search, thing: Token) -> list[Filler]:
    """Return whose a thing is: `condemned Iran's missile test`; a deed is its doer's, not its victim's."""
    deed = bool(_event_types(thing.lemma_) & (_BY_FORCE | _ON_THINGS | _ON_PLACES))
    whose = (named_owner if deed else owner)(thing, search.index, load_roles())
    if whose is not None and _is_other(search, whose):
        return [Filler(thing.doc[whose.head], whose)]
    return _with_whom(search, prepositional(thing), ("by",)) if deed else []


def _is_other(search: _Search, mention: Mention) -> bool:
    """Tell whether a mention is somebody besides the actor, and not the actor's own: `its peacekeeping force`."""
    if mention.key in search.keys or mention.in_dateline or mention.kind == "pronoun":
        return False
    head = search.candidate.token.doc[mention.head]
    return mention.sector not in _SENT or not any(child.tag_ == "PRP$" for child in head.lefts)


def _with_whom(search: _Search, slots: Mapping[str, list[Token]], names: Iterable[str]) -> list[Filler]:
    """Return the parties of the first of these prepositions that has any; towns are none."""
    for name in names:
        found = parties(search.free(slots, name), search.index)
        others = (f for f in found if f.mention is None or (not is_town(f.mention) and _is_other(search, f.mention)))
        if those := list(others):
            return those
    return []


def _in_complement(search: _Search) -> list[Filler]:
    """Return whom the clause below words is about: `threatened to close its borders with Chad`."""
    if search.event_type not in _BY_WORDS or len(search.used) > 1:
        return []
    heads = [search.candidate.token, *search.candidate.slots.get("obj", ())]
    clauses = (child for head in heads for child in head.rights if child.dep_ in _CLAUSES and is_verb(child))
    return next((found for clause in clauses if (found := _of_clause(search, clause))), [])


def _of_clause(search: _Search, clause: Token) -> list[Filler]:
    """Return whom a clause is about: who is to do it where it is a request, else to whom it is to be done."""
    slots = logical_slots(clause)
    first = {"REQUEST": ("subj", "obj"), "AGREE": ()}.get(search.event_type, ("obj",))
    if found := _with_whom(search, slots, (*first, *_COMPLEMENT_SLOTS)):
        return found
    things = (thing for slot in ("obj", "to", "on") for thing in search.free(slots, slot))
    return next((found for t in things if (found := _with_whom(search, prepositional(t), _COMPLEMENT_SLOTS))), [])


def _targets(search: _Search) -> list[Filler]:
    """Return the things that an act of force or aid meets, each with who owns it or where it is."""
    kind = search.event_type
    slots = _TARGET_SLOTS | _PLACE_SLOTS if kind in _ON_THINGS else _PLACE_SLOTS if kind in _ON_PLACES else frozenset()
    for slot in (slot for slot in search.order if slot in slots):
        tokens = [t for t in search.free(search.candidate.slots, slot) if _may_be_target(t, slot, search.index)]
        if tokens:
            return [_thing(search, token) for token in tokens]
    return []


def _may_be_target(token: Token, slot: str, index: MentionIndex) -> bool:
    """Tell whether a thing can be hit: no event, no weapon, and in the slots of places a place or building.

    A weapon can where it is a craft that is described: `a Georgian cargo plane`.
    """
    if not token.tag_.startswith(("NN", "DT")) or _event_types(token.lemma_):
        return False
    if slot in _PLACE_SLOTS:
        return token.lemma_ in _sites() or index.at(token) is not None
    described = phrase(token).start < token.i
    return token.lemma_ not in weapon_lemmas() or (token.lemma_ in vehicle_lemmas() and described)


@cache
def _sites() -> frozenset[str]:
    classes = load_word_classes()
    return (classes["@territory"] | classes["@target"] | classes["@buildings"]) - _NO_SITES


@cache
def _event_types(lemma: str) -> frozenset[str]:
    """Return the types of events that a noun may denote by itself."""
    entries = triggers_by_head().get((lemma, "NOUN"), ())
    return frozenset(entry.event_type for entry in entries if len(entry.lemma) == 1)
