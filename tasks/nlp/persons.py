"""Which person a name means: known leaders, full names of the article, and the surnames that stand for them later.

Longer names come first, so that `Nicholson` finds `John Nicholson`. Two persons of one surname are kept apart: a
surname means the one named last before it whose form of address fits (`Mrs. Clinton`). Does not belong here: what is
said of a person beside the name (`offices.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

from seeds.actors import fold_name
from seeds.names import female_first_names
from tasks.nlp.offices import OFFICE_SECTORS, Description, describe, title_start

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from seeds.actors import Actor
    from tasks.nlp.knowledge import Knowledge
    from tasks.nlp.mentions import Mention, MentionIndex

_ACTOR_SCORE, _FULL_SCORE, _SURNAME_SCORE, _LOCAL_SCORE = 0.9, 0.8, 0.85, 0.5
_FEMALE = frozenset({"mrs", "ms", "miss", "mme", "madame", "lady", "queen", "princess", "congresswoman"})
_MALE = frozenset({"mr", "sir", "lord", "king", "prince", "congressman"})
_PRONOUNS = {"she": "f", "her": "f", "he": "m", "his": "m", "him": "m"}
_WOMEN_AT_HOME = frozenset({"wife", "daughter", "mother", "sister", "widow", "first lady"})
_FOLLOWING = 8
"""Words after a name among which a pronoun tells how the person is addressed."""
GOVERNMENTS = frozenset({"administration", "government", "cabinet", "presidency", "regime"})
"""Nouns that the name of a head of government stands before: `the Bush administration`."""
_HEADS = ("President", "Prime Minister")
_MOST_NAMESAKES = 30
"""Persons of one surname among whom is looked; an article with more is a list."""
_NEAR = 60
"""Words within which a full name decides whom its surname means."""
_FAMILY_NAME_FIRST = frozenset({"CHN", "HKG", "KOR", "PRK", "TWN", "VNM", "KHM"})
_FAMILY_NAMES = frozenset(
    """
    kim lee park choi jung moon yoon han kang cho lim chung kwon hwang ahn song ri pak chae jang
    xi hu wang li zhang liu chen yang zhao huang zhou wu xu sun ma zhu guo he gao lin luo zheng tsai tang feng deng bo
    nguyen tran pham hoang phan vu dang bui ngo hun
    """.split()
)
"""Family names that stand first in Korean, Chinese, Vietnamese and Khmer names."""


def _surnames(mention: Mention, words: list[str]) -> list[str]:
    """Return the words of a full name by which a story goes on to call a person: the last, or the first in the East."""
    if not words:
        return []
    eastern = mention.actor is not None and mention.actor.country in _FAMILY_NAME_FIRST
    return [words[-1], words[0]] if eastern or words[0] in _FAMILY_NAMES else [words[-1]]


class PersonResolver:
    """Gives every named person of one article a key, and what the article says of that person."""

    def __init__(
        self, doc: Doc, index: MentionIndex, knowledge: Knowledge, document_id: str, published_on: dt.date | None
    ) -> None:
        """Take the article's mentions, with places resolved."""
        self._doc = doc
        self._index = index
        self._knowledge = knowledge
        self._document_id = document_id
        self._published_on = published_on
        self._full: dict[str, list[Mention]] = {}
        self._described: dict[str, dict[Description, None]] = {}
        self._holders: dict[str, dict[str, Mention]] = {}
        self._named_at: dict[str, list[int]] = {}

    def resolve(self, mentions: Sequence[Mention]) -> None:
        """Set key, country and sector of named persons: full names first, then titled surnames, then the others."""
        single = []
        for mention in mentions:
            if mention.end - mention.start > 1:
                self._full_name(mention)
            else:
                single.append(mention)
        titled = {id(mention): self._titled_actor(mention) for mention in single}
        for mention in sorted(single, key=lambda m: (titled[id(m)] is None, m.start)):
            self._surname(mention, titled[id(mention)])
        for mention in mentions:
            found = describe(self._doc, self._index, mention, self._knowledge.roles)
            if found and mention.key:
                self._described.setdefault(mention.key, {})[found] = None
        for mention in mentions:
            self._tell(mention)
            for said in self._described.get(mention.key or "", ()):
                if said.role and not said.former:
                    self._holders.setdefault(said.role, {}).setdefault(mention.key or "", mention)

    def _full_name(self, mention: Mention) -> None:
        words = fold_name(mention.name).split()
        if mention.actor is not None:
            self._adopt(mention, mention.actor)
        elif known := self._contained(words):
            mention.key, mention.score = known.key, _SURNAME_SCORE
        elif words:
            mention.key, mention.score = f"person:{' '.join(words)}", _FULL_SCORE
        if words and mention.key:
            self._named_at.setdefault(mention.key, []).append(mention.start)
        for surname in _surnames(mention, words):
            namesakes = self._full.setdefault(surname, [])
            if len(namesakes) < _MOST_NAMESAKES and all(other.key != mention.key for other in namesakes):
                namesakes.append(mention)

    def _contained(self, words: list[str]) -> Mention | None:
        """Return the longer name of the article that holds all these words."""
        known = self._full.get(words[-1], ()) if words else ()
        return next((m for m in known if set(words) < set(fold_name(m.name).split())), None)

    def _surname(self, mention: Mention, titled: Actor | None) -> None:
        """Link one word: to the article's person of that surname, else to a known person, else to itself."""
        surname = fold_name(mention.name)
        known = self._namesake(mention, self._full.get(surname, ()))
        if known is not None:
            mention.actor, mention.key, mention.score = known.actor, known.key, _SURNAME_SCORE
            return
        if actor := titled or mention.actor:
            self._adopt(mention, actor)
            self._full.setdefault(surname, []).append(mention)
        else:
            mention.key, mention.score = f"person:{self._document_id}:{surname}", _LOCAL_SCORE

    def _adopt(self, mention: Mention, actor: Actor) -> None:
        mention.actor, mention.key, mention.score = actor, f"actor:{actor.key}", _ACTOR_SCORE

    def _namesake(self, mention: Mention, known: Sequence[Mention]) -> Mention | None:
        """Return which of several persons of a surname is meant: of a fitting address, named near before or most."""
        if len(known) < 2:  # noqa: PLR2004
            return known[0] if known else None
        wanted = self._address(mention)
        fitting = [m for m in known if not wanted or self._address(m) in {wanted, None}]
        fitting = [m for m in fitting if wanted and self._address(m) == wanted] or fitting or list(known)
        latest = max(fitting, key=lambda m: self._last_named(m, mention.start))
        if mention.start - self._last_named(latest, mention.start) <= _NEAR:
            return latest
        return max(fitting, key=lambda m: len(self._named_at.get(m.key or "", ())))

    def _last_named(self, person: Mention, before: int) -> int:
        """Return where a person's full name stands last before a token; far away where it does not."""
        starts = self._named_at.get(person.key or "", [])
        number = bisect_left(starts, before)
        return starts[number - 1] if number else -_NEAR * 2

    def _address(self, mention: Mention) -> str | None:
        """Return how a person is addressed at a mention, `f` or `m`; None where nothing tells."""
        start = title_start(self._doc, mention, self._index)
        before = {token.lower_.rstrip(".") for token in self._doc[start : mention.start]}
        if before & _FEMALE or before & _WOMEN_AT_HOME:
            return "f"
        if before & _MALE:
            return "m"
        for token in self._doc[mention.end : mention.end + _FOLLOWING]:
            other = self._index.at(token)
            if token.lower_ in _PRONOUNS:
                return _PRONOUNS[token.lower_]
            if token.is_sent_start or (other is not None and other.entity_type == "person"):
                break
        return "f" if mention.name.split()[0] in female_first_names() and mention.end - mention.start > 1 else None

    def _titled_actor(self, mention: Mention) -> Actor | None:
        """Return the known person of title and surname: `President Bush` of that day, `the Bush administration`."""
        if mention.actor is not None:
            return None
        start = title_start(self._doc, mention, self._index)
        names = [self._doc[i : mention.end].text for i in range(max(start, mention.start - 3), mention.start)]
        following = self._doc[mention.end].lower_ if mention.end < len(self._doc) else ""
        if following in GOVERNMENTS:
            names += [mention.name, *(f"{head} {mention.name}" for head in _HEADS)]
        if following[:1].islower() and self._doc[mention.end].text.istitle():
            names.append(self._doc[mention.start : mention.end + 1].text)
        found = (self._valid(self._knowledge.actors.find(name)) for name in names)
        return next((actor for actor in found if actor is not None), None)

    def _valid(self, actors: Sequence[Actor]) -> Actor | None:
        """Return who bore the title on the day of publication, or else last before it; None where that is unknown."""
        day = self._published_on
        persons = [actor for actor in actors if actor.entity_type == "person"]
        current = [actor for actor in persons if day is None or actor.valid_on(day)]
        if len(persons) == 1 or current or day is None:
            return (current or persons)[0] if len(current or persons) == 1 else None
        past = [actor for actor in persons if actor.valid_to is not None and actor.valid_to < day]
        return max(past, key=lambda actor: actor.valid_to or day, default=None)

    def _tell(self, mention: Mention) -> None:
        """Give a mention what the article says of the person anywhere, and what is known of a leader."""
        said = self._described.get(mention.key or "", ())
        actor = mention.actor
        former = any(d.former for d in said) and not any(d.sector in OFFICE_SECTORS for d in said)
        known = actor.sector if actor is not None else next((d.sector for d in said if d.sector), None)
        mention.sector = "ELI" if former and known in OFFICE_SECTORS else known
        country = actor.country if actor is not None else None
        mention.country = country or next((d.country for d in said if d.country), None)

    def in_office(self, noun: str, country: str | None) -> Mention | None:
        """Return the article's one person of an office: of this country, or of any where it is not known."""
        holders = self._holders.get(noun, {}).values()
        found = list(islice((m for m in holders if country in {None, m.country}), 2))
        return found[0] if len(found) == 1 else None
