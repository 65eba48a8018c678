"""Loads the named days of the year (`lexicon/feasts.tsv`): how each is called and how its day is found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seeds.tsv import Row

FILE = Path(__file__).parent / "lexicon" / "feasts.tsv"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PARTS = {"fixed": 2, "nth": 3, "easter": 1, "orthodox": 1, "islamic": 2, "passover": 1}


@dataclass(frozen=True, slots=True)
class Feast:
    """A named day: the rule that finds it, and the rule's numbers (see the head of the table; Monday is 0)."""

    name: str
    rule: str
    numbers: tuple[int, ...]


@cache
def load_feasts() -> Mapping[str, Feast]:
    """Return the name in lower case to each feast; ValueError where the table is wrong."""
    feasts = [_feast(row) for row in read_tsv(FILE, ("name", "rule", "value"))]
    return MappingProxyType({feast.name.lower(): feast for feast in feasts})


def _feast(row: Row) -> Feast:
    rule, cell = row.one_of("rule", _PARTS), row.required("value")
    parts = cell.split("-") if rule in {"fixed", "islamic"} else cell.split()
    try:
        numbers = tuple(WEEKDAYS.index(part) if part in WEEKDAYS else int(part) for part in parts)
    except ValueError:
        numbers = ()
    if len(numbers) != _PARTS[rule]:
        raise row.error(f"{_PARTS[rule]} numbers, as the head of the table says for {rule}", repr(cell))
    return Feast(row.required("name"), rule, numbers)
