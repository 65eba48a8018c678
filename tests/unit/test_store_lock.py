"""One writer at a time, and readers that are never disturbed."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.unit.store_samples import NOON, table, write_file
from warehouse.errors import WarehouseLockedError
from warehouse.store import Store

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event
    from pathlib import Path

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["warehouse.store", "tests.unit.store_samples"])


def _hold(root: Path, held: Event, finish: Event) -> None:
    with Store(root).lock():
        held.set()
        finish.wait(20)


def test_a_second_writer_waits_or_is_told_who_is_first(tmp_path: Path) -> None:
    """Another process's lock is refused with its number, host and time; who waits gets it when that process ends."""
    held, finish = _processes.Event(), _processes.Event()
    holder = _processes.Process(target=_hold, args=(tmp_path, held, finish))
    holder.start()
    assert held.wait(20)
    store = Store(tmp_path)
    with (
        pytest.raises(WarehouseLockedError, match=rf"process {holder.pid} on {os.uname().nodename} since 20"),
        store.lock(),
    ):
        pytest.fail("two writers hold the lock")
    threading.Timer(0.2, finish.set).start()
    with store.lock(wait_s=20):
        pass
    holder.join(20)


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    """The lock of a process that was killed is free at once, without anybody's help."""
    held, finish = _processes.Event(), _processes.Event()
    holder = _processes.Process(target=_hold, args=(tmp_path, held, finish))
    holder.start()
    assert held.wait(20)
    holder.kill()
    holder.join(20)
    with Store(tmp_path).lock():
        pass


def test_the_lock_holds_within_one_process(tmp_path: Path) -> None:
    """Two stores of one process exclude each other too, and an error frees the lock."""
    with (
        Store(tmp_path).lock(),
        pytest.raises(WarehouseLockedError, match=f"process {os.getpid()}"),
        Store(tmp_path).lock(),
    ):
        pytest.fail("two writers hold the lock")
    with pytest.raises(KeyError), Store(tmp_path).lock():
        raise KeyError
    with Store(tmp_path).lock():
        pass


_NUMBERS = """
    SELECT snapshot_id, document_id::BIGINT, rejections.raw_id::BIGINT FROM snapshot, documents, rejections
"""


def test_readers_see_whole_snapshots_while_a_writer_publishes(tmp_path: Path) -> None:
    """The catalog opens at any moment, and all tables in it are of one snapshot, which never goes back."""
    store = Store(tmp_path)
    stop = threading.Event()

    def write(number: int) -> None:
        tables = {
            "documents": table("documents", {"document_id": str(number)}),
            "rejections": table("rejections", {"raw_id": str(number)}),
        }
        store.publish(store.write("clean", "p", f"{number:08x}", tables).files, str(number), NOON)

    def keep_writing() -> None:
        for number in range(2, 12):
            write(number)
        stop.set()

    write(1)
    writer = threading.Thread(target=keep_writing)
    writer.start()
    seen = []
    while not stop.is_set():
        with duckdb.connect(str(store.catalog_path), read_only=True) as connection:
            seen += connection.execute(_NUMBERS).fetchall()
        time.sleep(0.005)
    writer.join()
    assert len(seen) > 5
    assert seen == sorted(seen)
    assert all(a == b == c for a, b, c in seen)


def test_a_query_outlives_the_swap_of_its_catalog(tmp_path: Path) -> None:
    """An open connection goes on showing the snapshot that it opened."""
    store = Store(tmp_path)
    store.publish([write_file(store, "00000001", "old")], "1", NOON)
    with duckdb.connect(str(store.catalog_path), read_only=True) as connection:
        store.publish([write_file(store, "00000002", "new")], "2", NOON)
        assert connection.execute("SELECT document_id FROM documents").fetchall() == [("old",)]
