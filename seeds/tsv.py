"""How the tab-separated files of the reference data are read.

Belongs here: lines to cells, and errors that say where. Does not belong here: what the cells mean (see the loaders).
Lines that are empty or begin with `#` are skipped; the first other line is the header.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: its cells by column name, stripped; an empty cell is the empty string."""

    path: Path
    line: int
    cells: dict[str, str]

    def error(self, expected: str, found: str) -> ValueError:
        """Return the error that says what was expected on this line and what stood there."""
        return _error(self.path, self.line, expected, found)

    def required(self, column: str) -> str:
        """Return a cell that must not be empty; ValueError when it is."""
        if not self.cells[column]:
            raise self.error(f"a value in column {column}", "an empty cell")
        return self.cells[column]

    def optional(self, column: str) -> str | None:
        """Return a cell, or None where it is empty."""
        return self.cells[column] or None

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        """Return a cell that must be one of the allowed values; ValueError when it is not."""
        value = self.cells[column]
        if value not in allowed:
            raise self.error(f"{column} to be one of {', '.join(sorted(allowed))}", repr(value))
        return value

    def several(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell that holds several, separated by `|`."""
        return tuple(value for part in self.cells[column].split("|") if (value := part.strip()))


def read_tsv(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a file whose header must be exactly `columns`.

    Raises:
        ValueError: a header or a row of another shape; the text names file, line, what was expected and what came.
    """
    header: list[str] | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            if header != list(columns):
                raise _error(path, number, f"the header {' '.join(columns)}", " ".join(cells))
        elif len(cells) != len(header):
            raise _error(path, number, f"{len(header)} cells separated by tabs", f"{len(cells)}: {line!r}")
        else:
            yield Row(path, number, dict(zip(header, cells, strict=True)))
    if header is None:
        raise _error(path, 1, f"the header {' '.join(columns)}", "an empty file")


def digest_files(paths: Iterable[Path]) -> str:
    """Return 16 hex digits that change when the name or content of one of the files changes, in any order given."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _error(path: Path, line: int, expected: str, found: str) -> ValueError:
    return ValueError(
        f"{path.parent.name}/{path.name}, line {line}: expected {expected}, found {found}; correct the line"
    )
