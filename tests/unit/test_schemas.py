"""The declarations: what the contract with readers names is there, and ids tell rows apart."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.arrow import arrow_schema
from schemas.columns import Column, Table
from schemas.ids import content_digest, make_id
from schemas.tables import DERIVED_COLUMNS, TABLES

_TEXT = "VARCHAR"
_TOLLS = {
    f"{kind}_{bound}": "INTEGER"
    for kind in ("killed", "wounded", "kidnapped", "arrested", "displaced")
    for bound in ("min", "max")
}
_WHEN = {"occurred_from": "DATE", "occurred_to": "DATE", "date_precision": _TEXT}
_SPAN = {"start": "INTEGER", "end": "INTEGER", "surface": _TEXT}


def _texts(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), _TEXT)


CONTRACT: dict[str, dict[str, str]] = {
    "documents": _texts("document_id source_id record_id url title author language dateline text duplicate_of")
    | {"published_at": "TIMESTAMPTZ"},
    "rejections": _texts("record_id source_id url stage reason detail"),
    "entity_mentions": _texts("mention_id document_id entity_type mention_kind entity_id")
    | _SPAN
    | {"link_score": "DOUBLE"},
    "entities": _texts("entity_id entity_type name country sector wikidata_id feature_code admin1")
    | {"aliases": "VARCHAR[]", "geonames_id": "BIGINT", "latitude": "DOUBLE", "longitude": "DOUBLE"}
    | {"mention_count": "INTEGER", "document_count": "INTEGER", "first_seen": "DATE", "last_seen": "DATE"},
    "time_mentions": _texts("document_id value date_precision") | _SPAN | {"date_from": "DATE", "date_to": "DATE"},
    "event_mentions": _texts("event_mention_id document_id event_id trigger event_type event_mode modality place_id")
    | _texts("attributed_to")
    | dict.fromkeys(("sentence_start", "sentence_end", "trigger_start", "trigger_end"), "INTEGER")
    | _WHEN
    | _TOLLS
    | {"toll_is_cumulative": "BOOLEAN", "confidence": "DOUBLE"},
    "event_arguments": _texts("event_mention_id role entity_id") | _SPAN,
    "events": _texts("event_id event_type event_mode modality cameo_root place_id place_name geo_precision admin1")
    | _texts("country summary")
    | {"contexts": "VARCHAR[]", "quad_class": "INTEGER", "goldstein": "DOUBLE", "confidence": "DOUBLE"}
    | {"latitude": "DOUBLE", "longitude": "DOUBLE"}
    | _WHEN
    | _TOLLS
    | dict.fromkeys(("mention_count", "document_count", "source_count"), "INTEGER")
    | dict.fromkeys(("first_published_at", "last_published_at"), "TIMESTAMPTZ"),
    "event_participants": _texts("event_id role entity_id name country sector surface"),
    "runs": _texts("run_id state parameters code_version model_version seeds_version")
    | dict.fromkeys(("started_at", "finished_at"), "TIMESTAMPTZ")
    | dict.fromkeys(("documents", "rejections", "entity_mentions", "event_mentions", "entities", "events"), "INTEGER"),
}
"""What readers rely on, typed anew from the published contract, not taken from the declarations."""


@pytest.mark.parametrize("name", CONTRACT)
def test_every_promised_column_is_declared(name: str) -> None:
    """Tables may gain columns; those that were promised keep their names and types, and the table is public."""
    declared = {column.name: column.type for column in (*TABLES[name].columns, *DERIVED_COLUMNS.get(name, ()))}
    assert {column: declared.get(column) for column in CONTRACT[name]} == CONTRACT[name]
    assert TABLES[name].public


def test_only_promised_tables_are_public() -> None:
    """A working table is not a promise."""
    assert {table.name for table in TABLES.values() if table.public} == set(CONTRACT)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_declarations_are_complete(table: Table) -> None:
    """Each column is described, refers to a table with a key of one column, and its limits are in order."""
    for column in table.columns:
        assert column.description
        assert column.references is None or len(TABLES[column.references].key) == 1
        low, high = column.between or (0, None)
        assert high is None or low < high


def test_descriptions_travel_with_the_files() -> None:
    """The Arrow schema carries what the declaration says."""
    field = arrow_schema("events").field("killed_min")
    assert (field.type, field.nullable) == (pa.int32(), True)
    assert field.metadata[b"unit"] == b"people"
    assert not arrow_schema("events").field("event_id").nullable
    with pytest.raises(KeyError):
        arrow_schema("nonsense")


def test_a_table_refuses_a_key_that_is_no_column() -> None:
    """A slip in a declaration is noticed when it is made."""
    columns = (Column("a", "VARCHAR", "a letter"),)
    with pytest.raises(ValueError, match="'b'"):
        Table("t", "a table", "load", ("b",), columns)
    with pytest.raises(ValueError, match="must differ"):
        Table("t", "a table", "load", ("a",), columns * 2)


_PARTS = st.lists(st.none() | st.integers() | st.text(), max_size=4)


@given(_PARTS, _PARTS)
def test_ids_differ_where_parts_differ(one: list[str | int | None], other: list[str | int | None]) -> None:
    """Equal parts give equal ids, different ones different ids: NULL is not the empty string, and borders count."""
    same = [part if part is None else str(part) for part in one] == [p if p is None else str(p) for p in other]
    assert (make_id("doc", *one) == make_id("doc", *other)) is same


@given(st.text(), st.text())
def test_borders_between_parts_count(one: str, other: str) -> None:
    """The same characters cut elsewhere, or of another kind, give another id."""
    joined = one + other
    ids = [make_id("ent", one, other), make_id("ent", joined), make_id("ev", one, other), make_id("ent", joined, None)]
    assert len(set(ids)) == 4


def test_ids_never_change() -> None:
    """Ids stand in other people's tables: the same parts give the same id in every version."""
    assert make_id("doc", "files", "a.txt", 1, None) == "doc_1eaf90fe27b9e758544c"
    assert content_digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
