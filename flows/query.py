"""What `dateline sql` and `dateline vacuum` do; like `explain.py` they read no articles, and load nothing that does."""

import sys

import duckdb
import typer
from rich.console import Console

from flows.errors import errors_in_one_line
from warehouse.catalog import connect
from warehouse.errors import WarehouseError
from warehouse.store import Store

_WIDTH_OF_FILES = 140
"""Columns of the output where it goes to no terminal."""


def wide_console() -> Console:
    """Return the console to print tables on, wide enough for them where it is no terminal."""
    return Console() if sys.stdout.isatty() else Console(width=_WIDTH_OF_FILES)


def vacuum_and_show(warehouse: str, keep: int) -> None:
    """Vacuum and say what went."""
    store = Store(warehouse)
    with errors_in_one_line(), store.lock():
        removed = store.vacuum(keep)
    typer.echo(f"removed {len(removed)} files")


def query_and_show(query: str | None, warehouse: str, as_of: int | None) -> None:
    """Answer one query, or open a prompt."""
    with errors_in_one_line():
        connection = open_tables(warehouse, as_of)
        if query is not None:
            _answer(connection, query)
            return
    _prompt(connection)


def open_tables(warehouse: str, as_of: int | None) -> duckdb.DuckDBPyConnection:
    """Return a connection with the tables of the current snapshot or of an older one; WarehouseError where none is."""
    store = Store(warehouse)
    if store.current() is None:
        raise WarehouseError(f"there is nothing in {store.root} yet: run `dateline run --warehouse {warehouse}` first")
    store.repair_catalog()
    return connect(store, as_of)


def _answer(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    relation = connection.sql(query)
    if relation is not None:
        relation.show(max_rows=200)


def _prompt(connection: duckdb.DuckDBPyConnection) -> None:
    """Read queries that end with a semicolon, until the end of the input."""
    import readline  # noqa: F401, PLC0415 - gives the prompt its history and line editing

    typer.echo("SQL, ending with `;`. `SHOW TABLES;` lists the tables, Ctrl-D ends.")
    lines: list[str] = []
    while True:
        try:
            lines.append(input("dateline> " if not lines else "     ...> "))
        except EOFError:
            return
        if lines[-1].rstrip().endswith(";"):
            try:
                _answer(connection, "\n".join(lines))
            except duckdb.Error as error:
                typer.secho(str(error), err=True, fg="red")
            lines = []
