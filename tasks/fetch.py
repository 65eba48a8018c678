"""Fetch: from files on disk and sources on the web to shards of raw documents, the bytes kept as fetched.

A record that the warehouse already has, byte for byte, is counted and left alone, so that the same input twice makes
nothing new. Shards are cut in the order of the input: the same input gives the same shards. A shard of the web holds
what is to be remembered of its addresses, and its answers as a WARC file; a killed run's shards are taken up again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from schemas.ids import content_digest, make_id
from schemas.tables import SCHEMA_VERSION
from tasks.rows import table_of
from tasks.source_state import address_rows
from tasks.sources.archive import archive_file
from tasks.text.article import CleanArticle, read_article
from tasks.versions import digest

_SHARD_BYTES = 64_000_000
"""A shard of larger records holds fewer of them, because a stage reads a whole shard into memory."""

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from tasks.rows import Row
    from tasks.sources.nights import Nights
    from tasks.sources.records import RawRecord
    from tasks.sources.visits import Address, Found
    from warehouse.manifest import DataFile, Receipt
    from warehouse.store import Store

    Wanted = Callable[[RawRecord], bool]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one look at the input brought.

    Attributes:
        shards: the new shards.
        discovered: how many records the input held.
        unchanged: how many of them were known.
        outside: new records left alone because they were not wanted; not among the discovered.
        addresses: what is to be remembered of addresses that no new record belongs to, such as a feed's.
        members: WARC records that no new record belongs to.
        known_by_source: known records by source id.
    """

    shards: tuple[Receipt, ...]
    discovered: int
    unchanged: int
    outside: int = 0
    addresses: tuple[Address, ...] = ()
    members: tuple[bytes, ...] = ()
    known_by_source: Counter[str] = field(default_factory=Counter)


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


@dataclass(frozen=True, slots=True)
class _New:
    """A record that is not known, as a row, and what goes with it."""

    row: Row
    found: Found


class _Sieve:
    """Lets through what is wanted and not known, and keeps account of the rest."""

    def __init__(self, known: set[str], wanted: Wanted) -> None:
        self._known = known
        self._wanted = wanted
        self._occurrences = Counter[str]()
        self.discovered = self.outside = 0
        self.unchanged = Counter[str]()
        self.addresses: list[Address] = []
        self.members: list[bytes] = []

    def new(self, stream: Iterable[Found]) -> Iterator[_New]:
        """Yield the new records that are wanted; a record that the input repeats becomes a row that says so."""
        for found in stream:
            row = self._new_row(found.record) if found.record else None
            if row is not None:
                yield _New(row, found)
                continue
            self.addresses += [found.address] if found.address else []
            self.members += _members(found)

    def _new_row(self, record: RawRecord) -> Row | None:
        identity = make_id("rec", record.source_id, record.record_id, _digest(record), record.problem)
        self._occurrences[identity] += 1
        row = raw_row(record, self._occurrences[identity])
        is_known = row["raw_id"] in self._known
        if not is_known and not self._wanted(record):
            self.outside += 1
            return None
        self.discovered += 1
        self.unchanged[record.source_id] += is_known
        return None if is_known else row


def fetch(  # noqa: PLR0913 - what comes in, and how it is cut
    store: Store, stream: Iterable[Found], known: set[str], wanted: Wanted, *, shard_size: int, started_at: dt.datetime
) -> Fetched:
    """Write the wanted records that are not `known` as shards of `shard_size` records, in the order of the input."""
    sieve = _Sieve(known, wanted)
    new = sieve.new(stream)
    shards = []
    while items := _next_shard(new, shard_size):
        shards.append(_write(store, items, started_at))
    return Fetched(
        tuple(shards),
        sieve.discovered,
        sieve.unchanged.total(),
        sieve.outside,
        tuple(sieve.addresses),
        tuple(sieve.members),
        sieve.unchanged,
    )


def _next_shard(items: Iterator[_New], size: int) -> list[_New]:
    """Take the next records: at most `size` of them, and not many more bytes than a shard may hold in memory."""
    shard, held = [], 0
    for item in islice(items, size):
        shard.append(item)
        held += item.row["size"] or 0 if item.row["problem"] is None else 0
        if held >= _SHARD_BYTES:
            break
    return shard


def _write(store: Store, items: Sequence[_New], started_at: dt.datetime) -> Receipt:
    """Write a shard; one from the web also holds what is to be remembered of its addresses, and its archive."""
    partition = digest(*sorted(item.row["raw_id"] for item in items))
    tables = {"raw_documents": table_of("raw_documents", (item.row for item in items))}
    key = digest("fetch", str(SCHEMA_VERSION), partition)
    addresses = [item.found.address for item in items if item.found.address]
    if not addresses:
        return store.receipt(key) or store.write("fetch", partition, key, tables)
    tables["source_state"] = address_rows(addresses, started_at)
    members = [part for item in items for part in _members(item.found)]
    return store.write(
        "fetch", partition, digest(key, started_at.isoformat()), tables, archive_file(members, started_at)
    )


def _members(found: Found) -> Iterator[bytes]:
    if found.members:
        yield found.members
    if found.record and found.record.capture:
        yield found.record.capture.members


def known_ids(store: Store, files: Iterable[DataFile]) -> set[str]:
    """Return the ids of all raw documents in these files."""
    tables = (file for file in files if file.table == "raw_documents")
    return {raw_id for file in tables for raw_id in store.read(file, ["raw_id"])["raw_id"].to_pylist()}


def unpublished(store: Store, published: Collection[DataFile], known: set[str]) -> tuple[Receipt, ...]:
    """Return the web shards that a killed or failed run has left, which hold none of the `known` records."""
    keys = {file.key for file in published}
    taken, left = set(known), []
    for key in store.receipts():
        receipt = store.receipt(key) if key not in keys else None
        if receipt is None or receipt.stage != "fetch" or receipt.file("source_state") is None:
            continue
        ids = known_ids(store, receipt.files)
        if ids and taken.isdisjoint(ids):
            taken |= ids
            left.append(receipt)
    return tuple(left)


def raw_row(record: RawRecord, occurrence: int) -> Row:
    """Return the row of a record; every occurrence after the first is kept as a repetition, without its bytes."""
    repeated = occurrence > 1
    raw_id = make_id("raw", record.source_id, record.record_id, _digest(record), record.problem, occurrence)
    usable = not repeated and record.problem is None
    return {
        "raw_id": raw_id,
        "source_id": record.source_id,
        "record_id": record.record_id,
        "media_type": record.media_type,
        "location": record.location,
        "size": record.size,
        "content": None if repeated else record.content,
        "problem": "repeated" if repeated else record.problem,
        "detail": f"occurrence {occurrence} of the same record in this input" if repeated else record.detail,
        "url": record.url,
        "published": record.published,
        "payload_digest": record.capture.payload_digest if record.capture and usable else None,
    }


def _digest(record: RawRecord) -> str:
    """Return the digest of a record's bytes; of no bytes where a problem keeps them from being read."""
    if record.capture and record.problem is None:
        return record.capture.content_digest
    return content_digest(record.content or b"")
