"""What the linking of entities across articles reads and writes.

Belongs here: the records. Does not belong here: who is who (`person_links.py`, `organization_links.py`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one article says of one entity.

    Attributes:
        entity_id: id that the article's own reading gave.
        key: what that id was made from, see `tasks/nlp/identity.py`.
        context: the countries that the article as a whole is about.
    """

    document_id: str
    entity_id: str
    key: str
    name: str
    country: str | None
    sector: str | None
    context: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """One actor of the reference data, under all its names."""

    entity_id: str
    names: tuple[str, ...]
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class EntityLink:
    """One article's entity that is another entity: how sure, 0..1, and why.

    `merged_into` is the id itself where several entities have the name and none of them can be told.
    """

    document_id: str
    entity_id: str
    merged_into: str
    score: float
    reason: str
