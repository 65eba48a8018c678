"""What may be swept out of a warehouse.

Belongs here: which files are the warehouse's own and named by nobody. Does not belong here: which snapshots are kept,
and the deleting (`store.py`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warehouse.errors import WarehouseDamagedError
from warehouse.manifest import read_receipt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DATA_FILE = re.compile(r"[0-9a-f]+\.parquet")
_ARCHIVE = re.compile(r"[0-9a-f]+\.warc\.gz")
_RECEIPT = re.compile(r"[0-9a-f]+\.json")
_STAGED = re.compile(r"[0-9a-f]{32}\.tmp(\.wal)?")


def unnamed_files(root: Path, live: set[str]) -> list[Path]:
    """Return the files below the root that the warehouse wrote and that are not live, in order of their paths.

    `live` are the paths, relative to the root, of the data files to keep. Receipts go when one of their files does.
    Files of other names are somebody else's and never listed.
    """
    written = (*_own(root, "tables/*/*", _DATA_FILE), *_own(root, "archive/*", _ARCHIVE))
    data = (path for path in written if path.relative_to(root).as_posix() not in live)
    receipts = (path for path in _own(root, "receipts/*", _RECEIPT) if not _is_live_receipt(path, live))
    return sorted([*data, *receipts, *_own(root, "staging/*", _STAGED)])


def _own(root: Path, pattern: str, name: re.Pattern[str]) -> Iterator[Path]:
    return (path for path in root.glob(pattern) if name.fullmatch(path.name))


def _is_live_receipt(path: Path, live: set[str]) -> bool:
    try:
        receipt = read_receipt(path.read_bytes(), str(path))
    except WarehouseDamagedError:
        return False
    return bool(receipt.files) and all(file.path in live for file in receipt.files)
