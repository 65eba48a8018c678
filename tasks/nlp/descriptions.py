"""Who described people and bodies are: `Afghan forces`, `Taliban officials`, `the group`, `the French president`.

A description belongs to the body that owns it, to the person or body named before that it can only mean, to a state,
or to the people of a country and sector; else it is of this article alone. Which country an unmarked `police` serves,
its sentence says, or the article's focus. Does not belong here: names (`identity.py`, `persons.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from seeds.actors import state_actor
from seeds.countries import country_name, country_of_demonym
from seeds.roles import load_roles
from tasks.nlp.nationality import country_of_complement, country_of_words, only_backs, sector_of_complement
from tasks.nlp.offices import office_holder
from tasks.nlp.persons import GOVERNMENTS
from tasks.nlp.syntax import prepositional

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span, Token

    from seeds.roles import Role
    from tasks.nlp.mentions import Mention, MentionIndex
    from tasks.nlp.persons import PersonResolver

_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD"})
_STATE_NOUNS = frozenset(
    [
        *("government", "authority", "administration", "official", "army", "military", "navy", "police", "force"),
        *("troop", "soldier", "security", "serviceman", "parliament", "court", "regime", "leadership", "command"),
        *("jet", "warplane"),
    ]
)
_COLLECTIVES = frozenset({"group", "member", "team", "delegation", "number", "band", "crew", "crowd"})
_MOST_BODIES = 100
"""Bodies named before `the group` among which it is looked for."""
_BODY_NOUNS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("group", "organization", "organisation", "movement", "network", "faction", "front", "alliance"),
        frozenset({"REB", "PRM", "UAF", "CRM", "OPP", "NGO", "HRI", "IGO", "PTY", "REL", "CVL", "LAB"}),
    ),
    **dict.fromkeys(("militia", "insurgency"), frozenset({"REB", "PRM", "UAF"})),
    **dict.fromkeys(("cartel", "gang", "mafia", "syndicate"), frozenset({"CRM"})),
    "party": frozenset({"PTY", "OPP", "GOV"}),
    "union": frozenset({"LAB", "IGO"}),
    "bloc": frozenset({"IGO"}),
    **dict.fromkeys(("company", "firm"), frozenset({"BUS"})),
}
"""What a body named before must be for `the group`, `the party` to mean it."""
_HEADS_OF = frozenset({"president", "chairman", "chairwoman", "chair", "director", "secretary", "treasurer", "speaker"})
"""Nouns for the head of any body, which is named behind `of`."""
_TRADES = frozenset({"BUS", "HLH", "EDU", "LAB", "MED"})
"""Sectors of trades that people follow for a state too."""
_DEFINITE = frozenset({"the", "this", "that"})
_INDEFINITE = frozenset({"a", "an", "another", "any", "every", "each", "no", "some", "one", "other", "which", "what"})
_OTHER_HOLDER = frozenset(
    [
        *("former", "ex", "next", "new", "future", "late", "acting", "interim", "deputy", "vice", "assistant", "would"),
        *("first", "previous", "ousted", "deposed", "past", "potential", "other", "several", "own", "local", "rival"),
    ]
)
"""Words after which an office's present holder is not meant."""
_LOCATIVE = frozenset({"in", "at", "near", "outside", "inside", "across", "throughout"})
_AT_HOME = frozenset({"CVL", "OPP", "LAB", "EDU", "HLH", "AGR", "CRM", "REB", "UAF", "PRM", "REL", "PTY", "BUS"})
"""Sectors whose unmarked people are most likely of the country where things happen."""
_TRAVELLERS = frozenset(
    {"tourist", "foreigner", "migrant", "visitor", "traveller", "traveler", "passenger", "expatriate"}
)
_NEARBY = 60
"""Words to either side within which a sentence's names tell the country of a description."""
_NAMED_SCORE, _STATED_SCORE, _PEOPLE_SCORE, _BODY_SCORE, _CONTEXT_SCORE, _LOCAL_SCORE = 0.75, 0.8, 0.7, 0.65, 0.6, 0.5


class DescriptionResolver:
    """Gives every nominal of one article its key, country and sector."""

    def __init__(
        self, doc: Doc, index: MentionIndex, document_id: str, persons: PersonResolver, bodies: Sequence[Mention]
    ) -> None:
        """Take the article's mentions, its named persons and its named bodies, resolved."""
        self._doc = doc
        self._index = index
        self._document_id = document_id
        self._persons = persons
        self._bodies = bodies

    def resolve(self, mentions: Sequence[Mention], focus: str | None, published_on: dt.date | None) -> None:
        """Resolve nominals from the last to the first, so that `a group of lawmakers` finds its lawmakers resolved.

        Args:
            mentions: the nominals in order of the text.
            focus: the country that most of the article is about, or None.
            published_on: the day that tells who holds an office, or None.
        """
        for mention in reversed(mentions):
            role = mention.role
            assert role is not None, "nominals are found by their role"
            if not self._is_named_beside(mention) and not self._belongs(mention, role):
                self._describe(mention, role, focus, published_on)

    def _is_named_beside(self, mention: Mention) -> bool:
        """Link `Russia's foreign minister, Sergei Lavrov` to the name that it stands beside."""
        head = self._doc[mention.head]
        beside = [child for child in head.children if child.dep_ == "appos"]
        beside += [head.head] if head.dep_ == "appos" else []
        beside += self._doc[mention.end : mention.end + 1]
        stated = country_of_words(mention.modifiers)
        for token in beside:
            named = self._index.at(token)
            if named is None or named.kind != "name" or not named.key or named.entity_type != mention.entity_type:
                continue
            if stated is None or named.country in {stated, None}:
                self._link(mention, named, _NAMED_SCORE)
                return True
        return False

    def _link(self, mention: Mention, named: Mention, score: float) -> None:
        mention.key, mention.score, mention.actor = named.key, score, named.actor
        mention.country, mention.sector = named.country, named.sector or mention.sector

    def _belongs(self, mention: Mention, role: Role) -> bool:
        """Link people and parts of a named body to it: `Taliban fighters`, `members of Hezbollah`."""
        owner = self._owner(mention) or self._whole(mention, role)
        if owner is None:
            return False
        mention.country = owner.country
        of_state = owner.entity_type == "person" and owner.sector == "GOV" and role.sector in _STATE_SECTORS
        if owner.entity_type == "place" or of_state or role.noun.split()[-1] in GOVERNMENTS:
            return False
        mention.sector = owner.sector or role.sector
        stated = country_of_words(mention.modifiers)
        if mention.entity_type == "person" or (owner.country is None and stated):
            return False
        mention.key, mention.score = owner.key, _NAMED_SCORE
        mention.country = owner.country or country_of_complement(self._doc[mention.head], self._index, "of", "in")
        return True

    def _owner(self, mention: Mention) -> Mention | None:
        """Return the named body, or else the place, inside the description: `Taliban fighters`, `Kabul police`."""
        inside = (self._index.at(token) for token in self._doc[mention.start : mention.head])
        names = [m for m in inside if m is not None and m.kind == "name" and m.key]
        named = [m for m in names if not only_backs(self._doc, m.end) and not _is_nationality(m)]
        bodies = [m for m in named if m.entity_type != "place"]
        return next(reversed(bodies or named), None)

    def _whole(self, mention: Mention, role: Role) -> Mention | None:
        """Return whose members they are: of `members of Hezbollah`, or of `a group of lawmakers` the lawmakers."""
        if role.noun.split()[-1] not in _COLLECTIVES and mention.entity_type != "group":
            return None
        for token in prepositional(self._doc[mention.head]).get("of", ()):
            whole = self._index.at(token)
            if whole is not None and whole.key and whole.entity_type in {"organization", "group"}:
                return whole if whole.kind == "name" or role.noun.split()[-1] in _COLLECTIVES else None
        return None

    def _describe(self, mention: Mention, role: Role, focus: str | None, published_on: dt.date | None) -> None:
        """Give a description that no name owns its identity: a state's forces, an office holder, or just people."""
        head = self._doc[mention.head]
        stated = country_of_words(mention.modifiers) or mention.country
        stated = stated or country_of_complement(head, self._index, "of", "for", "in", "from")
        mention.sector = self._sector(mention, role)
        in_office = role.sector in _STATE_SECTORS
        mention.country = stated or (self._country_nearby(mention, focus) if in_office else None)
        if mention.country is None and mention.sector in _AT_HOME and not _TRAVELLERS & set(role.noun.split()):
            mention.country = self._country_of_place(mention)
        noun, counted = role.noun.split()[-1].removesuffix("s"), self._counted(mention)
        plural = mention.entity_type != "person"
        if (
            not plural
            and in_office
            and mention.sector == role.sector
            and self._holds_office(mention, role, stated, published_on)
        ):
            return
        if plural and mention.country and in_office and noun in _STATE_NOUNS and not counted:
            actor = state_actor(mention.country, country_name(mention.country), role.sector or "")
            mention.actor, mention.key = actor, f"actor:{actor.key}"
            mention.score = _STATED_SCORE if stated else _CONTEXT_SCORE
        elif plural and stated and not counted:
            mention.key, mention.score = f"group:{stated}:{mention.sector or ''}:{role.noun}", _PEOPLE_SCORE
        elif body := self._named_before(mention, noun):
            self._link(mention, body, _BODY_SCORE)
        else:
            which = str(mention.start) if counted else mention.sector or ""
            mention.key, mention.score = f"group:{self._document_id}:{which}:{role.noun}", _LOCAL_SCORE

    def _sector(self, mention: Mention, role: Role) -> str | None:
        """Return the sector of a description: of what it heads or works for, where its noun alone does not tell.

        The president of a company is BUS, and an army accountant MIL; `mention.sector` is that of the named owner.
        """
        noun = role.noun.split()[-1]
        if mention.entity_type == "person" and noun in _HEADS_OF:
            body = sector_of_complement(self._doc[mention.head], self._index, "of")
            return body or mention.sector or role.sector
        if role.sector in _TRADES and mention.start < mention.head:
            before = [token.lower_ for token in self._doc[mention.start : mention.head]]
            employer = load_roles().find(before[: len(before) + 1 - len(role.noun.split())])
            if employer is not None and employer.sector in _STATE_SECTORS:
                return employer.sector
        return mention.sector or role.sector or sector_of_complement(self._doc[mention.head], self._index)

    def _holds_office(self, mention: Mention, role: Role, stated: str | None, published_on: dt.date | None) -> bool:
        """Link `the French president` to the article's person of that office, else to its one holder of the day."""
        first = self._doc[mention.start - 1].lower_ if mention.start else ""
        if first in _INDEFINITE or _OTHER_HOLDER & {word.lower() for word in mention.modifiers}:
            return False
        if person := self._persons.in_office(role.noun, stated):
            self._link(mention, person, _BODY_SCORE)
            return True
        actor = office_holder(stated, role.noun, published_on) if stated and published_on else None
        if actor is None:
            return False
        mention.actor, mention.key, mention.score = actor, f"actor:{actor.key}", _CONTEXT_SCORE
        mention.sector = actor.sector
        return True

    def _counted(self, mention: Mention) -> bool:
        return any(token.tag_ == "CD" for token in self._doc[mention.start : mention.end])

    def _named_before(self, mention: Mention, noun: str) -> Mention | None:
        """Return the latest named body that the noun can stand for: `the ministry`, `the group`."""
        if mention.entity_type == "person" or self._doc[mention.head].tag_ == "NNS":
            return None
        end = bisect_left(self._bodies, mention.start, key=lambda body: body.start)
        before = self._bodies[max(0, end - _MOST_BODIES) : end][::-1]
        alike = next((b for b in before if mention.entity_type == "organization" and noun in b.name.lower()), None)
        definite = mention.start > 0 and self._doc[mention.start - 1].lower_ in _DEFINITE
        if alike is not None or not definite:
            return alike
        sectors = _BODY_NOUNS.get(noun, frozenset())
        return next((b for b in before if b.entity_type == "organization" and b.sector in sectors), None)

    def _country_of_place(self, mention: Mention) -> str | None:
        """Return the country where the sentence says that it happens; None where it names none, or several."""
        named = [m for m in self._index.within(self._around(mention)) if m.country and m.entity_type == "place"]
        where = {m.country for m in named if not m.in_dateline and _is_located(self._doc[m.head])}
        return where.pop() if len(where) == 1 else None

    def _around(self, mention: Mention) -> Span:
        sentence = self._doc[mention.head].sent
        return self._doc[max(sentence.start, mention.head - _NEARBY) : min(sentence.end, mention.head + _NEARBY)]

    def _country_nearby(self, mention: Mention, focus: str | None) -> str | None:
        """Return the country where the sentence happens, or that is named nearest before, else the article's own."""
        around = self._index.within(self._around(mention))
        named = [m for m in around if m.country and m.kind == "name" and not m.in_dateline]
        if place := self._country_of_place(mention):
            return place
        before = [m for m in named if m.head < mention.head]
        if before:
            return before[-1].country
        countries = {m.country for m in named}
        return countries.pop() if len(countries) == 1 else focus


def _is_nationality(mention: Mention) -> bool:
    return mention.entity_type != "place" and country_of_demonym(mention.name) is not None


def _is_located(token: Token) -> bool:
    """Tell whether a place name says where something is: `in Kabul`."""
    anchor = token.head if token.dep_ == "compound" else token
    return anchor.dep_ == "pobj" and anchor.head.lower_ in _LOCATIVE
