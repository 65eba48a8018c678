"""The hand-written places of `seeds/places`, as entries of the gazetteer.

Belongs here: reading those tables, finding the province of a quarter or a facility, and telling whether a larger source
means one of these places. Does not belong here: the
places of the reference packages (`gazetteer_sources.py`), and names for them (`places/variants.tsv`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from seeds.gazetteer_names import fold, index_key
from seeds.gazetteer_records import OTHER_NAME, OWN_NAME, Entry, Place
from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from seeds.gazetteer_records import PlaceKind
    from seeds.tsv import Row

SEED_PATHS = tuple(
    Path(__file__).with_name("places") / f"{name}.tsv"
    for name in ("regions", "waters", "land", "quarters", "sites", "air_bases")
)
SEED_COLUMNS = ("name", "kind", "feature_code", "countries", "latitude", "longitude", "geonames_id", "aliases")

_KINDS: dict[str, PlaceKind] = {"region": "region", "city": "city", "facility": "facility"}
_FARTHEST_DEGREES = 0.5
"""A place farther than this from every town has no province that the towns could tell."""

_SAME_PLACE_DEGREES: dict[PlaceKind, float] = {"city": 0.3, "facility": 0.3, "region": 10.0}
"""How far apart two sources put one place of one name at most; one puts a river at its mouth, another half-way."""

_Cell = tuple[str | None, int, int]


def seed_entries() -> Iterator[Entry]:
    """Yield regions, waters, mountains, islands, quarters and sites.

    Raises:
        ValueError: a row is damaged; the text names its file and line.
    """
    for path in SEED_PATHS:
        for row in read_tsv(path, SEED_COLUMNS):
            entry = Entry(_place(row))
            for name in (entry.place.name, *row.several("aliases")):
                entry.file_under(index_key(name), OWN_NAME)
            yield entry


def _place(row: Row) -> Place:
    name, gid, lands = row.required("name"), row.optional("geonames_id"), row.several("countries")
    return Place(
        place_key=f"gn:{gid}" if gid else f"seed:{fold(name).replace(' ', '-')}",
        geonames_id=int(gid) if gid else None,
        name=name,
        kind=_KINDS[row.one_of("kind", _KINDS)],
        feature_code=row.required("feature_code"),
        country=lands[0] if len(lands) == 1 else None,
        admin1=None,
        latitude=float(row.required("latitude")),
        longitude=float(row.required("longitude")),
        population=0,
    )


class Curated:
    """Places that win over the same places of larger sources, and take over their names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take the entries that win; they gain names later on."""
        self._by_key: dict[str, Entry] = {}
        self._by_name: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._by_key[entry.place.place_key] = entry
            for key in entry.keys:
                self._by_name[key].append(entry)

    def takes(self, other: Entry) -> bool:
        """Tell whether a place is a curated one; if so, that one answers to its names as well from now on."""
        if own := self._by_key.get(other.place.place_key) or self._namesake(other):
            for key, rank in other.keys.items():
                own.file_under(key, rank)
        return own is not None

    def _namesake(self, other: Entry) -> Entry | None:
        reach = _SAME_PLACE_DEGREES.get(other.place.kind, 0.0)
        usual = (key for key, rank in other.keys.items() if rank != OTHER_NAME and key in self._by_name)
        same = (entry for key in usual for entry in self._by_name[key] if _is_near(entry.place, other.place, reach))
        return next(same, None)


def _is_near(own: Place, other: Place, reach: float) -> bool:
    same_country = own.country in (None, other.country)
    return same_country and own.kind == other.kind and _degrees(own, other) <= reach


def place_in_provinces(seeds: Iterable[Entry], towns: Iterable[Entry]) -> None:
    """Give quarters and sites the province of the nearest town of their country."""
    wanted = [entry for entry in seeds if entry.place.kind != "region" and entry.place.country]
    cells = _towns_by_cell(towns)
    for entry in wanted:
        entry.place = replace(entry.place, admin1=_nearest_province(entry.place, cells))


def _towns_by_cell(towns: Iterable[Entry]) -> Mapping[_Cell, Sequence[Place]]:
    cells: dict[_Cell, list[Place]] = defaultdict(list)
    for town in towns:
        if town.place.admin1 and town.place.latitude is not None and town.place.longitude is not None:
            cells[town.place.country, int(town.place.latitude), int(town.place.longitude)].append(town.place)
    return cells


def _nearest_province(place: Place, cells: Mapping[_Cell, Sequence[Place]]) -> str | None:
    row, column = int(place.latitude or 0), int(place.longitude or 0)
    near = [
        town
        for y in (row - 1, row, row + 1)
        for x in (column - 1, column, column + 1)
        for town in cells.get((place.country, y, x), ())
    ]
    best = min(near, key=lambda town: _degrees(place, town), default=None)
    return best.admin1 if best and _degrees(place, best) <= _FARTHEST_DEGREES else None


def _degrees(a: Place, b: Place) -> float:
    """Return a distance that is right enough to compare neighbours with."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    east = (a.longitude - b.longitude) * math.cos(math.radians(a.latitude))
    return math.hypot(a.latitude - b.latitude, east)
