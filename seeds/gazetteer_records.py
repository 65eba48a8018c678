"""What a place is, and what it is filed under while the gazetteer is built.

Belongs here: the data classes that the readers of the sources and the gazetteer share, and the order of places.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PlaceKind = Literal["country", "region", "admin1", "admin2", "city", "facility"]
"""What sort of place it is; `region` is one without an administration of its own, such as the Sahel."""

KIND_ORDER: dict[PlaceKind, int] = {"country": 0, "region": 1, "admin1": 2, "admin2": 3, "city": 4, "facility": 5}

OWN_NAME, DERIVED_NAME, OTHER_NAME = 0, 1, 2
"""How ordinary a name is for a place: its own or a reviewed one; that name shortened; any other in the sources."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    Attributes:
        place_key: stable key: `gn:<GeoNames id>`, or `seed:<slug>` for what GeoNames' extracts do not hold.
        geonames_id: GeoNames id, or None.
        name: common name in plain letters.
        kind: what sort of place it is.
        feature_code: GeoNames feature code: PCLI, ADM1, ADM2, PPLC (national capital), PPL, RGN, AIRP, AIRB, ...
        country: ISO 3166-1 alpha-3 code; None for what lies in several countries or in none.
        admin1: name of the province, state or region that holds the place; None for countries and regions.
        latitude: degrees north, or None where no point is known.
        longitude: degrees east, or None where no point is known.
        population: inhabitants, 0 where unknown; of an admin unit those of its towns in the gazetteer.
        alias_rank: how ordinary the name asked for is for this place: 0 its own name or a reviewed one, 1 that name
            without its article or kind (`Fallujah` for Al Fallujah), 2 any other name, in any language. Two places
            that differ in this alone are equal.
    """

    place_key: str
    geonames_id: int | None
    name: str
    kind: PlaceKind
    feature_code: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    alias_rank: int = field(default=OWN_NAME, compare=False)


@dataclass(slots=True)
class Entry:
    """One place and the keys that it is filed under, each with its alias rank."""

    place: Place
    keys: dict[str, int] = field(default_factory=dict)

    def file_under(self, key: str, rank: int) -> None:
        """Add a key; the lowest rank of a key counts."""
        if key:
            self.keys[key] = min(rank, self.keys.get(key, rank))

    @property
    def order(self) -> tuple[int, int, str]:
        """Where the place stands among places of one name: by kind, then by population, largest first."""
        return KIND_ORDER[self.place.kind], -self.place.population, self.place.place_key
