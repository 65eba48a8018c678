"""Phrases that measure from a place: `about 30 miles (48 kilometers) north of`, `15 km outside`, `off the coast of`.

Belongs here: finding them in a text, up to the place that they measure from, and what they say in kilometres and
points of the compass. Does not belong here: which place that is, and where it leads (`offsets.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tasks.nlp.numerals import cardinal
from tasks.nlp.points import BEARINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

Relation = Literal["toward", "around", "off", "away", "between"]
"""`toward` a bearing; `around` at a distance into no known direction; `off` a coast; `away`: nobody can tell where;
`between`: the start of a phrase with two places."""

_SIDE = r"(?:north|south|east|west)"
_COMPASS = rf"{_SIDE}(?:[ -]?{_SIDE}){{0,2}}(?:ern|wards?|erly)?|(?-i:[NS]{{1,2}}[EW]?|[EW][NS]?[EW]?)"
_DIRECTION = re.compile(rf"\b(?P<compass>{_COMPASS})(?: direction)?(?: away)? (?:of|from)(?= )", re.IGNORECASE)
_UNIT = (
    r"(?P<unit>kms?|kilomet(?:er|re)s?|miles?|mi|nautical miles?|met(?:er|re)s?|yards?)\b\.?"
    r"(?: ?\([^()\n]{1,40}\)|,? or [^,.\n]{1,30},)?"
)
_MEASURED = re.compile(
    rf"(?<![a-z]){_UNIT}(?: away)?(?: by road)? (?P<link>from|outside of|outside|off|of)(?= )", re.IGNORECASE
)
_BEFORE_DIRECTION = re.compile(
    rf"(?<![a-z]){_UNIT}(?: away| further| or so)?,?(?: to the| due| directly| just| in an?| in the)* ?-?$",
    re.IGNORECASE,
)
_OFF = re.compile(r"\boff (?:the )?(?:[a-z-]{1,20} ){0,2}?(?:coasts?|shores?) of(?= )|\bwaters off(?= )", re.IGNORECASE)
_TRAVEL = r"(?:hours?|minutes?|days?)['\u2019]?s? (?:by \w+|drive|walk|ride|flight|journey|trek|march|hike)"
_TRAVELLED = re.compile(rf"\b{_TRAVEL}(?: away)? from(?= )", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween(?= )", re.IGNORECASE)

_NO_POINT = re.compile(rf"\b(?:far|farther|further|well|deep|{_TRAVEL}) $", re.IGNORECASE)
_CLOSE = re.compile(r"\b(?:(?:just|immediately|directly|slightly|close by) (?:to the )?)$", re.IGNORECASE)
_PART = re.compile(r"(?<!to )\bthe $|\b(?:in|middle|far|new|deep) $|\w-$", re.IGNORECASE)
"""`the north of Y`, `in north of Y` lie in Y."""
_FIGURE = re.compile(r"(\d[\d,.]{0,11})(?: ?(?:-|\u2013|to|or|and) ?(\d[\d,.]{0,11}))?[ -]?$")
_WORDS = re.compile(r"((?:[A-Za-z]+[ -]){1,4})$")
_QUALIFIER = re.compile(
    r"\b(?:(?:about|some|around|roughly|nearly|approximately|almost|just|only|barely|more than|less than|fewer than|"
    r"at least|up to|over|under|within|an estimated|a) )+$",
    re.IGNORECASE,
)
_KM = {"k": 1.0, "n": 1.852, "y": 0.0009144}
_MILE_KM, _METRE_KM = 1.609344, 0.001
_VAGUE = {
    "few": 4.0, "several": 6.0, "couple": 2.0, "couple of": 2.0, "dozens of": 36.0, "tens of": 30.0, "half a": 0.5,
    "a": 1.0,
}  # fmt: skip
_WINDOW = 110
_MOST_KM = 1000.0


@dataclass(frozen=True, slots=True)
class OffsetPhrase:
    """A phrase that measures from the place that follows it.

    Attributes:
        start, end: characters of the phrase, half-open, without the place.
        relation: how the place meant lies to the one that follows.
        bearing: point of the compass such as SE; for `toward` alone.
        km: distance; None where the words give none.
        close: whether the words say that it is just there.
    """

    start: int
    end: int
    relation: Relation
    bearing: str | None = None
    km: float | None = None
    close: bool = False


def find_phrases(text: str) -> list[OffsetPhrase]:
    """Return the phrases of a text that measure from a place, in order; time is linear in the text."""
    found = [phrase for match in _DIRECTION.finditer(text) if (phrase := _toward(text, match))]
    found += [phrase for match in _MEASURED.finditer(text) if (phrase := _measured(text, match))]
    found += [OffsetPhrase(match.start(), match.end(), "off") for match in _OFF.finditer(text)]
    found += [OffsetPhrase(match.start(), match.end(), "away") for match in _TRAVELLED.finditer(text)]
    found += [OffsetPhrase(match.start(), match.end(), "between") for match in _BETWEEN.finditer(text)]
    return list(_apart(sorted(found, key=lambda phrase: (phrase.start, -phrase.end))))


def _apart(phrases: list[OffsetPhrase]) -> Iterator[OffsetPhrase]:
    """Yield phrases that do not overlap, the first of two that do."""
    end = 0
    for phrase in phrases:
        if phrase.start >= end:
            end = phrase.end
            yield phrase


def bearing_of(words: str) -> str | None:
    """Return the point of the compass of `south-western`, `north-northeast`, `NE`; None where there is none such."""
    sides = re.findall("north|south|east|west", words.lower())
    point = "".join(side[0].upper() for side in sides) or words
    return point if point in BEARINGS else None


def _before(text: str, end: int) -> str:
    """Return the words of the line that end at a character."""
    return text[max(0, end - _WINDOW) : end].rpartition("\n")[2]


def _toward(text: str, match: re.Match[str]) -> OffsetPhrase | None:
    bearing = bearing_of(match["compass"])
    before = _before(text, match.start())
    if bearing is None:
        return None
    if measure := _BEFORE_DIRECTION.search(before):
        start, km = _distance(text, match.start() - len(before) + measure.start(), measure["unit"])
        return OffsetPhrase(start, match.end(), "toward" if _sane(km) else "away", bearing, km)
    close = _CLOSE.search(before)
    if match["compass"].isupper() or (close is None and _PART.search(before)):
        return None
    start = match.start() - (len(close[0]) if close else 0)
    far = _NO_POINT.search(before) is not None
    return OffsetPhrase(start, match.end(), "away" if far else "toward", bearing, close=close is not None)


def _measured(text: str, match: re.Match[str]) -> OffsetPhrase | None:
    start, km = _distance(text, match.start(), match["unit"])
    if match["link"].lower() == "of" and text[start : start + 6].lower() != "within":
        return None
    if match["link"].lower() == "off":
        return OffsetPhrase(start, match.end(), "off")
    return OffsetPhrase(start, match.end(), "around" if _sane(km) else "away", None, km)


def _sane(km: float | None) -> bool:
    return km is None or km <= _MOST_KM


def _distance(text: str, unit_start: int, unit: str) -> tuple[int, float | None]:
    """Return where the number before a unit begins, words such as `about` included, and the kilometres it says."""
    before = _before(text, unit_start)
    amount, length = _amount(before)
    rest = before[: len(before) - length]
    qualifier = _QUALIFIER.search(rest)
    start = unit_start - length - (len(qualifier[0]) if qualifier else 0)
    return start, None if amount is None else amount * _km_per(unit.lower())


def _amount(before: str) -> tuple[float | None, int]:
    """Return the number that ends a text and how many characters it takes; a range counts as its middle."""
    if figure := _FIGURE.search(before):
        values = [value for part in figure.groups() if part and (value := cardinal(part.strip(",."))) is not None]
        return (sum(values) / len(values) if values else None), len(figure[0])
    words = _last_words(before)
    for first in range(len(words)):
        said = " ".join(words[first:])
        value = _VAGUE.get(said, cardinal(said))
        if value is not None:
            return float(value), len(said) + 1
    return None, 0


def _last_words(before: str) -> list[str]:
    """Return up to four words that end a text, lower case, without the separator after them."""
    tail = _WORDS.search(before[-60:])
    return tail[1][:-1].replace("-", " ").lower().split() if tail else []


def _km_per(unit: str) -> float:
    if unit.startswith("mi"):
        return _MILE_KM
    return _METRE_KM if unit.startswith("m") else _KM[unit[0]]
