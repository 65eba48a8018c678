"""Extract: from articles to the mentions of entities, times and events in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from tasks.nlp.pipeline import read_articles
from tasks.nlp.records import Unread
from tasks.rows import articles_of, in_order, reading_rows, table_of
from tasks.text.language import ENGLISH
from tasks.versions import digest, extract_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tasks.rows import Row
    from tasks.workers import Workers
    from warehouse.manifest import Receipt
    from warehouse.store import Store

TABLES = ("entity_mentions", "document_entities", "time_mentions", "event_mentions", "event_arguments")
"""The tables that this stage writes."""


def extract_rows(documents: pa.Table) -> Mapping[str, pa.Table]:
    """Return the mention tables of a documents table, and under `unread` one row per article that could not be read."""
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}
    unread = []
    for result in read_articles(articles_of(documents)):
        if isinstance(result, Unread):
            unread.append(result)
            continue
        for table, row in reading_rows(result):
            rows[table].append(row)
    tables = {table: table_of(table, found) for table, found in rows.items()}
    return {**tables, "rejections": table_of("rejections", _rejections(unread, documents))}


def _rejections(unread: list[Unread], documents: pa.Table) -> list[Row]:
    """Return the rejections of the articles that could not be read."""
    errors = {item.document_id: item.error for item in unread}
    columns = documents.select(["document_id", "raw_id", "record_id", "source_id", "url"]).to_pylist()
    return [
        {**row, "stage": "extract", "reason": "extract_failed", "detail": errors[row.pop("document_id")]}
        for row in columns
        if row["document_id"] in errors
    ]


def extract(store: Store, workers: Workers, cleaned: Receipt) -> Receipt:
    """Turn a shard's English documents into mentions, unless this version has done so before; others have none.

    Documents that cannot be read become rejections: then the receipt holds new files of both tables, which take the
    place of the clean stage's.
    """
    documents_file = cleaned.require("documents")
    key = digest("extract", extract_version(), cleaned.partition, documents_file.sha256)
    if known := store.receipt(key):
        return known
    documents = store.read(documents_file)
    english = documents.filter(pc.equal(documents["language"], ENGLISH))
    tables = dict(workers.map_rows("extract", extract_rows, english))
    unread = tables.pop("rejections")
    if unread.num_rows:
        readable = pc.invert(pc.is_in(documents["raw_id"], unread["raw_id"].combine_chunks()))
        tables["documents"] = documents.filter(readable)
        tables["rejections"] = pa.concat_tables([store.read(cleaned.require("rejections")), unread])
    return store.write("extract", cleaned.partition, key, in_order(tables))
