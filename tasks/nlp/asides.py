"""Places that a text names in passing: inside the name of a local body, and by a nationality that stands for them.

`Quetta Police Department` tells where the body is; the names of firms, papers and clubs (`Bank of America`) do not,
unless the article speaks of the place by itself too. `Egyptian officials` are those of Egypt. Such mentions are kept
but take no part in events: nothing happened in Egypt because its president spoke.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeds.actors import fold_name
from seeds.countries import country_name, country_of_demonym, country_of_name
from seeds.gazetteer_records import OTHER_NAME
from seeds.names import load_name_words
from tasks.nlp.mentions import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from seeds.gazetteer import Gazetteer
    from tasks.nlp.knowledge import Knowledge

_LONGEST = 3
"""Words of a place name inside another name."""
_KNOWN_TOWN = 5_000
_NATIONALITY_SCORE = 0.95
_AREAS = frozenset({"country", "admin1", "admin2", "region"})
_BEFORE_PLACE = frozenset({"of", "in", "for", "de"})


def split_nationalities(names: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Return the names without the nationalities that stand for a country, and those, both in order."""
    stand_for_country = [m.entity_type == "place" and _is_nationality(m.name) for m in names]
    pairs = list(zip(names, stand_for_country, strict=True))
    return [name for name, stands in pairs if not stands], [name for name, stands in pairs if stands]


def _is_nationality(name: str) -> bool:
    """Tell whether a word is no name of a country itself, as `US` is."""
    return country_of_demonym(name) is not None and country_of_name(name) is None


def place_nationality(mention: Mention, gazetteer: Gazetteer) -> bool:
    """Set the country that a nationality stands for; False where the mention is no nationality."""
    country = country_of_demonym(mention.name) if _is_nationality(mention.name) else None
    if country is None:
        return False
    named = gazetteer.find(country_name(country))
    place = next((place for place in named if place.country == country and place.kind == "country"), None)
    if place is not None:
        mention.place, mention.country, mention.score = place, country, _NATIONALITY_SCORE
        mention.key = f"place:{place.place_key}"
    return True


def places_within(doc: Doc, names: Sequence[Mention], knowledge: Knowledge) -> list[Mention]:
    """Return the place mentions inside the organizations among the names of an article, in order of the text."""
    alone = frozenset(fold_name(mention.name) for mention in names if mention.entity_type == "place")
    bodies = (m for m in names if m.entity_type == "organization" and m.actor is None and m.end - m.start > 1)
    return [place for body in bodies if (place := _place_within(doc, body, knowledge, alone))]


def _place_within(doc: Doc, body: Mention, knowledge: Knowledge, alone: frozenset[str]) -> Mention | None:
    kinds = {kind for token in doc[body.start : body.end] for kind in load_name_words().get(token.lower_, ())}
    for start, end in _runs(doc, body):
        name = doc[start:end].text
        if fold_name(name) in alone or ("public_body" in kinds and _is_known(name, knowledge)):
            head = doc[start:end].root.i
            return Mention(start, end, head, "name", "place", name, body.label)
    return None


def _runs(doc: Doc, body: Mention) -> Iterator[tuple[int, int]]:
    """Yield the runs of words where the name of a place may stand: first, or after a preposition; the longest first."""
    begins = [body.start, *(i + 1 for i in range(body.start, body.end - 1) if doc[i].lower_ in _BEFORE_PLACE)]
    for size in range(min(_LONGEST, body.end - body.start - 1), 0, -1):
        for start in begins:
            if start + size <= body.end and doc[start].text[:1].isupper():
                yield start, start + size


def _is_known(name: str, knowledge: Knowledge) -> bool:
    """Tell whether a name is that of a country, province, district or town, and of nothing else that we know of."""
    if name.lower() in load_name_words() or country_of_demonym(name) or name in knowledge.first_names:
        return False
    if knowledge.actors.find(name):
        return False
    best = next(iter(knowledge.gazetteer.find(name)), None)
    if best is None or best.alias_rank == OTHER_NAME:
        return False
    return best.kind in _AREAS or best.population >= _KNOWN_TOWN
