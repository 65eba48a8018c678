"""Which point on the map a place name means, judged by the whole article.

Every place of that name competes with every other, and with none of them at all. A linear model weighs what speaks for
each (`place_features.py`); its weights stand in `seeds/weights/places.tsv` and come from
`python -m tasks.nlp.training.places`. One name means one place throughout an article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds.actors import FOLDER, fold_name
from seeds.outlets import home_of
from tasks.nlp.enclosing import stated_container, stated_country
from tasks.nlp.linear import probabilities, read_model
from tasks.nlp.place_features import NameUse, PlaceContext, cells_around, distance_km, place_features

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Doc

    from seeds.gazetteer import Gazetteer, Place, PlaceKind
    from tasks.nlp.linear import LinearModel
    from tasks.nlp.mentions import Mention, MentionIndex

_PROVINCE: tuple[PlaceKind, ...] = ("admin1",)
_DISTRICT: tuple[PlaceKind, ...] = ("admin2", "city")
_TOWN: tuple[PlaceKind, ...] = ("city",)
_HINTS: dict[str, tuple[PlaceKind, ...]] = {
    **dict.fromkeys(("province", "provinces", "state", "states", "governorate", "oblast", "department"), _PROVINCE),
    **dict.fromkeys(("prefecture",), _PROVINCE),
    **dict.fromkeys(("district", "districts", "municipality"), _DISTRICT),
    **dict.fromkeys(("county", "counties", "parish"), ("admin2",)),
    **dict.fromkeys(("city", "town", "village", "capital", "suburb"), _TOWN),
    "region": ("admin1", "region"),
    "airport": ("facility",),
    "airbase": ("facility",),
}
_LIST_NOUNS = frozenset({"provinces", "states", "districts", "counties"})
_LIST_REACH = 12
"""Words after a name within which the noun of its list stands: `Barrow, Jackson and Madison counties`."""
_MOST_OPTIONS = 40
"""Places of one name that are weighed; the gazetteer gives the most prominent first."""
_MOST_USES = 8
"""Mentions of one name that are looked at for hints and containers; those after them repeat them."""
_SAME_KM = 50.0
_NO_SCORE = 0.3
_NOWHERE = ["nowhere"]
_MODIFIERS = frozenset(
    ["downtown", "central", "northern", "southern", "eastern", "western", "north", "south", "east", "west", "old"]
)


@dataclass(slots=True)
class NameGroup:
    """All mentions of one place name in an article, what the name may mean, and how the article uses it."""

    mentions: list[Mention]
    options: Sequence[Place]
    use: NameUse


@cache
def place_model() -> LinearModel:
    """Return the weights that choose among places of one name."""
    return read_model(FOLDER / "weights" / "places.tsv", ("weight",))


def resolve_places(
    doc: Doc, mentions: Sequence[Mention], index: MentionIndex, gazetteer: Gazetteer, countries: Mapping[str, float]
) -> None:
    """Set place, country, key and score of every place mention.

    `index` are all mentions of the article; `countries` is the weight of each country (alpha-3) in the rest of it:
    demonyms, actors, offices.
    """
    groups = name_groups(doc, mentions, index, gazetteer)
    first = context = first_context(doc, groups, countries)
    for _ in range(2):  # the second pass knows where the first one put the other names
        chosen = {name: best for name, group in groups.items() if (best := _best(group, context))}
        context = next_context(groups, {name: place for name, (place, _) in chosen.items()}, first)
    for name, group in groups.items():
        for mention in group.mentions:
            _identify(mention, name, chosen.get(name))


def name_groups(
    doc: Doc, mentions: Sequence[Mention], index: MentionIndex, gazetteer: Gazetteer
) -> dict[str, NameGroup]:
    """Return the groups of mentions of one name, by folded name, in order of the text."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(fold_name(mention.name), []).append(mention)
    return {
        name: NameGroup(
            group, _options(group[0].name, gazetteer), _use(doc, name, group[:_MOST_USES], index, gazetteer)
        )
        for name, group in found.items()
    }


def first_context(doc: Doc, groups: Mapping[str, NameGroup], countries: Mapping[str, float]) -> PlaceContext:
    """Return what the article says before any place is resolved."""
    weights: dict[str, float] = defaultdict(float, countries)
    for group in groups.values():
        first = group.options[0] if group.options else None
        if first is not None and first.kind == "country" and first.country:
            weights[first.country] += 2 * len(group.mentions)
    article = doc._.article
    return PlaceContext(weights, frozenset(groups), home_of(article.url) or home_of(article.source_id))


def next_context(groups: Mapping[str, NameGroup], known: Mapping[str, Place], first: PlaceContext) -> PlaceContext:
    """Return what the article says once its names have been placed; `first` is what it said before."""
    own = {
        name: (place.country, 0.5 * min(3, len(groups[name].mentions)))
        for name, place in known.items()
        if place.country and place.kind != "country"
    }
    weights: dict[str, float] = defaultdict(float, first.countries)
    for country, weight in own.values():
        weights[country] += weight
    provinces: Counter[tuple[str | None, str | None]] = Counter(
        (place.country, place.admin1) for place in known.values() if place.admin1
    )
    return PlaceContext(weights, first.names, first.home, own, provinces, cells_around(known))


def option_features(group: NameGroup, context: PlaceContext) -> list[list[str]]:
    """Return the features of each option of a name, and after them those of none of them."""
    count = len(group.options)
    features = [place_features(place, rank, count, group.use, context) for rank, place in enumerate(group.options)]
    return [*features, _NOWHERE]


def _best(group: NameGroup, context: PlaceContext) -> tuple[Place, float] | None:
    """Return the place that the article supports best and how sure that is; None where it supports none."""
    if not group.options:
        return None
    model = place_model()
    shares = probabilities([model.scores(features)[0] for features in option_features(group, context)])
    top = max(range(len(shares)), key=lambda number: (shares[number], -number))
    if top == len(group.options):
        return None
    best = group.options[top]
    point = (best.latitude, best.longitude)
    same = sum(
        share
        for share, place in zip(shares, group.options, strict=False)
        if place is best or distance_km(point, (place.latitude, place.longitude)) < _SAME_KM
    )
    return best, round(min(same, 1.0), 3)


def _identify(mention: Mention, name: str, best: tuple[Place, float] | None) -> None:
    if best is None:
        mention.key, mention.score = f"place:?:{name}", _NO_SCORE
        return
    mention.place, mention.score = best
    mention.key = f"place:{mention.place.place_key}"
    mention.country = mention.place.country


def _options(name: str, gazetteer: Gazetteer) -> Sequence[Place]:
    """Return what a name may mean; without its first word where that only says which part: `downtown Baghdad`."""
    found = gazetteer.find(name)
    if not found:
        first, _, rest = name.replace("-", " ", 1).partition(" ")
        if rest and (first.lower() in _MODIFIERS or len(first) == 1):  # one letter: the party in `D-Ohio`
            found = gazetteer.find(rest)
    return found[:_MOST_OPTIONS]


def _use(doc: Doc, name: str, group: Sequence[Mention], index: MentionIndex, gazetteer: Gazetteer) -> NameUse:
    hints = next((hint for mention in group if (hint := _hint(doc, mention))), ())
    containers: list[Place] = []
    for mention in group:
        container = stated_container(doc, mention, index)
        if container is not None and container.entity_type == "place":
            containers.extend(gazetteer.find(container.name)[:_MOST_USES])
    countries = frozenset(country for mention in group if (country := stated_country(doc, mention)))
    return NameUse(name, hints, tuple(containers), countries, any(_in_dateline(doc, mention) for mention in group))


def _in_dateline(doc: Doc, mention: Mention) -> bool:
    article = doc._.article
    return bool(article.dateline) and doc[mention.start].idx < article.body_start


def _hint(doc: Doc, mention: Mention) -> tuple[PlaceKind, ...]:
    """Return the kinds of place that the words around a mention ask for."""
    words = [doc[i].lower_ for i in range(mention.end, min(mention.end + 1, len(doc)))]
    head = doc[mention.head]
    if head.dep_ in {"nmod", "compound"}:
        words.append(head.head.lower_)
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        words.append(head.head.head.lower_)
    words.extend(_list_noun(doc, mention))
    return next((_HINTS[word] for word in words if word in _HINTS), ())


def _list_noun(doc: Doc, mention: Mention) -> Iterator[str]:
    """Yield the plural that ends the list of capitalised names in which a mention stands."""
    for token in doc[mention.end : mention.end + _LIST_REACH]:
        if token.lower_ in _LIST_NOUNS:
            yield token.lower_
        elif not (token.text[0].isupper() or token.lower_ in {",", "and", "or", "&"}):
            return
