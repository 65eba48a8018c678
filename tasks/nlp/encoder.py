"""The encoder: one pass of a small fine-tuned transformer over a sentence serves all questions about its words.

all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020) with a feature of casing and heads for names, event
types, modality and roles, as an int8 ONNX file beside the other weights. Roles are scores of pairs of words, computed
from one vector of each (a diagonal form of the biaffine attention of Dozat and Manning 2017), so that pairs cost next
to nothing.
Belongs here: loading, and running it. Does not belong here: what is made of its scores (`scoring.py`, `evidence.py`),
and how it was trained (`training/encoder.py`).
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from schemas.vocabulary import EVENT_TYPES, MODALITIES
from tasks.nlp.model import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from spacy.tokens import Span, Token
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]

FOLDER = Path(__file__).parents[2] / "seeds" / "weights" / "encoder"
NETWORK, VOCABULARY = FOLDER / "encoder.onnx", FOLDER / "tokenizer.json"
DIGEST = "de39f845d8c00e06"
"""First digits of the SHA-256 of both files, as they were when this version was measured."""

TAGS = ("O", *(f"{place}-{kind}" for kind in ("person", "organization", "group", "place") for place in "BI"))
"""What a word is: outside all names, or the first or a later word of one."""
ROLES = ("none", "actor", "recipient", "location", "instrument")
"""What one word may be to another that reports an event."""
ROLE_SIZE = 32
"""Length of a word's vector for each role but `none`, as a trigger and as an argument."""
CASINGS = ("lower", "title", "upper", "mixed", "none")
"""How a word is written, which the vocabulary does not tell."""

_TYPES = {name: number for number, name in enumerate(EVENT_TYPES)}
_WIDE = (len(ROLES) - 1) * ROLE_SIZE
_CUTS = np.cumsum([len(TAGS), len(EVENT_TYPES), len(MODALITIES), _WIDE])
_FIRST, _LAST, _UNKNOWN = 101, 102, 100
_MOST_PIECES = 6
"""Pieces of a word that are read."""
_LONGEST = 320
"""Pieces of a sentence that are read; the words after them stay unread."""
_BATCH_PIECES = 2_048
_DECIMALS = 2
"""Scores are rounded, so that the last bits of an addition make no difference to a row."""


class EncoderError(ModelError):
    """The encoder's files are missing or are not those that this version was measured with."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder says of the words that it has read, by their index in the document.

    The arrays have a row for each word: log-odds of each event type, scores of tags and of modalities, and the vectors
    of a trigger and of an argument.
    """

    row_of: Mapping[int, int]
    tags: Floats
    types: Floats
    modality: Floats
    triggers: Floats
    arguments: Floats

    def type_scores(self, token: Token) -> dict[str, float] | None:
        """Return event type to the log-odds that the word reports one; None where it was not read."""
        row = self.row_of.get(token.i)
        return None if row is None else dict(zip(_TYPES, map(float, self.types[row]), strict=True))

    def role_scores(self, trigger: Token, argument: Token) -> dict[str, float] | None:
        """Return role to its score for a word as an argument of another, 0 for `none`; None where one was not read."""
        one, other = self.row_of.get(trigger.i), self.row_of.get(argument.i)
        if one is None or other is None:
            return None
        products = (self.triggers[one] * self.arguments[other]).reshape(len(ROLES) - 1, ROLE_SIZE).sum(-1)
        scores = np.round(products / math.sqrt(ROLE_SIZE), _DECIMALS)
        return dict(zip(ROLES, (0.0, *map(float, scores)), strict=True))


def encode(sentences: Iterable[Span]) -> Encoded:
    """Read sentences of one document; what is said of one depends on its own document alone."""
    words = [words_of(sentence) for sentence in sentences]
    read = [item for item in map(_pieces_of, words) if item is not None]
    read.sort(key=lambda item: len(item.ids))
    row_of: dict[int, int] = {}
    parts: list[Floats] = []
    for batch in _batches(read):
        outputs = _run(batch)
        for item, output in zip(batch, outputs, strict=True):
            parts.append(output[list(item.firsts)])
            for token in item.words:
                row_of[token.i] = len(row_of)
    width = int(_CUTS[-1]) + _WIDE
    rows = np.concatenate(parts) if parts else np.zeros((0, width), dtype=np.float32)
    return Encoded(row_of, *np.split(np.round(rows, _DECIMALS), _CUTS, axis=1))


def words_of(sentence: Span) -> list[Token]:
    """Return the tokens of a sentence without white space."""
    return [token for token in sentence if not token.is_space]


@dataclass(frozen=True, slots=True)
class _Read:
    """The pieces of a sentence's words: their ids, casings, and where each word begins."""

    words: Sequence[Token]
    ids: Sequence[int]
    firsts: Sequence[int]
    casings: Sequence[int]


def _pieces_of(words: Sequence[Token]) -> _Read | None:
    if not words:
        return None
    ids, firsts, casings = pieces(_files().tokenizer, [token.text for token in words])
    if len(ids) > _LONGEST:
        known = sum(first < _LONGEST - 1 for first in firsts)
        words, firsts = words[:known], firsts[:known]
        ids, casings = ids[:_LONGEST], casings[:_LONGEST]
    return _Read(words, ids, firsts, casings)


def pieces(tokenizer: Tokenizer, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
    """Return the ids of the pieces of words, the index of each word's first piece, and the casings of the pieces."""
    ids, firsts, casings = [_FIRST], [], [len(CASINGS) - 1]
    for word, encoding in zip(words, tokenizer.encode_batch(list(words), add_special_tokens=False), strict=True):
        found = encoding.ids[:_MOST_PIECES] or [_UNKNOWN]
        firsts.append(len(ids))
        ids += found
        casings += [casing(word)] * len(found)
    return [*ids, _LAST], firsts, [*casings, len(CASINGS) - 1]


def casing(word: str) -> int:
    """Return the index in CASINGS of how a word is written."""
    if word.islower():
        name = "lower"
    elif word.isupper() and len(word) > 1:
        name = "upper"
    elif word[:1].isupper() and (len(word) == 1 or word[1:].islower()):
        name = "title"
    else:
        name = "mixed" if any(map(str.isalpha, word)) else "none"
    return CASINGS.index(name)


def _batches(read: Sequence[_Read]) -> Iterator[Sequence[_Read]]:
    """Yield sentences of about the same length together."""
    start = 0
    while start < len(read):
        end = start + 1
        while end < len(read) and (end - start + 1) * len(read[end].ids) <= _BATCH_PIECES:
            end += 1
        yield read[start:end]
        start = end


def _run(batch: Sequence[_Read]) -> Floats:
    width = max(len(item.ids) for item in batch)
    ids, casings, mask = (np.zeros((len(batch), width), dtype=np.int64) for _ in range(3))
    for row, item in enumerate(batch):
        ids[row, : len(item.ids)] = item.ids
        casings[row, : len(item.ids)] = item.casings
        mask[row, : len(item.ids)] = 1
    outputs: Any = _files().session.run(None, {"ids": ids, "casings": casings, "mask": mask})
    found: Floats = outputs[0]
    return found


@dataclass(frozen=True, slots=True)
class _Files:
    session: InferenceSession
    tokenizer: Tokenizer


@cache
def _files() -> _Files:
    """Load the network and its vocabulary, once per process; EncoderError where they are not the expected ones."""
    require_encoder()
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - slow to import, and only workers need it
    from tokenizers import Tokenizer  # noqa: PLC0415

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = InferenceSession(str(NETWORK), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(VOCABULARY))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return _Files(session, tokenizer)


@cache
def encoder_version() -> str:
    """Return the first digits of the SHA-256 of the encoder's files; EncoderError where one is missing."""
    digest = hashlib.sha256()
    for path in (NETWORK, VOCABULARY):
        if not path.is_file():
            raise EncoderError(f"expected the encoder at {path}, found none; restore the file from the repository")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def require_encoder() -> None:
    """Raise EncoderError unless the encoder's files are the expected ones."""
    found = encoder_version()
    if found != DIGEST:
        raise EncoderError(f"expected the encoder {DIGEST}, found {found}; restore the files in {FOLDER}")
