"""Common nouns that denote actors (`soldiers`, `interior ministry`), and titles that stand before a name.

Belongs here: the nominals that matter as actors, with their PLOVER sector, and titles. Does not belong here: names
(`actors.py`), first names (`names.py`), nationalities (`countries.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, cast, get_args

from seeds.actors import FOLDER, EntityType
from seeds.ontology import sectors
from seeds.tsv import Row, read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ROLE_COLUMNS = ("noun", "plural", "sector", "entity_type", "is_person")
_TITLE_COLUMNS = ("title", "sector", "notes")


@dataclass(frozen=True, slots=True)
class Role:
    """One noun or compound that denotes an actor.

    Attributes:
        noun: singular, lower case, e.g. `police officer`.
        plural: its plural, lower case.
        sector: code of `ontology/sectors.tsv`, or None where the noun does not tell.
        entity_type: person for one human being, group for several or for a collective, organization for a body.
        is_person: whether it denotes human beings who can be counted as victims.
    """

    noun: str
    plural: str
    sector: str | None
    entity_type: EntityType
    is_person: bool


@dataclass(frozen=True, slots=True)
class Title:
    """One title that stands before a name.

    Attributes:
        title: as it is usually written, e.g. `Lt. Gen.`.
        sector: code of `ontology/sectors.tsv` for its holder, or None where it does not tell.
        word_count: words of the title in a text, as separated by spaces or hyphens.
    """

    title: str
    sector: str | None
    word_count: int


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles, to be found by the words of their singular or plural."""

    by_words: Mapping[tuple[str, ...], Role]
    max_words: int

    def find(self, words: Sequence[str]) -> Role | None:
        """Return the role of the longest end of these words, or None.

        Args:
            words: the words of a noun phrase up to its head, lower case: `["provincial", "police", "spokesman"]`.

        Returns:
            The role; of a plural such as `soldiers`, with entity type group in place of person.
        """
        plain = _plain_words(words)
        for start in range(max(0, len(plain) - self.max_words), len(plain)):
            if role := self.by_words.get(plain[start:]):
                return role
        return None


@cache
def load_roles() -> Roles:
    """Return the roles of `roles.tsv`; ValueError where the file is wrong (see `tsv.read_tsv`)."""
    by_words: dict[tuple[str, ...], Role] = {}
    for row in read_tsv(FOLDER / "roles.tsv", _ROLE_COLUMNS):
        role = row_role(row)
        several = replace(role, entity_type="group") if role.entity_type == "person" else role
        for form, found in ((role.noun, role), (role.plural, several)):
            known = by_words.setdefault(_plain_words([form]), found)
            if known.noun != role.noun:
                raise row.error(f"a form that no other role has, and {form!r} is one of {known.noun!r}", repr(form))
    return Roles(by_words, max(map(len, by_words)))


def row_role(row: Row) -> Role:
    """Return the role of one line; ValueError when a cell is wrong."""
    noun, plural = row.required("noun"), row.required("plural")
    if noun != noun.lower() or plural != plural.lower():
        raise row.error("noun and plural in lower case", f"{noun!r} and {plural!r}")
    return Role(
        noun=noun,
        plural=plural,
        sector=row.one_of("sector", {*sectors(), ""}) or None,
        entity_type=cast("EntityType", row.one_of("entity_type", get_args(EntityType))),
        is_person=row.one_of("is_person", ("yes", "no")) == "yes",
    )


def find_title(words: Sequence[str]) -> Title | None:
    """Return the longest title that ends these words, else the longest that begins them, else None.

    Args:
        words: the words before a name, or a name together with its title: `["Lt.", "Gen.", "John", "Nicholson"]`.
            Case, hyphens and periods do not matter.
    """
    titles = _titles()
    plain = _plain_words(words)
    ends = (titles.get(plain[start:]) for start in range(len(plain)))
    starts = (titles.get(plain[:stop]) for stop in range(len(plain), 0, -1))
    return next((title for found in (ends, starts) for title in found if title), None)


@cache
def _titles() -> Mapping[tuple[str, ...], Title]:
    return {
        (plain := _plain_words([row.required("title")])): Title(
            row.required("title"), row.one_of("sector", {*sectors(), ""}) or None, len(plain)
        )
        for row in read_tsv(FOLDER / "titles.tsv", _TITLE_COLUMNS)
    }


def _plain_words(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.replace(".", "") for word in " ".join(words).lower().replace("-", " ").split())
