"""Dates and times as pages, feeds and wire copy write them.

Belongs here: reading one written date. Does not belong here: which of several dates is the publication date
(see `published.py`), and expressions such as `last week` (see `tasks/nlp`).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_EARLIEST = 1980
_LATEST = 2099
"""Years in which an article on a computer may have been published; others are placeholders and misreadings."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ZONE = r"(?P<zone>z|utc|gmt|[ecmp][sd]t|(?:(?:utc|gmt)\s?)?[+\u2212-]\d{2}:?\d{2})\b"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    rf"\s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?:{_ZONE})?\)?"
)
_TIME = rf"(?:(?:[,|]|\s|\bat\b|[\u2013\u2014-])*{_CLOCK})?"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?<!\d){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)(?:[t\s]+{_CLOCK})?",
        rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)(?:t(?P<hour>\d\d):?(?P<minute>\d\d):?(?P<second>\d\d)(?:{_ZONE})?)?",
        rf"(?<!\d){_YEAR}[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)(?!\d){_TIME}",
        rf"{WEEKDAY}(?<!\d){_DAY}[\s-]+{MONTH},?[\s-]*{_YEAR}(?!\d){_TIME}",
        rf"{WEEKDAY}\b{MONTH}\s+{_DAY},?\s+{_YEAR}(?!\d){_TIME}",
        rf"(?<!\d)(?P<first>\d\d?)(?P<mark>[/.])(?P<other>\d\d?)(?P=mark){_YEAR}(?!\d){_TIME}",
    )
)
_AMERICAN_ZONES = {"e": -5, "c": -6, "m": -7, "p": -8}
_MAX_RAW = 200


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment in UTC (midnight where no time is written), its day in the written zone, and where it stands."""

    at: dt.datetime
    on: dt.date
    start: int
    end: int


def find_stamp(raw: str) -> Stamp | None:
    """Return the first plausible date, with its time if one follows it, in the first 200 characters of a text.

    Days and months in figures (`05/06/2018`) count only where one of them cannot be a month.
    """
    found = [match for shape in _SHAPES if (match := shape.search(raw, 0, _MAX_RAW))]
    stamps = (_stamp(match) for match in sorted(found, key=lambda match: match.start()))
    return next((stamp for stamp in stamps if stamp), None)


def calendar_day(year: int, month: int, day: int) -> dt.date | None:
    """Return the day, or None where it does not exist or no article of today's archives can be from it."""
    try:
        return dt.date(year, month, day) if _EARLIEST <= year <= _LATEST else None
    except ValueError:
        return None


def month_number(name: str) -> int:
    """Return 1 to 12 for the English name of a month, abbreviated or not; ValueError for another word."""
    return _MONTHS.index(name[:3].lower()) + 1


def midnight(day: dt.date) -> dt.datetime:
    """Return the moment at which a day begins in UTC."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def _stamp(match: re.Match[str]) -> Stamp | None:
    parts = match.groupdict()
    day = _day(parts)
    if day is None:
        return None
    clock = _clock(parts)
    if clock is None:
        return Stamp(midnight(day), day, match.start(), match.end())
    moment = dt.datetime.combine(day, clock)
    return Stamp(moment.astimezone(dt.UTC), day, match.start(), match.end())


def _day(parts: dict[str, str | None]) -> dt.date | None:
    year, month, day = int(parts["year"] or 0), parts.get("month"), parts.get("day")
    if month and day:
        return calendar_day(year, int(month) if month.isdecimal() else month_number(month), int(day))
    first, other = int(parts["first"] or 0), int(parts["other"] or 0)
    if first == other or first > 12:  # noqa: PLR2004 - months of a year
        return calendar_day(year, other, first)
    return calendar_day(year, first, other) if other > 12 else None  # noqa: PLR2004 - months of a year


def _clock(parts: dict[str, str | None]) -> dt.time | None:
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if not parts.get("hour"):
        return None
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    try:
        return dt.time(hour, minute, second, tzinfo=_zone(parts.get("zone")))
    except ValueError:
        return None


def _zone(name: str | None) -> dt.tzinfo:
    """Return the zone of an offset or abbreviation; UTC where none is written."""
    text = (name or "z").lower().replace("\u2212", "-")
    if offset := re.search(r"([+-])(\d\d):?(\d\d)$", text):
        minutes = int(offset[2]) * 60 + int(offset[3])
        return dt.timezone(dt.timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    if text in ("z", "utc", "gmt"):
        return dt.UTC
    return dt.timezone(dt.timedelta(hours=_AMERICAN_ZONES[text[0]] + (text[1] == "d")))
