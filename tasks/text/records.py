"""What the clean stage makes of a raw record: an article, or the reason why it is none.

Belongs here: the data classes that the modules of this folder exchange. Offsets are half-open, in Unicode code points
of `CleanArticle.text`, as in the tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

MAX_ARTICLE = 200_000
"""Longest article text, in characters: longer ones are books, logs or attacks."""


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published, and how that is known.

    Attributes:
        at: the moment, in UTC; midnight where only the day is known.
        on: the day in the zone that the page states, else in UTC.
        origin: a key of `schemas.vocabulary.TIME_ORIGINS`.
        raw: the time as it was written.
    """

    at: dt.datetime
    on: dt.date
    origin: str
    raw: str


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """One accepted article; see `schemas.tables.DOCUMENTS` for the columns of these names."""

    url: str | None
    title: str | None
    author: str | None
    language: str
    published: Published | None
    dateline: str | None
    encoding: str
    text: str
    title_start: int | None
    title_end: int | None
    body_start: int
    body_end: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """One record that is no article: a key of `schemas.vocabulary.REJECTION_REASONS`, and what exactly was wrong."""

    reason: str
    detail: str | None
    url: str | None


class UnfitError(Exception):
    """A record cannot become an article; carries the reason code and the detail of its rejection."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        """Keep the reason, a key of `schemas.vocabulary.REJECTION_REASONS`, and the detail."""
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
