"""Capitals that stand for their government: `Washington said`, `talks between Tehran and London`, `Beijing's decision`.

The rule is syntax. A capital is its government as the subject of a verb of saying, deciding or dealing, as the object
of one (`urged Ankara`), as owner of what only states have (`Moscow's envoy`), after `with`, `against`, `between` and
`by` unless roads or distances are meant, after other prepositions under a few words (`pressure on`, `aid from`), and
before `-backed`. Everywhere else (`in Washington`, `Kabul bombing`, `fled Kabul`) it stays a place. Names of countries
stay places: who acts for them is read from the event (`parties.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeds.actors import fold_name, state_actor
from seeds.countries import capital_country, country_name, country_of_name
from seeds.metonyms import load_metonym_words
from seeds.names import female_first_names

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from seeds.actors import Actor, Actors
    from tasks.nlp.mentions import Mention, MentionIndex

_SCORE = 0.8
_NAMESAKE, _SURE = 60_000, 0.6
"""A place of a capital's name that has fewer inhabitants, and is less sure, is not who speaks."""
_SEATS = {"brussels": ("european-", "european-union"), "hague": ("international-c", "international-criminal-court")}
"""City that is the seat of a body: how keys of actors begin that show that it is meant, and the body's key."""
_BACKED = frozenset({"aligned", "allied", "appointed", "approved", "backed", "brokered", "controlled", "dominated"}) | {
    *("friendly", "funded", "imposed", "installed", "led", "mediated", "ordered", "organised", "organized"),
    *("sponsored", "supported"),
}
_AFTER_DATELINE = frozenset({"(", "-", "--", "\u2013", "\u2014"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_STEPS = 10
"""Words that a chain of `A, B and C` is followed up."""


def read_metonyms(doc: Doc, index: MentionIndex, actors: Actors) -> None:
    """Turn the place names that stand for a government, or for a body with its seat there, into organizations."""
    said = _Said.of(index)
    for mention in index.mentions:
        if mention.kind != "name" or mention.actor is not None or mention.in_dateline:
            continue
        actor = _stands_for(mention, said, actors)
        if actor is None or (mention.entity_type == "person" and _is_person(doc, mention, said)):
            continue
        if is_metonymic(doc, mention):
            _replace(mention, actor)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the article names: surnames in full names, keys of known actors, countries."""

    surnames: frozenset[str]
    actors: frozenset[str]
    countries: frozenset[str]

    @classmethod
    def of(cls, index: MentionIndex) -> _Said:
        named = [m for m in index.mentions if m.kind == "name"]
        return cls(
            frozenset(m.name.split()[-1] for m in named if m.entity_type == "person" and " " in m.name),
            frozenset(m.actor.key for m in named if m.actor is not None),
            frozenset(m.country for m in named if m.country and m.place is not None and m.place.kind == "country"),
        )


def _is_person(doc: Doc, mention: Mention, said: _Said) -> bool:
    """Tell whether a capital's name is somebody's: `George Washington`, `Mrs. London`, `Sofia said`."""
    before = doc[mention.start - 1] if mention.start else None
    starts = doc[mention.start].is_sent_start
    titled = before is not None and not starts and (before.text[:1].isupper() or before.text == ".")
    return titled or mention.name in said.surnames or mention.name in female_first_names()


def is_metonymic(doc: Doc, mention: Mention) -> bool:
    """Tell whether a capital acts, is acted upon, or owns as only governments do."""
    words, head = load_metonym_words(), doc[mention.head]
    if (
        doc[mention.end : mention.end + 1].text == "-"
        and doc[mention.end + 1 : mention.end + 2].text.lower() in _BACKED
    ):
        return True
    if _opens_report(doc, mention):
        return False
    first = _first_conjunct(head)
    above, slot = first.head, _slot(first)
    if slot == "subj" and above.lemma_ == "be":
        return any(words.means_government("acomp", c.lemma_) for c in above.children if c.dep_ in {"acomp", "attr"})
    if slot in {"subj", "obj", "poss"}:
        return words.means_government(slot, above.lemma_)
    if first.dep_ == "pobj":
        governors = [above.head, *(child for child in above.head.children if child.dep_ == "dobj")]
        return not _nearer_place(above) and any(words.means_government(above.lower_, g.lemma_) for g in governors)
    return False


def _opens_report(doc: Doc, mention: Mention) -> bool:
    """Tell whether a name only says where the reporter was: `HANOI (VNA) - ...`, `MOSCOW, Russia`."""
    first = doc[mention.start]
    following = doc[mention.end : mention.end + 1].text
    return bool(first.is_sent_start or mention.start == 0) and (
        following in _AFTER_DATELINE or (first.is_upper and following == ",")
    )


def _nearer_place(preposition: Token) -> bool:
    """Tell whether the preposition only tells one way or distance from another: `from Kabul to`, `10 km from`."""
    return any(child.dep_ == "npadvmod" for child in preposition.children)


def _first_conjunct(token: Token) -> Token:
    for _ in range(_STEPS):
        if token.dep_ != "conj" or token.head == token:
            break
        token = token.head
    return token


def _slot(token: Token) -> str:
    if token.dep_ in _SUBJECTS:
        return "subj"
    return "obj" if token.dep_ in _OBJECTS else token.dep_


def _stands_for(mention: Mention, said: _Said, actors: Actors) -> Actor | None:
    """Return the government, or the other body, that a place name can stand for."""
    house = next((a for a in actors.find(mention.name) if a.sector == "GOV" and a.entity_type == "organization"), None)
    if house is not None:
        return house
    country = capital_country(mention.name)
    seat = _SEATS.get(fold_name(mention.name))
    if seat is not None and _means_body(said, seat[0], country):
        return actors.by_key(seat[1])
    if country is None or country_of_name(mention.name) is not None or _is_namesake(mention, country):
        return None
    return state_actor(country, country_name(country), "GOV")


def _is_namesake(mention: Mention, country: str) -> bool:
    """Tell whether the article means another place of the capital's name."""
    place = mention.place
    if place is None or place.country == country:
        return False
    return place.population >= _NAMESAKE or mention.score >= _SURE


def _means_body(said: _Said, prefix: str, country: str | None) -> bool:
    """Tell whether the article speaks of the bodies with a seat there, or at least not of the country around it."""
    return any(key.startswith(prefix) for key in said.actors) or (country == "BEL" and country not in said.countries)


def _replace(mention: Mention, actor: Actor) -> None:
    mention.entity_type, mention.place, mention.actor = "organization", None, actor
    mention.country, mention.sector = actor.country, actor.sector
    mention.key, mention.score = f"actor:{actor.key}", _SCORE
