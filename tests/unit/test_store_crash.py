"""Killed at any moment, a run leaves the old or the new snapshot, and running again completes it."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from tests.unit.store_samples import NOON, table
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["warehouse.store", "tests.unit.store_samples"])


def _run(root: Path, number: int) -> None:
    """Write two tables under two keys, and publish them."""
    store = Store(root)
    with store.lock(wait_s=5):
        clean = store.write(
            "clean", "p", f"{number:08x}", {"documents": table("documents", {"document_id": f"{number}"})}
        )
        load = store.write("load", "p", f"{number:08x}" * 2, {"events": table("events", {"event_id": f"{number}"})})
        store.publish([*clean.files, *load.files], f"run {number}", NOON)


def _run_for_ever(root: Path, first: int) -> None:
    for number in range(first, first + 10_000):
        _run(root, number)


def _run_until_step(root: Path, number: int, step: int) -> None:
    """Run, but kill this process just before its n-th change to the disk."""
    left = step

    def dying(change: Callable[..., Any]) -> Callable[..., Any]:
        def before(*args: object, **options: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return change(*args, **options)

        return before

    os.fsync = dying(os.fsync)
    for name in ("replace", "hardlink_to", "unlink", "mkdir"):
        setattr(Path, name, dying(getattr(Path, name)))
    _run(root, number)


def _assert_whole(root: Path) -> int:
    """Return the number of the run that the warehouse shows, 0 for none; the catalog may still show one before it."""
    store = Store(root)
    snapshot = store.current()
    if snapshot is None:
        return 0
    numbers = {store.read(file, [f"{file.table[:-1]}_id"]).column(0).to_pylist()[0] for file in snapshot.files}
    assert len(snapshot.files) == 2
    assert numbers == {snapshot.run_id.removeprefix("run ")}
    if store.catalog_path.exists():
        with duckdb.connect(str(store.catalog_path), read_only=True) as connection:
            query = "SELECT run_id, document_id, event_id FROM snapshot, documents, events"
            ((run_id, document_id, event_id),) = connection.execute(query).fetchall()
        assert run_id == f"run {document_id}" == f"run {event_id}"
        assert 0 < int(document_id) <= int(*numbers)
    return int(*numbers)


def _assert_shown(root: Path, number: int) -> None:
    with duckdb.connect(str(root / "dateline.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT document_id FROM documents").fetchall() == [(f"{number}",)]


def _killed(target: Callable[..., None], *args: object) -> bool:
    process = _processes.Process(target=target, args=args)
    process.start()
    process.join(30)
    return process.exitcode == -signal.SIGKILL


def test_the_first_run_is_killed_before_any_step(tmp_path: Path) -> None:
    """Whichever change to the disk is the last one, nothing half is shown; the folders are being made, too."""
    steps = 0
    while _killed(_run_until_step, tmp_path / f"{steps}", 1, steps):
        assert _assert_whole(tmp_path / f"{steps}") in {0, 1}
        steps += 4
    assert steps > 30
    for step in range(0, steps, 16):
        _run(tmp_path / f"{step}", 1)
        _assert_shown(tmp_path / f"{step}", 1)


def test_a_later_run_is_killed_before_any_step(tmp_path: Path) -> None:
    """The snapshot before stays until the new one is there, and what a killed run left is swept."""
    _run(tmp_path, 1)
    step, shown = 0, 1
    while _killed(_run_until_step, tmp_path, step + 2, step):  # always another number, or it would find work done
        before, shown = shown, _assert_whole(tmp_path)
        assert shown in {before, step + 2}
        if shown != before:
            _run(tmp_path, shown)
            _assert_shown(tmp_path, shown)
        step += 1
    assert step >= 20
    _assert_shown(tmp_path, step + 2)
    with Store(tmp_path).lock():
        Store(tmp_path).vacuum(keep=1)
    assert len(list(tmp_path.glob("tables/*/*"))) == 2
    assert not list(tmp_path.glob("staging/*"))


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """A loop of runs is killed fifteen times; every time the warehouse is whole, and never falls back."""
    moments = random.Random(0)  # noqa: S311 -- no secret
    began = time.monotonic()
    _run(tmp_path, 1)
    one_run = time.monotonic() - began
    shown = 1
    for _ in range(15):
        process = _processes.Process(target=_run_for_ever, args=(tmp_path, shown + 1))
        process.start()
        time.sleep(moments.uniform(0, 2 * one_run))
        process.kill()
        process.join(30)
        before, shown = shown, _assert_whole(tmp_path)
        assert shown >= before
    _run(tmp_path, shown + 1)
    _assert_shown(tmp_path, shown + 1)
