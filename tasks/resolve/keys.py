"""What makes two rows the same entity or the same event across articles: exact keys.

An entity's key is made where its mentions are read (`tasks/nlp/identity.py`). An event's key is made here, from what
another article about the same event would state too; where too little is known for that, the key holds the
document's id, and the event stays its article's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.ids import make_id

if TYPE_CHECKING:
    import datetime as dt

_MATERIAL = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT", "AID"})
_LOCAL_PLACES = frozenset({"city", "admin1", "admin2", "facility"})


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What one article states of one event.

    `day` is the day on which it happened; None where less is known. `parties` are the entity keys of actors and
    recipients that other articles know too.
    """

    document_id: str
    trigger_start: int
    event_type: str
    standing: str
    day: dt.date | None
    place_key: str | None
    place_kind: str | None
    parties: frozenset[str]


def entity_id(key: str) -> str:
    """Return the id of the entity of this key."""
    return make_id("ent", key)


def actor_id(key: str) -> str:
    """Return the id of the entity that an actor of the reference data is."""
    return entity_id(f"actor:{key}")


def shared_key(facts: EventFacts) -> str | None:
    """Return the key that other articles about the event share; None where too little is known.

    Acts are known by type, day and town; words and agreements by type, day and at least two parties.
    """
    if facts.day is None:
        return None
    day = facts.day.isoformat()
    if facts.event_type in _MATERIAL and facts.place_key and facts.place_kind in _LOCAL_PLACES:
        return f"{facts.event_type}|{facts.standing}|{day}|{facts.place_key}"
    if len(facts.parties) > 1:
        return "|".join((facts.event_type, facts.standing, day, *sorted(facts.parties)))
    return None


def event_ids(events: list[EventFacts]) -> list[str]:
    """Return the ids of one article's events, in the order given; no two are equal.

    Events of the same key are numbered, so that two bombings in one town on one day stay two.
    """
    seen: dict[str, int] = {}
    ids = []
    for facts in events:
        key = shared_key(facts) or f"{facts.document_id}|{facts.trigger_start}|{facts.event_type}"
        seen[key] = seen.get(key, 0) + 1
        ids.append(make_id("evt", key, seen[key]))
    return ids
