"""Snapshots: what is published, kept, refused and swept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tests.unit.store_samples import KEY, NOON, documents, write_file
from warehouse.catalog import connect
from warehouse.errors import UnknownSnapshotError, WarehouseConflictError, WarehouseDamagedError, WarehouseError
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_snapshot_names_what_was_published(tmp_path: Path) -> None:
    """Snapshots follow each other, older ones stay readable, and the same files publish nothing new."""
    store = Store(tmp_path)
    assert store.current() is None
    one, two = write_file(store, "11" * 8), write_file(store, "22" * 8)
    first = store.publish([one], "run 1", NOON)
    second = store.publish([two, one], "run 2", NOON.astimezone(dt.timezone(dt.timedelta(hours=5))))
    assert store.publish([one, two], "run 3", NOON) == second
    assert store.snapshots() == [1, 2]
    assert store.current() == second == store.snapshot(2)
    assert (second.parent_id, second.run_id, second.published_at) == (1, "run 2", NOON)
    assert second.table("documents") == (one, two)
    assert second.table("events") == ()
    assert second.partitions == ["p"]
    assert store.snapshot(1) == first
    with pytest.raises(UnknownSnapshotError, match=r"no snapshot 7 .* kept: 1, 2"):
        store.snapshot(7)


def test_only_whole_sets_of_files_are_published(tmp_path: Path) -> None:
    """A missing file, a file named twice and a time without zone are refused; nothing is published."""
    store = Store(tmp_path)
    file = write_file(store)
    with pytest.raises(ValueError, match="given twice"):
        store.publish([file, file], "run", NOON)
    with pytest.raises(ValueError, match="zone"):
        store.publish([file], "run", NOON.replace(tzinfo=None))
    (tmp_path / file.path).unlink()
    with pytest.raises(WarehouseDamagedError, match="expected a file of"):
        store.publish([file], "run", NOON)
    assert store.snapshots() == []


def _rewrite(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content[:-20],
        lambda _: b"not json",
        _rewrite(b"dateline warehouse 1", b"lakehouse 9"),
        _rewrite(b'"path":"tables/', b'"path":"../tables/'),
        _rewrite(b'"rows":1', b'"rows":-1'),
        _rewrite(b'"rows":1', b'"rows":"1"'),
        _rewrite(b"+00:00", b""),
        _rewrite(b'"run_id"', b'"run"'),
    ],
)
def test_a_foreign_manifest_is_refused(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    """A manifest that is torn, of another program or points elsewhere is an error that names it."""
    store = Store(tmp_path)
    store.publish([write_file(store)], "run", NOON)
    path = tmp_path / "snapshots" / "00000001.json"
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(WarehouseDamagedError, match=r"00000001\.json is damaged, or no file of this warehouse"):
        store.current()


def test_a_newer_warehouse_is_refused(tmp_path: Path) -> None:
    """Tables of a later version are not read as if they were known."""
    store = Store(tmp_path)
    store.publish([write_file(store)], "run", NOON)
    path = tmp_path / "snapshots" / "00000001.json"
    path.write_bytes(path.read_bytes().replace(b'"schema_version":', b'"schema_version":99'))
    with pytest.raises(WarehouseError, match="update the program"):
        store.current()


def test_two_publishers_cannot_both_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the lock, the one who comes second is told so and overwrites nothing."""
    store = Store(tmp_path)
    one, two = write_file(store, "11" * 8), write_file(store, "22" * 8)
    first = store.publish([one], "run 1", NOON)
    monkeypatch.setattr(Store, "current", lambda _: None)
    with pytest.raises(WarehouseConflictError, match="snapshot 1 meanwhile"):
        store.publish([two], "run 2", NOON)
    monkeypatch.undo()
    assert store.current() == first
    assert not list((tmp_path / "staging").iterdir())


def test_vacuum_keeps_what_is_named(tmp_path: Path) -> None:
    """Old snapshots, unpublished results and leftovers go; what a kept snapshot names stays, as do foreign files."""
    store = Store(tmp_path)
    keys = [f"{i:08x}" for i in range(4)]
    for key in keys[:3]:
        store.publish([write_file(store, key)], key, NOON)
    write_file(store, keys[3])
    (tmp_path / "staging" / f"{'0' * 32}.tmp").touch()
    for foreign in ("tables/documents/notes.txt", "receipts/mine.json", "staging/keep.me"):
        (tmp_path / foreign).touch()
    with store.lock():
        gone = store.vacuum(keep=2)
        assert store.vacuum(keep=2) == []
    assert gone == [
        "receipts/00000000.json",
        "receipts/00000003.json",
        "snapshots/00000001.json",
        f"staging/{'0' * 32}.tmp",
        "tables/documents/00000000.parquet",
        "tables/documents/00000003.parquet",
    ]
    assert store.snapshots() == [2, 3]
    assert all(store.read(file).num_rows == 1 for i in (2, 3) for file in store.snapshot(i).files)
    assert (tmp_path / "tables/documents/notes.txt").exists()
    assert store.publish([write_file(store, keys[3])], "run", NOON).snapshot_id == 4


def test_vacuum_needs_the_lock(tmp_path: Path) -> None:
    """Without the lock, or with nothing to keep, nothing is deleted."""
    store = Store(tmp_path)
    file = write_file(store)
    with pytest.raises(WarehouseError, match=r"with store\.lock"):
        store.vacuum()
    with store.lock(), pytest.raises(ValueError, match="at least one"):
        store.vacuum(keep=0)
    assert store.read(file).num_rows == 1


def test_an_archive_lives_and_goes_with_its_tables(tmp_path: Path) -> None:
    """It is named in receipt and snapshot, read by its digest, and removed with the last snapshot that names it."""
    store = Store(tmp_path)
    receipt = store.write("clean", "p", KEY, {"documents": documents("a")}, archive=b"WARC/1.1 ...")
    assert store.receipt(KEY) == receipt == store.write("clean", "p", KEY, {"documents": documents("a")}, b"other")
    file = receipt.require("archive")
    assert (file.path, store.read_archive(file)) == (f"archive/{KEY}.warc.gz", b"WARC/1.1 ...")
    assert store.publish(receipt.files, "run", NOON).holds(Store(tmp_path).snapshot(1).files)
    with connect(store) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    (tmp_path / file.path).write_bytes(b"WARC/1.1 !!!")
    with pytest.raises(WarehouseDamagedError, match="archive"):
        store.read_archive(file)
    store.publish([write_file(store, "ab" * 8)], "run", NOON)
    with store.lock():
        assert file.path in store.vacuum(keep=1)
