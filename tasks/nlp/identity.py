"""Who each mention is: one identity across the article, with country and sector, and a key that other articles share.

Keys: `actor:` a known actor, `place:` a place, `person:` a full name, `org:` a body of a country, `group:` people of a
country and sector. What only this article can tell apart carries the document's id in its key, so that the militants
of one story are not those of another.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from seeds.actors import fold_name, state_actor
from seeds.countries import country_name, country_of_demonym, country_of_name
from tasks.nlp.spans import title_before
from tasks.nlp.syntax import prepositional

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Doc

    from tasks.nlp.knowledge import Knowledge
    from tasks.nlp.mentions import Mention, MentionIndex

_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD"})
_STATE_NOUNS = frozenset(
    [
        *("government", "authority", "administration", "official", "army", "military", "navy", "police", "force"),
        *("troop", "soldier", "security", "serviceman", "parliament", "court", "regime", "leadership", "command"),
        *("jet", "warplane"),
    ]
)
_NEARBY = 60
"""Words to either side within which a sentence's names tell the country of a description."""
_NAMED_SCORE, _CONTEXT_SCORE, _LOCAL_SCORE = 0.9, 0.6, 0.5


def countries_mentioned(doc: Doc, mentions: Iterable[Mention]) -> Counter[str]:
    """Return how often the article points to each country by demonyms and known actors."""
    found: Counter[str] = Counter()
    for token in doc:
        if token.is_title and token.tag_[:2] in {"JJ", "NN"} and (country := country_of_demonym(token.text)):
            found[country] += 1
    for mention in mentions:
        if mention.actor is not None and mention.actor.country:
            found[mention.actor.country] += 1
    return found


def country_of_words(words: Sequence[str]) -> str | None:
    """Return the country that demonyms and country names among the words point to; the last one wins."""
    for size in (3, 2, 1):
        for start in range(len(words) - size, -1, -1):
            text = " ".join(words[start : start + size])
            if text[:1].isupper() and (country := country_of_demonym(text) or country_of_name(text)):
                return country
    return None


class IdentityResolver:
    """Gives every mention of one article its key, country, sector and score."""

    def __init__(
        self, doc: Doc, index: MentionIndex, knowledge: Knowledge, document_id: str, weights: Mapping[str, float]
    ) -> None:
        """Take the article's mentions, with places resolved, and the weight of each country in it."""
        self._doc = doc
        self._index = index
        self._knowledge = knowledge
        self._document_id = document_id
        self._persons: dict[str, Mention] = {}
        self._bodies: list[Mention] = []
        total = sum(weights.values())
        top = max(weights, key=lambda country: (weights[country], country)) if weights else None
        self._focus = top if top is not None and weights[top] * 2 >= total else None

    def resolve(self) -> None:
        """Resolve names first, in order of the text, then nominals, which may refer to them."""
        for mention in sorted(self._names("person"), key=lambda m: (m.start - m.end, m.start)):
            self._person(mention)
        for mention in self._index.mentions:
            if mention.kind != "name" or mention.entity_type in {"person", "place"}:
                continue
            self._body(mention)
        for mention in self._index.mentions:
            if mention.kind == "nominal":
                self._nominal(mention)

    def _names(self, entity_type: str) -> list[Mention]:
        return [m for m in self._index.mentions if m.kind == "name" and m.entity_type == entity_type]

    def _adopt_actor(self, mention: Mention) -> bool:
        actor = mention.actor
        if actor is None:
            return False
        mention.key, mention.country, mention.sector = f"actor:{actor.key}", actor.country, actor.sector
        mention.score = _NAMED_SCORE
        return True

    def _person(self, mention: Mention) -> None:
        """Link a surname to the full name that the article gives; longer names come first."""
        words = fold_name(mention.name).split()
        known = self._persons.get(words[-1] if words else "")
        if not self._adopt_actor(mention):
            if known is not None and (len(words) == 1 or set(words) <= set(fold_name(known.name).split())):
                mention.key, mention.score = known.key, 0.85
            elif len(words) > 1:
                mention.key, mention.score = f"person:{' '.join(words)}", 0.8
            else:
                mention.key, mention.score = f"person:{self._document_id}:{' '.join(words)}", _LOCAL_SCORE
        if words and known is None:
            self._persons[words[-1]] = mention
        self._office(mention)

    def _office(self, mention: Mention) -> None:
        """Read role and country from the words before a name and from its apposition."""
        head = self._doc[mention.head]
        before = [word.lower() for word in mention.modifiers]
        role = self._knowledge.roles.find(before) if before else None
        title = title_before(before)
        apposition = next((c for c in head.children if c.dep_ == "appos"), None)
        described = self._index.at(apposition) if apposition is not None else None
        sector = (role and role.sector) or (title and title.sector) or None
        country = country_of_words(mention.modifiers)
        if described is not None and described.kind == "nominal":
            sector = sector or described.sector
            country = country or country_of_words(described.modifiers) or self._country_of_complement(described)
        mention.sector = mention.sector or sector
        mention.country = mention.country or country

    def _body(self, mention: Mention) -> None:
        if self._adopt_actor(mention):
            return
        name = fold_name(mention.name)
        if mention.entity_type == "group":
            mention.country = country_of_demonym(mention.name)
            mention.key, mention.score = f"group:{mention.country or ''}::{name}", 0.7
            return
        role = self._knowledge.roles.find(mention.name.lower().split())
        mention.role, mention.sector = role, role.sector if role else None
        mention.country = country_of_words([*mention.modifiers, *mention.name.split()])
        if role is not None and mention.country is None:
            mention.country = self._country_of_complement(mention) or self._country_nearby(mention)
        mention.key, mention.score = f"org:{mention.country or ''}:{name}", 0.7
        self._bodies.append(mention)

    def _nominal(self, mention: Mention) -> None:
        """Give a description its identity: an organisation's people, a state's forces, or people of this article."""
        role = mention.role
        assert role is not None, "nominals are found by their role"
        owner = self._owner(mention)
        plural = mention.entity_type != "person"
        if owner is not None and owner.entity_type != "place":
            mention.country, mention.sector = owner.country, owner.sector or role.sector
            if plural:
                mention.key, mention.score = owner.key, 0.75
                return
        elif owner is not None:
            mention.country = owner.country
        stated = country_of_words(mention.modifiers) or mention.country or self._country_of_complement(mention)
        mention.country = stated or (self._country_nearby(mention) if role.sector in _STATE_SECTORS else None)
        noun = role.noun.split()[-1].removesuffix("s")
        if (
            plural
            and mention.country
            and role.sector in _STATE_SECTORS
            and noun in _STATE_NOUNS
            and not self._counted(mention)
        ):
            actor = state_actor(mention.country, country_name(mention.country), role.sector or "")
            mention.actor, mention.key = actor, f"actor:{actor.key}"
            mention.score = 0.8 if stated else _CONTEXT_SCORE
        elif plural and stated and not self._counted(mention):
            mention.key, mention.score = f"group:{stated}:{mention.sector or ''}:{role.noun}", 0.7
        elif body := self._named_before(mention, noun):
            mention.key, mention.country, mention.score = body.key, body.country, 0.65
        else:
            which = str(mention.start) if self._counted(mention) else mention.sector or ""
            mention.key, mention.score = f"group:{self._document_id}:{which}:{role.noun}", _LOCAL_SCORE

    def _owner(self, mention: Mention) -> Mention | None:
        """Return the named body or place inside the description: `Taliban fighters`, `Kabul police`."""
        for token in self._doc[mention.start : mention.head]:
            named = self._index.at(token)
            if named is not None and named.kind == "name" and named.key:
                return named
        return None

    def _counted(self, mention: Mention) -> bool:
        return any(token.tag_ == "CD" for token in self._doc[mention.start : mention.end])

    def _named_before(self, mention: Mention, noun: str) -> Mention | None:
        """Return the latest named body that the noun can stand for: `the ministry`."""
        if mention.entity_type != "organization":
            return None
        before = (b for b in reversed(self._bodies) if b.start < mention.start and noun in b.name.lower())
        return next(before, None)

    def _country_of_complement(self, mention: Mention) -> str | None:
        """Return the country of `the government of Syria`, `officials in Kabul`."""
        slots = prepositional(self._doc[mention.head])
        for preposition in ("of", "in", "from"):
            for token in slots.get(preposition, ()):
                place = self._index.at(token)
                if place is not None and place.entity_type == "place" and place.country:
                    return place.country
        return None

    def _country_nearby(self, mention: Mention) -> str | None:
        """Return the country of the name that stands nearest before in the sentence, else the article's own."""
        sentence = self._doc[mention.head].sent
        around = self._doc[max(sentence.start, mention.head - _NEARBY) : min(sentence.end, mention.head + _NEARBY)]
        named = [m for m in self._index.within(around) if m.country and m.kind == "name"]
        before = [m for m in named if m.head < mention.head]
        if before:
            return before[-1].country
        countries = {m.country for m in named}
        return countries.pop() if len(countries) == 1 else self._focus
