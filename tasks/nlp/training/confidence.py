"""Find the weights of confidence: python -m tasks.nlp.training.confidence GOLD.jsonl ...

Reads labelled events (see `gold_events.py`), prints a reliability table of five-fold cross-validation, in which every
mention is judged by weights that never saw its text, and writes `seeds/weights/confidence.tsv`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.nlp.confidence import CLASSES, WEIGHTS, features
from tasks.nlp.linear import probabilities
from tasks.nlp.pipeline import documents
from tasks.nlp.training.gold_events import judged, read_stories
from tasks.nlp.training.linear import Example, fit
from tasks.nlp.training.weights import write_weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FOLDS = 5
_BINS = 10
_L2 = 8.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Mentions of about the same confidence: how many, their mean confidence, and the share that is right."""

    count: int
    confidence: float
    right: float


def examples(paths: Iterable[Path]) -> Iterator[list[Example]]:
    """Yield the judged mentions of each distinct text, with what their confidence is read off."""
    stories = list({story.article.text: story for path in paths for story in read_stories(path)}.values())
    for story, doc in zip(stories, documents(story.article for story in stories), strict=True):
        found = zip(doc._.events, features(doc._.events), strict=True)
        judgements = [(judged(story, draft), names) for draft, names in found]
        yield [Example(tuple(n), frozenset({CLASSES[right]})) for right, n in judgements if right is not None]


def reliability(pairs: Sequence[tuple[float, bool]]) -> tuple[list[Bin], float]:
    """Return the bins of (confidence, right) pairs, and the expected calibration error (Naeini et al. 2015)."""
    bins = []
    for number in range(_BINS):
        inside = [pair for pair in pairs if number <= min(pair[0] * _BINS, _BINS - 1) < number + 1]
        if inside:
            means = (sum(confidence for confidence, _ in inside), sum(right for _, right in inside))
            bins.append(Bin(len(inside), means[0] / len(inside), means[1] / len(inside)))
    return bins, sum(b.count * abs(b.confidence - b.right) for b in bins) / max(1, len(pairs))


def cross_validated(texts: Sequence[list[Example]]) -> list[tuple[float, bool]]:
    """Return (confidence, right) of every example, by weights that were found without its text."""
    pairs = []
    for fold in range(_FOLDS):
        seen = [example for n, text in enumerate(texts) if n % _FOLDS != fold for example in text]
        model = fit(seen, CLASSES, l2=_L2)
        for text in texts[fold::_FOLDS]:
            pairs += [(probabilities(model.scores(e.features))[1], CLASSES[1] in e.allowed) for e in text]
    return pairs


def main() -> None:
    """Train and write."""
    paths = [Path(name) for name in sys.argv[1:]]
    texts = list(examples(paths))
    bins, error = reliability(cross_validated(texts))
    print("mentions  confidence  right")  # noqa: T201 - what the trainer found, for the person who runs it
    for row in bins:
        print(f"{row.count:8}  {row.confidence:10.3f}  {row.right:.3f}")  # noqa: T201
    print(f"expected calibration error {error:.3f}, {sum(map(len, texts))} mentions")  # noqa: T201
    model = fit([example for text in texts for example in text], CLASSES, l2=_L2)
    write_weights(WEIGHTS, model, "How sure an event mention is", [path.stem for path in paths])


if __name__ == "__main__":
    main()
