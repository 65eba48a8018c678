"""Cuts a text into tokens and says what each can be in a time expression: a month, a unit, a number, nothing.

Belongs here: the lexicon and the shapes of tokens. Does not belong here: which tokens together make an expression
(`times_rules.py`) or what it means (`times_dates.py`, `times_relative.py`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from seeds.feasts import WEEKDAYS, load_feasts
from tasks.nlp.numerals import SCALES, SMALL, cardinal, digits, spoken_year, words

MONTHS = words("january february march april may june july august september october november december")
"""Names of the months, lower case, in order."""

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
    "often": "once twice thrice times",
    "wee": "wee small",
    "near": "near foreseeable",
    "present": "now nowadays currently",
    "pastref": "recently lately",
    "futureref": "soon",
    "right": "right",
    "future": "future",
    "fiscal": "fiscal calendar",
    "zone": "gmt utc et ct mt pt est edt cst cdt mst mdt pst pdt bst cet cest",
    "old": "old",
    "nineties": "twenties thirties forties fifties sixties seventies eighties nineties",
    "number": " ".join([*SMALL, *SCALES]),
    "feast": " ".join(["ramadan", *(re.split(r"\W", name)[0] for name in load_feasts())]),
    "comma": ",",
    "hyphen": "- \u2013 \u2014",
    "poss": "'s \u2019s",
}
_KIND = {word: kind for kind, listed in reversed(_LEXICON.items()) for word in listed.split()}
_CAPITALISED = frozenset({"month", "weekday", "weekdays", "weekdayabbr", "zone", "feast"})

KINDS: tuple[str, ...] = (
    *_LEXICON,
    *("daynum", "year", "iso", "slashed", "clock", "decade", "shortdecade", "quartercode", OTHER),
)
"""Every kind of token that a rule may name."""

_NAMES = sorted(("Ramadan", *(feast.name for feast in load_feasts().values())), key=len, reverse=True)
_FEAST = re.compile(
    f"(?:{'|'.join(map(re.escape, _NAMES))})".replace("'", "['\u2019]") + r"(?!\w)(?<!Good Friday(?= [Aa]g| [Aa]cc))"
)
_ABBREVIATED = re.compile(r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.", re.IGNORECASE)
_NUMBER = "|".join(sorted([*SMALL, *SCALES], key=len, reverse=True))
_MORE = rf"(?:[ -](?:and )?(?:{_NUMBER}))*\b"
_SPELLED_NUMBER = re.compile(rf"(?:{_NUMBER}){_MORE}", re.IGNORECASE)
_A_HUNDRED = re.compile(rf"a (?:hundred|thousand|million){_MORE}", re.IGNORECASE)
_SPELLED_ORDINAL = re.compile(
    r"(?:twenty|thirty)-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b", re.IGNORECASE
)
_TOKEN = re.compile(
    r"""(?P<word>[^\W\d_]++(?!\d)|[.,;:!?()"“”\n\u2013\u2014-])
    |(?P<iso>(?<![\w-])\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))
    |(?P<slashed>(?<![\w/-])(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)|\d\d?-\d\d?-(?:\d{4}|\d\d))(?![\w/-]))
    |(?P<feast>\b9/11(?!/)\b)
    |(?P<clock>\b\d{1,2}(?:[:.]\d\d){0,2}\s?(?:[aApP]\.\s?[mM]\.|[aApP][mM]\b)|\b\d\d?:\d\d(?::\d\d)?(?![\w:]))
    |(?P<decade>\b\d{3}0['\u2019]?s\b|['\u2018\u2019]\d0s\b)
    |(?P<shortdecade>\b\d0s\b)
    |(?P<other>[$€£¥#]\s?\d[\d.,]*|[^\W\d_]+\d\w*|\d[\d.,]*%)
    |(?P<ordinal>\b\d{1,3}(?:st|nd|rd|th)\b)
    |(?P<number>\d+(?:,\d{3})+(?:\.\d+)?|\d+[ ][13]/[24]\b|\d+(?:\.\d+)?(?!\w))
    |(?P<poss>['\u2019]s\b)
    |(?P<mark>\n|\S)""",
    re.VERBOSE,
)
_LONGER: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "month": ((_FEAST, "feast"), (_ABBREVIATED, "month")),
    "number": ((_SPELLED_ORDINAL, "ordinal"), (_SPELLED_NUMBER, "number")),
    "a": ((_A_HUNDRED, "number"),),
    "feast": ((_FEAST, "feast"),),
}
"""Kinds of words that may begin a token of several words, with its shape and its kind."""

_QUARTERS = frozenset({"Q1", "Q2", "Q3", "Q4"})
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


def _word(text: str, start: int, word: str) -> tuple[str, str]:
    """Return kind and text of the token that begins with a listed word: `Sept.`, `twenty-three`, `New Year's Day`."""
    kind = _KIND[word.lower()]
    if kind in _CAPITALISED and not word[0].isupper():
        return OTHER, word
    for shape, longer in _LONGER.get(kind, ()):
        if match := shape.match(text, start):
            return (_number_kind(match[0]) if longer == "number" else longer), match[0]
    return (OTHER if kind == "feast" else kind), word


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text in order; white space but line feeds separates them and is left out."""
    tokens: list[Token] = []
    reached = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        if start < reached:
            continue
        kind, word = match.lastgroup or OTHER, match[0]
        if kind in {"word", "mark", "poss"}:
            kind, word = _word(text, start, word) if word.lower() in _KIND else (OTHER, word)
        elif kind == "number":
            kind = _number_kind(word)
        elif word in _QUARTERS:
            kind = "quartercode"
        reached = start + len(word)
        tokens.append(Token(kind, word, start, reached))
    return tokens
