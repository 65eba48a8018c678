"""What the resolvers of time expressions exchange: the words of a match, what they are read against, and the reading.

Belongs here: the types, and the question whether the words around an expression look ahead. Does not belong here:
what any expression means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.nlp.calendar import Period

if TYPE_CHECKING:
    import datetime as dt

    from tasks.nlp.records import Days

_SEEN = 120
"""Characters of the sentence that are read on either side of an expression."""

_SENTENCE_END = re.compile(r"[.!?][\"'”\u2019)]*\s+(?=[\"'“\u2018(]?[A-Z])|\n|;")
_CUE = re.compile(
    r"\b(?:(?P<ahead>(?:will|shall|would|must|should|may|could|can)(?: not)?(?: be \w+| have \w+)?"
    r"|to (?:be \w+|(?!the\b|an?\b|its?\b|his\b|her\b|their\b)[a-z]{2,20}\b(?!ing))"
    r"|going to|upcoming|scheduled|due(?! to)|plan(?:ned|s|ning)?|expects?|expected|slated|effective|payable|deadline"
    r"|ahead of|until)"
    r"|(?P<back>\w{2,20}ed|said|told|was|were|had|has|have|did|met|began|won|took|came|went|made|fell|rose|since|been"
    r"|held|sent|left|shot|hit|struck|fought|broke|led|after|bought|became))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression is read against.

    `published` is the day of publication, `focus` the day that the narrative last named, `frame` the quarter that it
    last named; each None where there is none. `start` and `end` are the expression's place in `text`.
    """

    text: str
    start: int
    end: int
    published: dt.date | None
    focus: dt.date | None
    frame: Days | None

    @property
    def narrated(self) -> dt.date | None:
        """Return the day that `the next day` or `two days earlier` counts from: the focus, else publication."""
        return self.focus or self.published

    def ahead(self) -> bool:
        """Tell whether the clause speaks of the future: its last cue before the expression, else its first after."""
        left = _SENTENCE_END.split(self.text[max(0, self.start - _SEEN) : self.start])[-1]
        cues = list(_CUE.finditer(left))
        if cues:
            return cues[-1].lastgroup == "ahead"
        right = _SENTENCE_END.split(self.text[self.end : self.end + _SEEN])[0]
        cue = _CUE.search(right)
        return cue is not None and cue.lastgroup == "ahead"


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means: a period, a part of a day (`TNI`, `T15:00`) or both.

    A `loose` reading counts only beside a day: `night` in `Wednesday night`.
    """

    period: Period
    part: str = ""
    loose: bool = False


Words = Mapping[str, str]
"""The labels of a rule's template to the text of the tokens that took their places."""

Resolver = Callable[[Words, Anchor], Period | Reading | None]
"""Reads a match; None where the words are no time expression after all. May raise ValueError or OverflowError for
dates that do not exist; the expression then stands without a value."""
