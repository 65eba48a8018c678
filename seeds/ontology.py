"""The event ontology: PLOVER types and modes with their scores, sectors of actors, contexts of events.

Belongs here: the closed lists in `ontology/*.tsv`. Does not belong here: the words by which events are reported
(`lexicons.py`). Types and modes are those of the PLOVER codebook; scores are its revised Goldstein scale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seeds.tsv import Row

FOLDER = Path(__file__).parent / "ontology"
"""Where the tables lie."""

_QUADS = frozenset("1234")
_SCORE_BOUND = 10.0


@dataclass(frozen=True, slots=True)
class EventClass:
    """One PLOVER type, or one mode of it.

    Attributes:
        event_type: PLOVER type, such as ASSAULT.
        mode: PLOVER mode, such as aerial; None for the type itself.
        quad_class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        goldstein: PLOVER's conflict-cooperation score, -10..10.
        cameo_root: two-digit root code of CAMEO, 03..20.
        description: what it means, in a few words.
    """

    event_type: str
    mode: str | None
    quad_class: int
    goldstein: float
    cameo_root: str
    description: str


def event_class(event_type: str, mode: str | None) -> EventClass:
    """Return the class of a mode, or of the type alone where the mode is None or not one of its modes.

    Raises:
        KeyError: the type is not in the ontology.
    """
    classes = load_plover()
    found = classes.get((event_type, mode)) or classes.get((event_type, None))
    if found is None:
        raise KeyError(f"ontology: expected one of {', '.join(event_types())}, found event type {event_type!r}")
    return found


def event_types() -> tuple[str, ...]:
    """Return the event types, in the order of the table: cooperation first."""
    return tuple(event_type for event_type, mode in load_plover() if mode is None)


def modes(event_type: str) -> tuple[str, ...]:
    """Return the modes of a type, () where it has none; KeyError for an unknown type."""
    event_class(event_type, None)
    return tuple(mode for kind, mode in load_plover() if kind == event_type and mode is not None)


@cache
def load_plover() -> Mapping[tuple[str, str | None], EventClass]:
    """Return (type, mode) to class, mode None for the type itself; ValueError where the table is wrong."""
    return read_classes(FOLDER / "plover.tsv")


@cache
def sectors() -> Mapping[str, str]:
    """Return sector code of an actor (GOV, MIL, ...) to meaning; ValueError where the table is wrong."""
    return read_codes(FOLDER / "sectors.tsv", "[A-Z]{3}")


@cache
def contexts() -> Mapping[str, str]:
    """Return context of an event (military, legal, ...) to meaning; ValueError where the table is wrong."""
    return read_codes(FOLDER / "contexts.tsv", "[a-z_]+")


def ontology_files() -> list[Path]:
    """Return the tables of the ontology, in order of name."""
    return sorted(FOLDER.glob("*.tsv"))


def read_classes(path: Path) -> Mapping[tuple[str, str | None], EventClass]:
    """Return (type, mode) to class from a table such as plover.tsv; ValueError where it is wrong."""
    found: dict[tuple[str, str | None], EventClass] = {}
    columns = ("event_type", "mode", "quad_class", "goldstein", "cameo_root", "description")
    for row in read_tsv(path, columns):
        item = _event_class(row)
        if item.mode is not None and (item.event_type, None) not in found:
            raise row.error("the line of the type itself above those of its modes", f"mode {item.mode!r} first")
        if (item.event_type, item.mode) in found:
            raise row.error("each mode of a type once", f"{item.event_type} {item.mode or ''} again")
        found[item.event_type, item.mode] = item
    return MappingProxyType(found)


def read_codes(path: Path, pattern: str) -> Mapping[str, str]:
    """Return code to meaning from a table of two columns; ValueError where a code is malformed or listed twice."""
    found: dict[str, str] = {}
    for row in read_tsv(path, ("code", "meaning")):
        code = row.required("code")
        if not re.fullmatch(pattern, code) or code in found:
            raise row.error(f"a code of the form {pattern} not listed above", repr(code))
        found[code] = row.required("meaning")
    return MappingProxyType(found)


def _event_class(row: Row) -> EventClass:
    score, root = row.required("goldstein"), row.required("cameo_root")
    if not re.fullmatch(r"-?\d+(\.\d+)?", score) or abs(float(score)) > _SCORE_BOUND:
        raise row.error("goldstein to be a number from -10 to 10", repr(score))
    if not re.fullmatch(r"0[1-9]|1\d|20", root):
        raise row.error("cameo_root to be two digits, 01 to 20", repr(root))
    return EventClass(
        event_type=row.required("event_type"),
        mode=row.optional("mode"),
        quad_class=int(row.one_of("quad_class", _QUADS)),
        goldstein=float(score),
        cameo_root=root,
        description=row.required("description"),
    )
