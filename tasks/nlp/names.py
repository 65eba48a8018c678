"""Named mentions: which runs of words are names, and of what.

The tagger's labels are evidence, not truth: known actors, the gazetteer, titles, first names, prepositions of place
and the rest of the article decide. Does not belong here: which entity a name stands for (`identity.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from seeds.actors import fold_name
from seeds.countries import country_of_demonym
from seeds.roles import find_title
from tasks.nlp.mentions import Mention, head_index
from tasks.nlp.syntax import coordinated

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from seeds.actors import Actor
    from seeds.gazetteer import Place
    from seeds.roles import Title
    from tasks.nlp.knowledge import Knowledge

_NAME_LABELS = frozenset({"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
_THING_LABELS = frozenset({"PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_PROPER = frozenset({"NNP", "NNPS"})
_LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "around", "from", "to", "toward", "towards", "across", "into", "inside", "of"}
)
_STRICT_LOCATIVE = frozenset({"in", "at", "near", "outside", "around", "across", "inside"})
_PLACE_NOUNS = frozenset(
    [
        *("province", "provinces", "district", "districts", "city", "town", "village", "state", "region", "county"),
        *("governorate", "prefecture", "municipality", "capital", "island", "islands", "valley", "river", "lake"),
        *("sea", "gulf", "bay", "peninsula", "mountains", "mountain", "airport", "port", "border", "oblast"),
        *("department", "area", "neighborhood", "neighbourhood", "suburb", "camp"),
    ]
)
_TRIMMED = frozenset({"the", "a", "an", "'s", "\u2019s", *"'\u2019\u2018\"\u201c\u201d(),.-\u2013\u2014:;"})
"""Articles, marks of possession, quotation marks and dashes."""
_LARGE_CITY = 100_000
_LONGEST_NAME = 6
"""Tokens; longer runs of capitals are headlines."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of tokens that may be a name, and the label that the tagger gave it (empty: none)."""

    start: int
    end: int
    label: str


def find_names(doc: Doc, knowledge: Knowledge, published_on: dt.date | None) -> list[Mention]:
    """Return the named mentions of an article, in order of the text; they do not overlap."""
    candidates = list(_candidates(doc))
    surnames = frozenset(
        doc[c.end - 1].lower_
        for c in candidates
        if c.label == "PERSON" and c.end - c.start > 1 and doc[c.end - 1].is_alpha
    )
    reader = _NameReader(doc, knowledge, published_on, surnames)
    return [mention for candidate in candidates if (mention := reader.read(candidate))]


def _candidates(doc: Doc) -> Iterator[Candidate]:
    """Yield the tagger's spans without articles and marks, and the runs of proper nouns between them."""
    previous = 0
    for entity in doc.ents:
        if entity.label_ not in _NAME_LABELS:
            continue
        yield from _proper_runs(doc, previous, entity.start)
        yield from _trimmed(doc, entity.start, entity.end, entity.label_)
        previous = entity.end
    yield from _proper_runs(doc, previous, len(doc))


def _trimmed(doc: Doc, start: int, end: int, label: str) -> Iterator[Candidate]:
    """Cut a span at line feeds, and the articles and marks off its ends."""
    breaks = [start - 1, *(i for i in range(start, end) if doc[i].is_space), end]
    for left, right in pairwise(breaks):
        first, last = left + 1, right
        while first < last and doc[first].lower_ in _TRIMMED:
            first += 1
        while first < last and doc[last - 1].lower_ in _TRIMMED:
            last -= 1
        if first < last:
            yield Candidate(first, last, label)


def _proper_runs(doc: Doc, start: int, end: int) -> Iterator[Candidate]:
    run = start
    for index in range(start, end + 1):
        if index < end and doc[index].tag_ in _PROPER and doc[index].is_title | doc[index].is_upper:
            continue
        if 0 < index - run <= _LONGEST_NAME and doc[index - 1].ent_type_ not in {"DATE", "TIME", "PERCENT", "MONEY"}:
            yield Candidate(run, index, "")
        run = index + 1


def title_before(words: Sequence[str]) -> Title | None:
    """Return the title that ends these words; None where none stands right before the name."""
    titles = (find_title(words[start:]) for start in range(len(words)))
    return next((title for start, title in enumerate(titles) if title and title.word_count >= len(words) - start), None)


@dataclass(frozen=True, slots=True)
class _NameReader:
    """Decides what one candidate is, with the whole article at hand."""

    doc: Doc
    knowledge: Knowledge
    published_on: dt.date | None
    surnames: frozenset[str]

    def read(self, candidate: Candidate) -> Mention | None:
        """Return the mention that a candidate is, or None where it is no name of interest."""
        name = self.doc[candidate.start : candidate.end].text
        head = self.doc[head_index(self.doc, candidate.start, candidate.end)]
        if actor := self._actor(name, candidate.label):
            return self._mention(candidate, head, actor.entity_type, actor=actor)
        if country_of_demonym(name) and not self._is_place(candidate, head, name):
            return self._mention(candidate, head, "group") if self._is_people(head) else None
        entity_type = self._entity_type(candidate, head, name)
        return self._mention(candidate, head, entity_type) if entity_type else None

    @staticmethod
    def _is_people(head: Token) -> bool:
        """Tell whether a word of nationality means people (`the Afghans`), not whose something is (`Afghan forces`)."""
        anchor = head
        while anchor.dep_ == "conj":
            anchor = anchor.head
        return head.tag_ in _PROPER and anchor.dep_ not in {"compound", "amod", "nmod"} and not head.is_upper

    def _mention(self, candidate: Candidate, head: Token, entity_type: str, actor: Actor | None = None) -> Mention:
        name = self.doc[candidate.start : candidate.end].text
        modifiers = tuple(token.text for token in self.doc[head.left_edge.i : candidate.start] if not token.is_punct)
        return Mention(
            candidate.start,
            candidate.end,
            head.i,
            "name",
            entity_type,
            name,
            candidate.label,
            modifiers[-6:],
            actor=actor,
        )

    def _actor(self, name: str, label: str) -> Actor | None:
        found = self.knowledge.actors.find(name)
        if self.published_on is not None:
            found = tuple(actor for actor in found if actor.valid_on(self.published_on)) or found
        if label == "PERSON":
            found = tuple(actor for actor in found if actor.entity_type == "person") or found
        return found[0] if found else None

    def _entity_type(self, candidate: Candidate, head: Token, name: str) -> str | None:
        """Decide between person, organization, group and place; None: no name of interest."""
        single = candidate.end - candidate.start == 1
        last = self.doc[candidate.end - 1].lower_
        if single and last in self.surnames and candidate.label not in _PLACE_LABELS:
            return "person"
        if self._is_person(candidate):
            return "person"
        if self._is_place(candidate, head, name):
            return "place"
        if single and last in self.surnames:
            return "person"
        if candidate.label in _THING_LABELS or not candidate.label:
            return None
        return {"PERSON": "person", "NORP": "group", "ORG": "organization"}.get(candidate.label, "place")

    def _is_person(self, candidate: Candidate) -> bool:
        """Tell whether titles and first names say that this is a person."""
        first = self.doc[candidate.start]
        names = self.knowledge.first_names
        if candidate.end - candidate.start > 1 and candidate.label in {"PERSON", ""}:
            return candidate.label == "PERSON" and (first.text in names or not self._places(candidate))
        before = [token.lower_ for token in self.doc[max(0, candidate.start - 3) : candidate.start]]
        return candidate.label not in _PLACE_LABELS and title_before(before) is not None

    def _is_place(self, candidate: Candidate, head: Token, name: str) -> bool:
        """Tell whether the gazetteer and the words around say that this is a place."""
        if candidate.label in _PLACE_LABELS:
            return True
        places = self._places(candidate)
        if not places:
            return False
        if candidate.label == "ORG" and not (
            places[0].kind in {"country", "admin1"} and fold_name(places[0].name) == fold_name(name)
        ):
            return self._stands_as_place(candidate, head, places, _STRICT_LOCATIVE)
        return self._stands_as_place(candidate, head, places, _LOCATIVE)

    def _stands_as_place(
        self, candidate: Candidate, head: Token, places: tuple[Place, ...], locative: frozenset[str]
    ) -> bool:
        following = self.doc[candidate.end].lower_ if candidate.end < len(self.doc) else ""
        if following in _PLACE_NOUNS or head.lower_ in _PLACE_NOUNS:
            return True
        known = places[0].kind in {"country", "admin1", "region"} or places[0].population >= _LARGE_CITY
        anchor = head
        while anchor.dep_ in {"conj", "appos"}:
            anchor = anchor.head
        in_list = any(other.ent_type_ in {"GPE", "LOC"} for other in coordinated(anchor) if other.i != head.i)
        governed = anchor.dep_ == "pobj" and anchor.head.lower_ in locative
        if governed and (known or in_list or anchor.head.lower_ in _STRICT_LOCATIVE):
            return True
        return (in_list and (known or anchor != head)) or (
            known and candidate.label in {"NORP", ""} and places[0].kind == "country"
        )

    def _places(self, candidate: Candidate) -> tuple[Place, ...]:
        return self.knowledge.gazetteer.find(self.doc[candidate.start : candidate.end].text)
