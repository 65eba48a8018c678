"""Who each mention is: one identity across the article, with country and sector, and a key that other articles share.

Keys: `actor:` a known actor, `place:` a place, `person:` a full name, `org:` a body of a country, `group:` people of a
country and sector. What only this article can tell apart carries the document's id in its key, so that the militants
of one story are not those of another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeds.actors import fold_name
from seeds.countries import country_of_demonym
from tasks.nlp.acronyms import acronyms_explained, share_acronyms
from tasks.nlp.descriptions import DescriptionResolver
from tasks.nlp.metonyms import read_metonyms
from tasks.nlp.nationality import country_in_phrase, country_of_body, country_of_complement, country_of_words
from tasks.nlp.persons import GOVERNMENTS, PersonResolver

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

    from seeds.actors import Actor
    from tasks.nlp.knowledge import Knowledge
    from tasks.nlp.mentions import Mention, MentionIndex

_NAMED_SCORE, _BODY_SCORE = 0.9, 0.7
_BEFORE = 5
"""Words before a body's name that may say whose it is."""


class IdentityResolver:
    """Gives every mention of one article its key, country, sector and score."""

    def __init__(self, doc: Doc, index: MentionIndex, knowledge: Knowledge, weights: Mapping[str, float]) -> None:
        """Take the article's mentions, with places resolved, and the weight of each country in it."""
        self._doc = doc
        self._index = index
        self._knowledge = knowledge
        self._document_id: str = doc._.article.document_id
        self._published_on: dt.date | None = doc._.article.published_on
        self._focus = _focus(weights) or _dateline_country(index)

    def resolve(self) -> None:
        """Resolve what is known by name, then the other bodies, then persons, then nominals, which refer to them."""
        read_metonyms(self._doc, self._index, self._knowledge.actors)
        share_acronyms(self._doc, self._index)
        for mention in self._names():
            self._settle(mention)
            _adopt_actor(mention)
        bodies = [m for m in self._names() if m.entity_type in {"organization", "group"}]
        self._bodies(bodies)
        persons = PersonResolver(self._doc, self._index, self._knowledge, self._document_id, self._published_on)
        persons.resolve([m for m in self._names() if m.entity_type == "person"])
        nominals = [m for m in self._index.mentions if m.kind == "nominal"]
        DescriptionResolver(self._doc, self._index, self._document_id, persons, bodies).resolve(
            nominals, self._focus, self._published_on
        )

    def _names(self) -> list[Mention]:
        return [m for m in self._index.mentions if m.kind == "name"]

    def _settle(self, mention: Mention) -> None:
        """Correct the type of a name by what it can only be: a listed body, a nationality, or a head of government."""
        following = self._doc[mention.end : mention.end + 1].text.lower()
        if mention.entity_type == "place" and mention.place is None and following in GOVERNMENTS:
            mention.entity_type, mention.key = "person", None
        if mention.actor is not None and self._is_of_another(mention, mention.actor):
            mention.actor = None
        if mention.actor is not None or mention.place is not None:
            return
        actors = self._knowledge.actors.find(mention.name)
        found = [actor for actor in actors if not self._is_of_another(mention, actor)]
        if found and not any(actor.entity_type == "person" for actor in found):
            mention.actor = self._in_office(found)
            mention.entity_type = mention.actor.entity_type
        elif mention.entity_type == "place":
            mention.country = mention.country or country_of_words(mention.name.split())
        elif country_of_demonym(mention.name):
            mention.entity_type = "group"
        elif mention.entity_type == "person" and (role := self._knowledge.roles.by_words.get(_words(mention))):
            mention.kind, mention.role, mention.sector = "nominal", role, role.sector  # a title in capitals, no name
        elif mention.end - mention.start == 1 and following in GOVERNMENTS:
            mention.entity_type = "person"

    def _is_of_another(self, mention: Mention, actor: Actor) -> bool:
        """Tell whether the words before a common name give it to another country: `Chile's Defense Department`."""
        if actor.country is None or self._knowledge.roles.find(mention.name.lower().split()) is None:
            return False
        left = max(self._doc[mention.head].left_edge.i, mention.start - _BEFORE)
        stated = country_in_phrase(self._doc, left, mention.start, self._index)
        return stated is not None and stated != actor.country

    def _in_office(self, actors: Sequence[Actor]) -> Actor:
        """Return the first of some actors that are valid on the day of publication, or the first of all."""
        day = self._published_on
        return next((actor for actor in actors if day is None or actor.valid_on(day)), actors[0])

    def _bodies(self, bodies: list[Mention]) -> None:
        """Resolve bodies that nobody knows; an acronym is the body that the article explains it by."""
        explained = acronyms_explained(self._doc, self._index)
        for mention in bodies:
            if mention.key is None:
                self._body(mention)
        for mention in bodies:
            full = explained.get(mention.name)
            if full is not None and mention.actor is None:
                mention.key, mention.country, mention.sector = full.key, full.country, full.sector

    def _body(self, mention: Mention) -> None:
        name = fold_name(mention.name)
        if mention.entity_type == "group":
            mention.country = country_of_demonym(mention.name)
            mention.key, mention.score = f"group:{mention.country or ''}::{name}", _BODY_SCORE
            return
        head = self._doc[mention.head]
        role = self._knowledge.roles.find(mention.name.lower().split())
        mention.role, mention.sector = role, role.sector if role else None
        left = max(head.left_edge.i, mention.start - _BEFORE)
        mention.country = country_in_phrase(self._doc, left, mention.start, self._index) or country_of_body(
            mention.name, self._knowledge.gazetteer
        )
        mention.country = mention.country or country_of_complement(head, self._index, "of", "in")
        self._apposed(mention)
        if role is not None and mention.country is None:
            mention.country = self._country_before(mention)
        mention.key, mention.score = f"org:{mention.country or ''}:{name}", _BODY_SCORE

    def _apposed(self, mention: Mention) -> None:
        """Read country and sector from the description beside a body: `the FPM, a Lebanese political party`."""
        head = self._doc[mention.head]
        beside = [child for child in head.children if child.dep_ == "appos"]
        beside += [head.head] if head.dep_ in {"appos", "compound", "nmod"} else []
        for token in beside:
            nominal = self._index.at(token)
            if nominal is not None and nominal.kind == "nominal" and nominal.entity_type != "person":
                stated = country_in_phrase(self._doc, nominal.start, nominal.head, self._index)
                mention.country = mention.country or stated or country_of_complement(token, self._index)
                mention.sector = mention.sector or nominal.sector

    def _country_before(self, mention: Mention) -> str | None:
        """Return the country of the name that stands nearest before in the sentence, else the article's own."""
        sentence = self._doc[mention.head].sent
        named = [m for m in self._index.within(self._doc[sentence.start : mention.start]) if m.country]
        return named[-1].country if named else self._focus


def _words(mention: Mention) -> tuple[str, ...]:
    return tuple(mention.name.lower().split())


def _adopt_actor(mention: Mention) -> None:
    """Take over what is known of a listed actor; which person a surname means is decided later."""
    actor = mention.actor
    if actor is not None:
        mention.key, mention.country, mention.sector = f"actor:{actor.key}", actor.country, actor.sector
        mention.score = _NAMED_SCORE


def _focus(weights: Mapping[str, float]) -> str | None:
    """Return the country that at least half of what points to a country points to."""
    top = max(weights, key=lambda country: (weights[country], country)) if weights else None
    return top if top is not None and weights[top] * 2 >= sum(weights.values()) else None


def _dateline_country(index: MentionIndex) -> str | None:
    return next((m.country for m in index.mentions if m.in_dateline and m.country), None)
