"""The labels of the sentences are legal and consistent, so that a floor on them means something."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from schemas.vocabulary import EVENT_TYPES, MODALITIES
from tests.eval.sentences import Sentence, read_sentences

SENTENCES = read_sentences(Path(__file__).with_name("sentences.jsonl"))
EVENTS = [sentence for sentence in SENTENCES if sentence.gold.type]

MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": (
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
        "heavy-weapons crowd-control unconventional"
    ),
}
"""PLOVER's modes by type; the types that are missing have none."""


@pytest.mark.parametrize("sentence", EVENTS, ids=lambda sentence: sentence.id)
def test_a_labelled_event_is_legal(sentence: Sentence) -> None:
    """Type, mode and modality are codes, the words stand in the text once, and intervals run upwards."""
    gold = sentence.gold
    assert gold.type in EVENT_TYPES
    assert gold.mode is None or gold.mode in MODES[gold.type].split()
    assert gold.modality in MODALITIES
    assert gold.trigger
    assert [w for w in gold.words() if len(re.findall(rf"\b{re.escape(w)}\b", sentence.text)) != 1] == []
    assert all(low >= 1 and (high is None or low <= high) for low, high in filter(None, (gold.killed, gold.wounded)))
    assert gold.date is None or gold.date[0] <= gold.date[1]


@pytest.mark.parametrize("sentence", EVENTS, ids=lambda sentence: sentence.id)
def test_dates_agree_with_modality(sentence: Sentence) -> None:
    """What happened is dated up to the day of publication, what is planned after it."""
    if sentence.gold.date:
        first, last = sentence.gold.date
        if sentence.gold.modality == "planned":
            assert first > sentence.published_on
        else:
            assert last <= sentence.published_on


def test_a_sentence_without_an_event_has_no_labels() -> None:
    """Where the type is None, so is everything else."""
    others = [sentence.gold for sentence in SENTENCES if sentence.gold.type is None]
    assert len(others) >= 70
    assert [gold for gold in others if gold.words() or gold.modality or gold.mode or gold.date] == []


def test_ids_differ_and_so_do_the_events_of_a_sentence() -> None:
    """No two lines have one id, and a sentence that stands twice is labelled with two triggers."""
    assert len({sentence.id for sentence in SENTENCES}) == len(SENTENCES)
    assert len({(sentence.text, sentence.gold.trigger) for sentence in SENTENCES}) == len(SENTENCES)


def test_every_type_and_modality_is_covered() -> None:
    """Each event type has at least six sentences, and each modality twelve."""
    types = Counter(sentence.gold.type for sentence in EVENTS)
    assert {code: types[code] for code in EVENT_TYPES if types[code] < 6} == {}
    modalities = Counter(sentence.gold.modality for sentence in EVENTS)
    assert {code: modalities[code] for code in MODALITIES if modalities[code] < 12} == {}
    assert sum(sentence.gold.said_by is not None for sentence in EVENTS) >= 20
