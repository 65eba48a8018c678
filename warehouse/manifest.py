"""What a warehouse holds: data files, the receipts of stages, and snapshots, as records and as JSON.

Belongs here: the records and how they are read and written; whoever reads one of these files gets a valid record or an
error. The shape follows DuckLake's tables (snapshot, table, data file, column statistics per file), so that a
warehouse can be exported to it. Does not belong here: where the files lie (`store.py`).
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from schemas.tables import SCHEMA_VERSION
from warehouse.errors import WarehouseConflictError, WarehouseDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Bound = str | int | float | None
"""Least or greatest value: dates and times are ISO 8601 strings; None where there is no value or no bound."""

_FORMAT = "dateline warehouse 1"
_KEY = re.compile(r"[0-9a-f]{8,64}")
_DATA_PATH = re.compile(r"tables/[a-z0-9_]+/[0-9a-f]+\.parquet|archive/[0-9a-f]+\.warc\.gz")
ARCHIVE = "archive"
"""What stands in place of a table's name for a WARC file, which is no table."""


@dataclass(frozen=True, slots=True)
class ColumnStats:
    """Bounds of one column in one file: every value lies within `min`..`max`; long strings are cut, outwards."""

    min: Bound
    max: Bound
    null_count: int


@dataclass(frozen=True, slots=True)
class DataFile:
    """One Parquet file of one table, or one WARC file of a partition's responses.

    Attributes:
        table: name of the table, or ARCHIVE.
        partition: the unit of work that its rows come from.
        key: hexadecimal digest of everything that the rows depend on; the file is named after it.
        path: where it lies below the root, with forward slashes.
        rows: number of rows; 0 for an archive.
        size: bytes.
        sha256: digest of the bytes, hexadecimal.
        stats: column name to bounds; one entry per column of the file.
    """

    table: str
    partition: str
    key: str
    path: str
    rows: int
    size: int
    sha256: str
    stats: Mapping[str, ColumnStats] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one stage made of one partition: one file per table that it writes."""

    stage: str
    partition: str
    key: str
    files: tuple[DataFile, ...]

    @property
    def rows(self) -> dict[str, int]:
        """Rows by table name."""
        return {file.table: file.rows for file in self.files}

    def file(self, table: str) -> DataFile | None:
        """Return the file of a table; None where the stage does not write that table."""
        return next((file for file in self.files if file.table == table), None)

    def require(self, table: str) -> DataFile:
        """Return the file of a table that the stage writes; KeyError where it does not."""
        found = self.file(table)
        if found is None:
            raise KeyError(f"stage {self.stage} writes {', '.join(sorted(self.rows))}, not {table}")
        return found

    def require_same(self, stage: str, partition: str, tables: set[str]) -> Receipt:
        """Return this result; WarehouseConflictError where it is one of another stage, partition or set of tables."""
        if (self.stage, self.partition, set(self.rows)) != (stage, partition, tables):
            raise WarehouseConflictError(
                f"key {self.key} already stands for stage {self.stage!r}, partition {self.partition!r} and the tables "
                f"{sorted(self.rows)}, not for {stage!r}, {partition!r} and {sorted(tables)}: put these into the key"
            )
        return self


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every live file of every table at one moment; `published_at` is UTC, `parent_id` the snapshot before."""

    snapshot_id: int
    parent_id: int | None
    schema_version: int
    run_id: str
    published_at: datetime
    files: tuple[DataFile, ...]

    def table(self, name: str) -> tuple[DataFile, ...]:
        """Return the files of a table, in order of partition and key."""
        return tuple(file for file in self.files if file.table == name)

    @property
    def partitions(self) -> list[str]:
        """The partitions that have a file, sorted."""
        return sorted({file.partition for file in self.files})

    def holds(self, files: Iterable[DataFile]) -> bool:
        """Tell whether these files, and no others, are live."""
        return _identities(self.files) == _identities(files)


def _identities(files: Iterable[DataFile]) -> set[tuple[str, str, str]]:
    return {(file.path, file.partition, file.sha256) for file in files}


def successor(parent: Snapshot | None, files: Iterable[DataFile], run_id: str, published_at: datetime) -> Snapshot:
    """Return the snapshot that follows `parent`, or the first one."""
    parent_id = None if parent is None else parent.snapshot_id
    return Snapshot(
        (parent_id or 0) + 1, parent_id, SCHEMA_VERSION, run_id, published_at.astimezone(UTC), in_order(files)
    )


def in_order(files: Iterable[DataFile]) -> tuple[DataFile, ...]:
    """Return the files in the order in which manifests name them."""
    return tuple(sorted(files, key=lambda file: (file.table, file.partition, file.key)))


def is_key(key: str) -> bool:
    """Tell whether files may be named after this: 8 to 64 lower-case hexadecimal digits."""
    return _KEY.fullmatch(key) is not None


def receipt_json(receipt: Receipt) -> bytes:
    """Return the receipt as the bytes of its file."""
    return _encode("receipt", asdict(receipt))


def snapshot_json(snapshot: Snapshot) -> bytes:
    """Return the snapshot as the bytes of its manifest."""
    return _encode("snapshot", {**asdict(snapshot), "published_at": snapshot.published_at.astimezone(UTC).isoformat()})


def read_receipt(content: bytes, name: str) -> Receipt:
    """Return the receipt that these bytes hold; WarehouseDamagedError, naming `name`, where they hold none."""
    with _reading(name):
        body = _decode("receipt", content)
        return Receipt(_text(body, "stage"), _text(body, "partition"), _text(body, "key"), _files(body))


def read_snapshot(content: bytes, name: str) -> Snapshot:
    """Return the snapshot that these bytes hold; WarehouseDamagedError, naming `name`, where they hold none."""
    with _reading(name):
        body = _decode("snapshot", content)
        return Snapshot(
            _whole(body, "snapshot_id"),
            None if body["parent_id"] is None else _whole(body, "parent_id"),
            _whole(body, "schema_version"),
            _text(body, "run_id"),
            _moment(_text(body, "published_at")),
            _files(body),
        )


def _encode(kind: str, body: Mapping[str, Any]) -> bytes:
    """Give each data file a line of its own, so that two manifests can be compared with line tools."""
    head = _compact({"format": _FORMAT, "kind": kind} | {name: body[name] for name in body if name != "files"})
    files = ",\n".join(_compact(file) for file in body["files"])
    return f'{head[:-1]},"files":[\n{files}\n]}}\n'.encode("ascii")


def _compact(value: Mapping[str, Any]) -> str:
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def _decode(kind: str, content: bytes) -> dict[str, Any]:
    body = json.loads(content)
    if not isinstance(body, dict) or (body.get("format"), body.get("kind")) != (_FORMAT, kind):
        raise ValueError(f'expected a JSON object with "format": "{_FORMAT}" and "kind": "{kind}"')
    return body


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise WarehouseDamagedError(
            f"{name} is damaged, or no file of this warehouse ({type(error).__name__}: {error}). "
            "Restore it from a copy, or move it away to go on with what was published before"
        ) from error


def _files(body: dict[str, Any]) -> tuple[DataFile, ...]:
    return in_order(_data_file(entry) for entry in body["files"])


def _data_file(body: dict[str, Any]) -> DataFile:
    table, key, path = _text(body, "table"), _text(body, "key"), _text(body, "path")
    if not _DATA_PATH.fullmatch(path):  # a manifest must not be able to point outside the warehouse
        raise ValueError(f"expected a path like tables/<table>/<key>.parquet or archive/<key>.warc.gz, got {path!r}")
    return DataFile(
        table,
        _text(body, "partition"),
        key,
        path,
        _whole(body, "rows"),
        _whole(body, "size"),
        _text(body, "sha256"),
        {name: _column_stats(stats) for name, stats in body["stats"].items()},
    )


def _column_stats(body: dict[str, Any]) -> ColumnStats:
    return ColumnStats(_bound(body["min"]), _bound(body["max"]), _whole(body, "null_count"))


def _bound(value: object) -> Bound:
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError(f"expected a string, a number or null as bound, got {value!r}")


def _text(body: dict[str, Any], name: str) -> str:
    value = body[name]
    if not isinstance(value, str):
        raise TypeError(f"expected a string as {name}, got {value!r}")
    return value


def _whole(body: dict[str, Any], name: str) -> int:
    value = body[name]
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"expected a whole number from 0 up as {name}, got {value!r}")
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"expected a time with its zone as published_at, got {text!r}")
    return moment.astimezone(UTC)
