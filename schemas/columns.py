"""What a table and a column are: the vocabulary in which `tables.py` declares the warehouse.

Belongs here: the two data classes and the closed list of column types. Does not belong here: any concrete
table, and anything that depends on Arrow or DuckDB (see `arrow.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["VARCHAR", "VARCHAR[]", "INTEGER", "BIGINT", "DOUBLE", "DATE", "TIMESTAMPTZ", "BOOLEAN", "BLOB"]
"""The DuckDB names of the column types in use."""

Stage = Literal["fetch", "clean", "extract", "load"]
"""The stage that writes a table."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type, what it means and in which unit it is counted.

    `unit` is None for what has none (names, codes, ids). `required` columns are never NULL. `values` is the closed list
    of a coded column, `references` the table whose key the column holds, `between` the least and the greatest value
    (None for no limit); each of the three allows NULL besides, and is checked before a snapshot is published.
    """

    name: str
    type: ColumnType
    description: str
    unit: str | None = None
    required: bool = False
    values: tuple[str, ...] | None = None
    references: str | None = None
    between: tuple[float, float | None] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row of it is, who writes it, and its columns in order.

    `key` names the columns that identify a row; rows are stored in the order of `order`, or of the key where that is
    empty. `public` tables are the contract with readers; the others are the pipeline's own working tables, readable
    but free to change.
    """

    name: str
    description: str
    stage: Stage
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ()
    public: bool = True

    def __post_init__(self) -> None:
        """Refuse a key or order that names no column, and two columns of one name."""
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"table {self.name}: column names must differ, got {names}")
        if missing := {*self.key, *self.order} - set(names):
            raise ValueError(f"table {self.name}: key or order columns {sorted(missing)} are not among {names}")

    def column(self, name: str) -> Column:
        """Return the column of this name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name}")
