"""From records to table rows and back: the one place where the stages' data classes meet the declared columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from schemas.arrow import arrow_schema
from schemas.ids import make_id
from schemas.tables import TABLES
from schemas.vocabulary import TOLL_KINDS
from tasks.nlp.records import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tasks.nlp.records import Days, EventMention, Reading, Toll

Row = dict[str, Any]


def table_of(name: str, rows: Iterable[Row]) -> pa.Table:
    """Return rows as a table of this name, in the table's stored order."""
    declared = TABLES[name]
    order = declared.order or declared.key
    ordered = sorted(rows, key=lambda row: tuple(("" if row[c] is None else row[c]) for c in order))
    return pa.Table.from_pylist(ordered, schema=arrow_schema(name))


def in_order(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return tables with their rows in the stored order, whatever chunks they were made in."""
    declared = {name: TABLES[name].order or TABLES[name].key for name in tables}
    return {name: table.sort_by([(column, "ascending") for column in declared[name]]) for name, table in tables.items()}


def articles_of(documents: pa.Table) -> Iterator[Article]:
    """Yield the articles of a documents table."""
    names = list(Article.__dataclass_fields__)
    for row in documents.select(names).to_pylist():
        yield Article(**row)


def reading_rows(reading: Reading) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) for everything that was read in one article."""
    document_id = reading.document_id
    for time in reading.times:
        days = time.days
        yield "time_mentions", {
            "document_id": document_id, "start": time.start, "end": time.end, "surface": time.surface,
            "value": time.value,
            "date_from": days.first if days else None, "date_to": days.last if days else None,
            "date_precision": days.precision if days else None,
        }  # fmt: skip
    for mention in reading.mentions:
        mention_id = make_id("men", document_id, mention.start, mention.end, mention.entity_type)
        yield "entity_mentions", {"mention_id": mention_id, "document_id": document_id, **_fields(mention)}
    for entity in reading.entities:
        yield "document_entities", {"document_id": document_id, **_fields(entity), "aliases": list(entity.aliases)}
    for event in reading.events:
        yield from _event_rows(document_id, event)


def _event_rows(document_id: str, event: EventMention) -> Iterator[tuple[str, Row]]:
    mention_id = make_id("evm", document_id, event.trigger_start, event.trigger_end, event.event_type)
    row = _fields(event)
    del row["arguments"], row["occurred"], row["tolls"]
    yield "event_mentions", {
        "event_mention_id": mention_id, "document_id": document_id, **row, "contexts": list(event.contexts),
        "alternatives": list(event.alternatives), **_occurred(event.occurred), **_people(event.tolls),
    }  # fmt: skip
    for argument in event.arguments:
        yield "event_arguments", {"event_mention_id": mention_id, "document_id": document_id, **_fields(argument)}


def _fields(record: object) -> Row:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}  # type: ignore[attr-defined]


def _occurred(days: Days | None) -> Mapping[str, Any]:
    return {
        "occurred_from": days.first if days else None,
        "occurred_to": days.last if days else None,
        "date_precision": days.precision if days else None,
    }


def _people(tolls: Iterable[Toll]) -> Mapping[str, int | None]:
    told = {toll.kind: toll.people for toll in tolls}
    lows = {f"{kind}_min": told[kind].low if kind in told else None for kind in TOLL_KINDS}
    return lows | {f"{kind}_max": told[kind].high if kind in told else None for kind in TOLL_KINDS}
