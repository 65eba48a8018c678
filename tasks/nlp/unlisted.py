"""Places that no gazetteer has, placed by what the text says of where they lie: `Zarkhel in Helmand's Nawa district`.

Such a place gets the country, province and point of the unit that encloses it, and a precision that says so, or the
point that a distance leads to (`Zarkhel, 70 km southeast of Kabul`). Where the text says nothing, it stays unknown.
Does not belong here: how containment is worded (`enclosing.py`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seeds.actors import fold_name
from seeds.countries import country_name
from seeds.gazetteer_records import KIND_ORDER, OWN_NAME
from tasks.nlp.enclosing import enclosures, stated_container, stated_country
from tasks.nlp.offsets import offset_after
from tasks.nlp.points import DerivedPlace, extent_km, precision_of, precision_of_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from seeds.gazetteer import Gazetteer, Place, PlaceKind
    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.points import GeoPrecision

_NEAR_KM, _VAGUE_KM = 15.0, 80.0
_KIND_SAID: dict[str, PlaceKind] = {
    **dict.fromkeys(("district", "county", "subdistrict", "municipality"), "admin2"),
    **dict.fromkeys(("province", "governorate", "oblast", "state"), "admin1"),
}
_SPREAD_KM: dict[GeoPrecision, float] = {"exact": 1.0, "city": 10.0, "admin2": 40.0, "admin1": 150.0, "country": 1000.0}
_WELL_KNOWN = frozenset({"country", "region", "admin1"})
_SCORE = 0.5
_LONGEST_CHAIN = 3
"""Units of which each is known by the next: `Zarkhel in Nawa district, Helmand`."""


def place_unlisted(doc: Doc, index: MentionIndex, gazetteer: Gazetteer) -> None:
    """Give unresolved place mentions the place that the text's own statements lead to; all of one name the same."""
    unknown: dict[str, list[Mention]] = {}
    for mention in index.mentions:
        if mention.entity_type == "place" and mention.place is None and mention.actor is None:
            unknown.setdefault(fold_name(mention.name), []).append(mention)
    unknown = {name: group for name, group in unknown.items() if not _is_well_known(group[0].name, gazetteer)}
    for _ in range(_LONGEST_CHAIN):
        for name, group in unknown.items():
            if group[0].place is None and (place := _stated(doc, name, group, index, gazetteer)):
                for mention in group:
                    mention.place, mention.key = place, f"place:{place.place_key}"
                    mention.country, mention.score = place.country, _SCORE


@dataclass(frozen=True, slots=True)
class _Unlisted:
    """A name that no gazetteer has: folded, as it is written, and the kind of place that the words around it say."""

    folded: str
    written: str
    kind: PlaceKind

    def inside(self, container: Place) -> DerivedPlace | None:
        """Return the place at the point of what contains it; None where that is too vague or too small."""
        precision = precision_of_place(container)
        if precision is None or container.country is None or KIND_ORDER[container.kind] > KIND_ORDER[self.kind]:
            return None
        radius = container.radius_km if isinstance(container, DerivedPlace) else None
        return self._at(container, radius, "city" if precision == "exact" else precision)

    def near(self, neighbour: Place) -> DerivedPlace | None:
        """Return the place at the point of a neighbour, with a radius; None near countries and regions."""
        radius = _NEAR_KM + extent_km(neighbour)
        return None if radius == math.inf else self._at(neighbour, radius, precision_of(radius))

    def at_offset(self, offset: DerivedPlace) -> DerivedPlace:
        """Return the place at the point that a distance leads to; `south of Tehran` alone may be farther off."""
        if not offset.measured:
            offset = replace(offset, radius_km=_VAGUE_KM, precision=precision_of(_VAGUE_KM))
        key = self._key(offset.country, offset.admin1) if offset.admin1 else f"{offset.place_key}:{self.folded}"
        return replace(offset, place_key=key, name=self.written, kind=self.kind)

    def _at(self, there: Place, radius: float | None, precision: GeoPrecision) -> DerivedPlace:
        admin1 = there.name if there.kind == "admin1" else there.admin1
        return DerivedPlace(
            self._key(there.country, admin1), None, self.written, self.kind, "", there.country, admin1,
            there.latitude, there.longitude, 0, radius_km=radius, precision=precision,
        )  # fmt: skip

    def _key(self, country: str | None, admin1: str | None) -> str:
        """Return a key that articles share which put the name into the same province."""
        return f"in:{country or ''}:{fold_name(admin1 or '')}:{self.folded}"


def _is_well_known(name: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a country, region or province has this name: it is listed, whatever it means here."""
    return any(place.kind in _WELL_KNOWN and place.alias_rank == OWN_NAME for place in gazetteer.find(name)[:1])


def _stated(
    doc: Doc, name: str, group: Sequence[Mention], index: MentionIndex, gazetteer: Gazetteer
) -> DerivedPlace | None:
    """Return the finest place that the mentions of one name are said to have; the first of equals."""
    said = (
        place
        for mention in group
        for place in _statements(doc, _Unlisted(name, mention.name, _kind(doc, mention)), mention, index, gazetteer)
    )
    return min((place for place in said if place is not None), key=_spread, default=None)


def _spread(place: DerivedPlace) -> float:
    """Return how far the true place may be, in kilometres."""
    return place.radius_km if place.radius_km is not None else _SPREAD_KM[place.precision or "country"]


def _statements(
    doc: Doc, name: _Unlisted, mention: Mention, index: MentionIndex, gazetteer: Gazetteer
) -> Iterator[DerivedPlace | None]:
    offset = offset_after(doc, mention, index)
    if offset is not None and isinstance(offset.place, DerivedPlace) and offset.place.precision is not None:
        yield name.at_offset(offset.place)
    for enclosure in enclosures(doc, mention, index):
        container = _agreeing(doc, enclosure.container, index)
        if container is not None and fold_name(enclosure.container.name) != name.folded:
            yield (name.near if enclosure.near else name.inside)(container)
    if (code := stated_country(doc, mention)) and (country := _country(code, gazetteer)):
        yield name.inside(country)


def _agreeing(doc: Doc, container: Mention, index: MentionIndex) -> Place | None:
    """Return the container's place, or that of what it is said to lie in itself, where the two do not agree."""
    place, outer = container.place, stated_container(doc, container, index)
    if place is None or outer is None or outer.place is None or place.country == outer.place.country:
        return place
    return outer.place


def _country(alpha3: str, gazetteer: Gazetteer) -> Place | None:
    return next((p for p in gazetteer.find(country_name(alpha3)) if p.kind == "country" and p.country == alpha3), None)


def _kind(doc: Doc, mention: Mention) -> PlaceKind:
    """Return the kind that the word after or before a name gives it: `Zarkhel district`, else a settlement."""
    after = doc[mention.end].lower_ if mention.end < len(doc) else ""
    before = doc[mention.start - 2].lower_ if mention.start > 1 and doc[mention.start - 1].lower_ == "of" else ""
    return _KIND_SAID.get(after) or _KIND_SAID.get(before) or "city"
