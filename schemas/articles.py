"""The tables of fetch and clean: records as fetched, and the articles that they became.

Belongs here: names, types, meanings and units. Does not belong here: how a value is computed.
"""

from __future__ import annotations

from schemas.columns import Column, Table
from schemas.shared import CHARACTERS, COUNT, RECORD_ID, SOURCE_ID
from schemas.vocabulary import MEDIA_TYPES, REJECTING_STAGES, REJECTION_REASONS, TIME_ORIGINS

RAW_DOCUMENTS = Table(
    "raw_documents",
    "One row per fetched record, its bytes kept as fetched, so that everything after it can be rebuilt.",
    "fetch",
    ("raw_id",),
    (
        Column("raw_id", "VARCHAR", "key: source, record id, bytes and occurrence", required=True),
        SOURCE_ID,
        RECORD_ID,
        Column(
            "media_type",
            "VARCHAR",
            "text/plain, text/html or application/json (one JSONL record)",
            required=True,
            values=MEDIA_TYPES,
        ),
        Column("location", "VARCHAR", "file name, and line in it, for messages", required=True),
        Column(
            "size",
            "BIGINT",
            "size of the record as fetched; NULL where it was not read to its end",
            "bytes",
            between=COUNT,
        ),
        Column("content", "BLOB", "the bytes; NULL where they are not kept (see problem) or stand in the archive"),
        Column("url", "VARCHAR", "address that it was asked for at; NULL for files"),
        Column("published", "VARCHAR", "time of publication as the listing states it, as written there"),
        Column(
            "payload_digest",
            "VARCHAR",
            "WARC-Payload-Digest of the response in the partition's archive that holds the bytes; NULL for files",
        ),
        Column(
            "problem",
            "VARCHAR",
            "rejection reason found while fetching: unreadable, oversized, repeated, ...",
            values=tuple(REJECTION_REASONS),
        ),
        Column("detail", "VARCHAR", "what exactly the problem was"),
    ),
    public=False,
)

DOCUMENTS = Table(
    "documents",
    "One row per accepted article.",
    "clean",
    ("document_id",),
    (
        Column("document_id", "VARCHAR", "key", required=True),
        Column("raw_id", "VARCHAR", "the record that it was made from", required=True, references="raw_documents"),
        SOURCE_ID,
        RECORD_ID,
        Column("url", "VARCHAR", "canonical address of the article, as found"),
        Column("title", "VARCHAR", "headline, as found"),
        Column("author", "VARCHAR", "author or byline, as found"),
        Column("language", "VARCHAR", "ISO 639-1 code of the text's language; only `en` has mentions", required=True),
        Column("published_at", "TIMESTAMPTZ", "time of publication; NULL where the page does not say", "UTC"),
        Column("published_on", "DATE", "day of publication in the zone that the page states, else in UTC"),
        Column(
            "published_origin",
            "VARCHAR",
            "how the time was found: record, json-ld, meta, url, text, ...",
            values=tuple(TIME_ORIGINS),
        ),
        Column("published_raw", "VARCHAR", "the time as it was written, with its zone where it states one"),
        Column("dateline", "VARCHAR", "place of the dateline, e.g. `WASHINGTON`"),
        Column("encoding", "VARCHAR", "character encoding that the bytes were read in", required=True),
        Column("text", "VARCHAR", "cleaned running text; paragraphs are separated by one line feed", required=True),
        Column(
            "title_start",
            "INTEGER",
            "where the title stands in the text; NULL where it does not",
            CHARACTERS,
            between=COUNT,
        ),
        Column("title_end", "INTEGER", "end of the title in the text, exclusive", CHARACTERS, between=COUNT),
        Column(
            "body_start",
            "INTEGER",
            "where the story begins, after title, stamp and dateline",
            CHARACTERS,
            required=True,
            between=COUNT,
        ),
        Column(
            "body_end",
            "INTEGER",
            "where the story ends, before trailing title and stamp",
            CHARACTERS,
            required=True,
            between=COUNT,
        ),
        Column("minhash", "BLOB", "MinHash signature of the text's word 5-grams, 128 little-endian uint32"),
    ),
)

REJECTIONS = Table(
    "rejections",
    "One row per record that was fetched and did not become a document.",
    "clean",
    ("raw_id",),
    (
        Column("raw_id", "VARCHAR", "key: the record in raw_documents", required=True, references="raw_documents"),
        RECORD_ID,
        SOURCE_ID,
        Column("url", "VARCHAR", "address of the record, where it states one"),
        Column(
            "stage",
            "VARCHAR",
            "the stage that rejected it: fetch, clean or extract",
            required=True,
            values=REJECTING_STAGES,
        ),
        Column(
            "reason",
            "VARCHAR",
            "reason code, see the closed list below",
            required=True,
            values=tuple(REJECTION_REASONS),
        ),
        Column("detail", "VARCHAR", "what exactly was wrong"),
    ),
)
