"""One person under construction: names, sightings, the evidence for each, and the links that follow.

Belongs here: which names can be one person's, and how sure a link is. Does not belong here: which sightings meet
(`person_links.py`), how names are read (`person_names.py`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.resolve.person_names import read_name
from tasks.resolve.sightings import EntityLink, Known, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tasks.resolve.person_names import Part, PersonName

GroupKey = tuple[str, str, str]
"""Family name, first name and suffix: the spellings of a name have equal ones."""

_NAME_SCORES = {"same": 1.0, "spelling": 0.9, "middle name": 0.9, "nickname": 0.8, "initial": 0.6}
_EVIDENCE_SCORES = {"country": 1.0, "context": 0.85, "no other": 0.7, "other country": 0.7, "namesakes": 0.5}


_FIELDS = {
    **dict.fromkeys(("GOV", "LEG", "PTY", "OPP", "JUD", "IGO"), "politics"),
    **dict.fromkeys(("MIL", "COP", "SPY", "PRM"), "arms"),
    **dict.fromkeys(("REB", "CRM", "UAF"), "rebellion"),
    **dict.fromkeys(("ELI", "CVL"), ""),
}
"""Sectors between which people move; what is not listed is society's, and the two of `""` say nothing."""


@dataclass(slots=True, eq=False)
class Person:
    """One person as far as known.

    Attributes:
        country: ISO 3166-1 alpha-3, or None.
        actor: who it is in the reference data, if anybody.
        names: all names, each once; those of the reference data first.
        sightings: each with its evidence: country, context, no other, other country, namesakes.
        ids: the ids under which articles know the person.
        keys: what these ids were made from.
        sectors: those that articles and reference data give the person.
        contexts: the countries that articles about the person are about.
    """

    country: str | None
    actor: Known | None = None
    names: list[PersonName] = field(default_factory=list)
    sightings: list[tuple[Sighting, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    sectors: set[str] = field(default_factory=set)
    contexts: set[str] = field(default_factory=set)

    @classmethod
    def of_actor(cls, actor: Known) -> Person:
        """Return an actor whom no article has mentioned yet under another name."""
        names = [name for text in actor.names if (name := read_name(text))]
        return cls(actor.country, actor, list(dict.fromkeys(names)), sectors={actor.sector} if actor.sector else set())

    def add(self, sighting: Sighting, name: PersonName, evidence: str) -> None:
        """Add one sighting."""
        self.sightings.append((sighting, evidence))
        self.ids.add(sighting.entity_id)
        self.keys.add(sighting.key)
        self.contexts |= sighting.context
        if sighting.sector:
            self.sectors.add(sighting.sector)
        if name not in self.names:
            self.names.append(name)

    def absorb(self, other: Person, evidence: str | None = None) -> None:
        """Take over all that is known of another person who is this one, with this evidence if there is new one."""
        self.sightings += [(sighting, evidence or own) for sighting, own in other.sightings]
        self.names += [name for name in other.names if name not in self.names]
        self.ids |= other.ids
        self.keys |= other.keys
        self.sectors |= other.sectors
        self.contexts |= other.contexts

    def accepts(self, name: PersonName) -> bool:
        """Tell whether a name of the same group can be this person's."""
        return all(_compatible(name, own) for own in self.names)

    @property
    def is_common(self) -> bool:
        """Whether the name tells little."""
        return any(name.common for name in self.names)


def group_key(name: PersonName) -> GroupKey:
    """Return what the spellings of a name have in common."""
    return name.family, name.first.key, name.suffix


def roles_differ(a: Iterable[str | None], b: Iterable[str | None]) -> bool:
    """Tell whether two sets of sectors cannot be one person's: both known, and of different fields of life."""
    ours, theirs = ({_FIELDS.get(sector, "society") for sector in side if sector} - {""} for side in (a, b))
    return bool(ours and theirs) and not ours & theirs


def names_by_entity(sightings: Iterable[Sighting]) -> Mapping[str, PersonName]:
    """Return the name of each entity; of several ways to write it the one with most hyphens, which tell more."""
    written: dict[str, set[str]] = defaultdict(set)
    for sighting in sightings:
        written[sighting.entity_id].add(sighting.name)
    best = ((key, min(texts, key=lambda text: (-text.count("-"), text))) for key, texts in written.items())
    return {key: name for key, text in best if (name := read_name(text))}


def middles_fit(a: PersonName, b: PersonName) -> bool:
    """Tell whether the middle names of two names can be one person's: equal, as initials, or left out in one.

    A father's name is not left out: `Abdullah bin Bandar bin Abdulaziz` is not `Abdullah bin Abdulaziz`.
    """
    if len(a.middles) == len(b.middles):
        return all(map(_fits, a.middles, b.middles))
    return not (a.middles and b.middles) and not any(part.is_patronymic for part in (*a.middles, *b.middles))


def links(person: Person, target: str, names: Mapping[str, PersonName]) -> Iterator[EntityLink]:
    """Yield the links of a person's sightings to `target`; none where the article says so itself and nobody else fits.

    Args:
        person: somebody with a sighting.
        target: id of the entity that the person is.
        names: name of each entity that articles know, see `names_by_entity`.
    """
    least = min((sighting.key, sighting.entity_id) for sighting, _ in person.sightings)[1]
    usual = [names[least]] if person.actor is None else Person.of_actor(person.actor).names
    for sighting, evidence in person.sightings:
        if sighting.entity_id == target and evidence != "namesakes":
            continue
        how = max((difference(names[sighting.entity_id], name) for name in usual), key=_NAME_SCORES.__getitem__)
        score = round(_NAME_SCORES[how] * _EVIDENCE_SCORES[evidence], 3)
        yield EntityLink(sighting.document_id, sighting.entity_id, target, score, f"{how}, {evidence}")


def _compatible(a: PersonName, b: PersonName) -> bool:
    """Tell whether one person can have both names; of an actor's names only those of the same group matter."""
    if a.folded == b.folded or group_key(a) != group_key(b):
        return True
    return middles_fit(a, b) and (len(a.middles) == len(b.middles) or not (a.common or b.common))


def _fits(a: Part, b: Part) -> bool:
    return a.fits(b)


def difference(a: PersonName, b: PersonName) -> str:
    """Return how two names of one person differ: one of the keys of `_NAME_SCORES`."""
    if a.folded == b.folded:
        return "same"
    if a.first.is_initial != b.first.is_initial:
        return "initial"
    if a.first.spelled != b.first.spelled and a.first.has_short_forms:
        return "nickname"
    return "middle name" if len(a.middles) != len(b.middles) else "spelling"
