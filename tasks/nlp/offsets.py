"""Places given by distance and bearing from another: `70 km southeast of Kabul`, `between Homs and Hama`.

Each such phrase becomes a mention of its own beside those of the names in it (`MentionIndex.offsets`), with a place
that has a point and a radius; a phrase that leads to no point (`a two-hour drive from Kabul`) has no place, and its
name is no place of any event either. Does not belong here: how the phrases are worded (`offset_phrases.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeds.countries import countries, country_of_demonym
from tasks.nlp.enclosing import AREA_NOUNS, may_lead, place_phrase
from tasks.nlp.mentions import Mention, head_index
from tasks.nlp.offset_phrases import find_phrases
from tasks.nlp.points import (
    BEARINGS,
    DerivedPlace,
    destination,
    extent_km,
    great_circle_km,
    midpoint,
    point_of,
    precision_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from seeds.gazetteer import Gazetteer, Place
    from tasks.nlp.mentions import MentionIndex
    from tasks.nlp.offset_phrases import OffsetPhrase

_SHARE, _LEAST_KM = 0.25, 2.0
"""A stated distance is off by a quarter of itself, and by two kilometres at least."""
_BESIDE_KM, _CLOSE_KM = 40.0, 5.0
"""How far `north of` and `just north of` lead where no distance is said; the radius is as large."""
_MOST_AROUND_KM = 100.0
"""Farther from a place, without a direction, a point says nothing: `drove 580 miles from Allen`."""
_MOST_BETWEEN_KM = 400.0
_FIXED_KINDS = frozenset({"city", "facility", "admin2"})
_ROADS = frozenset(
    """
    road highway motorway route line railway railroad track border frontier area stretch corridor halfway midway
    somewhere crossing checkpoint located lies travelling traveling
    """.split()
)
"""Words before `between` after which two places are the ends of a way and not two parties."""
_SETTLEMENTS = frozenset({"capital", "city", "town", "village"})
_PROVINCIAL = frozenset({"provincial", "regional", "state"})
_LINKING = frozenset({",", "(", "which", "that", "is", "lies", "located", "situated", "lying", "-", "\u2013", "\u2014"})
_MOST_LINKING = 6
_MOST_RECALLED = 100
"""Mentions back to which a bare `the capital` or `the town` may refer."""
_BORDERS = frozenset({"border", "frontier", "borders"})
_STEPS = (10.0, 100.0)
"""Distances in kilometres from which on keys are rounded to fives, and to tens."""
_ENOUGH_TOWNS = 3
_LEAST_AROUND_KM = 10.0


def find_offsets(doc: Doc, index: MentionIndex, gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions of points that the text measures from the places in the index, in order of the text.

    Mentions without a place lead to no point. `place_phrase` bounds how far each phrase is read: time is linear.
    """
    found: list[Mention] = []
    for phrase in find_phrases(doc.text):
        span = doc.char_span(phrase.start, phrase.end, alignment_mode="expand")
        if span is None or (found and span.start < found[-1].end):
            continue
        offset = _between(doc, span.start, index, gazetteer) if phrase.relation == "between" else None
        if phrase.relation != "between":
            offset = _measured(doc, phrase, (span.start, span.end), index, gazetteer)
        if offset is not None:
            found.append(offset)
    return found


def offset_after(doc: Doc, mention: Mention, index: MentionIndex) -> Mention | None:
    """Return the phrase of distance that follows a name and tells where it is: `Zarkhel, 70 km southeast of Kabul`."""
    i = mention.end
    if i < len(doc) and doc[i].lower_ in AREA_NOUNS:
        i += 1
    for k in range(i, min(i + _MOST_LINKING, len(doc))):
        if (offset := index.offset_at(k)) is not None:
            return offset if offset.start == k and mention.end <= k else None
        if doc[k].lower_ not in _LINKING and not may_lead(doc[k]):
            return None
    return None


def _measured(
    doc: Doc, phrase: OffsetPhrase, words: tuple[int, int], index: MentionIndex, gazetteer: Gazetteer
) -> Mention | None:
    """Return the mention of a phrase that stands at these tokens; None where no place follows."""
    start, after = words
    if base := place_phrase(doc, after, index):
        bordering = base.end < len(doc) and doc[base.end].lower_ in _BORDERS
        there = _town(doc, base, gazetteer) if not bordering else None
        place = _place(phrase, there, gazetteer) if there is not None else None
        return _mention(doc, start, base.end, place, base.score)
    if border := _beyond_border(doc, after, index):
        return _mention(doc, start, border.end, None, 0.0)
    settlement = _settlement(doc, after)
    if settlement is None:
        return None
    meant = _antecedent(doc, settlement, index, gazetteer)
    place = _place(phrase, meant, gazetteer) if meant is not None else None
    return _mention(doc, start, settlement + 1, place, 0.6) if place is not None else None


def _town(doc: Doc, base: Mention, gazetteer: Gazetteer) -> Place | None:
    """Return the place that a distance is measured from: of a town and the province of its name, the town."""
    place, following = base.place, doc[base.end : base.end + 1].text.lower()
    if place is None or place.kind not in {"admin1", "admin2"} or following in AREA_NOUNS:
        return place
    unit = (place.country, place.admin1 or place.name)
    towns = (town for town in gazetteer.find(base.name) if town.kind == "city")
    return next((town for town in towns if (town.country, town.admin1) == unit), place)


def _mention(doc: Doc, start: int, end: int, place: DerivedPlace | None, score: float) -> Mention:
    name = place.name if place is not None else doc[start:end].text
    mention = Mention(start, end, head_index(doc, start, end), "nominal", "place", name, place=place)
    if place is not None:
        mention.key, mention.country, mention.score = place.place_key, place.country, score
    return mention


def _beyond_border(doc: Doc, i: int, index: MentionIndex) -> Mention | None:
    """Return the country of `the border with Turkey`: such a distance leads to no point."""
    for k in range(i, min(i + 4, len(doc) - 2)):
        if doc[k].lower_ in _BORDERS and doc[k + 1].lower_ in {"with", "of", "between"}:
            return place_phrase(doc, k + 2, index)
    return None


def _settlement(doc: Doc, i: int) -> int | None:
    """Return the noun of `the capital`, `the Afghan capital`, `the town`, which stand for a place named elsewhere."""
    if i + 1 >= len(doc) or doc[i].lower_ != "the":
        return None
    return next((k for k in range(i + 1, min(i + 3, len(doc))) if doc[k].lower_ in _SETTLEMENTS), None)


def _antecedent(doc: Doc, noun: int, index: MentionIndex, gazetteer: Gazetteer) -> Place | None:
    """Return the place that `the capital` or `the town` stands for: the last one named before that can be it."""
    described = doc[noun - 1]
    last = bisect_left(index.mentions, noun, key=lambda mention: mention.start)
    named = (m.place for m in reversed(index.mentions[max(0, last - _MOST_RECALLED) : last]) if m.place is not None)
    listed = (place for place in named if not isinstance(place, DerivedPlace))
    if doc[noun].lower_ == "capital":
        if described.lower_ in _PROVINCIAL:
            return next((place for place in listed if place.feature_code == "PPLA"), None)
        if described.lower_ != "the":
            return _capital(country_of_demonym(described.text), gazetteer)
        return _capital(next((place.country for place in listed if place.country), None), gazetteer)
    return next((place for place in listed if place.kind == "city"), None) if described.lower_ == "the" else None


def _capital(alpha3: str | None, gazetteer: Gazetteer) -> Place | None:
    name = next((country.capital for country in countries() if country.alpha3 == alpha3), None)
    towns = gazetteer.find(name) if name else ()
    return next((town for town in towns if town.feature_code == "PPLC" and town.country == alpha3), None)


def _place(phrase: OffsetPhrase, base: Place, gazetteer: Gazetteer) -> DerivedPlace | None:
    """Return the place that a phrase leads to from a base; None where the two give no point."""
    if phrase.relation == "off":
        return _coast(base)
    point = point_of(base)
    measured = base.kind in _FIXED_KINDS or (base.kind == "admin1" and phrase.km is not None)
    if point is None or not measured or phrase.relation == "away":
        return None
    if phrase.relation == "toward":
        return _toward(phrase, base, point, gazetteer)
    return _around(phrase.km, base, point, gazetteer) if phrase.km and phrase.km <= _MOST_AROUND_KM else None


def _coast(base: Place) -> DerivedPlace:
    """Return the waters off a coast, which have a country and no point."""
    return DerivedPlace(
        f"offset:{base.place_key}:off", None, f"off {base.name}", "region", "", base.country, None, None, None, 0
    )


def _toward(phrase: OffsetPhrase, base: Place, point: tuple[float, float], gazetteer: Gazetteer) -> DerivedPlace:
    """Return the place in a direction from a base; a distance that is not said is short, and as uncertain as long."""
    bearing = phrase.bearing or "N"
    vague = _CLOSE_KM if phrase.close else _BESIDE_KM
    km = phrase.km if phrase.km is not None else vague
    radius = vague if phrase.km is None else max(_LEAST_KM, _SHARE * km)
    far = _figure(km) if phrase.km is not None else "just" if phrase.close else ""
    key = f"offset:{base.place_key}:{bearing}:{_rounded(km) if phrase.km is not None else far or 'some'}"
    circle = _Circle(destination(*point, BEARINGS[bearing], km), radius, measured=phrase.km is not None)
    return _derived(key, f"{far} {bearing} of {base.name}".strip(), circle, base, gazetteer)


def _around(km: float, base: Place, point: tuple[float, float], gazetteer: Gazetteer) -> DerivedPlace:
    """Return the place at a distance from a base into no known direction: the base, with a wider radius."""
    circle = _Circle(point, max(_LEAST_KM, km * (1 + _SHARE)), measured=True)
    key = f"offset:{base.place_key}:any:{_rounded(km)}"
    return _derived(key, f"{_figure(km)} from {base.name}", circle, base, gazetteer)


@dataclass(frozen=True, slots=True)
class _Circle:
    """Where something is: a point (latitude, longitude), how far from it the place may be, and whether that is said."""

    point: tuple[float, float]
    radius_km: float
    measured: bool


def _derived(key: str, name: str, circle: _Circle, base: Place, gazetteer: Gazetteer) -> DerivedPlace:
    """Return the place in a circle, with the country and the province that the towns around it tell."""
    vague = base.kind in {"admin1", "admin2"} or isinstance(base, DerivedPlace)
    radius = circle.radius_km + (extent_km(base) if vague else 0)
    towns = gazetteer.towns_around(*circle.point, max(radius, _LEAST_AROUND_KM))
    left = bool(towns) and all(town.country != base.country for town in towns)
    provinces = {(town.country, town.admin1) for town in towns}
    certain = len(towns) >= _ENOUGH_TOWNS and len(provinces) == 1 and not left
    latitude, longitude = (round(degrees, 5) for degrees in circle.point)
    return DerivedPlace(
        key, None, name, "city", "", None if left else base.country, towns[0].admin1 if certain else None,
        latitude, longitude, 0, radius_km=round(radius, 1), precision=precision_of(radius),
        measured=circle.measured,
    )  # fmt: skip


def _rounded(km: float) -> str:
    """Return the distance as keys hold it, so that 70 kilometres and 43 miles lead to one place."""
    step = 1 if km < _STEPS[0] else 5 if km < _STEPS[1] else 10
    return f"{step * round(km / step)}"


def _figure(km: float) -> str:
    return f"{km:.0f} km" if km >= 1 else f"{1000 * km:.0f} m"


def _between(doc: Doc, start: int, index: MentionIndex, gazetteer: Gazetteer) -> Mention | None:
    """Return the middle of `the road between Homs and Hama`; None for two parties, as in `talks between`."""
    one = place_phrase(doc, start + 1, index) if _is_way(doc, start) else None
    if one is None or doc[one.end : one.end + 1].text.lower() != "and":
        return None
    other = place_phrase(doc, one.end + 1, index)
    start_town = _town(doc, one, gazetteer)
    end_town = _town(doc, other, gazetteer) if other is not None else None
    if other is None or start_town is None or end_town is None:
        return None
    place = _middle(start_town, end_town, gazetteer)
    return _mention(doc, start, other.end, place, min(one.score, other.score)) if place is not None else None


def _is_way(doc: Doc, between: int) -> bool:
    return any(doc[k].lower_ in _ROADS for k in range(max(0, between - 3), between))


def _middle(start: Place, end: Place, gazetteer: Gazetteer) -> DerivedPlace | None:
    one, other = sorted((start, end), key=lambda place: place.place_key)
    a, b = point_of(one), point_of(other)
    if a is None or b is None or not {one.kind, other.kind} <= _FIXED_KINDS or great_circle_km(a, b) > _MOST_BETWEEN_KM:
        return None
    circle = _Circle(midpoint(a, b), max(_LEAST_KM, great_circle_km(a, b) / 2), measured=False)
    key, name = f"offset:{one.place_key}:{other.place_key}", f"between {one.name} and {other.name}"
    return _derived(key, name, circle, one, gazetteer)
