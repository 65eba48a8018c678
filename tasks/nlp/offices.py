"""What is said of a person beside the name: office, country, sector, and whether the office is past.

Read from the words before the name (`Afghan President Ashraf Ghani`), from the apposition on either side (`Russia's
foreign minister, Sergei Lavrov`), from `X is the mayor of Y`, and from the mark of US legislators (`(D-Ohio)`). Does
not belong here: who the person is (`persons.py`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from seeds.actors import load_actors
from tasks.nlp.nationality import country_in_phrase, country_of_complement, owner_sector, sector_of_complement
from tasks.nlp.spans import title_before

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc, Token

    from seeds.actors import Actor
    from seeds.roles import Roles
    from tasks.nlp.mentions import Mention, MentionIndex

_US_PARTY = re.compile(r"\s*[,(\[]\s*(?:[DRI]|Dem|Rep|Ind)\.?\s*[-\u2013\u2014]\s*[A-Z]")
"""`(D-Ohio)`, `, R-Texas,` after the name of a legislator of the United States."""
_PARTY_TOKENS = 8
_US_TITLES = frozenset({"sen", "rep", "congressman", "congresswoman", "sens", "reps"})
_FORMER = frozenset({"former", "ex", "onetime", "erstwhile", "ousted", "deposed", "toppled", "overthrown"})
OFFICE_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
"""Sectors whose people hold an office, and are ELI when they no longer do."""
_TITLE_TAGS = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "POS", "VBN", "VBG", "RB", "HYPH", "CD", "PRP$", "FW", "AFX"}
)
_LONGEST_TITLE = 14
_SAME_OFFICE = {"premier": "prime minister", "defense": "defence", "secretary of state": "secretary of state"}


@dataclass(frozen=True, slots=True)
class Description:
    """What stands beside a name.

    Attributes:
        country: the country that the words state, or None.
        sector: of the office or role, or None.
        role: the noun of the office, lower case (`foreign minister`), or None.
        former: whether the office is said to be past.
    """

    country: str | None = None
    sector: str | None = None
    role: str | None = None
    former: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return bool(self.country or self.sector or self.role)


def describe(doc: Doc, index: MentionIndex, mention: Mention, roles: Roles) -> Description:
    """Return what is said of a named person around one mention; the words before the name come first."""
    found = [d for d in _descriptions(doc, index, mention, roles) if d]
    former = any(d.former for d in found)
    sector = next((d.sector for d in found if d.sector), None)
    return Description(
        next((d.country for d in found if d.country), None),
        "ELI" if former and (sector is None or sector in OFFICE_SECTORS) else sector,
        next((d.role for d in found if d.role), None),
        former,
    )


def _descriptions(doc: Doc, index: MentionIndex, mention: Mention, roles: Roles) -> Iterator[Description]:
    yield _before(doc, index, mention, roles)
    head = doc[mention.head]
    for child in head.children:
        if child.dep_ == "appos":
            yield _of_nominal(index.at(child), mention, doc, index)
    if head.dep_ == "appos":
        yield _of_nominal(index.at(head.head), mention, doc, index)
    yield from _predicates(head, mention, doc, index)
    if _US_PARTY.match(doc[mention.end : mention.end + _PARTY_TOKENS].text):
        yield Description("USA", "LEG", None)


def _predicates(head: Token, mention: Mention, doc: Doc, index: MentionIndex) -> Iterator[Description]:
    """Yield what `X is Y's president` and `X, who was the mayor of Y,` say."""
    clauses = [head.head] if head.dep_ == "nsubj" else []
    clauses += [child for child in head.children if child.dep_ == "relcl"]
    for verb in clauses:
        if verb.lemma_ == "be":
            for child in verb.children:
                if child.dep_ == "attr":
                    yield _of_nominal(index.at(child), mention, doc, index)


def _of_nominal(nominal: Mention | None, mention: Mention, doc: Doc, index: MentionIndex) -> Description:
    """Return what a described person says of the name that it stands beside."""
    if nominal is None or nominal is mention or nominal.kind != "nominal" or nominal.entity_type != "person":
        return Description()
    start = doc[nominal.head].left_edge.i
    country = country_in_phrase(doc, max(start, nominal.head - _LONGEST_TITLE), nominal.head, index)
    country = country or country_of_complement(doc[nominal.head], index, "of", "for", "in", "from", "to")
    role = nominal.role
    former = any(token.lower_ in _FORMER for token in doc[nominal.start : nominal.head])
    sector = (role.sector if role else None) or owner_sector(doc, start, nominal.head, index)
    sector = sector or sector_of_complement(doc[nominal.head], index)
    return Description(country, sector, role.noun if role else None, former)


def title_start(doc: Doc, mention: Mention, index: MentionIndex) -> int:
    """Return the first token of the words before a name that can belong to its title."""
    start = mention.start
    sentence = doc[mention.head].sent.start
    while start > max(sentence, mention.start - _LONGEST_TITLE):
        token = doc[start - 1]
        other = index.at(token)
        if other is not None and other.kind == "name" and other.entity_type == "person" and other.role is None:
            break
        if token.lower_ != "of" and token.tag_ not in _TITLE_TAGS and token.text != "-":
            break
        start -= 1
    return start


def _before(doc: Doc, index: MentionIndex, mention: Mention, roles: Roles) -> Description:
    """Read the words before a name; `of` belongs to them where it follows an office: `governor of Helmand X`."""
    start, end = title_start(doc, mention, index), mention.start
    of = next((i for i in range(end - 1, start - 1, -1) if doc[i].lower_ == "of"), None)
    whole = _read(doc, index, roles, start, end)
    if of is None or (whole.role and " of " in whole.role):
        return whole
    near, far = _read(doc, index, roles, of + 1, end), _read(doc, index, roles, start, of)
    if near.role or near.sector or not far.role:
        return near
    return replace(far, country=country_in_phrase(doc, of + 1, end, index) or far.country)


def _read(doc: Doc, index: MentionIndex, roles: Roles, start: int, end: int) -> Description:
    """Read an office, its country and its title from a run of words that ends at the name."""
    if start == end:
        return Description()
    words = [token.lower_ for token in doc[start:end] if token.tag_ != "POS"]
    role, title = roles.find(words), title_before(words)
    noun = role.noun if role is not None and role.entity_type == "person" else None
    titles = {word.rstrip(".") for word in words[-2:]}
    country = country_in_phrase(doc, start, end, index)
    if country is None and titles & _US_TITLES:
        country = "USA"
    sector = (role.sector if role and noun else None) or (title.sector if title else None)
    sector = sector or (owner_sector(doc, start, end, index) if noun else None)
    former = bool(_FORMER & set(words)) or any(word.startswith("ex-") for word in words)
    return Description(country, sector, noun, former)


@cache
def _holders() -> Mapping[tuple[str, str], tuple[Actor, ...]]:
    """Return (country, office) to those who ever held it."""
    found: defaultdict[tuple[str, str], list[Actor]] = defaultdict(list)
    for actor in load_actors().keys.values():
        if actor.office and actor.country:
            for office in actor.office.split(","):
                found[actor.country, _office(office)].append(actor)
    return MappingProxyType({key: tuple(actors) for key, actors in found.items()})


def _office(noun: str) -> str:
    plain = noun.strip().lower()
    for other, usual in _SAME_OFFICE.items():
        plain = plain.replace(other, usual)
    return plain


def office_holder(country: str, noun: str, day: dt.date) -> Actor | None:
    """Return who held an office of a country on a day; None where nobody or several are listed."""
    holders = [actor for actor in _holders().get((country, _office(noun)), ()) if actor.valid_on(day)]
    return holders[0] if len(holders) == 1 else None
