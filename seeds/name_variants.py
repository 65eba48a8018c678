"""How names are spelled otherwise: `Mohammed` and `Muhammad`, `Bill` and `William`, `Gaddafi` and `Qaddafi`.

Belongs here: which spellings and short forms are one name, which family names stand first, and which are so frequent
that they tell little. Does not belong here: which persons are one (`tasks/resolve`), famous people (`actors.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from seeds.actors import FOLDER, fold_name
from seeds.tsv import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping

_COLUMNS = ("kind", "culture", "common", "names")
_KINDS = ("given", "family")
_LATIN = frozenset({"latin", "african", "mixed"})
_FAMILY_FIRST = frozenset({"chinese", "korean", "vietnamese"})
_CULTURES = frozenset({"arabic", "slavic", "hebrew", "indian"}) | _LATIN | _FAMILY_FIRST


@dataclass(frozen=True, slots=True)
class NameClass:
    """The spellings of one name.

    Attributes:
        name: the spelling that stands for all, folded and in one word: `abubakar`.
        culture: arabic (all languages of the Islamic world), slavic (all of the former Soviet Union), hebrew, indian,
            chinese, korean, vietnamese, african, latin, or mixed where it is borne in several scripts.
        common: whether so many people bear it that it tells little.
    """

    name: str
    culture: str
    common: bool

    @property
    def transliterated(self) -> bool:
        """Whether its Latin spelling is made anew by each writer."""
        return self.culture not in _LATIN

    @property
    def has_short_forms(self) -> bool:
        """Whether its spellings are other forms of a name, as `Bill` is of `William`, and no transliterations."""
        return self.culture == "latin"

    @property
    def stands_first(self) -> bool:
        """Whether it is a family name that stands before the given name."""
        return self.culture in _FAMILY_FIRST


def given_class(name: str) -> NameClass | None:
    """Return the class of a given name, folded and in one word; None where it has one spelling only."""
    return name_classes("given").get(name)


def family_class(name: str) -> NameClass | None:
    """Return the class of a family name, folded and in one word; None where it has one spelling only and is rare."""
    return name_classes("family").get(name)


@cache
def name_classes(kind: str) -> Mapping[str, NameClass]:
    """Return the classes of a kind, given or family, by each of their spellings; ValueError where the file is wrong."""
    found: dict[str, NameClass] = {}
    for row in read_tsv(FOLDER / "name_variants.tsv", _COLUMNS):
        culture, common = row.one_of("culture", sorted(_CULTURES)), row.one_of("common", ("yes", "no")) == "yes"
        spellings = [fold_name(name).replace(" ", "") for name in row.several("names")]
        if row.one_of("kind", _KINDS) != kind:
            continue
        for spelling in spellings:
            if spelling in found:
                raise row.error(f"{spelling} to stand in one row of its kind", "it twice")
            found[spelling] = NameClass(spellings[0], culture, common)
    return found
