"""Reads the expressions that count from publication or from the narrative, and the lengths and repetitions of time.

`ago`, `last` and `next` count from publication; `earlier`, `later`, `previous` and `following` from the day that the
narrative last named. Does not belong here: names of days, months and years (`times_dates.py`).
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from tasks.nlp import calendar
from tasks.nlp.calendar import Period
from tasks.nlp.records import Days
from tasks.nlp.times_dates import month_number
from tasks.nlp.times_words import amount

if TYPE_CHECKING:
    import datetime as dt

    from tasks.nlp.times_reading import Anchor, Words

PRESENT, PAST, FUTURE = Period("PRESENT_REF"), Period("PAST_REF"), Period("FUTURE_REF")

_UNITS = {
    "seconds": "second", "minutes": "minute", "hours": "hour", "days": "day", "weeks": "week", "months": "month",
    "quarters": "quarter", "years": "year", "decades": "decade", "centuries": "century", "weekends": "weekend",
    "fortnights": "fortnight",
}  # fmt: skip
_LETTERS = {
    "second": "T{}S", "minute": "T{}M", "hour": "T{}H", "day": "{}D", "week": "{}W", "fortnight": "{}W",
    "weekend": "{}WE", "month": "{}M", "quarter": "{}Q", "year": "{}Y", "decade": "{}E", "century": "{}C",
}  # fmt: skip
_PRECISION = {"hour": "day", "minute": "day", "second": "day", "weekend": "week", "fortnight": "week", "century": None}
_AND_A_HALF = {"year": "6M", "hour": "30M", "minute": "30S", "day": "T12H", "decade": "5Y", "century": "50Y"}
_HALF = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "minute": "PT30S", "decade": "P5Y", "century": "P50Y"}
_PER_DAY = {"hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}
_SHORT = frozenset({"second", "minute", "hour"})
_STEPS = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "preceding": -1,
    "this": 0,
    "current": 0,
    "that": 0,
    "same": 0,
    "these": 0,
}
_NARRATIVE = frozenset({"previous", "preceding", "following", "that", "same"})
_BOOKS = re.compile(r"\s(?:that )?end(?:ed|ing|s)\b")
"""After `the year`: one that books were kept for, and need not be the calendar's."""

_BEFORE_OR_AFTER = re.compile(r"\s(?:before|after)\b")

_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M",
    "yearly": "P1Y", "annually": "P1Y",
}  # fmt: skip


def _unit(w: Words) -> str:
    word = w["unit"].lower()
    return _UNITS.get(word, word)


def _count(w: Words) -> float | None:
    """Return the counted number, None for `a few`, `several` and ranges."""
    words = [w[label].lower() for label in ("n", "m") if label in w]
    if "upto" in w:
        return None
    for word in reversed(words):
        if word in {"couple", "dozen"}:
            return {"couple": 2.0, "dozen": 12.0}[word] * (amount(words[0]) or 1 if len(words) > 1 else 1)
    return 1 if words[-1] in {"a", "an"} else amount(words[-1])


def _length(count: float | None, unit: str) -> str:
    """Return a TIMEX3 duration: `P3D`, `PT2H`, `PXW` where the count is open."""
    if count is None:
        return "P" + _LETTERS[unit].format("X")
    if unit == "fortnight":
        count *= 2
    if count % 1 == 0.5 and unit in _AND_A_HALF:  # noqa: PLR2004  (and a half)
        return f"P{_LETTERS[unit].format(int(count))}{_AND_A_HALF[unit]}"
    return "P" + _LETTERS[unit].format(int(count) if count == int(count) else count)


def duration(w: Words, _: Anchor) -> Period | None:
    """Read `three days`, `two-year`, `a year and a half`, `half an hour`, `weeks`."""
    unit = _unit(w)
    if "half" in w and "n" not in w:
        return Period(_HALF[unit]) if unit in _HALF else None
    if unit == "quarter":  # three quarters of the voters
        return None
    count = _count(w) if "n" in w else None
    return Period(_length(count + 0.5 if "half" in w and count is not None else count, unit))


def before_or_after(w: Words, anchor: Anchor) -> Period | None:
    """Read `a day` in `a day after the raid`, how long before or after it something was."""
    return duration(w, anchor) if _BEFORE_OR_AFTER.match(anchor.text, anchor.end) else None


def so_often(w: Words, _: Anchor) -> Period | None:
    """Read `twice a week`, `three times a year`: what recurs within each such unit."""
    counted = "n" in w or w["often"].lower() != "times"
    return Period(_length(1, _unit(w))) if counted else None


def regularly(w: Words, _: Anchor) -> Period | None:
    """Read `every day`, `each July`, `every two weeks`, `daily`."""
    if adverb := w.get("adverb"):
        return Period(_ADVERBS[adverb.lower()])
    if name := w.get("month"):
        return Period(f"XXXX-{month_number(name):02}")
    unit = _unit(w)
    if unit not in _LETTERS:
        return Period("P1D")
    return Period(_length(_count(w) if "n" in w else 1, unit))


def _shifted(base: dt.date | None, count: float, unit: str) -> Period:
    """Return the unit of the calendar so many units from a day; what is shorter than a day has no days."""
    if unit in _SHORT:
        return Period(_length(abs(count), unit))
    return calendar.containing(unit, calendar.shift(base, int(count), unit)) if base else Period()


def counted_shift(w: Words, anchor: Anchor) -> Period:
    """Read `two weeks ago`, `three days later`, `a year earlier`."""
    unit, direction, count = _unit(w), w["dir"].lower(), _count(w)
    back = direction in {"ago", "earlier"}
    if count is None:
        return PAST if direction == "ago" else Period(_length(None, unit))
    if unit == "year" and count == 1 and back and anchor.frame:
        return _frame_a_year_ago(anchor)
    base = anchor.published if direction == "ago" else anchor.narrated
    return _shifted(base, -count if back else count, unit)


def _frame_a_year_ago(anchor: Anchor) -> Period:
    """Return the quarter under discussion, a year before: reports compare `with a year earlier`."""
    assert anchor.frame is not None
    return calendar.containing("quarter", calendar.shift(anchor.frame.first, -1, "year"))


def _last_quarter(anchor: Anchor) -> Period:
    """Return the quarter under discussion, else the last one that was over at publication."""
    if anchor.frame:
        return calendar.containing("quarter", anchor.frame.first)
    return _shifted(anchor.published, -1, "quarter")


def year_ago(w: Words, anchor: Anchor) -> Period | None:
    """Read `year-ago`, `year-earlier quarter`."""
    if w["unit"].lower() != "year":
        return None
    if anchor.frame:
        return _frame_a_year_ago(anchor)
    if "span" in w:
        return _shifted(anchor.published, -5, "quarter")
    return _shifted(anchor.published, -1, "year")


def long_ago(_: Words, __: Anchor) -> Period:
    """Read `months ago`."""
    return PAST


def calendar_span(w: Words, anchor: Anchor) -> Period | None:
    """Read `last week`, `this year`, `the following day`, `that month`, `the latest quarter`."""
    unit, rel = _unit(w), w["rel"].lower()
    if rel == "latest" and unit in {"quarter", "period"}:
        return _last_quarter(anchor)
    if unit in _SHORT or unit == "period":
        return Period(_length(1, unit)) if rel in {"last", "past"} and unit in _LETTERS else None
    narrative = rel in _NARRATIVE or (unit == "day" and rel == "next")
    if unit == "day" and not narrative:
        return None
    base = anchor.focus if narrative else anchor.published
    found = _shifted(base, 0, unit) if base is None else _shifted(base, _STEPS.get(rel, 1), unit)
    return _up_to(found, anchor.published, unit) if rel == "past" and unit != "weekend" else found


def _up_to(period: Period, last: dt.date | None, unit: str) -> Period:
    """Keep the value, and let the days be those of one unit that ends with publication: `the past year`."""
    if last is None or period.days is None:
        return period
    return Period(period.value, Days(calendar.shift(last, -1, unit), last, period.days.precision))


def the_span(w: Words, anchor: Anchor) -> Period | None:
    """Read `the week`, `the year`, `the quarter`, `the weekend`: the one of publication, or the last full quarter."""
    unit = _unit(w)
    if unit == "day" and "within" in w:
        return calendar.day(anchor.narrated) if anchor.narrated else Period()
    if unit in _SHORT or unit in {"day", "period", "fortnight"} or not w["unit"].islower():
        return None
    if _BOOKS.match(anchor.text, anchor.end):
        return Period(_length(1, unit))
    if unit == "quarter":
        return _last_quarter(anchor)
    base = anchor.published
    if unit == "weekend" and base and base.weekday() < 5 and not anchor.ahead():  # noqa: PLR2004  (Monday to Friday)
        return _shifted(base, -1, "weekend")
    return _shifted(base, 0, unit)


def before_last(w: Words, anchor: Anchor) -> Period | None:
    """Read `the week before last` and `the year after next`."""
    steps = {("before", "last"): -2, ("after", "next"): 2}.get((w["dir"].lower(), w["rel"].lower()))
    return None if steps is None else _shifted(anchor.published, steps, _unit(w))


def counted_span(w: Words, anchor: Anchor) -> Period:
    """Read `the past two weeks`, `the next 14 months`, `the first nine months`, with the days that they cover."""
    unit, rel, count = _unit(w), w["rel"].lower(), _count(w)
    value = _length(count, unit)
    precision = _PRECISION.get(unit, unit)
    if anchor.published is None or precision is None or rel not in {"past", "last", "next", "coming"}:
        return Period(value)
    if unit in _SHORT:  # the hours before publication began the day before
        unit, count = "day", math.ceil((count or 1) * _PER_DAY.get(unit, 0)) or 1
    if count is None:
        return Period(value)
    steps = int(count)
    if rel in {"past", "last"}:
        return Period(value, Days(calendar.shift(anchor.published, -steps, unit), anchor.published, precision))
    return Period(value, Days(anchor.published, calendar.shift(anchor.published, steps, unit), precision))


def vague_span(w: Words, _: Anchor) -> Period:
    """Read `recent weeks`, `past years`, `coming months`."""
    return PAST if w["rel"].lower() in {"past", "last", "recent", "previous", "preceding"} else FUTURE


def year_end(w: Words, anchor: Anchor) -> Period | None:
    """Read `year-end`, `year's end`: the last month of the year of publication."""
    if w["unit"].lower() != "year" or w["edge"].lower() != "end":
        return None
    if anchor.published is None:
        return Period()
    year = anchor.published.year
    return Period(f"{year:04}", calendar.month(year, calendar.MONTHS).days)


def present(w: Words, _: Anchor) -> Period | None:
    """Read `now`, `currently`, `these days`."""
    return PRESENT if "that" not in w or (w["that"].lower(), w["unit"].lower()) == ("these", "days") else None


def past(_: Words, __: Anchor) -> Period:
    """Read `recently`, `the past`."""
    return PAST


def future(_: Words, __: Anchor) -> Period:
    """Read `soon`, `the future`."""
    return FUTURE
