"""Points that no gazetteer holds: great circles, and places known only by where they lie from others.

Belongs here: the arithmetic of the sphere, and what such a place is. Does not belong here: the words that lead to one
(`offsets.py`, `enclosing.py`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from seeds.gazetteer import Place, PlaceKind

GeoPrecision = Literal["exact", "city", "admin2", "admin1", "country"]
"""How finely a place is known, see schemas.vocabulary.GEO_PRECISIONS."""

EARTH_RADIUS_KM = 6371.0
_POINTS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
BEARINGS: dict[str, float] = {point: 22.5 * i for i, point in enumerate(_POINTS)}
"""Point of the compass to degrees clockwise from north."""

_PRECISION: dict[PlaceKind, GeoPrecision] = {
    "country": "country", "region": "admin1", "admin1": "admin1", "admin2": "admin2", "city": "city",
    "facility": "exact",
}  # fmt: skip
_CITY_KM, _ADMIN2_KM = 5.0, 50.0
_EXTENT_KM = {"city": 10.0, "facility": 5.0, "admin2": 40.0, "admin1": 150.0}


@dataclass(frozen=True, slots=True)
class DerivedPlace(Place):
    """A place without an entry of its own, known by what the text says of where it lies.

    Attributes:
        radius_km: how far the true place may be from the point; None where the surrounding unit's own extent says it.
        precision: how finely it is known; None where there is no point.
        measured: whether the text gives its distance in figures or words.
    """

    radius_km: float | None = None
    precision: GeoPrecision | None = None
    measured: bool = False


def precision_of(radius_km: float) -> GeoPrecision:
    """Return the precision that a point of this uncertainty deserves."""
    if radius_km <= _CITY_KM:
        return "city"
    return "admin2" if radius_km <= _ADMIN2_KM else "admin1"


def precision_of_place(place: Place) -> GeoPrecision | None:
    """Return how finely a place is known by its point; None where it has none."""
    if point_of(place) is None:
        return None
    if isinstance(place, DerivedPlace):
        return place.precision
    return "country" if place.kind == "region" and place.country is None else _PRECISION[place.kind]


def destination(latitude: float, longitude: float, bearing: float, km: float) -> tuple[float, float]:
    """Return the point (degrees) that lies `km` along the great circle that leaves a point at a bearing (degrees)."""
    phi, lam, theta, delta = (
        math.radians(latitude),
        math.radians(longitude),
        math.radians(bearing),
        km / EARTH_RADIUS_KM,
    )
    sine = math.sin(phi) * math.cos(delta) + math.cos(phi) * math.sin(delta) * math.cos(theta)
    phi_2 = math.asin(max(-1.0, min(1.0, sine)))
    lam_2 = lam + math.atan2(
        math.sin(theta) * math.sin(delta) * math.cos(phi), math.cos(delta) - math.sin(phi) * math.sin(phi_2)
    )
    return math.degrees(phi_2), (math.degrees(lam_2) + 540) % 360 - 180


def great_circle_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two points, each (latitude, longitude) in degrees."""
    phi_a, phi_b = math.radians(a[0]), math.radians(b[0])
    half_phi, half_lam = (phi_b - phi_a) / 2, math.radians(b[1] - a[1]) / 2
    chord = math.sin(half_phi) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lam) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def bearing_to(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the bearing (degrees, 0..360) at which the great circle from a to b leaves a."""
    phi_a, phi_b, lam = math.radians(a[0]), math.radians(b[0]), math.radians(b[1] - a[1])
    east = math.sin(lam) * math.cos(phi_b)
    north = math.cos(phi_a) * math.sin(phi_b) - math.sin(phi_a) * math.cos(phi_b) * math.cos(lam)
    return math.degrees(math.atan2(east, north)) % 360


def midpoint(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """Return the point halfway between two points."""
    return destination(*a, bearing_to(a, b), great_circle_km(a, b) / 2)


def point_of(place: Place) -> tuple[float, float] | None:
    """Return latitude and longitude, or None where the place has no point."""
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def extent_km(place: Place) -> float:
    """Return roughly how far a place reaches from its point; infinite for countries and regions."""
    if isinstance(place, DerivedPlace) and place.radius_km is not None:
        return place.radius_km
    return _EXTENT_KM.get(place.kind, math.inf)


def may_be_one(a: Place, b: Place) -> bool:
    """Tell whether two places are near enough that both names may mean one, given how finely each is known."""
    one, other = point_of(a), point_of(b)
    return one is None or other is None or great_circle_km(one, other) <= extent_km(a) + extent_km(b)
