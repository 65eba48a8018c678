"""Files that survive a power cut: written, flushed and only then given their name.

Belongs here: the few operations on files and folders that make a write durable and atomic. Does not belong here: what
the files hold. A name appears only once all bytes behind it are on the disk.
"""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

from warehouse.errors import DiskFullError, WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)


def make_folder(folder: Path) -> None:
    """Create a folder and the folders above it, durably; WarehouseError where that is impossible."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        with full_disk_told(folder.parent):
            folder.mkdir(exist_ok=True)
    except OSError as error:
        raise WarehouseError(
            f"cannot create the folder {folder}: {error.strerror}; choose a warehouse root that can be written"
        ) from error
    sync(folder.parent)


def new_name(staging: Path) -> Path:
    """Return a name in the staging folder that nobody else uses; random, because it never outlives the write."""
    return staging / f"{uuid.uuid4().hex}.tmp"


def stage(staging: Path, content: bytes | memoryview) -> Path:
    """Write a file under a temporary name and flush it to the disk; return where it is."""
    path = new_name(staging)
    try:
        with full_disk_told(staging, len(content)), path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


@contextmanager
def full_disk_told(folder: Path, wanted: int | None = None) -> Iterator[None]:
    """Turn a full disk into DiskFullError, which says how much is free and how much was `wanted`, in bytes."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        free = shutil.disk_usage(folder).free
        needed = "" if wanted is None else f", and {wanted / 1e6:.1f} MB were to be written"
        raise DiskFullError(
            f"the disk of {folder} is full: {free / 1e6:.1f} MB are free{needed}. The last snapshot is whole. Make "
            "room (`dateline vacuum --keep 3` removes old snapshots), then run again: what is done already is used"
        ) from error


def sync(path: Path) -> None:
    """Flush a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def install(moves: Sequence[tuple[Path, Path]]) -> None:
    """Give flushed files their names, replacing what stands there, and flush the folders, each once."""
    for staged, target in moves:
        staged.replace(target)
    for folder in {target.parent for _, target in moves}:
        sync(folder)


def install_new(staged: Path, target: Path) -> None:
    """Give a flushed file its name; FileExistsError where the name is taken, whoever took it and however closely."""
    try:
        target.hardlink_to(staged)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: the writers' lock is then the only guard
        if target.exists():
            raise FileExistsError(f"{target} exists") from None
        staged.replace(target)
    staged.unlink(missing_ok=True)
    sync(target.parent)


def remove(paths: Sequence[Path]) -> None:
    """Delete files, and flush the folders that held them; what is gone already is no error."""
    for path in paths:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in paths}:
        sync(folder)
