"""The Arrow schema of a table, derived from its declaration; descriptions and units travel as field metadata.

Belongs here: the mapping of column types to Arrow types. Parquet files written with these schemas carry the metadata.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

from schemas.tables import TABLES

if TYPE_CHECKING:
    from schemas.columns import Column, ColumnType, Table

_ARROW_TYPES: dict[ColumnType, pa.DataType] = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "DATE": pa.date32(),
    "TIMESTAMPTZ": pa.timestamp("us", tz="UTC"),
    "BOOLEAN": pa.bool_(),
    "BLOB": pa.binary(),
}


def arrow_field(column: Column) -> pa.Field:
    """Return the Arrow field of a column, with its description and unit as metadata."""
    metadata = {"description": column.description}
    if column.unit:
        metadata["unit"] = column.unit
    return pa.field(column.name, _ARROW_TYPES[column.type], nullable=not column.required, metadata=metadata)


@cache
def arrow_schema(name: str) -> pa.Schema:
    """Return the Arrow schema of the table of this name; KeyError when there is none."""
    table: Table = TABLES[name]
    return pa.schema([arrow_field(column) for column in table.columns], metadata={"description": table.description})
