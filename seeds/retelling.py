"""Words by which a text tells of an event anew, or sets one apart, as listed in `lexicon/retelling.tsv`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from seeds.lexicons import FOLDER, lemma
from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Retelling:
    """The words of each scope; the scopes are explained at the top of the table."""

    near: frozenset[str]
    opener: frozenset[str]
    broad: frozenset[str]
    vague: frozenset[str]
    habit: frozenset[str]


@cache
def load_retelling() -> Retelling:
    """Return the words; ValueError where the table is wrong."""
    return read_retelling(FOLDER / "retelling.tsv")


def read_retelling(path: Path) -> Retelling:
    """Return the words of a table such as retelling.tsv; ValueError where it is wrong."""
    scopes: dict[str, set[str]] = {field.name: set() for field in fields(Retelling)}
    for row in read_tsv(path, ("lemma", "scope", "note")):
        scopes[row.one_of("scope", scopes)].add(lemma(row))
    return Retelling(**{scope: frozenset(words) for scope, words in scopes.items()})
