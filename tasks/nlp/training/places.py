"""Find the weights that choose among places of one name: python -m tasks.nlp.training.places GOLD.jsonl ...

Reads texts whose places are marked with points (see `gold.py`), writes `seeds/weights/places.tsv`. What speaks for a
place depends on where the other names of its article lie, which is taken from the weights of the round before.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from seeds.actors import fold_name
from seeds.outlets import load_outlets
from tasks.nlp.components import COMPONENTS, mentions
from tasks.nlp.knowledge import load_knowledge
from tasks.nlp.linear import probabilities
from tasks.nlp.nationality import countries_mentioned
from tasks.nlp.pipeline import load_pipeline, with_case
from tasks.nlp.place_features import NameUse, PlaceContext, distance_km
from tasks.nlp.places import NameGroup, first_context, name_groups, next_context, option_features
from tasks.nlp.records import Article
from tasks.nlp.training.gold import read_gold
from tasks.nlp.training.linear import Choice, fit_choices
from tasks.nlp.training.weights import write_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from seeds.gazetteer import Place
    from tasks.nlp.linear import LinearModel
    from tasks.nlp.training.gold import GoldText

WEIGHTS = Path(__file__).parents[3] / "seeds" / "weights" / "places.tsv"

_RIGHT_KM, _SAME_KM = 161.0, 20.0
_ROUNDS = 3
_TOWN_WEIGHT = 0.3
"""How much a town of an outlet counts against a marked name."""
_MOST_OPTIONS = 40


def choices(gold: GoldText, doc: Doc, model: LinearModel | None) -> list[Choice]:
    """Return the choices that an article's marked names ask for, in the context that a model makes of the others."""
    found = [m for m in doc._.mentions.mentions if m.entity_type == "place" and m.actor is None]
    groups = name_groups(doc, found, doc._.mentions, load_knowledge().gazetteer)
    first = context = first_context(doc, groups, countries_mentioned(doc, doc._.mentions.mentions))
    if model is not None:
        for _ in range(2):
            chosen = {name: place for name, group in groups.items() if (place := _chosen(model, group, context))}
            context = next_context(groups, chosen, first)
    points = _points(gold)
    result = []
    for name, group in groups.items():
        if group.options and (point := points.get(name)):
            right = _right(group.options, point) or {len(group.options)}
            features = [tuple(option) for option in option_features(group, context)]
            result.append(Choice(tuple(features), frozenset(right), min(3.0, len(group.mentions))))
    return result


def town_choices() -> Iterator[Choice]:
    """Yield choices of the home towns of outlets, for stories that speak of their country, of another too, or of none.

    Labelled news is local news of a few countries, and cannot tell how much the countries of a story count.
    """
    gazetteer = load_knowledge().gazetteer
    for number, outlet in enumerate(sorted(load_outlets().values(), key=lambda outlet: outlet.domain)):
        options = gazetteer.find(outlet.city)[:_MOST_OPTIONS] if outlet.city else ()
        known = outlet.latitude is not None and outlet.longitude is not None
        right = _right(options, (outlet.latitude or 0.0, outlet.longitude or 0.0)) if known else set()
        if not right or len(right) == len(options):
            continue
        other = next((place.country for place in options if place.country and place.country != outlet.country), None)
        spoken_of: tuple[dict[str, float], ...] = (
            {outlet.country: 3.0},
            {outlet.country: 2.0, other or outlet.country: 1.0},
            {},
        )
        use = NameUse(fold_name(outlet.city or ""))
        context = PlaceContext(spoken_of[number % len(spoken_of)], frozenset({use.name}), None)
        group = NameGroup([], options, use)
        features = tuple(tuple(option) for option in option_features(group, context))
        yield Choice(features, frozenset(right), _TOWN_WEIGHT)


def _points(gold: GoldText) -> dict[str, tuple[float, float]]:
    return {
        fold_name(gold.text[span.start : span.end]): (span.latitude, span.longitude)
        for span in gold.spans
        if span.latitude is not None and span.longitude is not None
    }


def _right(options: Sequence[Place], point: tuple[float, float]) -> set[int]:
    """Return the options near a marked point that lie as near as the nearest does: the town, and not its province."""
    away = [distance_km((place.latitude, place.longitude), point) for place in options]
    nearest = min(away, default=_RIGHT_KM + 1)
    return {n for n, km in enumerate(away) if km <= min(_RIGHT_KM, nearest + _SAME_KM)}


def _chosen(model: LinearModel, group: NameGroup, context: PlaceContext) -> Place | None:
    shares = probabilities([model.scores(option)[0] for option in option_features(group, context)])
    top = shares.index(max(shares))
    return group.options[top] if top < len(group.options) else None


def main(paths: list[str]) -> None:
    """Train on the files and write the weights."""
    nlp = load_pipeline()
    texts: list[tuple[GoldText, Doc]] = []
    with nlp.select_pipes(disable=[component.__name__ for component in COMPONENTS]):
        for gold in (gold for path in paths for gold in read_gold(Path(path)) if not gold.complete):
            doc = nlp.make_doc(with_case(gold.text))
            doc._.article = Article("", gold.text, None, None, None, None, None, 0, len(gold.text), gold.source)
            texts.append((gold, mentions(nlp(doc))))
    model, towns = None, list(town_choices())
    for _ in range(_ROUNDS):
        model = fit_choices([*towns, *(choice for gold, doc in texts for choice in choices(gold, doc, model))])
    if model is not None:
        sources = dict.fromkeys(Path(path).stem for path in paths)
        write_weights(WEIGHTS, model, "Which place of a name is meant", list(sources))


if __name__ == "__main__":
    main(sys.argv[1:])
