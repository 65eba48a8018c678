"""Files that are not what their manifest says.

Belongs here: how that is found, and what is said of it. Does not belong here: where files lie (`store.py`).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from warehouse.errors import WarehouseDamagedError

if TYPE_CHECKING:
    from pathlib import Path

    from warehouse.manifest import DataFile


def verified(path: Path, file: DataFile) -> bytes:
    """Return the bytes of a file; WarehouseDamagedError where they are not the ones that were written."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise damaged(path, "its SHA-256 digest is not the one in the manifest")
    return content


def damaged(path: Path, reason: str) -> WarehouseDamagedError:
    """Return the error that says what is wrong with a file, and what to do."""
    return WarehouseDamagedError(
        f"{path} is damaged: {reason}. Run `dateline rebuild`, which makes it anew or says what is lost, or restore it "
        "from a copy"
    )
