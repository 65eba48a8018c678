"""The catalog that analysts open: views with types and comments, wherever the folder lies."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb
import pyarrow.parquet as pq
import pytest

from schemas.tables import DERIVED_COLUMNS, TABLES
from tests.unit.store_samples import KEY, NOON, TEXT, table, tables, world, write_file
from warehouse.catalog import connect, connect_files
from warehouse.errors import UnknownSnapshotError, WarehouseDamagedError
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from warehouse.manifest import DataFile

_ODD_NAME = 'it\'s [a] "wär{documents}" house*, country=FR'


def _published(root: Path) -> Store:
    store = Store(root)
    store.publish(store.write("load", "p", KEY, tables(world())).files, "run", NOON)
    return store


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the catalog of a small world as an analyst does, with DuckDB alone."""
    with duckdb.connect(str(_published(tmp_path).catalog_path), read_only=True) as connection:
        yield connection


def test_views_have_the_declared_columns(catalog: duckdb.DuckDBPyConnection) -> None:
    """Names, order and types are those of the declarations, derived columns last."""
    found = catalog.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    ).fetchall()
    types = {"TIMESTAMPTZ": "TIMESTAMP WITH TIME ZONE"}
    declared = [
        (name, column.name, types.get(column.type, column.type))
        for name, declaration in TABLES.items()
        for column in (*declaration.columns, *DERIVED_COLUMNS.get(name, ()))
    ]
    assert [row for row in found if row[0] in TABLES] == sorted(declared)


def test_views_and_columns_have_comments(catalog: duckdb.DuckDBPyConnection) -> None:
    """Each view says what a row is, each column what it means and in which unit; working tables are marked."""
    views = dict(catalog.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
    assert set(views) == {*TABLES, "snapshot", "events_with_sentences"}
    assert views["events"] == TABLES["events"].description
    assert views["raw_documents"].startswith("Internal, free to change. ")
    assert all(views.values())
    columns = {
        (view, column): comment
        for view, column, comment in catalog.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
    }
    assert [place for place, comment in columns.items() if not comment and place[0] != "snapshot"] == []
    assert columns["events", "killed_min"].endswith("[people]")


def test_the_catalog_says_what_it_shows(catalog: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """One row names the snapshot, its run, its time and the folder."""
    row = catalog.execute("SELECT snapshot_id, run_id, epoch(published_at), root FROM snapshot").fetchone()
    assert row == (1, "run", NOON.timestamp(), str(tmp_path.resolve()))


def test_sentences_stand_behind_events(catalog: duckdb.DuckDBPyConnection) -> None:
    """The sentence is cut out of the text by code points, and only mentions with an event are shown."""
    query = "SELECT event_id, sentence, trigger, source_id FROM events_with_sentences"
    assert catalog.execute(query).fetchall() == [("event", TEXT[: TEXT.index(".") + 1], "shelled", "x")]


def test_merged_events_are_one(tmp_path: Path) -> None:
    """Mentions of an event that turned out to be another one carry the id of that one, in each view that shows them."""
    store = Store(tmp_path)
    rows = world() | {"event_links": [{"event_id": "event", "merged_into": "earlier"}]}
    receipt = store.write("load", "p", KEY, tables(rows))
    with connect_files(store.root, receipt.files) as connection:
        for view in ("event_mentions", "events_with_sentences"):
            assert connection.execute(f"SELECT event_id FROM {view}").fetchall() == [("earlier",)]  # noqa: S608


def test_linked_entities_are_one(tmp_path: Path) -> None:
    """Who turned out to be another entity has that one's id in each view, and mentions a score that says how sure."""
    store = Store(tmp_path)
    rows = world()
    link = {"document_id": "doc", "entity_id": "rebels", "merged_into": "army", "score": 0.5}
    rows["entity_links"] = [link, {**link, "document_id": "elsewhere", "merged_into": "nobody"}]
    rows["event_mentions"][0]["attributed_to"] = "rebels"
    receipt = store.write("load", "p", KEY, tables(rows))
    with connect_files(store.root, receipt.files) as connection:
        mentions = connection.execute(
            "SELECT entity_id, link_score FROM entity_mentions ORDER BY mention_id"
        ).fetchall()
        assert mentions == [("army", 0.45), ("town", None)]
        assert connection.execute("SELECT entity_id FROM event_arguments").fetchall() == [("army",)]
        assert connection.execute("SELECT attributed_to, place_id FROM event_mentions").fetchall() == [("army", "town")]


def test_duplicates_point_to_the_original(tmp_path: Path) -> None:
    """Documents tell the article that they repeat, and stay one row each."""
    store = Store(tmp_path)
    rows = [{"document_id": name} for name in ("a", "b", "c")]
    repeats = table("duplicates", {"document_id": "b", "duplicate_of": "a"})
    receipt = store.write("load", "p", KEY, {"documents": table("documents", *rows), "duplicates": repeats})
    with connect_files(store.root, receipt.files) as connection:
        shown = connection.execute("SELECT document_id, duplicate_of FROM documents ORDER BY 1").fetchall()
    assert shown == [("a", None), ("b", "a"), ("c", None)]


def test_a_connection_shows_one_snapshot(tmp_path: Path) -> None:
    """As of a run: older snapshots stay readable, unknown ones are refused, and before the first all is empty."""
    store = Store(tmp_path)
    with connect(store) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchall() == [(0,)]
    first = write_file(store, "00000001", "old")
    store.publish([first], "1", NOON)
    store.publish([first, write_file(store, "00000002", "new")], "2", NOON)
    for as_of, expected in ((1, [("old",)]), (2, [("new",), ("old",)]), (None, [("new",), ("old",)])):
        with connect(store, as_of) as connection:
            assert connection.execute("SELECT document_id FROM documents ORDER BY 1").fetchall() == expected
    with pytest.raises(UnknownSnapshotError, match="kept: 1, 2"):
        connect(store, 3)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A snapshot whose file somebody deleted gives an error that says which, and what to do."""
    store = _published(tmp_path)
    (tmp_path / "tables" / "events" / f"{KEY}.parquet").unlink()
    with pytest.raises(WarehouseDamagedError, match=rf"events/{KEY}\.parquet"):
        connect(store)


@pytest.mark.parametrize("move", [shutil.move, shutil.copytree])
def test_a_moved_folder_is_read(tmp_path: Path, move: Callable[[Path, Path], object]) -> None:
    """After a move or a copy one SET VARIABLE reads the new place, and so does any command, for good."""
    old, new = tmp_path / "old", tmp_path / _ODD_NAME
    _published(old)
    move(old, new)
    shutil.rmtree(old, ignore_errors=True)
    store = Store(new)
    with duckdb.connect(str(store.catalog_path), read_only=True) as connection:
        with pytest.raises(duckdb.IOException, match="old"):
            connection.execute("SELECT * FROM events").fetchall()
        connection.execute("SET VARIABLE dateline_root = ?", [str(new)])
        assert connection.execute("SELECT event_id FROM events").fetchall() == [("event",)]
    store.repair_catalog()
    with duckdb.connect(str(store.catalog_path), read_only=True) as connection:
        assert connection.execute("SELECT event_id FROM events").fetchall() == [("event",)]
        assert connection.execute("SELECT root FROM snapshot").fetchall() == [(str(new.resolve()),)]


def test_a_root_may_have_any_name(tmp_path: Path) -> None:
    """Quotes, braces and what patterns are made of stand for themselves; a look-alike folder is not read."""
    for letter in "sx":
        _published(tmp_path / f"house{letter}")
    store = _published(tmp_path / "house[sx]")
    with duckdb.connect(str(store.catalog_path), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchall() == [(1,)]
    with connect(_published(tmp_path / _ODD_NAME)) as connection:
        assert connection.execute("SELECT event_id, country FROM events").fetchall() == [("event", None)]


def test_the_catalog_can_be_attached(tmp_path: Path) -> None:
    """Views work beside an analyst's own tables, too."""
    path = str(_published(tmp_path).catalog_path).replace("'", "''")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS news (READ_ONLY)")
        assert connection.execute("SELECT sentence IS NOT NULL FROM news.events_with_sentences").fetchall() == [(True,)]
        assert connection.execute("SELECT duplicate_of FROM news.documents").fetchall() == [(None,)]


def _delete(path: Path) -> None:
    path.unlink()


def _tear(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _replace_by_another(path: Path) -> None:
    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE mine (x INTEGER)")


@pytest.mark.parametrize("damage", [_delete, _tear, _replace_by_another])
def test_a_bad_catalog_is_rebuilt(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """Whatever stands in its place, the catalog is made again from the snapshot."""
    store = _published(tmp_path)
    damage(store.catalog_path)
    store.repair_catalog()
    with duckdb.connect(str(store.catalog_path), read_only=True) as connection:
        assert connection.execute("SELECT event_id FROM events").fetchall() == [("event",)]


def test_a_stale_catalog_is_rebuilt_and_a_fresh_one_left(tmp_path: Path) -> None:
    """A run killed between manifest and swap is made up for; otherwise the file is not touched."""
    store = Store(tmp_path)
    store.publish([write_file(store, "00000001", "old")], "1", NOON)
    stale = store.catalog_path.read_bytes()
    store.publish([write_file(store, "00000002", "new")], "2", NOON)
    fresh = store.catalog_path.stat()
    store.repair_catalog()
    left = store.catalog_path.stat()
    assert (left.st_ino, left.st_mtime_ns) == (fresh.st_ino, fresh.st_mtime_ns)
    store.catalog_path.write_bytes(stale)
    store.repair_catalog()
    with duckdb.connect(str(store.catalog_path), read_only=True) as connection:
        assert connection.execute("SELECT document_id FROM documents").fetchall() == [("new",)]
    assert not list((tmp_path / "staging").iterdir())


def _without_title(store: Store, key: str, name: str) -> DataFile:
    """Make a file as a version before the column `title` would have written it."""
    file = write_file(store, key, name)
    path = store.root / file.path
    pq.write_table(pq.read_table(path).drop_columns(["title"]), path)
    return replace(file, stats={column: stats for column, stats in file.stats.items() if column != "title"})


def test_files_older_than_a_column_show_null(tmp_path: Path) -> None:
    """Snapshots from before a column was declared stay readable beside newer ones."""
    store = Store(tmp_path)
    files = [write_file(store, "00000001", "new"), _without_title(store, "00000002", "old")]
    with connect_files(store.root, files) as connection:
        shown = connection.execute("SELECT document_id, title, text FROM documents ORDER BY 1").fetchall()
    assert shown == [("new", None, "text of new"), ("old", None, "text of old")]
    with connect_files(store.root, files[1:]) as connection:
        assert connection.execute("SELECT title FROM documents").fetchall() == [(None,)]
