"""Finds the time expressions of an English text and resolves them against its publication date.

START HERE for times. The text becomes tokens of known kinds (`times_words`), rules over the kinds propose expressions
(`times_rules`), resolvers read them (`times_dates`, `times_relative`), look-alikes are refused (`times_traps`), and
this module picks, joins (`10 p.m.` + `Wednesday`) and widens them (`early` + `1990`). Does not belong here: which
event an expression dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tasks.nlp import calendar
from tasks.nlp.calendar import Period
from tasks.nlp.numerals import words
from tasks.nlp.records import Days, TimeMention
from tasks.nlp.times_reading import Anchor, Reading
from tasks.nlp.times_rules import RULES, code, compile_template
from tasks.nlp.times_traps import is_trap
from tasks.nlp.times_words import tokenize

if TYPE_CHECKING:
    import datetime as dt

    from tasks.nlp.times_rules import Rule

_LEFT = 6
"""Tokens before an expression that may belong to it."""

_START = re.compile("[" + "".join(RULES) + "]")
_JOINT = compile_template("( comma? at|on? | of | comma? in the )")
_WITH_ARTICLE = frozenset(
    code(kind)
    for kind in words(
        "ordinal first last past next current decade nineties shortdecade unit weekend that fiscal quarter period "
        "season part future early wee near"
    )
)
_NUMERAL = frozenset(map(code, words("number daynum year a vague dozen past last next")))
_SPANS = frozenset(map(code, ("quarter", "period")))
_ARTICLE = compile_template("the", "$")
_PART_OF = compile_template(
    "( the? edge of the? | the? early hyphen? ( in the )? | earlier|later ( in the? )? | sometime )", "$"
)
_QUANTIFIER = compile_template("( approx | at least | no? more than | up to ) the|a?", "$")
_EARLY, _LATE, _MID = (
    frozenset({"early", "beginning", "start"}),
    frozenset({"late", "end"}),
    frozenset({"mid", "middle"}),
)
_CLOCKED = re.compile(r"T\d")
_BOUNDED = frozenset({"earlier", "later"})
_COARSE = frozenset({"month", "quarter", "year", "decade"})


@dataclass(frozen=True, slots=True)
class _Found:
    """Tokens first..last (inclusive), what they mean, and the day that a bare part of a day falls on."""

    first: int
    last: int
    reading: Reading
    base: dt.date | None


class _Scan:
    """One pass over a text: the tokens, what was found so far, and what the narrative last spoke of."""

    def __init__(self, text: str, published: dt.date | None) -> None:
        self.text, self.published = text, published
        self.tokens = tokenize(text)
        self.codes = "".join([code(token.kind) for token in self.tokens])
        self.found: list[_Found] = []
        self.focus: dt.date | None = None
        self.frame: Days | None = None

    def run(self) -> list[TimeMention]:
        index = 0
        while start := _START.search(self.codes, index):
            index = self._take(start.start())
        return [mention for i, item in enumerate(self.found) if (mention := self._mention(i, item))]

    def _take(self, index: int) -> int:
        """Keep the longest expression that begins at a token, and return where to look on."""
        matches = [
            (match.end(), rule, match)
            for rule in RULES[self.codes[index]]
            if (match := rule.pattern.match(self.codes, index))
        ]
        for end, rule, match in sorted(matches, key=lambda item: -item[0]):
            reading = None if is_trap(self.tokens, index, end - 1) else self._read(rule, match)
            if reading:
                self._keep(_Found(index, end - 1, reading, self.focus or self.published))
                return end
        return index + 1

    def _read(self, rule: Rule, match: re.Match[str]) -> Reading | None:
        labelled = {label: self.tokens[i].text for label in rule.pattern.groupindex if (i := match.start(label)) >= 0}
        start, end = self.tokens[match.start()].start, self.tokens[match.end() - 1].end
        anchor = Anchor(self.text, start, end, self.published, self.focus, self.frame)
        try:
            result = rule.resolve(labelled, anchor)
        except (ValueError, OverflowError):  # a date that does not exist: the expression stands without a value
            result = Period()
        return Reading(result) if isinstance(result, Period) else result

    def _keep(self, item: _Found) -> None:
        if self.found and (joined := self._join(self.found[-1], item)):
            self.found[-1] = item = joined
        else:
            self.found.append(item)
        days, value = item.reading.period.days, item.reading.period.value
        if days and days.precision == "day" and days.first == days.last:
            self.focus = days.first
        if days and value and "-Q" in value and (self.frame is None or days.first >= self.frame.first):
            self.frame = days  # never backwards: `a year earlier` compares with it, again and again

    def _join(self, left: _Found, right: _Found) -> _Found | None:
        """Join a part of a day and a day that stand side by side: `10 p.m.` + `on Wednesday`, `Friday` + `night`."""
        if not _JOINT.fullmatch(self.codes, left.last + 1, right.first):
            return None
        for dated, timed in ((left.reading, right.reading), (right.reading, left.reading)):
            days = dated.period.days
            if (
                days
                and days.precision == "day"
                and _CLOCKED.match(dated.part) is None
                and timed.part
                and timed.period.value is None
            ):
                return _Found(left.first, right.last, Reading(dated.period, timed.part), left.base)
        return None

    def _mention(self, index: int, item: _Found) -> TimeMention | None:
        if item.reading.loose:
            return None
        period, part = item.reading.period, item.reading.part
        if part and period.value is None and item.base:
            period = calendar.day(item.base)
        floor = self.found[index - 1].last + 1 if index else 0
        first = self._widened(item, floor)
        said = {token.text.lower() for token in self.tokens[first : item.last + 1]}
        value = None if period.value is None else period.value + part
        start, end = self.tokens[first].start, self.tokens[item.last].end
        return TimeMention(start, end, self.text[start:end], value, _narrowed(period, said, self.published))

    def _takes_article(self, item: _Found) -> bool:
        first, last, value = self.codes[item.first], self.codes[item.last], item.reading.period.value or ""
        if self.codes.startswith(code("hyphen"), item.first + 1):
            return first == code("unit") and last in _SPANS
        return first in _WITH_ARTICLE or (first in _NUMERAL and value.startswith("P") and first != code("a"))

    def _widened(self, item: _Found, floor: int) -> int:
        """Return the first token in front that belongs to an expression: `the`, `early`, `the end of`, `about`."""
        first = item.first
        if self._takes_article(item):
            first = self._before(_ARTICLE, first, floor)
        if self.codes[first] in _NUMERAL or self.codes[first] == code("the"):
            first = self._before(_QUANTIFIER, first, floor)
        return self._before(_PART_OF, first, floor)

    def _before(self, pattern: re.Pattern[str], first: int, floor: int) -> int:
        match = pattern.search(self.codes, max(floor, first - _LEFT), first)
        return match.start() if match else first


def _narrowed(period: Period, said: set[str], published: dt.date | None) -> Days | None:
    """Return the days of a period, cut down by the words of its expression.

    `early` leaves its first half, `late` its second, `mid` its middle half; `earlier` and `later` end or begin with
    publication. Days stay whole.
    """
    days = period.days
    if days is None or days.precision == "day":
        return days
    if said & _BOUNDED and published and days.first <= published <= days.last:
        return replace(days, last=published) if "earlier" in said else replace(days, first=published)
    return _part_of(days, said) if days.precision in _COARSE else days


def _part_of(days: Days, said: set[str]) -> Days:
    quarter = (days.last - days.first) // 4
    if said & _EARLY:
        return replace(days, last=days.first + 2 * quarter)
    if said & _LATE:
        return replace(days, first=days.last - 2 * quarter)
    return replace(days, first=days.first + quarter, last=days.last - quarter) if said & _MID else days


def find_times(text: str, published_on: dt.date | None) -> list[TimeMention]:
    """Return the time expressions of a text, in order and without overlaps.

    Without a publication date, full dates still resolve; relative expressions have neither value nor days. Dates that
    do not exist (31 February) have none either. Days are inclusive.
    """
    return _Scan(text, published_on).run()
