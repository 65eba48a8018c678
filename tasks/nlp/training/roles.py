"""Find the weights of roles: python -m tasks.nlp.training.roles GOLD.jsonl ...

Reads events with labelled parties (see `gold_events.py`) that the encoder was not trained on, prints how often
five-fold cross-validation gives a filler its role, and the rules alone, and writes `seeds/weights/roles.tsv`.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.nlp.linear import probabilities
from tasks.nlp.pipeline import documents
from tasks.nlp.role_evidence import CLASSES, WEIGHTS, options
from tasks.nlp.scoring import LexiconScorer
from tasks.nlp.training.gold_events import read_stories
from tasks.nlp.training.likelihood import is_right
from tasks.nlp.training.linear import Example, fit
from tasks.nlp.training.weights import write_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from tasks.nlp.role_evidence import Option
    from tasks.nlp.training.gold_events import GoldEvent, GoldStory
    from tasks.nlp.triggers import EventCandidate

_FOLDS, _L2, _SEEN = 5, 3.0, 3


@dataclass(frozen=True, slots=True)
class Labelled:
    """A possible filler of a labelled event's roles, and the roles that are right."""

    option: Option
    example: Example


def labelled(story: GoldStory, doc: Doc) -> Iterator[Labelled]:
    """Yield the possible fillers of the mentions of labelled events."""
    index, rules = doc._.mentions, LexiconScorer()
    for draft in doc._.events:
        candidate = draft.candidate
        if not is_right(story, candidate):
            continue
        event = _event(story, candidate)
        if event is None or doc._.encoded is None:
            continue
        found = options(candidate, *rules.roles(candidate, index), doc._.encoded, index)
        roles = [_roles(option, event) for option in found]
        if event.trigger is not None or sum("none" not in allowed for allowed in roles) > 1:
            for option, allowed in zip(found, roles, strict=True):
                yield Labelled(option, Example(option.features, allowed))


def _event(story: GoldStory, candidate: EventCandidate) -> GoldEvent | None:
    token = candidate.token
    start, end = token.doc[candidate.start].idx, token.idx + len(token.text)
    for event in story.events:
        at = event.trigger is None or (event.trigger[0] < end and start < event.trigger[1])
        if at and any(a.role in {"actor", "recipient", "either"} for a in event.arguments):
            return event
    return None


def _roles(option: Option, event: GoldEvent) -> frozenset[str]:
    span = option.filler.span
    roles = {
        a.role
        for a in event.arguments
        if a.span[0] < span.end_char and span.start_char < a.span[1] and a.role in {"actor", "recipient", "either"}
    }
    if "either" in roles:
        return frozenset({"actor", "recipient"})
    return frozenset(role for role in roles if role) or frozenset({"none"})


def main() -> None:
    """Train and write."""
    paths = [Path(name) for name in sys.argv[1:]]
    stories = [story for path in paths for story in read_stories(path)]
    found = zip(stories, documents(story.article for story in stories), strict=True)
    texts = [list(labelled(story, doc)) for story, doc in found]
    _print_shares(texts)
    model = fit([item.example for text in texts for item in text], CLASSES, l2=_L2, seen=_SEEN)
    write_weights(WEIGHTS, model, "Who fills which role", [path.stem for path in paths])


def _print_shares(texts: Sequence[Sequence[Labelled]]) -> None:
    """Print F1 of each role, by cross-validation and by the rules alone."""
    counts: Counter[str] = Counter()
    for fold in range(_FOLDS):
        model = fit(
            [i.example for n, text in enumerate(texts) if n % _FOLDS != fold for i in text], CLASSES, l2=_L2, seen=_SEEN
        )
        for item in (item for text in texts[fold::_FOLDS] for item in text):
            shares = probabilities(model.scores(item.example.features))
            for name, got in (("both", CLASSES[shares.index(max(shares))]), ("rules", item.option.rule)):
                counts[f"{name} {got} got"] += 1
                counts[f"{name} {got} right"] += got in item.example.allowed
                counts.update(f"{name} {role} gold" for role in item.example.allowed if len(item.example.allowed) == 1)
    for name in ("both", "rules"):
        for role in CLASSES:
            found, right, gold = (counts[f"{name} {role} {what}"] for what in ("got", "right", "gold"))
            print(name, role, f"{2 * right / max(1, found + gold):.3f}", f"n={gold}")  # noqa: T201


if __name__ == "__main__":
    main()
