"""Which persons of different articles are one, under whatever spelling, and which are two in spite of one name.

Names with equal keys form a group (`person_names.py`), so nothing is ever compared with all persons. In a group the
country decides first, then middle names; sightings without a country go to the person whose country their article is
about. What fits two persons goes to neither. A wrong link is worse than a missing one.

Ids are made of a name and, where namesakes had to be told apart, of the country: never of what came first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.resolve.keys import entity_id
from tasks.resolve.persons import (
    GroupKey,
    Person,
    difference,
    group_key,
    links,
    middles_fit,
    names_by_entity,
    roles_differ,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tasks.resolve.person_names import PersonName
    from tasks.resolve.sightings import EntityLink, Known, Sighting

_Named = tuple["Sighting", "PersonName"]
_MOST_NAMES = 200
"""Ways to write a name that are compared with each other; where a group has more, each stands for itself."""


def link_persons(sightings: Iterable[Sighting], actors: Iterable[Known]) -> list[EntityLink]:
    """Return the links of persons; the order of the input plays no part.

    Args:
        sightings: named persons whom the reference data does not know under that name.
        actors: the persons of the reference data.
    """
    ordered = sorted(sightings, key=lambda s: (s.key, s.entity_id, s.document_id))
    names = names_by_entity(ordered)
    groups = _groups(ordered, names, actors)
    bounded = [part for _, group in sorted(groups.items()) for part in group.bounded()]
    persons = list(dict.fromkeys(person for group in bounded for person in group.persons()))
    targets = _targets(persons)
    _resolve_initials(persons)
    return [link for person in persons if person.sightings for link in links(person, targets[person], names)]


def _groups(
    sightings: Sequence[Sighting], names: Mapping[str, PersonName], actors: Iterable[Known]
) -> dict[GroupKey, _Group]:
    groups: dict[GroupKey, _Group] = defaultdict(_Group)
    for sighting in sightings:
        if name := names.get(sighting.entity_id):
            groups[group_key(name)].sightings.append((sighting, name))
    for actor in sorted(actors, key=lambda known: known.entity_id):
        person = Person.of_actor(actor)
        for key in sorted({group_key(name) for name in person.names}):
            groups[key].actors.append(person)
    return groups


@dataclass(slots=True)
class _Group:
    """All who have one family name and one first name, in any spelling."""

    actors: list[Person] = field(default_factory=list)
    sightings: list[_Named] = field(default_factory=list)

    def bounded(self) -> list[_Group]:
        """Return the group, or one group for each name where there are too many to compare."""
        by_name: dict[PersonName, list[_Named]] = defaultdict(list)
        for sighting, name in self.sightings:
            by_name[name].append((sighting, name))
        return [self] if len(by_name) <= _MOST_NAMES else [_Group([], named) for named in by_name.values()]

    def persons(self) -> list[Person]:
        """Return the persons of the group, the known ones first."""
        by_country: dict[str, list[_Named]] = defaultdict(list)
        for sighting, name in self.sightings:
            by_country[sighting.country or ""].append((sighting, name))
        unknown = by_country.pop("", [])
        found: list[Person] = []
        for country in sorted(by_country):
            own = [person for person in self.actors if person.country == country]
            found += _by_middle_names(country, by_country[country], own)
        found = [*self.actors, *_joined_across_countries(found)]
        return [*found, *_place_unknown(unknown, found)]


def _by_middle_names(country: str, sightings: Sequence[_Named], actors: Sequence[Person]) -> list[Person]:
    """Return the new persons among sightings of one country; those that fit one known person are added to it.

    The fullest names come first; a shorter name joins the one person whom it fits, and stays apart where it fits two.
    """
    by_name: dict[PersonName, list[Sighting]] = defaultdict(list)
    for sighting, name in sightings:
        by_name[name].append(sighting)
    found: list[Person] = []
    for name in sorted(by_name, key=_fullness):
        fitting = [person for person in (*actors, *found) if person.accepts(name) and _likely(person, by_name[name])]
        if len(fitting) != 1:
            fitting = [Person(country)]
            found += fitting
        for sighting in by_name[name]:
            fitting[0].add(sighting, name, "country")
    return found


def _fullness(name: PersonName) -> tuple[int, int, str]:
    return -len(name.middles), sum(part.is_initial for part in name.middles), name.folded


def _likely(person: Person, sightings: Sequence[Sighting]) -> bool:
    """Tell whether the roles under another spelling can be the person's; with a common name one must be the same."""
    sectors = {sighting.sector for sighting in sightings}
    return bool(person.sectors & sectors) if person.is_common else not roles_differ(person.sectors, sectors)


def _joined_across_countries(persons: Sequence[Person]) -> list[Person]:
    """Join persons of one name to whom articles give two countries, but all else speaks for one: envoys, emigrants."""
    kept: list[Person] = []
    for person in sorted(persons, key=lambda p: (-len(p.sightings), p.country, min(p.keys))):
        same = [other for other in kept if _same_abroad(other, person)]
        if len(same) == 1:
            same[0].absorb(person, "other country")
        else:
            kept.append(person)
    return kept


def _same_abroad(usual: Person, other: Person) -> bool:
    """Tell whether the articles that give another country are about the usual one too, and the role can be the same."""
    if usual.is_common or not usual.ids & other.ids or roles_differ(usual.sectors, other.sectors):
        return False
    about = sum(usual.country in sighting.context for sighting, _ in other.sightings)
    exception = len(other.sightings) < len(usual.sightings)
    return about * 2 > len(other.sightings) and (exception or other.country in usual.contexts)


def _place_unknown(sightings: Sequence[_Named], persons: Sequence[Person]) -> list[Person]:
    """Add sightings without a country to the one person whom they mean; return the persons who remain."""
    names = {name: [person for person in persons if _may_be(person, name)] for _, name in sightings}
    ids = {person: frozenset(person.ids) for person in persons}
    remaining: dict[str, Person] = {}
    for sighting, name in sightings:
        fitting = names[name]
        near = [p for p in fitting if p.country in sighting.context and _same_role(p, sighting)]
        if len(near) == 1:
            near[0].add(sighting, name, "context")
        elif len(fitting) == 1 and (sighting.entity_id in ids[fitting[0]] or _same_actor(fitting[0], sighting, name)):
            fitting[0].add(sighting, name, "no other")
        else:
            evidence = "namesakes" if len(fitting) > 1 else "context"
            remaining.setdefault(sighting.entity_id, Person(None)).add(sighting, name, evidence)
    return _joined_by_context(list(remaining.values()))


def _may_be(person: Person, name: PersonName) -> bool:
    return name in person.names or (not name.common and person.accepts(name))


def _same_role(person: Person, sighting: Sighting) -> bool:
    return sighting.entity_id in person.ids or not roles_differ(person.sectors, [sighting.sector])


def _same_actor(person: Person, sighting: Sighting, name: PersonName) -> bool:
    """Tell whether nothing but the spelling keeps a name from being an actor's."""
    alike = (difference(name, own) in {"same", "spelling"} for own in person.names if group_key(own) == group_key(name))
    return person.actor is not None and not roles_differ(person.sectors, [sighting.sector]) and any(alike)


def _joined_by_context(persons: Sequence[Person]) -> list[Person]:
    """Join spellings of a rare name, all without a country, whose articles are about the same countries."""
    kept: list[Person] = []
    for person in sorted(persons, key=lambda p: _fullness(p.names[0])):
        name = person.names[0]
        fitting = [other for other in kept if other.accepts(name) and other.contexts & person.contexts]
        if len(fitting) == 1 and not name.common and not name.first.is_initial:
            fitting[0].absorb(person, "context")
        else:
            kept.append(person)
    return kept


def _targets(persons: Iterable[Person]) -> dict[Person, str]:
    """Return the entity id of each person: the actor's, or one made of the least key, and of the country if needed."""
    seen = {person: None for person in persons if person.sightings or person.actor is not None}
    bearers = Counter(key for person in seen if person.actor is None for key in person.keys)
    return {person: _target(person, bearers) for person in seen}


def _target(person: Person, bearers: Mapping[str, int]) -> str:
    if person.actor is not None:
        return person.actor.entity_id
    key = min(person.keys)
    return entity_id(f"{key}:{person.country}" if bearers[key] > 1 and person.country else key)


def _resolve_initials(persons: list[Person]) -> None:
    """Give persons of whom only an initial is known to the only one of that family name, letter and country."""
    bearers: dict[tuple[str, str, str | None], dict[Person, None]] = defaultdict(dict)
    for person in persons:
        for name in person.names:
            if not name.first.is_initial:
                bearers[name.family, name.first.spelled[0], person.country][person] = None
    for initial in persons:
        name = initial.names[0]
        if initial.country is None or not name.first.is_initial or name.common or initial.actor is not None:
            continue
        fitting = list(bearers.get((name.family, name.first.spelled, initial.country), ()))
        if len(fitting) == 1 and _fits_initial(fitting[0], initial):
            fitting[0].absorb(initial)
            initial.sightings = []


def _fits_initial(person: Person, initial: Person) -> bool:
    return not roles_differ(person.sectors, initial.sectors) and all(
        middles_fit(a, b) for a in person.names for b in initial.names
    )
