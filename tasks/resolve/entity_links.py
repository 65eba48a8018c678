"""Who is who across articles: the entities of articles that turn out to be one, under other names or other countries.

Belongs here: which sightings are compared with which actors of the reference data. Does not belong here: how
(`person_links.py`, `organization_links.py`). Places have ids of their own in the gazetteer and need no links.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeds.actors import load_actors
from tasks.resolve.keys import actor_id
from tasks.resolve.organization_links import link_organizations
from tasks.resolve.person_links import link_persons
from tasks.resolve.sightings import EntityLink, Known, Sighting

if TYPE_CHECKING:
    from collections.abc import Sequence


def link_entities(sightings: Sequence[Sighting]) -> list[EntityLink]:
    """Return the links among these sightings and to the actors of the reference data, one at most for each sighting.

    The order of the input plays no part.
    """
    persons = [sighting for sighting in sightings if sighting.key.startswith("person:")]
    organizations = [sighting for sighting in sightings if sighting.key.startswith("org:")]
    return [
        *link_persons(persons, _known("person")),
        *link_organizations(organizations, _known("organization")),
    ]


def _known(entity_type: str) -> list[Known]:
    """Return the actors of one type."""
    return [
        Known(actor_id(actor.key), (actor.name, *actor.aliases), actor.country, actor.sector)
        for actor in load_actors().keys.values()
        if actor.entity_type == entity_type
    ]
