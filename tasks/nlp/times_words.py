"""Cuts a text into tokens and says what each can be in a time expression: a month, a unit, a number, nothing.

Belongs here: the lexicon and the shapes of tokens. Does not belong here: which tokens together make an expression
(`times_rules.py`) or what it means (`times_dates.py`, `times_relative.py`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tasks.nlp.numerals import SCALES, SMALL, cardinal, digits, spoken_year

MONTHS = "january february march april may june july august september october november december".split()
"""Names of the months, lower case, in order."""

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
"""Names of the days of the week, lower case, Monday first."""

OTHER = "other"
"""The kind of every token that takes no part in time expressions."""

_LEXICON = {
    "a": "a an",
    "the": "the",
    "of": "of",
    "in": "in",
    "at": "at",
    "on": "on",
    "to": "to",
    "or": "or",
    "and": "and",
    "than": "than",
    "up": "up",
    "no": "no",
    "prep": "since by until till from through throughout during for within between after before over under",
    "possessor": "its his her their our my your",
    "month": " ".join([*MONTHS, "jan feb mar apr jun jul aug sep sept oct nov dec"]),
    "weekday": " ".join(WEEKDAYS),
    "weekdays": " ".join(f"{name}s" for name in WEEKDAYS),
    "weekdayabbr": "mon tue tues wed weds thu thur thurs fri sat sun",
    "unit": "day week month year hour minute decade century fortnight",
    "units": "days weeks months years hours minutes seconds decades centuries fortnights weekends quarters",
    "weekend": "weekend",
    "quarter": "quarter",
    "half": "half",
    "period": "period",
    "season": "spring summer autumn fall winter",
    "part": "morning afternoon evening night",
    "parts": "mornings afternoons evenings nights",
    "hour": "dawn dusk noon midnight midday",
    "tonight": "tonight overnight predawn",
    "dayword": "today yesterday tomorrow",
    "last": "last previous preceding",
    "past": "past",
    "next": "next coming following upcoming",
    "this": "this",
    "current": "current latest",
    "that": "that same these",
    "recent": "recent",
    "first": "first",
    "ago": "ago",
    "later": "later afterwards afterward hence",
    "earlier": "earlier",
    "every": "every each",
    "adverb": "daily weekly monthly yearly annually hourly nightly",
    "early": "early late mid",
    "edge": "end beginning start middle",
    "sometime": "sometime",
    "approx": "about nearly almost around roughly approximately barely exactly",
    "more": "more less fewer",
    "least": "least most",
    "vague": "few several couple many",
    "dozen": "dozen",
    "whole": "additional full whole entire",
    "ordinal": "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth",
    "present": "now nowadays currently",
    "pastref": "recently lately",
    "futureref": "soon",
    "right": "right",
    "future": "future",
    "fiscal": "fiscal calendar",
    "zone": "gmt utc est edt cst cdt mst mdt pst pdt bst cet cest",
    "old": "old",
    "nineties": "twenties thirties forties fifties sixties seventies eighties nineties",
    "comma": ",",
    "hyphen": "- – —",
    "poss": "'s ’s",
}
_KIND = {word: kind for kind, words in reversed(_LEXICON.items()) for word in words.split()}
_CAPITALISED = frozenset({"month", "weekday", "weekdays", "weekdayabbr", "zone"})

KINDS: tuple[str, ...] = (
    *_LEXICON,
    *("number", "daynum", "year", "iso", "slashed", "clock", "decade", "feast", "quartercode", OTHER),
)
"""Every kind of token that a rule may name."""

_FEASTS = (
    r"Christmas(?: Eve| Day)?|New Year[’']s (?:Eve|Day)|Easter(?: Sunday| Monday)?|Good Friday(?! [Aa]g| [Aa]cc)"
    r"|Palm Sunday|Ramadan|Eid [au]l-(?:Fitr|Adha)|Thanksgiving(?: Day)?|Halloween|Nowruz|Ashura|9/11(?!/)"
)
_NUMBER = "|".join(sorted([*SMALL, *SCALES], key=len, reverse=True))
_TOKEN = re.compile(
    rf"""(?P<iso>(?<![\w-])\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))
    |(?P<feast>\b(?:{_FEASTS})\b)
    |(?P<slashed>(?<![\w/-])(?:\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d)|\d\d?-\d\d?-(?:\d{{4}}|\d\d))(?![\w/-]))
    |(?P<clock>\b\d{{1,2}}(?:[:.]\d\d){{0,2}}\s?(?:[aApP]\.\s?[mM]\.|[aApP][mM]\b)|\b\d\d?:\d\d(?::\d\d)?(?![\w:]))
    |(?P<decade>\b\d{{3}}0['’]?s\b|['‘’]\d0s\b)
    |(?P<other>[$€£¥\#]\s?\d[\d.,]*|[^\W\d_]+\d\w*|\d[\d.,]*%)
    |(?P<ordinal>\b\d{{1,3}}(?:st|nd|rd|th)\b)
    |(?P<number>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+\ [13]/[24]\b|\d+(?:\.\d+)?(?!\w)
        |\b(?:a\ )?(?i:hundred|thousand)\b|\b(?i:{_NUMBER})(?:[ -](?:and\ )?(?i:{_NUMBER}))*\b)
    |(?P<month>\b(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|(?:JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC))\.)
    |(?P<word>[^\W\d_]+)
    |(?P<poss>['’]s\b)
    |(?P<mark>\n|\S)""",
    re.VERBOSE,
)
_QUARTERS = frozenset({"Q1", "Q2", "Q3", "Q4"})
_SPELLED_ORDINAL = re.compile(r"(?:twenty|thirty)-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b", re.I)
_DAYS_IN_MONTH = 31
_FIRST_YEAR, _LAST_YEAR = 1000, 2199
_YEAR_DIGITS = 4


class Token(NamedTuple):
    """One token: what it can be, its text, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def _number_kind(text: str) -> str:
    """Return `year`, `daynum` (1 to 31) or `number` for a numeral, `other` where it is none."""
    if text.isdigit() and len(text) == _YEAR_DIGITS and _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        return "year"
    value = amount(text)
    if value is None:
        return "year" if spoken_year(text) else OTHER
    return "daynum" if value in range(1, _DAYS_IN_MONTH + 1) and text.isdigit() else "number"


def amount(text: str) -> float | None:
    """Return the value of a number token: digits, words or `2 1/2`."""
    whole, _, fraction = text.partition(" ")
    if "/" in fraction and (value := digits(whole)) is not None:
        return value + int(fraction[0]) / int(fraction[2])
    return cardinal(text)


def _word_kind(text: str) -> str:
    kind = _KIND.get(text.lower(), OTHER)
    return OTHER if kind in _CAPITALISED and not text[0].isupper() else kind


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text in order; white space but line feeds separates them and is left out."""
    tokens = []
    for match in _TOKEN.finditer(text):
        kind, (start, end), word = match.lastgroup or OTHER, match.span(), match[0]
        if kind == "word" or kind == "mark":
            kind = _word_kind(word)
        elif kind == "number":
            kind = _number_kind(word)
        elif kind == "other" and word in _QUARTERS:
            kind = "quartercode"
        tokens.append(Token(kind, word, start, end))
    return tokens
