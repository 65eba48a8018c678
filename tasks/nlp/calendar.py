"""The calendar as TIMEX3 writes it: days, weeks, quarters, seasons and decades with their values, and feasts.

Belongs here: arithmetic of dates. Does not belong here: how English words name a date (`times_resolve.py`). Years are
those of `datetime.date`, 1 to 9999; beyond them the functions raise ValueError.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tasks.nlp.records import Days

if TYPE_CHECKING:
    from collections.abc import Callable

MONTHS = 12
_DECEMBER = 12
_SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_JULIAN = dt.timedelta(13)
"""From a date of the Julian calendar to that of ours, 1900 to 2099."""
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS_OF = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: its TIMEX3 value and its days; both None where the words name no certain one."""

    value: str | None = None
    days: Days | None = None


def day(date: dt.date) -> Period:
    """Return one day, `2018-05-30`."""
    return Period(date.isoformat(), Days(date, date, "day"))


def week(date: dt.date) -> Period:
    """Return the ISO week that holds a date, `2018-W22`, Monday to Sunday."""
    year, number, weekday = date.isocalendar()
    monday = date - dt.timedelta(weekday - 1)
    return Period(f"{year:04}-W{number:02}", Days(monday, monday + dt.timedelta(6), "week"))


def weekend(date: dt.date) -> Period:
    """Return Saturday and Sunday of the ISO week that holds a date, `2018-W22-WE`."""
    whole = week(date)
    assert whole.days is not None
    return Period(f"{whole.value}-WE", replace(whole.days, first=whole.days.first + dt.timedelta(5)))


def _months(value: str, year: int, month: int, count: int, precision: str) -> Period:
    """Return `count` months from a month on."""
    end_year, end_month = divmod(year * MONTHS + month - 1 + count - 1, MONTHS)
    last = dt.date(end_year, end_month + 1, monthrange(end_year, end_month + 1)[1])
    return Period(value, Days(dt.date(year, month, 1), last, precision))


def month(year: int, number: int) -> Period:
    """Return a month, `2018-02`."""
    return _months(f"{year:04}-{number:02}", year, number, 1, "month")


def quarter(year: int, number: int) -> Period:
    """Return a quarter of the calendar year, `2018-Q1`; numbers are 1 to 4."""
    return _months(f"{year:04}-Q{number}", year, 3 * number - 2, 3, "quarter")


def half(year: int, number: int) -> Period:
    """Return a half year, `2018-H1`; its precision is `year`, the finest that is not finer than it."""
    return _months(f"{year:04}-H{number}", year, 6 * number - 5, 6, "year")


def season(year: int, code: str) -> Period:
    """Return a season (SP, SU, FA, WI) by months of the northern half: `2018-SU` is June to August.

    Winter belongs to the year in which it begins.
    """
    return _months(f"{year:04}-{code}", year, _SEASON_STARTS[code], 3, "quarter")


def year(number: int) -> Period:
    """Return a year, `2016`."""
    return _months(f"{number:04}", number, 1, MONTHS, "year")


def decade(first_year: int) -> Period:
    """Return the decade that begins with a year, `199` for 1990."""
    return _months(f"{first_year // 10:03}", first_year, 1, 10 * MONTHS, "decade")


def containing(unit: str, date: dt.date) -> Period:
    """Return the day, week, weekend, month, quarter, year or decade that holds a date.

    A century has a value and no days; what is shorter than a day has neither.
    """
    periods: dict[str, Callable[[], Period]] = {
        "day": lambda: day(date),
        "week": lambda: week(date),
        "fortnight": lambda: week(date),
        "weekend": lambda: weekend(date),
        "month": lambda: month(date.year, date.month),
        "quarter": lambda: quarter(date.year, (date.month + 2) // 3),
        "year": lambda: year(date.year),
        "decade": lambda: decade(date.year // 10 * 10),
        "century": lambda: Period(f"{date.year // 100:02}"),
    }
    return periods.get(unit, Period)()


def shift(date: dt.date, count: int, unit: str) -> dt.date:
    """Return the date so many units later (earlier where negative); the day is clipped to the month's last.

    Units shorter than a day move nothing. ValueError or OverflowError beyond the years 1 to 9999.
    """
    if unit in _DAYS_OF:
        return date + dt.timedelta(count * _DAYS_OF[unit])
    total = date.year * MONTHS + date.month - 1 + count * _MONTHS_OF.get(unit, 0)
    if not MONTHS <= total < (dt.MAXYEAR + 1) * MONTHS:
        raise ValueError(f"expected a year from 1 to {dt.MAXYEAR}, got {total // MONTHS}")
    return dt.date(
        total // MONTHS, total % MONTHS + 1, min(date.day, monthrange(total // MONTHS, total % MONTHS + 1)[1])
    )


def weekday_before(date: dt.date, weekday: int) -> dt.date:
    """Return the last day of this weekday (Monday is 0) at or before a date."""
    return date - dt.timedelta((date.weekday() - weekday) % 7)


def weekday_after(date: dt.date, weekday: int) -> dt.date:
    """Return the first day of this weekday (Monday is 0) at or after a date."""
    return date + dt.timedelta((weekday - date.weekday()) % 7)


def easter(year: int) -> dt.date:
    """Return Easter Sunday of the Gregorian calendar (anonymous; Meeus, Astronomical Algorithms, 1991)."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    correction = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * correction + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Return Easter Sunday of the eastern churches, 1900 to 2099 (Meeus, Astronomical Algorithms, 1991)."""
    moon = (19 * (year % 19) + 15) % 30
    to_sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + to_sunday + 114, 31)
    return dt.date(year, month, day + 1) + _JULIAN


def passover(year: int) -> dt.date:
    """Return the first day of Passover, 1900 to 2099 (Gauss; as in Tondering, Calendar FAQ)."""
    hebrew = year + 3760
    a, b = (12 * hebrew + 17) % 19, hebrew % 4
    moon = 32.044093161144 + 1.5542417966212 * a + b / 4 - 0.0031777940220923 * hebrew
    day, fraction = int(moon), moon % 1
    weekday = (3 * hebrew + 5 * b + day + 5) % 7
    if weekday in {2, 4, 6} or (weekday == 0 and a > 11 and fraction >= 0.89772376543210):  # noqa: PLR2004
        day += 1
    elif weekday == 1 and a > 6 and fraction >= 0.63287037037037:  # noqa: PLR2004
        day += 2
    return dt.date(year, 3, 1) + dt.timedelta(day - 1) + _JULIAN


def islamic(year: int, month: int, day: int) -> dt.date:
    """Return the Gregorian date of a day of the tabular Islamic calendar; sightings differ from it by a day or two."""
    days = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day
    return dt.date.fromordinal(days + 1948440 - 385 - 1721425)


def islamic_in(year: int, month: int, day: int) -> dt.date:
    """Return the first such day of the Islamic calendar that falls in a Gregorian year."""
    guess = (year - 622) * 33 // 32
    dates = [islamic(guess + step, month, day) for step in (-1, 0, 1, 2)]
    return next(date for date in dates if date.year >= year)


def nth_weekday(year: int, month: int, weekday: int, count: int) -> dt.date:
    """Return the count-th such weekday of a month, the last one for count -1; counts are 1 to 4 or -1."""
    if count < 0:
        return weekday_before(dt.date(year, month, monthrange(year, month)[1]), weekday)
    return weekday_after(dt.date(year, month, 1), weekday) + dt.timedelta(7 * (count - 1))
