"""The encoder: the files it accepts, what it says of words, and what the pipeline makes of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tasks.nlp import encoder
from tasks.nlp.encoder import EncoderError, casing, encode, encoder_version, require_encoder
from tasks.nlp.pipeline import documents
from tasks.nlp.records import Article
from tasks.nlp.training.own_sentences import own_sentences

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc


def read(text: str) -> Doc:
    """Return a text as a document that has passed all components."""
    (doc,) = documents([Article("a", text, None, None, None, None, None, 0, len(text))])
    return doc


def test_a_file_that_is_missing_or_another_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what was expected, what was found, and what to do."""
    other = tmp_path / "encoder.onnx"
    monkeypatch.setattr(encoder, "NETWORK", other)
    encoder_version.cache_clear()
    try:
        with pytest.raises(EncoderError, match=r"found none; restore the file"):
            require_encoder()
        other.write_bytes(b"something else")
        with pytest.raises(EncoderError, match=rf"expected the encoder {encoder.DIGEST}, found .*; restore the files"):
            require_encoder()
    finally:
        encoder_version.cache_clear()


def test_the_shipped_encoder_is_small_enough_and_the_expected_one() -> None:
    """The files lie in the project, under 30 MB."""
    require_encoder()
    assert encoder.NETWORK.stat().st_size < 30_000_000


def test_the_same_text_gives_the_same_scores() -> None:
    """What is said of a word depends on its own document alone, and on nothing random."""
    text = "Rebels attacked a convoy near Gao. Chad condemned the raid."
    one, other = (encode(read(text).sents) for _ in range(2))
    assert (one.types == other.types).all()
    assert (one.triggers == other.triggers).all()


def test_types_and_roles_of_plain_words() -> None:
    """A plain report has its type, and who acts is told from whom it befalls."""
    doc = read("Gunmen attacked a convoy in northern Mali on Monday.")
    found = encode(doc.sents)
    scores = found.type_scores(doc[1])
    assert scores is not None
    assert max(scores, key=lambda name: scores[name]) == "ASSAULT"
    actor, recipient = found.role_scores(doc[1], doc[0]), found.role_scores(doc[1], doc[3])
    assert actor is not None
    assert recipient is not None
    assert actor["actor"] > actor["recipient"]
    assert recipient["recipient"] > recipient["actor"]


def test_what_was_not_read_has_no_scores() -> None:
    """Sentences without a possible event, and words beyond the longest sentence, are not read."""
    doc = read("The hall seats nine hundred people.")
    assert doc._.encoded is None or not doc._.encoded.row_of
    empty = encode([])
    assert empty.type_scores(doc[0]) is None
    assert empty.role_scores(doc[0], doc[1]) is None
    assert len(encode(read("word " * 900).sents).row_of) <= 900


@pytest.mark.parametrize(
    ("word", "name"),
    [("raid", "lower"), ("Mali", "title"), ("I", "title"), ("UN", "upper"), ("al-Shabab", "mixed"), ("2024", "none")],
)
def test_casing(word: str, name: str) -> None:
    """How a word is written is told from its letters."""
    assert encoder.CASINGS[casing(word)] == name


@pytest.mark.parametrize(
    "text",
    [
        "The striker shot wide before half-time and the champions won the match 2-0.",
        "The retailer launched an aggressive campaign to win back shoppers.",
        "The vaccine attacks the virus before it can kill cells.",
    ],
)
def test_other_senses_are_no_events(text: str) -> None:
    """Sports, business and medicine borrow the words of conflict."""
    assert [draft.candidate.token.text for draft in read(text)._.events if draft.event is not None] == []


def test_own_sentences_are_well_marked() -> None:
    """Every line can be read, its words reach the end of the line, and its arguments are words."""
    for sentence in own_sentences():
        assert sentence.words[-1] == "."
        assert all(max(trigger, word) < len(sentence.words) for trigger, word, _, _ in sentence.pairs)
