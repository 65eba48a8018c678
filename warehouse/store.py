"""The warehouse on disk: files of tables, receipts of stages, and snapshots that name every live file.

Belongs here: where things lie, in which order they are made durable, and what readers may rely on. A data file never
changes once it has its name; a receipt appears after its files, a manifest after everything that it names, and the
catalog after the manifest. So whatever moment a run is killed at, readers see one whole snapshot. Does not belong here:
what rows mean (`checks.py`), SQL (`catalog.py`).
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from schemas.tables import SCHEMA_VERSION
from warehouse import files as disk
from warehouse import manifest, parquet
from warehouse.catalog import build_catalog, is_fresh
from warehouse.damage import damaged, verified
from warehouse.errors import (
    UnknownSnapshotError,
    WarehouseConflictError,
    WarehouseDamagedError,
    WarehouseError,
)
from warehouse.lock import hold, holder, is_held
from warehouse.manifest import DataFile, Receipt, Snapshot
from warehouse.vacuum import unnamed_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

_RECEIPT_NAME = re.compile(r"([0-9a-f]{8,64})\.json")
_SNAPSHOT_NAME = re.compile(r"(\d{8})\.json")
_CATALOG_WAIT_S = 60.0
"""Building a catalog takes well under a second."""


class Store:
    """A warehouse below one folder. Instances hold no state but the folder, so they may be shared between threads."""

    def __init__(self, root: Path | str) -> None:
        """Point to a warehouse, which need not exist yet; WarehouseError where no warehouse can be there."""
        self.root = Path(root).expanduser().resolve()
        if "?" in str(self.root):  # DuckDB takes what follows for the query of an address
            raise WarehouseError(f"the warehouse root must not hold a question mark, got {self.root}; choose another")
        existing = next(path for path in (self.root, *self.root.parents) if path.exists())
        if not existing.is_dir():
            raise WarehouseError(f"the warehouse root must be a folder, but {existing} is a file; choose another")
        self.catalog_path = self.root / "dateline.duckdb"
        self._lock_path = self.root / ".lock"
        self._catalog_lock_path = self.root / ".catalog.lock"
        self._staging = self.root / "staging"
        self._receipts = self.root / "receipts"
        self._snapshots = self.root / "snapshots"

    def __repr__(self) -> str:
        """Name the root."""
        return f"Store({str(self.root)!r})"

    @contextmanager
    def lock(self, wait_s: float = 0.0) -> Iterator[None]:
        """Be the one writer; WarehouseLockedError, naming the holder, where another still is after `wait_s` seconds."""
        disk.make_folder(self.root)
        with hold(self._lock_path, wait_s):
            yield

    def writer(self) -> str | None:
        """Name the process that holds the lock, or return None where nobody does."""
        return holder(self._lock_path)

    def receipt(self, key: str) -> Receipt | None:
        """Return an earlier result of this key; None where there is none, or where one of its files is damaged."""
        path = self._receipt_path(key)
        try:
            receipt = manifest.read_receipt(path.read_bytes(), str(path))
        except (FileNotFoundError, WarehouseDamagedError):
            return None
        return receipt if all(self._is_there(file) for file in receipt.files) else None

    def receipts(self) -> list[str]:
        """Return the keys of all results that are there, published or not, sorted."""
        names = (_RECEIPT_NAME.fullmatch(path.name) for path in _listing(self._receipts))
        return sorted(name[1] for name in names if name)

    def write(
        self, stage: str, partition: str, key: str, tables: Mapping[str, pa.Table], archive: bytes | None = None
    ) -> Receipt:
        """Write the tables that a stage made of a partition, durably, and return their receipt.

        `archive` is the WARC file of the responses that they were made from; it is published and removed with them.

        The key is a digest of everything that the rows depend on (8 to 64 hexadecimal digits). It stands for one
        result: where an undamaged one is there, that one is returned and nothing is written. Rows are stored in the
        order given. Threads may write at once, each its own keys.

        Raises:
            TableMismatchError: a table is not as declared.
            WarehouseConflictError: the key already stands for another stage, partition or set of tables.
        """
        known = self.receipt(key)
        if known is not None:
            return known.require_same(stage, partition, {*tables, *([] if archive is None else [manifest.ARCHIVE])})
        contents = {name: parquet.conform(name, table) for name, table in sorted(tables.items())}
        staged = [self._stage_table(partition, key, name, table) for name, table in contents.items()]
        if archive is not None:
            staged.append(self._stage_archive(partition, key, archive))
        receipt = Receipt(stage, partition, key, manifest.in_order(file for file, _ in staged))
        self._install([(path, self.root / file.path) for file, path in staged])
        self._install([(self._stage(manifest.receipt_json(receipt)), self._receipt_path(key))])
        return receipt

    def _stage_table(self, partition: str, key: str, name: str, table: pa.Table) -> tuple[DataFile, Path]:
        content = parquet.encode(table)
        digest = hashlib.sha256(content).hexdigest()
        path = f"tables/{name}/{key}.parquet"
        stats = parquet.column_stats(table)
        file = DataFile(name, partition, key, path, table.num_rows, content.size, digest, stats)
        return file, self._stage(memoryview(content))

    def _stage_archive(self, partition: str, key: str, content: bytes) -> tuple[DataFile, Path]:
        path, digest = f"archive/{key}.warc.gz", hashlib.sha256(content).hexdigest()
        return DataFile(manifest.ARCHIVE, partition, key, path, 0, len(content), digest, {}), self._stage(content)

    def _stage(self, content: bytes | memoryview) -> Path:
        disk.make_folder(self._staging)
        return disk.stage(self._staging, content)

    def _install(self, moves: Sequence[tuple[Path, Path]]) -> None:
        for _, target in moves:
            disk.make_folder(target.parent)
        disk.install(moves)

    def read(self, file: DataFile, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of a file, or some of its columns, in stored order.

        Raises:
            WarehouseDamagedError: the file is missing or not the one that was written. Whole files are compared by
                digest, columns by size and page checksums.
        """
        path = self.root / file.path
        try:
            if columns is None:
                return parquet.decode(file.table, pa.BufferReader(verified(path, file)), None)
            if path.stat().st_size != file.size:
                raise damaged(path, f"expected {file.size} bytes, found {path.stat().st_size}")
            with pa.memory_map(str(path)) as source:
                return parquet.decode(file.table, source, columns)
        except (OSError, pa.ArrowException) as error:
            raise damaged(path, " ".join(str(error).split())) from error

    def read_archive(self, file: DataFile) -> bytes:
        """Return the bytes of a WARC file; WarehouseDamagedError as for `read`."""
        path = self.root / file.path
        try:
            return verified(path, file)
        except OSError as error:
            raise damaged(path, error.strerror or type(error).__name__) from error

    def snapshots(self) -> list[int]:
        """Return the ids of the kept snapshots, oldest first."""
        names = (_SNAPSHOT_NAME.fullmatch(path.name) for path in _listing(self._snapshots))
        return sorted(int(name[1]) for name in names if name)

    def current(self) -> Snapshot | None:
        """Return the newest snapshot; None where nothing was published yet."""
        kept = self.snapshots()
        return self.snapshot(kept[-1]) if kept else None

    def snapshot(self, snapshot_id: int) -> Snapshot:
        """Return a kept snapshot.

        Raises:
            UnknownSnapshotError: no kept snapshot has this id.
            WarehouseDamagedError: its manifest cannot be read.
        """
        path = self._snapshot_path(snapshot_id)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            kept = ", ".join(map(str, self.snapshots())) or "none"
            raise UnknownSnapshotError(f"there is no snapshot {snapshot_id} in {self.root}; kept: {kept}") from None
        snapshot = manifest.read_snapshot(content, str(path))
        if snapshot.schema_version > SCHEMA_VERSION:
            raise WarehouseError(
                f"snapshot {snapshot_id} has tables of version {snapshot.schema_version}, and this program knows "
                f"version {SCHEMA_VERSION}: update the program"
            )
        return snapshot

    def publish(self, files: Sequence[DataFile], run_id: str, published_at: datetime) -> Snapshot:
        """Make these files, and no others, the warehouse; return the new snapshot, or the current one if it equals it.

        To be called by the one writer (see `lock`), after the checks. `published_at` carries its zone.

        Raises:
            WarehouseDamagedError: a file is not there.
            WarehouseConflictError: another writer published at the same time.
        """
        self._require_publishable(files, published_at)
        current = self.current()
        if current is None or not current.holds(files):
            current = self._publish_manifest(manifest.successor(current, files, run_id, published_at))
        self.repair_catalog()
        return current

    def _require_publishable(self, files: Sequence[DataFile], published_at: datetime) -> None:
        if published_at.tzinfo is None:
            raise ValueError(f"published_at must carry its zone, got {published_at!r}")
        if len({file.path for file in files}) != len(files):
            raise ValueError("a snapshot must name each file once; the same file was given twice")
        for file in files:
            if not self._is_there(file):
                raise damaged(self.root / file.path, f"expected a file of {file.size} bytes")

    def _publish_manifest(self, snapshot: Snapshot) -> Snapshot:
        target = self._snapshot_path(snapshot.snapshot_id)
        disk.make_folder(target.parent)
        staged = self._stage(manifest.snapshot_json(snapshot))
        try:
            disk.install_new(staged, target)
        except FileExistsError:
            staged.unlink(missing_ok=True)
            raise WarehouseConflictError(
                f"another writer published snapshot {snapshot.snapshot_id} meanwhile; hold the lock while publishing, "
                "and run again"
            ) from None
        return snapshot

    def repair_catalog(self) -> None:
        """Rebuild `dateline.duckdb` where it is missing, not of the current snapshot, or from before the folder moved.

        Swapped in whole, so that readers of the former one are not disturbed. Where the folder cannot be written (a
        copy on a read-only disk) or nothing was published, nothing happens.
        """
        if self._has_fresh_catalog() or not os.access(self.root, os.W_OK):
            return
        with hold(self._catalog_lock_path, _CATALOG_WAIT_S):
            # Asked again under its own lock, or a slow reader's repair could undo the swap of a newer snapshot.
            current = self.current()
            if current is not None and not is_fresh(self.catalog_path, self.root, current):
                self._swap_catalog(current)

    def _has_fresh_catalog(self) -> bool:
        current = self.current()
        return current is None or is_fresh(self.catalog_path, self.root, current)

    def _swap_catalog(self, snapshot: Snapshot) -> None:
        disk.make_folder(self._staging)
        staged = disk.new_name(self._staging)
        build_catalog(self.root, snapshot, staged)
        disk.sync(staged)
        disk.install([(staged, self.catalog_path)])

    def vacuum(self, keep: int = 10) -> list[str]:
        """Drop all snapshots but the newest `keep`, then every file that none of these names; return what went.

        To be called while holding the lock. Files that the warehouse did not write are left alone. A query that still
        reads a dropped snapshot may fail.
        """
        if keep < 1:
            raise ValueError(f"vacuum must keep at least one snapshot, got keep={keep}")
        if not is_held(self._lock_path):
            raise WarehouseError("vacuum deletes files: call it as the one writer, inside `with store.lock():`")
        with hold(self._catalog_lock_path, _CATALOG_WAIT_S):  # or it would sweep a catalog that is being staged
            ids = self.snapshots()
            kept = [self.snapshot(snapshot_id) for snapshot_id in ids[-keep:]]
            dropped = [self._snapshot_path(snapshot_id) for snapshot_id in ids[:-keep]]
            disk.remove(dropped)  # first, so that no manifest ever names a file that is gone
            unnamed = unnamed_files(self.root, {file.path for snapshot in kept for file in snapshot.files})
            disk.remove(unnamed)
        return sorted(path.relative_to(self.root).as_posix() for path in (*dropped, *unnamed))

    def _is_there(self, file: DataFile) -> bool:
        try:
            return (self.root / file.path).stat().st_size == file.size
        except OSError:
            return False

    def _receipt_path(self, key: str) -> Path:
        if not manifest.is_key(key):
            raise ValueError(f"a key must be 8 to 64 lower-case hexadecimal digits, got {key!r}")
        return self._receipts / f"{key}.json"

    def _snapshot_path(self, snapshot_id: int) -> Path:
        return self._snapshots / f"{snapshot_id:08d}.json"


def _listing(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []
