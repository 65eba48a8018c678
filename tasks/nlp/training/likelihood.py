"""Find the weights of likelihood: python -m tasks.nlp.training.likelihood GOLD.jsonl ...

Reads labelled events (see `gold_events.py`), prints how well five-fold cross-validation tells events from other
words, and writes `seeds/weights/likelihood.tsv`. Where labels stand at triggers, a candidate is right when its type is
right there; where a sentence has a type, when it has that type.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.vocabulary import EVENT_TYPES
from tasks.nlp.likelihood import CLASSES, WEIGHTS, features
from tasks.nlp.linear import probabilities
from tasks.nlp.pipeline import documents
from tasks.nlp.scoring import LexiconScorer, find_candidates
from tasks.nlp.training.gold_events import REACHABLE, is_type, read_stories
from tasks.nlp.training.linear import Example, fit
from tasks.nlp.training.weights import write_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from tasks.nlp.training.gold_events import GoldStory
    from tasks.nlp.triggers import EventCandidate

_FOLDS = 5
_L2 = 5.0
_SEEN = 4
_LEVELS = (0.1, 0.2, 0.3, 0.5, 0.7)
_TRIGGERS_ALONE, _UNTYPED = 2.0, 0.5
"""What examples count of texts that mark some triggers and say nothing of other words, with and without their types."""
_PASSING = 0.15
"""What it counts that a sentence has another type than a violent noun in it, which may have happened all the same."""


def examples(story: GoldStory, doc: Doc) -> Iterator[Example]:
    """Yield the judged candidates of a labelled text, with what their likelihood is read off."""
    candidates = find_candidates(doc, doc._.mentions, LexiconScorer())
    for candidate, found in zip(candidates, features(candidates, doc._.mentions), strict=True):
        right = is_right(story, candidate)
        if right is not None:
            yield Example(tuple(found), frozenset({CLASSES[right]}), weight(story, candidate, right=right))


def weight(story: GoldStory, candidate: EventCandidate, *, right: bool) -> float:
    """Return what an example counts, by what its text's labels leave open."""
    trigger = candidate.trigger
    if any(event.trigger is None for event in story.events):
        passing = not right and trigger.pos == "NOUN" and trigger.event_type == "ASSAULT"
        return _PASSING if passing else 1.0
    kinds = {len(event.types) for event in story.events if event.types is not None}
    if story.complete or 0 in kinds:
        return 1.0
    return _UNTYPED if len(EVENT_TYPES) in kinds else _TRIGGERS_ALONE


def is_right(story: GoldStory, candidate: EventCandidate) -> bool | None:
    """Return whether the labels call the candidate an event of its type; None where they do not say."""
    kind, token = candidate.trigger.event_type, candidate.token
    start, end = token.doc[candidate.start].idx, token.idx + len(token.text)
    there = [e for e in story.events if e.trigger is not None and e.trigger[0] < end and start < e.trigger[1]]
    of_sentence = [e for e in story.events if e.trigger is None]
    known = [e.types for e in there or of_sentence if e.types is not None]
    if known:
        return is_type(kind, known)
    return False if story.complete and not there and kind in REACHABLE else None


def cross_validated(texts: Sequence[Sequence[Example]]) -> list[tuple[float, bool]]:
    """Return (likelihood, right) of every example, by weights that were found without its text."""
    pairs = []
    for fold in range(_FOLDS):
        model = fit(
            [e for n, text in enumerate(texts) if n % _FOLDS != fold for e in text], CLASSES, l2=_L2, seen=_SEEN
        )
        for text in texts[fold::_FOLDS]:
            pairs += [(probabilities(model.scores(e.features))[1], CLASSES[1] in e.allowed) for e in text]
    return pairs


def print_levels(pairs: Sequence[tuple[float, bool]]) -> None:
    """Print precision and recall of what has at least some likelihood."""
    print("from  precision  recall")  # noqa: T201 - what the trainer found, for the person who runs it
    for level in _LEVELS:
        kept = [right for likelihood, right in pairs if likelihood >= level]
        print(f"{level:4}  {sum(kept) / len(kept):9.3f}  {sum(kept) / sum(r for _, r in pairs):6.3f}")  # noqa: T201


def main() -> None:
    """Train and write."""
    paths = [Path(name) for name in sys.argv[1:]]
    stories = list({story.article.text: story for path in paths for story in read_stories(path)}.values())
    found = zip(stories, documents(story.article for story in stories), strict=True)
    texts = [list(examples(story, doc)) for story, doc in found]
    pairs = cross_validated(texts)
    print_levels(pairs)
    model = fit([example for text in texts for example in text], CLASSES, l2=_L2, seen=_SEEN)
    write_weights(WEIGHTS, model, "How likely a word reports an event", [path.stem for path in paths])


if __name__ == "__main__":
    main()
