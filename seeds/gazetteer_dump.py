"""A user's copy of GeoNames: the files, and their lines as records.

Belongs here: the layout of the files of https://download.geonames.org/export/dump/, described in its `readme.txt`. Does
not belong here: which features become places (`gazetteer_features.py`, `gazetteer_places.py`).

Files are read line by line and never held in memory. Single damaged lines, which every large dump has, are skipped and
told in one warning; a file with many of them is another file than its name says, and stops the build.
"""

from __future__ import annotations

import logging
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar
from zipfile import BadZipFile, ZipFile

from seeds.gazetteer_features import FEWEST_NAMES, KINDS, NEEDS_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LOGGER = logging.getLogger(__name__)
_T = TypeVar("_T")

_FEATURE_CELLS = 19
_NAME_CELLS = 4
_PROVINCE_CELLS = 4
_DAMAGED_ALWAYS = 10
_LINES_PER_DAMAGED = 1000
"""One damaged line in so many is what large dumps have; ten are never too many."""


@dataclass(frozen=True, slots=True)
class Dump:
    """The files of a dump: `allCountries`, and where there are any `alternateNamesV2` and `admin1CodesASCII`."""

    features: Path
    names: Path | None
    provinces: Path | None

    @property
    def files(self) -> tuple[Path, ...]:
        """All files that there are."""
        return tuple(path for path in (self.features, self.names, self.provinces) if path)


class Feature(NamedTuple):
    """One line of `allCountries`: `code` as in `P.PPLC`, `country` two letters, `province` as in `AF.10` or empty."""

    geonames_id: int
    name: str
    aliases: tuple[str, ...]
    latitude: float
    longitude: float
    code: str
    country: str
    province: str
    population: int


class EnglishName(NamedTuple):
    """One English name of `alternateNamesV2`, neither historic nor colloquial."""

    geonames_id: int
    name: str
    is_preferred: bool


class Province(NamedTuple):
    """One line of `admin1CodesASCII`."""

    code: str
    name: str
    geonames_id: int


def find_dump(folder: Path) -> Dump:
    """Return the dump in a folder; of `NAME.txt` and `NAME.zip` the former.

    Raises:
        FileNotFoundError: the folder holds no `allCountries`.
    """
    features = _find(folder, "allCountries")
    if features is None:
        found = ", ".join(sorted(path.name for path in folder.iterdir())) if folder.is_dir() else "no such folder"
        raise FileNotFoundError(
            f"{folder}: expected allCountries.txt or allCountries.zip, found {found or 'nothing'}; download it from "
            "https://download.geonames.org/export/dump/"
        )
    return Dump(features, _find(folder, "alternateNamesV2"), _find(folder, "admin1CodesASCII"))


def read_features(dump: Dump) -> Iterator[Feature]:
    """Yield the features whose codes are kept, in the order of the file; ValueError where it is another file."""
    return _records(dump.features, _feature)


def read_english_names(dump: Dump) -> Iterator[EnglishName]:
    """Yield the English names; nothing where the dump has no `alternateNamesV2`."""
    return _records(dump.names, _english_name) if dump.names else iter(())


def read_provinces(dump: Dump) -> Iterator[Province]:
    """Yield the first-level units; nothing where the dump has no `admin1CodesASCII`."""
    return _records(dump.provinces, _province) if dump.provinces else iter(())


def _find(folder: Path, name: str) -> Path | None:
    return next((path for end in ("txt", "zip") if (path := folder / f"{name}.{end}").is_file()), None)


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix != ".zip":
        with path.open("rb") as lines:
            yield lines
        return
    try:
        with ZipFile(path) as archive, archive.open(f"{path.stem}.txt") as lines:
            yield lines
    except (BadZipFile, KeyError, EOFError, zlib.error) as error:
        raise ValueError(f"{path}: expected an archive of {path.stem}.txt, found {error}; download it again") from error


def _records(path: Path, parse: Callable[[bytes], _T | None]) -> Iterator[_T]:
    """Yield what the lines of a file hold, without those that `parse` answers with None."""
    number = damaged = 0
    first = ""
    with _open(path) as lines:
        for number, line in enumerate(lines, start=1):
            try:
                record = parse(line)
            except ValueError as error:
                damaged += 1
                first = first or f"{path}, line {number}: {error}"
                if damaged > _DAMAGED_ALWAYS + number // _LINES_PER_DAMAGED:
                    raise ValueError(f"{first}; {damaged} of {number} lines are like it; download it again") from error
                continue
            if record is not None:
                yield record
    if number == damaged:
        raise ValueError(first or f"{path}: expected one record a line, found an empty file; download it again")
    if damaged:
        _LOGGER.warning("skipped %d of %d lines; the first: %s", damaged, number, first)


def _feature(line: bytes) -> Feature | None:
    head = line.split(b"\t", 8)
    if len(head) <= 8:  # noqa: PLR2004 - the two codes stand before the ninth cell
        raise _wrong_shape(_FEATURE_CELLS, len(head))
    code = head[6] + b"." + head[7]
    if code not in KINDS or (code in NEEDS_NAMES and head[3].count(b",") < FEWEST_NAMES - 1):
        return None
    cells = line.decode().split("\t")
    if len(cells) != _FEATURE_CELLS:
        raise _wrong_shape(_FEATURE_CELLS, len(cells))
    return Feature(
        geonames_id=int(cells[0]),
        name=_required(cells[1]),
        aliases=tuple(filter(None, cells[3].split(","))),
        latitude=_degrees(cells[4], 90.0),
        longitude=_degrees(cells[5], 180.0),
        code=code.decode(),
        country=cells[8],
        province=f"{cells[8]}.{cells[10]}" if cells[10] not in {"", "00"} else "",
        population=int(cells[14] or 0),
    )


def _english_name(line: bytes) -> EnglishName | None:
    cells = line.rstrip(b"\r\n").split(b"\t")
    if len(cells) < _NAME_CELLS:
        raise _wrong_shape(_NAME_CELLS, len(cells))
    preferred, _, colloquial, historic = (cell == b"1" for cell in [*cells[4:8], *[b""] * 4][:4])
    if cells[2] != b"en" or colloquial or historic:
        return None
    return EnglishName(int(cells[1]), _required(cells[3].decode()), preferred)


def _province(line: bytes) -> Province:
    cells = line.decode().rstrip("\r\n").split("\t")
    if len(cells) != _PROVINCE_CELLS:
        raise _wrong_shape(_PROVINCE_CELLS, len(cells))
    return Province(cells[0], _required(cells[1]), int(cells[3]))


def _required(name: str) -> str:
    if not name:
        raise ValueError("expected a name, found an empty cell")
    return name


def _degrees(cell: str, most: float) -> float:
    value = float(cell)
    if not -most <= value <= most:
        raise ValueError(f"expected degrees from {-most:g} to {most:g}, found {cell}")
    return value


def _wrong_shape(expected: int, found: int) -> ValueError:
    return ValueError(f"expected {expected} cells separated by tabs, found {found}")
