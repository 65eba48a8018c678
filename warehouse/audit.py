"""Which files of a snapshot are not what its manifest says, byte for byte.

Belongs here: finding them. Does not belong here: what to do about them; `flows/rebuild.py` makes anew what can be.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.manifest import DataFile, Snapshot


def damaged_files(root: Path, snapshot: Snapshot) -> list[DataFile]:
    """Return the files that are missing or whose digest is another; reads the whole snapshot, some 1 GB a second."""
    return [file for file in snapshot.files if not _is_whole(root, file)]


def is_complete(root: Path, snapshot: Snapshot) -> bool:
    """Tell whether every file is there in its full length; opens none of them."""
    return all(
        (root / file.path).is_file() and (root / file.path).stat().st_size == file.size for file in snapshot.files
    )


def _is_whole(root: Path, file: DataFile) -> bool:
    try:
        with (root / file.path).open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256
    except OSError:
        return False
