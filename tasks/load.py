"""Load: everything that needs several articles at once, and the publishing of a snapshot.

Near-identical articles are found first, then the events that they repeat and the people who go by several names, then
entities, events and participants are put together by the queries in `tasks/resolve`. What breaks a rule is not
published.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from schemas.arrow import arrow_schema
from seeds.actors import load_actors
from seeds.ontology import event_class, event_types, modes
from tasks.resolve.duplicates import Signed, find_duplicates
from tasks.resolve.entity_links import link_entities
from tasks.resolve.keys import actor_id
from tasks.resolve.sightings import Sighting
from tasks.rows import table_of
from tasks.versions import digest, load_version
from warehouse.catalog import connect_files
from warehouse.checks import check
from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from warehouse.manifest import DataFile, Receipt
    from warehouse.store import Store

_QUERIES = Path(__file__).parent / "resolve"
_PARTITION = digest("all articles")


class ChecksFailedError(WarehouseError):
    """The tables break rules that every snapshot obeys; the one before stays published."""


def load(store: Store, files: Sequence[DataFile]) -> tuple[DataFile, ...]:
    """Return the files of the tables across articles, made from the files of all partitions."""
    links = _receipt(store, "links", files) or _write(store, "links", files, _links(store, files))
    linked = (*files, *links.files)
    tables = _receipt(store, "tables", linked) or _write(store, "tables", linked, _tables(store, linked))
    return (*links.files, *tables.files)


def require_valid(store: Store, files: Sequence[DataFile]) -> None:
    """Raise ChecksFailedError, naming each broken rule, unless the tables in these files may be published."""
    connection = connect_files(store.root, files)
    try:
        violations = check(connection)
    finally:
        connection.close()
    if violations:
        listed = "\n".join(f"  {v.table}: {v.check}: {v.count} rows, e.g. {v.example}" for v in violations)
        raise ChecksFailedError(f"the new snapshot breaks {len(violations)} rules and is not published:\n{listed}")


def _key(step: str, files: Sequence[DataFile]) -> str:
    return digest("load", step, load_version(), *sorted(file.path + file.sha256 for file in files))


def _receipt(store: Store, step: str, files: Sequence[DataFile]) -> Receipt | None:
    return store.receipt(_key(step, files))


def _write(store: Store, step: str, files: Sequence[DataFile], tables: dict[str, pa.Table]) -> Receipt:
    return store.write("load", _PARTITION, _key(step, files), tables)


def _links(store: Store, files: Sequence[DataFile]) -> dict[str, pa.Table]:
    connection = connect_files(store.root, files)
    try:
        signed = connection.execute("SELECT document_id, published_at, minhash FROM documents").fetchall()
        duplicates = table_of(
            "duplicates",
            (
                {"document_id": d.document_id, "duplicate_of": d.duplicate_of, "similarity": d.similarity}
                for d in find_duplicates([Signed(*row) for row in signed])
            ),
        )
        connection.execute("DROP VIEW duplicates")
        connection.register("duplicates", duplicates)
        entity_links = table_of("entity_links", map(asdict, link_entities(_sightings(connection))))
        return {
            "duplicates": duplicates,
            "event_links": _query(connection, "event_links"),
            "entity_links": entity_links,
        }
    finally:
        connection.close()


def _sightings(connection: duckdb.DuckDBPyConnection) -> list[Sighting]:
    """Return the persons and organisations that articles name and the reference data does not know by that name."""
    rows = connection.execute((_QUERIES / "sightings.sql").read_text(encoding="utf-8")).fetchall()
    return [
        Sighting(document_id, entity_id, key, name, country, sector, frozenset(context))
        for document_id, entity_id, key, name, country, sector, context in rows
    ]


def _tables(store: Store, files: Sequence[DataFile]) -> dict[str, pa.Table]:
    connection = connect_files(store.root, files)
    try:
        connection.register("listed_actors", _listed_actors())
        entities = _query(connection, "entities")
        connection.execute("DROP VIEW entities")
        connection.register("entities", entities)
        connection.register("event_classes", _event_classes())
        participants = _query(connection, "event_participants")
        return {"entities": entities, "events": _query(connection, "events"), "event_participants": participants}
    finally:
        connection.close()


def _query(connection: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    """Return the rows of the table that the query of this name makes."""
    sql = (_QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    schema = arrow_schema(name)
    return connection.sql(sql).to_arrow_table().select(schema.names).cast(schema)


def _event_classes() -> pa.Table:
    """Return the ontology's classes as a table; an event without a mode has the mode ''."""
    classes = [event_class(kind, mode) for kind in event_types() for mode in (None, *modes(kind))]
    return pa.table(
        {
            "event_type": [c.event_type for c in classes],
            "event_mode": [c.mode or "" for c in classes],
            "cameo_root": [c.cameo_root for c in classes],
            "quad_class": pa.array([c.quad_class for c in classes], pa.int32()),
            "goldstein": [c.goldstein for c in classes],
        }
    )


def _listed_actors() -> pa.Table:
    """Return what the reference data says of each actor, by the id of its entity."""
    actors = load_actors().keys.values()
    return pa.table(
        {
            "entity_id": [actor_id(actor.key) for actor in actors],
            "name": [actor.name for actor in actors],
            "entity_type": [actor.entity_type for actor in actors],
            "country": pa.array([actor.country for actor in actors], pa.string()),
            "sector": pa.array([actor.sector for actor in actors], pa.string()),
            "wikidata_id": pa.array([actor.wikidata_id for actor in actors], pa.string()),
        }
    )
