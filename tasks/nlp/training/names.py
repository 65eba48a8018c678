"""Find the weights that decide what a name names: python -m tasks.nlp.training.names GOLD.jsonl ...

Reads labelled texts (see `gold.py`), writes `seeds/weights/names.tsv`. Takes a minute per thousand short articles.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.nlp.components import COMPONENTS
from tasks.nlp.knowledge import load_knowledge
from tasks.nlp.names import CLASSES, actors_of, candidate_features
from tasks.nlp.pipeline import load_pipeline, with_case
from tasks.nlp.spans import name_candidates
from tasks.nlp.training.gold import read_gold
from tasks.nlp.training.linear import Example, fit
from tasks.nlp.training.weights import write_weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from tasks.nlp.spans import Candidate
    from tasks.nlp.training.gold import GoldText

WEIGHTS = Path(__file__).parents[3] / "seeds" / "weights" / "names.tsv"

_NO_PLACE = frozenset(CLASSES) - {"place"}
_MOST_OF = 0.6
"""A marked place that covers less of a candidate only stands inside its name."""


def examples(gold: GoldText, doc: Doc) -> Iterator[Example]:
    """Yield the candidates of a parsed text with the classes that its marks allow."""
    knowledge = load_knowledge()
    candidates = name_candidates(doc)
    features = candidate_features(doc, candidates, knowledge, actors_of(doc, candidates, knowledge, None))
    for candidate, found in zip(candidates, features, strict=True):
        allowed = _allowed(gold, doc, candidate)
        if len(allowed) < len(CLASSES):
            yield Example(tuple(found), allowed)


def _allowed(gold: GoldText, doc: Doc, candidate: Candidate) -> frozenset[str]:
    last = doc[candidate.end - 1]
    start, end = doc[candidate.start].idx, last.idx + len(last.text)
    shared = [(min(end, span.end) - max(start, span.start), span) for span in gold.spans]
    size, best = max(shared, key=lambda pair: pair[0], default=(0, None))
    if best is None or size <= 0:
        return frozenset({"other"}) if gold.complete else _NO_PLACE
    if gold.complete:
        return frozenset({best.entity_type or "other"})
    if best.entity_type is None:
        return frozenset(CLASSES)
    return frozenset({"place"}) if size >= _MOST_OF * (end - start) else _NO_PLACE


def main(paths: list[str]) -> None:
    """Train on the files and write the weights."""
    nlp = load_pipeline()
    found: list[Example] = []
    with nlp.select_pipes(disable=[component.__name__ for component in COMPONENTS]):
        for path in paths:
            for gold in read_gold(Path(path)):
                found.extend(examples(gold, nlp(with_case(gold.text))))
    write_weights(
        WEIGHTS, fit(found, CLASSES, l2=2.0, seen=4), "What a name names", [Path(path).stem for path in paths]
    )


if __name__ == "__main__":
    main(sys.argv[1:])
