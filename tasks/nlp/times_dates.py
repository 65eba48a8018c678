"""Reads the expressions that name a place in the calendar: dates, months, quarters, years, decades, feasts.

Each resolver takes the words of a match and what they are read against (`times_reading`). What has no year takes the
last one past, or the coming one where the clause looks ahead. Does not belong here: weekdays and hours
(`times_days.py`), counted expressions such as `two weeks ago` (`times_relative.py`).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from seeds.feasts import load_feasts
from tasks.nlp import calendar
from tasks.nlp.calendar import Period
from tasks.nlp.numerals import SMALL, cardinal, ordinal, spoken_year
from tasks.nlp.records import Days
from tasks.nlp.times_reading import Reading
from tasks.nlp.times_words import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tasks.nlp.times_reading import Anchor, Words

_PIVOT = 40
"""Two-digit years up to this one belong to 2000, the others to 1900."""

_FAR = dt.timedelta(250)
"""A date without a year lies no further away than this, back or ahead, whatever the words around it say."""

_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_MOVING = {"easter": calendar.easter, "orthodox": calendar.orthodox_easter, "passover": calendar.passover}
_ORDINALS = {"first": 1, "last": 4}
_SEPT_11 = re.compile(r",? (?:terror|attack|hijack)")


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name or abbreviation."""
    return next(n for n, full in enumerate(MONTHS, 1) if full.startswith(name[:3].lower()))


def _year_number(text: str) -> int:
    return int(text) if text.isdigit() else spoken_year(text) or int(cardinal(text) or 0)


def _short_year(text: str) -> int:
    return int(text) + (2000 if int(text) <= _PIVOT else 1900)


def _nearest(candidates: Iterable[Period], anchor: Anchor) -> Period:
    """Return the latest candidate that began by publication, or the first one after it where that is meant."""
    published = anchor.published
    dated = [(period.days.first, period) for period in candidates if period.days]
    if published is None or not dated:
        return Period()
    past = max((pair for pair in dated if pair[0] <= published), key=lambda pair: pair[0], default=None)
    coming = min((pair for pair in dated if pair[0] > published), key=lambda pair: pair[0], default=None)
    if past is None or coming is None:
        return (past or coming or dated[0])[1]
    assert past[1].days is not None
    if past[1].days.last >= published:
        return past[1]
    if published - past[0] > _FAR or coming[0] - published > _FAR:
        return min(past, coming, key=lambda pair: abs(pair[0] - published))[1]
    return coming[1] if anchor.ahead() else past[1]


def _years_around(anchor: Anchor) -> range:
    year = anchor.published.year if anchor.published else 0
    return range(max(1, year - 1), min(dt.MAXYEAR - 1, year + 1) + 1) if year else range(0)


def _related(rel: str, of_year: Callable[[int], Period], anchor: Anchor) -> Period:
    """Return the last, this or next of what recurs each year: `last May`, `next spring`."""
    published = anchor.published
    if published is None:
        return Period()
    periods = [period for year in _years_around(anchor) if (period := of_year(year)).days]
    match rel:
        case "this" | "that":
            return of_year(published.year)
        case "next" | "coming" | "following" | "upcoming":
            return next((p for p in periods if p.days and p.days.first > published), Period())
        case _:
            return next((p for p in reversed(periods) if p.days and p.days.last < published), Period())


def _related_year(rel: str, anchor: Anchor) -> int | None:
    if anchor.published is None:
        return None
    step = {"last": -1, "previous": -1, "preceding": -1, "this": 0}.get(rel.lower(), 1)
    return anchor.published.year + step


def iso(w: Words, _: Anchor) -> Reading:
    """Read `2018-05-30` and `2018-05-30T15:00:00Z`."""
    date, clock = w["iso"][:10], w["iso"][11:16]
    return Reading(calendar.day(dt.date.fromisoformat(date)), f"T{clock}" if clock else "")


def slashed(w: Words, _: Anchor) -> Period:
    """Read `5/30/2018` and `08-30-96`, month first unless only the other order is a date."""
    first, second, last = re.split("[/-]", w["slashed"])
    year = int(last) if len(last) > 2 else _short_year(last)  # noqa: PLR2004  (two digits)
    month, day = (int(second), int(first)) if int(first) > calendar.MONTHS else (int(first), int(second))
    return calendar.day(dt.date(year, month, day))


def _day_number(text: str) -> int | None:
    return int(text) if text.isdigit() else ordinal(text)


def day_of_month(w: Words, anchor: Anchor) -> Period | None:
    """Read `30 May 2018`, `May 30`, `4 FEB 90` and `May 24-26`; 31 February has no value."""
    day, month = _day_number(w["day"]), month_number(w["month"])
    if not day:
        return None
    if short := w.get("short"):
        abbreviated = w["month"].isupper() or len(w["month"]) == 3  # noqa: PLR2004  (letters)
        military = abbreviated and len(short) == 2 and short.isdigit()  # noqa: PLR2004  (two digits)
        return calendar.day(dt.date(_short_year(short), month, day)) if military else None
    if (month, day) == (9, 11) and _SEPT_11.match(anchor.text, anchor.end):
        return calendar.day(dt.date(2001, 9, 11))
    if "year" in w:
        found = calendar.day(dt.date(_year_number(w["year"]), month, day))
    else:
        found = _nearest(_days_in(_years_around(anchor), month, day), anchor)
    return _until(found, w.get("until"))


def span_of_day(w: Words, anchor: Anchor) -> Period | None:
    """Read `the week of May 14` and `the weekend of May 12`."""
    found = day_of_month(w, anchor)
    if found is None or found.days is None:
        return found
    unit = w["unit"].lower()
    return calendar.containing(unit, found.days.first) if unit in {"week", "weekend"} else None


def week_of_month(w: Words, anchor: Anchor) -> Period | None:
    """Read `the third week of May`, which is the calendar week of its middle day."""
    number = ordinal(w["ord"]) or {"first": 1, "last": 5}.get(w["ord"].lower(), 0)
    found = month(_only_month(w), anchor)
    if w["unit"].lower() != "week" or number not in range(1, 6) or found is None:
        return None
    if found.days is None:
        return Period()
    return calendar.week(min(found.days.first + dt.timedelta(7 * number - 4), found.days.last))


def span_of_month(w: Words, anchor: Anchor) -> Period | None:
    """Read `the month of May`."""
    return month(_only_month(w), anchor) if w["unit"].lower() == "month" else None


def _only_month(w: Words) -> Words:
    return {label: word for label, word in w.items() if label in {"month", "year"}}


def _days_in(years: Iterable[int], month: int, day: int) -> list[Period]:
    """Return this day of each year, without the years that do not have it."""
    dt.date(4, month, day)  # a leap year: what is no date in it is none in any, and raises here
    leap_day = (month, day) == (2, 29)
    return [
        calendar.day(dt.date(y, month, day))
        for y in years
        if not leap_day or dt.date(y, 3, 1) - dt.date(y, 2, 28) != dt.timedelta(1)
    ]


def _until(period: Period, last: str | None) -> Period:
    """Stretch a day to a later day of its month: `May 24-26`."""
    if last is None or period.days is None:
        return period
    end = period.days.first.replace(day=int(last))
    return Period(period.value, Days(period.days.first, max(end, period.days.first), "day"))


def feast(w: Words, anchor: Anchor) -> Period:
    """Read a named day, `Christmas`, `Ramadan 2018`, `9/11`."""
    name = w["feast"].lower().replace("\u2019", "'")
    if name == "9/11":
        return calendar.day(dt.date(2001, 9, 11))

    def of_year(year: int) -> Period:
        return _feast_of(name, year)

    if "year" in w:
        return of_year(_year_number(w["year"]))
    return _nearest(map(of_year, _years_around(anchor)), anchor)


def _feast_of(name: str, year: int) -> Period:
    if name == "ramadan":
        first, after = calendar.islamic_in(year, 9, 1), calendar.islamic_in(year, 10, 1)
        last = after if after > first else first + dt.timedelta(30)
        return Period(f"{year:04}", Days(first, last - dt.timedelta(1), "month"))
    named = load_feasts()[name]
    numbers = named.numbers
    match named.rule:
        case "fixed":
            return calendar.day(dt.date(year, numbers[0], numbers[1]))
        case "nth":
            return calendar.day(calendar.nth_weekday(year, numbers[0], numbers[2], numbers[1]))
        case "islamic":
            return calendar.day(calendar.islamic_in(year, numbers[0], numbers[1]))
        case rule:
            return calendar.day(_MOVING[rule](year) + dt.timedelta(numbers[0]))


def month(w: Words, anchor: Anchor) -> Period | None:
    """Read `February 2018`, `last May`, `June last year`, `February`."""
    number = month_number(w["month"])

    def of_year(year: int) -> Period:
        return calendar.month(year, number)

    if "year" in w:
        return of_year(_year_number(w["year"]))
    if "unit" in w:
        year = _related_year(w["rel"], anchor)
        return None if w["unit"].lower() != "year" else of_year(year) if year else Period()
    if rel := w.get("rel"):
        return _related("last" if "past" in w else rel.lower(), of_year, anchor)
    return _nearest(map(of_year, _years_around(anchor)), anchor)


def season(w: Words, anchor: Anchor) -> Period:
    """Read `summer 2018`, `last spring`, `the winter`."""
    code = _SEASONS[w["season"].lower()]

    def of_year(year: int) -> Period:
        return calendar.season(year, code)

    if "year" in w:
        return of_year(_year_number(w["year"]))
    if rel := w.get("rel"):
        return _related("last" if "past" in w else rel.lower(), of_year, anchor)
    return _nearest(map(of_year, _years_around(anchor)), anchor)


def quarter(w: Words, anchor: Anchor) -> Period | None:
    """Read `the third quarter`, `Q3 2018`, `this year's first quarter`."""
    if code := w.get("quartercode"):
        number = int(code[1])
    else:
        number = _ORDINALS.get(w["ord"].lower()) or ordinal(w["ord"]) or 0
    if number not in range(1, 5) or w.get("unit", "year").lower() != "year":
        return None
    if "year" in w:
        return calendar.quarter(_year_number(w["year"]), number)
    if rel := w.get("rel"):
        year = _related_year(rel, anchor)
        return calendar.quarter(year, number) if year else Period()
    begun = (calendar.quarter(year, number) for year in reversed(_years_around(anchor)))
    return next((q for q in begun if q.days and anchor.published and q.days.first <= anchor.published), Period())


def half(w: Words, anchor: Anchor) -> Period | None:
    """Read `the first half of 2018`, `the second half of last year`."""
    number = {"first": 1, "second": 2, "last": 2}.get(w["ord"].lower())
    if number is None or w.get("unit", "year").lower() != "year":
        return None
    year = _year_number(w["year"]) if "year" in w else _related_year(w.get("rel", "this"), anchor)
    return calendar.half(year, number) if year else Period()


def year(w: Words, _: Anchor) -> Period | None:
    """Read `2016`, `fiscal 2016`, `the year 2016`, `nineteen ninety-six`."""
    return calendar.year(_year_number(w["year"])) if w.get("unit", "year").lower() == "year" else None


def decade(w: Words, anchor: Anchor) -> Period:
    """Read `the 1990s`, `the '80s` and `the nineties` (of the last century unless publication is near its own)."""
    if word := w.get("nineties"):
        return calendar.decade(1900 + SMALL[word.lower()[:-3] + "y"])
    number = int(re.sub(r"\D", "", w["decade"]))
    if number > 99:  # noqa: PLR2004  (two digits)
        return calendar.decade(number)
    current = anchor.published is not None and 1900 + number + 100 <= anchor.published.year
    return calendar.decade(number + (2000 if current else 1900))


def century(w: Words, _: Anchor) -> Period | None:
    """Read `the 20th century`, value `19`; centuries have no days, they are coarser than any precision."""
    number = ordinal(w["ordinal"])
    return Period(f"{number - 1:02}") if number and w["unit"].lower() == "century" else None
