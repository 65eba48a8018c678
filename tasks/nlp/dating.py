"""The time expressions of an article as days that events can have: with their prepositions, ranges and lists.

`between 3 and 5 May`, `from Monday to Thursday` and `on Monday and Tuesday` are one stretch of days, `since Saturday`
lasts until publication, `before dawn Sunday` is Sunday, and `before Sunday` names no day at all. Does not belong here:
which event the days belong to (`when.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tasks.nlp.syntax import is_noun, is_verb

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from tasks.nlp.records import Days, TimeMention

_OPEN = frozenset({"until", "till", "before", "by", "after", "prior"})
_ENDS = frozenset({"to", "until", "till", "through"})
_STRETCHES = frozenset({"hour", "minute", "day", "morning", "afternoon", "evening", "night", "dawn", "noon", "time"})
"""Nouns that say when themselves: `in the early hours today`."""

_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "advmod", "npadvmod", "quantmod"})


@dataclass(frozen=True, slots=True)
class DatedToken:
    """A time expression, the days that an event has by it, the word of the sentence it hangs on, and what governs it.

    `anchor` is the nearest verb or noun above `head`.
    """

    time: TimeMention
    days: Days
    head: Token
    anchor: Token

    @property
    def modifies(self) -> bool:
        """Whether it is part of a name or noun phrase, as in `the 2016 act`, and no adverb."""
        return self.head.dep_ in _MODIFIERS - {"npadvmod", "advmod"} or self.head.dep_ == "poss"


def dated_tokens(doc: Doc, times: Sequence[TimeMention], published_on: dt.date | None) -> list[DatedToken]:
    """Return the time expressions that mean certain days, in order of the text, with what they hang on."""
    found: list[DatedToken] = []
    last_preposition = ""
    for time in times:
        span = doc.char_span(time.start, time.end, alignment_mode="expand")
        if time.days is None or span is None:
            continue
        head = span.root
        preposition = _preposition(head)
        if found and _continues(found[-1], last_preposition, head, preposition):
            found[-1] = replace(found[-1], days=_hull(found[-1].days, time.days))
        elif days := _days(time, preposition, published_on):
            found.append(DatedToken(time, days, head, _anchor(head)))
        last_preposition = preposition
    return found


def _preposition(head: Token) -> str:
    """Return the preposition of a time expression, the empty string where it has none."""
    while head.dep_ == "conj" and head.head.dep_ in {"pobj", "conj"}:
        head = head.head
    return str(head.head.lower_) if head.dep_ in {"pobj", "pcomp"} else str(head.lower_)


def _days(time: TimeMention, preposition: str, published_on: dt.date | None) -> Days | None:
    """Return the days of what happened at, or ever since, a time; None for a bound such as `before Sunday`."""
    days = time.days
    if days is None or (preposition in _OPEN and "T" not in (time.value or "")):
        return None
    if preposition != "since":
        return days
    return replace(days, last=published_on) if published_on is not None and published_on >= days.last else days


def _continues(before: DatedToken, opening: str, head: Token, preposition: str) -> bool:
    """Tell whether a time expression ends the stretch, or goes on with the list, that one before it begins."""
    if before.head.sent != head.sent or head.i - before.head.i > 6:  # noqa: PLR2004  (as near as a range)
        return False
    listed = head.dep_ == "conj" and head.head == before.head
    return listed or (opening == "from" and preposition in _ENDS)


def _hull(a: Days, b: Days) -> Days:
    return replace(a, first=min(a.first, b.first), last=max(a.last, b.last))


def _anchor(token: Token) -> Token:
    """Return the nearest verb or noun above a time expression that it can date."""
    while token.dep_ != "ROOT":
        token = token.head
        if token.lemma_ in _STRETCHES:
            continue
        if (is_verb(token) or is_noun(token)) and not (is_verb(token) and token.dep_ in _MODIFIERS):
            return token
    return token
