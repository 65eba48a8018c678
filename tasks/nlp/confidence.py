"""How sure an event mention is: the calibrated probability that its words report an event of its type.

Belongs here: what the probability is read off, and the model that reads it (`seeds/weights/confidence.tsv`, found by
`training/confidence.py`). Does not belong here: whether a mention is kept (`components.py`).
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.nlp.linear import LinearModel, probabilities, read_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tasks.nlp.arguments import Filler
    from tasks.nlp.drafts import EventDraft

CLASSES = ("wrong", "right")
WEIGHTS = Path(__file__).parents[2] / "seeds" / "weights" / "confidence.tsv"

_STEPS = tuple(step / 20 for step in range(5, 20))
"""Thresholds of the likelihood; one feature each, so that the weights can draw any curve."""
_MANY = 3
_BELIEVED = 0.5
"""Confidence from which an event is believed."""


def calibrate(drafts: Sequence[EventDraft]) -> None:
    """Set the confidence of the mentions of an article, in steps of 0.001."""
    for draft, found in zip(drafts, features(drafts), strict=True):
        draft.confidence = round(probabilities(_model().scores(found))[1], 3)


def is_believed(mentions: Iterable[EventDraft]) -> bool:
    """Tell whether mentions tell an event: one is likelier right than wrong, and parties or a day are known.

    Of words without either (`the interview`, `those killed`) readers found most to report nothing.
    """
    told = list(mentions)
    sure = any(mention.confidence >= _BELIEVED for mention in told)
    return sure and any(mention.actors or mention.recipients or mention.occurred for mention in told)


def features(drafts: Sequence[EventDraft]) -> list[list[str]]:
    """Return what each mention's confidence is read off, in the order of the mentions of an article."""
    told: Counter[int | None] = Counter(draft.event for draft in drafts if draft.event is not None)
    in_sentence = Counter(draft.sentence_start for draft in drafts)
    return [list(_features(draft, told[draft.event], in_sentence[draft.sentence_start])) for draft in drafts]


def _features(draft: EventDraft, told: int, in_sentence: int) -> Iterator[str]:
    candidate = draft.candidate
    trigger = candidate.trigger
    yield "any"
    yield from (f"likely {step:.2f}" for step in _STEPS if candidate.likelihood >= step)
    yield f"type {trigger.event_type}"
    yield f"{trigger.pos} {trigger.event_type}"
    yield f"modality {draft.modality}"
    for role, fillers in (("actor", draft.actors), ("recipient", draft.recipients)):
        yield f"{role} {_kind(fillers)}"
        yield f"{trigger.event_type} {role} {_kind(fillers)}"
    yield f"told {min(told, _MANY)}"
    yield f"in sentence {min(in_sentence, _MANY)}"
    yield f"rivals {min(len(candidate.alternatives), _MANY)}"
    if trigger.requires:
        yield "constrained"
    if len(trigger.lemma) > 1:
        yield "several words"
    if candidate.light is not None:
        yield "light verb"
    if draft.place is not None:
        yield "place"
    if draft.occurred is not None:
        yield "time"
    if draft.tolls:
        yield "toll"


def _kind(fillers: Sequence[Filler]) -> str:
    """Return how well who fills a role is known: named, described, a thing, or nobody."""
    mentions = [filler.mention for filler in fillers]
    if not mentions:
        return "none"
    if any(mention is not None and mention.kind == "name" for mention in mentions):
        return "named"
    return "described" if any(mention is not None for mention in mentions) else "thing"


@cache
def _model() -> LinearModel:
    return read_model(WEIGHTS, CLASSES)
