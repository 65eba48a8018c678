"""Nights: the days whose news a run is after.

A night is a day in UTC, and its news are the articles published on that day. Belongs here: the range of days, which
day is meant where none is given, and paths and addresses that hold a day. Does not belong here: when an article was
published (`tasks/text`).
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOGGER = logging.getLogger(__name__)
_PLACEHOLDER = re.compile(r"\{night(?::([^{}]+))?\}")


@dataclass(frozen=True, slots=True)
class Nights:
    """A range of nights, both ends included."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        """Refuse a range that ends before it begins."""
        if self.last < self.first:
            raise NightsError(
                f"expected a last night on or after the first, got {self.first} to {self.last}; swap the two"
            )

    def __contains__(self, day: dt.date) -> bool:
        """Tell whether a day is one of them."""
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[dt.date]:
        """Yield the days in their order."""
        return (self.first + dt.timedelta(number) for number in range((self.last - self.first).days + 1))

    def __str__(self) -> str:
        """Name the range, or the one night."""
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


def one_night(day: dt.date) -> Nights:
    """Return the range of a single night."""
    return Nights(day, day)


class NightsError(ValueError):
    """The nights cannot be read: the range is turned round, or lies in the future."""


def night_before(start: dt.datetime) -> dt.date:
    """Return the last day, in UTC, that was over when a run was to start; `start` carries its zone."""
    return start.astimezone(dt.UTC).date() - dt.timedelta(days=1)


def require_begun(nights: Nights, today: dt.date) -> None:
    """Raise NightsError where some of the nights have not begun yet; `today` is the day in UTC."""
    if nights.last > today:
        raise NightsError(f"expected nights up to today, {today} in UTC, got {nights}; there is no news of it yet")


def for_each_night(text: str, nights: Nights) -> tuple[str, ...]:
    """Return a path or address once for each night, the day in place of `{night}`; as it is where it holds none.

    `{night}` is written as 2026-11-27; `{night:%Y%m%d}` in any form of `strftime`.
    """
    if not _PLACEHOLDER.search(text):
        return (text,)
    return tuple(_with_day(text, day) for day in nights)


def _with_day(text: str, day: dt.date) -> str:
    return _PLACEHOLDER.sub(lambda found: day.strftime(found[1] or "%Y-%m-%d"), text)


def dated_paths(texts: Iterable[str], nights: Nights) -> list[Path]:
    """Return the paths of these nights; of several nights, those that have a file, since archives have gaps."""
    paths: list[Path] = []
    for text in texts:
        named = [Path(name) for name in for_each_night(text, nights)]
        there = [path for path in named if path.exists()]
        if there and len(there) < len(named):
            _LOGGER.warning("%s: of %d nights, %d have no file", text, len(named), len(named) - len(there))
        paths += there or named
    return paths
