"""Which point on the map a place name means, judged by the whole article.

Every place of that name competes: the countries that the article speaks of, the provinces it names, the places near
by, the kind that the words around ask for, and population decide. What no evidence supports stays unresolved.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeds.actors import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

    from seeds.gazetteer import Gazetteer, Place, PlaceKind
    from tasks.nlp.mentions import Mention

_KIND_PRIOR: dict[PlaceKind, float] = {
    "country": 5.0, "region": 2.5, "admin1": 2.0, "city": 0.5, "admin2": 0.0, "facility": -0.5
}  # fmt: skip
_PROVINCE: tuple[PlaceKind, ...] = ("admin1",)
_DISTRICT: tuple[PlaceKind, ...] = ("admin2", "city")
_TOWN: tuple[PlaceKind, ...] = ("city",)
_HINTS: dict[str, tuple[PlaceKind, ...]] = {
    **dict.fromkeys(("province", "provinces", "state", "states", "governorate", "oblast", "department"), _PROVINCE),
    **dict.fromkeys(("prefecture",), _PROVINCE),
    **dict.fromkeys(("district", "districts", "municipality", "county"), _DISTRICT),
    **dict.fromkeys(("city", "town", "village", "capital", "suburb"), _TOWN),
    "region": ("admin1", "region"),
    "airport": ("facility",),
    "airbase": ("facility",),
}
_SUPPORT = 3.0
_ADMIN_NAMED = 2.0
_NEAR = 1.5
_NEAR_KM = 250.0
_CELL_DEGREES = 2.0
"""Places in the same or adjoining cells of this size count as near: up to 250 km or so at middle latitudes."""
_HINTED = 2.0
_CAPITAL = 2.0
_SMALL = 20_000
"""A place of fewer people, in a country that the article does not speak of, is no answer."""
_MOST_OPTIONS = 15
"""Places of one name that are weighed; the gazetteer gives the most prominent first."""


_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Context:
    """What the article says about where it is."""

    countries: Mapping[str, float]
    names: frozenset[str]
    cells: Mapping[_Cell, frozenset[str]]


def distance_km(a: Place, b: Place) -> float:
    """Return the great-circle distance of two places in kilometres; infinite where one has no point."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    phi_a, phi_b = math.radians(a.latitude), math.radians(b.latitude)
    half_phi, half_lambda = (phi_b - phi_a) / 2, math.radians(b.longitude - a.longitude) / 2
    chord = math.sin(half_phi) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lambda) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(chord)))


def resolve_places(doc: Doc, mentions: Sequence[Mention], gazetteer: Gazetteer, countries: Mapping[str, float]) -> None:
    """Set place, country, key and score of every place mention.

    `countries` is the weight of each country (alpha-3) in the rest of the article: demonyms, actors, offices.
    """
    names: dict[str, list[Mention]] = {}
    for mention in mentions:
        names.setdefault(fold_name(mention.name), []).append(mention)
    options = {name: gazetteer.find(group[0].name)[:_MOST_OPTIONS] for name, group in names.items()}
    weights: dict[str, float] = defaultdict(float, countries)
    for name, group in names.items():
        if options[name] and options[name][0].kind == "country" and (country := options[name][0].country):
            weights[country] += 2 * len(group)
    context = _Context(weights, frozenset(names), {})
    for _ in range(2):  # the second pass knows where the first one put the other names
        context = _resolve_once(doc, names, options, context)
    for name, group in names.items():
        for mention in group:
            _identify(mention, name)


def _resolve_once(
    doc: Doc, names: Mapping[str, list[Mention]], options: Mapping[str, Sequence[Place]], context: _Context
) -> _Context:
    """Choose a place for every name, and return the context with what was learned from that."""
    known: dict[str, Place] = {}
    weights: dict[str, float] = defaultdict(float, context.countries)
    for name, group in names.items():
        if best := _best(name, options[name], _hint(doc, group), context):
            known[name] = best[0]
            for mention in group:
                mention.place, mention.score = best
    for name, place in known.items():
        if place.country and place.kind != "country":
            weights[place.country] += 0.5 * min(3, len(names[name]))
    return _Context(weights, context.names, _cells(known))


def _cell(place: Place) -> _Cell | None:
    if place.latitude is None or place.longitude is None or place.kind in {"country", "region"}:
        return None
    return int(place.latitude // _CELL_DEGREES), int(place.longitude // _CELL_DEGREES)


def _cells(known: Mapping[str, Place]) -> dict[_Cell, frozenset[str]]:
    cells: dict[_Cell, set[str]] = {}
    for name, place in known.items():
        if cell := _cell(place):
            for row in (-1, 0, 1):
                for column in (-1, 0, 1):
                    cells.setdefault((cell[0] + row, cell[1] + column), set()).add(name)
    return {cell: frozenset(names) for cell, names in cells.items()}


def _identify(mention: Mention, name: str) -> None:
    if mention.place is not None:
        mention.key = f"place:{mention.place.place_key}"
        mention.country = mention.place.country
    else:
        mention.key, mention.score = f"place:?:{name}", 0.3


def _hint(doc: Doc, group: Sequence[Mention]) -> tuple[PlaceKind, ...]:
    """Return the kinds of place that the words around the mentions ask for."""
    for mention in group:
        if doc[mention.start].idx < doc._.article.body_start and doc._.article.dateline:
            return ("city",)
        following = doc[mention.end].lower_ if mention.end < len(doc) else ""
        if following in _HINTS:
            return _HINTS[following]
        head = doc[mention.head]
        if head.dep_ in {"nmod", "compound"} and head.head.lower_ in _HINTS:
            return _HINTS[head.head.lower_]
        if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lower_ in _HINTS:
            return _HINTS[head.head.head.lower_]
        if head.dep_ == "conj" and any(
            token.lower_ in {"provinces", "states"} for token in doc[mention.end : mention.end + 12]
        ):
            return ("admin1",)
    return ()


def _best(
    name: str, options: Sequence[Place], hint: tuple[PlaceKind, ...], context: _Context
) -> tuple[Place, float] | None:
    """Return the place that the article supports best and how sure that is; None where it supports none."""
    total = max(context.countries.values(), default=0.0)
    ranked = sorted(
        ((_score(name, place, hint, context, total), place) for place in options), key=lambda pair: -pair[0]
    )
    if not ranked:
        return None
    score, best = ranked[0]
    foreign = total >= 2 and not context.countries.get(best.country or "", 0.0)  # noqa: PLR2004
    if foreign and best.kind in {"city", "admin2", "facility"} and best.population < _SMALL:
        return None
    rival = next((other for other, place in ranked[1:] if distance_km(place, best) > _NEAR_KM), None)
    margin = 3.0 if rival is None else score - rival
    return best, round(1 / (1 + math.exp(-margin)), 3)


def _score(name: str, place: Place, hint: tuple[PlaceKind, ...], context: _Context, total: float) -> float:
    score = _KIND_PRIOR[place.kind] + 0.6 * math.log10(place.population + 10)
    if fold_name(place.name) == name:
        score += 1.0
    if place.feature_code == "PPLC":
        score += _CAPITAL
    if total and place.country:
        score += _SUPPORT * context.countries.get(place.country, 0.0) / total
    if hint:
        score += _HINTED if place.kind in hint else -_HINTED
    if place.admin1 and place.kind != "admin1" and fold_name(place.admin1) in context.names:
        score += _ADMIN_NAMED
    cell = _cell(place)
    if cell and context.cells.get(cell, frozenset()) - {name}:
        score += _NEAR
    return score
