"""Which larger place the text itself says a place lies in or near: `Zarkhel in Helmand's Nawa district`.

Belongs here: phrases of containment around a place name, read off the words between two mentions. Does not belong
here: which point a name means (`places.py`), nor distances (`offsets.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeds.countries import country_of_demonym

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from tasks.nlp.mentions import Mention, MentionIndex

AREA_NOUNS = frozenset(
    """
    province provinces district districts subdistrict governorate prefecture county state region oblast krai republic
    department municipality commune canton division area city town township village hamlet settlement capital suburb
    neighborhood neighbourhood quarter camp port island valley enclave territory territories stronghold outskirts
    center centre countryside
    """.split()
)
"""Nouns that say what sort of place a name is, or which part of a place is meant."""
_SIDES = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
"""`the north of Y` is a part of Y, `north of Y` and `to the north of Y` are not."""
_SETTLEMENTS = frozenset({"city", "town", "village", "capital", "port", "camp", "stronghold", "settlement", "hamlet"})
"""`the Idlib town of Saraqeb`: what follows lies in the name, not the name in it."""
_POSSESSIVE = frozenset({"'s", "\u2019s", "'", "\u2019"})
_NEAR = frozenset({"near", "outside", "beside"})
_INSIDE = frozenset({"in", "inside", "within"})
_MODIFIER_TAGS = frozenset({"DT", "JJ", "JJR", "JJS", "VBN", "VBG", "RB", "RBS", "HYPH", "PRP$"})
_MOST_BETWEEN = 7
"""Words between two names that one phrase may hold."""
_LONGEST_CHAIN = 2
"""Units that commas join to a name; more are a list: nobody writes a village with three units around it."""
_NOT_AFTER = frozenset({"DT", "PRP", "PRP$", "JJ", "NN", "NNS", "NNP", "CD"})
"""Tags of a word that makes `X, Y` the end of one phrase and the beginning of the next."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A statement that a place lies in a container, or only near it."""

    container: Mention
    near: bool = False


def stated_container(doc: Doc, mention: Mention, index: MentionIndex) -> Mention | None:
    """Return the place that the text says a place lies in; None where it does not say.

    `Moscow, Idaho`, `Moscow in Idaho`, `Idaho's Moscow`, `Nawa district of Helmand`, `Moscow, a city in Idaho`,
    `the Idaho town of Moscow`. In lists (`Homs, Hama and Aleppo`) nothing lies in anything. Whether the container can
    hold the place at all is not judged here.
    """
    return next((found.container for found in enclosures(doc, mention, index) if not found.near), None)


def enclosures(doc: Doc, mention: Mention, index: MentionIndex) -> Iterator[Enclosure]:
    """Yield what the text says of the surroundings of a place: what stands after the name first."""
    if _modifies(doc, mention):
        return
    after = _after(doc, mention, index)
    if after is not None and not after.near:
        yield after
    before = _before(doc, mention, index)
    if before is not None:
        yield Enclosure(before)
    if after is not None and after.near:
        yield after


def stated_country(doc: Doc, mention: Mention) -> str | None:
    """Return the country (alpha-3) whose adjective describes the place: `the Syrian border town of Kobani`."""
    for i in _leftwards(doc, mention.start) if not _modifies(doc, mention) else ():
        if country := country_of_demonym(doc[i].text) if doc[i].text[:1].isupper() else None:
            return country
    return None


def _modifies(doc: Doc, mention: Mention) -> bool:
    """Tell whether a name only describes what follows: `Israel's Kan broadcaster`, not `Helmand's Nawa district`."""
    head = doc[mention.head]
    return head.dep_ in {"compound", "nmod", "amod"} and head.head.i >= mention.end and not _is_area(head.head)


def _after(doc: Doc, mention: Mention, index: MentionIndex) -> Enclosure | None:
    """Read the phrase that follows a name: `, Y`, `in Y`, `district of Y`, `, a village near Y`, `(Y)`."""
    i = mention.end
    noun = _lower(doc, i) in AREA_NOUNS
    i += noun
    if noun and _lower(doc, i) == "of" and _lower(doc, i - 1) not in _SETTLEMENTS:
        return _enclosure(doc, i + 1, index)
    comma = _lower(doc, i) == ","
    i += comma
    word = _lower(doc, i)
    if word in _INSIDE or word in _NEAR:
        found = _enclosure(doc, i + 1, index, near=word in _NEAR)
        return found if found and _attached(doc, mention, i, comma=comma) else None
    if word == "(":
        found = _enclosure(doc, i + 1, index)
        return found if found and _lower(doc, found.container.end) == ")" else None
    if not comma:
        return None
    if word in {"a", "an", "the"} and (described := _described(doc, i + 1, index)):
        return described
    return _bare_apposition(doc, mention, i, index)


def _described(doc: Doc, i: int, index: MentionIndex) -> Enclosure | None:
    """Read `village near Y`, `capital of southern Y`, `city of 20,000 people in Y` from its first word."""
    noun = False
    for k in range(i, min(i + _MOST_BETWEEN, len(doc))):
        word = doc[k].lower_
        if noun and (word in _INSIDE or word in _NEAR or (word == "of" and _is_area(doc[k - 1]))):
            found = _enclosure(doc, k + 1, index, near=word in _NEAR)
            if found or word != "of":
                return found
        elif _is_area(doc[k]):
            noun = True
        elif not _is_modifier(doc[k]) and not (noun and doc[k].tag_ in {"CD", "NNS", "IN"}):
            return None
    return None


def _bare_apposition(doc: Doc, mention: Mention, i: int, index: MentionIndex) -> Enclosure | None:
    """Read `X, Y` and `X, Y's largest city`, unless Y goes on as something else: a list, or the next subject."""
    found = _starting_at(doc, i, index)
    if found is None:
        return None
    if _lower(doc, found.end) in _POSSESSIVE:
        return Enclosure(found) if _area_noun_within(doc, found.end + 1) else None
    head = doc[found.head]
    heads_on = head.dep_ in {"compound", "nmod", "amod", "poss"} and head.head.i >= found.end
    other = head.dep_ in {"nsubj", "nsubjpass"} or (heads_on and head.head.lower_ not in AREA_NOUNS)
    if other or _goes_on(doc, found.end) or _is_list(doc, mention, index):
        return None
    return Enclosure(_innermost(doc, found, index))


def _goes_on(doc: Doc, end: int) -> bool:
    following = doc[end] if end < len(doc) else None
    if following is None or following.tag_ not in _NOT_AFTER:
        return False
    return not (following.lower_ in AREA_NOUNS or following.lower_.endswith("day"))


def _is_list(doc: Doc, first: Mention, index: MentionIndex) -> bool:
    """Tell whether names joined by commas are members of a list: `Homs, Hama and Aleppo`, `Iran, Iraq, Oman, Qatar`."""
    before, after = _joined_before(doc, first, index), _joined_after(doc, first, index)
    if before + len(after) > _LONGEST_CHAIN:
        return True
    last = after[-1] if after else first
    i = last.end + (_lower(doc, last.end) == ",")
    if _lower(doc, i) not in {"and", "or"}:
        return False
    one_more = _starting_at(doc, i + 1, index) is not None and doc[last.head].dep_ != "appos"
    return len(after) > 1 or before > 0 or one_more


def _joined_before(doc: Doc, mention: Mention, index: MentionIndex) -> int:
    """Count the mentions of any sort that commas join to the left of a name, up to the longest chain."""
    count, start = 0, mention.start
    while count < _LONGEST_CHAIN and start > 1 and doc[start - 1].text == "," and (m := index.at(doc[start - 2])):
        count, start = count + 1, m.start
    return count


def _joined_after(doc: Doc, mention: Mention, index: MentionIndex) -> list[Mention]:
    """Return the places that commas join to the right of a name, up to one more than the longest chain."""
    found = [mention]
    while len(found) <= _LONGEST_CHAIN + 1 and _lower(doc, found[-1].end) == ",":
        following = _starting_at(doc, found[-1].end + 1, index)
        if following is None:
            break
        found.append(following)
    return found[1:]


def _attached(doc: Doc, mention: Mention, preposition: int, *, comma: bool) -> bool:
    """Tell whether `in Y` can belong to the name: a subject or object takes it only where the parse says so."""
    anchor = doc[mention.head]
    while anchor.dep_ in {"compound", "nmod"} and anchor.head.i < preposition:
        anchor = anchor.head
    free = anchor.dep_ in {"pobj", "appos", "npadvmod", "ROOT", "dep", "conj", "attr", "dobj"} and comma
    near = anchor.dep_ == "pobj" and anchor.head.lower_ in {*_INSIDE, *_NEAR, "of", "at", "from", "to"}
    return free or near or doc[preposition].head in {anchor, anchor.head.head if anchor.dep_ == "pobj" else anchor}


def _before(doc: Doc, mention: Mention, index: MentionIndex) -> Mention | None:
    """Read the phrase that leads up to a name: `Helmand's X`, `Iraq's second city, X`, `the Idlib town of X`."""
    noun = False
    for i in _leftwards(doc, mention.start):
        if doc[i].lower_ in _POSSESSIVE:
            return _ending_at(doc, i, index) or _ending_at(doc, i - (_lower(doc, i - 1) in AREA_NOUNS), index)
        if noun and (owner := _ending_at(doc, i + 1, index)):
            return owner
        noun = noun or doc[i].lower_ in AREA_NOUNS
    return None


def _leftwards(doc: Doc, start: int) -> Iterator[int]:
    """Yield the tokens left of a name that may describe it, and the first one that does not, nearest first."""
    first = doc[start].sent.start if start < len(doc) else start
    for i in range(start - 1, max(first, start - _MOST_BETWEEN) - 1, -1):
        yield i
        word = doc[i]
        joins = (word.lower_ == "of" or word.text == ",") and _lower(doc, i - 1) in AREA_NOUNS
        sort = word.tag_ == "NN" and _lower(doc, i + 1) in AREA_NOUNS  # `border town`
        if not (joins or sort or may_lead(word)):
            return
        if word.tag_ in {"DT", "PRP$"}:
            return


def place_phrase(doc: Doc, i: int, index: MentionIndex) -> Mention | None:
    """Return the place whose phrase begins at a token: `southern Y`, `the district of Y`, `Helmand's Nawa district`."""
    for k in range(i, min(i + _MOST_BETWEEN, len(doc))):
        if found := _starting_at(doc, k, index):
            return _innermost(doc, found, index)
        joins = doc[k].text == "," or doc[k].lower_ == "of"
        if not ((joins and _is_area(doc[k - 1])) or may_lead(doc[k])):
            return None
    return None


def _enclosure(doc: Doc, i: int, index: MentionIndex, *, near: bool = False) -> Enclosure | None:
    found = place_phrase(doc, i, index)
    return Enclosure(found, near) if found is not None else None


def may_lead(token: Token) -> bool:
    """Tell whether a word may stand before the name in a phrase such as `the restive Afghan province of Y`."""
    return _is_modifier(token) or _is_area(token) or country_of_demonym(token.text) is not None


def _is_area(token: Token) -> bool:
    if token.lower_ not in _SIDES:
        return token.lower_ in AREA_NOUNS
    before = [word.lower_ for word in token.doc[max(0, token.i - 2) : token.i]]
    return before[-1:] == ["the"] and before[:-1] != ["to"]


def _innermost(doc: Doc, found: Mention, index: MentionIndex) -> Mention:
    """Return the last place of a chain of possessives: Nawa of `Afghanistan's Helmand province's Nawa district`."""
    for _ in range(3):
        i = found.end + (_lower(doc, found.end) in AREA_NOUNS)
        inner = place_phrase(doc, i + 1, index) if _lower(doc, i) in _POSSESSIVE else None
        if inner is None:
            return found
        found = inner
    return found


def _area_noun_within(doc: Doc, i: int) -> bool:
    for k in range(i, min(i + 4, len(doc))):
        if doc[k].lower_ in AREA_NOUNS:
            return True
        if not _is_modifier(doc[k]):
            return False
    return False


def _is_modifier(token: Token) -> bool:
    return token.tag_ in _MODIFIER_TAGS


def _starting_at(doc: Doc, i: int, index: MentionIndex) -> Mention | None:
    found = index.at(doc[i]) if 0 <= i < len(doc) else None
    return found if found is not None and found.start == i and found.entity_type == "place" else None


def _ending_at(doc: Doc, end: int, index: MentionIndex) -> Mention | None:
    found = index.at(doc[end - 1]) if 0 < end <= len(doc) else None
    return found if found is not None and found.end == end and found.entity_type == "place" else None


def _lower(doc: Doc, i: int) -> str:
    return str(doc[i].lower_) if 0 <= i < len(doc) else ""
