"""The reference data that the components ask, loaded once per process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from seeds.actors import Actors, load_actors
from seeds.gazetteer import Gazetteer
from seeds.names import first_names
from seeds.roles import Roles, load_roles


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Places, actors and role nouns of the world."""

    gazetteer: Gazetteer
    actors: Actors
    roles: Roles
    first_names: frozenset[str]


@cache
def load_knowledge() -> Knowledge:
    """Load the reference data; the gazetteer is built first where this machine has none yet."""
    return Knowledge(Gazetteer.load(), load_actors(), load_roles(), first_names())
