"""Who is who in news of conflict and diplomacy: named actors with their country and sector.

Belongs here: armed groups, international bodies, named parts of governments, parties, media, leaders, peoples, as
listed in `actors/*.tsv`, and the state actors that follow from a country alone. Does not belong here: places
(`gazetteer.py`), nationalities (`countries.py`), common nouns such as `soldiers` (`roles.py`).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast, get_args

from seeds.ontology import sectors
from seeds.tsv import Row, digest_files, read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDER = Path(__file__).parent
"""Where the tables lie."""

EntityType = Literal["organization", "person", "group"]
"""What an actor can be; places are no actors here."""

_STATE_SECTORS = {
    "GOV": ("Government of {}", "organization"),
    "MIL": ("Armed Forces of {}", "organization"),
    "COP": ("Police of {}", "organization"),
    "LEG": ("Parliament of {}", "organization"),
    "JUD": ("Judiciary of {}", "organization"),
}
_WITH_ARTICLE = re.compile(r"^(United|Democratic Republic|Republic|Central African Republic)\b|(Islands|Republic)$")
_NAMES_WITH_ARTICLE = {"Bahamas", "Comoros", "Gambia", "Maldives", "Netherlands", "Philippines", "Seychelles"}
_COLUMNS = (
    "key",
    "name",
    "entity_type",
    "country",
    "sector",
    "aliases",
    "valid_from",
    "valid_to",
    "office",
    "wikidata_id",
)
_MAX_ACRONYM = 5
_MARKS = re.compile(r"[^\w\s]|_")
_TITLE_WITH_ARTICLE = re.compile(r"The [A-Z][a-z]+")
"""Names such as `The Economist`: without the article, or in lower case, they are common nouns."""
_SPACE = re.compile(r"\s+")
_FOLDED = str.maketrans(
    {
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
        "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
        "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
        "\N{RIGHT SINGLE QUOTATION MARK}": "",
        "\N{LEFT SINGLE QUOTATION MARK}": "",
        "\N{MODIFIER LETTER APOSTROPHE}": "",
        "'": "",
        "`": "",
        ".": "",
    }
)
"""Letters that no accent can be taken from, and marks that stand within a word."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One named actor.

    Attributes:
        key: stable slug, e.g. `taliban`; `<alpha3>-<sector>` for state actors, e.g. `usa-mil`.
        name: the usual full name.
        entity_type: organization, person or group (see schemas.vocabulary.ENTITY_TYPES).
        country: ISO 3166-1 alpha-3 (XKX for Kosovo; a state that is gone has its successor's code); None for
            international bodies, movements without a country, and peoples of several.
        sector: code of `ontology/sectors.tsv`, or None.
        aliases: its other names, as written.
        wikidata_id: such as Q42418; None where not known for certain.
        valid_from: first day on which country and sector hold; None where open. For leaders: the office.
        valid_to: last such day; None where open. Outside, the name may still mean this actor, in another role.
        office: the office that a leader held then; None for all others.
    """

    key: str
    name: str
    entity_type: EntityType
    country: str | None
    sector: str | None
    aliases: tuple[str, ...] = ()
    wikidata_id: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    office: str | None = None

    def valid_on(self, day: dt.date) -> bool:
        """Return whether country and sector hold on this day."""
        return (self.valid_from or dt.date.min) <= day <= (self.valid_to or dt.date.max)


@dataclass(frozen=True, slots=True)
class Actors:
    """The listed actors, to be found by any of their names.

    Attributes:
        by_name: names, by their `name_key`, to the actors of that name, in the order of the files.
        keys: key to actor.
        max_words: words in the longest name.
    """

    by_name: Mapping[str, tuple[Actor, ...]]
    keys: Mapping[str, Actor]
    max_words: int

    def find(self, name: str) -> tuple[Actor, ...]:
        """Return the actors of this name, () if there are none, several where it is ambiguous.

        Case, accents, punctuation and a leading `the` do not matter, save that acronyms of up to five letters
        (`WHO`, `U.S.`) are only found as acronyms, and names of one word with a capital article (`The Economist`) only
        as they are written. Prefer the actor that is `valid_on` the day in question.
        """
        return self.by_name.get(name_key(name)) or self.by_name.get(fold_name(name), ())

    def by_key(self, key: str) -> Actor | None:
        """Return the listed actor of this key, or None."""
        return self.keys.get(key)


def is_acronym(name: str) -> bool:
    """Return whether a name is one word of up to five letters, all or at least two of them capitals (`WHO`, `LeT`)."""
    letters = sum(character.isalpha() for character in name)
    capitals = sum(character.isupper() for character in name)
    return 0 < letters <= _MAX_ACRONYM and " " not in name and capitals >= min(letters, 2)


def fold_name(name: str) -> str:
    """Return a name without case, accents, punctuation and leading `the`: `the Médecins` and `MEDECINS` are equal."""
    folded = unicodedata.normalize("NFKD", _without_article(name).casefold()).translate(_FOLDED)
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return _SPACE.sub(" ", _MARKS.sub(" ", plain)).strip()


@cache
def load_actors() -> Actors:
    """Return the listed actors; ValueError where a file is wrong (see `tsv.read_tsv`)."""
    return index_actors(row_actor(row) for path in actor_files() for row in read_tsv(path, _COLUMNS))


def actor_files() -> list[Path]:
    """Return the files that list actors, in order of name."""
    return sorted((FOLDER / "actors").glob("*.tsv"))


def index_actors(actors: Iterable[Actor]) -> Actors:
    """Return the look-up of some actors; ValueError when two have one key."""
    keys: dict[str, Actor] = {}
    by_name: dict[str, tuple[Actor, ...]] = {}
    for actor in actors:
        if actor.key in keys:
            raise ValueError(f"actors: expected keys to differ, found {actor.key} twice; rename or merge one of them")
        keys[actor.key] = actor
        for key in dict.fromkeys(name_key(name) for name in (actor.name, *actor.aliases)):
            by_name[key] = (*by_name.get(key, ()), actor)
    return Actors(by_name, keys, max((len(name.split()) for name in by_name), default=0))


def name_key(name: str) -> str:
    """Return what a name is looked up by: acronyms and `The Economist` in their own case, anything else folded."""
    if _TITLE_WITH_ARTICLE.fullmatch(name):
        return name
    bare = _without_article(name)
    return _acronym(bare) if is_acronym(bare) else fold_name(bare)


def row_actor(row: Row) -> Actor:
    """Return the actor of one line; ValueError when a cell is wrong."""
    key, country, wikidata_id = row.required("key"), row.optional("country"), row.optional("wikidata_id")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
        raise row.error("key to be lower-case letters, digits and hyphens", repr(key))
    if country and not re.fullmatch(r"[A-Z]{3}", country):
        raise row.error("country to be an ISO 3166-1 alpha-3 code or empty", repr(country))
    if wikidata_id and not re.fullmatch(r"Q[1-9]\d*", wikidata_id):
        raise row.error("wikidata_id to be Q and a number, or empty", repr(wikidata_id))
    first, last = _row_day(row, "valid_from", last=False), _row_day(row, "valid_to", last=True)
    if first and last and last < first:
        raise row.error("valid_to not to be before valid_from", f"{first} and {last}")
    return Actor(
        key=key,
        name=row.required("name"),
        entity_type=cast("EntityType", row.one_of("entity_type", get_args(EntityType))),
        country=country,
        sector=row.one_of("sector", {*sectors(), ""}) or None,
        aliases=row.several("aliases"),
        wikidata_id=wikidata_id,
        valid_from=first,
        valid_to=last,
        office=row.optional("office"),
    )


def state_actor(country_alpha3: str, country_name: str, sector: str) -> Actor:
    """Return a part of a state that follows from the country alone, e.g. `usa-mil`, Armed Forces of the United States.

    Args:
        country_alpha3: ISO 3166-1 alpha-3 code.
        country_name: English short name, without article.
        sector: GOV, MIL, COP, LEG or JUD; ValueError for any other.
    """
    if sector not in _STATE_SECTORS:
        raise ValueError(f"state_actor: expected sector to be one of {', '.join(_STATE_SECTORS)}, found {sector!r}")
    pattern, entity_type = _STATE_SECTORS[sector]
    name = pattern.format(_with_article(country_name))
    key = f"{country_alpha3.lower()}-{sector.lower()}"
    return Actor(key, name, cast("EntityType", entity_type), country_alpha3, sector)


@cache
def actors_version() -> str:
    """Return 16 hex digits that change with any table of actors, roles, titles or first names."""
    tables = ("roles.tsv", "titles.tsv", "first_names.tsv", "female_names.tsv")
    return digest_files([*actor_files(), *(FOLDER / name for name in tables)])


def _row_day(row: Row, column: str, *, last: bool) -> dt.date | None:
    """Return the day of a cell; a year or month stands for its first day, or for its last."""
    text = row.cells[column]
    if not text:
        return None
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise row.error(f"{column} to be a day, month or year such as 2018-05-30, 2018-05 or 2018", repr(text))
    parts = [int(part) for part in text.split("-")]
    try:
        return _last_day(*parts) if last else dt.date(*[*parts, 1, 1][:3])
    except ValueError as error:
        raise row.error(f"{column} to be in the calendar", repr(text)) from error


def _last_day(year: int, month: int = 12, day: int | None = None) -> dt.date:
    """Return a day, or the last day of a month or year; ValueError when there is no such day."""
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def _without_article(name: str) -> str:
    return re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE)


def _acronym(name: str) -> str:
    """Return an acronym without periods, and without the hyphen of `G-7`."""
    return re.sub(r"\.|-(?=\d)", "", name)


def _with_article(country_name: str) -> str:
    needs = _WITH_ARTICLE.search(country_name) or country_name in _NAMES_WITH_ARTICLE
    return f"the {country_name}" if needs else country_name
