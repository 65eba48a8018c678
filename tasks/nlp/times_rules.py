"""The grammar of time expressions: which kinds of tokens follow each other, and who reads them.

A rule is a template over token kinds (`times_words.KINDS`), compiled to a regular expression over a string that has one
character per token. In a template `label:kind|kind` is one token, `?` makes it optional, `( a | b )?` groups, `<kind`
asks what stands before, `>kind` what follows, `!kind` what must not follow. A template begins with an obligatory
token; what merely stands in front (`the`, `early`, `about`) is added by `times.py`. Does not belong here: meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.nlp import times_dates as dates
from tasks.nlp import times_days as days
from tasks.nlp import times_relative as relative
from tasks.nlp.numerals import words
from tasks.nlp.times_words import KINDS

if TYPE_CHECKING:
    from tasks.nlp.times_reading import Resolver

_LETTER = {kind: chr(0xE000 + i) for i, kind in enumerate(KINDS)}
_JOINERS = frozenset(
    words("a the of in at on to or and than up no prep poss comma hyphen approx more least edge early")
)
"""Kinds that no resolver asks about, and that may stand several times in a template."""

_LOOK = {"<": "(?<=", ">": "(?=", "!": "(?!"}


def code(kind: str) -> str:
    """Return the character that stands for a kind of token."""
    return _LETTER[kind]


def _letters(kinds: str) -> str:
    return "[" + "".join(_LETTER[kind] for kind in kinds.split("|")) + "]"


def _element(word: str) -> str:
    if word in {"(", ")", ")?", "|"}:
        return "(?:" if word == "(" else word
    if word[0] in _LOOK:
        return _LOOK[word[0]] + _letters(word[1:]) + ")"
    label, _, kinds = word.rstrip("?").rpartition(":")
    name = label or ("" if "|" in kinds or kinds in _JOINERS else kinds)
    return (f"(?P<{name}>{_letters(kinds)})" if name else _letters(kinds)) + "?" * word.endswith("?")


def compile_template(template: str, end: str = "") -> re.Pattern[str]:
    """Return the regular expression over token codes of a template; KeyError for a kind that does not exist."""
    return re.compile("".join(map(_element, template.split())) + end)


def _first_kinds(template: str) -> list[str]:
    first = next(word for word in template.split() if word[0] not in _LOOK)
    assert not first.startswith("(") | first.endswith("?"), f"template begins with an optional token: {template}"
    return first.rpartition(":")[2].split("|")


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled template and the function that says what its tokens mean."""

    pattern: re.Pattern[str]
    resolve: Resolver


_NUM = "daynum|number|year"
_COUNT = f"n:{_NUM}|vague|dozen|a m:vague|dozen? of?"
_REL = "rel:last|past|next|this|current|that"
_SPAN = "unit:unit|weekend|quarter|period"
_UNITS = "unit:unit|units|quarter"
_YEAR = "( comma? year )?"

_TABLE: tuple[tuple[str, Resolver], ...] = (
    # whole dates
    ("iso", dates.iso),
    ("slashed", dates.slashed),
    (f"day:daynum|ordinal|first of? month {_YEAR}", dates.day_of_month),
    ("day:daynum month short:daynum|number", dates.day_of_month),
    (f"month the? day:daynum|ordinal|first {_YEAR}", dates.day_of_month),
    (f"month day:daynum hyphen|to until:daynum {_YEAR}", dates.day_of_month),
    (f"day:daynum hyphen until:daynum month {_YEAR}", dates.day_of_month),
    (f"<prep day:daynum and|to until:daynum month {_YEAR}", dates.day_of_month),
    (f"unit:unit|weekend of|in month day:daynum {_YEAR}", dates.span_of_day),
    (f"ord:ordinal|first|last unit:unit of|in month {_YEAR}", dates.week_of_month),
    (f"unit:unit of month {_YEAR}", dates.span_of_month),
    (f"weekday|weekdayabbr comma? the? day:daynum|ordinal|first of? month {_YEAR}", dates.day_of_month),
    (f"weekday|weekdayabbr comma? month day:daynum|ordinal|first {_YEAR}", dates.day_of_month),
    (f"rel:next|this next? weekday comma? month day:daynum|ordinal|first {_YEAR}", dates.day_of_month),
    (f"feast {_YEAR}", dates.feast),
    # months, seasons, quarters, halves
    ("month of? comma? year", dates.month),
    ("month rel:last|this|next unit", dates.month),
    ("rel:last|past|next|this past:past? month", dates.month),
    ("month", dates.month),
    ("season of? comma? year", dates.season),
    ("rel:last|past|next|this past:past? season", dates.season),
    ("<the|in|early season !of", dates.season),
    ("ord:ordinal|first|last hyphen? quarter ( of? fiscal? year )?", dates.quarter),
    ("ord:ordinal|first|last hyphen? quarter of? rel:last|this|next unit", dates.quarter),
    ("year ord:ordinal|first hyphen? quarter", dates.quarter),
    ("rel:last|this|next unit poss ord:ordinal|first hyphen? quarter", dates.quarter),
    ("quartercode of? year?", dates.quarter),
    ("ord:first|ordinal|last half of year", dates.half),
    ("ord:first|ordinal|last half of the unit", dates.half),
    ("ord:first|ordinal|last half of rel:last|this|next unit", dates.half),
    # years and longer
    ("fiscal year", dates.year),
    ("<the unit year:year|number", dates.year),
    ("decade", dates.decade),
    ("<the decade:shortdecade", dates.decade),
    ("<the nineties", dates.decade),
    ("ordinal hyphen? unit", dates.century),
    # weekdays and parts of days
    ("weekday", days.weekday),
    ("rel:last|past|next|this|every coming:next? weekday", days.weekday),
    ("weekday of? rel:last|this|next unit", days.weekday),
    ("weekdays", days.weekly),
    ("weekday parts", days.weekly),
    ("dayword", days.dayword),
    ("tonight", days.tonight),
    ("rel:last|this|that|next part", days.part_of_day),
    ("<the part", days.part_of_day),
    ("hour", days.part_of_day),
    ("early|wee unit:units", days.early_hours),
    ("part", days.loose_part),
    ("clock zone?", days.clock),
    ("<at|prep|approx clock zone?", days.clock_after),
    ("hhmm:number|year zone", days.clock),
    ("hhmm:number|year", days.military),
    ("year", dates.year),
    # relative to publication or to the narrative
    (f"{_REL} fiscal? {_SPAN}", relative.calendar_span),
    (f"this rel:past {_SPAN}", relative.calendar_span),
    ("unit:unit|weekend dir:prep rel:last|next", relative.before_last),
    ("within:earlier|later in the unit:unit", relative.the_span),
    (f"<the {_SPAN} !hyphen", relative.the_span),
    (f"<the fiscal {_SPAN} !hyphen", relative.the_span),
    (f"{_COUNT} {_UNITS} dir:ago|earlier|later", relative.counted_shift),
    (f"{_COUNT} {_UNITS} or that? dir:ago", relative.counted_shift),
    ("units dir:ago", relative.long_ago),
    ("unit hyphen dir:ago|earlier", relative.year_ago),
    ("unit hyphen dir:ago|earlier ord:ordinal|first? hyphen? span:quarter|period", relative.year_ago),
    (f"rel:last|past|next|first {_COUNT} {_UNITS}", relative.counted_span),
    (f"rel:last|past|next {_COUNT} to|or|hyphen upto:{_NUM} {_UNITS}", relative.counted_span),
    ("rel:past|next|last|recent unit:units", relative.vague_span),
    ("unit hyphen edge:edge", relative.year_end),
    ("unit poss? edge:edge", relative.year_end),
    # durations and sets
    (f"n:{_NUM}|vague|dozen m:dozen? of? whole|more? {_UNITS} !old|hyphen", relative.duration),
    (f"n:a m:vague|dozen of? whole|more? {_UNITS}", relative.duration),
    (f"n:{_NUM} hyphen {_UNITS} !hyphen", relative.duration),
    (f"n:vague hyphen {_UNITS}", relative.duration),
    (f"n:{_NUM}|a unit:unit|units and a half", relative.duration),
    (f"n:{_NUM} and a half unit:unit|units", relative.duration),
    (f"n:{_NUM} to|or|hyphen upto:{_NUM} hyphen? {_UNITS}", relative.duration),
    ("half a? unit", relative.duration),
    ("n:a unit:unit >prep", relative.before_or_after),
    ("<prep|in|to|of|approx|than unit:units", relative.duration),
    ("<prep|in|approx|than n:a whole? unit", relative.duration),
    ("unit:units >of|later|or", relative.duration),
    ("every unit:unit|quarter|weekend|part", relative.regularly),
    (f"every n:{_NUM} {_UNITS}", relative.regularly),
    ("every month", relative.regularly),
    ("often a unit:unit", relative.so_often),
    (f"n:{_NUM}|vague often a unit:unit", relative.so_often),
    ("adverb", relative.regularly),
    # references
    ("present", relative.present),
    ("right present", relative.present),
    ("that unit:units", relative.present),
    ("pastref", relative.past),
    ("recent", relative.past),
    ("futureref", relative.future),
    ("<the past !units|unit|number|daynum|vague|season|month|weekday", relative.past),
    ("<the future", relative.future),
    ("near future", relative.future),
)


def _compile() -> dict[str, tuple[Rule, ...]]:
    by_letter: dict[str, list[Rule]] = {}
    for template, resolve in _TABLE:
        rule = Rule(compile_template(template), resolve)
        for kind in _first_kinds(template):
            by_letter.setdefault(_LETTER[kind], []).append(rule)
    return {letter: tuple(rules) for letter, rules in by_letter.items()}


RULES = _compile()
"""The rules by the code of the token that they begin with."""
