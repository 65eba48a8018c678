"""Who fills the roles of an event: what the rules find and what the encoder says, as one decision for each filler.

The fillers are those of the rules and the parties that the sentence names; the weights (`seeds/weights/roles.tsv`) are
found by `training/roles.py` on texts that the encoder has not seen. Does not belong here: the rules (`arguments.py`,
`recipients.py`), and running the encoder (`encoder.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.nlp.arguments import Filler, is_town, parties
from tasks.nlp.linear import LinearModel, probabilities, read_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.nlp.encoder import Encoded
    from tasks.nlp.mentions import MentionIndex
    from tasks.nlp.triggers import EventCandidate

CLASSES = ("none", "actor", "recipient")
WEIGHTS = Path(__file__).parents[2] / "seeds" / "weights" / "roles.tsv"

_STEPS = (-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6)
_ADDED = 0.9
"""Probability from which a party that hangs on the main event of its sentence takes an empty role of it."""
_DOUBTED = 0.06
"""Probability below which a role that the rules give is not believed."""
_MOST_PARTIES = 12
"""Parties of a sentence that are asked about; more are a list."""


@dataclass(frozen=True, slots=True)
class Option:
    """A possible filler, the role that the rules give it, and what its role is read off."""

    filler: Filler
    rule: str
    features: tuple[str, ...]


def options(
    candidate: EventCandidate, who: Sequence[Filler], whom: Sequence[Filler], encoded: Encoded, index: MentionIndex
) -> list[Option]:
    """Return the possible fillers of an event's roles in order of the text, one a word."""
    ruled = {filler.token.i: (filler, "recipient") for filler in whom}
    ruled |= {filler.token.i: (filler, "actor") for filler in who}
    known = {role: any(rule == role for _, rule in ruled.values()) for role in CLASSES[1:]}
    for filler in _parties(candidate, index):
        ruled.setdefault(filler.token.i, (filler, "none"))
    return [
        Option(filler, rule, tuple(_features(candidate, filler, rule, known, encoded)))
        for _, (filler, rule) in sorted(ruled.items())
    ]


def assigned(
    candidate: EventCandidate, who: list[Filler], whom: list[Filler], encoded: Encoded, index: MentionIndex
) -> tuple[list[Filler], list[Filler]]:
    """Return actors and recipients; what the encoder has not read stays as the rules have it."""
    if candidate.token.i not in encoded.row_of:
        return who, whom
    found: dict[str, list[Filler]] = {name: [] for name in CLASSES}
    possible = options(candidate, who, whom, encoded, index)
    empty = set(CLASSES[1:]) - {option.rule for option in possible} if candidate.is_main else set()
    for option in possible:
        below = candidate.governor in option.filler.token.ancestors
        found[_decided(option, empty if below else set())].append(option.filler)
    return found["actor"], found["recipient"]


def _decided(option: Option, empty: set[str]) -> str:
    """Return the role of a filler: the rules', unless the encoder doubts it, or an empty one that it is sure of."""
    shares = dict(zip(CLASSES, probabilities(_model().scores(option.features)), strict=True))
    best = max(CLASSES, key=lambda role: shares[role])
    if option.rule == "none":
        return best if best in empty and shares[best] >= _ADDED else "none"
    return option.rule if shares[option.rule] >= _DOUBTED else best


def _parties(candidate: EventCandidate, index: MentionIndex) -> Iterator[Filler]:
    """Yield the parties of the sentence outside the trigger's words."""
    doc, sentence = candidate.token.doc, candidate.token.sent
    mentions = index.within(sentence)
    for mention in mentions[:_MOST_PARTIES]:
        if not mention.in_dateline and not candidate.start <= mention.head <= candidate.token.i:
            yield from (f for f in parties([doc[mention.head]], index) if not is_town(f.mention))


def _features(
    candidate: EventCandidate, filler: Filler, rule: str, known: dict[str, bool], encoded: Encoded
) -> Iterator[str]:
    yield f"rule {rule}"
    others = " ".join(role for role, has in known.items() if has)
    yield f"rule {rule} beside {others}"
    yield f"{candidate.trigger.event_type} {rule}"
    kind = filler.mention.kind if filler.mention is not None else "thing"
    yield f"{kind} {rule}"
    scores = encoded.role_scores(candidate.token, filler.token)
    if scores is None:
        yield f"unread {rule}"
        return
    for role in CLASSES[1:]:
        yield from (f"{role} {step}" for step in _STEPS if scores[role] >= step)
        yield from (f"{rule}: {role} {step}" for step in _STEPS[::2] if scores[role] >= step)
    yield from (f"actor over recipient {step}" for step in _STEPS if scores["actor"] - scores["recipient"] >= step)


@cache
def _model() -> LinearModel:
    return read_model(WEIGHTS, CLASSES)
