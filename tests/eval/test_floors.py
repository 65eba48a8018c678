"""How well the pipeline reads the labelled sentences, against floors that only rise.

`floors.json` names the sentences by their digest, and this file names the floors by theirs: whoever changes either
changes both, so that no floor sinks unnoticed. Lowering one needs a word in the README's table of benchmarks.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tasks.nlp.pipeline import documents
from tasks.nlp.records import Article
from tests.eval.sentences import Sentence, read_sentences

if TYPE_CHECKING:
    from tasks.nlp.drafts import EventDraft

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
FLOORS_DIGEST = "5489b856fa2a8c3d"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def test_the_floors_are_those_of_these_sentences() -> None:
    """Neither the sentences nor a floor changes without the other and without this file."""
    assert json.loads(FLOORS.read_text())["sentences"] == _digest(HERE / "sentences.jsonl")
    assert _digest(FLOORS) == FLOORS_DIGEST


def _at_trigger(sentence: Sentence, told: list[EventDraft]) -> EventDraft | None:
    """Return the mention on the labelled trigger, the surest where several are."""
    words = sentence.gold.trigger
    assert words is not None
    start = sentence.text.index(words)
    there = [d for d in told if d.candidate.token.idx < start + len(words) and start <= d.candidate.token.idx]
    return max(there, key=lambda draft: draft.confidence, default=None)


def _has(words: str | None, told: list[str]) -> bool | None:
    """Tell whether labelled words are among those that are told; None where nothing is labelled."""
    return None if words is None else any(words in other or other in words for other in told)


def _judged(sentence: Sentence, told: list[EventDraft]) -> dict[str, bool | None]:
    if sentence.gold.type is None:
        return {"no event where there is none": not any(draft.event is not None for draft in told)}
    found = _at_trigger(sentence, told)
    if found is None:
        return {"type": False}
    actors, recipients = ([filler.span.text for filler in role] for role in (found.actors, found.recipients))
    return {
        "type": found.event_type == sentence.gold.type,
        "modality": found.modality == sentence.gold.modality,
        "actor": _has(sentence.gold.actor, actors),
        "recipient": _has(sentence.gold.recipient, recipients),
    }


@pytest.fixture(scope="module")
def shares() -> dict[str, float]:
    """Read the sentences, and return the share of the labels of each kind that the pipeline has right."""
    sentences = read_sentences(HERE / "sentences.jsonl")
    articles = [Article(s.id, s.text, None, s.published_on, None, None, None, 0, len(s.text)) for s in sentences]
    right: dict[str, list[bool]] = {}
    for sentence, doc in zip(sentences, documents(articles), strict=True):
        for kind, hit in _judged(sentence, doc._.events).items():
            if hit is not None:
                right.setdefault(kind, []).append(hit)
    return {kind: sum(hits) / len(hits) for kind, hits in right.items()}


@pytest.mark.parametrize("kind", ["type", "modality", "actor", "recipient", "no event where there is none"])
def test_no_share_falls_below_its_floor(shares: dict[str, float], kind: str) -> None:
    """Each share of right labels reaches its floor."""
    floor = json.loads(FLOORS.read_text())["floors"][kind]
    assert shares[kind] >= floor, f"{kind}: expected at least {floor}, found {shares[kind]:.3f}"
