"""Every table of the warehouse, each column declared once.

Belongs here: the list of tables; their declarations stand in `articles.py`, `sources.py`, `mentions.py` and
`resolved.py`. Everything
else is derived: the Arrow schema and the Parquet field metadata (`arrow.py`), the comments in the catalog
(`warehouse/catalog.py`), the checks before publishing (`warehouse/rules.py`), the data dictionary (`dictionary.py`).
Does not belong here: how a value is computed.
"""

from __future__ import annotations

from schemas.articles import DOCUMENTS, RAW_DOCUMENTS, REJECTIONS
from schemas.columns import Column, Table
from schemas.mentions import DOCUMENT_ENTITIES, ENTITY_MENTIONS, EVENT_ARGUMENTS, EVENT_MENTIONS, TIME_MENTIONS
from schemas.resolved import DUPLICATES, ENTITIES, ENTITY_LINKS, EVENT_LINKS, EVENT_PARTICIPANTS, EVENTS, RUNS
from schemas.sources import SOURCE_HEALTH, SOURCE_STATE

__all__ = [
    "DERIVED_COLUMNS",
    "DOCUMENTS",
    "DOCUMENT_ENTITIES",
    "DUPLICATES",
    "ENTITIES",
    "ENTITY_LINKS",
    "ENTITY_MENTIONS",
    "EVENTS",
    "EVENT_ARGUMENTS",
    "EVENT_LINKS",
    "EVENT_MENTIONS",
    "EVENT_PARTICIPANTS",
    "RAW_DOCUMENTS",
    "REJECTIONS",
    "RUNS",
    "SCHEMA_VERSION",
    "SOURCE_HEALTH",
    "SOURCE_STATE",
    "TABLES",
    "TIME_MENTIONS",
]

SCHEMA_VERSION = 1
"""Raised whenever a column changes its name, type or meaning; every snapshot says which version it holds."""

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        RAW_DOCUMENTS,
        SOURCE_STATE,
        DOCUMENTS,
        REJECTIONS,
        ENTITY_MENTIONS,
        DOCUMENT_ENTITIES,
        TIME_MENTIONS,
        EVENT_MENTIONS,
        EVENT_ARGUMENTS,
        DUPLICATES,
        EVENT_LINKS,
        ENTITY_LINKS,
        ENTITIES,
        EVENTS,
        EVENT_PARTICIPANTS,
        SOURCE_HEALTH,
        RUNS,
    )
}
"""Every table by name, in the order of the flow."""

DERIVED_COLUMNS: dict[str, tuple[Column, ...]] = {
    "documents": (
        Column("duplicate_of", "VARCHAR", "document_id of the earliest near-identical article; NULL for an original"),
    ),
}
"""Columns that a view adds to its files, as they are known only across articles (see `warehouse/views`)."""
