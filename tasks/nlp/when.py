"""When an event happened: the time expression that belongs to it.

Nearest first: what hangs on the event, then on its clause. A time at which something was only said is not when it
happened.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.nlp.attribution import is_reporting
from tasks.nlp.syntax import clause_verb, is_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from tasks.nlp.records import TimeMention
    from tasks.nlp.triggers import EventCandidate

_NOT_WHEN = frozenset({"since", "until", "till", "before", "by", "after"})


@dataclass(frozen=True, slots=True)
class DatedToken:
    """A time expression that means certain days, and the word of the sentence that it hangs on."""

    time: TimeMention
    head: Token
    anchor: Token


def dated_tokens(doc: Doc, times: Sequence[TimeMention]) -> list[DatedToken]:
    """Return the time expressions that mean certain days, in order of the text, with what they hang on."""
    found = []
    for time in times:
        span = doc.char_span(time.start, time.end, alignment_mode="expand")
        if time.days is None or span is None:
            continue
        head = span.root
        preposition = head.head if head.dep_ == "pobj" else head
        if preposition.lower_ not in _NOT_WHEN:
            found.append(DatedToken(time, head, _anchor(head)))
    return found


def _anchor(token: Token) -> Token:
    """Return the nearest verb or noun above a time expression."""
    while token.dep_ != "ROOT":
        token = token.head
        if is_verb(token) or token.tag_.startswith("NN"):
            return token
    return token


def _place(dated: DatedToken) -> int:
    return int(dated.head.i)


def when(candidate: EventCandidate, dated: Sequence[DatedToken]) -> DatedToken | None:
    """Return the time expression that says when it happened; None where none does."""
    sentence = candidate.token.sent
    here = dated[bisect_left(dated, sentence.start, key=_place) : bisect_left(dated, sentence.end, key=_place)]
    clause = clause_verb(candidate.token)
    main = clause
    while main.dep_ in {"advcl", "xcomp", "conj", "acl", "relcl", "ccomp"} and not is_reporting(main.head):
        main = clause_verb(main.head) if main.head != main else main
        if main.dep_ == "ROOT":
            break
    for anchor in (candidate.token, candidate.governor, clause, main):
        matches = [item for item in here if item.anchor == anchor]
        if matches and not (anchor != candidate.token and is_reporting(anchor)):
            return min(matches, key=lambda item: (abs(item.head.i - candidate.token.i), item.head.i))
    inside = (item for item in here if not is_verb(item.anchor) and candidate.token.is_ancestor(item.head))
    return next(inside, None)
