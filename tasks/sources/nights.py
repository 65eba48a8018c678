"""Nights: the days whose news a run is after.

A night is a day in UTC, and its news are the articles published on that day. Belongs here: the range of days, and
which day is meant where none is given. Does not belong here: when an article was published (`tasks/text`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


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

    def __str__(self) -> str:
        """Name the range, or the one night."""
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


class NightsError(ValueError):
    """The nights cannot be read: the range is turned round, or lies in the future."""


def night_before(start: dt.datetime) -> dt.date:
    """Return the last day, in UTC, that was over when a run was to start; `start` carries its zone."""
    return start.astimezone(dt.UTC).date() - dt.timedelta(days=1)


def require_begun(nights: Nights, today: dt.date) -> None:
    """Raise NightsError where some of the nights have not begun yet; `today` is the day in UTC."""
    if nights.last > today:
        raise NightsError(f"expected nights up to today, {today} in UTC, got {nights}; there is no news of it yet")
