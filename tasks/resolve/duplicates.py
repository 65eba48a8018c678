"""Near-identical articles: wire copies and updates that change a few words.

MinHash signatures (A. Broder, 1997) are cut into bands; articles that share a band are compared, and those whose
estimated similarity is high enough are one. Linear in the number of articles: in each bucket all are compared with
its earliest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

_PERMUTATIONS = 128
_ROWS_A_BAND = 5
_LEAST_SIMILARITY = 0.7
"""Jaccard similarity of word 5-grams: a few changed sentences in a story of a dozen."""


@dataclass(frozen=True, slots=True)
class Signed:
    """One article with its MinHash signature: 128 little-endian uint32."""

    document_id: str
    published_at: dt.datetime | None
    minhash: bytes


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One article that repeats an earlier one, and the estimated similarity of the two, 0..1."""

    document_id: str
    duplicate_of: str
    similarity: float


def find_duplicates(articles: Sequence[Signed]) -> list[Duplicate]:
    """Return the articles that repeat an earlier one, in order of their ids, each with the earliest of its kind.

    Earlier is by publication, then by id; articles without a date come last. The order of the input plays no part.
    """
    if not articles:
        return []
    ordered = sorted(
        articles, key=lambda a: (a.published_at is None, a.published_at and a.published_at.timestamp(), a.document_id)
    )
    signatures = np.frombuffer(b"".join(a.minhash for a in ordered), dtype="<u4").reshape(len(ordered), _PERMUTATIONS)
    first = list(range(len(ordered)))
    for earlier, later in _candidates(signatures):
        root = _root(first, earlier)
        if (
            first[later] == later
            and root != later
            and similarity(signatures[root], signatures[later]) >= _LEAST_SIMILARITY
        ):
            first[later] = root
    found = (
        Duplicate(
            ordered[i].document_id, ordered[root].document_id, round(similarity(signatures[root], signatures[i]), 3)
        )
        for i in range(len(ordered))
        if (root := _root(first, i)) != i
    )
    return sorted(found, key=lambda duplicate: duplicate.document_id)


def similarity(a: np.ndarray, b: np.ndarray) -> float:
    """Return the estimated Jaccard similarity of two signatures, 0..1."""
    return float(np.mean(a == b))


def _root(first: list[int], item: int) -> int:
    while first[item] != item:
        item = first[item]
    return item


def _candidates(signatures: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield (earlier, later) pairs that share a band, each article of a bucket with the bucket's earliest."""
    pairs: set[tuple[int, int]] = set()
    for start in range(0, _PERMUTATIONS - _ROWS_A_BAND + 1, _ROWS_A_BAND):
        earliest: dict[bytes, int] = {}
        for i, band in enumerate(signatures[:, start : start + _ROWS_A_BAND]):
            found = earliest.setdefault(band.tobytes(), i)
            if found != i:
                pairs.add((found, i))
    yield from sorted(pairs, key=lambda pair: (pair[1], pair[0]))
