"""The dateline: the words before a wire story that say where, often when, and by which agency it was written.

Belongs here: recognising one at a given position, as in `KABUL, Afghanistan (AP) --`, or `LIMA, 4 FEB 90 (EFE) --`.
Does not belong here: where in an article to look (see `frame.py`), and which place is meant (see `tasks/resolve`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.text.dates import MONTH, calendar_day, month_number

if TYPE_CHECKING:
    import datetime as dt

# Words are possessive (`*+`): a word that was read is never read another way, so hostile text costs no time.
_UPPER = r"[^\W\d_a-z\u00df-\u00f6\u00f8-\u00ff]"
_CAPITALS = rf"{_UPPER}(?:{_UPPER}|['\u2019.-](?={_UPPER})){{0,30}}+\.?+"
_PLACE_CAPS = rf"{_CAPITALS}(?:(?:\s(?:de|del|di|la|of|al|and|upon|sur|am)\s|\sal-|/|\s){_CAPITALS}){{0,4}}"
_NAME = r"[A-Z\u00c0-\u00de](?:[\w'\u2019.]|-(?=\w)){0,30}+"
_PLACE_NAME = rf"{_NAME}(?:(?:\s(?:de|del|di|la|of|al|and)\s|\sal-|/|\s){_NAME}){{0,3}}"
_REGION = rf"(?:,\s(?!(?:The\s|{MONTH.replace('?P<month>', '?:')})){_PLACE_NAME})"
_COUNTRY = rf"(?:\s\((?P<country>{_PLACE_NAME})\))"
_DATE = (
    r",?\s(?:"
    rf"{MONTH}\s(?P<day>\d{{1,2}})(?:,\s(?P<year>\d{{4}}))?"
    rf"|(?P<day_first>\d{{1,2}})\s{MONTH.replace('month', 'month_second')}(?:\s(?P<year_second>\d{{4}}|\d{{2}}))?(?!\w)"
    r"|(?P<iso>\d{4}-\d\d-\d\d)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|no date)"
)
_AGENCIES = """
AP AFP ANI ANSA APP BBC CBS CNN CNS DPA dpa EFE Efe IANS Interfax IRIN IRNA KUNA Kyodo MENA NBC NNA PTI Reuters REUTERS
RFE/RL RIA SANA Sputnik TASS Tass UPI VOA WAM Xinhua XINHUA Yonhap Bloomberg
"""
_KNOWN_AGENCIES = "|".join((*_AGENCIES.split(), "Thomson Reuters Foundation"))
_AGENCY = r"(?:,?\s\((?P<agency>[^()\n]{2,60})\))"
_KNOWN = rf"(?:,?\s\((?:{_KNOWN_AGENCIES})(?:\s[A-Z]\w+)?\))"
_DASH = r"(?:\s*(?:\u2014|\u2013|\u2015|--+|_(?=\s))|\s-(?=\s))"
_MARKERS = r"(?P<markers>(?:\s*\[[^\[\]\n]{1,200}\])*)"

_PLACE_IN_CAPITALS = rf"(?P<place>{_PLACE_CAPS}{_REGION}{{0,2}})"
_PLACE_IN_ANY_CASE = rf"(?P<place>{_PLACE_NAME}{_REGION}{{0,2}})"
_DATED = rf"{_COUNTRY}?(?i:{_DATE}){_AGENCY}?"
_OPENING = '(?=\\s?[A-Z\u201c"])'

_SURE_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_PLACE_IN_CAPITALS}{_DATED}(?:{_DASH}|:(?=\s)|$){_MARKERS}",
        rf"{_PLACE_IN_ANY_CASE}{_DATED}{_DASH}{_MARKERS}",
        rf"{_PLACE_IN_CAPITALS},?{_AGENCY}(?:{_DASH}|:(?=\s)){_MARKERS}",
        rf"{_PLACE_IN_CAPITALS},?{_KNOWN}{_OPENING}",
        rf"{_PLACE_IN_ANY_CASE},?{_KNOWN}{_DASH}?{_OPENING}",
    )
)
"""Place with a date or an agency; without capitals or dash only where the agency is a known one."""

_CREDIT = re.compile(rf"\s*\((?:{_KNOWN_AGENCIES})\){_DASH}?{_OPENING}")
"""An agency without a place: `(CNN) -- `."""

_BARE_SHAPE = re.compile(rf"\(?{_PLACE_IN_CAPITALS}\)?(?:{_DASH}|:(?=\s))")
"""Place in capitals and nothing but a dash or colon after it."""

_UNKNOWN_PLACES = frozenset({"NO CITY", "CLANDESTINE"})
"""What monitoring services write where the place of a broadcast is not known."""

_SPEAKER = re.compile(r"\n[A-Z][A-Z .'\u2019-]{1,40}:\s")
_MAX_SPEECH = 5000
"""Lines that open with a name in capitals and a colon are an interview's: then the first of them is no dateline."""

_MIN_TOWN = 4
_MANY_WORDS = 3
_TOWN_WORDS = re.compile(r"\b(?:CITY|DE|DEL|LA|AL|DI|UPON|SALT|PORT|SAN|SANTA|NEW)\b")
_MAX_PLACE = 60
_MAX_HEAD = 400
"""Characters of a paragraph that are looked at: the longest place, date, agency and markers."""

_LABELS = """
A ADVERTISEMENT ALERT AN ANALYSIS AND ANSWER APRIL AT ATHLETICS AUGUST BACKGROUND BASEBALL BASKETBALL BREAKING BY CLAIM
CLARIFICATION CLICK CLOSE COLUMN COMMENT COMMENTARY CONTINUED COPYRIGHT CORRECTION CORRECTS CREDIT CRICKET CYCLING DEAR
DECEMBER DEVELOPING DISCLAIMER DISCLOSURE DR EDITOR EDITORIAL ESSAY EXCLUSIVE EXPLAINER FACT FACTBOX FEBRUARY FILE
FLASH FOLLOW FOOTBALL FRIDAY FROM GEN GOLF GOV HEADLINE HIGHLIGHTS HOCKEY HOST I IMAGE IMPORTANT IN INTERVIEW IT
JANUARY JULY JUNE LISTEN LIVE MARCH MAY MINISTER MONDAY MORE MR MRS MS MYTH NEWS NO NOTE NOVEMBER NOW OCTOBER ON
OPINION P.S PHOTO PHOTOS PODCAST POLITICS POLL PRESIDENT PS Q QUESTION QUICK QUIZ QUOTE RAW READ RELATED REP REPORT
REVIEW RUGBY RULING SATURDAY SEE SEN SEPTEMBER SHARE SOCCER SOURCE SOURCES SPEAKER SPOILER SPONSORED STORY SUBSCRIBE
SUMMARY SUNDAY TENNIS THIS THURSDAY TIMELINE TIPS TODAY TOP TOPIC TRANSCRIPT TRENDING TUESDAY UNIDENTIFIED UPDATE
UPDATED UPDATES URGENT VIDEO WARNING WATCH WE WEDNESDAY WHAT WHEN WHERE WHO WHY YES YOU
"""
_NO_PLACES = frozenset(_LABELS.split())
"""Words that open a line like a dateline without naming a place."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: its place words, where the story goes on after it, and the day that it states.

    `place` is None where it names none (`(CNN) --`, `NO CITY`).
    `year` is None where the dateline gives a day without a year; `month` and `day` are None where it gives none.
    """

    place: str | None
    end: int
    year: int | None
    month: int | None
    day: int | None

    def on(self, year: int | None) -> dt.date | None:
        """Return its day, in the given year where it states none itself; None where either is unknown."""
        full = self.year or year
        return calendar_day(full, self.month, self.day) if full and self.month and self.day else None


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """Return the dateline with which the paragraph `text[start:end]` begins, or None."""
    head = text[start : min(end, start + _MAX_HEAD)]
    for pattern in _SURE_SHAPES:
        if (match := pattern.match(head)) and _may_name_place(match["place"]):
            return _dateline(match, start)
    if match := _CREDIT.match(head):
        return Dateline(None, start + match.end(), None, None, None)
    dateline = _find_bare(head, start)
    spoken = dateline is not None and text[dateline.end - 1] == ":"
    return None if spoken and _SPEAKER.search(text, end, end + _MAX_SPEECH) else dateline


def _find_bare(head: str, start: int) -> Dateline | None:
    match = _BARE_SHAPE.match(head)
    if match is None or not _is_bare_dateline(match["place"], head[match.end() :].lstrip()):
        return None
    return _dateline(match, start)


def _may_name_place(place: str) -> bool:
    first = re.split(r"[\s,/:]", place, maxsplit=1)[0].rstrip(".")
    known = place.upper() in _UNKNOWN_PLACES
    return known or (len(place) <= _MAX_PLACE and first.upper() not in _NO_PLACES)


def _is_bare_dateline(place: str, story: str) -> bool:
    """Say whether a place in capitals opens a story: acronyms and slogans do not, headlines go on in capitals."""
    town, *regions = place.split(", ")
    words = len(town.split())
    few = words < _MANY_WORDS or (words == _MANY_WORDS and bool(regions or _TOWN_WORDS.search(town)))
    like_place = len(town) >= _MIN_TOWN and few
    short_regions = all(len(region.split()) < _MANY_WORDS or not region.isupper() for region in regions)
    opens = len(story) > 2 * len(place) and _opens_sentence(story) and any(map(str.islower, story))
    return like_place and short_regions and opens and _may_name_place(place)


def _opens_sentence(rest: str) -> bool:
    return rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"'\u2018\u201c$\u00a3\u20ac"


def _dateline(match: re.Match[str], start: int) -> Dateline:
    parts = match.groupdict()
    end = start + match.end()
    place = _place(match["place"], parts.get("country"))
    if iso := parts.get("iso"):
        year, month, day = map(int, iso.split("-"))
        return Dateline(place, end, year, month, day)
    name = parts.get("month") or parts.get("month_second")
    day_text = parts.get("day") or parts.get("day_first")
    if not name or not day_text:
        return Dateline(place, end, None, None, None)
    return Dateline(
        place, end, _full_year(parts.get("year") or parts.get("year_second")), month_number(name), int(day_text)
    )


def _place(written: str, country: str | None) -> str | None:
    """Return the place words, the country that stands in brackets after them included; None for `NO CITY`."""
    place = " ".join(written.split()).rstrip(",")
    known = place.upper() not in _UNKNOWN_PLACES
    return (f"{place}, {country}" if country else place) if known else country


def _full_year(written: str | None) -> int | None:
    """Return the year; two figures mean 1980 to 2079, the earliest century in which there are archives on computers."""
    if not written or len(written) != 2:  # noqa: PLR2004 - figures of a short year
        return int(written) if written else None
    return 1900 + int(written) if int(written) >= 80 else 2000 + int(written)  # noqa: PLR2004 - see above
