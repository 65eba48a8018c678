"""One writer at a time: the lock of a warehouse, and who holds it.

Belongs here: taking the lock and telling who has it. The operating system frees the lock when its holder ends, however
it ends, so a lock is never stale; only the note about the holder can be.
"""

from __future__ import annotations

import json
import os
import socket
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from warehouse.errors import WarehouseLockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_held: set[Path] = set()
"""The locks that this process holds."""


@contextmanager
def hold(path: Path, wait_s: float) -> Iterator[None]:
    """Hold the lock at this path; WarehouseLockedError when another holds it for longer than `wait_s` seconds."""
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=max(wait_s, 0.0))
    except Timeout:
        raise WarehouseLockedError(_refusal(path, wait_s)) from None
    note = _note(path)
    try:
        _held.add(path)
        note.write_text(json.dumps(_this_process()), encoding="utf-8")
        yield
    finally:
        note.unlink(missing_ok=True)
        _held.discard(path)
        lock.release()


def holder(path: Path) -> str | None:
    """Name the process that holds the lock at this path, or return None where nobody does."""
    if not path.exists():
        return None
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return _holder(path)
    lock.release()
    return None


def is_held(path: Path) -> bool:
    """Tell whether this process holds the lock."""
    return path in _held


def _note(path: Path) -> Path:
    """Beside the lock, not in it: some versions of the lock library empty the lock file when they try it."""
    return path.with_name(path.name + ".json")


def _this_process() -> dict[str, str | int]:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": socket.gethostname(), "since": since}


def _refusal(path: Path, wait_s: float) -> str:
    return (
        f"the warehouse {path.parent} is being written by {_holder(path)}, and waiting {wait_s:g} s did not help. "
        "Wait until that run ends, allow a longer wait, or stop that process: its lock then frees itself, "
        "and the published tables stay whole"
    )


def _holder(path: Path) -> str:
    try:
        note = json.loads(_note(path).read_text(encoding="utf-8"))
        return f"process {note['pid']} on {note['host']} since {note['since']}"
    except (OSError, ValueError, LookupError, TypeError):
        return "another process (which has not left its name yet)"
