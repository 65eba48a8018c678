"""What speaks for each place of one name, judged by the whole article.

Features are short strings, such as `support>=0.4` (that share of the article's country words points to its country),
whose weights stand in `seeds/weights/places.tsv`. Numbers come as steps: every bound that a number reaches is a
feature, so that a weight says what that step adds. Does not belong here: the choice (`places.py`).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seeds.actors import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from seeds.gazetteer import Place, PlaceKind
    from seeds.outlets import Outlet

_PEOPLE = (500, 2_000, 5_000, 15_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000)
_SHARES = (0.05, 0.2, 0.4, 0.6, 0.8)
_COUNTS = (1, 2, 4)
_HOME_KM = (30, 80, 160, 400, 1000)
_REGION_KM, _TOWN_KM = 600.0, 80.0
"""How far from the middle of a region, and of a district or town, a place can lie that is in it."""
_WIDE, _NARROW = 2.0, 0.5
"""Sizes of the cells, in degrees, in which places count as near each other: some 250 and 60 km in middle latitudes."""

Cell = tuple[float, int, int]


@dataclass(slots=True)
class PlaceContext:
    """What the article says about where it is.

    Attributes:
        countries: weight of each country (alpha-3) by demonyms, actors, offices and places.
        names: every place name of the article, folded.
        home: where the article's outlet is, if that is known.
        own: for each name that is placed already, its country and how much of that country's weight it gave.
        admin1: how many names resolve into each (country, province).
        cells: names that resolve near, by cell.
    """

    countries: Mapping[str, float]
    names: frozenset[str]
    home: Outlet | None
    own: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    admin1: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    cells: dict[Cell, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NameUse:
    """How the article uses one place name.

    Attributes:
        name: the name, folded.
        hints: kinds of place that the words around ask for; () where they ask for none.
        containers: what the places may be that the text says it lies in.
        countries: countries (alpha-3) that the text says it lies in.
        in_dateline: whether the story was filed there.
    """

    name: str
    hints: tuple[PlaceKind, ...] = ()
    containers: tuple[Place, ...] = ()
    countries: frozenset[str] = frozenset()
    in_dateline: bool = False


def distance_km(a: tuple[float | None, float | None], b: tuple[float | None, float | None]) -> float:
    """Return the great-circle distance of two (latitude, longitude) points; infinite where one is unknown."""
    if a[0] is None or a[1] is None or b[0] is None or b[1] is None:
        return math.inf
    phi_a, phi_b = math.radians(a[0]), math.radians(b[0])
    half_phi, half_lambda = (phi_b - phi_a) / 2, math.radians(b[1] - a[1]) / 2
    chord = math.sin(half_phi) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lambda) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(chord)))


def cells_around(known: Mapping[str, Place]) -> dict[Cell, frozenset[str]]:
    """Return the names in or beside each cell, of both sizes; countries and regions are too large to count."""
    cells: dict[Cell, set[str]] = {}
    for name, place in known.items():
        for size, row, column in _own_cells(place):
            for down in (-1, 0, 1):
                for right in (-1, 0, 1):
                    cells.setdefault((size, row + down, column + right), set()).add(name)
    return {cell: frozenset(names) for cell, names in cells.items()}


def place_features(place: Place, rank: int, options: int, use: NameUse, context: PlaceContext) -> list[str]:
    """Return the features of one of `options` places of a name, the `rank`-th as the gazetteer orders them."""
    found = list(_itself(place, rank, options, use))
    found.extend(_country(place, use.name, context))
    found.extend(_stated(place, use))
    found.extend(_home(place, context.home))
    found.extend(_near(place, use, context))
    return found


def _itself(place: Place, rank: int, options: int, use: NameUse) -> Iterator[str]:
    size = "city" if place.kind in {"city", "facility"} else "area"
    yield f"kind={place.kind}"
    yield f"code={place.feature_code}"
    yield f"alias={place.alias_rank}"
    yield f"own={fold_name(place.name) == use.name}"
    yield from (f"{size}>={bound}" for bound in _PEOPLE if place.population >= bound)
    yield f"rank={min(rank, 3)}"
    if options == 1:
        yield "only"
        yield f"only&kind={place.kind}"
    if use.in_dateline:
        yield f"dateline&kind={place.kind}"


def _country(place: Place, name: str, context: PlaceContext) -> Iterator[str]:
    """The share of the rest of the article, the name itself left out, that points to the place's country."""
    country, weight = context.own.get(name, (None, 0.0))
    total = sum(context.countries.values()) - weight
    if total <= 0:
        yield "nocountries"
        return
    share = (context.countries.get(place.country or "", 0.0) - weight * (place.country == country)) / total
    local = "area" if place.kind in {"country", "region"} else "local"
    yield from (f"{local}:support>={bound}" for bound in _SHARES if share >= bound)
    if share <= 0:
        yield f"{local}:foreign"
        if place.population < _PEOPLE[3]:
            yield f"{local}:foreign&small"


def _stated(place: Place, use: NameUse) -> Iterator[str]:
    if use.hints:
        yield f"hinted={place.kind in use.hints}"
    if use.containers:
        yield f"contained={any(lies_in(place, container) for container in use.containers)}"
    if use.countries:
        yield f"incountry={place.country in use.countries}"


def lies_in(place: Place, container: Place) -> bool:
    """Tell whether one place can lie in the other."""
    if container.country != place.country and container.country is not None:
        return False
    if container.kind == "country":
        return True
    if container.kind == "admin1":
        return fold_name(place.admin1 or "") == fold_name(container.name)
    reach = _REGION_KM if container.kind == "region" else _TOWN_KM
    return distance_km((place.latitude, place.longitude), (container.latitude, container.longitude)) < reach


def _home(place: Place, home: Outlet | None) -> Iterator[str]:
    if home is None:
        return
    local = "area" if place.kind in {"country", "region"} else "local"
    yield f"{local}:home={place.country == home.country}"
    if home.latitude is None or local == "area":
        return
    yield f"homeprovince={place.admin1 == home.admin1}"
    away = distance_km((place.latitude, place.longitude), (home.latitude, home.longitude))
    yield from (f"home<{bound}" for bound in _HOME_KM if away < bound)


def _near(place: Place, use: NameUse, context: PlaceContext) -> Iterator[str]:
    if place.admin1 and place.kind != "admin1":
        if fold_name(place.admin1) != use.name:
            yield f"provincenamed={fold_name(place.admin1) in context.names}"
        others = context.admin1[place.country, place.admin1]
        yield from (f"sameprovince>={bound}" for bound in _COUNTS if others >= bound)
    for cell in _own_cells(place):
        names = context.cells.get(cell, frozenset())
        near = len(names) - (use.name in names)
        yield from (f"near{cell[0]:g}>={bound}" for bound in _COUNTS if near >= bound)


def _own_cells(place: Place) -> Sequence[Cell]:
    if place.latitude is None or place.longitude is None or place.kind in {"country", "region"}:
        return ()
    return [(size, int(place.latitude // size), int(place.longitude // size)) for size in (_WIDE, _NARROW)]
