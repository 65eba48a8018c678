"""Reads how many people a phrase says, as a closed interval.

Belongs here: quantities in words. Does not belong here: what numerals are worth (`numerals.py`), how many people a
parsed phrase denotes (`people.py`), what happened to them (`casualties.py`).

What the words leave open stays open: `dozens` is two dozen and more, `several` three and more. `about 200` and
`some 200` are a tenth either way, at least one: 180..220; `nearly 40` is the same tenth below: 36..40. `up to 30` is
1..30 and `fewer than 10` 1..9, since whoever says it speaks of some. Percentages, money, ages, distances and times are
no counts of people.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tasks.nlp.numerals import SCALES, SMALL, cardinal
from tasks.nlp.records import Interval

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 200
"""Characters of a phrase that are read; quantities stand at its head."""

_MOST = 2_147_483_647
"""The largest count that is stored; what is larger is no number of people."""

_SEVERAL = 3
"""The least that `several`, `a few` or `many` stand for."""

_LISTED = "|".join(sorted([*SMALL, *SCALES, "dozen"], key=len, reverse=True))
_LEAD = re.compile(
    r"(?:the|those|these|all|its|his|her|their|our|my|your|other|additional|further|only|just|exactly|also|a total of"
    r"|a (?:further|additional|reported|combined|record)(?= \d)|an additional(?= \w)|another(?= (?:\d|"
    + _LISTED
    + r")))\s"
)
MEMBERS = re.compile(
    rf"(?:an? )?(?P<n>[\d,]+|(?:{_LISTED})(?:-(?:{_LISTED}))?)-(?:member|man|woman|person|people|strong)\b"
)
_GROUP = re.compile(
    r"an?(?: [\w-]+){0,2} (?:group|family|crowd|band|gang|team|squad|crew|party|mob|contingent|handful|column)s? of "
)
_NUMBER = re.compile(
    rf"(?:\d{{1,3}}(?:,\d{{3}})++|\d{{1,15}}+)(?:\.\d+)?(?: (?:hundred|thousand|million|billion)\b)?"
    rf"|(?:an? )?(?:{_LISTED})\b(?:[ -](?:and )?(?:{_LISTED})\b)*"
)
_SUFFIX = re.compile(r"[\w.$€£]|-(?!plus\b|odd\b)[^\W\d]|,\d")
_UNIT = re.compile(
    r" ?(?:%|per ?cent|percentage|points?\b|(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?)\b|o'clock|times?\b"
    r"|kilomet|kilogram|km\b|kg\b|met(?:er|re)s?\b|miles?\b|feet\b|foot\b|inch|yards?\b|tons?\b|tonnes?\b|pounds?\b"
    r"|acres?\b|hectares?\b|dollars?\b|euros?\b|rupees?\b|rubles?\b|yen\b|cents?\b|degrees?\b|[ap]\.?m\b|-\w)"
)
_RANGE = re.compile(r"(?: ?(?:-|\u2013|\u2014) ?| (?:to|or) )")
_OR_MORE = re.compile(r" or more\b| or so\b|-plus\b|\+|-odd\b")
_ONE = re.compile(
    r"(?:an?|another|each|every)\b(?! (?:third|quarter|half|fifth|tenth|majority|minority|percentage|part)\b)"
)
_NONE = re.compile(r"(?:no one|nobody|none|no(?![.\w])|not (?:an?|one|any)\b)(?! ?\d)")

_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
PLURALS = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000, "millions": 1_000_000}
"""Nouns that count by being many of a number: two of it, and more."""

_SCALED = re.compile(r"(several|a few|few|many|a couple(?: of)?) (dozen|hundred|thousand|million)s?\b")
_PLURAL = re.compile(r"(tens|dozens|scores|hundreds|thousands|millions)(?: of (thousands|millions))?\b")
_FIXED = (
    (re.compile(r"half a dozen\b"), Interval(6, 6)),
    (re.compile(r"(?:both|a couple|a pair)\b"), Interval(2, 2)),
    (re.compile(r"(?:several|a few|a handful|many|numerous|countless|a lot|lots)\b"), Interval(_SEVERAL, None)),
    (re.compile(r"(?:some|multiple|a number|various)\b"), Interval(2, None)),
    (_NONE, Interval(0, 0)),
    (_ONE, Interval(1, 1)),
)
"""Words for quantities that are no numerals, in the order in which they are tried."""


def _tenth(count: int) -> int:
    return -(-count // 10)


def _at_least(found: Interval) -> Interval:
    return Interval(found.low, None)


def _over(found: Interval) -> Interval:
    return Interval(found.low + 1, None)


def _up_to(found: Interval) -> Interval:
    return Interval(min(1, found.low), found.high)


def _under(found: Interval) -> Interval:
    return found if found.high is None else Interval(min(1, max(found.high - 1, 0)), max(found.high - 1, 0))


def _nearly(found: Interval) -> Interval:
    return Interval(found.low - _tenth(found.low), found.high)


def _about(found: Interval) -> Interval:
    return Interval(found.low - _tenth(found.low), None if found.high is None else found.high + _tenth(found.high))


_BOUNDS: tuple[tuple[re.Pattern[str], Callable[[Interval], Interval]], ...] = (
    (re.compile(r"(?:at (?:the very )?least|not? (?:fewer|less) than|a minimum of|as few as) "), _at_least),
    (re.compile(r"(?:up to|as many as|at most|not? more than|a maximum of) "), _up_to),
    (re.compile(r"(?:(?:well |far |slightly )?(?:more than|over|above)|upwards? of|in excess of) "), _over),
    (re.compile(r"(?:fewer than|less than|under|below) "), _under),
    (re.compile(r"(?:nearly|almost|close to|just under|approaching) "), _nearly),
    (
        re.compile(
            r"(?:about|around|roughly|approximately|some|(?:an )?estimated|circa|perhaps|maybe|possibly)"
            rf" (?=\d|(?:an? )?(?:{_LISTED})\b|several|a few|dozens|scores|hundreds|thousands)"
        ),
        _about,
    ),
)
"""Words before a quantity and what they make of it, in the order in which they are tried."""


def read_count(quantity: str) -> Interval | None:
    """Return the quantity that a noun phrase begins with; None where it states none.

    `six policemen` is 6..6, `at least 50 people` 50..None, `no one` 0..0, `a policeman` 1..1. What is no quantity of
    people (`30-year-old`, `$50`, `20 percent`) and bare nouns (`soldiers`, `the soldier`) give None.
    """
    text = " ".join(quantity[:_LONGEST].lower().split())
    text = re.sub(r"(?<=\d) , (?=\d{3})", ",", text).replace(" - ", "-")
    while lead := _LEAD.match(text):
        text = text[lead.end() :]
    if (members := MEMBERS.match(text)) and (count := cardinal(members["n"])) is not None:
        return checked(Interval(int(count), int(count)))
    if group := _GROUP.match(text):
        return read_count(text[group.end() :])
    return _bounded(text)


def _bounded(text: str) -> Interval | None:
    for shape, bound in _BOUNDS:
        if match := shape.match(text):
            found = _quantity(text[match.end() :])
            return checked(bound(found)) if found else None
    found = _quantity(text)
    return checked(found) if found else None


def checked(found: Interval) -> Interval | None:
    """Return an interval that a number of people can have, None for others."""
    return found if 0 <= found.low <= _MOST and (found.high or 0) <= _MOST else None


def _quantity(text: str) -> Interval | None:
    """Return the quantity that a text begins with: `10 to 15`, `between 10 and 15`, `20 or more`, `dozens`."""
    between = re.match(r"(?:between|from) ", text)
    amount = _amount(text[between.end() :] if between else text)
    if amount is None:
        return _vague(text)
    low, rest = amount
    joint = re.match(r" (?:and|to) ", rest) if between else _RANGE.match(rest)
    if joint and (upper := _amount(rest[joint.end() :])):
        high, rest = upper
        return None if _UNIT.match(rest) else Interval(min(low, high), max(low, high))
    if more := _OR_MORE.match(rest):
        return Interval(low, None) if "so" not in more[0] and "odd" not in more[0] else _about(Interval(low, low))
    return None if _UNIT.match(rest) else Interval(low, low)


def _amount(text: str) -> tuple[int, str] | None:
    """Return the whole number that a text begins with, and what follows it."""
    match = _NUMBER.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    value = cardinal(match[0])
    if value is None or value != int(value) or _SUFFIX.match(rest):
        return None
    return int(value), rest


def _vague(text: str) -> Interval | None:
    """Return the quantity in words that are no numeral: `several dozen`, `hundreds of thousands`, `no`, `a`."""
    if scaled := _SCALED.match(text):
        pair = scaled[1].startswith("a couple")
        least = (2 if pair else _SEVERAL) * _TIMES[scaled[2]]
        return Interval(least, least if pair else None)
    if plural := _PLURAL.match(text):
        return Interval(2 * PLURALS[plural[1]] * PLURALS.get(plural[2], 1), None)
    return next((found for shape, found in _FIXED if shape.match(text)), None)
