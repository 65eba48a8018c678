"""Files and folders on disk: which files there are, and which adapter reads each of them.

Belongs here: the walk and the dispatch by extension. Does not belong here: how a file is read (one file per adapter).
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.sources.html_file import read_html_file
from tasks.sources.jsonl_file import read_jsonl_file
from tasks.sources.names import printable
from tasks.sources.text_file import read_text_file
from tasks.sources.warc_file import read_warc_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tasks.sources.limits import Limits
    from tasks.sources.records import RawRecord

    Adapter = Callable[[Path, str, Limits], Iterator[RawRecord]]

_LOGGER = logging.getLogger(__name__)

ADAPTERS: dict[str, Adapter] = {
    ".txt": read_text_file,
    ".html": read_html_file,
    ".htm": read_html_file,
    ".jsonl": read_jsonl_file,
    ".jsonl.gz": read_jsonl_file,
    ".warc": read_warc_file,
    ".warc.gz": read_warc_file,
}
"""Adapter by file extension; capitals in an extension make no difference."""


class SourceError(ValueError):
    """The input cannot be read as asked: a path that does not exist, or a file that no adapter reads."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file to read: where it is, how messages name it, and who reads it."""

    path: Path
    location: str
    adapter: Adapter


@dataclass(frozen=True, slots=True)
class Listing:
    """The files to read, in order, and how many files of folders have an extension that no adapter reads."""

    files: tuple[SourceFile, ...]
    skipped: tuple[tuple[str, int], ...]


def read(paths: Sequence[Path], limits: Limits) -> Iterator[RawRecord]:
    """Return the records of files and folders, one at a time, in the order of `list_files`.

    Raises:
        SourceError: at once, before anything is read, when a path does not exist or is a file of an unknown kind.
    """
    listing = list_files(paths)
    if listing.skipped:
        kinds = ", ".join(f"{count} {extension or 'without extension'}" for extension, count in listing.skipped)
        _LOGGER.warning("skipped files of other kinds: %s; read are %s", kinds, " ".join(ADAPTERS))
    return _records(listing.files, limits)


def list_files(paths: Sequence[Path]) -> Listing:
    """Return the files that `paths` stand for, each once.

    A folder stands for all files below it, sorted by path. Hidden files and folders (`.name`) are left out, and links
    to folders are not followed, so that a loop of links ends and a link cannot lead out of the folder.

    Raises:
        SourceError: a path does not exist, or is a file whose extension no adapter reads.
    """
    files: dict[str, SourceFile] = {}
    skipped: Counter[str] = Counter()
    for path in [_existing(Path(path)) for path in paths]:
        for file in _folder_files(path, skipped) if path.is_dir() else [_named_file(path)]:
            files.setdefault(os.path.realpath(file.path), file)
    return Listing(tuple(files.values()), tuple(sorted(skipped.items())))


def _records(files: Iterable[SourceFile], limits: Limits) -> Iterator[RawRecord]:
    for file in files:
        yield from file.adapter(file.path, file.location, limits)


def _existing(path: Path) -> Path:
    if not path.exists():
        raise SourceError(f"expected a file or folder, got {str(path)!r}, which does not exist; check the path")
    return path


def _extension(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return "".join(suffixes[-2:]) if suffixes[-1:] == [".gz"] else "".join(suffixes[-1:])


def _named_file(path: Path) -> SourceFile:
    adapter = ADAPTERS.get(_extension(path))
    if adapter is None:
        expected = ", ".join(ADAPTERS)
        raise SourceError(f"expected a file ending in {expected}, got {path.name!r}; rename or convert it")
    return SourceFile(path, printable(path.name), adapter)


def _folder_files(folder: Path, skipped: Counter[str]) -> Iterator[SourceFile]:
    """Yield the files below a folder; count in `skipped`, by extension, those that no adapter reads."""
    for path in sorted(_walk(folder), key=lambda found: found.relative_to(folder).parts):
        extension = _extension(path)
        # A folder that cannot be listed goes to an adapter too: it reports that the path cannot be read.
        adapter = read_text_file if path.is_dir() else ADAPTERS.get(extension)
        if adapter is None or not _readable_kind(path):
            skipped[printable(extension)] += 1
        else:
            yield SourceFile(path, printable(path.relative_to(folder).as_posix()), adapter)


def _readable_kind(path: Path) -> bool:
    """Say whether a path found in a folder may be opened: a pipe or a device would block or never end."""
    return path.is_file() or path.is_dir() or not path.exists()


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, and the folders that cannot be listed."""
    failed: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=failed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root, name) for name in files if not name.startswith("."))
    yield from (Path(os.fsdecode(error.filename)) for error in failed)
