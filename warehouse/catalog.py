"""The catalog: a DuckDB view per table over the live files of a snapshot, with the comments of its declaration.

Belongs here: the SQL of the views, the connection to them, and the small file of views that anybody can open. Views
name every file, never a pattern. Does not belong here: when the catalog is rebuilt and swapped (`store.py`).

The root stands in the views as a literal that a session can replace, because DuckDB does not tell a view where its own
file lies: after the folder was moved, say `SET VARIABLE dateline_root = '/its/new/place'`, or run any `dateline`
command once, which repairs the file.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from schemas.columns import Column
from schemas.tables import DERIVED_COLUMNS, TABLES
from warehouse.errors import WarehouseDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from schemas.columns import Table
    from warehouse.manifest import DataFile, Snapshot
    from warehouse.store import Store

_STORAGE_VERSION = "v1.5.0"
"""Clients from this version of DuckDB on open the catalog."""

_VIEWS = Path(__file__).parent / "views"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

_QUALIFIED_COLUMN = re.compile(r"^    (\w+)\.(\w+),?$", re.MULTILINE)

_READING_VIEWS = {
    "events_with_sentences": (Column("sentence", "VARCHAR", "the sentence that reports it, quoted from the article"),)
}
"""Views beyond the tables, and the columns that they add; their other columns keep the comments of their tables."""


def connect(store: Store, as_of: int | None = None) -> duckdb.DuckDBPyConnection:
    """Return a connection with the views of the current snapshot, or of an older one; empty views before the first.

    It reads the named files, so what is published later does not change what it shows. Times are shown in UTC.

    Raises:
        UnknownSnapshotError: no kept snapshot has the id `as_of`.
        WarehouseDamagedError: a file of the snapshot is missing or no Parquet file.
    """
    snapshot = store.current() if as_of is None else store.snapshot(as_of)
    return connect_files(store.root, () if snapshot is None else snapshot.files)


def connect_files(root: Path, files: Sequence[DataFile]) -> duckdb.DuckDBPyConnection:
    """Return a connection with the views over these files, published or not; errors as in `connect`."""
    connection = duckdb.connect()
    try:
        connection.execute("SET TimeZone = 'UTC'")
        _execute(connection, _view_statements(_literal(str(root)), files))
    except WarehouseDamagedError:
        connection.close()
        raise
    return connection


def build_catalog(root: Path, snapshot: Snapshot, target_path: Path) -> None:
    """Write a catalog of the snapshot to a new file at `target_path`; errors as in `connect`."""
    connection = duckdb.connect()
    try:
        connection.execute(f"ATTACH {_literal(str(target_path))} AS catalog (STORAGE_VERSION '{_STORAGE_VERSION}')")
        connection.execute("USE catalog")
        _execute(connection, _catalog_statements(root, snapshot))
        connection.execute("USE memory")
        connection.execute("DETACH catalog")  # writes everything into the one file
    finally:
        connection.close()


def is_fresh(path: Path, root: Path, snapshot: Snapshot) -> bool:
    """Tell whether the file at `path` is just the catalog that would be built for this snapshot and root."""
    connection = duckdb.connect()
    try:
        connection.execute(f"ATTACH {_literal(str(path))} AS catalog (READ_ONLY)")
        built = connection.execute("SELECT definition FROM catalog.snapshot").fetchone()
    except duckdb.Error:  # missing, torn, of another program: in each case not fresh
        return False
    finally:
        connection.close()
    return built == (_definition(root, snapshot),)


def _execute(connection: duckdb.DuckDBPyConnection, statements: Iterable[str]) -> None:
    try:
        connection.begin()  # in one go, or each statement would be flushed to the disk by itself
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise WarehouseDamagedError(
            f"a file that the snapshot names cannot be read: {error}. Run `dateline rebuild`, which makes it anew or "
            "says what is lost, restore it from a copy, or read an older snapshot"
        ) from error


def _catalog_statements(root: Path, snapshot: Snapshot) -> Iterator[str]:
    definition = _literal(_definition(root, snapshot))
    yield f"CREATE VIEW snapshot AS {_snapshot_body(root, snapshot)}, {definition} AS definition"
    yield from _view_statements(_movable_root(root), snapshot.files)
    yield from _comment_statements()


def _definition(root: Path, snapshot: Snapshot) -> str:
    """Return a digest of everything that the catalog says, to tell whether it needs to be built anew."""
    views = _view_statements(_movable_root(root), snapshot.files)
    said = "\n".join([_snapshot_body(root, snapshot), *views, *_comment_statements()])
    return hashlib.sha256(said.encode()).hexdigest()


_SNAPSHOT_COMMENT = (
    "What this catalog shows: one published snapshot, and the folder that its files are read from. After the folder "
    "was moved: SET VARIABLE dateline_root = '/its/new/place', or run any dateline command once."
)


def _snapshot_body(root: Path, snapshot: Snapshot) -> str:
    return (
        f"SELECT CAST({snapshot.snapshot_id} AS BIGINT) AS snapshot_id, {_literal(snapshot.run_id)} AS run_id, "
        f"CAST({_literal(snapshot.published_at.isoformat())} AS TIMESTAMPTZ) AS published_at, "
        f"{_movable_root(root)} AS root"
    )


def _movable_root(root: Path) -> str:
    return f"coalesce(getvariable('dateline_root'), {_literal(str(root))})"


def _view_statements(root: str, files: Sequence[DataFile]) -> Iterator[str]:
    """Yield the statements that create all views; `root` is an SQL expression."""
    by_table = defaultdict(list)
    for file in files:
        by_table[file.table].append(file)
    bodies = {name: _files_body(table, by_table[name], root) for name, table in TABLES.items()}
    views = {name: _fill(_template(name) or f"{{{name}}}", bodies) for name in TABLES}
    views |= {name: _fill(_template(name), views) for name in _READING_VIEWS}
    yield from (f"CREATE VIEW {name} AS {body}" for name, body in views.items())


def _template(view: str) -> str:
    """Return the query of a view, in which `{table}` stands for a table; empty where it is just the table's files."""
    path = _VIEWS / f"{view}.sql"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _fill(template: str, bodies: Mapping[str, str]) -> str:
    """Put the query of each table in place of its name in braces; in one pass, because a root may hold braces."""
    return _PLACEHOLDER.sub(lambda match: f"({bodies[match[1]]})", template)


def _files_body(table: Table, files: Sequence[DataFile], root: str) -> str:
    """Return the query over the files of one table.

    A column that no file has (the files are older than the column) is NULL; the bounds in the manifest tell.
    """
    held = [set(file.stats) for file in files]
    present = set().union(*held)
    select = ", ".join(_select_item(column, column.name in present) for column in table.columns)
    if not files:
        return f"SELECT {select} WHERE false"
    by_name = "true" if any(names != present for names in held) else "false"
    paths = ", ".join(_literal(file.path) for file in files)
    # DuckDB takes the path for a pattern, and the folder's name may hold what a pattern gives a meaning to.
    plain = f"regexp_replace({root}, '([*[])', '[\\1]', 'g')"
    source = f"list_transform([{paths}], lambda file: {plain} || '/' || file)"
    # Names come from declarations, paths are checked by the manifest and quoted: nothing here is from an article.
    return f"SELECT {select} FROM read_parquet({source}, union_by_name = {by_name}, hive_partitioning = false)"  # noqa: S608


def _select_item(column: Column, present: bool) -> str:  # noqa: FBT001 -- one private caller
    name = _identifier(column.name)
    return f"CAST({name if present else 'NULL'} AS {column.type}) AS {name}"


def _comment_statements() -> Iterator[str]:
    """Yield the comments; only the file gets them, because they take four times as long as the views."""
    yield f"COMMENT ON VIEW snapshot IS {_literal(_SNAPSHOT_COMMENT)}"
    for table in TABLES.values():
        yield from _table_comments(table)
    for view in _READING_VIEWS:
        yield from _reading_view_comments(view)


def _table_comments(table: Table) -> Iterator[str]:
    standing = "" if table.public else "Internal, free to change. "
    yield f"COMMENT ON VIEW {table.name} IS {_literal(standing + table.description)}"
    for column in (*table.columns, *DERIVED_COLUMNS.get(table.name, ())):
        yield _column_comment(table.name, column)


def _reading_view_comments(view: str) -> Iterator[str]:
    template = _template(view)
    yield f"COMMENT ON VIEW {view} IS {_literal(template.splitlines()[0].removeprefix('-- '))}"
    for table, name in _QUALIFIED_COLUMN.findall(template):
        yield _column_comment(view, TABLES[table].column(name))
    for column in _READING_VIEWS[view]:
        yield _column_comment(view, column)


def _column_comment(view: str, column: Column) -> str:
    unit = f" [{column.unit}]" if column.unit else ""
    return f"COMMENT ON COLUMN {view}.{_identifier(column.name)} IS {_literal(column.description + unit)}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
