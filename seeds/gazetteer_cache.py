"""Where the built gazetteer lies, for which version, and who builds it.

Belongs here: the cache folder, and the user's choice of a GeoNames dump. Does not belong here: how the file is built
(`gazetteer_build.py`) or read (`gazetteer.py`).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from seeds.gazetteer_build import build, build_version
from seeds.gazetteer_dump import find_dump

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seeds.gazetteer_dump import Dump

CACHE_VARIABLE = "DATELINE_CACHE"
"""Environment variable that names the folder of built files; `~/.cache/dateline` where it is not set."""
DUMP_VARIABLE = "DATELINE_GEONAMES"
"""Environment variable that names a folder with a GeoNames dump; the packages' places where it is not set."""

_LOGGER = logging.getLogger(__name__)
_FAMILIES = {False: ("gazetteer-", 3), True: ("gazetteer-geonames-", 1)}
"""How file names begin without and with a dump, and how many of them are kept: to switch between packages and dump, or
between two checkouts, builds nothing anew; files of dumps are large."""
_VERSION = "[0-9a-f]" * 16
_UNFINISHED = ".building-"


def gazetteer_version() -> str:
    """Return 16 hex digits that change with whatever the gazetteer is built of, the user's dump included.

    Raises:
        FileNotFoundError: `DATELINE_GEONAMES` names a folder without a dump.
    """
    dump = _dump()
    if dump is None:
        return build_version()
    parts = [build_version(), *(f"{path.name} {_digest(path)}" for path in dump.files)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def gazetteer_file() -> Path:
    """Return the built file in the cache folder, building it where it is missing.

    Raises:
        FileNotFoundError: `DATELINE_GEONAMES` names a folder without a dump.
        ValueError: a seed file or the dump is damaged; the text says where and how.
    """
    version, dump = gazetteer_version(), _dump()
    family, kept = _FAMILIES[dump is not None]
    file = cache_folder() / f"{family}{version}.sqlite"
    if not file.exists():
        build_once(file, version, dump)
        built = sorted(file.parent.glob(f"{family}{_VERSION}.sqlite"), key=_age)
        _remove(path for path in built[kept:] if path != file)
    return file


def build_once(file: Path, version: str, dump: Dump | None = None) -> None:
    """Build a file, unless another process has built it meanwhile; who comes second waits for the first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_suffix(".lock")):
        if file.exists():
            return
        _remove_unfinished(file)
        if dump:
            _LOGGER.warning("building the gazetteer from %s: some minutes, once for each dump", dump.features)
        build(file, version, dump, unfinished=f"{_UNFINISHED}{file.stem}-")


def _age(path: Path) -> tuple[float, str]:
    """Return what sorts files from the newest to the oldest; one that has just been removed is the oldest."""
    try:
        return -path.stat().st_mtime, path.name
    except FileNotFoundError:
        return 0.0, path.name


def _remove(files: Iterable[Path]) -> None:
    """Remove built files, save those that somebody builds right now.

    Who reads one of them goes on reading it: the system keeps a file until the last reader has closed it.
    """
    for file in files:
        with suppress(Timeout), FileLock(file.with_suffix(".lock"), timeout=0):
            file.unlink(missing_ok=True)
            _remove_unfinished(file)
            file.with_suffix(".lock").unlink()


def _remove_unfinished(file: Path) -> None:
    """Remove what killed builds of this file have left; its lock is held."""
    for folder in file.parent.glob(f"{_UNFINISHED}{file.stem}-*"):
        shutil.rmtree(folder, ignore_errors=True)


def cache_folder() -> Path:
    """Return the folder of built files; it need not exist."""
    return Path(os.environ.get(CACHE_VARIABLE) or Path.home() / ".cache" / "dateline")


def _dump() -> Dump | None:
    folder = os.environ.get(DUMP_VARIABLE)
    return find_dump(Path(folder).expanduser()) if folder else None


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, remembered for as long as its size and time of change stay the same."""
    status = path.stat()
    return _remembered_digest(path.resolve(), status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=16)
def _remembered_digest(path: Path, size: int, mtime_ns: int) -> str:
    """Return the SHA-256 of a file; a note in the cache folder saves reading gigabytes at each start."""
    note = cache_folder() / f"digest-{hashlib.sha256(str(path).encode()).hexdigest()[:16]}.json"
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(note.read_text("utf-8"))
        if (kept["size"], kept["mtime_ns"]) == (size, mtime_ns):
            return str(kept["sha256"])
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    note.parent.mkdir(parents=True, exist_ok=True)
    draft = note.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps({"path": str(path), "size": size, "mtime_ns": mtime_ns, "sha256": digest}), "utf-8")
    draft.replace(note)
    return digest
