"""Fetch: from files on disk to shards of raw documents, the bytes kept as fetched.

A record that the warehouse already has, byte for byte, is counted and left alone, so that the same input twice makes
nothing new. Shards are cut in the order of the input: the same input gives the same shards.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from schemas.ids import content_digest, make_id
from schemas.tables import SCHEMA_VERSION
from tasks.rows import table_of
from tasks.sources.disk import read
from tasks.text.article import CleanArticle, read_article
from tasks.versions import digest

_SHARD_BYTES = 64_000_000
"""A shard of larger records holds fewer of them, because a stage reads a whole shard into memory."""

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tasks.rows import Row
    from tasks.sources.limits import Limits
    from tasks.sources.nights import Nights
    from tasks.sources.records import RawRecord
    from warehouse.manifest import Receipt
    from warehouse.store import Store


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one look at the input brought.

    Attributes:
        shards: the new records.
        discovered, unchanged: how many records the input held, and how many of them were known.
        outside: new records left alone because they were not wanted; not among the discovered.
    """

    shards: tuple[Receipt, ...]
    discovered: int
    unchanged: int
    outside: int = 0


@dataclass(frozen=True, slots=True)
class PublishedIn:
    """Wants the records published in these nights, and those without a date where `undated`."""

    nights: Nights
    undated: bool

    def __call__(self, record: RawRecord) -> bool:
        """Tell whether a record is wanted; it is read in whole, because only that tells its date."""
        article = read_article(record)
        published = article.published if isinstance(article, CleanArticle) else None
        return self.undated if published is None else published.at.date() in self.nights


def everything(record: RawRecord) -> bool:  # noqa: ARG001
    """Want every record."""
    return True


def fetch(
    store: Store, paths: Sequence[Path], limits: Limits, shard_size: int, wanted: Callable[[RawRecord], bool]
) -> Fetched:
    """Write the new records of the input that are wanted as shards of `shard_size`, in the order of the input."""
    tally = Counter[str]()
    new = _new_rows(read(paths, limits), known_ids(store), wanted, tally)
    shards = []
    while rows := _next_shard(new, shard_size):
        partition = digest(*sorted(row["raw_id"] for row in rows))
        key = digest("fetch", str(SCHEMA_VERSION), partition)
        shards.append(
            store.receipt(key)
            or store.write("fetch", partition, key, {"raw_documents": table_of("raw_documents", rows)})
        )
    return Fetched(tuple(shards), tally["discovered"], tally["unchanged"], tally["outside"])


def _next_shard(rows: Iterator[Row], size: int) -> list[Row]:
    """Take the next rows: at most `size` of them, and not many more bytes than a shard may hold in memory."""
    shard, held = [], 0
    for row in islice(rows, size):
        shard.append(row)
        held += len(row["content"] or b"")
        if held >= _SHARD_BYTES:
            break
    return shard


def known_ids(store: Store) -> set[str]:
    """Return the ids of all raw documents of the current snapshot."""
    snapshot = store.current()
    files = snapshot.table("raw_documents") if snapshot is not None else ()
    return {raw_id for file in files for raw_id in store.read(file, ["raw_id"])["raw_id"].to_pylist()}


def _new_rows(
    records: Iterator[RawRecord], known: set[str], wanted: Callable[[RawRecord], bool], tally: Counter[str]
) -> Iterator[Row]:
    """Yield the rows of wanted records that are not known; a record that the input repeats becomes a row saying so."""
    occurrences = Counter[str]()
    for record in records:
        identity = make_id(
            "rec", record.source_id, record.record_id, content_digest(record.content or b""), record.problem
        )
        occurrences[identity] += 1
        row = raw_row(record, occurrences[identity])
        fate = "unchanged" if row["raw_id"] in known else "new" if wanted(record) else "outside"
        tally[fate] += 1
        tally["discovered"] += fate != "outside"
        if fate == "new":
            yield row


def raw_row(record: RawRecord, occurrence: int) -> Row:
    """Return the row of a record; every occurrence after the first is kept as a repetition, without its bytes."""
    repeated = occurrence > 1
    digest = content_digest(record.content or b"")
    return {
        "raw_id": make_id("raw", record.source_id, record.record_id, digest, record.problem, occurrence),
        "source_id": record.source_id,
        "record_id": record.record_id,
        "media_type": record.media_type,
        "location": record.location,
        "size": record.size,
        "content": None if repeated else record.content,
        "problem": "repeated" if repeated else record.problem,
        "detail": f"occurrence {occurrence} of the same record in this input" if repeated else record.detail,
    }
