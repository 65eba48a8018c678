"""Find the weights that choose where an event happened: python -m tasks.nlp.training.where GOLD.jsonl ...

Reads texts in which event words and the places of these events are marked, writes `seeds/weights/where.tsv`:

    {"text": "Two men were shot in Basra.", "gold": {"events": [
        {"trigger": [{"start": 13, "end": 17}], "args": [{"role": "LOCATION", "start": 21, "end": 26}]}]}}

An event without a marked place teaches when to name none. Takes a minute per two thousand sentences.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.nlp.pipeline import load_pipeline, with_case
from tasks.nlp.training.linear import Choice, fit_choices
from tasks.nlp.training.weights import write_weights
from tasks.nlp.where import Scenes, nearest
from tasks.nlp.where_features import nowhere_features, where_features

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from spacy.tokens import Doc

    from tasks.nlp.mentions import Mention

WEIGHTS = Path(__file__).parents[3] / "seeds" / "weights" / "where.tsv"

_PLACE = "LOCATION"
_L2, _SEEN = 2.0, 8

Ranges = list[tuple[int, int]]
"""Character ranges, half-open."""


def choices(doc: Doc, gold: Mapping[str, Any]) -> Iterator[Choice]:
    """Yield the choice among the names around each marked event of a text that has passed the components."""
    scenes = Scenes(doc, doc._.mentions)
    for event in gold["events"]:
        places = [(item["start"], item["end"]) for item in event["args"] if item["role"] == _PLACE]
        for mark in event["trigger"][:1]:
            word = doc.char_span(mark["start"], mark["end"], alignment_mode="expand")
            if word is not None:
                yield from _choice(doc, scenes, int(word.root.i), places)


def _choice(doc: Doc, scenes: Scenes, word: int, places: Ranges) -> Iterator[Choice]:
    event = doc[word]
    scene = scenes.at(event)
    options = nearest(event, scene)
    if options:
        features = [where_features(event, number, scene, scenes.index) for number in options]
        features.append(nowhere_features(event, scene))
        right = _right(doc, [scene.names[number] for number in options], places) or {len(options)}
        yield Choice(tuple(map(tuple, features)), frozenset(right))


def _right(doc: Doc, names: Sequence[Mention], places: Ranges) -> set[int]:
    """Return the numbers of the names that share a character with a marked place."""
    spans = [doc[name.start : name.end] for name in names]
    return {
        number
        for number, span in enumerate(spans)
        if any(span.start_char < end and start < span.end_char for start, end in places)
    }


def main(paths: list[str]) -> None:
    """Train on the files and write the weights."""
    nlp = load_pipeline()
    found: list[Choice] = []
    with nlp.select_pipes(disable=["events"]):
        for path in paths:
            for line in Path(path).read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                found.extend(choices(nlp(with_case(record["text"])), record["gold"]))
    model = fit_choices(found, l2=_L2, seen=_SEEN)
    write_weights(WEIGHTS, model, "Where an event happened", [Path(path).stem for path in paths])


if __name__ == "__main__":
    main(sys.argv[1:])
