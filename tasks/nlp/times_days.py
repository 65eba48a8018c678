"""Reads the expressions that name a day by its place in the week or beside publication, and the parts of a day.

A bare weekday is the last one at or before publication, or the coming one where the clause looks ahead. A part of a day
that has no day beside it falls on the day that the narrative last named (`times.py`). Does not belong here: dates
(`times_dates.py`), counted expressions such as `two days ago` (`times_relative.py`).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from seeds.feasts import WEEKDAYS
from tasks.nlp import calendar
from tasks.nlp.calendar import Period
from tasks.nlp.times_reading import Reading

if TYPE_CHECKING:
    from tasks.nlp.times_reading import Anchor, Words

_PARTS = {
    "morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "dawn": "TMO", "dusk": "TEV",
    "noon": "T12:00", "midday": "T12:00", "midnight": "T24:00", "predawn": "TMO", "overnight": "TNI", "tonight": "TNI",
}  # fmt: skip
_NARRATIVE = frozenset({"previous", "preceding", "following", "that", "same"})
_HOURS, _MINUTES = 24, 59
_MILITARY = re.compile(r"(\d\d)(\d\d)()")
_AT = re.compile(r"\bat (?:about |around |approximately )?$", re.IGNORECASE)
_CLOCK_ENDS = re.compile(
    r"(?: hours| hrs| local time)?(?:[,.;:)\]\n]|$"
    r"| (?:on|in|the|this|last|that|today|yesterday|when|and|as|a|an|by|near|at|against|outside)\b)"
)
"""What follows digits that tell the time, and not `at 1990 levels`."""
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?:[:.]\d\d)?\s?([ap])?", re.IGNORECASE)


def _weekday_number(name: str) -> int:
    return WEEKDAYS.index(name.lower().removesuffix("s"))


def weekday(w: Words, anchor: Anchor) -> Reading | Period | None:
    """Read `Wednesday`, `last Friday`, `the following Monday`, `Monday last week`."""
    number, rel = _weekday_number(w["weekday"]), w.get("rel", "").lower()
    if rel in {"every", "each"}:
        return weekly({"weekdays": w["weekday"]}, anchor)
    base = anchor.narrated if rel in _NARRATIVE else anchor.published
    if base is None:
        return Period()
    if "unit" in w:
        step = {"last": -7, "this": 0}.get(rel, 7)
        monday = base - dt.timedelta(base.weekday() - step)
        return calendar.day(monday + dt.timedelta(number)) if w["unit"].lower() == "week" else None
    if "coming" in w or "past" in w:
        rel = "next" if "coming" in w else "last"
    return calendar.day(_weekday_by(rel, number, base, anchor))


def _weekday_by(rel: str, number: int, base: dt.date, anchor: Anchor) -> dt.date:
    """Return the weekday that `last`, `this`, `next` or nothing names, seen from a day."""
    after = calendar.weekday_after(base + dt.timedelta(1), number)
    latest = calendar.weekday_before(base, number)
    if rel in {"next", "coming", "following", "upcoming"}:
        return after
    if rel in {"last", "past", "previous", "preceding"}:
        return calendar.weekday_before(base - dt.timedelta(1), number)
    if latest == base:
        return base
    return after if rel == "this" or anchor.ahead() else latest


def weekly(w: Words, _: Anchor) -> Reading:
    """Read `Mondays` and `Tuesday nights`."""
    number = _weekday_number(w.get("weekdays") or w["weekday"]) + 1
    part = _PARTS.get(w.get("parts", "").lower().removesuffix("s"), "")
    return Reading(Period(f"XXXX-WXX-{number}"), part)


def dayword(w: Words, anchor: Anchor) -> Period:
    """Read `today`, `yesterday` and `tomorrow`."""
    step = {"yesterday": -1, "today": 0, "tomorrow": 1}[w["dayword"].lower()]
    return calendar.day(calendar.shift(anchor.published, step, "day")) if anchor.published else Period()


def tonight(w: Words, anchor: Anchor) -> Reading:
    """Read `tonight`, and `overnight` and `predawn`, which belong to the day beside them or last named."""
    word = w["tonight"].lower()
    base = anchor.published if word == "tonight" else None
    return Reading(calendar.day(base) if base else Period(), _PARTS[word])


def part_of_day(w: Words, anchor: Anchor) -> Reading:
    """Read `last night`, `this morning`, `that evening`, `the morning`, `noon`."""
    part = _PARTS[(w.get("part") or w["hour"]).lower()]
    rel = w.get("rel", "").lower()
    if rel in {"last", "this"}:
        if not anchor.published:
            return Reading(Period(), part)
        return Reading(calendar.day(calendar.shift(anchor.published, -(rel == "last"), "day")), part)
    step = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(rel, 0)
    base = anchor.narrated if rel else None
    return Reading(calendar.day(calendar.shift(base, step, "day")) if base else Period(), part)


def loose_part(w: Words, _: Anchor) -> Reading:
    """Read `night` beside a day, as in `Wednesday night`."""
    return Reading(Period(), _PARTS[w["part"].lower()], loose=True)


def early_hours(w: Words, _: Anchor) -> Reading | None:
    """Read `the early hours` and `the wee hours` of a day."""
    return Reading(Period(), "TMO") if w["unit"].lower() == "hours" else None


def clock(w: Words, _: Anchor) -> Reading | None:
    """Read `7:58 AM`, `3 p.m.`, `15:30`, `0900 GMT`; a bare `7:58` counts only beside a day or after `at`."""
    match = _CLOCK.match(w["clock"]) if "clock" in w else _MILITARY.fullmatch(w["hhmm"])
    if match is None:
        return None
    hour, minute, half_day = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half_day:
        hour = hour % 12 + 12 * (half_day == "p")
    if hour > _HOURS or minute > _MINUTES:
        return None
    return Reading(Period(), f"T{hour:02}:{minute:02}", loose=not half_day and "zone" not in w)


def military(w: Words, anchor: Anchor) -> Reading | None:
    """Read `at 2100` and `at approximately 0600`, four digits that tell the time; `at 1990 prices` has a year."""
    if not _AT.search(anchor.text, max(0, anchor.start - 20), anchor.start):
        return None
    return clock_after(w, anchor) if _CLOCK_ENDS.match(anchor.text, anchor.end) else None


def clock_after(w: Words, anchor: Anchor) -> Reading | None:
    """Read a clock time after `at`, `until` or `about`, which needs no day beside it."""
    found = clock(w, anchor)
    return found and replace(found, loose=False)
