"""How many people a parsed phrase denotes, as a closed interval.

Belongs here: phrases with their heads and coordination. Does not belong here: what quantities mean (`counts.py`), what
happened to the people (`casualties.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.nlp.counts import MEMBERS, checked, read_count
from tasks.nlp.numerals import words
from tasks.nlp.records import Interval
from tasks.nlp.syntax import coordinated, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Span, Token

_GROUPS = frozenset(words("family familie couple group crowd band gang team squad crew mob contingent pair total"))
_COLLECTIVES = frozenset(words("police people staff personnel military army public population troops clergy youth"))
_HE = frozenset(words("he she him her himself herself i me someone somebody anyone another"))
_THEY = frozenset(words("they them we us themselves ourselves those these others many"))
_NO_PEOPLE = frozenset(
    words("GPE ORG LOC FAC DATE TIME MONEY PERCENT QUANTITY ORDINAL EVENT PRODUCT LAW LANGUAGE WORK_OF_ART")
)
_UNCOUNTED = frozenset(words("everyone everybody it itself who whom which that what"))
_THINGS = frozenset(
    words(
        "vehicle car bus buse truck convoy train plane aircraft helicopter jet tank ship boat building house home "
        "village town city citie area position post checkpoint base camp station headquarters hospital school "
        "church churche mosque market bridge road office embassy weapon bomb rocket missile mine drone attack "
        "strike raid operation blast explosion fire target province district country countrie government regime "
        "company airport pipeline facility compound complex depot stronghold territory property infrastructure "
        "money aid peace"
    )
)
"""Nouns, also without their plural s, that are harmed or moved and are no people."""


def read_people(span: Span) -> Interval | None:
    """Return how many people a parsed noun phrase denotes, its coordinated phrases added up; see `count_people`."""
    return count_people([(head, span.start if head is span.root else head.i) for head in _heads(span)])


def count_people(heads: Iterable[tuple[Token, int]]) -> Interval | None:
    """Return how many people coordinated heads denote, of each the token where its phrase begins; None where unknown.

    Stated quantities go first; without one a singular noun or a person's name is one, a plural two or more, and other
    names are unknown. `two soldiers and a policeman` is 3..3. A bare plural after a quantity may be part of it:
    `six policemen and civilians` is 6..NULL, but `all 107 passengers and crew` are 107. Alternatives with `or` span
    both. Things are no people: None.
    """
    total: Interval | None = None
    part = Interval(0, None)
    for head, start in heads:
        found, stated = _denoted(head, start)
        if total is None and phrase(head)[0].lower_ == "all":
            part = Interval(0, 0)
        if found is None:
            continue
        if total is None:
            total = found
        elif any(child.lower_ == "or" for child in head.head.children if child.dep_ == "cc"):
            total = _either(total, found)
        else:
            total = _plus(total, found if stated or found.high is not None else part)
    return checked(total) if total else None


def _heads(span: Span) -> list[Token]:
    """Return the heads of the coordinated phrases in a span; those that hang on an apposition count, it does not."""
    return [head for head in listed(coordinated(span.root)) if span.start <= head.i < span.end]


def listed(heads: Sequence[Token]) -> list[Token]:
    """Return coordinated heads with those that hang on an apposition among them.

    An apposition itself says who a head is, and counts nobody, unless it is one more item of a list that says how many
    they are: `two soldiers, a policeman and their driver`, `Maria Gomez, her brother and a neighbour`.
    """
    found = list(heads)
    for head in heads:
        for child in (child for child in head.rights if child.dep_ == "appos"):
            others = coordinated(child)
            if _names(head, child):
                found = [token for token in found if token != head] + others
            else:
                found += others if _is_next_item(head, child, others) else others[1:]
    ordered = sorted(dict.fromkeys(found), key=lambda head: head.i)
    following = [*ordered[1:], None]
    return [head for head, after in zip(ordered, following, strict=True) if after is None or not _titles(head, after)]


def _titles(head: Token, after: Token) -> bool:
    """Tell whether a head is what the names right after it are called, although it was parsed beside them."""
    return phrase(after).start == head.i + 1 and _names(head, after)


def _names(head: Token, apposition: Token) -> bool:
    """Tell whether names tell who uncounted people are: `the journalists Maria Gomez and Juan Perez`."""
    named = apposition.ent_type_ == "PERSON" and apposition.tag_.startswith("NNP")
    return named and head.tag_ == "NNS" and read_count(phrase(head).text) is None


def _is_next_item(head: Token, apposition: Token, others: Sequence[Token]) -> bool:
    if len(others) == 1 and not any(child.dep_ == "conj" and child.i > apposition.i for child in head.rights):
        return False
    if any(child.tag_ == "PRP$" for child in apposition.lefts):
        return head.tag_ not in {"NNS", "NNPS"}
    if head.ent_type_ == "PERSON":
        return apposition.ent_type_ == "PERSON" and apposition.tag_.startswith("NNP")
    counts = [read_count(phrase(token).text) for token in (head, apposition)]
    return None not in counts and counts[0] != counts[1]


def _plus(a: Interval, b: Interval) -> Interval:
    return Interval(a.low + b.low, None if a.high is None or b.high is None else a.high + b.high)


def _either(a: Interval, b: Interval) -> Interval:
    return Interval(min(a.low, b.low), None if a.high is None or b.high is None else max(a.high, b.high))


def _denoted(head: Token, start: int) -> tuple[Interval | None, bool]:
    """Return how many people one head denotes, and whether its phrase states it."""
    noun = head.lower_
    if noun in _UNCOUNTED or noun in _THINGS or noun.removesuffix("s") in _THINGS:
        return None, False
    if noun.removesuffix("s") in _GROUPS:
        return _members(head, start), phrase(head).start < head.i or head.n_rights > 0
    found = read_count(_words(head, start))
    several = found is not None and (found.high is None or found.high > 1)
    if found and not (several and head.tag_ in {"NN", "NNP"} and noun not in _COLLECTIVES):
        return found, True
    return _unstated(head), False


def _words(head: Token, start: int) -> str:
    return head.doc[min(start, phrase(head).start) : head.i + 1].text


def _members(head: Token, start: int) -> Interval:
    """Return the people in a group: `a family of five`, `a 12-member team`, and two or more where it is not said."""
    of = (child for child in head.children if child.lower_ == "of")
    inside = next((word for preposition in of for word in preposition.children if word.dep_ == "pobj"), None)
    stated = read_count(_words(inside, inside.i)) if inside is not None else None
    outside = read_count(_words(head, start))
    if stated is not None and (outside is None or outside.high == 1):
        return stated
    if outside is not None and outside.low > 1 and head.tag_ == "NNS":
        return Interval(2 * outside.low, None)
    return outside if outside and outside.low > 1 and MEMBERS.search(_words(head, start).lower()) else Interval(2, None)


def _unstated(head: Token) -> Interval | None:
    """Return how many people a head denotes by its number alone."""
    noun, one, more = head.lower_, Interval(1, 1), Interval(2, None)
    if noun in _COLLECTIVES or noun in _THEY or head.tag_ in {"NNS", "NNPS"}:
        return None if head.ent_type_ in _NO_PEOPLE else more
    if noun in _HE or head.ent_type_ == "PERSON":
        return one
    if head.tag_ == "JJ":
        return more if any(child.lower_ in {"the", "those"} for child in head.lefts) else None
    return one if head.tag_ == "NN" and head.ent_type_ not in _NO_PEOPLE else None
