"""First names of people, to tell persons from places and bodies.

Belongs here: given names, and names that stand first where the family name does. Does not belong here: famous people
(`actors.py`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from seeds.actors import FOLDER
from seeds.tsv import Row, read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def first_names() -> frozenset[str]:
    """Return the common first names of the world, as written in English: `Ashraf`, `Andrés`, `Andres`."""
    return frozenset(row.required("name") for row in _rows())


@cache
def place_like_first_names() -> frozenset[str]:
    """Return the first names that are well-known places too, such as `Paris`, `Jordan` and `Austin`."""
    return frozenset(row.required("name") for row in _rows() if row.one_of("place", ("yes", "no")) == "yes")


@cache
def female_first_names() -> frozenset[str]:
    """Return first names that women bear; a name that is not here may be theirs too."""
    return frozenset(row.required("name") for row in read_tsv(FOLDER / "female_names.tsv", ("name",)))


@cache
def load_name_words() -> Mapping[str, tuple[str, ...]]:
    """Return the words that tell what a name names, each with its classes: `river` is a landform."""
    found: dict[str, tuple[str, ...]] = {}
    for row in read_tsv(FOLDER / "lexicon" / "name_words.tsv", ("class", "words")):
        for word in dict.fromkeys(row.several("words")):
            found[word] = (*found.get(word, ()), row.required("class"))
    return found


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(read_tsv(FOLDER / "first_names.tsv", ("name", "place")))
