"""Arrow tables to Parquet bytes and back, and what is in them at a glance.

Belongs here: checking a table against its declaration, its bytes and its bounds. The bytes depend on the rows alone:
no clock, no path, no number of threads, and not the pieces that the table was put together from. Does not belong here:
where files lie and how they get there (`store.py`, `files.py`).
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.arrow import arrow_schema
from warehouse.errors import TableMismatchError
from warehouse.manifest import Bound, ColumnStats

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW_GROUP_ROWS = 50_000
_BOUND_CHARACTERS = 64
"""Longer strings are cut in the manifest, which names every file of every night."""

_SURROGATES = range(0xD800, 0xE000)

_KINDS = {
    "text": (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view),
    "number": (pa.types.is_integer, pa.types.is_floating),
    "day": (pa.types.is_date,),
    "time": (pa.types.is_timestamp,),
    "truth": (pa.types.is_boolean,),
    "bytes": (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view),
    "list": (pa.types.is_list, pa.types.is_large_list, pa.types.is_list_view),
}


def conform(name: str, table: pa.Table) -> pa.Table:
    """Return the table with the columns, order and types of its declaration.

    Only representations of the same kind are converted (a wide integer to a narrow one, a dictionary to its strings),
    and only without loss: text is never parsed, and a time without a zone never becomes one in UTC.

    Raises:
        TableMismatchError: unknown table, missing or surplus columns, other types, NULL in a required column, NaN.
    """
    try:
        schema = arrow_schema(name)
    except KeyError:
        raise TableMismatchError(f"there is no table {name!r}; tables are declared in schemas/tables.py") from None
    if sorted(table.column_names) != sorted(schema.names):
        raise TableMismatchError(
            f"table {name}: expected the columns {', '.join(schema.names)}; "
            f"missing {sorted(set(schema.names) - set(table.column_names))}, "
            f"not expected {sorted(set(table.column_names) - set(schema.names))}, or named twice"
        )
    columns = [_conform_column(name, table.column(field.name), field) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema).combine_chunks()


def _conform_column(table: str, column: pa.ChunkedArray, field: pa.Field) -> pa.ChunkedArray:
    where = f"table {table}, column {field.name}"
    if not _same_kind(column.type, field.type):
        raise TableMismatchError(f"{where}: expected {field.type}, got {column.type}; convert it before writing")
    try:
        column = column.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise TableMismatchError(f"{where}: expected {field.type}, got {column.type}: {error}") from error
    if not field.nullable and column.null_count:
        raise TableMismatchError(f"{where}: is required, but NULL in {column.null_count} of {len(column)} rows")
    if pa.types.is_floating(field.type) and pc.all(pc.is_finite(column)).as_py() is False:
        raise TableMismatchError(f"{where}: holds NaN or infinity; unknown numbers are NULL")
    return column


def _same_kind(given: pa.DataType, declared: pa.DataType) -> bool:
    if pa.types.is_dictionary(given):
        given = given.value_type
    if pa.types.is_null(given):
        return True
    if pa.types.is_timestamp(given) and given.tz is None:
        return False
    return _kind(given) is not None and _kind(given) == _kind(declared)


def _kind(type_: pa.DataType) -> str | None:
    return next((kind for kind, tests in _KINDS.items() if any(test(type_) for test in tests)), None)


def encode(table: pa.Table) -> pa.Buffer:
    """Return the Parquet bytes of a table; equal rows give equal bytes."""
    sink = pa.BufferOutputStream()
    pq.write_table(
        table,
        sink,
        version="2.6",
        compression="zstd",
        compression_level=3,
        row_group_size=_ROW_GROUP_ROWS,
        write_page_checksum=True,
    )
    return sink.getvalue()


def decode(name: str, source: pa.NativeFile, columns: Sequence[str] | None) -> pa.Table:
    """Return the table in these Parquet bytes, or some of its columns, with the types of its declaration.

    Page checksums are verified. A column that is younger than the file is NULL.
    Raises pa.ArrowException or OSError where the bytes are no such table.
    """
    schema = arrow_schema(name)
    wanted = schema.names if columns is None else list(columns)
    with pq.ParquetFile(source, page_checksum_verification=True) as file:
        held = file.schema_arrow.names
        table = file.read([column for column in wanted if column in held])
    for column in wanted:
        if column not in held and schema.field(column).nullable:
            table = table.append_column(column, pa.nulls(table.num_rows, schema.field(column).type))
    return table.select(wanted).cast(pa.schema([schema.field(column) for column in wanted], schema.metadata))


def column_stats(table: pa.Table) -> dict[str, ColumnStats]:
    """Return the bounds of every column."""
    return {name: _stats(table.column(name)) for name in table.column_names}


def _stats(column: pa.ChunkedArray) -> ColumnStats:
    if _kind(column.type) not in {"text", "number", "day", "time"}:
        return ColumnStats(None, None, column.null_count)
    bounds = pc.min_max(column)
    return ColumnStats(_lower(bounds["min"].as_py()), _upper(bounds["max"].as_py()), column.null_count)


def _lower(value: str | float | date | None) -> Bound:
    """Cut a string: what it begins with sorts before it."""
    plain = _plain(value)
    return plain[:_BOUND_CHARACTERS] if isinstance(plain, str) else plain


def _upper(value: str | float | date | None) -> Bound:
    """Cut a string and raise its last character, so that the bound still sorts after it."""
    plain = _plain(value)
    if not isinstance(plain, str) or len(plain) <= _BOUND_CHARACTERS:
        return plain
    kept = plain[:_BOUND_CHARACTERS].rstrip(chr(sys.maxunicode))
    return kept[:-1] + _next_character(kept[-1]) if kept else None


def _next_character(character: str) -> str:
    code = ord(character) + 1
    return chr(_SURROGATES.stop if code in _SURROGATES else code)


def _plain(value: str | float | date | None) -> Bound:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else value
