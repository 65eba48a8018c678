"""Clean: from raw documents to articles, or to rejections with a reason."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa
from rensa import RMinHash

from schemas.ids import make_id
from tasks.guard import Bounds, Ended, Guard
from tasks.rows import in_order, table_of
from tasks.sources.archive import bodies
from tasks.sources.limits import DEFAULT_RECORD_BYTES
from tasks.sources.records import RawRecord
from tasks.text.records import Rejected
from tasks.versions import clean_version, digest
from warehouse.manifest import ARCHIVE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tasks.rows import Row
    from tasks.text.records import CleanArticle
    from tasks.workers import Workers
    from warehouse.manifest import Receipt
    from warehouse.store import Store

_BOUNDS = Bounds(seconds=10, memory=1_000_000_000)
"""For one record: the largest page that is not refused at once takes a few seconds and some hundred megabytes."""

_SHINGLE_WORDS = 5
_PERMUTATIONS = 128
_SEED = 1


def clean_rows(raw: pa.Table) -> Mapping[str, pa.Table]:
    """Return the documents and rejections of raw documents: one row in either for each."""
    rows: dict[str, list[Row]] = {"documents": [], "rejections": []}
    for record in raw.to_pylist():
        table, row = clean_row(record)
        rows[table].append(row)
    return {table: table_of(table, found) for table, found in rows.items()}


def clean_row(raw: Row) -> tuple[str, Row]:
    """Return (table, row) for one raw document."""
    if raw["problem"] is not None:
        return "rejections", _rejection(raw, "fetch", Rejected(raw["problem"], raw["detail"], raw["url"]))
    fields = ("source_id", "record_id", "media_type", "location", "size", "content", "url", "published")
    article = _reader().call(RawRecord(**{name: raw[name] for name in fields}))
    if isinstance(article, Ended):
        article = Rejected("too_slow" if article.slow else "parse_failed", article.how, raw["url"])
    if isinstance(article, Rejected):
        return "rejections", _rejection(raw, "clean", article)
    return "documents", _document(raw, article)


@cache
def _reader() -> Guard:
    """Return this process's guard around the reading of records."""
    return Guard("tasks.text.article", "read_article", _BOUNDS)


def _rejection(raw: Row, stage: str, rejected: Rejected) -> Row:
    return {
        "raw_id": raw["raw_id"], "record_id": raw["record_id"], "source_id": raw["source_id"], "url": rejected.url,
        "stage": stage, "reason": rejected.reason, "detail": rejected.detail,
    }  # fmt: skip


def _document(raw: Row, article: CleanArticle) -> Row:
    published = article.published
    return {
        "document_id": document_id(raw["raw_id"]),
        "raw_id": raw["raw_id"], "source_id": raw["source_id"], "record_id": raw["record_id"],
        "url": article.url, "title": article.title, "author": article.author, "language": article.language,
        "published_at": published.at if published else None, "published_on": published.on if published else None,
        "published_origin": published.origin if published else None,
        "published_raw": published.raw if published else None,
        "dateline": article.dateline, "encoding": article.encoding, "text": article.text,
        "title_start": article.title_start, "title_end": article.title_end,
        "body_start": article.body_start, "body_end": article.body_end,
        "minhash": signature(article.text[article.body_start : article.body_end]),
    }  # fmt: skip


def document_id(raw_id: str) -> str:
    """Return the id of the document that a raw document becomes."""
    return make_id("doc", raw_id)


def signature(text: str) -> bytes:
    """Return the MinHash signature of a text's word 5-grams, case and punctuation aside: 128 little-endian uint32.

    MinHash after A. Broder, `On the resemblance and containment of documents`, 1997.
    """
    words = "".join(char if char.isalnum() else " " for char in text.lower()).split()
    shingles = [" ".join(words[i : i + _SHINGLE_WORDS]) for i in range(max(1, len(words) - _SHINGLE_WORDS + 1))]
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    minhash.update(shingles)
    return b"".join(value.to_bytes(4, "little") for value in minhash.digest())


def clean(store: Store, workers: Workers, shard: Receipt) -> Receipt:
    """Turn a shard's raw documents into documents and rejections, unless this version has done so before."""
    key = digest("clean", clean_version(), shard.partition)
    if known := store.receipt(key):
        return known
    tables = workers.map_rows("clean", clean_rows, raw_documents(store, shard))
    return store.write("clean", shard.partition, key, in_order(tables))


def raw_documents(store: Store, shard: Receipt) -> pa.Table:
    """Return a shard's raw documents, the bytes of those from the web taken from the shard's archive."""
    raw = store.read(shard.require("raw_documents"))
    archive = shard.file(ARCHIVE)
    if archive is None:
        return raw
    digests = raw["payload_digest"].to_pylist()
    found = bodies(store.read_archive(archive), {digest for digest in digests if digest}, DEFAULT_RECORD_BYTES)
    contents = zip(raw["content"].to_pylist(), digests, strict=True)
    filled = [found.get(digest) if content is None and digest else content for content, digest in contents]
    position = raw.schema.get_field_index("content")
    return raw.set_column(position, raw.schema.field(position), pa.array(filled, pa.binary()))
