"""Find the weights of the evidence: python -m tasks.nlp.training.evidence GOLD.jsonl ...

Reads labelled events (see `gold_events.py`) that the encoder was not trained on, prints how well five-fold
cross-validation tells right senses from others, and writes `seeds/weights/evidence.tsv`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.nlp.evidence import WEIGHTS, readings
from tasks.nlp.likelihood import CLASSES
from tasks.nlp.pipeline import documents
from tasks.nlp.scoring import read_by_encoder
from tasks.nlp.training.gold_events import read_stories
from tasks.nlp.training.likelihood import cross_validated, is_right, print_levels, weight
from tasks.nlp.training.linear import Example, fit
from tasks.nlp.training.weights import write_weights
from tasks.nlp.triggers import propose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from tasks.nlp.training.gold_events import GoldStory

_L2, _SEEN = 5.0, 4


def examples(story: GoldStory, doc: Doc) -> Iterator[Example]:
    """Yield the judged candidates of a labelled text in each of their senses."""
    index = doc._.mentions
    for options in readings(*read_by_encoder(propose(doc, index), index), index):
        for option in options:
            right = is_right(story, option.candidate)
            if right is not None:
                counts = weight(story, option.candidate, right=right)
                yield Example(option.features, frozenset({CLASSES[right]}), counts)


def main() -> None:
    """Train and write."""
    paths = [Path(name) for name in sys.argv[1:]]
    stories = list({story.article.text: story for path in paths for story in read_stories(path)}.values())
    found = zip(stories, documents(story.article for story in stories), strict=True)
    texts = [list(examples(story, doc)) for story, doc in found]
    print_levels(cross_validated(texts))
    model = fit([example for text in texts for example in text], CLASSES, l2=_L2, seen=_SEEN)
    write_weights(WEIGHTS, model, "How likely a word reports an event in a sense", [path.stem for path in paths])


if __name__ == "__main__":
    main()
