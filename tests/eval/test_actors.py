"""How often the country and the sector of an actor are right, on sentences written for this project."""

from __future__ import annotations

from pathlib import Path

from tasks.nlp.pipeline import load_pipeline
from tests.eval.actors import errors, mention_at, read, read_actor_sentences

SENTENCES = read_actor_sentences(Path(__file__).with_name("actors.txt"))
LEAST_RIGHT = 0.95
"""Share of countries, and of sectors, that must be right; what is missed is printed."""


def test_countries_and_sectors_of_actors() -> None:
    """Capitals, states' forces, armed groups, persons and civilians have their country and sector."""
    nlp = load_pipeline()
    missed: dict[str, list[str]] = {"country": [], "sector": []}
    total = 0
    for sentence in SENTENCES:
        doc = read(nlp, sentence)
        for label in sentence.labels:
            total += 1
            mention = mention_at(doc, label)
            for kind in errors(mention, label):
                found = f"{mention.country} {mention.sector} {mention.entity_type}" if mention else "nothing"
                missed[kind].append(f"{sentence.text[label.start : label.end]} ({found}): {sentence.text}")
    assert total >= 120
    assert {kind: cases for kind, cases in missed.items() if len(cases) > (1 - LEAST_RIGHT) * total} == {}
