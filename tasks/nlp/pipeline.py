"""The spaCy pipeline: the model's tagger, parser and names, with our components around them (see `components.py`).

Belongs here: loading, and the one function that reads articles. Does not belong here: any linguistics.
"""

from __future__ import annotations

import os
import warnings
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from tasks.nlp.casing import lacks_case, restore_case
from tasks.nlp.components import COMPONENTS, paragraphs, reading
from tasks.nlp.knowledge import load_knowledge
from tasks.nlp.lemmas import Lemmas
from tasks.nlp.model import MODEL, require_model
from tasks.nlp.records import Unread
from tasks.nlp.word_forms import WordForms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from tasks.nlp.records import Article, Reading

_BATCH = 8
"""Articles a batch. News articles are long: larger batches cost memory and are slower, and none changes a result."""


@cache
def load_pipeline() -> Language:
    """Load the model with the fastest matrix multiplication for this kind of work, and our components.

    One thread, and OpenBLAS instead of BLIS: BLIS does not know every processor, and threads only get in each
    other's way when every core already has a worker.
    """
    require_model()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from importlib import import_module  # noqa: PLC0415

    from spacy.language import Language  # noqa: PLC0415
    from thinc.api import NumpyOps, set_current_ops  # noqa: PLC0415

    set_current_ops(NumpyOps(use_blis=False))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r".*W095.*", category=UserWarning)
        nlp: Language = import_module(MODEL).load(exclude=["attribute_ruler"], disable=["lemmatizer"])
    Language.component("paragraphs", func=paragraphs)
    Language.factory("lemmas", func=lambda nlp, name: Lemmas(nlp))  # noqa: ARG005 - the name is spaCy's protocol
    nlp.add_pipe("paragraphs", before="parser")
    nlp.add_pipe("lemmas", last=True)
    for component in COMPONENTS:
        Language.component(component.__name__, func=component)
        nlp.add_pipe(component.__name__, last=True)
    return nlp


def read_articles(articles: Iterable[Article]) -> Iterator[Reading | Unread]:
    """Read articles one after the other; memory stays bounded however many come.

    What one article says depends on nothing but itself: not on its neighbours, nor on the order. An article on which
    a component fails comes back as Unread, and the others are read.
    """
    remaining = iter(articles)
    while batch := list(islice(remaining, _BATCH)):
        try:
            yield from _read_batch(batch)
        except Exception:  # noqa: BLE001 - whatever it was, it must not cost the other articles
            for article in batch:
                yield _read_alone(article)


def _read_batch(batch: list[Article]) -> list[Reading]:
    with load_pipeline().memory_zone():
        return [reading(doc) for doc in documents(batch)]


def documents(articles: Iterable[Article]) -> Iterator[Doc]:
    """Yield the articles as documents that have passed all components."""
    nlp = load_pipeline()
    docs = []
    for article in articles:
        doc = nlp.make_doc(with_case(article.text))
        doc._.article = article
        docs.append(doc)
    yield from nlp.pipe(docs, batch_size=_BATCH)


@cache
def _word_forms() -> WordForms:
    return WordForms(load_pipeline().vocab)


def with_case(text: str) -> str:
    """Return what the model is to read in place of a text: equally long, with capitals where it lacks case."""
    return restore_case(text, load_knowledge(), _word_forms()) if lacks_case(text) else text


def _read_alone(article: Article) -> Reading | Unread:
    try:
        return _read_batch([article])[0]
    except Exception as error:  # noqa: BLE001 - the error is kept as the reason why the article is missing
        return Unread(article.document_id, f"{type(error).__name__}: {error}"[:500])
