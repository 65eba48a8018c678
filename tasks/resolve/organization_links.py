"""Which unlisted organisations of different articles are one: `Acme Mining Inc.` and `Acme Mining`.

Only what cannot mean another body is joined: legal forms and a leading article are left out, accents and case do not
matter, the country must not differ. Bodies of no stated country belong to the one that is known and that their article
is about, save those that every state has, such as ministries and courts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from seeds.actors import fold_name
from seeds.roles import load_roles
from tasks.resolve.sightings import EntityLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tasks.resolve.sightings import Known, Sighting

_LEGAL_FORMS = frozenset(
    "inc incorporated corp corporation ltd limited llc llp plc co gmbh ag sa spa srl nv bv oao ooo pjsc jsc kk".split()
)
_FORM_SCORE = 0.95
_EVIDENCE_SCORES = {"country": 1.0, "context": 0.85, "no other": 0.7}
_LEAST_WORDS = 2
_LEAST_LETTERS = 6
"""A shorter word may be anything: `Fox`, `Dow`, `Cruz & Co.`."""


def link_organizations(sightings: Iterable[Sighting], actors: Iterable[Known]) -> list[EntityLink]:
    """Return the links of organisations; the order of the input plays no part.

    Args:
        sightings: named organisations that the reference data does not know under that name.
        actors: the organisations of the reference data.
    """
    known: dict[str, set[Known]] = defaultdict(set)
    for actor in actors:
        for core in {_core(name) for name in actor.names}:
            known[core].add(actor)
    groups: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sorted(sightings, key=lambda s: (s.key, s.document_id)):
        if core := _core(sighting.key.split(":", 2)[-1]):
            groups[core].append(sighting)
    return [link for core in sorted(groups) for link in _group_links(core, groups[core], known.get(core, set()))]


def _core(name: str) -> str:
    """Return a name without article and legal form."""
    words = fold_name(name).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _group_links(core: str, sightings: Sequence[Sighting], actors: set[Known]) -> Iterator[EntityLink]:
    """Yield the links of organisations of one name."""
    if len(actors) > 1 or (len(core.split()) < _LEAST_WORDS and len(core) < _LEAST_LETTERS):
        return
    actor = next(iter(actors), None)
    countries = {s.country for s in sightings if s.country} | ({actor.country} if actor and actor.country else set())
    only = next(iter(countries)) if len(countries) == 1 and not _is_office(core) else None
    homes = {s: s.country or (only if s.sector is None and only in s.context else None) for s in sightings}
    targets = _targets(homes, actor)
    for sighting, home in homes.items():
        target = targets[home]
        if target != sighting.entity_id:
            how, score = ("same", 1.0) if sighting.key.endswith(f":{core}") else ("form", _FORM_SCORE)
            why = "country" if sighting.country else "context" if home else "no other"
            link_score = round(score * _EVIDENCE_SCORES[why], 3)
            yield EntityLink(sighting.document_id, sighting.entity_id, target, link_score, f"{how}, {why}")


def _is_office(core: str) -> bool:
    """Tell whether other countries may have a body of the name, or the name is one word that may mean anything."""
    words = core.split()
    return len(words) < _LEAST_WORDS or any(load_roles().find([word]) for word in words)


def _targets(homes: Iterable[Sighting], actor: Known | None) -> dict[str | None, str]:
    """Return the entity id for each country: the actor's in its own, else that of the least key of the country."""
    falling = sorted(homes, key=lambda sighting: (sighting.key, sighting.entity_id), reverse=True)
    found = {sighting.country: sighting.entity_id for sighting in falling}
    return found | ({actor.country: actor.entity_id} if actor is not None else {})
